"""Full-text search: the same pages on both engines, as they are now, and only what may be seen."""

import pytest
from sqlmodel import select

from review.db.session import transaction
from review.documents.tables import PageRow, PageText
from review.errors import NotAllowed
from review.services.case_files import division, searching
from tests.services.test_division import change, read  # noqa: F401 - a fixture


def find(bureau, query, *, actor=None, **filters):
    return searching.search(bureau.engine, actor or bureau.regulations, query=query, **filters)


def pages(found):
    return [hit.page_id for hit in found.hits]


def test_words_of_any_length_are_found_wherever_they_stand(read):  # noqa: F811
    for query in ("当场行政处罚决定书", "处罚", "罚", "0073", "云清交执罚〔2024〕0073号"):
        found = find(read, query)
        assert found.total == len(found.hits) > 0, query
        assert found.cases == 1
        assert all(hit.case_id == read.case_id and hit.count > 0 for hit in found.hits)
        assert any(piece.is_hit for piece in found.hits[0].excerpt)
    assert find(read, "云清交执罚 [2024] 0073号").total <= find(read, "2024 0073").total


def test_blanks_width_and_punctuation_do_not_matter(read):  # noqa: F811
    whole = pages(find(read, "云清交执罚〔2024〕0073号"))
    assert whole
    assert pages(find(read, "云清交执罚（２０２４）0073号")) == whole
    assert pages(find(read, "云清交执罚20240073号")) == whole


def test_all_words_must_be_on_the_page(read):  # noqa: F811
    both = find(read, "罚款 0073").total
    assert 0 < both <= min(find(read, "罚款").total, find(read, "0073").total)
    assert find(read, "罚款 绝无此词").total == 0
    for nothing in ("", "  ", "〔〕《》"):
        assert find(read, nothing).total == 0


def test_the_hit_is_shown_on_the_page(read):  # noqa: F811
    hit = find(read, "0073").hits[0]
    boxes = searching.hit_boxes(read.engine, read.regulations, hit.page_id, query="0073")
    assert boxes
    assert all(right > left and bottom > top for left, top, right, bottom in boxes)


def test_filters_narrow_down(read):  # noqa: F811
    found = find(read, "0073")
    kind = found.hits[0].document_kind
    assert {hit.document_kind for hit in find(read, "0073", kind=kind).hits} == {kind}
    assert find(read, "0073", case_text="0073").total == found.total
    assert find(read, "0073", case_text="没有").total == 0
    assert find(read, "0073", year=2023).total == found.total
    assert find(read, "0073", year=1999).total == 0
    assert find(read, "0073", unit_id=1).total == found.total
    assert find(read, "0073", unit_id=2).total == 0
    assert searching.years(read.engine, read.regulations) == (2023,)
    rest = find(read, "罚", offset=2, limit=3)
    assert pages(rest) == pages(find(read, "罚"))[2:5]


def test_what_may_not_be_seen_is_not_found(read):  # noqa: F811
    assert find(read, "0073", actor=read.leader).total > 0
    assert find(read, "0073", actor=read.reviewer).total == 0
    for actor in (read.unit, read.administrator):
        with pytest.raises(NotAllowed):
            find(read, "0073", actor=actor)


def test_search_follows_what_the_papers_are_called(read):  # noqa: F811
    hit = next(hit for hit in find(read, "罚").hits if hit.document_kind)
    change(read, division.take_out_pages, page_ids=[hit.page_id], kind="现场照片")
    assert hit.page_id in pages(find(read, "罚", kind="现场照片"))


def test_pages_of_an_older_release_are_made_known(read):  # noqa: F811
    with transaction(read.engine) as session:
        for row in session.exec(select(PageText)):
            session.delete(row)
    assert find(read, "0073").total == 0
    with transaction(read.engine) as session:
        everything = len(session.exec(select(PageRow)).all())
    assert searching.index_missing(read.engine) == everything
    assert find(read, "0073").total > 0
    assert searching.index_missing(read.engine) == 0
