"""The key frames of recordings: where they are served, and to whom."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from review.casefiles.media import MediaRecord, from_json
from review.casefiles.tables import SourceFile
from review.common.store import Store
from review.db.rows import found
from review.db.session import reading
from review.errors import NotFound
from review.services import access
from review.services.access import Actor
from review.settings import settings


def frame_urls(file_id: int, record: MediaRecord) -> list[str]:
    """Where the frames of a recording are served; the content's hash makes them cacheable."""
    return [
        f"/frame/{file_id}/{number}?v={frame.sha256[:16]}"
        for number, frame in enumerate(record.frames or (), 1)
    ]


def frame_image(engine: Engine, actor: Actor, file_id: int, number: int) -> Path:
    """The JPEG of a key frame, counted from 1, for who sees the pages of the whole case.

    Raises NotFound, NotAllowed.
    """
    access.require(actor, "page.view")
    with reading(engine) as session:
        source = found(session, SourceFile, file_id, "文件", "file")
        access.require_case(session, actor, source.case_id, "page.view")
        record = from_json(source.media) if source.media else None
    frames = (record.frames if record else None) or ()
    store = Store(settings().store)
    if not 1 <= number <= len(frames) or not store.holds(frames[number - 1].sha256):
        raise NotFound(what="关键帧", what_en="key frame", key=f"{file_id}/{number}")
    return store.path(frames[number - 1].sha256)
