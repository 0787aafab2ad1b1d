"""Facts of real decisions that somebody else labelled: every labelled one, and absent where absent.

The folder holds `labels.jsonl`, one object a text, and the texts; every text is read as a Word file
of its paragraphs. A file has one value a name, so labels that name several parties, amounts or
provisions accept each of them there; whether each of the several was read from the text at all
counts by itself. A name of the table that a label leaves empty must not be claimed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from review.bench.accuracy import Tally
from review.common.text import plain
from review.documents.read_case import read_case
from review.facts.extract import extract
from review.facts.interface import value_text
from review.law.citation import cited_places, plain_title

_DATES = {
    "filing": "filed_on",
    "notice_served": "notice_served_on",
    "notice": "notice_served_on",  # a decision tells on which day it was told, not its date
    "published": "published_on",
    "inspection": "found_on",
}
_KINDS = {"自然人": "citizen", "单位": "organization"}
_NOT_TOLD = ("decided_on", "served_on", "paid_on", "closed_on", "hearing_on")


@dataclass(slots=True)
class Labelled:
    """Labelled facts that were read right, and facts rightly not claimed.

    `each` counts every value of labels that have several, among the facts of the papers.
    """

    told: Tally = field(default_factory=Tally)
    each: Tally = field(default_factory=Tally)
    absent: Tally = field(default_factory=Tally)


def expected(label: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The names of the table with every accepted value; an empty list where it must be absent."""
    parties = label["party"]
    yield "agency", _some(label["agency"])
    yield "party_name", [each["name"] for each in parties]
    yield "party_id", [each["uscc"] for each in parties if "uscc" in each]
    yield "party_type", list(dict.fromkeys(_KINDS[each["kind"]] for each in parties))
    yield "case_no", _some(label["decision_number"])
    for key, name in _DATES.items():
        if key in label["dates"]:
            yield name, [label["dates"][key]]
    for name in _NOT_TOLD:
        yield name, []
    fine = label["fine_yuan"]
    fines = list(fine.values()) if isinstance(fine, dict) else fine
    yield "fine_yuan", [str(each) for each in (fines if isinstance(fines, list) else _some(fine))]
    yield "plate", label.get("vehicles", [])
    for name in ("violated", "basis"):
        yield name, [_provision(each) for each in label[name]]


def _some(value: object) -> list[str]:
    return [] if value is None else [str(value)]


def _provision(label: dict[str, Any]) -> str:
    parts = (label["article"], label["paragraph"], label["item"])
    return plain_title(label["law"]) + "".join(f"#{part or '-'}" for part in parts)


def _places(text: str) -> set[str]:
    return {
        plain_title(law) + f"#{place.article}#{place.paragraph or '-'}#{place.item or '-'}"
        for law, place in cited_places(text)
    }


def _is_right(name: str, got: str | None, accepted: list[str]) -> bool:
    if got is None or not accepted:
        return got is None and not accepted
    if name in ("violated", "basis"):
        read = _places(got)
        return bool(read) and read <= set(accepted)
    if name == "fine_yuan":
        return float(got) in {float(each) for each in accepted}
    return plain(got) in {plain(each) for each in accepted}


def _is_told(name: str, value: str, texts: list[str]) -> bool:
    """Whether one of several labelled values is among the values read."""
    if name in ("violated", "basis"):
        read = {one for text in texts for one in _places(text)}
        return value in read
    return any(_is_right(name, text, [value]) for text in texts)


def _facts(text: str, folder: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The file's values, and all values of its papers, by name."""
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    path = folder / "案卷.docx"
    document.save(str(path))
    found = extract(read_case(path))
    every: dict[str, list[str]] = {}
    for paper in found.documents:
        for fact in paper.facts:
            every.setdefault(fact.name, []).append(value_text(fact.value))
    return {name: value_text(fact.value) for name, fact in found.merged.items()}, every


def measure(folder: Path) -> Labelled:
    """Every labelled text of the folder."""
    result = Labelled()
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as name:
        for label in map(json.loads, lines):
            got, every = _facts((folder / label["text"]).read_text(encoding="utf-8"), Path(name))
            for person in (each["legal_rep"] for each in label["party"] if "legal_rep" in each):
                told = every.get("legal_representative", [])
                note = f"{label['id']}: {person} not among {told}"
                result.told.add("legal_representative", is_right=person in told, note=note)
            for fact, accepted in expected(label):
                tally = result.told if accepted else result.absent
                note = f"{label['id']}: {got.get(fact)!r}, expected {accepted or 'nothing'}"
                tally.add(fact, is_right=_is_right(fact, got.get(fact), accepted), note=note)
                has_several = len(accepted) > 1 and fact != "party_type"
                for value in accepted if has_several else ():
                    told = every.get(fact, [])
                    note = f"{label['id']}: {value} not among {told}"
                    result.each.add(fact, is_right=_is_told(fact, value, told), note=note)
    return result


def report(labelled: Labelled) -> str:
    """A row a fact, then every miss, as plain text."""
    columns = (labelled.told, labelled.each, labelled.absent)
    heads = ("as labelled", "each of several", "rightly absent")
    lines = [f"{'real decisions':<22}" + "".join(f"{head:>17}" for head in heads)]
    for name in sorted({name for tally in columns for name in tally.total}):
        cells = (f"{tally.right[name]}/{tally.total[name]}" for tally in columns)
        lines.append(f"  {name:<20}" + "".join(f"{cell:>17}" for cell in cells))
    sums = (f"{sum(tally.right.values())}/{sum(tally.total.values())}" for tally in columns)
    lines.append(f"  {'all':<20}" + "".join(f"{cell:>17}" for cell in sums))
    for tally in columns:
        lines.extend(f"  ! {name}: {note}" for name, notes in tally.wrong.items() for note in notes)
    return "\n".join(lines)
