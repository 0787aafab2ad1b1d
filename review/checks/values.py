"""Typed reading of facts, comparison of what papers write, and the wording of figures.

A fact that is missing, or whose value has another type than its name promises, reads as None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from review.checks.check import CheckResult, LawUsed, Message, not_applicable, unknown
from review.common.text import fold, plain
from review.facts.absence import absence
from review.facts.model import Absence, CaseFacts, DocumentFacts, Fact, Officer
from review.facts.names import BY_NAME
from review.law.in_force import LawInForce
from review.law.parameter import DatedValue

ON_SITE = ("现场笔录", "勘验笔录")
INTERVIEW = ("询问笔录",)
RECORDS = (*ON_SITE, *INTERVIEW)
DECISIONS = ("行政处罚决定书", "当场行政处罚决定书")
NOTICES = ("违法行为通知书",)


def day(fact: Fact | None) -> date | None:
    """The calendar day of a fact."""
    if fact is None:
        return None
    if isinstance(fact.value, datetime):
        return fact.value.date()
    return fact.value if isinstance(fact.value, date) else None


def instant(fact: Fact | None) -> datetime | None:
    """The instant of a fact, local time."""
    return fact.value if fact is not None and isinstance(fact.value, datetime) else None


def yuan(fact: Fact | None) -> Decimal | None:
    """The amount of a fact in yuan (or metres, for dimensions)."""
    if fact is None or isinstance(fact.value, bool):
        return None
    return Decimal(fact.value) if isinstance(fact.value, int | Decimal) else None


def count(fact: Fact | None) -> int | None:
    """The whole number of a fact."""
    if fact is None or isinstance(fact.value, bool):
        return None
    return fact.value if isinstance(fact.value, int) else None


def words(fact: Fact | None) -> str | None:
    """The text of a fact."""
    return fact.value if fact is not None and isinstance(fact.value, str) else None


def written(fact: Fact | None) -> str:
    """The text of a fact; empty where none was read."""
    return words(fact) or ""


def says(fact: Fact | None) -> bool | None:
    """What a paper states; None where it is silent."""
    return fact.value if fact is not None and isinstance(fact.value, bool) else None


def names(fact: Fact | None) -> tuple[str, ...]:
    """The names of a list of names, or the one name of a text, without blanks."""
    if fact is None:
        return ()
    if isinstance(fact.value, str):
        return (fact.value,) if fact.value.strip() else ()
    if isinstance(fact.value, tuple):
        return tuple(name for name in fact.value if isinstance(name, str) and name.strip())
    return ()


def numbers(fact: Fact | None) -> tuple[int, ...]:
    """The whole numbers of a list of numbers."""
    if fact is None or not isinstance(fact.value, tuple):
        return ()
    return tuple(each for each in fact.value if isinstance(each, int))


def officers(fact: Fact | None) -> tuple[Officer, ...]:
    """The officers of a fact."""
    if fact is None or not isinstance(fact.value, tuple):
        return ()
    return tuple(each for each in fact.value if isinstance(each, Officer))


def money(amount: Decimal) -> str:
    """Yuan without needless decimals: 3000, 1234.50."""
    return str(int(amount)) if amount == amount.to_integral_value() else f"{amount:.2f}"


def label(name: str) -> Message:
    """The name of a fact in both languages."""
    known = BY_NAME[name]
    return Message(known.zh, known.en)


def absent(case: CaseFacts, *wanted: str) -> tuple[str, ...]:
    """Those of the merged names that the file does not give."""
    return tuple(name for name in wanted if case.get(name) is None)


def missing_text(wanted: Iterable[str]) -> tuple[str, str]:
    """What was not read, in both languages."""
    labels = [label(name) for name in wanted]
    return (
        f"未读到：{'、'.join(each.zh for each in labels)}",
        f"not read: {', '.join(each.en for each in labels)}",
    )


def cited(law: LawInForce, source: str, case: CaseFacts) -> LawUsed:
    """A source resolved for the case as the law that a result rests on."""
    citation = law.resolve(source, case)
    return LawUsed(citation, law.is_confirmed(citation))


def parameter(law: LawInForce, name: str, on: date) -> tuple[DatedValue, LawUsed]:
    """A value in force with its full citation; raises LawNotInForce."""
    value = law.parameter(name, on=on)
    return value, LawUsed(law.cite(value.source, on=on), value.confirmed)


BINDING = ("卷宗封面", "卷内目录", "备考表")
LOOSE = 4
"""Fewer papers than this, without cover, index or remarks sheet, are no whole case file."""


def missing_paper(
    case: CaseFacts, *, of: Iterable[str], within: DocumentFacts | None = None
) -> Absence:
    """Whether it may be said that a paper is not in the file: `absence`, and the file is whole.

    Two or three loose papers say nothing about those that were not handed over.
    """
    found = absence(case, of=of, within=within)
    if len(case.documents) >= LOOSE or case.of_kind(*BINDING):
        return found
    obstacle = (
        "只有零散文书，不是完整案卷",
        "only loose papers were read, no whole case file",
    )
    return Absence(may_be_claimed=False, obstacles=(*found.obstacles, obstacle))


def without_papers(case: CaseFacts, kinds: Iterable[str], zh: str, en: str) -> CheckResult:
    """The result where a check has no paper to look at: not applicable only if none can be there.

    A file that was not read in full may hold such a paper: then it is unknown.
    """
    gap = missing_paper(case, of=tuple(kinds))
    if gap.may_be_claimed:
        return not_applicable(f"案卷中没有{zh}", f"the file holds no {en}")
    return unknown(f"未读到{zh}", f"no {en} was read", because=gap)


def page_of(document: DocumentFacts) -> str:
    """The paper's title with its first page, for messages."""
    return f"《{document.title or document.kind}》" + (
        f"（第{document.pages[0]}页）" if document.pages else ""
    )


def page_of_en(document: DocumentFacts) -> str:
    """The same in English."""
    return f"{document.title or document.kind}" + (
        f" (page {document.pages[0]})" if document.pages else ""
    )


def same_name(left: str, right: str) -> bool:
    """Whether two names are the same but for width, brackets and spaces."""
    return plain(left).upper() == plain(right).upper()


_NUMBER_PARTS = re.compile(
    r"^(?P<prefix>.*?)[^0-9A-Za-z一-鿿]*(?P<year>(?:19|20)\d{2})\D*?(?P<serial>\d+)"
)
_KIND_CHARACTERS = re.compile(r"[立罚告通强责改送听案简处当场免不字第执行政决]")


def case_number(text: str) -> tuple[str, str, str, str] | None:
    """A case number as (prefix, prefix without the letters of the paper's kind, year, serial).

    Brackets, widths, spaces, 第 and 号 and leading zeros do not count. None for another form.
    """
    folded = "".join(fold(text).split()).upper()
    match = _NUMBER_PARTS.match(folded)
    if match is None:
        return None
    prefix = plain(match["prefix"])
    return (
        prefix,
        _KIND_CHARACTERS.sub("", prefix),
        match["year"],
        match["serial"].lstrip("0") or "0",
    )


_CONFUSABLE = str.maketrans("O0DQ1IL8B5S2Z6G", "OOOOIIIBBSSZZGG") | {ord("H"): "II"}


def plate_key(text: str) -> str:
    """A plate or ship's name for comparison: letters and digits, upper case."""
    return plain(text).upper()


def is_trailer(plate: str) -> bool:
    """Whether a plate is that of a trailer."""
    return plate_key(plate).endswith("挂")


def looks_alike(left: str, right: str) -> bool:
    """Whether two plates differ only in characters that recognition confuses."""
    return left.translate(_CONFUSABLE) == right.translate(_CONFUSABLE)


def same_mass(left: Fact, right: Fact) -> bool:
    """Whether two masses in kilograms can be one reading, exact or rounded as they are printed.

    31,380 kg and 31.4吨 are the same; 31,380 kg and 31,400 kg are not.
    """
    one, other = count(left), count(right)
    if one is None or other is None:
        return False
    return one == other or abs(one - other) * 2 <= max(_printed_to(left), _printed_to(right))


def _printed_to(mass: Fact) -> int:
    """To how many kilograms a mass is printed: 100 for 31.4吨, 1 for kilograms."""
    value = count(mass)
    for number in re.findall(r"\d+(?:\.\d+)?", fold(mass.evidence.quote).replace(",", "")):
        if Decimal(number) * 1000 == value:
            return max(1, int(1000 / 10 ** len(number.partition(".")[2])))
    return 0


def every_of(
    case: CaseFacts, name: str, kinds: Iterable[str]
) -> Iterator[tuple[DocumentFacts, Fact]]:
    """The facts of a name in papers of the given kinds, in the order of the file."""
    wanted = frozenset(kinds)
    return ((document, fact) for document, fact in case.every(name) if document.kind in wanted)


def the_decision(case: CaseFacts, *kinds: str) -> DocumentFacts | None:
    """The decision of the file; the last one where there are several."""
    found = case.of_kind(*(kinds or DECISIONS))
    return found[-1] if found else None


def affirmed(document: DocumentFacts, name: str) -> Fact | None:
    """The first fact of that name by which a paper affirms something."""
    return next((fact for fact in document.all(name) if says(fact)), None)


def notice_day(document: DocumentFacts) -> date | None:
    """The date of a notice, as its own or as the paper's."""
    for name in ("notice_on", "dated_on"):
        found = day(document.first(name))
        if found is not None:
            return found
    return None


def last_notice(notices: tuple[DocumentFacts, ...]) -> DocumentFacts | None:
    """The notice with the latest date; without dates the last in the file."""
    if not notices:
        return None
    return max(enumerate(notices), key=lambda each: (notice_day(each[1]) or date.min, each[0]))[1]


def officer_names(document: DocumentFacts) -> tuple[str, ...]:
    """The officers that a paper names, without doubles, comparable."""
    found = (plain(each.name) for fact in document.all("officers") for each in officers(fact))
    return tuple(dict.fromkeys(name for name in found if name))


def amended(case: CaseFacts, wrong: str) -> bool:
    """Whether a correction in the file (补正说明) speaks of what stands wrong elsewhere."""
    key = plain(wrong)
    return bool(key) and any(key in plain(str(fact.value)) for _, fact in case.every("amendment"))
