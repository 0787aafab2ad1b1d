"""Penalty (处罚幅度): within the range of the law of the day, formulas, versions, limitation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from review.checks.check import (
    CheckResult,
    Found,
    LawUsed,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.circumstances import FINED, cause_of, circumstances
from review.checks.values import (
    day,
    missing_text,
    money,
    says,
    the_decision,
    yuan,
)
from review.facts.absence import absence
from review.facts.model import CaseFacts, Fact
from review.facts.names import BY_NAME
from review.law.fines import (
    Cause,
    Circumstances,
    FineRange,
    OverloadFine,
    RangeNotComputable,
)
from review.law.in_force import LawInForce


def _basis(found: FineRange, law: LawInForce, on: date) -> tuple[LawUsed, ...]:
    return tuple(
        LawUsed(law.cite(source, on=on), found.version.confirmed) for source in found.basis
    )


def _span(found: FineRange) -> tuple[str, str]:
    least, most = money(found.least), "" if found.most is None else money(found.most)
    if found.most is None:
        return f"{least}元以上", f"{least} yuan or more"
    return f"{least}元以上{most}元以下", f"{least} to {most} yuan"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A fine beside the range that applies to it."""

    case: CaseFacts
    law: LawInForce
    cause: Cause
    given: Circumstances
    found: FineRange
    fine: Fact
    amount: Decimal
    act: Fact
    act_on: date

    @property
    def used(self) -> tuple[LawUsed, ...]:
        """The basis in the version that applies."""
        return _basis(self.found, self.law, self.found.lighter_since or self.act_on)

    @property
    def told(self) -> tuple[str, str]:
        """Cause, day, range and fine in both languages."""
        zh_span, en_span = _span(self.found)
        fined = money(self.amount)
        zh = f"案由“{self.cause.name.zh}”，行为日{self.act_on}，法定幅度{zh_span}，罚款{fined}元"
        en = f"{self.cause.name.en}, act of {self.act_on}: range {en_span}, fine {fined} yuan"
        return zh, en

    @property
    def gravest(self) -> Severity:
        """A veto, or major where a person has to confirm that the later version is lighter."""
        return Severity.VETO if self.found.lighter_since is None else Severity.MAJOR


@check(
    "DEC005",
    title=("罚款在行为日（从轻日）的法定幅度内", "Fine within the range of the law of the day"),
    defects=("D-31", "D-32", "D-34", "D-35"),
    severity=Severity.MAJOR,
    sources=(
        "administrative-penalty-law#art-37",
        "administrative-penalty-law#art-32",
        "administrative-penalty-law#art-5",
    ),
    inputs=("fine_yuan", "cause", "act_on", "decided_on"),
    procedures=FINED,
    cannot_see=(
        "只认识法规数据中的案由；不判断情节轻重和裁量基准的档次",
        "knows the causes held in the law data only; does not judge circumstances or tiers",
    ),
)
def fine_in_range(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the fine lies in the statutory range for the cause on the day of the act.

    A later, lighter version in force on the day of the decision applies instead. Fails above the
    maximum (proposed as a veto), below the minimum without a stated ground of mitigation, where the
    clause was repealed, and where the amount or the range quoted fits only a version that was no
    longer in force. Unknown when the cause is not held, a fact is missing, or the higher band could
    rest on words that were not read. Overloads are judged by their own check.
    """
    fine, cause_fact, act = case.get("fine_yuan"), case.get("cause"), case.get("act_on")
    amount, on = yuan(fine), day(act)
    if fine is None or amount is None:
        return unknown(*missing_text(("fine_yuan",)), missing=("fine_yuan",))
    if not amount:
        return not_applicable("未处罚款", "no fine was imposed")
    if cause_fact is None or act is None or on is None:
        wanted = tuple(name for name in ("cause", "act_on") if case.get(name) is None)
        return unknown(*missing_text(wanted), missing=wanted)
    cause = cause_of(case, law)
    if cause is None or not cause.versions:
        return unknown(
            f"法规数据中没有与案由“{cause_fact.value}”唯一对应的罚款幅度",
            "no range is held for this cause alone",
        )
    if isinstance(cause.versions[-1].fine, OverloadFine):
        return not_applicable("超限罚款由专项检查核算", "overload fines have their own check")
    given = circumstances(case)
    try:
        found = law.fine_range(cause, given)
    except RangeNotComputable as gap:
        return unknown(
            "计算罚款幅度所需的情况未读到或者未录入",
            f"a fact that the range depends on is not known ({gap.missing})",
            missing=(gap.missing,) if gap.missing in BY_NAME else (),
        )
    if found is None:
        return unknown(f"没有收录{on}当日该案由的规定", f"no text is held for this cause on {on}")
    return _judged(Assessment(case, law, cause, given, found, fine, amount, act, on))


def _judged(at: Assessment) -> CheckResult:
    found, amount = at.found, at.amount
    zh, en = at.told
    stale = _stale(at)
    if not found.is_punishable:
        result = failed(
            defect(
                "D-32",
                f"案由“{at.cause.name.zh}”的处罚规定已于{found.version.since}删除，"
                f"仍罚款{money(amount)}元",
                f"{at.cause.name.en}: the clause was repealed on {found.version.since}, yet "
                f"{money(amount)} yuan were imposed",
                at.fine,
                at.act,
                law=at.used,
            )
        )
    elif found.most is not None and amount > found.most:
        above = _above(at)
        if isinstance(above, CheckResult):
            result = failed(*stale) if stale else above
        else:
            result = failed(above, *stale)
    elif not found.allows(amount):
        result = _below(at, stale)
    elif stale:
        result = failed(*stale)
    else:
        result = passed(zh, en, at.fine, at.act)
    for step in (*found.steps, *_for_persons(at)):
        result = result.because(*step)
    return result.resting_on(*at.used)


def _for_persons(at: Assessment) -> Iterator[tuple[str, str]]:
    """What those who answer for the unit may be fined beside it."""
    persons = at.found.version.persons
    if persons is None:
        return
    band = persons.of(at.amount)
    least, most = money(band.min), money(band.max or band.min)
    share = f"{persons.min}%以上{persons.max}%以下，即{least}元以上{most}元以下"
    span = f"{persons.min} to {persons.max} per cent of the unit's fine, {least} to {most} yuan"
    yield (
        f"直接负责的主管人员和其他直接责任人员的罚款为单位罚款的{share}",
        f"those directly responsible: {span}",
    )


def _above(at: Assessment) -> Found | CheckResult:
    zh, en = at.told
    higher = at.found.higher
    fits = higher is not None and (
        higher.min <= at.amount and (higher.max is None or at.amount <= higher.max)
    )
    if fits and at.found.higher_after_refusal:
        return unknown(
            f"{zh}；仅在逾期未改正、拒不改正时可罚至该数额，请核对",
            f"{en}; only lawful after an order to correct was not obeyed: look",
        )
    if fits:
        gap = absence(at.case, within=the_decision(at.case))
        if not gap.may_be_claimed:
            return unknown(
                f"{zh}；该数额只适用于情节严重，未读到相应认定",
                f"{en}; only for serious circumstances, of which nothing was read",
                because=gap,
            )
        zh = f"{zh}，超过上限；该数额仅适用于情节严重，决定书未作此认定"
        en = f"{en}: above the maximum; only for serious circumstances, which are not stated"
    else:
        zh, en = f"{zh}，超过法定上限", f"{en}: above the maximum"
    return defect("D-35", zh, en, at.fine, at.act, severity=at.gravest, law=at.used)


def _below(at: Assessment, stale: list[Found]) -> CheckResult:
    zh, en = at.told
    mitigation = at.case.get("mitigation_stated")
    if mitigation is not None and says(mitigation):
        return passed(
            f"{zh}，低于下限；已载明减轻处罚情形",
            f"{en}: below the minimum, with a ground of mitigation",
            at.fine,
            mitigation,
        )
    gap = absence(at.case, within=the_decision(at.case))
    if not gap.may_be_claimed:
        return unknown(
            f"{zh}，低于下限；未读到减轻处罚情形",
            f"{en}: below the minimum; no ground of mitigation was read",
            because=gap,
        )
    return failed(
        defect(
            "D-34",
            f"{zh}，低于法定下限且未载明减轻处罚情形",
            f"{en}: below the minimum without a ground of mitigation",
            at.fine,
            at.act,
            law=at.used,
        ),
        *stale,
    )


def _stale(at: Assessment) -> list[Found]:
    """The defect that a version no longer in force was used, where the figures show it."""
    least = next((fact for _, fact in at.case.every("range_min_quoted_yuan")), None)
    most = next((fact for _, fact in at.case.every("range_max_quoted_yuan")), None)
    quoted = (yuan(least), yuan(most)) if least is not None and most is not None else None
    found = at.found
    for version in sorted(at.cause.versions, key=lambda each: each.since, reverse=True):
        if version.since >= found.version.since:
            continue
        only = at.cause.model_copy(update={"versions": (version,)})
        try:
            old = at.law.fine_range(only, at.given)
        except RangeNotComputable:
            continue
        if old is None or (old.least, old.most) == (found.least, found.most):
            continue
        fits_quote = quoted == (old.least, old.most)
        # without a quotation only the very ends of the old range give it away
        is_old_end = quoted is None and at.amount in (old.least, old.most)
        if not fits_quote and not (is_old_end and not found.allows(at.amount)):
            continue
        facts = [each for each in (least, most) if each is not None] if fits_quote else [at.fine]
        old_zh, old_en = _span(old)
        zh_span, en_span = _span(found)
        return [
            defect(
                "D-31",
                f"适用了已经修改的旧幅度（{old_zh}），应适用{found.version.since}起的{zh_span}",
                f"the old range ({old_en}) was used; since {found.version.since} it is {en_span}",
                *facts,
                severity=Severity.MAJOR if found.lighter_since is None else Severity.MINOR,
                law=at.used,
            )
        ]
    return []
