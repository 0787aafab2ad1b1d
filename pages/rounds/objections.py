"""Objections: the unit sees its draft result and objects item by item; somebody else decides."""

from review.db.accounts import Role
from review.i18n import _
from review.services.results import objections
from review.ui.page import empty, heading, open_page
from review.ui.widgets.draft_result import draw_draft
from review.ui.widgets.objection_detail import draw_objections

page = open_page("rounds/objections")
is_unit = page.actor.role is Role.UNIT
heading(
    _("Objections"),
    caption=_("Your draft results; object item by item, with proof, until the day that is named.")
    if is_unit
    else _("Somebody who did not score decides; a result becomes better or stays."),
)
told = page.call(objections.told_rounds) if is_unit else {}
raised = page.call(objections.list_objections)
if is_unit and told:
    draw_draft(page, told)
if raised:
    draw_objections(page, raised)
elif not told:
    empty(
        _("There is no objection."),
        _("Draft results appear here once the regulations section has sent them.")
        if is_unit
        else _("Units object once their draft results were sent on the page Results."),
        "gavel",
    )
