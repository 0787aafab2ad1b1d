"""The database of the page benchmark is a sound one: nothing in it could not have happened."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from review.bench.years import ROUNDS_A_YEAR, UNDER_WAY, Scale, Years, fill
from review.casefiles.tables import Case
from review.db.session import engine_for, reading
from review.documents.tables import DocumentRow
from review.findings.result_tables import CaseResult, Objection, ObjectionState, Publication
from review.findings.tables import Finding
from review.panels.tables import Assignment
from review.planning.tables import Round, RoundCase, RoundState
from review.rectification.tables import RectificationItem, RectificationList
from review.scoring.tables import ItemScore, ScoreSheet
from review.settings import settings

CASES, DRAWN, YEARS = 30, 3, 3


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path
) -> Iterator[tuple[Years, Engine]]:
    """The database is filled once for the tests that read it."""
    home = tmp_path_factory.mktemp("years")
    shutil.copy(migrated_sqlite, home / "case-review.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASE_REVIEW_HOME", str(home))
        patch.delenv("CASE_REVIEW_DATABASE_URL", raising=False)
        settings.cache_clear()
        engine = engine_for(settings().url)
        scale = Scale(cases_a_year=CASES, cases_a_round=DRAWN)
        yield fill(engine, years=YEARS, scale=scale), engine
        engine.dispose()
    settings.cache_clear()


@pytest.fixture
def made(filled: tuple[Years, Engine]) -> Years:
    return filled[0]


@pytest.fixture
def engine(filled: tuple[Years, Engine]) -> Engine:
    return filled[1]


def test_each_closed_year_is_the_same_year_some_time_earlier(made: Years, engine: Engine) -> None:
    with reading(engine) as session:
        years = Counter(row.year for row in session.exec(select(Round)))
        this_year = max(years)
        assert years == {
            this_year: len(UNDER_WAY),
            **{this_year - back: ROUNDS_A_YEAR for back in range(1, YEARS + 1)},
        }
        assert len(session.exec(select(Case)).all()) == CASES * (YEARS + 1) == made.rows["case"]
        results = Counter(
            year
            for year, _ in session.exec(
                select(Round.year, CaseResult.id).join(
                    CaseResult, col(CaseResult.round_id) == col(Round.id)
                )
            )
        )
        assert len({results[this_year - back] for back in range(1, YEARS + 1)}) == 1


def test_every_sheet_belongs_to_its_case_and_round(made: Years, engine: Engine) -> None:
    with reading(engine) as session:
        rows = session.exec(
            select(ScoreSheet, RoundCase, Round, Case)
            .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
            .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
            .join(Round, col(Round.id) == col(RoundCase.round_id))
            .join(Case, col(Case.id) == col(RoundCase.case_id))
        ).all()
        assert len(rows) == made.rows["scoresheet"] == 2 * made.rows["roundcase"]
        for sheet, drawn, round_, case in rows:
            assert sheet.case_id == drawn.case_id
            assert case.closed_on is not None
            assert round_.scope_from <= case.closed_on <= round_.scope_to
        scored = Counter(each for each in session.exec(select(ItemScore.sheet_id)))
        open_sheets = {row[0].id for row in rows if row[0].id not in scored}
        scoring = made.rounds[RoundState.SCORING]
        assert {row[2].id for row in rows if row[0].id in open_sheets} == {scoring}


def test_what_follows_results_is_there_in_every_closed_year(made: Years, engine: Engine) -> None:
    with reading(engine) as session:
        states = {row.id: RoundState(row.state) for row in session.exec(select(Round))}
        published = set(session.exec(select(Publication.round_id)))
        finished = {RoundState.RECTIFYING, RoundState.CLOSED}
        assert published == {key for key, state in states.items() if state in finished}
        listed = session.exec(
            select(RectificationItem, RectificationList, Finding)
            .join(RectificationList, col(RectificationList.id) == col(RectificationItem.list_id))
            .join(Finding, col(Finding.id) == col(RectificationItem.finding_id))
        ).all()
        assert {held.round_id for _, held, _ in listed} == published
        assert all(held.round_id == finding.round_id for _, held, finding in listed)
        waiting = session.exec(select(Objection).where(Objection.state == ObjectionState.RAISED))
        assert {each.round_id for each in waiting} == {made.rounds[RoundState.OBJECTING]}
        read = set(session.exec(select(DocumentRow.case_id)))
        drawn = select(RoundCase.case_id).where(col(RoundCase.round_id).in_(made.rounds.values()))
        assert read == set(session.exec(drawn))
