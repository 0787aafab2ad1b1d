"""What was done by hand: who signed, and ticks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.documents.model import MarkKind
from review.facts import labels
from review.facts.fields import Entry, Form
from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import names_in

_WITH_DATE = re.compile(r"\d{4}年|[〇零○OoO一二三四五六七八九]{4}年|\d{4}[-./]\d")


RECORDS = frozenset({"现场笔录", "询问笔录", "勘验笔录", "听证笔录"})


_RECORDS_HEAD, _TAIL = 150, 70
"""Characters of a record that are its head, and of its end in which labels are those of hands."""


_UNREAD = "☑"
"""A filled box among names, which stands for a character that recognition could not tell: 卫■林."""


def _is_partly_unread(paper: Paper, start: int, stop: int) -> bool:
    return _UNREAD in paper.text[start:stop] and paper.is_recognised(start, stop)


def _is_signature(paper: Paper, entry: Entry) -> bool:
    """By the label's words, a date behind the name, or its place after a record's text."""
    if "签" in entry.label or "确认" in entry.label:
        return True
    tail = paper.text[entry.start : max(entry.end, entry.start) + 16]
    if _WITH_DATE.search(tail[: entry.end - entry.start + 16]):
        return entry.end - entry.start < 60
    return (
        paper.kind in RECORDS
        and entry.end - entry.start <= 24
        and entry.at > max(_RECORDS_HEAD, min(len(paper.text) * 0.7, len(paper.text) - _TAIL))
    )


def signatures(paper: Paper, form: Form) -> Iterator[Fact]:
    """Who signed: after labels of signature; a signature that could not be read is told as well."""
    officers: dict[str, tuple[str, int, int]] = {}
    party_signed: tuple[str, int, int] | None = None
    unread = False
    record = paper.kind in RECORDS
    recorder_alone = record
    for entry in form.entries:
        is_officers = entry.label in labels.OFFICER_SIGNED or (
            record and entry.label in labels.OFFICERS
        )
        is_partys = entry.label in labels.PARTY_SIGNED
        if record and not is_officers:
            is_partys = is_partys or entry.label in labels.PRESENT | labels.INTERVIEWEE
        if not (is_officers or is_partys):
            continue
        start, stop = entry.start, min(entry.end, entry.start + 60)
        if not _is_signature(paper, entry):
            continue
        names = names_in(paper, start, stop, labelled=True)
        recorder_alone &= not is_officers or entry.label.startswith("记录")
        if _is_partly_unread(paper, start, stop) or _signed_by_hand(paper, entry, every=not names):
            unread = True
        for name in names:
            if is_officers:
                officers.setdefault(name[0], name)
            elif party_signed is None:
                party_signed = name
    if len(officers) == 1 and recorder_alone:
        unread = True  # who asked has signed behind a label that is not known
        officers = {}
    if officers:
        first = next(iter(officers.values()))
        yield paper.fact("officer_signatures", tuple(officers), first[1], first[2], 0.95)
    if party_signed is not None:
        yield paper.fact("party_signature", party_signed[0], party_signed[1], party_signed[2], 0.95)
    if unread:
        yield paper.stated("signature_unread", True)


_LONG_OPTION = re.compile(r"□[^□☑\n]{6,}")


def ticks(paper: Paper) -> Iterator[Fact]:
    """That a scanned form with boxes shows no tick at all: one was lost, or nobody ticked.

    What stands behind an empty box does not count as said, so nothing may be missed there.
    """
    option = _LONG_OPTION.search(paper.text)
    if option is not None and "☑" not in paper.text and paper.is_recognised(*option.span()):
        yield paper.fact("ticks_unread", True, *option.span())


def _signed_by_hand(paper: Paper, entry: Entry, *, every: bool) -> bool:
    """Whether something that may be a hand's stands beside a label.

    A mark of a signature always counts, as a second hand may stand beside a name that was read;
    with `every` so does any picture.
    """
    passage = paper.passage_at(entry.at)
    if passage is None:
        return False
    label_box = next((line.box for line in passage.block.lines if line.box is not None), None)
    for mark in passage.page.marks:
        if mark.box is None or label_box is None:
            continue
        if mark.kind is not MarkKind.SIGNATURE and not (every and mark.kind is MarkKind.IMAGE):
            continue
        if mark.box.bottom > label_box.top - 20 and mark.box.top < label_box.bottom + 20:
            return True
    return False
