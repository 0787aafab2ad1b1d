"""Lists of minor violations (免罚清单), and those for mitigated and lighter fines (减轻、从轻).

A list makes Administrative Penalty Law art. 33 concrete; it cannot narrow it. Items are found by
the cause of a case. The shipped lists are files, one by its day in force; a site publishes its own
from a workbook (`waiver_workbook`), and they reach the checks beside the shipped ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from review.common.datafile import read_data_file
from review.common.text import plain
from review.law.statute import Wording


class ListKind(StrEnum):
    """What a list is about: no penalty (免罚), below the range (减轻), in its lower part (从轻)."""

    WAIVE = "waive"
    MITIGATE = "mitigate"
    LIGHTEN = "lighten"


class Limb(StrEnum):
    """Which limb of Administrative Penalty Law art. 33(1) an item makes concrete.

    `must`: a minor act, corrected in time, without harm is not punished (应当). `may`: a first
    violation with slight harm, corrected in time, can go unpunished (可以). `unstated` where the
    list mixes both.
    """

    MUST = "must"
    MAY = "may"
    UNSTATED = "unstated"


Need = Literal["first", "minor", "corrected", "harmless", "cooperates", "other"]
"""What proves a condition: the search for earlier violations, what the papers say of the act, its
correction, of harm, of obstruction; `other` is for a person alone."""

NEED_WORDS: Mapping[Need, Wording] = {
    "first": Wording(zh="首次", en="first"),
    "minor": Wording(zh="轻微", en="minor"),
    "corrected": Wording(zh="改正", en="corrected"),
    "harmless": Wording(zh="危害后果", en="harm"),
    "cooperates": Wording(zh="配合", en="cooperation"),
    "other": Wording(zh="其他", en="other"),
}
KIND_WORDS: Mapping[ListKind, Wording] = {
    ListKind.WAIVE: Wording(zh="免罚", en="no penalty"),
    ListKind.MITIGATE: Wording(zh="减轻", en="mitigated"),
    ListKind.LIGHTEN: Wording(zh="从轻", en="lighter"),
}
LIMB_WORDS: Mapping[Limb, Wording] = {
    Limb.MUST: Wording(zh="应当", en="must"),
    Limb.MAY: Wording(zh="可以", en="may"),
    Limb.UNSTATED: Wording(zh="未区分", en="not told apart"),
}


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(Wording):
    """One condition of an item, and what kind of proof it needs in the file."""

    needs: Need


class WaiverItem(_Data):
    """One item. `causes` are keys of fine files; `is_listed` False: seen in other lists only.

    `wordings` are further words under which papers give the cause. `violated` and `basis` of a
    shipped list are citations; an imported one keeps the words of the list in `provisions`.
    `look_back_months`: an earlier violation within them is not a first one, None: not stated.
    `correction_days`: calendar days that the list gives for correction. `papers`: titles of what
    the file must hold.
    """

    number: int
    name: Wording
    field: str = ""
    causes: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    violated: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    provisions: tuple[str, str] = ("", "")
    limb: Limb = Limb.UNSTATED
    conditions: tuple[Condition, ...]
    look_back_months: int | None = Field(None, ge=1, le=240)
    look_back_area: str = ""
    correction_days: int | None = Field(None, ge=0, le=365)
    papers: tuple[str, ...] = ()
    is_listed: bool
    note: str | None = None

    def names(self, cause: str) -> bool:
        """Whether a paper's words for the cause are those of the item, punctuation aside."""
        key = plain(cause)
        return bool(key) and key in {plain(each) for each in (self.name.zh, *self.wordings)}


class WaiverList(_Data):
    """One list. `is_whole` says that all its items are held.

    `version` is the issuer's own name for it (2.0版); `ended` the first day on which it is no
    longer in force.
    """

    kind: ListKind = ListKind.WAIVE
    title: Wording
    version: str = ""
    issued_by: str = ""
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

    def is_in_force(self, on: date) -> bool:
        """Whether the list holds on a day."""
        return self.in_force <= on and (self.ended is None or on < self.ended)


def list_in_force(
    lists: Iterable[WaiverList], *, on: date, kind: ListKind = ListKind.WAIVE
) -> WaiverList | None:
    """The newest list of a kind in force on a day; where two begin together, the first given."""
    held = [each for each in lists if each.kind is kind and each.is_in_force(on)]
    return max(held, key=lambda each: each.in_force, default=None)


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
