"""The small bureau with a mark in everything that somebody may not learn yet."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from review.checks.tables import CheckRow
from review.db.accounts import Role
from review.db.session import transaction
from review.panels.tables import CommonItem
from review.planning.tables import Round
from review.services.desk import scoring
from review.services.panel import deliberation
from review.services.results import challenges, credit, findings
from review.services.results.challenges import Entry
from tests.leaks.canaries import CHECK, EDITION, FINDING, HANDED_IN, OPEN, VOTE
from tests.services import conftest as office
from tests.services.conftest import Scene, add_user, bureau, handed_in_with, noted, scene, seat

__all__ = ["bureau", "scene"]


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """What is sent does not depend on the database; the services are tested on both."""
    return sqlite_engine


@pytest.fixture
def checklists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition whose deduction is a number that stands nowhere else."""
    folder = tmp_path / "checklists"
    (folder / "penalty").mkdir(parents=True)
    (folder / "penalty" / "2020-01-01.yaml").write_text(EDITION, encoding="utf-8")
    monkeypatch.setenv("CASE_REVIEW_CHECKLISTS", str(folder))
    office.settings.cache_clear()
    return folder


@pytest.fixture
def blind(scene: Scene) -> Scene:
    """The first review: reviewer's sheet is in, second's is begun, expert's is not.

    The round hides what the machine found. `bystander` is a reviewer without a seat.
    """
    with transaction(scene.engine) as session:
        scene.actors["bystander"] = add_user(session, "bystander", Role.REVIEWER)
        row = session.get(Round, scene.round_id)
        assert row is not None
        row.hide_proposals = True
        session.add(row)
        session.add(
            CheckRow(
                case_id=scene.cases[0],
                check_id="DEC004",
                outcome="fail",
                severity="major",
                defects=["D-63"],
                message_zh=CHECK,
                message_en=CHECK,
                evidence=[],
                law=[],
                trace={"steps": [], "missing": [], "obstacles": []},
            )
        )
    challenged(scene)
    handed_in_with(scene, HANDED_IN, gap=2)
    noted(scene, "second", "DOC-03", "符合", OPEN)
    scene.sheets["expert"] = seat(scene, 0, "P1", "expert")
    return scene


def challenged(scene: Scene) -> None:
    """The decisions of both cases are challenged and have a credit class.

    Beside them stands what reviews had said: nothing of this one before it is published.
    """
    for case_id in scene.cases:
        challenges.add_challenge(
            scene.engine,
            scene.regulations,
            case_id,
            Entry(
                instance="reconsideration",
                organ="样例区人民政府",
                filed_on=date(2024, 2, 1),
                decided_on=date(2024, 3, 1),
                outcome="revoked",
                concerns=("item:DOC-02", "check:DEC004"),
            ),
        )
    credit.classify(scene.engine, scene.regulations, scene.cases, credit_class="general")


def to_the_panel(scene: Scene) -> None:
    """Second hands in, the panel begins and reviewer votes; expert's sheet is still open."""
    noted(scene, "second", "DOC-01", "符合", "")
    noted(scene, "second", "DOC-02", "符合", "")
    view = scoring.open_sheet(scene.engine, scene.second, scene.sheets["second"])
    scoring.submit(
        scene.engine, scene.second, scene.sheets["second"], overall="", seen_version=view.version
    )
    office.to_panel(scene)
    deliberation.vote(
        scene.engine, scene.reviewer, disputed(scene).id or 0, result="部分符合", view=VOTE
    )


def disputed(scene: Scene) -> CommonItem:
    """The item of case 1 on which the sheets differ."""
    return office.common(scene)[1]["DOC-02"]


def to_findings(scene: Scene) -> None:
    """A finding is confirmed; no draft result has gone to the unit."""
    office.stands_at(scene, "confirming")
    key = findings.add_finding(
        scene.engine,
        scene.regulations,
        round_id=scene.round_id,
        case_id=scene.cases[0],
        text=FINDING,
        severity="major",
        measure=FINDING,
    )
    findings.confirm(
        scene.engine,
        scene.regulations,
        key,
        text=FINDING,
        severity="major",
        measure=FINDING,
        due_days=15,
        seen_version=1,
    )
