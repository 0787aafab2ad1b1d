"""What nearly every paper carries: its numbers and the cause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.text import label, plain
from review.facts import labels
from review.facts.fields import Entry, Form
from review.facts.identity import Number
from review.facts.model import Fact
from review.facts.paper import Paper

NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{2,20}[\[(](?:19|20)\d{2}[\])](?:年度?)?[\u4e00-\u9fff]{0"
    r",6}?(?:第|NO\.?|No\.?)?[0-9A-Za-z-]{1,14}号"
    r"|[\[(](?:19|20)\d{2}[\])][\u4e00-\u9fff]{2,12}(?:第)?[0-9A-Z-]{1,12}号"
)


_ANY_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,12}(?:第|NO[.:]?|No[.:]?)?[A-Z0-9-]{4,24}号?")


BODY_BEGINS = 500


ADDRESSED = frozenset(
    {
        "违法行为通知书",
        "行政处罚决定书",
        "不予行政处罚决定书",
        "责令改正违法行为通知书",
        "听证通知书",
        "催告书",
        "行政强制措施决定书",
        "分期(延期)缴纳罚款通知书",
        "延长行政强制措施期限通知书",
        "解除行政强制措施决定书",
        "当场行政处罚决定书",
        "代履行决定书",
        "行政强制执行决定书",
        "解除证据登记保存决定书",
    }
)


def numbers(paper: Paper, form: Form) -> Iterator[Fact]:
    """The case number where it is labelled so, and the paper's own number."""
    seen = False
    for entry in form.find(labels.CASE_NO):
        found = _number_in(paper, entry)
        if found is not None:
            seen = True
            yield paper.fact("case_no", paper.formal(*found), *found, entry.sure)
            break
    for entry in form.find(labels.DECISION_NO):
        found = _number_in(paper, entry)
        if found is not None:
            yield paper.fact("decision_no", paper.formal(*found), *found, entry.sure)
            break
    for passage in paper.passages:
        if passage.start > BODY_BEGINS:
            break
        text = paper.text[passage.start : passage.end]
        match = NUMBER.search(text)
        if match is None or len(text) - len(match.group()) > 14 or match.end() < len(text):
            continue
        start = passage.start + match.start()
        before = text[: match.start()]
        if ":" in before and not seen:
            continue
        for length in range(min(8, len(match.group()) - 1), 1, -1):
            if label(match.group()[:length]) in labels.KNOWN:
                start += length
                break
        start += max(match.group().rfind(word) for word in "书表单") + 1
        title = plain(paper.document.title)
        if title and plain(match.group()).startswith(title):
            start += len(title)
        yield paper.fact("document_no", paper.formal(start, passage.end), start, passage.end, 0.95)
        return
    own = form.first(labels.DOCUMENT_NO)
    if own is not None and own.start < BODY_BEGINS:
        found = _number_in(paper, own)
        if found is not None:
            yield paper.fact("document_no", paper.formal(*found), *found, own.sure * 0.95)


def _number_in(paper: Paper, entry: Entry) -> tuple[int, int] | None:
    match = NUMBER.search(paper.text, entry.start, entry.end)
    if match is None:
        match = _ANY_NUMBER.match(paper.text, entry.start, entry.end)
    if match is None or not any(character.isdigit() for character in match.group()):
        return None
    return match.start(), match.end()


def cause(paper: Paper, form: Form) -> Iterator[Fact]:
    """案由 as labelled; `merge` takes the party's name off it."""
    for entry in form.find(labels.CAUSE):
        if entry.end <= entry.start:
            continue
        stop = paper.text.find("\n", entry.start, entry.end)
        end = entry.end if stop < 0 else stop
        while end > entry.start and paper.text[end - 1] in "。,;":
            end -= 1
        if end - entry.start >= 4:
            yield paper.fact("cause", paper.printed(entry.start, end), entry.start, end, entry.sure)
            return


def number_fact(paper: Paper, name: str, number: Number, base: int, sure: float) -> Fact:
    """A number found in the words from `base` on: sure where its check digit agrees."""
    start, end = base + number.start, base + number.end
    confidence = sure if number.proven else sure * 0.9
    return paper.fact(name, number.value, start, end, confidence, proven=number.proven)
