"""Lists of minor violations: what is held is consistent, broken lists are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from review.errors import BadDataFile
from review.law.citation import Citation
from review.law.in_force import law_in_force
from review.law.statute import Wording
from review.law.waiver_list import (
    ListKind,
    WaiverItem,
    WaiverList,
    list_in_force,
    load_waiver_list,
    load_waiver_lists,
)

LAW = law_in_force()

GOOD = """title:
  zh: 样例清单
  en: sample list
in_force: 2024-01-01
is_whole: false
confirmed: false
items:
  - number: 1
    name:
      zh: 样例行为
      en: sample act
    causes: [sample]
    conditions:
      - {zh: 首次, en: first, needs: first}
    is_listed: true
"""


def test_items_name_held_causes_and_places() -> None:
    causes = {cause.key for cause in LAW.causes}
    for held in LAW.waiver_lists:
        for item in held.items:
            assert set(item.causes) <= causes, item.number
            for source in (*item.violated, *item.basis):
                citation = Citation.parse(source)
                statute = LAW.statute(citation.law, on=held.in_force)
                assert statute is not None
                assert citation.place is not None
                assert statute.has(citation.place), source


def test_a_list_holds_from_its_day() -> None:
    assert LAW.waiver_list(on=date(2022, 2, 28)) is None
    held = LAW.waiver_list(on=date(2022, 3, 1))
    assert held is not None
    assert not held.confirmed
    item = held.item("stalls-on-highway")
    assert item is not None
    assert item.is_listed
    assert held.item("overload") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("needs: first", "needs: luck", "needs"),
        ("is_listed: true", "listed: true", "is_listed"),
        ("2024-01-01\n", "2024-02-01\n", "2024-01-01.yaml"),
        ("items:\n", "items:\n  - {number: 1, name: {zh: 甲, en: a}, conditions: [], is_listed: true}\n", "number"),
    ],
)  # fmt: skip
def test_a_broken_list_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "2024-01-01.yaml"
    path.write_text(GOOD, "utf-8")
    assert load_waiver_list(path).item("sample") is not None
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(BadDataFile) as caught:
        load_waiver_list(path)
    assert words in caught.value.text("en")
    assert "2024-01-01.yaml" in caught.value.text("zh")


def held(since: date, until: date | None = None, kind: ListKind = ListKind.WAIVE) -> WaiverList:
    return WaiverList(
        kind=kind,
        title=Wording(zh="样例清单", en="sample list"),
        in_force=since,
        ended=until,
        is_whole=True,
        confirmed=True,
        items=(),
    )


@pytest.mark.parametrize(
    ("on", "is_in_force"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2024, 5, 31), True),
        (date(2024, 6, 1), False),
    ],
)
def test_a_list_holds_from_its_day_and_no_more_on_the_day_of_its_end(
    on: date, is_in_force: bool
) -> None:
    assert held(date(2024, 1, 1), date(2024, 6, 1)).is_in_force(on) is is_in_force


def test_the_newest_list_of_the_kind_applies() -> None:
    old, new = held(date(2022, 3, 1)), held(date(2024, 1, 1))
    ended = held(date(2024, 2, 1), date(2024, 3, 1))
    other = held(date(2024, 5, 1), kind=ListKind.MITIGATE)
    lists = (old, ended, other, new)
    assert list_in_force(lists, on=date(2024, 6, 1)) is new
    assert list_in_force(lists, on=date(2024, 2, 15)) is ended
    assert list_in_force(lists, on=date(2023, 12, 31)) is old
    assert list_in_force(lists, on=date(2022, 2, 28)) is None
    assert list_in_force(lists, on=date(2024, 6, 1), kind=ListKind.MITIGATE) is other
    assert list_in_force(lists, on=date(2024, 6, 1), kind=ListKind.LIGHTEN) is None


ITEM = {"number": 1, "name": {"zh": "甲", "en": "a"}, "conditions": (), "is_listed": True}


@pytest.mark.parametrize(
    ("field", "lawful", "refused"),
    [
        ("look_back_months", (1, 240), (0, 241)),
        ("correction_days", (0, 365), (-1, 366)),
    ],
)
def test_terms_of_an_item_keep_to_what_lists_give(
    field: str, lawful: tuple[int, int], refused: tuple[int, int]
) -> None:
    for value in lawful:
        assert getattr(WaiverItem.model_validate({**ITEM, field: value}), field) == value
    for value in refused:
        with pytest.raises(ValidationError):
            WaiverItem.model_validate({**ITEM, field: value})


@pytest.mark.parametrize(
    ("cause", "is_named"),
    [("甲事项", True), ("甲，事项", True), ("又称", True), ("乙", False), ("，", False)],
)
def test_an_item_is_named_by_its_own_words(cause: str, is_named: bool) -> None:
    item = WaiverItem.model_validate(
        {**ITEM, "name": {"zh": "甲事项", "en": "a"}, "wordings": ("又称", "。")}
    )
    assert item.names(cause) is is_named


def test_lists_of_a_folder_come_newest_first(tmp_path: Path) -> None:
    for day in ("2024-01-01", "2025-01-01", "2023-01-01"):
        (tmp_path / f"{day}.yaml").write_text(GOOD.replace("2024-01-01", day), "utf-8")
    found = [str(each.in_force) for each in load_waiver_lists(tmp_path)]
    assert found == ["2025-01-01", "2024-01-01", "2023-01-01"]
