"""What one version of a waiver list changes against another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from review.law.statute import Wording
from review.law.waiver_list import LIMB_WORDS, NEED_WORDS, WaiverItem, WaiverList


class ChangeKind(StrEnum):
    """What became of an item."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One particular of an item, before and after, in the words of the list."""

    title: Wording
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that differs. `before` is None for an added item, `after` for a removed one."""

    kind: ChangeKind
    before: WaiverItem | None
    after: WaiverItem | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def name(self) -> str:
        """The item's name: the new one where there is one."""
        item = self.after or self.before
        return item.name.zh if item else ""


def _conditions(item: WaiverItem) -> str:
    return "；".join(f"【{NEED_WORDS[each.needs].zh}】{each.zh}" for each in item.conditions)


PARTICULARS: tuple[tuple[Wording, Callable[[WaiverItem], str]], ...] = (
    (Wording(zh="序号", en="No."), lambda item: str(item.number)),
    (Wording(zh="事项", en="Item"), lambda item: item.name.zh),
    (Wording(zh="领域", en="Field"), lambda item: item.field),
    (Wording(zh="其他表述", en="Other wordings"), lambda item: "、".join(item.wordings)),
    (Wording(zh="违反条款", en="Violated"), lambda item: provisions(item)[0]),
    (Wording(zh="处罚依据", en="Penalty basis"), lambda item: provisions(item)[1]),
    (Wording(zh="情形", en="Limb"), lambda item: LIMB_WORDS[item.limb].zh),
    (Wording(zh="适用条件", en="Conditions"), _conditions),
    (
        Wording(zh="首次判定期限（月）", en="Look-back (months)"),
        lambda item: "" if item.look_back_months is None else str(item.look_back_months),
    ),
    (Wording(zh="首次判定范围", en="Look-back area"), lambda item: item.look_back_area),
    (
        Wording(zh="改正期限（日）", en="Correction (days)"),
        lambda item: "" if item.correction_days is None else str(item.correction_days),
    ),
    (Wording(zh="需附材料", en="Papers"), lambda item: "、".join(item.papers)),
    (Wording(zh="备注", en="Note"), lambda item: item.note or ""),
)
"""What is compared of an item, in the order of the workbook."""


def provisions(item: WaiverItem) -> tuple[str, str]:
    """Violated provision and basis in the list's words, else by their citations."""
    violated, basis = item.provisions
    return violated or "；".join(item.violated), basis or "；".join(item.basis)


def changes(before: WaiverList | None, after: WaiverList) -> tuple[ItemChange, ...]:
    """What `after` changes: items are the same by name, else by number with a like name.

    Changed and added items in the order of `after`, then the removed ones.
    """
    old = list(before.items) if before is not None else []
    found: list[ItemChange] = []
    for item in after.items:
        match = next((each for each in old if each.names(item.name.zh)), None) or next(
            (
                each
                for each in old
                if each.number == item.number
                and not any(other.names(each.name.zh) for other in after.items)
            ),
            None,
        )
        if match is None:
            found.append(ItemChange(ChangeKind.ADDED, None, item))
            continue
        old.remove(match)
        fields = tuple(
            FieldChange(title, value(match), value(item))
            for title, value in PARTICULARS
            if value(match) != value(item)
        )
        if fields:
            found.append(ItemChange(ChangeKind.CHANGED, match, item, fields))
    return (*found, *(ItemChange(ChangeKind.REMOVED, each, None) for each in old))
