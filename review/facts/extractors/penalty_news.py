"""Reports of penalties to the public: 案例通报, 处罚公示通报, news items, in running prose.

They are told by somebody else, often of several cases and of parties whose names are disguised.
What they say is therefore never sure enough to be held against anybody; it fills in what no paper
of the file says. A name that the report leaves incomplete (市交通运输局 of which town?) is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import find_dates
from review.common.citations import RELIED_ON, VIOLATED, CitedText, citation_text
from review.common.money import Amount, find_amounts
from review.documents.kinds import OTHER
from review.facts.extractors import acts, narrative
from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import looks_like_name

TOLD = 0.7
"""Below what is held against anybody, and enough where no paper says it."""
_OF_SEVERAL = 0.6
_SPOKEN = re.compile(r"[你您我]|本(?:机关|局|大?队|案|人)|申请人|(?:^|\n)[问答]:|[:：]_{2}")
"""Somebody of the file speaks: a letter, a record, a form; no report to the public."""
_OUTCOME = re.compile(r"罚款|处罚|警告|没收")
_PERSON = re.compile(
    r"(?:当事人|驾驶员|驾驶人|司机|车主|经营者|业户|船长|船员|从业人员|个体户|负责人|男子|对|给予|[、,])"
    r"(?P<name>[\u4e00-\u9fff]某{1,2}|[\u4e00-\u9fff][×*]{1,2}|(?:欧阳|司马|上官|诸葛)某)"
    r"(?![\u4e00-\u9fff]{0,2}(?:公司|单位))"
)
_LISTED = re.compile(
    r"(?P<names>[\u4e00-\u9fff某×*]{2,4}(?:、[\u4e00-\u9fff某×*]{2,4})+)(?:等)?(?=[\d一二三四五六七八九十两]{0,3}"
    r"(?:名|位|人|司机|驾驶员|当事人|经营者))"
)
_NAMED_PERSON = re.compile(
    r"(?:当事人|驾驶员|驾驶人|司机|车主|经营者|业户)(?P<name>[\u4e00-\u9fff]{2,4}?)"
    r"(?=未|无|擅自|驾驶|因|被|违反|存在|涉嫌|从事|处|罚|[,、(])"
)
_UNIT = re.compile(
    r"(?:^|[,。;:\n、\"“”]|决定对|决定给予|依法对|[,。;]对)"
    r"(?P<name>(?!依据|根据|按照)[\u4e00-\u9fff()·]{2,30}?(?:公司|厂|合作社|经营部|车队|修理厂|维修部|运输队|中心|门市部))"
    r"(?=擅自|未|无|因|被|违|涉嫌|存在|非法|罚款|处|从事|超|在|作出|给予|的(?:违法|行为))"
)
_BEFORE_UNIT = re.compile(r".*(?:对(?!外)|给予|查获|查处|通报)(?=.{3})")
_NO_UNIT_NAME = re.compile(
    r"^(?:该|其|本|一家|某|多家|上述|责令|要求|是|由|与|向)|执法|指挥中心|服务中心"
)
_ORGAN = re.compile(
    r"(?:^|[,。;:\n])(?P<name>[\u4e00-\u9fff]{3,28}?(?:局|支队|大队|总队|委员会))"
    r"(?=\d|近日|日前|今日|公示|公布|公开|通报|发布|查处|查获|对|决定|作出|依法|执法|在|于|立案|给予|[,，])"
)
_TOTAL = re.compile(r"(?:合计|共计|总计|累计)[^,。;]{0,10}$")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,8}?[省市区县州盟旗]")
_CAUSE = re.compile(
    r"(?P<cause>(?:(?:未取得|未经|未按|无)[^,。;\n]{1,30}?)?(?:擅自|非法|违规|违法)(?:从事|经营|运输|占用|改装|超限)"
    r"[^,。;:\n的]{0,24})"
)


def is_one(paper: Paper) -> bool:
    """Whether the paper tells others of a penalty, in sentences.

    A paper with a title of the file (整改报告, 情况说明) is of the file, not about it.
    """
    text = paper.text
    return (
        paper.document.title == OTHER
        and not any(passage.block.cell is not None for passage in paper.passages)
        and _SPOKEN.search(text) is None
        and _OUTCOME.search(text) is not None
        and next(_amounts(text), None) is not None
    )


def _amounts(text: str) -> Iterator[Amount]:
    """The fines told, not what was paid of them."""
    for amount in find_amounts(text):
        clause = re.split(r"[,;。\n]", text[: amount.start][-30:])[-1]
        after = re.split(r"[,;。\n]", text[amount.end :][:30])[0]
        if "缴" not in clause + after and narrative.is_fine(text, amount):
            yield amount


def extract(paper: Paper) -> Iterator[Fact]:
    """Parties, organ, amounts, provisions, cause and day of discovery, as far as they are told."""
    parties = tuple(_parties(paper))
    if not parties:
        return
    yield from parties
    yield from _organ(paper)
    yield from _fines(paper, several=len(parties) > 1)
    yield from _provisions(paper)
    cause = _CAUSE.search(paper.text)
    if cause is not None:
        start, end = cause.span("cause")
        yield paper.fact("cause", paper.printed(start, end), start, end, TOLD)
    for day in find_dates(paper.text):
        if day.value is not None and acts.tells_discovery(paper.text[day.end :][:90]):
            yield paper.fact("found_on", day.value, day.start, day.end, TOLD)
            return


def _parties(paper: Paper) -> Iterator[Fact]:
    """Everybody penalised, in the order of the text."""
    text = paper.text
    places: dict[str, tuple[int, int]] = {}
    for match in _LISTED.finditer(text):
        place = match.start("names")
        for name in match["names"].split("、"):
            shown = _without_verb(name) if place == match.start("names") else name
            begin = place + len(name) - len(shown)
            if looks_like_name(shown):
                places.setdefault(shown, (begin, begin + len(shown)))
            place += len(name) + 1
    for pattern in (_PERSON, _NAMED_PERSON):
        for match in pattern.finditer(text):
            if looks_like_name(match["name"]):
                places.setdefault(match["name"], match.span("name"))
    for match in _UNIT.finditer(text):
        start, end = match.span("name")
        lead = _BEFORE_UNIT.match(match["name"])
        start += lead.end() if lead is not None else 0
        if end - start > 2 and _NO_UNIT_NAME.search(text[start:end]) is None:
            places.setdefault(text[start:end], (start, end))
    for start, end in sorted(places.values()):
        yield paper.fact("party_name", paper.printed(start, end), start, end, TOLD)


def _without_verb(name: str) -> str:
    """The first name of a list without the word that ran into it: 示田某, 对王某."""
    for cut in range(1, len(name) - 1):
        if looks_like_name(name[cut:]) and not looks_like_name(name):
            return name[cut:]
    return name


def _organ(paper: Paper) -> Iterator[Fact]:
    """The organ, only with the place that it is of."""
    for match in _ORGAN.finditer(paper.text):
        name = match["name"]
        if _PLACE.match(name) is not None and name[0] not in "省市区县州该本":
            start, end = match.span("name")
            yield paper.fact("agency", paper.printed(start, end), start, end, TOLD)
            return


def _fines(paper: Paper, *, several: bool) -> Iterator[Fact]:
    """Every fine told: a total first, which is nobody's own where several were fined."""
    text = paper.text
    found: list[tuple[bool, Amount]] = [
        (
            re.search(r"(?:合计|共计|总计|累计)[^,。;]{0,10}$", text[: amount.start][-16:]) is None,
            amount,
        )
        for amount in _amounts(text)
    ]
    for _, amount in sorted(found, key=lambda each: (each[0], each[1].start)):
        sure = _OF_SEVERAL if several else TOLD
        yield paper.fact("fine_yuan", amount.yuan, amount.start, amount.end, sure)


def _provisions(paper: Paper) -> Iterator[Fact]:
    """What was violated and on what the penalties rest: each citation of each case told."""
    text = paper.unquoted
    for name, cue, verb in (
        ("violated", narrative.VIOLATED_CUE, VIOLATED),
        ("basis", narrative.BASIS_CUE, RELIED_ON),
    ):
        for match in cue.finditer(text):
            found = citation_text(text, match.end(), reach=16, verb=verb)
            if found is None or (name == "basis" and not _is_penalised(text, found)):
                continue
            yield narrative.cited(paper, name, found, TOLD)


def _is_penalised(text: str, found: CitedText) -> bool:
    """Whether a penalty follows a citation in its sentence, and it is no rule of procedure."""
    last = found.spans[-1][1]
    stop = min(
        (at for at in (text.find(mark, last) for mark in "。\n") if at >= 0), default=len(text)
    )
    return _OUTCOME.search(text, last, stop) is not None and not narrative.is_of_procedure(
        found.text
    )
