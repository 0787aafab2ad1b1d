"""Editions as workbooks: the same after a trip, refused with sheet, row and column."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.checks.catalogue import checks
from review.common.datafile import parse_data_file, read_data_file
from review.common.tabular import read_workbook
from review.reports.edition_xlsx import edition_xlsx
from review.scoring.checklist import list_editions
from review.scoring.edition_file import EditionFile
from review.scoring.edition_workbook import ReadEdition, read_edition

ROOT = Path(__file__).parents[2]
SHIPPED = list_editions(ROOT / "checklists")
WAIVED = next(each for each in SHIPPED if each.kind == "penalty-waived")
IDS = [check.id for check in checks()]


def read(raw: bytes, kind: str = "sample", day: date = date(2026, 1, 1)) -> ReadEdition:
    return read_edition(read_workbook(raw, "标准.xlsx"), kind=kind, in_force=day, known_checks=IDS)


def model_of(found: ReadEdition) -> EditionFile:
    assert found.text is not None, [each.text("zh") for each in found.problems]
    return EditionFile.model_validate(
        parse_data_file(Path("sample.yaml"), found.text.encode()).content
    )


@pytest.mark.parametrize("place", SHIPPED, ids=lambda each: each.kind)
def test_a_shipped_edition_comes_back_the_same(place) -> None:  # type: ignore[no-untyped-def]  # a parameter of the table
    model = EditionFile.model_validate(read_data_file(place.path).content)
    found = read(edition_xlsx(model), place.kind, place.in_force_on)
    named = {"kind": place.kind, "in_force": place.in_force_on}
    assert model_of(found) == model.model_copy(update=named)
    assert found.edition is not None
    assert edition_xlsx(model) == edition_xlsx(model)


words = st.text(st.characters(categories=("L", "N"), max_codepoint=0x9FFF), min_size=1, max_size=8)
points = st.integers(1, 200).map(lambda number: Decimal(number) / 10)
items = st.fixed_dictionaries(
    {
        "title": st.builds(lambda zh, en: {"zh": zh, "en": en}, words, st.just("") | words),
        "points": points,
    },
    optional={
        "guidance": words.map(lambda text: {"zh": text, "en": ""}),
        "sources": st.just(["administrative-penalty-law#art-33"]),
        "checks": st.lists(st.sampled_from(IDS), max_size=2, unique=True),
        "time_code": st.booleans(),
        "procedures": st.just(["summary", "waived"]),
    },
)


@settings(max_examples=8)
@given(words, st.lists(st.lists(items, min_size=1, max_size=3), min_size=1, max_size=3))
def test_any_edition_comes_back_the_same(title: str, groups: list[list[dict]]) -> None:
    total = sum((item.get("points", Decimal(0)) for group in groups for item in group), Decimal(0))
    content = {
        "title": {"zh": title, "en": ""},
        "kind": "sample",
        "in_force": date(2026, 1, 1),
        "total": total,
        "sections": [
            {
                "id": f"S{place}",
                "title": {"zh": f"分区{place}", "en": ""},
                "items": [
                    {
                        "id": f"I{place}-{number}",
                        **item,
                        "deduct": [{"id": "a", "zh": "情形", "points": item["points"]}],
                    }
                    for number, item in enumerate(group)
                ],
            }
            for place, group in enumerate(groups)
        ],
    }
    model = EditionFile.model_validate(content)
    assert model_of(read(edition_xlsx(model))) == model


def changed(sheet: str, cell: str, value: object) -> bytes:
    model = EditionFile.model_validate(read_data_file(WAIVED.path).content)
    book = openpyxl.load_workbook(io.BytesIO(edition_xlsx(model)))
    book[sheet][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "place", "said"),
    [
        ("标准", "B12", "一百", ("标准", 12, "B"), "不是数字"),
        ("标准", "B11", "快速程序", ("标准", 11, "B"), "之一"),
        ("标准", "A3", "标题", ("标准", 3, "A"), "没有“标题”"),
        ("评查项", "F5", 14, ("标准", 12, "B"), "合计"),
        ("评查项", "A5", "Z", ("评查项", 5, "A"), "不在"),
        ("评查项", "B6", "没有 编号", ("评查项", 6, "B"), "不符合要求"),
        ("评查项", "D6", None, ("评查项", 6, "E"), "缺少"),
        ("评查项", "Q2", "ZZZ999", ("评查项", 2, "Q"), "没有机检"),
        ("评查项", "H2", "对", ("评查项", 2, "H"), "应为“是”或者“否”"),
        ("扣分情形", "A2", "无此项", ("扣分情形", 2, "A"), "不在"),
        ("扣分情形", "E2", 999, ("扣分情形", 2, "E"), "超过该项分值"),
        ("等次", "C2", 20, ("等次", 3, "A"), "由高到低"),
        ("分区", "C1", "备注", ("分区", 1, "C"), "没有“备注”这一列"),
    ],
)
def test_a_problem_names_its_cell(
    sheet: str, cell: str, value: object, place: tuple[str, int, str], said: str
) -> None:
    found = read(changed(sheet, cell, value))
    assert found.edition is None
    problem = found.problems[0]
    assert (problem.sheet, problem.row, problem.column) == place, problem
    assert said in problem.text("zh"), problem
    assert problem.text("en")


def test_a_workbook_of_something_else_is_refused() -> None:
    book = openpyxl.Workbook()
    target = io.BytesIO()
    book.save(target)
    found = read(target.getvalue())
    assert [each.sheet for each in found.problems] == ["标准", "评查项"]
