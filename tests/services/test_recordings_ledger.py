"""From a ledger of recordings as a workbook, by the recordings themselves, to what is found."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date

import openpyxl
from sqlmodel import select

from review.checks.tables import CheckRow
from review.db.session import reading
from review.services.rules import register_import
from tests.documents.test_formats import motion_jpeg
from tests.services.test_importing import CASE_NO, SUMMARY, hand_in, known, run

__all__ = ["known"]
HEADINGS = ("文件名称", "文件校验值", "关联案号", "记录仪编号", "使用人", "上传时间", "销毁日期")
KEPT, CHANGED, GONE = (f"DSJ-A1_0123456_20240312{at}_000{at}.avi" for at in (1, 2, 3))


def ledger(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_ledger_of_recordings_is_matched_by_name_digest_and_case(known, tmp_path) -> None:
    videos = {KEPT: motion_jpeg(1), CHANGED: motion_jpeg(2)}
    digest = hashlib.sha256(videos[KEPT]).hexdigest()
    register_import.import_register(
        known.engine,
        known.regulations,
        "recordings",
        raw=ledger(
            (KEPT, digest, CASE_NO, "DSJ-A1_0123456", "样例甲", "2024-03-13", ""),
            (CHANGED, "0" * 64, CASE_NO, "DSJ-A1_0123456", "样例甲", "2024-03-13", ""),
            (GONE, "1" * 64, CASE_NO, "DSJ-A1_0123456", "样例甲", "2024-03-13", "2024-05-06"),
        ),
        name="音像记录清单.xlsx",
        valid_from=date(2024, 1, 1),
    )
    packed = tmp_path / "案卷和录像.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SUMMARY, "案卷.pdf")
        for name, video in videos.items():
            archive.writestr(name, video)
    run(known, hand_in(known, packed))
    with reading(known.engine) as session:
        rows = session.exec(
            select(CheckRow).where(CheckRow.case_id == known.case_id, CheckRow.check_id == "REG007")
        ).all()
        (row,) = rows
        assert (row.outcome, row.severity) == ("fail", "minor")
        assert KEPT not in row.message_zh
        for words in (f"音像文件{CHANGED}的校验值与台账不同", f"{GONE}于2024-05-06删除"):
            assert words in row.message_zh
