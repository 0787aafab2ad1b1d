"""A workbook that comes back: shown, taken over by choice in one step, conflicts never by default."""

import io

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from review.bench.published_year import Year, fill
from review.db.accounts import Role, User
from review.db.session import reading, transaction
from review.errors import NotAllowed, WorkbookNotTaken
from review.rectification.tables import ItemState, RectificationItem, RectificationList
from review.services.access import actor_from
from review.services.rectifying import rectification, rectification_workbook
from review.services.results import exports


@pytest.fixture
def listed(sqlite_engine, tmp_path):
    """A list of the invented year with all items to do: engine, the unit's person, list, proof."""
    fill(sqlite_engine, Year(rounds=1, cases=6, units=1))
    with transaction(sqlite_engine) as session:
        held = session.exec(select(RectificationList)).first()
        for item in session.exec(select(RectificationItem)):
            item.state = ItemState.TO_DO
            session.add(item)
        user = User(
            login="u", name="样例", role=Role.UNIT, unit_id=held.unit_id, password_hash="none"
        )
        session.add(user)
        session.flush()
        actor = actor_from(user)
    proof = tmp_path / "proof"
    proof.write_bytes(b"sample")
    return sqlite_engine, actor, held.id, proof


def filled(engine, actor, list_id, cells):
    """The exported workbook with cells set: {(row of the list from 0, heading): value}."""
    _, raw = exports.rectification_xlsx(engine, actor, list_id)
    book = load_workbook(io.BytesIO(raw))
    sheet = book.active
    head = next(row for row in range(1, 9) if str(sheet.cell(row, 2).value) == "序号")
    columns = {str(cell.value).split("\n")[0]: cell.column for cell in sheet[head]}
    for (row, heading), value in cells.items():
        sheet.cell(head + 1 + row, columns[heading]).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(listed, raw):
    engine, actor, list_id, _ = listed
    return rectification_workbook.read_back(engine, actor, list_id, raw, name="清单.xlsx")


def take(listed, raw, accepted):
    engine, actor, list_id, _ = listed
    return rectification_workbook.take_over(
        engine, actor, list_id, raw, name="清单.xlsx", accepted=accepted
    )


def items(listed):
    engine, actor, list_id, _ = listed
    return rectification.list_view(engine, actor, list_id).items


def test_chosen_cells_are_taken_in_one_step_and_the_rest_stays(listed):
    engine, actor, list_id, proof = listed
    first, second = items(listed)[:2]
    rectification.attach_proof(engine, actor, list_id, [first.id], (proof, "照片.jpg"))
    raw = filled(engine, actor, list_id, {
        (0, "责任人"): "样例甲", (0, "整改情况"): "已补正说明", (0, "状态"): "已提交",
        (1, "责任人"): "样例乙",
    })  # fmt: skip
    seen = read(listed, raw)
    assert seen.problems == ()
    assert {(each.item_id, each.field) for each in seen.changes} == {
        (first.id, "responsible_person"), (first.id, "progress"), (first.id, "state"),
        (second.id, "responsible_person"),
    }  # fmt: skip
    done = take(
        listed,
        raw,
        [(each.item_id, each.field) for each in seen.changes if each.item_id == first.id],
    )
    assert (done.cells, done.items) == (3, 1)
    after = items(listed)
    assert (after[0].state, after[0].responsible_person, after[0].progress) == (
        "submitted",
        "样例甲",
        "已补正说明",
    )
    assert after[1].responsible_person == second.responsible_person


def test_wrong_cells_are_named_by_row_and_column_and_nothing_is_written(listed):
    engine, actor, list_id, _ = listed
    raw = filled(engine, actor, list_id, {
        (0, "状态"): "已提交", (1, "状态"): "复查通过（销号）", (2, "整改措施"): "不整改",
        (3, "责任人"): "样例丙",
    })  # fmt: skip
    seen = read(listed, raw)
    places = {(each.row, each.column) for each in seen.problems}
    assert len(places) == 3
    assert all(row and column for row, column in places)
    with pytest.raises(WorkbookNotTaken) as refused:
        take(listed, raw, [(each.item_id, each.field) for each in seen.changes])
    assert "行" in refused.value.text("zh")
    assert {each.state for each in items(listed)} == {"to_do"}


def test_a_row_that_changed_here_meanwhile_is_a_conflict(listed):
    engine, actor, list_id, _ = listed
    raw = filled(engine, actor, list_id, {(0, "整改情况"): "已整改"})
    first = items(listed)[0]
    rectification.edit_item(
        engine, actor, first.id, seen_version=first.version, responsible_person="后来的人"
    )
    seen = read(listed, raw)
    assert {(each.field, each.is_conflict) for each in seen.changes} == {
        ("responsible_person", True), ("progress", True)
    }  # fmt: skip
    take(listed, raw, [(first.id, "progress")])
    after = items(listed)[0]
    assert (after.responsible_person, after.progress) == ("后来的人", "已整改")


def test_what_was_not_shown_is_not_taken(listed):
    engine, actor, list_id, _ = listed
    raw = filled(engine, actor, list_id, {(0, "整改情况"): "已整改"})
    with pytest.raises(WorkbookNotTaken):
        take(listed, raw, [(items(listed)[1].id, "progress")])
    with pytest.raises(WorkbookNotTaken):
        take(listed, raw, [])


def test_another_unit_reads_and_takes_nothing(listed):
    engine, actor, list_id, _ = listed
    raw = filled(engine, actor, list_id, {(0, "整改情况"): "已整改"})
    with reading(engine) as session:
        planner = session.exec(select(User).where(User.role == Role.REGULATIONS)).one()
    stranger = actor_from(planner.model_copy(update={"role": Role.UNIT, "unit_id": 9999}))
    with pytest.raises(NotAllowed):
        rectification_workbook.read_back(engine, stranger, list_id, raw, name="清单.xlsx")
