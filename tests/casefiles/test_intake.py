"""What is taken in, what is refused, and that one bad member never stops the others."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.casefiles.intake import Limits, Refusal, SourceFile, unpack
from review.casefiles.names import is_junk, member_name, natural_order
from review.errors import (
    ConvertFirst,
    DamagedFile,
    EmptyArchive,
    EmptyFile,
    EncryptedFile,
    MissingFile,
    NotOpened,
    TooLarge,
    UnknownFormat,
    UnreadableFile,
    UnsafeArchive,
    WrongExtension,
)

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
OLE_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "WordDocument".encode("utf-16-le")
OLE_UNDER_PASSWORD = bytearray(OLE_WORD)
OLE_UNDER_PASSWORD[512:514] = b"\xec\xa5"
OLE_UNDER_PASSWORD[523] = 0x01
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def gbk_zip(name: str, content: bytes) -> bytes:
    """A ZIP as Windows in Chinese writes it: names in GBK, flag bit 11 unset."""
    packed = zipped({"A" * len(name.encode("gbk")): content})
    return packed.replace(b"A" * len(name.encode("gbk")), name.encode("gbk"))


def refused(found: list[SourceFile | Refusal]) -> UnreadableFile:
    (only,) = found
    assert isinstance(only, Refusal)
    return only.error


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


# --- single files ---------------------------------------------------------------------------------


def test_a_pdf_is_taken_in_where_it_lies(tmp_path: Path, spool: Path) -> None:
    path = put(tmp_path, "案卷.pdf", PDF)
    assert unpack(path, spool) == [
        SourceFile("案卷.pdf", path, hashlib.sha256(PDF).hexdigest(), len(PDF), "pdf")
    ]
    assert list(spool.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("空.pdf", b"", EmptyFile),
        ("网页.pdf", b"<!DOCTYPE html><html></html>", WrongExtension),
        ("图片.pdf", PNG, WrongExtension),
        ("笔录.docx", PDF, WrongExtension),
        ("说明.txt", "情况说明".encode(), UnknownFormat),
        ("说明.txt", "情况说明".encode("gb18030"), UnknownFormat),
        ("乱码.pdf", bytes(range(1, 255)) * 8, DamagedFile),
        ("乱码.bin", bytes(range(1, 255)) * 8, UnknownFormat),
        ("旧表.xls", OLE + "Workbook".encode("utf-16-le"), ConvertFirst),
        ("旧表.doc", OLE + "Workbook".encode("utf-16-le"), WrongExtension),
        ("无内容.doc", OLE, DamagedFile),
        ("改名.pdf", OLE_WORD, WrongExtension),
        ("加密.doc", OLE_UNDER_PASSWORD, EncryptedFile),
        ("加密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
        ("压缩.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 300, ConvertFirst),
        ("压缩.rar", b"Rar!\x1a\x07\x00" + b"\0" * 300, ConvertFirst),
        ("截断.zip", zipped({"a.pdf": PDF})[:-30], DamagedFile),
        ("截断.docx", zipped({"word/document.xml": PDF})[:-30], DamagedFile),
        ("版式.ofd", zipped({"OFD.xml": b"<a/>"}), ConvertFirst),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name_and_a_remedy(
    tmp_path: Path, spool: Path, name: str, content: bytes, error: type[UnreadableFile]
) -> None:
    found = refused(unpack(put(tmp_path, name, content), spool))
    assert type(found) is error
    for language in ("zh", "en"):
        assert name in found.text(language)
        assert "{" not in found.text(language)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("照片.jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 40, "image"),
        ("照片.jpg", PNG, "image"),
        ("无扩展名", PDF, "pdf"),
        ("台账.xlsx", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "workbook"),
        ("笔录.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "docx"),
        ("录像.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 40, "media"),
    ],
)
def test_kinds_are_told_by_content(
    tmp_path: Path, spool: Path, name: str, content: bytes, kind: str
) -> None:
    (found,) = unpack(put(tmp_path, name, content), spool)
    assert isinstance(found, SourceFile)
    assert found.kind == kind


def test_a_file_above_the_limit_is_refused(tmp_path: Path, spool: Path) -> None:
    path = put(tmp_path, "大.pdf", PDF)
    found = refused(unpack(path, spool, Limits(file_bytes=len(PDF) - 1)))
    assert isinstance(found, TooLarge)
    assert isinstance(unpack(path, spool, Limits(file_bytes=len(PDF)))[0], SourceFile)


def test_nothing_at_the_path_is_an_error(tmp_path: Path, spool: Path) -> None:
    with pytest.raises(MissingFile) as caught:
        unpack(tmp_path / "没有.pdf", spool)
    assert "没有.pdf" in caught.value.text("zh")


# --- folders --------------------------------------------------------------------------------------


def test_a_folder_is_read_in_natural_order_without_leftovers(tmp_path: Path, spool: Path) -> None:
    for name in (
        "10、结案.pdf",
        "2、立案.pdf",
        "1、封面.pdf",
        "附件/b.pdf",
        ".DS_Store",
        "~$2.docx",
    ):
        put(tmp_path / "案卷", name, PDF)
    found = unpack(tmp_path / "案卷", spool)
    assert [item.source for item in found] == [
        "1、封面.pdf",
        "2、立案.pdf",
        "10、结案.pdf",
        "附件/b.pdf",
    ]


def test_a_link_in_a_folder_is_refused_and_the_rest_is_read(tmp_path: Path, spool: Path) -> None:
    put(tmp_path, "outside.pdf", PDF)
    put(tmp_path / "案卷", "a.pdf", PDF)
    (tmp_path / "案卷" / "b.pdf").symlink_to(tmp_path / "outside.pdf")
    first, second = unpack(tmp_path / "案卷", spool)
    assert isinstance(first, SourceFile)
    assert isinstance(second, Refusal)
    assert isinstance(second.error, NotOpened)


def test_an_empty_folder_is_refused(tmp_path: Path, spool: Path) -> None:
    (tmp_path / "空").mkdir()
    assert isinstance(refused(unpack(tmp_path / "空", spool)), EmptyArchive)


def test_an_archive_in_a_folder_keeps_its_name_in_front(tmp_path: Path, spool: Path) -> None:
    put(tmp_path / "案卷", "附件.zip", zipped({"a.pdf": PDF}))
    (found,) = unpack(tmp_path / "案卷", spool)
    assert found.source == "附件.zip/a.pdf"


# --- archives -------------------------------------------------------------------------------------


def test_members_are_spooled_by_hash_and_not_by_name(tmp_path: Path, spool: Path) -> None:
    path = put(tmp_path, "案卷.zip", zipped({"材料/a.pdf": PDF, "材料/": b"", "__MACOSX/a": b"x"}))
    (found,) = unpack(path, spool)
    assert isinstance(found, SourceFile)
    assert found.source == "材料/a.pdf"
    assert found.path == spool / hashlib.sha256(PDF).hexdigest()
    assert found.path.read_bytes() == PDF


def test_gbk_names_are_read(tmp_path: Path, spool: Path) -> None:
    path = put(tmp_path, "案卷.zip", gbk_zip("案卷材料/01、现场笔录.pdf", PDF))
    assert [item.source for item in unpack(path, spool)] == ["案卷材料/01、现场笔录.pdf"]


def test_names_in_utf8_without_the_flag_and_unicode_extras_are_read() -> None:
    plain = zipfile.ZipInfo("送达回证.pdf".encode().decode("cp437"))
    assert member_name(plain) == "送达回证.pdf"
    extra = zipfile.ZipInfo("?.pdf")
    body = b"\x01\0\0\0\0" + "立案登记表.pdf".encode()
    extra.extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert member_name(extra) == "立案登记表.pdf"


def test_a_bad_member_does_not_stop_the_others(tmp_path: Path, spool: Path) -> None:
    path = put(tmp_path, "案卷.zip", zipped({"1.pdf": PDF, "2.pdf": b"", "3.pdf": PDF + b"\n"}))
    first, second, third = unpack(path, spool)
    assert isinstance(second, Refusal)
    assert isinstance(second.error, EmptyFile)
    assert isinstance(first, SourceFile)
    assert isinstance(third, SourceFile)


def test_a_corrupt_member_is_refused_alone(tmp_path: Path, spool: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("1.pdf", PDF)
        archive.writestr("2.pdf", PDF + b"tail")
    packed = out.getvalue().replace(b"tail", b"LIAT", 1)
    first, second = unpack(put(tmp_path, "案卷.zip", packed), spool)
    assert isinstance(first, SourceFile)
    assert isinstance(second, Refusal)
    assert isinstance(second.error, DamagedFile)


@pytest.mark.parametrize(
    "name", ["../a.pdf", "a/../../b.pdf", "/etc/a.pdf", "C:/a.pdf", "..\\a.pdf"]
)
def test_paths_that_lead_outside_refuse_the_archive(tmp_path: Path, spool: Path, name: str) -> None:
    path = put(tmp_path, "案卷.zip", zipped({"ok.pdf": PDF, name: PDF}))
    found = refused(unpack(path, spool))
    assert isinstance(found, UnsafeArchive)
    assert list(spool.iterdir()) == []


def test_a_link_in_an_archive_refuses_it(tmp_path: Path, spool: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.pdf")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    found = refused(unpack(put(tmp_path, "案卷.zip", out.getvalue()), spool))
    assert isinstance(found, UnsafeArchive)


def test_limits_of_an_archive_are_exact(tmp_path: Path, spool: Path) -> None:
    path = put(tmp_path, "案卷.zip", zipped({"1.pdf": PDF, "2.pdf": PDF}))
    total = 2 * len(PDF)
    assert len(unpack(path, spool, Limits(archive_bytes=total))) == 2
    assert isinstance(refused(unpack(path, spool, Limits(archive_bytes=total - 1))), UnsafeArchive)
    assert len(unpack(path, spool, Limits(archive_members=2))) == 2
    assert isinstance(refused(unpack(path, spool, Limits(archive_members=1))), UnsafeArchive)


def test_an_archive_that_understates_its_size_is_stopped_by_the_bytes_that_come(
    tmp_path: Path, spool: Path
) -> None:
    big = b"%PDF-1.4" + b"0" * 4_000_000
    packed = bytearray(zipped({"a.pdf": big}))
    small = struct.pack("<I", 100)
    for at in (packed.find(b"PK\x01\x02") + 24, 22):
        packed[at : at + 4] = small
    found = unpack(put(tmp_path, "案卷.zip", bytes(packed)), spool, Limits(archive_bytes=10_000))
    assert isinstance(found[0], Refusal)
    assert sum(item.stat().st_size for item in spool.iterdir()) <= 10_000


def test_archives_in_archives_are_read_to_the_third(tmp_path: Path, spool: Path) -> None:
    nested = zipped({"a.pdf": PDF})
    for _ in range(2):
        nested = zipped({"内.zip": nested})
    (found,) = unpack(put(tmp_path, "外.zip", nested), spool)
    assert found.source == "内.zip/内.zip/a.pdf"
    too_deep = put(tmp_path, "深.zip", zipped({"内.zip": nested}))
    assert isinstance(refused(unpack(too_deep, spool)), UnsafeArchive)


def test_an_encrypted_member_is_named(tmp_path: Path, spool: Path) -> None:
    packed = bytearray(zipped({"密.pdf": PDF}))
    for marker, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.find(marker) + offset] |= 1
    found = refused(unpack(put(tmp_path, "案卷.zip", bytes(packed)), spool))
    assert isinstance(found, EncryptedFile)
    assert "密.pdf" in found.text("zh")


def test_an_archive_of_leftovers_alone_is_empty(tmp_path: Path, spool: Path) -> None:
    path = put(tmp_path, "案卷.zip", zipped({"__MACOSX/a.pdf": PDF, "x/.DS_Store": b"1"}))
    assert isinstance(refused(unpack(path, spool)), EmptyArchive)


# --- order ----------------------------------------------------------------------------------------


def test_numbers_sort_as_numbers_and_chinese_numerals_too() -> None:
    names = ["十一、结案.pdf", "二、立案.pdf", "十、决定.pdf", "一、封面.pdf"]
    assert sorted(names, key=natural_order) == [names[3], names[1], names[2], names[0]]
    assert sorted(["p10.jpg", "p9.jpg", "p1.jpg"], key=natural_order) == [
        "p1.jpg",
        "p9.jpg",
        "p10.jpg",
    ]


@given(st.lists(st.text(min_size=1).filter(lambda text: "\0" not in text), min_size=2, max_size=6))
def test_any_names_can_be_ordered(names: list[str]) -> None:
    ordered = sorted(names, key=natural_order)
    assert sorted(ordered) == sorted(names)


@pytest.mark.parametrize("name", ["__MACOSX/x/a.pdf", "a/Thumbs.db", "~$文书.docx", "._a.pdf"])
def test_leftovers_are_told(name: str) -> None:
    assert is_junk(name)
    assert not is_junk("a/文书.docx")


def test_hostile_bytes_never_escape_as_another_error(tmp_path: Path, spool: Path) -> None:
    for seed in range(40):
        content = b"PK\x03\x04" + os.urandom(200) if seed % 2 else os.urandom(300)
        for item in unpack(put(tmp_path, f"{seed}.zip", content), spool):
            assert isinstance(item, Refusal)
