"""Lists of minor violations: what is held is consistent, broken lists are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from review.errors import BadDataFile
from review.law.citation import Citation
from review.law.in_force import law_in_force
from review.law.waiver_list import load_waiver_list

LAW = law_in_force()

GOOD = """title:
  zh: 样例清单
  en: sample list
in_force: 2024-01-01
is_whole: false
confirmed: false
items:
  - number: 1
    name:
      zh: 样例行为
      en: sample act
    causes: [sample]
    conditions:
      - {zh: 首次, en: first, needs: first}
    is_listed: true
"""


def test_items_name_held_causes_and_places() -> None:
    causes = {cause.key for cause in LAW.causes}
    for held in LAW.waiver_lists:
        for item in held.items:
            assert set(item.causes) <= causes, item.number
            for source in (*item.violated, *item.basis):
                citation = Citation.parse(source)
                statute = LAW.statute(citation.law, on=held.in_force)
                assert statute is not None
                assert citation.place is not None
                assert statute.has(citation.place), source


def test_a_list_holds_from_its_day() -> None:
    assert LAW.waiver_list(on=date(2022, 2, 28)) is None
    held = LAW.waiver_list(on=date(2022, 3, 1))
    assert held is not None
    assert not held.confirmed
    item = held.item("stalls-on-highway")
    assert item is not None
    assert item.is_listed
    assert held.item("overload") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("needs: first", "needs: luck", "needs"),
        ("is_listed: true", "listed: true", "is_listed"),
        ("2024-01-01\n", "2024-02-01\n", "2024-01-01.yaml"),
        ("items:\n", "items:\n  - {number: 1, name: {zh: 甲, en: a}, conditions: [], is_listed: true}\n", "number"),
    ],
)  # fmt: skip
def test_a_broken_list_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "2024-01-01.yaml"
    path.write_text(GOOD, "utf-8")
    assert load_waiver_list(path).item("sample") is not None
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(BadDataFile) as caught:
        load_waiver_list(path)
    assert words in caught.value.text("en")
    assert "2024-01-01.yaml" in caught.value.text("zh")
