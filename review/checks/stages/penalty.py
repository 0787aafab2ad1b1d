"""Penalty (处罚幅度): within the range of the law of the day, formulas, versions, limitation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from review.checks.check import (
    CheckResult,
    Found,
    LawUsed,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.stages.decision import the_decision
from review.checks.values import (
    cited,
    count,
    day,
    missing_text,
    money,
    parameter,
    says,
    words,
    yuan,
)
from review.facts.absence import absence
from review.facts.model import CaseFacts, Fact
from review.law.citation import Citation, Place, cited_places
from review.law.fines import (
    Cause,
    Circumstances,
    FineRange,
    OverloadFine,
    RangeNotComputable,
    overload_fine,
)
from review.law.in_force import LawInForce

FINED = frozenset({Procedure.ORDINARY, Procedure.HEARING, Procedure.SUMMARY})


def circumstances(case: CaseFacts) -> Circumstances:
    """What the file says about the things on which a range depends."""
    serious = says(case.get("serious_stated")) or any(
        says(fact) for _, fact in case.every("serious_stated")
    )
    return Circumstances(
        act_on=day(case.get("act_on")),
        decided_on=day(case.get("decided_on")),
        party_type=words(case.get("party_type")),
        gains_yuan=yuan(case.get("gains_yuan")),
        is_serious=bool(serious),
        over_kg=over_kg(case),
        height_m=yuan(case.get("height_m")),
        width_m=yuan(case.get("width_m")),
        length_m=yuan(case.get("length_m")),
        contract_price_yuan=yuan(case.get("contract_price_yuan")),
    )


def over_kg(case: CaseFacts) -> int | None:
    """Kilograms over the limit: as stated, or weighed less the limit stated."""
    stated = count(case.get("over_kg"))
    if stated is not None:
        return stated
    weighed, limit = count(case.get("weighed_kg")), count(case.get("limit_kg"))
    return None if weighed is None or limit is None else weighed - limit


def cause_of(case: CaseFacts, law: LawInForce) -> Cause | None:
    """The held cause of the case, or None."""
    text = words(case.get("cause"))
    return law.cause(text) if text else None


def _basis(found: FineRange, law: LawInForce, on: date) -> tuple[LawUsed, ...]:
    return tuple(
        LawUsed(law.cite(source, on=on), found.version.confirmed) for source in found.basis
    )


def _span(found: FineRange) -> tuple[str, str]:
    least, most = money(found.least), "" if found.most is None else money(found.most)
    if found.most is None:
        return f"{least}元以上", f"{least} yuan or more"
    if found.least == found.most:
        return f"{most}元", f"{most} yuan"
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
    amount = yuan(fine)
    if fine is None or amount is None:
        return unknown(*missing_text(("fine_yuan",)), missing=("fine_yuan",))
    if not amount:
        return not_applicable("未处罚款", "no fine was imposed")
    if cause_fact is None or act is None:
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
            missing=(gap.missing,),
        )
    on = day(act)
    if found is None or on is None:
        return unknown(
            f"没有收录{day(act)}当日该案由的规定", f"no text is held for this cause on {day(act)}"
        )
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
    for step in found.steps:
        result = result.because(*step)
    return result.resting_on(*at.used)


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
        if not fits_quote and not (old.allows(at.amount) and not found.allows(at.amount)):
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


@check(
    "DEC008",
    title=("引用条款在行为日有效且与案由相配", "Provisions cited existed and belong to the cause"),
    defects=("D-33", "D-30"),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-59", "administrative-penalty-law#art-37"),
    inputs=("basis", "act_on", "decided_on", "cause"),
    procedures=FINED,
    cannot_see=(
        "只核对已收录文本的法律、法规；未收录的一律不作认定",
        "compares with held texts only; nothing is said about others",
    ),
)
def provisions_in_force(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the penalty basis cited exists in the version of the day and punishes the cause.

    Fails when the article, paragraph or item does not exist in the version that applies, or when
    the article cited is the one that punished this cause only before an amendment, or punishes
    something else. Unknown when no text is held for the law and the day, or the cause is not held.
    """
    basis, act = case.get("basis"), case.get("act_on")
    text, on = words(basis), day(act)
    if basis is None or act is None or text is None or on is None:
        wanted = tuple(name for name in ("basis", "act_on") if case.get(name) is None)
        return unknown(*missing_text(wanted), missing=wanted)
    decided_on = day(case.get("decided_on")) or on
    places = [
        (key, place)
        for title, place in cited_places(text)
        if (key := law.library.by_title(title)) is not None
    ]
    if not places:
        return unknown("未收录所引法规的文本", "no text of the law cited is held")
    found = list(_not_there(law, places, basis, act, (on, decided_on)))
    cause = cause_of(case, law)
    if not found and cause is not None and cause.versions:
        found = list(_other_article(law, cause, places, (basis, act), (on, decided_on)))
        if not found:
            return passed(
                f"处罚依据{text}在行为日有效，与案由相配",
                f"the basis cited was in force on {on} and belongs to the cause",
                basis,
                act,
            )
    if found:
        return failed(*found)
    known = [law.has_place(key, place, on=on) for key, place in places]
    if all(known) and None not in known:
        return passed(
            f"处罚依据{text}在行为日有效；该案由未收录，未核对是否相配",
            f"the basis cited was in force on {on}; the cause is not held and was not compared",
            basis,
            act,
        )
    return unknown("未收录行为日的文本，不能核对", "no text is held for that day")


def _not_there(
    law: LawInForce,
    places: Iterable[tuple[str, Place]],
    basis: Fact,
    act: Fact,
    days: tuple[date, date],
) -> Iterable[Found]:
    for key, place in places:
        answers = [law.has_place(key, place, on=on) for on in days]
        if any(answer is not False for answer in answers):
            continue
        statute = law.statute(key, on=days[0])
        if statute is None:
            continue
        source = LawUsed(str(statute.cite(None)), statute.confirmed)
        yield defect(
            "D-33",
            f"《{statute.title.zh}》（{statute.in_force}起施行）没有{place.zh}",
            f"{statute.title.en}, in force from {statute.in_force}, has no {place.en}",
            basis,
            act,
            law=(source,),
        )


def _other_article(
    law: LawInForce,
    cause: Cause,
    places: list[tuple[str, Place]],
    facts: tuple[Fact, Fact],
    days: tuple[date, date],
) -> Iterable[Found]:
    """The basis of another version, or of another cause, where a law of the cause is cited."""
    valid = [
        place
        for on in days
        if (version := cause.on(on)) is not None
        for place in _places_of(version.basis)
    ]
    laws = {key for key, _ in valid}
    mine = [(key, place) for key, place in places if key in laws]
    if not mine or any(
        key == other and place.article == wanted.article
        for key, place in mine
        for other, wanted in valid
    ):
        return
    version = cause.on(days[0])
    if version is None:
        return
    older = [
        each
        for each in cause.versions
        if any(
            key == other and place.article == wanted.article
            for key, place in mine
            for other, wanted in _places_of(each.basis)
        )
    ]
    right = "、".join(f"{place.zh}" for key, place in _places_of(version.basis) if key in laws)
    used = tuple(
        LawUsed(law.cite(source, on=days[0]), version.confirmed) for source in version.basis
    )
    cited_zh = "、".join(place.zh for _, place in mine)
    cited_en = ", ".join(place.en for _, place in mine)
    if older:
        yield defect(
            "D-33",
            f"引用的{cited_zh}是其他版本的条号，行为日{days[0]}该案由的处罚依据为{right}",
            f"{cited_en} is the number of another version; on {days[0]} the cause is punished "
            f"by {right}",
            *facts,
            law=used,
        )
        return
    yield defect(
        "D-30",
        f"引用的{cited_zh}不处罚案由“{cause.name.zh}”，其处罚依据为{right}",
        f"{cited_en} does not punish this cause; its basis is {right}",
        *facts,
        law=used,
        severity=Severity.MINOR,
    )


def _places_of(sources: Iterable[str]) -> list[tuple[str, Place]]:
    parsed = [Citation.parse(source) for source in sources]
    return [(each.law, each.place) for each in parsed if each.place is not None]
