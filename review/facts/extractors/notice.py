"""违法行为通知书 and its older names (事先告知书, 听证告知书)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from review.common.chinese_dates import number
from review.common.citations import citation_text
from review.common.money import find_amounts
from review.facts.extractors import acts, foot, narrative
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

_HEARING_DAYS = re.compile(
    r"(?P<n>[一二三四五六七八九十0-9]{1,3})(?:个)?(?:工作)?(?:日|天)(?:之?内"
    r"|以内)[^。\n]{0,60}?听证|听证[^。\n]{0,40}?(?:收到|接到|送达|告知)[^。"
    r"\n]{0,20}?(?P<n2>[一二三四五六七八九十0-9]{1,3})(?:个)?(?:工作)?(?:日"
    r"|天)(?:之?内|以内)"
)
_RIGHTS = re.compile(r"(?:根据|依据|依照|按照|依)(?=《[^》]{0,20}行政处罚法》)")


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """Date, facts, basis, amount, rights."""
    dated = list(foot.dated(paper))
    yield from (replace(fact, name="notice_on") for fact in dated)
    yield from acts.act_days(paper, form)
    yield from narrative.citations(paper, form)
    yield from narrative.fines(paper, "fine_notified_yuan")
    yield from narrative.defence_days(paper)
    yield from statute_range(paper)
    yield from _rights(paper)
    match = _HEARING_DAYS.search(paper.ticked)
    if match is not None:
        days = number(match["n"] or match["n2"])
        if days:
            yield paper.fact("hearing_request_days", days, match.start(), match.end(), 0.9)


def _rights(paper: Paper) -> Iterator[Fact]:
    for cue in _RIGHTS.finditer(paper.ticked):
        cited = citation_text(paper.ticked, cue.end(), reach=2)
        if cited is None:
            continue
        end = cited.spans[-1][1]
        after = paper.text[end : end + 80]
        if re.search(r"陈述|申辩|听证|权利|告知", after):
            yield paper.fact(
                "rights_basis", paper.printed(cited.spans[0][0], end), cited.spans[0][0], end, 0.9
            )


_RANGE = re.compile(
    r"(?:处|处以|并处|可处|可以处|可以并处)?(?:人民币)?(?P<low>[0-9.,]+万?"
    r"|[零一二三四五六七八九十百千万]+)元?以上(?:人民币)?(?P<high>[0-9.,]+万?"
    r"|[零一二三四五六七八九十百千万]+)元以下(?:的)?罚款"
)


def statute_range(paper: Paper) -> Iterator[Fact]:
    """The range of the fine as the paper quotes the statute, if it quotes exactly one."""
    found = list(_RANGE.finditer(paper.text))
    if len({(match["low"], match["high"]) for match in found}) != 1:
        return
    match = found[0]
    for name, part in (("range_min_quoted_yuan", "low"), ("range_max_quoted_yuan", "high")):
        amount = next(iter(find_amounts(match[part] + "元")), None)
        if amount is not None:
            yield paper.fact(name, amount.yuan, match.start(part), match.end(part), 0.9)
