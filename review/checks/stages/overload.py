"""Overload (超限罚款): the fine for a total mass over the limit follows the formula."""

from __future__ import annotations

from decimal import Decimal

from review.checks.check import (
    CheckResult,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.circumstances import FINED, cause_of, over_kg
from review.checks.values import cited, day, missing_text, money, parameter, says, yuan
from review.facts.model import CaseFacts
from review.law.fines import OverloadFine, overload_fine
from review.law.in_force import LawInForce


@check(
    "DEC006",
    title=("超限罚款按标准核算", "Overload fine by the formula"),
    defects=("D-36", "D-35"),
    severity=Severity.MINOR,
    sources=("highway-safety-regulation#art-64", "oversize-transport-rules#art-43"),
    inputs=("fine_yuan", "cause", "act_on", "over_kg", "weighed_kg", "limit_kg"),
    procedures=FINED,
    cannot_see=(
        "限值按文书所载；轴型、驱动轴和轮胎的豁免未收录；不足一千千克部分的算法可由机关设定",
        "takes the limit from the papers; exemptions are not held; rounding is a setting",
    ),
)
def overload_fine_right(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the fine for a total mass over the limit follows the formula, with its cap.

    Shows the arithmetic. Fails, as a minor matter, when the fine is neither that of full steps nor
    the proportional one, with no ground of mitigation stated; above the statutory cap it is also
    proposed as a veto. Unknown when the mass over the limit was not read. Not applicable to other
    causes.
    """
    cause = cause_of(case, law)
    if cause is None or not cause.versions:
        return unknown("未能认定案由", "the cause was not recognised", missing=("cause",))
    if not isinstance(cause.versions[-1].fine, OverloadFine):
        return not_applicable("不是车货总质量超限案件", "not a case of total mass over the limit")
    fine, act = case.get("fine_yuan"), case.get("act_on")
    amount, on, over = yuan(fine), day(act), over_kg(case)
    if fine is None or amount is None or act is None or on is None or over is None:
        wanted = tuple(
            name for name in ("fine_yuan", "act_on", "over_kg") if case.get(name) is None
        )
        return unknown(*missing_text(wanted), missing=wanted)
    rule = law.overload_rule(on)
    if rule is None:
        return unknown(f"没有收录{on}当日的超限罚款标准", f"no formula is held for {on}")
    rounding = parameter(law, "overload_rounding", on)[1]
    whole = overload_fine(over, rule)
    exact = (
        min(Decimal(over) / rule.step_kg * rule.per_step_yuan, rule.cap_yuan)
        if over > rule.step_kg
        else Decimal(0)
    )
    masses = [fact for name in ("over_kg", "weighed_kg", "limit_kg") if (fact := case.get(name))]
    zh = (
        f"超限{over}千克，每{rule.step_kg}千克{money(rule.per_step_yuan)}元，"
        f"整千克数应罚{money(whole)}元（按比例{money(exact)}元），上限{money(rule.cap_yuan)}元，"
        f"实罚{money(amount)}元"
    )
    en = (
        f"{over} kg over, {money(rule.per_step_yuan)} yuan for each {rule.step_kg} kg: "
        f"{money(whole)} yuan by full steps, {money(exact)} in proportion, cap "
        f"{money(rule.cap_yuan)}; imposed {money(amount)}"
    )
    mitigated = case.get("mitigation_stated")
    if amount > rule.cap_yuan:
        cap = cited(law, "highway-safety-regulation#art-64", case)
        return failed(
            defect(
                "D-35",
                f"{zh}，超过法定上限",
                f"{en}: above the statutory cap",
                fine,
                severity=Severity.VETO,
                law=(cap,),
            ),
            defect("D-36", "超限罚款计算错误", "overload fine wrongly computed", fine, *masses),
        ).resting_on(cap)
    if whole <= amount <= exact:
        return passed(zh, en, fine, *masses).resting_on(rounding)
    if amount < whole and mitigated is not None and says(mitigated):
        return passed(
            f"{zh}；已载明减轻处罚情形", f"{en}; a ground of mitigation is stated", fine, mitigated
        ).resting_on(rounding)
    return failed(
        defect("D-36", f"{zh}，计算不符", f"{en}: does not follow", fine, *masses, law=(rounding,))
    ).resting_on(rounding)
