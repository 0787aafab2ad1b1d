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


def test_particulars_are_compared_in_the_words_of_the_list() -> None:
    def one(**particulars: object) -> WaiverList:
        return WaiverList.model_validate(
            {
                "title": {"zh": "样例", "en": "sample"}, "in_force": date(2026, 1, 1),
                "is_whole": True, "confirmed": True,
                "items": [{"number": 1, "name": {"zh": "甲", "en": "a"}, "conditions": [],
                           "is_listed": True, **particulars}],
            }
        )  # fmt: skip

    before = one(violated=("sample-law#art-1",), basis=("sample-law#art-2",))
    after = one(
        look_back_months=24, correction_days=0, note="说明", provisions=("甲法第一条", "甲法第二条")
    )
    (found,) = changes(before, after)
    assert found.name == "甲"
    assert {each.title.en: (each.before, each.after) for each in found.fields} == {
        "Violated": ("sample-law#art-1", "甲法第一条"),
        "Penalty basis": ("sample-law#art-2", "甲法第二条"),
        "Look-back (months)": ("", "24"),
        "Correction (days)": ("", "0"),
        "Note": ("", "说明"),
    }
    (gone,) = changes(before, before.model_copy(update={"items": ()}))
    assert (gone.kind, gone.name, gone.fields) == (ChangeKind.REMOVED, "甲", ())


def test_an_item_moves_by_name_before_number() -> None:
    old = read_list(book(HEADINGS, (1, "甲事项", "", "首次"), (2, "乙事项", "", "首次")), HEAD).held
    new = read_list(book(HEADINGS, (1, "乙事项", "", "首次"), (2, "甲事项", "", "首次")), HEAD).held
    assert old is not None
    assert new is not None
    found = changes(old, new)
    assert [(each.kind, each.name) for each in found] == [
        (ChangeKind.CHANGED, "乙事项"), (ChangeKind.CHANGED, "甲事项"),
    ]  # fmt: skip
    assert [each.fields[0].title.en for each in found] == ["No.", "No."]
    added = read_list(
        book(HEADINGS, (2, "甲事项", "", "首次"), (1, "丙事项", "", "首次")), HEAD
    ).held
    assert added is not None
    one = old.model_copy(update={"items": old.items[:1]})
    assert [each.kind for each in changes(one, added)] == [ChangeKind.CHANGED, ChangeKind.ADDED]


def test_an_item_that_shares_neither_name_nor_number_is_new() -> None:
    old = read_list(book(HEADINGS, (1, "甲事项", "", "首次"), (2, "乙事项", "", "首次")), HEAD).held
    new = read_list(book(HEADINGS, (2, "乙事项", "", "首次"), (3, "丙事项", "", "首次")), HEAD).held
    assert old is not None
    assert new is not None
    assert [(each.kind, each.name) for each in changes(old, new)] == [
        (ChangeKind.ADDED, "丙事项"), (ChangeKind.REMOVED, "甲事项"),
    ]  # fmt: skip


def test_a_heading_between_may_stand_in_any_column() -> None:
    read = read_list(book(HEADINGS, (None, None, "一、道路运输"), (1, "甲事项", "", "首次")), HEAD)
    assert read.held is not None
    assert [each.field for each in read.held.items] == ["一、道路运输"]


def test_a_row_with_the_word_for_items_or_conditions_alone_is_no_heading_row() -> None:
    above = (("事项", "", "", ""), ("", "适用条件", "", ""))
    read = read_list(book(*above, HEADINGS, (1, "甲事项", "", "首次")), HEAD)
    assert read.problems == ()
    assert read.held is not None
    assert [each.name.zh for each in read.held.items] == ["甲事项"]


FULL = (
    "序号",
    "事项",
    "适用条件",
    "改正期限（日）",
    "首次判定期限",
    "情形",
    "其他表述",
    "需附材料",
)


@pytest.mark.parametrize(
    ("days", "value"),
    [(0, 0), (365, 365), ("10日", 10), ("10个自然日", 10), ("10天", 10), (None, None)],
)
def test_terms_are_read_with_and_without_their_unit(days: object, value: int | None) -> None:
    read = read_list(book(FULL, (1, "甲", "首次", days, "24个月")), HEAD)
    assert read.held is not None
    assert read.held.items[0].correction_days == value
    assert read.held.items[0].look_back_months == 24


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ((1, "甲", "首次", 366), "D"),
        ((1, "甲", "首次", -1), "D"),
        ((1, "甲", "首次", True), "D"),
        ((1, "甲", "首次", "若干"), "D"),
        ((1, "甲", "首次", None, 0), "E"),
        ((1, "甲", "首次", None, 241), "E"),
        ((0, "甲", "首次"), "A"),
        ((10000, "甲", "首次"), "A"),
        (("1.5", "甲", "首次"), "A"),
        ((1, "甲", "；".join(f"条件{n}" for n in range(13))), "C"),
    ],
)
def test_what_no_list_gives_is_refused_where_it_stands(
    row: tuple[object, ...], column: str
) -> None:
    read = read_list(book(FULL, row), HEAD)
    assert read.held is None
    assert [(each.row, each.column) for each in read.problems] == [(2, column)]


def test_the_most_of_everything_is_read() -> None:
    twelve = "；".join(f"条件{n}" for n in range(12))
    row = (9999, "甲", twelve, None, 240, "首违不罚", "又称、别称；又称", "承诺书、记录")
    read = read_list(book(FULL, row), HEAD)
    assert read.held is not None
    (item,) = read.held.items
    assert (item.number, len(item.conditions), item.look_back_months) == (9999, 12, 240)
    assert (item.limb, item.wordings, item.papers) == (
        Limb.MAY, ("又称", "别称"), ("承诺书", "记录"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "limb"),
    [
        ("应当", Limb.MUST), ("轻微不罚", Limb.MUST), ("应当不予处罚", Limb.MUST), ("必须", Limb.MUST),
        ("可以", Limb.MAY), ("首违不罚", Limb.MAY), ("可以不予处罚", Limb.MAY), (None, Limb.UNSTATED),
    ],
)  # fmt: skip
def test_the_limb_is_told_in_the_words_of_lists(words: str | None, limb: Limb) -> None:
    read = read_list(book(FULL, (1, "甲", "首次", None, None, words)), HEAD)
    assert read.held is not None
    assert read.held.items[0].limb is limb


def test_items_are_numbered_in_their_order_where_the_list_does_not() -> None:
    heads = ("领域", "事项", "条件1", "条件2")
    rows = (("公路", "甲", "首次", "及时改正"), (None,) * 4, (None, "乙", "首次", None))
    read = read_list(book(heads, *rows), HEAD)
    assert read.held is not None
    assert [(each.number, each.field) for each in read.held.items] == [(1, "公路"), (2, "公路")]
    assert [len(each.conditions) for each in read.held.items] == [2, 1]
    assert [each.needs for each in read.held.items[0].conditions] == ["first", "corrected"]


def test_headings_stand_within_the_first_twelve_rows() -> None:
    title = ("样例清单",)
    row = (1, "甲", "首次")
    assert read_list(book(*(title,) * 11, FULL, row), HEAD).held is not None
    assert read_list(book(*(title,) * 12, FULL, row), HEAD).held is None


def test_sheets_that_are_no_list_are_named_unless_they_are_empty() -> None:
    rows = (Row("清单", 1, FULL), Row("清单", 2, (1, "甲", "首次")))
    sheets = (
        Sheet("清单", rows),
        Sheet("说明", (Row("说明", 1, ("说明文字",)),)),
        Sheet("空", (Row("空", 1, (None, None)),)),
    )
    read = read_list(Workbook("样例.xlsx", sheets), HEAD)
    assert read.held is not None
    assert read.skipped == ("说明",)
    bare = read_list(Workbook("样例.xlsx", ()), HEAD)
    assert [each.sheet for each in bare.problems] == ["样例.xlsx"]


def test_who_confirmed_a_list_and_its_note_are_kept_or_nothing() -> None:
    row = (1, "甲", "【首次】第一次被查到")
    head = ListHead(ListKind.WAIVE, "样例清单", date(2026, 1, 1))
    plain = read_list(book(FULL, row), head)
    assert plain.held is not None
    assert (plain.held.confirmed, plain.held.confirmed_by, plain.held.note) == (False, None, None)
    assert (plain.guessed, plain.held.items[0].conditions[0].zh) == (0, "第一次被查到")
    assert plain.held.items[0].note is None
    noted = read_list(book((*FULL, "备注"), (*row, *[None] * 5, "样例说明")), head)
    assert noted.held is not None
    assert noted.held.items[0].note == "样例说明"
