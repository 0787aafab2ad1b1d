"""Editions: what loads, what is refused and how it says so."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from review.checks.catalogue import checks
from review.checks.check import Procedure
from review.errors import BadDataFile, NotFound, ReviewError
from review.scoring.checklist import (
    Result,
    edition_in_force,
    edition_schema,
    list_editions,
    load_edition,
    parse_edition,
    schema_is_current,
)

ROOT = Path(__file__).parents[2]
BROKEN = sorted((ROOT / "tests/data/broken/checklists").glob("*.yaml"))
EDITIONS = ROOT / "tests/data/editions"
ORDINARY = ROOT / "checklists/penalty-ordinary/2026-01-01.yaml"


def expected_words(path: Path) -> list[str]:
    first = path.read_bytes().split(b"\n", 1)[0].decode("utf-8")
    return [word.strip() for word in first.removeprefix("# expect:").split("|")]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_edition_is_refused_with_place_and_reason(path: Path) -> None:
    with pytest.raises(BadDataFile) as refused:
        load_edition(path, known_checks={"DEC004"})
    both = f"{refused.value.code} {refused.value.text('zh')} {refused.value.text('en')}"
    assert path.name in refused.value.text("zh")
    assert path.name in refused.value.text("en")
    for word in expected_words(path):
        assert word in both


def test_english_messages_hold_no_chinese_but_what_the_file_says() -> None:
    for path in BROKEN:
        with pytest.raises(BadDataFile) as refused:
            load_edition(path, known_checks=())
        text = refused.value.text("en")
        own = path.read_bytes().decode("utf-8", "ignore") + "".join(Result)
        assert all(ch in own for ch in text if "\u4e00" <= ch <= "\u9fff"), text


def test_unknown_checks_are_only_refused_where_the_known_ones_are_given() -> None:
    path = ROOT / "tests/data/broken/checklists/unknown_check.yaml"
    assert load_edition(path).item("A-2").checks == ("DEC999",)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="does not exist"):
        load_edition(tmp_path / "没有.yaml")


def test_a_folder_is_no_edition(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="cannot be opened"):
        load_edition(tmp_path)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2026-01-01.yaml"
    path.write_bytes(b"#" * 4_000_001)
    with pytest.raises(BadDataFile, match="too large"):
        load_edition(path)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2026-01-01.yaml"
    path.write_text("title: " + "[" * 5000 + "]" * 5000)
    with pytest.raises(BadDataFile, match="nested"):
        load_edition(path)


def test_the_default_ordinary_edition_has_the_announced_shape() -> None:
    edition = load_edition(ORDINARY)
    vetoes = [item for item in edition.items if item.is_veto]
    scored = [item for item in edition.items if item.points and not item.is_conditional]
    pack = [item for item in edition.items if item.is_conditional]
    assert (len(vetoes), len(scored), len(pack)) == (15, 70, 6)
    assert sum(item.points for item in scored) == 100
    assert sum(item.points for item in pack) == 6
    assert edition.key == "penalty-ordinary/2026-01-01"
    assert [grade.name.zh for grade in edition.grades] == ["优秀", "良好", "合格", "不合格"]
    assert {each.group for each in edition.dimensions} == {None, "three_systems"}


@pytest.mark.parametrize(("kind", "vetoes"), [("penalty-summary", 13), ("penalty-waived", 7)])
def test_the_other_default_sheets_add_up(kind: str, vetoes: int) -> None:
    edition = load_edition(ROOT / f"checklists/{kind}/2026-01-01.yaml")
    assert sum(item.points for item in edition.items) == 100
    assert sum(item.is_veto for item in edition.items) == vetoes


def test_default_editions_are_complete_in_both_languages() -> None:
    for listed in list_editions(ROOT / "checklists"):
        edition = load_edition(listed.path)
        for item in edition.items:
            assert item.title.en
            assert item.guidance is not None
            assert item.guidance.en
            assert item.sources
            assert item.rectify is not None
            assert item.rectify.text.en
            assert all(each.text.en for each in item.deductions)


def test_default_editions_name_checks_that_exist_and_that_can_find_their_defects() -> None:
    known = {each.id: each for each in checks()}
    for listed in list_editions(ROOT / "checklists"):
        for item in load_edition(listed.path, known_checks=known).items:
            own = {*item.defects, *item.look_only}
            assert all(own & set(known[check_id].defects) for check_id in item.checks), item.id
            assert all({*each.defects} <= own for each in item.deductions), item.id


def test_every_defect_is_deducted_at_most_once_in_a_default_edition() -> None:
    """The same fault is not charged twice; where it matters as well, it only asks for a look."""
    found_by_machine = {number for each in checks() for number in each.defects}
    for listed in list_editions(ROOT / "checklists"):
        edition = load_edition(listed.path)
        charged = Counter(
            number
            for item in edition.items
            if item.points and not item.is_conditional
            for number in set(item.defects) & found_by_machine
        )
        assert [number for number, count in charged.items() if count > 1] == []


def test_default_items_are_named_by_dimension_and_keep_the_paper_number() -> None:
    edition = load_edition(ORDINARY)
    assert edition.item("DOC-05").ref == "D05"
    assert edition.item("AV-01").ref == "V01"
    assert edition.item("BAS-15").ref == "B15"


def test_an_unknown_item_is_not_found() -> None:
    with pytest.raises(NotFound, match="ZZ-99"):
        load_edition(ORDINARY).item("ZZ-99")


def test_the_hash_is_that_of_the_bytes() -> None:
    raw = ORDINARY.read_bytes()
    again = parse_edition(ORDINARY, raw)
    assert again.sha256 == load_edition(ORDINARY).sha256
    assert parse_edition(ORDINARY, raw + b"\n").sha256 != again.sha256


def test_a_byte_order_mark_is_no_harm() -> None:
    raw = b"\xef\xbb\xbf" + (EDITIONS / "percentage.yaml").read_bytes()
    assert parse_edition("percentage.yaml", raw).total == 250


def test_an_edition_of_another_house_loads() -> None:
    edition = load_edition(EDITIONS / "percentage.yaml")
    assert edition.in_force_on == date(2025, 7, 1)
    assert edition.scale == 100
    assert edition.grades[0].name.get("en") == "First"
    assert edition.grades[1].name.get("en") == "二等"
    assert edition.result_word(Result.PARTLY_MET, "zh") == "基本达标"
    assert edition.result_word(Result.UNDECIDED, "zh") == "待核"
    assert edition.supersedes is not None
    assert edition.supersedes.edition == "2024-01-01"
    assert [each.id for each in edition.dimensions] == ["archiving", "other", "quality"]
    assert edition.item("2.1").partial == Decimal("0.25")
    assert edition.item("1.2").step == 1
    assert edition.procedures == frozenset(Procedure)


def test_a_single_reason_may_stand_without_a_list() -> None:
    reason = load_edition(EDITIONS / "plain_100_minus.yaml").item("K1").deductions[0]
    assert (reason.id, reason.points, reason.is_counted) == ("d1", Decimal("0.5"), True)
    assert reason.text.zh == "卷内目录不规范"


def test_items_concern_procedures() -> None:
    edition = load_edition(ORDINARY)
    with_hearing = {item.id for item in edition.items_for(Procedure.HEARING)}
    without = {item.id for item in edition.items_for(Procedure.ORDINARY)}
    assert {item.id for item in edition.items_for(None)} == without
    assert with_hearing - without == {f"HEA-0{n}" for n in range(1, 7)}


def test_editions_are_listed_by_kind_and_date(tmp_path: Path) -> None:
    for name in ("b/2026-01-01", "a/2025-01-01", "a/2026-03-01"):
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("title: 样例\nitems: [{id: a, title: 项, points: 100}]\n")
    listed = list_editions(tmp_path)
    assert [f"{each.kind}/{each.in_force_on}" for each in listed] == [
        "a/2025-01-01",
        "a/2026-03-01",
        "b/2026-01-01",
    ]
    assert edition_in_force(tmp_path, "a", date(2026, 2, 28)).in_force_on == date(2025, 1, 1)
    assert edition_in_force(tmp_path, "a", date(2026, 3, 1)).in_force_on == date(2026, 3, 1)
    with pytest.raises(NotFound):
        edition_in_force(tmp_path, "a", date(2024, 12, 31))


def test_an_edition_that_is_not_named_by_its_date_is_refused_in_the_list(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/latest.yaml").write_text("title: 样例\n")
    with pytest.raises(ReviewError, match="date in force"):
        list_editions(tmp_path)


def test_the_kept_schema_is_current() -> None:
    assert schema_is_current(ROOT / "docs/checklist.schema.json")
    assert not schema_is_current(ROOT / "docs/nothing.json")
    assert '"$schema"' in edition_schema()
