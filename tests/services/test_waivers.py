"""Waiver lists and reviews: published lists are frozen and apply by date; the ledger is searched."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from review.casefiles.tables import Case
from review.checks.waiver_assessment import Verdict
from review.checks.waiver_conditions import Standing
from review.common.tabular import CellProblem
from review.db.rows import found
from review.db.session import transaction
from review.errors import BadValue, BadWorkbook, DuplicateRow, NotAllowed, Stale, WrongState
from review.facts.model import CaseFacts
from review.law.in_force import law_in_force
from review.law.waiver_list import ListKind
from review.law.waiver_workbook import ListHead
from review.services import access
from review.services.case_files.check_rows import page_finder
from review.services.rules import waiver_lists
from review.services.waivers import waivers
from review.services.waivers.waiver_rows import waiver_lists_in
from tests.checks.building import case_of

CAUSE = "车辆装载物掉落遗洒造成公路路面污染"
HEAD = ListHead(ListKind.WAIVE, "样例清单", date(2023, 1, 1), issued_by="样例机关")


def workbook(*rows: tuple[object, ...]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("清单")
    headings = ("序号", "事项", "情形", "适用条件", "首次判定期限（月）")
    for number, row in enumerate((headings, *rows)):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    book.close()
    return target.getvalue()


GOOD = workbook((1, CAUSE, "可以", "首次被发现；及时改正；没有造成危害后果", 24))


def imported(scene, raw: bytes = GOOD, head: ListHead = HEAD) -> int:
    return waiver_lists.import_list(
        scene.engine, scene.regulations, name="样例.xlsx", raw=raw, head=head
    )


def publish(scene, list_id: int, day: date = HEAD.in_force, **more) -> None:
    values = {"in_force_on": day, "confirmed_by": "样例人员", "seen_version": 1} | more
    waiver_lists.publish_list(scene.engine, scene.regulations, list_id, **values)


def test_a_draft_says_nothing_a_published_list_is_in_force_and_frozen(scene):
    list_id = imported(scene)
    with transaction(scene.engine) as session:
        assert waiver_lists_in(session) == ()
    publish(scene, list_id)
    held = waiver_lists.lists_in_force(scene.engine, scene.reviewer, on=date(2023, 1, 1))
    assert held[ListKind.WAIVE].title.zh == "样例清单"
    assert held[ListKind.WAIVE].confirmed
    before = waiver_lists.lists_in_force(scene.engine, scene.reviewer, on=date(2022, 12, 31))
    assert before[ListKind.WAIVE].title.zh != "样例清单"
    with pytest.raises(WrongState):
        publish(scene, list_id, seen_version=2)
    with pytest.raises(WrongState):
        waiver_lists.discard_list(scene.engine, scene.regulations, list_id)
    with pytest.raises(DuplicateRow):
        publish(scene, imported(scene))
    with pytest.raises(BadValue):
        waiver_lists.end_list(
            scene.engine, scene.regulations, list_id, ended_on=date(2023, 1, 1), seen_version=2
        )
    waiver_lists.end_list(
        scene.engine, scene.regulations, list_id, ended_on=date(2024, 1, 1), seen_version=2
    )
    after = waiver_lists.lists_in_force(scene.engine, scene.reviewer, on=date(2024, 1, 1))
    assert after[ListKind.WAIVE].title.zh != "样例清单"


def test_a_stale_publication_and_a_bad_workbook_change_nothing(scene):
    list_id = imported(scene)
    with pytest.raises(Stale):
        publish(scene, list_id, seen_version=7)
    with pytest.raises(BadWorkbook) as caught:
        imported(scene, workbook((1, None, None, "首次", None)))
    (problem,) = caught.value.details["items"]
    assert isinstance(problem, CellProblem)
    assert "第 2 行 B 列" in caught.value.text("zh")
    assert len([each for each in cards(scene) if each.state != "shipped"]) == 1
    waiver_lists.discard_list(scene.engine, scene.regulations, list_id)
    assert all(each.state == "shipped" for each in cards(scene))


def cards(scene):
    return waiver_lists.list_lists(scene.engine, scene.leader)


def test_only_the_regulations_section_imports_and_publishes(scene):
    for who in (scene.reviewer, scene.leader, scene.administrator, scene.unit):
        with pytest.raises(NotAllowed):
            waiver_lists.import_list(scene.engine, who, name="样例.xlsx", raw=GOOD, head=HEAD)
    with pytest.raises(NotAllowed):
        waiver_lists.list_lists(scene.engine, scene.unit)


def test_a_preview_shows_what_changes_and_writes_nothing(scene):
    publish(scene, imported(scene))
    changed = workbook(
        (1, CAUSE, "可以", "首次被发现；及时改正", 12), (2, "新事项", "应当", "轻微", None)
    )
    preview = waiver_lists.preview_list(
        scene.engine,
        scene.regulations,
        name="样例.xlsx",
        raw=changed,
        head=ListHead(ListKind.WAIVE, "样例清单二", date(2025, 1, 1)),
    )
    assert preview.before_title is not None
    assert preview.before_title.zh == "样例清单"
    assert [(each.kind, len(each.fields)) for each in preview.changes] == [
        ("changed", 2),
        ("added", 0),
    ]
    assert len([each for each in cards(scene) if each.state != "shipped"]) == 1


def facts(procedure: str = "ordinary", **more) -> CaseFacts:
    merged = {"cause": CAUSE, "decided_on": date(2023, 3, 27), "fine_yuan": 500} | more
    return case_of(
        {
            "procedure": procedure,
            "facts": merged,
            "documents": [
                {"kind": "首次违法查询记录", "facts": {"first_violation": True}},
                {"kind": "整改复查记录", "facts": {"corrected_on": date(2023, 3, 20)}},
                {"kind": "案件调查报告", "facts": {"harm_stated": "无"}},
            ],
        }
    )


def review(scene, case_id: int, said: CaseFacts):
    with transaction(scene.engine) as session:
        law = law_in_force().for_site(waiver_lists=waiver_lists_in(session))
        case = found(session, Case, case_id, "案卷", "case")
        waivers.record_review(session, case, said, law, page_finder(session, case_id))
    return waivers.case_waiver_review(scene.engine, scene.regulations, case_id)


def test_a_fined_case_whose_conditions_are_proven_is_flagged_under_the_published_list(scene):
    publish(scene, imported(scene))
    case_id = scene.cases[0]
    empty = waivers.case_waiver_review(scene.engine, scene.regulations, case_id)
    assert not empty.is_worked_out
    found_now = review(scene, case_id, facts())
    assert found_now.verdict is Verdict.FINED_MAY_WAIVE
    assert found_now.is_flag
    own = found_now.lists[0]
    assert (own.list_title, own.item_number, own.standing) == ("样例清单", 1, Standing.PROVED)
    assert [each.standing for each in own.conditions] == [Standing.PROVED] * 3
    assert own.conditions[0].evidence[0].quote
    assert found_now.must_standing is Standing.UNKNOWN
    page = waivers.waiver_reviews(scene.engine, scene.leader, year=2023)
    assert [(row.case_id, row.first) for row in page.rows] == [(case_id, Standing.PROVED)]
    assert page.counts == {Verdict.FINED_MAY_WAIVE: 1}
    assert waivers.waiver_reviews(scene.engine, scene.leader, year=2022).total == 0
    assert waivers.waiver_reviews(scene.engine, scene.leader, is_waived=True).total == 0


def with_earlier(scene, party: str, decided_on: date) -> None:
    """The second case becomes an earlier one of the first one's party."""
    with transaction(scene.engine) as session:
        for case_id, day in zip(scene.cases[:2], (date(2023, 3, 27), decided_on), strict=True):
            case = found(session, Case, case_id, "案卷", "case")
            case.party_name, case.cause, case.decided_on = party, CAUSE, day
            session.add(case)


@pytest.mark.parametrize(
    ("party", "day", "standing"),
    [
        ("样例市样例运输有限公司", date(2021, 3, 27), Standing.NOT_PROVED),
        ("样例市样例运输有限公司", date(2021, 3, 26), Standing.PROVED),
        ("样例市样例运输有限公司", date(2023, 3, 27), Standing.PROVED),
        ("样例甲", date(2022, 3, 27), Standing.UNKNOWN),
    ],
    ids=["first day of the look-back", "a day before it", "the day itself", "a namesake"],
)
def test_the_ledger_is_searched_within_the_look_back(scene, party, day, standing):
    publish(scene, imported(scene))
    with_earlier(scene, party, day)
    found_now = review(scene, scene.cases[0], facts(party_name=party))
    assert found_now.may[0].standing is standing, found_now.may[0].reason
    assert found_now.search is not None
    assert found_now.search.since == date(2021, 3, 27)


def test_a_waived_case_with_an_earlier_one_and_no_ground_is_flagged(scene):
    publish(scene, imported(scene))
    with_earlier(scene, "样例市样例运输有限公司", date(2022, 5, 1))
    waived = case_of(
        {
            "procedure": "waived",
            "facts": {
                "cause": CAUSE,
                "decided_on": date(2023, 3, 27),
                "party_name": "样例市样例运输有限公司",
            },
            "documents": [
                {"kind": "首次违法查询记录", "facts": {"first_violation": True}},
                {"kind": "案件调查报告", "facts": {"harm_stated": "有"}},
                {"kind": "不予行政处罚决定书"},
            ],
        }
    )
    found_now = review(scene, scene.cases[0], waived)
    assert found_now.verdict is Verdict.WAIVED_NOT_ENTITLED
    assert found_now.is_waived
    papers = {each.key: each.standing for each in found_now.papers}
    assert papers["首次违法查询记录"] is Standing.PROVED
    assert papers["教育记录"] is Standing.NOT_PROVED


def test_a_unit_sees_no_review_and_a_reviewer_only_those_assigned(scene):
    review(scene, scene.cases[0], facts())
    with pytest.raises(NotAllowed):
        waivers.case_waiver_review(scene.engine, scene.unit, scene.cases[0])
    with pytest.raises(NotAllowed):
        waivers.waiver_reviews(scene.engine, scene.unit)
    own = waivers.waiver_reviews(scene.engine, scene.reviewer, concerned_only=False)
    with transaction(scene.engine) as session:
        seen = {
            case_id
            for case_id in scene.cases
            if access.case_visible(session, scene.reviewer, case_id)
        }
    assert {row.case_id for row in own.rows} <= seen
