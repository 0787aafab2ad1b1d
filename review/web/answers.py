"""Answers of the server's own routes: JSON with code and text in both languages, and statuses."""

from __future__ import annotations

import json
import logging
import secrets
from typing import Any

from starlette.responses import Response

from review import errors
from review.errors import ReviewError
from review.services.plain import plain

LOG = logging.getLogger("case_review.web")

STATUSES: dict[type[ReviewError], int] = {
    errors.NotSignedIn: 401,
    errors.WrongCredentials: 401,
    errors.NotAllowed: 403,
    errors.Recused: 403,
    errors.SampleAccountOffLoopback: 403,
    errors.ForeignRequest: 403,
    errors.PasswordMustChange: 403,
    errors.NotFound: 404,
    errors.Stale: 409,
    errors.DuplicateRow: 409,
    errors.SheetSubmitted: 409,
    errors.WrongState: 409,
    errors.VetoNeedsSecondPerson: 409,
    errors.TooLarge: 413,
    errors.AccountLocked: 429,
    errors.Unexpected: 500,
    errors.DatabaseBusy: 503,
    errors.DatabaseFull: 503,
    errors.DatabaseNewer: 503,
    errors.DatabaseUnavailable: 503,
}
"""HTTP status of each error; whatever is not named is an unacceptable value: 422."""


def status_of(error: ReviewError) -> int:
    """The HTTP status of an error, by the nearest class that is named."""
    for cls in type(error).__mro__:
        if cls in STATUSES:
            return STATUSES[cls]
    return 422


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer that no cache keeps; what JSON does not know is written as text."""
    body = json.dumps(plain(value), ensure_ascii=False, allow_nan=False, default=str)
    return Response(
        body, status, media_type="application/json", headers={"Cache-Control": "no-store"}
    )


def refusal(error: ReviewError) -> Response:
    """The error as JSON: its code, the text in both languages, and its details."""
    body = {
        "code": error.code,
        "zh": error.text("zh"),
        "en": error.text("en"),
        "details": error.details,
    }
    return answer(body, status_of(error))


def failure(error: Exception, doing: str) -> Response:
    """An unforeseen error: a reference number for the user, the cause for the log alone."""
    reference = secrets.token_hex(4)
    LOG.error("%s failed, reference %s", doing, reference, exc_info=error)
    return refusal(errors.Unexpected(reference=reference))
