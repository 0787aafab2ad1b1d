"""GET /api/jobs: how far the imports are that the person may see."""

from __future__ import annotations

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from review.services.access import Actor
from review.services.reading import importing
from review.web.answers import answer
from review.web.bodies import reading_route


def _jobs(engine: Engine, actor: Actor, _request: Request) -> Response:
    return answer({"jobs": importing.list_jobs(engine, actor)})


jobs = reading_route(_jobs)
