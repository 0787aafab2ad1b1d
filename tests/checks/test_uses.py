"""What a check rests on is read from its own code, through the functions that it calls."""

from __future__ import annotations

from review.checks.uses import checks_on, parameters_used
from review.law.citation import Place


def test_a_value_that_only_a_part_of_a_check_asks_for_is_found() -> None:
    used = parameters_used()
    assert used["substitution_reminder"] == ("EXE008",)
    assert "DEC005" in used["overload_fine_cap"]
    assert used["summary_report_limit"] == ("SUM002",)


def test_checks_on_a_law_a_place_and_what_lies_within_it() -> None:
    guide = "disclosure-guideline-2018-118"
    assert "REC003" in checks_on(guide)
    assert checks_on(guide, Place(1)) == ()
    assert "DEC004" in checks_on("administrative-penalty-law", Place(60))
    assert "DEC004" not in checks_on("administrative-penalty-law", Place(61))
