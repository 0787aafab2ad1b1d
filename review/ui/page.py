"""The frame of every page: who is here, may they be here, and what is shown when something fails.

A page begins with `page = open_page("section/name")`, then makes at most one service call an
action: `page.call()` to read, `page.save()` to write. A `ReviewError` becomes its text with code
and remedy; any other error becomes a reference number and a log entry without content of files.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, NoReturn, ParamSpec, TypeVar

import streamlit as st
from sqlalchemy import Engine

from review.errors import NotAllowed, ReviewError, Stale
from review.i18n import _, language
from review.services.access import Actor
from review.ui import state
from review.ui.caching import database
from review.ui.format import plain
from review.ui.pages import BY_SCRIPT, PageSpec
from review.ui.session import signed_in_actor

LOG = logging.getLogger("case_review.ui")

DialogWidth = Literal["small", "medium", "large"]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """One run of one page for one person."""

    spec: PageSpec
    actor: Actor
    engine: Engine

    def call(
        self, service: Callable[Concatenate[Engine, Actor, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What a reading service returns; on an error shows it and ends the run."""
        try:
            return service(self.engine, self.actor, *args, **kwargs)
        except ReviewError as error:
            show_error(error)
            st.stop()
        except Exception as error:  # noqa: BLE001  (the frame is where the unforeseen is met)
            show_unforeseen(error, self.spec.script)
            st.stop()

    def attempt(
        self, service: Callable[Concatenate[Engine, Actor, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[bool, T | None]:
        """Run a writing service once: whether it was done, and its result; shows an error here."""
        try:
            result = service(self.engine, self.actor, *args, **kwargs)
        except ReviewError as error:
            if isinstance(error, Stale):
                self.forget_seen()
            show_error(error)
        except Exception as error:  # noqa: BLE001
            show_unforeseen(error, self.spec.script)
        else:
            self.forget_seen()
            return True, result
        return False, None

    def seen(self, what: str, row_id: int, version: int) -> int:
        """The version of a row that the person had before his eyes when its form was drawn.

        A press of a button runs the page anew, with the row as it is by then; saving at that
        version would overwrite what somebody else changed meanwhile. So the first version is kept
        until something was saved, or refused as stale, or another row is looked at.
        """
        kept = state.get(self.key("seen", what))
        if not kept or kept[0] != row_id:
            kept = (row_id, version)
            state.put(self.key("seen", what), kept)
        return int(kept[1])

    def forget_seen(self) -> None:
        """The next run begins with the versions of then."""
        state.drop_all(self.key("seen", ""))

    def save(
        self,
        done: str,
        service: Callable[Concatenate[Engine, Actor, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a writing service; on success says `done` and draws the page anew."""
        succeeded, _result = self.attempt(service, *args, **kwargs)
        if succeeded:
            self.close_dialog()
            state.flash(done)
            st.rerun()

    def dialog_button(self, label: str, name: str, about: int = 0, **looks: Any) -> None:
        """A button that opens the dialog `name`, about the row with that id if there is one."""
        st.button(
            label,
            key=self.key("open", name),
            on_click=self.open_dialog,
            args=(name, about),
            **looks,
        )

    def open_dialog(self, name: str, about: int = 0) -> None:
        """Let `dialog()` draw that dialog from the next run on, until it is closed."""
        state.put(self.key("dialog"), (name, about))

    def close_dialog(self) -> None:
        """No dialog is drawn from the next run on."""
        state.drop(self.key("dialog"))

    def dialog(
        self, name: str, title: str, body: Callable[[int], None], *, width: DialogWidth = "medium"
    ) -> None:
        """Draw a dialog if it is the one that is open; `body` gets the id that it is about."""
        opened = state.get(self.key("dialog"))
        if opened and opened[0] == name:
            st.dialog(title, width=width, on_dismiss=self.close_dialog)(body)(opened[1])

    def key(self, *parts: object) -> str:
        """The key of a widget of this page."""
        return state.key(self.spec.url, *parts)


def open_page(script: str) -> Page:
    """Begin a page: asks again who is here and whether the role is offered this page.

    Shows what was to be said since the last run. Ends the run where the page may not be opened.
    """
    spec = BY_SCRIPT[script]
    actor = signed_in_actor()
    if not spec.is_open_to(actor):
        refuse(spec)
    for text in state.take(state.FLASH, []):
        st.toast(plain(text), icon=":material/check_circle:")
    return Page(spec, actor, database())


def refuse(spec: PageSpec) -> NoReturn:
    """Say that this page is not for this role, and end the run."""
    show_error(NotAllowed(action=_(spec.title)))
    st.stop()


def heading(title: str, *badges: str, caption: str = "") -> None:
    """The title row: what is shown here, its states as badges, and one line about it.

    `title` and `caption` are literal text; `badges` come from `format.badge`.
    """
    with st.container(key="page_heading", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.title(plain(title), anchor=False, width="content")
            for each in badges:
                st.markdown(each, width="content")
        if caption:
            st.caption(plain(caption))


def empty(text: str, remedy: str, icon: str = "inbox") -> None:
    """An empty state: what is not there, and what to do next. Both literal text."""
    with st.container(
        key=f"empty_{icon}_{abs(hash(text)) % 10**8}", border=True, horizontal_alignment="center"
    ):
        st.markdown(
            f":gray[:material/{icon}:] **{plain(text)}**  \n:gray[{plain(remedy)}]",
            text_alignment="center",
        )


def show_error(error: ReviewError) -> None:
    """A foreseen error: its sentence with the remedy, and its code."""
    st.error(f"{plain(error.text(language()))}  `{error.code}`", icon=":material/error:")


def show_unforeseen(error: Exception, place: str) -> None:
    """An unforeseen error: a reference number here, the cause in the log under that number."""
    reference = secrets.token_hex(4).upper()
    LOG.error(
        "unforeseen error %s on %s: %s", reference, place, type(error).__name__, exc_info=error
    )
    st.error(
        _(
            "Something went wrong that was not foreseen; nothing was saved by this step. "
            "Try again, and give the administrator this reference number: {reference}",
            reference=reference,
        ),
        icon=":material/error:",
    )


@contextmanager
def guarded(place: str) -> Iterator[None]:
    """Turns whatever a page raises into a message; the navigation around it stays usable."""
    try:
        yield
    except ReviewError as error:
        show_error(error)
    except Exception as error:  # noqa: BLE001
        show_unforeseen(error, place)
