"""What a page and its server say to each other: when a page is at rest, and every word it was sent.

Between a click and the server's "I have begun" the page itself looks at rest; on a slow machine a
test that only looks at the page then acts on what is about to change. The frames do not lie.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from playwright.sync_api import Page, Response, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_TICK_MS = 20
_TO_BE_CONTINUED = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_EARLY_FOR_RERUN")

_wires: WeakKeyDictionary[Page, Wire] = WeakKeyDictionary()


@dataclass
class Wire:
    """A page's conversation with the server, from the moment at which it was attached.

    A run of the script is asked for by the page, begun by the server and ended by it; a run that
    ends early goes on in another. At rest is a page of which nothing asked for has not ended.
    """

    asked: bool = True
    begun: bool = False
    received: list[bytes] = field(default_factory=list)
    """Every frame that the server sent, in order, as it came."""
    bodies: list[Response] = field(default_factory=list)
    """Every answer of the server to a request, in order."""

    @property
    def at_rest(self) -> bool:
        """Nothing was asked for that has not ended."""
        return not self.asked and not self.begun

    def _sent(self, payload: bytes | str) -> None:
        if isinstance(payload, bytes) and (
            BackMsg.FromString(payload).WhichOneof("type") == "rerun_script"
        ):
            self.asked = True

    def _came(self, payload: bytes | str) -> None:
        if isinstance(payload, str):
            return
        self.received.append(payload)
        message = ForwardMsg.FromString(payload)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.asked, self.begun = False, True
        elif kind == "script_finished":
            self.begun = message.script_finished == _TO_BE_CONTINUED

    def _opened(self, socket: WebSocket) -> None:
        self.asked = True
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._came)

    def _answered(self, response: Response) -> None:
        self.bodies.append(response)
        if (
            response.request.is_navigation_request()
            and response.frame.parent_frame is None
            and response.headers.get("content-type", "").startswith("text/html")
        ):
            # a new document: it asks for its first run as soon as its socket is open
            self.asked = True


def attach(page: Page) -> Wire:
    """Listen to a page from now on; to be called before it goes anywhere."""
    wire = Wire()
    page.on("websocket", wire._opened)
    page.on("response", wire._answered)
    _wires[page] = wire
    return wire


def wire_of(page: Page) -> Wire:
    """The wire of a page that was attached."""
    return _wires[page]


def wait_for_rest(page: Page, patience_ms: int) -> None:
    """Wait until every run that the page asked for has ended.

    Raises:
        AssertionError: it did not within `patience_ms`.
    """
    # what a click set off in the page is sent by its next turn
    page.evaluate("() => new Promise(go => requestAnimationFrame(() => setTimeout(go, 0)))")
    wire = wire_of(page)
    for _ in range(patience_ms // _TICK_MS):
        if wire.at_rest:
            return
        page.wait_for_timeout(_TICK_MS)
    raise AssertionError(f"{page.url} did not come to rest: {wire.asked=} {wire.begun=}")
