"""A change of law is one dated entry; old cases are not measured by later texts."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from review.checks.catalogue import checks
from review.checks.check import Outcome
from review.checks.run import run_checks
from review.checks.uses import checks_on, parameters_used
from review.errors import BadDataFile
from review.law.citation import Citation, Place
from review.law.in_force import DATA, LawInForce, law_in_force, load_law
from review.law.outline import read_text
from review.law.stale_text import load_stale_texts
from review.law.statute import Statute, Wording
from tests.checks.building import case_of

LAW = law_in_force()


@pytest.fixture
def own_law(tmp_path: Path) -> Path:
    """The released data in a folder of one's own."""
    for name in ("statutes", "parameters", "fines", "waivers"):
        shutil.copytree(DATA / name, tmp_path / name)
    shutil.copy(DATA / "stale_texts.yaml", tmp_path)
    return tmp_path


def published(decided: date, days: int, law: LawInForce) -> Outcome:
    case = case_of(
        {
            "facts": {"decided_on": decided, "published_on": decided + timedelta(days=days)},
            "documents": [{"kind": "公示截图"}, {"kind": "行政处罚决定书"}],
        }
    )
    return run_checks(case, law, only=["PUB001"])[0].outcome


def test_one_dated_entry_changes_the_outcome_on_one_side_of_its_day(own_law: Path) -> None:
    path = own_law / "parameters" / "publication_limit.yaml"
    text = path.read_text("utf-8")
    entry = (
        "  2025-06-01:\n    value: 3\n    source: disclosure-guideline-2018-118\n"
        "    confirmed: true\n    confirmed_by: 样例\n"
    )
    path.write_text(text + entry, "utf-8")
    changed = load_law(own_law)
    before, on = date(2025, 5, 30), date(2025, 6, 3)
    assert [published(before, 6, law) for law in (LAW, changed)] == [Outcome.PASS, Outcome.PASS]
    assert [published(on, 6, law) for law in (LAW, changed)] == [Outcome.PASS, Outcome.FAIL]


def test_one_dated_entry_of_a_fine_changes_one_side_only(own_law: Path) -> None:
    path = own_law / "fines" / "road_transport.yaml"
    text = path.read_text("utf-8")
    mark = "  freight-without-permit:\n"
    entry = (
        "      - since: 2025-06-01\n        violated: [road-transport-regulation#art-10]\n"
        "        basis: [road-transport-regulation#art-63-item-2]\n"
        "        fine: {kind: none}\n        confirmed: true\n"
    )
    path.write_text(text.replace(mark, entry + mark, 1), "utf-8")
    changed = load_law(own_law)
    cause = next(each for each in changed.causes if each.key == "passenger-without-permit")
    held = [cause.on(day) for day in (date(2025, 5, 31), date(2025, 6, 1))]
    assert [each.fine.kind for each in held if each] == ["gains", "none"]


OLD = {
    "facts": {"decided_on": date(2020, 5, 20), "act_on": date(2020, 5, 1)},
    "documents": [
        {"kind": "现场笔录", "facts": {"officers": [["样例甲", "1"]], "dated_on": date(2020, 5, 1)}}
    ],
}


def test_a_case_before_the_present_law_is_unknown_with_the_reason() -> None:
    result = run_checks(case_of(OLD), LAW, only=["INQ001"])[0]
    assert result.outcome is Outcome.UNKNOWN
    assert "行政处罚法" in result.message.zh
    assert "2020-05-20" in result.message.zh
    assert result.trace


def test_what_is_in_order_under_the_present_law_was_so_before() -> None:
    two = {**OLD["documents"][0]["facts"], "officers": [["样例甲", "1"], ["样例乙", "2"]]}
    case = case_of({**OLD, "documents": [{"kind": "现场笔录", "facts": two}]})
    assert run_checks(case, LAW, only=["INQ001"])[0].outcome is Outcome.PASS


def test_the_first_day_of_the_present_law_is_measured_by_it() -> None:
    for decided, outcome in (
        (date(2021, 7, 14), Outcome.UNKNOWN),
        (date(2021, 7, 15), Outcome.FAIL),
    ):
        spec = {**OLD, "facts": {"decided_on": decided, "act_on": date(2020, 5, 1)}}
        assert run_checks(case_of(spec), LAW, only=["INQ001"])[0].outcome is outcome, decided


def test_versions_before_the_present_law_are_known_by_their_days_alone() -> None:
    law = "administrative-penalty-law"
    days = ["1996-10-01", "2009-08-27", "2018-01-01", "2021-07-15"]
    assert [str(each.in_force) for each in reversed(LAW.library.versions(law))] == days
    assert LAW.has_place(law, Place(42), on=date(2020, 1, 1)) is None
    assert LAW.statute(law, on=date(1996, 9, 30)) is None


TEXT = """样例规定
（2020年1月1日公布）
第一章 总则
第一条 为了样例，制定本规定。
第二条 样例人员应当：
（一）出示证件；
（二）告知权利。
违反前款的，处警告。
第三条样例机关负责。
第四条的规定不适用的，从其规定。
第六条 附则。
"""


def test_a_text_gives_articles_paragraphs_items_words_and_doubts() -> None:
    found = read_text(TEXT)
    assert found.structure == {"1": [0], "2": [2, 0], "3": [0, 0], "6": [0]}
    assert found.wording["2"].splitlines()[1] == "（一）出示证件；"
    assert [zh for zh, _ in found.doubts] == ["缺少第4—5条"]
    twice = read_text("第一条 甲。\n第二条 乙。\n第一条 丙。\n丁。\n第三条 戊。")
    assert twice.wording == {"1": "甲。", "2": "乙。", "3": "戊。"}
    assert twice.doubts[0][0].startswith("第1条出现两次")
    assert read_text("没有条文的文字。").structure == {}


def handed_in(law: str, in_force: date, text: str) -> Statute:
    outline = read_text(text)
    return Statute(
        title=Wording(zh="样例规定", en="样例规定"),
        in_force=in_force,
        is_whole=True,
        confirmed=True,
        confirmed_by="样例",
        structure={key: " ".join(map(str, counts)) for key, counts in outline.structure.items()},
        wording=outline.wording,
        law=law,
    )


def test_a_text_that_the_bureau_holds_decides_what_exists() -> None:
    day = date(2023, 5, 1)
    law, held = "transport-enforcement-procedure", date(2021, 7, 15)
    assert LAW.has_place(law, Place(5), on=day) is None
    site = LAW.for_site(statutes=[handed_in(law, held, TEXT)])
    assert site.has_place(law, Place(5), on=day) is False
    assert site.has_place(law, Place(2, None, 1, 2), on=day) is True
    assert site.has_place(law, Place(2, None, 1, 3), on=day) is False
    statute = site.statute(law, on=day)
    assert statute is not None
    assert statute.title.zh == "交通运输行政执法程序规定"
    assert statute.wording["1"] == "为了样例，制定本规定。"
    assert LAW.has_place(law, Place(5), on=day) is None
    own = LAW.for_site(statutes=[handed_in("site-1", held, TEXT)])
    assert own.library.by_title("《样例规定》") == "site-1"


def test_uses_are_read_from_the_code() -> None:
    used = parameters_used()
    assert "PUB001" in used["publication_limit"]
    assert "DEC006" in used["overload_step"]
    assert "INQ001" in checks_on("administrative-penalty-law", Place(42))
    assert set(checks_on("administrative-penalty-law", Place(42))) < set(
        checks_on("administrative-penalty-law")
    )
    assert checks_on("port-law") == ()


def test_every_stale_wording_names_a_check_that_is_there_and_a_place_that_exists() -> None:
    known = {check.id for check in checks()}
    assert len(LAW.stale_texts) >= 8
    assert list(LAW.stale_texts) == sorted(LAW.stale_texts, key=lambda each: each.since)
    for each in LAW.stale_texts:
        assert set(each.checks) <= known
        citation = Citation.parse(each.source)
        assert citation.place is not None
        assert LAW.has_place(citation.law, citation.place, on=each.since) is True


def test_a_stale_wording_without_a_source_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stale_texts.yaml"
    text = (DATA / "stale_texts.yaml").read_text("utf-8")
    path.write_text(text.replace("administrative-penalty-law#art-64", "somewhere else"), "utf-8")
    with pytest.raises(BadDataFile) as caught:
        load_stale_texts(path)
    assert "source" in caught.value.text("en")
