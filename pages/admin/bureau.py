"""What the bureau sets itself: thresholds for talks and suspensions, and templates of papers."""

from decimal import Decimal

import streamlit as st

from review.i18n import N_, _, chosen
from review.rectification.thresholds import ACTION_WORDS, MEASURE_WORDS
from review.services.rectifying import accountability
from review.services.rectifying.accountability import ThresholdView
from review.services.results import templates
from review.services.results.templates import TemplateView
from review.ui.format import Term
from review.ui.page import Page, heading, open_page
from review.ui.widgets.tables import Column, table

IN_FORCE = {
    "yes": Term(N_("In force"), "green"),
    "no": Term(N_("Not in force"), "gray"),
}


def draw_thresholds(page: Page) -> None:
    """Every threshold; the chosen one can be changed."""
    st.caption(
        _("From these figures on a unit is called to a talk, or its assessment is suspended. "
          "A threshold is in force once the document that says so is named.")
    )  # fmt: skip
    held = page.call(accountability.thresholds)
    columns: tuple[Column[ThresholdView], ...] = (
        Column(_("Leads to"), lambda each: chosen(*ACTION_WORDS[each.action]), width=150),
        Column(_("Figure measured"), lambda each: chosen(*MEASURE_WORDS[each.measure]), width=260),
        Column(_("Limit"), lambda each: each.limit, "number", 80),
        Column(
            _("State"),
            lambda each: "yes" if each.is_active else "no",
            "states",
            110,
            IN_FORCE,
        ),
        Column(_("Basis"), lambda each: each.basis, width=320),
    )
    selected = table(held, columns, key=page.key("thresholds"), selects=True, longest=16).one
    if selected is None:
        st.caption(_("Select a threshold to set it."))
        return
    name = f"{selected.action}.{selected.measure}"
    page.seen("threshold", hash(name), selected.version)
    with st.form(page.key("threshold", name), border=True):
        left, middle, right = st.columns([1, 1, 3], vertical_alignment="bottom")
        limit = left.number_input(
            _("Limit"), 0.5, 1000.0, float(selected.limit), 0.5, key=page.key("limit", name)
        )
        is_active = middle.toggle(_("In force"), selected.is_active, key=page.key("active", name))
        basis = right.text_input(
            _("Basis (document that says so)"), selected.basis, key=page.key("basis", name)
        )
        if st.form_submit_button(_("Save"), type="primary", key=page.key("save", name)):
            page.save(
                _("Saved."),
                accountability.set_threshold,
                action=selected.action,
                measure=selected.measure,
                limit=Decimal(str(limit)),
                is_active=is_active,
                basis=basis,
                seen_version=page.seen("threshold", hash(name), selected.version),
            )


def draw_templates(page: Page) -> None:
    """Every kind of paper with its templates, and taking another one into use."""
    st.caption(
        _("Download a template, change wording and layout in Word, upload it again. It is tried "
          "with invented values first; fields in double braces are kept as they are.")
    )  # fmt: skip
    held = page.call(templates.list_templates)
    columns: tuple[Column[TemplateView], ...] = (
        Column(_("Paper"), lambda each: chosen(each.title.zh, each.title.en), width=260),
        Column(
            _("Version"),
            lambda each: each.number if each.id else _("as delivered"),
            width=110,
        ),
        Column(_("File"), lambda each: each.name, width=240),
        Column(_("State"), lambda each: "yes" if each.is_active else "no", "states", 110, IN_FORCE),
        Column(_("Uploaded by"), lambda each: each.uploaded_by, width=120),
        Column(_("Uploaded"), lambda each: each.uploaded_at, "moment", 140),
    )
    selected = table(held, columns, key=page.key("templates"), selects=True, longest=16).one
    if selected is None:
        st.caption(_("Select a paper to download or replace its template."))
        return
    kinds = list(dict.fromkeys(each.kind for each in held))
    address = (
        f"template/{selected.id}"
        if selected.id
        else f"template-default/{kinds.index(selected.kind) + 1}"
    )
    with st.container(border=True):
        with st.container(horizontal=True):
            st.link_button(
                _("Download this template"),
                f"/export/{address}",
                key=page.key("download", selected.kind, selected.id),
                icon=":material/download:",
            )
            if not selected.is_active and st.button(
                _("Use this version"), key=page.key("use", selected.kind, selected.id)
            ):
                page.save(
                    _("From now on papers are made by this template."),
                    templates.choose_template,
                    kind=selected.kind,
                    template_id=selected.id,
                    seen_version=selected.version,
                )
        upload = st.file_uploader(
            _("New template (.docx)"), type=["docx"], key=page.key("upload", selected.kind)
        )
        if upload is not None and st.button(
            _("Try it and take it into use"),
            key=page.key("take", selected.kind),
            type="primary",
        ):
            page.save(
                _("The template works and is in use now."),
                templates.upload_template,
                kind=selected.kind,
                raw=upload.getvalue(),
                name=upload.name,
            )


page = open_page("admin/bureau")
heading(
    _("Thresholds and templates"),
    caption=_("What the bureau decides itself; every change stays in the audit trail."),
)
thresholds, papers = st.tabs([_("Thresholds"), _("Templates of papers")])
with thresholds:
    draw_thresholds(page)
with papers:
    draw_templates(page)
