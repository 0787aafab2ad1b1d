"""An address that is no page is told in the person's language; all that is served goes through."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from review.ui.pages import FIRST, PAGES
from review.web.addresses import Addresses
from review.web.server import MIDDLEWARE, ROUTES
from tests.web.conftest import Site, behind

DOCUMENT = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def visited(site: Site) -> Site:
    """The site with the middleware that `app.py` puts behind the gate."""
    site.app = Starlette(
        routes=[*ROUTES, Route("/{path:path}", behind)],
        middleware=[
            *MIDDLEWARE,
            Middleware(Addresses, pages=[spec.url for spec in PAGES], first=FIRST.url),
        ],
    )
    return site


@pytest.mark.parametrize("path", ["/nowhere", "/cases/ledger", "/ledger/more", "/ledgers", "/0"])
def test_a_wrong_address_is_told_with_the_way_back(visited: Site, path: str):
    answer = visited.as_("reviewer").get(path, headers=DOCUMENT)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert path in answer.text
    assert 'href="/"' in answer.text
    assert "Page not found" not in answer.text


def test_it_is_told_in_the_language_of_the_person(visited: Site):
    client = visited.as_("reviewer")
    client.post(
        "/language",
        data={"language": "en", "next": "/"},
        headers={"Origin": "http://127.0.0.1"},
    )
    answer = client.get("/nowhere", headers=DOCUMENT)
    assert "There is no such page" in answer.text
    assert "没有这个页面" not in answer.text


def test_what_is_asked_for_is_written_as_text(visited: Site):
    answer = visited.as_("reviewer").get("/<b>x<i>", headers=DOCUMENT)
    assert answer.status_code == 404
    assert "<b>" not in answer.text


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.url)
def test_every_page_of_the_menu_is_reached(visited: Site, spec):
    answer = visited.as_("reviewer").get(f"/{spec.url}", headers=DOCUMENT)
    if spec is FIRST:
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    else:
        assert answer.text == "behind "


@pytest.mark.parametrize("path", ["/", "/static/js/x.js", "/_stcore/health", "/media/x.png"])
def test_what_streamlit_serves_goes_through(visited: Site, path: str):
    assert visited.as_("reviewer").get(path, headers=DOCUMENT).text == "behind "


def test_what_is_no_document_is_not_answered_with_one(visited: Site):
    assert visited.as_("reviewer").get("/nowhere", headers={"Accept": "*/*"}).text == "behind "


def test_nobody_learns_of_pages_before_signing_in(visited: Site):
    answer = visited.client().get("/nowhere", headers=DOCUMENT)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
