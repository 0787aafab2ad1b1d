"""The key frames of a video, decoded in a guarded child like everything else of a file."""

from __future__ import annotations

from pathlib import Path

from review.documents.guard import ChildDied, ReadingPool, shared_pool
from review.errors import UnreadableFile


def key_frames(path: Path, *, pool: ReadingPool | None = None) -> list[tuple[float, bytes]]:
    """Up to five frames in order, each with its second and its JPEG.

    Those that came before the decoder broke; none where it decodes nothing.
    """
    at_work = pool or shared_pool()
    frames: list[tuple[float, bytes]] = []
    try:
        frames.extend(at_work.run("key_frames", seconds=at_work.limits.page_seconds, path=path))
    except (UnreadableFile, ChildDied):
        return frames
    return frames
