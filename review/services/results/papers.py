"""The papers of a round: opinions, feedback, problem lists, circular, notices, records, workbooks.

Every figure in them comes from `round_figures`. Each export leaves a trace in the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.common.clock import local, today
from review.db.accounts import Role, Unit, User
from review.db.rows import found
from review.db.session import reading
from review.errors import NotFound, WrongState
from review.findings.result_tables import CaseResult, Feedback, ResultPart
from review.findings.results import CaseFigure, ProblemLine, RoundFigures, UnitFigure
from review.law.in_force import law_in_force
from review.planning.phases import STATE_WORDS, has_reached
from review.planning.tables import ROUND_HEAD, Round, RoundState
from review.rectification.tables import RectificationList, ThresholdAction
from review.rectification.thresholds import ACTION_WORDS, MEASURE_WORDS
from review.reports import template
from review.reports.letters import (
    Letter,
    circular_letter,
    notice_letter,
    opinion_letter,
    points,
    record_letter,
    unit_letter,
)
from review.reports.masking import mask, masked_chart
from review.reports.round_sheets import problem_sheet, round_sheets, year_sheet
from review.reports.words import citations_text
from review.reports.workbooks import workbook
from review.services import access
from review.services.access import Actor
from review.services.rectifying.accountability import record_view
from review.services.rectifying.rectification_views import visible_list
from review.services.results.aims import aims
from review.services.results.exports import file_name, record_export
from review.services.results.repeats import repeated_problems
from review.services.results.round_figures import editions_of, round_figures
from review.services.results.templates import template_bytes
from review.services.waivers.waiver_ledger import waiver_ledger_xlsx

Paper = tuple[str, bytes]

YEARS = range(2000, 2101)
"""Years of which there can be a ledger."""


def basis_text(sources: Sequence[str]) -> str:
    """Citations as people write them."""
    return citations_text(sources, law_in_force(), "zh")


def _issuer(session: Session, row: Round) -> str:
    """The unit of whoever planned the round: it stands as the author of its papers."""
    planner = session.get(User, row.created_by) if row.created_by else None
    unit = session.get(Unit, planner.unit_id) if planner and planner.unit_id else None
    return unit.name if unit else ""


def _round(session: Session, round_id: int) -> Round:
    """A round that has come to results. Raises NotFound, WrongState."""
    row = found(session, Round, round_id, "评查轮次", "round")
    if not has_reached(row.state, RoundState.CONFIRMING):
        zh, en = STATE_WORDS[RoundState(row.state)]
        raise WrongState(
            what="评查轮次",
            what_en="the round",
            state=zh,
            state_en=en,
            action="导出评查结果",
            action_en="export results",
        )
    return row


def _feedback_of(session: Session, round_id: int, unit_id: int) -> Feedback | None:
    return session.exec(
        select(Feedback).where(Feedback.round_id == round_id, Feedback.unit_id == unit_id)
    ).first()


def _own_unit(session: Session, actor: Actor, round_id: int, unit_id: int) -> None:
    """A unit reads what was fed back to it, and nothing else."""
    if actor.role is Role.UNIT and (
        actor.unit_id != unit_id or _feedback_of(session, round_id, unit_id) is None
    ):
        access.refuse("export.results")


def _made(
    session: Session, kind: str, letter: Letter, *, names: Iterable[str] | None = None
) -> bytes:
    """The letter by the template in use; with names a masked copy for training."""
    if names is None:
        return template.render(template_bytes(session, kind), letter.context, letter.charts)
    known = tuple(names)
    context: Any = mask(letter.context, known)
    charts = {key: masked_chart(chart, known) for key, chart in letter.charts.items()}
    return template.render(template_bytes(session, kind), context, charts)


def names_in(figures: RoundFigures) -> set[str]:
    """Names of people, parties and units that a masked copy does not show."""
    people = {name for case in figures.cases for name in case.officers}
    parties = {case.party_name for case in figures.cases}
    units = {unit.unit for unit in figures.units}
    responsible = {each.responsible for each in figures.problems}
    return {each for each in people | parties | units | responsible if each}


def _opinion(engine: Engine, actor: Actor, result_id: int, *, masked: bool) -> Paper:
    access.require(actor, "export.results")
    with reading(engine) as session:
        result = found(session, CaseResult, result_id, "评查结果", "result")
        _own_unit(session, actor, result.round_id, result.unit_id)
        row = _round(session, result.round_id)
        figures = round_figures(session, row)
        case = next(each for each in figures.cases if each.case_id == result.case_id)
        feedback = _feedback_of(session, result.round_id, result.unit_id)
        letter = opinion_letter(
            figures,
            case,
            issuer=_issuer(session, row),
            day=figures.published_on or today(),
            edition=_edition_title(session, row, case),
            strengths=_strengths(session, result),
            until=feedback.until_on if feedback and not figures.is_published else None,
            basis=basis_text,
        )
        content = _made(session, "opinion", letter, names=names_in(figures) if masked else None)
        number = mask(case.case_no, names_in(figures)) if masked else case.case_no
    form = "docx masked" if masked else "docx"
    record_export(engine, actor, "case_result", result_id, form)
    return file_name(f"评查意见书_{number}{'_脱敏' if masked else ''}.docx"), content


def opinion_docx(engine: Engine, actor: Actor, result_id: int) -> Paper:
    """评查意见书 on one case by its result's id. Raises NotFound, NotAllowed, WrongState."""
    return _opinion(engine, actor, result_id, masked=False)


def opinion_masked_docx(engine: Engine, actor: Actor, result_id: int) -> Paper:
    """The same as a masked copy for training; not for the unit."""
    if actor.role is Role.UNIT:
        access.refuse("export.results")
    return _opinion(engine, actor, result_id, masked=True)


def _edition_title(session: Session, row: Round, case: CaseFigure) -> str:
    titles = [
        each.title.get("zh")
        for each in editions_of(session, row.id)
        if case.procedure in each.procedures or not each.procedures
    ]
    return titles[0] if titles else "—"


def _strengths(session: Session, result: CaseResult) -> list[str]:
    """Dimensions of the case in which nothing was lost."""
    rows = session.exec(
        select(ResultPart)
        .where(
            ResultPart.result_id == result.id,
            col(ResultPart.earned) == col(ResultPart.applicable),
        )
        .order_by(col(ResultPart.id))
    )
    return [row.title_zh for row in rows]


def _unit_letter(
    session: Session, actor: Actor, feedback_id: int
) -> tuple[Letter, RoundFigures, UnitFigure]:
    feedback = found(session, Feedback, feedback_id, "反馈", "feedback")
    _own_unit(session, actor, feedback.round_id, feedback.unit_id)
    row = _round(session, feedback.round_id)
    figures = round_figures(session, row)
    unit = figures.of_unit(feedback.unit_id)
    if unit is None:
        raise NotFound(what="单位的评查结果", what_en="results of the unit", key=feedback.unit_id)
    repeats = [
        each.title_zh for each in repeated_problems(session, row) if each.unit_id == unit.unit_id
    ]
    letter = unit_letter(
        figures,
        unit,
        issuer=_issuer(session, row),
        day=local(feedback.sent_at).date(),
        until=None if figures.is_published else feedback.until_on,
        repeats=repeats[:6],
        basis=basis_text,
    )
    return letter, figures, unit


def _of_unit(engine: Engine, actor: Actor, feedback_id: int, kind: str, title: str) -> Paper:
    access.require(actor, "export.results")
    with reading(engine) as session:
        letter, figures, unit = _unit_letter(session, actor, feedback_id)
        content = _made(session, kind, letter)
    record_export(engine, actor, "feedback", feedback_id, f"{kind} docx")
    return file_name(f"{title}_{unit.unit}_{figures.title}.docx"), content


def feedback_docx(engine: Engine, actor: Actor, feedback_id: int) -> Paper:
    """反馈意见 to one unit. Raises NotFound, NotAllowed."""
    return _of_unit(engine, actor, feedback_id, "feedback", "反馈意见")


def problems_docx(engine: Engine, actor: Actor, feedback_id: int) -> Paper:
    """问题清单 of one unit. Raises NotFound, NotAllowed."""
    return _of_unit(engine, actor, feedback_id, "problems", "问题清单")


def problems_xlsx(engine: Engine, actor: Actor, feedback_id: int) -> Paper:
    """问题清单 of one unit as a workbook. Raises NotFound, NotAllowed."""
    access.require(actor, "export.results")
    with reading(engine) as session:
        _letter, figures, unit = _unit_letter(session, actor, feedback_id)
        issuer = _issuer(session, found(session, Round, figures.round_id, "轮次", "round"))
    own: tuple[ProblemLine, ...] = tuple(
        each for each in figures.problems if each.unit_id == unit.unit_id
    )
    sheet = problem_sheet(
        own,
        title=f"{figures.title}问题清单",
        about=f"单位：{unit.unit}　共{len(own)}项",
        basis=basis_text,
    )
    record_export(engine, actor, "feedback", feedback_id, "problems xlsx")
    return (
        file_name(f"问题清单_{unit.unit}_{figures.title}.xlsx"),
        workbook([sheet], author=issuer, dated=figures.published_on),
    )


def _circular(engine: Engine, actor: Actor, round_id: int, *, masked: bool) -> Paper:
    access.require(actor, "result.view")
    with reading(engine) as session:
        row = _round(session, round_id)
        figures = round_figures(session, row)
        letter = circular_letter(
            figures,
            issuer=_issuer(session, row),
            day=figures.published_on or today(),
            aims=aims(session, until=round_id),
            taking_part=row.taking_part,
        )
        content = _made(session, "circular", letter, names=names_in(figures) if masked else None)
    record_export(engine, actor, "round", round_id, "circular docx")
    return file_name(f"评查情况通报_{figures.title}{'_脱敏' if masked else ''}.docx"), content


def circular_docx(engine: Engine, actor: Actor, round_id: int) -> Paper:
    """通报 of a round. Raises NotFound, NotAllowed, WrongState."""
    return _circular(engine, actor, round_id, masked=False)


def circular_masked_docx(engine: Engine, actor: Actor, round_id: int) -> Paper:
    """The same as a masked copy for training."""
    return _circular(engine, actor, round_id, masked=True)


def round_xlsx(engine: Engine, actor: Actor, round_id: int) -> Paper:
    """All figures of a round as a workbook. Raises NotFound, NotAllowed, WrongState."""
    access.require(actor, "result.view")
    with reading(engine) as session:
        row = _round(session, round_id)
        figures = round_figures(session, row)
        issuer = _issuer(session, row)
    record_export(engine, actor, "round", round_id, "results xlsx")
    sheets = round_sheets(figures, issuer=issuer, basis=basis_text)
    return (
        file_name(f"评查结果_{figures.title}.xlsx"),
        workbook(sheets, author=issuer, dated=figures.published_on),
    )


def notice_docx(engine: Engine, actor: Actor, list_id: int) -> Paper:
    """整改通知书 for a list. Raises NotFound, NotAllowed."""
    access.require(actor, "export.list")
    with reading(engine) as session:
        held: RectificationList = visible_list(session, actor, list_id)
        row = found(session, Round, held.round_id, "评查轮次", "round")
        figures = round_figures(session, row)
        unit = figures.of_unit(held.unit_id)
        if unit is None:
            raise NotFound(what="单位的评查结果", what_en="results of the unit", key=held.unit_id)
        letter = notice_letter(
            figures,
            unit,
            issuer=_issuer(session, row),
            day=held.issued_on or today(),
            list_number=held.number,
        )
        content = _made(session, "notice", letter)
    record_export(engine, actor, "rectification_list", list_id, "notice docx")
    return file_name(f"整改通知书_{unit.unit}_{figures.title}.docx"), content


def record_docx(engine: Engine, actor: Actor, record_id: int) -> Paper:
    """The record of a talk or a suspension. Raises NotFound, NotAllowed."""
    access.require(actor, "result.view")
    view = record_view(engine, actor, record_id)
    word = ACTION_WORDS[ThresholdAction(view.action)][0]
    with reading(engine) as session:
        row = found(session, Round, view.round_id, "评查轮次", "round")
        letter = record_letter(
            action=word,
            unit=view.unit,
            round_title=view.round_title,
            opened_on=local(view.opened_at).date(),
            recorded_on=local(view.recorded_at).date() if view.recorded_at else None,
            figures=tuple(
                (MEASURE_WORDS[measure][0], points(figure), points(limit))
                for measure, figure, limit in view.figures
            ),
            participants=view.participants,
            content=view.content,
            demands=view.demands,
            issuer=_issuer(session, row),
            day=local(view.recorded_at or view.opened_at).date(),
        )
        content = _made(session, "record", letter)
    record_export(engine, actor, "accountability", record_id, "docx")
    return file_name(f"{word}记录_{view.unit}_{view.round_title}.docx"), content


def year_xlsx(engine: Engine, actor: Actor, year: int) -> Paper:
    """年度台账: the rounds of a year that have results. Raises NotAllowed, NotFound."""
    access.require(actor, "result.view")
    if year not in YEARS:
        raise NotFound(what="年度", what_en="year", key=year)
    with reading(engine) as session:
        rows = session.exec(
            select(Round)
            .where(Round.year == year)
            .order_by(col(Round.number), col(Round.id))
            .options(*ROUND_HEAD)
        ).all()
        figures = [
            round_figures(session, row)
            for row in rows
            if has_reached(row.state, RoundState.CONFIRMING)
        ]
        issuer = _issuer(session, rows[0]) if rows else ""
    record_export(engine, actor, "year", year, "ledger xlsx")
    sheet = year_sheet(year, figures, issuer=issuer)
    return f"{year}年度案卷评查台账.xlsx", workbook([sheet], author=issuer, dated=None)


PAPERS: dict[str, Callable[[Engine, Actor, int], Paper]] = {
    "opinion-docx": opinion_docx,
    "opinion-masked-docx": opinion_masked_docx,
    "feedback-docx": feedback_docx,
    "problems-docx": problems_docx,
    "problems-xlsx": problems_xlsx,
    "circular-docx": circular_docx,
    "circular-masked-docx": circular_masked_docx,
    "results-xlsx": round_xlsx,
    "notice-docx": notice_docx,
    "accountability-docx": record_docx,
    "year-xlsx": year_xlsx,
    "waivers-xlsx": waiver_ledger_xlsx,
}
"""Kind in the address of an export, and the service that makes it from an id (the year's: year)."""
