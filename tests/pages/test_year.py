"""The year's plan by its page: targets are added, shown with evidence, and given up with a reason."""

from datetime import date
from decimal import Decimal

from pages_words import words

from review.common.clock import today
from review.db.accounts import Role
from review.services.rounds import rounds, year

SCRIPT = "rounds/year"


def targets(bureau):
    return year.year_page(bureau.engine, bureau[Role.REGULATIONS], today().year).targets


def test_an_empty_year_says_what_to_do_and_takes_the_usual_targets(workbench, bureau):
    app = workbench(Role.REGULATIONS, SCRIPT)
    assert "还没有工作指标" in words(app)
    app.button(key="year.usual").click().run()
    assert [error.value for error in app.error] == []
    assert len(targets(bureau)) == 4


def test_a_target_is_added_with_the_form(workbench, bureau):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button(key="year.open.target").click().run()
    app.text_input(key="year.new_title").set_value("普法宣传（样例）")
    app.text_input(key="year.new_unit").set_value("次")
    app.button(key="year.new_save").click().run()
    assert [each.title for each in targets(bureau)] == ["普法宣传（样例）"]


def test_a_target_without_a_unit_is_refused(workbench, bureau):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button(key="year.open.target").click().run()
    app.text_input(key="year.new_title").set_value("普法宣传（样例）")
    app.button(key="year.new_save").click().run()
    assert "RND-004" in app.error[0].value
    assert targets(bureau) == ()


def test_rounds_stand_in_the_calendar_with_who_leads(workbench, bureau):
    this_year = today().year
    rounds.plan_round(
        bureau.engine,
        bureau[Role.REGULATIONS],
        title="样例轮次",
        year=this_year,
        scope_from=date(2023, 1, 1),
        scope_to=date(2023, 12, 31),
        starts_on=date(this_year, 3, 1),
        ends_on=date(this_year, 4, 1),
        unit_ids=bureau.units,
        lead="样例法规科",
    )
    app = workbench(Role.LEADER, SCRIPT)
    assert not app.exception
    assert app.selectbox(key="year.open_round").options == ["样例轮次"]
    assert not {button.key for button in app.button} & {"year.usual", "year.open.target"}


def test_evidence_counts_and_reviews_count_themselves(bureau):
    section = bureau[Role.REGULATIONS]
    year.add_usual_targets(bureau.engine, section, today().year)
    training = next(each for each in targets(bureau) if each.measure == "training")
    for amount in (Decimal(20), Decimal(45)):
        year.add_evidence(
            bureau.engine,
            section,
            training.id,
            done_on=date(today().year, 1, 2),
            amount=amount,
            note="样例培训",
        )
    after = next(each for each in targets(bureau) if each.id == training.id)
    assert (after.done, after.standing) == (Decimal(65), "reached")
    assert len(after.evidence) == 2
