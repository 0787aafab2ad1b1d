"""What a file is by its content; the name is only compared with it."""

from __future__ import annotations

import shutil
import struct
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

Kind = Literal["pdf", "docx", "doc", "image", "archive", "media", "workbook", "other"]
"""`doc` stands for all papers that LibreOffice has to turn into DOCX."""

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
    "doc": ("旧版 Word 文档 (DOC)", "an old Word document (DOC)"),
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


_TO_DOCX = (
    "用 Word 或 WPS 另存为 DOCX 或 PDF（或由管理员在服务器上安装 LibreOffice 后直接导入）",
    "save it as DOCX or PDF in Word or WPS, or have LibreOffice installed on the server",
)
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


_CONVERTED = frozenset({"doc", "wps", "rtf", "odt"})
_OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"}
_SAME_FORMAT = {"doc": {"doc", "wps"}, "xls": {"xls", "et"}, "ppt": {"ppt", "dps"}}
_OLE_BYTES, _CHUNK = 16 << 20, 64 << 10
_WORD_STREAM_AT, _WORD_MARK, _WORD_FLAGS, _WORD_ENCRYPTED = 512, b"\xec\xa5", 10, 0x01


def converter() -> str | None:
    """The program that turns old papers into DOCX; None where LibreOffice is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


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
        promised is None and kind != "doc" and extension in _CONVERSIONS
    ):
        raise WrongExtension(file=source, found=_NAMES[kind][0], found_en=_NAMES[kind][1])
    return kind


def _content(path: Path, head: bytes, source: str, extension: str) -> Kind:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_content(path, source)  # first: it may hold a PDF unpacked near its start
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    if head.startswith(_OLE):
        return _ole_content(path, source, extension)
    guess = filetype.guess(head)
    found = guess.extension if guess else ""
    if head.startswith(b"{\\rtf"):
        found = "rtf"
    if found in _CONVERSIONS:
        return _to_convert(source, extension, found)
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
            return _to_convert(source, "pptx", "pptx")
    if "OFD.xml" in names:
        return _to_convert(source, "ofd", "ofd")
    if "mimetype" in names and "content.xml" in names:
        return _to_convert(source, "odt", "odt")
    return "archive"


def _ole_content(path: Path, source: str, extension: str) -> Kind:
    """An OLE container: an old office file, or one under a password."""
    content = _ole_head(path)
    if _PASSWORD_STREAM in content or _is_encrypted_word(content):
        raise EncryptedFile(file=source)
    found = next(
        (kind for name, kind in _OLE_STREAMS.items() if name.encode("utf-16-le") in content), None
    )
    if found is None:
        raise DamagedFile(
            file=source,
            reason="其中没有 Word、Excel 或 PowerPoint 的内容",
            reason_en="it holds nothing of Word, Excel or PowerPoint",
        )
    if extension in _SAME_FORMAT[found]:
        found = extension if extension in _CONVERSIONS else found
    elif extension in _CONVERSIONS:
        raise WrongExtension(
            file=source, found=_CONVERSIONS[found].name, found_en=_CONVERSIONS[found].name_en
        )
    return _to_convert(source, extension, found)


def _ole_head(path: Path) -> bytes:
    """The first 16 MB of an OLE container and the beginning of its directory, wherever it lies."""
    with path.open("rb") as stream:
        content = stream.read(_OLE_BYTES)
        if len(content) == _OLE_BYTES:
            shift, first = struct.unpack_from("<H", content, 30)[0], content[48:52]
            stream.seek((int.from_bytes(first, "little") + 1) << min(shift, 12))
            content += stream.read(_CHUNK)
    return content


def _is_encrypted_word(content: bytes) -> bool:
    """Whether the head of a Word 97-2003 document says that its text is under a password."""
    head = content[_WORD_STREAM_AT : _WORD_STREAM_AT + 16]
    return head.startswith(_WORD_MARK) and bool(head[_WORD_FLAGS + 1] & _WORD_ENCRYPTED)


def _to_convert(source: str, extension: str, found: str) -> Kind:
    """`doc` for what LibreOffice can turn into DOCX here. Raises WrongExtension, ConvertFirst."""
    conversion = _CONVERSIONS[found]
    if extension in _EXTENSIONS and extension != found:
        raise WrongExtension(file=source, found=conversion.name, found_en=conversion.name_en)
    if found in _CONVERTED and converter() is not None:
        return "doc"
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
