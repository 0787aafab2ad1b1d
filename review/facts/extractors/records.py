"""Inquiry, on-site and inquest records, and the officers who made any paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from review.common.chinese_dates import find_dates, find_instants, find_periods
from review.facts import labels
from review.facts.fields import Entry, Form
from review.facts.identity import person_numbers
from review.facts.model import Fact, Officer
from review.facts.paper import Paper
from review.facts.people import certificates_in, looks_like_name, names_in, pair

_HEADER = frozenset({*labels.OFFICERS, *labels.HANDLERS})
_PROSE = re.compile(
    r"(?:执法人员|检查人员|执法队员|工作人员|办案人员)(?:姓名)?(?:是|为|有|分别(?:是"
    r"|为))?[:]?(?=[\u4e00-\u9fff]{2,4}[、,(和及与。;]|[\u4e00-\u9fff]{2,4}·)"
)
_SPOKEN = re.compile(r"我们?[是叫]|[你您]|[?!]|请")


def record(paper: Paper, form: Form) -> Iterator[Fact]:
    """Times, place, people of a record."""
    yield from times(paper, form)
    yield from officers(paper, form)
    entry = form.first(labels.PLACE)
    if entry is not None:
        end = _line_end(paper, entry)
        yield paper.fact("place", paper.printed(entry.start, end), entry.start, end, entry.sure)
    if paper.kind == "询问笔录":
        heard = list(_interviewees(paper, form))
        yield from heard
        yield from _signs_without_label(paper, heard)


def _line_end(paper: Paper, entry: Entry) -> int:
    stop = re.compile(r"[。;\n]").search(paper.text, entry.start, entry.end)
    return stop.start() if stop else entry.end


def times(paper: Paper, form: Form) -> Iterator[Fact]:
    """Start and end to the minute; an end left blank is told, not guessed."""
    wide = [*form.find(labels.RECORD_TIME)]
    for entry in wide:
        stop = min(len(paper.text), max(entry.end, entry.start) + 40)
        region = paper.text[entry.start : entry.end]
        period = next(find_periods(region), None)
        if period is None and entry.end == entry.start + len(region) and find_instants(region):
            longer = paper.text[entry.start : stop].replace("\n", "")
            period = next(find_periods(longer), None)
            if period is not None and period.end_blank:
                period = next(find_periods(region), None)
        if period is None:
            continue
        start, end = entry.start + period.start, min(entry.start + period.end, stop)
        yield from _times(paper, (start, end), period.started_at, period.ended_at, entry.sure)
        if period.end_blank:
            yield paper.fact("end_time_blank", True, start, end, entry.sure * 0.95)
        return
    yield from _separate_times(paper, form, wide)


def _separate_times(paper: Paper, form: Form, wide: list[Entry]) -> Iterator[Fact]:
    """Start and end in fields of their own, or in one sentence of the text."""
    started = _instant(paper, form.first(labels.START))
    ending = next(iter(form.find(labels.END)), None)
    ended = _instant(paper, ending)
    if started is not None:
        yield paper.fact("started_at", started[2], started[0], started[1], 0.95)
        if ended is not None:
            yield paper.fact("ended_at", ended[2], ended[0], ended[1], 0.95)
        elif ending is not None:
            is_filled = re.search(r"\d", paper.text[ending.start : ending.end]) is not None
            name = "end_time_unread" if is_filled else "end_time_blank"
            yield paper.fact(name, True, ending.at, max(ending.end, ending.at + 1), 0.85)
        return
    head = paper.text[: max(600, paper.title_end + 400)]
    period = next(find_periods(head), None)
    if period is not None:
        yield from _times(
            paper, (period.start, period.end), period.started_at, period.ended_at, 0.85
        )
        if period.end_blank:
            yield paper.fact("end_time_blank", True, period.start, period.end, 0.8)
        return
    for entry in wide:
        instant = _instant(paper, entry)
        if instant is not None:
            yield paper.fact("started_at", instant[2], instant[0], instant[1], 0.85)
            rest = _TO_AN_END.search(paper.text, instant[1], entry.end)
            if rest is not None:
                yield paper.fact("end_time_unread", True, rest.start(), rest.end(), 0.85)
            return


_TO_AN_END = re.compile(r"(?:至|到|[-~—])[^。;\n]{0,16}?\d")
"""An end that is there, where the start before it was not made out whole: 14时寸24分至14时49分."""


def _times(
    paper: Paper, place: tuple[int, int], started: datetime, ended: datetime | None, sure: float
) -> Iterator[Fact]:
    start, end = place
    yield paper.fact("started_at", started, start, end, sure)
    if ended is not None:
        yield paper.fact("ended_at", ended, start, end, sure)


def _instant(paper: Paper, entry: Entry | None) -> tuple[int, int, datetime] | None:
    if entry is None:
        return None
    found = find_instants(paper.text[entry.start : entry.end])
    if not found:
        return None
    start, end, value = found[0]
    return entry.start + start, entry.start + end, value


def officers(paper: Paper, form: Form) -> Iterator[Fact]:
    """Officers with certificate numbers: from fields, then from what the record says of them."""
    found: dict[str, tuple[Officer, int, int]] = {}
    for officer, start, end in [*_from_fields(paper, form), *_from_text(paper)]:
        known = found.get(officer.name)
        if known is None or (known[0].cert_no is None and officer.cert_no is not None):
            place = known[1:] if known is not None else (start, end)
            found[officer.name] = (officer, *place)
    if len(found) == 1 and _recorder_alone(paper, form):
        return
    if found:
        values = tuple(officer for officer, _, _ in found.values())
        first = next(iter(found.values()))
        yield paper.fact("officers", values, first[1], first[2], 0.95)


def _recorder_alone(paper: Paper, form: Form) -> bool:
    """Whether 记录人 is the only label of an officer: the other stands behind an unknown one."""
    known = [
        entry
        for entry in form.entries
        if entry.end > entry.start and entry.label in _HEADER | labels.OFFICER_SIGNED
    ]
    return (
        bool(known)
        and all(entry.label.startswith("记录") for entry in known)
        and _PROSE.search(paper.text) is None
    )


def _from_fields(paper: Paper, form: Form) -> Iterator[tuple[Officer, int, int]]:
    """Neighbouring fields of names and certificates are one list, paired by place.

    A field that names its officers with their numbers holds the labels of these numbers as fields
    of their own: what stands at one place counts once, and the next field begins a list of its own.
    """
    names: dict[int, tuple[str, int, int]] = {}
    cards: dict[int, tuple[str, int, int]] = {}

    def add(to: dict[int, tuple[str, int, int]], more: list[tuple[str, int, int]]) -> None:
        for each in more:
            to.setdefault(each[1], each)

    before = 0
    for entry in form.entries:
        since, before = before, max(entry.end, before)
        header = entry.label in _HEADER | labels.OFFICER_SIGNED
        if "签" in entry.label and not certificates_in(
            paper.text, entry.start, entry.end, labelled=True
        ):
            header = False
        if header and _SPOKEN.search(paper.text, entry.start, entry.end):
            continue
        if header and not _is_signature_line(paper, entry):
            if cards and len(cards) == len(names):
                yield from pair(names.values(), cards.values())
                names, cards = {}, {}
            add(names, names_in(paper, entry.start, entry.end, labelled=True))
            add(cards, _cards(paper, entry))
        elif entry.label in labels.CERTIFICATE_NO and names:
            if 2 <= entry.at - since <= 8:
                add(names, names_in(paper, since, entry.at, labelled=True))
            add(cards, _cards(paper, entry))
            add(names, names_in(paper, entry.start, entry.end))
        elif names:
            yield from pair(names.values(), cards.values())
            names, cards = {}, {}
    yield from pair(names.values(), cards.values())


def _cards(paper: Paper, entry: Entry) -> list[tuple[str, int, int]]:
    """The certificate numbers of a field; numbers that stand one a line are not one number."""
    breaks = [at for at in range(entry.start + 1, entry.end) if paper.has_gap(at)]
    places = [entry.start, *breaks, entry.end]
    lines = [
        [
            (value, low + start, low + end)
            for value, start, end in certificates_in(
                paper.text[low:high], 0, high - low, labelled=True
            )
        ]
        for low, high in pairwise(places)
    ]
    alone = [line[0] for line in lines if len(line) == 1]
    if len(alone) == len(lines) > 1 and len({len(value) for value, _, _ in alone}) == 1:
        return alone
    return certificates_in(paper.text, entry.start, entry.end, labelled=True)


def _is_signature_line(paper: Paper, entry: Entry) -> bool:
    return re.search(r"年.{1,3}月.{1,3}日", paper.text[entry.start : entry.end]) is not None


def _from_text(paper: Paper) -> Iterator[tuple[Officer, int, int]]:
    text = paper.text
    for cue in _PROSE.finditer(text):
        stop = re.compile(r"[。;\n?]").search(text, cue.end())
        end = min(stop.start() if stop else len(text), cue.end() + 120)
        names = _leading_names(paper, cue.end(), end)
        if not names:
            continue
        cards = certificates_in(text, cue.end(), end)
        if not cards and stop is not None and text[stop.start()] != "\n":
            cards = certificates_in(text, stop.start(), min(len(text), stop.start() + 80))
            if len(cards) != len(names):
                cards = []
        yield from pair(names, cards)


_ONE_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}?(?=[、,;。:(\d]|[和及与](?=[\u4e00-\u9fff]{2,4}[,、"
    r";(依对在于向现])|执法|证|同志|向|现|$|两|二人|于|对|依法|在)"
)
_NAME_LINK = re.compile(
    r"(?P<own>\([^()]{0,40}\)|,?(?:执法)?证件?(?:号码?|编号)?(?:为|是"
    r"|:)?[0-9A-Z-]{5,20})?(?P<link>[、,;]|和|及|与|以及|会同|协同|偕同|同)?"
)


def _leading_names(paper: Paper, start: int, end: int) -> list[tuple[str, int, int]]:
    """Names that stand in a row from `start`, each with its certificate behind it or not."""
    text = paper.text[start:end]
    found: list[tuple[str, int, int]] = []
    place = 0
    while True:
        match = _ONE_NAME.match(text, place)
        if match is None or not looks_like_name(match.group()):
            return found
        found.append((match.group(), start + match.start(), start + match.end()))
        between = _NAME_LINK.match(text, match.end())
        if (
            between is None
            or not between["link"]
            or (between["link"] == "," and not between["own"])
        ):
            return found
        place = between.end()


def signed_at_the_end(paper: Paper, name: str) -> int | None:
    """Where the name of who was heard stands as a signature behind the last question, or None."""
    text = paper.text
    at = text.rfind(name)
    last_question = max(text.rfind("问:"), text.rfind("\n问"))
    if at <= max(last_question, paper.title_end) or at == text.find(name):
        return None
    line = text[text.rfind("\n", 0, at) + 1 : at]
    answers = re.match(r"答[:：]?", line) is not None and "。" not in line
    dated = bool(find_dates(text[at : at + len(name) + 16]))
    return at if dated or not answers else None


def _signs_without_label(paper: Paper, heard: list[Fact]) -> Iterator[Fact]:
    """The name of the person heard behind "以上看过，无误。", without a label."""
    people = [name for fact in heard if isinstance(fact.value, tuple) for name in fact.value]
    for name in people:
        if isinstance(name, str) and (at := signed_at_the_end(paper, name)) is not None:
            yield paper.fact("party_signature", name, at, at + len(name), 0.8)
            return


_OTHER_FIELD = re.compile(r"[\u4e00-\u9fff]{2,8}(?:\([^()]{0,8}\))?:")
"""A label that the engine does not know, on the line of the person who is heard."""


_BESIDE = re.compile(r"(?:法定代理人|监护人|成年亲属|翻译|见证人|在场人|陪同|教师代表)")
"""Who is present beside the person who is heard, as the law asks for a minor or a deaf person."""


def _interviewees(paper: Paper, form: Form) -> Iterator[Fact]:
    found: dict[str, tuple[str, int, int]] = {}
    for entry in form.find(labels.INTERVIEWEE):
        if entry.label == "姓名" and found:
            continue
        end = min(entry.end, entry.start + 40)
        others = (
            place
            for place in range(entry.start + 1, end)
            if (paper.has_gap(place) and _OTHER_FIELD.match(paper.text, place))
            or _BESIDE.match(paper.text, place)
        )
        end = next(others, end)
        for name in names_in(paper, entry.start, end, labelled=True):
            found.setdefault(name[0], name)
    if found:
        first = next(iter(found.values()))
        yield paper.fact("interviewees", tuple(found), first[1], first[2], 0.95)
    for entry in form.find(labels.PERSON_ID):
        number = next(person_numbers(paper.text[entry.start : entry.end]), None)
        if number is not None:
            yield paper.fact(
                "interviewee_id",
                number.value,
                entry.start + number.start,
                entry.start + number.end,
                entry.sure,
                proven=number.proven,
            )
            return
