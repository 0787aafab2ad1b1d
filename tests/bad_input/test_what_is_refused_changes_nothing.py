"""Through routes and services: the message in both languages, and everything else as it was."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import event, text
from sqlmodel import Session, select

from review.casefiles.tables import ImportJob
from review.db.accounts import User
from review.errors import BadDataFile, BadLedger, PointsDoNotAddUp, ReviewError
from review.services.access import Actor, actor_from
from review.services.case_files import ledger
from review.services.reading.import_workflow import take_in
from review.services.rounds import rounds
from review.settings import settings
from tests.bad_input import made
from tests.bad_input.conftest import Site
from tests.browser.scene import CASE_NO
from tests.web.conftest import WRITING

SCORE = {
    "sheet_id": 1,
    "item_id": "PRO-12",
    "result": "不符合",
    "chosen": {},
    "comment": "超期",
    "base_version": 0,
    "client_id": "client-0001",
}


def score(site: Site, login: str = "reviewer", **changes: object):
    return site.as_(login).post("/api/score", headers=WRITING, json=SCORE | changes)


def upload(site: Site, content: bytes, name: str = "a.pdf", login: str = "regulations"):
    named = {"X-File-Name": quote(name), "X-Case-No": quote(CASE_NO)}
    return site.as_(login).post("/api/upload", headers=WRITING | named, content=content)


def person(site: Site, login: str) -> Actor:
    with Session(site.engine) as session:
        return actor_from(session.exec(select(User).where(User.login == login)).one())


def assert_told(told, status: int, code: str) -> None:
    """Code and status, and a text with remedy in each language without a gap left in it."""
    body = told.json()
    assert (told.status_code, body["code"]) == (status, code)
    assert re.search(r"请.+。", body["zh"])
    assert len(re.findall(r"[.;]", body["en"])) >= 1
    assert not re.search(r"[{}]", body["zh"] + body["en"])


def test_a_score_on_a_submitted_sheet(site: Site, unchanged) -> None:
    with site.engine.begin() as connection:
        connection.execute(text("UPDATE scoresheet SET state = 'submitted' WHERE id = 1"))
    with unchanged():
        assert_told(score(site), 409, "SCO-001")


def test_a_stale_version(site: Site, unchanged) -> None:
    assert score(site).status_code == 200
    with unchanged():
        told = score(site, client_id="client-0002", result="符合")
        assert_told(told, 409, "DB-001")
        assert "PRO-12" in told.json()["zh"]
        assert "PRO-12" in told.json()["en"]


@pytest.mark.parametrize("login", ["unit", "leader", "administrator"])
def test_a_role_without_the_right(site: Site, unchanged, login: str) -> None:
    with unchanged():
        told = upload(site, made.pdf(), login=login)
        assert_told(told, 403, "ACC-002")
        assert not re.search(r"[\u4e00-\u9fff]", told.json()["en"])
        assert score(site, login).status_code in (403, 404)


def test_an_item_and_a_deduction_that_the_edition_does_not_have(site: Site, unchanged) -> None:
    with unchanged():
        told = score(site, item_id="NOPE-1")
        assert_told(told, 422, told.json()["code"])
        assert "NOPE-1" in told.json()["zh"]
        told = score(site, chosen={"nope": 1})
        assert_told(told, 422, "SCO-002")
        assert "PRO-12" in told.json()["zh"]


def test_a_full_database(site: Site, unchanged) -> None:
    def limit(connection, _record) -> None:
        connection.execute("PRAGMA max_page_count=1")  # is raised to what is used already

    event.listen(site.engine, "connect", limit)
    site.engine.dispose()
    try:
        with unchanged():
            assert_told(score(site, comment="满" * 1900), 503, "DB-004")
    finally:
        event.remove(site.engine, "connect", limit)
        site.engine.dispose()
    assert score(site, comment="满" * 1900).status_code == 200


def test_a_full_disk_while_a_file_is_sent(site: Site, unchanged, monkeypatch) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, monkeypatch.context() as patch:
        patch.setattr("review.web.uploads.tempfile.NamedTemporaryFile", lambda **_how: full)
        with unchanged():
            assert_told(upload(site, made.pdf()), 503, "DB-004")


def test_a_file_above_the_limit(site: Site, unchanged, monkeypatch) -> None:
    monkeypatch.setenv("CASE_REVIEW_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    with unchanged():
        told = upload(site, b"%PDF-1.7" + b"x" * (1 << 20), "超大的案卷😀.pdf")
        assert_told(told, 413, "DOC-008")
        assert "超大的案卷😀.pdf" in told.json()["en"]
        assert "1 MB" in told.json()["zh"]


@pytest.mark.parametrize("name", ["长" * 84 + "abc", "长" * 83 + "ab.pdf", "😀" * 62 + "abc.pdf"])
def test_names_up_to_255_bytes_are_taken_in(site: Site, name: str) -> None:
    assert len(name.encode()) == 255
    assert upload(site, made.pdf(), name).status_code == 202
    with Session(site.engine) as session:
        job = session.exec(select(ImportJob)).one()
        assert job.name == name
        (entry,) = take_in(job.id)
        assert entry["source"] == name


def test_a_name_of_256_bytes(site: Site, unchanged) -> None:
    with unchanged():
        assert_told(upload(site, made.pdf(), "长" * 84 + "abcd"), 422, "RND-004")


EDITION = """
title: {zh: 样例标准, en: Sample edition}
total: 100
sections:
  - id: A
    title: {zh: 程序, en: Procedure}
    points: 100
    items:
      - {id: DOC-01, title: {zh: 期限, en: Time limits}, points: 100}
"""


@pytest.mark.parametrize(
    ("wrong", "error", "place"),
    [
        (EDITION.replace("points: 100}", "punkte: 100}"), BadDataFile, "punkte"),
        (EDITION.replace("points: 100}", "points: 90}"), PointsDoNotAddUp, "sections[0]"),
        (EDITION.replace("total: 100", "total: 100\n  bad indent: 1"), BadDataFile, "4"),
    ],
    ids=["wrong key", "points that do not add up", "syntax"],
)
def test_a_wrong_checklist_stops_the_plan_with_file_and_place(
    site: Site, unchanged, wrong: str, error: type[ReviewError], place: str
) -> None:
    file = settings().checklists / "penalty" / "2026-01-02.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(wrong, encoding="utf-8")
    section = person(site, "regulations")
    assert section.unit_id is not None
    with unchanged(), pytest.raises(error) as caught:
        rounds.plan_round(
            site.engine,
            section,
            title="样例第九轮",
            year=2026,
            scope_from=date(2026, 1, 1),
            scope_to=date(2026, 6, 30),
            starts_on=date(2026, 7, 1),
            ends_on=date(2026, 7, 31),
            unit_ids=[section.unit_id],
        )
    for language in ("zh", "en"):
        told = caught.value.text(language)
        assert "2026-01-02.yaml" in told
        assert place in told
        assert not re.search(r"[{}]", told)
    assert "请" in caught.value.text("zh")


HEADER = "案号,承办单位,案由,程序类型,罚款金额（元）,结案日期"


@pytest.mark.parametrize(
    ("raw", "zh", "en"),
    [
        (f"{HEADER}\n样例罚〔2026〕1号,样例单位,x,y,1,2026-02-30", "第 2 行", "row 2"),
        ("甲,乙\n1,2", "案号", "no column 案号"),
        (f"{HEADER}\n样例罚〔2026〕1号,没有这个单位,x,普通程序,很多,2026-02-03", "很多", "很多"),
    ],
    ids=["a date that does not exist", "no case-number column", "no amount"],
)
def test_a_wrong_ledger_names_row_and_column(site: Site, unchanged, raw, zh, en) -> None:
    section = person(site, "regulations")
    with unchanged(), pytest.raises(BadLedger) as caught:
        ledger.import_ledger(site.engine, section, raw=raw.encode(), name="台账.csv")
    assert zh in caught.value.text("zh")
    assert en in caught.value.text("en")
    assert "请" in caught.value.text("zh")
    assert "Correct them" in caught.value.text("en")
