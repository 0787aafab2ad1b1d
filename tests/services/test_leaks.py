"""Nobody learns early: canaries in comments, scores, votes and checks, searched in every answer.

The table of `planning.blindness` says who may see what; here every reading service and export is
called by everybody in every phase, and the answers are searched as text.
"""

import dataclasses
import io
import json
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from review.checks.tables import CheckRow
from review.db.session import transaction
from review.errors import BlindPhase, NotAllowed, ReviewError
from review.planning.blindness import TABLE, Thing, Viewer, sees
from review.planning.phases import MOVES
from review.planning.tables import Round, RoundState
from review.scoring.tables import ScoreSheet, SheetState
from review.services import work
from review.services.case_files import cases
from review.services.desk import scoring
from review.services.panel import comparison, deliberation, panel_exports, round_agreement
from review.services.plain import plain
from review.services.rectifying import rectification
from review.services.results import findings
from review.services.rounds import rounds
from review.web.downloads import EXPORTS
from tests.services.conftest import (
    common,
    handed_in_with,
    noted,
    scored,
    seat,
    stands_at,
    to_panel,
    version_of,
)

CANARY = "金丝雀甲七号"
VOTE_CANARY = "金丝雀乙八号"
CHECK_CANARY = "金丝雀丙九号"
SCORE = "85.00"
POINTS = re.compile(r'"(score|deducted|deduction|spread|raw)": "?(85|15)\b')
"""The reviewer's score in any answer: 15 of 100 points off."""


def everything(scene, who):
    """All that the reading services answer this person, as one text; refusals left out."""
    engine, actor = scene.engine, scene.actors[who]
    sheet_ids = list(scene.sheets.values())
    calls = [
        lambda: scoring.my_sheets(engine, actor),
        lambda: scoring.sheet_cards(engine, actor),
        lambda: scoring.sheet_cards(engine, actor, round_id=scene.round_id),
        lambda: work.my_work(engine, actor),
        lambda: rounds.list_rounds(engine, actor),
        lambda: rounds.round_view(engine, actor, scene.round_id),
        lambda: comparison.list_comparisons(engine, actor),
        lambda: round_agreement.round_agreement(engine, actor, scene.round_id),
        lambda: findings.list_findings(engine, actor),
        lambda: rectification.list_lists(engine, actor),
        lambda: cases.list_cases(engine, actor),
        *(
            lambda text=text: cases.list_cases(engine, actor, text=text)
            for text in (CANARY, "罚", SCORE)
        ),
        *(lambda key=key: cases.case_view(engine, actor, key) for key in scene.cases),
        *(lambda key=key: cases.page_view(engine, actor, key) for key in scene.pages),
        *(lambda key=key: scoring.open_sheet(engine, actor, key) for key in sheet_ids),
        *(lambda key=key: scoring.sheet_result(engine, actor, key) for key in sheet_ids),
        *(
            lambda key=key: comparison.comparison(engine, actor, key)
            for key in scene.round_case_ids
        ),
    ]
    keys = {*sheet_ids, *scene.round_case_ids, *scene.cases, scene.round_id}
    for make, _media in EXPORTS.values():
        calls.extend(lambda make=make, key=key: make(engine, actor, key) for key in sorted(keys))
    texts = []
    for call in calls:
        try:
            texts.append(_text(call()))
        except ReviewError as refused:
            texts.append(refused.text("zh") + refused.text("en"))
    return "\n".join(texts)


def _text(answer):
    if isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], bytes):
        return answer[0] + _unzipped(answer[1])
    values = plain(answer) if dataclasses.is_dataclass(answer) else [plain(x) for x in answer]
    return json.dumps(values, ensure_ascii=False, default=str)


def _unzipped(raw):
    if raw[:2] != b"PK":
        return raw.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.fixture
def written(scene):
    """The reviewer has scored and handed in with canaries; the second and the expert are open."""
    handed_in_with(scene, CANARY, gap=3)
    scene.sheets["expert"] = seat(scene, 0, "P1", "expert")
    return scene


@pytest.mark.parametrize("who", ["second", "expert", "unit", "other_unit", "administrator"])
def test_while_the_first_review_runs_nobody_reads_the_others(written, who):
    text = everything(written, who)
    assert CANARY not in text
    assert not POINTS.search(text)


def test_the_writer_and_the_section_do_read_it(written):
    """The search itself works: who may see the canary finds it with the same calls."""
    assert CANARY in everything(written, "reviewer")
    assert POINTS.search(everything(written, "reviewer"))
    assert CANARY in everything(written, "regulations")
    assert CANARY in everything(written, "leader")


def test_an_expert_of_the_panel_is_blind_until_his_own_sheet_is_in(written):
    scored(written, "second", {})
    to_panel(written)
    assert CANARY in everything(written, "second")
    assert CANARY not in everything(written, "expert")
    scored(written, "expert", {})
    assert CANARY in everything(written, "expert")


def test_votes_stay_with_those_at_the_case(written):
    scored(written, "second", {})
    to_panel(written)
    vote_with_canary(written)
    for who in ("unit", "other_unit", "expert", "administrator"):
        assert VOTE_CANARY not in everything(written, who)
    assert VOTE_CANARY in everything(written, "second")


def vote_with_canary(scene):
    _, items = common(scene)
    deliberation.vote(
        scene.engine, scene.reviewer, items["DOC-02"].id, result="部分符合", view=VOTE_CANARY
    )


def test_a_reopened_sheet_shows_nothing_of_the_other(written):
    scored(written, "second", {})
    scoring.reopen(
        written.engine, written.regulations, written.sheets["second"], reason="请补充意见"
    )
    assert CANARY not in everything(written, "second")


def test_who_has_withdrawn_sees_nothing_more(written):
    noted(written, "second", "DOC-03", "符合", VOTE_CANARY)
    assert VOTE_CANARY in everything(written, "second")
    empty = rounds.withdraw(
        written.engine,
        written.regulations,
        written.round_id,
        user_id=written.second.user_id,
        reason="因病退出",
        successors=[written.expert.user_id],
        seen_version=version_of(written, written.round_id),
    ).empty
    assert [each.seat for each in empty] == ["B"]  # the expert has another seat at the case
    text = everything(written, "second")
    assert VOTE_CANARY not in text
    assert CANARY not in text
    for who in ("regulations", "leader"):  # the board of the round names the seat
        (left,) = rounds.withdrawn_seats(written.engine, written.actors[who], written.round_id)
        assert (left.seat, left.user_name, left.reason, left.scored) == (
            "B",
            "second",
            "因病退出",
            1,
        )
    with pytest.raises(NotAllowed):
        rounds.withdrawn_seats(written.engine, written.second, written.round_id)


def test_proposals_hidden_by_the_round_are_hidden_on_every_page(written):
    with transaction(written.engine) as session:
        row = session.get(Round, written.round_id)
        row.hide_proposals = True
        session.add(row)
        session.add(
            CheckRow(
                case_id=written.cases[0],
                check_id="DEC004",
                outcome="fail",
                severity="major",
                defects=["D-63"],
                message_zh=CHECK_CANARY,
                message_en=CHECK_CANARY,
                evidence=[],
                law=[],
            )
        )
    for who in ("second", "expert", "reviewer"):
        text = everything(written, who)
        assert CHECK_CANARY not in text
        assert '"failed": 1' not in text
    assert CHECK_CANARY in everything(written, "regulations")
    scored(written, "second", {})
    to_panel(written)
    assert CHECK_CANARY in everything(written, "second")
    assert CHECK_CANARY not in everything(written, "expert")


@pytest.mark.parametrize("state", list(RoundState))
def test_the_unit_learns_of_scores_in_no_phase(written, state):
    scored(written, "second", {})
    to_panel(written)
    stands_at(written, state)
    for who in ("unit", "other_unit"):
        text = everything(written, who)
        assert CANARY not in text


def test_the_comparison_is_refused_before_its_phase(written):
    for who in ("second", "expert", "reviewer", "regulations", "leader"):
        with pytest.raises(BlindPhase):
            comparison.comparison(written.engine, written.actors[who], written.round_case_ids[0])
        assert comparison.list_comparisons(written.engine, written.actors[who]) == []
    with pytest.raises(NotAllowed):
        comparison.comparison(written.engine, written.unit, written.round_case_ids[0])
    with pytest.raises(BlindPhase):
        round_agreement.round_agreement(written.engine, written.regulations, written.round_id)
    with pytest.raises(BlindPhase):
        panel_exports.deliberation_paper(
            written.engine, written.reviewer, written.round_case_ids[0]
        )


# --- the table itself -----------------------------------------------------------------------------


@rules(max_examples=200)
@given(st.data())
def test_no_history_of_phases_lets_anybody_score_who_has_seen(data):
    """Along every walk of the moves: once others' sheets were seen, no sheet is open again.

    First sheets are scored in the first review alone, experts' until they are handed in, and the
    table shows others' sheets to nobody whose own is open.
    """
    state, has_seen = RoundState.PLANNED, False
    for _ in range(data.draw(st.integers(0, 14))):
        choices = sorted(MOVES[state])
        if not choices:
            break
        state = data.draw(st.sampled_from(choices))
        has_seen = has_seen or sees(Thing.OTHERS_SHEETS, Viewer.SCORED, state)
        if has_seen:
            assert state != RoundState.SCORING
        for thing in Thing:
            assert not sees(thing, Viewer.SCORING, state)
            assert not sees(thing, Viewer.ELSEWHERE, state)
            assert not sees(thing, Viewer.ADMINISTRATOR, state)


@given(st.sampled_from(list(Thing)), st.sampled_from(list(Viewer)))
def test_what_a_state_shows_no_later_state_hides(thing, viewer):
    order = list(RoundState)
    shown = [sees(thing, viewer, state) for state in order]
    assert shown == sorted(shown)


def test_a_unit_sees_at_most_its_result_and_not_before_the_draft():
    seen = {thing for thing in TABLE if any(sees(thing, Viewer.UNIT, each) for each in RoundState)}
    assert seen == {Thing.RESULT}
    assert not sees(Thing.RESULT, Viewer.UNIT, RoundState.CONFIRMING)


@rules(
    max_examples=8,  # such as histories lead to are all looked at in test_lifecycles
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    state=st.sampled_from(list(RoundState)),
    second=st.sampled_from([SheetState.OPEN, SheetState.SUBMITTED, SheetState.WITHDRAWN]),
    expert=st.sampled_from([SheetState.OPEN, SheetState.SUBMITTED, SheetState.WITHDRAWN]),
    who=st.sampled_from(["second", "expert", "unit"]),
)
def test_in_every_phase_the_services_keep_to_the_table(panelled, state, second, expert, who):
    """Any phase with any states of the sheets, also such as no history leads to."""
    stands_at(panelled, state)
    states = {"second": second, "expert": expert}
    with transaction(panelled.engine) as session:
        for login, sheet_state in states.items():
            row = session.get(ScoreSheet, panelled.sheets[login])
            row.state = sheet_state
            session.add(row)
    viewer = Viewer.UNIT
    if who in states:
        viewer = {
            SheetState.OPEN: Viewer.SCORING,
            SheetState.SUBMITTED: Viewer.SCORED,
            SheetState.WITHDRAWN: Viewer.ELSEWHERE,
        }[states[who]]
    allowed = sees(Thing.OTHERS_SHEETS, viewer, state) or sees(Thing.COMPARISON, viewer, state)
    assert (CANARY in everything(panelled, who)) == allowed


@pytest.fixture
def panelled(written):
    """All sheets in, the panel has begun."""
    scored(written, "second", {})
    to_panel(written)
    scored(written, "expert", {})
    return written
