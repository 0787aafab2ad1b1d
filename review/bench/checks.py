"""The measurement `case-review bench checks`: forged case files, read and checked, and compared.

Files are made, read and checked in two processes; nothing goes through the command line, so a
hundred files take minutes. Text (PDF and Word) and scans are counted apart.
"""

from __future__ import annotations

import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from review.bench.accuracy import ABOVE_HINT, Comparison, compare_one, table
from review.bench.forge.write import HOUSES, Order, orders, write


@dataclass(slots=True)
class Measured:
    """The comparison with what is counted over it: alarms by severity and style, hints, breaks."""

    comparison: Comparison = field(default_factory=Comparison)
    alarms: list[tuple[str, str, str, str]] = field(default_factory=list)
    """(style, severity, file, what the check says) for each failure that no label explains."""
    hints: Counter[str] = field(default_factory=Counter)
    lawful: Counter[str] = field(default_factory=Counter)
    per_second: float = 0.0
    """Case files checked a second on one core, facts at hand, with evidence, trace and messages."""
    broken: list[str] = field(default_factory=list)


def make_and_check(order: Order, folder: str) -> tuple[Order, dict[str, Any] | str, dict[str, Any]]:
    """Make one file, read and check it; the truth beside the result, or why it broke."""
    import json

    from review.services.case_files.checking import check_path

    try:
        path = write(order, Path(folder))
        truth = json.loads((path.parent / "truth.json").read_text(encoding="utf-8"))
        result = check_path(path)
        (path.parent / "result.json").write_text(
            json.dumps(result, ensure_ascii=False, indent=1, default=str), encoding="utf-8"
        )
    except Exception:  # noqa: BLE001 - one file that cannot be made or read must not end the run
        return order, traceback.format_exc(limit=-3), {}
    return order, result, truth


def measure(
    seed: int = 1,
    *,
    scans: int = 4,
    keep: Path | None = None,
    houses: tuple[str, ...] = HOUSES,
    only: str = "",
    processes: int = 2,
) -> Measured:
    """Make, read, check and compare every file of that seed; `only` is a part of the file's key."""
    wanted = [each for each in orders(seed, scans=scans, houses=houses) if only in each.key]
    measured = Measured()
    measured.per_second = checking_speed([each for each in wanted if each.surface == "text"][:8])
    with nullcontext(str(keep)) if keep else tempfile.TemporaryDirectory() as folder:
        if processes == 1:
            results = (make_and_check(each, folder) for each in wanted)
            for result in results:
                _count(measured, *result)
        else:
            with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
                waiting = [pool.submit(make_and_check, each, folder) for each in wanted]
                for each in waiting:
                    _count(measured, *each.result())
    return measured


def checking_speed(wanted: list[Order], *, seconds: float = 2.0) -> float:
    """Case files a second of processor time, one core: every check on facts already read.

    The files are made and read first; then all checks run over and over for `seconds`, each result
    brought into its published form. 0 without files.
    """
    from review.checks.catalogue import as_interface
    from review.checks.run import run_checks
    from review.documents.read_case import read_case
    from review.facts.extract import extract
    from review.law.in_force import law_in_force

    law = law_in_force()
    with tempfile.TemporaryDirectory() as folder:
        cases = [extract(read_case(write(each, Path(folder)))) for each in wanted]
    done = 0
    began = time.process_time()
    while cases and time.process_time() - began < seconds:
        for case in cases:
            # without what was worked out before: as if the file were checked for the first time
            for result in run_checks(replace(case), law):
                as_interface(result)
            done += 1
    spent = time.process_time() - began
    return done / spent if spent else 0.0


def _count(
    measured: Measured, order: Order, result: dict[str, Any] | str, truth: dict[str, Any]
) -> None:
    if isinstance(result, str):
        measured.broken.append(f"{order.key}: {result}")
        return
    style = "scan" if order.surface == "scan" else "text"
    measured.comparison.cases[style] += 1
    expected = set(truth["defects"])
    measured.lawful[style] += not expected
    compare_one(measured.comparison, style, order.key, result, truth)
    for each in result["checks"]:
        if each["outcome"] != "fail" or expected & set(each["defects"]):
            continue
        if each["severity"] not in ABOVE_HINT:
            measured.hints[style] += 1
            continue
        words = f"{each['id']} {','.join(each['defects'])} {each['message']['zh']}"
        measured.alarms.append((style, each["severity"], order.key, words))


def report(measured: Measured) -> str:
    """The tables as plain text."""
    lines = [table(measured.comparison), "", "false alarms by severity (text, scan)"]
    for severity in ABOVE_HINT:
        counts = [
            sum(1 for each in measured.alarms if each[0] == style and each[1] == severity)
            for style in ("text", "scan")
        ]
        lines.append(f"  {severity:<8}{counts[0]:>6}{counts[1]:>6}")
    lines.append(f"  hints   {measured.hints['text']:>6}{measured.hints['scan']:>6}")
    lines.append(f"checks, facts at hand: {measured.per_second:.0f} case files a second and core")
    lines.append(f"lawful files: {dict(measured.lawful)}")
    lines.append("")
    lines.append("precision per defect (right, alarms)")
    wrong: Counter[str] = Counter()
    for _, _, _, words in measured.alarms:
        wrong.update(words.split()[1].split(","))
    right: Counter[str] = Counter()
    for tally in measured.comparison.defects.values():
        right.update(tally.right)
    lines.extend(f"  {name:<8}{right[name]:>5}{wrong[name]:>5}" for name in sorted(right | wrong))
    lines.extend(f"BROKEN {each}" for each in measured.broken)
    return "\n".join(lines)
