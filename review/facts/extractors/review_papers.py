"""Legal review, collective discussion, statement and defence, hearing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import DateFound, find_dates, find_periods
from review.facts import labels
from review.facts.extractors import approvals, discussion_views, foot, narrative, records
from review.facts.fields import Entry, Form
from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import names_in

_TOLD_OPINION = re.compile(
    r"(?:经(?:[^。,;\n]{0,12})?审[核查](?:,)?(?:认为|意见如下|如下)?[:,]|审[核查](?:结果|情况)[:\n])"
    r"(?P<said>[\s\S]{2,1500}?)(?=审核(?:人|员)|法制(?:审核)?(?:员|人员)|签名|签字|\n\d{4}年|$)"
)
"""An opinion as running text: …收悉，经审核：一、…二、…同意所提意见。"""

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_BARE_OPINION = re.compile(
    r"(?:^|\n)(?P<said>(?:原则)?(?:同意|不同意|无异议|建议|经审[核查])[^\n]{0,800})"
)
"""An opinion in a paragraph of its own, without a label."""

_POINTS = re.compile(
    r"主体|权限|职权|管辖|事实(?:认定)?清楚|证据(?:合法|确凿|确实|充分)|程序(?:是否)?(?:合法|正当)|法律依据|适用法律"
    r"|适用(?:依据)?(?:准确|正确|适当)|裁量|适当|文书(?!编号|文号|号|名称|字号)|定性"
)
"""What a legal review looks at: power, facts, evidence, procedure, law, discretion, papers."""


_FINDINGS = tuple(
    re.compile(each)
    for each in (
        r"(?:主体|职权|权限|管辖权?|资格)[^。;,\n]{0,8}?(?:合法|适格|具备|具有|正当|符合)|具有[^。;,\n]{0,4}(?:职权|管辖权)",
        r"事实(?:认定)?[^。;,\n]{0,4}?(?:清楚|清晰|准确)",
        r"证据[^。;,\n]{0,8}?(?:合法|确凿|确实|充分|充足)",
        r"程序[^。;,\n]{0,6}?(?:合法|正当|规范|符合)",
        r"(?:适用|引用|法律|法规|规章|依据|法条|定性)[^。;\n]{0,12}?(?:准确|正确|适当)",
        r"裁量(?:权|基准)?[^。;,\n]{0,6}?(?:适当|合理|恰当)|处罚[^。;,\n]{0,4}?适当",
        r"文书[^。;,\n]{0,8}?(?:完备|规范|齐备|齐全)",
        r"(?:不|未|没有)[^。;,\n]{0,2}(?:涉嫌犯罪|构成犯罪|超越|越权|超出)|(?:涉嫌犯罪|超越权限|移送):?(?:否|无)",
    )
)
"""What a review finds of each point: power, facts, evidence, procedure, law, discretion, papers."""
_BEFORE_REVIEW = re.compile(
    r"(?:承办(?:人|机构)[^。\n]{0,4}意见|拟处理意见|处理建议|送审|基本案情)[^\n]{0,4}\n?[^\n]*"
)
_ASKED = re.compile(r"是否[^。;,、\n:]{1,12}(?=[。;,、\n?]|$)")
_OPINION_REACH = 600  # characters before the conclusion in which its findings stand


def _review_findings(paper: Paper, place: int) -> Iterator[Fact]:
    """How many points the opinion finds on, where its list stands right before the conclusion."""
    low = max(paper.title_end, place - _OPINION_REACH)
    text = _ASKED.sub(lambda asked: "·" * len(asked.group()), paper.ticked[:place])
    low = max([low, *(match.end() for match in _BEFORE_REVIEW.finditer(text, low))])
    found = [one for each in _FINDINGS if (one := each.search(text, low))]
    if found:
        start = min(one.start() for one in found)
        yield paper.fact("review_findings", len(found), start, place, 0.9)


_HANDED_IN = re.compile(
    r"(?:送审|提请|提交|报送|报审|呈报|呈送|收到|收件|收案|接收|接到|受理|移送|移交|立案|受案)"
    r"(?:法制)?(?:审核|审查)?(?:材料|案卷)?(?:的)?(?:时间|日期|日)?[:为于]?$"
)
_HANDED_IN_AFTER = re.compile(
    r"(?:[^。;,\n]{0,12}?(?:将|把)[^。;,\n]{0,12}?)?(?:送审|提请|提交|报送|报审|送交|移送|收到|收悉)"
)
_IN_BRACKETS = re.compile(r"\([^()\n]{0,40}\)")


def _days_of_review(paper: Paper, start: int, end: int) -> list[DateFound]:
    """The days in [start, end), in order, that may be the review's: not those of the submission.

    What stands in brackets beside the reviewer is his qualification.
    """
    text = _IN_BRACKETS.sub(lambda match: "·" * len(match.group()), paper.text[start:end])
    return [
        day
        for day in find_dates(text)
        if day.value is not None
        and not _HANDED_IN.search(paper.text[max(0, start + day.start - 20) : start + day.start])
        and not _HANDED_IN_AFTER.match(paper.text[start + day.end : start + day.end + 40])
    ]


def legal_review(paper: Paper, form: Form) -> Iterator[Fact]:
    """法制审核意见书: day of the opinion, reviewer, conclusion, the amount before him."""
    points = _POINTS.search(paper.ticked, paper.title_end)
    if points is not None:
        yield paper.fact("review_points", True, points.start(), points.end(), 0.9)
    field = approvals.opinion(form, labels.REVIEW_OPINION)
    if field is None:
        field = approvals.heads_opinion(form)
    if field is not None and (
        field[0].at < paper.title_end or not _WORDS.search(paper.text, field[1], field[2])
    ):
        field = None  # the title itself, or a label whose words stand apart from it
    given = False
    if field is not None:
        _, start, end = field
        days = _days_of_review(paper, start, end)
        if days and days[-1].value is not None:
            last = days[-1]
            yield paper.fact(
                "legal_review_on", days[-1].value, start + last.start, start + last.end, 0.95
            )
            given = True
        conclusion = paper.text[start:end]
        cut = re.search(r"审核人|签名|签字|\d{4}年|[〇零○一二三四五六七八九]{4}年", conclusion)
        stop = start + (cut.start() if cut else len(conclusion))
        if stop - start > 1:
            yield paper.fact("review_conclusion", paper.printed(start, stop), start, stop, 0.9)
            yield from _review_findings(paper, start)
    else:
        told = _TOLD_OPINION.search(paper.text, paper.title_end) or _BARE_OPINION.search(
            paper.text, paper.title_end
        )
        if told is not None:
            yield paper.fact(
                "review_conclusion", paper.printed(*told.span("said")), *told.span("said"), 0.85
            )
            yield from _review_findings(paper, told.start("said"))
    if not given:
        for entry in form.find(labels.REVIEWED | labels.REVIEWER):
            day = next(iter(_days_of_review(paper, entry.start, entry.end)), None)
            if day is not None and day.value is not None:
                yield paper.fact(
                    "legal_review_on",
                    day.value,
                    entry.start + day.start,
                    entry.start + day.end,
                    0.9,
                )
                given = True
                break
    if not given:
        for fact in foot.dated(paper):
            if not isinstance(fact.value, tuple):
                yield Fact(
                    "legal_review_on", fact.value, fact.evidence, fact.confidence, fact.document
                )
    yield from _reviewer(paper, form, field)
    yield from approvals.handlers(paper, form)
    yield from narrative.fines(paper, "fine_proposed_yuan")


def _reviewer(paper: Paper, form: Form, field: tuple[Entry, int, int] | None) -> Iterator[Fact]:
    for entry in form.find(labels.REVIEWER):
        names = names_in(paper, entry.start, min(entry.end, entry.start + 20))
        if names:
            yield paper.fact("reviewer", names[0][0], names[0][1], names[0][2], 0.95)
            return
    if field is not None:
        match = re.search(
            r"(?:审核人员?|签名|签字|负责人)[^:]{0,6}:", paper.text[field[1] : field[2]]
        )
        if match is not None:
            names = names_in(
                paper, field[1] + match.end(), min(field[2], field[1] + match.end() + 20)
            )
            if names:
                yield paper.fact("reviewer", names[0][0], names[0][1], names[0][2], 0.9)


def discussion(paper: Paper, form: Form) -> Iterator[Fact]:
    """重大案件集体讨论记录: when, who, what each said, and what was concluded."""
    yield from discussion_views.extract(paper)
    yield from records.times(paper, form)
    done = False
    for entry in form.find(labels.RECORD_TIME):
        day = next(
            (one for one in find_dates(paper.text[entry.start : entry.end]) if one.value), None
        )
        if day is not None and day.value is not None:
            yield paper.fact(
                "discussion_on",
                day.value,
                entry.start + day.start,
                entry.start + day.end,
                entry.sure,
            )
            done = True
            break
    if not done:
        period = next(find_periods(paper.text), None)
        day = next((one for one in find_dates(paper.text) if one.value), None)
        if period is not None:
            yield paper.fact(
                "discussion_on", period.started_at.date(), period.start, period.end, 0.85
            )
        elif day is not None and day.value is not None:
            yield paper.fact("discussion_on", day.value, day.start, day.end, 0.7)
    chair = form.first(labels.CHAIR)
    if chair is not None:
        names = names_in(paper, chair.start, chair.end)
        if names:
            yield paper.fact("host", names[0][0], names[0][1], names[0][2], 0.95)
    present: dict[str, tuple[str, int, int]] = {}
    for entry in form.find(labels.ATTENDING):
        if "列席" in entry.label:
            continue
        for name in names_in(paper, entry.start, min(entry.end, entry.start + 120)):
            present.setdefault(name[0], name)
    if present:
        first = next(iter(present.values()))
        yield paper.fact("discussants", tuple(present), first[1], first[2], 0.9)
    field = approvals.opinion(form, labels.CONCLUSION)
    if field is not None:
        _, start, end = field
        signed = re.search(r"[\u4e00-\u9fff]{0,8}(?:签名|签字)|\n", paper.text[start:end])
        end = start + signed.start() if signed is not None and signed.start() > 4 else end
        yield paper.fact(
            "review_conclusion",
            paper.printed(start, min(end, start + 200)),
            start,
            min(end, start + 200),
            0.9,
        )
    yield from narrative.fines(paper, "fine_proposed_yuan")


_PLEA = re.compile(
    r"(?:请求|恳请|希望|请(?=[^。;\n]{0,12}(?:从轻|减轻|免|考虑|酌情|谅解))|要求)[^。;\n]{0,30}?"
    r"(?:从轻|减轻|免[予除]|不予|酌情|考虑|降低|少罚|撤销|谅解|重新)"
)
"""What is asked for, which is a defence even of one who does not dispute the facts."""


def statement(paper: Paper, form: Form) -> Iterator[Fact]:
    """陈述申辩书: its existence is the defence, unless it says that nothing is brought forward."""
    none = re.search(
        r"(?:没有|无|不)(?:什么|任何)?(?:要|需要|异议|意见)?[^。;\n]{0,8}?(?:陈述|申辩)"
        r"|(?:没有|无)(?:任何)?(?:异议|意见)(?=[。,;\n]|$)|放弃(?:陈述|申辩)",
        paper.unquoted[paper.title_end :],
    )
    if none is None or _PLEA.search(paper.unquoted, paper.title_end):
        start = min(paper.title_end, max(0, len(paper.text) - 1))
        yield (
            paper.stated("defence_made", True, 0.95)
            if start >= 0
            else paper.stated("defence_made", True)
        )
    else:
        low = paper.title_end + none.start()
        yield paper.fact("defence_made", False, low, paper.title_end + none.end(), 0.75)
    yield from foot.dated(paper)
    yield from records.times(paper, form)


def defence_review(paper: Paper, form: Form) -> Iterator[Fact]:
    """陈述申辩复核意见书: the conclusion and its day."""
    yield paper.stated("defence_made", True, 0.9)
    field = approvals.opinion(form, labels.REVIEW_OPINION | labels.CONCLUSION)
    if field is not None:
        _, start, end = field
        signed = re.search(r"[\u4e00-\u9fff]{0,8}(?:签名|签字)|\n", paper.text[start:end])
        end = start + signed.start() if signed is not None and signed.start() > 4 else end
        yield paper.fact(
            "review_conclusion",
            paper.printed(start, min(end, start + 200)),
            start,
            min(end, start + 200),
            0.9,
        )
    yield from approvals.head(paper, form)
    days = [day for day in find_dates(paper.text) if day.value is not None]
    if days and days[-1].value is not None:
        yield paper.fact("dated_on", days[-1].value, days[-1].start, days[-1].end, 0.8)


def waiver(paper: Paper, form: Form) -> Iterator[Fact]:
    """放弃陈述申辩声明."""
    del form
    yield from foot.dated(paper)


def hearing_request(paper: Paper, form: Form) -> Iterator[Fact]:
    """听证申请书."""
    del form
    yield paper.stated("hearing_requested", True, 0.95)
    yield from foot.dated(paper)


_HELD = re.compile(r"(?:定于|决定于|将于|兹定于|拟于|于|举行听证的?时间[:为]?|时间[:为])$")


def hearing_notice(paper: Paper, form: Form) -> Iterator[Fact]:
    """听证通知书: the day notified, and the day set."""
    for fact in foot.dated(paper):
        yield Fact("hearing_notified_on", fact.value, fact.evidence, fact.confidence, fact.document)
    yield paper.stated("hearing_requested", True, 0.85)
    for entry in form.find(labels.RECORD_TIME):
        day = next(
            (one for one in find_dates(paper.text[entry.start : entry.end]) if one.value), None
        )
        if day is not None and day.value is not None:
            yield paper.fact(
                "hearing_set_on", day.value, entry.start + day.start, entry.start + day.end, 0.9
            )
            return
    for day in find_dates(paper.text):
        if day.value is not None and _HELD.search(paper.text[max(0, day.start - 12) : day.start]):
            yield paper.fact("hearing_set_on", day.value, day.start, day.end, 0.85)
            return


def hearing_record(paper: Paper, form: Form) -> Iterator[Fact]:
    """听证笔录: the day it was held, and its host."""
    found = list(records.times(paper, form))
    yield from found
    started = next((fact for fact in found if fact.name == "started_at"), None)
    if started is not None and hasattr(started.value, "date"):
        yield Fact(
            "hearing_on", started.value.date(), started.evidence, started.confidence, paper.index
        )
    else:
        day = next((one for one in find_dates(paper.text) if one.value), None)
        if day is not None and day.value is not None:
            yield paper.fact("hearing_on", day.value, day.start, day.end, 0.7)
    entry = form.first(labels.CHAIR)
    if entry is not None:
        names = names_in(paper, entry.start, entry.end)
        if names:
            yield paper.fact("host", names[0][0], names[0][1], names[0][2], 0.95)
    yield paper.stated("hearing_requested", True, 0.9)


def hearing_report(paper: Paper, form: Form) -> Iterator[Fact]:
    """听证报告书: host and day."""
    entry = form.first(labels.CHAIR)
    if entry is not None:
        names = names_in(paper, entry.start, entry.end)
        if names:
            yield paper.fact("host", names[0][0], names[0][1], names[0][2], 0.9)
    for entry in form.find(labels.RECORD_TIME):
        day = next(
            (one for one in find_dates(paper.text[entry.start : entry.end]) if one.value), None
        )
        if day is not None and day.value is not None:
            yield paper.fact(
                "hearing_on", day.value, entry.start + day.start, entry.start + day.end, 0.85
            )
            break
    yield from foot.dated(paper)
    yield from narrative.fines(paper, "fine_proposed_yuan")
