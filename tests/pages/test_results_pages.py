"""Pages of results, objections, dashboards, the waiver ledger and what the bureau sets."""

import pytest
from sqlmodel import select

from review.bench.published_year import Year, fill
from review.db.accounts import Role
from review.db.session import reading
from review.rectification.tables import Threshold
from review.services.rectifying import accountability

PAGES = {
    "rounds/results": (Role.REGULATIONS, Role.LEADER),
    "rounds/objections": (Role.REGULATIONS, Role.LEADER, Role.UNIT),
    "overview/dashboards": (Role.REGULATIONS, Role.LEADER),
    "waivers/waiver_ledger": (Role.REGULATIONS, Role.LEADER),
    "admin/bureau": (Role.REGULATIONS,),
}
OPENED = [(script, role) for script, roles in PAGES.items() for role in roles]


@pytest.mark.parametrize(("script", "role"), OPENED)
def test_a_page_opens_empty_for_each_of_its_roles(workbench, script, role):
    app = workbench(role, script)
    assert not app.exception
    assert [error.value for error in app.error] == []


@pytest.mark.parametrize("script", ["rounds/results", "rounds/objections", "overview/dashboards"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_shows_a_year_in_both_languages(workbench, bureau, script, language):
    fill(bureau.engine, Year(rounds=2, cases=6, units=2))
    app = workbench(Role.REGULATIONS, script, language=language)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert app.dataframe
    if script == "overview/dashboards":
        assert "12" in [metric.value for metric in app.metric]


def test_each_tab_of_the_results_is_drawn_once_it_is_opened(workbench, bureau):
    fill(bureau.engine, Year(rounds=2, cases=6, units=2))
    app = workbench(Role.REGULATIONS, "rounds/results")
    labels = [tab.label for tab in app.tabs]
    assert len(labels) == 6
    for label in labels:
        app.session_state["results.tabs.zh"] = label
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == []
        assert [tab.label for tab in app.tabs if tab.children] == [label]


def test_a_threshold_comes_into_force_with_its_basis(workbench, bureau):
    held = accountability.thresholds(bureau.engine, bureau[Role.REGULATIONS])
    name = f"{held[0].action}.{held[0].measure}"
    app = workbench(Role.REGULATIONS, "admin/bureau")
    app.session_state["bureau.thresholds.zh"] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    app.run()
    app.toggle(key=f"bureau.active.{name}").set_value(True)
    app.button(key=f"bureau.save.{name}").click().run()
    assert "RND-003" in app.error[0].value
    app.text_input(key=f"bureau.basis.{name}").set_value("样例办法第三条")
    app.button(key=f"bureau.save.{name}").click().run()
    assert [error.value for error in app.error] == []
    with reading(bureau.engine) as session:
        assert session.exec(select(Threshold)).one().is_active
