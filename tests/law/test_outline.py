"""From the text of a law to its articles, paragraphs and items; what looks odd is said."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from review.law import outline
from review.law.outline import outline_of, read_text


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("第一条 甲。\n第二条 乙。", []),
        ("第一条 甲。\n第三条 乙。", ["缺少第2条"]),
        ("第一条 甲。\n第四条 乙。", ["缺少第2—3条"]),
        ("第二条 甲。", ["缺少第1条"]),
        ("第三条 甲。", ["缺少第1—2条"]),
        ("第一条 甲。\n第一条 乙。\n第二条 丙。", ["第1条出现两次，只取第一次"]),
        ("第一条 甲。\n第一条所称乙。", []),
    ],
)
def test_skipped_and_double_articles_are_told(text: str, doubts: list[str]) -> None:
    assert [zh for zh, _ in read_text(text).doubts] == doubts


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("第一条 甲。\n第二条乙。", ["1", "2"]),
        ("第一条 甲。\n第三条乙。", ["1"]),
        ("第一条 甲。\n第二条规定的情形。", ["1"]),
        ("第一条 甲。\n第一条之一乙。", ["1", "1.1"]),
        ("第一条 甲。\n第三条之一乙。", ["1"]),
        ("第一条 甲。\n第一条之一的规定除外。", ["1"]),
        ("第一条 甲。\n第二条：乙。", ["1", "2"]),
        ("第一条 甲。\n第一条之一　乙。\n第二条 丙。", ["1", "1.1", "2"]),
    ],
)
def test_a_sentence_that_cites_an_article_opens_none(text: str, articles: list[str]) -> None:
    assert list(outline_of(text)) == articles


def test_paragraphs_items_and_headings() -> None:
    text = "# 样例\n第一章 总则\n第一条 甲：\n（一）乙；\n（二）丙。\n丁。\n\n第二章 附则\n散句。\n第二条\n戊。"
    found = read_text(text)
    assert found.structure == {"1": [2, 0], "2": [0, 0]}
    assert found.wording == {"1": "甲：\n（一）乙；\n（二）丙。\n丁。", "2": "戊。"}
    assert found.doubts == ()


def test_what_stands_before_the_first_and_under_a_double_article_is_no_text() -> None:
    found = read_text("（2020年公布）\n第一条 甲。\n第一条 乙。\n丙。")
    assert found.wording == {"1": "甲。"}
    assert found.structure == {"1": [0]}


def test_the_module_prints_the_structure_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "law.md"
    path.write_text("第一条 甲。\n第二条 乙。", "utf-8")
    monkeypatch.setattr("sys.argv", ["outline", str(path)])
    runpy.run_path(str(Path(outline.__file__)), run_name="__main__")
    assert capsys.readouterr().out == 'structure:\n  "1": "0"\n  "2": "0"\n'
