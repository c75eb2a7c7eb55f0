"""What forms, imports and the interface may choose from, under the same words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from incidents.models import Stage
from monitoring.models import Finding
from plan.monitoring import Feed, Helper, LiftGround, Stream

UNSET: Final = ("", _("请选择"))
NONE_SAID: Final = ("", _("不填"))
FEEDS: Final = [(each.value, each.label_zh) for each in Feed]
STREAMS: Final = [(each.value, each.label_zh) for each in Stream]
HELPERS: Final = [(each.value, each.label_zh) for each in Helper]
GROUNDS: Final = [(each.value, each.label_zh) for each in LiftGround]
STAGES: Final = Stage.choices
FINDINGS: Final = Finding.choices
# Code lists of CAP 1.2; the plan has no such levels (A44), so each may stay unsaid.
URGENCIES: Final = [
    ("Unknown", _("不作说明")),
    ("Immediate", _("须立即应对")),
    ("Expected", _("须尽快应对（一小时内）")),
    ("Future", _("须在近期应对")),
    ("Past", _("已不需应对")),
]
SEVERITIES: Final = [
    ("Unknown", _("不作说明")),
    ("Extreme", _("极重")),
    ("Severe", _("重")),
    ("Moderate", _("中")),
    ("Minor", _("轻")),
]
CERTAINTIES: Final = [
    ("Unknown", _("不作说明")),
    ("Observed", _("已经发生")),
    ("Likely", _("很可能")),
    ("Possible", _("有可能")),
    ("Unlikely", _("可能性小")),
]
