"""What a case file shows of each condition under which an act goes unpunished, with evidence.

A condition is proved, not proved or unknown; nothing here decides. See `waiver_assessment`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from review.checks.check import Message, places
from review.checks.earlier_records import same_before
from review.checks.values import (
    day,
    missing_paper,
    page_of,
    page_of_en,
    says,
    words,
)
from review.facts.model import HARM, NO_HARM, CaseFacts, DocumentFacts, Evidence, Fact
from review.law.waiver_list import Need, WaiverItem

SEARCH = ("首次违法查询记录",)
PROMISE = ("免予处罚告知承诺书",)
EDUCATION = ("教育记录",)
CORRECTION = ("整改复查记录", "卸载复磅单")
WAIVER_DECISION = ("不予行政处罚决定书",)


class Standing(StrEnum):
    """Whether something is shown by the file; `not_proved` also where the file says otherwise."""

    PROVED = "proved"
    NOT_PROVED = "not_proved"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing with its standing: why, and where it stands in the file.

    `is_contrary`: the file says the opposite, it is not merely silent. `rests_on` are the readings
    without which it would not stand.
    """

    key: str
    title: Message
    standing: Standing
    reason: Message
    evidence: tuple[Evidence, ...] = ()
    is_contrary: bool = False
    rests_on: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier case of the ledger against the same party for the same cause.

    `is_sure`: it is surely the same party (identity numbers agree, or an organization has the very
    name) and lies within the look-back that the list states.
    """

    case_id: int
    case_no: str
    cause: str
    decided_on: date | None
    is_waived: bool
    is_sure: bool


@dataclass(frozen=True, slots=True)
class LedgerSearch:
    """What the ledger knows of earlier violations between two days, the newest first."""

    since: date
    until: date
    earlier: tuple[Earlier, ...]


def together(shown: Iterable[Shown]) -> Standing:
    """Proved if all are, not proved if any is not, else unknown."""
    standings = [each.standing for each in shown]
    if Standing.NOT_PROVED in standings:
        return Standing.NOT_PROVED
    if not standings or Standing.UNKNOWN in standings:
        return Standing.UNKNOWN
    return Standing.PROVED


class Conditions:
    """What one file shows of each kind of condition."""

    def __init__(self, case: CaseFacts, search: LedgerSearch | None) -> None:
        self.case = case
        self.search = search

    def of_item(self, item: WaiverItem) -> Iterable[Shown]:
        """The item's own conditions in its own words, and its correction term."""
        for number, condition in enumerate(item.conditions, 1):
            shown = self.show(condition.needs, item)
            yield replace(
                shown,
                key=f"{number}.{condition.needs}",
                title=Message(condition.zh, condition.en),
            )

    def show(self, need: Need, item: WaiverItem | None = None) -> Shown:
        """One kind of condition."""
        match need:
            case "first":
                return self._first()
            case "minor":
                return self._minor()
            case "corrected":
                return self._corrected(item)
            case "harmless":
                return self._harm(slight_suffices=False)
            case "cooperates" | "other":
                return Shown(
                    need,
                    Message("其他条件", "a further condition"),
                    Standing.UNKNOWN,
                    Message("机器不能判断，请评查人员看卷", "for a person to see in the file"),
                )

    def slight_harm(self) -> Shown:
        """危害后果轻微: none at all suffices, too."""
        return self._harm(slight_suffices=True)

    def _first(self) -> Shown:
        title = Message("初次违法", "first violation")
        sure = [each for each in self.search.earlier if each.is_sure] if self.search else []
        if sure:
            return Shown(
                "first",
                title,
                Standing.NOT_PROVED,
                Message(
                    f"台账中已有同一当事人同类案件：{'、'.join(each.case_no for each in sure[:3])}",
                    "the ledger has earlier cases of the party for the cause: "
                    + ", ".join(each.case_no for each in sure[:3]),
                ),
                is_contrary=True,
            )
        found = [fact for _, fact in self.case.every("first_violation")]
        against = [fact for fact in found if says(fact) is False] or same_before(self.case)
        if against:
            return _contrary(
                "first", title, "查询结果显示有前次违法记录", "the search shows one", against
            )
        maybe = self.search.earlier if self.search else ()
        if maybe:
            return Shown(
                "first",
                title,
                Standing.UNKNOWN,
                Message(
                    f"台账中可能有同一当事人的同类案件（{maybe[0].case_no}），请核对身份和认定期限",
                    f"the ledger may have an earlier case of the party ({maybe[0].case_no}): "
                    "compare the person and the look-back",
                ),
                places(found),
            )
        if found:
            return _proved(
                "first", title, "查询结果为首次违法", "the search says first violation", found
            )
        return self._silent("first", title, SEARCH, "首次违法查询结果", "result of a search")

    def _minor(self) -> Shown:
        title = Message("违法行为轻微", "a minor act")
        found = [fact for _, fact in self.case.every("minor_stated")]
        against = [fact for fact in found if says(fact) is False]
        if against:
            zh, en = "文书认定不属于轻微违法", "the papers say that it was not minor"
            return _contrary("minor", title, zh, en, against)
        if found:
            return _proved("minor", title, "文书认定违法行为轻微", "the papers find so", found)
        return _for_a_person("minor", title)

    def _harm(self, *, slight_suffices: bool) -> Shown:
        title = (
            Message("危害后果轻微", "slight harm")
            if slight_suffices
            else Message("没有造成危害后果", "no harm")
        )
        found = [fact for _, fact in self.case.every("harm_stated")]
        against = [
            fact
            for fact in found
            if words(fact) == HARM or not (slight_suffices or words(fact) == NO_HARM)
        ]
        if against:
            zh, en = f"文书认定的危害后果：{words(against[0])}", "the papers find harm"
            return _contrary("harmless", title, zh, en, against)
        if found:
            zh = f"文书认定的危害后果：{words(found[0])}"
            return _proved("harmless", title, zh, "the papers find none or little", found)
        return _for_a_person("harmless", title)

    def _corrected(self, item: WaiverItem | None) -> Shown:
        title = Message("及时改正", "corrected in time")
        days = [
            (on, fact)
            for _, fact in self.case.every("corrected_on")
            if (on := day(fact)) is not None
        ]
        if not days:
            proofs = self.case.of_kind(*CORRECTION)
            if proofs:
                zh = f"有{page_of(proofs[0])}，未读到改正日期，请核对是否及时"
                en = f"{page_of_en(proofs[0])} is there without a day of correction"
                return Shown("corrected", title, Standing.UNKNOWN, Message(zh, en), places(proofs))
            wanted = (*CORRECTION, "整改", "复查")
            return self._silent("corrected", title, wanted, "改正的证明", "proof of correction")
        on, fact = min(days, key=lambda each: each[0])
        due_on, due = self._due(item)
        if due_on is not None and on > due_on:
            zh = f"{on}改正，晚于责令改正期限{due_on}"
            en = f"corrected on {on}, after the term of {due_on}"
            return _contrary("corrected", title, zh, en, [fact, *due])
        decided_on = day(self.case.get("decided_on"))
        if decided_on is not None and on > decided_on:
            zh, en = f"{on}改正，晚于决定日{decided_on}", f"corrected on {on}, after the decision"
            return _contrary("corrected", title, zh, en, [fact])
        zh = f"{on}已改正" + ("" if due_on is None else f"，在期限{due_on}之内")
        en = f"corrected on {on}" + ("" if due_on is None else f", within the term of {due_on}")
        return _proved("corrected", title, zh, en, [fact, *due])

    def _due(self, item: WaiverItem | None) -> tuple[date | None, list[Fact]]:
        """The last day of correction: as ordered, else the list's days from the order on."""
        ordered = [
            (on, fact)
            for _, fact in self.case.every("correction_due_on")
            if (on := day(fact)) is not None
        ]
        if ordered:
            on, fact = max(ordered, key=lambda each: each[0])
            return on, [fact]
        if item is None or item.correction_days is None:
            return None, []
        for order in self.case.of_kind("责令改正违法行为通知书"):
            dated = order.first("dated_on")
            on_order = day(dated)
            if dated is not None and on_order is not None:
                return on_order + timedelta(days=item.correction_days), [dated]
        return None, []

    def _silent(self, key: str, title: Message, wanted: Sequence[str], zh: str, en: str) -> Shown:
        """Nothing was read: not proved where the whole file was, else unknown."""
        gap = missing_paper(self.case, of=wanted)
        if gap.may_be_claimed:
            reason = Message(f"案卷中没有{zh}", f"the file holds no {en}")
            return Shown(key, title, Standing.NOT_PROVED, reason)
        why = "；".join(each[0] for each in gap.obstacles[:2])
        why_en = "; ".join(each[1] for each in gap.obstacles[:2])
        reason = Message(f"未读到{zh}（{why}）", f"no {en} was read ({why_en})")
        return Shown(key, title, Standing.UNKNOWN, reason)


def _proved(key: str, title: Message, zh: str, en: str, facts: Sequence[Fact]) -> Shown:
    reason = Message(zh, en)
    return Shown(key, title, Standing.PROVED, reason, places(facts), rests_on=tuple(facts))


def _contrary(key: str, title: Message, zh: str, en: str, facts: Sequence[Fact]) -> Shown:
    return Shown(
        key,
        title,
        Standing.NOT_PROVED,
        Message(zh, en),
        places(facts),
        is_contrary=True,
        rests_on=tuple(facts),
    )


def _for_a_person(key: str, title: Message) -> Shown:
    reason = Message("文书没有认定，请评查人员看卷判断", "the papers do not say: for a person")
    return Shown(key, title, Standing.UNKNOWN, reason)


def papers_of(case: CaseFacts, item: WaiverItem | None) -> tuple[Shown, ...]:
    """The papers that a waived case must hold: search, promise, education, and the list's own."""
    wanted: list[tuple[str, Sequence[str]]] = [
        ("首次违法查询记录", SEARCH),
        ("免予处罚告知承诺书", PROMISE),
        ("教育记录", EDUCATION),
        ("改正证明", CORRECTION),
        ("不予行政处罚决定书", WAIVER_DECISION),
    ]
    standard = {kind for _, kinds in wanted for kind in kinds}
    own = item.papers if item is not None else ()
    wanted += [(title, (title,)) for title in own if title not in standard]
    return tuple(_paper(case, title, kinds) for title, kinds in wanted)


_PAPER_EN = {
    "首次违法查询记录": "Search for earlier violations",
    "免予处罚告知承诺书": "Notice and commitment",
    "教育记录": "Record of education",
    "改正证明": "Proof of correction",
    "不予行政处罚决定书": "Decision of waiver",
}


def _paper(case: CaseFacts, title: str, kinds: Sequence[str]) -> Shown:
    named = Message(title, _PAPER_EN.get(title, title))
    held = [each for each in case.documents if each.kind in kinds or title in each.title]
    if not held:
        gap = missing_paper(case, of=kinds)
        if gap.may_be_claimed:
            reason = Message("案卷中没有", "not in the file")
            return Shown(title, named, Standing.NOT_PROVED, reason)
        return Shown(title, named, Standing.UNKNOWN, Message("未读到", "was not read"))
    unsigned = _unsigned(held[0]) if tuple(kinds) == PROMISE else False
    if unsigned:
        reason = Message(
            f"{page_of(held[0])}未读到当事人签名", f"{page_of_en(held[0])}: no signature was read"
        )
        return Shown(title, named, Standing.UNKNOWN, reason, places(held))
    reason = Message(page_of(held[0]), page_of_en(held[0]))
    return Shown(title, named, Standing.PROVED, reason, places(held))


def _unsigned(paper: DocumentFacts) -> bool:
    return not any(
        paper.first(name) for name in ("party_signature", "signature_unread", "signed_on")
    )
