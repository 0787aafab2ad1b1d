"""The ledger of proceedings and of credit repair as a workbook."""

from __future__ import annotations

from sqlalchemy import Engine

from review.common.clock import today
from review.errors import NotFound
from review.findings.challenges import CHECK, INSTANCE_WORDS, ITEM, OUTCOME_WORDS, STANDING_WORDS
from review.findings.credit import CLASS_WORDS, LACK_WORDS, STATE_WORDS, CreditClass
from review.reports.challenge_sheets import (
    ChallengeLine,
    challenge_figures_sheet,
    challenge_sheet,
    credit_sheet,
)
from review.reports.workbooks import SheetContent, workbook
from review.services import access
from review.services.access import Actor
from review.services.results.challenge_views import (
    ChallengeLedger,
    ChallengeView,
    PublishedReview,
    challenge_ledger,
)
from review.services.results.credit import CreditCard, credit_page
from review.services.results.exports import record_export

YEARS = range(2000, 2101)
"""Years of which there can be a ledger."""

EVERY_ROW = 1_000_000


def challenges_xlsx(engine: Engine, actor: Actor, year: int) -> tuple[str, bytes]:
    """The ledger of a year of filing, 0 for all; with credit repair for who may see it.

    Raises NotFound, NotAllowed.
    """
    access.require(actor, "challenge.view")
    if year and year not in YEARS:
        raise NotFound(what="年度", what_en="year", key=year)
    sheets = challenge_sheets(engine, actor, year)
    if access.may(actor, "credit.view"):
        sheets.append(credit_repair_sheet(engine, actor))
    record_export(engine, actor, "challenge_ledger", year, "xlsx")
    named = f"{year}年" if year else ""
    return f"{named}复议诉讼与信用修复台账.xlsx", workbook(sheets, author="", dated=today())


def challenge_sheets(engine: Engine, actor: Actor, year: int) -> list[SheetContent]:
    """The ledger and its figures."""
    ledger = challenge_ledger(engine, actor, year=year or None)
    named = f"{year}年" if year else ""
    overturned = sum(each.overturned for each in ledger.figures)
    about = (
        f"受理{sum(each.filed for each in ledger.figures)}件，"
        f"已有结果{sum(each.decided for each in ledger.figures)}件，被纠错{overturned}件；"
        "评查情况只列结果作出前已公布的评查"
    )
    figures = [
        (
            each.year, each.unit_name, each.filed, each.decided, each.overturned, each.seen,
            each.missed, each.not_linked, each.not_reviewed,
        )
        for each in ledger.figures
    ]  # fmt: skip
    return [
        challenge_sheet([_line(ledger, each) for each in ledger.rows], named=named, about=about),
        challenge_figures_sheet(figures, named=named, about=about),
    ]


def _line(ledger: ChallengeLedger, view: ChallengeView) -> ChallengeLine:
    return ChallengeLine(
        unit=view.unit_name,
        case_no=view.case_no,
        cause=view.cause,
        case_decided_on=view.case_decided_on,
        instance=INSTANCE_WORDS[view.instance][0],
        organ=view.organ,
        docket_no=view.docket_no,
        filed_on=view.filed_on,
        decided_on=view.decided_on,
        outcome=OUTCOME_WORDS[view.outcome][0] if view.outcome else "审理中",
        grounds=view.grounds,
        concerns="\n".join(_concern(ledger, each) for each in view.concerns),
        is_overturned=view.is_overturned,
        standing=STANDING_WORDS[view.standing][0],
        reviews="\n".join(_review(each) for each in view.reviews) or "无已公布的评查结果",
    )


def _concern(ledger: ChallengeLedger, concern: str) -> str:
    known = ledger.names.get(concern)
    key = concern.removeprefix(ITEM).removeprefix(CHECK)
    return f"{key} {known.zh}" if known else key


def _review(review: PublishedReview) -> str:
    touching = sum(each.is_touching for each in review.faults)
    found = (
        f"认定问题{len(review.faults)}个，其中涉及争议点{touching}个"
        if review.faults
        else "未认定问题"
    )
    after = "" if review.is_before else "（结果作出后公布）"
    return (
        f"{review.round_title}：{review.score.normalize():f}分，{review.grade.zh}，{found}，"
        f"{review.published_on}公布{after}"
    )


def credit_repair_sheet(engine: Engine, actor: Actor) -> SheetContent:
    """Every case with a credit class and where it stands."""
    page = credit_page(engine, actor, limit=EVERY_ROW)
    counts = "，".join(
        f"{STATE_WORDS[state][0]}{number}件" for state, number in sorted(page.counts.items())
    )
    rows = [
        (
            each.unit_name, each.case_no, each.party_name, CLASS_WORDS[each.credit_class][0],
            each.decided_on, each.published_on, each.performed_on, each.standing.due_from,
            each.standing.displayed_until, STATE_WORDS[each.standing.state][0], _why(each),
        )
        for each in page.rows
    ]  # fmt: skip
    return credit_sheet(
        rows, about=f"{counts or '无已定类别的案件'}；未定信用类别{page.unclassed}件"
    )


def _why(card: CreditCard) -> str:
    parts = [LACK_WORDS[each][0] for each in card.standing.lacks]
    if card.credit_class is CreditClass.MINOR and card.published_on is None:
        parts.append("轻微失信信息原则上不公示，未见公示记录")
    if not card.standing.is_confirmed:
        parts.append("公示期限未经本机关核对")
    if card.reminded_on:
        parts.append(f"{card.reminded_on}已提醒")
    return "；".join([*parts, *([card.note] if card.note else [])])
