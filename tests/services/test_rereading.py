"""Reading again by a newer reader: compared first, and people's work stands above it."""

import pytest
from sqlmodel import col, select

from review.casefiles.tables import ImportJob, ImportState, JobKind, Rereading, SourceFile
from review.db.session import reading, transaction
from review.documents.tables import PageRow
from review.errors import CannotCancel, NotAllowed, NothingToReread, RereadingOutdated
from review.services import integrity
from review.services.case_files import corrections, division
from review.services.reading import importing, rereading
from review.services.reading import reread_workflow as workflow
from tests.services.test_division import change, pages_by_paper, read, view  # noqa: F401


def age(bureau):
    """As if an older reader had read the case, and otherwise: a fine that it misread."""
    with transaction(bureau.engine) as session:
        for source in session.exec(select(SourceFile).where(SourceFile.case_id == bureau.case_id)):
            source.reader_version = "0"
            session.add(source)
        for page in session.exec(select(PageRow).where(col(PageRow.id) > 2)):
            blocks = [
                {
                    **block,
                    "lines": [
                        [text.replace("2024", "2021"), *rest] for text, *rest in block["lines"]
                    ],
                }
                for block in page.content["blocks"]
            ]
            page.content = {**page.content, "blocks": blocks}
            session.add(page)
    corrections.rerun_checks(bureau.engine, bureau.regulations, bureau.case_id)


def read_again(bureau):
    job_id = rereading.reread(bureau.engine, bureau.regulations, bureau.case_id)
    sources = workflow.plan(job_id)
    readings = [[each["id"], workflow.read_again(job_id, each["entry"])] for each in sources]
    for _ in range(2):
        workflow.compare(job_id, readings)
    return job_id


def value(bureau, name):
    return next((fact.value for fact in view(bureau).facts if fact.name == name), None)


def test_what_would_change_is_shown_and_nothing_changes_before_it_is_accepted(read):  # noqa: F811
    age(read)
    assert rereading.outdated_files(read.engine, read.leader, read.case_id) == 1
    (case,) = rereading.outdated_cases(read.engine, read.regulations)
    assert (case.case_id, case.files, case.is_under_way) == (read.case_id, 1, False)
    old = value(read, "decided_on")
    assert old.startswith("2021")
    job_id = read_again(read)
    assert value(read, "decided_on") == old
    waiting = rereading.pending(read.engine, read.regulations, read.case_id)
    assert waiting.job_id == job_id
    change_of = {(each["kind"], each["name"]): each for each in waiting.comparison["facts"]}
    assert change_of["", "decided_on"]["old"] == [old]
    assert change_of["", "decided_on"]["new"][0].startswith("2024")
    assert waiting.comparison["files"][0]["is_taken"]
    rereading.accept(read.engine, read.regulations, job_id)
    assert value(read, "decided_on").startswith("2024")
    assert rereading.outdated_files(read.engine, read.leader, read.case_id) == 0
    with pytest.raises(RereadingOutdated):
        rereading.accept(read.engine, read.regulations, job_id)
    with pytest.raises(NothingToReread):
        rereading.reread(read.engine, read.regulations, read.case_id)
    assert integrity.verify(read.engine).violations == ()


def test_what_is_kept_is_not_offered_again(read):  # noqa: F811
    age(read)
    job_id = read_again(read)
    rereading.keep(read.engine, read.regulations, job_id)
    assert value(read, "decided_on").startswith("2021")
    assert rereading.outdated_cases(read.engine, read.regulations) == []
    assert rereading.pending(read.engine, read.regulations, read.case_id) is None


def test_divisions_and_corrections_survive(read):  # noqa: F811
    change(read, division.join_papers, paper=0, other=1)
    corrections.correct_fact(
        read.engine,
        read.regulations,
        read.case_id,
        name="closed_on",
        value="2024-06-01",
        reason="样例",
    )
    age(read)
    divided = pages_by_paper(read)
    rereading.accept(read.engine, read.regulations, read_again(read))
    assert pages_by_paper(read) == divided
    assert value(read, "closed_on") == "2024-06-01"


def test_a_reading_with_fewer_pages_is_not_taken(read):  # noqa: F811
    age(read)
    with transaction(read.engine) as session:
        source = session.exec(select(SourceFile).where(SourceFile.case_id == read.case_id)).one()
        session.add(PageRow(source_file_id=source.id, position=15, number=16, width=1, height=1))
    job_id = read_again(read)
    with reading(read.engine) as session:
        kept = session.get(Rereading, job_id)
    assert [each["is_taken"] for each in kept.comparison["files"]] == [False]


def test_who_may_not_import_may_not_read_again(read):  # noqa: F811
    age(read)
    for actor in (read.reviewer, read.leader):
        with pytest.raises(NotAllowed):
            rereading.reread(read.engine, actor, read.case_id)
    job_id = rereading.reread(read.engine, read.regulations, read.case_id)
    with pytest.raises(NothingToReread):
        rereading.reread(read.engine, read.regulations, read.case_id)
    with reading(read.engine) as session:
        assert session.get(ImportJob, job_id).kind == JobKind.REREAD


def test_a_job_that_waits_is_cancelled_and_one_that_has_ended_is_not(read):  # noqa: F811
    age(read)
    job_id = rereading.reread(read.engine, read.regulations, read.case_id)
    job = importing.cancel_job(read.engine, read.regulations, job_id)
    assert (job.state, job.is_finished) == (ImportState.CANCELLED, True)
    with pytest.raises(CannotCancel):
        importing.cancel_job(read.engine, read.regulations, job_id)
    workflow.reread_case.__wrapped__(job_id)
    with reading(read.engine) as session:
        assert session.get(ImportJob, job_id).state == ImportState.CANCELLED
        assert session.get(Rereading, job_id) is None
