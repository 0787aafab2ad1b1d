"""The matrix of roles and actions, and what a role sees of other people's work."""

import pytest
from sqlmodel import select

from review.db.accounts import Role
from review.db.session import reading
from review.errors import NotAllowed, NotFound
from review.services import access, audit_view, work
from review.services.access import ACTIONS, MATRIX, console
from review.services.accounts import people
from review.services.case_files import cases, ledger
from review.services.desk import scoring
from review.services.reading import importing
from review.services.rectifying import rectification
from review.services.results import findings
from review.services.rounds import rounds


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", Role)
def test_every_cell_is_enforced(action, role):
    actor = console(role)
    if MATRIX[action, role]:
        access.require(actor, action)
        return
    with pytest.raises(NotAllowed) as caught:
        access.require(actor, action)
    assert ACTIONS[action].zh in caught.value.text("zh")
    assert ACTIONS[action].en in caught.value.text("en")


def test_duties_are_separate():
    may = {role: {action for action in ACTIONS if MATRIX[action, role]} for role in Role}
    assert may[Role.ADMINISTRATOR] == {
        "users.manage",
        "units.view",
        "people.view",
        "calendar.manage",
        "calendar.view",
        "audit.view",
        "checklists.view",
        "law.view",
        "law.manage",
        "registers.view",
        "registers.manage",
        "waivers.view",
    }
    writing = {"sheet.score", "finding.decide", "list.issue", "round.manage", "import", "item.work"}
    assert not writing & may[Role.LEADER]
    assert "sheet.score" not in may[Role.REGULATIONS]
    assert not {"sheet.view", "case.view", "import"} & may[Role.UNIT]


CALLS = {
    "users": (people.list_users, {Role.ADMINISTRATOR, Role.REGULATIONS}),
    "cases": (
        cases.list_cases,
        {Role.REGULATIONS, Role.LEADER, Role.REVIEWER, Role.EXPERT},
    ),
    "jobs": (importing.list_jobs, {Role.REGULATIONS}),
    "rounds": (rounds.list_rounds, {Role.REGULATIONS, Role.LEADER}),
    "findings": (findings.list_findings, {Role.REGULATIONS, Role.LEADER, Role.UNIT}),
    "lists": (rectification.list_lists, {Role.REGULATIONS, Role.LEADER, Role.UNIT}),
    "audit": (audit_view.records, {Role.ADMINISTRATOR}),
    "my sheets": (scoring.my_sheets, {Role.REVIEWER, Role.EXPERT}),
    "my work": (work.my_work, set(Role)),
}


@pytest.mark.parametrize("call", CALLS)
def test_each_list_asks_for_the_role(scene, call):
    function, allowed = CALLS[call]
    for who in ("reviewer", "expert", "regulations", "unit", "leader", "administrator"):
        actor = scene.actors[who]
        if actor.role in allowed:
            function(scene.engine, actor)
        else:
            with pytest.raises(NotAllowed):
                function(scene.engine, actor)


def test_reviewers_see_assigned_cases_alone(scene):
    first, second = scene.cases
    seen = cases.list_cases(scene.engine, scene.reviewer)
    assert ([row.id for row in seen.rows], seen.total) == ([first], 1)
    assert cases.list_cases(scene.engine, scene.expert).total == 0
    cases.case_view(scene.engine, scene.reviewer, first)
    with pytest.raises(NotAllowed):
        cases.case_view(scene.engine, scene.reviewer, second)
    cases.page_view(scene.engine, scene.reviewer, scene.pages[0])
    with pytest.raises(NotAllowed):
        cases.page_view(scene.engine, scene.reviewer, scene.pages[1])
    with pytest.raises(NotAllowed):
        cases.page_image(scene.engine, scene.reviewer, scene.pages[1])
    with pytest.raises(NotFound):
        cases.page_view(scene.engine, scene.reviewer, 999)


@pytest.mark.parametrize("who", ["unit", "other_unit", "administrator"])
def test_units_and_administrators_see_no_case_content(scene, who):
    with pytest.raises(NotAllowed):
        cases.case_view(scene.engine, scene.actors[who], scene.cases[0])
    with pytest.raises(NotAllowed):
        cases.page_view(scene.engine, scene.actors[who], scene.pages[0])


def test_search_finds_words_and_treats_signs_as_text(scene):
    def found(text):
        return cases.list_cases(scene.engine, scene.regulations, text=text).total

    assert found("客运 样例当事人") == 2
    assert found("〔2023〕1号") == 1
    assert found("%") == 0
    assert found("_") == 0
    assert found("\\") == 0
    page = cases.list_cases(scene.engine, scene.regulations, limit=1, offset=1)
    assert (len(page.rows), page.total) == (1, 2)


def test_only_the_section_edits_the_ledger(scene):
    for who in ("reviewer", "unit", "leader", "administrator"):
        with pytest.raises(NotAllowed):
            ledger.add_case(scene.engine, scene.actors[who], case_no="x", unit_id=1)
    with reading(scene.engine) as session:
        from review.casefiles.tables import Case

        assert len(session.exec(select(Case)).all()) == 2
