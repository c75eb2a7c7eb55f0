"""What the numbers of an edition are called on pages (预案 2, 5.1)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

NUMBER_LABELS: Final = {
    "ill_for_iii": _("较大（Ⅲ级）的发病人数，2.3(2)"),
    "ill_for_iv": _("一般（Ⅳ级）的发病人数，2.4(2)"),
    "deaths_for_ii": _("重大（Ⅱ级）的死亡人数，2.2(3)"),
    "places_for_spread": _("流入的省份、设区市或区县（市）数，2.1(1)、2.2(1)、2.3(1)"),
    "report_limit": _("经营者、单位报告时限（分钟），5.1(1)、5.1(2)"),
    "phone_target": _("电话报告力争时限（分钟），5.1(8)"),
    "phone_limit": _("电话报告时限（分钟），5.1(8)"),
    "written_target": _("书面报告力争时限（分钟），5.1(8)"),
    "written_limit": _("书面报告时限（分钟），5.1(8)"),
    "spread_governs_assessed_limb": _("经评估的危害也须满足波及范围（A1）"),
    "two_ill_or_one_death_is_outbreak": _("2人以上发病或1人以上死亡即为食源性疾病事故（A6）"),
}
