"""Payment, publication, on-the-spot record, closing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from review.common.chinese_dates import find_dates
from review.common.money import find_amounts
from review.facts import labels
from review.facts.extractors import approvals, foot, narrative
from review.facts.extractors.filing import labelled_day
from review.facts.fields import Form
from review.facts.identity import person_numbers
from review.facts.model import Fact
from review.facts.paper import Paper

_PAID = re.compile(
    r"^[^。;\n]{0,40}?(?:缴纳|缴清|缴至|缴款|缴付|交纳|交清|履行完毕|支付|缴入|足额|缴)"
)
_UNPAID = re.compile(r"未缴|未履行|尚未|逾期未|不缴")


def receipt(paper: Paper, form: Form) -> Iterator[Fact]:
    """罚款票据: day, amount in words and digits, number, payer."""
    days = list(labelled_day(paper, form, "paid_on", labels.PAID))
    yield from days
    if not days:
        found = [day for day in find_dates(paper.text) if day.value is not None]
        if found and found[0].value is not None:
            yield paper.fact(
                "paid_on",
                found[0].value,
                found[0].start,
                found[0].end,
                0.85 if len(found) == 1 else 0.7,
            )
    yield from _amounts(paper, form)
    entry = form.first(labels.RECEIPT_NO)
    if entry is not None:
        match = re.match(r"[A-Za-z0-9-]{4,30}", paper.text[entry.start : entry.end])
        if match is not None:
            yield paper.fact(
                "receipt_no", match.group(), entry.start, entry.start + match.end(), entry.sure
            )
    else:
        match = re.search(r"(?:No|NO|№)[.: ]*(?P<n>\d{6,20})", paper.text)
        if match is not None:
            yield paper.fact("receipt_no", match["n"], match.start("n"), match.end("n"), 0.85)
    entry = form.first(labels.PAYER)
    if entry is not None:
        words = paper.words(entry.start, entry.end)
        if words:
            yield paper.fact(
                "payer",
                paper.printed(words[0][1], words[0][2]),
                words[0][1],
                words[0][2],
                entry.sure,
            )


def _amounts(paper: Paper, form: Form) -> Iterator[Fact]:
    best = None
    for entry in form.find(labels.AMOUNT):
        for amount in find_amounts(paper.text[entry.start : entry.end], bare=True):
            written = paper.text[entry.start + amount.start : entry.start + amount.end]
            alone = amount.style == "digits" and not any(mark in written for mark in "元圆¥")
            before = paper.text[entry.at : entry.start + amount.start]
            if amount.yuan <= 0 or (
                alone and amount.start > 8 and not before.endswith(("小写)", "小写:", "小写"))
            ):
                continue
            start, end = entry.start + amount.start, entry.start + amount.end
            name = "fine_words_yuan" if amount.style == "words" else "fine_digits_yuan"
            if amount.style == "digits" and best is None:
                best = (amount.yuan, start, end, entry.sure)
            yield paper.fact(name, amount.yuan, start, end, entry.sure * 0.95)
            if amount.style == "words" and best is None:
                best = (amount.yuan, start, end, entry.sure)
    if best is None:
        found = list(find_amounts(paper.text))
        if found:
            best = (found[0].yuan, found[0].start, found[0].end, 0.8)
    if best is not None:
        yield paper.fact("amount_yuan", best[0], best[1], best[2], best[3])


_PUBLISHED_BEFORE = re.compile(
    r"(?:公示|公开|发布|公布|上网|上传)(?:开始|起始)?(?:日期|时间|日)(?:为|是|:)?$"
)


def _published_in_text(paper: Paper) -> Iterator[Fact]:
    """The day of publication in running text: …决定日期2024-07-30公示日期2024-08-05."""
    for day in find_dates(paper.text):
        told = _PUBLISHED_BEFORE.search(paper.text[max(0, day.start - 12) : day.start])
        if day.value is not None and told is not None:
            yield paper.fact("published_on", day.value, day.start, day.end, 0.9)
            return


def publication(paper: Paper, form: Form) -> Iterator[Fact]:
    """公示截图: the day of publication; the day of the decision as published."""
    labelled = list(labelled_day(paper, form, "published_on", labels.PUBLISHED))
    yield from labelled or _published_in_text(paper)
    yield from labelled_day(paper, form, "decided_on_quoted", labels.DECIDED)
    number = next(person_numbers(paper.text), None)
    if number is not None:  # wherever it stands: behind the name, in a cell, in the text
        yield paper.fact("holder_id", number.value, number.start, number.end, 0.9)


_WITHDRAWN = re.compile(r"[^。,;\n]{0,20}?(?:撤回|撤下|下架|删除|撤除|撤销公示)")


def withdrawal(paper: Paper, form: Form) -> Iterator[Fact]:
    """公示撤回记录: labelled, or told in a sentence."""
    labelled = list(labelled_day(paper, form, "withdrawn_on", labels.WITHDRAWN))
    yield from labelled
    told = (
        day
        for day in find_dates(paper.text)
        if day.value is not None and _WITHDRAWN.match(paper.text, day.end)
    )
    if not labelled and (day := next(told, None)) is not None and day.value is not None:
        yield paper.fact("withdrawn_on", day.value, day.start, day.end, 0.9)
    yield from labelled_day(paper, form, "revoked_on", labels.REVOKED)
    yield from foot.dated(paper)


def revocation(paper: Paper, form: Form) -> Iterator[Fact]:
    """撤销行政处罚决定书: its date."""
    del form
    for fact in foot.dated(paper):
        yield fact
        yield replace(fact, name="revoked_on")


def on_the_spot_record(paper: Paper, form: Form) -> Iterator[Fact]:
    """当场处罚备案表: the day reported."""
    found = list(labelled_day(paper, form, "reported_on", labels.REPORTED))
    if not found:
        approved = [fact for fact in approvals.head(paper, form) if fact.name == "head_approved_on"]
        found = [
            replace(fact, name="reported_on", confidence=fact.confidence * 0.9) for fact in approved
        ]
    if not found:
        found = [
            replace(fact, name="reported_on", confidence=fact.confidence * 0.8)
            for fact in foot.dated(paper)
        ]
    yield from found
    yield from labelled_day(paper, form, "decided_on_quoted", labels.DECIDED)


_CLOSED_AFTER = re.compile(
    r"[^。;,\n]{0,24}?(?:批准|同意|准予|审批|决定|予以)[^。;,\n]{0,8}?(?:结案|办结)|(?:正式)?(?:结案|办结)"
)
_NOT_YET = re.compile(r"建议|申请|提请|拟|报请|呈请")


def _closed_in_text(paper: Paper) -> Iterator[Fact]:
    """The day of closing told in a sentence: 经负责人批准，本案于…结案."""
    for day in find_dates(paper.text):
        told = _CLOSED_AFTER.match(paper.text, day.end)
        if day.value is None or told is None or _NOT_YET.search(told.group()):
            continue
        clause = re.split(r"[。;\n]", paper.text[: day.start])[-1]
        if not _NOT_YET.search(clause):
            yield paper.fact("closed_on", day.value, day.start, day.end, 0.85)
            return


def closing(paper: Paper, form: Form) -> Iterator[Fact]:
    """结案报告: approval by the head, what it says of filing, decision, payment."""
    approved = list(approvals.head(paper, form))
    yield from approved
    day = next((fact for fact in approved if fact.name == "head_approved_on"), None)
    if day is not None:
        yield replace(day, name="closed_on")
    else:
        labelled = list(labelled_day(paper, form, "closed_on", labels.CLOSED))
        yield from labelled or _closed_in_text(paper)
    yield from labelled_day(paper, form, "filed_on_quoted", labels.FILED)
    yield from labelled_day(paper, form, "decided_on_quoted", labels.DECIDED)
    entry = form.first(labels.EXECUTION)
    start, end = (
        (entry.start, entry.end) if entry is not None else (paper.title_end, len(paper.text))
    )
    paid = None
    for found in find_dates(paper.text[start:end]):
        after = paper.text[start + found.end : start + found.end + 50]
        if found.value is not None and _PAID.match(after) and not _UNPAID.search(after[:30]):
            paid = found
    if paid is not None and paid.value is not None:
        yield paper.fact("paid_on_quoted", paid.value, start + paid.start, start + paid.end, 0.85)
    if entry is not None:
        yield paper.fact(
            "closing_reason", paper.printed(entry.start, entry.end), entry.start, entry.end, 0.85
        )
    yield from narrative.fines(paper, "fine_proposed_yuan")


def collected(paper: Paper, form: Form) -> Iterator[Fact]:
    """罚款上交记录 and 当场收缴罚款申请."""
    yield from labelled_day(paper, form, "collected_on", labels.COLLECTED)
    yield from labelled_day(paper, form, "handed_in_on", labels.HANDED_IN)
    yield from _amounts(paper, form)
    if paper.kind == "当场收缴罚款申请":
        yield paper.stated("cash_requested", True, 0.9)
