"""Old office papers (DOC, WPS, RTF, ODT) turned into DOCX by LibreOffice, where it is installed.

LibreOffice runs as a process of its own, with a profile folder of its own, and is ended with all
its children when its time is up. Nothing that it writes outlives the reading.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from review.casefiles.formats import converter
from review.casefiles.intake import Limits
from review.errors import DamagedFile, ReadingTimedOut

_OLE = b"\xd0\xcf\x11\xe0"


@contextmanager
def as_docx(path: Path, source: str, limits: Limits) -> Iterator[Path]:
    """The paper as a DOCX that is gone afterwards. Raises DamagedFile or ReadingTimedOut."""
    with tempfile.TemporaryDirectory(prefix="case-review-office-") as folder:
        work = Path(folder)
        given = work / f"paper{_suffix(path)}"
        shutil.copyfile(path, given)
        made = work / "out" / "paper.docx"
        if not _convert(given, made, source, limits):
            raise DamagedFile(
                file=source,
                reason="LibreOffice 不能转换；请用 Word 或 WPS 打开后另存为 DOCX",
                reason_en="LibreOffice cannot convert it; save it as DOCX in Word or WPS",
            )
        yield made


def _suffix(path: Path) -> str:
    """The ending by which LibreOffice chooses how to open it: told by content."""
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(_OLE):
        return ".doc"
    return ".rtf" if head.startswith(b"{\\rtf") else ".odt"


def _convert(given: Path, made: Path, source: str, limits: Limits) -> bool:
    """Whether LibreOffice wrote the file."""
    program = converter()
    if program is None:  # taken away since the file was taken in
        return False
    home = given.parent / "home"
    home.mkdir()
    process = subprocess.Popen(  # noqa: S603 - a program of the system, no shell
        [
            *(program, "--headless", "--norestore", "--nolockcheck", "--nodefault"),
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made.parent), str(given)),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(home)},
        start_new_session=True,
    )
    try:
        if hasattr(resource, "prlimit"):
            most = (limits.memory_bytes, limits.memory_bytes)
            resource.prlimit(process.pid, resource.RLIMIT_AS, most)
        process.wait(limits.page_seconds)
    except ProcessLookupError:
        process.wait()
    except subprocess.TimeoutExpired as error:
        seconds = f"{limits.page_seconds:.0f}"
        raise ReadingTimedOut(
            file=source, limit=f"{seconds} 秒", limit_en=f"{seconds} s"
        ) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # also what it started and left behind
        process.wait()
    return made.is_file() and made.stat().st_size > 0
