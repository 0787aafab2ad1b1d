"""Routes of the review desk: receipts, stale versions, bad bodies, page images and their words."""

import json
import sqlite3

import pytest
from sqlalchemy import text
from sqlmodel import select

from review.casefiles.media import KeyFrame, MediaRecord, as_json
from review.casefiles.tables import SourceFile
from review.common.store import Store
from review.db.accounts import User
from review.db.session import reading, transaction
from review.scoring.adoption import FAULTS
from review.services.access import actor_from
from review.services.desk import scoring
from review.settings import settings
from tests.web.conftest import WRITING, Site

SCORE = {
    "sheet_id": 1,
    "item_id": "PRO-12",
    "result": "不符合",
    "chosen": {},
    "comment": "超期",
    "base_version": 0,
    "client_id": "client-0001",
}


def save(site: Site, **changes: object):
    return site.as_("reviewer").post("/api/score", headers=WRITING, json=SCORE | changes)


def test_a_receipt_carries_version_deduction_and_totals(site: Site) -> None:
    told = save(site)
    assert told.status_code == 200
    receipt = told.json()
    assert (receipt["item_id"], receipt["version"], receipt["deduction"]) == ("PRO-12", 1, 2)
    assert receipt["totals"]["deducted"] == 2
    assert "PRO-12" not in receipt["totals"]["undecided"]
    assert told.headers["cache-control"] == "no-store"


def test_the_same_send_again_changes_nothing(site: Site) -> None:
    assert save(site).json()["version"] == save(site).json()["version"] == 1


def test_a_stale_version_is_told_with_the_value_that_stands(site: Site) -> None:
    save(site)
    told = save(site, client_id="client-0002", result="符合")
    assert told.status_code == 409
    body = told.json()
    assert body["code"] == "DB-001"
    assert body["details"]["value"]["result"] == "不符合"
    assert body["details"]["value"]["version"] == 1
    assert "PRO-12" in body["zh"]
    assert "PRO-12" in body["en"]


@pytest.mark.parametrize(
    "changes",
    [
        {"sheet_id": "1"},
        {"sheet_id": True},
        {"item_id": ""},
        {"item_id": "x" * 41},
        {"chosen": {"late": -1}},
        {"chosen": {"late": 1.5}},
        {"chosen": [1]},
        {"comment": "x" * 4001},
        {"comment": None},
        {"base_version": -1},
        {"client_id": "short"},
        {"surprise": 1},
        {"result": "excellent"},
        {"item_id": "NOPE-1"},
        {"result": "符合", "chosen": {"late": 1}},
    ],
)
def test_a_body_that_is_not_a_score_is_refused_in_both_languages(site: Site, changes: dict) -> None:
    told = save(site, **changes)
    assert told.status_code == 422
    body = told.json()
    assert body["zh"]
    assert body["en"]
    with site.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM scoreevent")).scalar() == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"sheet_id": NaN}'])
def test_what_is_no_object_is_refused(site: Site, content: bytes) -> None:
    told = site.as_("reviewer").post("/api/score", headers=WRITING, content=content)
    assert told.status_code == 422


def test_a_body_of_absurd_size_is_refused(site: Site) -> None:
    content = json.dumps(SCORE | {"comment": "x" * 70_000}).encode()
    told = site.as_("reviewer").post("/api/score", headers=WRITING, content=content)
    assert told.status_code == 413


def test_an_unforeseen_error_gives_a_reference_and_no_cause(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("review.services.desk.scoring.save_score", broken)
    told = save(site)
    assert told.status_code == 500
    assert told.json()["code"] == "GEN-002"
    assert "hunter2" not in told.text
    assert told.json()["details"]["reference"] in told.json()["zh"]


def test_a_locked_database_says_busy_and_saves_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = site.as_("reviewer")
    monkeypatch.setattr("review.db.session.WAIT_SECONDS", 0)
    site.engine.dispose()
    holder = sqlite3.connect(settings().home / "case-review.db", isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        told = client.post("/api/score", headers=WRITING, json=SCORE)
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert (told.status_code, told.json()["code"]) == (503, "DB-003")
    assert save(site).status_code == 200


def test_page_images_are_jpegs_that_only_this_browser_keeps(site: Site) -> None:
    for size in ("view", "thumb"):
        told = site.as_("reviewer").get(f"/page/1/{size}?v=x")
        assert told.headers["content-type"] == "image/jpeg"
        assert told.content.startswith(b"\xff\xd8")
        assert told.headers["cache-control"].startswith("private,")


@pytest.mark.parametrize(
    "who", ["reviewer", "second", "regulations", "leader", "expert", "unit", "administrator"]
)
def test_key_frames_are_for_those_who_see_the_whole_case(site: Site, who: str) -> None:
    sha256 = Store(settings().store).add(b"\xff\xd8 a frame")
    with transaction(site.engine) as session:
        source = session.exec(select(SourceFile).where(SourceFile.case_id == 1)).first()
        assert source is not None
        record = MediaRecord(
            **dict.fromkeys(("source", "container", "codec", "recorder_no", "officer"), ""),
            **dict.fromkeys(("duration_s", "created_at", "starts_at", "ends_at")),
            kind="video",
            sha256="0" * 64,
            frames=(KeyFrame(0.5, sha256),),
        )
        source.media = as_json(record)
        session.add(source)
        session.flush()
        url = f"/frame/{source.id}/1"
    told = site.as_(who).get(url)
    if who not in {"reviewer", "second", "regulations", "leader"}:
        assert told.status_code == 403
        return
    assert told.headers["content-type"] == "image/jpeg"
    assert told.content == b"\xff\xd8 a frame"
    assert told.headers["cache-control"].startswith("private,")
    assert site.client().get(url).status_code == 401


@pytest.mark.parametrize(
    "url",
    [
        "/page/1/huge",
        "/page/999/view",
        "/page/x/view",
        "/page/-1/view",
        "/page/1e3/text",
        "/frame/1/9",
        "/frame/x/1",
        "/frame/1/-1",
        "/frame/999/1",
    ],
)
def test_a_page_that_is_not_there_is_not_found(site: Site, url: str) -> None:
    assert site.as_("reviewer").get(url).status_code == 404


def test_the_words_of_a_page_come_with_their_boxes(site: Site) -> None:
    told = site.as_("reviewer").get("/page/3/text").json()
    assert (told["width"], told["height"]) == (595, 842)
    line = next(each for each in told["lines"] if each["text"].startswith("立案时间"))
    left, top, right, bottom = line["box"]
    assert 0 < left < right < 595
    assert 0 < top < bottom < 842


def test_pins_come_and_go(site: Site) -> None:
    client = site.as_("reviewer")
    body = {
        "sheet_id": 1,
        "item_id": "PRO-12",
        "page_id": 3,
        "box": [10.0, 10.0, 90.0, 30.0],
        "quote": "立案",
    }
    made = client.post("/api/pin", headers=WRITING, json=body)
    assert made.status_code == 200
    gone = {"sheet_id": 1, "pin_id": made.json()["id"]}
    assert client.post("/api/unpin", headers=WRITING, json=gone).status_code == 200
    for box in ([10.0, 10.0, 5.0, 30.0], [0.0, 0.0, 9000.0, 10.0], [1.0, 2.0, 3.0]):
        told = client.post("/api/pin", headers=WRITING, json=body | {"box": box})
        assert told.status_code == 422


def test_an_incomplete_sheet_is_refused_with_its_items(site: Site) -> None:
    told = site.as_("reviewer").post(
        "/api/submit", headers=WRITING, json={"sheet_id": 1, "overall": "", "seen_version": 1}
    )
    assert (told.status_code, told.json()["code"]) == (422, "SCO-003")
    assert len(told.json()["details"]["item_ids"]) == 85


def test_a_proposal_is_rejected_with_a_reason_by_its_own_scorer(site: Site) -> None:
    with reading(site.engine) as session:
        scorer = session.get(User, site.scene.users["reviewer"])
    assert scorer is not None
    view = scoring.open_sheet(site.engine, actor_from(scorer), 1)
    item_id = next(key for key, each in view.proposals.items() if each.result in FAULTS)
    body = {"sheet_id": 1, "item_id": item_id, "reason_key": "misread", "reason": "样例"}
    page = site.as_("reviewer")
    told = page.post("/api/reject", headers=WRITING, json=body)
    assert told.status_code == 200
    assert "样例" in told.json()["reason"]
    for changed, status in (
        ({"reason_key": "whim"}, 422),
        ({"reason_key": ""}, 422),
        ({"item_id": "no-such-item"}, 404),
    ):
        assert page.post("/api/reject", headers=WRITING, json=body | changed).status_code == status
    assert page.post("/api/reject", json=body).status_code == 403
    assert site.as_("second").post("/api/reject", headers=WRITING, json=body).status_code == 403
