"""The published JSON: normal forms, order, places."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from review.documents.model import CaseReading, FileReport, FileStatus, Reason
from review.facts.extract import extract
from review.facts.interface import as_json, value_text
from review.facts.model import IndexEntry, Officer
from tests.facts.papers import Sheet, paper


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2023, 3, 27), "2023-03-27"),
        (datetime.fromisoformat("2023-03-27 09:05"), "2023-03-27T09:05"),
        (Decimal("4500.00"), "4500"),
        (Decimal("0.5"), "0.50"),
        (34268, "34268"),
        (True, "true"),
        ("样交罚〔2024〕12号", "样交罚〔2024〕12号"),
        ((Officer("于样德", "0320839174"),), '[{"name": "于样德", "cert_no": "0320839174"}]'),
        ((Officer("于样德"),), '[{"name": "于样德", "cert_no": null}]'),
        (("甲", "乙"), '["甲", "乙"]'),
        ((1, 2), "[1, 2]"),
        (
            (IndexEntry("立案登记表", 1, None, date(2024, 3, 1)),),
            '[{"title": "立案登记表", "page_from": 1, "page_to": null, "dated_on": "2024-03-01"}]',
        ),
    ],
)
def test_normal_forms(value, text):
    assert value_text(value) == text


def reading() -> CaseReading:
    document = paper(
        "行政处罚决定书",
        Sheet().text(
            "行政处罚决定书",
            "样交罚〔2024〕12号",
            "张样例：",
            "决定罚款200元。",
            "样例局",
            "2024年5月1日",
        ),
    )
    files = (
        FileReport("样例.pdf", "0" * 64, "pdf", 1, FileStatus.READ),
        FileReport(
            "坏.pdf",
            "1" * 64,
            "pdf",
            None,
            FileStatus.REFUSED,
            Reason("DOC-006", "已损坏", "damaged"),
        ),
    )
    return CaseReading("样例案卷", files, (document,))


def test_the_object_of_read():
    found = as_json(reading(), extract(reading()))
    json.dumps(found, ensure_ascii=False)
    assert list(found) == ["path", "case_no", "procedure", "files", "documents", "facts"]
    assert (found["path"], found["case_no"], found["procedure"]) == (
        "样例案卷",
        "样交罚〔2024〕12号",
        "ordinary",
    )
    assert found["files"][1]["status"] == "refused"
    assert found["files"][1]["reason"]["code"] == "DOC-006"
    assert found["documents"][0]["pages"] == [1, 1]


def test_merged_facts_come_first_and_papers_name_themselves():
    rows = as_json(reading(), extract(reading()))["facts"]
    own = ["document" in row for row in rows]
    assert own == sorted(own)
    fine = next(row for row in rows if row["name"] == "fine_yuan")
    assert fine["value"] == "200"
    assert fine["quote"] == "200元"
    assert fine["page"] == 1
    assert len(fine["box"]) == 4


def test_nothing_read_is_still_an_object():
    empty = CaseReading("空", (), ())
    found = as_json(empty, extract(empty))
    assert (found["case_no"], found["procedure"], found["documents"], found["facts"]) == (
        None,
        None,
        [],
        [],
    )
