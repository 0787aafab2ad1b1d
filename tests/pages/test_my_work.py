"""My work by role, the frame around it, the language, and what happens when things fail."""

import pytest
from pages_words import words

from review.db.accounts import Role, User
from review.db.session import reading
from review.errors import DatabaseBusy
from review.services import work
from review.services.accounts import people
from review.ui import session as ui_session

KEY = "frame.language_choice"


@pytest.mark.parametrize("role", Role)
def test_everybody_has_figures_and_a_next_step(workbench, role):
    app = workbench(role)
    assert not app.exception
    assert 3 <= len(app.metric) <= 5
    assert app.markdown


def test_a_reviewer_declares_a_conflict(workbench, bureau):
    app = workbench(Role.REVIEWER)
    app.text_input(key="my_work.conflict_case").set_value("样例罚〔2026〕1号")
    app.text_input(key="my_work.conflict_reason").set_value("曾参与办案")
    app.button(key="my_work.conflict_save").click().run()
    assert [error.value for error in app.error] == []
    (declared,) = people.list_conflicts(bureau.engine, bureau[Role.REVIEWER])
    assert declared.reason == "曾参与办案"


def test_a_conflict_without_a_reason_is_refused(workbench, bureau):
    app = workbench(Role.REVIEWER)
    app.text_input(key="my_work.conflict_case").set_value("样例罚〔2026〕1号")
    app.button(key="my_work.conflict_save").click().run()
    assert "RND-004" in app.error[0].value
    assert people.list_conflicts(bureau.engine, bureau[Role.REVIEWER]) == []


def test_the_language_switch_changes_the_page_and_is_kept(workbench, bureau):
    app = workbench(Role.REGULATIONS)
    assert app.title[0].value == "我的工作"
    app.sidebar.button_group(key=KEY).set_value("en").run()
    assert app.title[0].value == "My work"
    with reading(bureau.engine) as session:
        assert session.get(User, bureau[Role.REGULATIONS].user_id).language == "en"


def test_the_sidebar_names_the_person_and_the_role(workbench):
    app = workbench(Role.LEADER, language="en")
    assert any("Leader" in each.value for each in app.sidebar.markdown)


def test_a_foreseen_failure_shows_its_code_and_remedy(workbench, monkeypatch):
    def busy(_engine, _actor):
        raise DatabaseBusy

    monkeypatch.setattr(work, "my_work", busy)
    app = workbench(Role.LEADER, language="en")
    assert "DB-003" in app.error[0].value
    assert "Try again" in app.error[0].value
    assert not app.exception


def test_an_unforeseen_failure_shows_a_number_and_nothing_of_its_cause(workbench, monkeypatch):
    def broken(_engine, _actor):
        raise RuntimeError("secret detail of the inside")

    monkeypatch.setattr(work, "my_work", broken)
    app = workbench(Role.LEADER, language="en")
    assert "reference number" in app.error[0].value
    assert "secret detail" not in words(app)
    assert not app.exception


def test_a_failure_before_the_menu_runs_no_page(workbench, monkeypatch):
    def locked():
        raise DatabaseBusy

    app = workbench(Role.LEADER)
    monkeypatch.setattr(ui_session, "provider", locked)
    app.run()
    assert "DB-003" in app.error[0].value
    assert not app.metric


def test_whoever_was_disabled_meanwhile_sees_nothing_more(workbench, monkeypatch):
    app = workbench(Role.ADMINISTRATOR, "admin/users")
    assert app.dataframe
    monkeypatch.setattr(ui_session, "provider", lambda: None)
    app.run()
    assert "ACC-001" in app.error[0].value
    assert not app.dataframe


def test_a_changed_role_loses_the_page_at_the_next_run(workbench, bureau, monkeypatch):
    app = workbench(Role.ADMINISTRATOR, "admin/users")
    monkeypatch.setattr(ui_session, "provider", lambda: bureau[Role.REVIEWER])
    app.run()
    assert not any("sample-leader" in each.value.to_string() for each in app.dataframe)
