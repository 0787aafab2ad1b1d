"""What was read of one source in a file of its own: a line of JSON a page, then what is left.

A case file may have ten thousand pages. They are written as they are read and taken up one by one,
so that no process that hands them on holds them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from review.documents.model import Page
from review.services.reading.page_rows import page_from_json, page_json


@dataclass(frozen=True, slots=True)
class KeptReading:
    """The reading of one source.

    `report` is the intake report as JSON, and `images` the hashes of view and thumbnail of each
    page, empty where it cannot be drawn. `offsets` are the bytes of the file at `path` where the
    pages begin, in their order.
    """

    path: Path
    report: dict[str, Any]
    images: tuple[tuple[str, str], ...]
    offsets: tuple[int, ...]

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self.offsets)

    def page(self, position: int) -> Page:
        """One page, by its position from 0."""
        with self.path.open("rb") as stream:
            return _page_at(stream, self.offsets[position])

    def pages(self) -> Iterator[Page]:
        """The pages in order, one at a time."""
        with self.path.open("rb") as stream:
            for offset in self.offsets:
                yield _page_at(stream, offset)


def _page_at(stream: BinaryIO, offset: int) -> Page:
    stream.seek(offset)
    return page_from_json(json.loads(stream.readline()))


class ReadingWriter:
    """Writes the reading of one source; `close` makes it whole."""

    def __init__(self, path: Path) -> None:
        """Begin an empty file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._stream = path.open("wb")
        self._offsets: dict[int, int] = {}

    def take(self, place: int, page: Page) -> None:
        """Write a page; pages may come in any order of their places."""
        self._offsets[place] = self._stream.tell()
        self._line(page_json(page))

    def void(self) -> None:
        """The pages so far do not count."""
        self._offsets.clear()

    def so_far(self) -> KeptReading:
        """The pages written so far, without report or images."""
        self._stream.flush()
        offsets = tuple(self._offsets[place] for place in sorted(self._offsets))
        return KeptReading(self._path, {}, (), offsets)

    def close(self, report: dict[str, Any], images: list[tuple[str, str]]) -> None:
        """Write what is left and close the file."""
        self._line({"report": report, "images": images, "offsets": self.so_far().offsets})
        self._stream.close()

    def abandon(self) -> None:
        """Close the file without making it whole."""
        self._stream.close()

    def _line(self, content: dict[str, Any]) -> None:
        self._stream.write(json.dumps(content, ensure_ascii=False, sort_keys=True).encode() + b"\n")


def opened(path: Path) -> KeptReading:
    """The reading that a writer made whole."""
    last = b""
    with path.open("rb") as stream:
        for line in stream:
            last = line
    kept = json.loads(last)
    images = tuple((view, thumb) for view, thumb in kept["images"])
    return KeptReading(path, kept["report"], images, tuple(kept["offsets"]))
