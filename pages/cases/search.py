"""Full-text search over everything that was read, with the hit shown on its page."""

import zlib

import streamlit as st

from review.i18n import _, ngettext
from review.services import access
from review.services.accounts import people
from review.services.case_files import cases, division, searching
from review.services.case_files.searching import SearchHit
from review.ui import state
from review.ui.format import plain
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.evidence import Looking, look_at, looking, where
from review.ui.widgets.search_hit import excerpt
from review.ui.widgets.viewer import page_with_marks, text_with_marks

PAGE_SIZE = 10


def filters(page: Page) -> dict[str, object]:
    """The query and what narrows it down."""
    query = st.text_input(
        _("Search in everything that was read"),
        str(st.query_params.get("q", "")),
        key=page.key("query"),
        placeholder=_("Words, a name, a plate, a number; several words with blanks between"),
        icon=":material/search:",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        case_text = st.text_input(_("Case number"), key=page.key("case_text"), width=190)
        kind = st.selectbox(
            _("Kind of paper"),
            division.kinds(),
            index=None,
            key=page.key("kind"),
            placeholder=_("All"),
            width=210,
        )
        unit_id = None
        if access.may(page.actor, "ledger.edit") or access.may(page.actor, "round.view"):
            names = {unit.id: unit.name for unit in page.call(people.list_units)}
            unit_id = st.selectbox(
                _("Unit"),
                list(names),
                index=None,
                format_func=names.__getitem__,
                key=page.key("unit"),
                placeholder=_("All units"),
                width=190,
            )
        year = st.selectbox(
            _("Year"),
            page.call(searching.years),
            index=None,
            key=page.key("year"),
            placeholder=_("All"),
            width=110,
        )
    return {
        "query": query.strip(),
        "case_text": case_text.strip(),
        "kind": kind,
        "unit_id": unit_id,
        "year": year,
    }


def draw_hit(page: Page, hit: SearchHit, query: str) -> None:
    """One page: its case and paper, the words with the hit, and the button that shows it."""
    with st.container(border=True, gap="xxsmall"):
        left, right = st.columns([5, 2], vertical_alignment="center")
        paper = hit.document_title or hit.document_kind or _("Not recognised")
        left.markdown(f"**{plain(hit.case_no)}**　{plain(paper)}")
        right.button(
            _("Show"),
            key=page.key("show", hit.page_id),
            icon=":material/plagiarism:",
            width="stretch",
            on_click=look_at,
            args=(page, Looking(hit.page_id, quote=query)),
        )
        st.html(excerpt(hit.excerpt))
        parts = (
            hit.party_name,
            hit.unit_name,
            where(hit.source, hit.number),
            ngettext("{n} hit", "{n} hits", hit.count),
        )
        st.caption(" · ".join(plain(each) for each in parts if each))


def draw_page(page: Page, first: SearchHit, query: str) -> None:
    """The page of the hit that was chosen, at first the best one, with the words marked."""
    place = looking(page)
    page_id = place.page_id if place is not None and place.quote == query else first.page_id
    view = page.call(cases.page_view, page_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":gray[{plain(where(view.source, view.number))}]", width="stretch")
        if st.button(_("Open the case"), key=page.key("open"), icon=":material/folder_open:"):
            go("cases/case", case=view.case_id, page=page_id)
    if view.view_url:
        page_with_marks(view, page.call(searching.hit_boxes, page_id, query=query))
    else:
        text_with_marks([line.text for line in view.lines], query.split())


page = open_page("cases/search")
heading(
    _("Full-text search"),
    caption=_("Blanks, punctuation, full and half width make no difference."),
)
wanted = filters(page)
query = str(wanted["query"])
if not query:
    empty(
        _("Nothing is looked for yet."),
        _("Type words above; every page that you may see is searched."),
        "search",
    )
    st.stop()
pages_key = page.key("page", zlib.crc32(repr(sorted(wanted.items(), key=str)).encode()))
number = int(state.get(pages_key, 1) or 1)
found = page.call(searching.search, **wanted, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
if not found.hits:
    empty(
        _("No page holds these words."),
        _("Use fewer or shorter words, or clear the conditions."),
        "search_off",
    )
    st.stop()
results, paper = st.columns([6, 5], gap="medium")
with results:
    st.markdown(_("**{pages}** pages in **{cases}** cases", pages=found.total, cases=found.cases))
    for hit in found.hits:
        draw_hit(page, hit, query)
    if found.total > PAGE_SIZE:
        st.pagination(-(-found.total // PAGE_SIZE), key=pages_key)
with paper, st.container(border=True, key="search_viewer"):
    draw_page(page, found.hits[0], query)
