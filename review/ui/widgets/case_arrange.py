"""Arranging the papers of a case: what is done with the chosen pages or paper, and the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from review.i18n import N_, _, ngettext
from review.services.case_files import division
from review.services.case_files.cases import CaseView
from review.services.case_files.division import DivisionView
from review.ui.components.papers_board import Chosen
from review.ui.format import moment, plain
from review.ui.page import Page

STEPS = {
    "rename": N_("Kind of a paper changed"),
    "split": N_("Paper split"),
    "join": N_("Papers joined"),
    "move": N_("Pages moved"),
    "take_out": N_("Pages made a paper of their own"),
    "reorder": N_("Papers put in another order"),
    "shift": N_("Page moved within its paper"),
}
FIRST_KIND = "其他"


class Arranging:
    """What can be done with one case; each step is saved at the version that was seen."""

    def __init__(self, page: Page, view: CaseView, shown: DivisionView) -> None:
        """Nothing is done before a button is pressed."""
        self.page = page
        self.view = view
        self.version = page.seen("division", view.case.id, shown.version)

    def do(self, service: Callable[..., None], /, **values: Any) -> None:
        """Take a step and draw the page anew."""
        with st.spinner(_("Reading the facts of the new papers …")):
            self.page.save(
                _("Saved; the checks have run again."),
                service,
                self.view.case.id,
                seen_version=self.version,
                **values,
            )

    def asked(self, act: Mapping[str, Any]) -> None:
        """Do what was asked on the board."""
        match act["action"]:
            case "split":
                self.do(division.split_paper, page_id=int(act["page"]), kind=FIRST_KIND)
            case "join":
                self.do(division.join_papers, paper=int(act["paper"]), other=int(act["other"]))
            case "reorder":
                self.do(division.reorder_papers, paper=int(act["paper"]), to=int(act["to"]))
            case "move":
                pages = [int(each) for each in act["pages"]]
                self.do(division.move_pages, page_ids=pages, paper=int(act["paper"]))


def draw_actions(arranging: Arranging, chosen: Chosen) -> None:
    """The actions for what is chosen; without a choice, how to choose."""
    if chosen.paper is not None and chosen.paper < len(arranging.view.documents):
        _paper_actions(arranging, chosen.paper)
    elif chosen.pages:
        _page_actions(arranging, chosen.pages)
    else:
        st.caption(
            _(
                "Click a page or the head of a paper. Hold Ctrl or Shift to choose several pages; "
                "drag them to another paper, or press the scissors between two pages to split."
            )
        )


def _paper_actions(arranging: Arranging, index: int) -> None:
    page, paper = arranging.page, arranging.view.documents[index]
    kinds = division.kinds()
    st.markdown(f"**{index + 1}. {plain(paper.kind)}**  \n:gray[{plain(paper.reason)}]")
    with st.form(page.key("rename", paper.id), border=False):
        kind = st.selectbox(
            _("Kind of paper"),
            kinds,
            index=kinds.index(paper.kind) if paper.kind in kinds else None,
            key=page.key("kind", paper.id),
        )
        title = st.text_input(_("Title on the paper"), paper.title, key=page.key("title", paper.id))
        if st.form_submit_button(_("Save"), type="primary", key=page.key("rename_save")) and kind:
            arranging.do(division.rename_paper, paper=index, kind=kind, title=title)


def _page_actions(arranging: Arranging, pages: tuple[int, ...]) -> None:
    page = arranging.page
    documents = arranging.view.documents
    st.markdown(f"**{ngettext('{n} page chosen', '{n} pages chosen', len(pages))}**")
    titles = {each.sequence: f"{each.sequence + 1}. {each.kind}" for each in documents}
    with st.form(page.key("move"), border=False):
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        target = left.selectbox(
            _("Move to the paper"),
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            key=page.key("target"),
            placeholder=_("Choose"),
        )
        pressed = right.form_submit_button(_("Move"), key=page.key("move_save"), width="stretch")
        if pressed and target is not None:
            arranging.do(division.move_pages, page_ids=list(pages), paper=target)
    with st.form(page.key("take_out"), border=False):
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        kinds = division.kinds()
        kind = left.selectbox(
            _("New paper of the kind"),
            kinds,
            index=kinds.index(FIRST_KIND),
            key=page.key("new_kind"),
        )
        if right.form_submit_button(_("Make a paper"), key=page.key("new_save"), width="stretch"):
            arranging.do(division.take_out_pages, page_ids=list(pages), kind=kind)
    if len(pages) != 1:
        return
    with st.container(horizontal=True):
        for label, step, name in (
            (_("Earlier within the paper"), -1, "earlier"),
            (_("Later within the paper"), 1, "later"),
        ):
            if st.button(label, key=page.key(name)):
                arranging.do(division.shift_page, page_id=pages[0], step=step)


def draw_history(arranging: Arranging, shown: DivisionView, *, can_edit: bool) -> None:
    """Undo, what differs since a later import or reading, and every step with its author."""
    page = arranging.page
    if shown.gone or shown.new:
        st.warning(
            _(
                "Since these papers were arranged, {gone} pages went and {new} came in; the new "
                "ones stand at the end as the machine divided them.",
                gone=shown.gone,
                new=shown.new,
            ),
            icon=":material/difference:",
        )
    if can_edit and st.button(
        _("Undo the last step"),
        key=page.key("undo"),
        icon=":material/undo:",
        disabled=not shown.can_undo,
    ):
        arranging.do(division.undo)
    if not shown.steps:
        st.caption(_("The papers are as the machine divided them."))
        return
    with st.expander(ngettext("{n} step", "{n} steps", len(shown.steps)), key=page.key("history")):
        lines = []
        for step in shown.steps:
            words = plain(_(STEPS.get(step.action, step.action)))
            words = f"~~{words}~~" if step.is_undone else words
            lines.append(f"{step.number}. {words}　:gray[{plain(step.author)} · {moment(step.at)}]")
        st.markdown("  \n".join(lines))
