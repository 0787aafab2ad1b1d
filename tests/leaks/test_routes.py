"""Every route and every export as everybody in the blind phases, with own and foreign ids.

Answers and refusals are searched, bodies and headers; of Word and Excel files every part.
"""

import warnings
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from review.db.accounts import UserSession
from review.db.session import transaction
from review.services.accounts.sign_in import _digest
from review.web.downloads import EXPORTS
from review.web.identity import COOKIE
from review.web.server import MIDDLEWARE, ROUTES
from tests.leaks.canaries import CHECK, EVERY, HANDED_IN, OPEN, PREFIX, SCORE, VOTE, marks_in
from tests.leaks.conftest import to_findings, to_the_panel

with warnings.catch_warnings():
    # The test client prefers the successor of httpx, which not every package mirror has yet.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

ORIGIN = "http://127.0.0.1"
WRITING = {"Origin": ORIGIN, "X-Requested-By": "case-review"}
ASKED = f"?v={PREFIX}&next=/scoring&lang=en&q={PREFIX}&sort=score&offset=0&limit=999"
"""Parameters that some route reads and such as none reads."""

NOT_OF_A_REVIEW = {
    ("GET", "/healthz"),
    ("GET", "/assets/{name}"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("POST", "/password"),
    ("POST", "/language"),
    ("POST", "/api/upload"),
}
"""Routes that read nothing of a review; the others are asked for below."""


def readings(scene) -> Iterator[tuple[str, str]]:
    """Every GET: the route's path and an address of it, for each id there is."""
    yield "/sign-in", "/sign-in" + ASKED
    yield "/password", "/password" + ASKED
    yield "/api/jobs", "/api/jobs" + ASKED
    for key in scene.pages:
        yield "/page/{page_id}/text", f"/page/{key}/text{ASKED}"
        for size in ("view", "thumb", PREFIX):
            yield "/page/{page_id}/{size}", f"/page/{key}/{size}{ASKED}"
    for key in scene.cases:
        yield "/frame/{file_id}/{number}", f"/frame/{key}/1{ASKED}"
    keys = {*scene.sheets.values(), *scene.round_case_ids, *scene.cases, scene.round_id, 2023}
    for kind in EXPORTS:
        for key in sorted(keys):
            yield "/export/{kind}/{id}", f"/export/{kind}/{key}{ASKED}"


def writings(scene) -> Iterator[tuple[str, dict[str, object]]]:
    """Every POST that works on a sheet, for each sheet, as if the sender had seen version 0."""
    for key in scene.sheets.values():
        item = {"sheet_id": key, "item_id": "DOC-02"}
        yield (
            "/api/score",
            {**item, "result": "不符合", "base_version": 0, "client_id": f"routes-{key}"},
        )
        yield "/api/pin", {**item, "page_id": scene.pages[0]}
        yield "/api/unpin", {"sheet_id": key, "pin_id": 1}
        yield "/api/reject", {**item, "reason_key": "misread", "reason": "样例"}
        yield "/api/submit", {"sheet_id": key, "seen_version": 0}


@pytest.fixture
def app(home, monkeypatch) -> Starlette:
    monkeypatch.setenv("CASE_REVIEW_HOME", str(home))
    return Starlette(routes=ROUTES, middleware=MIDDLEWARE)


def told(app, scene, who) -> Iterator[tuple[str, set[str]]]:
    """The marks in every answer to this person, with the address."""
    client = TestClient(app, base_url=ORIGIN, client=("127.0.0.1", 50000), follow_redirects=False)
    with transaction(scene.engine) as session:
        actor = scene.actors[who]
        if session.get(UserSession, _digest(who)) is None:
            session.add(UserSession(token_sha256=_digest(who), user_id=actor.user_id))
    client.cookies.set(COOKIE, who)
    for _, url in readings(scene):
        answer = client.get(url)
        assert answer.status_code < 500, url
        yield (
            url,
            marks_in([answer.content, *(part for pair in answer.headers.raw for part in pair)]),
        )
    for url, body in writings(scene):
        answer = client.post(url, json=body, headers=WRITING)
        assert answer.status_code < 500, url
        yield f"{url} {body}", marks_in([answer.content])


def leaks(app, scene, who, forbidden) -> list[tuple[str, set[str]]]:
    return [(url, marks & forbidden) for url, marks in told(app, scene, who) if marks & forbidden]


def test_every_route_is_covered(blind):
    served = {
        (method, route.path)
        for route in ROUTES
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    asked = {("GET", path) for path, _ in readings(blind)}
    assert served == NOT_OF_A_REVIEW | asked | {("POST", path) for path, _ in writings(blind)}


def test_no_answer_tells_anybody_of_the_others_while_they_score(blind, app):
    found = {
        who: leaks(app, blind, who, forbidden)
        for who, forbidden in (
            ("second", {HANDED_IN, SCORE, CHECK}),
            ("expert", EVERY),
            ("reviewer", {OPEN, CHECK}),
            ("unit", EVERY),
            ("other_unit", EVERY),
            ("bystander", EVERY),
            ("administrator", EVERY),
            ("leader", {OPEN}),
        )
    }
    assert {who: places for who, places in found.items() if places} == {}


def test_no_answer_tells_of_the_panel_who_is_not_of_it(blind, app):
    to_the_panel(blind)
    to_findings(blind)
    for who in ("expert", "bystander", "unit", "other_unit", "administrator"):
        assert leaks(app, blind, who, EVERY) == []


def test_the_search_finds_what_may_be_seen(blind, app):
    def seen(who):
        return set().union(*(marks for _, marks in told(app, blind, who)))

    assert seen("reviewer") >= {HANDED_IN, SCORE}
    assert CHECK in seen("leader")
    to_the_panel(blind)
    assert seen("second") >= {HANDED_IN, SCORE, VOTE}
