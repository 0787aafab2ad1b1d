"""The published JSON of `read`: files, documents and facts of one case file."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from review.casefiles.media import as_json as as_media_json
from review.common.money import plain_yuan
from review.documents.model import CaseReading, FileReport
from review.facts.model import CaseFacts, Evidence, Fact, FactValue, IndexEntry, Officer


def value_text(value: FactValue) -> str:
    """The normal form: ISO dates, plain yuan, JSON for lists, otherwise the exact words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain_yuan(value)
    if isinstance(value, tuple):
        return json.dumps([_element(each) for each in value], ensure_ascii=False)
    return str(value)


def _element(value: Officer | IndexEntry | str | int) -> object:
    if isinstance(value, Officer):
        return {"name": value.name, "cert_no": value.cert_no}
    if isinstance(value, IndexEntry):
        return {
            "title": value.title,
            "page_from": value.page_from,
            "page_to": value.page_to,
            "dated_on": value.dated_on.isoformat() if value.dated_on else None,
        }
    return value


def place(evidence: Evidence) -> dict[str, Any]:
    """Source, page, words and box; the box is None in DOCX."""
    box = evidence.box
    return {
        "source": evidence.source,
        "page": evidence.page,
        "quote": evidence.quote,
        "box": [round(edge, 1) for edge in box] if box is not None else None,
    }


def _fact(fact: Fact, document: int | None) -> dict[str, Any]:
    row: dict[str, Any] = {"name": fact.name, "value": value_text(fact.value)}
    row |= place(fact.evidence)
    row["confidence"] = round(fact.confidence, 3)
    if document is not None:
        row["document"] = document
    return row


def _file(report: FileReport) -> dict[str, Any]:
    """One row of the intake report; recordings carry what they say of themselves as `media`."""
    reason = report.reason
    media = {"media": as_media_json(report.media)} if report.media is not None else {}
    return {
        "source": report.source,
        "sha256": report.sha256,
        "kind": report.kind,
        "pages": report.pages,
        "status": report.status.value,
        "reason": {"code": reason.code, "zh": reason.zh, "en": reason.en} if reason else None,
        **media,
    }


def as_json(reading: CaseReading, facts: CaseFacts) -> dict[str, Any]:
    """The object that `read --json` prints and `check --json` adds its checks to.

    Facts of the whole file come first, then those of single papers with the paper's index.
    """
    case_no, procedure = facts.get("case_no"), facts.get("procedure")
    rows = [_fact(fact, None) for fact in facts.merged.values()]
    rows += [_fact(fact, paper.index) for paper in facts.documents for fact in paper.facts]
    return {
        "path": reading.path,
        "case_no": str(case_no.value) if case_no is not None else None,
        "procedure": str(procedure.value) if procedure is not None else None,
        "files": [_file(report) for report in reading.files],
        "documents": [
            {
                "kind": document.kind,
                "title": document.title,
                "source": document.source,
                "pages": list(document.page_range) if document.page_range else None,
                "confidence": round(document.confidence, 2),
            }
            for document in reading.documents
        ],
        "facts": rows,
    }
