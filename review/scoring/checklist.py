"""Editions of checklists: loaded from dated files, frozen by the hash of their bytes."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from review.common.datafile import parse_data_file, read_data_file
from review.errors import BadDataFile, NotFound
from review.scoring.edition import (
    RESULT_WORDS,
    Deduction,
    Edition,
    Grade,
    Item,
    Rectify,
    Section,
    concerns,
)
from review.scoring.edition_build import date_in_name, edition_from
from review.scoring.edition_file import EditionFile, Result, Text

__all__ = [
    "RESULT_WORDS",
    "Deduction",
    "Edition",
    "EditionPath",
    "Grade",
    "Item",
    "Rectify",
    "Result",
    "Section",
    "Text",
    "concerns",
    "edition_in_force",
    "edition_schema",
    "list_editions",
    "load_edition",
    "parse_edition",
    "schema_is_current",
]


def load_edition(path: str | Path, *, known_checks: Collection[str] | None = None) -> Edition:
    """Load one edition from its file.

    Args:
        path: `checklists/<kind>/<date in force>.yaml`, or any file with the same content.
        known_checks: ids of the machine checks; where given, a name outside them is refused.

    Raises:
        BadDataFile: not readable, an unknown or repeated key, a wrong value; names line and key.
        PointsDoNotAddUp: the points of a section or of the edition do not give the announced sum.
    """
    return edition_from(read_data_file(Path(path)), known_checks)


def parse_edition(
    path: str | Path, raw: bytes, *, known_checks: Collection[str] | None = None
) -> Edition:
    """The same from bytes that were kept, for a sheet whose edition was frozen."""
    return edition_from(parse_data_file(Path(path), raw), known_checks)


@dataclass(frozen=True, slots=True, order=True)
class EditionPath:
    """Where an edition lies, before it is loaded."""

    kind: str
    in_force_on: date
    path: Path


def list_editions(folder: str | Path) -> tuple[EditionPath, ...]:
    """All `<kind>/<date>.yaml` below a folder, by kind and date; other names are refused."""
    found = []
    for path in sorted(Path(folder).glob("*/*.y*ml")):
        day = date_in_name(path)
        if day is None:
            raise BadDataFile(
                file=f"{path.parent.name}/{path.name}",
                place="文件名",
                place_en="file name",
                reason="应为生效日期，如 2026-01-01.yaml",
                reason_en="must be the date in force, like 2026-01-01.yaml",
            )
        found.append(EditionPath(path.parent.name, day, path))
    return tuple(sorted(found))


def edition_in_force(folder: str | Path, kind: str, on: date) -> EditionPath:
    """The edition of a kind in force on a day; raises NotFound before the first."""
    before = [
        each for each in list_editions(folder) if each.kind == kind and each.in_force_on <= on
    ]
    if not before:
        raise NotFound(what="评查标准", what_en="checklist edition", key=f"{kind} {on}")
    return before[-1]


def edition_schema() -> str:
    """The JSON Schema of an edition file, as it is kept under `docs/`."""
    schema = EditionFile.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def schema_is_current(path: str | Path) -> bool:
    """Whether the kept schema file says what the loader accepts."""
    kept = Path(path)
    return kept.is_file() and kept.read_text(encoding="utf-8") == edition_schema()
