"""The script that Streamlit runs: page settings, then the workbench."""

import streamlit as st

from review.ui.frame import ICON, run_app

st.set_page_config(page_icon=ICON, layout="wide")
run_app()
