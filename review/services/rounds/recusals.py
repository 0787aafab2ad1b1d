"""Who may not score which case: what the file, the ledger and the declarations say of a person."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlmodel import Session, col, select

from review.casefiles.case_key import case_key
from review.casefiles.tables import Case
from review.db.accounts import DeclaredConflict, Role, User
from review.facts.tables import FactRow
from review.panels.tables import Assignment
from review.planning import assignment as lots
from review.planning.assignment import DrawnCase, Recusal, Scorer
from review.planning.tables import RoundCase
from review.scoring.tables import ScoreSheet, SheetState

PARTY_FACTS = frozenset({"party_name", "legal_representative", "trade_name"})
"""Facts that name the party and its representatives."""

PEOPLE_FACTS = frozenset(
    {
        "officers",
        "officer_signatures",
        "handlers",
        "handlers_listed",
        "servers",
        "reviewer",
        "host",
        "head_signature",
        "discussants",
    }
)
"""Facts that name who acted: handlers, approving head, legal reviewer, host, discussants."""


def _people_and_parties(
    session: Session, case: Case
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Names of those who acted, certificate numbers of theirs, and names of the parties."""
    people = set(case.officers or ())
    certificates: set[str] = set()
    parties = {case.party_name} - {""}
    rows = session.exec(
        select(FactRow.name, FactRow.value).where(
            FactRow.case_id == case.id, col(FactRow.name).in_(PEOPLE_FACTS | PARTY_FACTS)
        )
    )
    for name, value in rows:
        if name in PARTY_FACTS:
            parties.add(value)
            continue
        listed = json.loads(value) if value.startswith("[") else [value]
        for each in listed:
            if isinstance(each, dict):
                people.add(each["name"])
                certificates.add(each.get("cert_no") or "")
            else:
                people.add(str(each))
    return frozenset(people), frozenset(certificates - {""}), frozenset(parties)


def drawn_case(
    session: Session, case: Case, users: Iterable[User], *, round_id: int | None = None
) -> DrawnCase:
    """What recusal needs to know of a case; `round_id` is the round that is being assigned."""
    people, certificates, parties = _people_and_parties(session, case)
    known = {user.name for user in users if user.cert_no and user.cert_no in certificates}
    return DrawnCase(
        key=case.case_key,
        unit_id=case.unit_id,
        squad=case.squad,
        people=people | known,
        parties=parties,
        earlier=_earlier(session, case, round_id),
        subject=f"{case.cause} {case.procedure} {case.kind}",
    )


def _earlier(session: Session, case: Case, round_id: int | None) -> frozenset[int]:
    """Who scored the case in another round."""
    rows = session.exec(
        select(Assignment.user_id)
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .where(RoundCase.case_id == case.id, RoundCase.round_id != (round_id or 0))
    )
    return frozenset(rows)


def scorers_of(
    session: Session,
    users: Collection[User],
    cases: Collection[Case],
    *,
    round_id: int | None = None,
    needs_certificate: bool = False,
) -> dict[int, Scorer]:
    """The people with declared conflicts, specialities and what they have to do in other rounds.

    A conflict with a unit bars its cases. With `needs_certificate`, reviewers without a registered
    enforcement certificate are barred; outside experts need none.
    """
    of_unit: dict[int, set[str]] = {}
    for case in cases:
        of_unit.setdefault(case.unit_id, set()).add(case.case_key)
    conflicts: dict[int, set[str]] = {}
    for row in session.exec(select(DeclaredConflict)):
        declared = conflicts.setdefault(row.user_id, set())
        if row.case_no:
            declared.add(case_key(row.case_no))
        if row.unit_id is not None:
            declared |= of_unit.get(row.unit_id, set())
    loads = _other_loads(session, round_id)
    return {
        user.id: Scorer(
            id=user.id,
            name=user.name,
            unit_id=user.unit_id,
            squad=user.squad,
            conflicts=frozenset(conflicts.get(user.id, set())),
            specialities=frozenset(re.split(r"[\s、，,；;]+", user.speciality)) - {""},
            other_load=loads.get(user.id, 0),
            lacks_certificate=needs_certificate
            and user.role == Role.REVIEWER
            and not user.cert_no.strip(),
        )
        for user in users
        if user.id is not None
    }


def _other_loads(session: Session, round_id: int | None) -> Mapping[int, int]:
    """Sheets that each person still has to score in other rounds."""
    rows = session.exec(
        select(Assignment.user_id)
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .join(ScoreSheet, col(ScoreSheet.assignment_id) == col(Assignment.id))
        .where(RoundCase.round_id != (round_id or 0), ScoreSheet.state == SheetState.OPEN)
    )
    return Counter(rows)


def recusal_of(
    session: Session, user: User, case: Case, *, round_id: int | None = None
) -> Recusal | None:
    """Why this person may not score this case; None: may."""
    assert user.id is not None
    scorer = scorers_of(session, [user], [case], round_id=round_id)[user.id]
    return lots.recusal(scorer, drawn_case(session, case, [user], round_id=round_id))
