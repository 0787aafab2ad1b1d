"""Recordings of a case file: what a video or audio file says of itself and by its name.

Recorders name their files by device, officer and time; the container knows codec, length and when
it was made. Nothing is guessed: what is not said stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Literal

from review.common.clock import SHANGHAI
from review.common.surnames import begins_with_surname

MediaKind = Literal["video", "audio"]


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """A small picture out of a video: its second from the beginning, and the hash of its JPEG."""

    second: float
    sha256: str


@dataclass(frozen=True, slots=True)
class MediaRecord:
    """One recording.

    `source` is its name within what was loaded, `sha256` of its bytes. `container` and `codec` are
    the names that its header gives ("MPEG-4", "AVC"). `duration_s` in seconds. `created_at` is what
    the container states; `starts_at` and `ends_at` are the times in the file name, and where that
    has none, `created_at` and what follows from the length. All instants in Asia/Shanghai; None
    where nothing says it. `recorder_no` and `officer` (a name, or the officer's number) come from
    the file name alone; empty where it has none. `frames` are the key frames in order: None where
    none were asked for, empty where the video could not be decoded.
    """

    source: str
    kind: MediaKind
    container: str
    codec: str
    duration_s: float | None
    created_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    recorder_no: str
    officer: str
    sha256: str
    frames: tuple[KeyFrame, ...] | None = None


@dataclass(frozen=True, slots=True)
class NamedTimes:
    """What the name of a recording says; None and empty where it says nothing."""

    starts_at: datetime | None
    ends_at: datetime | None
    recorder_no: str
    officer: str


_MOMENT = re.compile(
    r"(?<!\d)(?P<y>20\d\d)[-._年]?(?P<m>0[1-9]|1[0-2]|[1-9](?=[-._月]))[-._月]?"
    r"(?P<d>0[1-9]|[12]\d|3[01]|[1-9](?=[-._日\s]))日?[-_.T\s]{0,3}"
    r"(?P<h>[01]\d|2[0-3])[-:：._时点]?(?P<n>[0-5]\d)[-:：._分]?(?P<s>[0-5]\d)?秒?(?!\d)"
)
_UNTIL = re.compile(
    r"^\s*(?:-|~|—|–|至|到|～|_(?=\d{6}(?!\d)))\s*(?P<h>[01]\d|2[0-3])[:：._时点]?(?P<n>[0-5]\d)"
    r"[:：._分]?(?P<s>[0-5]\d)?秒?(?!\d)"
)
_RECORDER_LABEL = re.compile(
    r"(?:执法记录仪|记录仪|设备|仪器|摄像机|录音笔)(?:编号|号)?[-_:：#（(\s]*(?P<no>[0-9A-Za-z][0-9A-Za-z-]{1,23})"
)
_RECORDER_TYPE = re.compile(
    r"(?i)(?<![0-9A-Za-z])(?P<no>DSJ[-_]?[0-9A-Z]{2,8}(?:[-_][0-9A-Z]{5,12}(?=[-_]\d{5}))?|"
    r"(?=[0-9A-Z]*\d)(?=[0-9A-Z]*[A-Z])[0-9A-Z]{5,16})(?![0-9A-Za-z])"
)
_OFFICER_LABEL = re.compile(
    r"(?:执法(?:人员|员)|民警|队员|使用人|佩戴人|记录人|警号|证号|执法证号?)[-_:：（(\s]*"
    r"(?P<who>[\u3400-\u9fff]{2,4}|[0-9A-Z]{5,14})"
)
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?!0+(?!\d))\d{5,12}(?![0-9A-Za-z])")
_WORD = re.compile(r"[\u3400-\u9fff]{2,4}")
_SUBJECTS = re.compile(
    r"现场|检查|勘验|询问|笔录|送达|听证|执法|记录|录像|录音|视频|音频|取证|告知|扣押|查封|证人|当事"
    r"|车辆|通道|路口|公司|过程|全程|开始|结束|第.|副本|正面|侧面|上午|下午|站$|路$|局$|队$|仪$|卡$"
)
_CAMERA_WORDS = re.compile(
    r"(?i)^(?:VID|MOV|IMG|REC|GOPR|GX|GH|DJI|WIFI|MVI|AUD|VOICE|MP4|H26[45])"
)


def read_name(source: str) -> NamedTimes:
    """What the name of a recording says of when, with which recorder and by whom it was made.

    The times are those of the recorder's clock, which are Shanghai times. A second time, or a bare
    clock time after a dash, is the end; an end before the start is the next day's.
    """
    stem = PurePosixPath(source).stem
    moments = list(_moments(stem))
    starts = moments[0][0] if moments else None
    ends = moments[1][0] if len(moments) > 1 else None
    rest = stem
    for _, (low, high) in reversed(moments):
        rest = f"{rest[:low]} {rest[high:]}"
    if starts is not None and ends is None:
        until = _UNTIL.match(stem[moments[0][1][1] :])
        if until is not None:
            ends = _at_clock(starts, until)
            rest = rest.replace(until.group().strip(), " ", 1)
    if starts is not None and ends is not None and ends < starts:
        starts, ends = ends, starts
    recorder, rest = _recorder(rest)
    return NamedTimes(starts, ends, recorder, _officer(rest))


def _moments(stem: str) -> Iterator[tuple[datetime, tuple[int, int]]]:
    for match in _MOMENT.finditer(stem):
        year, month, day, hour, minute = (int(match[part]) for part in ("y", "m", "d", "h", "n"))
        second = int(match["s"] or 0)
        try:
            moment = datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
        except ValueError:
            continue
        yield moment, match.span()


def _at_clock(starts: datetime, clock: re.Match[str]) -> datetime:
    """The next time after `starts` that the clock shows this."""
    ends = starts.replace(hour=int(clock["h"]), minute=int(clock["n"]), second=int(clock["s"] or 0))
    return ends if ends >= starts else ends + timedelta(days=1)


def _recorder(rest: str) -> tuple[str, str]:
    """The recorder's number and what is left of the name without it."""
    for pattern in (_RECORDER_LABEL, _RECORDER_TYPE):
        for match in pattern.finditer(rest):
            if _CAMERA_WORDS.match(match["no"]):
                continue
            return match["no"].strip("-_"), f"{rest[: match.start()]} {rest[match.end() :]}"
    return "", rest


def _officer(rest: str) -> str:
    """The officer: labelled, or a word shaped like a name, or else the first number of a name."""
    labelled = _OFFICER_LABEL.search(rest)
    if labelled is not None:
        return labelled["who"]
    for match in _WORD.finditer(_SUBJECTS.sub(" ", rest)):
        if len(match.group()) <= 3 and begins_with_surname(match.group()):
            return match.group()
    number = _NUMBER.search(rest)
    return number.group() if number else ""


def as_json(record: MediaRecord) -> dict[str, object]:
    """The record as JSON, instants in ISO form with their offset; `frames` where asked for."""
    kept: dict[str, object] = {
        "source": record.source,
        "kind": record.kind,
        "container": record.container,
        "codec": record.codec,
        "duration_s": record.duration_s,
        "created_at": _iso(record.created_at),
        "starts_at": _iso(record.starts_at),
        "ends_at": _iso(record.ends_at),
        "recorder_no": record.recorder_no,
        "officer": record.officer,
        "sha256": record.sha256,
    }
    if record.frames is not None:
        kept["frames"] = [
            {"second": frame.second, "sha256": frame.sha256} for frame in record.frames
        ]
    return kept


def from_json(kept: dict[str, Any]) -> MediaRecord:
    """The record that `as_json` kept."""
    instants = {name: _instant(kept[name]) for name in ("created_at", "starts_at", "ends_at")}
    frames = kept.get("frames")
    taken = None if frames is None else tuple(KeyFrame(**frame) for frame in frames)
    return MediaRecord(**{**kept, **instants, "frames": taken})


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(SHANGHAI) if text else None
