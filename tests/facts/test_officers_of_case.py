"""The officers of a case: one officer whom a scan shows under two names is one person."""

from __future__ import annotations

import pytest

from review.documents.model import Document
from review.facts.model import Officer
from tests.facts.papers import Sheet, case, paper

ON_SITE = ("现场笔录", ["执法人员", "于样鵬（0320839174）、任样河（0320695976）"])
HEARD = ("询问笔录", ["询问人", "于样鹏", "执法证件号", "0320839174"])
SERVED = ("送达回证", ["送达人", "于样鹏、任样河"])


def sheet(kind: str, row: list[str], confidence: float = 0.95) -> Document:
    return paper(kind, Sheet(confidence=confidence).form(row))


def officers(*papers: Document) -> list[Officer]:
    found = case(*papers).merged["officers"].value
    assert isinstance(found, tuple)
    return [each for each in found if isinstance(each, Officer)]


def test_a_variant_of_a_name_with_the_same_number_is_one_officer() -> None:
    found = officers(sheet(*ON_SITE), sheet(*HEARD), sheet(*SERVED))
    assert {(one.name, one.cert_no) for one in found} == {
        ("于样鹏", "0320839174"),
        ("任样河", "0320695976"),
    }


def test_what_a_typed_paper_says_is_believed() -> None:
    found = officers(sheet(*ON_SITE, 1.0), sheet(*HEARD), sheet(*SERVED))
    assert [one.name for one in found] == ["于样鵬", "任样河"]


def test_two_typed_names_with_one_number_are_two() -> None:
    found = officers(sheet(*ON_SITE, 1.0), sheet(*HEARD, 1.0))
    assert [one.name for one in found] == ["于样鵬", "任样河", "于样鹏"]


@pytest.mark.parametrize(
    ("name", "number"),
    [("于样鹏", "0320839999"), ("何样鹏飞", "0320839174"), ("何某鹏", "0320839174")],
)
def test_another_number_or_quite_another_name_is_another_officer(name: str, number: str) -> None:
    other = sheet("询问笔录", ["询问人", name, "执法证件号", number])
    assert len(officers(sheet(*ON_SITE), other)) == 3
