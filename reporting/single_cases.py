"""What a hospital states of a single case outside any cluster (4.1(d)), already read and checked."""

from dataclasses import dataclass, field

from audit.worlds import in_drill
from incidents.line_lists import NewCase


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSingleCase:
    """One single case, or a further revision of it; a withdrawal takes it back and says why.

    `home` are keyed hashes by which two patients are seen to be of one household.
    """

    case: NewCase
    revision: int = 1
    fingerprint: str = ""
    home: tuple[str, ...] = ()
    is_withdrawn: bool = False
    reason: str = ""
    is_drill: bool = field(default_factory=in_drill)
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFate:
    """What became of one single case: taken, known already (sent again), or refused with a code and a reason."""

    local_id: str
    revision: int
    is_new: bool = False
    code: str = ""
    why: str = ""
