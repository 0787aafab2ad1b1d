"""A division changed by people: whatever is done and undone, every page is in exactly one paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.documents import division as divisions
from review.documents.division import Division, PageKey, PaperOfPages
from review.errors import BadDivision

A, B = "a" * 64, "b" * 64


def paper(kind, *pages):
    return PaperOfPages(kind, kind, tuple(PageKey(A, page) for page in pages), 0.9, "标题")


THREE = Division((paper("立案登记表", 0, 1), paper("询问笔录", 2, 3, 4), paper("送达回证", 5)))
ORDER = tuple(PageKey(A, page) for page in range(6))


def places(division):
    return [[page.position for page in each.pages] for each in division.papers]


def test_a_paper_is_split_at_a_page():
    new = divisions.split(THREE, PageKey(A, 3), kind="证据材料")
    assert places(new) == [[0, 1], [2], [3, 4], [5]]
    assert [each.kind for each in new.papers] == ["立案登记表", "询问笔录", "证据材料", "送达回证"]
    assert new.papers[0] is THREE.papers[0]
    assert (new.papers[1].confidence, new.papers[2].confidence) == (1.0, 1.0)


def test_the_first_page_of_a_paper_is_no_place_to_split():
    with pytest.raises(BadDivision):
        divisions.split(THREE, PageKey(A, 2))


def test_papers_are_joined_and_the_first_keeps_its_kind():
    new = divisions.join(THREE, 0, 1)
    assert places(new) == [[0, 1, 2, 3, 4], [5]]
    assert new.papers[0].kind == "立案登记表"
    backwards = divisions.join(THREE, 2, 0)
    assert places(backwards) == [[2, 3, 4], [5, 0, 1]]


def test_a_page_moves_to_its_natural_place_in_another_paper():
    assert places(divisions.move(THREE, [PageKey(A, 5)], 1, order=ORDER)) == [[0, 1], [2, 3, 4, 5]]
    assert places(divisions.move(THREE, [PageKey(A, 1)], 1, order=ORDER)) == [
        [0],
        [1, 2, 3, 4],
        [5],
    ]


def test_pages_are_taken_out_into_a_paper_of_their_own():
    new = divisions.take_out(THREE, [PageKey(A, 3)], order=ORDER, kind="现场照片")
    assert places(new) == [[0, 1], [2, 4], [3], [5]]
    assert new.papers[2].kind == "现场照片"


def test_papers_and_pages_change_places():
    assert places(divisions.reorder(THREE, 2, 0)) == [[5], [0, 1], [2, 3, 4]]
    assert places(divisions.shift(THREE, PageKey(A, 4), -1)) == [[0, 1], [2, 4, 3], [5]]
    with pytest.raises(BadDivision):
        divisions.shift(THREE, PageKey(A, 4), 1)


def test_what_is_not_there_cannot_be_moved():
    with pytest.raises(BadDivision):
        divisions.move(THREE, [PageKey(B, 0)], 0, order=ORDER)
    with pytest.raises(BadDivision):
        divisions.move(THREE, [], 0, order=ORDER)
    with pytest.raises(BadDivision):
        divisions.rename(THREE, 7, kind="其他")


def test_a_division_is_brought_to_the_pages_that_are_there():
    machine = Division((paper("立案登记表", 0, 1, 2, 3), paper("结案报告", 6, 7)))
    kept, conflicts = divisions.reconcile(THREE, machine)
    assert places(kept) == [[0, 1], [2, 3], [6, 7]]
    assert [page.position for page in conflicts.gone] == [4, 5]
    assert [page.position for page in conflicts.new] == [6, 7]


def test_a_division_is_kept_as_json():
    assert divisions.from_json(divisions.as_json(THREE)) == THREE


def any_change(data, history):
    """One operation on a division with drawn arguments; the last one takes back what was done."""
    page = data.draw(st.sampled_from(ORDER))
    some = data.draw(st.lists(st.sampled_from(ORDER), max_size=4))
    one, two = (data.draw(st.integers(0, 6)) for _ in range(2))
    return data.draw(
        st.sampled_from(
            (
                lambda d: divisions.split(d, page),
                lambda d: divisions.join(d, one, two),
                lambda d: divisions.move(d, some, one, order=ORDER),
                lambda d: divisions.take_out(d, some, order=ORDER),
                lambda d: divisions.rename(d, one, kind="询问笔录"),
                lambda d: divisions.reorder(d, one, two),
                lambda d: divisions.shift(d, page, data.draw(st.sampled_from((-1, 1)))),
                lambda d: history.pop() if history else d,
            )
        )
    )


@given(st.data())
def test_every_page_is_in_exactly_one_paper_whatever_is_done(data):
    standing, history = THREE, []
    for _ in range(data.draw(st.integers(1, 12))):
        change = any_change(data, history)
        before = standing
        try:
            standing = change(standing)
        except BadDivision:
            assert standing is before
        else:
            history.append(before)
        assert sorted(standing.pages) == sorted(ORDER)
        assert all(each.pages for each in standing.papers)
        assert divisions.reconcile(standing, THREE) == (standing, divisions.Conflicts())
