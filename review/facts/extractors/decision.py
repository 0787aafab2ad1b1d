"""The decisions: ordinary, on the spot, and not to penalise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from review.common.chinese_dates import find_dates
from review.common.money import find_amounts
from review.facts import labels
from review.facts.extractors import acts, foot, narrative, notice, records, remedies
from review.facts.extractors.filing import labelled_day
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

_GAINS = re.compile(
    r"没收(?:其|全部|非法|当事人|你|\(单位\)|你\(单位\))*(?:违法|非法)所得(?:人民币|款|共计|计|:)*"
)
_BENCHMARK = re.compile(
    r"(?:属于?|认定为?|符合|适用|构成|系|为)(?P<stage>[^,。;\n]{0,6}?(?:轻微|较轻"
    r"|一般|较重|严重|特别严重|从轻|减轻|从重)[^,。;\n]{0,4}?(?:情节|违法|程度|阶次"
    r"|等次|情形|档次|行为))"
)
_APPLIED = re.compile(
    r"(?:适用|按照?|对应|依照?|选择|套用|执行|处以|归入|就)[^。;,\n]{0,16}?"
    r"(?P<stage>(?:特别严重|严重|较重|一般|较轻|轻微)(?:违法)?(?:的)?(?:情节|程度|情形|违法行为)?(?:的)?"
    r"(?:裁量)?(?:阶次|档次|等次|档|幅度|裁量标准|处罚标准))"
    r"|裁量(?:阶次|档次|等次|等级)(?:为|是|属于?|:)?(?P<told>特别严重|严重|较重|一般|较轻|轻微)"
)
_WHEN_AND_WHERE = re.compile(r"处罚的?时间(?:[、及和]?地点)?")
_ON_THE_WEB = re.compile(r"(?:发布|公开|公示)(?:时间|日期):?")
_HEAD = 240  # characters in which a web page tells when it was put up
_CASH = re.compile(r"(?:当场|现场)(?:收缴|收取|缴纳)(?:了)?(?:罚款)?")
_NO_CASH = re.compile(r"(?:不予?|未|□|不得)(?:进行)?(?:当场|现场)(?:收缴|收取|缴纳)")


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """行政处罚决定书 and 不予行政处罚决定书."""
    yield from _date(paper, form)
    yield from _substance(paper, form)
    yield from narrative.quoted_days(paper)
    yield from published(paper)


def published(paper: Paper) -> Iterator[Fact]:
    """The day of publication in the head of a paper that was printed from a web page."""
    match = _ON_THE_WEB.search(paper.text[:_HEAD])
    if match is None:
        return
    day = next(iter(find_dates(paper.text[match.end() : match.end() + 24])), None)
    if day is not None and day.value is not None and day.start <= 2:
        start, end = match.end() + day.start, match.end() + day.end
        yield paper.fact("published_on", day.value, start, end, 0.85)


def _date(paper: Paper, form: Form) -> Iterator[Fact]:
    dated = list(foot.dated(paper))
    if dated:
        yield from (replace(fact, name="decided_on") for fact in dated)
    else:
        labelled = list(labelled_day(paper, form, "decided_on", labels.DECIDED))
        yield from labelled or _on_the_spot(paper)


def _on_the_spot(paper: Paper) -> Iterator[Fact]:
    """The day beside 处罚时间地点, where that of the foot lies under the seal."""
    match = _WHEN_AND_WHERE.search(paper.text, paper.title_end)
    if match is None or paper.kind != "当场行政处罚决定书":
        return
    day = next(iter(find_dates(paper.text[match.end() : match.end() + 24])), None)
    if day is not None and day.value is not None and day.start <= 2:
        start, end = match.end() + day.start, match.end() + day.end
        yield paper.fact("decided_on", day.value, start, end, 0.85)


def _substance(paper: Paper, form: Form) -> Iterator[Fact]:
    yield from acts.act_days(paper, form)
    yield from narrative.citations(paper, form)
    if paper.kind != "不予行政处罚决定书":
        yield from narrative.fines(paper, "fine_yuan")
        yield from narrative.kinds_of_penalty(paper)
    yield from notice.statute_range(paper)
    yield from remedies.remedies(paper)
    yield from remedies.payment(paper)
    yield from _gains(paper)
    stage = _BENCHMARK.search(paper.unquoted, paper.title_end)
    if stage is not None:
        start, end = stage.span("stage")
        yield paper.fact("discretion_stage", paper.printed(start, end), start, end, 0.85)
    applied = _APPLIED.search(paper.unquoted, paper.title_end)
    if applied is not None:
        group = "stage" if applied["stage"] else "told"
        start, end = applied.span(group)
        yield paper.fact("stage_applied", paper.printed(start, end), start, end, 0.85)
    for organ in foot.organ(paper, form):
        yield replace(organ, name="acting_organ")


def _gains(paper: Paper) -> Iterator[Fact]:
    text = paper.unquoted
    for match in _GAINS.finditer(text, paper.title_end):
        amount = next(iter(find_amounts(text[match.end() : match.end() + 30])), None)
        if (
            amount is not None
            and amount.start <= 6
            and "以" not in text[match.end() + amount.end :][:1]
        ):
            start = match.end() + amount.start
            end = match.end() + amount.end
            yield paper.fact("confiscated_yuan", amount.yuan, start, end, 0.9)
            yield paper.fact("gains_yuan", amount.yuan, start, end, 0.9)
            return


def on_the_spot(paper: Paper, form: Form) -> Iterator[Fact]:
    """当场行政处罚决定书: served where the party signed it, on the day signed."""
    dates = list(_date(paper, form))
    yield from dates
    yield from _substance(paper, form)
    yield from records.officers(paper, form)
    yield from _signed_on(paper, form)
    text = paper.ticked
    if _CASH.search(text) and not _NO_CASH.search(text):
        match = _CASH.search(text)
        if match is not None:
            yield paper.fact("cash_collected", True, match.start(), match.end(), 0.7)


def _signed_on(paper: Paper, form: Form) -> Iterator[Fact]:
    """The day beside the party's signature, which is the service of the decision."""
    for entry in form.entries:
        if entry.label not in labels.PARTY_SIGNED:
            continue
        stop = min(len(paper.text), entry.start + 40)
        region = paper.text[entry.start : max(entry.end, entry.start)]
        day = next((one for one in find_dates(region) if one.value), None)
        if day is None:
            region = paper.text[entry.start : stop]
            day = next((one for one in find_dates(region) if one.value and one.start <= 14), None)
        if day is not None and day.value is not None:
            yield paper.fact(
                "signed_on", day.value, entry.start + day.start, entry.start + day.end, 0.9
            )
            return
