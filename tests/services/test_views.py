"""My work, the audit trail, editions, hidden proposals and the generated documentation."""

import pytest
from sqlalchemy import text

from review.checks.tables import CheckRow
from review.db.session import transaction
from review.errors import NotAllowed, NotFound
from review.planning.tables import Round
from review.services import audit_view, documentation, work
from review.services.access import Role
from review.services.case_files import cases
from review.services.desk import scoring
from review.services.plain import plain
from review.services.rules import editions
from tests.services.conftest import scored


def counts(scene, who):
    return {each.key: each.value for each in work.my_work(scene.engine, scene.actors[who]).counts}


def test_each_role_sees_what_waits_for_it(scene):
    assert counts(scene, "reviewer") == {"open": 1, "begun": 0, "late": 1, "submitted": 0}
    assert counts(scene, "expert")["open"] == 0
    assert counts(scene, "regulations") == {
        "submitted": 0,
        "proposed": 0,
        "verify": 0,
        "imports": 0,
        "credit": 0,
    }
    assert counts(scene, "leader")["cases"] == 2
    assert counts(scene, "unit") == {"open": 0, "overdue": 0, "submitted": 0, "closed": 0}
    assert counts(scene, "administrator") == {"users": 8, "first": 0, "samples": 0}
    mine = work.my_work(scene.engine, scene.reviewer)
    assert [each.sheet_id for each in mine.sheets] == [scene.sheets["reviewer"]]
    assert mine.rounds == mine.lists == ()
    assert work.my_work(scene.engine, scene.regulations).rounds[0].id == scene.round_id


def test_the_trail_tells_that_a_score_was_saved_and_not_which(scene):
    scored(scene, "reviewer", {"DOC-03": "不符合"})
    rows = audit_view.records(scene.engine, scene.administrator, subject="score_sheet").rows
    assert [row.action for row in rows] == ["sheet.submit", *["score.save"] * 3]
    assert rows[1].detail["item"] == "DOC-03"
    for row in rows:
        for name in {"result", "chosen", "deduction", "score", "grade", "origin"} & set(row.detail):
            assert row.detail[name] == audit_view.WITHHELD
    assert audit_view.chain_status(scene.engine, scene.administrator).broken_at is None


def test_the_trail_is_shown_newest_first_and_its_break_is_named(scene):
    page = audit_view.records(scene.engine, scene.administrator, limit=2)
    assert page.total == 9  # plan, notice, step, list, two numbers, draw, two seats
    assert [row.action for row in page.rows] == ["round.assign_one", "round.assign_one"]
    assert page.rows[0].actor_name == "regulations"
    drawn = audit_view.records(scene.engine, scene.administrator, action="round.draw")
    assert len(drawn.rows[0].detail["seed"]) == 64
    by_subject = audit_view.records(
        scene.engine, scene.administrator, subject="round", subject_id=str(scene.round_id)
    )
    assert by_subject.total == 9
    status = audit_view.chain_status(scene.engine, scene.administrator)
    assert (status.records, status.broken_at) == (9, None)
    with transaction(scene.engine) as session:
        session.connection().execute(text("UPDATE auditrecord SET action = 'x' WHERE sequence = 2"))
    status = audit_view.chain_status(scene.engine, scene.administrator)
    assert status.broken_at == 2
    assert "2" in status.message.zh
    with pytest.raises(NotAllowed):
        audit_view.chain_status(scene.engine, scene.regulations)


def test_a_round_that_hides_proposals_hides_them_everywhere(scene):
    with transaction(scene.engine) as session:
        session.add(
            CheckRow(
                case_id=scene.cases[0],
                check_id="DEC004",
                outcome="fail",
                severity="major",
                defects=["D-63"],
                message_zh="超期",
                message_en="late",
                evidence=[],
                law=[],
            )
        )
    sheet = scene.sheets["reviewer"]
    assert scoring.open_sheet(scene.engine, scene.reviewer, sheet).proposals
    assert cases.case_view(scene.engine, scene.reviewer, scene.cases[0]).checks
    with transaction(scene.engine) as session:
        row = session.get(Round, scene.round_id)
        row.hide_proposals = True
        session.add(row)
    view = scoring.open_sheet(scene.engine, scene.reviewer, sheet)
    assert (view.proposals, view.proposals_hidden) == ({}, True)
    assert cases.case_view(scene.engine, scene.reviewer, scene.cases[0]).checks == ()
    assert scoring.open_sheet(scene.engine, scene.regulations, sheet).proposals
    assert cases.case_view(scene.engine, scene.regulations, scene.cases[0]).checks


def test_editions_are_listed_and_opened_by_key(scene):
    cards = editions.list_cards(scene.engine, scene.administrator)
    assert [(card.key, card.items, card.vetoes) for card in cards] == [("penalty/2020-01-01", 3, 1)]
    assert editions.edition_view(scene.engine, scene.reviewer, cards[0].key).items
    with pytest.raises(NotFound):
        editions.edition_view(scene.engine, scene.reviewer, "penalty/1999-01-01")
    with pytest.raises(NotAllowed):
        editions.list_cards(scene.engine, scene.unit)


def test_the_newest_edition_of_the_day_wins_and_a_narrower_one_goes_first(scene, checklists):
    from datetime import date

    old = checklists / "penalty" / "2020-01-01.yaml"
    content = old.read_text(encoding="utf-8")
    (checklists / "penalty" / "2022-01-01.yaml").write_text(content, encoding="utf-8")
    narrow = checklists / "penalty-summary"
    narrow.mkdir()
    (narrow / "2022-01-01.yaml").write_text(content + "procedures: [summary]\n", encoding="utf-8")
    chosen = editions.newest_editions(scene.engine, date(2023, 1, 1))
    assert chosen["ordinary"]["key"] == "penalty/2022-01-01"
    assert chosen["summary"]["key"] == "penalty-summary/2022-01-01"
    before = editions.newest_editions(scene.engine, date(2021, 1, 1))
    assert {each["key"] for each in before.values()} == {"penalty/2020-01-01"}


def test_views_become_plain_json(scene):
    import json

    view = scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"])
    text_form = json.dumps(plain(view), ensure_ascii=False, allow_nan=False)
    again = json.loads(text_form)
    assert again["edition"]["sections"][0]["items"][1]["points"] == 60
    assert again["sheet"]["due_on"] == "2024-01-31"
    assert again["edition"]["results"][0]["id"] == "符合"


def test_documentation_is_written_once_and_then_current(scene, tmp_path):
    docs = tmp_path / "docs"
    written = documentation.write(docs=docs)
    assert docs / "errors.md" in written
    assert documentation.write(check=True, docs=docs) == []
    (docs / "errors.md").write_text("changed by hand", encoding="utf-8")
    (docs / "checks" / "XXX999.md").write_text("left over", encoding="utf-8")
    stale = documentation.write(check=True, docs=docs)
    assert {path.name for path in stale} == {"errors.md", "XXX999.md"}
    assert (docs / "checks" / "XXX999.md").is_file()
    documentation.write(docs=docs)
    assert documentation.write(check=True, docs=docs) == []
    assert not (docs / "checks" / "XXX999.md").exists()


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_page_of_work(scene, role):
    actor = next(each for each in scene.actors.values() if each.role is role)
    assert work.my_work(scene.engine, actor).counts
