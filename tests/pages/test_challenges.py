"""The ledger of challenged decisions and the reminders of credit repair, as people use them."""

from datetime import date

import pytest
from pages_words import words
from sqlmodel import select

from review.bench.published_year import Year, fill
from review.casefiles.tables import Case
from review.common.clock import today
from review.common.dates import add_months
from review.db.accounts import Role
from review.db.session import reading, transaction
from review.findings.challenge_tables import Challenge, CreditRecord
from review.findings.tables import Finding
from review.i18n import speaking
from review.services.case_files import ledger
from review.services.results import challenges, credit
from review.services.results.challenges import Entry

PAGE = "findings/challenges"


@pytest.fixture
def case_id(bureau) -> int:
    """A case of the first unit, decided half a year ago and closed."""
    half = add_months(today(), -6)
    return ledger.add_case(
        bureau.engine,
        bureau[Role.REGULATIONS],
        case_no="样例罚〔2026〕5号",
        unit_id=bureau.units[0],
        procedure="ordinary",
        decided_on=half,
        closed_on=half,
    )


def entered(bureau, case_id, **changed) -> int:
    entry = {
        "instance": "reconsideration", "organ": "样例区人民政府", "filed_on": today(),
    } | changed  # fmt: skip
    return challenges.add_challenge(
        bureau.engine, bureau[Role.REGULATIONS], case_id, Entry(**entry)
    )


def selected(app, key):
    app.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    return app.run()


def no_errors(app):
    assert not app.exception
    assert [error.value for error in app.error] == []


def test_the_section_enters_a_proceeding_from_the_dialog(workbench, bureau, case_id):
    app = workbench(Role.REGULATIONS, PAGE)
    assert "台账中没有复议诉讼记录" in words(app)
    app.button(key="challenges.open.enter").click().run()
    app.selectbox(key="challenges.case.challenge.").set_value(case_id).run()
    name = f"new{case_id}"
    app.text_input(key=f"challenges.organ.{name}").set_value("样例区人民政府")
    app.date_input(key=f"challenges.filed.{name}").set_value(today())
    app.multiselect(key=f"challenges.concerns.{name}").set_value(["check:DEC004"])
    app.button(key="challenges.enter_save").click().run()
    no_errors(app)
    with reading(bureau.engine) as session:
        row = session.exec(select(Challenge)).one()
    assert (row.case_id, row.organ, row.concerns) == (case_id, "样例区人民政府", ["check:DEC004"])
    assert app.dataframe


def test_a_wrong_value_is_said_and_nothing_is_kept(workbench, bureau, case_id):
    app = workbench(Role.REGULATIONS, PAGE)
    app.button(key="challenges.open.enter").click().run()
    app.selectbox(key="challenges.case.challenge.").set_value(case_id).run()
    app.date_input(key=f"challenges.filed.new{case_id}").set_value(today())
    app.button(key="challenges.enter_save").click().run()
    assert "RND-004" in app.error[0].value
    with reading(bureau.engine) as session:
        assert session.exec(select(Challenge)).all() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_beside_a_proceeding_stands_what_the_published_review_said(workbench, bureau, language):
    fill(bureau.engine, Year(rounds=1, cases=8, units=2))
    with reading(bureau.engine) as session:
        problem = session.exec(select(Finding).order_by(Finding.id)).first()
    entered(bureau, problem.case_id, concerns=(f"item:{problem.item_id}",), outcome="revoked",
            decided_on=today(), docket_no="样例1")  # fmt: skip
    app = workbench(Role.REGULATIONS, PAGE, language=language)
    selected(app, f"challenges.rows.{language}")
    no_errors(app)
    text = words(app)
    assert problem.text_zh[:10] in text if language == "zh" else problem.text_en[:10] in text
    assert ("争议点" if language == "zh" else "point in dispute") in text
    assert [metric.value for metric in app.metric] == ["1", "1", "1", "1", "0"]


def test_an_outcome_is_written_and_a_mistake_is_struck(workbench, bureau, case_id):
    key = entered(bureau, case_id)
    app = workbench(Role.REGULATIONS, PAGE)
    selected(app, "challenges.rows.zh")
    app.button(key="challenges.open.change").click().run()
    app.selectbox(key=f"challenges.outcome.of{key}").set_value("revoked")
    app.date_input(key=f"challenges.decided.of{key}").set_value(today())
    app.button(key="challenges.change_save").click().run()
    no_errors(app)
    app = workbench(Role.REGULATIONS, PAGE)
    selected(app, "challenges.rows.zh")
    assert "撤销" in words(app)
    app.button(key="challenges.open.strike").click().run()
    app.text_input(key=f"challenges.strike_reason.{key}").set_value("样例误登")
    app.button(key="challenges.strike_save").click().run()
    no_errors(app)
    assert "台账中没有复议诉讼记录" in words(app)


def test_a_unit_reads_its_own_and_changes_nothing(workbench, bureau, case_id):
    entered(bureau, case_id)
    app = workbench(Role.UNIT, PAGE)
    selected(app, "challenges.rows.zh")
    no_errors(app)
    assert "此案没有已公布的评查结果" in words(app)
    assert not [each for each in app.button if ".open." in str(each.key)]
    with transaction(bureau.engine) as session:
        session.get_one(Case, case_id).unit_id = bureau.units[1]
    assert not workbench(Role.UNIT, PAGE).dataframe


def test_filters_leave_what_they_name(workbench, bureau, case_id):
    entered(bureau, case_id)
    app = workbench(Role.LEADER, PAGE)
    app.button_group(key="challenges.only").set_value("overturned").run()
    assert "没有符合条件的记录" in words(app)
    app.button_group(key="challenges.only").set_value("open").run()
    assert app.dataframe
    app.selectbox(key="challenges.unit").set_value(bureau.units[1]).run()
    no_errors(app)
    assert not app.dataframe


def test_a_class_is_given_and_the_reminder_ticked_off(workbench, bureau, case_id):
    app = workbench(Role.REGULATIONS, "findings/credit")
    assert [metric.value for metric in app.metric] == ["0", "0", "0", "1"]
    app.selectbox(key="credit.state").set_value("unclassed").run()
    selected(app, "credit.unclassed.0.zh")
    app.button_group(key="credit.classify_as.0.").set_value("general")
    app.button(key="credit.classify_save").click().run()
    no_errors(app)
    with reading(bureau.engine) as session:
        assert session.get_one(CreditRecord, case_id).credit_class == "general"
    app = workbench(Role.REGULATIONS, "findings/credit")
    assert app.metric[0].value == "1"
    selected(app, "credit.cards.due.zh")
    assert "公示期限未经本机关核对" in words(app)
    app.date_input(key=f"credit.reminded.{case_id}").set_value(today())
    app.button(key=f"credit.save.{case_id}").click().run()
    no_errors(app)
    assert app.metric[0].value == "0"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_missing_is_said(workbench, bureau, case_id, language):
    with transaction(bureau.engine) as session:
        session.get_one(Case, case_id).decided_on = date(2020, 1, 2)
    credit.classify(bureau.engine, bureau[Role.REGULATIONS], [case_id], credit_class="serious")
    app = workbench(Role.LEADER, "findings/credit", language=language)
    assert "credit_score" in words(app)
    with speaking(language):
        app.selectbox(key="credit.state").set_value("missing").run()
        selected(app, f"credit.cards.missing.{language}")
    no_errors(app)
    said = "决定日早于" if language == "zh" else "no rule on the time of display"
    assert said in words(app)
    assert not [each for each in app.button if str(each.key).startswith("credit.save")]
