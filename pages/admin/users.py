"""Accounts and units: create, disable, give a new first password."""

import streamlit as st

from review.db.accounts import Role
from review.i18n import _
from review.services.accounts import people
from review.services.accounts.people import UnitView, UserView
from review.ui import state
from review.ui.format import ACCOUNT_STATES, ROLES, plain, word
from review.ui.page import Page, heading, open_page
from review.ui.widgets.tables import Column, table

GIVEN = "users.given_password"


def user_columns() -> tuple[Column[UserView], ...]:
    """Headings are drawn in the language of the run."""
    return (
        Column(_("Account"), lambda user: user.login),
        Column(_("Name"), lambda user: user.name),
        Column(_("Role"), lambda user: user.role, "states", vocabulary=ROLES),
        Column(_("Unit"), lambda user: user.unit_name),
        Column(_("Squad"), lambda user: user.squad),
        Column(_("Certificate no."), lambda user: user.cert_no),
        Column(_("Speciality"), lambda user: user.speciality),
        Column(_("State"), account_state, "states", vocabulary=ACCOUNT_STATES),
    )


def account_state(user: UserView) -> str:
    """Which word of `ACCOUNT_STATES` fits an account."""
    if user.is_disabled:
        return "disabled"
    return "first" if user.must_change_password else "active"


def draw_users(page: Page) -> None:
    """Filter row, accounts, and what can be done with the selected one."""
    users, units = page.call(people.list_users), page.call(people.list_units)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("Search"), key=page.key("text"), placeholder=_("Account, name or unit"), width=280
        )
        roles = st.multiselect(
            _("Role"),
            [str(role) for role in Role],
            key=page.key("roles"),
            format_func=lambda role: word(ROLES, role),
            select_all=False,
            placeholder=_("All roles"),
            width=320,
        )
        page.dialog_button(_("New account"), "new", type="primary", icon=":material/person_add:")
    page.dialog("new", _("New account"), lambda _about: new_account(page, units), width="medium")
    shown = [
        user
        for user in users
        if (not roles or user.role in roles)
        and text.strip().lower() in f"{user.login} {user.name} {user.unit_name}".lower()
    ]
    chosen = table(shown, user_columns(), key=page.key("table"), selects=True).one
    if chosen is None:
        st.caption(_("Select an account to give it a new password or to disable it."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(chosen.name)}** ({plain(chosen.login)})", width="content")
        if st.button(_("New first password"), key=page.key("reset"), icon=":material/key:"):
            done, password = page.attempt(people.reset_password, chosen.id)
            if done:
                state.put(GIVEN, (chosen.login, password))
                st.rerun()
        label = _("Enable account") if chosen.is_disabled else _("Disable account")
        if st.button(label, key=page.key("disable"), icon=":material/block:"):
            page.save(_("Saved."), people.disable_user, chosen.id, disabled=not chosen.is_disabled)


def new_account(page: Page, units: list[UnitView]) -> None:
    """The form of a new account; the first password is made by the service and shown once."""
    with st.form(page.key("form"), border=False):
        left, right = st.columns(2)
        login = left.text_input(_("Account"), key=page.key("login"), max_chars=40)
        name = right.text_input(_("Name"), key=page.key("name"), max_chars=40)
        role = left.selectbox(
            _("Role"),
            [str(role) for role in Role],
            key=page.key("role"),
            format_func=lambda each: word(ROLES, each),
        )
        names = {unit.id: unit.name for unit in units}
        unit_id = right.selectbox(
            _("Unit"),
            list(names),
            index=None,
            key=page.key("unit"),
            format_func=names.__getitem__,
            placeholder=_("None"),
        )
        squad = left.text_input(_("Squad"), key=page.key("squad"), max_chars=40)
        cert_no = right.text_input(_("Certificate no."), key=page.key("cert"), max_chars=40)
        speciality = st.text_input(_("Speciality"), key=page.key("speciality"), max_chars=80)
        if st.form_submit_button(_("Create"), type="primary", key=page.key("create")):
            done, password = page.attempt(
                people.create_user,
                login=login,
                name=name,
                role=role,
                unit_id=unit_id,
                squad=squad,
                cert_no=cert_no,
                speciality=speciality,
            )
            if done:
                page.close_dialog()
                state.put(GIVEN, (login.strip(), password))
                st.rerun()


def show_given(login: str, password: str) -> None:
    """The one time a first password is seen."""
    st.markdown(_("First password of **{login}**:", login=plain(login)))
    st.code(password, language=None)
    st.caption(_("It is shown this once and not kept. It has to be changed at the first sign-in."))


def draw_units(page: Page) -> None:
    """Units, and a form for one more."""
    units = page.call(people.list_units)
    left, right = st.columns([2, 1])
    with left:
        table(
            units,
            (
                Column(_("No."), lambda unit: unit.id, width="small"),
                Column(_("Unit"), lambda unit: unit.name),
                Column(
                    _("Files are reviewed"),
                    lambda unit: _("Yes") if unit.is_reviewed else _("No"),
                ),
            ),
            key=page.key("units"),
        )
    with right, st.form(page.key("unit_form"), clear_on_submit=True):
        name = st.text_input(_("Name of the unit"), key=page.key("unit_name"), max_chars=80)
        reviewed = st.checkbox(_("Files are reviewed"), value=True, key=page.key("unit_reviewed"))
        if st.form_submit_button(_("Add unit"), key=page.key("unit_add")):
            page.save(_("Unit added."), people.create_unit, name=name, is_reviewed=reviewed)


page = open_page("admin/users")
heading(
    _("Users and roles"),
    caption=_("One role a person. The administrator has no right on scores, cases or findings."),
)
given = state.take(GIVEN)
if given:
    st.dialog(_("First password"))(show_given)(*given)
accounts, organs = st.tabs([_("Accounts"), _("Units")], key=page.key("tabs"))
with accounts:
    draw_users(page)
with organs:
    draw_units(page)
