"""Workbooks in: what is read, with which address, and what is refused with the remedy."""

import contextlib
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from review.common import tabular
from review.common.tabular import Formula, column_letter, column_number, read_workbook
from review.errors import (
    ConvertFirst,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    TooLarge,
    UnknownFormat,
    UnreadableFile,
    WrongExtension,
)

NINE_TEN = datetime(2023, 3, 7, 9, 10)  # noqa: DTZ001  (a cell has no time zone)


def workbook(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def simple(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet.title = "台账"
    sheet.append([" 案号 ", "罚款", "日期", "时间", None, ""])
    sheet.append(["样例1号", 2000, date(2023, 3, 7), NINE_TEN])
    sheet.append([])
    sheet.append(["样例2号", 12.5, True])


def test_cells_keep_their_types_and_addresses() -> None:
    read = read_workbook(workbook(simple), "台账.xlsx")
    (sheet,) = read.sheets
    assert (read.name, sheet.name, read.encoding) == ("台账.xlsx", "台账", None)
    first, second, third, fourth = sheet.rows
    assert first.values == ("案号", "罚款", "日期", "时间")
    assert second.values == ("样例1号", 2000, date(2023, 3, 7), NINE_TEN)
    assert third.is_blank
    assert (fourth.number, fourth.values) == (4, ("样例2号", Decimal("12.5"), True))
    assert fourth.value(9) is None


def test_hidden_sheets_are_left_out() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        simple(book)
        book.create_sheet("字典").sheet_state = "hidden"

    assert [sheet.name for sheet in read_workbook(workbook(fill), "a.xlsx").sheets] == ["台账"]


def test_a_formula_without_a_result_is_not_empty() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["=A2&A3", None])

    read = read_workbook(workbook(fill), "a.xlsx")
    assert read.sheets[0].rows[0].values == (Formula("=A2&A3"),)


def test_a_formula_with_a_result_gives_the_result() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet().write_formula("A1", "=1+1", None, 2)
    assert read_workbook(target.getvalue(), "a.xlsx").sheets[0].rows[0].values == (2,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_usual_encodings(encoding: str) -> None:
    raw = '案号,案由\r\n"样例,1号","多行\n内容"\r\n'.encode(encoding)
    read = read_workbook(raw, "台账.csv")
    assert read.encoding is not None
    assert [row.values for row in read.sheets[0].rows] == [
        ("案号", "案由"),
        ("样例,1号", "多行\n内容"),
    ]
    assert read.sheets[0].name == "台账"


@pytest.mark.parametrize("mark", ["\t", ";", "；", "|"])
def test_other_separators(mark: str) -> None:
    raw = f"案号{mark}案由\n1{mark}2\n".encode()
    assert read_workbook(raw, "a.txt").sheets[0].rows[1].values == ("1", "2")


def zip_of(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("raw", "name", "error", "words"),
    [
        (b"", "a.xlsx", EmptyFile, "empty"),
        (OLE, "a.xls", ConvertFirst, "save it as .xlsx"),
        (OLE, "a.xlsx", ConvertFirst, "old Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", EncryptedFile, "password"),
        (b"%PDF-1.7\n%...", "a.xlsx", UnknownFormat, "PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", ConvertFirst, "web-page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "a.xls", ConvertFirst, "web-page"),
        ("案号,案由\n".encode(), "a.xlsx", WrongExtension, "text (CSV)"),
        ("案号,案由\n".encode(), "a.xls", WrongExtension, "text (CSV)"),
        ("案号,案由\n".encode(), "a.docx", UnknownFormat, "text (.docx)"),
        (workbook(simple), "a.csv", WrongExtension, "an Excel workbook"),
        (workbook(simple)[:900], "a.xlsx", DamagedFile, "cannot be opened"),
        (zip_of(word__document_xml=b"x"), "a.xlsx", UnknownFormat, "a Word document"),
        (zip_of(readme=b"x"), "a.xlsx", UnknownFormat, "ZIP"),
        (zip_of(xl__workbook_xml=b"<workbook/>"), "a.xlsx", DamagedFile, "cannot be opened"),
        (b"abc\x00\x01\x02", "a.csv", UnknownFormat, "binary"),
        (b'a,"b\n', "a.csv", DamagedFile, "quotes"),
        (b"\xff\xfe\x00", "a.csv", UnknownFormat, "binary"),
    ],
)
def test_refusals_name_file_and_remedy(raw: bytes, name: str, error, words: str) -> None:
    with pytest.raises(error) as refused:
        read_workbook(raw, name)
    assert type(refused.value) is error
    assert words in refused.value.text("en")
    assert name in refused.value.text("zh")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    raw = zip_of(xl__workbook_xml=b"x", xl__big_xml=b"\0" * 5_000_000)
    limit = tabular.MAX_UNPACKED
    tabular.MAX_UNPACKED = 1_000_000
    try:
        with pytest.raises(TooLarge, match="too large"):
            read_workbook(raw, "a.xlsx")
    finally:
        tabular.MAX_UNPACKED = limit


def test_too_many_columns_and_bytes() -> None:
    with pytest.raises(TooLarge, match="columns"):
        read_workbook(b",".join([b"x"] * 301), "a.csv")
    with pytest.raises(TooLarge, match="MB"):
        read_workbook(b"a" * (tabular.MAX_BYTES + 1), "a.csv")


@given(st.integers(0, 20000))
def test_letters_of_columns_round_trip(column: int) -> None:
    assert column_number(column_letter(column)) == column


def test_letters_known() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [column_number(text) for text in ("A1", "列", "", "ABCDE")] == [None] * 4


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        read_workbook(raw, "a.csv")
