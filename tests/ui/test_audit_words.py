"""Every action, subject and detail that the code records has its words on the audit page."""

import ast

import pytest

from review.i18n import speaking
from review.ui.widgets.audit_words import ACTIONS, DETAILS, SUBJECTS, detail_words
from tests.policy.repository_files import files

STATED_BY_A_VARIABLE = {
    "action": {"user.disable", "user.enable", "register.correct", "register.change",
               "register.end", "register.strike"},
    "f'item.{taken.action}'": {"item.start", "item.submit", "item.close", "item.send_back",
                               "item.reopen"},
    "f'objection.{decision}'": {"objection.uphold", "objection.reject"},
    "f'division.{action}'": {"division.move", "division.rename", "division.split",
                             "division.join", "division.take_out", "division.reorder",
                             "division.shift"},
}  # fmt: skip
"""Calls of which the action is computed, as they stand in the code, and what they can say."""


def calls() -> list[ast.Call]:
    return [
        node
        for path in files("review", ending=".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record"
    ]


def words_of(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.JoinedStr) and "RereadingState" in ast.unparse(node):
        return {"reread.accept", "reread.keep"}
    return STATED_BY_A_VARIABLE[ast.unparse(node)]


def test_every_recorded_action_has_words():
    recorded = {word for call in calls() for word in words_of(call.args[2])}
    assert len(recorded) > 80
    assert recorded - set(ACTIONS) == set()


def test_every_subject_and_detail_has_words():
    subjects = {call.args[3].value for call in calls() if isinstance(call.args[3], ast.Constant)}
    details = {word.arg for call in calls() for word in call.keywords if word.arg}
    assert subjects - set(SUBJECTS) == set()
    assert details - set(DETAILS) == set()


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ({"before": "to_do", "after": "submitted"}, "修改前：待整改；修改后：已提交"),
        ({"sha256": "ab" * 32, "is_confirmed": True}, "指纹：abababababab；已核对：是"),
        ({"findings": list(range(1, 9))}, "问题认定：1、2、3、4、5、6，另有 2 项"),
        ({"timetable": {"notice": "2026-03-05"}}, "时间表：评查通知 2026-03-05"),
        ({"proof": "", "empty": []}, "佐证材料：—；空缺席位：—"),
    ],
)
def test_details_are_told_in_words(detail: dict[str, object], shown: str):
    with speaking("zh"):
        assert detail_words(detail) == shown
