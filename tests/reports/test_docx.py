"""The Word documents: what stands in them, on what page, in which fonts; the same every time."""

import io
import zipfile
from datetime import date
from functools import cache
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from review.reports.docx import rectification_docx
from review.reports.score_sheet import score_sheet_docx
from tests.reports.contents import list_content, sheet_content

BODY = "仿宋_GB2312"


@cache
def sheet(language: str = "zh") -> docx.document.Document:
    return opened(score_sheet_docx(sheet_content(language)))


def opened(raw: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(raw))


def lines(document: docx.document.Document) -> list[str]:
    return [each.text for each in document.paragraphs if each.text]


def rows(table) -> list[list[str]]:
    found = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1][0]:
                cells.append((cell._tc, cell.text))
        found.append([text for _, text in cells])
    return found


def fonts(run) -> dict[str, str]:
    element = run._r.rPr.find(qn("w:rFonts"))
    return {script: element.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")}


def test_the_letter_says_what_has_to_be_done() -> None:
    assert lines(opened(rectification_docx(list_content()))) == [
        "2026年第二次行政处罚案卷评查",
        "问题整改清单",
        "样例市交通运输综合行政执法大队：",
        (
            "2026年第二次行政处罚案卷评查对你单位2026年1月1日至2026年3月31日的案卷进行了评查，"
            "共评查12件，发现问题5项（重大1项、较大1项、一般2项、提示1项）。"
            "现将整改清单印发给你们，请按照以下要求办理。"
        ),
        "一、逐项整改。明确每项问题的责任人和措施，在期限内完成，最迟至2026年7月1日。",
        (
            "二、如实补正。补充更正的材料注明实际形成日期并附补正说明；"
            "原文书不得涂改、替换，签名日期不得补签、倒签。"
        ),
        (
            "三、反馈复查。填写整改情况并附证明材料，经负责人签字、盖章后报送；"
            "复查通过的予以销号，未通过的退回。"
        ),
        "附件：整改清单",
        "样例区交通运输局",
        "2026年6月1日",
        "附件",
        "整改清单",
        (
            "责任单位：样例市交通运输综合行政执法大队　评查轮次：2026年第二次行政处罚案卷评查"
            "　编号：样例交评〔2026〕3号"
        ),
    ]


def test_the_list_has_a_row_for_each_item_and_room_to_sign() -> None:
    (table,) = opened(rectification_docx(list_content())).tables
    found = rows(table)
    assert found[0] == [
        "序号", "案卷", "存在问题", "程度", "依据", "整改措施", "责任人", "整改期限", "状态",
    ]  # fmt: skip
    assert found[1] == [
        "1",
        "样例交执罚〔2026〕0012号",
        "送达及时、方式合法：超过七个工作日；决定书于3月27日作出，4月11日送达",
        "较大",
        "《行政处罚法》第六十一条",
        "书面说明原因，组织办案人员学习有关规定，后续案件落实。",
        "",
        "2026-07-01",
        "待整改",
    ]
    assert [row[3] for row in found[1:6]] == ["较大", "一般", "一般", "重大", "提示"]
    assert found[4][8] == "待整改\n逾期"
    assert found[6] == ["本清单共 5 项"]
    assert found[7] == [
        "责任单位负责人（签字）：\n责任单位（盖章）：\n日期：　　　年　　月　　日",
        "评查人员（签字）：\n评查单位（盖章）：\n日期：　　　年　　月　　日",
    ]


def test_the_page_is_that_of_an_official_document() -> None:
    upright, on_its_side = opened(rectification_docx(list_content())).sections
    assert [round(side.mm) for side in (upright.page_width, upright.page_height)] == [210, 297]
    assert [
        round(margin.mm)
        for margin in (
            upright.top_margin,
            upright.bottom_margin,
            upright.left_margin,
            upright.right_margin,
        )
    ] == [37, 35, 28, 26]
    assert on_its_side.orientation == WD_ORIENT.LANDSCAPE
    assert [round(side.mm) for side in (on_its_side.page_width, on_its_side.page_height)] == [
        297,
        210,
    ]


def test_fonts_are_named_for_every_script_and_sizes_are_the_standard_s() -> None:
    document = opened(rectification_docx(list_content()))
    title, _, _, addressee, opening, first = document.paragraphs[:6]
    assert fonts(title.runs[0]) == dict.fromkeys(("ascii", "hAnsi", "eastAsia"), "方正小标宋简体")
    assert title.runs[0].font.size.pt == 22
    assert title.alignment == 1
    assert fonts(addressee.runs[0])["eastAsia"] == BODY
    assert opening.runs[0].font.size.pt == 16
    assert 28 <= opening.paragraph_format.line_spacing.pt <= 29
    assert opening._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert [fonts(run)["eastAsia"] for run in first.runs] == ["黑体", BODY]


def test_rows_do_not_split_and_the_heading_is_repeated() -> None:
    (table,) = opened(rectification_docx(list_content(rows=40))).tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    for row in table.rows:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_nobody_signs_a_page_without_an_item() -> None:
    (table,) = opened(rectification_docx(list_content(rows=40))).tables
    kept = [
        all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells)
        for row in table.rows
    ]
    assert kept[-4:] == [False, True, True, False]  # an item, the last item, the sum, signatures


def test_lines_break_by_the_rules_of_chinese() -> None:
    document = opened(rectification_docx(list_content()))
    spoken = [each.get(qn("w:eastAsia")) for each in document.styles.element.iter(qn("w:lang"))]
    assert spoken == ["zh-CN"]


def test_page_numbers_stand_outside() -> None:
    document = opened(rectification_docx(list_content()))
    assert document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
        assert (odd.alignment, even.alignment) == (2, 0)
        assert odd.text == "— 1 —"
        assert "PAGE" in odd._p.xml
        assert odd.runs[0].font.size.pt == 14


def test_a_red_head_only_where_it_is_asked_for() -> None:
    plain = rectification_docx(list_content())
    red = opened(rectification_docx(list_content(red_head=True)))
    assert "E60012" not in zipfile.ZipFile(io.BytesIO(plain)).read("word/document.xml").decode()
    assert lines(red)[:2] == ["样例区交通运输局文件", "样例交评〔2026〕3号"]
    assert str(red.paragraphs[0].runs[0].font.color.rgb) == "E60012"


def test_a_list_without_items_says_so() -> None:
    document = opened(rectification_docx(list_content(rows=0)))
    assert rows(document.tables[0])[1:3] == [["没有需要整改的问题"], ["本清单共 0 项"]]
    assert any("发现问题0项。" in line for line in lines(document))


def test_the_english_list_has_english_labels_and_a_latin_font() -> None:
    document = opened(rectification_docx(list_content("en")))
    assert "1 January 2026 to 31 March 2026" in lines(document)[3]
    assert "(1 veto, 1 major, 2 minor, 1 hint)" in lines(document)[3]
    assert rows(document.tables[0])[0][:4] == ["No.", "Case", "Problem", "Weight"]
    assert rows(document.tables[0])[4][8] == "To do\noverdue"
    assert fonts(document.paragraphs[4].runs[0])["ascii"] == "Times New Roman"
    assert fonts(document.paragraphs[4].runs[0])["eastAsia"] == BODY


@pytest.mark.parametrize("make", [list_content, sheet_content])
def test_the_same_content_gives_the_same_bytes(make) -> None:
    write = rectification_docx if make is list_content else score_sheet_docx
    assert write(make()) == write(make())


def test_text_that_xml_cannot_hold_is_marked_and_markup_is_text() -> None:
    content = list_content(rows=1)
    row = content.rows[0]
    nasty = type(row)(
        **{name: getattr(row, name) for name in row.__slots__} | {"problem": "a\x0bb<w:t>&\ud800c"}
    )
    changed = type(content)(
        **{name: getattr(content, name) for name in content.__slots__} | {"rows": (nasty,)}
    )
    raw = rectification_docx(changed)
    assert rows(opened(raw).tables[0])[1][2] == "a\ufffdb<w:t>&\ufffdc"
    ET.fromstring(zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml"))


def test_the_properties_carry_the_day_of_issue() -> None:
    properties = opened(rectification_docx(list_content())).core_properties
    assert properties.created.date() == date(2026, 6, 1)
    assert properties.author == "样例区交通运输局"


def test_the_score_sheet_names_the_case_and_its_result() -> None:
    document = sheet()
    header = rows(document.tables[0])
    assert header[0] == [
        "责任单位",
        "样例市交通运输综合行政执法大队",
        "案号",
        "样例交执罚〔2026〕0012号",
    ]
    assert header[2] == ["承办人", "样例甲、样例乙", "适用程序", "普通程序"]
    assert header[3] == ["罚款金额", "4,500 元", "结案日期", "2026年4月20日"]
    assert header[5] == ["总分", "97.97 / 100", "等次", "待认定否决"]


def test_the_score_sheet_has_a_line_for_every_item_that_concerns_the_case() -> None:
    items = rows(sheet().tables[1])
    assert items[0] == [
        "编号",
        "评查内容",
        "标准分",
        "评查结果",
        "扣分",
        "扣分理由",
        "页码、证据",
        "依据",
    ]
    by_id = {row[0]: row for row in items if len(row) == 8}
    assert len(by_id) == 1 + 85
    assert by_id["PRO-13"] == [
        "PRO-13",
        "决定书送达及时、方式合法",
        "2",
        "部分符合",
        "1",
        "超过七个工作日；第10个工作日才送达",
        "第21、23页",
        "《行政处罚法》第六十一条",
    ]
    assert by_id["EVI-05"][4:6] == ["1", "每缺一项要素 ×2；缺结束时间，当事人未逐页签名"]
    assert by_id["BAS-07"][2:5] == ["否决项", "不符合", ""]
    assert by_id["PRO-16"][3] == "不适用"
    assert ["程序　得分 23.5 / 24.5"] in items
    assert not any(item_id.startswith("HEA") for item_id in by_id)


def test_the_score_sheet_ends_with_dimensions_veto_and_signatures() -> None:
    _, _, dimensions, conclusion = sheet().tables
    found = rows(dimensions)
    assert ["实体", "18", "0", "18", "证据", "18", "1", "17"] in found
    assert ["归档", "5", "0", "5", "三项制度", "16", "0", "16"] in found
    texts = dict(row for row in rows(conclusion) if len(row) == 2)
    assert (
        texts["否决项"] == "已提出，待他人复核和合议确认：BAS-07 作出决定前依法告知并听取陈述申辩"
    )
    assert texts["总体评价"] == "案卷总体规范，告知环节须补充说明。"
    assert "评查人员 A（样例评查一）签字：" in texts["签字"]
    assert "提交日期：2026年5月20日" in texts["签字"]
    assert "提交日期：未提交" in texts["签字"]
    assert conclusion.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_english_score_sheet_uses_the_edition_s_english() -> None:
    items = rows(sheet("en").tables[1])
    by_id = {row[0]: row for row in items if len(row) == 8}
    assert by_id["PRO-13"][1] == "Service in time and lawful"
    assert by_id["PRO-13"][3] == "Partly met"
    assert by_id["PRO-13"][7] == "Administrative Penalty Law, art. 61"
