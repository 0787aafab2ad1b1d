"""The waiver review of every case: worked out with its checks, kept, and read one by one or listed.

Worked out from the facts of the file, the list in force on the day of the decision, and the ledger,
in which earlier violations of the same party are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, delete, func, or_
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.check import Message
from review.checks.waiver_assessment import FLAGS, Leniency, Verdict, WaiverAssessment, assess
from review.checks.waiver_conditions import LedgerSearch, Shown, Standing, together
from review.checks.waiver_tables import WaiverReviewRow
from review.db.accounts import Unit
from review.db.rows import found
from review.db.session import reading
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce
from review.law.waiver_list import KIND_WORDS, Limb, ListKind
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import EvidenceView, PageFinder, evidence_json
from review.services.case_files.earlier_cases import earlier_cases
from review.services.rounds.visibility import checks_shown, sees_checks
from review.services.rules.editions import Words

MOST_ROWS = 500

WAIVER_VERDICTS: Mapping[Verdict, Words] = {
    Verdict.FINED_MUST_WAIVE: Words("应免未免", "Fined, had to be waived"),
    Verdict.WAIVED_NOT_ENTITLED: Words("不应免而免", "Waived without ground"),
    Verdict.FINED_MAY_WAIVE: Words("可免未免", "Fined, could be waived"),
    Verdict.WAIVED_OPEN: Words("免罚待核", "Waived, to be seen"),
    Verdict.FINED_OPEN: Words("处罚待核", "Fined, to be seen"),
    Verdict.WAIVED_IN_ORDER: Words("免罚有据", "Waived with ground"),
    Verdict.FINED_IN_ORDER: Words("处罚无异议", "Fined with ground"),
    Verdict.NOT_CONCERNED: Words("不涉及", "Not concerned"),
}
"""The verdicts in words, those that ask for a decision first."""


@dataclass(frozen=True, slots=True)
class ShownView:
    """One condition or paper: its standing, why, and where it stands.

    `is_contrary`: the file says the opposite, it is not merely silent.
    """

    key: str
    title: Words
    standing: Standing
    reason: Words
    evidence: tuple[EvidenceView, ...]
    is_contrary: bool


@dataclass(frozen=True, slots=True)
class EarlierView:
    """An earlier case of the ledger; `is_sure` where it is surely the same party in time."""

    case_id: int
    case_no: str
    cause: str
    decided_on: date | None
    is_waived: bool
    is_sure: bool


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the ledger was asked, and what it knows."""

    since: date
    until: date
    earlier: tuple[EarlierView, ...]


@dataclass(frozen=True, slots=True)
class ListReading:
    """A list of one kind as it concerns the case.

    `list_title` empty: none was in force on the day; `item_number` None: the cause is not on it.
    `flag` says where the fine does not fit a list of mitigated or lighter fines.
    """

    kind: ListKind
    kind_words: Words
    list_title: str
    version: str
    in_force_on: date | None
    is_confirmed: bool
    item_number: int | None
    item_name: Words
    limb: Limb
    standing: Standing
    conditions: tuple[ShownView, ...]
    flag: Words | None


@dataclass(frozen=True, slots=True)
class CaseWaiverReview:
    """The whole waiver review of a case (免罚审查).

    `must` and `may` are the conditions of the two limbs of art. 33(1). `is_worked_out` False: the
    case was not read since this review exists, or a round hides proposals from the actor;
    everything else is empty then.
    """

    case_id: int
    is_worked_out: bool
    is_waived: bool | None
    verdict: Verdict
    verdict_words: Words
    is_flag: bool
    reason: Words
    lists: tuple[ListReading, ...]
    must: tuple[ShownView, ...]
    must_standing: Standing
    may: tuple[ShownView, ...]
    may_standing: Standing
    papers: tuple[ShownView, ...]
    search: SearchView | None
    worked_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaiverReviewCard:
    """One case in a list of reviews. `papers` are the titles of papers with their standing."""

    case_id: int
    case_no: str
    unit_id: int
    unit_name: str
    squad: str
    party_name: str
    cause: str
    procedure: str
    decided_on: date | None
    is_waived: bool | None
    list_title: str
    item_number: int | None
    item_name: str
    limb: Limb
    must: Standing
    may: Standing
    by_list: Standing
    first: Standing
    corrected: Standing
    papers: tuple[tuple[str, Standing], ...]
    verdict: Verdict
    verdict_words: Words
    is_flag: bool
    reason: Words


@dataclass(frozen=True, slots=True)
class WaiverReviewPage:
    """Some reviews, how many there are in all, and how many of each verdict."""

    rows: tuple[WaiverReviewCard, ...]
    total: int
    counts: Mapping[Verdict, int]


# --- working out, together with the checks -----------------------------------------------------


def record_review(
    session: Session, case: Case, facts: CaseFacts, law: LawInForce, pages: PageFinder
) -> WaiverAssessment:
    """Work a case's review out and replace its row; within the transaction of its checks."""
    assert case.id is not None
    search = earlier_cases(session, case, facts, law)
    found_now = assess(facts, law, search=search)
    session.execute(delete(WaiverReviewRow).where(col(WaiverReviewRow.case_id) == case.id))
    waiver = found_now.waiver
    session.add(
        WaiverReviewRow(
            case_id=case.id,
            is_waived=found_now.is_waived,
            decided_on=found_now.day or case.decided_on,
            verdict=found_now.verdict,
            reason_zh=found_now.reason.zh,
            reason_en=found_now.reason.en,
            list_title=waiver.held.title.zh if waiver.held else "",
            list_in_force_on=waiver.held.in_force if waiver.held else None,
            item_number=waiver.item.number if waiver.item else None,
            item_name=waiver.item.name.zh if waiver.item else "",
            limb=waiver.item.limb if waiver.item else Limb.UNSTATED,
            must=together(found_now.must),
            may=together(found_now.may),
            by_list=waiver.standing,
            detail={
                "lists": [_leniency_json(each, pages) for each in found_now.lists],
                "must": _shown_json(found_now.must, pages),
                "may": _shown_json(found_now.may, pages),
                "papers": _shown_json(found_now.papers, pages),
                "search": _search_json(search),
            },
        )
    )
    return found_now


def _message_json(message: Message) -> dict[str, str]:
    return {"zh": message.zh, "en": message.en}


def _shown_json(shown: Iterable[Shown], pages: PageFinder) -> list[dict[str, Any]]:
    return [
        {
            "key": each.key,
            "title": _message_json(each.title),
            "standing": str(each.standing),
            "reason": _message_json(each.reason),
            "evidence": evidence_json(each.evidence, pages),
            "is_contrary": each.is_contrary,
        }
        for each in shown
    ]


def _leniency_json(each: Leniency, pages: PageFinder) -> dict[str, Any]:
    held, item = each.held, each.item
    return {
        "kind": str(each.kind),
        "title": held.title.zh if held else "",
        "version": held.version if held else "",
        "in_force": held.in_force.isoformat() if held else None,
        "confirmed": bool(held and held.confirmed),
        "number": item.number if item else None,
        "name": {"zh": item.name.zh, "en": item.name.en} if item else {"zh": "", "en": ""},
        "limb": str(item.limb) if item else str(Limb.UNSTATED),
        "standing": str(each.standing),
        "conditions": _shown_json(each.conditions, pages),
        "flag": _message_json(each.flag) if each.flag else None,
    }


def _search_json(search: LedgerSearch | None) -> dict[str, Any] | None:
    if search is None:
        return None
    return {
        "since": search.since.isoformat(),
        "until": search.until.isoformat(),
        "earlier": [
            {
                "case_id": each.case_id,
                "case_no": each.case_no,
                "cause": each.cause,
                "decided_on": each.decided_on.isoformat() if each.decided_on else None,
                "is_waived": each.is_waived,
                "is_sure": each.is_sure,
            }
            for each in search.earlier
        ],
    }


# --- reading ------------------------------------------------------------------------------------


def case_waiver_review(engine: Engine, actor: Actor, case_id: int) -> CaseWaiverReview:
    """The waiver review of one case. Raises NotFound, NotAllowed."""
    with reading(engine) as session:
        found(session, Case, case_id, "案卷", "case")
        access.require_case(session, actor, case_id)
        row = session.exec(
            select(WaiverReviewRow).where(WaiverReviewRow.case_id == case_id)
        ).first()
        if not sees_checks(session, actor, case_id):
            row = None  # a round that hides proposals hides this one, too
        return _view(case_id, row)


def _view(case_id: int, row: WaiverReviewRow | None) -> CaseWaiverReview:
    verdict = Verdict(row.verdict) if row else Verdict.NOT_CONCERNED
    detail: Mapping[str, Any] = (row.detail or {}) if row else {}
    return CaseWaiverReview(
        case_id=case_id,
        is_worked_out=row is not None,
        is_waived=row.is_waived if row else None,
        verdict=verdict,
        verdict_words=WAIVER_VERDICTS[verdict],
        is_flag=verdict in FLAGS,
        reason=Words(row.reason_zh, row.reason_en) if row else Words("", ""),
        lists=tuple(_list_reading(each) for each in detail.get("lists", ())),
        must=_shown_views(detail.get("must")),
        must_standing=Standing(row.must) if row else Standing.UNKNOWN,
        may=_shown_views(detail.get("may")),
        may_standing=Standing(row.may) if row else Standing.UNKNOWN,
        papers=_shown_views(detail.get("papers")),
        search=_search_view(detail.get("search")),
        worked_out_at=row.worked_out_at if row else None,
    )


def _words(kept: Mapping[str, str]) -> Words:
    return Words(kept["zh"], kept["en"])


def _shown_views(kept: Any) -> tuple[ShownView, ...]:
    return tuple(
        ShownView(
            each["key"],
            _words(each["title"]),
            Standing(each["standing"]),
            _words(each["reason"]),
            tuple(
                EvidenceView(
                    place["source"],
                    place["page"],
                    place["page_id"],
                    place["quote"],
                    tuple((box[0], box[1], box[2], box[3]) for box in place["boxes"]),
                )
                for place in each["evidence"]
            ),
            each["is_contrary"],
        )
        for each in kept or ()
    )


def _list_reading(kept: Mapping[str, Any]) -> ListReading:
    kind = ListKind(kept["kind"])
    return ListReading(
        kind=kind,
        kind_words=Words(KIND_WORDS[kind].zh, KIND_WORDS[kind].en),
        list_title=kept["title"],
        version=kept["version"],
        in_force_on=_day(kept["in_force"]),
        is_confirmed=kept["confirmed"],
        item_number=kept["number"],
        item_name=_words(kept["name"]),
        limb=Limb(kept["limb"]),
        standing=Standing(kept["standing"]),
        conditions=_shown_views(kept["conditions"]),
        flag=_words(kept["flag"]) if kept["flag"] else None,
    )


def _search_view(kept: Any) -> SearchView | None:
    if not kept:
        return None
    return SearchView(
        date.fromisoformat(kept["since"]),
        date.fromisoformat(kept["until"]),
        tuple(
            EarlierView(
                each["case_id"],
                each["case_no"],
                each["cause"],
                _day(each["decided_on"]),
                each["is_waived"],
                each["is_sure"],
            )
            for each in kept["earlier"]
        ),
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def waiver_reviews(
    engine: Engine,
    actor: Actor,
    *,
    year: int | None = None,
    unit_id: int | None = None,
    verdict: Verdict | None = None,
    is_waived: bool | None = None,
    concerned_only: bool = True,
    text: str = "",
    offset: int = 0,
    limit: int = 50,
) -> WaiverReviewPage:
    """The reviews of the cases that the actor may see, the latest decisions first.

    `year` is that of the decision. `is_waived` True leaves the waived cases, False the fined ones.
    `concerned_only` leaves out fined cases whose cause is on no list. `text` is looked for in case
    number, cause and party. The counts are of all that the other filters leave, whatever the
    verdict. At most 500 rows are given at once.
    """
    access.require(actor, "case.view")
    query = (
        select(WaiverReviewRow, Case)
        .join(Case, col(Case.id) == col(WaiverReviewRow.case_id))
        .where(access.visible_cases(actor), checks_shown(actor))
    )
    if year is not None:
        query = query.where(
            col(WaiverReviewRow.decided_on).between(date(year, 1, 1), date(year, 12, 31))
        )
    if unit_id is not None:
        query = query.where(Case.unit_id == unit_id)
    if is_waived is not None:
        query = query.where(col(WaiverReviewRow.is_waived).is_(is_waived))
    if concerned_only:
        query = query.where(WaiverReviewRow.verdict != Verdict.NOT_CONCERNED)
    for word in text.split():
        columns = (col(Case.case_no), col(Case.cause), col(Case.party_name))
        query = query.where(or_(*(each.icontains(word, autoescape=True) for each in columns)))
    with reading(engine) as session:
        grouped = (
            query.with_only_columns(col(WaiverReviewRow.verdict), func.count())
            .group_by(col(WaiverReviewRow.verdict))
            .order_by(None)
        )
        counts = {Verdict(key): number for key, number in session.execute(grouped).all()}
        if verdict is not None:
            query = query.where(WaiverReviewRow.verdict == verdict)
        rows = session.exec(
            query.order_by(col(WaiverReviewRow.decided_on).desc().nulls_last(), col(Case.case_key))
            .offset(max(offset, 0))
            .limit(min(max(limit, 0), MOST_ROWS))
        ).all()
        units = {unit.id: unit.name for unit in session.exec(select(Unit))}
        return WaiverReviewPage(
            tuple(_card(row, case, units.get(case.unit_id, "")) for row, case in rows),
            counts.get(verdict, 0) if verdict is not None else sum(counts.values()),
            counts,
        )


def _card(row: WaiverReviewRow, case: Case, unit_name: str) -> WaiverReviewCard:
    verdict = Verdict(row.verdict)
    detail = row.detail or {}
    return WaiverReviewCard(
        case_id=row.case_id,
        case_no=case.case_no,
        unit_id=case.unit_id,
        unit_name=unit_name,
        squad=case.squad,
        party_name=case.party_name,
        cause=case.cause,
        procedure=case.procedure,
        decided_on=row.decided_on,
        is_waived=row.is_waived,
        list_title=row.list_title,
        item_number=row.item_number,
        item_name=row.item_name,
        limb=Limb(row.limb or Limb.UNSTATED),
        must=Standing(row.must),
        may=Standing(row.may),
        by_list=Standing(row.by_list),
        first=_standing_of(detail.get("may"), "first"),
        corrected=_standing_of(detail.get("must"), "corrected"),
        papers=tuple(
            (each["title"]["zh"], Standing(each["standing"])) for each in detail.get("papers", ())
        ),
        verdict=verdict,
        verdict_words=WAIVER_VERDICTS[verdict],
        is_flag=verdict in FLAGS,
        reason=Words(row.reason_zh, row.reason_en),
    )


def _standing_of(shown: Sequence[Mapping[str, Any]] | None, key: str) -> Standing:
    return next(
        (Standing(each["standing"]) for each in shown or () if each["key"] == key),
        Standing.UNKNOWN,
    )
