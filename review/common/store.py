"""The store of originals, page images and frozen editions: files named by their SHA-256.

A file is written once and never changed: to a temporary name in the same folder tree, flushed to
the disk, then linked to its name. A killed write leaves at most a temporary file, which the next
start removes; adding the same content again changes nothing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from review.errors import DatabaseFull, NotFound

_NAME = re.compile(r"^[0-9a-f]{64}$")
_CHUNK = 1 << 20
_STALE_SECONDS = 3600


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of files by content hash: `<root>/ab/cd/<sha256>`."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Where the content of that hash lies; raises NotFound for anything that is no hash."""
        if not _NAME.match(sha256):
            raise NotFound(what="存储文件", what_en="stored file", key=sha256[:64])
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def holds(self, sha256: str) -> bool:
        """Whether that content is kept."""
        return self.path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """The whole content; raises NotFound."""
        place = self.path(sha256)
        if not place.is_file():
            raise NotFound(what="存储文件", what_en="stored file", key=sha256)
        return place.read_bytes()

    def add(self, content: bytes) -> str:
        """Keep bytes; returns their SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self.holds(sha256):
            with self._temporary() as (stream, temporary):
                stream.write(content)
                self._settle(stream, temporary, sha256)
        return sha256

    def add_file(self, path: Path) -> tuple[str, int]:
        """Keep a copy of a file; returns its SHA-256 and size in bytes."""
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as source, self._temporary() as (stream, temporary):
            while piece := source.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
                stream.write(piece)
            self._settle(stream, temporary, digest.hexdigest())
        return digest.hexdigest(), size

    def is_intact(self, sha256: str) -> bool:
        """Whether the content is there and still has its hash."""
        place = self.path(sha256)
        return place.is_file() and sha256_of(place) == sha256

    def names(self) -> Iterator[str]:
        """The hashes of everything that is kept, in order."""
        for place in sorted(self.root.glob("??/??/*")):
            if _NAME.match(place.name):
                yield place.name

    def sweep(self) -> int:
        """Remove temporary files that a killed write left an hour ago or more; returns how many."""
        removed = 0
        for left in self._incoming.glob("*"):
            if left.is_file() and time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink(missing_ok=True)
                removed += 1
        return removed

    @property
    def _incoming(self) -> Path:
        return self.root / "incoming"

    @contextmanager
    def _temporary(self) -> Iterator[tuple[BinaryIO, Path]]:
        with no_space_named():
            self._incoming.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._incoming)
            temporary = Path(name)
            try:
                with os.fdopen(handle, "wb") as stream:
                    yield stream, temporary
            finally:
                temporary.unlink(missing_ok=True)

    def _settle(self, stream: BinaryIO, temporary: Path, sha256: str) -> None:
        stream.flush()
        os.fsync(stream.fileno())
        place = self.path(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.chmod(0o440)
        try:
            os.link(temporary, place)
        except FileExistsError:
            return
        sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def no_space_named() -> Iterator[None]:
    """Turn "no space left" of the operating system into DatabaseFull with its remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DatabaseFull from error
        raise
