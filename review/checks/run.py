"""Running every check on one case file."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace

from review.checks.catalogue import checks
from review.checks.check import (
    ALL_PROCEDURES,
    Check,
    CheckResult,
    LawUsed,
    Outcome,
    unknown,
)
from review.common.dates import WorkingCalendar
from review.errors import CalendarEnds, LawNotInForce
from review.facts.model import CaseFacts
from review.facts.surroundings import ALONE, Surroundings
from review.law.in_force import LawInForce, day_of
from review.law.parameter import DatedValue
from review.law.statute import Statute
from review.law.waiver_list import WaiverList

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a site adds to a check.

    `values` are parameter values that it confirmed, for example thresholds by date; `waiver_lists`
    its own lists; `statutes` the laws whose text it handed in; `surroundings` its registers and
    what other cases share.
    """

    values: tuple[DatedValue, ...] = ()
    waiver_lists: tuple[WaiverList, ...] = ()
    statutes: tuple[Statute, ...] = ()
    surroundings: Surroundings = ALONE


def run_checks(
    case: CaseFacts,
    law: LawInForce,
    *,
    calendar: WorkingCalendar | None = None,
    settings: SiteSettings | None = None,
    only: Iterable[str] | None = None,
) -> list[CheckResult]:
    """Every check's result, in the order of their ids; `only` limits to these ids.

    A check that needs a day beyond the known calendar, or law that is not held for the date, is
    unknown and says so. A check that breaks is unknown too, with a reference that stands in the
    log; no check is ever dropped.
    """
    if settings is not None:
        law = law.for_site(calendar, settings.values, settings.waiver_lists, settings.statutes)
        case = replace(case, surroundings=settings.surroundings)
    elif calendar is not None:
        law = law.for_site(calendar)
    wanted = None if only is None else frozenset(only)
    return [run_one(each, case, law) for each in checks() if wanted is None or each.id in wanted]


def run_one(each: Check, case: CaseFacts, law: LawInForce) -> CheckResult:
    """The result of one check; never raises."""
    try:
        result = _with_known_procedure(each, case, each.run(case, law))
        return _with_text_of_the_day(each, case, law, result)
    except (CalendarEnds, LawNotInForce) as problem:
        return _unknown(each, case, law, problem.text("zh"), problem.text("en"))
    except Exception as problem:  # noqa: BLE001  (a broken check must not take the others along)
        reference = _reference(each, problem)
        # not log.exception: a message could carry words of the case file
        log.error(  # noqa: TRY400
            "check %s broke (%s): %s", each.id, reference, _trace(problem)
        )
        return _unknown(
            each,
            case,
            law,
            f"本项检查未能完成（编号 {reference}），请将编号告知系统管理员；其他检查不受影响",
            f"this check did not finish (reference {reference}): tell the administrator; the "
            "others are not affected",
        )


def _with_text_of_the_day(
    each: Check, case: CaseFacts, law: LawInForce, result: CheckResult
) -> CheckResult:
    """No failure of an old case under rules whose text is held only for later days.

    A case that was decided before the present law is not measured by its article numbers and terms;
    what the law of then said is not held, so nothing is claimed.
    """
    if result.outcome is not Outcome.FAIL or (on := day_of(case)) is None:
        return result
    later = [found for source in each.sources if (found := law.only_later(source, on=on))]
    if len(later) < len(each.sources):
        return result
    titles = dict.fromkeys((statute.title.zh, statute.title.en) for statute in later)
    zh = "、".join(f"《{title}》" for title, _ in titles)
    en = ", ".join(title for _, title in titles)
    doubt = unknown(
        f"{on}当日施行的{zh}文本未收录，不以后来的规定认定",
        f"the text of {en} in force on {on} is not held; later rules are not applied",
    )
    return replace(
        doubt,
        check_id=each.id,
        severity=result.severity,
        evidence=result.evidence,
        law=result.law,
        trace=(*result.trace, result.message),
    )


def _with_known_procedure(each: Check, case: CaseFacts, result: CheckResult) -> CheckResult:
    """A check of some procedures cannot fail a file whose procedure was not recognised."""
    if result.outcome is not Outcome.FAIL or case.get("procedure") is not None:
        return result
    if each.procedures == ALL_PROCEDURES:
        return result
    doubt = unknown(
        "未能认定案件适用的程序，本项不作认定",
        "the procedure of the case was not recognised, nothing is claimed",
        missing=("procedure",),
    )
    return CheckResult(
        outcome=doubt.outcome,
        message=doubt.message,
        severity=each.severity,
        evidence=result.evidence,
        law=result.law,
        trace=(*result.trace, result.message),
        missing=doubt.missing,
        check_id=each.id,
    )


def _unknown(each: Check, case: CaseFacts, law: LawInForce, zh: str, en: str) -> CheckResult:
    result = unknown(zh, en)
    return CheckResult(
        outcome=result.outcome,
        message=result.message,
        severity=each.severity,
        law=tuple(LawUsed(law.resolve(source, case), confirmed=False) for source in each.sources),
        check_id=each.id,
    )


def _reference(each: Check, problem: Exception) -> str:
    """Eight characters that are the same for the same break: they name no content of the file."""
    where = "".join(traceback.format_tb(problem.__traceback__)[-1:])
    digest = hashlib.sha256(f"{each.id}{type(problem).__name__}{where}".encode())
    return digest.hexdigest()[:8]


def _trace(problem: Exception) -> str:
    """Type and places without the message, which could carry words of the case file."""
    frames = traceback.extract_tb(problem.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(problem).__name__} at {places}"
