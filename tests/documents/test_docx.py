"""DOCX: body order, merged cells, text boxes, breaks, symbols, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.shared import Pt
from PIL import Image

from review.casefiles.intake import Limits
from review.documents.model import CellPlace, MarkKind, Page
from review.documents.readers.base import PastedPage
from review.documents.readers.docx import read_docx
from review.documents.split import split
from review.errors import DamagedFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(path: Path) -> list[Page]:
    return [each for each in read_docx(path, path.name, Limits()) if isinstance(each, Page)]


def titled(document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).font.size = Pt(18)


def kinds(path: Path) -> list[str]:
    return [document.kind for document in split(read(path))]


def test_papers_are_cut_at_page_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    for title in ("立案登记表", "询问笔录", "行政处罚决定书"):
        titled(document, title)
        document.add_paragraph("样例运输有限公司一案。")
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    titled(document, "结案报告")
    document.save(path := tmp_path / "案卷.docx")
    assert kinds(path) == ["立案登记表", "询问笔录", "行政处罚决定书", "结案报告"]
    assert all(document.page_range is None for document in split(read(path)))


def test_papers_are_cut_at_titles_where_nothing_breaks_the_page(tmp_path: Path) -> None:
    document = docx.Document()
    for title in ("立案登记表", "送达回证", "送达回证"):
        titled(document, "样例市样例区交通运输局")
        titled(document, title)
        for _ in range(4):
            document.add_paragraph("本机关已向样例运输有限公司送达违法行为通知书，当事人没有异议。")
    document.save(path := tmp_path / "案卷.docx")
    assert kinds(path) == ["立案登记表", "送达回证", "送达回证"]


def test_a_page_break_inside_a_paper_does_not_end_it(tmp_path: Path) -> None:
    document = docx.Document()
    titled(document, "询问笔录")
    document.add_paragraph("问：当天做什么？")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("答：运输货物。")
    document.save(path := tmp_path / "笔录.docx")
    (record,) = split(read(path))
    assert len(record.pages) == 2
    assert "答：运输货物。" in record.pages[1].text


def test_body_order_and_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    titled(document, "立案登记表")
    table = document.add_table(rows=3, cols=4)
    for row, texts in enumerate(
        [["案由", "甲", "", ""], ["当事人", "乙", "电话", "139"], ["意见", "丙", "", ""]]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 3))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("当事人签名：张三样\t2026年3月9日")
    document.save(path := tmp_path / "立案登记表.docx")
    (page,) = read(path)
    places = {block.text: block.cell for block in page.blocks}
    assert places["甲"] == CellPlace(0, 0, 1, 1, 3)
    assert places["当事人意见"] == CellPlace(0, 1, 0, 2, 1)
    assert [block.text for block in page.blocks][-2:] == ["当事人签名：张三样", "2026年3月9日"]
    assert next(iter(places)) == "立案登记表"


def test_text_boxes_are_read_once_and_pictures_are_marked(tmp_path: Path) -> None:
    document = docx.Document()
    titled(document, "现场照片")
    box = parse_xml(
        f'<w:p xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<w:r><mc:AlternateContent>"
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document.element.body.insert(1, box)
    Image.new("RGB", (40, 40), "gray").save(picture := tmp_path / "p.png")
    document.add_picture(str(picture))
    document.save(path := tmp_path / "照片.docx")
    (page,) = read(path)
    assert page.text.count("框内文字") == 1
    assert [mark.kind for mark in page.marks] == [MarkKind.IMAGE]


def test_ticked_boxes_of_symbol_fonts_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = parse_xml(
        f'<w:p xmlns:w="{W}"><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>同意</w:t>'
        '<w:sym w:font="Wingdings" w:char="F0A8"/><w:t>不同意</w:t></w:r></w:p>'
    )
    document.element.body.insert(0, paragraph)
    document.save(path := tmp_path / "a.docx")
    assert read(path)[0].text == "☑同意□不同意"


def test_deleted_text_is_left_out_and_inserted_text_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = parse_xml(
        f'<w:p xmlns:w="{W}"><w:r><w:t>罚款</w:t></w:r>'
        "<w:del><w:r><w:delText>3000</w:delText><w:t>3000</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>2000</w:t></w:r></w:ins><w:r><w:t>元</w:t></w:r></w:p>"
    )
    document.element.body.insert(0, paragraph)
    document.save(path := tmp_path / "a.docx")
    assert read(path)[0].text == "罚款2000元"


def test_numbers_of_lists_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("现场笔录", "询问笔录"):
        document.add_paragraph(text, style="List Number")
    document.save(path := tmp_path / "a.docx")
    numbers = [block.text for block in read(path)[0].blocks]
    assert numbers == ["1.现场笔录", "2.询问笔录"]


def rewritten(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, body in parts.items():
            archive.writestr(part, body)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"<w:document",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="%b"/>'
        % W.encode(),
        b'<w:document xmlns:w="%b"/>' % W.encode(),
    ],
)
def test_a_broken_or_hostile_body_is_refused(tmp_path: Path, content: bytes) -> None:
    docx.Document().save(path := tmp_path / "坏.docx")
    with pytest.raises(DamagedFile) as caught:
        read(rewritten(path, "word/document.xml", content))
    assert "坏.docx" in caught.value.text("zh")


def test_a_document_without_its_body_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/styles.xml", "<a/>")
    with pytest.raises(DamagedFile):
        read(path)


def test_a_title_nobody_knows_after_a_page_break_is_a_paper_of_its_own(tmp_path: Path) -> None:
    document = docx.Document()
    titled(document, "行政处罚决定书")
    document.add_paragraph("样例运输有限公司一案，决定罚款2000元。")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("样例市港航管理局").alignment = WD_ALIGN_PARAGRAPH.CENTER
    titled(document, "缴款通知")
    document.add_paragraph("请将罚款缴至样例银行。")
    document.save(path := tmp_path / "案卷.docx")
    decision, other = split(read(path))
    assert (decision.kind, other.title) == ("行政处罚决定书", "缴款通知")
    assert "缴至" not in decision.pages[0].text


def test_a_title_nobody_knows_cuts_where_it_names_a_paper(tmp_path: Path) -> None:
    document = docx.Document()
    titled(document, "行政处罚决定书")
    for _ in range(4):
        document.add_paragraph("样例运输有限公司一案，决定罚款2000元。")
    titled(document, "公司准予变更登记通知")
    document.add_paragraph("准予变更。")
    titled(document, "一、基本情况")
    document.add_paragraph("样例。")
    document.save(path := tmp_path / "案卷.docx")
    assert [each.title for each in split(read(path))] == ["行政处罚决定书", "公司准予变更登记通知"]


def test_a_plain_line_after_a_page_break_begins_nothing(tmp_path: Path) -> None:
    document = docx.Document()
    titled(document, "案件调查报告")
    document.add_paragraph("样例运输有限公司一案，当事人")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("承认上述事实")
    document.add_paragraph("样例一队").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(path := tmp_path / "案卷.docx")
    assert [each.kind for each in split(read(path))] == ["案件调查报告"]


def pasted(document, path: Path, *, width: float, height: float) -> None:
    """A picture of that size in points, in a paragraph of its own."""
    Image.new("RGB", (310, 438), (255, int(width) % 256, 0)).save(path)
    document.add_picture(str(path), Pt(width), Pt(height))


def test_a_picture_that_fills_the_sheet_is_a_page_to_recognise_and_a_small_one_a_mark(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    titled(document, "行政处罚决定书")
    document.add_paragraph("样例运输有限公司一案。")
    pasted(document, tmp_path / "小.png", width=120, height=169)
    pasted(document, tmp_path / "大.png", width=415, height=587)
    document.add_paragraph("图片之后的文字。")
    document.save(path := tmp_path / "案卷.docx")
    before, page, after = read_docx(path, path.name, Limits())
    assert isinstance(before, Page)
    assert [mark.kind for mark in before.marks] == [MarkKind.IMAGE]
    assert page == PastedPage("word/media/image2.png")
    assert isinstance(after, Page)
    assert after.text == "图片之后的文字。"


@pytest.mark.parametrize(("width", "height"), [(415, 311), (200, 283)])
def test_photographs_and_half_pages_are_no_pages(
    tmp_path: Path, width: float, height: float
) -> None:
    document = docx.Document()
    titled(document, "现场照片")
    pasted(document, tmp_path / "照片.png", width=width, height=height)
    document.save(path := tmp_path / "照片.docx")
    (page,) = read(path)
    assert [mark.kind for mark in page.marks] == [MarkKind.IMAGE]


def test_headers_and_footers_are_noted_and_a_number_among_them_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    titled(document, "立案登记表")
    document.add_paragraph("样例运输有限公司一案。")
    section = document.sections[0]
    section.header.paragraphs[0].text = "样例市样例区交通运输局"
    section.footer.paragraphs[0].text = "案号：样交执〔2024〕18号"
    counting = section.footer.add_paragraph("第 ")
    field = f'<w:fldSimple xmlns:w="{W}" w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    counting._p.append(parse_xml(field))
    document.save(path := tmp_path / "案卷.docx")
    (page,) = read(path)
    assert page.note == "页眉页脚：案号：样交执〔2024〕18号；样例市样例区交通运输局"
    assert [line.text for line in page.lines][-1] == "案号：样交执〔2024〕18号"
    assert "样例区交通运输局" not in page.text


def test_a_picture_outside_the_file_is_never_fetched(tmp_path: Path) -> None:
    document = docx.Document()
    pasted(document, tmp_path / "大.png", width=415, height=587)
    document.save(path := tmp_path / "案卷.docx")
    outside = tmp_path / "外部.docx"
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(outside, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name.endswith("document.xml.rels"):
                data = data.replace(
                    b'Target="media/image1.png"',
                    b'Target="file:///etc/image1.png" TargetMode="External"',
                )
            made.writestr(name, data)
    (page,) = read(outside)
    assert [mark.kind for mark in page.marks] == [MarkKind.IMAGE]


def test_a_body_that_does_not_inflate_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("样例运输有限公司一案。" * 40)
    document.save(path := tmp_path / "案卷.docx")
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("word/document.xml").header_offset
    data = bytearray(path.read_bytes())
    begin = place + 30 + int.from_bytes(data[place + 26 : place + 28], "little")
    data[begin : begin + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))
    with pytest.raises(DamagedFile):
        read(path)
