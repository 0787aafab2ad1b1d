"""Lists of recordings, photographs, page signatures, views and the course of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from review.documents.model import Box, Document, Mark, MarkKind
from tests.facts.papers import Sheet, case, facts, paper, value


def _sheet(*lines: str) -> Sheet:
    return Sheet().text(*lines)


def _list(*lines: str) -> Sheet:
    return _sheet("视音频资料清单", *lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("现场检查：2023年3月7日9时8分至10时2分，记录仪DSJ-1",),
        ("序号 记录事项 开始时间 结束时间", "1 现场检查 2023-03-07 09:08 2023-03-07 10:02"),
        ("拍摄日期：2023年3月7日", "检查全程 09:08-10:02"),
        ("开始录制时间：2023年3月7日9时8分，时长54分钟",),
    ],
)
def test_a_stretch_in_four_ways_of_writing(lines: tuple[str, ...]) -> None:
    found = facts("视音频资料清单", _list(*lines))
    begun, ended = found.first("recorded_from"), found.first("recorded_to")
    assert begun is not None
    assert ended is not None
    assert begun.value == datetime(2023, 3, 7, 9, 8)  # noqa: DTZ001 - papers print local time
    assert ended.value == datetime(2023, 3, 7, 10, 2)  # noqa: DTZ001


def test_stretches_that_overlap_are_one() -> None:
    found = facts(
        "视音频资料清单",
        _list(
            "一号记录仪：2023年3月7日9时8分至9时40分",
            "二号记录仪：2023年3月7日9时30分至10时2分",
        ),
    )
    assert len(found.all("recorded_from")) == 1
    assert found.all("recorded_to")[0].value == datetime(2023, 3, 7, 10, 2)  # noqa: DTZ001


def test_nodes_checksums_and_fate() -> None:
    found = facts(
        "视音频资料清单",
        _list(
            "1 现场检查 20230307090800_DSJ-1_张三.mp4 960a67b77ac9eefac89b51a7c2a3e411",
            "关键节点核查：亮证（无）、告知权利（有）。",
            "存储台账摘录",
            "20230307090800_DSJ-1_张三.mp4 入库哈希值 060a67b77ac9eefac89b51a7c2a3e411",
            "保存期限：6个月",
        ),
    )
    lacking = found.first("nodes_lacking")
    assert lacking is not None
    assert lacking.value == ("亮证",)
    listed, stored = found.first("hash_listed"), found.first("hash_stored")
    assert listed is not None
    assert stored is not None
    assert listed.value != stored.value
    months = found.first("kept_months")
    assert months is not None
    assert months.value == 6


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("上述视频已于2024年1月删除", True),
        ("文件因超期被系统自动覆盖", True),
        ("资料保存期限同案卷保管期限，任何人不得删改。", False),
        ("未经批准不得删除", False),
        ("保存期限届满后方可删除", False),
    ],
)
def test_what_became_of_a_recording(words: str, gone: bool) -> None:
    assert (facts("视音频资料清单", _list(words)).first("recording_deleted") is not None) is gone


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (
            ("拍摄时间：2023年3月7日", "拍摄地点：S340省道K18+460", "拍摄人：王建国"),
            {"time", "place", "maker"},
        ),
        (("本照片由执法队员王建国于2023年3月7日在某某码头拍摄",), {"time", "place", "maker"}),
        (("拍摄时间：2023年3月7日", "拍摄地点：S340省道", "拍摄人："), {"time", "place"}),
        (("车辆正面", "车辆侧面"), set()),
    ],
)
def test_what_a_page_of_photographs_tells(lines: tuple[str, ...], known: set[str]) -> None:
    found = facts("现场照片", _sheet("现场照片", *lines))
    assert {each for each in ("time", "place", "maker") if found.first(f"photo_{each}")} == known


def _two_pages(first: tuple[str, ...], second: tuple[str, ...]) -> Document:
    record = paper("询问笔录", _sheet("询问笔录", *first))
    more = paper("询问笔录", _sheet("问：还有补充吗？", *second))
    pages = (record.pages[0], replace(more.pages[0], number=2))
    return replace(record, pages=pages)


@pytest.mark.parametrize(
    ("first", "signed", "blank"),
    [
        ("被询问人（签名）：王建国", (1, 2), None),
        ("被询问人（签名）：　　　　年　月　日", (2,), (1,)),
        ("被询问人（签名）：2023年3月7日", (2,), (1,)),
        ("被询问人（签名）：二〇二三年三月七日", (2,), (1,)),
        ("被询问人（签名）：2023.3.7", (2,), (1,)),
        ("答：没有。", (2,), None),
    ],
)
def test_which_pages_are_signed(
    first: str, signed: tuple[int, ...], blank: tuple[int, ...] | None
) -> None:
    found = case(_two_pages(("问：你叫什么？", first), ("被询问人（签名）：王建国",))).documents[0]
    there, lacking = found.first("signed_pages"), found.first("unsigned_pages")
    assert there is not None
    assert there.value == signed
    assert (lacking.value if lacking is not None else None) == blank


@pytest.mark.parametrize(
    ("kind", "above", "blank"),
    [
        (MarkKind.UNREAD, 62, (1,)),  # what is unread further up is no signature
        (MarkKind.UNREAD, 58, None),
        (MarkKind.SIGNATURE, 0, None),
        (MarkKind.IMAGE, -40, None),
        (MarkKind.SEAL, 0, (1,)),
    ],
)
def test_a_hand_near_the_field_may_be_the_signature(
    kind: MarkKind, above: float, blank: tuple[int, ...] | None
) -> None:
    record = _two_pages(
        ("问：你叫什么？", "被询问人（签名）：　年　月　日"), ("被询问人（签名）：王建国",)
    )
    page = record.pages[0]
    field = page.blocks[-1].lines[0].box
    assert field is not None
    mark = Mark(kind, Box(200, field.top - above - 12, 230, field.top - above), 0.5)
    record = replace(record, pages=(replace(page, marks=(mark,)), record.pages[1]))
    lacking = case(record).documents[0].first("unsigned_pages")
    assert (lacking.value if lacking is not None else None) == blank


def test_views_of_a_discussion() -> None:
    found = facts(
        "重大案件集体讨论记录",
        _sheet(
            "重大案件集体讨论记录",
            "主持人：王建国　记录人：李明",
            "李明汇报案情。",
            "王建国（局长）：同意。",
            "赵志强副局长：同意。",
        ),
    ).first("views")
    assert found is not None
    assert found.value == ("王建国：同意", "赵志强：同意")


@pytest.mark.parametrize(
    ("kind", "name", "words", "value"),
    [
        ("送达公告", "attempts_told", "因采用直接送达、邮寄送达均无法送达，现公告", True),
        ("送达公告", "attempts_told", "当事人下落不明", True),
        ("送达公告", "attempts_told", "现依法向你公告送达处罚决定", None),
        ("立案登记表", "monitoring_used", "经不停车称重检测系统检测，该车超限", True),
        ("立案登记表", "monitoring_used", "执法人员在检测站对该车称重", None),
        ("案件调查报告", "monitoring_reviewed", "上述监控记录经法制审核、技术审核合格", True),
        ("案件调查报告", "monitoring_reviewed", "监控记录未经审核", False),
        ("代履行记录", "removal_at_once", "遗洒物影响通行安全，立即组织清除", True),
        ("代履行记录", "removal_at_once", "委托清障公司拆除", None),
        ("案件调查报告", "forgery_stated", "当事人出示的运输证系伪造", True),
        ("案件调查报告", "forgery_stated", "未发现伪造、变造证件", False),
        ("询问笔录", "forgery_stated", "你应当如实回答，不得伪造、隐匿证据", False),
        ("法制审核意见书", "transfer_stated", "是否需要移送公安机关：否", None),
        ("现场笔录", "refusal_accounted", "当事人拒绝签名，称不服处理", True),
        ("现场笔录", "refusal_accounted", "当事人拒绝签名。", None),
    ],
)
def test_what_is_said_of_the_course(
    kind: str,
    name: str,
    words: str,
    value: bool | None,
) -> None:
    fact = facts(kind, _sheet(kind, words)).first(name)
    assert (None if fact is None else fact.value) == value


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("代收人及代收理由：李梅，系当事人妻子", "妻子"),
        ("备注：由邻居王建国代收", "邻居"),
        ("备注：无", None),
    ],
)
def test_who_received_for_another(words: str, relation: str | None) -> None:
    fact = facts("送达回证", _sheet("送达回证", "受送达人：王小明", words)).first(
        "receiver_relation"
    )
    assert (None if fact is None else fact.value) == relation


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("认定为一般违法情节，适用较重档次，处罚款", "较重档次"),
        ("参照裁量基准，裁量阶次为一般", "一般"),
        ("鉴于情节一般，处罚款", None),
    ],
)
def test_the_stage_that_is_applied(words: str, stage: str | None) -> None:
    found = facts("行政处罚决定书", _sheet("行政处罚决定书", f"本机关{words}一千元。"))
    fact = found.first("stage_applied")
    assert (None if fact is None else fact.value) == stage


def test_an_index_without_rulings() -> None:
    sheet = Sheet().text("卷内目录")
    for number, title, pages in (
        ("顺序", "文件题名", "页次"),
        ("一", "立案登记表", "3"),
        ("二", "询问笔录", "4-5"),
    ):
        top = sheet.top
        for text in (number, title, pages):
            sheet.top = top
            sheet.text(text)
    found = facts("卷内目录", sheet).first("index_entries")
    assert found is not None
    assert [(each.title, each.page_from, each.page_to) for each in found.value] == [
        ("立案登记表", 3, None),
        ("询问笔录", 4, 5),
    ]


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("答：前面一辆是浙X77213，那辆跟我没有关系。", "other_plate"),
        ("答：我开的是浙X77213。", "plate"),
    ],
)
def test_the_plate_of_somebody_else(answer: str, name: str) -> None:
    found = facts("询问笔录", _sheet("询问笔录", "问：当天还有别的车吗？", answer))
    assert [fact.name for fact in found.facts if "plate" in fact.name] == [name]


def test_the_rows_of_the_list_are_told_by_their_matter() -> None:
    sheet = (
        Sheet()
        .text("音像资料清单")
        .form(
            ["序号", "拍摄内容", "开始时间", "结束时间"],
            ["1", "路面检查", "2023-03-07 09:08", "2023-03-07 10:02"],
            ["2", "送达决定书", "2023-04-07 09:08", "2023-04-07 09:12"],
        )
        .text("制作人：样例甲")
    )
    found = facts("视音频资料清单", sheet)
    assert value(found, "recorded_matters") == ("路面检查", "送达决定书")


def test_a_list_without_a_table_is_told_line_by_line() -> None:
    found = facts(
        "视音频资料清单",
        _list("1 路面检查 2023-03-07 09:08 至 10:02", "2 询问样例乙 时长30分钟", "保存期限：6个月"),
    )
    told = value(found, "recorded_matters")
    assert len(told) == 2
    assert "路面检查" in told[0]
    assert "询问样例乙" in told[1]


@pytest.mark.parametrize(
    ("opinion", "reviewed", "blank"),
    [
        ("数据完整，可以采用。审核人：王建国 2023年3月8日", True, None),
        ("审核人（签名）：王建国", True, None),
        ("符合要求。审核人：　　　日期：", True, None),
        ("审核人：　　　　日期：", None, True),
        ("审核人签名：　　年　月　日", None, True),
        ("", None, None),
    ],
)
def test_the_form_for_the_review_of_a_monitoring_record(
    opinion: str, reviewed: bool | None, blank: bool | None
) -> None:
    sheet = Sheet().text("电子技术监控记录审核表")
    sheet.form(["检测单号", "样例001"], ["技术审核", opinion], ["法制审核", opinion])
    found = facts("电子技术监控记录审核表", sheet)
    for name, expected in (("reviewed", reviewed), ("review_blank", blank)):
        fact = found.first(f"monitoring_{name}")
        assert (fact.value if fact is not None else None) == expected


def test_the_form_named_among_the_evidence_is_no_review() -> None:
    found = facts("案件调查报告", _sheet("案件调查报告", "证据：技术监控记录审核表、抓拍图片。"))
    assert found.first("monitoring_reviewed") is None
