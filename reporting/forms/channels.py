"""Forms about the emergency channels that recipients declare."""

from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, line, words
from accounts.forms.plan_form import PlanForm


class ChannelForm(PlanForm):
    """A channel, and for how long (5.1(8), A54)."""

    name = line(
        label=gettext_lazy("渠道名称"),
        max_length=80,
        required=True,
        help_text=gettext_lazy("与登记送达时填写的渠道名称一致，例如：紧急信息报送系统。电话不必申报。"),
    )
    from_at = MomentField(label=gettext_lazy("启用时间"))
    until_at = MomentField(
        label=gettext_lazy("停用时间"), required=False, help_text=gettext_lazy("长期有效的留空。")
    )


class ReviewForm(PlanForm):
    """What was found of a report that came by a channel nobody had declared (A54)."""

    note = words(label=gettext_lazy("复核意见"), required=True, max_length=300, rows=2)
