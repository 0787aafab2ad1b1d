"""The server of the workbench: `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from review.ui.failures import on_script_error
from review.web.server import MIDDLEWARE, ROUTES, lifespan

app = st.App(
    Path(__file__).parent / "review/ui/main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=on_script_error,
)
