"""Planning, drawing, replacing, assigning and moving a round."""

from datetime import date

import pytest
from sqlmodel import select

from review.casefiles.tables import Case
from review.db.accounts import DeclaredConflict, User
from review.db.session import reading, transaction
from review.errors import (
    BadValue,
    DrawNotPossible,
    DuplicateRow,
    NotAllowed,
    NotFound,
    ReasonMissing,
    Recused,
    Stale,
    WrongState,
)
from review.facts.tables import FactRow
from review.planning.tables import Round, RoundState
from review.scoring.tables import ScoreSheet
from review.services import integrity, rounds, scoring
from tests.services.conftest import add_case


@pytest.fixture
def ledger(bureau):
    """Twenty closed cases of two units beside the bureau's two."""
    with transaction(bureau.engine) as session:
        for number in range(3, 21):
            unit = list(bureau.units.values())[number % 2]
            squad = f"执法{'一二三'[number % 3]}中队"
            procedure = "summary" if number % 4 == 0 else "ordinary"
            add_case(session, unit, number, squad=squad, procedure=procedure)
    return bureau


def plan(bureau, **more):
    values = {
        "title": "2023年第一轮",
        "year": 2023,
        "scope_from": date(2023, 1, 1),
        "scope_to": date(2023, 12, 31),
        "starts_on": date(2024, 1, 2),
        "ends_on": date(2024, 1, 31),
        "unit_ids": list(bureau.units.values())[:2],
    } | more
    return rounds.plan_round(bureau.engine, bureau.regulations, **values)


def view(bureau, round_id):
    return rounds.round_view(bureau.engine, bureau.regulations, round_id)


def draw(bureau, round_id, **more):
    values = {"size": 6, "seed": "7", "seen_version": view(bureau, round_id).round.version} | more
    return rounds.draw(bureau.engine, bureau.regulations, round_id, **values)


def assign(bureau, round_id, *logins):
    return rounds.assign(
        bureau.engine,
        bureau.regulations,
        round_id,
        reviewers=[bureau.actors[login].user_id for login in logins],
        seen_version=view(bureau, round_id).round.version,
    )


def test_a_planned_round_freezes_its_editions(ledger, checklists):
    round_id = plan(ledger)
    planned = view(ledger, round_id)
    assert planned.round.state == RoundState.PLANNED
    assert planned.round.number == 1
    assert planned.population == 20
    assert planned.editions["ordinary"]["key"] == "penalty/2020-01-01"
    (checklists / "penalty" / "2020-01-01.yaml").unlink()
    draw(ledger, round_id)
    assert view(ledger, round_id).cases[0].edition == "penalty/2020-01-01"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"title": " "}, BadValue),
        ({"kind": "party"}, BadValue),
        ({"scope_to": date(2022, 1, 1)}, BadValue),
        ({"ends_on": date(2023, 1, 1)}, BadValue),
        ({"unit_ids": []}, BadValue),
        ({"unit_ids": [99]}, NotFound),
        ({"editions": {"ordinary": "penalty/1999-01-01"}}, NotFound),
        ({"starts_on": date(2019, 1, 1), "ends_on": date(2019, 2, 1)}, BadValue),
    ],
)
def test_a_round_that_cannot_be_is_refused(ledger, wrong, error):
    with pytest.raises(error):
        plan(ledger, **wrong)
    assert rounds.list_rounds(ledger.engine, ledger.leader) == []


def test_titles_are_given_once_and_numbers_count_up(ledger):
    plan(ledger)
    with pytest.raises(DuplicateRow):
        plan(ledger)
    plan(ledger, title="2023年第二轮")
    listed = rounds.list_rounds(ledger.engine, ledger.leader)
    assert [each.number for each in listed] == [2, 1]


@pytest.mark.parametrize("who", ["reviewer", "expert", "unit", "leader", "administrator"])
def test_only_the_section_manages_rounds(ledger, who):
    round_id = plan(ledger)
    actor = ledger.actors[who]
    with pytest.raises(NotAllowed):
        rounds.draw(ledger.engine, actor, round_id, size=1, seed="1", seen_version=1)
    with pytest.raises(NotAllowed):
        rounds.assign(ledger.engine, actor, round_id, reviewers=[], seen_version=1)
    if who != "leader":
        with pytest.raises(NotAllowed):
            rounds.round_view(ledger.engine, actor, round_id)


def test_a_draw_can_be_repeated_and_is_made_once(ledger):
    round_id = plan(ledger)
    must, out = ledger.cases
    drawn = draw(ledger, round_id, must_include=[must], exclude={out: "诉讼中"})
    assert must in drawn
    assert out not in drawn
    assert len(drawn) == 6
    after = view(ledger, round_id)
    assert [case.case_id for case in after.cases] == list(drawn)
    assert after.draw.seed == "7"
    assert after.draw.population == 20
    assert rounds.verify_draw(ledger.engine, round_id)
    with pytest.raises(WrongState):
        draw(ledger, round_id)


def test_a_changed_draw_does_not_verify(ledger):
    round_id = plan(ledger)
    draw(ledger, round_id)
    with transaction(ledger.engine) as session:
        row = session.get(Round, round_id)
        record = dict(row.draw_record["record"])
        record["selected"] = [[1, *record["selected"][1][1:]], *record["selected"][1:]]
        row.draw_record = {**row.draw_record, "record": record}
        session.add(row)
    assert not rounds.verify_draw(ledger.engine, round_id)


def test_a_draw_asks_only_for_what_there_is(ledger):
    round_id = plan(ledger)
    with pytest.raises(DrawNotPossible):
        draw(ledger, round_id, size=21)
    with pytest.raises(DrawNotPossible):
        draw(ledger, round_id, quotas={"summary": 9})
    with pytest.raises(Stale):
        draw(ledger, round_id, seen_version=9)
    with transaction(ledger.engine) as session:
        late = add_case(session, next(iter(ledger.units.values())), 99, closed_on=date(2024, 2, 1))
    with pytest.raises(DrawNotPossible):
        draw(ledger, round_id, must_include=[late.id])
    assert view(ledger, round_id).round.state == RoundState.PLANNED


def test_a_drawn_case_is_replaced_by_the_next_ticket_with_a_reason(ledger):
    round_id = plan(ledger)
    draw(ledger, round_id)
    before = view(ledger, round_id)
    going = before.cases[0]

    def replace(reason):
        return rounds.replace_case(
            ledger.engine,
            ledger.regulations,
            going.id,
            reason=reason,
            seen_version=view(ledger, round_id).round.version,
        )

    with pytest.raises(ReasonMissing):
        replace(" ")
    coming = replace("案卷在复议机关")
    after = view(ledger, round_id)
    assert coming in {case.case_id for case in after.cases}
    assert going.case_id not in {case.case_id for case in after.cases}
    assert rounds.verify_draw(ledger.engine, round_id)
    assert after.draw.replacements[0][1] == "案卷在复议机关"


def test_seats_are_given_evenly_and_never_at_home(ledger):
    round_id = plan(ledger)
    draw(ledger, round_id, size=8)
    done = assign(ledger, round_id, "reviewer", "second", "expert")
    loads = sorted(done.loads.values())
    assert sum(loads) == 16
    assert done.empty == ()
    home = ledger.units["样例港航大队"]
    for case in view(ledger, round_id).cases:
        people = [seat.user_id for seat in case.seats]
        assert len(set(people)) == 2
        if case.unit_id == home:
            assert ledger.second.user_id not in people
    assert view(ledger, round_id).round.state == RoundState.SCORING
    assert integrity.verify(ledger.engine).violations == ()


def test_a_seat_that_nobody_may_take_stays_empty_and_says_why(ledger):
    round_id = plan(ledger, unit_ids=[ledger.units["样例港航大队"]])
    draw(ledger, round_id, size=2)
    done = assign(ledger, round_id, "second")
    assert len(done.empty) == 4
    assert "单位" in done.empty[0].reasons[0][1].zh


@pytest.mark.parametrize("bar", ["officer", "certificate", "conflict", "unit conflict", "reviewer"])
def test_recusal_follows_names_certificates_and_declarations(ledger, bar):
    round_id = plan(ledger)
    must = ledger.cases[0]
    draw(ledger, round_id, must_include=[must])
    with transaction(ledger.engine) as session:
        case = session.get(Case, must)
        user = session.get(User, ledger.reviewer.user_id)
        if bar == "officer":
            case.officers = [user.name]
        elif bar == "certificate":
            user.cert_no = "3200001234"
            value = '[{"name": "化名", "cert_no": "3200001234"}]'
            session.add(FactRow(case_id=must, name="officers", value=value))
        elif bar == "reviewer":
            session.add(FactRow(case_id=must, name="reviewer", value=user.name))
        elif bar == "conflict":
            session.add(DeclaredConflict(user_id=user.id, case_no=case.case_no, reason="亲属"))
        else:
            session.add(DeclaredConflict(user_id=user.id, unit_id=case.unit_id, reason="曾任职"))
        session.add(case)
        session.add(user)
    drawn = next(case for case in view(ledger, round_id).cases if case.case_id == must)
    with pytest.raises(Recused):
        rounds.assign_one(
            ledger.engine,
            ledger.regulations,
            drawn.id,
            seat="A",
            user_id=ledger.reviewer.user_id,
        )
    choices = rounds.scorer_choices(
        ledger.engine, ledger.regulations, round_id=round_id, case_id=must
    )
    barred = {each.name: each.recusal for each in choices}
    assert barred["reviewer"] is not None
    assert barred["expert"] is None


def test_one_seat_is_given_by_hand_until_work_has_begun(ledger):
    round_id = plan(ledger)
    draw(ledger, round_id, must_include=[ledger.cases[0]])
    drawn = view(ledger, round_id).cases[0]

    def seat(login, name="A"):
        return rounds.assign_one(
            ledger.engine,
            ledger.regulations,
            drawn.id,
            seat=name,
            user_id=ledger.actors[login].user_id,
        )

    seat("reviewer")
    seat("expert")
    with pytest.raises(BadValue):
        seat("expert", "B")
    with pytest.raises(BadValue):
        seat("reviewer", "Z")
    with pytest.raises(NotFound):
        seat("leader", "B")
    sheet = scoring.my_sheets(ledger.engine, ledger.expert)[0]
    scoring.save_score(
        ledger.engine,
        ledger.expert,
        sheet_id=sheet.sheet_id,
        item_id="DOC-03",
        result="符合",
        base_version=0,
        client_id="begun",
    )
    with pytest.raises(WrongState):
        seat("reviewer")
    kept = assign(ledger, round_id, "reviewer", "expert")
    assert kept.loads
    seats = {seat.seat: seat.user_id for seat in view(ledger, round_id).cases[0].seats}
    assert seats["A"] == ledger.expert.user_id
    with reading(ledger.engine) as session:
        assert session.get(ScoreSheet, sheet.sheet_id) is not None


def test_a_round_moves_on_when_all_sheets_are_in(ledger):
    round_id = plan(ledger, double_scoring=False)
    draw(ledger, round_id, size=1, must_include=[ledger.cases[0]])

    def move(to):
        rounds.move_round(
            ledger.engine,
            ledger.regulations,
            round_id,
            to=to,
            seen_version=view(ledger, round_id).round.version,
        )

    with pytest.raises(WrongState):
        move("confirming")
    assign(ledger, round_id, "reviewer")
    with pytest.raises(WrongState):
        move("confirming")
    card = scoring.my_sheets(ledger.engine, ledger.reviewer)[0]
    for item in ("DOC-01", "DOC-02", "DOC-03"):
        scoring.save_score(
            ledger.engine,
            ledger.reviewer,
            sheet_id=card.sheet_id,
            item_id=item,
            result="符合",
            base_version=0,
            client_id=item,
        )
    scoring.submit(ledger.engine, ledger.reviewer, card.sheet_id, overall="", seen_version=1)
    for state in ("confirming", "rectifying", "closed"):
        move(state)
    with pytest.raises(WrongState):
        move("planned")


def test_scores_that_differ_much_call_for_the_panel(scene):
    for who, result in (("reviewer", "符合"), ("second", "不符合")):
        for item in ("DOC-01", "DOC-02", "DOC-03"):
            chosen = "符合" if item == "DOC-01" else result
            scoring.save_score(
                scene.engine,
                scene.actors[who],
                sheet_id=scene.sheets[who],
                item_id=item,
                result=chosen,
                base_version=0,
                client_id=item,
            )
    scoring.submit(
        scene.engine, scene.reviewer, scene.sheets["reviewer"], overall="", seen_version=1
    )
    first = rounds.round_view(scene.engine, scene.leader, scene.round_id).cases[0]
    assert not first.needs_panel
    scoring.submit(scene.engine, scene.second, scene.sheets["second"], overall="", seen_version=1)
    case = rounds.round_view(scene.engine, scene.leader, scene.round_id).cases[0]
    assert case.needs_panel
    assert [seat.score for seat in case.seats] == [100, 0]


def test_an_edition_cannot_be_lost_unnoticed(scene):
    with reading(scene.engine) as session:
        sheet = session.exec(select(ScoreSheet)).first()
        sha256 = sheet.edition_sha256
    from review.common.store import Store
    from review.settings import settings

    Store(settings().store).path(sha256).unlink()
    assert integrity.verify(scene.engine).violations
