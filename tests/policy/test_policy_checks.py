"""No check reads a file, a clock or a network: it judges the facts and the law that it is given."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from review.checks import stages

FOLDER = Path(stages.__path__[0])
ALLOWED = {
    *(
        "pathlib.PurePath",
        "pathlib.PurePosixPath",
        "__future__",
        "collections",
        "collections.abc",
        "dataclasses",
        "datetime",
        "decimal",
    ),
    *(
        "enum",
        "statistics",
        "functools",
        "itertools",
        "re",
        "typing",
        "rapidfuzz.distance",
        "rapidfuzz",
    ),
}
PACKAGES = (
    "review.casefiles.",
    "review.registers.",
    "review.checks",
    "review.common",
    "review.facts",
    "review.law",
    "review.documents.kinds",
    "review.errors",
)
FORBIDDEN = {"open", "exec", "eval", "__import__", "print", "input"}
CLOCKS = {"now", "today", "utcnow"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_a_check_imports_and_calls_nothing_that_reads(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
            if names == ["pathlib"]:
                names = [f"pathlib.{alias.name}" for alias in node.names]
        for name in names:
            assert name in ALLOWED or name.startswith(PACKAGES), f"{path.name} imports {name}"
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                assert called.id not in FORBIDDEN, f"{path.name} calls {called.id}"
            elif isinstance(called, ast.Attribute):
                assert called.attr not in CLOCKS, f"{path.name} asks the clock ({called.attr})"
                assert not called.attr.startswith(("read_", "write_")), f"{path.name} reads a file"
