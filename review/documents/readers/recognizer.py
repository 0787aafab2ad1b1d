"""The recognition engine at the settings that were measured for Chinese scans; silent and offline.

One thread a process, no line-direction model (it turns upright lines over, and the score filter
then drops them), long side of detection 960, one line at a time in recognition.
"""

from __future__ import annotations

import functools
import logging
from typing import Any, NamedTuple

import cv2
import numpy as np

from review.documents.readers.pixels import Pixels, Quad

_DETECTION_SIDE = 960


class Recognized(NamedTuple):
    """Text of one line and how sure the model is (0..1).

    `places` says where each character stands, 0..1 from the left edge of the picture; empty where
    the model gives none.
    """

    text: str
    score: float
    places: tuple[float, ...] = ()


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


def recognize(crop: Pixels) -> Recognized:
    """The text of a picture of one line; empty with score 0 where there is none."""
    output = _engine()(crop, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
    if not output.txts:
        return Recognized("", 0.0)
    text, score = str(output.txts[0]), float(output.scores[0])
    words = output.word_results[0] if output.word_results else None
    if words is None or not words.line_txt_len:
        return Recognized(text, score)
    spelled = [letter for word in words.words for letter in word]
    columns = [column for word in words.word_cols for column in word]
    if len(columns) != len(spelled) or "".join(spelled) != text.replace(" ", ""):
        return Recognized(text, score)
    places = iter(float(column) / float(words.line_txt_len) for column in columns)
    last, found = 0.0, []
    for letter in text:
        last = next(places) if letter != " " else last
        found.append(last)
    return Recognized(text, score, tuple(found))


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
