"""`case-review verify`: the audit chain, the store, the stored data and the draws.

The invariants over tables of several stages stand here, beside those over single tables in
`db.invariants`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.case_key import case_key
from review.casefiles.tables import Case, ImportJob, ImportState, SourceFile
from review.common.store import Store
from review.db.audit import verify_chain
from review.db.invariants import Violation, broken_references
from review.db.session import reading
from review.documents.tables import DocumentRow, PageRow, PageText
from review.errors import AuditBroken, BadScore, NotFound
from review.findings.result_tables import DocumentTemplate, ObjectionProof
from review.findings.tables import Finding, FindingState
from review.migrations import schema
from review.migrations.all_tables import metadata
from review.panels.tables import Assignment
from review.planning.tables import Round, RoundCase
from review.rectification.tables import ItemEvent, ItemState, RectificationItem
from review.scoring.arithmetic import ItemResult, deduction_of
from review.scoring.checklist import Edition, Result
from review.scoring.tables import ItemScore, ScoreEvent, ScoreSheet, SheetState
from review.services.rounds.drawing import draw_is_sound
from review.services.rules.editions import kept_edition
from review.settings import settings


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome: audit records and the digest of the last, files in the store, violations."""

    records: int
    head: str
    files: int
    violations: tuple[Violation, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.violations


def verify(engine: Engine) -> Verification:
    """Check everything that is kept. Raises DatabaseNewer for a database of a later version."""
    schema.require_current(engine)
    store = Store(settings().store)
    violations: list[Violation] = []
    records, head = 0, ""
    with reading(engine) as session:
        try:
            records, head = verify_chain(session)
        except AuditBroken as error:
            place = str(error.details["sequence"])
            violations.append(Violation("audit", place, error.text("zh"), error.text("en")))
        violations.extend(broken_references(session, metadata))
        for rule in RULES:
            violations.extend(rule(session))
        violations.extend(_store(session, store))
    return Verification(records, head, sum(1 for _ in store.names()), tuple(violations))


def _case_keys(session: Session) -> Iterator[Violation]:
    for case in session.exec(select(Case)):
        if case_key(case.case_no) != case.case_key:
            yield Violation(
                "case", case.id, "案号与其标准形式不符", "the number does not give its key"
            )


def _pages(session: Session) -> Iterator[Violation]:
    """Once a case was read, each of its pages is in exactly one paper of the same case."""
    rows = session.exec(
        select(PageRow.id, PageRow.document_id, SourceFile.case_id, DocumentRow.case_id)
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .join(Case, col(Case.id) == col(SourceFile.case_id))
        .join(DocumentRow, col(DocumentRow.id) == col(PageRow.document_id), isouter=True)
        .where(col(Case.reading_state).in_(("read", "partly")))
        .where(col(Case.id).not_in(_cases_in_work()))
    )
    for page_id, document_id, case_id, document_case_id in rows:
        if document_id is None:
            yield Violation("page", page_id, "页面不属于任何文书", "the page is in no paper")
        elif case_id != document_case_id:
            yield Violation(
                "page", page_id, "页面与文书不在同一案卷", "page and paper are of two cases"
            )


def _words(session: Session) -> Iterator[Violation]:
    """Every page that a reader read has its words for full-text search."""
    without = session.exec(
        select(PageRow.id)
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .outerjoin(PageText, col(PageText.page_id) == col(PageRow.id))
        .where(col(PageText.page_id).is_(None), SourceFile.reader_version != "")
    )
    for page_id in without:
        yield Violation("page", page_id, "页面未编入全文检索", "search does not find the page")


def _cases_in_work() -> Any:
    """Cases that an import is just writing; their papers follow in a moment."""
    return select(ImportJob.case_id).where(
        col(ImportJob.case_id).is_not(None),
        col(ImportJob.state).in_((ImportState.WAITING, ImportState.RUNNING)),
    )


def _positions(session: Session) -> Iterator[Violation]:
    """The pages of a file count from 0 without a gap."""
    counts = session.exec(
        select(PageRow.source_file_id, func.count(), func.max(PageRow.position)).group_by(
            col(PageRow.source_file_id)
        )
    )
    for source_id, count, last in counts:
        if last is not None and last + 1 != count:
            yield Violation("source_file", source_id, "页面序号不连续", "pages are missing")


def _scores(session: Session) -> Iterator[Violation]:
    """Every score is the last of its events, which count its versions without a gap."""
    events: dict[tuple[int, str], list[ScoreEvent]] = {}
    for event in session.exec(select(ScoreEvent).order_by(col(ScoreEvent.version))):
        events.setdefault((event.sheet_id, event.item_id), []).append(event)
    seen = set()
    for score in session.exec(select(ItemScore)):
        place = (score.sheet_id, score.item_id)
        seen.add(place)
        history = events.get(place, [])
        name = f"{score.sheet_id}/{score.item_id}"
        if [event.version for event in history] != list(range(1, score.version + 1)):
            yield Violation("score", name, "评分历史与版本不符", "history and version differ")
        elif not _same(score, history[-1]):
            yield Violation(
                "score", name, "当前评分与最后一次保存不符", "the score is not the last saved"
            )
    for place in events.keys() - seen:
        yield Violation(
            "score", f"{place[0]}/{place[1]}", "有评分历史而无评分", "events without a score"
        )


def _same(score: ItemScore, event: ScoreEvent) -> bool:
    return (score.result, score.chosen, score.deduction, score.comment) == (
        event.result,
        event.chosen,
        event.deduction,
        event.comment,
    )


def _sheets(session: Session) -> Iterator[Violation]:
    """Sheets belong to their assignment's case and scorer, and follow their round's edition."""
    rows = session.exec(
        select(ScoreSheet, Assignment, RoundCase)
        .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
    ).all()
    for sheet, assignment, drawn in rows:
        if (sheet.scorer_id, sheet.case_id) != (assignment.user_id, drawn.case_id):
            yield Violation("sheet", sheet.id, "评分表与分派不符", "sheet and assignment differ")
        if (sheet.edition, sheet.edition_sha256) != (drawn.edition, drawn.edition_sha256):
            yield Violation("sheet", sheet.id, "评分表的标准与轮次不符", "another edition")
        if (sheet.state == SheetState.SUBMITTED) != (sheet.submitted_at is not None):
            yield Violation("sheet", sheet.id, "提交状态与时间不符", "state and time differ")
    yield from _deductions(session, [sheet for sheet, _, _ in rows])


def _deductions(session: Session, sheets: list[ScoreSheet]) -> Iterator[Violation]:
    """Every deduction is what the item's rule makes of the result."""
    store = Store(settings().store)
    for sheet in sheets:
        if not store.holds(sheet.edition_sha256):
            yield Violation("sheet", sheet.id, "评查标准不在存储中", "its edition is not kept")
            continue
        edition = kept_edition(sheet.edition, sheet.edition_sha256)
        for score in session.exec(select(ItemScore).where(ItemScore.sheet_id == sheet.id)):
            if _rule_takes(edition, score) != score.deduction:
                yield Violation(
                    "score",
                    f"{sheet.id}/{score.item_id}",
                    "扣分与规则不符",
                    "the deduction is not that of the rule",
                )


def _rule_takes(edition: Edition, score: ItemScore) -> Decimal | None:
    """What the item's rule takes for a kept score; None where it does not allow the score."""
    try:
        given = ItemResult(Result(score.result), dict(score.chosen or {}))
        return deduction_of(edition, edition.item(score.item_id), given)
    except (BadScore, NotFound, ValueError):
        return None


def _draws(session: Session) -> Iterator[Violation]:
    for row in session.exec(select(Round)):
        if not draw_is_sound(session, row):
            yield Violation("round", row.id, "抽取记录不能复现", "the draw cannot be repeated")


def _findings(session: Session) -> Iterator[Violation]:
    """A decided finding says who decided and when; a veto was not confirmed by its proposer."""
    for row in session.exec(select(Finding)):
        decided = row.state != FindingState.PROPOSED
        if decided != (row.decided_at is not None):
            yield Violation("finding", row.id, "认定状态与时间不符", "state and time differ")
        if (
            row.state == FindingState.CONFIRMED
            and row.severity == "veto"
            and row.decided_by in (row.proposed_by or ())
        ):
            yield Violation(
                "finding", row.id, "否决项由提出人自行确认", "its proposer confirmed the veto"
            )


def _items(session: Session) -> Iterator[Violation]:
    """An item stands where its history left it, and its steps follow one another."""
    events: dict[int, list[ItemEvent]] = {}
    for event in session.exec(select(ItemEvent).order_by(col(ItemEvent.id))):
        events.setdefault(event.item_id, []).append(event)
    for item in session.exec(select(RectificationItem)):
        state: str = ItemState.TO_DO
        for event in events.get(item.id or 0, []):
            if event.from_state != state:
                yield Violation("item", item.id, "整改历史不连续", "the history has a gap")
            state = event.to_state
        if state != item.state:
            yield Violation("item", item.id, "整改状态与历史不符", "state and history differ")


def _store(session: Session, store: Store) -> Iterator[Violation]:
    """Every file that a row names is kept and still has its hash."""
    named: Counter[str] = Counter()
    for column in (
        col(SourceFile.sha256),
        col(SourceFile.upload_sha256),
        col(ImportJob.sha256),
        col(PageRow.view_sha256),
        col(PageRow.thumb_sha256),
        col(RoundCase.edition_sha256),
        col(ItemEvent.proof_sha256),
        col(ObjectionProof.sha256),
        col(DocumentTemplate.sha256),
    ):
        named.update(session.exec(select(column).distinct()).all())
    for record in session.exec(select(SourceFile.media).where(SourceFile.kind == "media")):
        named.update(frame["sha256"] for frame in (record or {}).get("frames", ()))
    refused = set(
        session.exec(select(SourceFile.sha256).where(SourceFile.status == "refused")).all()
    )
    for sha256 in sorted(named.keys() - {""}):
        if not store.holds(sha256):
            if sha256 not in refused:
                yield Violation("store", sha256, "存储文件缺失", "the file is missing")
        elif not store.is_intact(sha256):
            yield Violation("store", sha256, "存储文件已改变", "the file was changed")


RULES: tuple[Callable[[Session], Iterator[Violation]], ...] = (
    _case_keys,
    _pages,
    _positions,
    _words,
    _scores,
    _sheets,
    _draws,
    _findings,
    _items,
)
