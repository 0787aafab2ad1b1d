"""From submitted sheets to findings, a list, and items that are closed by the other side."""

from datetime import timedelta

import pytest
from sqlmodel import select

from review.checks.tables import CheckRow
from review.common.clock import today
from review.common.store import Store
from review.db.audit import AuditRecord
from review.db.session import reading, transaction
from review.errors import (
    BadValue,
    NotAllowed,
    NotFound,
    ProofMissing,
    ReasonMissing,
    Stale,
    VetoNeedsSecondPerson,
    WrongState,
)
from review.findings.tables import Finding
from review.services import integrity
from review.services.case_files import cases
from review.services.desk import scoring
from review.services.panel import deliberation
from review.services.rectifying import rectification, rectification_workbook
from review.services.results import exports, findings
from review.settings import settings
from tests.services.conftest import common, conclude, seat, settle, stands_at, to_panel
from tests.services.conftest import move as move_round

VERDICTS = {"DOC-01": "不符合", "DOC-02": "部分符合", "DOC-03": "符合"}


def submit(scene, who, verdicts=VERDICTS):
    for item, result in verdicts.items():
        scoring.save_score(
            scene.engine,
            scene.actors[who],
            sheet_id=scene.sheets[who],
            item_id=item,
            result=result,
            chosen={"gap": 2} if result == "部分符合" else {},
            comment="见第1页" if result != "符合" else "",
            base_version=0,
            client_id=f"f-{item}",
        )
    scoring.pin(
        scene.engine,
        scene.actors[who],
        sheet_id=scene.sheets[who],
        item_id="DOC-02",
        page_id=scene.pages[0],
        box=[10, 20, 110, 40],
        quote="期限",
    )
    scoring.submit(scene.engine, scene.actors[who], scene.sheets[who], overall="", seen_version=1)


@pytest.fixture
def judged(scene):
    """All sheets in, the panel has decided as the reviewer and the expert say, findings derived."""
    submit(scene, "reviewer")
    submit(scene, "second", {"DOC-01": "符合", "DOC-02": "符合", "DOC-03": "符合"})
    scene.sheets["expert"] = seat(scene, 0, "P1", "expert")
    submit(scene, "expert", {"DOC-01": "不符合", "DOC-02": "符合", "DOC-03": "符合"})
    to_panel(scene)
    decide(scene)
    move_round(scene, "confirming")
    findings.derive(scene.engine, scene.regulations, scene.round_id)
    return scene


def decide(scene, veto="不符合"):
    settle(scene, "DOC-01", veto, ("reviewer", "expert"))
    settle(scene, "DOC-02", "部分符合", ("reviewer", "second"), chosen={"gap": 2})
    conclude(scene)


def listed(scene, who="regulations"):
    return findings.list_findings(scene.engine, scene.actors[who], round_id=scene.round_id)


def confirm(scene, finding, **more):
    values = {
        "text": finding.text.zh,
        "severity": finding.severity,
        "measure": "补正并说明",
        "due_days": 15,
        "seen_version": finding.version,
    } | more
    findings.confirm(scene.engine, scene.regulations, finding.id, **values)


def test_nothing_is_derived_before_the_panel_has_settled_a_case(scene):
    submit(scene, "reviewer")
    with pytest.raises(WrongState):
        findings.derive(scene.engine, scene.regulations, scene.round_id)
    submit(scene, "second", {"DOC-01": "符合", "DOC-02": "符合", "DOC-03": "符合"})
    to_panel(scene)
    done = findings.derive(scene.engine, scene.regulations, scene.round_id)
    assert done.added == 0
    assert len(done.waiting) == 1


def test_faults_become_findings_with_their_evidence(judged):
    by_item = {each.item_id: each for each in listed(judged)}
    assert set(by_item) == {"DOC-01", "DOC-02"}
    assert (by_item["DOC-01"].severity, by_item["DOC-02"].severity) == ("veto", "major")
    place = by_item["DOC-02"].evidence[0]
    assert (place.page_id, place.quote) == (judged.pages[0], "期限")
    assert by_item["DOC-02"].proposed_by == ("reviewer",)
    assert integrity.verify(judged.engine).violations == ()


def test_deriving_again_changes_nothing_and_follows_the_panel(judged):
    again = findings.derive(judged.engine, judged.regulations, judged.round_id)
    assert (again.added, again.updated, again.removed, again.kept) == (0, 0, 0, 2)
    move_round(judged, "deliberating", reason="误判")
    row, _ = common(judged)
    deliberation.reopen_conclusion(
        judged.engine,
        judged.regulations,
        judged.round_case_ids[0],
        reason="误判",
        seen_version=row.version,
    )
    waiting = findings.derive(judged.engine, judged.regulations, judged.round_id)
    assert waiting.waiting == ("样例罚〔2023〕1号",)
    settle(judged, "DOC-01", "符合", ("reviewer", "second", "expert"))
    settle(judged, "DOC-02", "部分符合", (), chosen={"gap": 2})
    conclude(judged)
    after = findings.derive(judged.engine, judged.regulations, judged.round_id)
    assert (after.added, after.removed) == (0, 1)


def test_a_failed_check_that_everybody_overruled_is_named(scene):
    with transaction(scene.engine) as session:
        session.add(
            CheckRow(
                case_id=scene.cases[0],
                check_id="DEC004",
                outcome="fail",
                severity="major",
                defects=["D-63"],
                message_zh="超期",
                message_en="late",
                evidence=[],
                law=[],
            )
        )
    fine = dict.fromkeys(VERDICTS, "符合")
    submit(scene, "reviewer", fine)
    submit(scene, "second", fine)
    to_panel(scene)
    done = findings.derive(scene.engine, scene.regulations, scene.round_id)
    assert done.set_aside == (("样例罚〔2023〕1号", ("DEC004",)),)


def test_a_confirmed_veto_decides_the_grade(judged):
    veto = listed(judged)[0]
    before = scoring.sheet_result(judged.engine, judged.regulations, judged.sheets["reviewer"])
    assert (before.veto, before.grade.zh) == ("proposed", "待认定否决")
    confirm(judged, veto)
    after = scoring.sheet_result(judged.engine, judged.regulations, judged.sheets["reviewer"])
    assert (after.veto, after.grade.zh, after.score) == ("confirmed", "不合格", before.score)


def test_a_veto_is_not_confirmed_by_its_proposer(judged):
    made = findings.add_finding(
        judged.engine,
        judged.regulations,
        round_id=judged.round_id,
        case_id=judged.cases[0],
        text="主体不合法",
        severity="veto",
        measure="撤销",
        item_id="DOC-01",
        page_id=judged.pages[0],
    )
    own = next(each for each in listed(judged) if each.id == made)
    with pytest.raises(VetoNeedsSecondPerson):
        confirm(judged, own)
    confirm(judged, own, severity="major", reason="不影响效力")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"text": " "}, BadValue),
        ({"measure": ""}, BadValue),
        ({"due_days": 0}, BadValue),
        ({"due_days": 366}, BadValue),
        ({"severity": "mild"}, BadValue),
        ({"severity": "minor"}, ReasonMissing),
        ({"seen_version": 9}, Stale),
    ],
)
def test_a_wrong_confirmation_is_refused(judged, wrong, error):
    finding = next(each for each in listed(judged) if each.item_id == "DOC-02")
    with pytest.raises(error):
        confirm(judged, finding, **wrong)
    assert {each.state for each in listed(judged)} == {"proposed"}


def test_several_are_confirmed_as_proposed_and_what_is_left_says_why(judged):
    def added(severity):
        return findings.add_finding(
            judged.engine,
            judged.regulations,
            round_id=judged.round_id,
            case_id=judged.cases[0],
            text="主体不合法",
            severity=severity,
            measure="撤销",
            due_days=7,
        )

    unmeasured = next(each.id for each in listed(judged) if each.severity != "veto")
    own, stale, *others = (added(each) for each in ("veto", "minor", "major", "minor"))
    before = {each.id: each for each in listed(judged)}
    seen = dict.fromkeys((own, others[0], unmeasured, others[1]), 1) | {stale: 0, 987: 1}
    done = findings.confirm_many(judged.engine, judged.regulations, seen)
    assert done.confirmed == tuple(others)
    assert {each.finding_id: type(each.why) for each in done.left} == {
        own: VetoNeedsSecondPerson,
        unmeasured: BadValue,
        stale: Stale,
        987: NotFound,
    }
    after = {each.id: each for each in listed(judged)}
    for key in (own, stale, unmeasured):
        assert after[key] == before[key]
    for key in others:
        assert (after[key].state, after[key].text) == ("confirmed", before[key].text)
        assert (after[key].measure, after[key].due_days, after[key].version) == ("撤销", 7, 2)
    with reading(judged.engine) as session:
        query = select(AuditRecord.subject_id).where(AuditRecord.action == "finding.confirm")
        recorded = session.exec(query.order_by(AuditRecord.sequence)).all()
    assert recorded == [str(key) for key in others]
    assert integrity.verify(judged.engine).violations == ()
    with pytest.raises(NotAllowed):
        findings.confirm_many(judged.engine, judged.leader, seen)


def test_a_finding_is_decided_once_and_taken_back_with_a_reason(judged):
    finding = next(each for each in listed(judged) if each.item_id == "DOC-02")
    with pytest.raises(ReasonMissing):
        findings.dismiss(judged.engine, judged.regulations, finding.id, reason="", seen_version=1)
    findings.dismiss(
        judged.engine, judged.regulations, finding.id, reason="材料在他处", seen_version=1
    )
    with pytest.raises(WrongState):
        confirm(judged, finding, seen_version=2)
    findings.reconsider(
        judged.engine, judged.regulations, finding.id, reason="复核发现", seen_version=2
    )
    confirm(judged, finding, seen_version=3)
    assert findings.derive(judged.engine, judged.regulations, judged.round_id).kept == 2


@pytest.mark.parametrize("who", ["reviewer", "unit", "leader", "administrator", "expert"])
def test_only_the_section_decides(judged, who):
    actor = judged.actors[who]
    with pytest.raises(NotAllowed):
        findings.derive(judged.engine, actor, judged.round_id)
    with pytest.raises(NotAllowed):
        findings.dismiss(judged.engine, actor, 1, reason="x", seen_version=1)
    with pytest.raises(NotAllowed):
        rectification.issue_list(judged.engine, actor, judged.round_id, 1)


@pytest.fixture
def issued(judged):
    """The list of the unit, with its two items."""
    for finding in listed(judged):
        confirm(judged, finding)
    stands_at(judged, "rectifying")
    unit_id = judged.units["样例执法大队"]
    judged.list_id = rectification.issue_list(
        judged.engine, judged.regulations, judged.round_id, unit_id
    )
    return judged


def items(scene, who="regulations"):
    return rectification.list_view(scene.engine, scene.actors[who], scene.list_id).items


def move(scene, who, item, action, **more):
    values = {"action": action, "seen_version": item.version, "note": "样例说明"} | more
    rectification.move_item(scene.engine, scene.actors[who], item.id, **values)


def test_a_list_holds_what_was_confirmed_and_grows(judged):
    unit_id = judged.units["样例执法大队"]
    stands_at(judged, "rectifying")
    with pytest.raises(WrongState):
        rectification.issue_list(judged.engine, judged.regulations, judged.round_id, unit_id)
    veto, major = listed(judged)
    confirm(judged, major)
    first = rectification.issue_list(judged.engine, judged.regulations, judged.round_id, unit_id)
    confirm(judged, veto)
    second = rectification.issue_list(judged.engine, judged.regulations, judged.round_id, unit_id)
    judged.list_id = first
    assert first == second
    assert [item.sequence for item in items(judged)] == [1, 2]
    assert items(judged)[0].due_on >= today() + timedelta(days=15)


def test_a_unit_sees_its_issued_findings_without_points_or_names(issued):
    seen = findings.list_findings(issued.engine, issued.unit)
    assert len(seen) == 2
    assert {(each.deduction, each.origin, each.proposed_by) for each in seen} == {(0, "", ())}
    assert findings.list_findings(issued.engine, issued.other_unit) == []
    assert rectification.list_lists(issued.engine, issued.other_unit) == []
    with pytest.raises(NotAllowed):
        rectification.list_view(issued.engine, issued.other_unit, issued.list_id)
    with pytest.raises(NotAllowed):
        exports.rectification_docx(issued.engine, issued.other_unit, issued.list_id)


def test_a_unit_sees_the_pages_of_its_evidence_alone(issued):
    assert cases.page_view(issued.engine, issued.unit, issued.pages[0]).number == 1
    with pytest.raises(NotAllowed):
        cases.page_view(issued.engine, issued.unit, issued.pages[1])
    with pytest.raises(NotAllowed):
        cases.page_view(issued.engine, issued.other_unit, issued.pages[0])


def test_an_item_goes_to_the_unit_and_back_and_is_closed_by_the_section(issued, tmp_path):
    proof = tmp_path / "说明.pdf"
    proof.write_bytes(b"%PDF-1.4 sample")
    move(issued, "unit", items(issued)[0], "start")
    move(issued, "unit", items(issued)[0], "submit", proof=(proof, "../说明.pdf"))
    with pytest.raises(NotAllowed):
        move(issued, "unit", items(issued)[0], "close")
    move(issued, "regulations", items(issued)[0], "send_back")
    with pytest.raises(ProofMissing):
        move(issued, "unit", items(issued)[0], "submit", note="补正后再报")
    rectification.attach_proof(
        issued.engine, issued.unit, issued.list_id, [items(issued)[0].id], (proof, "补正.pdf")
    )
    move(issued, "unit", items(issued)[0], "submit", note="补正后再报")
    with pytest.raises(ReasonMissing):
        move(issued, "regulations", items(issued)[0], "close", note=" ")
    move(issued, "regulations", items(issued)[0], "close")
    item = items(issued)[0]
    assert item.state == "closed"
    assert item.progress == "补正后再报"
    assert [event.to_state for event in item.events] == [
        "in_work",
        "submitted",
        "sent_back",
        "sent_back",
        "submitted",
        "closed",
    ]
    kept = item.events[1]
    assert kept.proof_name == "说明.pdf"
    assert Store(settings().store).is_intact(kept.proof_sha256)
    name, path = rectification.proof_file(issued.engine, issued.unit, kept.id)
    assert (name, path.read_bytes()) == ("说明.pdf", b"%PDF-1.4 sample")
    with pytest.raises(NotAllowed):
        rectification.proof_file(issued.engine, issued.other_unit, kept.id)
    with pytest.raises(NotFound):
        rectification.proof_file(issued.engine, issued.unit, item.events[0].id)
    assert integrity.verify(issued.engine).violations == ()


@pytest.mark.parametrize("who", ["regulations", "leader", "reviewer", "other_unit"])
def test_nobody_else_submits_for_the_unit(issued, who):
    with pytest.raises((NotAllowed, WrongState)):
        move(issued, who, items(issued)[0], "submit")
    assert items(issued)[0].state == "to_do"


def test_a_stale_or_unknown_step_is_refused(issued):
    item = items(issued)[0]
    move(issued, "unit", item, "start")
    with pytest.raises(Stale):
        move(issued, "unit", item, "submit")
    with pytest.raises(BadValue):
        move(issued, "unit", items(issued)[0], "vanish")
    with pytest.raises(WrongState):
        move(issued, "regulations", items(issued)[0], "close")


def test_measure_and_deadline_are_the_sections_and_the_person_the_units(issued):
    def edit(who, **more):
        rectification.edit_item(
            issued.engine,
            issued.actors[who],
            items(issued)[0].id,
            seen_version=items(issued)[0].version,
            **more,
        )

    edit("unit", responsible_person="样例负责人")
    for change in ({"measure": "不整改"}, {"due_on": today() + timedelta(days=300)}):
        with pytest.raises(NotAllowed):
            edit("unit", **change)
    edit("regulations", measure="补正文书", due_on=today() + timedelta(days=30))
    with pytest.raises(BadValue):
        edit("regulations", due_on=today() - timedelta(days=1))
    with pytest.raises(BadValue):
        edit("regulations", measure=" ")
    item = items(issued)[0]
    assert (item.responsible_person, item.measure) == ("样例负责人", "补正文书")
    assert [event.action for event in item.events] == ["edit", "edit"]


def test_a_listed_finding_is_not_taken_back(issued):
    finding = listed(issued)[0]
    with pytest.raises(WrongState):
        findings.reconsider(
            issued.engine,
            issued.regulations,
            finding.id,
            reason="x",
            seen_version=finding.version,
        )


def test_exports_are_made_and_leave_a_trace(issued):
    for make in (exports.rectification_docx, exports.rectification_xlsx):
        name, content = make(issued.engine, issued.unit, issued.list_id)
        assert content.startswith(b"PK")
        assert "样例执法大队" in name
    name, content = exports.score_sheet_docx(
        issued.engine, issued.reviewer, issued.sheets["reviewer"]
    )
    assert content.startswith(b"PK")
    assert "/" not in name
    # whoever handed in a sheet of the same file may read the other's from the panel on
    exports.score_sheet_docx(issued.engine, issued.second, issued.sheets["reviewer"])
    for stranger in (issued.unit, issued.administrator):
        with pytest.raises(NotAllowed):
            exports.score_sheet_docx(issued.engine, stranger, issued.sheets["reviewer"])
    with reading(issued.engine) as session:
        query = select(AuditRecord).where(AuditRecord.action == "export")
        traces = session.exec(query.order_by(AuditRecord.sequence)).all()
    assert [each.detail["form"] for each in traces] == ["docx", "xlsx", "docx", "docx"]


def test_a_workbook_comes_back_unchanged_or_with_its_changes(issued):
    import io

    from openpyxl import load_workbook

    _, raw = exports.rectification_xlsx(issued.engine, issued.unit, issued.list_id)
    back = rectification_workbook.read_back(
        issued.engine, issued.unit, issued.list_id, raw, name="清单.xlsx"
    )
    assert (back.changes, back.problems, back.missing) == ((), (), ())
    book = load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "待整改":
                cell.value = "整改中"
                break
        else:
            continue
        break
    changed = io.BytesIO()
    book.save(changed)
    back = rectification_workbook.read_back(
        issued.engine, issued.unit, issued.list_id, changed.getvalue(), name="清单.xlsx"
    )
    assert [(each.field, each.new) for each in back.changes] == [("state", "in_work")]


def test_findings_stay_with_their_round(issued):
    with reading(issued.engine) as session:
        assert {row.round_id for row in session.exec(select(Finding))} == {issued.round_id}
    assert findings.list_findings(issued.engine, issued.leader, round_id=99) == []
