"""The plan's own terms as the pages use them, each with the place that founds it; the glossary explains them all."""

from collections.abc import Mapping
from typing import Final

TERMS: Final[Mapping[str, str]] = {
    "发病人数": "2.4(2)",
    "力争": "5.1(8)",
    "时限": "5.1(8)",
    "送达": "5.1",
    "初报": "5.1(8)",
    "续报": "5.1(8)",
    "逐级报告": "5.1(7)",
    "重要活动": "5.1(8)",
    "核定": "6.1",
    "响应级别": "6.2",
    "总指挥": "3.1",
    "响应终止条件": "6.4.2",
    "最长潜伏期": "6.4.2(1)",
}
