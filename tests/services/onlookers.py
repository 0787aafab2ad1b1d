"""What each person can read of a round's sheets, and what the table of blindness says he may."""

from sqlmodel import select

from review.db.accounts import Role
from review.db.session import reading
from review.errors import ReviewError
from review.panels.tables import Assignment
from review.planning.blindness import Thing, Viewer, sees
from review.planning.tables import Round, RoundCase
from review.scoring.tables import ScoreSheet, SheetState
from review.services import audit_view, work
from review.services.case_files import cases
from review.services.desk import scoring
from review.services.panel import comparison
from review.services.plain import plain
from review.services.rectifying import rectification
from review.services.results import challenge_views, credit, findings, objections
from review.services.rounds import rounds
from review.services.rounds.visibility import OF_ROLE

SCORERS = (Role.REVIEWER, Role.EXPERT)


def mark(sheet_id: int) -> str:
    """What the scorer of a sheet writes into its comments, and nobody anywhere else."""
    return f"Zq7S{sheet_id}e"


def standing(scene) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """What blindness depends on: the state of the round, whose sheets of which case are how far."""
    with reading(scene.engine) as session:
        state = session.get(Round, scene.round_id).state
        sheets = session.exec(
            select(ScoreSheet.case_id, ScoreSheet.scorer_id, ScoreSheet.state).order_by(
                ScoreSheet.id
            )
        )
        return state, tuple(sheets)


def marks_seen(scene, who) -> set[int]:
    """The sheets whose comments this person finds in any answer of the services."""
    engine, actor = scene.engine, scene.actors[who]
    with reading(engine) as session:
        sheet_ids = session.exec(select(ScoreSheet.id)).all()
        drawn = session.exec(select(RoundCase.id)).all()
    calls = [
        (work.my_work,),
        (scoring.sheet_cards,),
        (rounds.round_view, scene.round_id),
        (comparison.list_comparisons,),
        (findings.list_findings,),
        (objections.drafts,),
        (objections.list_objections,),
        (challenge_views.challenge_ledger,),
        (credit.credit_page,),
        (rectification.list_lists,),
        (rectification.list_view, 1),
        (audit_view.records,),
        *((cases.case_view, key) for key in scene.cases),
        *((scoring.open_sheet, key) for key in sheet_ids),
        *((comparison.comparison, key) for key in drawn),
    ]
    told = []
    for call, *arguments in calls:
        try:
            answer = call(engine, actor, *arguments)
        except ReviewError as refused:
            answer = str(refused.details)
        told.append(str(plain(answer)))
    text = "\n".join(told)
    return {key for key in sheet_ids if mark(key) in text}


def quotes_findings(scene, who) -> bool:
    """Whether this person reads findings now: their wording may be what scorers wrote."""
    if scene.actors[who].role is not Role.UNIT:
        return False
    with reading(scene.engine) as session:
        return sees(Thing.RESULT, Viewer.UNIT, session.get(Round, scene.round_id).state)


def marks_allowed(scene, who) -> set[int]:
    """The sheets with comments in them that the table lets this person read."""
    actor = scene.actors[who]
    with reading(scene.engine) as session:
        state = session.get(Round, scene.round_id).state
        rows = session.exec(
            select(ScoreSheet, Assignment.round_case_id).join(
                Assignment, Assignment.id == ScoreSheet.assignment_id
            )
        ).all()
    own = {
        drawn: sheet.state
        for sheet, drawn in rows
        if sheet.scorer_id == actor.user_id and sheet.state != SheetState.WITHDRAWN
    }
    allowed = set()
    for sheet, drawn in rows:
        if sheet.scorer_id == actor.user_id:
            is_shown = sheet.state != SheetState.WITHDRAWN
        elif actor.role in SCORERS:
            viewer = {
                SheetState.OPEN: Viewer.SCORING,
                SheetState.SUBMITTED: Viewer.SCORED,
            }.get(own.get(drawn), Viewer.ELSEWHERE)
            is_shown = sheet.state == SheetState.SUBMITTED and _shown(viewer, state)
        else:
            is_in = sheet.state == SheetState.SUBMITTED or actor.role is Role.REGULATIONS
            is_shown = is_in and _shown(OF_ROLE[actor.role], state)
        if is_shown:
            allowed.add(sheet.id)
    return allowed


def _shown(viewer: Viewer, state: str) -> bool:
    return any(sees(each, viewer, state) for each in (Thing.OTHERS_SHEETS, Thing.COMPARISON))
