"""Editions of the site: drafts, publication, and scores that stay with their edition."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from review.errors import BadValue, BadWorkbook, DuplicateRow, NotAllowed, Stale, WrongState
from review.services.desk import scoring
from review.services.rules import edition_imports, editions
from review.services.rules.edition_compare import score_under

KIND = "penalty"


def workbook(scene, **cells: object) -> bytes:
    _, raw = edition_imports.export_edition(scene.engine, scene.reviewer, "penalty/2020-01-01")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    for cell, value in cells.items():
        book["评查项"][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def imported(scene, day: date = date(2024, 1, 1), **cells: object) -> int:
    return edition_imports.import_edition(
        scene.engine,
        scene.regulations,
        name="标准.xlsx",
        raw=workbook(scene, **cells),
        kind=KIND,
        in_force_on=day,
    )


def publish(scene, edition_id: int, day: date = date(2024, 1, 1), seen_version: int = 1) -> None:
    edition_imports.publish_edition(
        scene.engine, scene.regulations, edition_id, in_force_on=day, seen_version=seen_version
    )


def test_a_published_edition_is_taken_by_new_rounds_and_never_changes(scene):
    before = scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"]).edition
    edition_id = imported(scene, D3="新的评查项")
    title, changes = edition_imports.draft_changes(scene.engine, scene.reviewer, edition_id)
    assert title is not None
    assert [(each.item_id, each.after) for each in changes if each.item_id] == [
        ("DOC-02", "新的评查项")
    ]
    held = editions.newest_editions(scene.engine, date(2024, 6, 1))
    assert held["ordinary"]["key"] == "penalty/2020-01-01"
    publish(scene, edition_id, date(2024, 3, 1))
    held = editions.newest_editions(scene.engine, date(2024, 6, 1))
    assert held["ordinary"]["key"] == "penalty/2024-03-01"
    kept = editions.kept_edition(held["ordinary"]["key"], held["ordinary"]["sha256"])
    assert kept.item("DOC-02").title.zh == "新的评查项"
    assert editions.newest_editions(scene.engine, date(2024, 2, 29))["ordinary"]["key"] == (
        "penalty/2020-01-01"
    )
    now = scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"]).edition
    assert now == before
    with pytest.raises(WrongState):
        publish(scene, edition_id, seen_version=2)
    with pytest.raises(WrongState):
        edition_imports.discard_edition(scene.engine, scene.regulations, edition_id)


def test_two_editions_of_a_kind_never_begin_on_one_day(scene):
    publish(scene, imported(scene))
    with pytest.raises(DuplicateRow):
        publish(scene, imported(scene))
    with pytest.raises(DuplicateRow):
        publish(scene, imported(scene), date(2020, 1, 1))
    with pytest.raises(Stale):
        publish(scene, imported(scene), date(2025, 1, 1), seen_version=5)


def test_bad_input_and_other_roles_change_nothing(scene):
    with pytest.raises(BadWorkbook) as caught:
        imported(scene, F3="六十")
    assert "工作表“评查项”第 3 行 F 列" in caught.value.text("zh")
    with pytest.raises(BadValue):
        edition_imports.preview_edition(
            scene.engine,
            scene.regulations,
            name="标准.xlsx",
            raw=workbook(scene),
            kind="../etc",
            in_force_on=date(2024, 1, 1),
        )
    for who in (scene.reviewer, scene.leader, scene.administrator, scene.unit):
        with pytest.raises(NotAllowed):
            edition_imports.import_edition(
                scene.engine,
                who,
                name="标准.xlsx",
                raw=workbook(scene),
                kind=KIND,
                in_force_on=date(2024, 1, 1),
            )
    assert [card.state for card in editions.list_cards(scene.engine, scene.leader)] == ["shipped"]


def test_the_findings_of_a_case_stand_side_by_side_under_two_editions(scene):
    publish(scene, imported(scene, F3=40, F4=60))
    compared = score_under(
        scene.engine,
        scene.regulations,
        scene.cases[0],
        keys=("penalty/2020-01-01", "penalty/2024-01-01"),
    )
    assert [each.key for each in compared.editions] == ["penalty/2020-01-01", "penalty/2024-01-01"]
    assert all(each.totals.scale == 100 for each in compared.editions)
    with pytest.raises(NotAllowed):
        score_under(scene.engine, scene.unit, scene.cases[0], keys=("penalty/2020-01-01",))
