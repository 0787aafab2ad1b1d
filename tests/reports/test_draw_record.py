"""The draw record on paper: everything to repeat the draw, and every change of it is found."""

import io
from datetime import date

import pytest
from docx import Document

from review.errors import DrawNotPossible
from review.planning.sampling import Candidate, replace_one
from review.planning.two_numbers import Entry, Proof, commitment, faults, frozen, seed_of
from review.reports.draw_record import DrawRecordContent, draw_record_docx, read_draw_record

POPULATION = [
    Candidate(f"样例罚[2023]{n}", ("ordinary", "summary")[n % 2], f"{'一二'[n % 2]}中队")
    for n in range(1, 13)
]


def content(**rules):
    kept = frozen(
        POPULATION,
        **(
            {
                "size": 4,
                "quotas": {"summary": 2},
                "must_include": [POPULATION[0].key],
                "exclude": {POPULATION[2].key: "诉讼中"},
            }
            | rules
        ),
    )
    numbers = ("271828", "314159")
    record = kept.draw(seed_of(kept.sha256, numbers))
    record = replace_one(record, record.keys[-1], "调不到案卷")
    entries = tuple(
        Entry(
            place,
            f"样例{place}（s{place}）",
            number,
            "ab" * 16,
            commitment(kept.sha256, place, number, "ab" * 16),
            "2026-03-02T09:00:00+08:00",
        )
        for place, number in enumerate(numbers, 1)
    )
    return DrawRecordContent(
        round_title="样例第一轮",
        issuer="样例法规科",
        record=record,
        proof=Proof(kept.sha256, entries),
        causes={},
        drawn_on=date(2026, 3, 2),
        drawn_at="2026-03-02 09:00",
        drawn_by="样例",
    )


def test_the_paper_gives_the_record_back():
    for made in (content(), content(quotas=None, must_include=(), exclude=None)):
        record, proof = read_draw_record(draw_record_docx(made))
        assert record == made.record
        assert proof == made.proof
        assert faults(record, proof) == ()


def changed(raw, old, new):
    """The paper with a cell's text changed, as somebody might in Word."""
    document = Document(io.BytesIO(raw))
    count = 0
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    if paragraph.text == old:
                        for run in paragraph.runs[1:]:
                            run.text = ""
                        paragraph.runs[0].text = new
                        count += 1
    assert count
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("样例罚[2023]5", "样例罚[2023]55", "list"),
        ("简易程序 2", "简易程序 1", "rules"),
        ("必抽", "", "rules"),
        ("排除：诉讼中", "排除：复议中", "rules"),
        ("数字：271828", "数字：271829", "number"),
        ("填写人：样例2（s2）", "填写人：样例1（s1）", "people"),
        ("调不到案卷", "", "result"),
    ],
)
def test_a_changed_paper_is_found(old, new, key):
    raw = draw_record_docx(content())
    try:
        record, proof = read_draw_record(changed(raw, old, new))
    except DrawNotPossible:  # a mark that stands in two tables no longer fits either
        assert key == "rules"
        return
    assert key in {each.key for each in faults(record, proof)}


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04nothing", b"no word document"])
def test_another_file_is_no_record(raw):
    with pytest.raises(DrawNotPossible):
        read_draw_record(raw)


def test_another_word_document_is_no_record():
    target = io.BytesIO()
    Document().save(target)
    with pytest.raises(DrawNotPossible):
        read_draw_record(target.getvalue())
