"""What every action of the evidence log is called in the chronicle; a test finds those without a name."""

from typing import Final

from django.utils.translation import gettext_lazy as _

ACTIONS: Final = {
    "accounts.change_password": _("修改密码"),
    "accounts.create_user": _("建立账号"),
    "accounts.end_office": _("结束任职"),
    "accounts.grant_office": _("授予职务"),
    "accounts.issue_key": _("发放接口密钥"),
    "accounts.load_reference": _("载入基础数据"),
    "accounts.login": _("登录"),
    "accounts.login_failed": _("登录失败"),
    "accounts.logout": _("退出登录"),
    "accounts.revoke_key": _("撤销接口密钥"),
    "accounts.switch_office": _("切换职务"),
    "audit.roll_daily_root": _("生成当日存证摘要"),
    "incidents.accept_join": _("同意合并"),
    "incidents.confirm_level": _("核定级别"),
    "incidents.find_not_an_incident": _("认定不属于食品安全事故"),
    "incidents.correct_fact": _("更正事实"),
    "incidents.decline_join": _("不予合并"),
    "incidents.involve_county": _("列入相关区县"),
    "incidents.load_demo_places": _("载入演示场所"),
    "incidents.open_incident": _("登记事故"),
    "incidents.propose_join": _("提示可能为同一起事故"),
    "incidents.reassess": _("系统评估"),
    "incidents.record_facts": _("登记事实"),
    "incidents.retract_facts": _("撤回事实"),
    "incidents.withdraw_incident": _("撤回事故"),
    "outbox.acknowledge": _("确认消息"),
    "outbox.deliver": _("消息送达"),
    "outbox.give_up": _("消息未能送达"),
    "outbox.mark_read": _("阅读消息"),
    "reporting.accept_report": _("受理报告"),
    "reporting.arm_clock": _("开始计时"),
    "reporting.correct_delivery": _("更正送达记录"),
    "reporting.deliver_cluster_report": _("聚集性病例报告同时送达"),
    "reporting.end_clock": _("终止计时"),
    "reporting.fire_stage": _("时限节点"),
    "reporting.keep_raw_body": _("留存报文原文"),
    "reporting.name_city_unit": _("指定市级有关单位"),
    "reporting.open_duty": _("提出续报要求"),
    "reporting.record_delivery": _("登记送达"),
    "reporting.refuse_cluster": _("未受理聚集性病例报告"),
    "reporting.retract_delivery": _("撤回送达记录"),
    "reporting.settle_duty": _("完成续报"),
    "reporting.supersede_clock": _("更正起算时间"),
    "reporting.withdraw_report": _("撤回报告"),
}
# Of each message only a failure and a 确认 are worth a line.
UNSAID: Final = ("outbox.deliver", "outbox.mark_read")
ACTORS: Final = {"clock": _("时钟"), "system": _("系统"), "anonymous": _("未登录者")}
