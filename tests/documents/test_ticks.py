"""Boxes of options on scans: filled, empty and ticked ones, and characters that only look so."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from review.documents.readers.recognizer import Recognized
from review.documents.readers.ticks import boxes_of, with_boxes

HEIGHT = 40


def line(*signs: str) -> np.ndarray:
    """A line of boxes, 60 pixels apart, drawn on white."""
    picture = np.full((HEIGHT, 60 * len(signs) + 20, 3), 255, np.uint8)
    for index, sign in enumerate(signs):
        left, top = 20 + 60 * index, 10
        corners = (left, top), (left + 20, top + 20)
        if sign == "■":
            cv2.rectangle(picture, *corners, (20, 20, 20), -1)
        elif sign in "□☑":
            cv2.rectangle(picture, *corners, (20, 20, 20), 2)
        if sign == "☑":
            tick = np.array([[left + 5, top + 10], [left + 9, top + 15], [left + 16, top + 5]])
            cv2.polylines(picture, [tick], isClosed=False, color=(20, 20, 20), thickness=2)
        elif sign == "●":
            cv2.circle(picture, (left + 10, top + 10), 10, (20, 20, 20), -1)
        elif sign == "冂":
            points = np.array(
                [[left, top + 20], [left, top], [left + 20, top], [left + 20, top + 20]]
            )
            cv2.polylines(picture, [points], isClosed=False, color=(20, 20, 20), thickness=2)
    return picture


def seen(text: str, *middles: int, width: int) -> Recognized:
    return Recognized(text, 0.95, tuple(at / width for at in middles), (0.95,) * len(text))


def test_filled_empty_and_ticked_boxes_are_told_apart() -> None:
    found = boxes_of(line("■", "□", "☑", "●", "冂"))
    assert [sign for _, sign in found] == ["■", "□", "☑"]
    assert [round(middle) for middle, _ in found] == pytest.approx([30, 90, 150], abs=2)


def test_a_box_that_was_left_out_is_put_in_where_it_stands() -> None:
    crop = line("一", "■", "一", "□", "一")
    found = with_boxes(seen("甲乙丙", 30, 150, 270, width=crop.shape[1]), crop)
    assert found.text == "甲■乙□丙"
    assert list(found.places) == sorted(found.places)
    assert len(found.places) == len(found.sure) == 5


def test_a_filled_box_read_as_empty_is_filled_and_a_ticked_one_ticked() -> None:
    crop = line("■", "☑", "□")
    found = with_boxes(seen("□□□", 30, 90, 150, width=crop.shape[1]), crop)
    assert found.text == "■☑□"


def test_a_character_that_looks_like_a_frame_stays() -> None:
    crop = line("□", "☑")
    found = seen("口国", 30, 90, width=crop.shape[1])
    assert with_boxes(found, crop).text == "口国"


def test_a_line_without_boxes_is_left_as_it_was_read() -> None:
    found = seen("甲", 30, width=80)
    assert with_boxes(found, line("一")) is found
