"""Handing in the text of a law: what would be held, then keeping it."""

from __future__ import annotations

import streamlit as st

from review.common.clock import today
from review.i18n import _, chosen
from review.services.rules import statute_texts
from review.ui.format import plain
from review.ui.page import Page, empty
from review.ui.widgets.days import day_input


def draw_hand_in(page: Page) -> None:
    """A text of law from a file: what would be held, then keeping it."""
    left, right = st.columns([2, 3])
    with left:
        upload = st.file_uploader(
            _("Text of the law (docx, txt, md)"),
            type=["docx", "txt", "md"],
            key=page.key("text_file"),
        )
        title = st.text_input(_("Full title"), key=page.key("text_title"))
        in_force = day_input(_("In force from"), today(), key=page.key("text_in_force"))
        promulgated = day_input(_("Promulgated"), None, key=page.key("text_promulgated"))
        ended = day_input(_("First day no longer in force"), None, key=page.key("text_ended"))
    with right:
        if upload is None or not title.strip():
            empty(
                _("No text is chosen."),
                _(
                    "Choose the file and give the full title. One paragraph a line; the index of "
                    "articles, paragraphs and items is made from it and shown before it is kept."
                ),
                "gavel",
            )
            return
        raw, name = upload.getvalue(), upload.name
        preview = page.call(statute_texts.preview_text, raw=raw, name=name, title=title)
        st.markdown(
            plain(
                _(
                    "{articles} articles, {paragraphs} paragraphs, {items} items",
                    articles=preview.articles,
                    paragraphs=preview.paragraphs,
                    items=preview.items,
                )
            )
        )
        st.caption(
            _("Completes a law that is held.")
            if preview.law
            else _("A law that is not held yet; it becomes one of your own.")
        )
        for zh, en in preview.doubts:
            st.warning(plain(chosen(zh, en)), icon=":material/warning:")
        st.markdown(f"{_('First article')}: {plain(preview.first[:160])}")
        st.markdown(f"{_('Last article')}: {plain(preview.last[:160])}")
        if st.button(_("Keep this text"), type="primary", key=page.key("text_keep")):
            page.save(
                _("The text is held."),
                statute_texts.hand_in_text,
                raw=raw,
                name=name,
                title=title,
                in_force=in_force or today(),
                promulgated=promulgated,
                ended=ended,
            )
