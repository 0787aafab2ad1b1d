"""Every exported document as pictures, to be looked at.

Papers of results come from an invented round, which takes a second. Those of draw, sheets, panel,
checks and challenges need what people did; they come from a home with the samples.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine, func
from sqlmodel import col, select

from review.bench.published_year import Year, fill, set_threshold
from review.db.accounts import Role, User
from review.db.session import engine_for, reading
from review.errors import MissingProgram, NotFound
from review.findings.challenge_tables import Challenge
from review.findings.result_tables import CaseResult, Feedback
from review.i18n import speaking
from review.migrations import schema
from review.panels.tables import CommonResult, CommonState
from review.planning.tables import RoundCase
from review.rectification.tables import RectificationList, ThresholdAction
from review.scoring.tables import ScoreSheet, SheetState
from review.services.access import Actor, actor_from
from review.services.case_files import case_report
from review.services.panel import panel_exports
from review.services.rectifying import accountability
from review.services.results import challenge_exports, exports, papers, templates
from review.settings import settings

DPI = 60


Export = Callable[[Engine, Actor, int], tuple[str, bytes]]


def make(folder: Path) -> list[Path]:
    """Write every document of an invented round into a folder, with a picture of each page.

    Works in the home that is set. Raises MissingProgram without LibreOffice or pdftoppm.
    """
    engine = engine_for(settings().url)
    schema.upgrade(engine)
    round_id = fill(engine, Year())[-1]
    set_threshold(engine)
    return _pictures(folder, _documents(engine, round_id))


def make_of_samples(folder: Path) -> list[Path]:
    """The same for the documents that follow from what people did in the home that is set.

    Raises MissingProgram, and NotFound where the home has no round that went to its panel.
    """
    engine = engine_for(settings().url)
    schema.upgrade(engine)
    return _pictures(folder, _documents_of_samples(engine))


def _pictures(folder: Path, documents: Iterator[tuple[str, bytes]]) -> list[Path]:
    for program in ("soffice", "pdftoppm"):
        if shutil.which(program) is None:
            raise MissingProgram(program=program)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with speaking("zh"):
        for name, content in documents:
            path = folder / name
            path.write_bytes(content)
            made.append(path)
    return [picture for path in made for picture in render(path)]


def _documents(engine: Engine, round_id: int) -> Iterator[tuple[str, bytes]]:
    actor = _section(engine)
    with reading(engine) as session:
        ordered = select(CaseResult.id).where(CaseResult.round_id == round_id)
        worst = session.exec(ordered.order_by(col(CaseResult.score))).first() or 0
        best = session.exec(ordered.order_by(col(CaseResult.score).desc())).first() or 0
        feedback = session.exec(select(Feedback).where(Feedback.round_id == round_id)).first()
        held = session.exec(
            select(RectificationList).where(RectificationList.round_id == round_id)
        ).first()
    assert feedback is not None
    assert held is not None
    record = accountability.open_record(
        engine, actor, round_id=round_id, unit_id=held.unit_id, action=ThresholdAction.TALK
    )
    accountability.write_record(
        engine,
        actor,
        record,
        participants="样例：分管负责人、法规科、大队负责人",
        content="样例：通报逾期整改情况，听取说明。",
        demands="样例：十日内完成全部逾期事项并书面报告。",
        seen_version=1,
    )
    wanted: tuple[tuple[Export, int], ...] = (
        (papers.opinion_docx, worst),
        (papers.opinion_masked_docx, best),
        (papers.feedback_docx, feedback.id or 0),
        (papers.problems_docx, feedback.id or 0),
        (papers.problems_xlsx, feedback.id or 0),
        (papers.circular_docx, round_id),
        (papers.circular_masked_docx, round_id),
        (papers.round_xlsx, round_id),
        (papers.notice_docx, held.id or 0),
        (exports.rectification_docx, held.id or 0),
        (exports.rectification_xlsx, held.id or 0),
        (papers.record_docx, record),
        (papers.year_xlsx, 2026),
    )
    for make_paper, key in wanted:
        yield make_paper(engine, actor, key)


def _documents_of_samples(engine: Engine) -> Iterator[tuple[str, bytes]]:
    actor = _section(engine)
    with reading(engine) as session:
        common = session.exec(
            select(CommonResult)
            .where(CommonResult.needs_panel, CommonResult.state == CommonState.SETTLED)
            .order_by(col(CommonResult.id))
        ).first()
        if common is None:
            raise NotFound(what="合议结果", what_en="a settled common result", key=0)
        drawn = session.get_one(RoundCase, common.round_case_id)
        sheet = session.exec(
            select(ScoreSheet.id)
            .where(ScoreSheet.case_id == drawn.case_id, ScoreSheet.state == SheetState.SUBMITTED)
            .order_by(col(ScoreSheet.id))
        ).first()
        challenges = session.exec(select(func.count()).select_from(Challenge)).one()
    wanted: list[tuple[Export, int]] = [
        (panel_exports.draw_record_paper, drawn.round_id),
        (exports.score_sheet_docx, sheet or 0),
        (panel_exports.deliberation_paper, common.round_case_id),
        (case_report.case_report, drawn.case_id),
        (templates.default_by_place, 1),
    ]
    if challenges:
        wanted.append((challenge_exports.challenges_xlsx, 0))
    for make_paper, key in wanted:
        yield make_paper(engine, actor, key)


def _section(engine: Engine) -> Actor:
    with reading(engine) as session:
        user = session.exec(select(User).where(User.role == Role.REGULATIONS)).first()
    assert user is not None
    return actor_from(user)


def render(path: Path) -> list[Path]:
    """The pages of a document as PNG files beside it, by way of a PDF that is removed."""
    profile = path.parent / ".office"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{profile.absolute()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(path.parent),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pdf = path.with_suffix(".pdf")
    prefix = path.with_name(f"{path.stem}.{path.suffix[1:]}")
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", str(pdf), str(prefix)], check=True)
    pdf.unlink()
    shutil.rmtree(profile, ignore_errors=True)
    return sorted(path.parent.glob(f"{prefix.name}-*.png"))
