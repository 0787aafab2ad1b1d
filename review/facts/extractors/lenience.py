"""What deliberating papers find on lenience: that the act was minor, and what harm it did.

Polluted road alone is the act itself of many causes, no harm beyond it.

Only findings of the organ count: what a party says of itself, what the law or a list demands, and
quoted words are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.facts.model import HARM, NO_HARM, SLIGHT_HARM, Fact
from review.facts.paper import Paper

FINDING_PAPERS = frozenset(
    {
        *("案件调查报告", "案件处理审批表", "重大案件集体讨论记录", "法制审核意见书"),
        *("行政处罚决定书", "当场行政处罚决定书", "不予行政处罚决定书", "违法行为通知书"),
        *("整改复查记录", "立案登记表", "结案报告"),
    }
)
"""The papers in which the organ says what it found."""

_MINOR = re.compile(
    r"违法(?:行为|情节|程度)(?:的?(?:情节|性质|程度))?(?:较为|比较|较|属于?|系|均|明显|显著)?(?:轻微|较轻)"
    r"|情节(?:较为|比较|较|显著|明显)?轻微|(?:属于?|系|为)轻微违法(?:行为)?"
)
_NOT_MINOR = re.compile(r"(?:不属于?|非|并非|不构成|不是)(?:轻微违法|违法行为轻微|情节轻微)")
_NO_HARM = re.compile(
    r"(?:没有|未|尚未|并未)(?:实际)?(?:造成|产生|引发|发生|导致)(?:任何|实际|明显|严重|其他|社会|不良)*"
    r"(?:的?)(?:危害后果|社会危害|危害|后果|不良影响|不良后果|损害后果|交通事故|安全事故|事故|拥堵|路产损失|路面损坏|污染)"
    r"|(?:无|没有)(?:实际|明显)?(?:社会)?危害(?:性|后果)"
)
_SLIGHT_HARM = re.compile(
    r"(?:社会)?危害(?:性|后果|程度)?(?:较为|比较|较|显著|明显)?(?:轻微|较小|不大)"
)
_HARM = re.compile(
    r"(?:已|并|且|还|从而|致使|因而)?(?:造成|引发|导致)(?:了)?(?:一起|多起|严重|较大|重大|部分|一定|\d+起)*的?"
    r"(?:交通事故|道路交通事故|安全事故|人员伤亡|人员受伤|交通拥堵|道路拥堵|路面损坏|路产损坏|路产损失)"
    r"|(?:造成|导致)(?:了)?(?:严重|大面积|较大面积|长距离|大范围)的?(?:路面|环境|水域)?污染"
)
_CAUSE_LINE = re.compile(r"(?:^|\n)案由:?\n?[^\n]{2,60}")
"""The name of the cause, which may contain a harm of its own: 装载物掉落造成路面损坏."""
_NOT_FOUND = re.compile(
    r"(?:辩称|申辩|声称|自称|自述|当事人(?:称|认为|表示|提出)|请求|要求听证|第三十三条|第三十二条|规定[:,]"
    r"|的[,]?(?:应当|可以|依法)?(?:不予|免予|从轻|减轻)|如果?|若|可能|容易|易|是否|不得|以防|避免|防止|足以)"
)


def lenience(paper: Paper) -> Iterator[Fact]:
    """`minor_stated` and `harm_stated` (有, 轻微, 无), where the organ itself says so."""
    if paper.kind not in FINDING_PAPERS:
        return
    for pattern, minor in ((_NOT_MINOR, False), (_MINOR, True)):
        match = _finding(paper, pattern)
        if match is not None:
            yield paper.fact("minor_stated", minor, match.start(), match.end(), 0.85)
            break
    for pattern, harm in ((_HARM, HARM), (_SLIGHT_HARM, SLIGHT_HARM), (_NO_HARM, NO_HARM)):
        match = _finding(paper, pattern)
        if match is not None:
            yield paper.fact("harm_stated", harm, match.start(), match.end(), 0.85)
            break


def _finding(paper: Paper, pattern: re.Pattern[str]) -> re.Match[str] | None:
    text = _CAUSE_LINE.sub(lambda line: "·" * len(line.group()), paper.unquoted)
    return next((each for each in pattern.finditer(text) if _is_found(text, each)), None)


def _is_found(text: str, match: re.Match[str]) -> bool:
    """Whether the words are a finding: their sentence neither quotes, asks, fears nor reports."""
    start = max(text.rfind(mark, 0, match.start()) for mark in "。;\n?") + 1
    stops = [at for mark in "。;\n?" if (at := text.find(mark, match.end())) >= 0]
    sentence = text[start : min(stops, default=len(text))]
    negated = text[max(0, match.start() - 2) : match.start()].endswith(("未", "没有", "不", "无"))
    return not negated and _NOT_FOUND.search(sentence) is None
