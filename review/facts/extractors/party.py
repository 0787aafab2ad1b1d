"""The party as a paper names it: name, number, address, who stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import find_dates
from review.common.text import label
from review.facts import labels
from review.facts.extractors.every_paper import ADDRESSED, BODY_BEGINS, number_fact
from review.facts.fields import Entry, Form
from review.facts.identity import credit_codes, masked_numbers, person_numbers
from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import looks_like_name, names_in

_DISGUISED = 0.6
"""A disguised credit code is told last: any paper that has it whole gives it instead. What is left
of a person's number is no number: it is disguised so that nobody is known by it."""


ORGANIZATION = re.compile(
    r"公司|厂|商行|经营部|服务部|运输部|门市|店|合作社|车队|场$|医院|学校|集团|局$"
    r"|中心|协会|工程处|项目部|事务所|货运部|修理部|站$|企业|分公司|社$"
)


_NAME_ENDS = re.compile(
    r"[,;。\n]|统一社会|社会信用|法定代表|地址|住所|住址|身份证|联系电话|性别|年龄"
    r"|\((?:男|女|以下|下称|身份|统一|样例|个体|公民|法定|印章|签)"
    r"|[::]|经营者|字号|负责人|男$|女$|电话"
)


_PLACE_ENDS = re.compile(
    r"[;。\n]|,(?=联系|电话|法定|统一|身份|经营|邮编|性别)|联系电话|法定代表"
    r"|统一社会|邮编|邮政编码|电话|身份证|经营者"
)


NOT_THE_PARTYS = frozenset(
    {
        "询问笔录",
        "现场笔录",
        "勘验笔录",
        "授权委托书",
        "身份证复印件",
        "执法证件复印件",
        "行驶证复印件",
        "营业执照复印件",
        "现场照片",
        "称重检测单",
        "卸载复磅单",
        "计量检定证书复印件",
        "证据材料",
        "系统查询截图",
        "协助调查函",
        "送达照片",
        "视音频资料清单",
        "检验鉴定报告",
    }
)


def _head(paper: Paper, start: int, end: int, ends: re.Pattern[str]) -> tuple[int, int]:
    """The range without what follows the value proper."""
    match = ends.search(paper.text, start, end)
    stop = match.start() if match else end
    while stop > start and paper.text[stop - 1] in ",;、:。-(":
        stop -= 1
    return start, stop


def party(paper: Paper, form: Form) -> Iterator[Fact]:
    """The party's name, number, kind, address and legal representative."""
    found = _party_name(paper, form)
    if found is not None:
        start, end, sure = found
        yield paper.fact("party_name", paper.printed(start, end), start, end, sure)
    if paper.kind in NOT_THE_PARTYS:
        return
    operator = form.first(labels.OPERATOR)
    if operator is not None:
        start, end = _head(paper, operator.start, operator.end, _NAME_ENDS)
        first = next(iter(names_in(paper, start, end)), None)
        if first is not None:
            yield paper.fact("operator", first[0], first[1], first[2], operator.sure)
    trade = form.first(labels.TRADE_NAME)
    if trade is not None:
        start, end = _head(paper, trade.start, trade.end, _NAME_ENDS)
        if end - start > 2:
            yield paper.fact("trade_name", paper.printed(start, end), start, end, trade.sure)
    yield from _party_ids(paper, form)
    for entry in form.find(labels.LEGAL_REPRESENTATIVE):
        names = names_in(paper, entry.start, min(entry.end, entry.start + 12))
        signs = entry.label in labels.SIGNED and find_dates(
            paper.text[entry.start : entry.end + 16]
        )
        if names and names[0][1] - entry.start <= 2 and not signs:
            name, start, end = names[0]
            yield paper.fact("legal_representative", name, start, end, entry.sure)
            break
    home = next(
        (each for each in form.find(labels.ADDRESS) if _is_partys_address(paper, each)), None
    )
    if home is not None:
        start, end = _head(paper, home.start, home.end, _PLACE_ENDS)
        if end - start > 4:
            yield paper.fact(
                "party_address", paper.printed(start, end), start, end, home.sure * 0.95
            )
    elif paper.kind in ADDRESSED:
        told = _LIVES_AT.search(paper.text, paper.title_end, paper.title_end + BODY_BEGINS)
        if told is not None:
            start, end = told.span("place")
            yield paper.fact("party_address", paper.printed(start, end), start, end, 0.85)


_LIVES_AT = re.compile(
    r"(?:^|[,;。(:\n]|(?<=[\dXx])\s?)(?:现|家|户籍)?(?:住所地?|住址|(?:注册|经营|单位|营业|家庭)?地址|注册地"
    r"|经营场所|住)(?:现)?(?:位于|在|于|为|是)?"
    r"(?P<place>(?![^,;。\n]{0,40}(?:银行|法院|政府))(?=[^,;。\n]{0,30}[省市县区乡镇村路街号巷])"
    r"[\u4e00-\u9fff0-9A-Za-z()#-]{4,50}?)(?=[,;。\n)]|$)"
)
"""An address told in a sentence: 住所地某县某路8号。"""


def _is_partys_address(paper: Paper, entry: Entry) -> bool:
    """Not the organ's own address at the end of a letter, nor the bank's."""
    if entry.end - entry.start <= 4 or (paper.kind in ADDRESSED and entry.at > BODY_BEGINS):
        return False
    return "联系人" not in paper.text[entry.start : entry.start + 60]


_SIGNED_AND_DATED = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:\d{4}[年.-]|[〇零○一二三四五六七八九]{4}年|年月日)"
)


def _party_name(paper: Paper, form: Form) -> tuple[int, int, float] | None:
    groups: list[tuple[frozenset[str], float]] = [(labels.PARTY, 1.0)]
    if paper.kind not in NOT_THE_PARTYS:
        groups += [(labels.PARTY_UNIT, 0.95), (labels.PARTY_PERSON, 0.95)]
    if paper.kind in NOT_THE_PARTYS and paper.kind not in ("现场笔录", "称重检测单"):
        groups = []
    for group, sure in groups:
        for entry in form.find(group):
            start, end = _head(paper, entry.start, entry.end, _NAME_ENDS)
            name = paper.text[start:end]
            if _SIGNED_AND_DATED.match(paper.text, entry.start):
                continue
            if _is_party(name):
                return start, end, entry.sure * sure
            words = paper.words(start, end)
            if words and _is_party(words[0][0]) and words[0][1] == start:
                return words[0][1], words[0][2], entry.sure * 0.9
    return _addressee(paper) if paper.kind in ADDRESSED else None


def _is_party(name: str) -> bool:
    if looks_like_name(name) or re.fullmatch(r"[\u4e00-\u9fff][*×某]{1,2}", name):
        return True
    return 4 <= len(name) <= 45 and ORGANIZATION.search(name) is not None and "意见" not in name


def _addressee(paper: Paper) -> tuple[int, int, float] | None:
    """Whom a letter addresses: "常州…公司：" at its head, or the name before the credit code."""
    for passage in paper.passages:
        if passage.block.cell is not None or passage.start > BODY_BEGINS:
            continue
        text = paper.text[passage.start : passage.end]
        colon = text.find(":")
        if label(text[: max(colon, 0)]) in labels.KNOWN:
            continue
        if 1 < colon <= 45 and colon == len(text) - 1 and _is_party(text[:colon]):
            return passage.start, passage.start + colon, 0.97
        match = re.match(r"(?P<name>[^:,;。]{2,45}?)[:(,]?统一社会信用代码", text)
        if match and _is_party(match["name"]):
            return passage.start, passage.start + match.end("name"), 0.95
        if (
            1 < colon <= 45
            and _is_party(text[:colon])
            and not text[:colon].endswith(("单位", "当事人"))
        ):
            return passage.start, passage.start + colon, 0.9
    return None


def _party_ids(paper: Paper, form: Form) -> Iterator[Fact]:
    for entry in form.find(labels.UNIT_ID):
        number = next(credit_codes(paper.text[entry.start : entry.end]), None)
        if number is not None:
            yield number_fact(paper, "party_id", number, entry.start, entry.sure)
            return
    for entry in form.find(labels.PERSON_ID):
        number = next(person_numbers(paper.text[entry.start : entry.end]), None)
        if number is not None:
            yield number_fact(paper, "party_id", number, entry.start, entry.sure)
            return
    text = paper.text
    for words, numbers_of in (
        ("统一社会信用代码", credit_codes),
        ("身份证", person_numbers),
        ("公民身份", person_numbers),
    ):
        at = text.find(words)
        if at < 0:
            continue
        number = next(numbers_of(text[at : at + 45]), None)
        if number is not None:
            yield number_fact(paper, "party_id", number, at, 0.9)
            return
        masked = next(masked_numbers(text[at : at + 45]), None)
        if masked is not None and numbers_of is credit_codes:
            yield number_fact(paper, "party_id", masked, at, _DISGUISED)
            return
