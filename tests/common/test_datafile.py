"""Data files are read by the parser in C; what it cannot say, the one in Python says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from review.common.datafile import parse_data_file
from review.errors import BadDataFile

NAME = Path("sample.yaml")
SHIPPED = Path(__file__).parents[2] / "checklists" / "penalty-waived" / "2026-01-01.yaml"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)


def slowly(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> object:
    """The content and the lines, as the parser in Python reads them."""
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    read = parse_data_file(NAME, raw)
    monkeypatch.undo()
    return read.content, read.lines


def quickly(raw: bytes) -> object:
    read = parse_data_file(NAME, raw)
    return read.content, read.lines


def said(read: Callable[[], object]) -> object:
    """What was read, or why it was refused."""
    try:
        return read()
    except BadDataFile as refused:
        return refused.text("en")


def test_both_parsers_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = SHIPPED.read_bytes()[:3000].rpartition(b"\n  - id:")[0]
    assert quickly(raw) == slowly(raw, monkeypatch)


@settings(max_examples=25)
@given(st.dictionaries(TEXTS, st.one_of(TEXTS, st.integers(), st.lists(TEXTS, max_size=3))))
def test_both_parsers_read_the_same_of_any_table(content: dict[str, object]) -> None:
    raw = yaml.safe_dump(content, allow_unicode=True).encode()
    with pytest.MonkeyPatch.context() as patch:
        expected = said(lambda: slowly(raw, patch))
    assert said(lambda: quickly(raw)) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"a: [1, 2\n",
        b"a: b: c\n",
        b"x: &one 1\ny: *one\n",
        b"a: *nobody\n",
        b"a: 'open\n",
        b"a: 1\n---\nb: 2\n",
        b"- a\n",
        b"",
        b"a: \x07\n",
    ],
)
def test_what_is_wrong_is_said_as_the_parser_in_python_says_it(
    raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = said(lambda: quickly(raw))
    assert isinstance(refused, str)
    assert refused == said(lambda: slowly(raw, monkeypatch))


def test_a_text_nested_without_end_is_refused() -> None:
    with pytest.raises(BadDataFile, match="nested too deeply"):
        parse_data_file(NAME, b"a: " + b"[" * 101 + b"]" * 101)
