"""The scan section of `case-review bench read`: the engines side by side on pages made anew."""

from __future__ import annotations

import statistics
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from review.bench.scans.damage import keep
from review.bench.scans.engines import ENGINES, EngineRun, absent, run
from review.bench.scans.pages import clean_pages

MEASURED = (2026, ("ministry", "waterway"))
"""Seed and houses of the pages that are measured."""
CHOSEN_ON = (7, ("municipal", "prose"))
"""Seed and houses of the pages on which the settings of the reading were chosen."""

RULE = (
    "full and half width made one (NFKC), blanks left out, kinds of dashes, quotes and round zeros "
    "made one, for every engine alike; rows by place, seal letters read as text count as errors"
)


@dataclass(frozen=True, slots=True)
class Scans:
    """What every engine did on the same pages; why the others are absent."""

    runs: tuple[EngineRun, ...]
    absent: dict[str, str]
    chosen: bool


def measure(pages: int = 40, *, chosen: bool = False) -> Scans:
    """All engines on `pages` pages; `chosen` takes those on which the settings were chosen."""
    seed, houses = CHOSEN_ON if chosen else MEASURED
    reasons = {name: reason for name in ENGINES if (reason := absent(name)) is not None}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keep(clean_pages(seed, pages, houses), seed, folder)
        runs = tuple(run(engine, folder) for engine in ENGINES if engine not in reasons)
    return Scans(runs, reasons, chosen)


def report(scans: Scans) -> str:
    """The engines, the ratios, and our errors by face, resolution and manner, as plain text."""
    ours = scans.runs[0]
    which = "on which settings were chosen" if scans.chosen else "not those of the settings"
    drawn = sum(score.lines for score in ours.scores)
    names = ("errors", "CER %", "lost", "CPU s/page", "(mean)", "peak MB")
    lines = [
        f"scans: {len(ours.scores)} pages ({which}), {ours.letters} characters, {drawn} lines",
        f"rule: {RULE}",
        f"{'engine':<14}" + "".join(f"{name:>12}" for name in names),
    ]
    lines.extend(_row(each) for each in scans.runs)
    lines.extend(f"{name:<14}{reason}" for name, reason in scans.absent.items())
    for other in scans.runs[1:]:
        errors = f"{other.errors / ours.errors:.1f}" if ours.errors else "all"
        share = statistics.median(ours.seconds) / statistics.median(other.seconds)
        lines.append(
            f"against {other.name}: {errors} times our errors; we take {share:.2f} of its CPU"
        )
    lines += _parts(ours)
    lines.extend(f"  lost: {line}" for line in ours.lost)
    lines.extend(
        f"  {number:03d} {drawn} | {read}"
        for number, score in enumerate(ours.scores)
        for drawn, read in score.wrong
    )
    return "\n".join(lines)


def _row(engine: EngineRun) -> str:
    cells = (
        str(engine.errors),
        f"{engine.rate * 100:.2f}",
        str(len(engine.lost)),
        f"{statistics.median(engine.seconds):.2f}",
        f"{statistics.fmean(engine.seconds):.2f}",
        f"{engine.peak_mb:.0f}",
    )
    return f"{engine.name:<14}" + "".join(f"{cell:>12}" for cell in cells)


def _parts(ours: EngineRun) -> list[str]:
    """Our errors in each face, resolution and manner of scanning."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for score, kinds in zip(ours.scores, ours.pages, strict=True):
        for kind in kinds:
            sums[str(kind)][0] += score.errors
            sums[str(kind)][1] += score.letters
    cells = [
        f"{kind} {errors}/{letters} ({errors / letters:.2%})"
        for kind, (errors, letters) in sums.items()
    ]
    return ["ours by face, dpi and manner: " + ", ".join(cells)]
