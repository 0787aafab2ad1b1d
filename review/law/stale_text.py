"""The dictionary of stale words: what templates of an old law still say, and what holds now.

A number or word counts as stale only together with its old content (law of the present may use the
same number for something else); which check looks for it stands beside it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from review.common.datafile import read_data_file
from review.law.citation import Citation
from review.law.statute import Wording


class StaleText(BaseModel):
    """One stale wording. `since` is the first day on which it is stale; `checks` look for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Wording
    instead: Wording
    since: date
    source: str
    checks: tuple[str, ...]
    confirmed: bool


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    texts: tuple[StaleText, ...]


def load_stale_texts(path: Path) -> tuple[StaleText, ...]:
    """The dictionary, oldest first; raises BadDataFile with the line and the key."""
    file = read_data_file(path)
    try:
        content = _File.model_validate(file.content)
    except ValidationError as problem:
        raise file.from_validation(problem) from problem
    for number, each in enumerate(content.texts):
        try:
            Citation.parse(each.source)
        except ValueError:
            raise file.error(
                ("texts", number, "source"),
                f"“{each.source}”不是法规引用",
                f"{each.source} is no citation",
            ) from None
    return tuple(sorted(content.texts, key=lambda each: each.since))
