"""The server around Streamlit: its routes, its gate, and what happens when it starts and stops."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from review.common.memory import set_loaded_apart
from review.i18n import LANGUAGES, catalogue
from review.services.migrate import migrate
from review.services.reading import importing
from review.settings import settings
from review.web import assets, case_pages, downloads, entrance, jobs, scores, uploads
from review.web.gate import Gate

ROOT = Path(__file__).parents[2]
"""The folder of `app.py` and `pages/`."""

ROUTES: list[BaseRoute] = [
    Route("/healthz", entrance.healthz, methods=["GET"]),
    Route("/assets/{name}", assets.asset, methods=["GET"]),
    Route("/sign-in", entrance.show_sign_in, methods=["GET"]),
    Route("/sign-in", entrance.do_sign_in, methods=["POST"]),
    Route("/sign-out", entrance.do_sign_out, methods=["POST"]),
    Route("/password", entrance.show_password, methods=["GET"]),
    Route("/password", entrance.do_password, methods=["POST"]),
    Route("/language", entrance.do_language, methods=["POST"]),
    Route("/api/score", scores.save_score, methods=["POST"]),
    Route("/api/pin", scores.pin, methods=["POST"]),
    Route("/api/unpin", scores.unpin, methods=["POST"]),
    Route("/api/reject", scores.reject, methods=["POST"]),
    Route("/api/submit", scores.submit, methods=["POST"]),
    Route("/api/upload", uploads.upload, methods=["POST"]),
    Route("/api/jobs", jobs.jobs, methods=["GET"]),
    Route("/page/{page_id}/text", case_pages.page_text, methods=["GET"]),
    Route("/page/{page_id}/{size}", case_pages.page_image, methods=["GET"]),
    Route("/frame/{file_id}/{number}", case_pages.key_frame, methods=["GET"]),
    Route("/export/{kind}/{id}", downloads.export, methods=["GET"]),
]

MIDDLEWARE = [Middleware(Gate)]


def _start() -> None:
    """Bring the database up to date, start the job engine, read what every session needs."""
    migrate(settings().url)
    importing.start_jobs()
    for language in LANGUAGES:
        catalogue(language)
    set_loaded_apart()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncGenerator[None, None]:
    """Start before the first session exists, so that freezing pins no session's objects."""
    await run_in_threadpool(_start)
    try:
        yield
    finally:
        await run_in_threadpool(importing.stop_jobs)


def serve(*, host: str = "", port: int = 0) -> None:
    """Become the server (`streamlit run app.py`) on `host` and `port`; does not return."""
    rules = settings()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")),
        *("--server.address", host or rules.host),
        *("--server.port", str(port or rules.port)),
    ]
    sys.stdout.flush()
    sys.stderr.flush()
    os.chdir(ROOT)
    os.execv(sys.executable, command)  # noqa: S606  (a fixed command, no shell wanted)
