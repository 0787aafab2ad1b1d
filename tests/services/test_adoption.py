"""What becomes of proposals: rejected with a reason, settled when the sheet goes in, on trial."""

from __future__ import annotations

import pytest
from sqlmodel import select

from review.checks.tables import CheckRow
from review.db.session import reading, transaction
from review.errors import (
    BadValue,
    DuplicateRow,
    NotAllowed,
    NotFound,
    ReasonMissing,
    Stale,
    WrongState,
)
from review.scoring.adoption import Decision, decision_of, is_rejected_too_often
from review.scoring.adoption_tables import ProposalDecision
from review.scoring.arithmetic import ItemResult
from review.scoring.edition_file import Result
from review.services.desk import adoption, scoring

ITEM, CHECK = "DOC-01", "DEC004"


@pytest.fixture
def proposed(scene):
    """A severe failure of the check of the veto item: its failure is proposed."""
    with transaction(scene.engine) as session:
        for row in session.exec(select(CheckRow).where(CheckRow.check_id == CHECK)).all():
            session.delete(row)
        session.add(
            CheckRow(
                case_id=scene.cases[0],
                check_id=CHECK,
                outcome="fail",
                severity="veto",
                defects=["D-63"],
                message_zh="超期",
                message_en="late",
                evidence=[],
                law=[{"citation": "administrative-penalty-law#art-60", "confirmed": True}],
                trace={},
            )
        )
    return scene


def reject(scene, **more):
    values = {"sheet_id": scene.sheets["reviewer"], "item_id": ITEM, "reason_key": "misread"} | more
    return scoring.reject_proposal(scene.engine, scene.reviewer, **values)


def score_all(scene, first: str) -> None:
    for number, (item, result) in enumerate(
        {ITEM: first, "DOC-02": "符合", "DOC-03": "符合"}.items()
    ):
        scoring.save_score(
            scene.engine,
            scene.reviewer,
            sheet_id=scene.sheets["reviewer"],
            item_id=item,
            result=result,
            base_version=0,
            client_id=f"c-{number}",
        )
    scoring.submit(
        scene.engine, scene.reviewer, scene.sheets["reviewer"], overall="", seen_version=1
    )


def decisions(scene) -> list[tuple[str, str, str]]:
    with reading(scene.engine) as session:
        rows = session.exec(select(ProposalDecision)).all()
    return [(row.item_id, row.decision, row.reason_key) for row in rows]


def test_a_reason_is_kept_shown_and_stays_with_the_rejection(proposed):
    assert "识读" in reject(proposed, reason="第3页写明")
    view = scoring.open_sheet(proposed.engine, proposed.reviewer, proposed.sheets["reviewer"])
    shown = view.proposals[ITEM].rejected_for
    assert shown is not None
    assert "第3页写明" in shown.zh
    score_all(proposed, "符合")
    assert decisions(proposed) == [(ITEM, Decision.REJECTED, "misread")]
    (found,) = adoption.check_adoption(proposed.engine, proposed.leader)
    assert (found.check_id, found.rate.rejected, found.reasons) == (CHECK, 1, (("misread", 1),))
    (rejected,) = adoption.rejections(proposed.engine, proposed.regulations, CHECK)
    assert rejected.reason == "第3页写明"


def test_what_was_scored_as_proposed_is_accepted_whatever_was_said_before(proposed):
    reject(proposed)
    score_all(proposed, "不符合")
    assert decisions(proposed) == [(ITEM, Decision.ACCEPTED, "")]
    (found,) = adoption.check_adoption(proposed.engine, proposed.leader)
    assert found.rate.adopted == 1


def test_scoring_against_a_proposal_without_a_reason_is_counted_as_such(proposed):
    score_all(proposed, "符合")
    assert decisions(proposed) == [(ITEM, Decision.REJECTED, "")]


def test_a_bad_rejection_changes_nothing(proposed):
    with pytest.raises(BadValue):
        reject(proposed, reason_key="whim")
    with pytest.raises(ReasonMissing):
        reject(proposed, reason_key="other", reason=" ")
    with pytest.raises(NotFound):
        reject(proposed, item_id="DOC-03")
    with pytest.raises(NotAllowed):
        scoring.reject_proposal(
            proposed.engine,
            proposed.actors["second"],
            sheet_id=proposed.sheets["reviewer"],
            item_id=ITEM,
            reason_key="misread",
        )
    assert decisions(proposed) == []


def test_a_check_on_trial_is_shown_and_not_proposed(proposed):
    engine, sheet = proposed.engine, proposed.sheets["reviewer"]
    with pytest.raises(ReasonMissing):
        adoption.start_trial(engine, proposed.regulations, CHECK, reason=" ")
    with pytest.raises(NotFound):
        adoption.start_trial(engine, proposed.regulations, "ZZZ999", reason="样例")
    for who in (proposed.leader, proposed.reviewer, proposed.administrator):
        with pytest.raises(NotAllowed):
            adoption.start_trial(engine, who, CHECK, reason="样例")
    trial = adoption.start_trial(engine, proposed.regulations, CHECK, reason="样例理由")
    with pytest.raises(DuplicateRow):
        adoption.start_trial(engine, proposed.regulations, CHECK, reason="样例")
    view = scoring.open_sheet(engine, proposed.reviewer, sheet)
    assert ITEM not in view.proposals
    assert "超期" in view.trial_notes[ITEM][0].zh
    with pytest.raises(NotFound):
        reject(proposed)
    (found,) = adoption.check_adoption(engine, proposed.leader)
    assert found.trial is not None
    with pytest.raises(Stale):
        adoption.end_trial(engine, proposed.regulations, trial, reason="样例", seen_version=9)
    adoption.end_trial(engine, proposed.regulations, trial, reason="已改进", seen_version=1)
    with pytest.raises(WrongState):
        adoption.end_trial(engine, proposed.regulations, trial, reason="样例", seen_version=2)
    assert ITEM in scoring.open_sheet(engine, proposed.reviewer, sheet).proposals
    assert adoption.trials(engine, proposed.leader, CHECK)[0].end_reason == "已改进"


@pytest.mark.parametrize(
    ("given", "decision"),
    [
        (ItemResult(Result.PARTLY_MET, {"a": 2}), Decision.ACCEPTED),
        (ItemResult(Result.PARTLY_MET, {"a": 2, "b": 0}), Decision.ACCEPTED),
        (ItemResult(Result.PARTLY_MET, {"a": 1}), Decision.EDITED),
        (ItemResult(Result.NOT_MET, {"a": 2}), Decision.EDITED),
        (ItemResult(Result.MET), Decision.REJECTED),
        (ItemResult(Result.NOT_APPLICABLE), Decision.REJECTED),
        (ItemResult(Result.UNDECIDED), None),
    ],
)
def test_a_score_decides_on_a_proposal(given, decision):
    assert decision_of(ItemResult(Result.PARTLY_MET, {"a": 2}), given) == decision


def test_a_proposal_that_all_is_well_is_not_counted():
    assert decision_of(ItemResult(Result.MET), ItemResult(Result.NOT_MET)) is None


@pytest.mark.parametrize(
    ("rejected", "decided", "suggested"),
    [(9, 9, False), (5, 10, False), (6, 10, True), (10, 10, True), (50, 101, False)],
)
def test_trial_is_suggested_from_ten_decisions_and_more_than_half(rejected, decided, suggested):
    assert is_rejected_too_often(rejected, decided) is suggested


def test_time_codes_are_asked_for_when_a_sheet_of_recordings_goes_in():
    shown = ["0:12:30", "见 01:02:03 处", "12：30：00"]
    silent = ["", "第12页", "12:30", "2026-01-01", "1:99:00"]
    assert all(scoring.TIME_CODE.search(text) for text in shown)
    assert not any(scoring.TIME_CODE.search(text) for text in silent)
