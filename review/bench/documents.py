"""Every exported document as pictures: made from an invented round, rendered, to be looked at."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from review.bench.published_year import Year, fill, set_threshold
from review.db.accounts import Role, User
from review.db.session import engine_for, reading
from review.errors import MissingProgram
from review.findings.result_tables import CaseResult, Feedback
from review.migrations import schema
from review.rectification.tables import RectificationList, ThresholdAction
from review.services.access import Actor, actor_from
from review.services.rectifying import accountability
from review.services.results import exports, papers
from review.settings import settings

DPI = 60


def make(folder: Path) -> list[Path]:
    """Write every document of an invented round into a folder, with a picture of each page.

    Raises MissingProgram without LibreOffice or pdftoppm.
    """
    for program in ("soffice", "pdftoppm"):
        if shutil.which(program) is None:
            raise MissingProgram(program=program)
    folder.mkdir(parents=True, exist_ok=True)
    engine = engine_for(settings().url)
    schema.upgrade(engine)
    round_id = fill(engine, Year())[-1]
    set_threshold(engine)
    made = []
    for name, content in _documents(engine, round_id):
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
    wanted: tuple[tuple[Callable[[Engine, Actor, int], tuple[str, bytes]], int], ...] = (
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
