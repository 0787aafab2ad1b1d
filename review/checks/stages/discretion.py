"""Cause and discretion (案由、裁量): statutory words, one stage of discretion throughout."""

from __future__ import annotations

import re
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
from review.checks.circumstances import FINED, cause_of
from review.checks.values import (
    cited,
    money,
    names,
    page_of,
    page_of_en,
    says,
    the_decision,
    words,
    written,
    yuan,
)
from review.facts.absence import absence
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

FORMS = "transport-enforcement-procedure"
_COLLOQUIAL = re.compile(
    r"黑(?:车|的士?|出租|摩的|船)|拉客|拉活|没证|没有证|无证(?:客运|货运|跑|拉|营运|运营|经营)|乱[停倒堆占扔]"
    r"|偷[排运倒]|私拉|跑(?:黑|运输|车)|(?:大|小)货车(?:超|太)重|超重拉|多拉|野(?:鸡|导|码头)|搞(?:客|货)运"
)


@check(
    "DEC014",
    title=("案由用语规范", "The cause is put in statutory words"),
    defects=("D-29",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-59", FORMS),
    inputs=("cause",),
    cannot_see=(
        "未收录的案由只要不是口语就不作认定",
        "a cause that is not held is not judged unless it is colloquial",
    ),
)
def cause_in_words_of_the_law(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the cause is a statutory description of the act and not everyday speech.

    Fails, as a minor matter because only the official forms ask for it, for words of everyday
    speech. Passes for a held cause. Unknown for any other.
    """
    cause = case.get("cause")
    text = words(cause)
    if cause is None or text is None:
        return unknown("未读到案由", "the cause was not read", missing=("cause",))
    spoken = _COLLOQUIAL.search(text)
    if spoken is not None:
        return failed(
            defect(
                "D-29",
                f"案由“{text}”使用口语或者自造简称“{spoken.group()}”，应当用法定表述",
                f"the cause uses everyday words ({spoken.group()}) instead of those of the law",
                cause,
                law=(cited(law, FORMS, case),),
            )
        )
    if cause_of(case, law) is not None:
        return passed(f"案由“{text}”与收录的表述相符", "the cause is a held one", cause)
    return unknown(f"案由“{text}”未收录，未作核对", "the cause is not held and was not compared")


STAGES = ("特别严重", "严重", "较重", "一般", "较轻", "轻微")
"""The stages of discretion, longer words first."""


def _stage(text: str | None) -> str | None:
    return next((stage for stage in STAGES if text and stage in text), None)


@check(
    "DEC015",
    title=("裁量阶次一致并引用基准", "One stage of discretion, and the benchmark is cited"),
    defects=("D-37", "D-38"),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-34",),
    inputs=(),
    procedures=FINED,
    cannot_see=(
        "裁量基准各地自行制定，未导入基准表时不核对金额是否在档内",
        "benchmarks are local: without an imported table the amount is not compared with its band",
    ),
)
def one_stage_of_discretion(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the decision applies the band of the stage that it found.

    Fails when the decision finds one stage (一般) and applies the band of another (较重), or fines
    less or more than the band that the papers themselves print for the stage found; both ends
    belong to the band, and a decision that lightens or moves the fine is not compared. A hint
    when neither the decision nor another paper speaks of discretion. Unknown when no decision was
    found or its words were not read.
    """
    decision = the_decision(case)
    if decision is None:
        return unknown("未读到处罚决定书", "no decision was read")
    if decision.kind == "当场行政处罚决定书":
        return not_applicable("当场处罚不要求载明裁量阶次", "not asked of on-the-spot decisions")
    found, applied = decision.first("discretion_stage"), decision.first("stage_applied")
    one, other = _stage(words(found)), _stage(words(applied))
    if found is not None and applied is not None and one and other and one != other:
        return failed(
            defect(
                "D-38",
                f"{page_of(decision)}认定“{found.value}”，却适用“{applied.value}”",
                f"{page_of_en(decision)} finds one stage ({one}) and applies another ({other})",
                found,
                applied,
            )
        )
    outside = _outside_band(case, decision)
    if outside is not None:
        return outside
    told = next((fact for _, fact in case.every("benchmark_cited") if says(fact)), None)
    if told is not None:
        return passed("引用了裁量基准，阶次一致", "benchmark cited, one stage", told)
    gap = absence(case, within=decision)
    if not gap.may_be_claimed or decision.is_recognized:
        return unknown("未读到裁量基准", "no benchmark was read", because=gap)
    return failed(
        defect(
            "D-37",
            f"{page_of(decision)}没有引用裁量基准，请核对本地是否有适用的基准",
            f"{page_of_en(decision)} cites no benchmark: see whether a local one applies",
            decision,
            severity=Severity.HINT,
        )
    )


def _outside_band(case: CaseFacts, decision: DocumentFacts) -> CheckResult | None:
    """The failure where the fine lies outside the printed band of the stage found, else None."""
    fines = {fact.value: fact for fact in decision.all("fine_yuan")}
    stage = decision.first("stage_found")
    if stage is None or len(fines) != 1 or says(decision.first("mitigation_stated")):
        return None
    fine = next(iter(fines.values()))
    amount = yuan(fine)
    told = decision.first("stage_bands") or next(
        (fact for _, fact in case.every("stage_bands")), None
    )
    band = _band(told, written(stage))
    if amount is None or told is None or band is None or band[0] <= amount <= band[1]:
        return None
    low, high = (money(each) for each in band)
    return failed(
        defect(
            "D-38",
            f"{page_of(decision)}认定“{stage.value}”，所列幅度{low}元至{high}元，"
            f"罚款{money(amount)}元不在其内",
            f"{page_of_en(decision)} finds one stage ({stage.value}), its band is {low} to {high} "
            f"yuan, and fines {money(amount)}",
            stage,
            told,
            fine,
        )
    )


def _band(told: Fact | None, stage: str) -> tuple[Decimal, Decimal] | None:
    """The range of a stage among those of a paper, from "stage=low-high"; None if not told."""
    for each in names(told):
        name, _, ends = each.partition("=")
        low, _, high = ends.partition("-")
        if name == stage and low and high:
            return Decimal(low), Decimal(high)
    return None
