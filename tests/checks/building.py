"""Case files for the tests of checks, from the plain words of a YAML case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from review.casefiles.media import MediaRecord
from review.common.clock import SHANGHAI
from review.documents.model import Box, FileReport, FileStatus, Reason
from review.facts.model import (
    CaseFacts,
    DocumentFacts,
    Evidence,
    Fact,
    FactValue,
    IndexEntry,
    Officer,
)
from review.facts.names import BY_NAME
from review.facts.surroundings import Mark, Surroundings
from review.registers.entry import Entry, Period, Registers

CASES = Path(__file__).parent / "cases"
SOURCE = "样例案卷.pdf"


@cache
def cases_of(check_id: str) -> list[dict[str, Any]]:
    path = CASES / f"{check_id}.yaml"
    content = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) if path.exists() else []
    assert isinstance(content, list)
    return content


def _entries(raw: Any) -> tuple[IndexEntry, ...]:
    """Titles, or [title, first page, last page]."""
    return tuple(
        IndexEntry(each[0], each[1], each[2], None)
        if isinstance(each, list)
        else IndexEntry(each, None, None, None)
        for each in raw
    )


def value_of(name: str, raw: Any) -> FactValue:
    kind = BY_NAME[name].type
    if kind == "money":
        return Decimal(str(raw))
    if kind == "datetime" and not isinstance(raw, datetime):
        return datetime.fromisoformat(str(raw))
    if kind == "officers":
        return tuple(Officer(each[0], each[1]) for each in raw)
    if kind == "names":
        return tuple(raw)
    if kind == "index":
        return _entries(raw)
    if kind == "ints":
        return tuple(int(each) for each in raw)
    expected = {"date": date, "int": int, "bool": bool, "text": str, "datetime": datetime}[kind]
    assert issubclass(type(raw), expected), (name, raw)
    checked: FactValue = raw
    return checked


def fact(
    name: str,
    raw: Any,
    *,
    document: int | None = None,
    page: int = 1,
    confidence: float = 1.0,
    origin: str = "machine",
) -> Fact:
    box = Box(72.0, 100.0, 240.0, 116.0)
    place = Evidence(SOURCE, page, f"{BY_NAME[name].zh} {raw}", (box,))
    found = Fact(name, value_of(name, raw), place, confidence, document)
    return replace(found, origin="person") if origin == "person" else found


def document_of(index: int, spec: Mapping[str, Any]) -> DocumentFacts:
    page = index + 2
    facts: list[Fact] = []
    confidence = float(spec.get("confidence", 1.0))
    for name, raw in spec.get("facts", {}).items():
        if isinstance(raw, dict) and "quote" in raw:
            read = fact(name, raw["value"], document=index, page=page, confidence=confidence)
            facts.append(replace(read, evidence=replace(read.evidence, quote=raw["quote"])))
            continue
        many = isinstance(raw, dict) and "many" in raw
        facts += [
            fact(name, each, document=index, page=page, confidence=confidence)
            for each in (raw["many"] if many else [raw])
        ]
    return DocumentFacts(
        index=index,
        kind=spec["kind"],
        title=spec.get("title", spec["kind"]),
        source=SOURCE,
        pages=None if spec.get("word") else tuple(spec.get("pages", (page, page))),
        confidence=0.98,
        is_clear=spec.get("clear", True),
        facts=tuple(facts),
        is_recognized=spec.get("recognized", False),
        is_legible=spec.get("legible", True),
    )


def reports(coverage: str) -> tuple[FileReport, ...]:
    whole = FileReport(SOURCE, "0" * 64, "pdf", 30, FileStatus.READ)
    if coverage in ("complete", "unclear"):
        return (whole,)
    status = {"refused": FileStatus.REFUSED, "partly": FileStatus.PARTLY_READ}[coverage]
    why = Reason("DOC-006", "文件损坏", "damaged")
    return (whole, FileReport("附件.pdf", "1" * 64, "pdf", None, status, why))


def _reading(name: str, each: Any) -> Fact:
    """A value, or a value with the index of the paper in which it stands."""
    if isinstance(each, dict):
        return fact(name, each["value"], document=each["document"])
    return fact(name, each)


def case_of(spec: Mapping[str, Any]) -> CaseFacts:
    """`facts` are merged; `documents` have their own; `index` lists the titles of a file index.

    `stands_in` gives the paper of a merged fact, by its place among the papers. A cover is added
    unless the papers are `loose`.
    """
    coverage = spec.get("coverage", "complete")
    procedure = spec.get("procedure", "ordinary")
    doubtful = spec.get("confidence", {})
    stands_in = spec.get("stands_in", {})
    by_person = spec.get("by_person", [])
    merged = {
        name: fact(
            name,
            raw,
            document=stands_in.get(name),
            page=number + 2,
            confidence=doubtful.get(name, 1.0),
            origin="person" if name in by_person else "machine",
        )
        for number, (name, raw) in enumerate(spec.get("facts", {}).items())
    }
    if procedure is not None:
        merged["procedure"] = fact("procedure", procedure)
    specs = list(spec.get("documents", []))
    if "index" in spec:
        specs.insert(0, {"kind": "卷内目录", "facts": {"index_entries": spec["index"]}})
    if specs and not spec.get("loose", False):
        specs.append({"kind": "卷宗封面"})
    media = tuple(recording(each) for each in spec.get("media", []))
    return CaseFacts(
        merged=merged,
        documents=tuple(document_of(index, each) for index, each in enumerate(specs)),
        files=(*reports(coverage), *media),
        unclear_pages=((SOURCE, 7),) if coverage == "unclear" else (),
        contradictions={
            name: tuple(_reading(name, each) for each in values)
            for name, values in spec.get("contradictions", {}).items()
        },
        surroundings=surroundings_of(spec),
    )


def surroundings_of(spec: Mapping[str, Any]) -> Surroundings:
    """`registers` lists rows by register, `complete` its days; `others` marks of other cases."""
    entries = {
        name: tuple(
            Entry(
                number,
                {key: each for key, each in row.items() if key not in ("from", "until")},
                row.get("from", date(2020, 1, 1)),
                row.get("until"),
            )
            for number, row in enumerate(rows, 1)
        )
        for name, rows in spec.get("registers", {}).items()
    }
    complete = {
        name: (Period(since, until),) for name, (since, until) in spec.get("complete", {}).items()
    }
    others = spec.get("others")
    return Surroundings(
        Registers(entries, complete),
        None if others is None else tuple(mark_of(each) for each in others),
    )


def mark_of(spec: Mapping[str, Any]) -> Mark:
    return Mark(
        spec["kind"],
        spec["key"],
        spec.get("day"),
        None if "starts_at" not in spec else datetime.fromisoformat(str(spec["starts_at"])),
        None if "ends_at" not in spec else datetime.fromisoformat(str(spec["ends_at"])),
        tuple((key, str(each)) for key, each in spec.get("detail", {}).items()),
        case=spec.get("case", 2),
    )


def recording(spec: Mapping[str, Any]) -> FileReport:
    """One recording that was handed in; times are Shanghai times."""

    def moment(name: str) -> datetime | None:
        if name not in spec:
            return None
        return datetime.fromisoformat(str(spec[name])).replace(tzinfo=SHANGHAI)

    source = spec.get("source", "样例录像.mp4")
    sha256 = spec.get("sha256", "2" * 64)
    starts, ends = moment("starts_at"), moment("ends_at")
    record = MediaRecord(
        source,
        spec.get("kind", "video"),
        "MPEG-4",
        "AVC",
        (ends - starts).total_seconds() if starts and ends else None,
        moment("created_at"),
        starts,
        ends,
        spec.get("recorder_no", ""),
        spec.get("officer", ""),
        sha256,
    )
    return FileReport(source, sha256, "media", None, FileStatus.READ, None, record)
