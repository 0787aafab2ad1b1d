"""The tests of a stage's own checks on the changed stage, without starting pytest.

Most mutants stand in a module of `review.checks.stages`. Here everything is loaded once; for each
mutant a forked child loads the changed module in place of the other and calls the test functions
for the checks of that module. Tests of other modules are not asked, which can only make a mutant
survive that the whole run would notice.
"""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection

PATIENCE_SECONDS = 60


def _tests(check_id: str) -> Iterator[tuple[str, Callable[[], None]]]:
    from tests.checks import test_cases, test_leaving_out, test_run
    from tests.checks.building import cases_of

    for spec in cases_of(check_id):
        yield f"{check_id}: {spec['name']}", partial(test_cases.test_case, check_id, spec)
    reads_less = test_run.test_reading_less_never_adds_a_claim_nor_a_pass
    for less in ("refused", "unclear", "partly"):
        yield f"{check_id}: {less}", partial(reads_less, check_id, less)
    leaves_out = test_leaving_out.test_a_thing_that_was_not_read_never_breaks_a_check
    yield f"{check_id}: a thing not read", partial(leaves_out, check_id)
    misreads = test_leaving_out.test_a_value_of_another_kind_never_breaks_a_check
    yield f"{check_id}: a value of another kind", partial(misreads, check_id)


def first_failure(module: str) -> str | None:
    """Load the module as it now stands on disk in place of the loaded one and test its checks."""
    from review.checks.catalogue import checks
    from review.checks.check import REGISTRY

    own = [each.id for each in checks() if each.function.__module__ == module]
    for check_id in own:
        del REGISTRY[check_id]
    checks.cache_clear()
    del sys.modules[module]
    try:
        importlib.import_module(module)
    except Exception:  # noqa: BLE001  (whatever a changed module raises)
        return "the module does not load"
    for check_id in own:
        for name, test in _tests(check_id):
            try:
                test()
            except Exception:  # noqa: BLE001  (an assertion, or what the change broke)
                return name
    return None


def _child(answer: Connection, module: str) -> None:
    sys.dont_write_bytecode = True
    answer.send(first_failure(module))


def serve(requests: Connection) -> None:
    """Answer names of stage modules by the first failure or None, each from a child of its own."""
    from review.checks.catalogue import checks

    for each in checks():
        tuple(_tests(each.id))
    forking = multiprocessing.get_context("fork")
    while True:
        module = requests.recv()
        receiver, sender = forking.Pipe(duplex=False)
        child = forking.Process(target=_child, args=(sender, module))
        child.start()
        sender.close()
        failure = "runs for ever"
        if receiver.poll(PATIENCE_SECONDS):
            try:
                failure = receiver.recv()
            except EOFError:  # the child died without an answer
                failure = "the interpreter dies"
        child.kill()
        child.join()
        requests.send(failure)
