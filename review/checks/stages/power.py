"""Power and limitation (职权与时效): whose act to punish, exemptions, two years, acting organ."""

from __future__ import annotations

from review.checks.check import (
    CheckResult,
    LawUsed,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.circumstances import FINED, cause_of
from review.checks.values import (
    absent,
    count,
    day,
    every_of,
    missing_text,
    page_of,
    page_of_en,
    parameter,
    words,
)
from review.common.dates import add_years
from review.facts.model import CaseFacts
from review.law.citation import cited_places
from review.law.in_force import LawInForce


@check(
    "POW001",
    title=("未超过追责时效", "Within the limitation period"),
    defects=("D-44",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-36",),
    inputs=("act_on", "found_on"),
    cannot_see=(
        "涉及生命健康、金融安全且有危害后果的五年时效须由人判断",
        "the five years of grave cases are for a person",
    ),
)
def within_limitation(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the violation was discovered within two years of its end.

    Fails when it was discovered later; whether the five years of grave cases apply, a person
    decides. Unknown when a day was not read.
    """
    wanted = absent(case, "act_on", "found_on")
    act, found = case.get("act_on"), case.get("found_on")
    act_on, found_on = day(act), day(found)
    if act is None or found is None or act_on is None or found_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    period, source = parameter(law, "limitation_period", found_on)
    last = add_years(act_on, period.number)
    zh = f"违法行为终了日{act_on}，发现日{found_on}，{period.number}年时效至{last}"
    en = f"act ended {act_on}, discovered {found_on}; the {period.number} years ran to {last}"
    if found_on <= last:
        return passed(zh, en, act, found).resting_on(source)
    return failed(
        defect(
            "D-44",
            f"{zh}，已过追责时效（五年情形除外）",
            f"{en}: too late, unless the five years apply",
            act,
            found,
            law=(source,),
        )
    ).resting_on(source)


@check(
    "POW002",
    title=("属于交通运输部门处罚的行为", "An act that the department may punish"),
    defects=("D-46", "D-47"),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-17", "road-transport-regulation#art-24"),
    inputs=("cause", "act_on"),
    procedures=FINED,
    cannot_see=("只认识法规数据中的案由", "knows the causes held in the law data only"),
)
def within_power(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the cause belongs to another organ, or the vehicle needed no permit.

    Fails when the cause is one that the traffic police alone punish, and when freight without a
    permit was punished although the vehicle's papers give a total mass that is exempt. Unknown when
    the cause is not recognised, or the vehicle's mass was not read.
    """
    fact = case.get("cause")
    cause = cause_of(case, law)
    if fact is None or cause is None:
        return unknown("未能认定案由", "the cause was not recognised", missing=("cause",))
    if cause.outside_power is not None:
        return failed(
            defect(
                "D-46",
                f"案由“{fact.value}”由{cause.outside_power.zh}处罚，交通运输部门无此职权",
                f"{cause.name.en} is punished by {cause.outside_power.en}, not by the department",
                fact,
                law=(_cite(law, "road-transport-regulation#art-34-para-2", case),),
            )
        )
    act = case.get("act_on")
    on = day(act)
    if cause.exempt_mass_kg is None:
        return passed(
            "案由属于交通运输部门职权", "the cause is within the department's power", fact
        )
    if act is None or on is None:
        return unknown(*missing_text(("act_on",)), missing=("act_on",))
    exempt, source = parameter(law, "freight_permit_exempt_mass", on)
    masses = [
        (document, mass, kg)
        for document, mass in every_of(case, "total_mass_kg", LICENCES)
        if (kg := count(mass)) is not None
    ]
    if not masses:
        return unknown("未读到行驶证载明的总质量", "the total mass of the vehicle was not read")
    document, mass, kg = max(masses, key=lambda each: each[2])
    zh = f"{page_of(document)}总质量{kg}千克，{exempt.number}千克及以下免于许可"
    en = f"{page_of_en(document)}: total mass {kg} kg; up to {exempt.number} kg needs no permit"
    if kg > exempt.number:
        return passed(zh, en, fact, mass).resting_on(source)
    return failed(
        defect(
            "D-47",
            f"{zh}，仍以无证普通货运处罚",
            f"{en}, yet freight without a permit was punished",
            fact,
            mass,
            law=(source,),
        )
    ).resting_on(source)


LICENCES = ("行驶证复印件", "身份证复印件")
"""Papers that copy a vehicle licence; several cards are copied on one sheet."""


def _cite(law: LawInForce, source: str, case: CaseFacts) -> LawUsed:
    citation = law.resolve(source, case)
    return LawUsed(citation, law.is_confirmed(citation))


ROAD_TRANSPORT_BODIES = ("运输管理所", "运输管理处", "运输管理局", "运管所", "运管处", "运管局")


@check(
    "POW003",
    title=("以现行主体名义作出决定", "Decided in the name of today's organ"),
    defects=("D-103",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-17", "road-transport-regulation#art-63"),
    inputs=("decided_on", "basis"),
    procedures=FINED,
    cannot_see=(
        "只看落款和印章的机关，不看引用的法条；公路管理机构见于现行条例，不作认定",
        "looks at signature line and seal only, never at quotations",
    ),
)
def acting_organ(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a decision under the road transport regulation is made by a body that still may.

    From the version of 2022 on, the departments of transport punish, no longer the road
    transport bodies. Fails when such a body stands in the signature line or as deciding organ.
    Not applicable to other laws or earlier days; unknown when the organ was not read.
    """
    decided, basis = case.get("decided_on"), case.get("basis")
    on, text = day(decided), words(basis)
    if decided is None or on is None or text is None:
        wanted = absent(case, "decided_on", "basis")
        return unknown(*missing_text(wanted), missing=wanted)
    laws = {law.library.by_title(title) for title, _ in cited_places(text)}
    if "road-transport-regulation" not in laws:
        return not_applicable(
            "不是依道路运输条例作出的决定", "not a decision under the road transport regulation"
        )
    may, source = parameter(law, "road_transport_body_may_punish", on)
    if may.value is True:
        return not_applicable(
            "决定日的条例仍由道路运输管理机构处罚",
            "on that day the regulation still let road transport bodies punish",
        )
    organ = next((fact for _, fact in case.every("acting_organ")), None) or case.get("agency")
    name = words(organ)
    if organ is None or name is None:
        return unknown("未读到作出决定的机关", "the deciding organ was not read")
    if name.endswith(ROAD_TRANSPORT_BODIES):
        return failed(
            defect(
                "D-103",
                f"{on}的决定以“{name}”名义作出，条例自{may.since}起由交通运输主管部门处罚",
                f"the decision of {on} was made by {name}; since {may.since} the department "
                "punishes",
                organ,
                decided,
                law=(source,),
            )
        )
    return passed(f"作出决定的机关：{name}", f"deciding organ: {name}", organ)
