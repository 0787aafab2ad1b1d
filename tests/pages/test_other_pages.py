"""Checklists, audit trail and imports by their pages."""

import pytest
from pages_words import words

from review.casefiles.tables import Case, ImportJob, ImportState
from review.db.accounts import Role
from review.db.audit import AuditRecord
from review.db.session import transaction

CHECKLISTS, AUDIT, IMPORTS = "admin/checklists", "admin/audit", "cases/import_files"


def test_the_items_of_an_edition_are_found_by_their_words(workbench):
    app = workbench(Role.REVIEWER, CHECKLISTS)
    everything = len(app.dataframe[1].value)
    app.text_input(key="checklists.words").set_value("送达").run()
    assert 0 < len(app.dataframe[1].value) < everything


def test_veto_items_only(workbench):
    app = workbench(Role.REVIEWER, CHECKLISTS)
    app.toggle(key="checklists.veto").set_value(True).run()
    assert set(app.dataframe[1].value["c3"]) == {"否决"}


def test_an_item_is_shown_with_deductions_and_law(workbench):
    app = workbench(Role.REVIEWER, CHECKLISTS)
    name = "checklists.items.penalty-ordinary/2026-01-01.zh"
    app.session_state[name] = {"selection": {"rows": [20], "columns": [], "cells": []}}
    app.run()
    assert ":material/gavel:" in words(app)


def test_a_whole_chain_is_said_to_be_whole(workbench):
    app = workbench(Role.ADMINISTRATOR, AUDIT)
    assert app.success
    assert not app.error


def test_a_changed_record_is_reported_with_its_place(workbench, bureau):
    with transaction(bureau.engine) as session:
        record = session.get(AuditRecord, 1)
        record.detail = {"changed": True}
        session.add(record)
    app = workbench(Role.ADMINISTRATOR, AUDIT)
    assert not app.success
    assert "1" in app.error[0].value


def test_records_are_found_by_their_action(workbench):
    app = workbench(Role.ADMINISTRATOR, AUDIT)
    app.selectbox(key="audit.action").set_value("unit.create").run()
    assert {tuple(each) for each in app.dataframe[0].value["c3"]} == {("新增单位",)}
    app.selectbox(key="audit.action").set_value("list.issue").run()
    assert not app.dataframe


@pytest.fixture
def jobs(bureau):
    """Three imports: one refused, one under way, one without a case."""
    with transaction(bureau.engine) as session:
        case = Case(case_key="样例罚[2026]1", case_no="样例罚〔2026〕1号", unit_id=bureau.units[0])
        session.add(case)
        session.flush()
        for number, (state, more) in enumerate(
            (
                (
                    ImportState.REFUSED,
                    {"reason_code": "DOC-005", "reason_zh": "设有打开密码", "case_id": case.id},
                ),
                (ImportState.RUNNING, {"stage": "reading", "pages_done": 3, "pages_total": 12}),
                (ImportState.PARTLY, {"reason_code": "DOC-001", "reason_zh": "请选择所属案件"}),
            )
        ):
            session.add(
                ImportJob(
                    id=f"job-{number}",
                    name=f"样例{number}.pdf",
                    sha256=f"{number:064x}",
                    size=1000,
                    state=state,
                    **more,
                )
            )
    return bureau


def test_imports_are_shown_with_state_step_and_progress(workbench, jobs):
    app = workbench(Role.REGULATIONS, IMPORTS)
    table = app.dataframe[0].value
    by_name = dict(
        zip(table["c0"], zip(table["c4"], table["c5"], table["c6"], strict=True), strict=True)
    )
    assert by_name["样例1.pdf"] == ("读取页面", 25.0, "—")
    assert by_name["样例0.pdf"][2] == "设有打开密码"


def test_a_file_without_a_case_is_offered_the_choice(workbench, jobs):
    app = workbench(Role.REGULATIONS, IMPORTS)
    row = list(app.dataframe[0].value["c0"]).index("样例2.pdf")
    app.session_state["import_files.jobs.zh"] = {
        "selection": {"rows": [row], "columns": [], "cells": []}
    }
    app.run()
    assert any("DOC-001" in each.value for each in app.warning)
    assert [each.key for each in app.selectbox] == [
        "import_files.case.upload.",
        "import_files.case.job.job-2.",
    ]
