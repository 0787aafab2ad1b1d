"""The few files that the server gives to anyone: logo, icon and style of the sign-in page."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from review.errors import NotFound
from review.web.answers import refusal

FOLDER = Path(__file__).parent / "assets"
ASSETS = {
    "logo.png": "image/png",
    "favicon.png": "image/png",
    "sign_in.css": "text/css",
}
"""Name and type of each file; a name that is not here is not looked for on the disk."""


async def asset(request: Request) -> Response:
    """GET /assets/{name}."""
    name = request.path_params["name"]
    if name not in ASSETS:
        return refusal(NotFound(what="文件", what_en="file", key=name))
    return FileResponse(
        FOLDER / name, media_type=ASSETS[name], headers={"Cache-Control": "public, max-age=3600"}
    )
