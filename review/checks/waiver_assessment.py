"""Whether a case may or must go unpunished: the lists and both limbs, and what follows for it.

Administrative Penalty Law art. 33(1) has two limbs that are kept apart: a minor act, corrected in
time, without harm is not punished (应当, `Limb.MUST`); a first violation with slight harm,
corrected in time, can go unpunished (可以, `Limb.MAY`). A list makes them concrete and cannot
narrow the first. Nothing here decides: every standing is for a person to confirm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from review.checks.check import Message, Procedure
from review.checks.circumstances import FINED, cause_of, circumstances
from review.checks.values import day, money, words, yuan
from review.checks.waiver_conditions import (
    WAIVER_DECISION,
    Conditions,
    LedgerSearch,
    Shown,
    Standing,
    papers_of,
    together,
)
from review.facts.model import CaseFacts
from review.law.fines import RangeNotComputable
from review.law.in_force import LawInForce
from review.law.waiver_list import Limb, ListKind, WaiverItem, WaiverList


class Verdict(StrEnum):
    """What the conditions say of the outcome of a case; the flags go both ways."""

    WAIVED_IN_ORDER = "waived_in_order"
    WAIVED_NOT_ENTITLED = "waived_not_entitled"
    WAIVED_OPEN = "waived_open"
    FINED_MUST_WAIVE = "fined_must_waive"
    FINED_MAY_WAIVE = "fined_may_waive"
    FINED_OPEN = "fined_open"
    FINED_IN_ORDER = "fined_in_order"
    NOT_CONCERNED = "not_concerned"


FLAGS = frozenset({Verdict.WAIVED_NOT_ENTITLED, Verdict.FINED_MUST_WAIVE, Verdict.FINED_MAY_WAIVE})
"""The verdicts that ask for a decision of a person."""


@dataclass(frozen=True, slots=True)
class Leniency:
    """The reading of one list for one case: its item and the item's own conditions.

    `held` None where no list of the kind is in force. `flag`: where the fine does not fit a list of
    mitigated or lighter fines.
    """

    kind: ListKind
    held: WaiverList | None
    item: WaiverItem | None
    conditions: tuple[Shown, ...]
    flag: Message | None = None

    @property
    def standing(self) -> Standing:
        """All conditions together; unknown without an item, which has none."""
        return together(self.conditions)


@dataclass(frozen=True, slots=True)
class WaiverAssessment:
    """The whole review of one case. `day` is the day whose list applies: that of the decision."""

    day: date | None
    is_waived: bool | None
    lists: tuple[Leniency, ...]
    must: tuple[Shown, ...]
    may: tuple[Shown, ...]
    papers: tuple[Shown, ...]
    search: LedgerSearch | None
    verdict: Verdict
    reason: Message

    @property
    def waiver(self) -> Leniency:
        """The reading of the list of what goes unpunished."""
        return self.lists[0]


def item_of(held: WaiverList | None, case: CaseFacts, law: LawInForce) -> WaiverItem | None:
    """The one item of a list that the case's cause means, or None.

    By the key of the cause, else by the words of the item; two items that fit leave it to a person.
    """
    cause = words(case.get("cause"))
    if held is None or cause is None:
        return None
    known = law.cause(cause)
    found = [
        item
        for item in held.items
        if item.names(cause)
        or (known is not None and (known.key in item.causes or _means(item, known.key, law)))
    ]
    return found[0] if len(found) == 1 else None


def _means(item: WaiverItem, key: str, law: LawInForce) -> bool:
    """Whether the words of an imported item are those of a known cause."""
    if item.causes:
        return False
    causes = (law.cause(text) for text in (item.name.zh, *item.wordings))
    return any(cause is not None and cause.key == key for cause in causes)


def assess(
    case: CaseFacts, law: LawInForce, *, search: LedgerSearch | None = None
) -> WaiverAssessment:
    """Every condition of every kind of list and of both limbs of art. 33(1) for one case."""
    on = day(case.get("decided_on"))
    is_waived = _is_waived(case)
    conditions = Conditions(case, search)
    lists = tuple(_leniency(kind, on, conditions, case, law) for kind in ListKind)
    must = tuple(conditions.show(need) for need in ("minor", "corrected", "harmless"))
    may = (conditions.show("first"), conditions.slight_harm(), conditions.show("corrected"))
    papers = papers_of(case, lists[0].item)
    if is_waived is None:
        verdict, reason = (
            Verdict.NOT_CONCERNED,
            Message("未能认定是否作出处罚", "the outcome is not known"),
        )
    else:
        verdict, reason = (_of_waived if is_waived else _of_fined)(lists[0], must, may)
    return WaiverAssessment(on, is_waived, lists, must, may, papers, search, verdict, reason)


def _is_waived(case: CaseFacts) -> bool | None:
    procedure = words(case.get("procedure"))
    if procedure == Procedure.WAIVED or case.of_kind(*WAIVER_DECISION):
        return True
    return False if procedure in FINED else None


def _leniency(
    kind: ListKind, on: date | None, conditions: Conditions, case: CaseFacts, law: LawInForce
) -> Leniency:
    held = None if on is None else law.waiver_list(on=on, kind=kind)
    item = item_of(held, case, law)
    shown = () if item is None else tuple(conditions.of_item(item))
    found = Leniency(kind, held, item, shown)
    return replace(found, flag=_fine_against(found, case, law))


def _fine_against(found: Leniency, case: CaseFacts, law: LawInForce) -> Message | None:
    """What the fine says against a list of mitigated or lighter fines; both ways."""
    cause, fine = cause_of(case, law), yuan(case.get("fine_yuan"))
    if found.kind is ListKind.WAIVE or cause is None or fine is None:
        return None
    try:
        lawful = law.fine_range(cause, circumstances(case))
    except RangeNotComputable:
        return None
    if lawful is None or not lawful.is_punishable:
        return None
    least, most = lawful.least, lawful.most
    if found.kind is ListKind.MITIGATE:
        if found.standing is Standing.PROVED and fine >= least:
            return Message(
                f"减轻条件均有证明，罚款{money(fine)}元未低于法定下限{money(least)}元",
                f"the conditions are proven; {money(fine)} yuan is not below {money(least)}",
            )
        if fine < least and found.standing is Standing.NOT_PROVED:
            return Message(
                f"罚款{money(fine)}元低于法定下限{money(least)}元，减轻条件没有证明",
                f"{money(fine)} yuan is below {money(least)}, and a condition is not proven",
            )
        return None
    if found.standing is Standing.PROVED and most is not None and fine > (least + most) / 2:
        return Message(
            f"从轻条件均有证明，罚款{money(fine)}元高于法定幅度的中间值",
            f"the conditions are proven; {money(fine)} yuan lies in the upper half of the range",
        )
    return None


def _of_waived(
    waiver: Leniency, must: Sequence[Shown], may: Sequence[Shown]
) -> tuple[Verdict, Message]:
    """A waived case: one limb or the list must carry it; a contrary finding in both refutes it."""
    limbs = {Limb.MUST: together(must), Limb.MAY: together(may)}
    carried = [limb for limb, standing in limbs.items() if standing is Standing.PROVED]
    if waiver.standing is Standing.PROVED or carried:
        return Verdict.WAIVED_IN_ORDER, Message(
            "免罚条件均有证明" if waiver.item else "不在清单内，符合行政处罚法第三十三条的条件",
            "the conditions are proven",
        )
    refuted = [any(each.is_contrary for each in limb) for limb in (must, may)]
    if all(refuted):
        contrary = next(each for each in (*must, *may) if each.is_contrary)
        return Verdict.WAIVED_NOT_ENTITLED, Message(
            f"两种免罚情形都有相反证据：{contrary.reason.zh}",
            f"both limbs are contradicted: {contrary.reason.en}",
        )
    missing = [each for each in (*must, *may) if each.standing is Standing.NOT_PROVED]
    if all(limb is Standing.NOT_PROVED for limb in limbs.values()):
        return Verdict.WAIVED_NOT_ENTITLED, Message(
            f"免罚条件没有证明：{missing[0].title.zh}（{missing[0].reason.zh}）",
            f"a condition is not proven: {missing[0].title.en} ({missing[0].reason.en})",
        )
    return Verdict.WAIVED_OPEN, Message(
        "部分条件机器不能判断，请看卷核对", "some conditions are for a person to see"
    )


def _of_fined(
    waiver: Leniency, must: Sequence[Shown], may: Sequence[Shown]
) -> tuple[Verdict, Message]:
    """A fined case: flagged where a limb is proven, in order where every way is closed."""
    limbs = {Limb.MUST: together(must), Limb.MAY: together(may)}
    if limbs[Limb.MUST] is Standing.PROVED:
        return Verdict.FINED_MUST_WAIVE, Message(
            "违法行为轻微、及时改正、没有造成危害后果均有证明，应当不予处罚",
            "minor, corrected and harmless are all proven: it had to go unpunished",
        )
    item, limb = waiver.item, waiver.item.limb if waiver.item else Limb.UNSTATED
    if item is not None and waiver.standing is Standing.PROVED:
        if limb is Limb.MUST:
            return Verdict.FINED_MUST_WAIVE, Message(
                f"符合清单第{item.number}项全部条件，应当不予处罚",
                f"all conditions of item {item.number} are proven: it had to go unpunished",
            )
        return Verdict.FINED_MAY_WAIVE, Message(
            f"符合清单第{item.number}项全部条件，请核对未免罚的理由",
            f"all conditions of item {item.number} are proven: see why it was fined",
        )
    if item is not None and limbs[Limb.MAY] is Standing.PROVED:
        return Verdict.FINED_MAY_WAIVE, Message(
            f"属于清单第{item.number}项，初次违法、危害轻微并已改正，可以不予处罚，请核对理由",
            f"item {item.number}: a first violation with slight harm, corrected: it could go "
            "unpunished",
        )
    if item is None:
        if waiver.held is not None:
            return Verdict.NOT_CONCERNED, Message(
                "案由不在免罚清单内", "the cause is not on the list"
            )
        return Verdict.NOT_CONCERNED, Message("没有当日生效的免罚清单", "no list was in force")
    refuted = [any(each.is_contrary for each in limb_) for limb_ in (must, may)]
    if all(refuted) or any(each.is_contrary for each in waiver.conditions):
        return Verdict.FINED_IN_ORDER, Message(
            "有不符合免罚条件的证据", "the file shows that a condition is not met"
        )
    return Verdict.FINED_OPEN, Message(
        f"属于清单第{item.number}项，部分条件没有证明或者机器不能判断",
        f"item {item.number} of the list; some conditions are open",
    )
