"""Labels and values, however a form lays them out."""

from __future__ import annotations

import pytest

from review.documents.model import Block, Box, CellPlace, Document, Line, Page
from review.facts.fields import Form
from review.facts.labels import canonical
from review.facts.paper import Paper
from tests.facts.papers import Sheet, paper

LABELS = frozenset({"案号", "当事人", "住址", "联系电话", "负责人审批意见", "立案日期", "送达方式"})


def read(sheet: Sheet, kind: str = "立案登记表") -> dict[str, str]:
    form = Form(Paper(paper(kind, sheet), 0))
    return {entry.label: form.text(entry) for entry in form.entries if entry.label in LABELS}


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(["案　号", "样交罚〔2024〕3号"], ["当事人|（姓名）", "张样例"]),
        Sheet().form(["案号", "样交罚〔2024〕3号", "当事人", "张样例"]),
        Sheet().form(["案号", "当事人", "住址"], ["样交罚〔2024〕3号", "张样例", "样例路1号"]),
        Sheet().text("案号：样交罚〔2024〕3号", "当事人：张样例"),
        Sheet().text("案号：样交罚〔2024〕3号　　当事人：张样例"),
        Sheet().text("案号   样交罚〔2024〕3号", "当事人   张样例"),
        Sheet().text("案号：", "样交罚〔2024〕3号", "当事人：", "张样例"),
        Sheet().text("一、案 号：样交罚〔2024〕3号", "二、当 事 人：张样例"),
        Sheet().text("案号|样交罚〔2024〕3号|当事人|张样例"),
    ],
    ids=[
        "ruled",
        "four columns",
        "labels above",
        "colons",
        "one line",
        "gaps",
        "next line",
        "numbered",
        "one block",
    ],
)
def test_the_same_values_in_every_layout(sheet):
    values = read(sheet)
    assert values["案号"] == "样交罚[2024]3号"
    assert values["当事人"] == "张样例"


def test_a_blank_cell_is_a_blank_value():
    values = read(Sheet().form(["联系电话", "", "住址", "样例路1号"], ["立案日期", ""]))
    assert values == {"联系电话": "", "住址": "样例路1号", "立案日期": ""}


def test_a_label_over_several_rows_takes_each_row():
    def cell(text: str, row: int, column: int, span: int = 1) -> Block:
        line = Line(
            text,
            Box(72 + 100 * column, 60 + 20 * row, 150 + 100 * column, 76 + 20 * row),
            1.0,
            "text-layer",
        )
        return Block((line,), CellPlace(0, row, column, span))

    page = Page(
        "样例.pdf",
        1,
        595,
        842,
        (cell("执法人员", 0, 0, 2), cell("张样例", 0, 1), cell("李样例", 1, 1)),
    )
    form = Form(Paper(Document("现场笔录", "现场笔录", "样例.pdf", (page,), 1.0, "样例"), 0))
    assert [form.text(entry) for entry in form.find({"执法人员"})] == ["张样例", "李样例"]


def test_a_value_beside_its_label_on_the_page_is_found():
    def line(text: str, left: float, top: float) -> Block:
        return Block(
            (Line(text, Box(left, top, left + 12 * len(text), top + 12), 1.0, "text-layer"),)
        )

    page = Page(
        "样例.pdf",
        1,
        595,
        842,
        (
            line("案号", 72, 60),
            line("当事人", 72, 90),
            line("样交罚〔2024〕3号", 200, 60),
            line("张样例", 200, 90),
        ),
    )
    form = Form(Paper(Document("卷宗封面", "封面", "样例.pdf", (page,), 1.0, "样例"), 0))
    assert {entry.label: form.text(entry) for entry in form.entries} == {
        "案号": "样交罚[2024]3号",
        "当事人": "张样例",
    }


def test_lines_of_a_scanned_slip_without_gaps_are_told_apart():
    sheet = Sheet(confidence=0.97).text(
        "票据号码1149997690|交款人样例运输有限公司|开票日期2023-04-04"
    )
    form = Form(Paper(paper("罚款票据", sheet), 0))
    assert {entry.label: form.text(entry) for entry in form.entries} == {
        "票据号码": "1149997690",
        "交款人": "样例运输有限公司",
        "开票日期": "2023-04-04",
    }


def test_a_sentence_that_begins_with_a_label_is_no_field():
    sheet = Sheet().text(
        "执法人员引导车辆上秤称重，现场打印称重单一份交驾驶员核对|签名，随后责令卸载。"
    )
    form = Form(Paper(paper("现场笔录", sheet), 0))
    assert list(form.find({"执法人员"})) == []


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        ("样例市交通运输局负责人意见", "负责人审批意见"),
        ("局分管领导审批意见", "负责人审批意见"),
        ("承办大队负责人意见", "承办机构意见"),
        ("法制监督科审核意见", "法制审核意见"),
        ("执法人员及证号", "执法人员"),
        ("样例", None),
        ("证人意见书", None),
    ],
)
def test_unknown_labels_of_opinions_are_told_by_their_ends(name, stands_for):
    assert canonical(name) == stands_for


def test_a_label_with_one_character_misread_is_known_in_a_scan_alone():
    def entries(label: str, confidence: float) -> list[tuple[str, str]]:
        sheet = Sheet(confidence=confidence).form([label, "2025-05-19"])
        form = Form(Paper(paper("公示截图", sheet), 0))
        return [(entry.label, form.text(entry)) for entry in form.entries]

    assert entries("公示白期", 0.9) == [("公示日期", "2025-05-19")]
    assert entries("公示白期", 1.0) == []
    assert entries("白期", 0.9) == []
