"""The two rounds of the samples: one gone through to rectification, one being scored."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Engine
from sqlmodel import col, select

from review.common.clock import today
from review.db.accounts import Role, Unit
from review.db.session import reading, transaction
from review.errors import CalendarEnds
from review.findings.objections import Decision
from review.findings.result_tables import Feedback
from review.planning.phases import STEPS
from review.planning.tables import Round, RoundKind, RoundState
from review.planning.targets import Measure
from review.scoring.checklist import Result
from review.services.access import Actor
from review.services.panel import comparison, deliberation
from review.services.panel.comparison import ComparedItem, ComparisonView
from review.services.results import objections, results
from review.services.rounds import rounds, year

NUMBERS = ("271828182", "314159265")
"""What the two people entered; the same on every machine, so that the samples are the same."""

SECOND_SIZE = 12
REVIEWERS = ("reviewer1", "reviewer2", "reviewer3")
SECTION, PARTNERS = "安监法规科", "市局法规处、司法局、律师"


def _planned(
    engine: Engine,
    actor: Actor,
    title: str,
    *,
    begins_on: date,
    ends_on: date,
    size: int,
    topic: str = "",
) -> int:
    with reading(engine) as session:
        held = session.exec(select(Round.id).where(Round.title == title)).first()
        units = session.exec(select(Unit.id).where(col(Unit.is_reviewed).is_(True))).all()
    if held is not None:
        return held
    days = (ends_on - begins_on).days
    return rounds.plan_round(
        engine,
        actor,
        title=title,
        kind=RoundKind.TOPIC if topic else RoundKind.REVIEW,
        topic=topic,
        year=begins_on.year,
        scope_from=date(2023, 1, 1),
        scope_to=date(2025, 12, 31),
        starts_on=begins_on,
        ends_on=ends_on,
        unit_ids=[each for each in units if each is not None],
        lead=SECTION,
        taking_part=PARTNERS,
        target_cases=size,
        timetable={
            step: begins_on + timedelta(days=days * number // len(STEPS))
            for number, step in enumerate(STEPS, 1)
        },
    )


def _drawn(
    engine: Engine,
    actors: Mapping[str, Actor],
    round_id: int,
    *,
    number: str,
    size: int,
    must: Collection[int],
    exclude: Mapping[int, str],
) -> None:
    """Notice, self-review, frozen list, both numbers, the draw and the seats; as far as missing."""
    section = actors["regulations"]

    def version() -> int:
        return rounds.round_view(engine, section, round_id).round.version

    def state() -> RoundState:
        return rounds.round_view(engine, section, round_id).round.state

    if state() == RoundState.PLANNED:
        rounds.issue_notice(
            engine,
            section,
            round_id,
            number=number,
            issued_on=rounds.round_view(engine, section, round_id).round.starts_on,
            text="样例：请各单位按评查标准自查，按时移交案卷；任何文书不得事后补签、倒签。",
            seen_version=version(),
        )
    if state() == RoundState.NOTIFIED:
        step = next(
            each
            for each in rounds.round_view(engine, section, round_id).steps
            if each.key == "self_review"
        )
        if step.done_at is None:
            note = "样例：各单位均已自查并报送自查表。"
            rounds.record_step(
                engine, section, round_id, "self_review", note=note, seen_version=version()
            )
        rounds.freeze_list(
            engine,
            section,
            round_id,
            size=size,
            must_include=must,
            exclude=exclude,
            seen_version=version(),
        )
    view = rounds.round_view(engine, section, round_id)
    if view.round.state == RoundState.FROZEN and view.frozen is not None:
        entered = {each.user_id for each in view.frozen.numbers}
        for actor, typed in zip((section, actors["leader"]), NUMBERS, strict=True):
            if actor.user_id not in entered:
                rounds.enter_number(
                    engine, actor, round_id, number=typed, frozen_sha256=view.frozen.sha256
                )
        rounds.draw(engine, section, round_id, seen_version=version())
    if state() == RoundState.DRAWN:
        rounds.assign(
            engine,
            section,
            round_id,
            reviewers=[actors[login].user_id for login in REVIEWERS],
            seen_version=version(),
        )
        note = "样例：案卷已移交，评查人员已签保密承诺。"
        rounds.record_step(
            engine, section, round_id, "hand_over", note=note, seen_version=version()
        )


def first_round(engine: Engine, actors: Mapping[str, Actor], cases: Sequence[int]) -> int:
    """The round that is nearly over: drawn and assigned, with an expert at every case."""
    day = today()
    round_id = _planned(
        engine,
        actors["regulations"],
        f"{day.year}年第一轮行政处罚案卷评查（样例）",
        begins_on=day - timedelta(days=200),
        ends_on=day - timedelta(days=150),
        size=len(cases),
    )
    _drawn(
        engine,
        actors,
        round_id,
        number=f"样例法规〔{day.year}〕1号",
        size=len(cases),
        must=cases,
        exclude={},
    )
    _experts(engine, actors, round_id)
    return round_id


def _experts(engine: Engine, actors: Mapping[str, Actor], round_id: int) -> None:
    """An expert at every case: a panel has three members."""
    for number, case in enumerate(rounds.round_view(engine, actors["regulations"], round_id).cases):
        if not any(seat.seat.startswith("P") for seat in case.seats):
            rounds.assign_one(
                engine,
                actors["regulations"],
                case.id,
                seat="P1",
                user_id=actors[("expert1", "expert2")[number % 2]].user_id,
            )


def second_round(
    engine: Engine,
    actors: Mapping[str, Actor],
    *,
    must: Collection[int],
    reviewed: Collection[int],
    experts: Mapping[int, Actor],
) -> int:
    """The round that is being scored; what was reviewed this year already is left out."""
    day = today()
    round_id = _planned(
        engine,
        actors["regulations"],
        f"{day.year}年第二轮行政处罚案卷评查（样例）",
        begins_on=day - timedelta(days=14),
        ends_on=day + timedelta(days=21),
        size=SECOND_SIZE,
    )
    _drawn(
        engine,
        actors,
        round_id,
        number=f"样例法规〔{day.year}〕2号",
        size=SECOND_SIZE,
        must=must,
        exclude=dict.fromkeys(reviewed, "第一轮已评查"),
    )
    for case in rounds.round_view(engine, actors["regulations"], round_id).cases:
        expert = experts.get(case.case_id)
        if expert and not any(seat.seat.startswith("P") for seat in case.seats):
            rounds.assign_one(
                engine, actors["regulations"], case.id, seat="P1", user_id=expert.user_id
            )
    return round_id


def compared_round(engine: Engine, actors: Mapping[str, Actor], cases: Sequence[int]) -> int:
    """The round on one topic whose panel sits: scored twice, not all settled."""
    day = today()
    round_id = _planned(
        engine,
        actors["regulations"],
        f"{day.year}年车辆维护和路面污染专项评查（样例）",
        begins_on=day - timedelta(days=100),
        ends_on=day + timedelta(days=5),
        size=len(cases),
        topic="车辆维护、路面污染",
    )
    _drawn(
        engine,
        actors,
        round_id,
        number=f"样例法规〔{day.year}〕3号",
        size=len(cases),
        must=cases,
        exclude={},
    )
    _experts(engine, actors, round_id)
    return round_id


def work_targets(engine: Engine, actor: Actor) -> None:
    """The targets of the year, with some evidence."""
    day = today()
    if year.year_page(engine, actor, day.year).targets:
        return
    year.add_usual_targets(engine, actor, day.year, lead_section=SECTION)
    done: Mapping[Measure, tuple[Decimal, str]] = {
        Measure.RANDOM_CHECKS: (Decimal(72), "样例：本年度计划任务完成情况通报"),
        Measure.TRAINING: (Decimal(38), "样例：两期执法业务培训，人均学时"),
        Measure.EXAMINATIONS: (Decimal(1), "样例：行政执法人员法律知识考试"),
    }
    for target in year.year_page(engine, actor, day.year).targets:
        if target.measure in done:
            amount, note = done[target.measure]
            year.add_evidence(
                engine,
                actor,
                target.id,
                done_on=day - timedelta(days=30),
                amount=amount,
                note=note,
            )


def panel(engine: Engine, actors: Mapping[str, Actor], round_id: int) -> None:
    """End the first review of a round and settle every case as the first reviewer has it."""
    section = actors["regulations"]
    begin_panel(engine, section, round_id)
    settle(engine, actors, round_id)
    _move(engine, section, round_id, RoundState.DELIBERATING, RoundState.CONFIRMING)


def begin_panel(engine: Engine, section: Actor, round_id: int) -> None:
    """End the first review: from now on the results stand beside each other."""
    _move(engine, section, round_id, RoundState.SCORING, RoundState.DELIBERATING)


def settle(
    engine: Engine, actors: Mapping[str, Actor], round_id: int, most: int | None = None
) -> None:
    """Settle the cases of a round, the first `most` of them."""
    section = actors["regulations"]
    by_id = {actor.user_id: actor for actor in actors.values()}
    for card in comparison.list_comparisons(engine, section, round_id=round_id)[:most]:
        view = comparison.comparison(engine, section, card.round_case_id)
        if view.state == "settled":
            continue
        for item in view.open_items:
            _settle(engine, section, by_id, view, item)
        view = comparison.comparison(engine, section, card.round_case_id)
        members = [each.user_id for each in view.scorers]
        deliberation.conclude(
            engine,
            section,
            card.round_case_id,
            seen_version=view.version,
            conclusion="样例：经合议，争议项按多数意见认定，其余各项按一致意见认定。",
            place="样例会议室",
            chair_id=members[-1],
            members=members,
        )


def _settle(
    engine: Engine,
    section: Actor,
    by_id: Mapping[int, Actor],
    view: ComparisonView,
    item: ComparedItem,
) -> None:
    """All vote for what the first reviewer said; the section settles it so."""
    first = item.given[0]
    reason = "样例：以案卷材料记载为准，该项符合要求。"
    if first.result is not Result.MET:
        reason = "样例：案卷中可见该问题，予以认定。"
    for scorer in view.scorers:
        deliberation.vote(
            engine, by_id[scorer.user_id], item.id, result=first.result, view="样例：同意此意见。"
        )
    chosen = {
        key: 1
        for key, words in item.deductions
        if any(words.zh == said.zh for said in first.reasons)
    }
    deliberation.settle_item(
        engine,
        section,
        item.id,
        result=first.result,
        reason=reason,
        chosen=chosen,
        seen_version=item.version,
    )


def _move(
    engine: Engine, section: Actor, round_id: int, before: RoundState, after: RoundState
) -> None:
    view = rounds.round_view(engine, section, round_id)
    if view.round.state == before:
        rounds.move_round(engine, section, round_id, to=after, seen_version=view.round.version)


OBJECTIONS = (
    "样例：该项材料在卷内其他文书中已有记载，请予复核。",
    "样例：对扣分幅度有异议，情况说明已随卷，请按实际情形认定。",
)
"""What the units say; the first objection is upheld, the others are not."""


def objections_raised(engine: Engine, actors: Mapping[str, Actor], round_id: int) -> None:
    """A unit objects to items of its cases; the section decides."""
    for unit in (each for each in actors.values() if each.role is Role.UNIT):
        items = [
            (case.case_id, item)
            for draft in objections.drafts(engine, unit)
            if draft.round_id == round_id and draft.may_object
            for case in draft.cases
            for item in case.items
            if not item.is_veto and item.objection is None
        ]
        for text, (case_id, item) in zip(OBJECTIONS, items, strict=False):
            objections.raise_objection(
                engine, unit, round_id=round_id, case_id=case_id, item_id=item.item_id, text=text
            )
    raised = objections.list_objections(engine, actors["regulations"], round_id=round_id)
    for number, view in enumerate(raised):
        if view.decided_at is not None:
            continue
        is_upheld = number == 0
        objections.decide(
            engine,
            actors["regulations"],
            view.id,
            decision=Decision.UPHOLD if is_upheld else Decision.REJECT,
            reason="样例：经复核，材料在卷，异议成立。"
            if is_upheld
            else "样例：情况说明形成于结案之后，不能证明当时已办理，维持原认定。",
            result=Result.MET if is_upheld else None,
            seen_version=view.version,
        )


def publish(engine: Engine, actors: Mapping[str, Actor], round_id: int) -> None:
    """Send the draft results out, decide what is objected to, publish and begin to rectify."""
    section = actors["regulations"]
    _move(engine, section, round_id, RoundState.CONFIRMING, RoundState.OBJECTING)
    view = rounds.round_view(engine, section, round_id)
    if view.round.state == RoundState.OBJECTING:
        for unit_id in sorted({case.unit_id for case in view.cases}):
            try:
                results.send_feedback(engine, section, round_id, unit_id)
            except CalendarEnds:  # the year's days off are not known: the samples wait here
                return
        objections_raised(engine, actors, round_id)
        with transaction(engine) as session:  # the samples were sent out weeks ago
            for row in session.exec(select(Feedback).where(Feedback.round_id == round_id)):
                row.until_on = today() - timedelta(days=20)
                session.add(row)
        version = rounds.round_view(engine, section, round_id).round.version
        results.publish(engine, section, round_id, seen_version=version)
    _move(engine, section, round_id, RoundState.PUBLISHED, RoundState.RECTIFYING)
