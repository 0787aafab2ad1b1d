"""The waiver ledger (免罚台账): waived and flagged cases by cause, unit and month; its workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from review.checks.waiver_conditions import Standing
from review.common.clock import today
from review.errors import NotFound
from review.reports.workbooks import SheetColumn, SheetContent, workbook
from review.services import access
from review.services.access import Actor
from review.services.results.exports import record_export
from review.services.waivers.waivers import WaiverReviewCard, waiver_reviews

AT_ONCE = 500

YEARS = range(2000, 2101)
"""Years of which there can be a ledger."""

STANDING_WORDS = {
    Standing.PROVED: ("已证明", "proved"),
    Standing.NOT_PROVED: ("未证明", "not proved"),
    Standing.UNKNOWN: ("不明", "unknown"),
}


@dataclass(frozen=True, slots=True)
class LedgerGroup:
    """Waived and flagged cases of one unit, cause or month."""

    key: str
    cases: int
    waived: int
    flagged: int


@dataclass(frozen=True, slots=True)
class WaiverLedger:
    """The ledger: its rows, and counts by unit, cause and month."""

    rows: tuple[WaiverReviewCard, ...]
    by_unit: tuple[LedgerGroup, ...]
    by_cause: tuple[LedgerGroup, ...]
    by_month: tuple[LedgerGroup, ...]

    @property
    def waived(self) -> int:
        """Cases that went unpunished."""
        return sum(bool(each.is_waived) for each in self.rows)

    @property
    def flagged(self) -> int:
        """Cases that a person should look at."""
        return sum(each.is_flag for each in self.rows)


def waiver_ledger(
    engine: Engine, actor: Actor, *, year: int | None = None, unit_id: int | None = None
) -> WaiverLedger:
    """Every waived or flagged case that the actor may see, the latest decisions first."""
    access.require(actor, "dashboard.view")
    rows: list[WaiverReviewCard] = []
    while True:
        page = waiver_reviews(
            engine, actor, year=year, unit_id=unit_id, offset=len(rows), limit=AT_ONCE
        )
        rows += page.rows
        if not page.rows or len(rows) >= page.total:
            break
    concerned = [each for each in rows if each.is_waived or each.is_flag]
    return WaiverLedger(
        tuple(concerned),
        _groups(concerned, lambda each: each.unit_name),
        _groups(concerned, lambda each: each.cause),
        tuple(sorted(_groups(concerned, _month), key=lambda group: group.key)),
    )


def _month(card: WaiverReviewCard) -> str:
    return card.decided_on.strftime("%Y-%m") if card.decided_on else "—"


def _groups(
    rows: Sequence[WaiverReviewCard], key_of: Callable[[WaiverReviewCard], str]
) -> tuple[LedgerGroup, ...]:
    cases = Counter(key_of(each) or "—" for each in rows)
    waived = Counter(key_of(each) or "—" for each in rows if each.is_waived)
    flagged = Counter(key_of(each) or "—" for each in rows if each.is_flag)
    return tuple(
        LedgerGroup(key, count, waived[key], flagged[key]) for key, count in cases.most_common()
    )


def waiver_ledger_xlsx(engine: Engine, actor: Actor, year: int) -> tuple[str, bytes]:
    """The ledger of a year as a workbook; year 0 for all years. Raises NotFound."""
    access.require(actor, "dashboard.view")
    if year and year not in YEARS:
        raise NotFound(what="年度", what_en="year", key=year)
    ledger = waiver_ledger(engine, actor, year=year or None)
    named = f"{year}年" if year else ""
    about = f"共{len(ledger.rows)}件，其中免罚{ledger.waived}件，需人工复核{ledger.flagged}件"
    sheets = [_rows(ledger, named, about)]
    for name, groups in (
        ("按单位", ledger.by_unit), ("按案由", ledger.by_cause), ("按月份", ledger.by_month)
    ):  # fmt: skip
        sheets.append(
            SheetContent(
                name,
                f"{named}免罚台账（{name}）",
                about,
                (
                    SheetColumn(name[1:], 40),
                    SheetColumn("件数", 10, "number"),
                    SheetColumn("免罚", 10, "number"),
                    SheetColumn("需复核", 10, "number"),
                ),
                tuple((each.key, each.cases, each.waived, each.flagged) for each in groups),
            )
        )
    record_export(engine, actor, "waiver_ledger", year, "xlsx")
    return f"{named}免罚台账.xlsx", workbook(sheets, author="", dated=today())


def _rows(ledger: WaiverLedger, named: str, about: str) -> SheetContent:
    columns = (
        SheetColumn("序号", 7, "number"), SheetColumn("案号", 26), SheetColumn("单位", 24),
        SheetColumn("当事人", 18), SheetColumn("案由", 28), SheetColumn("决定日期", 12, "date"),
        SheetColumn("是否免罚", 10, "centred"), SheetColumn("清单项目", 28),
        SheetColumn("清单条件", 10, "centred"), SheetColumn("首次", 10, "centred"),
        SheetColumn("改正", 10, "centred"), SheetColumn("文书缺项", 24),
        SheetColumn("结论", 24), SheetColumn("说明", 40),
    )  # fmt: skip
    return SheetContent(
        "免罚台账",
        f"{named}轻微违法不予处罚台账",
        about,
        columns,
        tuple(
            (
                index, each.case_no, each.unit_name, each.party_name, each.cause,
                each.decided_on, _waived(each),
                f"{each.item_number}．{each.item_name}" if each.item_number else "",
                STANDING_WORDS[each.by_list][0], STANDING_WORDS[each.first][0],
                STANDING_WORDS[each.corrected][0],
                "、".join(title for title, standing in each.papers
                          if standing is not Standing.PROVED),
                each.verdict_words.zh, each.reason.zh,
            )
            for index, each in enumerate(ledger.rows, 1)
        ),
    )  # fmt: skip


def _waived(card: WaiverReviewCard) -> str:
    return "不明" if card.is_waived is None else "是" if card.is_waived else "否"
