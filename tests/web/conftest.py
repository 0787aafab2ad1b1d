"""The server's routes behind the gate, without Streamlit, on the scene of the browser tests."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from review.db.accounts import UserSession
from review.db.session import engine_for, transaction
from review.services.accounts.sign_in import _digest
from review.settings import settings
from review.web.identity import COOKIE
from review.web.server import MIDDLEWARE, ROUTES
from tests.browser import scene as scenes

with warnings.catch_warnings():
    # The test client prefers the successor of httpx, which not every package mirror has yet.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

ROOT = Path(__file__).parents[2]
ORIGIN = "http://127.0.0.1"
WRITING = {"Origin": ORIGIN, "X-Requested-By": "case-review"}


async def behind(request: Request) -> PlainTextResponse:
    """Stands for Streamlit: says what reached it."""
    claims = [name for name in request.headers if name.startswith("x-auth")]
    return PlainTextResponse(f"behind {','.join(claims)}")


async def socket_behind(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@dataclass
class Site:
    """The site under test; `as_(login)` gives a client with that person's session."""

    engine: Engine
    scene: scenes.Scene
    app: Starlette
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self) -> TestClient:
        """Somebody without a session."""
        return TestClient(
            self.app, base_url=ORIGIN, client=("127.0.0.1", 50000), follow_redirects=False
        )

    def as_(self, login: str) -> TestClient:
        client = self.client()
        token = self.tokens.setdefault(login, f"token-of-{login}")
        with transaction(self.engine) as session:
            if session.get(UserSession, _digest(token)) is None:
                session.add(
                    UserSession(token_sha256=_digest(token), user_id=self.scene.users[login])
                )
        client.cookies.set(COOKIE, token)
        return client


@pytest.fixture(scope="module")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, scenes.Scene]:
    """A home folder with the scene in it, to be copied by each test."""
    from review.services.migrate import migrate

    home = tmp_path_factory.mktemp("built") / "home"
    home.mkdir()
    scenes.write_checklists(home / "checklists", ROOT / "checklists")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASE_REVIEW_HOME", str(home))
        patch.setenv("CASE_REVIEW_CHECKLISTS", str(home / "checklists"))
        patch.delenv("CASE_REVIEW_DATABASE_URL", raising=False)
        settings.cache_clear()
        migrate(settings().url)
        engine = engine_for(settings().url)
        made = scenes.build(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
    settings.cache_clear()
    return home, made


@pytest.fixture
def site(
    built_home: tuple[Path, scenes.Scene], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """A site of the test's own."""
    source, scene = built_home
    home = tmp_path / "home"
    shutil.copytree(source, home)
    monkeypatch.setenv("CASE_REVIEW_HOME", str(home))
    monkeypatch.setenv("CASE_REVIEW_CHECKLISTS", str(home / "checklists"))
    monkeypatch.delenv("CASE_REVIEW_DATABASE_URL", raising=False)
    settings.cache_clear()
    engine = engine_for(settings().url)
    app = Starlette(
        routes=[
            *ROUTES,
            WebSocketRoute("/_stcore/stream", socket_behind),
            Route("/{path:path}", behind, methods=["GET", "POST", "PUT", "DELETE"]),
        ],
        middleware=MIDDLEWARE,
    )
    yield Site(engine, scene, app)
    engine.dispose()
    settings.cache_clear()
