"""Every error speaks both languages, says what to do, and has a code of its own."""

import re
from string import Formatter

import pytest

from review.errors import catalogue

ERRORS = catalogue()


def fields(template: str) -> set[str]:
    return {
        name.removesuffix("_en")
        for _text, name, _spec, _conversion in Formatter().parse(template)
        if name
    }


def test_codes_are_unique():
    codes = [error.code for error in ERRORS]
    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
class TestEveryError:
    def test_has_a_code_of_area_and_number(self, error):
        assert re.fullmatch(r"[A-Z]{3}-\d{3}|DB-\d{3}", error.code)

    def test_speaks_both_languages_itself(self, error):
        assert "zh" in vars(error)
        assert "en" in vars(error)
        assert re.search(r"[\u4e00-\u9fff]", error.zh)
        assert not re.search(r"[\u4e00-\u9fff]", error.en)

    def test_uses_the_same_details_in_both(self, error):
        assert fields(error.zh) >= fields(error.en)

    def test_says_what_to_do(self, error):
        assert len(re.findall(r"[。；]", error.zh)) >= 1
        assert len(re.findall(r"[.;]", error.en)) >= 1
        assert len(error.en.split()) > 5
