"""Every kind of record by its code, in the plan's order (预案 6.3)."""

from plan.records.inquiry import INQUIRY
from plan.records.kinds import RecordKind
from plan.records.public import ORDER_KEPT, RELEASE
from plan.records.scene import CONTROL, MEDICAL

__all__ = ["KINDS", "RecordKind"]

KINDS: dict[str, RecordKind] = {
    kind.code: kind for kind in (*MEDICAL, *CONTROL, *INQUIRY, *RELEASE, *ORDER_KEPT)
}
