"""Findings and rectification by their pages: confirmed, dismissed, issued, worked on, closed."""

import io
from datetime import date

import openpyxl
import pytest
from pages_words import words

from review.casefiles.tables import Case
from review.db.accounts import Role
from review.db.session import reading, transaction
from review.findings.tables import Finding, FindingState
from review.planning.tables import Round, RoundCase, RoundState
from review.rectification.tables import ItemState, RectificationItem
from review.services.rectifying import rectification
from review.services.results import exports, findings
from review.ui.format import FINDING_STATES

SCRIPT = "findings/findings"
LISTS = "findings/rectification"


@pytest.fixture
def proposed(bureau):
    """A round being confirmed with three proposed findings of one unit's case; their ids."""
    with transaction(bureau.engine) as session:
        held = Round(
            title="样例轮次",
            year=2026,
            scope_from=date(2026, 1, 1),
            scope_to=date(2026, 12, 31),
            starts_on=date(2026, 4, 1),
            ends_on=date(2026, 4, 30),
            unit_ids=bureau.units,
            editions={},
            state=RoundState.CONFIRMING,
        )
        case = Case(
            case_key="样例罚[2026]1",
            case_no="样例罚〔2026〕1号",
            unit_id=bureau.units[0],
            cause="样例",
        )
        session.add(held)
        session.add(case)
        session.flush()
        session.add(RoundCase(round_id=held.id, case_id=case.id, sequence=1))
        ids = []
        for key, severity, origin, proposed_by in (
            ("check:DEC004", "major", "check:DEC004", []),
            ("item:X-1", "minor", "user:1", [1]),
            ("item:V-1", "veto", "user:9", [bureau[Role.REGULATIONS].user_id]),
        ):
            row = Finding(
                round_id=held.id,
                case_id=case.id,
                key=key,
                origin=origin,
                proposed_by=proposed_by,
                severity=severity,
                text_zh=f"样例问题 {key}",
                evidence=[],
                law=[{"citation": "administrative-penalty-law#art-60", "confirmed": True}],
                measure_zh="样例措施",
                state=FindingState.PROPOSED,
            )
            session.add(row)
            session.flush()
            ids.append(row.id)
        return ids


def state_of(bureau, finding_id):
    with reading(bureau.engine) as session:
        row = session.get(Finding, finding_id)
        return row.state, row.severity, row.reason


def select(app, table, row):
    """As if the row was ticked: AppTest cannot click into a table."""
    app.session_state[f"{table}.zh"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return app.run()


def opened(workbench, bureau, finding_id, role=Role.REGULATIONS):
    app = workbench(role, SCRIPT)
    listed = [each.id for each in findings.list_findings(bureau.engine, bureau[role])]
    return select(app, "findings.findings", listed.index(finding_id))


def test_a_finding_is_confirmed_with_the_wording_for_the_unit(workbench, bureau, proposed):
    app = opened(workbench, bureau, proposed[0])
    app.text_area(key=f"findings.text.{proposed[0]}").set_value("改后的表述")
    app.button(key=f"findings.confirm.{proposed[0]}").click().run()
    assert [error.value for error in app.error] == []
    assert state_of(bureau, proposed[0])[0] == FindingState.CONFIRMED


def test_a_finding_is_dismissed_only_with_a_reason(workbench, bureau, proposed):
    app = opened(workbench, bureau, proposed[0])
    app.button(key=f"findings.dismiss.{proposed[0]}").click().run()
    assert "RND-003" in app.error[0].value
    assert state_of(bureau, proposed[0])[0] == FindingState.PROPOSED
    app.text_input(key=f"findings.reason.{proposed[0]}").set_value("证据不足")
    app.button(key=f"findings.dismiss.{proposed[0]}").click().run()
    assert state_of(bureau, proposed[0]) == (FindingState.DISMISSED, "major", "证据不足")


def test_a_severe_finding_is_not_confirmed_by_who_proposed_it(workbench, bureau, proposed):
    app = opened(workbench, bureau, proposed[2])
    app.button(key=f"findings.confirm.{proposed[2]}").click().run()
    assert "SCO-004" in app.error[0].value
    assert state_of(bureau, proposed[2])[0] == FindingState.PROPOSED


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(workbench, bureau, proposed):
    app = opened(workbench, bureau, proposed[1])
    findings.dismiss(
        bureau.engine, bureau[Role.REGULATIONS], proposed[1], reason="他人先行处理", seen_version=1
    )
    app.button(key=f"findings.confirm.{proposed[1]}").click().run()
    assert state_of(bureau, proposed[1])[0] == FindingState.DISMISSED


def test_several_findings_are_confirmed_at_once_and_what_is_left_is_named(
    workbench, bureau, proposed
):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.session_state["findings.findings.zh"] = {
        "selection": {"rows": [0, 1, 2], "columns": [], "cells": []}
    }
    app.run()
    app.button(key="findings.confirm_many").click().run()
    assert not app.exception
    states = [state_of(bureau, each)[0] for each in proposed]
    assert states == [FindingState.CONFIRMED, FindingState.CONFIRMED, FindingState.PROPOSED]
    assert "1" in app.warning[0].value
    (left,) = (each.value for each in app.dataframe if "c2" in each.value and len(each.value) == 1)
    assert "SCO-004" in left["c2"][0]
    app.button(key="findings.left_read").click().run()
    assert not app.warning
    assert "findings.findings.1.zh" in app.session_state  # nothing is ticked in the new order


def test_a_finding_is_added_by_hand_for_a_drawn_case(workbench, bureau, proposed):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button(key="findings.open.add").click().run()
    app.selectbox(key="findings.add_case").set_value(1)
    app.text_area(key="findings.add_text").set_value("补录的样例问题")
    app.text_area(key="findings.add_measure").set_value("补录的措施")
    app.button(key="findings.add_save").click().run()
    assert [error.value for error in app.error] == []
    assert len(findings.list_findings(bureau.engine, bureau[Role.REGULATIONS])) == 4


def test_the_filter_by_state_leaves_its_findings(workbench, proposed):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button_group(key="findings.state").set_value("dismissed").run()
    assert not app.dataframe
    assert set(FINDING_STATES) == set(FindingState)


def test_a_leader_sees_a_finding_and_no_form(workbench, bureau, proposed):
    app = opened(workbench, bureau, proposed[0], role=Role.LEADER)
    assert "样例问题" in words(app)
    assert not app.text_area
    assert "findings.derive" not in {button.key for button in app.button}


def publish(bureau):
    """The round's result is public: from now on lists are issued."""
    with transaction(bureau.engine) as session:
        session.get(Round, 1).state = RoundState.PUBLISHED


@pytest.fixture
def issued(bureau, proposed):
    """A list with two items, issued to the first unit; its id."""
    for finding_id in proposed[:2]:
        findings.confirm(
            bureau.engine,
            bureau[Role.REGULATIONS],
            finding_id,
            text="样例问题",
            severity="major" if finding_id == proposed[0] else "minor",
            measure="样例措施",
            due_days=15,
            seen_version=1,
        )
    publish(bureau)
    return rectification.issue_list(bureau.engine, bureau[Role.REGULATIONS], 1, bureau.units[0])


def item_states(bureau):
    with reading(bureau.engine) as session:
        return [session.get(RectificationItem, number).state for number in (1, 2)]


def test_a_list_is_issued_with_the_form(workbench, bureau, proposed):
    findings.confirm(
        bureau.engine,
        bureau[Role.REGULATIONS],
        proposed[0],
        text="样例",
        severity="major",
        measure="样例",
        due_days=10,
        seen_version=1,
    )
    publish(bureau)
    app = workbench(Role.REGULATIONS, LISTS)
    app.button(key="rectification.open.issue").click().run()
    app.selectbox(key="rectification.issue_unit").set_value(bureau.units[0])
    app.button(key="rectification.issue_save").click().run()
    assert [error.value for error in app.error] == []
    assert len(rectification.list_lists(bureau.engine, bureau[Role.UNIT])) == 1


def test_nothing_confirmed_nothing_issued(workbench, bureau, proposed):
    app = workbench(Role.REGULATIONS, LISTS)
    app.button(key="rectification.open.issue").click().run()
    app.selectbox(key="rectification.issue_unit").set_value(bureau.units[0])
    app.button(key="rectification.issue_save").click().run()
    assert "RND-002" in app.error[0].value


def test_the_unit_submits_and_the_section_closes(workbench, bureau, issued):
    app = select(workbench(Role.UNIT, LISTS, list=issued), "rectification.items", 0)
    app.text_area(key="rectification.note.1.1").set_value("已整改（样例）")
    app.file_uploader(key="rectification.proof.1.1").set_value(
        ("照片.jpg", b"sample", "image/jpeg")
    )
    app.button(key="rectification.do.submit.1").click().run()
    assert [error.value for error in app.error] == []
    assert item_states(bureau) == [ItemState.SUBMITTED, ItemState.TO_DO]
    app = select(workbench(Role.REGULATIONS, LISTS, list=issued), "rectification.items", 0)
    app.text_area(key="rectification.note.1.2").set_value("复查属实")
    app.button(key="rectification.do.close.1").click().run()
    assert [error.value for error in app.error] == []
    assert item_states(bureau) == [ItemState.CLOSED, ItemState.TO_DO]


def test_submitting_without_a_word_is_refused(workbench, bureau, issued):
    app = select(workbench(Role.UNIT, LISTS, list=issued), "rectification.items", 0)
    app.button(key="rectification.do.submit.1").click().run()
    assert "RND-003" in app.error[0].value
    assert item_states(bureau)[0] == ItemState.TO_DO


def test_a_proof_is_kept_with_the_step(workbench, bureau, issued):
    app = select(workbench(Role.UNIT, LISTS, list=issued), "rectification.items", 0)
    app.text_area(key="rectification.note.1.1").set_value("见照片")
    app.file_uploader(key="rectification.proof.1.1").set_value(
        ("照片.jpg", b"sample", "image/jpeg")
    )
    app.button(key="rectification.do.submit.1").click().run()
    assert [error.value for error in app.error] == []
    view = rectification.list_view(bureau.engine, bureau[Role.UNIT], issued)
    assert view.items[0].events[-1].proof_name == "照片.jpg"


def test_the_section_cannot_submit_for_the_unit(workbench, issued):
    app = select(workbench(Role.REGULATIONS, LISTS, list=issued), "rectification.items", 0)
    assert "rectification.do.submit.1" not in {button.key for button in app.button}


def test_a_leader_reads_a_list_and_is_offered_no_step(workbench, issued):
    app = select(workbench(Role.LEADER, LISTS, list=issued), "rectification.items", 0)
    assert not app.exception
    assert not {button.key for button in app.button if button.key and ".do." in button.key}
    assert not app.text_area


def test_the_export_links_lead_to_the_checked_routes(workbench, issued):
    app = workbench(Role.UNIT, LISTS, list=issued)
    addresses = [each.proto.url for each in app.get("link_button")]
    kinds = ("rectification-docx", "rectification-xlsx", "notice-docx")
    assert addresses == [f"/export/{kind}/{issued}" for kind in kinds]


def test_a_workbook_that_came_back_shows_its_changes_and_writes_nothing(workbench, bureau, issued):
    _name, raw = exports.rectification_xlsx(bureau.engine, bureau[Role.UNIT], issued)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.active
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    person = cells["责任人"].column
    first = next(row for row in range(1, 20) if sheet.cell(row, 1).value == 1)
    sheet.cell(first, person).value = "样例责任人"
    filled = io.BytesIO()
    book.save(filled)
    app = workbench(Role.UNIT, LISTS, list=issued)
    app.file_uploader(key="rectification.back_file").set_value(
        ("回传.xlsx", filled.getvalue(), "application/octet-stream")
    ).run()
    assert [error.value for error in app.error] == []
    changes = next(each.value for each in app.dataframe if "样例责任人" in each.value.to_string())
    assert list(changes["c2"]) == ["责任人"]
    view = rectification.list_view(bureau.engine, bureau[Role.UNIT], issued)
    assert view.items[0].responsible_person == ""


def test_a_file_that_is_no_workbook_is_refused_with_a_code(workbench, issued):
    app = workbench(Role.UNIT, LISTS, list=issued)
    app.file_uploader(key="rectification.back_file").set_value(
        ("坏.xlsx", b"nothing", "application/octet-stream")
    ).run()
    assert "DOC-" in app.error[0].value
    assert not app.exception
