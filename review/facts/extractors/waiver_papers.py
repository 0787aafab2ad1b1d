"""Papers of a waiver: the search for earlier violations and the inspection of the correction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import DateFound, find_dates, number
from review.facts import labels
from review.facts.extractors import foot
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

_FIRST = re.compile(
    r"(?:未|没有|无|暂无|不存在|未查询到|未查到|查无)[^。;\n]{0,30}?(?:违法|处罚"
    r"|记录)|(?:系|属于?|为)(?:首次|初次|第一次)违法|首次违法[:]?(?:是|属实)"
)
_NOT_FIRST = re.compile(
    r"(?:非|不是|不属于|不属)(?:首次|初次)|(?:已有|曾|存在|查询到|有)[^。"
    r";\n无未]{0,24}?(?:违法|处罚)(?:行为)?记录|(?:违法"
    r"|处罚)记录[:]?[1-9一二三四五]\d*[条次]|曾因[^。;\n]{2,40}?(?:处罚|查处)"
    r"|(?:查询到|查到|查得|共有?|存在|检索到)[^。;\n无未0]{0,8}[1-9一二两三四五]\d*[条次起]"
    r"|(?:免予|免于|不予)(?:行政)?处罚[1-9一二两三四五]次|(?:处罚|免罚|查处)(?:过)?[1-9一二两三四五]次"
)
_LISTED_BEFORE = re.compile(
    r"查询结果:?[^\n]{0,12}?(?:19|20)\d\d[年.-][^\n]{0,60}?(?:处罚|免罚|查处|罚款|警告)"
)
"""A result that gives an earlier case by its day, without saying that there is none."""
_NONE_FOUND = re.compile(
    r"(?:结果|记录|共|合计|总计|查到|查得|检索到|命中)(?:为|有|:|\n)*(?:0|零)(?:条|次|起|件|笔)?(?![\d.])"
)
_YEARS = re.compile(
    r"(?:近|最近|前|过去|此前)(?P<n>[一二两三四五1-5])(?:个)?(?:年|周年|年度)"
    r"|(?P<months>12|24|36|十二|二十四|三十六)个月"
)
_TREATED = re.compile(r"处罚|罚款|警告|查处|免罚|不罚|没收|立案|违法")
_OF_THE_SEARCH = re.compile(
    r"查询(?:时间|日期|范围|期间|区间|人)|检索(?:时间|范围)|起止|制作时间|打印"
)


def first_violation(paper: Paper, form: Form) -> Iterator[Fact]:
    """首次违法查询记录: what the query found, what it lists, and how far it looks back."""
    del form
    text = paper.ticked
    yes = _FIRST.search(text, paper.title_end) or _NONE_FOUND.search(text, paper.title_end)
    no = _NOT_FIRST.search(text, paper.title_end)
    if yes is None and no is None:
        no = _LISTED_BEFORE.search(text, paper.title_end)
    if yes is not None and (no is None or yes.start() <= no.start()):
        yield paper.fact("first_violation", True, yes.start(), yes.end(), 0.85)
    elif no is not None:
        yield paper.fact("first_violation", False, no.start(), no.end(), 0.85)
    yield from _listed(paper, text)
    term = _YEARS.search(text)
    years = None if term is None else number(term["n"].replace("两", "二") if term["n"] else "")
    if term is not None and term["months"]:
        years = (number(term["months"]) or 0) // 12
    if term is not None and years:
        yield paper.fact("search_years", years, term.start(), term.end(), 0.9)


_OF_VIOLATIONS = re.compile(
    r"(?:违法|处罚)(?:行为|案件)?(?:记录|信息|案件|查询)|同类违法|首次违法|(?:违法行为|案由)\n处[理罚]"
)


def query(paper: Paper, form: Form) -> Iterator[Fact]:
    """系统查询截图: the same, where what was queried are earlier violations and not a licence."""
    yield from foot.dated(paper)
    if _OF_VIOLATIONS.search(paper.text, paper.title_end):
        yield from first_violation(paper, form)


def _listed(paper: Paper, text: str) -> Iterator[Fact]:
    """Each earlier case that the result gives by its day, as "day words of its row"."""
    for day in find_dates(text):
        if day.value is None or not day.has_year or day.start < paper.title_end:
            continue
        start, end = _row(paper, text, day)
        row = text[start:end]
        if (
            not _TREATED.search(row)
            or _OF_THE_SEARCH.search(row)
            or _FIRST.search(row)
            or _NONE_FOUND.search(row)
        ):
            continue
        yield paper.fact("earlier_record", f"{day.value.isoformat()} {row}", start, end, 0.85)


def _row(paper: Paper, text: str, day: DateFound) -> tuple[int, int]:
    """The row of the table in which a day stands; outside tables its line."""
    passage = paper.passage_at(day.start)
    cell = passage.block.cell if passage is not None else None
    if passage is None or cell is None:
        end = text.find("\n", day.end)
        return text.rfind("\n", 0, day.start) + 1, end if end >= 0 else len(text)
    row = [
        each
        for each in paper.passages
        if each.page is passage.page
        and each.end > each.start
        and each.block.cell is not None
        and (each.block.cell.table, each.block.cell.row) == (cell.table, cell.row)
    ]
    if len(row) <= 2:  # a label and its value, which may list several cases line by line
        row = [passage]
    return min(each.start for each in row), max(each.end for each in row)


_INSPECTED = re.compile(r"复查|复核|核查|回访|复检|复勘|验收|现场查看|再次检查|跟踪检查")
_PUT_RIGHT = re.compile(
    r"(?:已|业已|均已)[^。;,\n]{0,16}?(?:改正|整改|纠正|清[扫理除运]|加盖|覆盖|拆除|恢复|停止|补办|修复|消除|驶离)"
    r"|(?:改正|整改|纠正|清[扫理除运]|拆除)(?:完毕|到位|合格|完成)|符合[^。;,\n]{0,8}?(?:改正|整改)?要求"
)
_NOT_RIGHT = re.compile(
    r"(?:未|没有|尚未|拒不|拒绝|不予|仍未?|不符合)[^。;,\n]{0,10}?(?:改正|整改|纠正|清[扫理除运]|拆除|到位|完成|要求)"
    r"|(?:改正|整改|清[扫理除运])(?:不到位|不合格|不彻底)|逾期"
)
_PUT_RIGHT_ON = re.compile(r"(?:已经?|业已)(?:于|在)$")


def correction(paper: Paper, form: Form) -> Iterator[Fact]:
    """整改复查记录: the day of correction as told, else that on which it was found to be done."""
    for entry in form.find(labels.CORRECTED | labels.RECORD_TIME):
        day = next(
            (one for one in find_dates(paper.text[entry.start : entry.end]) if one.value), None
        )
        if day is not None and day.value is not None:
            yield paper.fact(
                "corrected_on", day.value, entry.start + day.start, entry.start + day.end, 0.9
            )
            return
    yield from _inspected(paper)


def _inspected(paper: Paper) -> Iterator[Fact]:
    """The day of a re-inspection told in a sentence: 2025年6月3日,执法人员复查:已清理完毕."""
    text = paper.ticked
    if not _PUT_RIGHT.search(text, paper.title_end) or _NOT_RIGHT.search(text, paper.title_end):
        return
    days = [day for day in find_dates(text) if day.value and day.start >= paper.title_end]
    told = [day for day in days if _PUT_RIGHT_ON.search(text, 0, day.start)]
    if told and not re.match(r"之?前|以前", text[told[0].end :]):
        days = told
    else:
        days = [day for day in days if _INSPECTED.search(_sentence_after(text, day))]
    if days and days[0].value is not None:
        yield paper.fact("corrected_on", days[0].value, days[0].start, days[0].end, 0.85)


def _sentence_after(text: str, day: DateFound) -> str:
    """The words between a day and the end of its sentence; none where it is a term or cited."""
    if re.match(r"之?前|以前|起|至", text[day.end :]):
        return ""
    rest = re.split(r"[。;\n]", text[day.end : day.end + 120])[0]
    return re.split(r"责令|立案|送达|检查时?发现|查获", rest)[0]
