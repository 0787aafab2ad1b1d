"""What one edition changes against another: particulars of the whole, and items by their id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from review.scoring.edition import Edition, Item
from review.scoring.edition_file import Text


class ChangeKind(StrEnum):
    """What became of an item; `whole` for a particular of the edition itself."""

    WHOLE = "whole"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class EditionChange:
    """One difference. `item_id` empty for the edition itself; `particular` None for whole items."""

    kind: ChangeKind
    item_id: str
    title: Text
    particular: Text | None
    before: str
    after: str


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _grades(edition: Edition) -> str:
    return "、".join(f"{each.name.zh} ≥ {_number(each.bound)}" for each in edition.grades)


WHOLE: tuple[tuple[Text, Callable[[Edition], str]], ...] = (
    (Text(zh="名称", en="Title"), lambda edition: edition.title.zh),
    (
        Text(zh="发布单位", en="Issued by"),
        lambda edition: edition.issued_by.zh if edition.issued_by else "",
    ),
    (Text(zh="总分", en="Total"), lambda edition: _number(edition.total)),
    (Text(zh="基础分", en="Base"), lambda edition: _number(edition.base)),
    (Text(zh="满分", en="Scale"), lambda edition: _number(edition.scale)),
    (Text(zh="等次", en="Grades"), _grades),
    (
        Text(zh="适用程序", en="Procedures"),
        lambda edition: "、".join(sorted(edition.procedures)),
    ),
)


def _deductions(item: Item) -> str:
    return "；".join(
        f"{each.text.zh} −{_number(each.points)}" + ("/处" if each.is_counted else "")
        for each in item.deductions
    )


ITEM: tuple[tuple[Text, Callable[[Item], str]], ...] = (
    (Text(zh="评查项", en="Item"), lambda item: item.title.zh),
    (Text(zh="分区", en="Section"), lambda item: item.section_id),
    (Text(zh="分值", en="Points"), lambda item: _number(item.points)),
    (Text(zh="否决项", en="Veto"), lambda item: "是" if item.is_veto else "否"),
    (Text(zh="扣分情形", en="Deductions"), _deductions),
    (
        Text(zh="评查要点", en="Guidance"),
        lambda item: item.guidance.zh if item.guidance else "",
    ),
    (
        Text(zh="不适用情形", en="Not applicable"),
        lambda item: item.not_applicable.zh if item.not_applicable else "",
    ),
    (Text(zh="依据", en="Law"), lambda item: "、".join(item.sources)),
    (Text(zh="机检项", en="Checks"), lambda item: "、".join(item.checks)),
    (
        Text(zh="整改要求", en="Measure"),
        lambda item: item.rectify.text.zh if item.rectify else "",
    ),
)


def edition_changes(before: Edition, after: Edition) -> tuple[EditionChange, ...]:
    """What `after` changes: the whole first, then its items in order, then the removed ones."""
    found = [
        EditionChange(ChangeKind.WHOLE, "", after.title, title, value(before), value(after))
        for title, value in WHOLE
        if value(before) != value(after)
    ]
    for item in after.items:
        old = before.by_id.get(item.id)
        if old is None:
            found.append(EditionChange(ChangeKind.ADDED, item.id, item.title, None, "", ""))
            continue
        found += [
            EditionChange(ChangeKind.CHANGED, item.id, item.title, title, value(old), value(item))
            for title, value in ITEM
            if value(old) != value(item)
        ]
    found += [
        EditionChange(ChangeKind.REMOVED, item.id, item.title, None, "", "")
        for item in before.items
        if item.id not in after.by_id
    ]
    return tuple(found)
