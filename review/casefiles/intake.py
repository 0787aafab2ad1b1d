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
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from review.casefiles.formats import Format, format_of
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

SourceKind = Literal["pdf", "docx", "image", "archive", "media", "workbook", "other"]

_JUNK_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})
_CHUNK = 1 << 20
_RATIO_FROM_BYTES = 100 << 20
_ENCRYPTED_MEMBER = 0x1
_UTF8_NAME = 0x800
_UNICODE_PATH_EXTRA = 0x7075


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused. Bytes, points (1/72 inch), pixels and seconds."""

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
    """A file that can be taken in. `source` is its name within what was loaded, `/` between folders.

    `path` is where its bytes lie (the original, or the spooled member of an archive).
    """

    source: str
    path: Path
    sha256: str
    size: int
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or member that is not taken in, and why. `sha256` is empty where no bytes were read."""

    source: str
    sha256: str
    kind: SourceKind
    error: UnreadableFile


@dataclass(slots=True)
class _Budget:
    """What the members of one archive (nested ones included) may still use."""

    bytes_left: int
    members_left: int


def unpack(path: Path, spool: Path, limits: Limits | None = None) -> list[SourceFile | Refusal]:
    """The source files of a file, archive or folder, in natural order of their names.

    `spool` is a folder of the caller's where members of archives are kept by hash. Raises
    MissingFile (DOC-013) if there is nothing at `path`; every other trouble is a Refusal.
    """
    allowed = limits or Limits()
    if not path.exists():
        raise MissingFile(file=str(path))
    if path.is_dir():
        found = list(_folder(path, spool, allowed))
        if not found:
            return [Refusal(path.name, "", "archive", EmptyArchive(file=path.name))]
    else:
        found = list(_file(path, path.name, spool, allowed, top=True))
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
    return tuple((0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in pieces)


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


# --- folders and plain files ----------------------------------------------------------------------


def _folder(root: Path, spool: Path, limits: Limits) -> Iterator[SourceFile | Refusal]:
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in names:
            path = Path(folder) / name
            source = path.relative_to(root).as_posix()
            if is_junk(source):
                continue
            if path.is_symlink():
                error = UnsafeArchive(file=source, reason="符号链接 (symbolic link)")
                yield Refusal(source, "", "other", error)
                continue
            yield from _file(path, source, spool, limits, top=False)


def _file(
    path: Path, source: str, spool: Path, limits: Limits, *, top: bool
) -> Iterator[SourceFile | Refusal]:
    """A file on disk, or the members of an archive on disk.

    Members of the archive that was itself handed in are named by their path in it; those of an
    archive within a folder carry its name in front.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        digest, _ = sha256_of(stream)
    if size > limits.file_bytes:
        error = TooLarge(file=source, found=_megabytes(size), limit=_megabytes(limits.file_bytes))
        yield Refusal(source, digest, "other", error)
        return
    budget = _Budget(limits.archive_bytes, limits.archive_members)
    prefix = "" if top else f"{source}/"
    yield from _one(_Arrival(source, path, digest, size, prefix, 1), spool, limits, budget)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """Bytes on disk with the name they came under. `depth` counts the archives, itself included."""

    source: str
    path: Path
    sha256: str
    size: int
    prefix: str
    depth: int = field(default=1)


def _one(
    arrival: _Arrival, spool: Path, limits: Limits, budget: _Budget
) -> Iterator[SourceFile | Refusal]:
    source, path = arrival.source, arrival.path
    if arrival.size == 0:
        yield Refusal(source, arrival.sha256, "other", EmptyFile(file=source))
        return
    try:
        found: Format = format_of(path, source)
    except UnreadableFile as error:
        yield Refusal(source, arrival.sha256, "other", error)
        return
    if found.kind != "archive":
        yield SourceFile(source, path, arrival.sha256, arrival.size, found.kind)
        return
    try:
        yield from _archive(arrival, spool, limits, budget)
    except UnreadableFile as error:
        yield Refusal(source, arrival.sha256, "archive", error)


# --- archives -------------------------------------------------------------------------------------


def _archive(
    arrival: _Arrival, spool: Path, limits: Limits, budget: _Budget
) -> list[SourceFile | Refusal]:
    """All members; raises UnsafeArchive, DamagedFile or EmptyArchive for the archive as a whole."""
    source = arrival.source
    if arrival.depth > limits.archive_depth:
        raise UnsafeArchive(
            file=source, reason=f"压缩包嵌套超过 {limits.archive_depth} 层 (nested)"
        )
    try:
        with zipfile.ZipFile(arrival.path) as archive:
            members = [(member_name(info), info) for info in archive.infolist()]
            _refuse_unsafe(source, members, limits, budget)
            found: list[SourceFile | Refusal] = []
            for name, info in members:
                if info.is_dir() or is_junk(name):
                    continue
                found.extend(_member(archive, info, name, arrival, spool, limits, budget))
    except (zipfile.BadZipFile, OSError, ValueError, struct.error) as error:
        raise DamagedFile(file=source, reason="压缩包结构不完整 (broken archive)") from error
    if not found:
        raise EmptyArchive(file=source)
    return found


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


def _refuse_unsafe(
    source: str, members: list[tuple[str, zipfile.ZipInfo]], limits: Limits, budget: _Budget
) -> None:
    """Raise UnsafeArchive by what the archive's own list says, before any byte is unpacked."""
    budget.members_left -= len(members)
    if budget.members_left < 0:
        reason = f"文件超过 {limits.archive_members} 个 (too many members)"
        raise UnsafeArchive(file=source, reason=reason)
    if sum(info.file_size for _, info in members) > budget.bytes_left:
        reason = f"解压后超过 {_megabytes(limits.archive_bytes)} (too large when unpacked)"
        raise UnsafeArchive(file=source, reason=reason)
    for name, info in members:
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/") or re.match(r"^[A-Za-z]:", name) or "\0" in name:
            raise UnsafeArchive(file=source, reason=f"含有越出目录的路径 (path outside) {name!r}")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise UnsafeArchive(file=source, reason=f"含有符号链接 (symbolic link) {name!r}")
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _RATIO_FROM_BYTES and ratio > limits.archive_ratio:
            raise UnsafeArchive(file=source, reason=f"压缩比异常 (compression ratio) {name!r}")


def _member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    arrival: _Arrival,
    spool: Path,
    limits: Limits,
    budget: _Budget,
) -> Iterator[SourceFile | Refusal]:
    source = f"{arrival.prefix}{name}"
    if info.flag_bits & _ENCRYPTED_MEMBER:
        yield Refusal(source, "", "other", EncryptedFile(file=source))
        return
    if info.file_size > limits.file_bytes:
        error = TooLarge(
            file=source, found=_megabytes(info.file_size), limit=_megabytes(limits.file_bytes)
        )
        yield Refusal(source, "", "other", error)
        return
    try:
        with archive.open(info) as stream:
            path, digest, size = _spool(stream, spool, budget, arrival.source, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        reason = f"压缩数据校验失败 ({type(error).__name__})"
        yield Refusal(source, "", "other", DamagedFile(file=source, reason=reason))
        return
    child = _Arrival(source, path, digest, size, f"{source}/", arrival.depth + 1)
    yield from _one(child, spool, limits, budget)


def _spool(
    stream: IO[bytes], spool: Path, budget: _Budget, archive: str, limits: Limits
) -> tuple[Path, str, int]:
    """Write a member under its hash, counting the bytes that really come out.

    Raises UnsafeArchive when the archive holds more than it declared.
    """
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=spool)
    try:
        with os.fdopen(handle, "wb") as out:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                budget.bytes_left -= len(chunk)
                if budget.bytes_left < 0:
                    reason = (
                        f"解压后超过 {_megabytes(limits.archive_bytes)} (too large when unpacked)"
                    )
                    raise UnsafeArchive(file=archive, reason=reason)
                digest.update(chunk)
                out.write(chunk)
        target = spool / digest.hexdigest()
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target, digest.hexdigest(), size


def _megabytes(count: int) -> str:
    return f"{count / (1 << 20):.0f} MB"
