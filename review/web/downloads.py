"""GET /export/{kind}/{id}: papers made by `services.exports`, with their own file names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from review.errors import NotFound
from review.services import exports
from review.services.access import Actor
from review.web.bodies import reading_route

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Export = Callable[[Engine, Actor, int], tuple[str, bytes]]

EXPORTS: Mapping[str, tuple[Export, str]] = {
    "rectification-docx": (exports.rectification_docx, DOCX),
    "rectification-xlsx": (exports.rectification_xlsx, XLSX),
    "score-sheet-docx": (exports.score_sheet_docx, DOCX),
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
