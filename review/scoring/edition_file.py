"""What an edition of a checklist may say: the model of the file and its JSON Schema.

Few keys are required (a title and items with points); the rest has the defaults given here. The
values that the rest of the product works with are in `scoring.checklist`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from review.checks.check import Procedure

Points = Annotated[Decimal, Field(ge=0, le=100000, allow_inf_nan=False)]
Positive = Annotated[Decimal, Field(gt=0, le=100000, allow_inf_nan=False)]
Fraction = Annotated[Decimal, Field(ge=0, le=1)]
Identifier = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w.\-]+$")]
Defect = Annotated[str, Field(pattern=r"^D-\d{2,3}$")]


class Result(StrEnum):
    """What was found on an item; the stored words."""

    MET = "符合"
    PARTLY_MET = "部分符合"
    NOT_MET = "不符合"
    NOT_APPLICABLE = "不适用"
    UNDECIDED = "待核"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Strict):
    """A text in Chinese (required) and English; without English the Chinese stands for both.

    In the file a plain string is a Chinese text.
    """

    zh: str = Field(min_length=1)
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: object) -> object:
        return {"zh": value} if isinstance(value, str) else value

    def get(self, language: str) -> str:
        """The text in `zh` or `en`."""
        return (self.en or self.zh) if language.startswith("en") else self.zh

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Object or plain string, as the validator accepts them."""
        own = handler.resolve_ref_schema(handler(core_schema))
        return {"anyOf": [{"type": "string", "minLength": 1}, own]}


class DeductionEntry(_Strict):
    """One reason to deduct, with its amount."""

    id: Identifier | None = Field(None, description="default: d1, d2 … in the order of the item")
    zh: str = Field("", description="the reason in Chinese; default: the title of the item")
    en: str = ""
    points: Positive = Field(description="points deducted once or for each occurrence")
    per: Literal["once", "occurrence"] = Field("once", description="whether it may be counted")
    max: Positive | None = Field(None, description="most that this reason takes; default: no limit")
    defects: list[Defect] = Field(
        default_factory=list, description="defects of the checks for which this reason is proposed"
    )


class RectifyEntry(_Strict):
    """What the unit is asked to do where the item was not met."""

    zh: str = Field(min_length=1)
    en: str = ""
    due_days: int | None = Field(None, ge=1, le=365, description="calendar days; default: edition")


class _OneOrMore:
    """A list in which a single entry may stand without its brackets."""

    @staticmethod
    def as_list(value: object) -> object:
        return [value] if isinstance(value, dict) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        listed = handler(core_schema)
        return {"anyOf": [listed, listed["items"]]}


class ItemEntry(_Strict):
    """One item (评查项)."""

    id: Identifier = Field(description="unique in the edition; scores and findings refer to it")
    ref: str = Field("", description="number of the item in the paper standard it comes from")
    title: Text
    points: Points = Field(Decimal(0), description="most that can be earned, or be deducted")
    step: Positive | None = Field(None, description="how finely points are given")
    veto: bool = Field(False, description="否决项: a confirmed failure decides the grade")
    deduct: Annotated[list[DeductionEntry], BeforeValidator(_OneOrMore.as_list), _OneOrMore] = (
        Field(
            default_factory=list, description="reasons to deduct; none: all points or the fraction"
        )
    )
    partial: Fraction | None = Field(None, description="share kept on 部分符合 without a reason")
    guidance: Text | None = Field(None, description="what a reviewer has to look at")
    dimension: str | None = Field(None, description="a key of `dimensions`; default: section's")
    procedures: list[Procedure] | None = Field(None, min_length=1)
    not_applicable: Text | None = Field(None, description="when the item does not apply")
    sources: list[str] = Field(default_factory=list, description="law, as law#art-60")
    checks: list[str] = Field(default_factory=list, description="machine checks that propose")
    defects: list[Defect] = Field(
        default_factory=list, description="only these defects of the checks concern the item"
    )
    look_only: list[Defect] = Field(
        default_factory=list,
        description="defects that ask for a look (待核) here and are deducted under another item",
    )
    covers: Literal["part", "whole"] = Field(
        "part", description="whether passing all named checks shows that the whole item is met"
    )
    time_code: bool = Field(
        False, description="a deduction needs a time code of the recording in its comment"
    )
    rectify: RectifyEntry | None = None


class SectionEntry(_Strict):
    """A group of items."""

    id: Identifier
    title: Text
    points: Points | None = Field(None, description="announced sum of the items, checked")
    weight: Positive | None = Field(None, description="points this section counts for in the total")
    counts: Literal["scored", "deducted"] = Field(
        "scored", description="scored: points are earned; deducted: only taken off the total"
    )
    conditional: bool = Field(False, description="counts only for its procedures, not in the sum")
    when: Text | None = Field(None, description="when a conditional section applies")
    dimension: str | None = None
    procedures: list[Procedure] | None = Field(None, min_length=1)
    items: list[ItemEntry] = Field(min_length=1)


class GradeEntry(_Strict):
    """A grade and its lower bound (included), on the scale of the final score.

    In the file `[优秀, 90]` is short for `{name: 优秀, from: 90}`.
    """

    name: Text
    bound: Decimal = Field(alias="from", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: object) -> object:
        if isinstance(value, list | tuple) and len(value) == 2:
            return {"name": value[0], "from": value[1]}
        return value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Object or pair, as the validator accepts them."""
        own = handler.resolve_ref_schema(handler(core_schema))
        pair: dict[str, Any] = {
            "type": "array",
            "prefixItems": [{"type": ["string", "object"]}, {"type": "number"}],
            "minItems": 2,
            "maxItems": 2,
        }
        return {"anyOf": [pair, own]}


class DimensionEntry(_Strict):
    """A dimension under which points are summed up, whatever the section."""

    zh: str = Field(min_length=1)
    en: str = ""
    group: str | None = Field(None, description="三项制度 and the like: a name over dimensions")


class SupersedesEntry(_Strict):
    """The edition that this one replaces."""

    edition: date | str
    reason: Text | None = None


class RoundingEntry(_Strict):
    """How the final score is rounded; the grade follows the rounded score."""

    step: Positive = Decimal("0.01")
    mode: Literal["half_up", "half_even", "down"] = "half_up"


class VetoEntry(_Strict):
    """What a confirmed veto does."""

    grade: str | None = Field(None, description="Chinese name of the grade; default: the lowest")
    score: Literal["keep", "zero"] = Field("keep", description="keep: shown 另计; zero: score is 0")


class EditionFile(_Strict):
    """An edition of a checklist: who issued it, from when, what is scored and how it adds up.

    Kept as `checklists/<kind>/<date in force>.yaml`; kind and date default to folder and name.
    """

    title: Text
    kind: str | None = Field(None, description="default: name of the folder")
    in_force: date | None = Field(None, description="default: the date in the file's name")
    issued_by: Text | None = None
    supersedes: SupersedesEntry | None = None
    note: Text | None = None
    procedures: list[Procedure] | None = Field(
        None, min_length=1, description="penalty procedures it is for; default: all kinds of cases"
    )
    total: Positive = Field(Decimal(100), description="base and points (or weights) add up to it")
    base: Points = Field(Decimal(0), description="points that every file starts with")
    scale: Positive | None = Field(None, description="best final score; default: total")
    step: Positive = Field(Decimal("0.1"), description="how finely points are given")
    partial: Fraction = Field(Decimal("0.5"), description="share kept on 部分符合")
    rectify_days: int = Field(15, ge=1, le=365, description="calendar days to rectify")
    grades: list[GradeEntry] | None = Field(
        None,
        min_length=2,
        description="default: 优秀 90, 良好 80, 合格 60, 不合格 0 % of the scale",
    )
    results: dict[Result, Text] | None = Field(
        None, description="results that may be chosen, with this standard's own words"
    )
    not_applicable: Literal["rescale", "full"] = Field(
        "rescale", description="rescale: out of the applicable points; full: counted as earned"
    )
    rounding: RoundingEntry = RoundingEntry()
    veto: VetoEntry = VetoEntry()
    dimensions: dict[str, DimensionEntry] | None = None
    sections: list[SectionEntry] | None = Field(None, min_length=1)
    items: list[ItemEntry] | None = Field(
        None, min_length=1, description="instead of sections, where the standard has none"
    )
