"""Video and audio files: container, codec, length and when they were made, by their headers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pymediainfo import MediaInfo

from review.casefiles.media import MediaKind, MediaRecord, NamedTimes, read_name
from review.common.clock import SHANGHAI

_INSTANT = re.compile(r"(\d{4})-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
_EARLIEST = 2000  # clocks that were never set say 1904 or 1970
_CLOCK_SLACK = timedelta(minutes=5)
_AUDIO = frozenset({".mp3", ".wav", ".m4a", ".aac", ".amr", ".ogg", ".flac", ".wma", ".aif"})


def read_media(path: Path, source: str, sha256: str) -> MediaRecord:
    """What a recording says of itself and by its name.

    A file whose header names no track (cut short, enciphered by the recorder) has an empty codec
    and no length.
    """
    tracks = MediaInfo.parse(path).tracks
    general = next((track for track in tracks if track.track_type == "General"), None)
    video = next((track for track in tracks if track.track_type == "Video"), None)
    audio = next((track for track in tracks if track.track_type == "Audio"), None)
    main = video or audio
    kind: MediaKind = "video" if video or not (audio or _sounds(source)) else "audio"
    duration = _seconds(general) or _seconds(main)
    named = read_name(source)
    created = _created(general, named, duration)
    starts, ends = _span(named, created, duration)
    return MediaRecord(
        source=source,
        kind=kind,
        container=_text(general, "format"),
        codec=_text(main, "format"),
        duration_s=duration,
        created_at=created,
        starts_at=starts,
        ends_at=ends,
        recorder_no=named.recorder_no,
        officer=named.officer,
        sha256=sha256,
    )


def _sounds(source: str) -> bool:
    return Path(source).suffix.lower() in _AUDIO


def _text(track: Any, name: str) -> str:
    return str(getattr(track, name, None) or "")


def _seconds(track: Any) -> float | None:
    """Length in seconds; None where the header has none."""
    try:
        milliseconds = float(getattr(track, "duration", None) or 0)
    except (TypeError, ValueError):
        return None
    return round(milliseconds / 1000, 3) if milliseconds > 0 else None


def _created(general: Any, named: NamedTimes, duration: float | None) -> datetime | None:
    """When the container says it was made, in Shanghai time.

    The field is UTC by its standard, but many recorders write their local clock into it: so it is
    read where only that reading falls into the time that the file name gives.
    """
    for field in ("encoded_date", "recorded_date", "mastered_date", "tagged_date"):
        match = _INSTANT.search(_text(general, field))
        if match is None or int(match[1]) < _EARLIEST:
            continue
        try:
            bare = datetime.fromisoformat(match.group())
        except ValueError:
            continue
        standard = bare.replace(tzinfo=UTC).astimezone(SHANGHAI)
        local = bare.replace(tzinfo=SHANGHAI)
        if _fits(local, named, duration) and not _fits(standard, named, duration):
            return local
        return standard
    return None


def _fits(instant: datetime, named: NamedTimes, duration: float | None) -> bool:
    """Whether an instant lies in the time that the file name gives."""
    if named.starts_at is None:
        return False
    end = named.ends_at or named.starts_at + timedelta(seconds=duration or 0)
    return named.starts_at - _CLOCK_SLACK <= instant <= end + _CLOCK_SLACK


def _span(
    named: NamedTimes, created: datetime | None, duration: float | None
) -> tuple[datetime | None, datetime | None]:
    """Start and end: by the name, else by the container; the end by the length."""
    starts = named.starts_at or created
    ends = named.ends_at
    if ends is None and starts is not None and duration is not None:
        ends = starts + timedelta(seconds=round(duration))
    return starts, ends
