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
    NeedsSecondPerson,
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
from review.services import integrity
from review.services.desk import scoring
from review.services.rounds import rounds
from tests.services.conftest import (
    add_case,
    drawn,
    enter_number,
    frozen_list,
    scored,
    version_of,
)


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
    return drawn(bureau, round_id, **({"size": 6} | more))


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
        rounds.freeze_list(ledger.engine, actor, round_id, size=1, seen_version=1)
    with pytest.raises(NotAllowed):
        rounds.draw(ledger.engine, actor, round_id, seen_version=1)
    with pytest.raises(NotAllowed):
        rounds.assign(ledger.engine, actor, round_id, reviewers=[], seen_version=1)
    if who != "leader":
        with pytest.raises(NotAllowed):
            rounds.round_view(ledger.engine, actor, round_id)


def test_a_draw_can_be_repeated_and_is_made_once(ledger):
    round_id = plan(ledger)
    must, out = ledger.cases
    ids = draw(ledger, round_id, must_include=[must], exclude={out: "诉讼中"})
    assert must in ids
    assert out not in ids
    assert len(ids) == 6
    after = view(ledger, round_id)
    assert [case.case_id for case in after.cases] == list(ids)
    assert after.draw.population == 20
    assert after.draw.frozen_sha256 == after.frozen.sha256
    assert [each.number for each in after.draw.entries] == ["271828", "314159"]
    assert rounds.verify_draw(ledger.engine, round_id)
    with pytest.raises(WrongState):
        rounds.draw(
            ledger.engine,
            ledger.regulations,
            round_id,
            seen_version=version_of(ledger, round_id),
        )


def change_draw(bureau, round_id, **parts):
    with transaction(bureau.engine) as session:
        row = session.get(Round, round_id)
        kept = row.draw_record
        row.draw_record = {
            **kept,
            "record": {**kept["record"], **parts.get("record", {})},
            "proof": {**kept["proof"], **parts.get("proof", {})},
        }
        session.add(row)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda record, proof: {"record": {"selected": record["selected"][1:]}}, "result"),
        (lambda record, proof: {"record": {"population": record["population"][1:]}}, "list"),
        (lambda record, proof: {"record": {"size": 5}}, "rules"),
        (lambda record, proof: {"record": {"quotas": {"summary": 1}}}, "rules"),
        (lambda record, proof: {"record": {"seed": "0" * 64}}, "seed"),
        (
            lambda record, proof: {
                "proof": {
                    "entries": [[1, "甲", "999999", *proof["entries"][0][3:]], proof["entries"][1]]
                }
            },
            "number",
        ),
        (
            lambda record, proof: {
                "proof": {
                    "entries": [
                        proof["entries"][0],
                        [2, proof["entries"][0][1], *proof["entries"][1][2:]],
                    ]
                }
            },
            "people",
        ),
    ],
)
def test_a_changed_list_number_or_quota_is_found_and_named(ledger, change, fault):
    round_id = plan(ledger)
    draw(ledger, round_id)
    with reading(ledger.engine) as session:
        kept = session.get(Round, round_id).draw_record
    change_draw(ledger, round_id, **change(kept["record"], kept["proof"]))
    assert fault in {each.key for each in rounds.draw_faults(ledger.engine, round_id)}
    assert not rounds.verify_draw(ledger.engine, round_id)
    assert any(each.what == "round" for each in integrity.verify(ledger.engine).violations)


def test_a_list_is_frozen_only_as_it_can_be_drawn(ledger):
    round_id = plan(ledger)
    with pytest.raises(DrawNotPossible):
        frozen_list(ledger, round_id, size=21)
    with pytest.raises(DrawNotPossible):
        frozen_list(ledger, round_id, size=6, quotas={"summary": 9})
    with pytest.raises(Stale):
        rounds.freeze_list(ledger.engine, ledger.regulations, round_id, size=3, seen_version=9)
    with transaction(ledger.engine) as session:
        late = add_case(session, next(iter(ledger.units.values())), 99, closed_on=date(2024, 2, 1))
    with pytest.raises(DrawNotPossible):
        frozen_list(ledger, round_id, size=6, must_include=[late.id])
    assert view(ledger, round_id).round.state == RoundState.NOTIFIED


def test_what_enters_the_ledger_after_freezing_is_not_drawn(ledger):
    round_id = plan(ledger)
    frozen_list(ledger, round_id, size=20)
    with transaction(ledger.engine) as session:
        add_case(session, next(iter(ledger.units.values())), 99)
    enter_number(ledger, round_id, ledger.regulations, "123456")
    enter_number(ledger, round_id, ledger.leader, "654321")
    ids = rounds.draw(
        ledger.engine, ledger.regulations, round_id, seen_version=version_of(ledger, round_id)
    )
    assert len(ids) == 20
    assert rounds.verify_draw(ledger.engine, round_id)


def test_nobody_chooses_the_seed_alone(ledger):
    round_id = plan(ledger)
    sha256 = frozen_list(ledger, round_id, size=6)

    def number(who, text, seen=sha256):
        return rounds.enter_number(
            ledger.engine, ledger.actors[who], round_id, number=text, frozen_sha256=seen
        )

    with pytest.raises(WrongState):
        rounds.draw(
            ledger.engine,
            ledger.regulations,
            round_id,
            seen_version=version_of(ledger, round_id),
        )
    with pytest.raises(BadValue):
        number("regulations", "12345")
    with pytest.raises(DrawNotPossible):
        number("regulations", "123456", "0" * 64)
    with pytest.raises(NotAllowed):
        number("reviewer", "123456")
    number("regulations", " １２３４５６ ")
    with pytest.raises(DuplicateRow):
        number("regulations", "777777")
    first = view(ledger, round_id).frozen.numbers
    assert [(each.person, each.number) for each in first] == [("regulations", "")]
    assert len(first[0].commitment) == 64
    with pytest.raises(WrongState):
        rounds.thaw_list(
            ledger.engine,
            ledger.regulations,
            round_id,
            reason="换一份",
            seen_version=version_of(ledger, round_id),
        )
    number("leader", "654321")
    assert [each.number for each in view(ledger, round_id).frozen.numbers] == ["123456", "654321"]


def test_a_list_is_taken_back_with_a_reason_before_any_number(ledger):
    round_id = plan(ledger)
    frozen_list(ledger, round_id, size=6)

    def thaw(reason):
        rounds.thaw_list(
            ledger.engine,
            ledger.regulations,
            round_id,
            reason=reason,
            seen_version=version_of(ledger, round_id),
        )

    with pytest.raises(ReasonMissing):
        thaw(" ")
    thaw("漏一案")
    after = view(ledger, round_id)
    assert after.round.state == RoundState.NOTIFIED
    assert after.frozen is None


def test_an_unannounced_review_needs_no_notice(ledger):
    round_id = plan(ledger, kind="unannounced")
    rounds.freeze_list(ledger.engine, ledger.regulations, round_id, size=4, seen_version=1)
    assert view(ledger, round_id).round.state == RoundState.FROZEN


def test_the_rules_of_the_draw_propose_what_must_be_in(ledger):
    with transaction(ledger.engine) as session:
        unit = next(iter(ledger.units.values()))
        heard = add_case(session, unit, 50, procedure="hearing", fine_yuan=30000)
        waived = add_case(session, unit, 51, procedure="waived")
    round_id = plan(ledger)
    found = rounds.suggested(ledger.engine, ledger.regulations, round_id)
    assert {each.case_id: each.why.zh for each in found} == {
        heard.id: "听证案件、罚款数额最高",
        waived.id: "免罚案件",
    }


def test_a_case_is_replaced_only_with_a_second_persons_approval(ledger):
    round_id = plan(ledger)
    draw(ledger, round_id)
    going = view(ledger, round_id).cases[0]

    def ask(reason):
        return rounds.ask_replacement(ledger.engine, ledger.regulations, going.id, reason=reason)

    def decide(who, request, approve, decision=""):
        return rounds.decide_replacement(
            ledger.engine,
            ledger.actors[who],
            request,
            approve=approve,
            decision=decision,
            seen_version=1,
        )

    with pytest.raises(ReasonMissing):
        ask(" ")
    request = ask("案卷在复议机关")
    with pytest.raises(DuplicateRow):
        ask("案卷在复议机关")
    with pytest.raises(NeedsSecondPerson):
        decide("regulations", request, approve=True)
    with pytest.raises(ReasonMissing):
        decide("leader", request, approve=False)
    assert going.case_id in {case.case_id for case in view(ledger, round_id).cases}
    coming = decide("leader", request, approve=True)
    after = view(ledger, round_id)
    assert coming in {case.case_id for case in after.cases}
    assert going.case_id not in {case.case_id for case in after.cases}
    assert rounds.verify_draw(ledger.engine, round_id)
    assert after.draw.replacements[0][1] == "案卷在复议机关"
    assert after.replacements[0].decided_by == "leader"
    assert integrity.verify(ledger.engine).violations == ()


def test_a_refused_replacement_changes_nothing(ledger):
    round_id = plan(ledger)
    draw(ledger, round_id)
    before = [case.case_id for case in view(ledger, round_id).cases]
    going = view(ledger, round_id).cases[0]
    request = rounds.ask_replacement(
        ledger.engine, ledger.regulations, going.id, reason="调不到案卷"
    )
    rounds.decide_replacement(
        ledger.engine,
        ledger.leader,
        request,
        approve=False,
        decision="案卷已调到",
        seen_version=1,
    )
    assert [case.case_id for case in view(ledger, round_id).cases] == before


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


def test_a_round_moves_on_when_nothing_stands_in_the_way(ledger):
    round_id = plan(ledger, double_scoring=False)
    draw(ledger, round_id, size=1, must_include=[ledger.cases[0]])

    def move(to, **more):
        rounds.move_round(
            ledger.engine,
            ledger.regulations,
            round_id,
            to=to,
            seen_version=version_of(ledger, round_id),
            **more,
        )

    with pytest.raises(WrongState):
        move("deliberating")
    assign(ledger, round_id, "reviewer")
    with pytest.raises(WrongState, match="sheets not in: 1"):
        move("deliberating")
    assert view(ledger, round_id).blockers[0].key == "sheets"
    card = scoring.my_sheets(ledger.engine, ledger.reviewer)[0]
    scored(ledger, "reviewer", {}, sheet_id=card.sheet_id)
    for state in ("deliberating", "confirming"):
        move(state)
    with pytest.raises(ReasonMissing):
        move("deliberating")
    move("deliberating", reason="重看一项")
    move("confirming")
    with pytest.raises(WrongState):
        move("scoring")
    with pytest.raises(WrongState):
        move("rectifying")
    steps = {each.key: each for each in view(ledger, round_id).steps}
    assert steps["first_review"].done_at is not None
    assert steps["bulletin"].state == "open"


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
