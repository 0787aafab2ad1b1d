"""Digests of the pictures in a file: the same photograph in two case files has the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from PIL import Image

from review.errors import DamagedFile

SMALLEST_SIDE = 150
"""Pixels; logos, seals and stamps of a template are smaller."""

SMALLEST_BYTES = 8_000
"""What a photograph takes at least, however it was compressed."""

MOST_PICTURES = 2_000
"""More pictures than any case file has; a crafted file must not keep the reader busy."""

MOST_BYTES = 60_000_000
"""The largest single picture that is looked at."""

OPAQUE = 255
"""What a pixel has that lets nothing through."""


def read_digests(path: Path, kind: str, source: str) -> Iterator[str]:
    """SHA-256 of every picture as it is kept, each once. Raises DamagedFile.

    `kind` is pdf, docx or image; of a plain picture the whole file counts. Seals, which are stamped
    with a transparent ground, are no pictures of the case.
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
            images = [
                thing
                for thing in document.objects
                if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
            ]
            masks = {mask.objgen for thing in images if (mask := thing.get("/SMask")) is not None}
            for thing in images:
                if "/SMask" in thing or "/Mask" in thing or thing.objgen in masks:
                    continue  # a seal, stamped on every paper of one organ
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
                if not is_picture or not SMALLEST_BYTES <= entry.file_size <= MOST_BYTES:
                    continue
                raw = archive.read(entry)
                if not _is_stamped(raw):
                    yield raw
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as problem:
        raise _damaged(source) from problem


def _is_stamped(raw: bytes) -> bool:
    """Whether the paper shines through a picture, as through a seal; no photograph lets it."""
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            return picture.has_transparency_data and _is_seen_through(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def _is_seen_through(picture: Image.Image) -> bool:
    least, _ = picture.convert("RGBA").getchannel("A").getextrema()
    return isinstance(least, int | float) and least < OPAQUE


def _damaged(source: str) -> DamagedFile:
    return DamagedFile(
        file=source, reason="无法读出其中的图片", reason_en="its pictures cannot be read"
    )
