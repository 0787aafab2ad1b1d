"""The registers of the bureau: officers, organs, devices, publications, reviewers, recordings."""

import streamlit as st

from review.i18n import _, chosen
from review.registers.columns import REGISTERS
from review.services import access
from review.services.rules import registers
from review.ui import state
from review.ui.page import heading, open_page
from review.ui.widgets.register_import import draw_completeness, draw_import
from review.ui.widgets.registers import draw_dialogs, draw_rows, title

page = open_page("registers/registers")
heading(
    _("Enforcement registers"),
    caption=_("What the machine compares case files with. A register not kept decides nothing."),
)
cards = {card.name: card for card in page.call(registers.list_registers)}
name = st.segmented_control(
    _("Register"),
    list(REGISTERS),
    default=next(iter(REGISTERS)),
    required=True,
    format_func=lambda each: f"{title(REGISTERS[each])} {cards[each].rows}",
    key=page.key("register"),
    label_visibility="collapsed",
)
spec = REGISTERS[name or next(iter(REGISTERS))]
if state.get(page.key("shown")) != spec.name:
    state.put(page.key("shown"), spec.name)
    page.close_dialog()
st.caption(chosen(spec.about_zh, spec.about_en))
may_edit = access.may(page.actor, "registers.manage")
names = [_("Rows"), _("Declared complete")] + ([_("Take over a workbook")] if may_edit else [])
tabs = st.tabs(names, key=page.key("tabs"))
with tabs[0]:
    draw_dialogs(page, spec)
    draw_rows(page, spec, cards[spec.name].rows)
with tabs[1]:
    draw_completeness(page, spec, cards[spec.name], may=may_edit)
if may_edit:
    with tabs[2]:
        draw_import(page, spec)
