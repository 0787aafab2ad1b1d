"""Names of files and members: told apart, put in order, and made readable whatever wrote them."""

from __future__ import annotations

import os
import re
import struct
import unicodedata
import zipfile
from collections.abc import Container
from pathlib import PurePosixPath

_JUNK_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})
_NAME_BYTES = 255
_UTF8_NAME = 0x800
_UNICODE_PATH_EXTRA = 0x7075


def readable_name(name: str) -> str:
    """A name of the file system as text that can be printed and kept.

    Bytes that are not UTF-8 are read as GB18030, in which older Chinese systems write names.
    """
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


def fitting_name(name: str) -> str:
    """A name that a file system takes: its end kept, its stem cut to 255 bytes in all."""
    path = PurePosixPath(name)
    room = _NAME_BYTES - len(path.suffix.encode())
    if len(path.stem.encode()) <= room or room <= 0:
        return name.encode()[:_NAME_BYTES].decode(errors="ignore")
    return path.stem.encode()[:room].decode(errors="ignore") + path.suffix


def free_name(source: str, taken: Container[str]) -> str:
    """A name within a case that no other file has: `a.pdf`, `a (2).pdf` …."""
    path = PurePosixPath(source)
    name, number = source, 1
    while name in taken:
        number += 1
        name = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    return name


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


def leads_outside(name: str) -> bool:
    """Whether a member's name would lie outside the folder it is unpacked into."""
    has_drive = re.match(r"^[A-Za-z]:", name) is not None
    return ".." in PurePosixPath(name).parts or name.startswith("/") or has_drive or "\0" in name


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
