"""Sign-in, sign-out, password and language by plain requests."""

import pytest

from review.web.entrance import own_path
from review.web.identity import COOKIE
from tests.browser.scene import PASSWORD
from tests.web.conftest import ORIGIN, Site

FROM_HERE = {"Origin": ORIGIN}


def form(site: Site, **fields: str):
    return site.client().post("/sign-in", data=fields, headers=FROM_HERE)


def test_signing_in_sets_a_strict_cookie_out_of_reach_of_scripts(site: Site) -> None:
    told = form(site, login="reviewer", password=PASSWORD, next="/scoring?sheet=1")
    assert (told.status_code, told.headers["location"]) == (303, "/scoring?sheet=1")
    cookie = told.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in ("HttpOnly", "SameSite=strict", "Path=/"):
        assert part in cookie


def test_the_session_id_is_new_at_every_sign_in_and_the_old_one_ends(site: Site) -> None:
    client = site.client()
    client.cookies.set(COOKIE, "planted-by-somebody")
    data = {"login": "reviewer", "password": PASSWORD}
    client.post("/sign-in", data=data, headers=FROM_HERE)
    first = client.cookies[COOKIE] if len(client.cookies) == 1 else None
    fresh = site.client()
    fresh.post("/sign-in", data=data, headers=FROM_HERE)
    kept = fresh.cookies[COOKIE]
    assert kept not in {"planted-by-somebody", first}
    fresh.post("/sign-in", data=data, headers=FROM_HERE)
    old = site.client()
    old.cookies.set(COOKIE, kept)
    assert old.get("/x").status_code == 401


@pytest.mark.parametrize("login", ["reviewer", "nobody", ""])
def test_wrong_credentials_get_one_and_the_same_answer(site: Site, login: str) -> None:
    told = form(site, login=login, password="wrong password")
    assert told.status_code == 401
    assert "账号或密码不正确" in told.text
    assert "set-cookie" not in told.headers


def test_the_form_shows_no_markup_from_what_was_typed(site: Site) -> None:
    told = form(site, login='"><script>alert(1)</script>', password="x", next='/"onload="x')
    assert "<script>" not in told.text
    assert '"onload' not in told.text


def test_the_sixth_try_is_locked_out(site: Site) -> None:
    for _ in range(5):
        form(site, login="leader", password="wrong password")
    told = form(site, login="leader", password=PASSWORD, lang="en")
    assert told.status_code == 429
    assert "Too many failed sign-ins" in told.text


def test_both_languages_are_complete_pages(site: Site) -> None:
    zh, en = (site.client().get(f"/sign-in?lang={code}").text for code in ("zh", "en"))
    assert '<html lang="zh-CN">' in zh
    assert "登录" in zh
    assert '<html lang="en">' in en
    assert "Sign in" in en
    assert "登录" not in en


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/scoring?sheet=1", "/scoring?sheet=1"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
    ],
)
def test_one_is_sent_to_this_site_only(wanted: str, goes_to: str) -> None:
    assert own_path(wanted) == goes_to


def test_signing_out_ends_the_session_on_the_server(site: Site) -> None:
    client = site.as_("reviewer")
    told = client.post("/sign-out", headers=FROM_HERE)
    assert (told.status_code, told.headers["location"]) == (303, "/sign-in")
    assert site.as_("reviewer").get("/x").status_code == 401


def test_the_password_form_says_what_is_wrong(site: Site) -> None:
    client = site.as_("reviewer")
    for fields, status, words in (
        ({"old": PASSWORD, "new": "a" * 12, "again": "b" * 12}, 422, "不一致"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, 422, "10"),
        ({"old": "wrong", "new": "a" * 12, "again": "a" * 12}, 401, "不正确"),
    ):
        told = client.post("/password", data=fields, headers=FROM_HERE)
        assert told.status_code == status
        assert words in told.text
    fields = {"old": PASSWORD, "new": "a new password", "again": "a new password"}
    assert client.post("/password", data=fields, headers=FROM_HERE).status_code == 303
    assert client.get("/x").status_code == 200


def test_a_form_of_absurd_size_is_refused(site: Site) -> None:
    told = form(site, login="a" * 20_000, password="x")
    assert told.status_code == 422


def test_the_language_is_kept(site: Site) -> None:
    client = site.as_("reviewer")
    told = client.post("/language", data={"language": "en", "next": "/a"}, headers=FROM_HERE)
    assert (told.status_code, told.headers["location"]) == (303, "/a")
    assert "Choose a new password" in client.get("/password").text
    told = client.post("/language", data={"language": "fr"}, headers=FROM_HERE)
    assert told.status_code == 422
