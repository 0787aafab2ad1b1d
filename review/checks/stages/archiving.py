"""Archiving (归档): one file, one case number."""

from __future__ import annotations

from collections import Counter

from rapidfuzz.distance import Levenshtein

from review.checks.check import (
    WITH_NOTICE,
    CheckResult,
    Found,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import (
    absent,
    amended,
    case_number,
    day,
    missing_paper,
    missing_text,
    page_of,
    page_of_en,
    parameter,
    the_decision,
    words,
    written,
)
from review.common.dates import add_calendar_days
from review.documents.kinds import OTHER
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

OTHER_CASES = ("系统查询截图", "首次违法查询记录", "证据材料", "其他", "罚款票据", "补正说明")
"""Papers that may quote the numbers of other cases, or wrong ones, lawfully."""


@check(
    "ARC001",
    title=("案号前后一致", "The same case number throughout"),
    defects=("D-75",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47",),
    inputs=(),
    cannot_see=(
        "括号、全半角、前导零和文种字的差异不算矛盾",
        "brackets, widths, leading zeros and the letter of the paper's kind do not count",
    ),
)
def one_case_number(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether all papers carry the case number of the decision.

    Numbers that differ only in brackets, width, 第, leading zeros are the same. Papers numbered by
    their own kind (立, 通, 罚 …) are compared only with numbers of that kind. Fails when the same
    series carries another year or serial of which no correction in the file speaks. Letters of the
    agency that differ in one character on a scan leave it open: they may be misread. Where the
    decision has a number of its own series only, the number of most papers counts. Unknown when
    fewer than two numbers were read. Papers that may quote other cases are left out.
    """
    decision = the_decision(case) or next(iter(case.of_kind("不予行政处罚决定书")), None)
    numbers = [
        (document, fact, parsed)
        for document, fact in case.every("case_no")
        if document.kind not in OTHER_CASES
        and (text := words(fact))
        and (parsed := case_number(text)) is not None
    ]
    main = next((each for each in numbers if each[0] is decision), None)
    merged = case.get("case_no")
    if main is None and merged is not None and (parsed := case_number(written(merged))):
        owner = next((document for document, fact, _ in numbers if fact == merged), None)
        main = (owner, merged, parsed) if owner is not None else None
    main = main or _usual(numbers)
    if main is None or len({id(document) for document, _, _ in numbers}) < 2:
        return unknown("读到案号的文书不足两份", "a case number was read on fewer than two papers")
    found: list[Found] = []
    good: list[Fact] = [main[1]]
    misread: list[_Numbered] = []
    for document, fact, parsed in numbers:
        if fact is main[1]:
            continue
        prefix, base, year, serial = parsed
        same = (base, year, serial) == main[2][1:]
        if same or amended(case, str(fact.value)):
            good.append(fact)
        elif _may_be_misread(main, (document, fact, parsed)):
            misread.append((document, fact, parsed))
        elif prefix == main[2][0] or base != main[2][1]:
            found.append(_other_number(main, document, fact))
    if found:
        return failed(*found)
    if misread:
        document, fact, _ = misread[0]
        return unknown(
            f"{page_of(document)}案号读作{fact.value}，与{main[1].value}有一字之差，请看原件",
            f"{page_of_en(document)} was read as {fact.value}, one character off {main[1].value}",
        )
    return passed(f"案号一致：{main[1].value}", f"one case number: {main[1].value}", *good)


_Numbered = tuple[DocumentFacts, Fact, tuple[str, str, str, str]]


def _may_be_misread(main: _Numbered, other: _Numbered) -> bool:
    """Whether a scan may have one character of the agency's letters wrong: 岚膏 for 岚青.

    Year and serial number are the same; another digit is how people err.
    """
    if not (main[0].is_recognized or other[0].is_recognized):
        return False
    if main[2][2:] != other[2][2:]:
        return False
    return any(Levenshtein.distance(main[2][at], other[2][at]) == 1 for at in (0, 1))


def _usual(numbers: list[_Numbered]) -> _Numbered | None:
    """The number that most papers carry, where the decision has one of its own; None if open."""
    votes = Counter(parsed for _, _, parsed in numbers).most_common(2)
    if not votes or votes[0][1] < 2 or (len(votes) > 1 and votes[1][1] == votes[0][1]):
        return None
    return next(each for each in numbers if each[2] == votes[0][0])


def _other_number(main: _Numbered, document: DocumentFacts, fact: Fact) -> Found:
    return defect(
        "D-75",
        f"{page_of(main[0])}案号为{main[1].value}，{page_of(document)}案号为{fact.value}",
        f"{page_of_en(main[0])} carries {main[1].value}, {page_of_en(document)} {fact.value}",
        main[1],
        fact,
    )


@check(
    "ARC002",
    title=("结案后及时归档", "Filed in archives in time"),
    defects=("D-99",),
    severity=Severity.MINOR,
    sources=("archives-law#art-14",),
    inputs=("closed_on", "archived_on"),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=("归档期限为设定值", "the number of days is a setting"),
)
def archived_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the file went to the archives within the days that the bureau allows after closing.

    Fails, as a minor matter because the number of days is a setting, past them. Unknown when a day
    was not read.
    """
    wanted = absent(case, "closed_on", "archived_on")
    closed, archived = case.get("closed_on"), case.get("archived_on")
    closed_on, archived_on = day(closed), day(archived)
    if closed is None or archived is None or closed_on is None or archived_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    limit, source = parameter(law, "archive_limit", closed_on)
    due = add_calendar_days(closed_on, limit.number, law.calendar)
    zh = f"结案{closed_on}，归档{archived_on}，参照期限{limit.number}日至{due}"
    en = f"closed {closed_on}, archived {archived_on}; guide value {limit.number} days to {due}"
    if archived_on <= due:
        return passed(zh, en, closed, archived).resting_on(source)
    return failed(
        defect("D-99", f"{zh}，归档不及时", f"{en}: late", closed, archived, law=(source,))
    ).resting_on(source)


BOUND = ("卷宗封面", "卷内目录", "备考表")


@check(
    "ARC003",
    title=("封面、目录、备考表和票据齐全", "Cover, index, remarks sheet and receipt are there"),
    defects=("D-97", "D-98"),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", "administrative-penalty-law#art-70"),
    inputs=("paid_on",),
    cannot_see=(
        "不核对页码；未装订成卷的散页不作认定",
        "does not compare page numbers; loose papers are not judged",
    ),
)
def volume_complete(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a bound file has its cover, index and remarks sheet, and the receipt of the fine.

    Fails, as a minor matter, when a file that has one of the three lacks another, and when a fine
    was paid and no receipt is in it. Unknown when it was not read in full or is no bound file.
    """
    present = [kind for kind in BOUND if case.of_kind(kind)]
    if not present:
        return unknown("未读到封面、目录和备考表", "no cover, index or remarks sheet was read")
    lacking = [kind for kind in BOUND if kind not in present]
    paid = case.get("paid_on")
    receipts = case.of_kind("罚款票据", "罚款上交记录")
    wants_receipt = paid is not None and not receipts
    if not lacking and not wants_receipt:
        return passed(
            "封面、目录、备考表齐全", "cover, index and sheet are there", *case.of_kind(*BOUND)
        )
    wanted = (*lacking, *(("罚款票据", "缴款", "收据", "票据") if wants_receipt else ()))
    gap = missing_paper(case, of=wanted)
    if not gap.may_be_claimed:
        return unknown(f"未读到{'、'.join(wanted[:3])}", "a paper was not read", because=gap)
    if "卷宗封面" in lacking and case.documents[0].kind == OTHER:
        return unknown(
            f"{page_of(case.documents[0])}未能归类，可能就是封面",
            f"{page_of_en(case.documents[0])} is of no known kind and may be the cover",
        )
    found = [
        defect(
            "D-97",
            f"案卷中没有{kind}",
            f"the file holds no {kind}",
            case.of_kind(present[0])[0],
        )
        for kind in lacking
    ]
    if paid is not None and wants_receipt:
        found.append(
            defect(
                "D-98",
                f"{paid.value}缴纳罚款，案卷中没有罚款票据",
                f"the fine was paid on {paid.value} and the file holds no receipt",
                paid,
            )
        )
    return failed(*found)
