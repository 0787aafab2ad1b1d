"""Routes of the review page: scores, pinned evidence, submission. Each answer is a receipt."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import Engine

from review.services.access import Actor
from review.services.desk import scoring
from review.web.bodies import Body, writing

ItemId = Annotated[str, Field(min_length=1, max_length=40)]
Words = Annotated[str, Field(max_length=4000)]
Coordinate = Annotated[float, Field(ge=-1, le=20000, allow_inf_nan=False)]


class ScoreBody(Body):
    """One item's score. `base_version` is the version that the person saw, 0 for none yet.

    `client_id` is made by the browser: the same one sent again is answered, not written again.
    `origin` says whether the person accepted the machine's proposal as it stood.
    """

    sheet_id: int
    item_id: ItemId
    result: Annotated[str, Field(min_length=1, max_length=20)]
    chosen: dict[str, Annotated[int, Field(ge=0, le=999)]] = Field(default_factory=dict)
    comment: Words = ""
    base_version: Annotated[int, Field(ge=0)]
    client_id: Annotated[str, Field(min_length=8, max_length=64)]
    origin: Literal["person", "proposal"] = "person"


class PinBody(Body):
    """Evidence for an item: a page and, if drawn, a box in points of the upright page."""

    sheet_id: int
    item_id: ItemId
    page_id: int
    box: Annotated[list[Coordinate], Field(min_length=4, max_length=4)] | None = None
    quote: Words = ""
    note: Words = ""


class UnpinBody(Body):
    """One pin to be taken away."""

    sheet_id: int
    pin_id: int


class RejectBody(Body):
    """Why the machine's proposal for an item is not taken."""

    sheet_id: int
    item_id: ItemId
    reason_key: Annotated[str, Field(min_length=1, max_length=20)]
    reason: Annotated[str, Field(max_length=500)] = ""


class SubmitBody(Body):
    """A whole sheet handed in. `seen_version` is the sheet's version that the person saw."""

    sheet_id: int
    overall: Words = ""
    seen_version: int


def _save(engine: Engine, actor: Actor, body: ScoreBody) -> Any:
    return scoring.save_score(engine, actor, **body.model_dump())


def _pin(engine: Engine, actor: Actor, body: PinBody) -> Any:
    return {"id": scoring.pin(engine, actor, **body.model_dump())}


def _unpin(engine: Engine, actor: Actor, body: UnpinBody) -> Any:
    scoring.unpin(engine, actor, **body.model_dump())
    return {"id": body.pin_id}


def _submit(engine: Engine, actor: Actor, body: SubmitBody) -> Any:
    scoring.submit(
        engine, actor, body.sheet_id, overall=body.overall, seen_version=body.seen_version
    )
    return {"sheet_id": body.sheet_id}


def _reject(engine: Engine, actor: Actor, body: RejectBody) -> Any:
    return {"reason": scoring.reject_proposal(engine, actor, **body.model_dump())}


save_score = writing(ScoreBody, _save)
pin = writing(PinBody, _pin)
unpin = writing(UnpinBody, _unpin)
submit = writing(SubmitBody, _submit)
reject = writing(RejectBody, _reject)
