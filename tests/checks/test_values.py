"""Typed reading of facts, and when two things that papers write are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from review.checks import values
from review.facts.model import Fact, FactValue, Officer
from tests.checks.building import case_of, document_of, fact

MOMENT = datetime(2023, 3, 7, 9, 10)  # noqa: DTZ001  (as records write it)
DAY = date(2023, 3, 7)


def holding(value: FactValue) -> Fact:
    """A fact with this very value, whatever its name promises."""
    return replace(fact("decided_on", DAY), value=value)


READINGS: list[tuple[Callable[[Fact | None], Any], FactValue, Any]] = [
    (values.day, DAY, DAY),
    (values.day, MOMENT, DAY),
    (values.day, "2023-03-07", None),
    (values.instant, MOMENT, MOMENT),
    (values.instant, DAY, None),
    (values.yuan, Decimal("12.5"), Decimal("12.5")),
    (values.yuan, 3000, Decimal(3000)),
    (values.yuan, True, None),
    (values.yuan, "3000", None),
    (values.count, 3, 3),
    (values.count, 0, 0),
    (values.count, True, None),
    (values.count, Decimal(3), None),
    (values.words, "样例", "样例"),
    (values.words, 3, None),
    (values.written, "样例", "样例"),
    (values.written, 3, ""),
    (values.says, True, True),
    (values.says, False, False),
    (values.says, 1, None),
    (values.names, "样例甲", ("样例甲",)),
    (values.names, "  ", ()),
    (values.names, ("样例甲", " ", "样例乙"), ("样例甲", "样例乙")),
    (values.names, (1, 2), ()),
    (values.names, 3, ()),
    (values.numbers, (1, 2), (1, 2)),
    (values.numbers, ("样例甲",), ()),
    (values.numbers, 3, ()),
    (values.officers, (Officer("样例甲", "1"),), (Officer("样例甲", "1"),)),
    (values.officers, ("样例甲",), ()),
    (values.officers, "样例甲", ()),
]


@pytest.mark.parametrize(("reader", "value", "expected"), READINGS)
def test_a_value_of_another_type_reads_as_nothing(
    reader: Callable[[Fact | None], Any], value: FactValue, expected: Any
) -> None:
    assert reader(holding(value)) == expected
    assert type(reader(holding(value))) is type(expected)


@pytest.mark.parametrize(
    ("reader", "nothing"),
    [
        *((each, None) for each in (values.day, values.instant, values.yuan, values.count)),
        *((each, None) for each in (values.words, values.says)),
        *((each, ()) for each in (values.names, values.numbers, values.officers)),
        (values.written, ""),
    ],
)
def test_a_fact_that_was_not_read_reads_as_nothing(
    reader: Callable[[Fact | None], Any], nothing: Any
) -> None:
    assert reader(None) == nothing


@pytest.mark.parametrize(
    ("amount", "text"), [("3000", "3000"), ("3000.00", "3000"), ("1234.5", "1234.50"), ("0", "0")]
)
def test_money_is_written_without_needless_decimals(amount: str, text: str) -> None:
    assert values.money(Decimal(amount)) == text


def test_what_was_not_read_is_named_in_both_languages() -> None:
    case = case_of({"facts": {"decided_on": DAY}})
    missing = values.absent(case, "filed_on", "decided_on", "served_on")
    assert missing == ("filed_on", "served_on")
    zh, en = values.missing_text(missing)
    assert zh == f"未读到：{values.label('filed_on').zh}、{values.label('served_on').zh}"
    assert en == f"not read: {values.label('filed_on').en}, {values.label('served_on').en}"


@pytest.mark.parametrize(
    ("papers", "may_be_claimed"),
    [
        (["现场笔录"] * 3, False),
        (["现场笔录"] * 4, True),
        (["卷宗封面"], True),
        (["卷内目录"], True),
        (["备考表"], True),
    ],
)
def test_a_paper_is_missing_only_from_a_whole_file(papers: list[str], may_be_claimed: bool) -> None:
    case = case_of({"documents": [{"kind": each} for each in papers], "loose": True})
    gap = values.missing_paper(case, of=("送达回证",))
    assert gap.may_be_claimed is may_be_claimed
    assert any("零散" in zh for zh, _ in gap.obstacles) is not may_be_claimed
    outcome = values.without_papers(case, ("送达回证",), "送达回证", "proof of service").outcome
    assert outcome == ("not_applicable" if may_be_claimed else "unknown")


def test_a_paper_is_named_by_title_and_first_page() -> None:
    paged = document_of(0, {"kind": "现场笔录", "title": "检查笔录", "pages": (5, 6)})
    loose = document_of(0, {"kind": "现场笔录", "title": "", "word": True})
    assert values.page_of(paged) == "《检查笔录》（第5页）"
    assert values.page_of_en(paged) == "检查笔录 (page 5)"
    assert values.page_of(loose) == "《现场笔录》"
    assert values.page_of_en(loose) == "现场笔录"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("苏坛交执罚〔2023〕0012号", ("苏坛交执罚", "苏坛交", "2023", "12")),
        ("苏坛交执罚[2023]第12号", ("苏坛交执罚", "苏坛交", "2023", "12")),
        ("苏坛交执立〔2023〕12号", ("苏坛交执立", "苏坛交", "2023", "12")),
        ("苏 坛 交 罚 （２０２３） １２ 号", ("苏坛交罚", "苏坛交", "2023", "12")),
        ("苏坛交罚〔2023〕000号", ("苏坛交罚", "苏坛交", "2023", "0")),
        ("苏坛交罚〔1823〕12号", None),
        ("无号", None),
    ],
)
def test_case_numbers_are_compared_by_prefix_year_and_serial(
    text: str, parts: tuple[str, str, str, str] | None
) -> None:
    assert values.case_number(text) == parts


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("苏D12345", "苏DI2345", True),
        ("苏D80000", "苏DBOOOO", True),
        ("苏XH5356", "苏X115356", True),
        ("苏XH5356", "苏X15356", False),
        ("苏D12345", "苏D12346", False),
        ("苏D12345", "苏D1234", False),
    ],
)
def test_plates_look_alike_in_characters_that_recognition_confuses(
    one: str, other: str, alike: bool
) -> None:
    assert values.looks_alike(one, other) is alike


def test_names_and_plates_are_compared_without_width_brackets_and_case() -> None:
    assert values.same_name("样例（金坛）公司", "样例(金坛) 公司")
    assert values.same_name("abc公司", "ABC公司")
    assert not values.same_name("样例公司", "样例公司二")
    assert values.plate_key("苏d·12345") == "苏D12345"
    assert values.is_trailer("苏D1234挂")
    assert not values.is_trailer("苏D12345")


def mass(kg: int, quote: str) -> Fact:
    read = fact("weighed_kg", kg)
    return replace(read, evidence=replace(read.evidence, quote=quote))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (mass(31380, "31380千克"), mass(31380, "31.38吨"), True),
        (mass(31380, "31380千克"), mass(31400, "31.4吨"), True),
        (mass(31350, "31350千克"), mass(31400, "31.4吨"), True),
        (mass(31349, "31349千克"), mass(31400, "31.4吨"), False),
        (mass(31380, "31380千克"), mass(31400, "31400千克"), False),
        (mass(31500, "31500千克"), mass(31000, "31吨"), True),
        (mass(31501, "31501千克"), mass(31000, "31吨"), False),
        (mass(31400, "31.4吨"), mass(31380, "31,380千克"), True),
        (mass(31380, "31380千克"), mass(31381, "31.381吨"), False),
    ],
)
def test_a_mass_in_tonnes_is_as_exact_as_it_is_printed(one: Fact, other: Fact, same: bool) -> None:
    assert values.same_mass(one, other) is same
    assert values.same_mass(other, one) is same


def test_a_mass_that_is_no_number_is_no_mass() -> None:
    whole = mass(31380, "31380千克")
    assert not values.same_mass(whole, replace(whole, value="样例"))
    assert not values.same_mass(replace(whole, value="样例"), whole)


def test_the_last_decision_counts_and_kinds_narrow_it() -> None:
    case = case_of({"documents": [{"kind": "行政处罚决定书"}, {"kind": "当场行政处罚决定书"}]})
    last, ordinary = values.the_decision(case), values.the_decision(case, "行政处罚决定书")
    assert last is not None
    assert ordinary is not None
    assert (last.kind, ordinary.kind) == ("当场行政处罚决定书", "行政处罚决定书")
    assert values.the_decision(case_of({"documents": [{"kind": "现场笔录"}]})) is None


def test_facts_of_some_kinds_of_paper_come_in_order() -> None:
    papers = [
        {"kind": "现场笔录", "facts": {"plate": "苏A1"}},
        {"kind": "询问笔录", "facts": {"plate": "苏A2"}},
        {"kind": "现场照片", "facts": {"plate": "苏A3"}},
    ]
    found = values.every_of(case_of({"documents": papers}), "plate", ("现场照片", "现场笔录"))
    assert [held.value for _, held in found] == ["苏A1", "苏A3"]


def test_a_paper_affirms_by_its_first_true_fact() -> None:
    paper = document_of(0, {"kind": "现场笔录", "facts": {"recusal_told": {"many": [False, True]}}})
    found = values.affirmed(paper, "recusal_told")
    assert found is not None
    assert found.value is True
    denied = document_of(0, {"kind": "现场笔录", "facts": {"recusal_told": False}})
    assert values.affirmed(denied, "recusal_told") is None


def notice(**facts: date) -> dict[str, Any]:
    return {"kind": "违法行为通知书", "facts": facts}


@pytest.mark.parametrize(
    ("papers", "place"),
    [
        ([notice(notice_on=date(2023, 3, 17)), notice(notice_on=date(2023, 3, 20))], 1),
        ([notice(notice_on=date(2023, 3, 20)), notice(notice_on=date(2023, 3, 17))], 0),
        ([notice(dated_on=date(2023, 3, 20)), notice(notice_on=date(2023, 3, 17))], 0),
        ([notice(notice_on=date(2023, 3, 17)), notice()], 0),
        ([notice(), notice()], 1),
        ([notice(notice_on=date(2023, 3, 17), dated_on=date(2023, 3, 30)),
          notice(notice_on=date(2023, 3, 20))], 1),
    ],
)  # fmt: skip
def test_the_last_notice_is_the_latest_or_else_the_last_in_the_file(
    papers: list[dict[str, Any]], place: int
) -> None:
    found = values.last_notice(case_of({"documents": papers}).of_kind("违法行为通知书"))
    assert found is not None
    assert found.index == place
    assert values.last_notice(()) is None


def test_officers_of_a_paper_come_once() -> None:
    listed = [["样例甲", "1"], ["样例 甲", None], ["", "2"], ["样例乙", "3"]]
    paper = document_of(0, {"kind": "现场笔录", "facts": {"officers": listed}})
    assert values.officer_names(paper) == ("样例甲", "样例乙")


@pytest.mark.parametrize(
    ("wrong", "is_amended"), [("3500元", True), ("3600元", False), ("", False), ("（）", False)]
)
def test_a_correction_speaks_of_the_very_words(wrong: str, is_amended: bool) -> None:
    paper = {"kind": "补正说明", "facts": {"amendment": "罚款3500元系笔误，应为3000元"}}
    assert values.amended(case_of({"documents": [paper]}), wrong) is is_amended
