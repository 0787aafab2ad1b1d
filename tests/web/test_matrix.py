"""Every route for every role and for nobody, generated from one table."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.routing import Route

from review.db.accounts import Role
from review.services import access
from review.web.downloads import EXPORTS
from review.web.server import ROUTES
from tests.web.conftest import WRITING, Site

PUBLIC = {("GET", "/healthz"), ("GET", "/assets/{name}"), ("GET", "/sign-in"), ("POST", "/sign-in")}
OWN_ACCOUNT = {
    ("POST", "/sign-out"),
    ("GET", "/password"),
    ("POST", "/password"),
    ("POST", "/language"),
}


@dataclass(frozen=True)
class Row:
    """One route with a request that a permitted person may make.

    `action` is asked of the role; `only` narrows it to people with a relation to the case.
    """

    method: str
    path: str
    action: str
    url: str
    body: dict[str, Any] | None = None
    content: bytes | None = None
    only: frozenset[str] = frozenset()
    allowed: frozenset[int] = field(default=frozenset({200}))


MISSING = frozenset({404})
SCORE = {
    "sheet_id": 1,
    "item_id": "PRO-12",
    "result": "符合",
    "base_version": 0,
    "client_id": "matrix-0001",
}
OWN_SHEET = frozenset({"reviewer"})
ASSIGNED = frozenset({"reviewer", "second"})
OVERSEERS = frozenset({"regulations", "leader"})
ISSUED_TO = frozenset({"unit"})
ROWS = (
    Row("POST", "/api/score", "sheet.score", "/api/score", SCORE, only=OWN_SHEET),
    Row(
        "POST",
        "/api/pin",
        "sheet.score",
        "/api/pin",
        {"sheet_id": 1, "item_id": "PRO-12", "page_id": 1},
        only=OWN_SHEET,
    ),
    Row(
        "POST",
        "/api/unpin",
        "sheet.score",
        "/api/unpin",
        {"sheet_id": 1, "pin_id": 999},
        only=OWN_SHEET,
        allowed=frozenset({404}),
    ),
    Row(
        "POST",
        "/api/reject",
        "sheet.score",
        "/api/reject",
        {"sheet_id": 1, "item_id": "no-such-item", "reason_key": "misread", "reason": "样例"},
        only=OWN_SHEET,
        allowed=frozenset({404}),
    ),
    Row(
        "POST",
        "/api/submit",
        "sheet.score",
        "/api/submit",
        {"sheet_id": 1, "seen_version": 1},
        only=OWN_SHEET,
        allowed=frozenset({422}),
    ),
    Row(
        "POST",
        "/api/upload",
        "import",
        "/api/upload",
        content=b"%PDF-1.7",
        allowed=frozenset({202}),
    ),
    Row("GET", "/api/jobs", "import", "/api/jobs"),
    Row("GET", "/page/{page_id}/text", "page.view", "/page/1/text", only=ASSIGNED | OVERSEERS),
    Row("GET", "/page/{page_id}/{size}", "page.view", "/page/1/view", only=ASSIGNED | OVERSEERS),
    Row(
        "GET",
        "/page/{page_id}/{size}",
        "page.view",
        "/page/3/view",
        only=ASSIGNED | OVERSEERS | ISSUED_TO,
    ),
    Row(
        "GET",
        "/frame/{file_id}/{number}",
        "page.view",
        "/frame/1/1",  # a paper, which has no key frames
        only=ASSIGNED | OVERSEERS,
        allowed=MISSING,
    ),
    Row(
        "GET",
        "/export/{kind}/{id}",
        "export.sheet",
        "/export/score-sheet-docx/1",
        only=OWN_SHEET | {"regulations"},
    ),
    Row(
        "GET",
        "/export/{kind}/{id}",
        "export.list",
        "/export/rectification-docx/1",
        only=OVERSEERS | ISSUED_TO,
    ),
    Row(
        "GET",
        "/export/{kind}/{id}",
        "export.list",
        "/export/rectification-xlsx/1",
        only=OVERSEERS | ISSUED_TO,
    ),
)
RESULTS_ROWS = tuple(
    Row("GET", "/export/{kind}/{id}", action, f"/export/{kind}/{key}", only=only, allowed=allowed)
    for kind, action, key, only, allowed in (
        ("opinion-docx", "export.results", 9876, frozenset(), MISSING),
        ("opinion-masked-docx", "export.results", 9876, OVERSEERS, MISSING),
        ("feedback-docx", "export.results", 9876, frozenset(), MISSING),
        ("problems-docx", "export.results", 9876, frozenset(), MISSING),
        ("problems-xlsx", "export.results", 9876, frozenset(), MISSING),
        ("circular-docx", "result.view", 9876, frozenset(), MISSING),
        ("circular-masked-docx", "result.view", 9876, frozenset(), MISSING),
        ("results-xlsx", "result.view", 9876, frozenset(), MISSING),
        ("notice-docx", "export.list", 1, OVERSEERS | ISSUED_TO, frozenset({200})),
        ("accountability-docx", "result.view", 9876, frozenset(), MISSING),
        ("year-xlsx", "result.view", 2026, frozenset(), frozenset({200})),
        ("waivers-xlsx", "dashboard.view", 0, frozenset(), frozenset({200})),
        ("template", "template.manage", 9876, frozenset(), MISSING),
        ("template-default", "template.manage", 1, frozenset(), frozenset({200})),
        ("draw-record-docx", "export.draw", 1, frozenset(), MISSING),
        ("draw-record-json", "export.draw", 1, frozenset(), MISSING),
        ("deliberation-docx", "export.deliberation", 1, ASSIGNED | OVERSEERS, frozenset({422})),
        ("case-report-docx", "case.view", 1, ASSIGNED | OVERSEERS, frozenset({200})),
        ("target-evidence", "round.view", 9876, frozenset(), MISSING),
        ("proof", "list.view", 9876, frozenset(), MISSING),
        ("challenges-xlsx", "challenge.view", 0, frozenset(), frozenset({200})),
        ("challenge-proof", "challenge.view", 9876, frozenset(), MISSING),
        ("objection-proof", "objection.view", 9876, frozenset(), MISSING),
    )
)
"""Papers of rounds and results; what the scene has not is missing, for whoever may ask.

A deliberation is refused as blind: the scene's round is being scored.
"""

ROWS += RESULTS_ROWS
EVERYBODY = {str(role): role for role in Role} | {
    "second": Role.REVIEWER,
    "harbour": Role.UNIT,
    "anonymous": None,
}
"""Every role once, and again somebody of the same role without a relation to the case's papers."""


def test_the_table_holds_every_route_and_export() -> None:
    served = {
        (method, route.path)
        for route in ROUTES
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert served == PUBLIC | OWN_ACCOUNT | {(row.method, row.path) for row in ROWS}
    assert {row.url.split("/")[2] for row in ROWS if row.url.startswith("/export/")} == set(EXPORTS)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.url}")
def test_only_those_with_the_right_are_let_in(site: Site, row: Row, who: str) -> None:
    client = site.client() if who == "anonymous" else site.as_(who)
    headers = dict(WRITING) if row.method == "POST" else {}
    if row.content is not None:
        headers |= {"X-File-Name": "a.pdf"}
    told = client.request(row.method, row.url, headers=headers, json=row.body, content=row.content)
    if who == "anonymous":
        assert told.status_code == 401
        return
    permitted = access.MATRIX[row.action, EVERYBODY[who]] and (not row.only or who in row.only)
    if permitted:
        assert told.status_code in row.allowed, told.text[:300]
    else:
        assert told.status_code == 403, told.text[:300]
        assert set(told.json()) == {"code", "zh", "en", "details"}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_an_export_that_is_not_there_tells_nobody_anything(site: Site, kind: str, who: str) -> None:
    client = site.client() if who == "anonymous" else site.as_(who)
    told = client.get(f"/export/{kind}/987654")
    assert told.status_code in ({401} if who == "anonymous" else {403, 404})


@pytest.mark.parametrize("who", sorted(ASSIGNED))
def test_a_scorer_cannot_write_into_the_sheet_of_the_other(site: Site, who: str) -> None:
    sheets = {"reviewer": site.scene.second_sheet_id, "second": site.scene.sheet_id}
    told = site.as_(who).post("/api/score", headers=WRITING, json=SCORE | {"sheet_id": sheets[who]})
    assert told.status_code == 403
