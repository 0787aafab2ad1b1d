"""Who is in front of the browser: asked again at the top of every script run.

`provider` is replaced by tests, because AppTest has neither cookies nor headers.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from review.errors import NotSignedIn
from review.services.access import Actor
from review.services.accounts import sign_in
from review.ui.caching import database

COOKIE = "case_review_session"
OWNER = "session.owner"
LOOPBACK = "127.0.0.1"
"""What Streamlit gives as None: the address of a browser on the server itself."""


def behind_the_cookie() -> Actor | None:
    """The person of the session cookie that came with this connection; None without one."""
    token = st.context.cookies.get(COOKIE, "")
    return sign_in.actor_of(database(), token, address=st.context.ip_address or LOOPBACK)


provider: Callable[[], Actor | None] = behind_the_cookie
"""Where the person comes from."""


def signed_in_actor() -> Actor:
    """The person behind this run; raises NotSignedIn where the session has ended."""
    actor = provider()
    if actor is None:
        raise NotSignedIn
    _keep_apart(actor)
    return actor


def _keep_apart(actor: Actor) -> None:
    """Forget what the session remembers where it was another person's.

    A browser names the session it comes back to, and Streamlit does not ask whose that is.
    """
    if st.session_state.get(OWNER, actor.user_id) != actor.user_id:
        st.session_state.clear()
    st.session_state[OWNER] = actor.user_id
