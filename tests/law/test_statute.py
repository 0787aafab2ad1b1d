"""What a held outline says of a place, and which version is in force on a day."""

from __future__ import annotations

from datetime import date

import pytest

from review.law.citation import Place
from review.law.statute import Library, Statute, Summary, Wording

DAY = date(2020, 2, 1)


def statute(
    structure: dict[str, str] | None = None,
    *,
    is_whole: bool = True,
    in_force: date = DAY,
    ended: date | None = None,
    law: str = "sample-law",
    title: str = "样例条例",
    aliases: tuple[str, ...] = (),
    confirmed: bool = True,
    promulgated: date | None = None,
    summaries: dict[str, Summary] | None = None,
) -> Statute:
    return Statute(
        title=Wording(zh=title, en=title),
        in_force=in_force,
        ended=ended,
        is_whole=is_whole,
        confirmed=confirmed,
        structure=structure or {"1": "0"},
        law=law,
        aliases=aliases,
        promulgated=promulgated,
        summaries=summaries or {},
    )


OUTLINE = {"1": "0", "2": "3 0", "2.1": "0", "9": "?"}


@pytest.mark.parametrize(
    ("place", "held"),
    [
        (Place(1), True),
        (Place(1, None, 1), True),
        (Place(1, None, 2), False),
        (Place(1, None, None, 1), False),
        (Place(2, None, 1, 3), True),
        (Place(2, None, 1, 4), False),
        (Place(2, None, 2), True),
        (Place(2, None, 2, 1), False),
        (Place(2, None, 3), False),
        (Place(2, None, None, 3), True),
        (Place(2, None, None, 4), False),
        (Place(2, 1), True),
        (Place(2, 2), False),
        (Place(3), False),
        (Place(9), True),
        (Place(9, None, 1), None),
        (Place(9, None, None, 1), None),
    ],
)
def test_a_place_is_there_as_the_outline_says(place: Place, held: bool | None) -> None:
    assert statute(OUTLINE).has(place) is held


def test_of_a_law_held_in_part_no_article_is_missing() -> None:
    part = statute(OUTLINE, is_whole=False)
    assert part.has(Place(3)) is None
    assert part.has(Place(2, None, 3)) is False


def test_a_summary_of_its_own_confirms_its_article_alone() -> None:
    said = {
        "1": Summary(zh="甲", en="a", confirmed=False),
        "2": Summary(zh="乙", en="b"),
    }
    held = statute(OUTLINE, summaries=said)
    confirmed = [held.is_confirmed(place) for place in (Place(1), Place(2), Place(9), None)]
    assert confirmed == [False, True, True, True]
    doubtful = statute(
        OUTLINE, confirmed=False, summaries={"1": Summary(zh="甲", en="a", confirmed=True)}
    )
    assert [doubtful.is_confirmed(place) for place in (Place(1), Place(2), None)] == [
        True, False, False,
    ]  # fmt: skip


def test_the_version_of_the_day_and_none_after_the_end() -> None:
    later = date(2023, 7, 20)
    library = Library([statute(), statute(in_force=later, ended=date(2026, 5, 1))])
    days = (date(2020, 1, 31), DAY, date(2023, 7, 19), later, date(2026, 4, 30), date(2026, 5, 1))
    found = [library.on("sample-law", day) for day in days]
    assert [each and each.in_force for each in found] == [None, DAY, DAY, later, later, None]
    assert library.on("other-law", DAY) is None
    assert library.versions("other-law") == ()
    assert [each.in_force for each in library.versions("sample-law")] == [later, DAY]


def test_a_law_is_found_by_title_and_alias() -> None:
    one = statute(law="b-law", title="甲条例", aliases=("甲例",))
    library = Library([one, statute(law="a-law", title="乙条例")])
    assert library.by_title("《中华人民共和国甲条例》（2020修订）") == "b-law"
    assert library.by_title("甲例") == "b-law"
    assert library.by_title("丙条例") is None
    assert library.laws == ("a-law", "b-law")


def test_a_text_of_the_bureau_completes_the_held_version_of_its_day() -> None:
    ended = date(2026, 5, 1)
    said = {"1": Summary(zh="甲", en="a", confirmed=False)}
    known = statute(
        is_whole=False, confirmed=False, ended=ended, aliases=("甲例",), summaries=said,
        promulgated=date(2020, 1, 1),
    )  # fmt: skip
    text = statute({"1": "0", "2": "0"}, title="机关所称")
    held = Library([known]).with_texts([text]).on("sample-law", DAY)
    assert held is not None
    assert held.title.zh == "样例条例"
    assert held.is_whole
    assert held.has(Place(2)) is True
    assert (held.ended, held.promulgated) == (ended, date(2020, 1, 1))
    assert held.is_confirmed(Place(1))
    own = statute(title="机关所称", ended=date(2027, 1, 1), promulgated=date(2019, 12, 1))
    dated = Library([known]).with_texts([own]).on("sample-law", DAY)
    assert dated is not None
    assert (dated.ended, dated.promulgated) == (date(2027, 1, 1), date(2019, 12, 1))
    beside = Library([known]).with_texts([statute(in_force=date(2021, 1, 1))])
    assert len(beside.versions("sample-law")) == 2
