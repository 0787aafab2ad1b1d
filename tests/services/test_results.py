"""From the panel to published results: checks, feedback, objections, papers, who sees what."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from review.common.clock import today
from review.db.session import reading, transaction
from review.errors import (
    DuplicateRow,
    NotAllowed,
    NotFound,
    NotReadyToPublish,
    ObjectionMakesWorse,
    ObjectionTooLate,
    ReasonMissing,
    Stale,
    WrongState,
)
from review.findings.result_tables import CaseResult, Feedback, ResultItem
from review.findings.tables import Finding
from review.panels.tables import CommonItem
from review.services import integrity
from review.services.case_files import cases
from review.services.results import findings, objections, papers, results
from tests.services.conftest import conclude, move, scored, seat, settle, to_panel, version_of


@pytest.fixture
def confirmed(scene):
    """Case 1 lost points on DOC-02 after the panel; every finding is confirmed."""
    scored(scene, "reviewer", {"DOC-02": "部分符合"})
    scored(scene, "second", {})
    scored(scene, "expert", {}, sheet_id=seat(scene, 0, "P1", "expert"))
    to_panel(scene)
    settle(scene, "DOC-02", "部分符合", ("reviewer", "second"), chosen={"late": 1})
    conclude(scene)
    move(scene, "confirming")
    findings.derive(scene.engine, scene.regulations, scene.round_id)
    for each in findings.list_findings(scene.engine, scene.regulations, round_id=scene.round_id):
        findings.confirm(
            scene.engine, scene.regulations, each.id, text=each.text.zh, severity=each.severity,
            measure="书面说明", due_days=15, seen_version=each.version,
        )  # fmt: skip
    return scene


@pytest.fixture
def told(confirmed):
    """The draft result is out to the brigade."""
    scene = confirmed
    move(scene, "objecting")
    results.send_feedback(
        scene.engine, scene.regulations, scene.round_id, scene.units["样例执法大队"]
    )
    return scene


def result_of(scene, place=0):
    with reading(scene.engine) as session:
        return session.exec(
            select(CaseResult).where(CaseResult.case_id == scene.cases[place])
        ).one()


def raised(scene, item="DOC-02", who="unit", **more):
    values = {
        "round_id": scene.round_id, "case_id": scene.cases[0], "item_id": item,
        "text": "第3页已有延期审批",
    } | more  # fmt: skip
    return objections.raise_objection(scene.engine, scene.actors[who], **values)


def decide(scene, key, **more):
    values = {
        "decision": "uphold", "result": "符合", "reason": "材料属实", "seen_version": 1
    } | more  # fmt: skip
    objections.decide(scene.engine, scene.regulations, key, **values)


def over(scene):
    with transaction(scene.engine) as session:
        row = session.exec(select(Feedback)).one()
        row.until_on = today() - timedelta(days=1)
        session.add(row)


def test_a_result_is_the_sum_of_what_was_settled(told):
    row = result_of(told)
    assert (row.score, row.deducted, row.grade_zh) == (80, 20, "良好")
    assert row.disputed == ["DOC-02"]
    with reading(told.engine) as session:
        items = session.exec(select(ResultItem).where(ResultItem.result_id == row.id)).all()
    assert sum(item.deduction for item in items) == row.deducted
    assert integrity.verify(told.engine).violations == ()


def test_an_objection_that_succeeds_improves_the_result_and_drops_the_finding(told):
    key = raised(told)
    decide(told, key)
    row = result_of(told)
    assert (row.score, row.deducted) == (100, 0)
    with reading(told.engine) as session:
        gone = session.exec(select(Finding).where(Finding.item_id == "DOC-02")).one()
    assert gone.state == "dismissed"
    assert gone.reason.startswith("异议采纳")
    again = results.results_view(told.engine, told.regulations, told.round_id)
    assert not [each for each in again.lint if "合计不符" in each.zh]


def test_an_objection_that_fails_leaves_everything(told):
    before = result_of(told).score
    decide(told, raised(told), decision="reject", result=None, reason="审批在期限之后")
    assert result_of(told).score == before
    view = objections.list_objections(told.engine, told.unit)[0]
    assert (view.state, view.decided_by, view.reason) == ("rejected", "", "审批在期限之后")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"result": "不符合"}, ObjectionMakesWorse),
        ({"seen_version": 7}, Stale),
    ],
)
def test_a_wrong_decision_is_refused_and_changes_nothing(told, wrong, error):
    key = raised(told)
    with pytest.raises(error):
        decide(told, key, **wrong)
    assert result_of(told).deducted == 20
    assert objections.list_objections(told.engine, told.unit)[0].state == "raised"


@pytest.mark.parametrize("who", ["reviewer", "second", "expert", "unit", "leader", "administrator"])
def test_nobody_but_the_section_decides(told, who):
    key = raised(told)
    with pytest.raises(NotAllowed):
        objections.decide(
            told.engine, told.actors[who], key, decision="reject", reason="x", seen_version=1
        )


def test_a_new_veto_is_proposed_and_stops_publishing_until_another_confirms(told):
    decide(told, raised(told), decision="reject", result=None, new_veto="决定书没有负责人签批")
    view = results.results_view(told.engine, told.regulations, told.round_id)
    assert any("尚未认定" in each.zh for each in view.lint)
    with reading(told.engine) as session:
        row = session.exec(select(Finding).where(Finding.severity == "veto")).one()
    assert (row.state, row.proposed_by) == ("proposed", [told.regulations.user_id])


def test_a_unit_sees_its_own_draft_alone_and_nobody_of_the_scorers(told):
    own = objections.drafts(told.engine, told.unit)
    assert [case.case_no for case in own[0].cases] == ["样例罚〔2023〕1号", "样例罚〔2023〕2号"]
    assert own[0].may_object
    names = {told.actors[each].name for each in ("reviewer", "second", "expert", "regulations")}
    assert not any(name in repr(own) for name in names)
    assert objections.drafts(told.engine, told.other_unit) == []
    with pytest.raises(NotFound):
        raised(told, who="other_unit")
    for who in ("reviewer", "expert", "administrator"):
        with pytest.raises(NotAllowed):
            objections.drafts(told.engine, told.actors[who])


def test_a_unit_learns_nothing_before_it_was_told(confirmed):
    move(confirmed, "objecting")
    results.compute(confirmed.engine, confirmed.regulations, confirmed.round_id)
    assert objections.drafts(confirmed.engine, confirmed.unit) == []
    with pytest.raises(NotFound):
        raised(confirmed)
    row = result_of(confirmed)
    with pytest.raises(NotAllowed):
        papers.opinion_docx(confirmed.engine, confirmed.unit, row.id)
    with pytest.raises(NotAllowed):
        cases.page_view(confirmed.engine, confirmed.unit, confirmed.pages[0])


def test_objecting_needs_words_a_known_item_and_is_done_once(told):
    with pytest.raises(ReasonMissing):
        raised(told, text=" ")
    with pytest.raises(NotFound):
        raised(told, item="DOC-99")
    with pytest.raises(NotFound):
        raised(told, page_ids=[told.pages[1]])
    key = raised(told, page_ids=[told.pages[0]])
    with pytest.raises(DuplicateRow):
        raised(told)
    objections.withdraw(told.engine, told.unit, key, seen_version=1)
    raised(told)


def test_the_time_to_object_ends(told):
    over(told)
    with pytest.raises(ObjectionTooLate):
        raised(told)


def test_publishing_waits_for_time_and_objections_then_nothing_changes(told, tmp_path):
    publish = {"seen_version": version_of(told, told.round_id)}
    with pytest.raises(NotReadyToPublish) as refused:
        results.publish(told.engine, told.regulations, told.round_id, **publish)
    assert "尚未届满" in refused.value.text("zh")
    proof = tmp_path / "审批.pdf"
    proof.write_bytes(b"%PDF-1.4 sample")
    key = raised(told, proof=(proof, "../审批.pdf"))
    over(told)
    with pytest.raises(NotReadyToPublish):
        results.publish(told.engine, told.regulations, told.round_id, **publish)
    with pytest.raises(WrongState):
        move(told, "published")
    decide(told, key)
    results.publish(told.engine, told.regulations, told.round_id, **publish)
    for refuse in (
        lambda: results.compute(told.engine, told.regulations, told.round_id),
        lambda: raised(told, item="DOC-03"),
    ):
        with pytest.raises(WrongState):
            refuse()
    view = results.results_view(told.engine, told.leader, told.round_id)
    assert view.figures.is_published
    assert (view.figures.objections, view.figures.upheld) == (1, 1)
    assert view.figures.average == Decimal(100)
    proofs = objections.list_objections(told.engine, told.unit)[0].proofs
    name, path = objections.proof_file(told.engine, told.unit, proofs[0].id)
    assert (name, path.read_bytes()) == ("审批.pdf", b"%PDF-1.4 sample")
    with pytest.raises(NotAllowed):
        objections.proof_file(told.engine, told.other_unit, proofs[0].id)
    assert integrity.verify(told.engine).violations == ()


def test_a_figure_that_was_changed_by_hand_stops_publishing(told):
    over(told)
    with transaction(told.engine) as session:
        row = session.exec(select(CaseResult).where(CaseResult.case_id == told.cases[0])).one()
        row.score = Decimal(99)
        session.add(row)
    with pytest.raises(NotReadyToPublish) as refused:
        results.publish(
            told.engine, told.regulations, told.round_id,
            seen_version=version_of(told, told.round_id),
        )  # fmt: skip
    assert "合计不符" in refused.value.text("zh")


@pytest.mark.parametrize("who", ["reviewer", "expert", "unit", "administrator"])
def test_results_are_for_the_section_and_the_leader(told, who):
    with pytest.raises(NotAllowed):
        results.results_view(told.engine, told.actors[who], told.round_id)
    with pytest.raises(NotAllowed):
        papers.circular_docx(told.engine, told.actors[who], told.round_id)


def test_points_taken_without_a_reason_stop_the_feedback(confirmed):
    move(confirmed, "objecting")
    with transaction(confirmed.engine) as session:
        for item in session.exec(select(CommonItem).where(CommonItem.item_id == "DOC-02")):
            item.chosen, item.comment = {}, ""
            session.add(item)
    with pytest.raises(NotReadyToPublish) as refused:
        results.send_feedback(
            confirmed.engine, confirmed.regulations, confirmed.round_id,
            confirmed.units["样例执法大队"],
        )  # fmt: skip
    assert "没有理由" in refused.value.text("zh")
    assert objections.drafts(confirmed.engine, confirmed.unit) == []
