"""Recordings: what their header and their name say, and what is said where they say nothing."""

from __future__ import annotations

import json
import wave
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.casefiles.media import KeyFrame, MediaRecord, as_json, from_json, read_name
from review.common.clock import SHANGHAI
from review.documents.model import FileReport, FileStatus
from review.documents.read_case import read_case
from review.documents.readers import media
from review.errors import RecordingUnclear


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


def sound(path: Path, seconds: int = 2) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(2 * 8000 * seconds))
    return path


def report_of(path: Path) -> FileReport:
    (report,) = read_case(path).files
    return report


def test_a_recording_says_format_length_and_by_its_name_when_and_by_whom(tmp_path: Path) -> None:
    path = sound(tmp_path / "DSJ-A1_0123456_03120123_20230312143015_0001.wav")
    report = report_of(path)
    assert (report.status, report.kind, report.pages) == (FileStatus.READ, "media", None)
    assert report.media == MediaRecord(
        source=path.name,
        kind="audio",
        container="Wave",
        codec="PCM",
        duration_s=2.0,
        created_at=None,
        starts_at=at(2023, 3, 12, 14, 30, 15),
        ends_at=at(2023, 3, 12, 14, 30, 17),
        recorder_no="DSJ-A1_0123456",
        officer="03120123",
        sha256=report.sha256,
    )


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, b"RIFF\x24\0\0\0WAVE"])
def test_a_recording_without_a_readable_header_is_kept_and_said(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "张三_20230312143015.mp4"
    path.write_bytes(content)
    report = report_of(path)
    if report.status is FileStatus.REFUSED:  # a WAVE under the name of a video
        assert report.reason is not None
        return
    assert report.status is FileStatus.PARTLY_READ
    assert report.reason is not None
    assert report.reason.code == RecordingUnclear.code
    assert report.media is not None
    assert report.media.duration_s is None
    assert (report.media.officer, report.media.codec) == ("张三", "")
    assert report.media.starts_at == at(2023, 3, 12, 14, 30, 15)


@pytest.mark.parametrize(
    ("name", "starts", "ends", "recorder", "officer"),
    [
        ("012345_20230312_143015.mp4", at(2023, 3, 12, 14, 30, 15), None, "", "012345"),
        (
            "张三_20230312143015-20230312150215.mp4",
            at(2023, 3, 12, 14, 30, 15),
            at(2023, 3, 12, 15, 2, 15),
            "",
            "张三",
        ),
        (
            "执法记录仪A1203_李四_20230312 143015-145902.mp4",
            at(2023, 3, 12, 14, 30, 15),
            at(2023, 3, 12, 14, 59, 2),
            "A1203",
            "李四",
        ),
        (
            "音像/20230312-235500至001000_记录仪03_执法人员周建国.mp4",
            at(2023, 3, 12, 23, 55),
            at(2023, 3, 13, 0, 10),
            "03",
            "周建国",
        ),
        ("VID_20230312_143015.mp4", at(2023, 3, 12, 14, 30, 15), None, "", ""),
        (
            "T8C0123_000000_20230312143015_0012.MP4",
            at(2023, 3, 12, 14, 30, 15),
            None,
            "T8C0123",
            "",
        ),
        ("2023年3月12日14时30分 询问笔录 王小明.mp3", at(2023, 3, 12, 14, 30), None, "", "王小明"),
        ("现场检查录像.mp4", None, None, "", ""),
        ("IMG_0032.MOV", None, None, "", ""),
        ("20231345996199.mp4", None, None, "", ""),
    ],
)
def test_what_a_name_says(
    name: str, starts: datetime | None, ends: datetime | None, recorder: str, officer: str
) -> None:
    found = read_name(name)
    assert (found.starts_at, found.ends_at) == (starts, ends)
    assert (found.recorder_no, found.officer) == (recorder, officer)


@given(st.text(max_size=80))
def test_no_name_breaks_the_reading(name: str) -> None:
    found = read_name(f"x{name}.mp4")
    if found.starts_at is not None and found.ends_at is not None:
        assert found.starts_at <= found.ends_at


@pytest.mark.parametrize(
    ("written", "name", "created"),
    [
        ("2023-03-12 06:30:15 UTC", "a.mp4", at(2023, 3, 12, 14, 30, 15)),
        ("UTC 2023-03-12 06:30:15", "20230312143015.mp4", at(2023, 3, 12, 14, 30, 15)),
        ("2023-03-12 14:30:15 UTC", "20230312143015.mp4", at(2023, 3, 12, 14, 30, 15)),
        ("1904-01-01 00:00:00 UTC", "a.mp4", None),
        ("2023-02-30 00:00:00 UTC", "a.mp4", None),
    ],
)
def test_the_time_of_a_container_is_universal_unless_the_name_shows_it_local(
    monkeypatch: pytest.MonkeyPatch, written: str, name: str, created: datetime | None
) -> None:
    general = SimpleNamespace(track_type="General", format="MPEG-4", encoded_date=written)
    video = SimpleNamespace(track_type="Video", format="AVC", duration="61500")
    monkeypatch.setattr(
        media.MediaInfo, "parse", lambda path: SimpleNamespace(tracks=[general, video])
    )
    record = media.read_media(Path(name), name, "0" * 64)
    assert (record.kind, record.container, record.codec) == ("video", "MPEG-4", "AVC")
    assert record.duration_s == 61.5
    assert record.created_at == created


def test_a_record_survives_being_kept_as_json(tmp_path: Path) -> None:
    record = report_of(sound(tmp_path / "张三_20230312143015.wav")).media
    assert record is not None
    assert "frames" not in as_json(record)
    for frames in (None, (), (KeyFrame(0.5, "1" * 64), KeyFrame(1.5, "2" * 64))):
        kept = replace(record, frames=frames)
        assert from_json(json.loads(json.dumps(as_json(kept)))) == kept
