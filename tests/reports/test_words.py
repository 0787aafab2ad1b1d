"""Words of documents: dates, numbers, citations; and durable writing."""

import errno
from datetime import date
from decimal import Decimal

import pytest

from review.errors import DatabaseFull
from review.law.in_force import law_in_force
from review.reports import durable
from review.reports.durable import write_durably
from review.reports.words import citation_text, citations_text, clean, long_date, number, yuan


def test_dates_and_numbers() -> None:
    assert long_date(date(2026, 3, 5), "zh") == "2026年3月5日"
    assert long_date(date(2026, 3, 5), "en") == "5 March 2026"
    assert long_date(None, "zh") == ""
    assert [number(Decimal(text)) for text in ("97.50", "100", "0.0", "1E+2")] == [
        "97.5", "100", "0", "100",
    ]  # fmt: skip
    assert (yuan(Decimal("4500.00"), "zh"), yuan(Decimal("1234567.5"), "en")) == (
        "4,500 元",
        "1,234,567.50 yuan",
    )
    assert yuan(None, "zh") == "—"


def test_citations() -> None:
    law = law_in_force()
    assert citation_text("administrative-penalty-law#art-60", law, "zh") == "《行政处罚法》第六十条"
    assert citation_text("administrative-penalty-law/2021-07-15#art-33-para-1", law, "zh") == (
        "《行政处罚法》第三十三条第一款"
    )
    assert citation_text("disclosure-guideline-2018-118", law, "zh") == "国办发〔2018〕118号"
    assert citation_text("某地方规定第三条", law, "zh") == "某地方规定第三条"
    assert citation_text("unknown-law#art-3", law, "zh") == "unknown-law#art-3"


def test_articles_of_one_law_are_joined() -> None:
    law = law_in_force()
    sources = [
        "administrative-penalty-law#art-57",
        "administrative-penalty-law#art-58",
        "administrative-compulsion-law#art-18",
        "disclosure-guideline-2018-118",
    ]
    assert citations_text(sources, law, "zh") == (
        "《行政处罚法》第五十七条、第五十八条；《行政强制法》第十八条；国办发〔2018〕118号"
    )
    assert citations_text(sources[:2], law, "en") == "Administrative Penalty Law, art. 57, art. 58"
    assert citations_text([], law, "zh") == ""


def test_characters_that_xml_has_no_place_for() -> None:
    assert clean("a\x00\x0b\ud800\uffffb\tc\n") == "a\ufffd\ufffd\ufffd\ufffdb\tc\n"


def test_a_document_is_written_whole(tmp_path) -> None:
    target = tmp_path / "清单.docx"
    write_durably(target, b"old")
    write_durably(target, b"new")
    assert target.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["清单.docx"]


def test_a_full_disk_leaves_the_old_document(tmp_path, monkeypatch) -> None:
    target = tmp_path / "清单.docx"
    write_durably(target, b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(durable.os, "fsync", full)
    with pytest.raises(DatabaseFull):
        write_durably(target, b"new")
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1
