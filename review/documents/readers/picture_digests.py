"""Digests of the pictures in a file: the same photograph in two case files has the same bytes."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from review.errors import DamagedFile

SMALLEST_SIDE = 150
"""Pixels; logos, seals and stamps of a template are smaller."""

SMALLEST_BYTES = 8_000
"""What a photograph takes at least, however it was compressed."""

MOST_PICTURES = 2_000
"""More pictures than any case file has; a crafted file must not keep the reader busy."""

MOST_BYTES = 60_000_000
"""The largest single picture that is looked at."""


def read_digests(path: Path, kind: str, source: str) -> Iterator[str]:
    """SHA-256 of every picture as it is kept, each once. Raises DamagedFile.

    `kind` is pdf, docx or image; of a plain picture the whole file counts.
    """
    seen: set[str] = set()
    finders = {"pdf": _in_pdf, "docx": _in_docx}
    found = finders[kind](path, source) if kind in finders else iter((path.read_bytes(),))
    for raw in found:
        digest = hashlib.sha256(raw).hexdigest()
        if digest not in seen:
            seen.add(digest)
            yield digest
        if len(seen) >= MOST_PICTURES:
            return


def _in_pdf(path: Path, source: str) -> Iterator[bytes]:
    try:
        with pikepdf.open(path) as document:
            for thing in document.objects:
                if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") != "/Image":
                    continue
                sides = (int(thing.get("/Width", 0)), int(thing.get("/Height", 0)))
                length = int(thing.get("/Length", 0))
                if min(sides) < SMALLEST_SIDE or not SMALLEST_BYTES <= length <= MOST_BYTES:
                    continue
                yield thing.read_raw_bytes()
    except (pikepdf.PdfError, ValueError, TypeError, OSError) as problem:
        raise _damaged(source) from problem


def _in_docx(path: Path, source: str) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                is_picture = entry.filename.startswith("word/media/")
                if is_picture and SMALLEST_BYTES <= entry.file_size <= MOST_BYTES:
                    yield archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as problem:
        raise _damaged(source) from problem


def _damaged(source: str) -> DamagedFile:
    return DamagedFile(
        file=source, reason="无法读出其中的图片", reason_en="its pictures cannot be read"
    )
