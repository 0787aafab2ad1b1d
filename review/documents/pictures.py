"""The pictures of a source, by digest, read in a guarded child like everything else of a file."""

from __future__ import annotations

from pathlib import Path

from review.documents.guard import ChildDied, ReadingPool, shared_pool
from review.errors import UnreadableFile

WITH_PICTURES = frozenset({"pdf", "docx", "image"})


def picture_digests(
    path: Path, *, kind: str, source: str, pool: ReadingPool | None = None
) -> tuple[str, ...]:
    """SHA-256 of every picture of a photograph's size in a file; none where they cannot be read.

    What cannot be read here was told by the intake report already.
    """
    if kind not in WITH_PICTURES:
        return ()
    at_work = pool or shared_pool()
    try:
        return tuple(
            at_work.run(
                "pictures",
                seconds=at_work.limits.page_seconds,
                path=path,
                kind=kind,
                source=source,
            )
        )
    except (UnreadableFile, ChildDied):
        return ()
