"""Citations of law in Chinese papers: 《…》第四十三条第一款第（二）项 and what else they write.

`find_citations` gives the provisions one by one; `citation_text` the words as printed.
Both work on text without layout spaces (`common.text.squeeze`), whose round brackets are ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from review.common.chinese_dates import number

_N = "[一二三四五六七八九十百零〇○两0-9]{1,7}"
_ARTICLE = rf"第(?P<article>{_N})条(?:之(?P<suffix>[一二三四五六七八九十]))?"
_PARAGRAPH = rf"第(?P<paragraph>{_N})款"
_ITEM = rf"第?\(?第?(?P<item>{_N})\)?项|第\((?P<item2>{_N})\)项?"
_POINT = rf"第(?P<point>{_N})目"
_LAW = re.compile(r"《(?P<title>[^《》]{2,70}(?:《[^《》]{2,60}》[^《》]{0,30})?)》")
_SELF = re.compile(
    r"(?P<self>(?:该|本|同|上述|前述|前款)(?:法|条例|规定|办法|规章|解释))(?=第|的?第|[,、]?第)"
)
_SHORT = re.compile(
    r"(?:以下|下)?(?:统)?简?称(?:为)?[:]?[“《\"]?(?P<short>[^”》\"()]{2,30})[”》\"]?"
)
_UNIT = re.compile(rf"{_ARTICLE}|{_PARAGRAPH}|{_POINT}|{_ITEM}")
_LINK = re.compile(
    r"(?:[、,;]|和|及其?|以及|或者?|与|并|中(?=第)|的(?=第)|之(?=第)|(?:本|该|同)条(?=第))*"
)
_RANGE = re.compile(r"(?:至|到|-|~)(?=第)")
_BETWEEN = re.compile(
    r"\((?:[^()《》]|\([^()]*\)|《[^《》]*》){0,80}\)|(?:的?规定)?[:,]?[“\"](?:[^”\"]){0,600}[”\"]"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One provision. `law` is the title without book marks, as written or as its abbreviation says.

    `suffix` is the n of 第x条之n; paragraph and item are None where the paper names none.
    """

    law: str
    article: int
    suffix: int | None
    paragraph: int | None
    item: int | None

    @property
    def provision(self) -> tuple[str, int, int | None, int | None]:
        """(law, article, paragraph, item)."""
        return self.law, self.article, self.paragraph, self.item


def _abbreviations(text: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for law in _LAW.finditer(text):
        after = text[law.end() : law.end() + 40]
        if after.startswith("("):
            short = _SHORT.search(after[: after.find(")") + 1 or len(after)])
            if short:
                known[short["short"].strip("《》“”")] = law["title"]
    return known


def _heads(text: str) -> Iterator[tuple[int, int, str]]:
    """The places at which a law is named, as (start, end, title); "该条例" takes the one before."""
    known = _abbreviations(text)
    last: str | None = None
    marks = sorted(
        [*_LAW.finditer(text), *_SELF.finditer(text)],
        key=lambda match: match.start(),
    )
    for match in marks:
        if match.re is _LAW:
            last = known.get(match["title"], match["title"])
            yield match.start(), match.end(), last
        elif last is not None:
            yield match.start(), match.end(), last
    for short, title in known.items():
        for match in re.finditer(rf"(?<![《“]){re.escape(short)}(?=第{_N}条)", text):
            yield match.start(), match.end(), title


def _chain(text: str, place: int, law: str) -> Iterator[Citation]:
    """The provisions that follow a law's title at `place`, until something else follows."""
    article: int | None = None
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def closed() -> Iterator[Citation]:
        if article is not None:
            yield Citation(law, article, suffix, paragraph, item)

    between = _BETWEEN.match(text, place)
    if between and text[place] == "(":
        place = between.end()
    while True:
        link = _LINK.match(text, place)
        at = link.end() if link else place
        ranged = _RANGE.match(text, place)
        if ranged:
            at = ranged.end()
        unit = _UNIT.match(text, at)
        if unit is None:
            break
        if unit["article"]:
            yield from closed()
            value = number(unit["article"])
            if value is None:
                break
            if ranged and article is not None:
                for between_article in range(article + 1, min(value, article + 40)):
                    yield Citation(law, between_article, None, None, None)
            article, paragraph, item = value, None, None
            suffix = number(unit["suffix"]) if unit["suffix"] else None
        elif article is None:
            break
        elif unit["paragraph"]:
            if paragraph is not None or item is not None:
                yield from closed()
            paragraph, item = number(unit["paragraph"]), None
        elif unit["point"] is None:
            value = number(unit["item"] or unit["item2"])
            if item is not None:
                yield from closed()
            item = value
        place = unit.end()
    yield from closed()


_LISTED_ITEMS = re.compile(rf"第(\({_N}\)(?:、\({_N}\))+)项")


def _spelled_out(text: str) -> str:
    """第（一）、（三）项 as 第(一)项、第(三)项."""
    return _LISTED_ITEMS.sub(
        lambda match: "、".join(f"第{part}项" for part in match[1].split("、")), text
    )


def find_citations(text: str) -> list[Citation]:
    """Every provision cited in the text, in order, each once for every place it stands at."""
    text = _spelled_out(text)
    found: list[Citation] = []
    heads = sorted(_heads(text))
    for _, end, law in heads:
        found.extend(_chain(text, end, law))
    return found


@dataclass(frozen=True, slots=True)
class CitedText:
    """A run of citations: its words as the paper writes them, and its places in the text.

    `laws` has, for each place, the title where the paper says "该办法" for it, otherwise None.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    laws: tuple[str | None, ...] = ()


VIOLATED = "违反"
RELIED_ON = "依据|根据|依照|按照"


def citation_text(
    text: str, place: int, *, reach: int = 40, verb: str = VIOLATED
) -> CitedText | None:
    """The run of citations that begins within `reach` characters after `place`.

    `verb` is the word that may be repeated between two of them ("同时违反《…》"); another
    ends the run.

    Quoted statute text and remarks in brackets between citations are left out; the parts are
    joined with 、. None where no 《…》第…条 begins in reach.
    """
    heads = [head for head in sorted(_heads(text)) if place <= head[0]]
    spans: list[tuple[int, int]] = []
    laws: list[str | None] = []
    for start, end, law in heads:
        if not spans and start > place + reach:
            break
        if spans:
            gap = text[spans[-1][1] : start]
            if not _is_joint(gap, verb):
                break
        last = _end_of_chain(text, end)
        if last is None:
            if spans:
                break
            continue
        referred = text[start] != "《"
        spans.append((end if referred else start, last))
        laws.append(law if referred else None)
    if not spans:
        return None
    written = (
        (f"《{law}》" if law else "") + _ABBREVIATED.sub("", text[start:end])
        for law, (start, end) in zip(laws, spans, strict=True)
    )
    return CitedText("、".join(written), tuple(spans), tuple(laws))


_ABBREVIATED = re.compile(r"\((?:以下|下)?(?:统)?简?称[^()]*\)")
_JOINT = (
    r"(?:(?:的|等)?(?:有关|相关)?(?:规定|要求)?)?[、,;]?(?:和|及|以及|并|与|同时)?"
    r"(?:(?:还|又|也|同时)?(?:{verb})了?)?"
)
_JOINTS = {verb: re.compile(_JOINT.format(verb=verb)) for verb in (VIOLATED, RELIED_ON)}


def _is_joint(gap: str, verb: str) -> bool:
    return _JOINTS[verb].fullmatch(_BETWEEN.sub("", gap)) is not None


def _end_of_chain(text: str, place: int) -> int | None:
    """Where the provisions after a title end; None where there are none."""
    end: int | None = None
    between = _BETWEEN.match(text, place)
    if between and text[place] == "(":
        place = between.end()
    while True:
        at = place
        link = _RANGE.match(text, place) or _LINK.match(text, place)
        if link:
            at = link.end()
        unit = _LISTED_ITEMS.match(text, at) or _UNIT.match(text, at)
        if unit is None or (end is None and not unit.group().rstrip().find("条") > 0):
            return end
        end = place = unit.end()
