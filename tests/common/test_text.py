"""Folding, squeezing and comparing of printed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.common.text import fold, label, paired, plain, same_number, squeeze, wide_brackets


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="苏D5 8\u3000案号：（）12年\n", max_size=80))
def test_every_character_that_is_left_says_where_it_stood(text):
    squeezed = squeeze(text)
    assert len(squeezed.text) == len(squeezed.offsets)
    assert list(squeezed.offsets) == sorted(set(squeezed.offsets))
    folded = fold(text)
    for character, offset in zip(squeezed.text, squeezed.offsets, strict=True):
        assert character == folded[offset] or (character == " " and folded[offset].isspace())


def test_the_range_of_a_squeezed_word_holds_the_printed_one():
    squeezed = squeeze("湘 M03926 号 车")
    at = squeezed.text.index("湘M03926")
    assert squeezed.source(at, at + len("湘M03926")) == (0, 8)


@pytest.mark.parametrize(
    ("printed", "squeezed"),
    [
        ("第二十 七条", "第二十七条"),
        ("案　号：苏交〔2025〕3 号", "案号:苏交[2025]3号"),
        ("2025-09-29 09:33", "2025-09-29 09:33"),
        ("13800000560 0320839174", "13800000560 0320839174"),
        ("ＳＣＳ－１００", "SCS-100"),
    ],
)
def test_layout_spaces_go_and_numbers_stay_apart(printed, squeezed):
    assert squeeze(printed).text == squeezed


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("案　号：", "案号"),
        ("当事人（姓名）", "当事人"),
        ("车（船）号", "车号"),
        ("收件人签名（盖章）及收件日期", "收件人签名及收件日期"),
        ("当事人（签名）：", "当事人签名"),
        ("执法人员(签字或盖章)", "执法人员签名"),
    ],
)
def test_labels_are_keys_without_remarks_but_a_signature_stays_one(printed, key):
    assert label(printed) == key


def test_numbers_of_papers_are_the_same_whatever_the_brackets():
    assert same_number("苏交罚〔2023〕第12号", "苏交罚[2023]12号")
    assert not same_number("苏交罚〔2023〕12号", "苏交罚〔2023〕21号")


def test_plain_keeps_letters_and_digits_only():
    assert plain("《行政处罚决定书》（苏D·12345）") == "行政处罚决定书苏D12345"


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("样交罚〔2024]12号", "样交罚〔2024〕12号"),
        ("样交罚[2024〕12号", "样交罚[2024]12号"),
        ("第（二)项", "第（二）项"),
        ("第(二）项", "第(二)项"),
        ("一）二〕", "一）二〕"),
        ("〔（一)]", "〔（一）〕"),
    ],
)
def test_a_closing_bracket_takes_the_kind_of_its_opening_one(recognised, meant):
    assert paired(recognised) == meant


def test_round_brackets_of_a_recognised_citation_are_wide():
    assert wide_brackets("第(二）项") == "第（二）项"
