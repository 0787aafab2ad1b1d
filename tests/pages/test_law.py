"""The legal basis by its page: any day, what is not confirmed, confirming, handing a text in."""

from datetime import date

import pytest
from pages_words import words

from review.db.accounts import Role
from review.services.rules import law

SCRIPT = "law/law"


def pick(app, name, row):
    app.session_state[name] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    app.run()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EXPERT, Role.LEADER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_who_may_sees_laws_numbers_and_fines(workbench, role, language):
    app = workbench(role, SCRIPT, language=language)
    assert not app.exception
    assert not app.error
    assert len(app.dataframe) == 4
    assert bool(app.text_input(key="law.text_title")) if role is Role.ADMINISTRATOR else True


def test_another_day_shows_the_versions_of_that_day(workbench):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.date_input(key="law.on").set_value(date(2010, 1, 1)).run()
    assert not app.exception
    assert "当日无规定" in set(app.dataframe[1].value["c1"])


def test_a_law_shows_its_articles_and_an_article_its_checks(workbench):
    app = workbench(Role.REVIEWER, SCRIPT)
    app.text_input(key="law.law_words").set_value("行政处罚法").run()
    pick(app, "law.statutes.zh", 0)
    assert len(app.dataframe[1].value) == 86
    pick(app, "law.articles.zh", 41)
    assert not app.exception
    assert "INQ001" in words(app)


def test_a_value_is_confirmed_and_shown_with_who(workbench, bureau):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.toggle(key="law.unconfirmed").set_value(True).run()
    page = law.law_page(bureau.engine, bureau[Role.REGULATIONS], on=date.today())
    open_ones = [each for each in page.parameters if each.current and not each.current.confirmed]
    row = next(i for i, each in enumerate(open_ones) if each.name == "hearing_large_fine")
    pick(app, "law.numbers.zh", row)
    app.text_input(key="law.confirm_value.hearing_large_fine.citizen").set_value("5000")
    app.text_input(key="law.confirm_document.hearing_large_fine").set_value("样例文1号")
    app.button(key="law.confirm.hearing_large_fine").click().run()
    assert [error.value for error in app.error] == []
    page = law.law_page(bureau.engine, bureau[Role.REGULATIONS], on=date.today())
    found = next(each for each in page.parameters if each.name == "hearing_large_fine")
    assert found.current is not None
    assert found.current.confirmed
    assert "样例文1号" in found.current.confirmed_by


def test_a_reviewer_confirms_nothing(workbench):
    app = workbench(Role.REVIEWER, SCRIPT)
    pick(app, "law.numbers.zh", 0)
    assert not [button for button in app.button if "confirm" in (button.key or "")]
    assert not app.exception
