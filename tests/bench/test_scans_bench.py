"""The measurement of recognition: what counts as an error, as a lost line, and where pieces go."""

from __future__ import annotations

from math import cos, radians, sin

import numpy as np
import pytest

from review.bench.scans.damage import ScannedPage
from review.bench.scans.pages import Drawn
from review.bench.scans.score import Piece, folded, scored
from review.documents.model import Box

LINES = (
    Drawn("行政处罚决定书", Box(300, 100, 700, 140)),
    Drawn("当事人", Box(100, 200, 200, 230)),
    Drawn("样例运输有限公司", Box(400, 200, 700, 230)),
)


def page(degrees: float = 0.0) -> ScannedPage:
    blank = np.full((1400, 1000, 3), 255, np.uint8)
    return ScannedPage(blank, LINES, (), degrees, "ming", 150, "plain")


def pieces(*texts: str) -> list[Piece]:
    return [Piece(text, *line.box) for text, line in zip(texts, LINES, strict=True) if text]


def test_what_is_drawn_and_read_alike_has_no_error() -> None:
    score = scored(page(), pieces("行政处罚决定书", "当事人", "样例运输有限公司"))
    assert (score.errors, score.lost, score.lines, score.letters) == (0, (), 3, 18)


def test_order_of_the_pieces_does_not_matter_but_their_place_does() -> None:
    there = pieces("行政处罚决定书", "当事人", "样例运输有限公司")
    assert scored(page(), reversed(there)).errors == 0
    stray = Piece("渡", 500, 900, 530, 930)
    assert scored(page(), [*there, stray]).wrong == (("", "渡"),)


def test_a_line_of_which_less_than_half_is_read_is_lost_and_a_wrong_letter_is_an_error() -> None:
    score = scored(page(), pieces("行政处罚决定节", "", "样例运输有限公司"))
    assert score.errors == 1 + 3
    assert score.lost == ("当事人",)


@pytest.mark.parametrize(
    ("drawn", "read"),
    [("（2025）：", "(2025):"), ("二〇二五", "二○二五"), ("—1—", "-1-"), ("“路”", '"路"')],
)
def test_width_and_kinds_of_one_mark_are_the_same_for_every_engine(drawn: str, read: str) -> None:
    assert folded(drawn) == folded(read)


def test_other_punctuation_is_an_error() -> None:
    assert folded("，") != folded("、")


def test_a_leaning_page_is_set_straight_before_pieces_are_placed() -> None:
    leaning = page(2.0)
    turn = radians(2.0)
    moved = []
    for piece in pieces("行政处罚决定书", "当事人", "样例运输有限公司"):
        x, y = (piece.left + piece.right) / 2 - 500, (piece.top + piece.bottom) / 2 - 700
        across, down = x * cos(turn) + y * sin(turn), -x * sin(turn) + y * cos(turn)
        moved.append(Piece(piece.text, across + 490, down + 690, across + 510, down + 710))
    assert scored(leaning, moved).errors == 0
