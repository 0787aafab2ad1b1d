"""Splitting, extracting and checking a case in a guarded child process.

The work takes a second or so of processor time a case; in a process of its own it holds no thread
of the server up, and a case file on which it would hang or break takes only the child down.
"""

from __future__ import annotations

import atexit
import logging
import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from review.checks.check import CheckResult
from review.checks.run import SiteSettings, run_checks
from review.common.dates import WorkingCalendar
from review.documents import division as divisions
from review.documents.division import Conflicts, Division, PageKey, PaperOfPages
from review.documents.guard import ChildDied, ReadingPool
from review.documents.model import CaseReading, Document, FileReport, Page
from review.documents.split import split
from review.errors import Unexpected
from review.facts.corrections import Correction, corrected
from review.facts.extract import extract
from review.facts.model import CaseFacts, Evidence, FactValue
from review.law.in_force import law_in_force

PROGRAM = "review.services.reading.analysis_child"
SENT = frozenset(
    {
        "review.services.reading.analysis",
        "review.documents.division",
        "review.facts",
        "review.checks",
        "review.registers",
        "review.law",
        "review.casefiles.media",
        "datetime",
        "decimal",
    }
)
"""Where the classes of which an analysis consists are at home."""

SECONDS, SECONDS_A_PAGE = 120.0, 0.3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as it is kept: on a page of the case, or for the whole file (`page` None)."""

    name: str
    value: FactValue | None
    old_value: str
    evidence: Evidence
    page: PageKey | None


@dataclass(frozen=True, slots=True)
class Material:
    """What papers, facts and check results of a case follow from.

    `keys` name the pages. `division` is a person's; None leaves it to the machine. `settings` are
    what the site adds to the checks; none are run where `is_checked` is False.
    """

    case_no: str
    files: tuple[FileReport, ...]
    pages: tuple[Page, ...]
    keys: tuple[PageKey, ...]
    division: Division | None = None
    corrections: tuple[Corrected, ...] = ()
    calendar: WorkingCalendar | None = None
    settings: SiteSettings | None = None
    is_checked: bool = True


@dataclass(frozen=True, slots=True)
class Analysis:
    """What follows. `machine` is the division without a person; `conflicts` where his is at odds.

    `spans` has for each paper the first and last page number within its source; None for DOCX.
    """

    division: Division
    machine: Division
    conflicts: Conflicts
    spans: tuple[tuple[int, int] | None, ...]
    sources: tuple[str, ...]
    facts: CaseFacts
    results: tuple[CheckResult, ...]


def analysed(material: Material) -> Analysis:
    """The analysis of a material. Pure; takes a second or so of processor time a case."""
    key_of = dict(zip(map(id, material.pages), material.keys, strict=True))
    page_of = dict(zip(material.keys, material.pages, strict=True))
    machine = Division(
        tuple(
            PaperOfPages(
                each.kind,
                each.title,
                tuple(key_of[id(page)] for page in each.pages),
                each.confidence,
                each.reason,
            )
            for each in split(material.pages)
        )
    )
    division, conflicts = machine, Conflicts()
    if material.division is not None:
        division, conflicts = divisions.reconcile(material.division, machine)
    documents = [_document(paper, page_of) for paper in division.papers]
    facts = extract(CaseReading(material.case_no, material.files, tuple(documents)))
    facts = corrected(facts, _placed(material.corrections, division))
    results: Sequence[CheckResult] = ()
    if material.is_checked:
        results = run_checks(
            facts, law_in_force(), calendar=material.calendar, settings=material.settings
        )
    return Analysis(
        division,
        machine,
        conflicts,
        tuple(document.page_range for document in documents),
        tuple(document.source for document in documents),
        facts,
        tuple(results),
    )


def _document(paper: PaperOfPages, page_of: Mapping[PageKey, Page]) -> Document:
    pages = tuple(page_of[key] for key in paper.pages)
    return Document(paper.kind, paper.title, pages[0].source, pages, paper.confidence, paper.reason)


def _placed(corrections: Sequence[Corrected], division: Division) -> list[Correction]:
    """The corrections with the paper that each stands in; those of pages that are gone are left."""
    paper_of = {page: index for index, paper in enumerate(division.papers) for page in paper.pages}
    return [
        Correction(
            each.name,
            each.value,
            each.old_value,
            each.evidence,
            None if each.page is None else paper_of[each.page],
        )
        for each in corrections
        if each.page is None or each.page in paper_of
    ]


_starting = threading.Lock()


@lru_cache(maxsize=1)
def _pool() -> ReadingPool:
    pool = ReadingPool(program=PROGRAM, also=SENT)
    atexit.register(pool.close)
    return pool


def analyse(material: Material) -> Analysis:
    """The analysis of a material, made in a child. Raises Unexpected where the child breaks."""
    with _starting:
        pool = _pool()
    seconds = SECONDS + SECONDS_A_PAGE * len(material.pages)
    try:
        (found,) = pool.run("analyse", seconds=seconds, material=material)
    except ChildDied as death:
        unexpected = Unexpected(reference=secrets.token_hex(4))
        _log.error("analysis broke, %s", unexpected, exc_info=death)
        raise unexpected from death
    assert isinstance(found, Analysis)
    return found
