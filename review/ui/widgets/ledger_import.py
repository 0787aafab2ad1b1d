"""Taking over a ledger workbook: choose the file, look at the mapping and the problems, confirm."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import _
from review.services import ledger
from review.services.people import UnitView
from review.ui.page import Page
