"""The recognition engine at the settings that were measured for Chinese scans; silent and offline.

One thread a process, no line-direction model (it turns upright lines over, and the score filter
then drops them), long side of detection 960, one line at a time in recognition.
"""

from __future__ import annotations

import functools
import logging
import unicodedata
from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np

from review.documents.readers.pixels import Pixels, Quad

_DETECTION_SIDE = 960
_HEIGHT = 48  # pixels of a line as the model wants it
_NARROWEST, _WIDEST = 96, 6000
_STEPS = 3  # steps between full characters from which their pitch is known
_FAINTEST = 0.04  # probability from which a character is given back
_AIRY = frozenset("，。、；：！？（）《》“”〔〕【】")


class Recognized(NamedTuple):
    """Text of one line and how sure the model is (0..1).

    `places` says where each character stands, 0..1 from the left edge of the picture, and `sure`
    how sure the model is of it; both have one entry a character.
    """

    text: str
    score: float
    places: tuple[float, ...] = ()
    sure: tuple[float, ...] = ()


@functools.cache
def _engine() -> Any:
    logging.getLogger("RapidOCR").disabled = True
    from rapidocr import RapidOCR  # noqa: PLC0415 - loading takes a second

    cv2.setNumThreads(1)
    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 6000,
            "Det.limit_side_len": _DETECTION_SIDE,
            "Det.limit_type": "max",
            "Rec.rec_batch_num": 1,
            "Rec.rec_img_shape": [3, 48, 96],
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    logging.getLogger("RapidOCR").disabled = True
    return engine


def detect(pixels: Pixels) -> list[Quad]:
    """Text lines as quadrilaterals of pixels: top-left, top-right, bottom-right, bottom-left."""
    output = _engine()(pixels, use_det=True, use_cls=False, use_rec=False)
    if output.boxes is None:
        return []
    return [np.asarray(quad, dtype=np.float32) for quad in output.boxes]


@functools.cache
def _reader() -> tuple[Any, list[str]]:
    """The model that reads lines, and its characters; the first stands for none."""
    engine = _engine()
    engine(np.full((48, 96, 3), 255, np.uint8), use_det=False, use_cls=False, use_rec=True)
    return engine.text_rec.session, list(engine.text_rec.postprocess_op.character)


def recognize(crop: Pixels) -> Recognized:
    """The text of a picture of one line; empty with score 0 where there is none.

    A character that the model saw but thought less likely than none is given back where the
    characters around it leave room for it: seals and folds blur single ones.
    """
    session, characters = _reader()
    height, width = crop.shape[:2]
    scaled = max(16, min(_WIDEST, round(width * _HEIGHT / max(height, 1))))
    line = cv2.resize(crop, (scaled, _HEIGHT))
    blob = np.full((_HEIGHT, max(scaled, _NARROWEST), 3), 127.5, np.float32)
    blob[:, :scaled] = line
    blob = (blob / 127.5 - 1.0).transpose(2, 0, 1)[np.newaxis]
    odds = np.asarray(session(np.ascontiguousarray(blob)))[0]
    share = blob.shape[3] / scaled  # the picture takes up only a part of the columns
    return _decoded(odds, characters, share)


class _Letter(NamedTuple):
    column: int
    text: str
    sure: float


def _decoded(odds: Pixels, characters: list[str], share: float) -> Recognized:
    best = odds.argmax(axis=1)
    letters: list[_Letter] = []
    for column, token in enumerate(best.tolist()):
        if token == 0 or (column > 0 and token == best[column - 1]):
            continue
        letters.append(_Letter(column, characters[token], float(odds[column, token])))
    if not letters:
        return Recognized("", 0.0)
    letters = _with_faint(letters, odds, characters)
    count = len(odds) / share
    return Recognized(
        "".join(letter.text for letter in letters),
        float(np.mean([letter.sure for letter in letters])),
        tuple(min(1.0, letter.column / count) for letter in letters),
        tuple(letter.sure for letter in letters),
    )


def _with_faint(letters: list[_Letter], odds: Pixels, characters: list[str]) -> list[_Letter]:
    """The letters with those put in that the room between two full ones has place for."""
    full = [is_full(letter.text) for letter in letters]
    steps = [
        there.column - here.column
        for (here, there), both in zip(pairwise(letters), pairwise(full), strict=True)
        if all(both)
    ]
    if len(steps) < _STEPS:
        return letters
    pitch = float(np.median(steps))
    found = [letters[0]]
    for (here, there), (before, after) in zip(pairwise(letters), pairwise(full), strict=True):
        beside = here.text in _AIRY or there.text in _AIRY
        if (before and after) or ((before or after) and beside):
            least = 1.6 if before else 1.9
            if there.column - here.column > least * pitch:
                end = there.column - (0.45 if after else 0.25) * pitch
                lost = _likeliest(odds, round(here.column + 0.55 * pitch), round(end), characters)
                found.extend([lost] if lost is not None else [])
        found.append(there)
    return found


def _likeliest(odds: Pixels, low: int, high: int, characters: list[str]) -> _Letter | None:
    """The character that the model thought likeliest between two columns."""
    between = odds[low : high + 1, 1:]
    if not between.size:
        return None
    row, token = divmod(int(between.argmax()), between.shape[1])
    sure, text = float(between[row, token]), characters[token + 1]
    return _Letter(low + row, text, sure) if sure >= _FAINTEST and text.strip() else None


def is_full(letter: str) -> bool:
    """Whether a character takes the whole width of a Chinese one and fills it."""
    return unicodedata.east_asian_width(letter) in "WF" and letter not in _AIRY


def cut_out(pixels: Pixels, quad: Quad) -> Pixels:
    """The upright picture of a quadrilateral."""
    width = int(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3])))
    height = int(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2])))
    width, height = max(width, 2), max(height, 2)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    crop: Pixels = cv2.warpPerspective(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return crop
