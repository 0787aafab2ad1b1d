"""The blocks of a page as they are kept: JSON in a page's row, packed where many are held."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, overload

from review.documents.model import Block, Box, CellPlace, Line

UNPACKED = 400
"""Pages whose blocks are held unpacked at a time: those of an ordinary case file, all of them."""


def blocks_from(content: Any) -> tuple[Block, ...]:
    """The blocks that a page's content keeps, as `page_rows.content_of` writes them."""
    return tuple(
        Block(
            tuple(
                Line(text, Box(*box) if box else None, confidence, origin)
                for text, box, confidence, origin in block["lines"]
            ),
            CellPlace(*block["cell"]) if block["cell"] else None,
        )
        for block in (content or {}).get("blocks", ())
    )


class KeptBlocks(Sequence[Block]):
    """The blocks of a page, packed, and unpacked where they are looked at.

    A page takes 40 KB as blocks and 2 KB packed. A case is judged as a whole, so that all its
    pages are at hand at once; of a file of thousands only those in work are unpacked.
    """

    __slots__ = ("_count", "_packed")

    def __init__(self, content: Any) -> None:
        blocks = (content or {}).get("blocks", [])
        self._count = len(blocks)
        text = json.dumps({"blocks": blocks}, ensure_ascii=False, separators=(",", ":"))
        self._packed = zlib.compress(text.encode(), 1)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Block: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...

    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        return _unpacked(self._packed)[index]

    def __iter__(self) -> Iterator[Block]:
        return iter(_unpacked(self._packed))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KeptBlocks):
            return self._packed == other._packed
        return isinstance(other, tuple) and tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))


@lru_cache(maxsize=UNPACKED)
def _unpacked(packed: bytes) -> tuple[Block, ...]:
    return blocks_from(json.loads(zlib.decompress(packed)))
