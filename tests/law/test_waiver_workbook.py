"""Waiver lists from workbooks: read, refused with places, compared, and the same after a trip."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.common.tabular import Row, Sheet, Workbook, read_workbook
from review.law.statute import Wording
from review.law.waiver_changes import ChangeKind, changes
from review.law.waiver_list import Condition, Limb, ListKind, WaiverItem, WaiverList
from review.law.waiver_workbook import ListHead, need_of, read_list
from review.reports.waiver_list_xlsx import waiver_list_xlsx

HEAD = ListHead(ListKind.WAIVE, "样例清单", date(2026, 1, 1), confirmed_by="样例人员")


def book(*rows: tuple[object, ...], name: str = "清单") -> Workbook:
    made = tuple(Row(name, number, values) for number, values in enumerate(rows, 1))  # type: ignore[arg-type]  # test values
    return Workbook("样例.xlsx", (Sheet(name, made),))


HEADINGS = ("序号", "事项名称", "处罚依据", "适用条件（需同时满足）", "首次判定期限（月）", "情形")


def test_a_list_with_title_rows_and_headings_between_is_read() -> None:
    read = read_list(
        book(
            ("样例市免罚清单",),
            HEADINGS,
            ("一、道路运输",),
            (1, "样例行为甲", "样例条例第一条", "1.首次被发现；2.及时改正；3.没有造成危害后果", 24, "应当"),
            (2, "样例行为乙", None, "（1）配合调查\n（2）具有有效许可", None, None),
        ),
        HEAD,
    )  # fmt: skip
    assert read.problems == ()
    assert read.held is not None
    first, second = read.held.items
    assert [each.needs for each in first.conditions] == ["first", "corrected", "harmless"]
    assert [each.zh for each in first.conditions] == ["首次被发现", "及时改正", "没有造成危害后果"]
    assert (first.look_back_months, first.limb, first.field) == (24, Limb.MUST, "一、道路运输")
    assert [each.needs for each in second.conditions] == ["cooperates", "other"]
    assert read.held.confirmed
    assert read.guessed == 5


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ((1, None, "甲", "首次"), "B", "事项为空"),
        ((1, "样例行为", "甲", None), "D", "没有适用条件"),
        (("一", "样例行为", "甲", "首次"), "A", "不是正整数"),
        ((1, "样例行为", "甲", "首次", "两年"), "E", "1 至 240"),
        ((1, "样例行为", "甲", "首次", 24, "也许"), "F", "情形“也许”无效"),
        ((1, "样例行为", "甲", "【运气】首次"), "D", "条件类型“运气”无效"),
    ],
)
def test_a_problem_names_sheet_row_and_column(
    row: tuple[object, ...], column: str, words: str
) -> None:
    read = read_list(book(HEADINGS, row), HEAD)
    assert read.held is None
    (problem,) = read.problems
    assert (problem.sheet, problem.row, problem.column) == ("清单", 2, column)
    assert words in problem.text("zh")
    assert "row 2, column" in problem.text("en")


def test_a_workbook_without_headings_and_a_double_number_are_refused() -> None:
    assert "表头" in read_list(book(("甲", "乙")), HEAD).problems[0].zh
    read = read_list(book(HEADINGS, (1, "甲", "", "首次"), (1, "乙", "", "首次")), HEAD)
    assert "重复" in read.problems[0].zh


texts = st.text(
    st.characters(codec="utf-8", categories=("L", "N"), max_codepoint=0x9FFF), min_size=1
).map(lambda text: f"样例{text}")
conditions = st.builds(
    lambda words, needs: Condition(zh=words, en=words, needs=needs),
    texts,
    st.sampled_from(["first", "minor", "corrected", "harmless", "cooperates", "other"]),
)


@given(
    st.lists(
        st.tuples(
            texts,
            st.lists(conditions, min_size=1, max_size=4),
            st.sampled_from(list(Limb)),
            st.none() | st.integers(1, 240),
            st.none() | st.integers(0, 365),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda each: each[0],
    )
)
def test_what_was_written_is_read_back_the_same(made: list[tuple]) -> None:
    held = WaiverList(
        kind=HEAD.kind,
        title=Wording(zh=HEAD.title, en=HEAD.title),
        in_force=HEAD.in_force,
        is_whole=True,
        confirmed=True,
        confirmed_by=HEAD.confirmed_by,
        items=tuple(
            WaiverItem(
                number=number,
                name=Wording(zh=name, en=name),
                limb=limb,
                conditions=tuple(needs),
                look_back_months=months,
                correction_days=days,
                is_listed=True,
            )
            for number, (name, needs, limb, months, days) in enumerate(made, 1)
        ),
    )
    read = read_list(read_workbook(waiver_list_xlsx(held), "清单.xlsx"), HEAD)
    assert read.problems == ()
    assert read.held == held
    assert read.guessed == 0
    assert changes(held, read.held) == ()


def test_changes_name_what_became_of_each_item() -> None:
    old = read_list(book(HEADINGS, (1, "甲事项", "", "首次"), (2, "乙事项", "", "首次")), HEAD).held
    new = read_list(
        book(HEADINGS, (1, "甲事项", "", "首次；及时改正"), (2, "丙事项", "", "首次")), HEAD
    ).held
    assert old is not None
    assert new is not None
    found = changes(old, new)
    assert [each.kind for each in found] == [ChangeKind.CHANGED, ChangeKind.CHANGED]
    assert [each.title.zh for each in found[0].fields] == ["适用条件"]
    assert [each.title.zh for each in found[1].fields] == ["事项"]
    assert [each.kind for each in changes(None, new)] == [ChangeKind.ADDED, ChangeKind.ADDED]
    assert [
        each.kind for each in changes(new, old.model_copy(update={"items": old.items[:1]}))
    ] == [
        ChangeKind.CHANGED,
        ChangeKind.REMOVED,
    ]


def test_the_need_of_a_condition_is_told_from_its_words() -> None:
    told = {
        "首次被发现": "first",
        "违法行为轻微": "minor",
        "没有造成危害后果": "harmless",
        "在规定期限内改正": "corrected",
        "不阻碍执法": "cooperates",
        "具有有效许可": "other",
    }
    assert {words: need_of(words) for words in told} == told
