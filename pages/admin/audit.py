"""The audit trail: whether its chain is whole, and every recorded change."""

import streamlit as st

from review.i18n import _, chosen
from review.services import audit_view
from review.services.audit_view import RecordView
from review.ui import state
from review.ui.format import plain, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.audit_words import ACTIONS, SUBJECTS, detail_words
from review.ui.widgets.tables import Column, table

PAGE_SIZE = 100


def record_columns() -> tuple[Column[RecordView], ...]:
    """What the list says of a record."""
    return (
        Column(_("No."), lambda each: each.sequence, width="small"),
        Column(_("When"), lambda each: each.at, "moment"),
        Column(_("Who"), lambda each: each.actor_name),
        Column(_("Action"), lambda each: each.action, "states", 130, ACTIONS),
        Column(_("Subject"), lambda each: f"{word(SUBJECTS, each.subject)} {each.subject_id}"),
        Column(
            _("Detail"),
            lambda each: detail_words(each.detail) if each.detail else "",
            width="large",
        ),
        Column(_("Fingerprint"), lambda each: each.sha256[:12]),
    )


def draw_chain(page: Page) -> None:
    """The state of the whole chain, computed anew."""
    chain = page.call(audit_view.chain_status)
    words = plain(chosen(chain.message.zh, chain.message.en))
    if chain.broken_at is None:
        st.success(
            f"{words}　{plain(_('{n} records, head {head}', n=chain.records, head=chain.head))}",
            icon=":material/verified_user:",
        )
    else:
        st.error(words, icon=":material/gpp_bad:")


def draw_records(page: Page) -> None:
    """Records, the newest first, by action and subject."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        action = st.selectbox(
            _("Action"),
            list(ACTIONS),
            index=None,
            format_func=lambda each: word(ACTIONS, each),
            key=page.key("action"),
            placeholder=_("All actions"),
            width=240,
        )
        subject = st.selectbox(
            _("Subject"),
            list(SUBJECTS),
            index=None,
            format_func=lambda each: word(SUBJECTS, each),
            key=page.key("subject"),
            placeholder=_("All subjects"),
            width=200,
        )
        subject_id = st.text_input(_("Number of the subject"), key=page.key("id"), width=220)
    number = int(state.get(page.key("page"), 1) or 1)
    found = page.call(
        audit_view.records,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        action=action,
        subject=subject,
        subject_id=subject_id.strip() or None,
    )
    if not found.rows:
        empty(_("No record matches."), _("Change or clear the search conditions."), "search_off")
        return
    table(found.rows, record_columns(), key=page.key("records"), longest=18)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("{n} records", n=found.total), width="content")
        if found.total > PAGE_SIZE:
            st.pagination(-(-found.total // PAGE_SIZE), key=page.key("page"))


page = open_page("admin/audit")
heading(
    _("Audit trail"),
    caption=_(
        "Append-only, each record chained to the one before. Keep the head elsewhere as well."
    ),
)
draw_chain(page)
draw_records(page)
