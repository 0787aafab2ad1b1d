"""Facts of real decisions that somebody else labelled: every labelled one, and absent where absent.

The folder holds `labels.jsonl`, one object a text, and the texts; every text is read as a Word file
of its paragraphs. Labels that name several parties or amounts accept each of them. A name of the
table that a label leaves empty must not be claimed.
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
_NOT_TOLD = ("decided_on", "served_on", "paid_on", "closed_on", "hearing_on")


@dataclass(slots=True)
class Labelled:
    """Labelled facts that were read right, and facts rightly not claimed."""

    told: Tally = field(default_factory=Tally)
    absent: Tally = field(default_factory=Tally)


def expected(label: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The names of the table with every accepted value; an empty list where it must be absent."""
    parties = label["party"]
    yield "agency", _some(label["agency"])
    yield "party_name", [each["name"] for each in parties]
    yield "party_id", [each["uscc"] for each in parties if "uscc" in each]
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


def _is_right(name: str, got: str | None, accepted: list[str]) -> bool:
    if got is None or not accepted:
        return got is None and not accepted
    if name in ("violated", "basis"):
        read = {
            plain_title(law) + f"#{place.article}#{place.paragraph or '-'}#{place.item or '-'}"
            for law, place in cited_places(got)
        }
        return bool(read) and read <= set(accepted)
    if name == "fine_yuan":
        return float(got) in {float(each) for each in accepted}
    return plain(got) in {plain(each) for each in accepted}


def _facts(text: str, folder: Path) -> dict[str, str]:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    path = folder / "案卷.docx"
    document.save(str(path))
    merged = extract(read_case(path)).merged
    return {name: value_text(fact.value) for name, fact in merged.items()}


def measure(folder: Path) -> Labelled:
    """Every labelled text of the folder."""
    result = Labelled()
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as name:
        for label in map(json.loads, lines):
            got = _facts((folder / label["text"]).read_text(encoding="utf-8"), Path(name))
            for fact, accepted in expected(label):
                tally = result.told if accepted else result.absent
                note = f"{label['id']}: {got.get(fact)!r}, expected {accepted or 'nothing'}"
                tally.add(fact, is_right=_is_right(fact, got.get(fact), accepted), note=note)
    return result


def report(labelled: Labelled) -> str:
    """A row a fact, then every miss, as plain text."""
    lines = [f"{'real decisions':<22}{'as labelled':>14}{'rightly absent':>16}"]
    for name in sorted({*labelled.told.total, *labelled.absent.total}):
        cells = [
            f"{tally.right[name]}/{tally.total[name]}" for tally in (labelled.told, labelled.absent)
        ]
        lines.append(f"  {name:<20}{cells[0]:>14}{cells[1]:>16}")
    cells = [
        f"{sum(tally.right.values())}/{sum(tally.total.values())}"
        for tally in (labelled.told, labelled.absent)
    ]
    lines.append(f"  {'all':<20}{cells[0]:>14}{cells[1]:>16}")
    for tally in (labelled.told, labelled.absent):
        lines.extend(f"  ! {name}: {note}" for name, notes in tally.wrong.items() for note in notes)
    return "\n".join(lines)
