"""The templates that the product comes with: letters in the form of official documents.

They are made by code from the same pieces as every other paper, with fields in place of words, so
that a bureau starts from a page that is right and changes the wording in Word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from docx.document import Document as Doc
from docx.shared import Pt

from review.reports.official_page import (
    CENTRE,
    HEADING_FONT,
    LEFT,
    RIGHT,
    SIZE_TWO,
    TITLE_FONT,
    add_row,
    landscape_section,
    new_document,
    paragraph,
    table,
    to_bytes,
)

UPRIGHT_MM = 156
ON_ITS_SIDE_MM = 225


def _begin(title: str, *lines: str) -> Doc:
    document = new_document(title=title, author="", dated=None)
    for line in lines:
        paragraph(document, line, font=TITLE_FONT, size=SIZE_TWO, line=Pt(36), align=CENTRE)
    paragraph(document, "")
    return document


def _heading(document: Doc, text: str) -> None:
    paragraph(document, text, font=HEADING_FONT, indent=True, keep_next=True)


def _text(document: Doc, text: str, *, is_last: bool = False) -> None:
    """A paragraph; the last one stays with the signature, which never stands on a page alone."""
    paragraph(document, text, indent=True, keep_next=is_last)


def _if(document: Doc, condition: str) -> None:
    paragraph(document, f"{{%p if {condition} %}}")


def _end_if(document: Doc) -> None:
    paragraph(document, "{%p endif %}")


def _repeat(document: Doc, rows: str, text: str) -> None:
    """A paragraph for each row."""
    paragraph(document, f"{{%p for row in {rows} %}}")
    paragraph(document, text, indent=True)
    paragraph(document, "{%p endfor %}")


def _rows(
    document: Doc, rows: str, columns: Sequence[tuple[str, str, float]], *, centred: str = ""
) -> None:
    """A table with a row for each of `rows`; columns are heading, field and width in mm."""
    widths = [width for _, _, width in columns]
    made = table(document, widths, [heading for heading, _, _ in columns])
    blank = [""] * (len(columns) - 1)
    aligns = [CENTRE if field in centred.split() else LEFT for _, field, _ in columns]
    add_row(made, [f"{{%tr for row in {rows} %}}", *blank], widths, [LEFT] * len(columns))
    add_row(made, [f"{{{{ row.{field} }}}}" for _, field, _ in columns], widths, aligns)
    add_row(made, ["{%tr endfor %}", *blank], widths, [LEFT] * len(columns))
    paragraph(document, "", line=Pt(14))


def _facts(document: Doc, pairs: Sequence[tuple[str, str]]) -> None:
    """Particulars in two columns of name and value."""
    widths = (26, 52, 26, 52)
    made = table(document, widths)
    for first, second in zip(pairs[::2], pairs[1::2], strict=True):
        cells = (first[0], f"{{{{ {first[1]} }}}}", second[0], f"{{{{ {second[1]} }}}}")
        add_row(made, cells, widths, (CENTRE, LEFT, CENTRE, LEFT))
    paragraph(document, "", line=Pt(14))


def _sign(document: Doc) -> None:
    paragraph(document, "", keep_next=True)
    paragraph(document, "{{ issuer }}", align=RIGHT, right_indent=Pt(32), keep_next=True)
    paragraph(document, "{{ date }}", align=RIGHT, right_indent=Pt(64))


def opinion() -> bytes:
    """评查意见书: the review opinion on one case."""
    document = _begin("行政执法案卷评查意见书", "行政执法案卷评查意见书")
    paragraph(document, "{{ number }}", align=CENTRE)
    paragraph(document, "")
    paragraph(document, "{{ unit }}：", align=LEFT)
    _text(
        document,
        "根据“{{ round }}”安排，我们对你单位办理的下列案卷进行了评查，现将评查意见反馈如下。",
    )
    _facts(
        document,
        (
            ("案　　号", "case_no"), ("案　　由", "cause"),
            ("当 事 人", "party"), ("承 办 人", "handlers"),
            ("适用程序", "procedure"), ("评查标准", "edition"),
            ("得　　分", "score"), ("等　　次", "grade"),
        ),
    )  # fmt: skip
    _heading(document, "一、总体评价")
    _text(document, "{{ summary }}")
    _if(document, "strengths")
    _text(document, "{{ strengths }}")
    _end_if(document)
    _heading(document, "二、存在问题")
    _if(document, "not problems")
    _text(document, "本次评查未发现需要反馈的问题。")
    _end_if(document)
    _if(document, "problems")
    _rows(
        document,
        "problems",
        (
            ("序号", "no", 12), ("评查项目", "item", 34), ("存在问题及依据", "text", 62),
            ("程度", "severity", 14), ("扣分", "deduction", 14), ("位置", "places", 20),
        ),
        centred="no severity deduction",
    )  # fmt: skip
    _end_if(document)
    _heading(document, "三、意见建议")
    _if(document, "not measures")
    _text(document, "请继续保持，并将好的做法在办案中推广。", is_last=True)
    _end_if(document)
    _if(document, "measures")
    _repeat(document, "measures", "{{ row.no }}．{{ row.text }}")
    _text(
        document,
        "补充更正的材料应当注明实际形成日期并附补正说明，不得涂改、替换原文书，不得补签、倒签。",
    )
    _end_if(document)
    _if(document, "until")
    _heading(document, "四、异议")
    _text(
        document,
        "对上述意见有异议的，请于{{ until }}前逐项提出并附证明材料，由未参与评分的人员复核。",
    )
    _end_if(document)
    _sign(document)
    return to_bytes(document)


def feedback() -> bytes:
    """反馈意见: the results of a round as they concern one unit."""
    document = _begin("评查反馈意见", "{{ title }}")
    paragraph(document, "{{ unit }}：", align=LEFT)
    _text(
        document,
        "根据年度评查计划，我们对你单位{{ scope }}办结的案卷进行了评查，现将情况反馈如下。",
    )
    _heading(document, "一、评查结果")
    _text(document, "{{ summary }}")
    _rows(
        document,
        "cases",
        (
            ("序号", "no", 12), ("案号", "case_no", 46), ("案由", "cause", 46),
            ("得分", "score", 16), ("等次", "grade", 18), ("问题数", "problems", 18),
        ),
        centred="no score grade problems",
    )  # fmt: skip
    _heading(document, "二、主要问题")
    _text(document, "{{ problems_summary }}")
    _if(document, "items")
    _rows(
        document,
        "items",
        (("序号", "no", 12), ("评查项目", "item", 96), ("涉及案卷", "cases", 24),
         ("占比", "share", 24)),
        centred="no cases share",
    )  # fmt: skip
    _end_if(document)
    _if(document, "repeats")
    _text(document, "以下问题在以往评查中已经指出，本次再次发生：{{ repeats }}。")
    _end_if(document)
    _heading(document, "三、有关要求")
    _text(document, "{{ demands }}")
    _if(document, "until")
    _text(
        document,
        "对评查结果有异议的，请于{{ until }}前通过系统逐项提出并附证明材料，逾期视为无异议。",
    )
    _end_if(document)
    _text(document, "附件：问题清单", is_last=True)
    _sign(document)
    landscape_section(document)
    _problem_table(document)
    return to_bytes(document)


def _problem_table(document: Doc) -> None:
    paragraph(document, "问题清单", font=TITLE_FONT, size=SIZE_TWO, line=Pt(36), align=CENTRE)
    paragraph(document, "", line=Pt(10))
    _if(document, "not problems")
    _text(document, "没有经认定的问题。")
    _end_if(document)
    _if(document, "problems")
    _rows(
        document,
        "problems",
        (
            ("序号", "no", 11), ("案号", "case_no", 34), ("评查项目", "item", 30),
            ("存在问题", "text", 50), ("程度", "severity", 13), ("依据", "basis", 31),
            ("位置", "places", 14), ("整改建议", "measure", 42),
        ),
        centred="no severity",
    )  # fmt: skip
    _end_if(document)


def problems() -> bytes:
    """问题清单: every confirmed problem of one unit."""
    document = _begin("问题清单", "{{ list_title }}")
    paragraph(document, "单位：{{ unit }}", align=LEFT)
    _text(document, "{{ problems_summary }}")
    _sign(document)
    landscape_section(document)
    _problem_table(document)
    return to_bytes(document)


def circular() -> bytes:
    """通报: the results of a round for everybody."""
    document = _begin("评查情况通报", "{{ title }}")
    paragraph(document, "各有关单位：", align=LEFT)
    _text(
        document,
        "为规范行政执法行为，提高案卷质量，我们组织开展了{{ round }}。现将有关情况通报如下。",
    )
    _heading(document, "一、组织情况")
    _text(document, "{{ organisation }}")
    _heading(document, "二、评查结果")
    _text(document, "{{ summary }}")
    paragraph(document, "{{ chart_grades }}", align=CENTRE)
    _text(document, "各单位评查结果如下：")
    _rows(
        document,
        "units",
        (
            ("名次", "rank", 13), ("单位", "unit", 55), ("评查件数", "reviewed", 16),
            ("平均分", "average", 18), ("最高分", "best", 18), ("最低分", "lowest", 18),
            ("问题数", "problems", 18),
        ),
        centred="rank reviewed average best lowest problems",
    )  # fmt: skip
    paragraph(document, "{{ chart_units }}", align=CENTRE)
    _heading(document, "三、好的做法")
    _text(document, "{{ good }}")
    _heading(document, "四、存在的主要问题")
    _text(document, "{{ problems_summary }}")
    _if(document, "items")
    _text(document, "共性问题（涉及三件以上或者占评查案卷百分之二十以上）如下：")
    _rows(
        document,
        "items",
        (("序号", "no", 12), ("评查项目", "item", 88), ("涉及案卷", "cases", 18),
         ("占比", "share", 18), ("扣分", "deducted", 20)),
        centred="no cases share deducted",
    )  # fmt: skip
    paragraph(document, "{{ chart_items }}", align=CENTRE)
    _end_if(document)
    _if(document, "aims")
    _heading(document, "五、与往次评查比较")
    _text(document, "{{ aims }}")
    paragraph(document, "{{ chart_aims }}", align=CENTRE)
    paragraph(document, "{{ chart_faults }}", align=CENTRE)
    _end_if(document)
    _heading(document, "{{ last_number }}、下一步工作要求")
    _repeat(document, "demands_list", "（{{ row.no }}）{{ row.text }}")
    _text(document, "附件：案卷评查结果一览表", is_last=True)
    _sign(document)
    landscape_section(document)
    paragraph(
        document, "案卷评查结果一览表", font=TITLE_FONT, size=SIZE_TWO, line=Pt(36), align=CENTRE
    )
    paragraph(document, "", line=Pt(10))
    _rows(
        document,
        "cases",
        (
            ("名次", "rank", 14), ("单位", "unit", 52), ("案号", "case_no", 52),
            ("案由", "cause", 47), ("得分", "score", 18), ("等次", "grade", 22),
            ("问题数", "problems", 20),
        ),
        centred="rank score grade problems",
    )  # fmt: skip
    return to_bytes(document)


def notice() -> bytes:
    """整改通知书: a unit is asked to put its list right."""
    document = _begin("整改通知书", "整改通知书")
    paragraph(document, "{{ number }}", align=CENTRE)
    paragraph(document, "")
    paragraph(document, "{{ unit }}：", align=LEFT)
    _text(
        document,
        "在{{ round }}中，你单位被评查案卷{{ reviewed }}件，经认定存在问题{{ count }}项"
        "（{{ split }}）。根据评查结果，现通知如下。",
    )
    _heading(document, "一、整改内容")
    _text(document, "请对照所附整改清单逐项整改，明确责任人和措施，最迟于{{ last_day }}前完成。")
    _heading(document, "二、整改要求")
    _text(
        document,
        "能够补正的依法补正，材料注明实际形成日期并附补正说明；决定确有错误的，"
        "由作出决定的机关依法撤销、变更或者确认违法。原文书不得涂改、替换，签名和日期不得补签、倒签。",
    )
    _heading(document, "三、报送和复查")
    _text(
        document,
        "完成一项、报送一项，并附证明材料。我们将逐项复查：符合要求的予以销号，不符合要求的退回；"
        "逾期三日提醒，逾期七日报告分管负责人。",
        is_last=True,
    )
    _text(document, "附件：整改清单", is_last=True)
    _sign(document)
    return to_bytes(document)


def record() -> bytes:
    """约谈、考核熔断记录."""
    document = _begin("记录", "{{ action }}记录")
    _facts(
        document,
        (("单　　位", "unit"), ("评查轮次", "round"), ("启动日期", "opened_on"),
         ("记录日期", "recorded_on")),
    )  # fmt: skip
    _heading(document, "一、启动原因")
    _text(document, "下列指标达到已确定的阈值：")
    _rows(
        document,
        "figures",
        (("序号", "no", 14), ("指标", "measure", 82), ("实际", "figure", 30),
         ("阈值", "limit", 30)),
        centred="no figure limit",
    )  # fmt: skip
    _heading(document, "二、参加人员")
    _text(document, "{{ participants }}")
    _heading(document, "三、主要内容")
    _text(document, "{{ content }}")
    _heading(document, "四、整改要求")
    _text(document, "{{ demands }}")
    paragraph(document, "")
    paragraph(document, "被约谈单位负责人（签字）：", align=LEFT)
    paragraph(document, "记录人（签字）：", align=LEFT)
    _sign(document)
    return to_bytes(document)


DEFAULTS: Mapping[str, Callable[[], bytes]] = {
    "opinion": opinion,
    "feedback": feedback,
    "problems": problems,
    "circular": circular,
    "notice": notice,
    "record": record,
}
"""The kinds of documents that have a template."""

KIND_WORDS: Mapping[str, tuple[str, str]] = {
    "opinion": ("评查意见书（一案一份）", "Review opinion (per case)"),
    "feedback": ("反馈意见（各单位）", "Feedback (per unit)"),
    "problems": ("问题清单（各单位）", "Problem list (per unit)"),
    "circular": ("评查情况通报（一轮一份）", "Circular (per round)"),
    "notice": ("整改通知书（各单位）", "Rectification notice (per unit)"),
    "record": ("约谈、考核熔断记录", "Record of a talk or suspension"),
}


@cache
def default_template(kind: str) -> bytes:
    """The template that the product comes with."""
    return DEFAULTS[kind]()
