"""Every page as everybody in the blind phases: all that is sent to the browser is searched.

Each page is opened with every id of its address, own and foreign; every filter takes each of its
values once, every table each of its rows, every button that opens something is pressed.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from review.ui import session as ui_session
from review.ui.pages import PAGES, RULES, PageSpec, script_path
from tests.leaks.canaries import (
    CHECK,
    EVERY,
    FINDING,
    HANDED_IN,
    OPEN,
    PREFIX,
    SCORE,
    VOTE,
    marks_in,
)
from tests.leaks.conftest import to_findings, to_the_panel

MAIN = script_path("x").parents[1] / "review" / "ui" / "main.py"
IN_ADDRESS = re.compile(r'(?:address_id|query_params\.get)\("(\w+)"')
OPENERS = re.compile(r"\.(open|show)\.")
"""Keys of buttons that show more and write nothing."""

TAB = "tab "
OWN_LANGUAGE = "frame.language_choice"


@dataclass
class Browser:
    """Somebody's browser: the workbench under test, and all that came from it."""

    login: str
    app: AppTest
    sent: list[bytes] = field(default_factory=list)
    runs: int = 0

    def received(self) -> list[bytes]:
        """Everything that came since this was last asked, and what the session keeps."""
        came, self.sent[:] = list(self.sent), []
        assert came
        return [*came, repr(self.app.session_state).encode()]

    def open(self, spec: PageSpec, **address: object) -> None:
        """Go to a page by its address."""
        self.app.query_params.clear()
        for name, value in address.items():
            self.app.query_params[name] = str(value)
        self.app.switch_page(str(script_path(spec.script)))
        self.run(None)

    def run(self, states: WidgetStates | None) -> None:
        """Send the widgets' values."""
        self.runs += 1
        self.app._run(states)
        assert not self.app.exception


@pytest.fixture
def browser_of(blind, monkeypatch) -> Iterator[Callable[[str], Browser]]:
    """Opens the workbench as somebody and keeps every message and every file offered."""
    st.cache_resource.clear()
    monkeypatch.setattr(SessionState, "maybe_check_serializable", lambda _self: None)
    sent: list[bytes] = []
    enqueue, load = ForwardMsgQueue.enqueue, MemoryMediaFileStorage.load_and_get_id

    def enqueued(queue, message):
        sent.append(message.SerializeToString())
        enqueue(queue, message)

    def loaded(storage, given, *more, **named):
        sent.append(given if isinstance(given, bytes) else given.encode())
        return load(storage, given, *more, **named)

    monkeypatch.setattr(ForwardMsgQueue, "enqueue", enqueued)
    monkeypatch.setattr(MemoryMediaFileStorage, "load_and_get_id", loaded)

    def browser(login: str) -> Browser:
        monkeypatch.setattr(ui_session, "provider", lambda: blind.actors[login])
        app = AppTest.from_file(str(MAIN), default_timeout=300)
        app.session_state["frame.language"] = "zh"
        made = Browser(login, app, sent)
        made.run(None)
        return made

    yield browser
    st.cache_resource.clear()


def ids_in_addresses(scene) -> dict[str, tuple[object, ...]]:
    """What may stand in an address, by the parameter's name."""
    return {
        "case": tuple(scene.cases),
        "page": tuple(scene.pages),
        "sheet": tuple(scene.sheets.values()),
        "round": (scene.round_id,),
        "drawn": tuple(scene.round_case_ids),
        "list": (1,),
        "q": (PREFIX,),
        "by": ("unit", "item"),
        "key": (PREFIX,),
    }


def parameters(spec: PageSpec) -> list[str]:
    """The parameters that a page reads from its address."""
    return sorted(set(IN_ADDRESS.findall(script_path(spec.script).read_text("utf-8"))))


def addresses(spec: PageSpec, scene) -> Iterator[dict[str, object]]:
    """The plain address, then each parameter with each value."""
    yield {}
    known = ids_in_addresses(scene)
    for name in parameters(spec):
        for value in known[name]:
            yield {name: value}


def answers(app: AppTest) -> Iterator[tuple[str, WidgetState]]:
    """Each value that a widget of the page may be given, one at a time."""
    for node in app._tree:
        proto = getattr(node, "proto", None)
        widget_id = getattr(proto, "id", "")
        key = getattr(node, "key", None) or ""
        if not widget_id or key == OWN_LANGUAGE:
            continue
        kind = getattr(node, "type", "")
        if kind == "arrow_data_frame":
            for row in range(len(node.value) if proto.selection_mode else 0):
                chosen = {"selection": {"rows": [row], "columns": [], "cells": []}}
                yield f"{key}[{row}]", WidgetState(id=widget_id, string_value=json.dumps(chosen))
        elif getattr(proto, "form_id", ""):
            continue  # what is typed into a form is not asked of any service before it is sent
        elif kind == "tab_container":
            for tab in node.children.values():
                yield f"{TAB}{tab.label}", WidgetState(id=widget_id, string_value=tab.label)
        elif kind == "selectbox":
            for each in proto.options:
                yield f"{key}={each}", WidgetState(id=widget_id, string_value=each)
        elif kind in ("button_group", "multiselect"):
            for each in proto.options:
                state = WidgetState(id=widget_id)
                state.string_array_value.data[:] = [getattr(each, "content", each)]
                yield f"{key}={state.string_array_value.data}", state
        elif kind in ("checkbox", "toggle"):
            yield f"{key}=?", WidgetState(id=widget_id, bool_value=not node.value)
        elif kind == "text_input":
            yield f"{key}={PREFIX}", WidgetState(id=widget_id, string_value=PREFIX)
        elif kind == "button" and OPENERS.search(key):
            yield key, WidgetState(id=widget_id, trigger_value=True)


def given(states: WidgetStates, answer: WidgetState) -> WidgetStates:
    """The widgets as they stood, with one of them changed."""
    made = WidgetStates()
    made.widgets.extend(copy.deepcopy(each) for each in states.widgets if each.id != answer.id)
    made.widgets.append(answer)
    return made


def answered(browser: Browser, states: WidgetStates) -> Iterator[tuple[str, set[str]]]:
    """What each answer brings; a tab that is opened shows widgets that are answered in turn."""
    first = list(answers(browser.app))
    known = {name for name, _ in first}
    for name, answer in first:
        chosen = given(states, answer)
        browser.run(chosen)
        yield name, marks_in(browser.received())
        if not name.startswith(TAB):
            continue
        within = [each for each in answers(browser.app) if each[0] not in known]
        drawn = given(browser.app._tree.get_widget_states(), answer)
        for inner, inner_answer in within:
            browser.run(given(drawn, inner_answer))
            yield f"{name} {inner}", marks_in(browser.received())


def told(browser: Browser, scene, specs=PAGES) -> Iterator[tuple[str, set[str]]]:
    """Where each mark reached this browser: (page, address and widget) with the marks."""
    for spec in specs:
        for address in addresses(spec, scene):
            browser.open(spec, **address)
            yield f"{spec.script} {address}", marks_in(browser.received())
            if not spec.is_open_to(scene.actors[browser.login]):
                assert browser.app.error
                break
            states = browser.app._tree.get_widget_states()
            for name, marks in answered(browser, states):
                yield f"{spec.script} {address} {name}", marks


PERSONAL = [spec for spec in PAGES if spec.section != RULES]
"""Pages of rules are the same for all who read them: one person's walk through them is enough."""


def leaks(browser: Browser, scene, forbidden, specs=PERSONAL) -> list[tuple[str, set[str]]]:
    """Where something reached the browser that this person may not know yet."""
    return [
        (where, marks & set(forbidden))
        for where, marks in told(browser, scene, specs)
        if marks & set(forbidden)
    ]


def test_every_parameter_of_an_address_is_covered(blind):
    read = {name for spec in PAGES for name in parameters(spec)}
    assert read == set(ids_in_addresses(blind))


@pytest.mark.parametrize(
    ("who", "forbidden"),
    [
        ("second", {HANDED_IN, SCORE, CHECK}),
        ("expert", EVERY),
        ("reviewer", {OPEN, CHECK}),
        ("unit", EVERY),
        ("administrator", EVERY),
    ],
)
def test_no_page_tells_anybody_of_the_others_while_they_score(blind, browser_of, who, forbidden):
    specs = PAGES if who == "expert" else PERSONAL
    assert leaks(browser_of(who), blind, forbidden, specs) == []


@pytest.mark.parametrize("who", ["expert", "bystander", "other_unit"])
def test_no_page_tells_of_the_panel_who_is_not_of_it(blind, browser_of, who):
    to_the_panel(blind)
    to_findings(blind)
    assert leaks(browser_of(who), blind, EVERY) == []


def test_the_search_finds_what_may_be_seen(blind, browser_of):
    """What is allowed is found on the pages, in tables and in the components, by the same walk."""

    def seen(who, *scripts):
        specs = [spec for spec in PAGES if spec.script in scripts]
        return set().union(*(marks for _, marks in told(browser_of(who), blind, specs)))

    assert seen("reviewer", "review/scoring") >= {HANDED_IN, SCORE}
    assert OPEN not in seen("leader", "review/scoring", "rounds/rounds")
    assert CHECK in seen("leader", "cases/case")
    to_the_panel(blind)
    assert seen("second", "rounds/comparison") >= {HANDED_IN, SCORE, VOTE}
    to_findings(blind)
    assert FINDING in seen("leader", "findings/findings")
