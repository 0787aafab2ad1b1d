"""The streaming upload: a case file goes to the disk piece by piece, then into `importing`.

The name comes percent-encoded in `X-File-Name`, the case number (if chosen) in `X-Case-No`. The
body is the file itself. A body that breaks off, lies about its length or passes the limit leaves
nothing behind.
"""

from __future__ import annotations

import errno
import re
import tempfile
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from review.db.session import engine_for
from review.errors import BadValue, DamagedFile, DatabaseFull, EmptyFile, ReviewError, TooLarge
from review.services import access
from review.services.reading import importing
from review.settings import settings
from review.web.answers import answer, failure, refusal
from review.web.identity import actor_in

CHUNK = 1024 * 1024
NAME_BYTES = 255
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def header_text(request: Request, name: str) -> str:
    """A header's percent-encoded UTF-8 text; raises BadValue where it is not that."""
    given = request.headers.get(name, "")
    try:
        text = unquote(given, encoding="utf-8", errors="strict").strip()
    except UnicodeDecodeError as error:
        raise BadValue(field=name, value=given[:60], reason="UTF-8") from error
    if _CONTROL.search(text):
        raise BadValue(
            field=name, value=given[:60], reason="含有控制字符", reason_en="control characters"
        )
    return text


def file_name(request: Request) -> str:
    """The handed-in file's own name, without any folder; raises BadValue without one."""
    name = re.split(r"[/\\]", header_text(request, "x-file-name"))[-1]
    if not name or name in {".", ".."} or len(name.encode()) > NAME_BYTES:
        raise BadValue(
            field="文件名",
            field_en="file name",
            value=name[:60],
            reason="为空或超过 255 字节",
            reason_en="empty or longer than 255 bytes",
        )
    return name


async def _spool(request: Request, spool: IO[bytes], name: str) -> int:
    """Write the body to `spool`; returns its bytes. Raises TooLarge or DamagedFile."""
    limit = settings().max_upload_mb * 1024 * 1024
    announced = request.headers.get("content-length", "")
    size, waiting = 0, bytearray()
    too_large = TooLarge(file=name, found=f"> {settings().max_upload_mb} MB", limit=f"{limit} B")
    if announced.isdigit() and int(announced) > limit:
        raise too_large
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise too_large
        waiting += piece
        if len(waiting) >= CHUNK:
            await run_in_threadpool(spool.write, bytes(waiting))
            waiting.clear()
    await run_in_threadpool(spool.write, bytes(waiting))
    await run_in_threadpool(spool.flush)
    if announced.isdigit() and int(announced) != size:
        raise DamagedFile(file=name, reason="上传中断", reason_en="the upload broke off")
    if size == 0:
        raise EmptyFile(file=name)
    return size


async def upload(request: Request) -> Response:
    """POST /api/upload: hand one file in; answers with its import job."""
    folder = settings().home.absolute() / "spool"
    try:
        actor = actor_in(request)
        access.require(actor, "import")
        name, case_no = file_name(request), header_text(request, "x-case-no")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part") as spool:
            await _spool(request, spool, name)
            job = await run_in_threadpool(
                importing.hand_in,
                engine_for(settings().url),
                actor,
                case_no=case_no or None,
                path=Path(spool.name),
                name=name,
            )
        return answer(job, 202)
    except ReviewError as error:
        return refusal(error)
    except ClientDisconnect:
        return Response(status_code=499)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return refusal(DatabaseFull())
        return failure(error, "upload")
    except Exception as error:  # noqa: BLE001  (the outermost border: logged by number)
        return failure(error, "upload")
