"""Key frames: evenly spread over a video, and none of what is no video."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from review.documents import key_frames as taking
from review.documents.guard import ChildDied
from review.documents.key_frames import key_frames
from review.documents.readers.key_frames import _places, _second
from tests.documents.test_formats import motion_jpeg
from tests.documents.test_media import sound

RATE = 4
STEP = 10
"""So much brighter is each frame than the one before."""


def video(path: Path, frames: int = 20, *, size: tuple[int, int] = (400, 200)) -> Path:
    """A film of grey frames, four a second, each brighter than the one before."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"mp4v"), RATE, size)
    for number in range(frames):
        writer.write(np.full((size[1], size[0], 3), STEP * number, np.uint8))
    writer.release()
    return path


def pictures(frames: list[tuple[float, bytes]]) -> list[np.ndarray]:
    return [cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR) for _, jpeg in frames]


def test_five_frames_are_spread_evenly_and_small(tmp_path: Path) -> None:
    frames = key_frames(video(tmp_path / "录像.mp4"))
    assert [second for second, _ in frames] == [0.5, 1.5, 2.5, 3.5, 4.5]
    shown = pictures(frames)
    assert [image.shape for image in shown] == [(160, 320, 3)] * 5
    for image, number in zip(shown, (2, 6, 10, 14, 18), strict=True):
        assert image.mean() == pytest.approx(STEP * number, abs=STEP / 2)


def test_a_short_and_narrow_video_gives_each_frame_once_and_as_it_is(tmp_path: Path) -> None:
    frames = key_frames(video(tmp_path / "录像.mp4", 3, size=(96, 64)))
    assert [second for second, _ in frames] == [0.0, 0.2, 0.5]
    assert [image.shape for image in pictures(frames)] == [(64, 96, 3)] * 3


def test_another_container_is_decoded_as_well(tmp_path: Path) -> None:
    path = tmp_path / "录像.avi"
    path.write_bytes(motion_jpeg(2))
    assert len(key_frames(path)) == 5


def test_what_is_no_video_gives_no_frames(tmp_path: Path) -> None:
    cut = video(tmp_path / "录像.mp4")
    cut.write_bytes(cut.read_bytes()[:400])
    noise = tmp_path / "噪声.mp4"
    noise.write_bytes(bytes(range(256)) * 40)
    for path in (cut, noise, sound(tmp_path / "录音.wav"), tmp_path / "没有.mp4"):
        assert key_frames(path) == []


def test_a_list_of_files_under_the_name_of_a_video_has_none_of_them_shown(tmp_path: Path) -> None:
    video(tmp_path / "other.mp4")
    for name, words in (
        ("concat.mp4", "ffconcat version 1.0\nfile other.mp4\n"),
        ("playlist.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nother.mp4\n"),
    ):
        (tmp_path / name).write_text(words, encoding="utf-8")
        assert key_frames(tmp_path / name) == []


def test_the_decoder_is_told_nothing_in_the_process_that_asks(tmp_path: Path) -> None:
    key_frames(video(tmp_path / "录像.mp4", 2))
    assert "OPENCV_FFMPEG_CAPTURE_OPTIONS" not in os.environ


def test_frames_that_came_before_the_decoder_broke_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*_job, **_arguments):
        yield (0.5, b"one")
        yield (1.5, b"two")
        raise ChildDied(timed_out=True)

    pool = taking.shared_pool()
    monkeypatch.setattr(pool, "run", breaking)
    assert key_frames(tmp_path / "录像.mp4", pool=pool) == [(0.5, b"one"), (1.5, b"two")]


@pytest.mark.parametrize(
    ("count", "places"),
    [
        (0, [0]),
        (-9007199254740992.0, [0]),
        (float("nan"), [0]),
        (float("inf"), [0]),
        (1, [0]),
        (4, [0, 1, 2, 3]),
        (5, [0, 1, 2, 3, 4]),
        (100, [10, 30, 50, 70, 90]),
    ],
)
def test_a_count_that_says_nothing_leaves_the_first_frame(count: float, places: list[int]) -> None:
    assert _places(count) == places


@pytest.mark.parametrize(
    ("stamp", "place", "rate", "second"),
    [
        (1540.0, 3, 25.0, 1.5),
        (0.0, 0, 25.0, 0.0),
        (0.0, 50, 25.0, 2.0),
        (float("nan"), 50, 25.0, 2.0),
        (-1.0, 50, 0.0, 0.0),
        (-1.0, 50, float("nan"), 0.0),
    ],
)
def test_a_frame_without_a_stamp_stands_by_its_number(
    stamp: float, place: int, rate: float, second: float
) -> None:
    assert _second(stamp, place, rate) == second
