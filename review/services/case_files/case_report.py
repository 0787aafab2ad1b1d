"""The machine's report on one case, made from what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine

from review.checks.check import SEVERITY_ORDER
from review.checks.waiver_conditions import Standing
from review.common.clock import today
from review.db.accounts import Unit, User
from review.db.session import reading
from review.law.in_force import law_in_force
from review.reports.case_report import (
    CaseReportContent,
    ConditionGroup,
    ConditionLine,
    ResultLine,
    case_report_docx,
)
from review.reports.words import (
    PROCEDURE,
    SEVERITY,
    Language,
    citation_text,
    pick,
    short_date,
    yuan,
)
from review.services import access
from review.services.access import Actor
from review.services.case_files.cases import CaseView, case_view
from review.services.case_files.check_rows import CheckView, EvidenceView
from review.services.desk.adoption import on_trial
from review.services.results.exports import file_name, language_of, record_export
from review.services.rules.editions import Words
from review.services.waivers.waivers import CaseWaiverReview, ShownView, case_waiver_review

QUOTE_LENGTH = 60
MOST_PLACES = 8
STANDINGS = {
    Standing.PROVED: ("有证明", "Proved"),
    Standing.NOT_PROVED: ("没有证明", "Not proved"),
    Standing.UNKNOWN: ("不明", "Unknown"),
}


def case_report(engine: Engine, actor: Actor, case_id: int) -> tuple[str, bytes]:
    """File name and document. Raises NotFound, NotAllowed."""
    access.require(actor, "case.view")
    content = report_content(engine, actor, case_id)
    record_export(engine, actor, "case", case_id, "report-docx")
    name = "机器审查报告" if content.language == "zh" else "Machine review"
    return file_name(f"{name}_{content.case_no}.docx"), case_report_docx(content)


def report_content(engine: Engine, actor: Actor, case_id: int) -> CaseReportContent:
    """What the report says. Where a round hides the checks from a scorer, it holds none either."""
    view = case_view(engine, actor, case_id)
    review = case_waiver_review(engine, actor, case_id)
    language = language_of(actor)
    with reading(engine) as session:
        trial = on_trial(session)
        user = session.get(User, actor.user_id) if actor.user_id else None
        unit = session.get(Unit, user.unit_id) if user and user.unit_id else None
    lines = {
        outcome: tuple(
            _line(check, language, is_on_trial=check.check_id in trial)
            for check in _ordered(view.checks)
            if check.outcome == outcome
        )
        for outcome in ("fail", "unknown", "pass")
    }
    return CaseReportContent(
        case_no=view.case.case_no,
        issuer=unit.name if unit else "",
        made_on=today(),
        particulars=_particulars(view, language),
        intake=tuple(
            f"{each.source}（{_say(each.reason, language)}）" if each.reason.zh else each.source
            for each in view.files
            if each.status != "read"
        ),
        failed=lines["fail"],
        unknown=lines["unknown"],
        passed=lines["pass"],
        not_applicable=sum(check.outcome == "not_applicable" for check in view.checks),
        verdict=_verdict(review, language),
        waiver=_waiver(review, language) if review.is_worked_out else (),
        language=language,
    )


def _ordered(checks: Iterable[CheckView]) -> list[CheckView]:
    return sorted(checks, key=lambda each: (-SEVERITY_ORDER.index(each.severity), each.check_id))


def _say(words: Words, language: Language) -> str:
    return pick((words.zh, words.en), language)


def _line(check: CheckView, language: Language, *, is_on_trial: bool) -> ResultLine:
    unconfirmed = pick(("（未确认）", " (unconfirmed)"), language)
    law = law_in_force()
    return ResultLine(
        check_id=check.check_id,
        title=_say(check.title, language),
        severity=pick(SEVERITY[check.severity], language) if check.outcome == "fail" else "—",
        message=_say(check.message, language),
        evidence=_places(check.evidence, language),
        law=pick(("；", "; "), language).join(
            citation_text(each.citation, law, language) + ("" if each.confirmed else unconfirmed)
            for each in check.law
        ),
        steps=tuple(
            f"{number}. {_say(step, language)}" for number, step in enumerate(check.trace, 1)
        ),
        is_on_trial=is_on_trial,
    )


def _places(evidence: tuple[EvidenceView, ...], language: Language) -> tuple[str, ...]:
    """One line a place; what is beyond the limit is counted, not dropped silently."""
    lines = []
    for each in evidence[:MOST_PLACES]:
        page = (
            "" if each.page is None else pick((f"第{each.page}页", f", p. {each.page}"), language)
        )
        quote = " ".join(each.quote.split())
        quote = quote if len(quote) <= QUOTE_LENGTH else f"{quote[: QUOTE_LENGTH - 1]}…"
        lines.append(f"{each.source}{page}" + (f"“{quote}”" if quote else ""))
    more = len(evidence) - MOST_PLACES
    if more > 0:
        lines.append(pick((f"另有 {more} 处", f"{more} more"), language))
    return tuple(lines)


def _particulars(view: CaseView, language: Language) -> tuple[tuple[str, str], ...]:
    case = view.case
    zh = language == "zh"
    counts = (len(view.files), len(view.pages), len(view.documents))
    rows = (
        (("责任单位", "Unit"), case.unit_name),
        (("适用程序", "Procedure"), pick(PROCEDURE.get(case.procedure, ("—", "—")), language)),
        (("案由", "Cause"), case.cause),
        (("当事人", "Party"), case.party_name),
        (("承办人", "Handlers"), ("、" if zh else ", ").join(case.officers)),
        (("罚款金额", "Fine"), yuan(case.fine_yuan, language)),
        (("立案日期", "Filed on"), short_date(case.filed_on)),
        (("决定日期", "Decided on"), short_date(case.decided_on)),
        (("结案日期", "Closed on"), short_date(case.closed_on)),
        (
            ("材料", "Material"),
            pick(
                (
                    "{} 个文件，{} 页，{} 份文书".format(*counts),
                    "{} files, {} pages, {} papers".format(*counts),
                ),
                language,
            ),
        ),
    )
    return tuple((pick(label, language), value or "—") for label, value in rows)


def _verdict(review: CaseWaiverReview, language: Language) -> str:
    if not review.is_worked_out:
        return ""
    joined = pick(("：", ": "), language)
    return f"{_say(review.verdict_words, language)}{joined}{_say(review.reason, language)}"


def _waiver(review: CaseWaiverReview, language: Language) -> tuple[ConditionGroup, ...]:
    """Both limbs, the lists on which the cause stands, and the papers."""
    groups = [
        (
            pick(("应当不予处罚（轻微、及时改正、无危害后果）", "Must be waived"), language),
            review.must,
        ),
        (pick(("可以不予处罚（初次、危害轻微、及时改正）", "Can be waived"), language), review.may),
    ]
    for each in review.lists:
        if each.item_number is None:
            continue
        item = pick((f"第{each.item_number}项", f"item {each.item_number}"), language)
        name = _say(each.item_name, language)
        note = "" if each.is_confirmed else pick(("（清单未确认）", " (unconfirmed)"), language)
        title = f"{each.list_title} {item} {name}{note}"
        if each.flag:
            title += pick(("　提示：", "; note: "), language) + _say(each.flag, language)
        groups.append((title, each.conditions))
    groups.append((pick(("教育、承诺和其他材料", "Papers"), language), review.papers))
    return tuple(
        ConditionGroup(title, tuple(_condition(each, language) for each in shown))
        for title, shown in groups
    )


def _condition(shown: ShownView, language: Language) -> ConditionLine:
    return ConditionLine(
        _say(shown.title, language),
        pick(STANDINGS[shown.standing], language),
        _say(shown.reason, language),
        _places(shown.evidence, language),
    )
