"""What was handed in: files told apart by content, hashed, and refused with a reason.

`unpack` turns a path (file, archive or folder) into a flat, naturally ordered list of source files.
Nothing is ever written under a name that the sender chose: members of archives are spooled under
the hash of their bytes. One bad member never stops the others; an archive that is dangerous as a
whole is refused as a whole.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from review.casefiles.formats import Kind, kind_of
from review.casefiles.names import (
    free_name,
    is_junk,
    leads_outside,
    member_name,
    natural_order,
    readable_name,
)
from review.common.store import no_space_named
from review.errors import (
    DamagedFile,
    EmptyArchive,
    EmptyFile,
    EncryptedFile,
    MissingFile,
    NotOpened,
    TooLarge,
    UnreadableFile,
    UnsafeArchive,
)

SourceKind = Kind

_CHUNK = 1 << 20
_RATIO_FROM_BYTES = 100 << 20
_ENCRYPTED_MEMBER = 0x1
_BROKEN_MEMBER = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused, in bytes, points, pixels and seconds."""

    file_bytes: int = 1 << 30
    archive_bytes: int = 4 << 30
    archive_members: int = 5000
    archive_ratio: int = 300
    archive_depth: int = 3
    pages: int = 10_000
    page_points: float = 14_400.0
    page_pixels: int = 100_000_000
    memory_bytes: int = 6 << 30
    page_seconds: float = 120.0
    file_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that can be taken in.

    `source` is its name within what was loaded, `/` between folders.
    `path` is where its bytes lie (the original, or the spooled member of an archive).
    `same_as` is the source before it that has the very same bytes, if there is one.
    """

    source: str
    path: Path
    sha256: str
    size: int
    kind: SourceKind
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or member that is not taken in, and why; no hash where no bytes were read."""

    source: str
    sha256: str
    kind: SourceKind
    error: UnreadableFile


def unpack(path: Path, spool: Path, limits: Limits | None = None) -> list[SourceFile | Refusal]:
    """The source files of a file, archive or folder, in natural order of their names.

    `spool` is a folder of the caller's where members of archives are kept by hash. Raises
    MissingFile (DOC-013) if there is nothing at `path`; every other trouble is a Refusal.
    """
    name = readable_name(path.name)
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except OSError as error:  # a folder above it may not be entered, or its name is too long
        return [Refusal(name, "", "other", not_opened(name, error))]
    if not is_there:
        raise MissingFile(file=readable_name(str(path)))
    unpacking = _Unpacking(spool, limits or Limits())
    if is_folder:
        found = list(unpacking.folder(path))
        if not found:
            return [Refusal(name, "", "archive", EmptyArchive(file=name))]
    else:
        found = list(unpacking.file(path, name, is_all=True))
    return _told_apart(sorted(found, key=lambda item: natural_order(item.source)))


def _told_apart(found: list[SourceFile | Refusal]) -> list[SourceFile | Refusal]:
    """The same; a name that an archive holds twice gets a number, equal bytes name the first."""
    taken: set[str] = set()
    first: dict[str, str] = {}
    apart: list[SourceFile | Refusal] = []
    for each in found:
        item = each
        name = free_name(each.source, taken)
        if name != each.source:
            item = replace(each, source=name)
            if isinstance(item, Refusal):
                item = replace(
                    item, error=type(item.error)(**(item.error.details | {"file": name}))
                )
        taken.add(item.source)
        if isinstance(item, SourceFile):
            earlier = first.setdefault(item.sha256, item.source)
            if earlier != item.source:
                item = replace(item, same_as=earlier)
        apart.append(item)
    return apart


def not_opened(source: str, error: OSError) -> NotOpened:
    """What the system does not let be read, with the system's own words where it is rare."""
    if isinstance(error, PermissionError):
        return NotOpened(file=source, reason="没有读取权限", reason_en="reading is not permitted")
    words = error.strerror or type(error).__name__
    return NotOpened(file=source, reason=f"系统报告“{words}”", reason_en=words)


def sha256_of(stream: IO[bytes]) -> tuple[str, int]:
    """Hash and length of a stream."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


# --- unpacking ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Arrival:
    """Bytes on disk with the name they came under.

    `prefix` stands before the names of its members where it is an archive; `depth` counts the
    archives around a member.
    """

    source: str
    path: Path
    sha256: str
    size: int
    prefix: str
    depth: int


class _Unpacking:
    """One call of `unpack`: where members go, and what they may still use of the limits."""

    def __init__(self, spool: Path, limits: Limits) -> None:
        self._spool = spool
        self._limits = limits
        self._bytes_left = limits.archive_bytes
        self._members_left = limits.archive_members

    def folder(self, root: Path) -> Iterator[SourceFile | Refusal]:
        """Every file below a folder; links are refused, leftovers of systems passed over."""
        closed: list[OSError] = []
        for folder, folders, names in os.walk(root, onerror=closed.append):
            folders.sort()
            for name in names:
                path = Path(folder) / name
                source = readable_name(path.relative_to(root).as_posix())
                if is_junk(source):
                    continue
                if path.is_symlink():
                    error = NotOpened(
                        file=source, reason="是符号链接", reason_en="it is a symbolic link"
                    )
                    yield Refusal(source, "", "other", error)
                else:
                    yield from self.file(path, source, is_all=False)
        for failure in closed:  # folders that cannot be looked into
            place = Path(os.fsdecode(failure.filename))
            inside = root.name if place == root else place.relative_to(root).as_posix()
            name = readable_name(inside)
            yield Refusal(name, "", "other", not_opened(name, failure))

    def file(self, path: Path, source: str, *, is_all: bool) -> Iterator[SourceFile | Refusal]:
        """A file on disk, or the members of an archive on disk.

        Members of the archive that is all that was handed in are named by their path in it; those
        of an archive within a folder carry its name in front.
        """
        if not path.is_file():  # a pipe would be waited for without end
            error = NotOpened(
                file=source, reason="不是普通文件", reason_en="it is no ordinary file"
            )
            yield Refusal(source, "", "other", error)
            return
        try:
            with path.open("rb") as stream:
                digest, size = sha256_of(stream)
        except OSError as failure:
            yield Refusal(source, "", "other", not_opened(source, failure))
            return
        if size > self._limits.file_bytes:
            yield Refusal(source, digest, "other", self._too_large(source, size))
            return
        yield from self._one(
            _Arrival(source, path, digest, size, "" if is_all else f"{source}/", 1)
        )

    def _one(self, arrival: _Arrival) -> Iterator[SourceFile | Refusal]:
        source = arrival.source
        kind: SourceKind = "other"
        try:
            if arrival.size == 0:
                raise EmptyFile(file=source)
            kind = kind_of(arrival.path, source)
            if kind == "archive":
                yield from self._archive(arrival)
            else:
                yield SourceFile(source, arrival.path, arrival.sha256, arrival.size, kind)
        except UnreadableFile as error:
            yield Refusal(source, arrival.sha256, kind, error)

    def _archive(self, arrival: _Arrival) -> list[SourceFile | Refusal]:
        """All members; raises UnsafeArchive, DamagedFile or EmptyArchive for the whole archive."""
        source = arrival.source
        if arrival.depth > self._limits.archive_depth:
            depth = self._limits.archive_depth
            raise UnsafeArchive(
                file=source,
                reason=f"压缩包嵌套超过 {depth} 层",
                reason_en=f"archives lie more than {depth} deep in each other",
            )
        found: list[SourceFile | Refusal] = []
        try:
            with zipfile.ZipFile(arrival.path) as archive:
                members = [(member_name(info), info) for info in archive.infolist()]
                self._refuse_unsafe(source, members)
                for name, info in members:
                    if not info.is_dir() and not is_junk(name):
                        found.extend(self._member(archive, info, name, arrival))
        except (zipfile.BadZipFile, OSError, ValueError, struct.error) as error:
            raise DamagedFile(
                file=source, reason="压缩包结构不完整", reason_en="the archive is not whole"
            ) from error
        if not found:
            raise EmptyArchive(file=source)
        return found

    def _refuse_unsafe(self, source: str, members: list[tuple[str, zipfile.ZipInfo]]) -> None:
        """Raise UnsafeArchive by what the archive says of itself, before a byte is unpacked."""
        self._members_left -= len(members)
        if self._members_left < 0:
            count = self._limits.archive_members
            raise UnsafeArchive(
                file=source,
                reason=f"文件超过 {count} 个",
                reason_en=f"it holds more than {count} files",
            )
        if sum(info.file_size for _, info in members) > self._bytes_left:
            raise self._bomb(source)
        for name, info in members:
            if leads_outside(name):
                raise UnsafeArchive(
                    file=source,
                    reason=f"含有越出目录的路径 {name!r}",
                    reason_en=f"the path {name!r} leads outside",
                )
            if stat.S_ISLNK(info.external_attr >> 16):
                raise UnsafeArchive(
                    file=source,
                    reason=f"含有符号链接 {name!r}",
                    reason_en=f"{name!r} is a symbolic link",
                )
            ratio = info.file_size / max(info.compress_size, 1)
            if info.file_size > _RATIO_FROM_BYTES and ratio > self._limits.archive_ratio:
                raise UnsafeArchive(
                    file=source,
                    reason=f"{name!r} 的压缩比异常",
                    reason_en=f"the compression ratio of {name!r} is absurd",
                )

    def _use(self, count: int, archive: str) -> None:
        self._bytes_left -= count
        if self._bytes_left < 0:
            raise self._bomb(archive)

    def _bomb(self, source: str) -> UnsafeArchive:
        limit = _megabytes(self._limits.archive_bytes)
        return UnsafeArchive(
            file=source,
            reason=f"解压后超过 {limit}",
            reason_en=f"it unpacks to more than {limit}",
        )

    def _too_large(self, source: str, size: int) -> TooLarge:
        limit = _megabytes(self._limits.file_bytes)
        return TooLarge(file=source, found=_megabytes(size), limit=limit)

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, arrival: _Arrival
    ) -> Iterator[SourceFile | Refusal]:
        source = f"{arrival.prefix}{name}"
        if info.flag_bits & _ENCRYPTED_MEMBER:
            yield Refusal(source, "", "other", EncryptedFile(file=source))
            return
        if info.file_size > self._limits.file_bytes:
            yield Refusal(source, "", "other", self._too_large(source, info.file_size))
            return
        try:
            with archive.open(info) as stream:
                path, digest, size = self._keep(stream, arrival.source)
        except NotImplementedError:
            error = DamagedFile(
                file=source,
                reason="压缩方式不支持，请用普通 ZIP 方式重新打包",
                reason_en="its way of packing is not supported; pack it as an ordinary ZIP",
            )
            yield Refusal(source, "", "other", error)
            return
        except _BROKEN_MEMBER:
            error = DamagedFile(
                file=source, reason="压缩数据校验失败", reason_en="its packed data is corrupt"
            )
            yield Refusal(source, "", "other", error)
            return
        yield from self._one(_Arrival(source, path, digest, size, f"{source}/", arrival.depth + 1))

    def _keep(self, stream: IO[bytes], archive: str) -> tuple[Path, str, int]:
        """Write a member under its hash, counting the bytes that really come out.

        Raises UnsafeArchive when the archive holds more than it declared.
        """
        digest, size = hashlib.sha256(), 0
        with no_space_named(), tempfile.NamedTemporaryFile(dir=self._spool, delete=False) as out:
            temporary = Path(out.name)
            try:
                while chunk := _unpacked(stream):
                    size += len(chunk)
                    self._use(len(chunk), archive)
                    digest.update(chunk)
                    out.write(chunk)
            except BaseException:
                temporary.unlink()
                raise
        target = self._spool / digest.hexdigest()
        temporary.replace(target)
        return target, digest.hexdigest(), size


def _unpacked(stream: IO[bytes]) -> bytes:
    """The next bytes of a member. Raises BadZipFile where bzip2 calls broken data an OSError."""
    try:
        return stream.read(_CHUNK)
    except OSError as error:
        raise zipfile.BadZipFile from error


def _megabytes(count: int) -> str:
    return f"{count / (1 << 20):.0f} MB"
