"""The day of the act and the day of its discovery, from labels and from what the papers tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from review.common.chinese_dates import find_dates
from review.facts import labels
from review.facts.extractors.narrative import BASIS_CUE, VIOLATED_CUE
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import looks_like_name

_LASTING = re.compile(r"^(?:起)?(?:至|到|-|~)")
_FOUND = re.compile(
    r"^[^。;\n]{0,60}?(?:检查|巡查|核查|抽查|稽查|排查|调查|筛查|比对|监督检查|查询"
    r"|监测)?(?:中|时)?(?:,)?(?:发现|查获|查处|查明|获悉|接到|接[^,。;\n]{0,8}?(?:举报|投诉))"
    r"|^(?:[上下]午|\d{1,2}[时:]\d{0,2}分?)?(?:许)?[^,。;\n]{0,30}?(?:现场|监督|执法"
    r"|例行|日常|专项)检查(?:时)?[,,]|^检查[,,]"
)


def tells_discovery(after: str) -> bool:
    """Whether the words after a day say that something was found on it."""
    return _FOUND.match(after) is not None


def act_days(paper: Paper, form: Form) -> Iterator[Fact]:
    """Day of the act (its end where it lasted) and day of discovery, from labels and narrative."""
    for name, group in (("act_on", labels.ACT), ("found_on", labels.FOUND)):
        for entry in form.find(group):
            days = [day for day in find_dates(paper.text[entry.start : entry.end]) if day.value]
            if days and days[0].start <= 12:
                last = days[-1] if name == "act_on" else days[0]
                start, end = entry.start + last.start, entry.start + last.end
                yield paper.fact(name, _date(last.value), start, end, entry.sure)
                break
    story = _story(paper, form)
    if story is None:
        return
    start, end = story
    text = _until_evidence(paper.unquoted[start:end])
    days = [
        day
        for day in find_dates(text)
        if day.value is not None and not _is_of_a_paper(text, day.start, day.end)
    ]
    if not days:
        return
    discovered = next(
        (
            day
            for day in days
            if _FOUND.match(text[day.end : day.end + 90]) and not _LASTING.match(text[day.end :])
        ),
        None,
    )
    acts = [
        day
        for day in days
        if day is not discovered
        and (discovered is None or _date(day.value) <= _date(discovered.value))
    ]
    act = acts[0] if acts else days[0]
    if discovered is not None and acts and acts[0].start > discovered.start + 400:
        act = discovered
    following = next((day for day in days if day.start > act.start), None)
    if following is not None and re.fullmatch(
        r"(?:\d{1,2}[时:]\d{0,2}分?)?(?:许)?(?:起|开始)?(?:至|到|-|~)",
        text[act.end : following.start],
    ):
        act = following
    confidence = (
        0.9 if len(days) == 1 or discovered is None or act.start < discovered.start else 0.8
    )
    yield paper.fact("act_on", _date(act.value), start + act.start, start + act.end, confidence)
    if discovered is not None:
        yield paper.fact(
            "found_on",
            _date(discovered.value),
            start + discovered.start,
            start + discovered.end,
            0.85,
        )


_TERM_BEFORE = re.compile(
    r"(?:有效期|期限|检定|检测|检验|年审|评定|成立|注册|登记|核准|颁发|签发|取得"
    r"|发证|到期|届满|签订|生效|施行|印发|修订|出生)[^。;,\n]{0,14}$"
)
_TERM_AFTER = re.compile(
    r"^(?:已|就|才|即|将|前|止|起)?(?:届满|到期|过期|失效|期满|有效|取得|登记|注册"
    r"|成立|签订|颁发|施行|起施行|印发|出生|检定|立案|送达|向你)"
)


_STEP_AFTER = re.compile(
    r"^(?:\d{1,2}[时:]\d{0,2}分?)?[^,。;\n]{0,14}?(?:提出|提交|送达|签收|告知|听证"
    r"|审核|陈述|申辩|缴纳|复核|作出(?:了)?《|向你\(?单?位?)"
)


_ORGANS_STEP_AFTER = re.compile(
    r"^,?(?:本机关|本局|我局|本支队|我支队|本大队|我大队|我队|本单位|执法机关|本厅|本委|我委|我机关)"
    r"[^,。;\n]{0,20}?(?:送达|告知|向你|向当事人|立案|下达|发出|作出|举行|召开|组织听证|受理)"
)
_SIGNED_BEFORE = re.compile(r"[。;](?:[\u4e00-\u9fff]{2,4}[、,和]?){1,3}$")
"""A name or two behind the sentence: the day beside them is that of the signature."""
_SIGNER_BEFORE = re.compile(
    r"(?:(?:承办|经办|办案|调查|执法|主办|协办|审核|审批|批准|负责|记录|制作|检查|勘验|签发|填表|报告"
    r"|签批)(?:人员?|机构负责人|部门负责人)(?:\(?(?:签名|签字|签章|盖章)\)?)?|\(?(?:签名|签字|签章)\)?)"
    r"(?P<colon>:)?(?P<names>[^。;:\n]{0,24})$"
)
"""A field of hands: what day stands beside the names in it is the day of signing."""
_EVIDENCE_BEGINS = re.compile(
    r"(?:认定|证明|证实|佐证)(?:了)?(?:以上|上述|前述)[^。\n]{0,16}(?:证据|如下|:)"
    r"|(?:以上|上述|前述)(?:违法)?(?:事实|行为|情况),?(?:有|由|经|均有|已有)"
    r"|(?:主要|相关)?证据(?:材料)?(?:有|如下|为)?:"
)


def _until_evidence(text: str) -> str:
    """The story without the list of the evidence behind it, whose papers have days of their own."""
    begins = _EVIDENCE_BEGINS.search(text)
    if begins is None or not any(day.value for day in find_dates(text[: begins.start()])):
        return text
    return text[: begins.start()]


def _is_signed(before: str) -> bool:
    """Whether the words before a date are a field of hands with nothing but names in it."""
    field = _SIGNER_BEFORE.search(before)
    if field is None:
        return False
    names = [
        name for name in re.split(r"[、,和与()\[\]]|证号|[A-Za-z0-9]+", field["names"]) if name
    ]
    return field["colon"] is not None or all(looks_like_name(name) for name in names)


def _is_of_a_paper(text: str, start: int, end: int) -> bool:
    """Whether a date is that of a licence, a term or a step of the procedure, not of the act."""
    before = text[max(0, start - 22) : start]
    after = text[end : end + 40]
    if after[:1] in ("", "\n") and _SIGNED_BEFORE.search(before) is not None:
        return True
    if _is_signed(text[max(0, start - 60) : start]):
        return True
    return (
        _TERM_AFTER.match(after) is not None
        or _ORGANS_STEP_AFTER.match(after) is not None
        or _STEP_AFTER.match(after) is not None
        or _TERM_BEFORE.search(before) is not None
    )


def _date(value: date | None) -> date:
    if value is None:
        raise ValueError("a date without a value was not filtered out")
    return value


_STORY = re.compile(
    r"违法事实[^:。\n]{0,12}:|经(?:依法|本机关|我局|立案)*(?:调查|检查"
    r"|审理)?(?:核实)?(?:,)?(?:现)?(?:已)?查(?:明|实|证|,|:)[:,]?|现?查(?:明|实)[:,]"
    r"|存在(?:以下|下列|如下)[^:。]{0,12}:"
    r"|经(?:依法)?调查(?:核实)?[:,]|违法(?:事实|行为)(?:和|及)[^:\n]{0,8}(?::|\n)"
    r"|主要事实[:\n]|基本案情[:\n]|案情[:\n]"
)


def _story(paper: Paper, form: Form) -> tuple[int, int] | None:
    """Where the paper tells what happened."""
    entry = next(
        (
            each
            for each in form.find(labels.FACTS | labels.MAIN_CONTENT)
            if each.end - each.start > 20
        ),
        None,
    )
    match = _STORY.search(paper.unquoted, paper.title_end)
    if entry is not None and (match is None or entry.start <= match.start() + 40):
        return entry.start, max(entry.end, entry.start)
    if match is not None:
        stop = len(paper.text)
        for cue in (VIOLATED_CUE, BASIS_CUE):
            found = cue.search(paper.unquoted, match.end())
            if found is not None:
                stop = min(stop, found.start())
        return match.end(), stop
    for passage in paper.passages:
        text = paper.unquoted[passage.start : passage.end]
        if passage.start > paper.title_end and len(text) > 40 and find_dates(text[:60]):
            return passage.start, passage.end
    return None
