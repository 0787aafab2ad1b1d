"""Waiver (不予处罚): a first violation, corrected, and the party educated."""

from __future__ import annotations

from collections.abc import Iterable

from review.checks.check import (
    CheckResult,
    Found,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.circumstances import FINED
from review.checks.earlier_records import recorded_on, same_before
from review.checks.values import day, missing_paper, page_of, page_of_en, says
from review.checks.waiver_assessment import WaiverAssessment, assess
from review.checks.waiver_conditions import Shown, Standing, together
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce
from review.law.waiver_list import LIMB_WORDS

WAIVED = frozenset({Procedure.WAIVED})
PROMISE = ("免予处罚告知承诺书",)
CORRECTED = ("整改复查记录", "卸载复磅单")
EDUCATED = ("教育记录", *PROMISE)


@check(
    "WAI001",
    title=("不予处罚有改正和教育的证明", "Correction and education are proven"),
    defects=("D-43",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-33",),
    inputs=(),
    procedures=WAIVED,
    cannot_see=("不评价改正是否彻底", "does not judge how thorough the correction was"),
)
def waiver_is_proven(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a waived case holds proof that the act was corrected and the party educated.

    Correction: a record of the check afterwards, a day of correction, or the officers' own record
    that the act was put right before their eyes. Education: its record or a
    signed commitment. Fails when the file, read in full, holds neither for one of them; as a
    minor matter where the party's own commitment is all that speaks of correction, because
    photographs may prove it. Unknown when it was not read in full.
    """
    day_of_correction = next((fact for _, fact in case.every("corrected_on")), None)
    corrected: list[DocumentFacts | Fact] = list(case.of_kind(*CORRECTED))
    if day_of_correction is not None:
        corrected.append(day_of_correction)
    corrected.extend(fact for _, fact in case.every("correction_done") if says(fact))
    educated = list(case.of_kind(*EDUCATED))
    if corrected and educated:
        return passed(
            "有改正和教育的证明", "correction and education are proven", *corrected, *educated
        )
    wanted = (*(() if corrected else (*CORRECTED, "整改", "复查")), *(() if educated else EDUCATED))
    gap = missing_paper(case, of=wanted)
    if not gap.may_be_claimed:
        return unknown("未读到改正或者教育的证明", "no proof of one of them read", because=gap)
    decision = next(iter(case.of_kind("不予行政处罚决定书")), None)
    if decision is None:
        return unknown("未读到不予行政处罚决定书", "the decision of waiver was not found")
    found: list[Found] = []
    promises = case.of_kind(*PROMISE)
    if not corrected:
        found.append(
            defect(
                "D-43",
                "除承诺书外，案卷中没有违法行为已经改正的证明"
                if promises
                else "案卷中没有违法行为已经改正的证明",
                "the file holds no proof that the act was corrected",
                decision,
                *promises,
                severity=Severity.MINOR if promises else None,
            )
        )
    if not educated:
        found.append(
            defect(
                "D-43",
                "案卷中没有教育当事人的记录",
                "the file holds no record that the party was educated",
                decision,
            )
        )
    return failed(*found)


@check(
    "WAI002",
    title=("首违不罚的确属首次", "A first violation is the first"),
    defects=("D-42",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-33",),
    inputs=(),
    procedures=WAIVED,
    cannot_see=(
        "轻微且无危害后果的不予处罚不以首次为条件，须由人判断",
        "a minor act without harm may be waived although it is not the first: for a person",
    ),
)
def waiver_is_first(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the search for earlier violations says that there is none.

    Fails, as a minor matter because a minor act without harm may be waived again, when the search
    shows an earlier one, or lists one of the same cause within its look-back while the file treats
    the case as a first. Unknown when no result of a search was read, and where it lists cases that
    may be of another cause or older.
    """
    listed = same_before(case)
    claimed = next((fact for _, fact in case.every("first_claimed") if says(fact)), None)
    if listed and claimed is not None:
        return failed(
            defect(
                "D-42",
                f"查询结果列有{recorded_on(listed[0])}的同类案件，仍按首次违法不予处罚",
                f"the search lists a case of the same kind of {recorded_on(listed[0])}, yet it was "
                "waived as a first violation",
                listed[0],
                claimed,
            )
        )
    for document, fact in case.every("first_violation"):
        if says(fact) is False:
            return failed(
                defect(
                    "D-42",
                    f"{page_of(document)}显示有前次违法记录，仍按首次违法不予处罚",
                    f"{page_of_en(document)} shows an earlier violation",
                    fact,
                )
            )
        if says(fact):
            return passed("查询结果为首次违法", "the search says first violation", fact)
    other = next((fact for _, fact in case.every("earlier_record")), None)
    if other is not None:
        return unknown(
            f"查询结果列有{recorded_on(other)}的案件，是否同类、是否在期限内请核对",
            f"the search lists a case of {recorded_on(other)}: is it of the kind, in the term?",
        )
    return unknown("未读到首次违法查询结果", "no result of a search was read")


@check(
    "WAI003",
    title=("可以免罚的未予处罚", "What may go unpunished was not fined"),
    defects=("D-41",),
    severity=Severity.HINT,
    sources=("administrative-penalty-law#art-33",),
    inputs=("cause", "decided_on", "fine_yuan"),
    procedures=FINED,
    cannot_see=(
        "清单全文未收录的事项；文书没有认定的轻微和危害后果由人判断",
        "items of lists that are not held; what the papers do not find of the act and its harm",
    ),
)
def fined_though_to_be_waived(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a fined act had to go unpunished, or stands on the list with its conditions proven.

    A hint, never a fault: whether the act was minor is for a person. Fails where the papers
    themselves find all three conditions of the mandatory limb (minor, corrected, no harm), or where
    the act is on the list and the search and the correction are proven and nothing speaks against.
    Passes where a condition of the item is contradicted. Not applicable to causes outside the list;
    unknown when cause, search or correction were not read.
    """
    on, cause, fine = day(case.get("decided_on")), case.get("cause"), case.get("fine_yuan")
    if on is None or cause is None or fine is None:
        return unknown("未读到案由、决定日或者罚款", "cause, day or fine were not read")
    found = assess(case, law)
    if together(found.must) is Standing.PROVED:
        return failed(_must_be_waived(found, fine)).because(*_steps(found.must))
    item = found.waiver.item
    if item is None:
        return not_applicable("案由不在收录的免罚清单内", "the cause is not on a list held")
    against = [each for each in found.waiver.conditions if each.is_contrary]
    first, corrected = found.may[0], found.may[2]
    if first.is_contrary:
        against.append(first)
    if against:
        return passed(against[0].reason.zh, against[0].reason.en, *against[0].evidence)
    if not (first.standing is corrected.standing is Standing.PROVED):
        open_ones = [each for each in (first, corrected) if each.standing is not Standing.PROVED]
        return unknown(open_ones[0].reason.zh, open_ones[0].reason.en)
    limb = LIMB_WORDS[item.limb]
    return failed(
        defect(
            "D-41",
            f"案由属于清单第{item.number}项“{item.name.zh}”（{limb.zh}），首次违法，"
            f"{corrected.reason.zh}，请核对是否应当免罚",
            f"item {item.number} of the list ({item.name.en}; {limb.en}), a first violation, "
            f"{corrected.reason.en}: should it have gone unpunished?",
            *first.rests_on,
            *corrected.rests_on,
            fine,
        )
    ).because(*_steps(found.waiver.conditions))


def _must_be_waived(found: WaiverAssessment, fine: Fact) -> Found:
    return defect(
        "D-41",
        "文书认定违法行为轻微、已及时改正、没有造成危害后果，仍予罚款；依法应当不予处罚，请核对",
        "the papers find a minor act, corrected in time, without harm, and it was fined: by law it "
        "goes unpunished",
        *(fact for each in found.must for fact in each.rests_on),
        fine,
    )


def _steps(shown: Iterable[Shown]) -> tuple[str, str]:
    """Every condition with its standing, in one step of the reasoning."""
    listed = tuple(shown)
    return (
        "；".join(f"{each.title.zh}：{each.reason.zh}" for each in listed),
        "; ".join(f"{each.title.en}: {each.reason.en}" for each in listed),
    )


@check(
    "WAI004",
    title=("免罚条件没有相反证据", "Nothing speaks against the waiver"),
    defects=("D-43",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-33",),
    inputs=(),
    procedures=WAIVED,
    cannot_see=(
        "文书没有写到的危害后果和改正情况",
        "harm and correction of which the papers do not speak",
    ),
)
def waiver_is_not_contradicted(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the papers of a waived case find what closes both limbs of art. 33(1).

    Fails where the correction came after its term, or where the papers find harm: both limbs ask
    for correction in time, and neither allows more than slight harm. Passes where correction in
    time is proven and harm is found slight or none; unknown where the papers do not say.
    """
    found = assess(case, law)
    corrected, harm = found.may[2], found.may[1]
    against = [each for each in (corrected, harm) if each.is_contrary]
    if against:
        return failed(
            *(
                defect(
                    "D-43",
                    f"免罚案件中{each.reason.zh}，不符合不予处罚的条件",
                    f"a waived case, but: {each.reason.en}",
                    *each.rests_on,
                )
                for each in against
            )
        )
    if corrected.standing is harm.standing is Standing.PROVED:
        return passed(
            f"{corrected.reason.zh}；{harm.reason.zh}",
            f"{corrected.reason.en}; {harm.reason.en}",
            *corrected.evidence,
            *harm.evidence,
        )
    open_one = corrected if corrected.standing is not Standing.PROVED else harm
    return unknown(open_one.reason.zh, open_one.reason.en)
