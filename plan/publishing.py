"""What of a text for the public is major, and so reviewed by headquarters (预案 3.1, 6.3.5; A37)."""

import re

# 食品安全法 第一百一十八条 reserves information at Ⅱ and worse to the national and provincial regulators (A37).
RESERVED_ZH = "重大及以上事故的信息和食品安全风险警示，依《食品安全法》第一百一十八条由国家或者省级监管部门公布，未经授权不得发布。"

_COUNT = r"[\d零一二两三四五六七八九十百千万]+余?(?:名|人|例|位)"
_HARM = r"死亡|死者|身亡|遇难|伤者|重症|危重|病危|发病|伤亡|住院"
_LEVEL = r"特别重大|重大(?:食品安全)?事故|较大|一般(?:食品安全)?事故|[ⅠⅡⅢⅣ]级|[一二三四]级响应"
_MAJOR = re.compile(f"{_COUNT}|{_HARM}|{_LEVEL}")


def speaks_of_harm_or_level(text: str) -> bool:
    """Tell whether a text gives a casualty figure or a level; either is major by default (A37)."""
    return _MAJOR.search(text) is not None
