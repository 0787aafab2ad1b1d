"""The gate: who gets past it, from where, and what every answer carries."""

import pytest
from starlette.testclient import WebSocketDenialResponse, WebSocketDisconnect

from review.db.accounts import User
from review.db.session import transaction
from review.web.gate import HEADERS
from review.web.identity import COOKIE
from tests.web.conftest import ORIGIN, WRITING, Site

STREAMLIT = (
    "/",
    "/scoring",
    "/review/scoring.py",
    "/pages/admin/users.py",
    "/media/0123456789abcdef0123456789abcdef.png",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/upload_file/a/b",
    "/_stcore/agent/openapi.json",
    "/static/js/",
    "/static/js/a/b",
    "/static/js/..%2f..%2fx",
    "/static/x.js",
    "/component/x/index.html",
    "/app/static/x",
    "/assets%2f..%2fapp.py",
    "//sign-in",
    "/sign-in/",
    "/healthz/x",
)


@pytest.mark.parametrize("path", STREAMLIT)
def test_nothing_behind_the_gate_answers_without_a_session(site: Site, path: str) -> None:
    client = site.client()
    told = client.get(path)
    assert told.status_code == 401
    assert told.json()["code"] == "ACC-001"
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 303
    assert page.headers["location"].startswith("/sign-in?next=")


def test_with_a_session_the_request_goes_through(site: Site) -> None:
    assert site.as_("reviewer").get("/anything").text == "behind "


def test_claims_of_identity_are_stripped(site: Site) -> None:
    told = site.as_("reviewer").get("/x", headers={"X-Auth-User": "1", "x-auth-role": "leader"})
    assert told.text == "behind "


def test_an_invented_cookie_is_no_session(site: Site) -> None:
    client = site.client()
    client.cookies.set(COOKIE, "made-up")
    assert client.get("/x").status_code == 401


def test_a_disabled_account_is_out_at_its_next_request(site: Site) -> None:
    client = site.as_("reviewer")
    assert client.get("/x").status_code == 200
    with transaction(site.engine) as session:
        user = session.get(User, site.scene.users["reviewer"])
        assert user is not None
        user.is_disabled = True
        session.add(user)
    assert client.get("/x").status_code == 401


@pytest.mark.parametrize("host", ["attacker.example", "127.0.0.1.attacker.example", "", "[bad"])
def test_another_host_name_is_refused(site: Site, host: str) -> None:
    told = site.as_("reviewer").get("/x", headers={"Host": host})
    assert told.status_code == 403
    assert told.json()["code"] == "ACC-008"
    assert site.client().get("/sign-in", headers={"Host": host}).status_code == 403


def test_the_port_of_the_host_does_not_matter(site: Site) -> None:
    assert site.as_("reviewer").get("/x", headers={"Host": "localhost:9999"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Requested-By": "case-review"},
        {"X-Requested-By": "case-review", "Origin": "http://evil.example"},
        {"X-Requested-By": "case-review", "Origin": "null"},
        {"X-Requested-By": "case-review", "Origin": "http://127.0.0.1:1"},
        {"Origin": ORIGIN},
    ],
    ids=["no origin", "foreign", "null", "other port", "no header of ours"],
)
@pytest.mark.parametrize("path", ["/api/score", "/api/pin", "/api/submit", "/api/upload"])
def test_a_write_from_elsewhere_is_refused(site: Site, path: str, headers: dict[str, str]) -> None:
    told = site.as_("reviewer").post(path, headers=headers, json={})
    assert told.status_code == 403
    assert told.json()["code"] == "ACC-008"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/password", "/language"])
def test_a_form_sent_from_elsewhere_is_refused(site: Site, path: str) -> None:
    for origin in ({}, {"Origin": "http://evil.example"}):
        told = site.as_("reviewer").post(path, data={"language": "en"}, headers=origin)
        assert told.status_code == 403


def test_a_websocket_needs_a_session_and_an_origin(site: Site) -> None:
    for client, origin in (
        (site.client(), ORIGIN),
        (site.as_("reviewer"), "http://evil.example"),
        (site.as_("reviewer"), ""),
    ):
        headers = {"Origin": origin} if origin else {}
        with (
            pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
            client.websocket_connect("/_stcore/stream", headers={"Host": "127.0.0.1", **headers}),
        ):
            pass
    with site.as_("reviewer").websocket_connect(
        "/_stcore/stream", headers={"Host": "127.0.0.1", "Origin": ORIGIN}
    ):
        pass


@pytest.mark.parametrize("path", ["/sign-in", "/x", "/api/jobs", "/assets/logo.png", "/healthz"])
def test_every_answer_carries_the_headers(site: Site, path: str) -> None:
    for client in (site.client(), site.as_("regulations")):
        told = client.get(path)
        for name, value in HEADERS.items():
            assert told.headers[name] == value


def test_a_first_password_opens_only_the_page_to_change_it(site: Site) -> None:
    client = site.as_("newcomer")
    assert client.get("/x").json()["code"] == "ACC-009"
    assert client.get("/x", headers={"Accept": "text/html"}).headers["location"] == "/password"
    assert client.get("/password").status_code == 200
    told = client.post("/api/score", headers=WRITING, json={})
    assert (told.status_code, told.json()["code"]) == (403, "ACC-009")
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        client.websocket_connect(
            "/_stcore/stream", headers={"Host": "127.0.0.1", "Origin": ORIGIN}
        ),
    ):
        pass


def test_the_front_end_is_there_for_a_page_whose_session_has_ended(site: Site) -> None:
    assert site.client().get("/static/js/LinkButton.Dy_S-0.js").status_code == 200
