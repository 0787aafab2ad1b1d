"""GET /export/{kind}/{id}: papers made by `services.exports`, with their own file names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from review.errors import NotFound
from review.services.access import Actor
from review.services.case_files import case_report
from review.services.panel import panel_exports
from review.services.rectifying import rectification
from review.services.results import (
    challenge_exports,
    challenges,
    exports,
    objections,
    papers,
    templates,
)
from review.services.rounds import year
from review.web.bodies import reading_route

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ANY = "application/octet-stream"

Export = Callable[[Engine, Actor, int], tuple[str, bytes]]
KeptFile = Callable[[Engine, Actor, int], tuple[str, Path]]


def _kept(service: KeptFile) -> Export:
    """A file that is kept as it was handed in: never shown in the browser, always downloaded."""

    def export_kept(engine: Engine, actor: Actor, key: int) -> tuple[str, bytes]:
        name, path = service(engine, actor, key)
        return name, path.read_bytes()

    return export_kept


EXPORTS: Mapping[str, tuple[Export, str]] = {
    "rectification-docx": (exports.rectification_docx, DOCX),
    "rectification-xlsx": (exports.rectification_xlsx, XLSX),
    "score-sheet-docx": (exports.score_sheet_docx, DOCX),
    **{
        kind: (make, DOCX if kind.endswith("docx") else XLSX)
        for kind, make in papers.PAPERS.items()
    },
    "draw-record-docx": (panel_exports.draw_record_paper, DOCX),
    "draw-record-json": (panel_exports.draw_record_json, "application/json"),
    "deliberation-docx": (panel_exports.deliberation_paper, DOCX),
    "target-evidence": (year.evidence_file, ANY),
    "case-report-docx": (case_report.case_report, DOCX),
    "template": (templates.kept_template, DOCX),
    "template-default": (templates.default_by_place, DOCX),
    "proof": (_kept(rectification.proof_file), ANY),
    "objection-proof": (_kept(objections.proof_file), ANY),
    "challenges-xlsx": (challenge_exports.challenges_xlsx, XLSX),
    "challenge-proof": (_kept(challenges.proof_file), ANY),
}
"""Kind in the address, the service that makes it from an id, and its media type."""


def _export(engine: Engine, actor: Actor, request: Request) -> Response:
    kind, given = request.path_params["kind"], request.path_params["id"]
    if kind not in EXPORTS or not (given.isascii() and given.isdigit() and len(given) < 12):
        raise NotFound(what="导出文件", what_en="export", key=f"{kind}/{given}")
    make, media_type = EXPORTS[kind]
    name, content = make(engine, actor, int(given))
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Cache-Control": "no-store",
        },
    )


export = reading_route(_export)
