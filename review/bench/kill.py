"""Saves with the process killed at random: every acknowledged save must be there afterwards.

A child saves scores one after another through the service and says so on its standard output; it is
killed without warning after a random number of acknowledgements and started again, and sends the
save once more whose answer it never saw. At the end every acknowledged save is looked for, the
history of every item must count without a gap, and the audit chain must be whole.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlmodel import select

from review.db.accounts import Role, User
from review.db.session import engine_for, reading
from review.planning.tables import RoundKind
from review.scoring.checklist import Result
from review.scoring.tables import ScoreEvent
from review.services import integrity
from review.services.access import Actor, actor_from, console
from review.services.accounts import people
from review.services.case_files import ledger
from review.services.desk import scoring
from review.services.migrate import migrate
from review.services.rounds import rounds
from review.settings import settings

LONGEST_RUN = 60
"""Most acknowledgements before a kill."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted. `missing` acknowledged saves, `violations` of the stored data."""

    acknowledged: int
    kills: int
    events: int
    missing: tuple[str, ...]
    violations: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost and nothing is broken."""
        return not self.missing and not self.violations


def prepare(engine: Engine) -> int:
    """An empty database gets one case with one sheet; returns the sheet's id."""
    administrator, section = console(Role.ADMINISTRATOR), console(Role.REGULATIONS)
    unit = people.create_unit(engine, administrator, name="样例执法大队")
    people.create_user(engine, administrator, login="scorer", name="样例评查员", role=Role.REVIEWER)
    ledger.add_case(
        engine,
        section,
        case_no="样例罚〔2023〕1号",
        unit_id=unit,
        procedure="ordinary",
        closed_on=date(2023, 6, 1),
    )
    round_id = rounds.plan_round(
        engine,
        section,
        title="样例轮次",
        year=2026,
        scope_from=date(2023, 1, 1),
        scope_to=date(2023, 12, 31),
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 3, 31),
        unit_ids=[unit],
        kind=RoundKind.SPOT_CHECK,
        double_scoring=False,
    )
    frozen = rounds.freeze_list(engine, section, round_id, size=1, seen_version=1)
    for login, role, number in (
        ("first", Role.REGULATIONS, "271828"),
        ("second", Role.LEADER, "314159"),
    ):
        people.create_user(engine, administrator, login=login, name=login, role=role)
        person = _person(engine, login)
        rounds.enter_number(engine, person, round_id, number=number, frozen_sha256=frozen)
    rounds.draw(engine, section, round_id, seen_version=2)
    rounds.assign(engine, section, round_id, reviewers=[_scorer(engine).user_id], seen_version=3)
    return scoring.my_sheets(engine, _scorer(engine))[0].sheet_id


def _scorer(engine: Engine) -> Actor:
    return _person(engine, "scorer")


def _person(engine: Engine, login: str) -> Actor:
    with reading(engine) as session:
        return actor_from(session.exec(select(User).where(User.login == login)).one())


def run(*, saves: int, seed: int) -> Outcome:
    """Save until so many saves were acknowledged, killing at random. Needs an empty database."""
    migrate(settings().url)
    engine = engine_for(settings().url)
    sheet_id = prepare(engine)
    chance = random.Random(seed)
    acknowledged: list[str] = []
    kills, unanswered = 0, ""
    while len(acknowledged) < saves:
        until = min(chance.randint(1, LONGEST_RUN), saves - len(acknowledged))
        said, unanswered = _one_life(sheet_id, chance.randrange(1 << 30), unanswered, until)
        acknowledged.extend(said)
        kills += 1
    with reading(engine) as session:
        kept = {event.client_id for event in session.exec(select(ScoreEvent))}
    found = integrity.verify(engine)
    return Outcome(
        acknowledged=len(acknowledged),
        kills=kills,
        events=len(kept),
        missing=tuple(sorted(set(acknowledged) - kept)),
        violations=tuple(each.text("en") for each in found.violations),
    )


def _one_life(sheet_id: int, seed: int, resend: str, until: int) -> tuple[list[str], str]:
    """Start a child, kill it after `until` acknowledgements; what it said and what hung then."""
    child = subprocess.Popen(
        [sys.executable, "-m", "review.bench.kill", str(sheet_id), str(seed), resend],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"CASE_REVIEW_HOME": str(settings().home)},
    )
    assert child.stdout is not None
    said: list[str] = []
    hanging = resend
    try:
        for line in child.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "try":
                hanging = rest
            elif word == "ack":
                said.append(rest)
                hanging = ""
                if len(said) >= until:
                    break
    finally:
        child.kill()
        left = child.stdout.read()
        child.stdout.close()
        child.wait()
    for line in left.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "ack":
            said.append(rest)
            hanging = ""
        elif word == "try":
            hanging = rest
    if not said:
        raise RuntimeError("the child said nothing")
    return said, hanging


def _attempts(seed: int, versions: dict[str, int]) -> Iterator[tuple[str, str, str, int]]:
    """Endless scores: client id, item, result and the version it is based on."""
    chance = random.Random(seed)
    items = sorted(versions)
    number = 0
    while True:
        number += 1
        item = chance.choice(items)
        result = chance.choice((Result.MET, Result.NOT_MET, Result.UNDECIDED))
        yield f"{seed}-{number}", item, result, versions[item]


def _child(sheet_id: int, seed: int, resend: str) -> None:
    """Save until killed. `resend` is a save of which no answer was seen."""
    engine = engine_for(settings().url)
    actor = _scorer(engine)
    if resend:
        client_id, item, result, base = resend.split()
        _save(engine, actor, sheet_id, (client_id, item, result, int(base)))
    view = scoring.open_sheet(engine, actor, sheet_id)
    versions = {
        item.id: view.scores[item.id].version if item.id in view.scores else 0
        for section in view.edition.sections
        for item in section.items
    }
    for attempt in _attempts(seed, versions):
        versions[attempt[1]] = _save(engine, actor, sheet_id, attempt)


def _save(engine: Engine, actor: Actor, sheet_id: int, attempt: tuple[str, str, str, int]) -> int:
    client_id, item, result, base = attempt
    print(f"try {client_id} {item} {result} {base}", flush=True)
    saved = scoring.save_score(
        engine,
        actor,
        sheet_id=sheet_id,
        item_id=item,
        result=result,
        base_version=base,
        client_id=client_id,
    )
    print(f"ack {client_id}", flush=True)
    return saved.version


if __name__ == "__main__":
    _child(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
