"""What stands around every page: sidebar with logo, menu, language, person and way out; style."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from review.errors import NotSignedIn, ReviewError
from review.i18n import LANGUAGES, _, language, register_provider, speaking
from review.services.access import Actor
from review.services.accounts import sign_in
from review.ui import state
from review.ui.caching import database
from review.ui.format import ROLES, plain, word
from review.ui.page import guarded, show_error, show_unforeseen
from review.ui.pages import navigation
from review.ui.session import signed_in_actor

STYLE = Path(__file__).parent / "style.css"
MARK = (
    '<rect x="1" y="1" width="30" height="30" rx="6" fill="#2f6fc4"/>'
    '<path d="M9 6.5h10l4.5 4.5v14.5H9z" fill="#fff"/>'
    '<path d="M19 6.5V11h4.5" fill="#bcd4f2"/>'
    '<path d="M12 18.2l3 3 5.6-6.2" fill="none" stroke="#2f6fc4" stroke-width="2.2" '
    'stroke-linecap="round" stroke-linejoin="round"/>'
)
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">'
    f"{MARK}</svg>"
)


def wordmark(title: str) -> str:
    """The logo with the product's name, drawn for the dark sidebar; `title` is our own text."""
    width = 44 + sum(17 if ord(character) > 0x2E7F else 8.4 for character in title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="32" '
        f'viewBox="0 0 {width:.0f} 32">{MARK}<text x="42" y="22" fill="#f2f6fc" '
        'font-family="Source Han Sans SC,Noto Sans CJK SC,Noto Sans SC,Microsoft YaHei,'
        f'PingFang SC,sans-serif" font-size="16.5" font-weight="600">{title}</text></svg>'
    )


def session_language() -> str:
    """The language of the session whose script runs; empty outside of one."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    return str(state.get(state.LANGUAGE, ""))


def run_app() -> None:
    """One run of the workbench: who is here, menu, page. Always declares a navigation.

    Without one, Streamlit would look for scripts by itself; so whoever is not signed in, and
    every failure before the menu, gets a navigation with one page that says so.
    """
    register_provider(session_language)
    st.html(STYLE)
    st.html(_chrome())
    try:
        actor = signed_in_actor()
        if state.LANGUAGE not in st.session_state:
            state.put(state.LANGUAGE, actor.language)
        page = navigation(actor)
    except NotSignedIn:
        st.navigation([st.Page(_signed_out, title=_("Case-file review"))], position="hidden").run()
        return
    except Exception as error:  # noqa: BLE001  (whatever it is, no page may run without a person)
        failure = error
        st.navigation(
            [st.Page(lambda: _failed(failure), title=_("Case-file review"), url_path="error")],
            position="hidden",
        ).run()
        return
    st.set_page_config(page_title=f"{page.title} · {_('Case-file review')}")
    _sidebar(actor)
    # the language does not change within a run; a table asks for it thousands of times
    with guarded(page.url_path or "my_work"), speaking(session_language()):
        page.run()


def _chrome() -> str:
    """Words that Streamlit draws itself and offers no translation of, put right by style.

    Only our own message stands in it, as a string of CSS.
    """
    choose = _("Choose a file").replace("\\", "").replace('"', "")
    return (
        "<style>"
        '[data-testid="stFileUploaderDropzone"] button[kind="secondary"] p { font-size: 0; }'
        '[data-testid="stFileUploaderDropzone"] button[kind="secondary"] p::after '
        f'{{ content: "{choose}"; font-size: 0.93rem; }}'
        '[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }'
        "</style>"
    )


def _signed_out() -> None:
    show_error(NotSignedIn())
    st.link_button(_("Sign in again"), "/sign-in", type="primary", key="frame.sign_in")


def _failed(error: Exception) -> None:
    if isinstance(error, ReviewError):
        show_error(error)
    else:
        show_unforeseen(error, "navigation")


def _sidebar(actor: Actor) -> None:
    st.logo(wordmark(_("Case-file review")), size="large", icon_image=ICON)
    with st.sidebar, st.container(key="frame_person", gap="small"):
        st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            default=language(),
            required=True,
            key="frame.language_choice",
            on_change=_change_language,
            args=(actor,),
            label_visibility="collapsed",
            width="stretch",
        )
        st.markdown(f":material/person: **{plain(actor.name)}** · {word(ROLES, actor.role)}")
        st.html(
            '<form method="post" action="/sign-out" class="cr-sign-out">'
            f'<button type="submit">{_("Sign out")}</button></form>'
        )


def _change_language(actor: Actor) -> None:
    wanted = state.get("frame.language_choice")
    if wanted not in LANGUAGES:
        return
    state.put(state.LANGUAGE, wanted)
    try:
        sign_in.set_language(database(), actor, wanted)
    except ReviewError as error:
        state.flash(error.text(wanted))
