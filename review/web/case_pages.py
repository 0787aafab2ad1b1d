"""Routes of the page viewer: page images and the words on a page, each asked of `services.cases`.

The key frames of recordings are served like page images. Images are files in the store, rendered
at intake; their address carries the content hash, so a browser keeps them and turning a page costs
nothing.
"""

from __future__ import annotations

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from review.errors import NotFound
from review.services.access import Actor
from review.services.case_files import cases, key_frames
from review.web.answers import answer
from review.web.bodies import reading_route

SIZES = frozenset({"view", "thumb"})
KEPT = "private, max-age=86400, immutable"


def _page_id(request: Request) -> int:
    return _number(request.path_params["page_id"], "页面", "page")


def _number(given: str, what: str, what_en: str) -> int:
    """A number in an address. Raises NotFound for anything else."""
    if not (given.isascii() and given.isdigit() and len(given) < 12):
        raise NotFound(what=what, what_en=what_en, key=given)
    return int(given)


def _image(engine: Engine, actor: Actor, request: Request) -> Response:
    size = request.path_params["size"]
    if size not in SIZES:
        raise NotFound(what="页面图像", what_en="page image", key=size)
    path = cases.page_image(engine, actor, _page_id(request), size=size)
    return FileResponse(path, media_type="image/jpeg", headers={"Cache-Control": KEPT})


def _key_frame(engine: Engine, actor: Actor, request: Request) -> Response:
    file_id, number = (
        _number(request.path_params[name], "关键帧", "key frame") for name in ("file_id", "number")
    )
    path = key_frames.frame_image(engine, actor, file_id, number)
    return FileResponse(path, media_type="image/jpeg", headers={"Cache-Control": KEPT})


def _text(engine: Engine, actor: Actor, request: Request) -> Response:
    view = cases.page_view(engine, actor, _page_id(request))
    lines = [{"text": line.text, "box": line.box} for line in view.lines]
    return answer({"width": view.width, "height": view.height, "lines": lines})


page_image = reading_route(_image)
page_text = reading_route(_text)
key_frame = reading_route(_key_frame)
