"""Pages into documents: titles, continuations, the index, file names, copies, blank backs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.documents.model import Block, Box, Line, Mark, MarkKind, Page, PageStatus
from review.documents.split import split
from tests.documents import papers
from tests.documents.papers import Draw, Style
from tests.documents.test_text_pages import read

STYLES = {
    "plain": Style(),
    "no agency, spaced": Style(agency=False, spaced=True, rulings="lines", number="第{}页"),
    "thin fills, running head": Style(
        rulings="fills", number="- {} -", running_head="行政处罚案卷"
    ),
    "left, unruled": Style(rulings="none", centred=False, title_size=16),
    "small titles": Style(title_size=11.5, rulings="lines"),
}


def outline(
    tmp_path: Path, pages: list[Draw], name: str = "样例.pdf"
) -> list[tuple[str, int, int]]:
    found = []
    for document in split(read(papers.bound(tmp_path / name, pages))):
        assert document.page_range is not None
        found.append((document.kind, *document.page_range))
    return found


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_case_file_is_split_whatever_its_style(tmp_path: Path, style: Style) -> None:
    entries = [
        ("立案登记表", "1"),
        ("询问笔录", "2-3"),
        ("身份证", "4"),
        ("行政处罚事先告知书", "5"),
    ]
    pages = [
        papers.paper("交通运输行政处罚案卷", style),
        papers.index(entries, style),
        papers.paper("立案登记表", style, number=1),
        papers.paper("询问笔录", style, number=2),
        papers.going_on(style, 3),
        papers.copy_of("证据材料", ["中华人民共和国居民身份证（样例）", "姓名 张三样"], style, 4),
        papers.paper("行政处罚事先告知书", style, number=5, seal=True),
        papers.paper("送达回证", style, number=6),
        papers.paper("送达回证", style, number=7),
        papers.blank,
        papers.paper("结案报告", style),
        papers.paper("卷内备考表", style),
    ]
    assert outline(tmp_path, pages) == [
        ("卷宗封面", 1, 1),
        ("卷内目录", 2, 2),
        ("立案登记表", 3, 3),
        ("询问笔录", 4, 5),
        ("身份证复印件", 6, 6),
        ("违法行为通知书", 7, 7),
        ("送达回证", 8, 8),
        ("送达回证", 9, 10),
        ("结案报告", 11, 11),
        ("备考表", 12, 12),
    ]


@pytest.mark.parametrize("name", ["询问笔录", "当事人询问笔录（样例）"])
@pytest.mark.parametrize("listed", ["3", "5", "6"])
def test_a_wrong_page_in_the_index_cuts_no_paper_in_two(
    tmp_path: Path, listed: str, name: str
) -> None:
    style = Style()
    entries = [("立案登记表", "1"), (name, listed), ("案件调查报告", "4"), ("结案报告", "7")]
    pages = [
        papers.index(entries, style),
        papers.paper("立案登记表", style, number=1),
        papers.paper("询问笔录", style, number=2),
        papers.going_on(style, 3),
        papers.paper("案件调查报告", style, number=4),
        papers.going_on(style, 5),
        papers.going_on(style, 6),
        papers.paper("结案报告", style, number=7),
    ]
    assert outline(tmp_path, pages) == [
        ("卷内目录", 1, 1),
        ("立案登记表", 2, 2),
        ("询问笔录", 3, 4),
        ("案件调查报告", 5, 7),
        ("结案报告", 8, 8),
    ]


def test_a_page_that_says_second_of_two_goes_on_under_its_own_title(tmp_path: Path) -> None:
    style = Style(number="第{}页 共2页")
    pages = [papers.paper("询问笔录", style, number=1), papers.paper("询问笔录", style, number=2)]
    assert outline(tmp_path, pages) == [("询问笔录", 1, 2)]


def test_numbers_that_count_through_the_file_join_nothing(tmp_path: Path) -> None:
    style = Style(number="第{}页 共5页")
    titles = ["立案登记表", "送达回证", "送达回证", "询问笔录", "结案报告"]
    pages = [papers.paper(title, style, number=at) for at, title in enumerate(titles, 1)]
    assert outline(tmp_path, pages) == [(t, at, at) for at, t in enumerate(titles, 1)]


def test_two_records_with_titles_of_their_own_stay_apart(tmp_path: Path) -> None:
    pages = [papers.paper("询问笔录", Style())] * 2
    assert outline(tmp_path, pages) == [("询问笔录", 1, 1), ("询问笔录", 2, 2)]


def test_a_mention_in_running_text_begins_nothing(tmp_path: Path) -> None:
    text = "本机关已经依法向你送达违法行为通知书，并制作了送达回证和询问笔录，当事人没有异议。"
    pages = [papers.paper("行政处罚决定书", Style(), body=(text,)), papers.going_on(Style())]
    assert outline(tmp_path, pages) == [("行政处罚决定书", 1, 2)]


def test_the_index_tells_where_a_paper_without_a_title_begins(tmp_path: Path) -> None:
    style = Style()
    pages = [
        papers.index([("现场笔录", "1"), ("称重检测单", "2"), ("结案报告", "3")], style),
        papers.paper("现场笔录", style, number=1),
        papers.going_on(style, 2),
        papers.paper("结案报告", style, number=3),
    ]
    assert outline(tmp_path, pages) == [
        ("卷内目录", 1, 1),
        ("现场笔录", 2, 2),
        ("称重检测单", 3, 3),
        ("结案报告", 4, 4),
    ]


def test_a_title_nobody_knows_is_a_paper_of_its_own_and_not_sure(tmp_path: Path) -> None:
    pages = [
        papers.paper("现场笔录", Style()),
        papers.paper("车辆装载情况核算书", Style(agency=False)),
    ]
    documents = split(read(papers.bound(tmp_path / "a.pdf", pages)))
    assert [document.kind for document in documents] == ["现场笔录", "其他"]
    assert documents[1].title == "车辆装载情况核算书"
    assert not documents[1].is_clear
    assert documents[0].is_clear


def test_a_file_name_names_what_the_page_does_not(tmp_path: Path) -> None:
    path = papers.bound(tmp_path / "05、送达地址确认书.pdf", [papers.going_on(Style())])
    (document,) = split(read(path))
    assert document.kind == "送达地址确认书"
    assert document.confidence >= 0.6


def test_the_page_wins_over_the_file_name(tmp_path: Path) -> None:
    path = papers.bound(tmp_path / "05、送达回证.pdf", [papers.paper("授权委托书", Style())])
    (document,) = split(read(path))
    assert document.kind == "授权委托书"


def test_a_page_nobody_can_name_is_not_sure(tmp_path: Path) -> None:
    (document,) = split(read(papers.bound(tmp_path / "0001.pdf", [papers.going_on(Style())])))
    assert document.kind == "其他"
    assert not document.is_clear


# --- pages made by hand ---------------------------------------------------------------------------


def page(source: str, number: int, *texts: str, status: PageStatus = PageStatus.READ) -> Page:
    blocks = tuple(
        Block((Line(text, Box(200, 60 + 40 * row, 395, 80 + 40 * row), 1.0, "text-layer"),))
        for row, text in enumerate(texts)
    )
    return Page(source, number, 595, 842, blocks, status=status)


def test_single_pictures_of_pages_are_put_together() -> None:
    pages = [
        page("扫描/001.jpg", 1, "行政处罚决定书", "样例"),
        page("扫描/002.jpg", 1, "限期缴纳罚款，逾期加处。"),
        page("扫描/003.jpg", 1, "送达回证", "样例"),
    ]
    first, second = split(pages)
    assert [p.source for p in first.pages] == ["扫描/001.jpg", "扫描/002.jpg"]
    assert (first.source, first.page_range) == ("扫描/001.jpg", (1, 1))
    assert second.kind == "送达回证"


EXCERPT = (
    "当事人：样例运输有限公司，统一社会信用代码：91990000MA00000X0A。",
    "2024年1月2日检查发现未取得许可从事经营，违反《样例条例》第十条第一款。",
    "2024年1月9日送达《行政处罚事先告知书》，逾期未陈述、申辩。",
)


def test_an_excerpt_of_a_decision_alone_gives_its_facts_but_is_not_sure() -> None:
    (alone,) = split([page("摘录.docx", 1, *EXCERPT)])
    assert alone.kind == "行政处罚决定书"
    assert not alone.is_clear
    (other,) = split([page("摘录.docx", 1, "关于样例设备采购的说明，共三台。")])
    assert other.kind == "其他"


def test_an_excerpt_beside_other_papers_is_no_decision() -> None:
    documents = split([page("a.docx", 1, *EXCERPT), page("b.docx", 1, "其他内容")])
    assert "行政处罚决定书" not in {document.kind for document in documents}


def test_papers_of_different_files_are_never_joined() -> None:
    pages = [page("a.pdf", 1, "行政处罚决定书"), page("b.pdf", 1, "限期缴纳罚款，逾期加处。")]
    assert [document.source for document in split(pages)] == ["a.pdf", "b.pdf"]


def test_a_picture_page_after_a_form_is_evidence_of_its_own() -> None:
    photo = Page(
        "a.pdf", 2, 595, 842, (), marks=(Mark(MarkKind.IMAGE, Box(80, 80, 520, 700), 0.9),)
    )
    first, second = split([page("a.pdf", 1, "立案登记表"), photo])
    assert (first.kind, second.kind) == ("立案登记表", "证据材料")
    assert not second.is_clear


@pytest.mark.parametrize(
    "rows",
    [
        ("二十一 备考表 26",),
        ("20. 罚没款收据 24", "21. 案件结案报告 25-26"),
        ("二十、听证申请书 24", "二十一、听证报告书 25", "-3-"),
        (*(f"{n} 听证笔录 {n}" for n in range(21, 27)), "34", "三十 备考表"),
    ],
)
def test_an_index_goes_on_where_a_page_holds_its_rows_alone(rows: tuple[str, ...]) -> None:
    index = page("a.pdf", 1, "目 录", "一 行政处罚决定书 4", "二 送达回证 5")
    documents = split([index, page("a.pdf", 2, *rows), page("a.pdf", 3, "行政处罚决定书")])
    assert [each.kind for each in documents] == ["卷内目录", "行政处罚决定书"]


texts = st.sampled_from(
    [
        "行政处罚决定书",
        "送达回证",
        "询问笔录",
        "样例",
        "继续写下去的一行文字。",
        "卷内目录",
        "证据材料",
        "",
    ]
)
sources = st.sampled_from(["a.pdf", "b.pdf", "c.jpg", "d.jpg"])
statuses = st.sampled_from(list(PageStatus))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(sources, st.lists(texts, max_size=3), statuses), max_size=12))
def test_every_page_is_in_exactly_one_document(
    rows: list[tuple[str, list[str], PageStatus]],
) -> None:
    rows.sort(key=lambda row: row[0])
    pages = [
        page(source, count, *lines, status=status)
        for count, (source, lines, status) in enumerate(rows, 1)
    ]
    documents = split(pages)
    assert [p for document in documents for p in document.pages] == pages
    assert all(0 <= document.confidence <= 1 and document.reason for document in documents)
