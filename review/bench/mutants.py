"""Mutation testing of checks and law: does a test fail when a boundary or a condition is changed?

A mutant is one small change in the source of `review/checks` or `review/law`: a comparison that
takes or leaves its boundary, a whole number moved by one, a condition removed or forced. A seeded
sample of them is written, one at a time, into a copy of the checkout, and the tests run there
(`mutant_runs`) until one fails. Whatever survives is either explained in `survivors.yaml` beside
this module (the change makes no difference to anybody, and why) or listed as open: a boundary that
no test holds.
"""

from __future__ import annotations

import json
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

from review.bench.mutant_finder import Kind, Mutant, mutants_of, mutated

ROOT = Path(__file__).parents[2]
MUTATED = ("review/checks", "review/law")
STAGES = "review/checks/stages/"
COPIED = ("review", "tests", "checklists", "samples", "pages", "docs", "app.py", "pyproject.toml")
SURVIVORS = Path(__file__).with_name("survivors.yaml")
LEAST_KILLED = 0.9
"""The share of the sample that must make a test fail."""
_CASES = "tests/checks/test_cases.py"
_DATA = ("tests/law/test_data.py", "tests/law/test_changes_of_law.py")
FURTHER: dict[str, tuple[str, ...]] = {
    "catalogue": ("tests/checks/test_run.py", "tests/checks/test_documentation.py"),
    "check": ("tests/checks/test_mechanism.py", "tests/checks/test_run.py", _CASES),
    "circumstances": (_CASES,),
    "coverage": ("tests/checks/test_documentation.py",),
    "fines": ("tests/law/test_fine_vectors.py", "tests/law/test_data.py"),
    "in_force": (*_DATA, "tests/law/test_fine_vectors.py"),
    "marks": ("tests/checks/test_marks.py", _CASES),
    "outline": _DATA,
    "parameter": _DATA,
    "run": ("tests/checks/test_run.py", "tests/law/test_changes_of_law.py"),
    "stale_text": _DATA,
    "statute": _DATA,
    "tables": ("tests/checks/test_run.py",),
    "uses": _DATA,
    "values": (_CASES,),
    "waiver_assessment": (_CASES,),
    "waiver_changes": ("tests/law/test_waiver_workbook.py",),
    "waiver_conditions": ("tests/checks/test_waiver_assessment.py", _CASES),
    "waiver_list": ("tests/law/test_waiver_workbook.py",),
}
"""Where a module's rules are held beside the test module of its own name."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant and the first test that failed on it (pytest's node id); None: it survived."""

    mutant: Mutant
    noticed_by: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All verdicts of one sample, of `possible` mutants in the two packages."""

    possible: int
    seed: int
    verdicts: tuple[Verdict, ...]
    explained: dict[str, str]

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """Those that no test noticed."""
        return tuple(each.mutant for each in self.verdicts if each.noticed_by is None)

    @property
    def killed_share(self) -> float:
        """Share of the sample that made a test fail, 0 to 1."""
        return 1 - len(self.survivors) / len(self.verdicts)

    @property
    def is_enough(self) -> bool:
        """Whether the share reaches what is asked."""
        return self.killed_share >= LEAST_KILLED


def all_mutants(root: Path = ROOT) -> list[Mutant]:
    """Every mutant of the two packages."""
    found = []
    for package in MUTATED:
        for path in sorted((root / package).rglob("*.py")):
            found += mutants_of(path.relative_to(root).as_posix(), path.read_text("utf-8"))
    return found


def explanations() -> dict[str, str]:
    """Why a survivor makes no difference: mutant's key to reason."""
    content = yaml.safe_load(SURVIVORS.read_text("utf-8")) if SURVIVORS.exists() else None
    return {str(key): str(reason) for key, reason in (content or {}).items()}


def _copy(root: Path, to: Path) -> None:
    hidden = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=hidden)
        else:
            shutil.copy2(source, to / name)


def _request(mutant: Mutant, source: str) -> str | list[str]:
    """What `mutant_runs` is asked: a stage module with checks, or the tests of another module."""
    if mutant.path.startswith(STAGES) and "@check(" in source:
        return mutant.path.removesuffix(".py").replace("/", ".")
    return own_tests(mutant.path)


def own_tests(path: str) -> list[str]:
    """The test modules of a module: `test_` and its name, and those that `FURTHER` names.

    All tests of its package where neither is there.
    """
    folder = "tests/checks" if path.startswith("review/checks") else "tests/law"
    stem = Path(path).stem
    own = f"{folder}/test_{stem}.py"
    found = [own] if (ROOT / own).exists() else []
    found += [each for each in FURTHER.get(stem, ()) if each not in found]
    return found or [folder]


class _Copy:
    """A copy of the checkout with a process that runs its tests (see `mutant_runs`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        _copy(ROOT, folder)
        environment = {**os.environ, "PYTHONPATH": str(folder)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "review.bench.mutant_runs"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _answer(self) -> str | None:
        if self.process.stdout is None:
            raise RuntimeError(self.folder)
        answer: str | None = json.loads(self.process.stdout.readline())
        return answer

    def check_baseline(self) -> None:
        """Wait for the run without a mutant.

        Raises:
            RuntimeError: The tests fail without any change, so that nothing could be concluded.
        """
        if failure := self._answer():
            message = f"the tests fail without a mutant: {failure}"
            raise RuntimeError(message)

    def judge(self, mutant: Mutant) -> Verdict:
        """Run the tests on the changed copy and change it back."""
        path = self.folder / mutant.path
        source = path.read_text("utf-8")
        path.write_text(mutated(source, mutant), "utf-8")
        try:
            if self.process.stdin is None:
                raise RuntimeError(self.folder)
            print(json.dumps(_request(mutant, source)), file=self.process.stdin, flush=True)
            return Verdict(mutant, self._answer())
        finally:
            path.write_text(source, "utf-8")

    def close(self) -> None:
        """End the process, and with it those that it started: they end with their input."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def _work(
    folder: Path, waiting: queue.SimpleQueue[Mutant], total: int, verdicts: list[Verdict]
) -> None:
    copy = _Copy(folder)
    try:
        copy.check_baseline()
        while True:
            verdict = copy.judge(waiting.get_nowait())
            verdicts.append(verdict)
            mark = "" if verdict.noticed_by else f" survived: {_shown(verdict.mutant)}"
            print(f"{len(verdicts)}/{total}{mark}", file=sys.stderr, flush=True)
    except queue.Empty:
        return
    finally:
        copy.close()


def judge(mutants: Sequence[Mutant], workers: int = 1) -> tuple[Verdict, ...]:
    """Run the tests on each mutant; progress goes to standard error.

    Args:
        mutants: of the sources as they stand now.
        workers: copies of the checkout in which tests run side by side.

    Returns:
        One verdict for each, in the order of path and place.

    Raises:
        RuntimeError: The tests fail without any change, so that nothing could be concluded.
    """
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    for mutant in mutants:
        waiting.put(mutant)
    verdicts: list[Verdict] = []
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(workers) as pool:
        running = [
            pool.submit(_work, Path(scratch) / str(number), waiting, len(mutants), verdicts)
            for number in range(workers)
        ]
        for each in running:
            each.result()
    return tuple(sorted(verdicts, key=lambda each: (each.mutant.path, each.mutant.start)))


def measure(seed: int = 1, sample: int = 300, workers: int = 2, only: str = "") -> Outcome:
    """Judge a seeded sample.

    Args:
        seed: of the sample.
        sample: how many mutants.
        workers: copies of the checkout in which tests run side by side.
        only: part of a path: sample from these modules alone.

    Raises:
        RuntimeError: The tests fail without any change, so that nothing could be concluded.
    """
    possible = [each for each in all_mutants() if only in each.path]
    chosen = random.Random(seed).sample(possible, min(sample, len(possible)))
    return Outcome(len(possible), seed, judge(chosen, workers), explanations())


def report(outcome: Outcome) -> str:
    """The figures, then every survivor with its explanation or as open."""
    return "\n".join(_lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    total, survived = len(outcome.verdicts), len(outcome.survivors)
    yield (
        f"{total} of {outcome.possible} mutants, seed {outcome.seed}: "
        f"{total - survived} noticed ({outcome.killed_share:.1%}), {LEAST_KILLED:.0%} asked"
    )
    of_kind = Counter(each.mutant.kind for each in outcome.verdicts)
    alive = Counter(each.kind for each in outcome.survivors)
    for kind in Kind:
        yield f"  {kind:<10} {of_kind[kind] - alive[kind]}/{of_kind[kind]}"
    unexplained = [each for each in outcome.survivors if each.key not in outcome.explained]
    yield f"survivors {survived}, of them explained {survived - len(unexplained)}"
    for mutant in outcome.survivors:
        reason = outcome.explained.get(mutant.key, "OPEN")
        yield f"  {_shown(mutant)}\n    {reason}"


def _shown(mutant: Mutant) -> str:
    return f"{mutant.path}:{mutant.line} {mutant.before} -> {mutant.after}"
