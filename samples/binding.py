"""Making the files: PDF with text, scan, Word document, archives, each with its truth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from samples import assemble, word
from samples.assemble import Volume
from samples.blocks import Paper
from samples.cases import Case
from samples.families import SHEETS
from samples.layout import Layout
from samples.surfaces import ScanSurface, Surface, TextSurface

MARK = "样例·内容均为虚构，仅供软件演示"


@dataclass(frozen=True, slots=True)
class Made:
    """A case file as bytes, its name, and the truth about it."""

    case: Case
    name: str
    data: bytes
    truth: dict[str, Any]


def _surface(case: Case, title: str) -> Surface:
    if case.format == "scan":
        return ScanSurface(title, seed=case.key)
    return TextSurface(title)


def paginate(case: Case, papers: list[Paper]) -> list[int]:
    """Count the pages of every paper by laying it out once."""
    layout = Layout(_surface(case, "count"), SHEETS[case.sheet], case.key, mark=MARK)
    counts = []
    for paper in papers:
        first, last = layout.draw(paper, 1)
        counts.append(last - first + 1)
    return counts


def make(case: Case) -> Made:
    """Make the file of a case in the case's own format."""
    papers = assemble.body(case)
    if case.format == "docx":
        volume = assemble.bind(case, papers, None)
        for paper in volume.papers:
            paper.pages = None
        data = word.write(volume, MARK)
        return Made(case, "案卷.docx", data, truth(volume, "案卷.docx", "docx", 0))
    volume = assemble.bind(case, papers, paginate(case, papers))
    if case.format in {"zip", "zip-gbk"}:
        return _archive(volume)
    surface = _surface(case, f"{case.number}（样例）")
    layout = Layout(surface, SHEETS[case.sheet], case.key, mark=MARK)
    number = 1
    for paper in volume.papers:
        first, last = layout.draw(paper, number)
        paper.pages = (first, last)
        if paper.numbered:
            number += last - first + 1
    name = f"{case.party_name}案卷.pdf" if case.key in {"c03", "f09"} else "案卷.pdf"
    style = "scan" if case.format == "scan" else "text"
    return Made(case, name, surface.finish(), truth(volume, name, style, layout.page))


def truth(
    volume: Volume, source: str, style: str, pages: int, sources: dict[int, str] | None = None
) -> dict[str, Any]:
    """Say what is in the file: documents with pages, facts, planted defects."""
    case = volume.case
    documents = []
    for place, paper in enumerate(volume.papers):
        documents.append(
            {
                "kind": paper.kind,
                "pages": list(paper.pages) if paper.pages else None,
                "source": sources[place] if sources else source,
                "title": paper.title,
            }
        )
    return {
        "input": source,
        "style": style,
        "pages": pages,
        "procedure": case.procedure,
        "case_no": case.number,
        "documents": documents,
        "facts": assemble.facts(case),
        "facts_alt": assemble.alternatives(case),
        "defects": sorted(case.defects),
        "note": case.trait,
    }


class _GbkName(ZipInfo):
    """An entry whose name is written in GBK without the UTF-8 flag, as Windows archivers do."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name zipfile calls
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def _archive(volume: Volume) -> Made:
    """Pack every paper as a file of its own: PDF, one of them Word, in one archive a picture."""
    case = volume.case
    raw = BytesIO()
    sources: dict[int, str] = {}
    number = 1
    pages = 0
    entry = _GbkName if case.format == "zip-gbk" else ZipInfo
    with ZipFile(raw, "w", ZIP_DEFLATED) as archive:
        for place, paper in enumerate(volume.papers):
            suffix, data, count = _one(volume, paper, number)
            stem = f"{place + 1:02d}{'、' if case.format == 'zip-gbk' else '_'}{paper.title}"
            sources[place] = (
                f"{'卷宗材料' if case.format == 'zip-gbk' else '电子案卷'}/{stem.replace('　', '')}.{suffix}"
            )
            info = entry(sources[place], date_time=(2026, 1, 5, 8, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
            paper.pages = None if suffix == "docx" else (1, count)
            pages += count
            if paper.numbered:
                number += count
    return Made(case, "案卷.zip", raw.getvalue(), truth(volume, "案卷.zip", "zip", pages, sources))


def _one(volume: Volume, paper: Paper, number: int) -> tuple[str, bytes, int]:
    case = volume.case
    sheet = SHEETS[case.sheet]
    if paper.kind == "备考表" and case.format == "zip-gbk":
        scan = ScanSurface(paper.title, seed=f"{case.key}/{paper.title}")
        Layout(scan, sheet, f"{case.key}/{paper.title}", mark=MARK).draw(paper, number)
        return "jpg", scan.scanned_pages()[0], 1
    if paper.kind == "案件调查报告":
        alone = Volume(case, [paper])
        surface = TextSurface("count")
        first, last = Layout(surface, sheet, case.key, mark=MARK).draw(paper, number)
        return "docx", word.write(alone, MARK), last - first + 1
    surface = TextSurface(f"{paper.title}（样例）")
    first, last = Layout(surface, sheet, f"{case.key}/{number}", mark=MARK).draw(paper, number)
    return "pdf", surface.finish(), last - first + 1


def truth_json(made: Made) -> str:
    """Return the truth as it is kept beside the file."""
    return json.dumps(made.truth, ensure_ascii=False, indent=1) + "\n"
