"""Mutation testing of checks and law: does a test fail when a boundary or a condition is changed?

A mutant is one small change in the source of `review/checks` or `review/law`: a comparison that
takes or leaves its boundary, a whole number moved by one, a condition removed or forced. A seeded
sample of them is written, one at a time, into a copy of the checkout, and the tests run there
(`mutant_runs`) until one fails. Whatever survives is either explained in `survivors.yaml` beside
this module (the change makes no difference to anybody, and why) or listed as open: a boundary that
no test holds.
"""

from __future__ import annotations

import ast
import json
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
MUTATED = ("review/checks", "review/law")
STAGES = "review/checks/stages/"
COPIED = ("review", "tests", "checklists", "samples", "pages", "docs", "app.py", "pyproject.toml")
SURVIVORS = Path(__file__).with_name("survivors.yaml")
CHECK_ID = re.compile(r'"([A-Z]{3}\d{3})"')


class Kind(StrEnum):
    """What was changed."""

    COMPARISON = "comparison"
    BOUNDARY = "boundary"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a part of a module.

    `path` below the checkout, `line` from 1, the source of the part before and after, `start` and
    `end` as offsets into the file's bytes (UTF-8).
    """

    path: str
    line: int
    kind: Kind
    before: str
    after: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What it is known by in `survivors.yaml`: holds while lines move."""
        return f"{self.path}: {self.before} -> {self.after}"


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


SIGNS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
"""How each comparison is written, and the one that takes its place."""


READERS = frozenset({"day", "instant", "yuan", "count", "words", "says"})
"""Of `review.checks.values`: each gives None for None."""


def _tested_for_none(operand: ast.expr) -> str | None:
    """The name in `name is None` or `name is not None`; None for anything else."""
    match operand:
        case ast.Compare(
            left=ast.Name(id=name), ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(None)]
        ):
            return name
    return None


class _Finder(ast.NodeVisitor):
    """Collects the mutants of one module; positions come from the syntax tree."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.source = source.encode()
        self.starts = [0]
        for line in self.source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.found: list[Mutant] = []
        self.read_from: dict[str, str] = {}

    def _span(self, node: ast.expr) -> tuple[int, int]:
        end_line, end_column = node.end_lineno, node.end_col_offset
        if end_line is None or end_column is None:  # the parser always gives both
            raise ValueError(ast.dump(node))
        return (
            self.starts[node.lineno - 1] + node.col_offset,
            self.starts[end_line - 1] + end_column,
        )

    def _add(self, node: ast.expr, kind: Kind, after: str) -> None:
        start, end = self._span(node)
        before = self.source[start:end].decode()
        self.found.append(Mutant(self.path, node.lineno, kind, before, after, start, end))

    def _text(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return f"({self.source[start:end].decode()})"

    def visit_Compare(self, node: ast.Compare) -> None:
        """Each operator of the comparison in turn."""
        for changed in range(len(node.ops)):
            parts = [self._text(node.left)]
            for place, (operator, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
                parts += [SIGNS[type(operator)][place == changed], self._text(right)]
            self._add(node, Kind.COMPARISON, " ".join(parts))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A whole number is moved by one."""
        if type(node.value) is int:
            self._add(node, Kind.BOUNDARY, str(node.value + 1))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Words for people are not boundaries."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Remembers which names hold a value that was read from which fact."""
        outer, self.read_from = self.read_from, dict(self.read_from)
        for each in ast.walk(node):
            if isinstance(each, ast.Assign):
                self._remember(each.targets[0], each.value)
        self.generic_visit(node)
        self.read_from = outer

    def _remember(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, other in zip(target.elts, value.elts, strict=False):
                self._remember(one, other)
        match target, value:
            case ast.Name(id=name), ast.Call(func=ast.Name(id=reader), args=[ast.Name(id=fact)]):
                if reader in READERS:
                    self.read_from[name] = fact

    def _only_narrows(self, operand: ast.expr, others: Sequence[ast.expr]) -> bool:
        """Whether fact and the value read from it are both tested for None, this being one of them.

        The reader gives None for None and a fact has a value of its kind, so that either test
        follows from the other and one of them is for the type checker alone; leaving it out is no
        change, as with an assertion.
        """
        own = _tested_for_none(operand)
        names = {name for each in others if (name := _tested_for_none(each))}
        if own is None:
            return False
        return self.read_from.get(own) in names or own in map(self.read_from.get, names)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Each operand is left out once."""
        word = " and " if isinstance(node.op, ast.And) else " or "
        for left_out in range(len(node.values)):
            others = [each for i, each in enumerate(node.values) if i != left_out]
            if self._only_narrows(node.values[left_out], others):
                continue
            kept = [self._text(each) for each in others]
            self._add(node, Kind.CONDITION, f"({word.join(kept)})")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """A negation is removed."""
        if isinstance(node.op, ast.Not):
            self._add(node, Kind.CONDITION, self._text(node.operand))
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        """The branch is always and never taken."""
        self._force(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """As an if statement."""
        self._force(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """The filter of a comprehension lets everything through."""
        for each in node.ifs:
            self._add(each, Kind.CONDITION, "True")
        self.generic_visit(node)

    def _force(self, test: ast.expr) -> None:
        self._add(test, Kind.CONDITION, "True")
        self._add(test, Kind.CONDITION, "False")

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Annotations do not run."""
        if node.value is not None:
            self.visit(node.value)

    def visit_Assert(self, node: ast.Assert) -> None:
        """An assertion tells the type checker what is known; it decides nothing."""


def mutants_of(path: str, source: str) -> list[Mutant]:
    """Every mutant of one module, in the order of its lines.

    Args:
        path: of the module below the checkout, with slashes.
        source: its text.

    Raises:
        SyntaxError: The source is no Python.
    """
    finder = _Finder(path, source)
    finder.visit(ast.parse(source))
    different = [each for each in finder.found if each.before != each.after]
    return sorted(different, key=lambda each: (each.start, each.end, each.after))


def mutated(source: str, mutant: Mutant) -> str:
    """The module's text with the one change."""
    raw = source.encode()
    return (raw[: mutant.start] + mutant.after.encode() + raw[mutant.end :]).decode()


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
    """What `mutant_runs` is asked: a stage module with checks, or words in the likeliest tests."""
    ids = sorted(set(CHECK_ID.findall(source)))
    if mutant.path.startswith(STAGES) and "@check(" in source:
        return mutant.path.removesuffix(".py").replace("/", ".")
    return [*ids, Path(mutant.path).stem] if "checks" in mutant.path else ["tests/law"]


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
        f"{total - survived} noticed ({outcome.killed_share:.1%})"
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
