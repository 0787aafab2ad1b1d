"""Accounts, units and declared conflicts."""

import pytest

from review.errors import BadValue, DuplicateRow, NotAllowed, NotFound, WrongCredentials
from review.services.access import Role
from review.services.accounts import people, sign_in
from tests.services.conftest import PASSWORD


def test_only_the_administrator_manages_people(bureau):
    for who in ("reviewer", "regulations", "unit", "leader", "expert"):
        with pytest.raises(NotAllowed):
            people.create_user(
                bureau.engine, bureau.actors[who], login="x", name="x", role="reviewer"
            )
        with pytest.raises(NotAllowed):
            people.reset_password(bureau.engine, bureau.actors[who], bureau.reviewer.user_id)
        with pytest.raises(NotAllowed):
            people.create_unit(bureau.engine, bureau.actors[who], name="新单位")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"login": "reviewer"}, DuplicateRow),
        ({"login": "  "}, BadValue),
        ({"name": ""}, BadValue),
        ({"role": "king"}, BadValue),
        ({"role": "unit"}, BadValue),
        ({"unit_id": 99}, NotFound),
    ],
)
def test_a_wrong_account_is_refused(bureau, wrong, error):
    values = {"login": "neu", "name": "新人", "role": "reviewer"} | wrong
    with pytest.raises(error):
        people.create_user(bureau.engine, bureau.administrator, **values)
    logins = [user.login for user in people.list_users(bureau.engine, bureau.administrator)]
    assert "neu" not in logins


def test_a_reset_ends_the_sessions_and_asks_for_a_new_password(bureau):
    _, token, _ = sign_in.sign_in(
        bureau.engine, login="reviewer", password=PASSWORD, address="127.0.0.1"
    )
    given = people.reset_password(bureau.engine, bureau.administrator, bureau.reviewer.user_id)
    assert sign_in.actor_of(bureau.engine, token, address="127.0.0.1") is None
    with pytest.raises(WrongCredentials):
        sign_in.sign_in(bureau.engine, login="reviewer", password=PASSWORD, address="127.0.0.1")
    assert sign_in.sign_in(bureau.engine, login="reviewer", password=given, address="127.0.0.1")[2]


def test_nobody_disables_himself(bureau):
    with pytest.raises(NotAllowed):
        people.disable_user(bureau.engine, bureau.administrator, bureau.administrator.user_id)


def test_the_section_sees_reviewers_and_experts_alone(bureau):
    seen = people.list_users(bureau.engine, bureau.regulations)
    assert {user.role for user in seen} == {Role.REVIEWER, Role.EXPERT}
    asked = people.list_users(bureau.engine, bureau.regulations, roles=(Role.ADMINISTRATOR,))
    assert {user.role for user in asked} == {Role.REVIEWER, Role.EXPERT}
    with pytest.raises(NotAllowed):
        people.list_users(bureau.engine, bureau.reviewer)


def test_units_are_named_once(bureau):
    made = people.create_unit(bureau.engine, bureau.administrator, name=" 样例客运大队 ")
    assert [unit.name for unit in people.list_units(bureau.engine, bureau.leader)][-1] == (
        "样例客运大队"
    )
    assert made
    with pytest.raises(DuplicateRow):
        people.create_unit(bureau.engine, bureau.administrator, name="样例客运大队")


def test_conflicts_are_declared_once_and_seen_by_their_author_and_the_section(bureau):
    def declare(**more):
        return people.declare_conflict(bureau.engine, bureau.reviewer, **more)

    declare(case_no="样例罚〔2023〕1号", reason="亲属关系")
    declare(unit_id=bureau.units["样例港航大队"], reason="曾在该单位任职")
    with pytest.raises(DuplicateRow):
        declare(case_no="样例罚〔2023〕1号", reason="再报一次")
    for wrong in ({"reason": "无对象"}, {"case_no": "x", "reason": " "}):
        with pytest.raises(BadValue):
            declare(**wrong)
    assert len(people.list_conflicts(bureau.engine, bureau.regulations)) == 2
    assert len(people.list_conflicts(bureau.engine, bureau.reviewer)) == 2
    assert people.list_conflicts(bureau.engine, bureau.second) == []
    with pytest.raises(NotAllowed):
        people.list_conflicts(bureau.engine, bureau.unit)
