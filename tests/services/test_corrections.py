"""Facts corrected by people: on their page or for the whole file, lasting, taken back."""

import pytest
from sqlmodel import select

from review.db.session import reading
from review.errors import BadValue, NotFound, ReasonMissing
from review.facts.tables import FactCorrection
from review.services.case_files import cases, corrections
from review.services.case_files.corrections import Place
from tests.services.test_division import read, version  # noqa: F401 - a fixture

ACT = {"reason": "原件清楚，识读有误"}


def view(bureau):
    return cases.case_view(bureau.engine, bureau.regulations, bureau.case_id)


def merged(bureau, name):
    return next((fact for fact in view(bureau).facts if fact.name == name), None)


def correct(bureau, **values):
    corrections.correct_fact(bureau.engine, bureau.regulations, bureau.case_id, **(ACT | values))


def test_a_fact_of_a_paper_is_corrected_where_it_stands(read):  # noqa: F811
    before = [fact for fact in view(read).document_facts if fact.name == "fine_yuan"]
    fact = before[0]
    place = Place(fact.page_id, ((10.0, 20.0, 60.0, 32.0),), "壹仟元")
    correct(read, name="fine_yuan", value="1234", fact_id=fact.id, place=place)
    own = next(
        each
        for each in view(read).document_facts
        if each.name == "fine_yuan" and each.origin == "person"
    )
    assert (own.value, own.boxes, own.quote) == ("1234", ((10.0, 20.0, 60.0, 32.0),), "壹仟元")
    assert own.page_id == fact.page_id
    others = [each.value for each in view(read).document_facts if each.name == "fine_yuan"]
    assert len(others) == len(before)
    if len(set(others)) > 1:
        assert "fine_yuan" in view(read).contradictions


def test_a_correction_for_the_whole_file_leaves_what_papers_say(read):  # noqa: F811
    before = [
        (each.name, each.value, each.document_id is None)
        for each in view(read).document_facts
        if each.name == "fine_yuan"
    ]
    correct(read, name="fine_yuan", value="777")
    assert (merged(read, "fine_yuan").value, merged(read, "fine_yuan").origin) == ("777", "person")
    assert [
        (each.name, each.value, each.document_id is None)
        for each in view(read).document_facts
        if each.name == "fine_yuan"
    ] == before


def test_a_fact_that_is_not_there_is_removed_and_a_missing_one_added(read):  # noqa: F811
    assert merged(read, "fine_yuan") is not None
    correct(read, name="fine_yuan", value="")
    assert merged(read, "fine_yuan") is None
    assert merged(read, "hearing_on") is None
    page = view(read).pages[0].id
    correct(read, name="hearing_on", value="2024-05-10", place=Place(page, ((1, 2, 3, 4),), "听证"))
    assert merged(read, "hearing_on").page_id == page
    with pytest.raises(BadValue):
        correct(read, name="discussion_on", value="")


def test_a_correction_has_author_reason_and_time_and_is_taken_back(read):  # noqa: F811
    machine = merged(read, "decided_on").value
    correct(read, name="decided_on", value="2024-05-11")
    (row,) = corrections.list_corrections(read.engine, read.leader, read.case_id)
    assert (row.old_value, row.value, row.author) == (machine, "2024-05-11", "regulations")
    assert row.reason == ACT["reason"]
    corrections.withdraw_correction(read.engine, read.regulations, row.id)
    assert (merged(read, "decided_on").value, merged(read, "decided_on").origin) == (
        machine,
        "machine",
    )
    with reading(read.engine) as session:
        assert session.exec(select(FactCorrection)).one().withdrawn_by
    with pytest.raises(NotFound):
        corrections.withdraw_correction(read.engine, read.regulations, 999)


def test_what_cannot_be_is_refused(read):  # noqa: F811
    other = read.pages[0]
    with pytest.raises(NotFound):
        correct(read, name="decided_on", value="2024-05-11", place=Place(other))
    with pytest.raises(NotFound):
        correct(read, name="decided_on", value="2024-05-11", fact_id=10**6)
    with pytest.raises(ReasonMissing):
        correct(read, name="decided_on", value="2024-05-11", reason=" ")


def test_officers_are_typed_as_people_write_them(read):  # noqa: F811
    correct(read, name="officers", value="甲某（样证001）、乙某")
    assert merged(read, "officers").value == (
        '[{"name": "甲某", "cert_no": "样证001"}, {"name": "乙某", "cert_no": null}]'
    )
    assert version(read) == 0
