"""The registers by their page: who may see and change, adding, importing, declaring complete."""

from datetime import date

import pytest
from pages_words import words

from review.db.accounts import Role
from review.services.rules import register_edits, registers

SCRIPT = "registers/registers"


def rows(bureau, register="officers"):
    return registers.list_rows(bureau.engine, bureau[Role.REGULATIONS], register).rows


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_register_says_what_to_do(workbench, language):
    app = workbench(Role.REGULATIONS, SCRIPT, language=language)
    assert not app.exception
    assert not app.error
    said = words(app)
    assert ("尚未建立" in said) if language == "zh" else ("not kept yet" in said)


def test_a_row_is_added_and_shown(workbench, bureau):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button(key="registers.open.add").click().run()
    app.text_input(key="registers.add.name").set_value("样例甲")
    app.text_input(key="registers.add.cert_no").set_value("10001")
    app.selectbox(key="registers.add.staff").set_value("auxiliary")
    app.date_input(key="registers.add.from").set_value(date(2023, 1, 1))
    app.button(key="registers.add_save").click().run()
    assert [error.value for error in app.error] == []
    assert [dict(row.values) for row in rows(bureau)] == [
        {"name": "样例甲", "cert_no": "10001", "staff": "auxiliary"}
    ]


def test_a_row_without_its_name_is_refused_with_a_remedy(workbench, bureau):
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    app.button(key="registers.open.add").click().run()
    app.button(key="registers.add_save").click().run()
    assert "RND-004" in app.error[0].value
    assert rows(bureau) == ()


@pytest.mark.parametrize("register", ["organs", "devices", "publications", "reviewers",
                                      "recordings", "fine_changes"])  # fmt: skip
def test_every_register_is_drawn(workbench, register):
    app = workbench(Role.REVIEWER, SCRIPT)
    app.segmented_control(key="registers.register").set_value(register).run()
    assert not app.exception
    assert not app.error
    assert not [button for button in app.button if button.key == "registers.open.add"]


def test_a_chosen_row_shows_its_history(workbench, bureau):
    row_id = register_edits.add_row(
        bureau.engine,
        bureau[Role.REGULATIONS],
        "officers",
        values={"name": "样例甲", "cert_no": "10001"},
        valid_from=date(2023, 1, 1),
    )
    register_edits.correct_row(
        bureau.engine,
        bureau[Role.REGULATIONS],
        row_id,
        values={"name": "样例甲", "cert_no": "10001", "unit": "样例大队"},
        valid_from=date(2023, 1, 1),
        valid_until=None,
        reason="漏填",
        seen_version=1,
    )
    app = workbench(Role.LEADER, SCRIPT)
    app.session_state["registers.rows.officers.zh"] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    app.run()
    assert not app.exception
    assert len(app.dataframe[-1].value) == 2


def test_days_are_declared_complete(workbench, bureau):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.date_input(key="registers.declare_since.officers").set_value(date(2023, 1, 1))
    app.text_input(key="registers.declare_note.officers").set_value("样例名册核对")
    app.button(key="registers.declare.officers").click().run()
    card = registers.list_registers(bureau.engine, bureau[Role.REGULATIONS])[0]
    assert [each.since for each in card.complete] == [date(2023, 1, 1)]
