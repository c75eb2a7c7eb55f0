"""The codes a hospital's system can be answered with, for the page that explains them; a test finds those forgotten."""

from typing import Final

from django.utils.translation import gettext_lazy as _

# What became of one row of many.
TAKEN: Final = ["accepted", "known", "refused"]
CODES: Final = {
    400: {
        "malformed_json": _("报文不是合法的JSON；已留存原文。"),
        "idempotency_key_missing": _("缺少请求头Idempotency-Key。"),
        "idempotency_key_invalid": _("Idempotency-Key有不可见字符，或超过200个字符。"),
    },
    401: {
        "not_authenticated": _("没有写密钥。"),
        "key_invalid": _("密钥不对。"),
        "key_expired": _("密钥已过期。"),
        "key_revoked": _("密钥已被撤销。"),
    },
    403: {
        "key_lacks_scope": _("密钥没有报送或查询的权限。"),
        "test_key": _("测试密钥不能用于正式报告。"),
        "key_wrong_network": _("请求来自密钥登记的网段以外。"),
    },
    404: {
        "report_not_found": _("本院没有这个编号的报告。"),
        "address_not_found": _("没有这个地址。"),
    },
    409: {
        "revision_taken": _("同一编号、同一修订号已报过不同内容。"),
        "revision_outdated": _("已经收到更新的修订。"),
        "already_withdrawn": _("最新的修订已撤回，不能报告没有新增病例。"),
        "incident_not_open": _("事故已终结，报告不能再撤回。"),
    },
    413: {"body_too_large": _("报文超过4 MB，未留存。")},
    415: {"unsupported_media_type": _("报文不是UTF-8编码的application/json。")},
    422: {
        "invalid_fields": _("报文有字段需要更正，逐项见errors。"),
        "idempotency_key_reused": _("同一个Idempotency-Key先后发送了不同内容。"),
        "count_kind_changed": _("修订时改变了count_kind。"),
        "as_of_went_back": _("修订的截止时间早于上一次。"),
        "included_report_unknown": _("includes中有查不到的报告。"),
        "included_reports_apart": _("includes中的报告不属于同一起事故。"),
    },
    429: {"rate_limited": _("这个密钥本分钟的请求过多；按Retry-After等待后原样重发，不会丢失。")},
    500: {"internal_error": _("系统故障；原始报文如已收到则已留存。")},
    503: {"busy": _("系统繁忙，本次请求未生效。")},
}
# Within `errors` of an answer 422, beside the framework's own: required, invalid, null, max_length…
FIELD_CODES: Final = {
    "not_as_addressed": _("报文的reference或revision与请求地址不一致。"),
    "fhir_bundle": _("不是FHIR R4的Bundle，或缺少Bundle.identifier。"),
    "unknown_field": _("没有这个字段。个人信息放入personal。"),
    "time_in_future": _("时间晚于现在。"),
    "before_edition": _("时间早于预案施行之日。"),
    "onsets_out_of_order": _("首例发病晚于末例发病。"),
    "includes_without_total": _("只有合计才写includes。"),
    "case_repeated": _("病例编号重复。"),
    "counts_contradict_cases": _("人数与病例清单不一致。"),
    "personal_data": _("病例编号像身份证号。"),
}
