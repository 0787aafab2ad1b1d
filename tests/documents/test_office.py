"""Old office papers: read where LibreOffice is there, and refused with the way out where not."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import docx
import pytest

from review.casefiles.formats import converter, kind_of
from review.casefiles.intake import Limits, SourceFile, unpack
from review.documents.model import FileReport, FileStatus, Page
from review.documents.read_case import read_case
from review.documents.readers.office import as_docx
from review.errors import ConvertFirst, DamagedFile, ReadingTimedOut

RTF = rb"{\rtf1\ansi\ansicpg936 {\b Sample 2024-03-01}\par}"
WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "WordDocument".encode("utf-16-le")
PAPER = "询问笔录"


def stand_in(folder: Path, script: str) -> Path:
    """A program named soffice that does what `script` says; $out and $in are set."""
    folder.mkdir(exist_ok=True)
    program = folder / "soffice"
    program.write_text(
        "#!/bin/sh\n"
        'while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done\nin=$1\n' + script,
        encoding="utf-8",
    )
    program.chmod(0o755)
    return folder


def paper(folder: Path) -> Path:
    document = docx.Document()
    document.add_heading(PAPER, 0)
    document.add_paragraph("样例：被询问人样例甲。")
    path = folder / "made.docx"
    document.save(str(path))
    return path


@pytest.fixture
def with_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = paper(tmp_path)
    folder = stand_in(
        tmp_path / "bin", f'[ -s "$in" ] && mkdir -p "$out" && cp "{made}" "$out/paper.docx"\n'
    )
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def read(path: Path) -> tuple[FileReport, tuple[Page, ...]]:
    reading = read_case(path)
    (report,) = reading.files
    return report, tuple(page for document in reading.documents for page in document.pages)


@pytest.mark.parametrize("name", ["笔录.doc", "笔录.wps"])
def test_an_old_paper_is_read_through_the_converter(
    tmp_path: Path, with_stand_in: None, name: str
) -> None:
    (tmp_path / name).write_bytes(WORD)
    report, pages = read(tmp_path / name)
    assert (report.kind, report.status, report.pages) == ("doc", FileStatus.READ, None)
    assert report.source == name
    assert pages[0].source == name
    assert PAPER in pages[0].text


@pytest.mark.parametrize("name", ["笔录.doc", "笔录.wps", "笔录.rtf"])
def test_without_the_converter_the_refusal_says_both_ways_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PATH", "")
    assert converter() is None
    path = tmp_path / name
    path.write_bytes(RTF if name.endswith("rtf") else WORD)
    with pytest.raises(ConvertFirst) as refused:
        kind_of(path, name)
    for language, save in (("zh", "另存为 DOCX"), ("en", "save it as DOCX")):
        assert save in refused.value.text(language)
        assert "LibreOffice" in refused.value.text(language)


def test_what_the_converter_cannot_turn_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(stand_in(tmp_path / "bin", "exit 1\n")))
    path = tmp_path / "坏.doc"
    path.write_bytes(WORD)
    report, pages = read(path)
    assert report.status is FileStatus.REFUSED
    assert report.reason is not None
    assert report.reason.code == DamagedFile.code
    assert not pages


def test_a_converter_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "child.pid"
    folder = stand_in(tmp_path / "bin", f'sleep 600 & echo $! > "{told}"; wait\n')
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    path = tmp_path / "停.doc"
    path.write_bytes(WORD)
    with pytest.raises(ReadingTimedOut), as_docx(path, "停.doc", Limits(page_seconds=2.0)):
        pass
    if told.exists():  # the machine may be too busy for the script to have come so far
        assert is_gone(int(told.read_text()))


def is_gone(pid: int) -> bool:
    """Whether a process has ended; it may take the system a moment to say so."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_nothing_is_left_behind(tmp_path: Path, with_stand_in: None) -> None:
    path = tmp_path / "笔录.doc"
    path.write_bytes(WORD)
    with as_docx(path, "笔录.doc", Limits()) as made:
        folder = made.parents[1]
        assert made.is_file()
    assert not folder.exists()


def test_a_rich_text_file_through_the_real_program_where_there_is_one(
    tmp_path: Path, with_stand_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real LibreOffice where it is installed, otherwise the stand-in: both give a paper."""
    stand = shutil.which("soffice")
    real = shutil.which("libreoffice")
    if real is not None:
        monkeypatch.setenv("PATH", os.environ["PATH"].split(os.pathsep, 1)[1])
        assert shutil.which("soffice") != stand
    path = tmp_path / "sample.rtf"
    path.write_bytes(RTF)
    (source,) = unpack(path, tmp_path)
    assert isinstance(source, SourceFile)
    report, pages = read(path)
    assert report.status is FileStatus.READ
    assert ("Sample 2024-03-01" if real else PAPER) in pages[0].text
