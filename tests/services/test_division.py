"""Dividing a case file by hand: lasting, audited, undone, and never a page lost or doubled."""

import contextlib

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import col, select

from review.db.audit import AuditRecord
from review.db.session import reading, transaction
from review.documents.tables import DivisionRow, PageRow
from review.errors import BadDivision, BadValue, NotAllowed, Stale
from review.services import integrity
from review.services.case_files import cases, corrections, division
from review.services.reading import case_reading as readings
from review.services.reading import importing
from tests.services.conftest import add_case
from tests.services.test_importing import CASE_NO, SUMMARY, run


@pytest.fixture
def read(bureau):
    """The bureau with a sample of 15 pages read into its case."""
    with transaction(bureau.engine) as session:
        case = add_case(
            session, 1, 73, case_key="云清交执罚[2024]73", case_no=CASE_NO, procedure=""
        )
        bureau.case_id = case.id
    job = importing.hand_in(
        bureau.engine, bureau.regulations, case_no=CASE_NO, path=SUMMARY, name=SUMMARY.name
    )
    run(bureau, job)
    return bureau


def view(bureau):
    return cases.case_view(bureau.engine, bureau.regulations, bureau.case_id)


def version(bureau):
    return division.division_view(bureau.engine, bureau.regulations, bureau.case_id).version


def change(bureau, service, *, actor=None, **values):
    values = {"seen_version": version(bureau)} | values
    service(bureau.engine, actor or bureau.regulations, bureau.case_id, **values)


def pages_by_paper(bureau):
    found = view(bureau)
    return [
        [page.id for page in found.pages if page.document_id == paper.id]
        for paper in found.documents
    ]


def test_a_split_is_kept_and_the_facts_follow_it(read):
    before = view(read)
    long = next(paper for paper in pages_by_paper(read) if len(paper) > 1)
    change(read, division.split_paper, page_id=long[1], kind="证据材料", title="样例证据")
    after = view(read)
    assert len(after.documents) == len(before.documents) + 1
    new = next(each for each in after.documents if each.title == "样例证据")
    assert (new.kind, new.confidence) == ("证据材料", 1.0)
    assert sorted(page.id for page in after.pages) == sorted(page.id for page in before.pages)
    corrections.rerun_checks(read.engine, read.regulations, read.case_id)
    assert [each.title for each in view(read).documents] == [each.title for each in after.documents]
    assert integrity.verify(read.engine).violations == ()
    with reading(read.engine) as session:
        actions = session.exec(select(AuditRecord.action)).all()
    assert actions.count("division.split") == 1


def test_a_renamed_paper_changes_what_the_checks_see(read):
    decision = next(
        index for index, paper in enumerate(view(read).documents) if "决定书" in paper.kind
    )
    assert any(fact.name == "decided_on" for fact in view(read).facts)
    change(read, division.rename_paper, paper=decision, kind="其他")
    after = view(read)
    assert after.documents[decision].kind == "其他"
    before = {check.check_id: check.outcome for check in after.checks}
    change(read, division.undo)
    restored = {check.check_id: check.outcome for check in view(read).checks}
    assert restored != before


def test_undoing_everything_gives_the_machines_division_back(read):
    original = pages_by_paper(read)
    titles = [each.title for each in view(read).documents]
    change(read, division.join_papers, paper=0, other=1)
    change(read, division.reorder_papers, paper=0, to=1)
    change(read, division.move_pages, page_ids=[original[2][0]], paper=0)
    change(read, division.take_out_pages, page_ids=[original[0][0]], kind="现场照片")
    assert pages_by_paper(read) != original
    for _ in range(4):
        change(read, division.undo)
    assert pages_by_paper(read) == original
    assert [each.title for each in view(read).documents] == titles
    with pytest.raises(BadDivision):
        change(read, division.undo)
    shown = division.division_view(read.engine, read.leader, read.case_id)
    assert (shown.is_by_person, shown.can_undo, len(shown.steps)) == (False, False, 4)
    assert all(step.is_undone and step.author == "regulations" for step in shown.steps)


def test_a_division_survives_another_file_and_says_what_is_new(read, tmp_path):
    change(read, division.join_papers, paper=0, other=1)
    joined = pages_by_paper(read)[0]
    other = tmp_path / "补充.pdf"
    other.write_bytes(
        SUMMARY.with_name("案卷.pdf").parent.parent.joinpath("c07/案卷.pdf").read_bytes()
    )
    job = importing.hand_in(
        read.engine, read.regulations, case_no=CASE_NO, path=other, name=other.name
    )
    run(read, job)
    assert pages_by_paper(read)[0] == joined
    shown = division.division_view(read.engine, read.regulations, read.case_id)
    assert shown.new > 0
    assert shown.gone == 0
    assert integrity.verify(read.engine).violations == ()


def test_what_changed_meanwhile_is_not_overwritten(read):
    seen = version(read)
    change(read, division.join_papers, paper=0, other=1)
    with pytest.raises(Stale):
        change(read, division.join_papers, paper=0, other=1, seen_version=seen)
    with reading(read.engine) as session:
        assert len(session.exec(select(DivisionRow)).all()) == 1


def test_who_may_not_see_a_case_may_not_divide_it(read):
    for actor in (read.reviewer, read.leader, read.unit, read.administrator):
        with pytest.raises(NotAllowed):
            change(read, division.join_papers, actor=actor, paper=0, other=1)
        with pytest.raises(NotAllowed):
            change(read, division.undo, actor=actor)
    with pytest.raises(BadValue):
        change(read, division.rename_paper, paper=0, kind="没有这种文书")
    with pytest.raises(BadDivision):
        change(read, division.move_pages, page_ids=[10**6], paper=0)


@hypothesis_settings(
    max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.data())
def test_every_page_stays_in_exactly_one_paper(read, data):
    """The rows, not only the model: the analysis is left to the end of each run."""
    with reading(read.engine) as session:
        everything = sorted(session.exec(select(PageRow.id).where(col(PageRow.id) > 2)).all())
    for _ in range(data.draw(st.integers(1, 5))):
        one, two = (data.draw(st.integers(0, 9)) for _ in range(2))
        page = data.draw(st.sampled_from(everything))
        step, values = data.draw(
            st.sampled_from(
                (
                    (division.split_paper, {"page_id": page}),
                    (division.join_papers, {"paper": one, "other": two}),
                    (division.move_pages, {"page_ids": [page], "paper": one}),
                    (division.take_out_pages, {"page_ids": [page]}),
                    (division.reorder_papers, {"paper": one, "to": two}),
                    (division.shift_page, {"page_id": page, "step": 1}),
                    (division.undo, {}),
                )
            )
        )
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(BadDivision):
            patch.setattr(division, "analyse_case", lambda *_: None)
            change(read, step, **values)
    readings.analyse_case(read.engine, read.case_id)
    assert sorted(page for paper in pages_by_paper(read) for page in paper) == everything
    assert integrity.verify(read.engine).violations == ()
