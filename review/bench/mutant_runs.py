"""Runs the tests of checks and law again and again in one copy of the checkout.

Started with the copy as its working folder, it runs the tests once in a forked child, then loads
every module that the child had loaded and that can be loaded without `review.checks` and
`review.law`. Each later run forks from there, so that only what rests on the changed packages is
imported anew. Requests and answers are one line of JSON each, on standard input and output: a list
of test modules or the name of a stage module (the tests of its checks: `mutant_stages`) is answered
by the id of the first test that failed, or null.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import multiprocessing
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from multiprocessing.connection import Connection

import pytest

from review.bench.mutant_stages import serve

TESTS = ("tests/checks", "tests/law")
"""The tests that are asked: those of the two packages alone, so that each holds its own rules."""
MUTATED = ("review.checks", "review.law")
NOT_LOADED = ("tests", "conftest", "__main__", "hypothesis", "_hypothesis_pytestplugin")
"""Left to pytest: hypothesis objects to work that is done before its plugin is there."""
QUICK = ("tests/checks/test_mechanism.py", "tests/law/test_citation.py")
"""A run of these tells whether the modules that were loaded beforehand are in the way."""
PATIENCE_SECONDS = 300
"""A mutant that makes a test run for ever counts as noticed."""
BASELINE_SECONDS = 1800
"""All tests of both packages, on a machine that is busy with other work."""
OPTIONS = ("-x", "-q", "-n", "0", "--assert=plain", "--hypothesis-profile=brief")


class _Witness:
    """A pytest plugin: orders the tests and keeps the first that failed."""

    def __init__(self) -> None:
        self.failure: str | None = None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Tests with many examples come last."""
        items.sort(key=_has_many_examples)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A test module that cannot be loaded is a failure."""
        self._note(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test, its preparation or its end."""
        self._note(report)

    def _note(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if report.failed and self.failure is None:
            self.failure = report.nodeid


def _has_many_examples(item: pytest.Item) -> bool:
    return bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


def _child(answer: Connection, tests: Sequence[str], *, is_baseline: bool) -> None:
    # only the unchanged sources may leave compiled code: a mutant has the size and, within a
    # second, the time of another one
    sys.dont_write_bytecode = not is_baseline
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    witness = _Witness()
    code = pytest.main([*OPTIONS, *tests], plugins=[witness])
    failure = witness.failure
    if failure is None and code != pytest.ExitCode.OK:
        failure = "the tests do not start"
    answer.send((failure, list(sys.modules)))


def _run(tests: Sequence[str], *, is_baseline: bool = False) -> tuple[str | None, list[str]]:
    """The first failure and the names of the modules that the run had loaded at its end."""
    forking = multiprocessing.get_context("fork")
    receiver, sender = forking.Pipe(duplex=False)
    child = forking.Process(
        target=_child, args=(sender, tests), kwargs={"is_baseline": is_baseline}
    )
    child.start()
    sender.close()
    failure: str | None = "runs for ever"
    loaded: list[str] = []
    if receiver.poll(BASELINE_SECONDS if is_baseline else PATIENCE_SECONDS):
        try:
            failure, loaded = receiver.recv()
        except EOFError:  # the child died without an answer
            failure = "the tests do not start"
    child.kill()
    child.join()
    return failure, loaded


class _Barrier(MetaPathFinder):
    """Refuses the mutated packages while the rest is loaded."""

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """None leaves the module to the ordinary finders.

        Raises:
            ImportError: The module belongs to a mutated package.
        """
        if fullname.startswith(MUTATED):
            raise ImportError(fullname)
        return None


def _load(names: Sequence[str]) -> None:
    """Load what does not need a mutated package; the rest is loaded anew in each run."""
    barrier = _Barrier()
    sys.meta_path.insert(0, barrier)
    for name in names:
        if name.split(".")[0] not in NOT_LOADED:
            with contextlib.suppress(Exception):  # e.g. made at run time: not to be loaded by name
                importlib.import_module(name)
    sys.meta_path.remove(barrier)
    gc.freeze()


def main() -> None:
    """Answer requests until standard input ends; the first answer is that of the baseline."""
    os.nice(10)  # whoever works on the same machine goes first
    failure, loaded = _run(TESTS, is_baseline=True)
    _load(loaded)
    failure = failure or _run(QUICK)[0]  # loading must change nothing
    print(json.dumps(failure), flush=True)
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe()
    stages = forking.Process(target=serve, args=(theirs,))
    stages.start()
    for line in sys.stdin:
        request = json.loads(line)
        if isinstance(request, str):
            ours.send(request)
            failure = ours.recv()
        else:
            failure, _ = _run(request)
        print(json.dumps(failure), flush=True)
    stages.kill()


if __name__ == "__main__":
    main()
