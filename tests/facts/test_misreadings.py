"""Scanned values that differ as recognition errs are doubtful; others are not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from review.documents.model import Box
from review.facts.misreadings import confirm
from review.facts.model import DocumentFacts, Evidence, Fact, IndexEntry
from tests.facts.papers import Sheet, case, paper


def record(kind: str, plate: str, *, scanned: bool, name: str = "样例运输有限公司"):
    sheet = Sheet(confidence=0.99 if scanned else 1.0)
    return paper(kind, sheet.form(["车牌号", plate], ["当事人", name]))


def doubted(odd: str, usual: str, *, scanned: bool) -> bool:
    found = case(
        record("立案登记表", usual, scanned=scanned),
        record("案件调查报告", usual, scanned=scanned),
        record("结案报告", odd, scanned=scanned),
    )
    fact = found.documents[2].first("plate")
    assert fact is not None
    assert fact.value == odd
    return fact.confidence < 0.8


@pytest.mark.parametrize(
    ("odd", "usual"),
    [
        ("苏XF1888", "苏XF188B"),
        ("苏XF18S3", "苏XF1853"),
        ("苏XQ1883", "苏XD1883"),
        ("苏X17405", "苏XH7405"),
    ],
)
def test_a_look_alike_in_a_scan_is_doubtful(odd, usual):
    assert doubted(odd, usual, scanned=True)
    assert not doubted(odd, usual, scanned=False)


@pytest.mark.parametrize(
    ("odd", "usual"), [("苏XF6238", "苏XF6283"), ("苏XF1883", "苏XF1443"), ("苏XF1885", "苏XF1884")]
)
def test_a_real_difference_in_a_scan_stands(odd, usual):
    assert not doubted(odd, usual, scanned=True)


def test_a_name_with_a_character_lost_in_a_scan_is_doubtful():
    documents = [record(kind, "苏XF1883", scanned=True) for kind in ("立案登记表", "案件调查报告")]
    odd = record("结案报告", "苏XF1883", scanned=True, name="样例运输有公司")
    fact = case(*documents, odd).documents[2].first("party_name")
    assert fact is not None
    assert fact.confidence < 0.8


def test_two_values_once_each_are_not_judged():
    found = case(
        record("立案登记表", "苏XF1883", scanned=True), record("结案报告", "苏XF188B", scanned=True)
    )
    assert all(fact.confidence >= 0.8 for _, fact in found.every("plate"))


def test_a_label_read_into_the_middle_of_a_scanned_name_is_doubtful():
    documents = [record(kind, "苏XF1883", scanned=True) for kind in ("立案登记表", "案件调查报告")]
    odd = record("结案报告", "苏XF1883", scanned=True, name="样例运输名称有限公司")
    fact = case(*documents, odd).documents[2].first("party_name")
    assert fact is not None
    assert fact.confidence < 0.8


def fined(written: str, *, scanned: bool, kind: str = "案件调查报告"):
    sheet = Sheet(confidence=0.99 if scanned else 1.0)
    return paper(kind, sheet.text(kind, f"建议给予罚款{written}的行政处罚。"))


@pytest.mark.parametrize(
    ("odd", "is_doubtful"),
    [
        ("4万元（贰万肆仟元整）", True),  # the beginning of 2.4万元 is lost
        ("24500元（贰万肆仟元整）", False),
        ("2.9万元（贰万肆仟元整）", False),
    ],
)
def test_an_amount_whose_beginning_a_scan_lost_is_doubtful(odd, is_doubtful):
    usual = "2.4万元（贰万肆仟元整）"
    for scanned in (True, False):
        found = case(
            fined(usual, scanned=scanned),
            fined(usual, scanned=scanned, kind="案件处理审批表"),
            fined(odd, scanned=scanned, kind="重大案件集体讨论记录"),
        )
        digits = found.documents[2].first("fine_digits_yuan")
        assert digits is not None
        assert digits.evidence.quote in odd
        assert (digits.confidence < 0.8) is (is_doubtful and scanned)


DAY = date(2025, 2, 5)


def dated(
    *others: tuple[str, object, float, float],
    name: str = "decided_on",
    value: object = DAY,
    sure: float = 0.7,
    scanned: bool = True,
    index: tuple[IndexEntry, ...] = (),
) -> float:
    """How sure a decision's day is after all papers were looked at; others at (name, value, sure,
    height on the page).
    """

    def fact(name: str, value: object, sure: float, top: float) -> Fact:
        evidence = Evidence("样例.pdf", 1, str(value), (Box(300, top, 400, top + 14),))
        return Fact(name, value, evidence, sure, 1)  # type: ignore[arg-type]

    decision = DocumentFacts(
        *(1, "行政处罚决定书", "行政处罚决定书", "样例.pdf", (2, 2), 0.98, True),
        facts=(fact(name, value, sure, 700), *(fact(*each) for each in others)),
        is_recognized=scanned,
    )
    rows = Fact("index_entries", index, Evidence("样例.pdf", 1, ""), 0.95, 0)
    contents = DocumentFacts(
        *(0, "卷内目录", "卷内目录", "样例.pdf", (1, 1), 0.98, True),
        facts=(rows,),
        is_recognized=scanned,
    )
    found = confirm((contents, decision))[1].first(name)
    assert found is not None
    assert found.value == value
    return found.confidence


def row(title: str, on: date | None) -> IndexEntry:
    return IndexEntry(title, 2, 2, on)


def test_a_doubtful_day_that_the_index_gives_for_that_paper_is_sure():
    assert dated(index=(row("行政处罚决定书", DAY),)) == 0.85
    assert dated(index=(row("行政处罚决定书", date(2025, 2, 15)),)) == 0.7
    assert dated(index=(row("送达回证", DAY),)) == 0.7
    assert dated(index=(row("行政处罚决定书", None),)) == 0.7


def test_a_doubtful_day_that_the_same_paper_was_signed_on_is_sure():
    assert dated(("signed_on", DAY, 0.85, 300)) == 0.85
    assert dated(("dated_on", DAY, 0.9, 300)) == 0.85
    assert dated(("signed_on", DAY, 0.84, 300)) == 0.7
    assert dated(("signed_on", DAY, 0.9, 700)) == 0.7  # the same place was read only once
    assert dated(("act_on", DAY, 0.9, 300)) == 0.7  # another thing on the same day


def test_guesses_typed_days_hours_and_sure_days_stay_as_they_are():
    index = (row("行政处罚决定书", DAY),)
    assert dated(sure=0.5, index=index) == 0.85
    assert dated(sure=0.49, index=index) == 0.49
    assert dated(sure=0.95, index=index) == 0.95
    assert dated(scanned=False, index=index) == 0.7
    at = datetime(2025, 2, 5, 9, 30)  # noqa: DTZ001 - papers give no zone
    assert dated(("signed_on", at, 0.9, 300), name="started_at", value=at) == 0.7


def test_a_doubtful_day_of_which_another_paper_tells_is_sure():
    assert dated(("decided_on_quoted", DAY, 0.85, 300)) == 0.85
    assert dated(("decided_on_quoted", DAY, 0.84, 300)) == 0.7
    assert dated(("decided_on_quoted", date(2025, 2, 15), 0.95, 300)) == 0.7
    assert dated(("paid_on_quoted", DAY, 0.95, 300)) == 0.7  # another event of the same day


def test_a_doubtful_fine_in_digits_that_stands_in_words_is_sure():
    def sure(words: Decimal, words_sure: float, *, name: str = "fine_notified_yuan") -> float:
        amount = Decimal(31000)
        given = (("fine_words_yuan", words, words_sure, 300.0),)
        return dated(*given, name=name, value=amount, sure=0.79)

    assert sure(Decimal(31000), 0.85) == 0.85
    assert sure(Decimal(31000), 0.85, name="fine_yuan") == 0.85
    assert sure(Decimal(31000), 0.84) == 0.79
    assert sure(Decimal(34000), 0.95) == 0.79
    assert sure(Decimal(31000), 0.95, name="gains_yuan") == 0.79
