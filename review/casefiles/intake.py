"""What was handed in: files told apart by content, hashed, and refused with a reason.

`unpack` turns a path (file, archive or folder) into a flat, naturally ordered list of source files.
Nothing is ever written under a name that the sender chose: members of archives are spooled under
the hash of their bytes. One bad member never stops the others; an archive that is dangerous as a
whole is refused as a whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from review.casefiles.formats import Kind, kind_of
from review.errors import (
    DamagedFile,
    EmptyArchive,
    EmptyFile,
    EncryptedFile,
    MissingFile,
    TooLarge,
    UnreadableFile,
    UnsafeArchive,
)

SourceKind = Kind

_JUNK_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})
_CHUNK = 1 << 20
_RATIO_FROM_BYTES = 100 << 20
_ENCRYPTED_MEMBER = 0x1
_UTF8_NAME = 0x800
_UNICODE_PATH_EXTRA = 0x7075


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused, in bytes, points, pixels and seconds."""

    file_bytes: int = 1 << 30
    archive_bytes: int = 4 << 30
    archive_members: int = 5000
    archive_ratio: int = 300
    archive_depth: int = 3
    pages: int = 3000
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
    """

    source: str
    path: Path
    sha256: str
    size: int
    kind: SourceKind


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
    if not path.exists():
        raise MissingFile(file=str(path))
    unpacking = _Unpacking(spool, limits or Limits())
    if path.is_dir():
        found = list(unpacking.folder(path))
        if not found:
            return [Refusal(path.name, "", "archive", EmptyArchive(file=path.name))]
    else:
        found = list(unpacking.file(path, path.name, is_all=True))
    return sorted(found, key=lambda item: natural_order(item.source))


def natural_order(name: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """A key that sorts 1, 2, 10 and 一、二、十 by number, folder by folder."""
    return tuple(_part_order(part) for part in PurePosixPath(name).parts)


_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_CHINESE_NUMBER = re.compile(r"^[（(]?([一二三四五六七八九十]{1,3})[)）、.．_ ]")


def _part_order(part: str) -> tuple[tuple[int, int, str], ...]:
    match = _CHINESE_NUMBER.match(part)
    if match:
        part = f"{_small_number(match.group(1))}{part[match.end() - 1 :]}"
    pieces = re.findall(r"\d+|\D+", part)
    return tuple(_piece_order(piece) for piece in pieces)


def _piece_order(piece: str) -> tuple[int, int, str]:
    if not piece.isdecimal():
        return 1, 0, piece
    digits = "".join(str(unicodedata.decimal(digit)) for digit in piece).lstrip("0")
    return 0, len(digits), digits


def _small_number(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS[numeral] if len(numeral) == 1 else 0
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def is_junk(name: str) -> bool:
    """Whether a name belongs to a file that systems leave behind and nobody filed."""
    parts = [part.lower() for part in PurePosixPath(name).parts]
    return any(part in _JUNK_NAMES or part.startswith(("._", "~$", ".~")) for part in parts)


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
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in names:
                path = Path(folder) / name
                source = path.relative_to(root).as_posix()
                if is_junk(source):
                    continue
                if path.is_symlink():
                    error = UnsafeArchive(
                        file=source, reason="是符号链接", reason_en="it is a symbolic link"
                    )
                    yield Refusal(source, "", "other", error)
                else:
                    yield from self.file(path, source, is_all=False)

    def file(self, path: Path, source: str, *, is_all: bool) -> Iterator[SourceFile | Refusal]:
        """A file on disk, or the members of an archive on disk.

        Members of the archive that is all that was handed in are named by their path in it; those
        of an archive within a folder carry its name in front.
        """
        with path.open("rb") as stream:
            digest, size = sha256_of(stream)
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
            if _leads_outside(name):
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
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
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
        with tempfile.NamedTemporaryFile(dir=self._spool, delete=False) as out:
            temporary = Path(out.name)
            try:
                while chunk := stream.read(_CHUNK):
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


def _leads_outside(name: str) -> bool:
    has_drive = re.match(r"^[A-Za-z]:", name) is not None
    return ".." in PurePosixPath(name).parts or name.startswith("/") or has_drive or "\0" in name


def _megabytes(count: int) -> str:
    return f"{count / (1 << 20):.0f} MB"


# --- names in archives ----------------------------------------------------------------------------


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member as its maker wrote it, `/` between folders.

    Where the archive does not say UTF-8 (flag bit 11), the bytes are tried as UTF-8 and then as
    GB18030, which Chinese systems write.
    """
    if info.flag_bits & _UTF8_NAME:
        return info.filename.replace("\\", "/")
    unicode_path = _unicode_path(info.extra)
    if unicode_path is not None:
        return unicode_path.replace("\\", "/")
    # orig_filename keeps backslashes that are second bytes of GBK characters
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename.replace("\\", "/")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename.replace("\\", "/")


def _unicode_path(extra: bytes) -> str | None:
    """The Unicode path of the extra field that Info-ZIP defined, if there is one."""
    offset = 0
    while offset + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, offset)
        body = extra[offset + 4 : offset + 4 + length]
        if tag == _UNICODE_PATH_EXTRA and len(body) > 5:
            return body[5:].decode("utf-8", errors="replace")
        offset += 4 + length
    return None
