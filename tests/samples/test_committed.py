"""The committed files say what the program writes, and the truth beside them is right."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from samples import assemble, catalogue, fonts, generate, ledger, pictures
from samples.blocks import Paper, block_text
from samples.cases import Case

DATA = Path(generate.__file__).parent / "data"
ALL = {case.key: case for case in catalogue.cases()}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace("\ufffe", "-"))


def truth_of(case: Case) -> dict[str, Any]:
    return json.loads((DATA / case.key / "truth.json").read_text(encoding="utf-8"))


def volume_of(case: Case, truth: dict[str, Any]) -> list[Paper]:
    papers = assemble.body(case)
    if case.format == "docx":
        return assemble.bind(case, papers, None).papers
    counts = []
    for document in truth["documents"][2:-1]:
        pages = document["pages"]
        counts.append(pages[1] - pages[0] + 1 if pages else 1)
    return assemble.bind(case, papers, counts).papers


def pdf_pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def word_text(data: bytes) -> str:
    body = Document(BytesIO(data)).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


def missing(paper: Paper, text: str) -> list[str]:
    """Return the parts of a paper that `text` lacks; a part may be split by one page break."""
    have = squeezed(text)
    lost = []
    for block in paper.blocks:
        for part in block_text(block):
            pieces = [squeezed(piece) for piece in re.split("、", part)]
            for piece in pieces:
                whole = piece in have
                if not whole and not any(
                    piece[:cut] in have and piece[cut:] in have for cut in range(1, len(piece))
                ):
                    lost.append(piece)
    return lost


@pytest.mark.parametrize("key", sorted(ALL))
def test_truth_beside_the_file_is_what_the_case_says(key: str) -> None:
    case = ALL[key]
    truth = truth_of(case)
    assert truth["facts"] == assemble.facts(case)
    assert truth["facts_alt"] == assemble.alternatives(case)
    assert truth["defects"] == sorted(case.defects)
    papers = volume_of(case, truth)
    assert [(d["kind"], d["title"]) for d in truth["documents"]] == [
        (paper.kind, paper.title) for paper in papers
    ]
    assert (DATA / key / truth["input"]).is_file()


@pytest.mark.parametrize("key", sorted(k for k, case in ALL.items() if case.format == "pdf"))
def test_text_pdf_holds_every_word_on_the_pages_the_truth_names(key: str) -> None:
    truth = truth_of(ALL[key])
    pages = pdf_pages((DATA / key / truth["input"]).read_bytes())
    assert len(pages) == truth["pages"]
    for paper, document in zip(volume_of(ALL[key], truth), truth["documents"], strict=True):
        first, last = document["pages"]
        assert missing(paper, "".join(pages[first - 1 : last])) == []
    assert all("样例" in page for page in pages)


@pytest.mark.parametrize("key", sorted(k for k, case in ALL.items() if case.format == "docx"))
def test_word_file_holds_every_word(key: str) -> None:
    truth = truth_of(ALL[key])
    text = word_text((DATA / key / truth["input"]).read_bytes()).replace("\u3000", "")
    for paper in volume_of(ALL[key], truth):
        paper.blocks = [block for block in paper.blocks if type(block).__name__ != "Footing"]
        assert missing(paper, text) == []


@pytest.mark.parametrize("key", ["c06", "f07"])
def test_archive_holds_every_paper_as_a_file(key: str) -> None:
    truth = truth_of(ALL[key])
    raw = (DATA / key / truth["input"]).read_bytes()
    with ZipFile(BytesIO(raw), metadata_encoding="gbk" if key == "c06" else None) as archive:
        assert [document["source"] for document in truth["documents"]] == archive.namelist()
        for paper, document in zip(volume_of(ALL[key], truth), truth["documents"], strict=True):
            data = archive.read(document["source"])
            if document["source"].endswith(".pdf"):
                assert missing(paper, "".join(pdf_pages(data))) == []
            elif document["source"].endswith(".docx"):
                assert missing(paper, word_text(data)) == []


def test_names_in_one_archive_are_gbk_without_the_utf8_flag() -> None:
    with ZipFile(DATA / "c06" / "案卷.zip") as archive:
        infos = archive.infolist()
    assert all(not info.flag_bits & 0x800 for info in infos)
    assert infos[0].filename.encode("cp437").decode("gbk").startswith("卷宗材料/")


def test_at_most_forty_pages_are_pictures() -> None:
    pages = 0
    for case in ALL.values():
        truth = truth_of(case)
        if case.format == "scan":
            texts = pdf_pages((DATA / case.key / truth["input"]).read_bytes())
            assert [text for text in texts if text.strip()] == []
            pages += truth["pages"]
        pages += sum(document["source"].endswith(".jpg") for document in truth["documents"])
    assert 30 <= pages <= 40


def test_index_of_a_file_names_the_printed_pages() -> None:
    truth = truth_of(ALL["c01"])
    pages = pdf_pages((DATA / "c01" / truth["input"]).read_bytes())
    first = truth["documents"][2]["pages"][0]
    for document in truth["documents"][2:-1]:
        printed = document["pages"][0] - first + 1
        assert squeezed(pages[document["pages"][0] - 1]).endswith(str(printed)) or (
            str(printed) in pages[document["pages"][0] - 1].split()
        )


def test_a_case_without_notice_lacks_it_in_the_index_too() -> None:
    truth = truth_of(ALL["f06"])
    assert "违法行为通知书" not in [document["kind"] for document in truth["documents"]]
    pages = pdf_pages((DATA / "f06" / truth["input"]).read_bytes())
    assert not any("违法行为通知书" in page for page in pages)


def test_ledger_holds_the_twenty_cases_and_forty_more() -> None:
    rows = catalogue.ledger_rows(ALL.values())
    assert len(rows) == 60
    assert len({row.case_no for row in rows}) == 60
    assert {row.unit for row in rows} == {agency.brigade for agency in ledger.AGENCIES}
    assert (DATA / "案件台账.csv").read_bytes() == ledger.write_csv(rows)
    lines = list(csv.reader(StringIO((DATA / "案件台账.csv").read_text(encoding="utf-8-sig"))))
    assert tuple(lines[0]) == ledger.LEDGER_COLUMNS
    assert len(lines) == 61


def test_ledger_workbook_has_typed_cells_like_the_csv() -> None:
    book = openpyxl.load_workbook(DATA / "案件台账.xlsx")
    sheet = book["案件台账"]
    values = list(sheet.iter_rows(values_only=True))
    assert values[0] == ledger.LEDGER_COLUMNS
    assert len(values) == 61
    rows = catalogue.ledger_rows(ALL.values())
    for cells, row in zip(values[1:], rows, strict=True):
        assert cells[1] == row.case_no
        assert cells[11].date() == row.decided_on
        assert cells[8] == (None if row.fine_yuan is None else float(row.fine_yuan))
    book.close()


def test_nobody_reviews_a_case_of_their_own() -> None:
    handlers = {officer.name for agency in ledger.AGENCIES for officer in agency.officers}
    assert not handlers & {name for name, _, _ in ledger.REVIEWERS}


def test_missing_font_is_named_with_the_packages(monkeypatch, tmp_path, capsys) -> None:
    faces = dict.fromkeys(fonts.FACES, ("/nowhere/none.ttc", 0))
    monkeypatch.setattr(fonts, "FACES", faces)
    monkeypatch.setattr(pictures, "FACES", faces)
    pictures.seal.cache_clear()
    assert generate.main(["--out", str(tmp_path), "--only", "c02"]) == 1
    assert "fonts-noto-cjk" in capsys.readouterr().err


def test_catalogue_and_ledger_need_no_drawing_library() -> None:
    code = "import sys, samples.catalogue; sys.exit('reportlab' in sys.modules or 'PIL' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=DATA.parents[1], check=False).returncode
        == 0
    )
