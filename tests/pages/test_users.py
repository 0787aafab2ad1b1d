"""Accounts: created with a password that is shown once, disabled, given a new password."""

from pages_words import words

from review.db.accounts import Role
from review.i18n import speaking
from review.services.accounts import people

SCRIPT = "admin/users"


def account(bureau, login):
    return people.user_by_login(bureau.engine, bureau[Role.ADMINISTRATOR], login)


def test_a_new_account_gets_a_password_that_is_shown_once(workbench, bureau):
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    app.button(key="users.open.new").click().run()
    app.text_input(key="users.login").set_value("xinren")
    app.text_input(key="users.name").set_value("样例新人")
    app.selectbox(key="users.role").set_value("reviewer")
    app.button(key="users.create").click().run()
    assert [error.value for error in app.error] == []
    made = account(bureau, "xinren")
    assert made.must_change_password
    shown = app.code[0].value
    assert len(shown) >= 14
    app.run()
    assert not app.code


def test_an_account_that_exists_is_refused_with_its_code(workbench):
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    app.button(key="users.open.new").click().run()
    app.text_input(key="users.login").set_value("sample-leader")
    app.text_input(key="users.name").set_value("样例重名")
    app.button(key="users.create").click().run()
    assert "DB-006" in app.error[0].value


def test_the_search_leaves_matching_accounts_only(workbench):
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    app.text_input(key="users.text").set_value("sample-lead").run()
    assert list(app.dataframe[0].value["c0"]) == ["sample-leader"]


def test_a_name_with_markup_is_shown_literally(workbench, bureau):
    name = "![x](http://example.invalid/a.png) **粗** :red[红]"
    people.create_unit(bureau.engine, bureau[Role.ADMINISTRATOR], name=name)
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    assert "![x](" not in words(app)


def test_a_new_unit_is_added(workbench, bureau):
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    app.text_input(key="users.unit_name").set_value("样例三大队")
    app.button(key="users.unit_add").click().run()
    assert [error.value for error in app.error] == []
    names = [unit.name for unit in people.list_units(bureau.engine, bureau[Role.ADMINISTRATOR])]
    assert "样例三大队" in names
    with speaking("en"):
        english = workbench(Role.ADMINISTRATOR, SCRIPT, language="en")
    assert english.title[0].value == "Users and roles"
