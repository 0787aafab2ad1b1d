"""The changes of a module for mutation testing: found in its syntax tree, written into it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


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


def _operator(operand: ast.expr) -> ast.cmpop | None:
    """The operator of a single comparison."""
    return operand.ops[0] if isinstance(operand, ast.Compare) else None


def _needs_reading_of(operand: ast.expr, joint: ast.boolop) -> str | None:
    """The fact whose reading decides an operand alone: `says(fact)`, with `or` `not says(fact)`.

    A comparison of the reading with constants counts beside `and`: None is never among them.
    """
    match joint, operand:
        case ast.Or(), ast.UnaryOp(op=ast.Not(), operand=read):
            pass
        case ast.And(), ast.Compare(
            left=read, ops=[ast.Is() | ast.Eq() | ast.In()], comparators=[to]
        ):
            constants = [each for each in ast.walk(to) if isinstance(each, ast.Constant)]
            if not constants or any(each.value is None for each in constants):
                return None
        case ast.And(), read:
            pass
        case _:
            return None
    if isinstance(read, ast.NamedExpr):
        read = read.value
    match read:
        case ast.Call(func=ast.Name(id=reader), args=[ast.Name(id=fact)]) if reader in READERS:
            return fact
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

    def _only_narrows(
        self, operand: ast.expr, others: Sequence[ast.expr], joint: ast.boolop
    ) -> bool:
        """Whether a test of a fact for None says nothing beside a test of the value read from it.

        The reader gives None for None and a fact has a value of its kind, so that either test
        follows from the other and one of them is for the type checker alone; leaving it out is no
        change, as with an assertion. So it is with `fact is not None and says(fact)`.
        """
        own = _tested_for_none(operand)
        names = {name for each in others if (name := _tested_for_none(each))}
        if own is None:
            return False
        guards = isinstance(joint, ast.And) is isinstance(_operator(operand), ast.IsNot)
        if guards and any(_needs_reading_of(each, joint) == own for each in others):
            return True
        return self.read_from.get(own) in names or own in map(self.read_from.get, names)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Each operand is left out once."""
        word = " and " if isinstance(node.op, ast.And) else " or "
        for left_out in range(len(node.values)):
            others = [each for i, each in enumerate(node.values) if i != left_out]
            if self._only_narrows(node.values[left_out], others, node.op):
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
