"""Reading and checking case files without any database: what `read` and `check` print.

Many case files are worked on in processes of their own. A case file that breaks its process is
reported as refused and never stops the others.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from review.casefiles.intake import not_opened
from review.casefiles.names import natural_order, readable_name
from review.checks.catalogue import as_interface
from review.checks.check import SEVERITY_ORDER, Severity
from review.checks.run import run_checks
from review.documents.guard import shared_pool
from review.documents.model import CaseReading
from review.documents.read_case import read_case
from review.errors import DamagedFile, EmptyArchive, ReviewError, Unexpected
from review.facts.extract import extract
from review.facts.interface import as_json
from review.facts.model import CaseFacts
from review.law.in_force import law_in_force

Object = dict[str, Any]
"""The published object of one case file."""

NOTHING = CaseFacts({}, ())
"""The facts of a case file whose facts could not be extracted."""

_log = logging.getLogger(__name__)


def read_path(path: Path) -> Object:
    """Intake, reading, splitting and facts of one case file. Raises MissingFile."""
    reading = read_case(path)
    return as_json(reading, _facts(reading) or NOTHING)


def read_safely(path: Path) -> Object:
    """The same, whatever is wrong with it: then one refused file that says what."""
    found = _safely(read_path, path)
    found.pop("checks", None)
    return found


def check_path(path: Path) -> Object:
    """The same and every machine check. Raises MissingFile.

    A case file of which nothing was read has no checks: there is nothing to check. Nor has one
    whose facts could not be extracted: a check would take for missing what is there.
    """
    reading = read_case(path)
    facts = _facts(reading)
    found = as_json(reading, facts or NOTHING)
    results = run_checks(facts, law_in_force()) if reading.documents and facts else []
    found["checks"] = [as_interface(result) for result in results]
    return found


def _facts(reading: CaseReading) -> CaseFacts | None:
    """The facts of a reading; None, with a number in the log, where extracting them broke."""
    try:
        return extract(reading)
    except Exception as error:  # noqa: BLE001 - the papers were read and are worth reporting
        _log.error("%s", Unexpected(reference=secrets.token_hex(4)), exc_info=error)
        return None


def case_files(folder: Path) -> list[Path]:
    """The case files in a folder: each sub-folder, archive or file is one; hidden ones are not.

    A path that is no folder is the only case file itself. Raises EmptyArchive for a folder with
    nothing in it, and NotOpened for one that may not be looked into.
    """
    try:
        if not folder.is_dir():
            return [folder]
        children = [each for each in folder.iterdir() if not each.name.startswith((".", "~$"))]
    except OSError as error:
        raise not_opened(readable_name(str(folder)), error) from error
    if not children:
        raise EmptyArchive(file=readable_name(str(folder)))
    return sorted(children, key=lambda each: natural_order(readable_name(each.name)))


def check_all(paths: Sequence[Path], *, jobs: int) -> Iterator[Object]:
    """The objects of many case files in the given order, `jobs` of them worked on at once."""
    if jobs <= 1 or len(paths) <= 1:
        yield from map(check_safely, paths)
        return
    children = max(1, (os.cpu_count() or 1) // jobs)
    with _pool(jobs, children) as pool:
        waiting = [(path, pool.submit(check_safely, path)) for path in paths]
        for path, future in waiting:
            yield _answer(path, future, children)


def _pool(jobs: int, children: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_prepare, initargs=(children,)
    )


def _prepare(children: int) -> None:
    shared_pool(size=children)


def _answer(path: Path, future: Future[Object], children: int) -> Object:
    """The result; where a process died, the case file gets another process for itself alone."""
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    with _pool(1, children) as alone:
        try:
            return alone.submit(check_safely, path).result()
        except BrokenProcessPool:
            error = DamagedFile(
                file=path.name, reason="解析程序异常退出", reason_en="the parser ended abnormally"
            )
            return refused(path, error)


def check_safely(path: Path) -> Object:
    """The object of a case file, whatever is wrong with it."""
    return _safely(check_path, path)


def _safely(work: Callable[[Path], Object], path: Path) -> Object:
    try:
        return work(path)
    except ReviewError as error:
        return refused(path, error)
    except Exception as error:  # noqa: BLE001 - one broken case never stops the others
        unexpected = Unexpected(reference=secrets.token_hex(4))
        _log.error("check failed, %s", unexpected, exc_info=error)
        return refused(path, unexpected)


def refused(path: Path, error: ReviewError) -> Object:
    """The object of a case file that could not be taken in at all."""
    report = {
        "source": readable_name(path.name),
        "sha256": "",
        "kind": "other",
        "pages": None,
        "status": "refused",
        "reason": {"code": error.code, "zh": error.text("zh"), "en": error.text("en")},
    }
    return {
        "path": readable_name(str(path)),
        "case_no": None,
        "procedure": None,
        "files": [report],
        "documents": [],
        "facts": [],
        "checks": [],
    }


def is_refused(found: Object) -> bool:
    """Whether nothing of a case file could be taken in."""
    return bool(found["files"]) and all(each["status"] == "refused" for each in found["files"])


def fails_at(found: Object, severity: Severity) -> bool:
    """Whether a check failed at that severity or a heavier one."""
    bound = SEVERITY_ORDER.index(severity)
    return any(
        each["outcome"] == "fail"
        and each["severity"] is not None
        and SEVERITY_ORDER.index(Severity(each["severity"])) >= bound
        for each in found.get("checks", ())
    )
