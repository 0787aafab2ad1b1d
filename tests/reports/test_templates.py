"""Templates of letters: filled, charts put in, and everything dangerous or unknown refused."""

import io
import zipfile

import pytest
from docx import Document

from review.errors import BadTemplate
from review.reports import template
from review.reports.charts import CONTENT_TYPE, Chart, Series, chart_xml
from review.reports.default_templates import DEFAULTS, KIND_WORDS, default_template
from review.reports.masking import mask, mask_text, masked_name
from review.reports.sample_letters import sample_letter


def text_of(raw):
    document = Document(io.BytesIO(raw))
    parts = [each.text for each in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def made(*paragraphs):
    document = Document()
    for each in paragraphs:
        document.add_paragraph(each)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def check(raw, kind="opinion"):
    letter = sample_letter(kind)
    template.check(raw, "模板.docx", letter.context, letter.charts)


@pytest.mark.parametrize("kind", DEFAULTS)
def test_every_template_of_the_product_works_and_leaves_no_field(kind):
    letter = sample_letter(kind)
    check(default_template(kind), kind)
    raw = template.render(default_template(kind), letter.context, letter.charts)
    text = text_of(raw)
    assert "{" not in text
    assert "⟦" not in text
    assert raw == template.render(default_template(kind), letter.context, letter.charts)
    assert kind in KIND_WORDS


def test_charts_are_parts_of_the_document():
    letter = sample_letter("circular")
    raw = template.render(default_template("circular"), letter.context, letter.charts)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        charts = [name for name in archive.namelist() if name.startswith("word/charts/")]
        assert CONTENT_TYPE in archive.read("[Content_Types].xml").decode()
    assert len(charts) == len([each for each in letter.charts.values() if not each.is_empty])


def test_a_gap_in_a_chart_stays_a_gap():
    xml = chart_xml(Chart("线", "lines", ("一", "二"), (Series("甲<乙", (None, 3)),)))
    assert xml.count('<c:pt idx="0"><c:v>') == 2  # the name of the series and the first category
    assert "甲&lt;乙" in xml


def test_values_are_escaped():
    letter = sample_letter("opinion")
    context = {**letter.context, "summary": "<w:t>& {{ unit }}"}
    raw = template.render(default_template("opinion"), context)
    assert "<w:t>& {{ unit }}" in text_of(raw)


@pytest.mark.parametrize(
    "field",
    [
        "{{ nobody }}",
        "{{ unit.__class__ }}",
        "{{ unit.__class__.__mro__ }}",
        "{{ ''.__class__.__subclasses__() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 2 ** 99999999 }}",
        "{{ '%99999999d' % 1 }}",
        "{{ unit|center(999999999) }}",
        "{{ range(9) }}",
        "".join(f"{{% for {each} in problems %}}" for each in "abcd") + "x" + "{% endfor %}" * 4,
        "{% if %}",
        "{{ unit",
        "{% include 'x' %}",
        "{% import 'os' as os %}",
    ],
)
def test_what_a_template_may_not_do_is_refused(field):
    with pytest.raises(BadTemplate) as refused:
        check(made(field))
    assert "模板.docx" in refused.value.text("zh")


def test_a_changed_wording_is_taken():
    check(
        made(
            "致{{ unit }}：得分{{ score }}",
            "{%p for row in problems %}",
            "{{ row.text }}",
            "{%p endfor %}",
        )
    )


@pytest.mark.parametrize("raw", [b"", b"PK", b"hello", b"PK\x03\x04" + b"0" * 40])
def test_no_word_file_is_no_template(raw):
    with pytest.raises(BadTemplate):
        check(raw)


def with_entry(raw, name, content):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(target, "w") as archive:
        for entry in source.infolist():
            archive.writestr(entry, source.read(entry))
        archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/vbaProject.bin", b"x"),
        (
            "word/_rels/more.xml.rels",
            b'<Relationship TargetMode="External" Target="http://x.invalid"/>',
        ),
    ],
)
def test_macros_and_outside_content_are_refused(name, content):
    with pytest.raises(BadTemplate):
        check(with_entry(made("{{ unit }}"), name, content))


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张某"),
        ("欧阳小明", "欧某某某"),
        ("样例运输有限公司", "某有限公司"),
        ("", ""),
        ("甲公司", "某公司"),
        ("样例市交通运输综合行政执法大队", "某大队"),
        ("样例区交通运输局", "某局"),
        ("赵大局", "赵某某"),
    ],
)
def test_names_are_masked(name, masked):
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    "secret",
    [
        "320101199001011234",
        "32010119900101123X",
        "13912345678",
        "苏A12345",
        "苏AD12345",
        "91320100MA1ABCDE0X",
    ],
)
def test_numbers_and_plates_are_masked_wherever_they_stand(secret):
    shown = mask_text(f"当事人证件{secret}，车辆")
    assert secret not in shown
    assert shown.startswith("当事人证件")


def test_a_whole_context_is_masked_and_nothing_else_changes():
    context = {
        "party": "样例运输有限公司",
        "rows": [{"text": "张三驾驶苏A12345"}],
        "score": "95",
        "n": 3,
    }
    assert mask(context, ["张三", "样例运输有限公司"]) == {
        "party": "某有限公司", "rows": [{"text": "张某驾驶苏A*****"}], "score": "95", "n": 3
    }  # fmt: skip
