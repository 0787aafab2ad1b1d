"""What the measurement of a long import tells of the processes that take part."""

from __future__ import annotations

import subprocess
import sys

from review.bench import long_import
from review.bench.long_import import LongImport, Resident


def test_both_imports_are_told_stage_by_stage() -> None:
    short = LongImport(10, "done", 3.0, {"reading": Resident(100.0, 80.0, 0.0)})
    long = LongImport(
        100, "refused the file is broken", 9.0, {"checking": Resident(140.4, 90.0, 61.5)}
    )
    told = long_import.report((short, long)).splitlines()
    assert told[1].split() == ["reading", "10", "100", "80", "0"]
    assert told[2] == "10 pages: done after 3 s"
    assert told[3].split() == ["checking", "100", "140", "90", "62"]
    assert told[4] == "100 pages: refused the file is broken after 9 s"


def test_the_processes_of_a_worker_are_counted_and_the_gone_are_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        held = long_import._resident(child.pid)
        child.communicate(b"\n")
    assert held.worker > 0
    assert (held.reader, held.analysis) == (0.0, 0.0)
    assert long_import._resident(child.pid) == Resident(0.0, 0.0, 0.0)
