"""The database of the page benchmark is a sound one: nothing in it could not have happened."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from review.bench.years import ROUNDS_A_YEAR, UNDER_WAY, Scale, Years, fill
from review.casefiles.tables import Case
from review.db.session import reading
from review.findings.result_tables import CaseResult
from review.panels.tables import Assignment
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.tables import ItemScore, ScoreSheet

CASES, DRAWN, YEARS = 30, 3, 3


@pytest.fixture
def made(sqlite_engine: Engine) -> Years:
    return fill(sqlite_engine, years=YEARS, scale=Scale(cases_a_year=CASES, cases_a_round=DRAWN))


def test_each_closed_year_is_the_same_year_some_time_earlier(
    made: Years, sqlite_engine: Engine
) -> None:
    with reading(sqlite_engine) as session:
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


def test_every_sheet_belongs_to_its_case_and_round(made: Years, sqlite_engine: Engine) -> None:
    with reading(sqlite_engine) as session:
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
