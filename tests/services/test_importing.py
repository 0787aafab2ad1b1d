"""Handing files in, and the steps of an import: each may run twice and changes nothing then."""

import zipfile
from pathlib import Path

import pytest
from sqlmodel import col, select

from review.casefiles.tables import ImportJob, ImportState, SourceFile
from review.common.store import Store, sha256_of
from review.db.session import reading, transaction
from review.documents.tables import DocumentRow, PageRow
from review.errors import (
    BadValue,
    ConvertFirst,
    EmptyArchive,
    EmptyFile,
    MissingFile,
    NotAllowed,
    NotFound,
    ReasonMissing,
)
from review.facts.tables import FactRow
from review.services import integrity
from review.services.case_files import cases, corrections
from review.services.reading import import_workflow as workflow
from review.services.reading import importing
from review.settings import settings
from tests.services.conftest import add_case

SAMPLES = Path(__file__).parents[2] / "samples" / "data"
SUMMARY = SAMPLES / "c08" / "案卷.pdf"
WORD = SAMPLES / "c02" / "案卷.docx"
CASE_NO = "云清交执罚〔2024〕0073号"


@pytest.fixture
def known(bureau):
    """The bureau with the sample's case in its ledger."""
    with transaction(bureau.engine) as session:
        case = add_case(
            session, 1, 73, case_key="云清交执罚[2024]73", case_no=CASE_NO, procedure=""
        )
        bureau.case_id = case.id
    return bureau


def hand_in(bureau, path=SUMMARY, case_no=CASE_NO):
    return importing.hand_in(
        bureau.engine, bureau.regulations, case_no=case_no, path=path, name=path.name
    )


def run(bureau, job, times=1):
    """All steps of the workflow in their order, each so many times."""

    def step(function, *arguments):
        for _ in range(times):
            result = function(*arguments)
        return result

    entries = step(workflow.take_in, job.id)
    for index, entry in enumerate(entries):
        step(workflow.read_one, job.id, index, entry)
    case_id = step(workflow.write_rows, job.id, entries)
    if case_id is not None:
        step(workflow.check_case, job.id, case_id)
    step(workflow.finish, job.id, entries, case_id)
    return importing.job_view(bureau.engine, bureau.regulations, job.id)


def rows(bureau, table):
    with reading(bureau.engine) as session:
        return session.exec(select(table).order_by(col(table.id))).all()


def test_a_file_is_read_into_its_case(known):
    job = run(known, hand_in(known))
    assert (job.state, job.pages_done, job.pages_total) == (ImportState.DONE, 15, 15)
    view = cases.case_view(known.engine, known.regulations, known.case_id)
    assert view.case.reading_state == "read"
    assert view.case.procedure == "summary"
    assert view.case.pages == 15
    assert {fact.name: fact.value for fact in view.facts}["case_no"] == CASE_NO
    assert all(page.document_id for page in view.pages)
    assert all(page.view_url and page.thumb_url for page in view.pages)
    assert len(view.checks) > 20
    assert [event.on for event in view.timeline] == sorted(event.on for event in view.timeline)
    image = cases.page_image(known.engine, known.regulations, view.pages[0].id, size="thumb")
    assert image.read_bytes().startswith(b"\xff\xd8")
    fact = next(each for each in view.facts if each.name == "fine_yuan")
    assert (fact.page_id, bool(fact.boxes)) == (
        next(page.id for page in view.pages if page.number == fact.page),
        True,
    )


def test_every_step_may_run_twice(known):
    run(known, hand_in(known), times=2)
    counts = [len(rows(known, table)) for table in (SourceFile, PageRow, DocumentRow)]
    again = hand_in(known)
    assert again.state == ImportState.DONE
    assert counts == [len(rows(known, table)) for table in (SourceFile, PageRow, DocumentRow)]
    assert len(rows(known, SourceFile)) == 3  # two of the bureau's own
    assert integrity.verify(known.engine).violations == ()


def test_identical_bytes_are_taken_in_once_also_within_an_archive(known, tmp_path):
    run(known, hand_in(known))
    packed = tmp_path / "打包.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SUMMARY, "案卷材料/案卷.pdf")
    before = len(rows(known, PageRow))
    job = run(known, hand_in(known, packed))
    assert job.state == ImportState.DONE
    assert len(rows(known, PageRow)) == before


def test_the_same_file_under_another_name_and_found_by_its_number_adds_nothing(known, tmp_path):
    run(known, hand_in(known))
    before = [len(rows(known, table)) for table in (SourceFile, PageRow, DocumentRow)]
    renamed = tmp_path / "新案卷.pdf"
    renamed.write_bytes(SUMMARY.read_bytes())
    job = run(known, hand_in(known, renamed, case_no=None))
    assert (job.state, job.case_id) == (ImportState.DONE, known.case_id)
    assert before == [len(rows(known, table)) for table in (SourceFile, PageRow, DocumentRow)]


def test_two_files_of_one_name_stay_apart(known, tmp_path):
    run(known, hand_in(known))
    other = tmp_path / "案卷.pdf"
    other.write_bytes((SAMPLES / "c07" / "案卷.pdf").read_bytes())
    run(known, hand_in(known, other), times=2)
    with reading(known.engine) as session:
        names = session.exec(
            select(SourceFile.source).where(SourceFile.case_id == known.case_id)
        ).all()
    assert sorted(names) == ["案卷 (2).pdf", "案卷.pdf"]
    assert integrity.verify(known.engine).violations == ()


def test_the_case_is_known_by_the_number_that_is_read(known):
    job = run(known, hand_in(known, case_no=None))
    assert (job.state, job.case_id, job.case_no) == (ImportState.DONE, known.case_id, CASE_NO)


def test_a_case_that_is_not_in_the_ledger_has_to_be_chosen(bureau):
    job = run(bureau, hand_in(bureau, case_no=None))
    assert (job.state, job.reason_code) == (ImportState.PARTLY, "DOC-020")
    assert CASE_NO in job.reason.zh
    assert job.case_id is None
    with pytest.raises(NotFound):
        importing.choose_case(bureau.engine, bureau.regulations, job.id, case_no="没有")
    chosen = importing.choose_case(
        bureau.engine, bureau.regulations, job.id, case_no="样例罚〔2023〕2号"
    )
    assert run(bureau, chosen).state == ImportState.DONE


def test_a_word_file_has_papers_without_pages(known):
    job = run(known, hand_in(known, WORD))
    assert job.state == ImportState.DONE
    view = cases.case_view(known.engine, known.regulations, known.case_id)
    assert {page.view_url for page in view.pages} == {""}
    assert all(document.first_page is None for document in view.documents)
    assert len(view.documents) > 10
    fact = next(each for each in view.facts if each.name == "fine_yuan")
    words = cases.page_view(known.engine, known.regulations, fact.page_id).lines
    assert fact.quote in "".join(line.text for line in words)
    assert integrity.verify(known.engine).violations == ()


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(known, tmp_path):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00" * 200)
    job = run(known, hand_in(known, broken))
    assert job.state == ImportState.REFUSED
    assert "坏.pdf" in job.reason.zh
    assert "坏.pdf" in job.reason.en
    view = cases.case_view(known.engine, known.regulations, known.case_id)
    assert [each.status for each in view.files] == ["refused"]
    again = hand_in(known, broken)
    assert again.id != job.id  # a refused file may be tried again


def test_an_ofd_paper_is_kept_and_refused_with_the_way_out(known, tmp_path):
    paper = tmp_path / "决定书.ofd"
    with zipfile.ZipFile(paper, "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD/>")
        archive.writestr("Doc_0/Document.xml", "<ofd:Document/>")
    job = run(known, hand_in(known, paper))
    assert (job.state, job.reason_code) == (ImportState.REFUSED, ConvertFirst.code)
    assert "导出为 PDF" in job.reason.zh
    assert "export it as PDF" in job.reason.en
    (file,) = rows(known, SourceFile)[-1:]
    assert (file.status, file.sha256) == ("refused", sha256_of(paper))
    assert Store(settings().store).read(file.sha256) == paper.read_bytes()


def test_one_bad_member_does_not_stop_the_others(known, tmp_path):
    packed = tmp_path / "混合.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SUMMARY, "1 案卷.pdf")
        archive.writestr("2 空.pdf", b"")
        archive.writestr("3 说明.exe", b"MZ" + b"\x00" * 100)
    job = run(known, hand_in(known, packed), times=2)
    assert job.state == ImportState.PARTLY
    view = cases.case_view(known.engine, known.regulations, known.case_id)
    assert [(each.source, each.status) for each in view.files] == [
        ("1 案卷.pdf", "read"),
        ("2 空.pdf", "refused"),
        ("3 说明.exe", "refused"),
    ]
    assert view.case.reading_state == "partly"


def test_what_is_handed_in_must_be_something_for_a_known_case(known, tmp_path):
    empty = tmp_path / "空.pdf"
    empty.touch()
    with pytest.raises(EmptyFile):
        hand_in(known, empty)
    with pytest.raises(NotFound):
        hand_in(known, case_no="样例罚〔1999〕1号")
    with pytest.raises(MissingFile):
        importing.import_now(known.engine, known.regulations, [tmp_path / "没有"])
    with pytest.raises(NotAllowed):
        importing.hand_in(known.engine, known.reviewer, path=SUMMARY, name="x.pdf")
    assert rows(known, SourceFile)[2:] == []


def test_a_waiting_job_is_given_back_not_doubled(known):
    assert hand_in(known).id == hand_in(known).id
    with reading(known.engine) as session:
        assert len(session.exec(select(ImportJob)).all()) == 1


def test_an_unforeseen_error_ends_the_job_with_a_number(known):
    job = hand_in(known)
    workflow.refuse(job.id, "GEN-002", "编号 abc", "reference abc")
    view = importing.job_view(known.engine, known.regulations, job.id)
    assert (view.state, view.is_finished) == (ImportState.REFUSED, True)
    with pytest.raises(NotFound):
        importing.job_view(known.engine, known.regulations, "no-such-job")


def test_a_folder_is_packed_into_the_same_bytes_every_time(tmp_path):
    folder = tmp_path / "案卷夹"
    (folder / "内").mkdir(parents=True)
    (folder / "10.txt").write_text("十")
    (folder / "2.txt").write_text("二")
    (folder / "内" / "a.txt").write_text("a")
    first, second = tmp_path / "一", tmp_path / "二"
    first.mkdir()
    second.mkdir()
    one, two = importing.pack(folder, first), importing.pack(folder, second)
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert archive.namelist() == ["2.txt", "10.txt", "内/a.txt"]
    (tmp_path / "空").mkdir()
    with pytest.raises(EmptyArchive):
        importing.pack(tmp_path / "空", first)


def test_a_correction_wins_and_survives_the_next_reading(known):
    run(known, hand_in(known))

    def correct(**more):
        values = {"name": "decided_on", "value": "2024-05-11", "reason": "扫描模糊"} | more
        corrections.correct_fact(known.engine, known.regulations, known.case_id, **values)

    for wrong in ({"value": "5月11日"}, {"name": "officers"}, {"name": "nonsense"}):
        with pytest.raises(BadValue):
            correct(**wrong)
    with pytest.raises(ReasonMissing):
        correct(reason=" ")
    correct()
    correct(value="2024-05-12")
    corrections.rerun_checks(known.engine, known.regulations, known.case_id)
    view = cases.case_view(known.engine, known.regulations, known.case_id)
    found = [fact for fact in view.facts if fact.name == "decided_on"]
    assert [(fact.value, fact.origin) for fact in found] == [("2024-05-12", "person")]
    with reading(known.engine) as session:
        kept = session.exec(select(FactRow).where(FactRow.origin == "person")).all()
    assert [row.author_id for row in kept] == [known.regulations.user_id]
    with pytest.raises(NotAllowed):
        corrections.rerun_checks(known.engine, known.leader, known.case_id)
    with pytest.raises(NotFound):
        corrections.rerun_checks(known.engine, known.regulations, 999)
