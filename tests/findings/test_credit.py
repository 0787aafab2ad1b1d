"""When a reminder of credit repair is due; what is not known is never due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.findings.credit import (
    CLASS_WORDS,
    LACK_WORDS,
    STATE_WORDS,
    CreditClass,
    CreditFacts,
    CreditState,
    Lack,
    credit_standing,
    usual_class,
)
from review.law.in_force import law_in_force
from review.law.parameter import DatedValue

LAW = law_in_force()
KNOWN = CreditFacts(
    credit_class=CreditClass.GENERAL,
    is_eligible=True,
    decided_on=date(2026, 4, 10),
    is_published=True,
    is_performed=True,
    is_reminded=False,
)


def state(on: date, **changed) -> CreditState:
    return credit_standing(replace(KNOWN, **changed), LAW, on=on).state


@pytest.mark.parametrize(
    ("credit_class", "first", "over"),
    [
        (CreditClass.SERIOUS, date(2027, 4, 10), date(2029, 4, 10)),
        (CreditClass.GENERAL, date(2026, 7, 10), date(2027, 4, 10)),
        (CreditClass.MINOR, date(2026, 4, 10), date(2026, 7, 10)),
    ],
)
def test_due_from_the_end_of_the_least_time_until_display_is_over(credit_class, first, over):
    one = timedelta(days=1)
    assert state(first, credit_class=credit_class) is CreditState.DUE
    assert state(first - one, credit_class=credit_class) is CreditState.WAITING
    assert state(over - one, credit_class=credit_class) is CreditState.DUE
    assert state(over, credit_class=credit_class) is CreditState.OVER


def test_what_is_missing_is_said_and_nothing_is_due():
    found = credit_standing(replace(KNOWN, is_performed=False), LAW, on=date(2026, 8, 1))
    assert (found.state, found.lacks) == (CreditState.MISSING, (Lack.PERFORMANCE,))
    found = credit_standing(
        replace(KNOWN, is_performed=False, decided_on=None), LAW, on=date(2026, 8, 1)
    )
    assert found.lacks == (Lack.DECISION_DAY, Lack.PERFORMANCE)
    found = credit_standing(replace(KNOWN, decided_on=date(2023, 4, 30)), LAW, on=date(2026, 8, 1))
    assert (found.state, found.lacks) == (CreditState.MISSING, (Lack.LAW,))


def test_a_minor_one_that_nobody_displayed_is_not_displayed():
    day = date(2026, 5, 1)
    minor = {"credit_class": CreditClass.MINOR}
    assert state(day, **minor, is_published=False) is CreditState.NOT_DISPLAYED
    assert state(day, **minor) is CreditState.DUE


def test_what_a_person_settled_stands_before_any_day():
    day = date(2026, 8, 1)
    assert state(day) is CreditState.DUE
    assert state(day, is_reminded=True) is CreditState.REMINDED
    assert state(day, is_eligible=False) is CreditState.EXCLUDED
    assert state(day, credit_class=CreditClass.NONE) is CreditState.NOT_DISPLAYED


def test_times_that_nobody_confirmed_are_marked_until_the_bureau_confirms_both():
    day = date(2026, 8, 1)
    assert not credit_standing(KNOWN, LAW, on=day).is_confirmed

    def own(name: str, months: int) -> DatedValue:
        scale = tuple((str(each), months) for each in ("serious", "general", "minor"))
        return DatedValue(name, date(2026, 4, 1), scale, "credit-repair-measures", True, "样例局")

    least = own("credit_display_minimum", 2)
    assert not credit_standing(KNOWN, LAW.for_site(values=[least]), on=day).is_confirmed
    both = LAW.for_site(values=[least, own("credit_display_maximum", 24)])
    found = credit_standing(KNOWN, both, on=day)
    assert found.is_confirmed
    assert found.due_from == date(2026, 6, 10)
    assert found.displayed_until == date(2028, 4, 10)


DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@given(
    st.builds(
        CreditFacts,
        credit_class=st.sampled_from(CreditClass),
        is_eligible=st.booleans(),
        decided_on=st.none() | DAYS,
        is_published=st.booleans(),
        is_performed=st.booleans(),
        is_reminded=st.booleans(),
    ),
    DAYS,
)
def test_due_means_that_everything_is_known_and_the_time_is_over(facts, on):
    found = credit_standing(facts, LAW, on=on)
    assert (found.state is CreditState.MISSING) == bool(found.lacks) or (
        found.state is CreditState.WAITING
    )
    if found.state is CreditState.DUE:
        assert facts.is_performed
        assert facts.decided_on is not None
        assert not facts.is_reminded
        assert facts.is_eligible
        assert facts.credit_class is not CreditClass.NONE
        assert found.due_from <= on < found.displayed_until


def test_the_usual_class_says_why():
    for procedure in ("summary", "waived"):
        usual, why = usual_class(procedure)
        assert usual is CreditClass.NONE
        assert all(why)
    assert usual_class("ordinary") is None
    assert usual_class("") is None


def test_every_word_is_said_in_both_languages():
    for words, kinds in (
        (CLASS_WORDS, CreditClass),
        (STATE_WORDS, CreditState),
        (LACK_WORDS, Lack),
    ):
        assert set(words) == set(kinds)
        assert all(zh and en for zh, en in words.values())
