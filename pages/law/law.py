"""The law as of any day: articles, numbers, fines, what rests on them, who confirmed them."""

import streamlit as st

from review.common.clock import today
from review.i18n import _
from review.services import access
from review.services.rules import law
from review.ui.page import heading, open_page
from review.ui.widgets.days import day_input
from review.ui.widgets.law_numbers import draw_numbers
from review.ui.widgets.law_page import (
    draw_figures,
    draw_fines,
    draw_stale_texts,
    draw_statutes,
)
from review.ui.widgets.law_text import draw_hand_in

page = open_page("law/law")
heading(
    _("Legal basis"),
    caption=_("What checks and checklist items rest on, as of any day, and who confirmed it."),
)
on = day_input(_("As of"), today(), key=page.key("on"), width=180)
found = page.call(law.law_page, on=on or today())
draw_figures(found)
names = [_("Laws"), _("Numbers and periods"), _("Fines"), _("Stale wordings")]
may_manage = access.may(page.actor, "law.manage")
if may_manage:
    names.append(_("Hand in a text"))
tabs = st.tabs(names, key=page.key("tabs"))
with tabs[0]:
    draw_statutes(page, found)
with tabs[1]:
    draw_numbers(page, found)
with tabs[2]:
    draw_fines(page, found)
with tabs[3]:
    draw_stale_texts(page, found)
if may_manage:
    with tabs[4]:
        draw_hand_in(page)
