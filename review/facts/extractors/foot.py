"""The foot of a paper (落款): its date, its organ, its seal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from review.common.chinese_dates import find_dates
from review.documents.model import Mark, MarkKind, Page
from review.facts import labels
from review.facts.extractors.every_paper import ADDRESSED
from review.facts.fields import Form
from review.facts.model import Evidence, Fact
from review.facts.paper import Paper, Passage
from review.facts.people import looks_like_name

_AGENCY_WORD = (
    r"(?:局|厅|委员会|支队|总队|大队|执法队|管理处|管理所|管理站|海事处|航道处"
    r"|监督站|监督局|人民政府|委|部)"
)


AGENCY = re.compile(rf"[\u4e00-\u9fff()]{{3,40}}{_AGENCY_WORD}")


_STAMP_NOTE = re.compile(
    r"\(?(?:加盖)?(?:行政机关|处罚机关|执法机关|机关|单位|执法部门"
    r"|处罚机关名称及)?(?:印章|盖章|公章|签章|章|(?<=\()印(?=\)))\)?"
)


_DAY_LABEL = re.compile(r"(?:日期|时间):?$")


_ORGAN_LABEL = re.compile(r"^[\u4e00-\u9fff]{2,10}:")


def dated(paper: Paper) -> Iterator[Fact]:
    """The paper's own date and organ at its foot (落款)."""
    passages = [passage for passage in paper.passages if passage.end > passage.start]
    best: tuple[float, int, int, object] | None = None
    for index in range(len(passages) - 1, max(-1, len(passages) - 14), -1):
        passage = passages[index]
        text = paper.text[passage.start : passage.end]
        bare = _STAMP_NOTE.sub("", text)
        dates = find_dates(text)
        if not dates or dates[-1].value is None:
            continue
        last = dates[-1]
        place = bare.find(text[last.start : last.end])
        before, after = bare[:place], bare[place + last.end - last.start :]
        if place < 0 or after.strip("()。;,"):
            continue
        previous = paper.text[passages[index - 1].start : passages[index - 1].end] if index else ""
        before = _DAY_LABEL.sub("", before)
        alone = len(before) == 0
        signed = AGENCY.fullmatch(_ORGAN_LABEL.sub("", before)) is not None
        follows = alone and AGENCY.fullmatch(_STAMP_NOTE.sub("", previous)) is not None
        by_hand = looks_like_name(re.sub(r"^[^:]{0,12}:", "", before))
        sure = 1.0 if signed or follows else (0.85 if alone else 0.8 if by_hand else 0.0)
        if passage.block.cell is not None and not signed:
            sure = 0.0
        if sure and (best is None or sure > best[0]):
            best = (sure, passage.start + last.start, passage.start + last.end, last.value)
    if best is not None:
        sure, start, end, day = best
        yield paper.fact("dated_on", day, start, end, sure)  # type: ignore[arg-type]  # a date, kept with its place


_HEADED = re.compile(
    rf"(?P<organ>[\u4e00-\u9fff()]{{3,30}}?{_AGENCY_WORD})(?=(?:交通运输"
    rf"|交通)?(?:行政处罚|行政强制|违法行为|送达回证|立案|询问|现场|结案|案件|当场"
    rf"|不予|责令))"
)


def organ(paper: Paper, form: Form) -> Iterator[Fact]:
    """The organ that made the paper: by label, at its foot, or above its title."""
    entry = form.first(labels.AGENCY)
    if entry is not None:
        match = AGENCY.match(paper.text, entry.start, entry.end)
        if match:
            yield paper.fact(
                "agency", paper.printed(match.start(), match.end()), match.start(), match.end()
            )
            return
    passages = [passage for passage in paper.passages if passage.end > passage.start]
    previous = {later.start: each for each, later in pairwise(passages[-12:])}
    for passage in [*reversed(passages[-12:]), *passages[:3]]:
        text = paper.text[passage.start : passage.end]
        days = find_dates(text)
        bare = _STAMP_NOTE.sub("", text[: days[-1].start] if days else text)
        headed = _HEADED.match(text) if passage in passages[:3] else None
        if headed is not None:
            end = passage.start + headed.end("organ")
            yield paper.fact("agency", paper.printed(passage.start, end), passage.start, end, 0.9)
            return
        before = previous.get(passage.start)
        if before is not None and _is_torn(paper, before, passage, bare):
            whole = paper.text[before.start : before.end] + bare
            yield paper.fact("agency", whole, before.start, passage.start + len(bare), 0.95)
            return
        if passage.block.cell is None and AGENCY.fullmatch(bare) and len(bare) <= 32:
            end = passage.start + len(bare)
            if text.startswith(bare):
                yield paper.fact(
                    "agency", paper.printed(passage.start, end), passage.start, end, 0.95
                )
                return


def _is_torn(paper: Paper, before: Passage, passage: Passage, bare: str) -> bool:
    """Whether the foot of a scan names its organ in two pieces of one line, torn by the seal."""
    if before.block.cell is not None or passage.block.cell is not None:
        return False
    left, right = before.block.lines[-1].box, passage.block.lines[0].box
    if left is None or right is None:
        return False
    start, end = before.start, passage.start + len(bare)
    whole = paper.text[start : before.end] + bare
    return (
        before.page is passage.page
        and abs(left.top - right.top) < (right.bottom - right.top) / 2
        and left.right <= right.left
        and paper.is_recognised(start, end)
        and paper.text.startswith(bare, passage.start)
        and len(whole) <= 24
        and AGENCY.fullmatch(whole) is not None
    )


def seal(paper: Paper) -> Iterator[Fact]:
    """A seal on one of the pages, with the words that it lies over; whose it is, is not said."""
    for page in paper.document.pages:
        for mark in page.marks:
            if mark.kind is MarkKind.SEAL:
                boxes = (mark.box,) if mark.box is not None else ()
                evidence = Evidence(page.source, page.number, words_under(page, mark), boxes)
                yield Fact("seal", True, evidence, mark.confidence, paper.index)
                return


_SEAL_NOTE = re.compile(r"\((?:此处|加盖)?(?:印章|盖章|公章|签章|行政机关印章|机关印章|印|章)\)")


def seal_note(paper: Paper) -> Iterator[Fact]:
    """A typed note of the seal, （印章） or （盖章）, at the foot of a letter; it is no seal."""
    if paper.kind not in ADDRESSED:
        return
    passages = [passage for passage in paper.passages if passage.end > passage.start][-8:]
    if passages:
        note = _SEAL_NOTE.search(paper.text, passages[0].start)
        if note is not None:
            yield paper.fact("seal_noted", True, note.start(), note.end(), 0.9)


def words_under(page: Page, mark: Mark) -> str:
    """The characters of the page that lie in the box of a mark, line by line."""
    box = mark.box
    if box is None:
        return ""
    covered = []
    for line in page.lines:
        if line.box is None or not box.top <= (line.box.top + line.box.bottom) / 2 <= box.bottom:
            continue
        parts = ((letter, line.part(at, at + 1)) for at, letter in enumerate(line.text))
        under = (
            letter
            for letter, place in parts
            if place is not None and box.left <= (place.left + place.right) / 2 <= box.right
        )
        covered.append("".join(under).strip())
    return " ".join(words for words in covered if words)
