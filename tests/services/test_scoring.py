"""Saving scores: history, versions, repeated sends, blindness, submission."""

import threading
from decimal import Decimal

import pytest
from sqlalchemy import func
from sqlmodel import select

from review.db.audit import AuditRecord, verify_chain
from review.db.session import reading, transaction
from review.documents.tables import PageRow
from review.errors import (
    BadScore,
    BadValue,
    NotAllowed,
    NotFound,
    ReasonMissing,
    SheetIncomplete,
    SheetSubmitted,
    Stale,
    WrongState,
)
from review.planning.tables import Round, RoundState
from review.scoring.tables import ItemScore, ScoreEvent
from review.services.desk import scoring


def save(scene, who="reviewer", **more):
    values = {
        "sheet_id": scene.sheets[who],
        "item_id": "DOC-02",
        "result": "部分符合",
        "chosen": {"gap": 2},
        "comment": "漏填两处",
        "base_version": 0,
        "client_id": "c1",
    } | more
    return scoring.save_score(scene.engine, scene.actors[who], **values)


def test_a_score_is_saved_with_its_history_and_audit_record(scene):
    saved = save(scene)
    assert (saved.version, saved.deduction) == (1, Decimal(10))
    assert saved.totals.done == 1
    again = save(scene, result="不符合", chosen={}, base_version=1, client_id="c2")
    assert (again.version, again.deduction) == (2, Decimal(60))
    with reading(scene.engine) as session:
        events = session.exec(select(ScoreEvent).order_by(ScoreEvent.id)).all()
        assert [(each.version, each.result) for each in events] == [
            (1, "部分符合"),
            (2, "不符合"),
        ]
        saves = session.exec(select(AuditRecord).where(AuditRecord.action == "score.save")).all()
        assert [each.detail["version"] for each in saves] == [1, 2]
        assert verify_chain(session)[0] == max(entry.sequence for entry in saves)


def test_a_repeated_send_changes_nothing_and_answers_the_same(scene):
    first = save(scene)
    assert save(scene) == first
    with reading(scene.engine) as session:
        assert session.exec(select(func.count()).select_from(ScoreEvent)).one() == 1


def test_a_repeated_send_is_answered_even_after_the_sheet_was_submitted(scene):
    first = save(scene)
    complete(scene)
    assert save(scene).version == first.version


def test_a_client_id_cannot_be_used_for_another_item(scene):
    save(scene)
    with pytest.raises(BadValue):
        save(scene, item_id="DOC-03", result="符合", chosen={})


def test_a_stale_write_is_refused_with_the_value_that_stands(scene):
    save(scene)
    with pytest.raises(Stale) as caught:
        save(scene, result="符合", chosen={}, client_id="c2")
    assert caught.value.details["current"] == 1
    assert caught.value.details["value"]["chosen"] == {"gap": 2}
    assert (
        scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"])
        .scores["DOC-02"]
        .version
        == 1
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"result": "合格吗"},
        {"item_id": "NO-99"},
        {"chosen": {"nonsense": 1}},
        {"chosen": {"gap": -1}},
        {"chosen": {"gap": "2"}},
        {"result": "符合", "chosen": {"gap": 1}},
    ],
)
def test_a_score_that_the_item_does_not_allow_is_refused(scene, wrong):
    with pytest.raises(BadScore):
        save(scene, **wrong)
    with reading(scene.engine) as session:
        assert session.exec(select(ItemScore)).all() == []


@pytest.mark.parametrize("wrong", [{"client_id": ""}, {"client_id": "x" * 101}])
def test_a_send_needs_a_name(scene, wrong):
    with pytest.raises(BadValue):
        save(scene, **wrong)


def test_a_comment_has_a_limit(scene):
    with pytest.raises(BadValue):
        save(scene, comment="长" * 2001)


@pytest.mark.parametrize(
    "who", ["second", "expert", "regulations", "unit", "leader", "administrator"]
)
def test_nobody_else_scores_on_a_sheet(scene, who):
    with pytest.raises(NotAllowed):
        scoring.save_score(
            scene.engine,
            scene.actors[who],
            sheet_id=scene.sheets["reviewer"],
            item_id="DOC-02",
            result="符合",
            base_version=0,
            client_id="x",
        )


@pytest.mark.parametrize("who", ["second", "expert", "unit", "other_unit", "administrator"])
def test_nobody_but_the_scorer_and_the_section_sees_an_open_sheet(scene, who):
    with pytest.raises(NotAllowed):
        scoring.open_sheet(scene.engine, scene.actors[who], scene.sheets["reviewer"])


def test_scorers_stay_blind_to_each_other_after_both_submitted(scene):
    complete(scene, "reviewer")
    complete(scene, "second")
    with pytest.raises(NotAllowed):
        scoring.open_sheet(scene.engine, scene.second, scene.sheets["reviewer"])
    assert [card.sheet_id for card in scoring.my_sheets(scene.engine, scene.second)] == [
        scene.sheets["second"]
    ]


def test_the_leader_sees_a_sheet_once_it_is_submitted(scene):
    with pytest.raises(NotAllowed):
        scoring.open_sheet(scene.engine, scene.leader, scene.sheets["reviewer"])
    complete(scene)
    view = scoring.open_sheet(scene.engine, scene.leader, scene.sheets["reviewer"])
    assert view.read_only
    assert [card.sheet_id for card in scoring.sheet_cards(scene.engine, scene.leader)] == [
        scene.sheets["reviewer"]
    ]


def complete(scene, who="reviewer"):
    sheet_id = scene.sheets[who]
    actor = scene.actors[who]
    view = scoring.open_sheet(scene.engine, actor, sheet_id)
    for item in ("DOC-01", "DOC-02", "DOC-03"):
        if item not in view.scores:
            save(scene, who, item_id=item, result="符合", chosen={}, client_id=f"s{item}")
    scoring.submit(scene.engine, actor, sheet_id, overall="总体较好", seen_version=view.version)


def test_a_sheet_with_open_items_is_not_submitted(scene):
    save(scene)
    with pytest.raises(SheetIncomplete) as caught:
        scoring.submit(
            scene.engine, scene.reviewer, scene.sheets["reviewer"], overall="", seen_version=1
        )
    assert caught.value.details["item_ids"] == ("DOC-01", "DOC-03")
    assert "DOC-01" in caught.value.text("zh")


def test_an_undecided_item_is_not_a_decision(scene):
    save(scene, item_id="DOC-01", result="待核", chosen={}, client_id="u1")
    save(scene)
    save(scene, item_id="DOC-03", result="符合", chosen={}, client_id="u3")
    with pytest.raises(SheetIncomplete):
        scoring.submit(
            scene.engine, scene.reviewer, scene.sheets["reviewer"], overall="", seen_version=1
        )


def test_a_submitted_sheet_takes_no_scores(scene):
    complete(scene)
    with pytest.raises(SheetSubmitted):
        save(scene, base_version=1, client_id="late")
    with pytest.raises(SheetSubmitted):
        scoring.pin(
            scene.engine,
            scene.reviewer,
            sheet_id=scene.sheets["reviewer"],
            item_id="DOC-02",
            page_id=scene.pages[0],
        )


def test_submission_at_an_outdated_version_is_refused(scene):
    with pytest.raises(Stale):
        scoring.submit(
            scene.engine, scene.reviewer, scene.sheets["reviewer"], overall="", seen_version=7
        )


def test_the_section_reopens_a_sheet_with_a_reason(scene):
    complete(scene)
    sheet_id = scene.sheets["reviewer"]
    with pytest.raises(ReasonMissing):
        scoring.reopen(scene.engine, scene.regulations, sheet_id, reason=" ")
    with pytest.raises(NotAllowed):
        scoring.reopen(scene.engine, scene.reviewer, sheet_id, reason="改一处")
    scoring.reopen(scene.engine, scene.regulations, sheet_id, reason="漏评一处")
    assert save(scene, base_version=1, client_id="after").version == 2
    with pytest.raises(WrongState):
        scoring.reopen(scene.engine, scene.regulations, sheet_id, reason="再退")


def test_no_scores_outside_the_scoring_phase(scene):
    with transaction(scene.engine) as session:
        row = session.get(Round, scene.round_id)
        row.state = RoundState.CLOSED
        session.add(row)
    with pytest.raises(WrongState):
        save(scene)
    assert scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"]).read_only


def test_pins_keep_to_the_case_and_the_page(scene):
    sheet_id = scene.sheets["reviewer"]

    def put(**more):
        values = {
            "sheet_id": sheet_id,
            "item_id": "DOC-02",
            "page_id": scene.pages[0],
            "box": [10, 20, 110, 40],
            "quote": "二〇二三年",
        } | more
        return scoring.pin(scene.engine, scene.reviewer, **values)

    pin_id = put()
    with pytest.raises(NotFound):
        put(page_id=scene.pages[1])
    for box in ([10, 20, 5, 40], [0, 0, 9000, 10], [1, 2, 3]):
        with pytest.raises(BadValue):
            put(box=box)
    view = scoring.open_sheet(scene.engine, scene.reviewer, sheet_id)
    assert [(each.id, each.box) for each in view.pins] == [(pin_id, (10, 20, 110, 40))]
    scoring.unpin(scene.engine, scene.reviewer, sheet_id=sheet_id, pin_id=pin_id)
    assert scoring.open_sheet(scene.engine, scene.reviewer, sheet_id).pins == ()
    with pytest.raises(NotFound):
        scoring.unpin(scene.engine, scene.reviewer, sheet_id=sheet_id, pin_id=999)


def test_the_edition_of_a_sheet_stays_whatever_the_folder_holds(scene, checklists):
    path = checklists / "penalty" / "2020-01-01.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("points: 20", "points: 30"))
    assert save(scene, chosen={"late": 1}).deduction == Decimal(20)


def test_parallel_writers_lose_nothing(scene):
    """Two tabs write all items at once: each item ends at the number of its accepted writes."""
    accepted: list[tuple[str, int]] = []

    def write(tab: int) -> None:
        for turn in range(4):
            for item in ("DOC-02", "DOC-03"):
                version = 0
                for attempt in range(50):
                    try:
                        saved = save(
                            scene,
                            item_id=item,
                            result="符合",
                            chosen={},
                            base_version=version,
                            client_id=f"{tab}-{turn}-{item}-{attempt}",
                        )
                    except Stale as stale:
                        version = stale.details["current"]
                        continue
                    accepted.append((item, saved.version))
                    break

    threads = [threading.Thread(target=write, args=(tab,)) for tab in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for item in ("DOC-02", "DOC-03"):
        versions = sorted(version for each, version in accepted if each == item)
        assert versions == list(range(1, 13))
    with reading(scene.engine) as session:
        saves = session.exec(select(AuditRecord).where(AuditRecord.action == "score.save")).all()
        assert len(saves) == 24
        assert verify_chain(session)[0] == max(entry.sequence for entry in saves)


def test_totals_follow_the_edition(scene):
    view = scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"])
    assert [section.id for section in view.edition.sections] == ["A"]
    assert (view.totals.items, view.totals.done, view.totals.grade) == (3, 0, None)
    save(scene)
    save(scene, item_id="DOC-01", result="符合", chosen={}, client_id="a")
    saved = save(scene, item_id="DOC-03", result="不适用", chosen={}, client_id="b")
    assert saved.totals.score == Decimal("83.33")  # 50 of 60, rescaled to 100
    assert saved.totals.grade.zh == "良好"


def test_pages_without_images_have_no_url(scene):
    view = scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"])
    assert [page.view_url for page in view.pages] == [""]
    with transaction(scene.engine) as session:
        page = session.get(PageRow, scene.pages[0])
        page.view_sha256 = "ab" * 32
        session.add(page)
    view = scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"])
    assert view.pages[0].view_url == f"/page/{scene.pages[0]}/view?v={'ab' * 8}"
    assert view.pages[0].document_kind == "行政处罚决定书"
