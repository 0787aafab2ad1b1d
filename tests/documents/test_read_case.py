"""From a path to a reading: every file reported, bad ones refused with a reason, nothing lost."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.shared import Pt
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from review.casefiles.intake import Limits, unpack
from review.documents.guard import ReadingPool
from review.documents.model import CaseReading, FileReport, FileStatus, PageStatus
from review.documents.read_case import Progress, read_case, read_source, render_page
from review.errors import DamagedFile, MissingFile
from tests.documents import papers
from tests.documents.papers import Style

SCANS = Path(__file__).parents[1] / "data" / "scans"


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(Limits(), size=2)
    yield pool
    pool.close()


def report_of(path: Path, pool: ReadingPool) -> FileReport:
    (source,) = unpack(path, path.parent)
    report, pages = read_source(source, pool=pool)
    assert pages == [] or report.status is not FileStatus.REFUSED
    return report


def code(report: FileReport) -> str | None:
    return report.reason.code if report.reason else None


def three_pages(path: Path) -> Path:
    return papers.bound(path, [papers.paper("立案登记表", Style())] * 3)


# --- what is refused ------------------------------------------------------------------------------


def test_an_encrypted_pdf_is_refused_and_an_owner_password_is_not(
    tmp_path: Path, pool: ReadingPool
) -> None:
    plain = three_pages(tmp_path / "a.pdf")
    for name, user in (("密.pdf", "x"), ("限.pdf", "")):
        with pikepdf.open(plain) as document:
            encryption = pikepdf.Encryption(owner="o", user=user)
            document.save(tmp_path / name, encryption=encryption)
    assert code(report_of(tmp_path / "密.pdf", pool)) == "DOC-005"
    assert report_of(tmp_path / "限.pdf", pool).status is FileStatus.READ


def test_a_truncated_pdf_is_repaired_or_refused(tmp_path: Path, pool: ReadingPool) -> None:
    path = three_pages(tmp_path / "a.pdf")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - 300])
    assert report_of(path, pool).pages == 3
    path.write_bytes(content[:200])
    assert code(report_of(path, pool)) == "DOC-006"


def test_a_pdf_of_too_many_pages_is_refused_with_both_numbers(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "长.pdf"))
    for _ in range(31):
        canvas.showPage()
    canvas.save()
    short = ReadingPool(Limits(pages=30), size=1)
    report = report_of(tmp_path / "长.pdf", short)
    short.close()
    assert code(report) == "DOC-007"
    assert report.reason is not None
    assert "31" in report.reason.zh
    assert "30" in report.reason.en


def test_a_page_of_absurd_size_is_refused(tmp_path: Path, pool: ReadingPool) -> None:
    canvas = Canvas(str(tmp_path / "巨.pdf"), pagesize=(14_401, 600))
    canvas.showPage()
    canvas.save()
    assert code(report_of(tmp_path / "巨.pdf", pool)) == "DOC-008"


def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    Image.new("1", (4000, 4000)).save(tmp_path / "大.png")
    small = ReadingPool(Limits(page_pixels=10_000_000), size=1)
    report = report_of(tmp_path / "大.png", small)
    small.close()
    assert code(report) == "DOC-008"


def test_a_truncated_picture_is_refused(tmp_path: Path, pool: ReadingPool) -> None:
    content = (SCANS / "form.jpg").read_bytes()
    (tmp_path / "断.jpg").write_bytes(content[:3000])
    assert code(report_of(tmp_path / "断.jpg", pool)) == "DOC-006"


def test_recordings_are_kept_and_workbooks_say_that_they_are_not_read(
    tmp_path: Path, pool: ReadingPool
) -> None:
    (tmp_path / "录像.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + b"\0" * 40)
    media = report_of(tmp_path / "录像.mp4", pool)
    assert (media.kind, media.status, media.pages) == ("media", FileStatus.PARTLY_READ, None)
    assert (code(media), len(media.sha256)) == ("DOC-018", 64)
    with zipfile.ZipFile(tmp_path / "台账.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
    book = report_of(tmp_path / "台账.xlsx", pool)
    assert (book.kind, book.status, code(book)) == ("workbook", FileStatus.PARTLY_READ, "DOC-015")


def test_nothing_at_the_path_raises() -> None:
    with pytest.raises(MissingFile):
        read_case(Path("/nowhere/样例.pdf"))


# --- what is read ---------------------------------------------------------------------------------


def mixed_archive(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("询问笔录").alignment = 1
    document.add_paragraph("问：当天做什么？")
    document.save(tmp_path / "r.docx")
    papers.bound(
        tmp_path / "p.pdf", [papers.paper("立案登记表", Style()), papers.going_on(Style())]
    )
    path = tmp_path / "案卷.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(tmp_path / "p.pdf", "材料/1、立案登记表.pdf")
        archive.write(tmp_path / "r.docx", "材料/2、询问笔录.docx")
        archive.writestr("材料/3、空.pdf", b"")
        archive.write(SCANS / "letter.jpg", "材料/10、责令改正.jpg")
        archive.writestr("材料/4、录像.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 40)
    return path


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> tuple[CaseReading, list[Progress]]:
    told: list[Progress] = []
    path = mixed_archive(tmp_path_factory.mktemp("case"))
    return read_case(path, progress=told.append), told


def test_every_file_of_an_archive_is_reported_in_order(
    reading: tuple[CaseReading, list[Progress]],
) -> None:
    case, _ = reading
    assert [(report.source, report.kind, report.pages) for report in case.files] == [
        ("材料/1、立案登记表.pdf", "pdf", 2),
        ("材料/2、询问笔录.docx", "docx", None),
        ("材料/3、空.pdf", "other", None),
        ("材料/4、录像.mp4", "media", None),
        ("材料/10、责令改正.jpg", "image", 1),
    ]
    assert [report.status for report in case.files].count(FileStatus.REFUSED) == 1


def test_documents_of_all_formats_come_in_order(
    reading: tuple[CaseReading, list[Progress]],
) -> None:
    case, _ = reading
    assert [(d.kind, d.page_range) for d in case.documents] == [
        ("立案登记表", (1, 2)),
        ("询问笔录", None),
        ("责令改正违法行为通知书", (1, 1)),
    ]


def test_progress_is_told_to_the_last_page(reading: tuple[CaseReading, list[Progress]]) -> None:
    _, told = reading
    last = {step.source: step for step in told}
    assert all(step.pages_read == step.pages for step in last.values())
    assert last["材料/1、立案登记表.pdf"].pages == 2


def test_a_scan_in_a_pdf_is_recognised_and_a_text_page_beside_it_is_not(
    tmp_path: Path, pool: ReadingPool
) -> None:
    canvas = Canvas(str(tmp_path / "混.pdf"), pagesize=(papers.WIDTH, papers.HEIGHT))
    papers.paper("送达回证", Style())(canvas)
    canvas.showPage()
    canvas.drawImage(str(SCANS / "letter.jpg"), 0, 0, papers.WIDTH, papers.HEIGHT)
    papers.line(canvas, 300, 830, "第2页", 8)
    canvas.showPage()
    canvas.save()
    (source,) = unpack(tmp_path / "混.pdf", tmp_path)
    _, pages = read_source(source, pool=pool)
    assert [{line.origin for line in page.lines} for page in pages] == [{"text-layer"}, {"ocr"}]
    assert [page.number for page in pages] == [1, 2]


def test_text_hidden_under_a_scan_is_not_believed(tmp_path: Path, pool: ReadingPool) -> None:
    canvas = Canvas(str(tmp_path / "隐.pdf"), pagesize=(papers.WIDTH, papers.HEIGHT))
    canvas.drawImage(str(SCANS / "letter.jpg"), 0, 0, papers.WIDTH, papers.HEIGHT)
    hidden = canvas.beginText(72, 700)
    hidden.setFont(papers.FONT, 12)
    hidden.setTextRenderMode(3)
    for _ in range(5):
        hidden.textLine("错误的隐藏文字层错误的隐藏文字层")
    canvas.drawText(hidden)
    canvas.showPage()
    canvas.save()
    (source,) = unpack(tmp_path / "隐.pdf", tmp_path)
    _, (page,) = read_source(source, pool=pool)
    assert "隐藏" not in page.text
    assert "责令改正违法行为通知书" in page.text


def test_a_tiff_of_several_pages_is_read_page_by_page(tmp_path: Path, pool: ReadingPool) -> None:
    frames = [Image.new("L", (620, 877), 255) for _ in range(3)]
    frames[0].save(tmp_path / "扫描.tif", save_all=True, append_images=frames[1:])
    (source,) = unpack(tmp_path / "扫描.tif", tmp_path)
    report, pages = read_source(source, pool=pool)
    assert report.pages == 3
    assert [(page.number, page.status) for page in pages] == [
        (1, PageStatus.BLANK),
        (2, PageStatus.BLANK),
        (3, PageStatus.BLANK),
    ]


def test_pages_are_drawn_for_people(tmp_path: Path, pool: ReadingPool) -> None:
    (source,) = unpack(three_pages(tmp_path / "a.pdf"), tmp_path)
    _, pages = read_source(source, pool=pool)
    view, thumb = render_page(source, pages[1], pool=pool)
    large, small = Image.open(io.BytesIO(view)), Image.open(io.BytesIO(thumb))
    assert (large.format, large.width) == ("JPEG", round(papers.WIDTH * 110 / 72))
    assert small.width == 110


def test_a_picture_is_drawn_upright(tmp_path: Path, pool: ReadingPool) -> None:
    with Image.open(SCANS / "form.jpg") as scan:
        scan.rotate(90, expand=True).save(tmp_path / "横.jpg")
    (source,) = unpack(tmp_path / "横.jpg", tmp_path)
    _, (page,) = read_source(source, pool=pool)
    view, _ = render_page(source, page, pool=pool)
    drawn = Image.open(io.BytesIO(view))
    assert page.width < page.height
    assert drawn.width / drawn.height == pytest.approx(page.width / page.height, abs=0.01)


def test_a_scan_pasted_into_a_docx_is_recognised_and_one_that_is_no_picture_is_unread(
    tmp_path: Path, pool: ReadingPool
) -> None:
    document = docx.Document()
    document.add_paragraph("样例运输有限公司一案，扫描件附后。")
    broken = tmp_path / "坏.png"
    Image.new("RGB", (310, 438), "white").save(broken)
    for picture in (next(iter(sorted(SCANS.glob("*.jpg")))), broken):
        document.add_picture(str(picture), Pt(415), Pt(587))
    document.save(whole := tmp_path / "完好.docx")
    path = tmp_path / "案卷.docx"
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, data[:60] if name.endswith(".png") else data)
    (source,) = unpack(path, tmp_path)
    report, (text, scan, unread) = read_source(source, pool=pool)
    assert [page.status for page in (text, unread)] == [PageStatus.READ, PageStatus.UNREAD]
    assert len(scan.text) > 20
    assert {line.origin for line in scan.lines} == {"ocr"}
    assert {page.number for page in (text, scan, unread)} == {None}
    assert (report.status, report.pages) == (FileStatus.PARTLY_READ, None)
    assert report.reason is not None
    assert "3" in report.reason.zh


def test_a_docx_has_no_page_to_draw(tmp_path: Path, pool: ReadingPool) -> None:
    document = docx.Document()
    document.add_paragraph("询问笔录")
    document.save(tmp_path / "r.docx")
    (source,) = unpack(tmp_path / "r.docx", tmp_path)
    _, (page,) = read_source(source, pool=pool)
    with pytest.raises(DamagedFile):
        render_page(source, page, pool=pool)


def test_a_copy_pasted_on_a_page_is_read_and_a_photograph_is_not(
    tmp_path: Path, pool: ReadingPool
) -> None:
    canvas = Canvas(str(tmp_path / "证据.pdf"), pagesize=(papers.WIDTH, papers.HEIGHT))
    for heading in ("证据材料粘贴页", "现场照片"):
        papers.centred(canvas, 80, heading, 20)
        canvas.drawImage(str(SCANS / "form.jpg"), 100, 150, 400, 560)
        papers.line(canvas, 72, 760, "与原件一致。张三样")
        canvas.showPage()
    canvas.save()
    (source,) = unpack(tmp_path / "证据.pdf", tmp_path)
    _, (copy, photograph) = read_source(source, pool=pool)
    assert {line.origin for line in copy.lines} == {"text-layer", "ocr"}
    assert "91320000MA00000X0A" in copy.text
    assert copy.lines[0].text == "证据材料粘贴页"
    assert copy.lines[-1].text == "与原件一致。张三样"
    assert {line.origin for line in photograph.lines} == {"text-layer"}
