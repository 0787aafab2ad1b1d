"""Workbooks in: rows of .xlsx and .csv files with the address of every cell.

The content decides what a file is, not its name. What cannot be read is refused with the remedy:
old .xls, encrypted workbooks, renamed files, damaged or oversized ones.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from pathlib import PurePath

import filetype
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from review.errors import (
    ConvertFirst,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    TooLarge,
    UnknownFormat,
    WrongExtension,
)

MAX_BYTES = 50_000_000
MAX_UNPACKED = 400_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 300
"""Far beyond any ledger; what is larger is refused before it eats the memory."""

TEXT_NAMES = frozenset({".csv", ".txt", ".tsv"})
WORKBOOK_NAMES = frozenset({".xlsx", ".xlsm"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula whose result the workbook does not hold; it counts as unreadable, not as empty."""

    text: str


CellValue = None | bool | int | Decimal | date | datetime | time | timedelta | str | Formula
"""Numbers are `int` or `Decimal`; a date cell without a time of day is a `date`; text is stripped,
and empty text is None."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing that is wrong in a workbook, said in both languages.

    `row` and `column` are as the program shows them; None where the whole sheet is meant.
    """

    sheet: str
    row: int | None
    column: str | None
    zh: str
    en: str

    def text(self, language: str) -> str:
        """Where and what, in `zh` or `en`."""
        if language.startswith("en"):
            place = f"sheet {self.sheet}"
            place += f", row {self.row}" if self.row is not None else ""
            place += f", column {self.column}" if self.column is not None else ""
            return f"{place}: {self.en}"
        place = f"工作表“{self.sheet}”"
        place += f"第 {self.row} 行" if self.row is not None else ""
        place += f" {self.column} 列" if self.column is not None else ""
        return f"{place}：{self.zh}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts from 1 as the program shows it; `values` from column A."""

    sheet: str
    number: int
    values: tuple[CellValue, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return all(value is None for value in self.values)

    def value(self, column: int) -> CellValue:
        """The value of a column (0 is A); None beyond the last."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet with its rows in order, blank ones included."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was read. `encoding` is that of a text file, None for a workbook."""

    name: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None


def column_letter(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int | None:
    """The column of its letters: A is 0; None where they are none."""
    if not letters.isascii() or not letters.isalpha() or len(letters) > 4:
        return None
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def read_workbook(raw: bytes, name: str) -> Workbook:
    """The rows of a workbook or text table.

    Args:
        raw: the whole file.
        name: its name; only used in messages and to see whether it fits the content.

    Raises:
        EmptyFile, TooLarge, ConvertFirst, EncryptedFile, WrongExtension, UnknownFormat, DamagedFile
    """
    if not raw:
        raise EmptyFile(file=name)
    if len(raw) > MAX_BYTES:
        raise _too_large(name, f"{len(raw) // 1_000_000} MB", f"{MAX_BYTES // 1_000_000} MB")
    suffix = PurePath(name).suffix.lower()
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise EncryptedFile(file=name)
        raise _convert(name, "旧版 Excel（.xls）", "old Excel (.xls)")
    if raw.startswith(b"PK"):
        _refuse_unsafe(raw, name)
        if suffix and suffix not in WORKBOOK_NAMES:
            raise WrongExtension(file=name, found="Excel 工作簿", found_en="an Excel workbook")
        return Workbook(name, tuple(_sheets(raw, name)))
    kind = filetype.guess(raw)
    if kind is not None:
        raise UnknownFormat(file=name, found=kind.extension.upper())
    head = raw[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise _convert(name, "网页表格", "web-page table")
    text, encoding = _decoded(raw, name)
    if suffix in WORKBOOK_NAMES or suffix in {".xls", ".et"}:
        raise WrongExtension(file=name, found="文本（CSV）", found_en="text (CSV)")
    if suffix and suffix not in TEXT_NAMES:
        raise UnknownFormat(file=name, found=f"文本（{suffix}）", found_en=f"text ({suffix})")
    stem = PurePath(name).stem or name
    return Workbook(name, (Sheet(stem, tuple(_text_rows(text, name, stem))),), encoding)


# --- workbooks ----------------------------------------------------------------------------------


def _refuse_unsafe(raw: bytes, name: str) -> None:
    """Look into the archive before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise _damaged(name) from problem
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        found = ("Word 文档", "a Word document") if "word/document.xml" in names else ("ZIP", "ZIP")
        raise UnknownFormat(file=name, found=found[0], found_en=found[1])
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > 5000:
        limit = f"{MAX_UNPACKED // 1_000_000} MB"
        raise _too_large(name, f"{unpacked // 1_000_000} MB", limit)


def _sheets(raw: bytes, name: str) -> Iterator[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks on extensions that no value depends on
        try:
            results = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            formulas = load_workbook(io.BytesIO(raw), read_only=True)
            for sheet in results.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                other = formulas[sheet.title]
                sheet.reset_dimensions()
                other.reset_dimensions()
                pairs = zip_longest(
                    sheet.iter_rows(values_only=True), other.iter_rows(values_only=True)
                )
                rows = []
                for number, (values, texts) in enumerate(pairs, 1):
                    _refuse_too_many(name, number, len(values or ()))
                    cells = _cells(values or (), texts or ())
                    rows.append(Row(sheet.title, number, cells))
                yield Sheet(sheet.title, tuple(rows))
        except (
            zipfile.BadZipFile,
            zlib.error,
            InvalidFileException,
            SyntaxError,  # what the XML parser raises
            AttributeError,
            EOFError,
            KeyError,
            IndexError,
            OSError,
            TypeError,
            ValueError,
        ) as problem:
            raise _damaged(name) from problem


def _cells(values: Sequence[object], formulas: Sequence[object]) -> tuple[CellValue, ...]:
    cells = [
        _cell(value, formula) for value, formula in zip_longest(values, formulas, fillvalue=None)
    ]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _cell(value: object, formula: object) -> CellValue:
    if value is None:
        is_formula = isinstance(formula, str) and formula.startswith("=")
        return Formula(str(formula)) if is_formula else None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool | int | time | timedelta):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(repr(value))
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    return str(value)


# --- text ---------------------------------------------------------------------------------------


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """Text and encoding: by the mark, else UTF-8, else the Chinese standard encoding."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(ch < " " and ch not in "\t\r\n\f" for ch in text[:100_000]):
            break
        return text, encoding
    raise UnknownFormat(file=name, found="二进制数据", found_en="binary data")


def _text_rows(text: str, name: str, sheet: str) -> Iterator[Row]:
    lines = text.split("\n", 10)[:10]
    delimiter = max(",\t;，；|", key=lambda mark: sum(line.count(mark) for line in lines))
    try:
        for number, values in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
        ):
            _refuse_too_many(name, number, len(values))
            yield Row(sheet, number, _cells(values, ()))
    except csv.Error as problem:
        raise DamagedFile(
            file=name, reason="CSV 引号不成对", reason_en="unbalanced quotes in the CSV"
        ) from problem


# --- refusals -----------------------------------------------------------------------------------


def _refuse_too_many(name: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise _too_large(name, f"{rows} 行", f"{MAX_ROWS} 行")
    if columns > MAX_COLUMNS:
        raise _too_large(name, f"{columns} 列", f"{MAX_COLUMNS} 列")


def _too_large(name: str, found: str, limit: str) -> TooLarge:
    def english(size: str) -> str:
        return size.replace("行", "rows").replace("列", "columns")

    return TooLarge(
        file=name, found=found, limit=limit, found_en=english(found), limit_en=english(limit)
    )


def _convert(name: str, zh: str, en: str) -> ConvertFirst:
    return ConvertFirst(
        file=name,
        found=zh,
        found_en=en,
        remedy="用 Excel 或 WPS 打开并另存为 .xlsx",
        remedy_en="open it in Excel or WPS and save it as .xlsx",
    )


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(
        file=name, reason="工作簿无法打开", reason_en="the workbook cannot be opened"
    )
