"""What a file is by its content; the name is only compared with it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import filetype

from review.errors import (
    ConvertFirst,
    DamagedFile,
    EncryptedFile,
    UnknownFormat,
    WrongExtension,
)

Kind = Literal["pdf", "docx", "image", "archive", "media", "workbook", "other"]

_HEAD_BYTES = 8192
_PDF_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD_STREAM = "EncryptedPackage".encode("utf-16-le")

_IMAGES = frozenset({"jpg", "png", "tif", "bmp", "webp", "gif"})
_MEDIA = frozenset(
    {"mp4", "m4v", "mkv", "webm", "mov", "avi", "wmv", "mpg", "flv", "3gp", "mp3", "m4a", "ogg"}
    | {"flac", "wav", "amr", "aac", "aif", "mid"}
)

_EXTENSIONS: dict[str, Kind] = {
    "pdf": "pdf",
    "docx": "docx",
    "zip": "archive",
    "xlsx": "workbook",
    "xlsm": "workbook",
    **dict.fromkeys(
        ("jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "bmp", "webp", "gif"), "image"
    ),
    **dict.fromkeys(_MEDIA, "media"),
}

_NAMES: dict[Kind, tuple[str, str]] = {
    "pdf": ("PDF", "PDF"),
    "docx": ("Word 文档 (DOCX)", "a Word document (DOCX)"),
    "image": ("图片", "a picture"),
    "archive": ("ZIP 压缩包", "a ZIP archive"),
    "media": ("音视频", "audio or video"),
    "workbook": ("Excel 工作簿 (XLSX)", "an Excel workbook (XLSX)"),
    "other": ("无法识别的内容", "nothing that is recognised"),
}


@dataclass(frozen=True, slots=True)
class _Conversion:
    """A format that the user has to convert, and how, in both languages."""

    name: str
    name_en: str
    remedy: str
    remedy_en: str


_TO_DOCX = ("用 Word 或 WPS 另存为 DOCX 或 PDF", "save it as DOCX or PDF in Word or WPS")
_TO_PDF = ("导出为 PDF", "export it as PDF")
_TO_ZIP = ("解压后重新打包为 ZIP", "unpack it and pack it again as ZIP")
_TO_JPEG = ("转换为 JPG", "convert it to JPG")

_CONVERSIONS = {
    "doc": _Conversion("Word 97-2003 (DOC)", "Word 97-2003 (DOC)", *_TO_DOCX),
    "wps": _Conversion("WPS 文字 (WPS)", "WPS Writer (WPS)", *_TO_DOCX),
    "xls": _Conversion(
        "Excel 97-2003 (XLS)", "Excel 97-2003 (XLS)", "另存为 XLSX 或 PDF", "save it as XLSX or PDF"
    ),
    "et": _Conversion(
        "WPS 表格 (ET)", "WPS Spreadsheets (ET)", "另存为 XLSX 或 PDF", "save it as XLSX or PDF"
    ),
    "ppt": _Conversion("PowerPoint 97-2003 (PPT)", "PowerPoint 97-2003 (PPT)", *_TO_PDF),
    "pptx": _Conversion("PowerPoint (PPTX)", "PowerPoint (PPTX)", *_TO_PDF),
    "odt": _Conversion("OpenDocument (ODT)", "OpenDocument (ODT)", *_TO_DOCX),
    "ofd": _Conversion("OFD 版式", "OFD", *_TO_PDF),
    "rtf": _Conversion("RTF", "RTF", *_TO_DOCX),
    "ps": _Conversion("PostScript", "PostScript", *_TO_PDF),
    "7z": _Conversion("7z 压缩包", "7z archive", *_TO_ZIP),
    "rar": _Conversion("RAR 压缩包", "RAR archive", *_TO_ZIP),
    "gz": _Conversion("GZIP 压缩包", "gzip archive", *_TO_ZIP),
    "tar": _Conversion("TAR 包", "tar archive", *_TO_ZIP),
    "bz2": _Conversion("BZIP2 压缩包", "bzip2 archive", *_TO_ZIP),
    "xz": _Conversion("XZ 压缩包", "xz archive", *_TO_ZIP),
    "heic": _Conversion("HEIC 照片", "HEIC photo", *_TO_JPEG),
    "avif": _Conversion("AVIF 图片", "AVIF image", *_TO_JPEG),
    "psd": _Conversion("Photoshop (PSD)", "Photoshop (PSD)", *_TO_JPEG),
    "cr2": _Conversion("相机原始文件", "camera raw", *_TO_JPEG),
}


def kind_of(path: Path, source: str) -> Kind:
    """The kind of a file that is not empty, by content.

    Raises WrongExtension, ConvertFirst, EncryptedFile, DamagedFile or UnknownFormat, all naming
    `source`.
    """
    extension = PurePosixPath(source).suffix.lower().lstrip(".")
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    promised = _EXTENSIONS.get(extension)
    kind = _content(path, head, source, extension)
    if kind == "other":
        description = _describe(head)
        if promised in ("pdf", "docx", "image", "archive", "workbook"):
            if description is None:
                zh, en = _NAMES[promised]
                raise DamagedFile(
                    file=source, reason=f"内容不是{zh}", reason_en=f"its content is not {en}"
                )
            raise WrongExtension(file=source, found=description[0], found_en=description[1])
        if promised == "media":
            return "media"
        zh, en = description or _NAMES["other"]
        raise UnknownFormat(file=source, found=zh, found_en=en)
    if (promised is not None and promised != kind) or (
        promised is None and extension in _CONVERSIONS
    ):
        raise WrongExtension(file=source, found=_NAMES[kind][0], found_en=_NAMES[kind][1])
    return kind


def _content(path: Path, head: bytes, source: str, extension: str) -> Kind:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_content(path, source)  # first: it may hold a PDF unpacked near its start
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    if head.startswith(_OLE):
        _refuse_ole(path, source, extension)
    guess = filetype.guess(head)
    found = guess.extension if guess else ""
    if head.startswith(b"{\\rtf"):
        found = "rtf"
    if found in _CONVERSIONS:
        _refuse_for_conversion(source, extension, found)
    if found in _IMAGES:
        return "image"
    if found in _MEDIA:
        return "media"
    if found in ("zip", "docx", "xlsx", "pdf", ""):
        return "other"
    raise UnknownFormat(file=source, found=guess.mime)


def _zip_content(path: Path, source: str) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DamagedFile(
            file=source, reason="压缩结构不完整", reason_en="the archive is not whole"
        ) from error
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            return "workbook"
        if any(name.startswith("ppt/") for name in names):
            _refuse_for_conversion(source, "pptx", "pptx")
    if "OFD.xml" in names:
        _refuse_for_conversion(source, "ofd", "ofd")
    if "mimetype" in names and "content.xml" in names:
        _refuse_for_conversion(source, "odt", "odt")
    return "archive"


def _refuse_ole(path: Path, source: str, extension: str) -> None:
    """An OLE container: an old office file, or a new one under a password."""
    with path.open("rb") as stream:
        is_protected = _PASSWORD_STREAM in stream.read(16 << 20)
    if is_protected:
        raise EncryptedFile(file=source)
    known = extension if extension in ("doc", "wps", "xls", "et", "ppt") else "doc"
    _refuse_for_conversion(source, extension, known)


def _refuse_for_conversion(source: str, extension: str, found: str) -> None:
    conversion = _CONVERSIONS[found]
    if extension in _EXTENSIONS and extension != found:
        raise WrongExtension(file=source, found=conversion.name, found_en=conversion.name_en)
    raise ConvertFirst(
        file=source,
        found=conversion.name,
        found_en=conversion.name_en,
        remedy=conversion.remedy,
        remedy_en=conversion.remedy_en,
    )


def _describe(head: bytes) -> tuple[str, str] | None:
    """A name for content that is not read: HTML, XML, text, a program; None for anything else."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "网页 (HTML)", "a web page (HTML)"
    if start.startswith(b"<?xml"):
        return "XML", "XML"
    if head.startswith((b"MZ", b"\x7fELF")):
        return "可执行程序", "a program"
    for encoding in ("utf-8", "gb18030"):
        try:
            text = head.decode(encoding, errors="strict" if len(head) < _HEAD_BYTES else "ignore")
        except UnicodeDecodeError:
            continue
        if text and all(sign.isprintable() or sign in "\r\n\t\ufeff" for sign in text):
            return "纯文本", "plain text"
    return None
