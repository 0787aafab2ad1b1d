"""The shipped law data is consistent, and broken data files are refused by name, line and key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from review.checks.catalogue import checks
from review.errors import BadDataFile, LawNotInForce
from review.facts.names import BY_NAME
from review.law.citation import Citation, Place
from review.law.fines import change_of, load_causes
from review.law.in_force import law_in_force
from review.law.outline import as_yaml, outline_of
from review.law.parameter import DatedValue, load_parameter
from review.law.statute import load_statute
from review.scoring.checklist import list_editions, load_edition

LAW = law_in_force()


def d(text: str) -> date:
    return date.fromisoformat(text)


def resolves(source: str) -> bool:
    citation = Citation.parse(source)
    versions = LAW.library.versions(citation.law)
    if citation.in_force is not None:
        versions = tuple(each for each in versions if each.in_force == citation.in_force)
    if not versions:
        return False
    return citation.place is None or any(each.has(citation.place) is not False for each in versions)


@pytest.mark.parametrize("check_id", [check.id for check in checks()])
def test_every_source_of_a_check_resolves(check_id: str) -> None:
    check = next(each for each in checks() if each.id == check_id)
    for source in check.sources:
        assert resolves(source), f"{check_id} cites {source}"


def test_every_citation_of_every_checklist_item_resolves() -> None:
    folder = Path(__file__).parents[2] / "checklists"
    cited = 0
    for each in list_editions(folder):
        for item in load_edition(each.path).items:
            for source in item.sources:
                try:
                    Citation.parse(source)
                except ValueError:
                    continue  # a note in words
                cited += 1
                assert resolves(source), f"{each.path.parent.name} {item.id} cites {source}"
    assert cited > 100


def test_cancelled_and_lowered_fines_are_told_from_the_versions() -> None:
    told = {
        (cause.key, str(version.since)): change
        for cause in LAW.causes
        for version in cause.versions
        if (change := change_of(cause, version)) is not None
    }
    assert told["passenger-without-permit", "2023-07-20"] == "lowered"
    assert told["freight-without-permit", "2023-07-20"] == "lowered"
    assert "cancelled" in told.values()
    assert not any(day == "2019-03-02" for _, day in told)


@pytest.mark.parametrize("name", sorted(LAW.parameters))
def test_every_parameter_names_a_known_date_and_a_source_that_resolves(name: str) -> None:
    parameter = LAW.parameters[name]
    assert BY_NAME[parameter.dated_by].type == "date"
    for value in parameter.history:
        assert resolves(value.source), f"{name} cites {value.source}"
        assert value.confirmed == (value.confirmed_by is not None), name
        assert LAW.parameter(name, on=value.since) == value


def test_every_fine_rests_on_places_that_exist_on_its_first_day() -> None:
    for cause in LAW.causes:
        for version in cause.versions:
            persons = () if version.persons is None else (version.persons.basis,)
            for source in (*version.basis, *persons, *version.violated):
                citation = Citation.parse(source)
                statute = LAW.statute(citation.law, on=version.since)
                assert statute is not None, f"{cause.key}: {source} on {version.since}"
                if citation.place is not None:
                    assert statute.has(citation.place) is not False, f"{cause.key}: {source}"


def test_a_value_is_that_of_the_day() -> None:
    before = LAW.parameter("reconsideration_organ", on=d("2023-12-31"))
    after = LAW.parameter("reconsideration_organ", on=d("2024-01-01"))
    assert before.text != after.text == "government"
    with pytest.raises(LawNotInForce) as caught:
        LAW.parameter("case_closing_limit", on=d("2021-07-14"))
    assert "2021-07-14" in caught.value.text("zh")
    assert caught.value.code == "LAW-001"


def test_a_site_value_comes_before_the_shipped_one() -> None:
    value = DatedValue(
        "hearing_large_fine", d("2023-01-01"), (("citizen", 3000),), "jiangsu-hearing-rules",
        confirmed=True, confirmed_by="样例局",
    )  # fmt: skip
    site = LAW.for_site(values=[value])
    assert site.parameter("hearing_large_fine", on=d("2023-05-01")).of("citizen") == 3000
    assert site.parameter("hearing_large_fine", on=d("2022-05-01")).of("citizen") == 10000
    assert LAW.parameter("hearing_large_fine", on=d("2023-05-01")).of("citizen") == 10000


def test_places_of_the_penalty_law() -> None:
    law = "administrative-penalty-law"
    on = d("2023-01-01")
    assert LAW.has_place(law, Place(59, None, 1, 6), on=on) is True
    assert LAW.has_place(law, Place(59, None, None, 6), on=on) is True
    assert LAW.has_place(law, Place(59, None, 1, 7), on=on) is False
    assert LAW.has_place(law, Place(59, None, 3), on=on) is False
    assert LAW.has_place(law, Place(87), on=on) is False
    assert LAW.has_place(law, Place(1), on=d("2020-01-01")) is None
    assert LAW.has_place("oversize-transport-rules", Place(7), on=on) is None


def test_versions_follow_their_days() -> None:
    law = "road-transport-regulation"
    assert LAW.cite(f"{law}#art-70", on=d("2023-07-19")) == f"{law}/2022-05-01#art-70"
    assert LAW.cite(f"{law}#art-70", on=d("2023-07-20")) == f"{law}/2023-07-20#art-70"
    assert LAW.statute("dangerous-chemicals-regulation", on=d("2026-04-30")) is not None
    assert LAW.statute("dangerous-chemicals-regulation", on=d("2026-05-01")) is None
    assert LAW.library.by_title("《道路运输条例》") == law
    assert LAW.library.by_title("样例省公路条例") is None


GOOD_STATUTE = """title:
  zh: 样例条例
  en: Sample Regulation
promulgated: 2020-01-01
in_force: 2020-02-01
is_whole: true
confirmed: true
structure:
  "1": "0"
  "2": "3 0"
"""

GOOD_PARAMETER = """name:
  zh: 样例期限
  en: sample period
unit: days
dated_by: filed_on
values:
  2020-01-01:
    value: 7
    source: sample-law#art-1
    confirmed: false
"""

GOOD_CAUSES = """causes:
  sample:
    name:
      zh: 样例行为
      en: sample act
    words:
      - [样例]
    versions:
      - since: 2020-01-01
        basis: [sample-law#art-1]
        fine: {kind: range, min: 1, max: 2}
        confirmed: false
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("is_whole: true", "is_hole: true", "is_whole"),
        ("is_whole: true", "is_whole: true\nis_hole: true", "is_hole"),
        ("is_whole: true\n", "is_whole: true\nis_whole: false\n", "is_whole"),
        ("in_force: 2020-02-01", "in_force: 2020-03-01", "2020-02-01.yaml"),
        ("in_force: 2020-02-01", "in_force: 2020-02-31", "2020-02-31"),
        ('"3 0"', '"3 x"', "structure"),
        ("  zh: 样例条例\n", "", "zh"),
        ("confirmed: true", "confirmed: perhaps", "confirmed"),
    ],
)
def test_a_broken_statute_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = write(tmp_path / "sample-law" / "2020-02-01.yaml", GOOD_STATUTE)
    assert load_statute(path).law == "sample-law"
    write(path, GOOD_STATUTE.replace(old, new))
    with pytest.raises(BadDataFile) as caught:
        load_statute(path)
    for language in ("zh", "en"):
        said = caught.value.text(language)
        assert "2020-02-01.yaml" in said
        assert words in said
    assert "行" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("unit: days", "unit: moons", "moons"),
        ("unit: days", "unit: days\nunits: days", "units"),
        ("sample-law#art-1", "第一条", "第一条"),
        ("    value: 7\n", "", "value"),
        ("2020-01-01:", "20-01-01:", "20-01-01"),
        ("values:\n  2020-01-01:", "values: {}\nnote:\n  2020-01-01:", "note"),
    ],
)
def test_a_broken_parameter_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = write(tmp_path / "sample.yaml", GOOD_PARAMETER)
    assert load_parameter(path).on(d("2020-01-01")).number == 7
    write(path, GOOD_PARAMETER.replace(old, new))
    with pytest.raises(BadDataFile) as caught:
        load_parameter(path)
    assert "sample.yaml" in caught.value.text("en")
    assert words in caught.value.text("en")


def test_a_parameter_without_values_is_refused(tmp_path: Path) -> None:
    text = GOOD_PARAMETER.partition("values:")[0] + "values: {}\n"
    with pytest.raises(BadDataFile):
        load_parameter(write(tmp_path / "sample.yaml", text))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kind: range", "kind: guess", "kind"),
        ("min: 1", "minimum: 1", "minimum"),
        ("[sample-law#art-1]", "[样例条例第一条]", "样例条例第一条"),
        ("since: 2020-01-01", "since: soon", "since"),
    ],
)
def test_broken_causes_are_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = write(tmp_path / "sample.yaml", GOOD_CAUSES)
    assert [cause.key for cause in load_causes(tmp_path)] == ["sample"]
    write(path, GOOD_CAUSES.replace(old, new))
    with pytest.raises(BadDataFile) as caught:
        load_causes(tmp_path)
    assert words in caught.value.text("en")


def test_a_cause_may_not_stand_in_two_files(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", GOOD_CAUSES)
    write(tmp_path / "b.yaml", GOOD_CAUSES)
    with pytest.raises(BadDataFile) as caught:
        load_causes(tmp_path)
    assert "b.yaml" in caught.value.text("en")


def test_the_outline_of_a_text() -> None:
    text = """# 样例条例

## 第一章 总则

第一条 第一款的话。

第二款有各项：

（一）一项；

（二）二项。

第三款。

第一条之一 增加的条。

第二条　只有一款。
"""
    outline = outline_of(text)
    assert outline == {"1": [0, 2, 0], "1.1": [0], "2": [0]}
    assert as_yaml(outline).splitlines()[1] == '  "1": "0 2 0"'
