"""Sheet and round as state machines over the services: anybody tries anything at any time.

What is refused leaves everything as it was; no path closes without proof and a second person; what
was once recorded stays.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, func
from sqlmodel import select

from review.common.clock import today
from review.db.audit import AuditRecord
from review.db.session import engine_for, reading, transaction
from review.errors import ReviewError
from review.findings.result_tables import Feedback, Objection, ObjectionState, Publication
from review.panels.tables import Assignment
from review.planning.phases import BACK_WITH_REASON, MOVES, has_reached
from review.planning.tables import DrawNumber, Round, RoundCase, RoundState
from review.rectification.tables import ItemEvent, RectificationItem, RectificationList
from review.scoring.tables import ItemScore, ScoreEvent, ScoreSheet, SheetState
from review.services import integrity
from review.services.desk import scoring
from review.services.rectifying import rectification
from review.services.results import findings, objections, results
from review.services.rounds import rounds
from tests.services.conftest import enter_number, version_of
from tests.services.onlookers import (
    mark,
    marks_allowed,
    marks_seen,
    quotes_findings,
    standing,
)

FEW = hypothesis_settings(
    max_examples=3,
    stateful_step_count=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a whole round takes too long
)
ITEMS = ("DOC-01", "DOC-02", "DOC-03")
PEOPLE = ("reviewer", "second", "expert", "regulations", "unit", "leader", "administrator")
SCORERS = ("reviewer", "second", "expert")
REASONS = st.sampled_from(["", " ", "样例理由"])
LONGEST = 80
"""Honest steps after which a round must be archived, wherever it stood."""


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """One engine is enough here: the other tests run on both."""
    return sqlite_engine


@pytest.fixture
def copies(home: Path) -> Iterator:
    """Gives a scene on a database of its own, copied from that of the fixture."""
    engines: list[Engine] = []

    def copied(scene):
        with scene.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        path = home / f"copy-{len(engines)}.db"
        shutil.copy(home / "case-review.db", path)
        engines.append(engine_for(f"sqlite:///{path}"))
        return replace(scene, engine=engines[-1])

    yield copied
    for each in engines:
        each.dispose()


class Tried(RuleBasedStateMachine):
    """What both machines share: a copy of the scene, and steps that may be refused."""

    scene = None

    def __init__(self) -> None:
        super().__init__()
        self.scene = self.copied()
        self.refused = False

    def copied(self):
        raise NotImplementedError

    def snapshot(self):
        """What a refused step must leave as it was."""
        raise NotImplementedError

    def attempt(self, step, *arguments, **more) -> bool:
        """Try a step; whether it was taken. A refusal changes nothing."""
        before = self.snapshot()
        try:
            step(self.scene.engine, *arguments, **more)
        except ReviewError:
            assert self.snapshot() == before
            return False
        return True

    def audited(self, action: str) -> list[AuditRecord]:
        with reading(self.scene.engine) as session:
            query = select(AuditRecord).where(AuditRecord.action == action)
            return list(session.exec(query.order_by(AuditRecord.sequence)))

    def teardown(self) -> None:
        assert integrity.verify(self.scene.engine).violations == ()


class SheetLife(Tried):
    """One sheet: open → submitted → reopened …, with what a model of it says it must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet_id = self.scene.sheets["reviewer"]
        self.state = SheetState.OPEN
        self.scores: dict[str, tuple[str, str]] = {}
        self.saved = self.submitted = 0
        self.reopened: list[str] = []

    def snapshot(self):
        with reading(self.scene.engine) as session:
            sheet = session.get(ScoreSheet, self.scene.sheets["reviewer"])
            rows = session.exec(
                select(ItemScore.item_id, ItemScore.result, ItemScore.version).where(
                    ItemScore.sheet_id == sheet.id
                )
            )
            return sheet.state, sheet.version, sorted(rows)

    @rule(
        who=st.sampled_from(PEOPLE),
        item=st.sampled_from((*ITEMS, "DOC-99")),
        result=st.sampled_from(["符合", "不符合", "不适用"]),
        comment=st.sampled_from(["", "样例"]),
    )
    def score(self, who, item, result, comment):
        if self.attempt(
            scoring.save_score,
            self.scene.actors[who],
            sheet_id=self.sheet_id,
            item_id=item,
            result=result,
            comment=comment,
            base_version=self.versions().get(item, 0),
            client_id=f"{item}-{self.saved}",
        ):
            assert (who, self.state) == ("reviewer", SheetState.OPEN)
            self.scores[item] = (result, comment)
            self.saved += 1

    @rule()
    def score_what_is_left(self):
        for item in ITEMS:
            if item not in self.scores:
                self.score(who="reviewer", item=item, result="符合", comment="")

    @rule(who=st.sampled_from(PEOPLE), late=st.booleans())
    def submit(self, who, late):
        version = self.snapshot()[1] - late
        if self.attempt(
            scoring.submit,
            self.scene.actors[who],
            self.sheet_id,
            overall="样例总评",
            seen_version=version,
        ):
            assert (who, self.state, late) == ("reviewer", SheetState.OPEN, False)
            assert set(self.scores) == set(ITEMS)
            self.state = SheetState.SUBMITTED
            self.submitted += 1

    @rule(who=st.sampled_from(PEOPLE), reason=REASONS)
    def reopen(self, who, reason):
        if self.attempt(scoring.reopen, self.scene.actors[who], self.sheet_id, reason=reason):
            assert (who, self.state) == ("regulations", SheetState.SUBMITTED)
            assert reason.strip()
            self.state = SheetState.OPEN
            self.reopened.append(reason)

    def versions(self) -> dict[str, int]:
        return {item: version for item, _, version in self.snapshot()[2]}

    @invariant()
    def it_stands_as_it_was_left(self):
        state, _, rows = self.snapshot()
        assert state == self.state
        assert {item: result for item, result, _ in rows} == {
            item: result for item, (result, _) in self.scores.items()
        }

    @invariant()
    def every_score_is_on_record(self):
        with reading(self.scene.engine) as session:
            kept = session.exec(
                select(func.count())
                .select_from(ScoreEvent)
                .where(ScoreEvent.sheet_id == self.sheet_id)
            ).one()
        assert kept == self.saved

    @invariant()
    def it_was_reopened_by_another_person_with_the_reason(self):
        records = self.audited("sheet.reopen")
        assert [each.detail["reason"] for each in records] == self.reopened
        section = self.scene.regulations.audit_name
        assert {each.actor for each in records} <= {section}
        assert len(self.audited("sheet.submit")) == self.submitted


class RoundLife(Tried):
    """One round from its plan to the archive; `goes_on` does what is next, the rest disturbs.

    `looked_at` holds the standings at which everybody's view was compared with the table.
    """

    looked_at: ClassVar[set[object]]

    def __init__(self) -> None:
        super().__init__()
        self.path = [self.state]
        self.begun: set[int] = set()
        self.rows = self.counted()

    @property
    def state(self) -> RoundState:
        with reading(self.scene.engine) as session:
            return RoundState(session.get(Round, self.scene.round_id).state)

    @property
    def version(self) -> int:
        return version_of(self.scene, self.scene.round_id)

    def snapshot(self):
        with reading(self.scene.engine) as session:
            row = session.get(Round, self.scene.round_id)
            seats = session.exec(select(Assignment.id, Assignment.seat, Assignment.user_id))
            sheets = session.exec(select(ScoreSheet.id, ScoreSheet.state, ScoreSheet.version))
            items = session.exec(select(RectificationItem.id, RectificationItem.state))
            return row.state, row.version, *(sorted(each) for each in (seats, sheets, items))

    def counted(self) -> tuple[int, ...]:
        """Rows of what is never taken away again."""
        with reading(self.scene.engine) as session:
            return tuple(
                session.exec(select(func.count()).select_from(table)).one()
                for table in (RoundCase, ItemScore, ScoreEvent, Objection, ItemEvent, AuditRecord)
            )

    # what may happen at any time

    @rule(steps=st.integers(1, 8))
    def goes_on(self, steps):
        for _ in range(steps):
            if self.state is not RoundState.CLOSED:
                self.next_step()
                self.what_is_observed()

    @rule(
        who=st.sampled_from(PEOPLE), to=st.sampled_from([*RoundState, "vanished"]), reason=REASONS
    )
    def tries_to_move(self, who, to, reason):
        self.attempt(
            rounds.move_round,
            self.scene.actors[who],
            self.scene.round_id,
            to=to,
            seen_version=self.version,
            reason=reason,
        )
        self.what_is_observed()

    @rule(who=st.sampled_from(PEOPLE))
    def tries_to_publish(self, who):
        self.attempt(
            results.publish, self.scene.actors[who], self.scene.round_id, seen_version=self.version
        )

    @rule(who=st.sampled_from(PEOPLE), person=st.sampled_from(SCORERS), reason=REASONS)
    def tries_to_withdraw_somebody(self, who, person, reason):
        self.attempt(
            rounds.withdraw,
            self.scene.actors[who],
            self.scene.round_id,
            user_id=self.scene.actors[person].user_id,
            reason=reason,
            successors=[self.scene.actors[each].user_id for each in SCORERS if each != person],
            seen_version=self.version,
        )

    @rule(who=st.sampled_from(PEOPLE), reason=REASONS)
    def tries_to_reopen_a_sheet(self, who, reason):
        for sheet in self.sheets(SheetState.SUBMITTED)[:1]:
            self.attempt(scoring.reopen, self.scene.actors[who], sheet.id, reason=reason)

    @rule(who=st.sampled_from(PEOPLE), action=st.sampled_from(["close", "submit", "send_back"]))
    def tries_an_item_without_proof(self, who, action):
        for item in self.items()[:1]:
            has_proof = item.state == "submitted"
            if self.attempt(
                rectification.move_item,
                self.scene.actors[who],
                item.id,
                action=action,
                note="样例",
                seen_version=item.version,
            ):
                assert has_proof

    @rule(who=st.sampled_from(PEOPLE), text=REASONS)
    def tries_to_object(self, who, text):
        self.attempt(
            objections.raise_objection,
            self.scene.actors[who],
            round_id=self.scene.round_id,
            case_id=self.scene.cases[0],
            item_id="DOC-03",
            text=text,
        )

    @rule(
        who=st.sampled_from(PEOPLE),
        decision=st.sampled_from(["uphold", "reject", "withdraw", "close"]),
        reason=REASONS,
    )
    def tries_to_end_an_objection(self, who, decision, reason):
        for each in self.objections(ObjectionState.RAISED)[:1]:
            better = {"result": "符合"} if decision == "uphold" else {}
            if decision == "withdraw":
                step, more = objections.withdraw, {}
            else:
                step, more = objections.decide, {"decision": decision, "reason": reason, **better}
            self.attempt(step, self.scene.actors[who], each.id, seen_version=each.version, **more)

    # what is done next by those whose turn it is

    def next_step(self) -> None:
        getattr(self, f"in_{self.state}")()

    def call(self, step, *arguments, who="regulations", **more):
        return step(self.scene.engine, self.scene.actors[who], *arguments, **more)

    def move(self, to: str) -> None:
        self.call(rounds.move_round, self.scene.round_id, to=to, seen_version=self.version)

    def in_planned(self) -> None:
        self.call(
            rounds.issue_notice,
            self.scene.round_id,
            number="样例法〔2024〕1号",
            issued_on=date(2024, 1, 2),
            text="样例通知",
            seen_version=self.version,
        )

    def in_notified(self) -> None:
        self.call(
            rounds.record_step,
            self.scene.round_id,
            "self_review",
            note="样例：已自查",
            seen_version=self.version,
        )
        self.call(rounds.freeze_list, self.scene.round_id, size=2, seen_version=self.version)

    def in_frozen(self) -> None:
        entered = self.numbers()
        for who in ("regulations", "leader"):
            if self.scene.actors[who].user_id not in entered:
                assert not self.attempt(self.draw)
                enter_number(self.scene, self.scene.round_id, self.scene.actors[who], "271828")
                return
        self.draw(self.scene.engine)

    def draw(self, engine) -> None:
        rounds.draw(engine, self.scene.regulations, self.scene.round_id, seen_version=self.version)

    def in_drawn(self) -> None:
        self.call(
            rounds.assign,
            self.scene.round_id,
            reviewers=[self.scene.actors[each].user_id for each in ("reviewer", "second")],
            seen_version=self.version,
        )

    def in_scoring(self) -> None:
        waiting = self.sheets(SheetState.OPEN)
        if not waiting:
            self.move("deliberating")
            return
        sheet = waiting[0]
        who = next(each for each in SCORERS if self.scene.actors[each].user_id == sheet.scorer_id)
        for item in ITEMS:
            with reading(self.scene.engine) as session:
                done = session.exec(
                    select(ItemScore.id).where(
                        ItemScore.sheet_id == sheet.id, ItemScore.item_id == item
                    )
                ).first()
            if done is None:
                self.call(
                    scoring.save_score,
                    who=who,
                    sheet_id=sheet.id,
                    item_id=item,
                    result="不符合" if item == "DOC-03" else "符合",
                    comment=mark(sheet.id),
                    base_version=0,
                    client_id=f"{sheet.id}-{item}",
                )
                return
        self.call(scoring.submit, sheet.id, who=who, overall="", seen_version=sheet.version)

    def in_deliberating(self) -> None:
        self.move("confirming")

    def in_confirming(self) -> None:
        self.call(findings.derive, self.scene.round_id)
        for each in self.call(findings.list_findings, round_id=self.scene.round_id):
            if each.state == "proposed":
                self.call(
                    findings.confirm,
                    each.id,
                    text=each.text.zh,
                    severity=each.severity,
                    measure="书面说明",
                    due_days=15,
                    seen_version=each.version,
                )
        self.move("objecting")

    def in_objecting(self) -> None:
        unit = self.scene.units["样例执法大队"]
        self.call(results.send_feedback, self.scene.round_id, unit)
        if not self.objections():
            self.tries_to_object(who="unit", text="样例：卷内已有记载")
            assert not self.attempt(
                results.publish,
                self.scene.regulations,
                self.scene.round_id,
                seen_version=self.version,
            )
            return
        if self.objections(ObjectionState.RAISED):
            self.tries_to_end_an_objection(who="regulations", decision="uphold", reason="样例理由")
            return
        if not self.attempt(
            results.publish,
            self.scene.regulations,
            self.scene.round_id,
            seen_version=self.version,
        ):
            with transaction(self.scene.engine) as session:
                row = session.exec(select(Feedback)).one()
                row.until_on = today() - timedelta(days=1)
                session.add(row)

    def in_published(self) -> None:
        self.move("rectifying")

    def in_rectifying(self) -> None:
        lists = self.call(rectification.list_lists, round_id=self.scene.round_id)
        if not lists:
            unit = self.scene.units["样例执法大队"]
            self.call(rectification.issue_list, self.scene.round_id, unit)
            return
        for item in self.call(rectification.list_view, lists[0].id).items:
            if item.state != "closed":
                self.work_on(item)
                return
        self.move("closed")

    def work_on(self, item) -> None:
        is_in = item.state == "submitted"
        proof = Path(self.scene.engine.url.database).with_suffix(".proof")
        proof.write_bytes(b"sample")
        self.call(
            rectification.move_item,
            item.id,
            who="regulations" if is_in else "unit",
            action="close" if is_in else "submit",
            note="样例说明",
            proof=None if is_in else (proof, "情况说明.pdf"),
            seen_version=item.version,
        )

    # what is there

    def sheets(self, state: SheetState) -> list[ScoreSheet]:
        with reading(self.scene.engine) as session:
            query = select(ScoreSheet).where(ScoreSheet.state == state)
            return list(session.exec(query.order_by(ScoreSheet.id)))

    def items(self) -> list[RectificationItem]:
        with reading(self.scene.engine) as session:
            return list(session.exec(select(RectificationItem).order_by(RectificationItem.id)))

    def objections(self, *states: ObjectionState) -> list[Objection]:
        with reading(self.scene.engine) as session:
            rows = session.exec(select(Objection).order_by(Objection.id)).all()
        return [each for each in rows if not states or each.state in states]

    def numbers(self) -> set[int]:
        with reading(self.scene.engine) as session:
            return set(session.exec(select(DrawNumber.user_id)))

    @invariant()
    def what_is_observed(self):
        """The path has no leap, and no row that counts has gone."""
        state = self.state
        if state is not self.path[-1]:
            assert state in MOVES[self.path[-1]]
            self.path.append(state)
        rows = self.counted()
        assert all(now >= before for now, before in zip(rows, self.rows, strict=True))
        self.rows = rows
        with reading(self.scene.engine) as session:
            begun = set(session.exec(select(ItemScore.sheet_id).distinct()))
            assert self.begun <= begun <= set(session.exec(select(ScoreSheet.id)))
        self.begun = begun
        self.everybody_sees_what_the_table_says()

    def everybody_sees_what_the_table_says(self):
        """No less and no more, at every standing of the round and its sheets."""
        now = (standing(self.scene), frozenset(self.begun))
        if not self.begun or now in self.looked_at:
            return
        self.looked_at.add(now)
        for who in PEOPLE:
            if not quotes_findings(self.scene, who):
                allowed = marks_allowed(self.scene, who) & self.begun
                assert (who, marks_seen(self.scene, who)) == (who, allowed)

    @invariant()
    def nothing_passes_on_one_persons_word(self):
        state = self.state
        if has_reached(state, RoundState.DRAWN):
            assert len(self.numbers()) == 2
        if has_reached(state, RoundState.DELIBERATING):
            assert not self.sheets(SheetState.OPEN)
            assert self.scorers_of_every_case() == {2}
        with reading(self.scene.engine) as session:
            published = session.exec(select(Publication.id)).all()
        assert len(published) == has_reached(state, RoundState.PUBLISHED)
        for each in self.audited("round.move"):
            if (each.detail["before"], each.detail["after"]) in BACK_WITH_REASON:
                assert each.detail["reason"].strip()

    def scorers_of_every_case(self) -> set[int]:
        with reading(self.scene.engine) as session:
            pairs = session.exec(
                select(ScoreSheet.case_id, func.count(ScoreSheet.scorer_id.distinct()))
                .where(ScoreSheet.state == SheetState.SUBMITTED)
                .group_by(ScoreSheet.case_id)
            ).all()
        assert len(pairs) == 2
        return {count for _, count in pairs}

    @invariant()
    def an_objection_is_decided_by_somebody_else_with_a_reason(self):
        unit = self.scene.unit.user_id
        scorers = {self.scene.actors[each].user_id for each in SCORERS}
        for each in self.objections():
            assert each.raised_by == unit
            assert each.text.strip()
            if each.state == ObjectionState.RAISED:
                assert each.decided_by is None
                assert not has_reached(self.state, RoundState.PUBLISHED)
            elif each.state == ObjectionState.WITHDRAWN:
                assert each.decided_by == unit
            else:
                assert each.decided_by not in scorers | {unit, None}
                assert each.reason.strip()

    @invariant()
    def an_item_is_closed_on_proof_by_somebody_else(self):
        with reading(self.scene.engine) as session:
            events = session.exec(select(ItemEvent).order_by(ItemEvent.id)).all()
        last: dict[int, ItemEvent] = {}
        for each in events:
            if each.action == "submit":
                assert each.proof_sha256
                last[each.item_id] = each
            if each.action == "close":
                assert last[each.item_id].actor_id != each.actor_id
        if self.state is RoundState.CLOSED:
            assert {each.state for each in self.items()} == {"closed"}
            assert {each.id for each in self.items()} <= set(last)

    def teardown(self) -> None:
        """Whatever was tried, the round can be brought to its archive."""
        for _ in range(LONGEST):
            if self.state is RoundState.CLOSED:
                break
            self.next_step()
            self.what_is_observed()
        assert self.state is RoundState.CLOSED
        self.an_item_is_closed_on_proof_by_somebody_else()
        with reading(self.scene.engine) as session:
            assert session.exec(select(RectificationList.id)).all()
        super().teardown()


def test_a_sheet_comes_and_goes_as_its_scorer_and_the_section_say(scene, copies):
    class Life(SheetLife):
        def copied(self):
            return copies(scene)

    run_state_machine_as_test(Life, settings=FEW)


def test_a_round_comes_to_its_archive_by_every_step_and_loses_nothing(bureau, copies):
    bureau.round_id = rounds.plan_round(
        bureau.engine,
        bureau.regulations,
        title="样例第一轮",
        year=2023,
        scope_from=date(2023, 1, 1),
        scope_to=date(2023, 12, 31),
        starts_on=date(2024, 1, 2),
        ends_on=date(2024, 1, 31),
        unit_ids=list(bureau.units.values()),
    )

    class Life(RoundLife):
        looked_at: ClassVar[set[object]] = set()

        def copied(self):
            return copies(bureau)

    run_state_machine_as_test(Life, settings=FEW)
