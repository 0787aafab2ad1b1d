"""The server of the workbench: `streamlit run app.py`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from review.ui.failures import on_script_error
from review.ui.pages import FIRST, PAGES
from review.web.addresses import Addresses
from review.web.server import MIDDLEWARE, ROUTES, lifespan

app = st.App(
    Path(__file__).parent / "review/ui/main.py",
    routes=ROUTES,
    middleware=[
        *MIDDLEWARE,
        Middleware(Addresses, pages=[spec.url for spec in PAGES], first=FIRST.url),
    ],
    lifespan=lifespan,
    on_script_error=on_script_error,
)
