from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from samples import identity


@given(st.integers(min_value=0))
def test_credit_codes_have_a_valid_check_digit_in_an_unassigned_region(seed: int) -> None:
    code = identity.credit_code(Random(seed))
    assert uscc.is_valid(code)
    assert code[2:8] == "329902"


@given(st.integers(min_value=0), st.dates(date(1950, 1, 1), date(2005, 12, 31)), st.booleans())
def test_identity_numbers_have_a_valid_check_digit_birthday_and_sex(
    seed: int, born_on: date, male: bool
) -> None:
    number = identity.id_number(Random(seed), born_on, male=male)
    assert number[-1] == ric.calc_check_digit(number)
    assert number[6:14] == f"{born_on:%Y%m%d}"
    assert (int(number[16]) % 2 == 1) is male
    assert number[2:4] == "99"


def test_plates_bear_the_letter_that_was_never_issued() -> None:
    rng = Random(1)
    assert all(identity.plate_number(rng).startswith("苏X") for _ in range(50))
    assert all(identity.plate_number(rng, trailer=True).endswith("挂") for _ in range(50))
    assert {len(identity.plate_number(rng)) for _ in range(50)} == {7}
