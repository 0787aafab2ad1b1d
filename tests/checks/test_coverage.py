"""Nothing of the catalogue and of the coverage bar is left without an answer."""

from __future__ import annotations

from dataclasses import replace

from review.checks.catalogue import by_id, checks_of_defects
from review.checks.coverage import DEFECTS, coverage_page, groups, human_only, law_page
from review.law.in_force import law_in_force
from review.law.statute import Library


def test_every_defect_has_a_check_or_a_reason() -> None:
    known, left = set(checks_of_defects()), set(human_only())
    assert set(DEFECTS) == (known | left) & set(DEFECTS)
    assert not known & left, "a defect that a check sees is not for persons only"


def test_every_check_named_exists_and_every_gap_says_why() -> None:
    for group in groups():
        for item in group.items:
            assert item.how in ("machine", "assisted", "human")
            assert all(by_id(each) is not None for each in item.checks), item
            assert bool(item.checks) is (item.how != "human"), item
            assert bool(item.why_zh and item.why_en) is (item.how != "machine"), item


def test_the_pages_name_every_defect_and_every_statute() -> None:
    page = coverage_page()
    assert all(f"| {number} |" in page for number in DEFECTS)
    assert "行政处罚法" in law_page(law_in_force())


def test_a_law_of_which_no_version_is_held_has_a_dash() -> None:
    law = replace(law_in_force(), library=Library([]))
    rows = [line for line in law_page(law).splitlines() if line.startswith("| [DEC004]")]
    assert rows
    assert all(row.endswith("| — |") for row in rows)
