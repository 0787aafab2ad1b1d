"""Pictures of lines into text: cut at rulings, read, blanks and separate fields put in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from review.documents.readers import scan
from review.documents.readers.pixels import Pixels, Quad
from review.documents.readers.recognizer import Recognized, cut_out, recognize
from review.documents.readers.rulings import Stroke
from review.documents.readers.ticks import with_boxes

_APART = 1.7  # gap in heights of the line from which its parts are lines of their own
_AIRY = frozenset("，。、；：！？（）《》“”〔〕【】,.;:!?()[]-—·…□☐☑√■●○ ")
_NUMERAL = "〇一二三四五六七八九十"
_ROUND_ZERO = re.compile(f"(?<=[{_NUMERAL}])[○◯◎OoＯ0](?=[{_NUMERAL}○◯OＯ年])")
_DATE_ALONE = re.compile(r"[\d〇○零一二三四五六七八九十年月日.\s/-]{6,16}")
_STATUTE = re.compile(r"《[^《》]{2,40}》")
_PAGE_DASHES = re.compile(r"^[一—–-]\s*(\d{1,4})\s*[一—–-]$")
_CUT_DAY = re.compile(r"(?<!\d)(20\d\d([-./])0[1-9]\2[0-3])$")
"""A day of one figure behind a month of two: the second figure lies under a seal."""
_GLUED_CLOCK = re.compile(r"(?<!\d)(20\d\d-[01]\d-[0-3]\d)[:：._—-]?([0-2]\d:[0-5]\d)(?!\d)")
_YEAR_IN_BRACKETS = re.compile(r"〔((?:19|20)\d\d)[\])）】]|[\[(（【]((?:19|20)\d\d)〕")
"""A pair of brackets of which one was misread: the other tells."""
_ASKED_FOR = re.compile(
    r"((?:^|[，。；、 ])(?:承办人员?|执法人员|办案人员|经办人|联系人|案号|案由|地址|电话))；(?=\S)"
)
"""What a form asks for has a colon behind it, which loses its shape as a semicolon."""
_POINT_FOR_COMMA = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?=\.\d\d(?!\d))")
_STRAY_BEFORE_YEAR = re.compile(r"(?<![\d-])\d(?=20\d\d-(?:0[1-9]|1[0-2])-[0-3]\d(?!\d))")


class Read(NamedTuple):
    """One recognised line; `quad` in pixels of the straightened picture."""

    quad: Quad
    text: str
    score: float


def cut_at_rulings(quads: Sequence[Quad], vertical: Sequence[Stroke], unit: float) -> list[Quad]:
    """Lines that run across a vertical ruling are cut at it: they belong to different cells."""
    parts: list[Quad] = []
    for quad in quads:
        left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
        middle = float(quad[:, 1].mean()) * unit
        size = float(np.linalg.norm(quad[0] - quad[3]))
        cuts = sorted(
            stroke.at / unit
            for stroke in vertical
            if stroke.low <= middle <= stroke.high
            and left + 0.4 * size < stroke.at / unit < right - 0.4 * size
        )
        if not cuts or right <= left:
            parts.append(quad)
            continue
        edges = [left, *cuts, right]
        for low, high in pairwise(edges):
            parts.append(
                _slice(quad, (low - left) / (right - left), (high - left) / (right - left))
            )
    return parts


def _slice(quad: Quad, low: float, high: float) -> Quad:
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.array(
        [
            quad[0] + low * top,
            quad[0] + high * top,
            quad[3] + high * bottom,
            quad[3] + low * bottom,
        ],
        dtype=np.float32,
    )


def recognize_all(writing: Pixels, quads: Sequence[Quad]) -> list[Read]:
    """What stands in the quads of a picture without seals; upright ones are read as turned."""
    reads: list[Read] = []
    for quad in quads:
        crop = cut_out(writing, quad)
        if crop.shape[0] >= 1.8 * crop.shape[1]:
            crop = np.ascontiguousarray(np.rot90(crop))
        reads.extend(Read(part, text, score) for part, text, score in _parted(quad, crop))
    return reads


def _parted(quad: Quad, crop: Pixels) -> list[tuple[Quad, str, float]]:
    """What a picture of a line says: a blank at every gap, and lines of their own at wide ones.

    The model leaves out blanks between two names or two fields; the gaps in the ink show them.
    """
    found: Recognized = with_boxes(recognize(crop), crop)
    if not found.text.strip():
        return []
    text = found.text
    pieces: list[str] = [""]
    starts, edges = [0], [0.0]
    gaps = scan.gaps_of(crop) if found.places else []
    for index, letter in enumerate(text):
        gap = _gap_before(index, found, gaps, crop.shape) if gaps else None
        if gap is not None and gap.width > _APART * crop.shape[0] and pieces[-1].strip():
            edges.append(gap.middle / crop.shape[1])
            pieces.append("")
            starts.append(index)
        elif gap is not None and letter != " " and not pieces[-1].endswith(" "):
            pieces[-1] += " "
        pieces[-1] += letter
    edges.append(1.0)
    starts.append(len(text))
    return [
        (_slice(quad, low, high), mended(piece.strip()), _score(piece, found, begin, end))
        for piece, (low, high), (begin, end) in zip(
            pieces, pairwise(edges), pairwise(starts), strict=True
        )
        if piece.strip()
    ]


def _score(piece: str, found: Recognized, begin: int, end: int) -> float:
    """How sure a piece is: the mean of its line, for a date alone its least sure letter.

    One stroke of a seal turns 二月 into 四月, and a date has no other word to tell.
    """
    if _DATE_ALONE.fullmatch(piece.strip()) is None:
        return found.score
    return min((found.score, *found.sure[begin:end]))


def mended(text: str) -> str:
    """The text with what only its form proves: zeros in Chinese dates, dashes of page numbers.

    A digit before a full ISO date is a stroke of the seal on it; a figure that must have stood
    there is shown as one that could not be read. No box to tick stands in the name of a statute.
    Of two points in an amount the first is the comma of the thousands.
    """
    text = _PAGE_DASHES.sub(r"-\1-", _ROUND_ZERO.sub("〇", text))
    text = _STATUTE.sub(lambda title: title[0].replace("■", "").replace("□", ""), text)
    text = _YEAR_IN_BRACKETS.sub(lambda pair: f"〔{pair[1] or pair[2]}〕", text)
    text = _POINT_FOR_COMMA.sub(lambda amount: amount[0].replace(".", ",", 1), text)
    text = _ASKED_FOR.sub(r"\1：", _GLUED_CLOCK.sub(r"\1 \2", text))
    return _CUT_DAY.sub(r"\1?", _STRAY_BEFORE_YEAR.sub("", text))


def _gap_before(
    index: int, found: Recognized, gaps: Sequence[scan.Gap], shape: tuple[int, ...]
) -> scan.Gap | None:
    """The gap between a character and the one before it, None where they stand at the usual pitch.

    Narrow letters and punctuation leave gaps in the ink too, but stand no further apart.
    """
    if index == 0:
        return None
    height, width = shape[:2]
    low, high = found.places[index - 1] * width, found.places[index] * width
    gap = next((gap for gap in gaps if low < gap.middle < high), None)
    if gap is None:
        return None
    before, here = found.text[index - 1], found.text[index]
    if before in _AIRY or here in _AIRY:
        return gap if gap.width > 1.2 * height else None
    usual = _pitch(found, width, height) * (_advance(before) + _advance(here)) / 2
    return gap if high - low > 1.17 * usual or gap.width > 0.7 * height else None


def _pitch(found: Recognized, width: int, height: int) -> float:
    """The usual distance in pixels between the middles of two Chinese letters of a line."""
    steps = [
        (there - here) * width
        for (a, here), (b, there) in pairwise(zip(found.text, found.places, strict=True))
        if _advance(a) == _advance(b) == 1.0 and a not in _AIRY and b not in _AIRY
    ]
    return float(np.median(steps)) if len(steps) >= 3 else 0.72 * height


def _advance(letter: str) -> float:
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.55
