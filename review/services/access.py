"""Who may do what: one table of actions and roles, and the rules of relation to a case.

Every service asks `require` first; lists filter by `visible_cases` in their query, so that nothing
is fetched that may not be seen. Separation of duty: the administrator has no right on scores, case
content or findings; reviewers see what is assigned to them; a unit sees what was issued to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.db.accounts import Role, User
from review.errors import NotAllowed
from review.findings.result_tables import CaseResult, Feedback
from review.findings.tables import Finding
from review.panels.tables import Assignment
from review.planning.tables import RoundCase
from review.rectification.tables import RectificationItem, RectificationList


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the console) on whose behalf a service works.

    `user_id` 0 is the console: commands that somebody with access to the machine runs.
    """

    user_id: int
    login: str
    name: str
    role: Role
    unit_id: int | None = None
    squad: str = ""
    language: str = "zh"
    is_sample: bool = False

    @property
    def row_id(self) -> int | None:
        """The user's id for a column that refers to users; None for the console."""
        return self.user_id or None

    @property
    def audit_name(self) -> str:
        """How the audit trail names the actor: by id, so that no personal data is in it."""
        return f"user:{self.user_id}" if self.user_id else f"console:{self.role}"


def actor_from(user: User) -> Actor:
    """The actor that an account stands for."""
    assert user.id is not None
    return Actor(
        user_id=user.id,
        login=user.login,
        name=user.name,
        role=Role(user.role),
        unit_id=user.unit_id,
        squad=user.squad,
        language=user.language,
        is_sample=user.is_sample,
    )


def console(role: Role) -> Actor:
    """The actor of a command that is run on the machine itself, with the rights of `role`."""
    return Actor(user_id=0, login="console", name="控制台", role=role)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that may be done: who may, and how a refusal names it."""

    roles: frozenset[Role]
    zh: str
    en: str


def _action(zh: str, en: str, *roles: Role) -> Action:
    return Action(frozenset(roles), zh, en)


_REVIEWERS = (Role.REVIEWER, Role.EXPERT)
_READERS = (*_REVIEWERS, Role.REGULATIONS, Role.LEADER)

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "users.manage": _action("管理用户和单位", "manage users and units", Role.ADMINISTRATOR),
        "units.view": _action("查看单位", "see the units", *Role),
        "people.view": _action(
            "查看评查人员", "see the reviewers", Role.ADMINISTRATOR, Role.REGULATIONS
        ),
        "calendar.manage": _action("维护工作日历", "edit the calendar", Role.ADMINISTRATOR),
        "calendar.view": _action(
            "查看工作日历", "see the calendar", Role.ADMINISTRATOR, Role.REGULATIONS, Role.LEADER
        ),
        "registers.view": _action(
            "查看执法资源库", "see the registers", *_READERS, Role.ADMINISTRATOR
        ),
        "registers.manage": _action(
            "维护执法资源库", "edit the registers", Role.REGULATIONS, Role.ADMINISTRATOR
        ),
        "law.view": _action("查看法规依据", "see the law held", *_READERS, Role.ADMINISTRATOR),
        "law.manage": _action(
            "确认法规数值、录入法规文本",
            "confirm values and hand in texts of law",
            Role.REGULATIONS,
            Role.ADMINISTRATOR,
        ),
        "audit.view": _action("查看审计记录", "see the audit trail", Role.ADMINISTRATOR),
        "checklists.view": _action(
            "查看评查标准", "see the checklists", *_READERS, Role.ADMINISTRATOR
        ),
        "checklists.manage": _action(
            "维护评查标准", "import and publish checklists", Role.REGULATIONS
        ),
        "waivers.view": _action(
            "查看免罚清单", "see the waiver lists", *_READERS, Role.ADMINISTRATOR
        ),
        "waivers.manage": _action(
            "维护免罚清单", "import and publish waiver lists", Role.REGULATIONS
        ),
        "proposals.view": _action(
            "查看检查项采纳率",
            "see what became of proposals",
            Role.REGULATIONS,
            Role.LEADER,
        ),
        "proposals.trial": _action("将检查项转为试运行", "put checks on trial", Role.REGULATIONS),
        "conflict.declare": _action("申报回避", "declare a conflict of interest", *_REVIEWERS),
        "conflict.view": _action(
            "查看回避申报", "see declared conflicts", *_REVIEWERS, Role.REGULATIONS
        ),
        "ledger.edit": _action("维护案件台账", "edit the case ledger", Role.REGULATIONS),
        "import": _action("导入案卷", "import case files", Role.REGULATIONS),
        "case.view": _action("查看案卷", "see case files", *_READERS),
        "page.view": _action("查看案卷页面", "see pages", *_READERS, Role.UNIT),
        "checks.rerun": _action("重新机检", "run the machine checks again", Role.REGULATIONS),
        "case.correct": _action(
            "更正识读结果", "correct what was read", *_REVIEWERS, Role.REGULATIONS
        ),
        "round.manage": _action("管理评查轮次", "manage rounds", Role.REGULATIONS),
        "round.view": _action("查看评查轮次", "see rounds", Role.REGULATIONS, Role.LEADER),
        "draw.number": _action(
            "填写抽取数字", "enter a number of the draw", Role.REGULATIONS, Role.LEADER
        ),
        "replacement.decide": _action(
            "审批更换案卷", "approve replacing a case", Role.REGULATIONS, Role.LEADER
        ),
        "year.manage": _action(
            "管理年度计划和工作指标", "manage the year's plan", Role.REGULATIONS
        ),
        "panel.vote": _action("发表合议意见", "vote in the panel", *_REVIEWERS),
        "panel.settle": _action("作出合议结论", "settle disputed items", Role.REGULATIONS),
        "comparison.view": _action("查看比对与合议", "see the comparison", *_READERS),
        "agreement.view": _action(
            "查看一致性分析", "see the agreement of scorers", Role.REGULATIONS, Role.LEADER
        ),
        "export.deliberation": _action("导出合议记录", "export deliberation records", *_READERS),
        "sheet.score": _action("评分", "score", *_REVIEWERS),
        "sheet.view": _action("查看评分表", "see score sheets", *_READERS),
        "sheet.reopen": _action("退回评分表", "reopen a score sheet", Role.REGULATIONS),
        "finding.decide": _action("认定问题", "decide on findings", Role.REGULATIONS),
        "finding.view": _action(
            "查看问题", "see findings", Role.REGULATIONS, Role.LEADER, Role.UNIT
        ),
        "result.manage": _action("计算和发布评查结果", "publish results", Role.REGULATIONS),
        "result.view": _action("查看评查结果", "see results", Role.REGULATIONS, Role.LEADER),
        "objection.raise": _action("提出异议", "object to a result", Role.UNIT),
        "objection.decide": _action("复核异议", "decide on objections", Role.REGULATIONS),
        "objection.view": _action(
            "查看异议", "see objections", Role.REGULATIONS, Role.LEADER, Role.UNIT
        ),
        "challenge.view": _action(
            "查看复议诉讼台账",
            "see reconsiderations and lawsuits",
            Role.REGULATIONS,
            Role.LEADER,
            Role.UNIT,
        ),
        "challenge.manage": _action(
            "登记复议诉讼结果", "enter reconsiderations and lawsuits", Role.REGULATIONS
        ),
        "credit.view": _action(
            "查看信用修复提醒", "see credit-repair reminders", Role.REGULATIONS, Role.LEADER
        ),
        "credit.manage": _action("登记信用类别", "enter credit classes", Role.REGULATIONS),
        "threshold.manage": _action("设置约谈和熔断阈值", "set thresholds", Role.REGULATIONS),
        "template.manage": _action("维护文书模板", "edit templates", Role.REGULATIONS),
        "dashboard.view": _action("查看统计看板", "see dashboards", Role.REGULATIONS, Role.LEADER),
        "export.results": _action(
            "导出评查结果", "export results", Role.REGULATIONS, Role.LEADER, Role.UNIT
        ),
        "list.issue": _action("下发整改清单", "issue rectification lists", Role.REGULATIONS),
        "list.view": _action(
            "查看整改清单", "see rectification lists", Role.REGULATIONS, Role.LEADER, Role.UNIT
        ),
        "item.work": _action("办理整改事项", "work on rectification items", Role.UNIT),
        "item.verify": _action("复查销号", "verify rectification", Role.REGULATIONS),
        "item.edit": _action(
            "修改整改事项", "edit rectification items", Role.REGULATIONS, Role.UNIT
        ),
        "export.list": _action(
            "导出整改清单", "export rectification lists", Role.REGULATIONS, Role.LEADER, Role.UNIT
        ),
        "export.sheet": _action("导出评分表", "export score sheets", *_READERS),
        "export.draw": _action(
            "导出抽取记录", "export draw records", Role.REGULATIONS, Role.LEADER
        ),
    }
)

MATRIX: Mapping[tuple[str, Role], bool] = MappingProxyType(
    {(name, role): role in action.roles for name, action in ACTIONS.items() for role in Role}
)
"""Every action and role with the answer, for the generated matrix of permissions."""


def may(actor: Actor, action: str) -> bool:
    """Whether the actor's role permits the action at all; relations are asked separately."""
    return MATRIX[action, actor.role]


def require(actor: Actor, action: str) -> None:
    """Raise NotAllowed unless the actor's role permits the action."""
    if not may(actor, action):
        refuse(action)


def refuse(action: str) -> None:
    """Raise NotAllowed with the action's name in both languages."""
    named = ACTIONS[action]
    raise NotAllowed(action=named.zh, action_en=named.en)


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Case` that leaves the cases whose content the actor may see."""
    if actor.role in (Role.REGULATIONS, Role.LEADER):
        return true()
    if actor.role in _REVIEWERS:
        return col(Case.id).in_(  # not EXISTS: the person's few cases are looked up once
            select(RoundCase.case_id)
            .join(Assignment, col(Assignment.round_case_id) == col(RoundCase.id))
            .where(
                col(Assignment.user_id) == actor.user_id,
                col(Assignment.ended_at).is_(None),
            )
        )
    return false()


def case_visible(session: Session, actor: Actor, case_id: int) -> bool:
    """Whether the actor may see this case's pages, facts and checks."""
    query = select(Case.id).where(col(Case.id) == case_id, visible_cases(actor))
    return session.exec(query).first() is not None


def require_case(session: Session, actor: Actor, case_id: int, action: str = "case.view") -> None:
    """Raise NotAllowed unless the role permits the action and the case is visible."""
    require(actor, action)
    if not case_visible(session, actor, case_id):
        refuse(action)


def page_visible(session: Session, actor: Actor, page_id: int, case_id: int) -> bool:
    """Whether the actor may see one page: with its case, or as evidence told to his unit."""
    if case_visible(session, actor, case_id):
        return True
    if actor.role is not Role.UNIT or actor.unit_id is None:
        return False
    issued = session.exec(
        select(Finding.evidence)
        .join(RectificationItem, col(RectificationItem.finding_id) == col(Finding.id))
        .join(RectificationList, col(RectificationList.id) == col(RectificationItem.list_id))
        .where(
            col(RectificationList.unit_id) == actor.unit_id,
            col(RectificationList.issued_on).is_not(None),
            col(Finding.case_id) == case_id,
        )
    ).all()
    told = session.exec(
        select(Finding.evidence)
        .join(
            CaseResult,
            (col(CaseResult.round_id) == col(Finding.round_id))
            & (col(CaseResult.case_id) == col(Finding.case_id)),
        )
        .join(
            Feedback,
            (col(Feedback.round_id) == col(CaseResult.round_id))
            & (col(Feedback.unit_id) == col(CaseResult.unit_id)),
        )
        .where(col(CaseResult.unit_id) == actor.unit_id, col(Finding.case_id) == case_id)
    ).all()
    return any(_shows(evidence, page_id) for evidence in (*issued, *told))


def _shows(evidence: Any, page_id: int) -> bool:
    return any(place.get("page_id") == page_id for place in evidence or ())
