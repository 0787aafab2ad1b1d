"""Lists of minor violations that go unpunished (免罚清单), one file a list by its day in force.

A list makes Administrative Penalty Law art. 33 concrete; it cannot narrow it. Items are found by
the cause of a case; what they demand is for a person to see in the file.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from review.common.datafile import read_data_file
from review.law.statute import Wording


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(Wording):
    """One condition of an item, and what kind of proof it needs in the file."""

    needs: Literal["first", "minor", "corrected", "harmless"]


class WaiverItem(_Data):
    """One item. `causes` are keys of fine files; `is_listed` False: seen in other lists only."""

    number: int
    name: Wording
    causes: tuple[str, ...] = ()
    violated: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    conditions: tuple[Condition, ...]
    is_listed: bool
    note: str | None = None


class WaiverList(_Data):
    """One list. `is_whole` says that all its items are held."""

    title: Wording
    in_force: date
    ended: date | None = None
    is_whole: bool
    confirmed: bool
    confirmed_by: str | None = None
    note: str | None = None
    items: tuple[WaiverItem, ...]

    def item(self, cause: str) -> WaiverItem | None:
        """The item for a cause, by the key of the fine files."""
        return next((item for item in self.items if cause in item.causes), None)


def load_waiver_list(path: Path) -> WaiverList:
    """One list; raises BadDataFile with the line and the key."""
    file = read_data_file(path)
    try:
        held = WaiverList.model_validate(file.content)
    except ValidationError as problem:
        raise file.from_validation(problem) from problem
    if path.stem != held.in_force.isoformat():
        raise file.error(
            ("in_force",), f"与文件名 {path.name} 不一致", f"differs from the file name {path.name}"
        )
    numbers = [item.number for item in held.items]
    for place, number in enumerate(numbers):
        if number in numbers[:place]:
            raise file.error(("items", place, "number"), "序号重复", "the number stands twice")
    return held


def load_waiver_lists(folder: Path) -> tuple[WaiverList, ...]:
    """Every list of `folder`, newest first."""
    lists = [load_waiver_list(path) for path in folder.glob("*.yaml")]
    return tuple(sorted(lists, key=lambda each: each.in_force, reverse=True))
