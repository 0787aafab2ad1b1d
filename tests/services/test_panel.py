"""The panel: what is merged, what is disputed, who votes, how an item and a case are settled."""

import io
from decimal import Decimal

import pytest
from docx import Document

from review.db.session import reading
from review.errors import (
    BadScore,
    BadValue,
    BlindPhase,
    NotAllowed,
    ReasonMissing,
    Stale,
    VetoNeedsPanel,
    WrongState,
)
from review.services import integrity
from review.services.desk import scoring
from review.services.panel import comparison, deliberation, panel_exports, round_agreement
from review.services.panel.common_results import settled_results
from review.services.rounds import rounds
from tests.services.conftest import (
    common,
    conclude,
    move,
    scored,
    seat,
    settle,
    to_panel,
    version_of,
)


def view(scene, who="regulations", place=0):
    return comparison.comparison(scene.engine, scene.actors[who], scene.round_case_ids[place])


@pytest.fixture
def disputed(scene):
    """A and the expert fail the veto item, B does not; all agree on the rest."""
    scored(scene, "reviewer", {"DOC-01": "不符合"})
    scored(scene, "second", {})
    scene.sheets["expert"] = seat(scene, 0, "P1", "expert")
    scored(scene, "expert", {"DOC-01": "不符合"})
    to_panel(scene)
    return scene


def test_agreed_cases_settle_themselves_and_disputed_ones_wait(disputed):
    row, items = common(disputed)
    assert (row.state, row.needs_panel) == ("open", True)
    assert {key: item.result for key, item in items.items()} == {
        "DOC-01": "",
        "DOC-02": "符合",
        "DOC-03": "符合",
    }
    agreed, _ = common(disputed, place=1)
    assert agreed.state == "settled"
    with pytest.raises(WrongState):
        move(disputed, "confirming")


def test_disagreement_stands_first_with_every_scorer_beside_it(disputed):
    seen = view(disputed)
    assert [item.item_id for item in seen.items] == ["DOC-01", "DOC-02", "DOC-03"]
    assert [given.result for given in seen.items[0].given] == ["不符合", "符合", "不符合"]
    assert [each.seat for each in seen.scorers] == ["A", "B", "P1"]
    assert seen.open_items[0].item_id == "DOC-01"


def test_a_veto_needs_two_votes_and_the_majority(disputed):
    _, items = common(disputed)
    key = items["DOC-01"].id

    def settle_it(**more):
        values = {"result": "不符合", "reason": "主体不合法", "seen_version": 1} | more
        deliberation.settle_item(disputed.engine, disputed.regulations, key, **values)

    def vote(who, result="不符合"):
        deliberation.vote(disputed.engine, disputed.actors[who], key, result=result, view="见第1页")

    with pytest.raises(VetoNeedsPanel):
        settle_it()
    vote("reviewer")
    with pytest.raises(VetoNeedsPanel):
        settle_it()
    vote("second", "符合")
    with pytest.raises(VetoNeedsPanel):
        settle_it()
    vote("expert")
    with pytest.raises(ReasonMissing):
        settle_it(reason=" ")
    with pytest.raises(Stale):
        settle_it(seen_version=9)
    with pytest.raises(BadValue):  # the votes lead elsewhere
        settle_it(result="符合")
    settle_it()
    with pytest.raises(WrongState):
        vote("second")
    assert view(disputed).items[0].result == "不符合"


def test_a_vote_given_again_replaces_the_first(disputed):
    _, items = common(disputed)
    for result in ("不符合", "符合"):
        deliberation.vote(
            disputed.engine, disputed.reviewer, items["DOC-01"].id, result=result, view="改"
        )
    assert [vote.result for vote in view(disputed).items[0].votes] == ["符合"]


@pytest.mark.parametrize(
    ("who", "result", "said", "error"),
    [
        ("regulations", "符合", "x", NotAllowed),
        ("unit", "符合", "x", NotAllowed),
        ("leader", "符合", "x", NotAllowed),
        ("reviewer", "符合", " ", ReasonMissing),
        ("reviewer", "好", "x", BadScore),
        ("reviewer", "待核", "x", BadScore),
    ],
)
def test_only_members_vote_with_a_view_on_a_result(disputed, who, result, said, error):
    _, items = common(disputed)
    with pytest.raises(error):
        deliberation.vote(
            disputed.engine, disputed.actors[who], items["DOC-01"].id, result=result, view=said
        )


def test_agreed_items_are_not_voted_on(disputed):
    _, items = common(disputed)
    with pytest.raises(WrongState):
        deliberation.vote(
            disputed.engine, disputed.reviewer, items["DOC-02"].id, result="符合", view="x"
        )


def test_a_case_is_concluded_by_three_members_with_a_chair(disputed):
    with pytest.raises(WrongState):
        conclude(disputed)
    settle(disputed, "DOC-01", "不符合", ("reviewer", "expert"))
    with pytest.raises(BadValue):
        conclude(disputed, ("reviewer", "expert"))
    conclude(disputed)
    with reading(disputed.engine) as session:
        results = settled_results(session, disputed.round_case_ids[0])
    assert results["DOC-01"].result == "不符合"
    move(disputed, "confirming")
    assert integrity.verify(disputed.engine).violations == ()


def test_a_conclusion_is_taken_back_with_a_reason(disputed):
    settle(disputed, "DOC-01", "不符合", ("reviewer", "expert"))
    conclude(disputed)
    row, _ = common(disputed)
    with pytest.raises(ReasonMissing):
        deliberation.reopen_conclusion(
            disputed.engine,
            disputed.regulations,
            disputed.round_case_ids[0],
            reason="",
            seen_version=row.version,
        )
    deliberation.reopen_conclusion(
        disputed.engine,
        disputed.regulations,
        disputed.round_case_ids[0],
        reason="新证据",
        seen_version=row.version,
    )
    assert view(disputed).open_items[0].item_id == "DOC-01"


def test_an_expert_seated_during_the_panel_makes_agreed_items_disputed(scene):
    scored(scene, "reviewer", {})
    scored(scene, "second", {})
    to_panel(scene)
    assert common(scene)[0].state == "settled"
    scene.sheets["expert"] = seat(scene, 0, "P1", "expert")
    with pytest.raises(BlindPhase):
        view(scene, "expert")
    with pytest.raises(WrongState):  # his sheet is not in
        move(scene, "confirming")
    scored(scene, "expert", {"DOC-03": "不符合"})
    row, items = common(scene)
    assert (row.state, row.needs_panel) == ("open", True)
    assert items["DOC-03"].is_disputed


def test_first_reviewers_are_not_seated_once_the_panel_sits(disputed):
    with pytest.raises(WrongState):
        seat(disputed, 1, "A", "expert")


def test_small_differences_are_settled_by_reason_without_a_panel(scene):
    scored(scene, "reviewer", {})
    for item, result, chosen in (
        ("DOC-01", "符合", {}),
        ("DOC-02", "部分符合", {"gap": 1}),
        ("DOC-03", "符合", {}),
    ):
        scoring.save_score(
            scene.engine,
            scene.second,
            sheet_id=scene.sheets["second"],
            item_id=item,
            result=result,
            chosen=chosen,
            base_version=0,
            client_id=item,
        )
    scoring.submit(scene.engine, scene.second, scene.sheets["second"], overall="", seen_version=1)
    to_panel(scene)
    row, _ = common(scene)
    assert (row.needs_panel, view(scene).spread) == (False, Decimal(5))
    settle(scene, "DOC-02", "部分符合", (), chosen={"gap": 1})
    deliberation.conclude(
        scene.engine,
        scene.regulations,
        scene.round_case_ids[0],
        seen_version=row.version,
        conclusion="按第二评查人意见认定",
    )
    assert view(scene).state == "settled"


def test_only_the_section_settles(disputed):
    _, items = common(disputed)
    for who in ("reviewer", "expert", "unit", "leader", "administrator"):
        with pytest.raises(NotAllowed):
            deliberation.settle_item(
                disputed.engine,
                disputed.actors[who],
                items["DOC-01"].id,
                result="符合",
                reason="x",
                seen_version=1,
            )


def test_figures_of_agreement_follow_the_sheets(disputed):
    found = round_agreement.round_agreement(
        disputed.engine, disputed.regulations, disputed.round_id
    )
    assert found.overall.pairs == 6
    assert found.items[0].item_id == "DOC-01"
    assert {each.name for each in found.scorers} == {"reviewer", "second", "expert"}
    assert found.overall.percent.value == pytest.approx((5 + 1 / 3) / 6)
    with pytest.raises(NotAllowed):
        round_agreement.round_agreement(disputed.engine, disputed.reviewer, disputed.round_id)


def test_the_deliberation_record_holds_views_votes_and_conclusion(disputed):
    settle(disputed, "DOC-01", "不符合", ("reviewer", "expert"))
    conclude(disputed)
    name, raw = panel_exports.deliberation_paper(
        disputed.engine, disputed.reviewer, disputed.round_case_ids[0]
    )
    assert name.endswith(".docx")
    text = _words(raw)
    for said in ("合议记录", "样例罚〔2023〕1号", "不符合", "见第1页", "合议一致", "主持人"):
        assert said in text


def _words(raw):
    document = Document(io.BytesIO(raw))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_a_withdrawn_scorers_seats_go_to_others_and_his_work_is_kept(scene):
    scoring.save_score(
        scene.engine,
        scene.second,
        sheet_id=scene.sheets["second"],
        item_id="DOC-03",
        result="不符合",
        base_version=0,
        client_id="begun",
    )
    done = rounds.withdraw(
        scene.engine,
        scene.regulations,
        scene.round_id,
        user_id=scene.second.user_id,
        reason="公差",
        successors=[scene.expert.user_id],
        seen_version=version_of(scene, scene.round_id),
    )
    assert done.empty == ()
    seen = rounds.round_view(scene.engine, scene.regulations, scene.round_id)
    seats = {each.seat: each.user_id for each in seen.cases[0].seats} | {
        each.seat: each.user_id for each in seen.cases[1].seats
    }
    assert seats["B"] == scene.expert.user_id
    assert seen.round.sheets == 2
    with pytest.raises(NotAllowed):
        scoring.open_sheet(scene.engine, scene.second, scene.sheets["second"])
    assert integrity.verify(scene.engine).violations == ()
    with pytest.raises(ReasonMissing):
        rounds.withdraw(
            scene.engine,
            scene.regulations,
            scene.round_id,
            user_id=scene.reviewer.user_id,
            reason="",
            successors=[],
            seen_version=version_of(scene, scene.round_id),
        )
