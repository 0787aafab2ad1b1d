"""The case page: what it shows of a case, whose it is to see, and changing its ledger row."""

from datetime import date

import pytest
from pages_words import words
from sqlmodel import select

from review.casefiles.tables import Case, SourceFile
from review.checks.tables import CheckRow
from review.db.accounts import Role
from review.db.session import reading, transaction
from review.documents.tables import DocumentRow, PageRow
from review.facts.tables import FactRow
from review.ui.pages import script_path

SCRIPT = "cases/case"

RECORDING = {
    "source": "DSJ-A1_03120123.mp4",
    "kind": "video",
    "container": "MPEG-4",
    "codec": "AVC",
    "duration_s": 3723.0,
    "created_at": None,
    "starts_at": "2024-03-01T10:00:00+08:00",
    "ends_at": "2024-03-01T11:02:03+08:00",
    "recorder_no": "A1",
    "officer": "03120123",
    "sha256": "3" * 64,
}


@pytest.fixture
def case_id(bureau):
    """A case with two papers on two pages, facts that disagree, checks, and a refused file."""
    with transaction(bureau.engine) as session:
        case = Case(
            case_key="样例罚[2026]1",
            case_no="样例罚〔2026〕1号",
            unit_id=bureau.units[0],
            procedure="ordinary",
            cause="样例案由",
            reading_state="partly",
        )
        session.add(case)
        session.flush()
        source = SourceFile(
            case_id=case.id, source="样例.pdf", sha256="1" * 64, kind="pdf", pages=2
        )
        refused = SourceFile(
            case_id=case.id,
            source="坏.pdf",
            sha256="2" * 64,
            status="refused",
            reason_code="DOC-006",
            reason_zh="文件已损坏",
            reason_en="damaged",
            sequence=1,
        )
        recording = SourceFile(
            case_id=case.id,
            source="DSJ-A1_03120123.mp4",
            sha256="3" * 64,
            kind="media",
            sequence=2,
            media=RECORDING,
        )
        session.add(source)
        session.add(refused)
        session.add(recording)
        session.flush()
        pages = []
        for number, kind in enumerate(("立案登记表", "行政处罚决定书"), 1):
            paper = DocumentRow(
                case_id=case.id,
                source_file_id=source.id,
                sequence=number - 1,
                kind=kind,
                title=kind,
                first_page=number,
                last_page=number,
            )
            session.add(paper)
            session.flush()
            page = PageRow(
                source_file_id=source.id,
                document_id=paper.id,
                position=number - 1,
                number=number,
                width=595,
                height=842,
                content={
                    "blocks": [
                        {
                            "cell": None,
                            "lines": [[f"第{number}页<b>文字</b>", [10, 10, 90, 22], 1.0, "docx"]],
                        }
                    ],
                    "marks": [],
                },
            )
            session.add(page)
            session.flush()
            pages.append((paper.id, page.id))
        for document_id, value, contradicted in (
            (None, "3000", True),
            (pages[0][0], "2000", True),
            (pages[1][0], "3000", True),
        ):
            session.add(
                FactRow(
                    case_id=case.id,
                    document_id=document_id,
                    name="fine_yuan",
                    value=value,
                    source="样例.pdf",
                    page=2,
                    quote=f"{value}元",
                    boxes=[[100, 100, 160, 112]],
                    is_contradicted=contradicted,
                )
            )
        session.add(
            FactRow(
                case_id=case.id, name="decided_on", value="2026-03-01", source="样例.pdf", page=2
            )
        )
        for check_id, outcome in (("DEC004", "fail"), ("DEC005", "unknown"), ("DEC006", "pass")):
            session.add(
                CheckRow(
                    case_id=case.id,
                    check_id=check_id,
                    outcome=outcome,
                    severity="major",
                    defects=["D-63"],
                    message_zh=f"结论{check_id}[x](http://e.invalid)",
                    message_en="message",
                    evidence=[
                        {
                            "source": "样例.pdf",
                            "page": 2,
                            "page_id": pages[1][1],
                            "quote": "三千元",
                            "boxes": [[100, 100, 160, 112]],
                        }
                    ],
                    law=[{"citation": "administrative-penalty-law#art-60", "confirmed": False}],
                    trace={
                        "steps": [{"zh": "第一步", "en": "one"}],
                        "missing": [],
                        "obstacles": [],
                    },
                )
            )
        return case.id


def test_problems_are_shown_with_message_law_and_doubt_about_the_law(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    said = words(app)
    assert "DEC004" in said
    assert "第六十条" in said
    assert "未经确认" in said
    assert "DEC006" not in said


def test_words_of_a_result_are_literal(workbench, case_id):
    assert "[x](http" not in words(workbench(Role.REGULATIONS, SCRIPT, case=case_id))


def test_what_cannot_be_decided_is_a_group_of_its_own(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    app.button_group(key="case.outcome").set_value("unknown").run()
    assert "DEC005" in words(app)


def test_an_evidence_button_shows_its_page(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    app.button(key="case.evidence.DEC004.0").click().run()
    assert not app.exception
    place = app.session_state["case.looking"]
    assert place[1] == ((100, 100, 160, 112),)
    assert any("第 2 页，共 2 页" in each.value for each in app.markdown)


def test_contradicting_documents_are_named(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    assert "文书记载不一致" in words(app)


def test_the_intake_report_says_why_a_file_was_refused(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    assert any("DOC-006" in each.value for each in app.warning)


def test_the_intake_report_lists_the_recordings(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    assert any(each.value == "音像记录" for each in app.subheader)
    shown = " ".join(str(each.value.to_dict()) for each in app.dataframe)
    for words_of_it in ("MPEG-4 · AVC", "1:02:03", "2024-03-01 10:00", "A1", "03120123"):
        assert words_of_it in shown


def test_the_page_shows_the_key_frames_of_a_video(workbench, bureau, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    assert not any('class="cr-frames"' in each.value for each in app.get("html"))
    frames = [{"second": 372.3, "sha256": "4" * 64}, {"second": 3650.0, "sha256": "5" * 64}]
    with transaction(bureau.engine) as session:
        (row,) = session.exec(select(SourceFile).where(SourceFile.kind == "media"))
        row.media = RECORDING | {"frames": frames}
        session.add(row)
        place = row.id
    app.run()
    assert not app.exception
    (strip,) = [each.value for each in app.get("html") if 'class="cr-frames"' in each.value]
    assert f'src="/frame/{place}/1?v={"4" * 16}"' in strip
    assert f'src="/frame/{place}/2?v={"5" * 16}"' in strip
    for shown in ("DSJ-A1_03120123.mp4", "6:12", "1:00:50", "第 6:12 处的画面"):
        assert shown in strip


def test_the_page_says_that_a_video_could_not_be_decoded(workbench, bureau, case_id):
    with transaction(bureau.engine) as session:
        (row,) = session.exec(select(SourceFile).where(SourceFile.kind == "media"))
        row.source = "<b>录像</b>.mp4"
        row.media = RECORDING | {"frames": [], "source": row.source}
        session.add(row)
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    (strip,) = [each.value for each in app.get("html") if 'class="cr-frames"' in each.value]
    assert "该视频无法解码" in strip
    assert "<img" not in strip
    assert "&lt;b&gt;录像&lt;/b&gt;.mp4" in strip


def test_the_page_opens_at_the_evidence_of_the_first_problem(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    assert any("第 2 页，共 2 页" in each.value for each in app.markdown)


def test_an_address_with_a_page_opens_there(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id, page=1)
    assert any("第 1 页，共 2 页" in each.value for each in app.markdown)


def test_paging_stops_at_both_ends(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    assert app.button(key="case.viewer.chevron_right").disabled
    app.button(key="case.viewer.chevron_left").click().run()
    assert app.button(key="case.viewer.chevron_left").disabled


def test_a_date_of_the_timeline_shows_its_words(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    app.button_group(key="case.event").set_value(4).run()
    assert not app.exception
    assert app.session_state["case.looking"][2] == ""


def test_a_fact_is_corrected_with_a_reason_only(workbench, bureau, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    app.session_state["case.facts.zh"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    (value,) = [each for each in app.text_input if each.key.startswith("case.correct_value")]
    number = value.key.rsplit(".", 1)[-1]
    value.set_value("2500")
    app.button(key=f"case.correct_save.{number}").click().run()
    assert "RND-003" in app.error[0].value


def test_a_reviewer_to_whom_it_is_not_assigned_sees_nothing_of_it(workbench, case_id):
    app = workbench(Role.REVIEWER, SCRIPT, case=case_id)
    assert "ACC-002" in app.error[0].value
    assert "DEC004" not in words(app)
    assert not app.dataframe


def test_an_unknown_case_is_an_error_with_code(workbench, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id + 1000)
    assert "DB-002" in app.error[0].value


def test_the_ledger_row_is_changed_at_the_version_that_was_seen(workbench, bureau, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    app.button(key="case.open.edit").click().run()
    app.text_input(key="case.f_cause").set_value("更正后的案由")
    app.button(key="case.edit_save").click().run()
    assert [error.value for error in app.error] == []
    with reading(bureau.engine) as session:
        assert session.get(Case, case_id).cause == "更正后的案由"


def test_a_change_on_a_version_that_is_gone_is_refused(workbench, bureau, case_id):
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    app.button(key="case.open.edit").click().run()
    app.text_input(key="case.f_cause").set_value("我的")
    with transaction(bureau.engine) as session:
        case = session.get(Case, case_id)
        case.cause, case.version = "他人的", case.version + 1
        session.add(case)
    app.button(key="case.edit_save").click().run()
    assert "DB-001" in app.error[0].value
    with reading(bureau.engine) as session:
        assert session.get(Case, case_id).cause == "他人的"


def test_a_leader_is_offered_no_change(workbench, case_id):
    app = workbench(Role.LEADER, SCRIPT, case=case_id)
    assert not {button.key for button in app.button} & {
        "case.open.edit",
        "case.rerun",
        "case.import",
    }


def test_without_a_case_the_page_says_where_to_open_one(workbench):
    app = workbench(Role.REGULATIONS)
    app.switch_page(str(script_path(SCRIPT))).run()
    assert not app.exception
    assert words(app)


def test_what_ledger_and_file_say_differently_is_named(workbench, bureau, case_id):
    with transaction(bureau.engine) as session:
        case = session.get(Case, case_id)
        case.decided_on = date(2026, 4, 2)
        session.add(case)
        session.add(FactRow(case_id=case_id, name="case_no", value="样例罚[2026]1号"))
    app = workbench(Role.REGULATIONS, SCRIPT, case=case_id)
    (difference,) = [each.value for each in app.warning if "台账" in each.value]
    assert "2026\\-04\\-02" in difference
    assert "2026\\-03\\-01" in difference
    assert "案号" not in difference
