"""Broken files made by hand, each wrong in one way. Their content is invented (样例)."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
from docx import Document

SAMPLES = Path(__file__).parents[2] / "samples" / "data"
GOOD = SAMPLES / "c08" / "案卷.pdf"


def pdf(pages: int = 1, *, size: tuple[int, int] = (595, 842), broken: int = 0) -> bytes:
    """Empty pages of one size; page number `broken` is no page."""
    numbers = range(1, pages + 1)
    kids = b" ".join(b"%d 0 R" % (number + 2) for number in numbers)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 %d %d]>>" % (kids, pages, *size),
        *(b"null" if number == broken else b"<</Type/Page/Parent 2 0 R>>" for number in numbers),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF" % table)


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="样例", owner="样例2"))
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("样例")
    document.save(out)
    return out.getvalue()


def docx_with_a_document_type() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                declared = b'<!DOCTYPE x [<!ENTITY a "b">]><w:document'
                content = content.replace(b"<w:document", declared, 1)
            new.writestr(name, content)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """A picture that announces its size and holds next to nothing."""

    def chunk(tag: bytes, content: bytes) -> bytes:
        body = tag + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


def zipped(
    members: Mapping[str, bytes] | Sequence[tuple[str, bytes]],
    methods: Mapping[str, int] | None = None,
) -> bytes:
    """An archive; `methods` gives the way of packing of single members."""
    pairs = list(members.items()) if isinstance(members, Mapping) else list(members)
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # one name twice is what some of them are about
        for name, content in pairs:
            archive.writestr(name, content, compress_type=(methods or {}).get(name))
    return out.getvalue()


def spoiled(archive: bytes, member: str) -> bytes:
    """The archive with the packed bytes of one member overwritten."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        found = opened.getinfo(member)
    start = found.header_offset + 30 + len(member.encode())
    length = min(found.compress_size, 60)
    return archive[:start] + b"\xff" * length + archive[start + length :]


def packed_in_an_unknown_way(archive: bytes) -> bytes:
    """The archive whose last member claims Deflate64, as Windows packs very large files."""
    out = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = out.rfind(signature) + offset
        out[at : at + 2] = struct.pack("<H", 9)
    return bytes(out)


def with_gbk_name(content: bytes, name: str) -> bytes:
    """An archive of one member whose name is GBK bytes without a flag, as old systems write."""
    raw = name.encode("gbk")
    return zipped({"x" * len(raw): content}).replace(b"x" * len(raw), raw)
