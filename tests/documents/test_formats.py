"""One sample of each format that the other tests of reading do not bring: PNG, HEIC, video."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from review.documents.model import FileStatus
from review.documents.read_case import read_case
from review.errors import ConvertFirst

SCANS = Path(__file__).parents[1] / "data" / "scans"
_RATE = 5  # frames a second
_SIDE = 32  # pixels


def chunk(name: bytes, data: bytes) -> bytes:
    """A RIFF chunk, padded to an even length."""
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def motion_jpeg(seconds: int) -> bytes:
    """A video without sound: grey frames in an AVI container."""
    out = io.BytesIO()
    Image.new("RGB", (_SIDE, _SIDE), "gray").save(out, "JPEG")
    frame, count = out.getvalue(), _RATE * seconds
    main = struct.pack(
        "<14I", 1_000_000 // _RATE, 0, 0, 0x10, count, 0, 1, len(frame), _SIDE, _SIDE, 0, 0, 0, 0
    )
    stream = b"vidsMJPG" + struct.pack(
        "<IHHIIIIIIIIHHHH", 0, 0, 0, 0, 1, _RATE, 0, count, len(frame), 0, 0, 0, 0, _SIDE, _SIDE
    )
    picture = (
        struct.pack("<IiiHH", 40, _SIDE, _SIDE, 1, 24)
        + b"MJPG"
        + struct.pack("<IiiII", _SIDE * _SIDE * 3, 0, 0, 0, 0)
    )
    described = chunk(b"LIST", b"strl" + chunk(b"strh", stream) + chunk(b"strf", picture))
    head = chunk(b"LIST", b"hdrl" + chunk(b"avih", main) + described)
    frames = chunk(b"LIST", b"movi" + chunk(b"00dc", frame) * count)
    return chunk(b"RIFF", b"AVI " + head + frames)


def test_a_video_says_its_container_codec_and_length(tmp_path: Path) -> None:
    path = tmp_path / "DSJ-A1_0123456_03120123_20230312143015_0002.avi"
    path.write_bytes(motion_jpeg(3))
    (report,) = read_case(path).files
    assert (report.status, report.kind) == (FileStatus.READ, "media")
    assert report.media is not None
    assert (report.media.kind, report.media.container) == ("video", "AVI")
    assert report.media.codec
    assert report.media.duration_s == pytest.approx(3.0)
    assert report.media.recorder_no == "DSJ-A1_0123456"


def test_a_scan_as_png_is_read_like_one_as_jpeg(tmp_path: Path) -> None:
    path = tmp_path / "责令改正.png"
    with Image.open(SCANS / "letter.jpg") as scan:
        scan.save(path)
    reading = read_case(path)
    (report,) = reading.files
    assert (report.kind, report.pages) == ("image", 1)
    (document,) = reading.documents
    assert document.kind == "责令改正违法行为通知书"


@pytest.mark.parametrize("brand", [b"heic", b"mif1"])
def test_a_photo_of_a_telephone_says_how_to_convert_it(tmp_path: Path, brand: bytes) -> None:
    path = tmp_path / "照片.heic"
    path.write_bytes(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + b"\0" * 60)
    (report,) = read_case(path).files
    assert report.status is FileStatus.REFUSED
    assert report.reason is not None
    assert report.reason.code == ConvertFirst.code
    assert "JPG" in report.reason.zh
    assert "JPG" in report.reason.en
