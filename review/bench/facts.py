"""How right splitting and facts are: forged files of four houses as text and as scans.

The scans are made in three manners (office scanner, telephone, fax), every house in each of them.
Files with lawful oddities are among them; planted defects are left to `bench checks`.
"""

from __future__ import annotations

import json
import tempfile
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from review.bench.accuracy import Comparison, Tally, compare_one
from review.bench.forge.oddities import ODDITIES
from review.bench.forge.write import HOUSES, Order, orders, write

MANNERS = ("office", "camera", "fax")
_SEED = 31


@dataclass(slots=True)
class Accuracy:
    """Documents and facts against the truth, by style; files that broke."""

    comparison: Comparison = field(default_factory=Comparison)
    broken: list[str] = field(default_factory=list)


def wanted(text: int, scans: int, seed: int = _SEED) -> list[Order]:
    """`text` files on text and in Word without planted defects, `scans` scanned ones."""
    lawful = [each for each in orders(seed, scans=0) if each.fault is None]
    step = max(1, len(lawful) // max(text, 1))
    found = lawful[::step][:text]
    kinds = list(product(MANNERS, HOUSES))
    for number in range(scans):
        manner, house = kinds[number * 5 % len(kinds)]
        odd = number % 3 == 2
        fitting = [
            place for place, each in enumerate(ODDITIES) if not each.houses and each.cause is None
        ]
        oddity = fitting[number % len(fitting)] if odd and fitting else None
        key = f"{number:03d}-{house}-{manner}"
        found.append(Order(key, house, "scan", seed * 1000 + number, oddity=oddity, manner=manner))
    return found


def _read(order: Order, folder: str) -> tuple[Order, dict[str, Any] | str, dict[str, Any]]:
    from review.documents.read_case import read_case
    from review.facts.extract import extract
    from review.facts.interface import as_json

    try:
        path = write(order, Path(folder))
        truth = json.loads((path.parent / "truth.json").read_text(encoding="utf-8"))
        reading = read_case(path)
        result = as_json(reading, extract(reading)) | {"checks": []}
        (path.parent / "read.json").write_text(
            json.dumps(result, ensure_ascii=False, indent=1, default=str), encoding="utf-8"
        )
    except Exception:  # noqa: BLE001 - one file that breaks must not end the run
        return order, traceback.format_exc(limit=-3), {}
    return order, result, {**truth, "defects": []}


def measure(text: int = 40, scans: int = 12, keep: Path | None = None) -> Accuracy:
    """Make the files, read them in two processes and compare."""
    accuracy = Accuracy()
    with nullcontext(str(keep)) if keep else tempfile.TemporaryDirectory() as folder:
        for order, result, truth in _results(wanted(text, scans), folder):
            if isinstance(result, str):
                accuracy.broken.append(f"{order.key}: {result}")
                continue
            style = "scan" if order.surface == "scan" else "text"
            accuracy.comparison.cases[style] += 1
            compare_one(accuracy.comparison, style, order.key, result, truth)
    return accuracy


def _results(
    files: list[Order], folder: str
) -> Iterator[tuple[Order, dict[str, Any] | str, dict[str, Any]]]:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for waiting in [pool.submit(_read, each, folder) for each in files]:
            yield waiting.result()


def _share(tally: Tally) -> str:
    right, total = sum(tally.right.values()), sum(tally.total.values())
    return f"{right}/{total} {right / total:.2%}" if total else "none"


def report(accuracy: Accuracy) -> str:
    """The two totals, a row a fact, and every miss, as plain text."""
    comparison = accuracy.comparison
    lines = [
        f"case files: {dict(comparison.cases)}; every fact that the truth knows, exact",
    ]
    for title, tallies in (("documents", comparison.documents), ("facts", comparison.facts)):
        text, scan = (_share(tallies[style]) for style in ("text", "scan"))
        lines.append(f"{title:<22}text {text:<20} scan {scan}")
        if title == "facts":
            names = sorted({name for tally in tallies.values() for name in tally.total})
            for name in names:
                cells = [
                    f"{tallies[style].right[name]}/{tallies[style].total[name]}"
                    for style in ("text", "scan")
                ]
                lines.append(f"  {name:<20}{cells[0]:>10}{cells[1]:>10}")
        lines.extend(
            f"  ! {style} {name}: {note}"
            for style in ("text", "scan")
            for name, notes in sorted(tallies[style].wrong.items())
            for note in notes
        )
    lines.extend(f"BROKEN {each}" for each in accuracy.broken)
    return "\n".join(lines)
