"""The streaming upload: names in any language, limits, and nothing left behind by a broken one."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from sqlmodel import Session, select

from review.casefiles.tables import ImportJob
from review.settings import settings
from tests.browser.scene import CASE_NO
from tests.web.conftest import WRITING, Site

CONTENT = b"%PDF-1.7\n" + b"x" * 5000


def send(site: Site, content: bytes | Iterator[bytes] = CONTENT, **headers: str):
    named = {"X-File-Name": "a.pdf"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return site.as_("regulations").post("/api/upload", headers=WRITING | named, content=content)


def jobs(site: Site) -> list[ImportJob]:
    with Session(site.engine) as session:
        return list(session.exec(select(ImportJob)).all())


def left_behind() -> list[str]:
    folder = settings().home / "spool"
    return [each.name for each in folder.glob("*")] if folder.exists() else []


def test_a_file_becomes_an_import_job_and_the_spool_is_empty(site: Site) -> None:
    told = send(site, X_File_Name=quote("样例 案卷①.pdf"), X_Case_No=quote(CASE_NO))
    assert told.status_code == 202
    (job,) = jobs(site)
    assert (job.name, job.size, job.case_id) == ("样例 案卷①.pdf", len(CONTENT), site.scene.case_id)
    assert told.json()["id"] == job.id
    assert left_behind() == []


def test_progress_is_told_to_those_who_import(site: Site) -> None:
    send(site)
    told = site.as_("regulations").get("/api/jobs").json()["jobs"]
    assert [(job["name"], job["state"]) for job in told] == [("a.pdf", "waiting")]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\a\\b.pdf", "b.pdf"), ("/x/y.pdf", "y.pdf")],
)
def test_folders_in_a_name_are_dropped(site: Site, given: str, kept: str) -> None:
    assert send(site, X_File_Name=quote(given, safe="")).status_code == 202
    assert [job.name for job in jobs(site)] == [kept]


@pytest.mark.parametrize(
    "name", ["", "..", "%00.pdf", "a%0ab.pdf", "%ff%fe.pdf", "x" * 256, "dir/"]
)
def test_a_name_that_is_none_is_refused(site: Site, name: str) -> None:
    told = send(site, X_File_Name=name)
    assert (told.status_code, told.json()["code"]) == (422, "RND-004")
    assert jobs(site) == []
    assert left_behind() == []


def test_an_unknown_case_number_is_refused_and_named(site: Site) -> None:
    told = send(site, X_Case_No=quote("样例〔2026〕9999号"))
    assert told.status_code == 404
    assert "9999" in told.json()["zh"]
    assert left_behind() == []


def test_an_empty_body_is_refused(site: Site) -> None:
    told = send(site, b"")
    assert (told.status_code, told.json()["code"]) == (422, "DOC-002")


def test_a_body_that_announces_too_much_is_refused_before_it_is_read(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASE_REVIEW_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    told = send(site, b"x" * (1024 * 1024 + 1))
    assert (told.status_code, told.json()["code"]) == (413, "DOC-008")
    assert "a.pdf" in told.json()["zh"]


def test_a_body_without_a_length_is_counted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASE_REVIEW_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    told = send(site, iter([b"x" * 700_000, b"x" * 700_000]))
    assert told.status_code == 413
    assert jobs(site) == []
    assert left_behind() == []


def test_a_body_shorter_than_announced_is_refused(site: Site) -> None:
    told = send(site, iter([CONTENT]), Content_Length=str(len(CONTENT) + 1))
    assert (told.status_code, told.json()["code"]) == (422, "DOC-006")
    assert jobs(site) == []
    assert left_behind() == []
