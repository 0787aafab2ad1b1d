"""One paper as the extractors see it: its text without layout, and the way back to the page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from review.common.text import Squeezed, fold, paired, squeeze, wide_brackets
from review.documents.model import Block, Document, Page
from review.facts.model import Evidence, Fact, FactValue

_PAGE_NUMBER = re.compile(r"[-(]?\d{1,3}[-)]?|第\d{1,3}页(?:[,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}")
_SHORT_FIELD = 32
_BEGINS_FIELD = re.compile(r"[\u4e00-\u9fff]{2,14}:|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、]")
_LISTS = frozenset({"卷内目录", "视音频资料清单"})
_SENTENCE_ENDS = "。!?;:”)》"
DOUBTFUL = 0.8
"""Below this confidence a value is not to be held against anybody."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One block in the paper's text: its range there, its page, and where each character stood.

    `line_starts` are places in the paper's text at which a line of the page begins; `gaps` those
    that had white space before them.
    """

    start: int
    end: int
    page: Page
    block: Block
    offsets: tuple[int, ...]
    line_starts: frozenset[int]
    gaps: frozenset[int]

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """The range of the block's own text for a range of the paper's text."""
        low = max(start, self.start) - self.start
        high = min(end, self.end) - self.start
        return self.offsets[low], self.offsets[high - 1] + 1


class Paper:
    """A document's text: blocks squeezed and joined by line feeds; pages run on in a sentence."""

    def __init__(self, document: Document, index: int) -> None:
        self.document = document
        self.index = index
        self.kind = document.kind
        passages: list[Passage] = []
        parts: list[str] = []
        length = 0
        for page, block, squeezed, goes_on in _in_order(
            document.pages, wrapped=document.kind not in _LISTS
        ):
            bare = squeezed.text
            if parts and bare and not goes_on:
                parts.append("\n")
                length += 1
            starts, gaps = _breaks(block, squeezed.offsets, length)
            passages.append(
                Passage(length, length + len(bare), page, block, squeezed.offsets, starts, gaps)
            )
            if bare:
                parts.append(bare)
                length += len(bare)
        self.text = "".join(parts)
        self.passages = tuple(passages)
        self._written = tuple(passage for passage in passages if passage.end > passage.start)
        self._starts = [passage.start for passage in self._written]

    @cached_property
    def unquoted(self) -> str:
        """The text with quoted statutes and unticked options blanked out, at the same places."""
        return blank_unticked(blank_quotes(self.text))

    @cached_property
    def ticked(self) -> str:
        """The text with the options of unticked boxes blanked out, at the same places."""
        return blank_unticked(self.text)

    @cached_property
    def title_end(self) -> int:
        """Where the text after the title begins; 0 if the title does not stand in the text."""
        title = squeeze(self.document.title).text
        place = self.text.find(title) if title else -1
        return place + len(title) if place >= 0 else 0

    def passage_at(self, place: int) -> Passage | None:
        """The passage that holds a place of the text."""
        at = bisect_right(self._starts, place) - 1
        return self._written[at] if at >= 0 else None

    def _between(self, start: int, end: int) -> Iterator[Passage]:
        """The passages with text that [start, end) touches, in order."""
        for at in range(max(bisect_right(self._starts, start) - 1, 0), len(self._written)):
            passage = self._written[at]
            if passage.start >= end:
                return
            if passage.end > start:
                yield passage

    def has_gap(self, place: int) -> bool:
        """Whether white space or a new line stood before the character at `place`."""
        passage = self.passage_at(place)
        return passage is None or place in passage.gaps or place in passage.line_starts

    def _wraps(self, place: int) -> bool:
        """Whether a line of running text goes on at `place` after its end."""
        passage = self.passage_at(place)
        return (
            passage is not None
            and passage.block.cell is None
            and place in passage.line_starts
            and place not in passage.gaps
        )

    def evidence(self, start: int, end: int) -> Evidence:
        """The words of [start, end) with their boxes; of the first page where they run over."""
        boxes = []
        words: list[str] = []
        page: Page | None = None
        for passage in self._between(start, end):
            if page is not None and passage.page is not page:
                break
            page = passage.page
            for line, low, high in passage.block.spans(*passage.source_range(start, end)):
                words.append(line.text[low:high])
                box = line.part(low, high)
                if box is not None:
                    boxes.append(box)
        if page is None:
            return self.whole()
        return Evidence(page.source, page.number, "".join(words).strip(), tuple(boxes))

    def printed(self, start: int, end: int) -> str:
        """The characters of [start, end) as printed, with their widths, without spaces.

        In scans brackets are paired, which recognition mixes up.
        """
        parts = []
        for passage in self._between(start, end):
            text = passage.block.text
            low, high = max(start, passage.start), min(end, passage.end)
            parts.append(
                "".join(
                    text[offset]
                    for offset in passage.offsets[low - passage.start : high - passage.start]
                    if not text[offset].isspace()
                )
            )
        words = "".join(parts)
        return paired(words) if self.is_recognised(start, end) else words

    def formal(self, start: int, end: int) -> str:
        """A number or citation as printed; in scans its round brackets are in full width."""
        words = self.printed(start, end)
        return wide_brackets(words) if self.is_recognised(start, end) else words

    def whole(self) -> Evidence:
        """The paper itself: its title on its first page."""
        pages = self.document.page_range
        return Evidence(self.document.source, pages[0] if pages else None, self.document.title)

    def reading(self, start: int, end: int) -> float:
        """How surely the characters of [start, end) were read: the least sure of their lines."""
        least = 1.0
        for passage in self._between(start, end):
            for line, _, _ in passage.block.spans(*passage.source_range(start, end)):
                least = min(least, line.confidence)
        return least

    def is_recognised(self, start: int, end: int) -> bool:
        """Whether any of the characters was read from an image, where 二 and 三 are confused."""
        return any(
            line.origin == "ocr"
            for passage in self._between(start, end)
            for line, _, _ in passage.block.spans(*passage.source_range(start, end))
        )

    def fact(
        self,
        name: str,
        value: FactValue,
        start: int,
        end: int,
        confidence: float = 1.0,
        *,
        proven: bool = False,
    ) -> Fact:
        """A fact read at [start, end). `proven`: a check digit rules out a misreading."""
        if not proven:
            confidence = round(confidence * self.reading(start, end), 3)
        return Fact(name, value, self.evidence(start, end), confidence, self.index)

    def stated(self, name: str, value: FactValue, confidence: float = 1.0) -> Fact:
        """A fact that the paper carries by being what it is."""
        return Fact(name, value, self.whole(), confidence, self.index)

    def words(self, start: int, end: int) -> list[tuple[str, int, int]]:
        """The words of [start, end): split at stops, commas and gaps; letter-spaced ones joined."""
        found: list[tuple[str, int, int]] = []
        begun, wrapped = start, False
        for place in range(start, end + 1):
            at_end = place == end
            stop = not at_end and self.text[place] in "、,;。:/\n()|[] "
            gap = not at_end and place > begun and self.has_gap(place)
            if at_end or stop or gap:
                if place > begun:
                    word = (self.text[begun:place], begun, place)
                    if wrapped and found and _is_cut(found[-1][0], word[0]):
                        last = found.pop()
                        word = (last[0] + word[0], last[1], place)
                    found.append(word)
                begun = place + 1 if stop else place
                wrapped = gap and self._wraps(place)
        return _letter_spaced(found)


_OWN_WORDS = frozenset("男女等和与及是无有时在年月日")
"""Single characters that are words of their own beside a name."""


def _is_cut(head: str, tail: str) -> bool:
    """Whether the end of a line cut one character off a name: 费云 and 澜, or 费 and 云澜."""
    single = tail if len(tail) == 1 else head
    return (
        len(single) == 1
        and len(head) + len(tail) in (2, 3)
        and re.fullmatch(r"[\u4e00-\u9fff]{2,3}", head + tail) is not None
        and single not in _OWN_WORDS
    )


def _letter_spaced(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Runs of two or three single characters with gaps between them are one word: 王 小 二."""
    joined: list[tuple[str, int, int]] = []
    run = 0
    for word, low, high in words:
        single = len(word) == 1 and not word.isascii()
        if single and 0 < run < 3 and joined[-1][2] == low:
            joined[-1] = (joined[-1][0] + word, joined[-1][1], high)
            run += 1
        else:
            joined.append((word, low, high))
            run = 1 if single else 0
    return joined


def _in_order(
    pages: tuple[Page, ...], *, wrapped: bool
) -> Iterator[tuple[Page, Block, Squeezed, bool]]:
    """All blocks, wrapped paragraphs joined; True where a page goes on with a sentence.

    Page numbers are left out. What stands at the foot or head of several pages alike (a mark, the
    line of signatures of a record) comes once, after everything else, so that it does not part
    sentences.
    """
    running = _running(pages)
    last = ""
    aside: dict[str, tuple[Page, Block, Squeezed]] = {}
    for page in pages:
        first = True
        for block in _paragraphs(page) if wrapped else page.blocks:
            squeezed = squeeze(block.text)
            bare = squeezed.text
            if block.cell is None and _PAGE_NUMBER.fullmatch(bare):
                continue
            if bare in running and block.cell is None:
                aside.setdefault(bare, (page, block, squeezed))
                continue
            goes_on = (
                first
                and page is not pages[0]
                and block.cell is None
                and len(last) >= 20
                and last[-1] not in _SENTENCE_ENDS
                and not bare.startswith(("问", "答", "[问", "[答"))
            )
            yield page, block, squeezed, goes_on
            if bare:
                last = bare if block.cell is None else ""
                first = False
    for page, block, squeezed in aside.values():
        yield page, block, squeezed, False


def _running(pages: tuple[Page, ...]) -> frozenset[str]:
    """Texts at the upper or lower edge of two or more pages."""
    if len(pages) < 2:
        return frozenset()
    seen: dict[str, int] = {}
    for page in pages:
        blocks = [block for block in page.blocks if block.cell is None and block.text.strip()]
        edge = {squeeze(block.text).text for block in (*blocks[-4:], *blocks[:1])}
        for text in edge:
            seen[text] = seen.get(text, 0) + 1
    return frozenset(text for text, count in seen.items() if count > 1)


def _paragraphs(page: Page) -> Iterator[Block]:
    """The blocks of a page, lines of one paragraph together even where they came apart."""
    right, left = _margins(page)
    pending: Block | None = None
    for block in page.blocks:
        if pending is not None and _continues(pending, block, left, right):
            pending = Block((*pending.lines, *block.lines))
            continue
        if pending is not None:
            yield pending
        pending = block
    if pending is not None:
        yield pending


def _margins(page: Page) -> tuple[float, float]:
    """Right and left edge of the running text: where most long lines end, and where they begin.

    The median, because a mark of punctuation may hang over the edge.
    """
    long = [
        line.box
        for block in page.blocks
        if block.cell is None
        for line in block.lines
        if line.box is not None and len(line.text) >= 20
    ]
    if len(long) < 2:
        return float("inf"), 0.0
    rights = sorted(box.right for box in long)
    return rights[len(rights) // 2], min(box.left for box in long)


def _continues(before: Block, block: Block, left: float, right: float) -> bool:
    """Whether a block is the next line of a paragraph: full line above, no indent, no stop."""
    if before.cell is not None or block.cell is not None or not before.lines or not block.lines:
        return False
    above, below = before.lines[-1].box, block.lines[0].box
    if above is None or below is None or len(before.lines[-1].text) < 20:
        return False
    size = max(6.0, above.bottom - above.top)
    if (
        above.left > left + 3.5 * size
        or above.right < right - 1.8 * size
        or below.left > left + size
        or not 0 <= below.top - above.top <= 2.6 * size
    ):
        return False
    text = before.text.rstrip()
    if not text or text[-1] in "。!?！？；;：:":
        return False
    if len(text) < _SHORT_FIELD and ":" in fold(text[:14]):
        return False
    return _BEGINS_FIELD.match(fold(block.text.lstrip())) is None


def _breaks(
    block: Block, offsets: tuple[int, ...], base: int
) -> tuple[frozenset[int], frozenset[int]]:
    """Where the lines of a block begin, and before which characters white space was left out."""
    if not offsets:
        return frozenset(), frozenset()
    starts: set[int] = set()
    length = 0
    for line in block.lines:
        index = bisect_left(offsets, length)
        if index < len(offsets):
            starts.add(base + index)
        length += len(line.text)
    if offsets[-1] == len(offsets) - 1:
        return frozenset(starts), frozenset()
    gaps = frozenset(
        base + index
        for index, (before, offset) in enumerate(pairwise((-1, *offsets)))
        if offset > before + 1
    )
    return frozenset(starts), gaps


_QUOTED = re.compile(r"“[^“”\n]{0,900}”|\"[^\"\n]{4,900}\"|「[^「」\n]{0,900}」")
_STATUTE_RANGE = re.compile(r"\([^()\n]{0,200}以下[^()\n]{0,60}\)")
_UNTICKED = re.compile(r"□(?![内处中]|为|前)[^□☑\n]*")


def blank_quotes(text: str) -> str:
    """Quoted words and bracketed statute ranges replaced by as many middle dots."""
    text = _QUOTED.sub(lambda match: "·" * len(match.group()), text)
    return _STATUTE_RANGE.sub(lambda match: "·" * len(match.group()), text)


def blank_unticked(text: str) -> str:
    """What stands behind an empty box replaced by as many middle dots.

    An option ends at the next box; an empty box before a paragraph takes the whole paragraph.
    """
    if "□" not in text:
        return text
    return _UNTICKED.sub(lambda match: "□" + "·" * (len(match.group()) - 1), text)
