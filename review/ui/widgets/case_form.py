"""The fields of a row of the case ledger, for adding and for editing one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import streamlit as st

from review.errors import BadValue
from review.i18n import _
from review.services.accounts.people import UnitView
from review.ui.format import PROCEDURES, Term, word
from review.ui.page import Page

DAY = "YYYY-MM-DD"


def case_fields(
    page: Page, units: Sequence[UnitView], kinds: Mapping[str, Term], case: Any = None
) -> dict[str, Any]:
    """Draw the fields, filled from `case` where one is given; returns what stands in them."""

    def before(name: str, default: Any = None) -> Any:
        return getattr(case, name, default) if case is not None else default

    left, middle, right = st.columns(3)
    procedures = list(PROCEDURES)
    names = {unit.id: unit.name for unit in units}
    case_no = left.text_input(_("Case number"), before("case_no", ""), key=page.key("f_case_no"))
    unit_id = middle.selectbox(
        _("Unit"),
        list(names),
        index=list(names).index(before("unit_id")) if before("unit_id") in names else None,
        format_func=names.__getitem__,
        key=page.key("f_unit"),
        placeholder=_("Choose"),
    )
    procedure = right.selectbox(
        _("Procedure"),
        procedures,
        index=procedures.index(before("procedure", "") or ""),
        format_func=lambda each: word(PROCEDURES, each),
        key=page.key("f_procedure"),
    )
    cause = left.text_input(_("Cause of action"), before("cause", ""), key=page.key("f_cause"))
    party = middle.text_input(_("Party"), before("party_name", ""), key=page.key("f_party"))
    fine = right.text_input(
        _("Fine (yuan)"),
        "" if before("fine_yuan") is None else str(before("fine_yuan")),
        key=page.key("f_fine"),
    )
    squad = left.text_input(_("Squad"), before("squad", ""), key=page.key("f_squad"))
    officers = middle.text_input(
        _("Officers"),
        _(", ").join(before("officers", ()) or ()),
        key=page.key("f_officers"),
        help=_("Names with commas between them; they are refused as reviewers of this case."),
    )
    kind = right.selectbox(
        _("Kind of case"),
        list(kinds),
        index=list(kinds).index(before("kind", "penalty") or "penalty"),
        format_func=lambda each: word(dict(kinds), each),
        key=page.key("f_kind"),
    )
    filed_on = _day(left, _("Filed on"), before("filed_on"), page.key("f_filed"))
    decided_on = _day(middle, _("Decided on"), before("decided_on"), page.key("f_decided"))
    closed_on = _day(right, _("Closed on"), before("closed_on"), page.key("f_closed"))
    return {
        "case_no": case_no,
        "unit_id": unit_id,
        "procedure": procedure,
        "cause": cause,
        "party_name": party,
        "fine_yuan": fine,
        "squad": squad,
        "officers": officers,
        "kind": kind,
        "filed_on": filed_on,
        "decided_on": decided_on,
        "closed_on": closed_on,
    }


def case_values(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the service takes it; raises BadValue for a fine that is no amount."""
    names = re.split("[,，、]", typed["officers"])
    return dict(typed) | {
        "fine_yuan": _amount(typed["fine_yuan"]),
        "officers": [name.strip() for name in names if name.strip()],
    }


def _day(column: Any, label: str, value: date | None, key: str) -> date | None:
    found: date | None = column.date_input(label, value, key=key, format=DAY)
    return found


def _amount(text: str) -> Decimal | None:
    """Yuan as typed, separators allowed; raises BadValue for what is no amount."""
    cleaned = text.replace(",", "").replace("，", "").strip()
    if not cleaned:
        return None
    try:
        return Decimal(cleaned)
    except InvalidOperation:
        raise BadValue(
            field="罚款",
            field_en="fine",
            value=text,
            reason="不是金额",
            reason_en="it is not an amount",
        ) from None
