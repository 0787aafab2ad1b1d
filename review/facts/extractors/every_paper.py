"""What nearly every paper carries: numbers, party, plate, its date, signatures, the seal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from review.common.chinese_dates import find_dates
from review.common.text import label, plain
from review.documents.model import Mark, MarkKind, Page
from review.facts import labels
from review.facts.fields import Entry, Form
from review.facts.identity import (
    Number,
    credit_codes,
    is_trailer,
    masked_numbers,
    person_numbers,
    plates,
    ship_name,
)
from review.facts.model import Evidence, Fact
from review.facts.paper import Paper, Passage
from review.facts.people import looks_like_name, names_in

NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{2,20}[\[(](?:19|20)\d{2}[\])](?:年度?)?[\u4e00-\u9fff]{0"
    r",6}?(?:第|NO\.?|No\.?)?[0-9A-Za-z-]{1,14}号"
    r"|[\[(](?:19|20)\d{2}[\])][\u4e00-\u9fff]{2,12}(?:第)?[0-9A-Z-]{1,12}号"
)
_ANY_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,12}(?:第|NO[.:]?|No[.:]?)?[A-Z0-9-]{4,24}号?")
_BODY_BEGINS = 500
_DISGUISED = 0.6
"""A disguised credit code is told last: any paper that has it whole gives it instead. What is left
of a person's number is no number: it is disguised so that nobody is known by it."""
ORGANIZATION = re.compile(
    r"公司|厂|商行|经营部|服务部|运输部|门市|店|合作社|车队|场$|医院|学校|集团|局$"
    r"|中心|协会|工程处|项目部|事务所|货运部|修理部|站$|企业|分公司|社$"
)
_AGENCY_WORD = (
    r"(?:局|厅|委员会|支队|总队|大队|执法队|管理处|管理所|管理站|海事处|航道处"
    r"|监督站|监督局|人民政府|委|部)"
)
AGENCY = re.compile(rf"[\u4e00-\u9fff()]{{3,40}}{_AGENCY_WORD}")
_STAMP_NOTE = re.compile(
    r"\(?(?:加盖)?(?:行政机关|处罚机关|执法机关|机关|单位|执法部门"
    r"|处罚机关名称及)?(?:印章|盖章|公章|签章|章|(?<=\()印(?=\)))\)?"
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
ADDRESSED = frozenset(
    {
        "违法行为通知书",
        "行政处罚决定书",
        "不予行政处罚决定书",
        "责令改正违法行为通知书",
        "听证通知书",
        "催告书",
        "行政强制措施决定书",
        "分期(延期)缴纳罚款通知书",
        "延长行政强制措施期限通知书",
        "解除行政强制措施决定书",
        "当场行政处罚决定书",
        "代履行决定书",
        "行政强制执行决定书",
        "解除证据登记保存决定书",
    }
)


def numbers(paper: Paper, form: Form) -> Iterator[Fact]:
    """The case number where it is labelled so, and the paper's own number."""
    seen = False
    for entry in form.find(labels.CASE_NO):
        found = _number_in(paper, entry)
        if found is not None:
            seen = True
            yield paper.fact("case_no", paper.formal(*found), *found, entry.sure)
            break
    for entry in form.find(labels.DECISION_NO):
        found = _number_in(paper, entry)
        if found is not None:
            yield paper.fact("decision_no", paper.formal(*found), *found, entry.sure)
            break
    for passage in paper.passages:
        if passage.start > _BODY_BEGINS:
            break
        text = paper.text[passage.start : passage.end]
        match = NUMBER.search(text)
        if match is None or len(text) - len(match.group()) > 14 or match.end() < len(text):
            continue
        start = passage.start + match.start()
        before = text[: match.start()]
        if ":" in before and not seen:
            continue
        for length in range(min(8, len(match.group()) - 1), 1, -1):
            if label(match.group()[:length]) in labels.KNOWN:
                start += length
                break
        start += max(match.group().rfind(word) for word in "书表单") + 1
        title = plain(paper.document.title)
        if title and plain(match.group()).startswith(title):
            start += len(title)
        yield paper.fact("document_no", paper.formal(start, passage.end), start, passage.end, 0.95)
        return
    own = form.first(labels.DOCUMENT_NO)
    if own is not None and own.start < _BODY_BEGINS:
        found = _number_in(paper, own)
        if found is not None:
            yield paper.fact("document_no", paper.formal(*found), *found, own.sure * 0.95)


def _number_in(paper: Paper, entry: Entry) -> tuple[int, int] | None:
    match = NUMBER.search(paper.text, entry.start, entry.end)
    if match is None:
        match = _ANY_NUMBER.match(paper.text, entry.start, entry.end)
    if match is None or not any(character.isdigit() for character in match.group()):
        return None
    return match.start(), match.end()


def cause(paper: Paper, form: Form) -> Iterator[Fact]:
    """案由 as labelled; `merge` takes the party's name off it."""
    for entry in form.find(labels.CAUSE):
        if entry.end <= entry.start:
            continue
        stop = paper.text.find("\n", entry.start, entry.end)
        end = entry.end if stop < 0 else stop
        while end > entry.start and paper.text[end - 1] in "。,;":
            end -= 1
        if end - entry.start >= 4:
            yield paper.fact("cause", paper.printed(entry.start, end), entry.start, end, entry.sure)
            return


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
        told = _LIVES_AT.search(paper.text, paper.title_end, paper.title_end + _BODY_BEGINS)
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
    if entry.end - entry.start <= 4 or (paper.kind in ADDRESSED and entry.at > _BODY_BEGINS):
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
        if passage.block.cell is not None or passage.start > _BODY_BEGINS:
            continue
        text = paper.text[passage.start : passage.end]
        colon = text.find(":")
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
            yield _number_fact(paper, "party_id", number, entry.start, entry.sure)
            return
    for entry in form.find(labels.PERSON_ID):
        number = next(person_numbers(paper.text[entry.start : entry.end]), None)
        if number is not None:
            yield _number_fact(paper, "party_id", number, entry.start, entry.sure)
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
            yield _number_fact(paper, "party_id", number, at, 0.9)
            return
        masked = next(masked_numbers(text[at : at + 45]), None)
        if masked is not None and numbers_of is credit_codes:
            yield _number_fact(paper, "party_id", masked, at, _DISGUISED)
            return


def _number_fact(paper: Paper, name: str, number: Number, base: int, sure: float) -> Fact:
    start, end = base + number.start, base + number.end
    confidence = sure if number.proven else sure * 0.9
    return paper.fact(name, number.value, start, end, confidence, proven=number.proven)


_ANOTHER_VEHICLE = re.compile(
    r"另|其他|别的|旁边|同行|还有|[前后](?:方|面|车|边|一辆|头)|他人|证人"
)
_NOT_OURS = re.compile(r"(?:没有?|无|毫无)(?:任何)?关系|无关|不是我(?:的|们)|不认识|不知道是谁")


def _of_another(paper: Paper, number: Number) -> bool:
    """Whether an answer tells of another's vehicle, with which the party has nothing to do."""
    text = paper.text
    before = text[max(0, number.start - 12) : number.start]
    line_end = text.find("\n", number.end)
    answer = text[number.end : line_end if line_end >= 0 else len(text)]
    return _ANOTHER_VEHICLE.search(before) is not None and _NOT_OURS.search(answer) is not None


_QUOTED_SHIP = re.compile(r"[“\"](?P<ship>[\u4e00-\u9fff]{1,6}\d{2,7})[”\"]?(?:轮|号|船|艇)")


def vehicle(paper: Paper, form: Form) -> Iterator[Fact]:
    """Plates: labelled ones surely, the one in the narrative, others as doubtful mentions."""
    given: dict[str, Fact] = {}
    for entry in form.find(labels.PLATE):
        value = paper.text[entry.start : entry.end]
        number = next((one for one in plates(value) if not is_trailer(one.value)), None)
        if number is not None:
            if number.value not in given:
                given[number.value] = _number_fact(
                    paper, "plate", number, entry.start, entry.sure / 0.9
                )
            continue
        ship = ship_name(value)
        if ship is not None and entry.label.startswith(("船", "车船", "车(船)", "涉案车船")):
            start, end = entry.start + ship.start(), entry.start + ship.end()
            given[ship.group()] = paper.fact("plate", ship.group(), start, end, entry.sure * 0.95)
    for match in _QUOTED_SHIP.finditer(paper.text):
        given.setdefault(
            match["ship"],
            paper.fact("plate", match["ship"], match.start("ship"), match.end("ship"), 0.85),
        )
    labelled = bool(given)
    counts: dict[str, int] = {}
    first: dict[str, Number] = {}
    for number in plates(paper.text):
        if is_trailer(number.value):
            continue
        counts[number.value] = counts.get(number.value, 0) + 1
        first.setdefault(number.value, number)
    main = max(counts, key=lambda value: (counts[value], -first[value].start), default=None)
    for value, number in first.items():
        if value in given:
            continue
        before = paper.text[max(0, number.start - 12) : number.start]
        ours = value == main and not labelled and _ANOTHER_VEHICLE.search(before) is None
        confidence = (0.95 if len(first) == 1 else 0.85) if ours else 0.5
        name = "other_plate" if _of_another(paper, number) else "plate"
        given[value] = paper.fact(name, value, number.start, number.end, confidence)
    yield from sorted(given.values(), key=lambda fact: -fact.confidence)


_DAY_LABEL = re.compile(r"(?:日期|时间):?$")
_ORGAN_LABEL = re.compile(r"^[\u4e00-\u9fff]{2,10}:")


def foot(paper: Paper) -> Iterator[Fact]:
    """The paper's own date and organ at its foot (落款)."""
    passages = [passage for passage in paper.passages if passage.end > passage.start]
    best: tuple[float, int, int, object] | None = None
    for index in range(len(passages) - 1, max(-1, len(passages) - 14), -1):
        passage = passages[index]
        text = paper.text[passage.start : passage.end]
        bare = _STAMP_NOTE.sub("", text)
        dates = find_dates(text)
        if not dates or dates[-1].value is None:
            continue
        last = dates[-1]
        place = bare.find(text[last.start : last.end])
        before, after = bare[:place], bare[place + last.end - last.start :]
        if place < 0 or after.strip("()。;,"):
            continue
        previous = paper.text[passages[index - 1].start : passages[index - 1].end] if index else ""
        before = _DAY_LABEL.sub("", before)
        alone = len(before) == 0
        signed = AGENCY.fullmatch(_ORGAN_LABEL.sub("", before)) is not None
        follows = alone and AGENCY.fullmatch(_STAMP_NOTE.sub("", previous)) is not None
        by_hand = looks_like_name(re.sub(r"^[^:]{0,12}:", "", before))
        sure = 1.0 if signed or follows else (0.85 if alone else 0.8 if by_hand else 0.0)
        if passage.block.cell is not None and not signed:
            sure = 0.0
        if sure and (best is None or sure > best[0]):
            best = (sure, passage.start + last.start, passage.start + last.end, last.value)
    if best is not None:
        sure, start, end, day = best
        yield paper.fact("dated_on", day, start, end, sure)  # type: ignore[arg-type]  # a date, kept with its place


_HEADED = re.compile(
    rf"(?P<organ>[\u4e00-\u9fff()]{{3,30}}?{_AGENCY_WORD})(?=(?:交通运输"
    rf"|交通)?(?:行政处罚|行政强制|违法行为|送达回证|立案|询问|现场|结案|案件|当场"
    rf"|不予|责令))"
)


def organ(paper: Paper, form: Form) -> Iterator[Fact]:
    """The organ that made the paper: by label, at its foot, or above its title."""
    entry = form.first(labels.AGENCY)
    if entry is not None:
        match = AGENCY.match(paper.text, entry.start, entry.end)
        if match:
            yield paper.fact(
                "agency", paper.printed(match.start(), match.end()), match.start(), match.end()
            )
            return
    passages = [passage for passage in paper.passages if passage.end > passage.start]
    previous = {later.start: each for each, later in pairwise(passages[-12:])}
    for passage in [*reversed(passages[-12:]), *passages[:3]]:
        text = paper.text[passage.start : passage.end]
        days = find_dates(text)
        bare = _STAMP_NOTE.sub("", text[: days[-1].start] if days else text)
        headed = _HEADED.match(text) if passage in passages[:3] else None
        if headed is not None:
            end = passage.start + headed.end("organ")
            yield paper.fact("agency", paper.printed(passage.start, end), passage.start, end, 0.9)
            return
        before = previous.get(passage.start)
        if before is not None and _is_torn(paper, before, passage, bare):
            whole = paper.text[before.start : before.end] + bare
            yield paper.fact("agency", whole, before.start, passage.start + len(bare), 0.95)
            return
        if passage.block.cell is None and AGENCY.fullmatch(bare) and len(bare) <= 32:
            end = passage.start + len(bare)
            if text.startswith(bare):
                yield paper.fact(
                    "agency", paper.printed(passage.start, end), passage.start, end, 0.95
                )
                return


def _is_torn(paper: Paper, before: Passage, passage: Passage, bare: str) -> bool:
    """Whether the foot of a scan names its organ in two pieces of one line, torn by the seal."""
    if before.block.cell is not None or passage.block.cell is not None:
        return False
    left, right = before.block.lines[-1].box, passage.block.lines[0].box
    if left is None or right is None:
        return False
    start, end = before.start, passage.start + len(bare)
    whole = paper.text[start : before.end] + bare
    return (
        before.page is passage.page
        and abs(left.top - right.top) < (right.bottom - right.top) / 2
        and left.right <= right.left
        and paper.is_recognised(start, end)
        and paper.text.startswith(bare, passage.start)
        and len(whole) <= 24
        and AGENCY.fullmatch(whole) is not None
    )


_WITH_DATE = re.compile(r"\d{4}年|[〇零○OoO一二三四五六七八九]{4}年|\d{4}[-./]\d")


RECORDS = frozenset({"现场笔录", "询问笔录", "勘验笔录", "听证笔录"})


_RECORDS_HEAD, _TAIL = 150, 70
"""Characters of a record that are its head, and of its end in which labels are those of hands."""


def _is_signature(paper: Paper, entry: Entry) -> bool:
    """By the label's words, a date behind the name, or its place after a record's text."""
    if "签" in entry.label or "确认" in entry.label:
        return True
    tail = paper.text[entry.start : max(entry.end, entry.start) + 16]
    if _WITH_DATE.search(tail[: entry.end - entry.start + 16]):
        return entry.end - entry.start < 60
    return (
        paper.kind in RECORDS
        and entry.end - entry.start <= 24
        and entry.at > max(_RECORDS_HEAD, min(len(paper.text) * 0.7, len(paper.text) - _TAIL))
    )


def signatures(paper: Paper, form: Form) -> Iterator[Fact]:
    """Who signed: after labels of signature; a signature that could not be read is told as well."""
    officers: dict[str, tuple[str, int, int]] = {}
    party_signed: tuple[str, int, int] | None = None
    unread = False
    record = paper.kind in RECORDS
    recorder_alone = record
    for entry in form.entries:
        is_officers = entry.label in labels.OFFICER_SIGNED or (
            record and entry.label in labels.OFFICERS
        )
        is_partys = entry.label in labels.PARTY_SIGNED
        if record and not is_officers:
            is_partys = is_partys or entry.label in labels.PRESENT | labels.INTERVIEWEE
        if not (is_officers or is_partys):
            continue
        start, stop = entry.start, min(entry.end, entry.start + 60)
        if not _is_signature(paper, entry):
            continue
        names = names_in(paper, start, stop, labelled=True)
        recorder_alone &= not is_officers or entry.label.startswith("记录")
        if _signed_by_hand(paper, entry, every=not names):
            unread = True
        for name in names:
            if is_officers:
                officers.setdefault(name[0], name)
            elif party_signed is None:
                party_signed = name
    if len(officers) == 1 and recorder_alone:
        unread = True  # who asked has signed behind a label that is not known
        officers = {}
    if officers:
        first = next(iter(officers.values()))
        yield paper.fact("officer_signatures", tuple(officers), first[1], first[2], 0.95)
    if party_signed is not None:
        yield paper.fact("party_signature", party_signed[0], party_signed[1], party_signed[2], 0.95)
    if unread:
        yield paper.stated("signature_unread", True)


_LONG_OPTION = re.compile(r"□[^□☑\n]{6,}")


def ticks(paper: Paper) -> Iterator[Fact]:
    """That a scanned form with boxes shows no tick at all: one was lost, or nobody ticked.

    What stands behind an empty box does not count as said, so nothing may be missed there.
    """
    option = _LONG_OPTION.search(paper.text)
    if option is not None and "☑" not in paper.text and paper.is_recognised(*option.span()):
        yield paper.fact("ticks_unread", True, *option.span())


def _signed_by_hand(paper: Paper, entry: Entry, *, every: bool) -> bool:
    """Whether something that may be a hand's stands beside a label.

    A mark of a signature always counts, as a second hand may stand beside a name that was read;
    with `every` so does any picture.
    """
    passage = paper.passage_at(entry.at)
    if passage is None:
        return False
    label_box = next((line.box for line in passage.block.lines if line.box is not None), None)
    for mark in passage.page.marks:
        if mark.box is None or label_box is None:
            continue
        if mark.kind is not MarkKind.SIGNATURE and not (every and mark.kind is MarkKind.IMAGE):
            continue
        if mark.box.bottom > label_box.top - 20 and mark.box.top < label_box.bottom + 20:
            return True
    return False


def seal(paper: Paper) -> Iterator[Fact]:
    """A seal on one of the pages, with the words that it lies over; whose it is, is not said."""
    for page in paper.document.pages:
        for mark in page.marks:
            if mark.kind is MarkKind.SEAL:
                boxes = (mark.box,) if mark.box is not None else ()
                evidence = Evidence(page.source, page.number, words_under(page, mark), boxes)
                yield Fact("seal", True, evidence, mark.confidence, paper.index)
                return


_SEAL_NOTE = re.compile(r"\((?:此处|加盖)?(?:印章|盖章|公章|签章|行政机关印章|机关印章|印|章)\)")


def seal_note(paper: Paper) -> Iterator[Fact]:
    """A typed note of the seal, （印章） or （盖章）, at the foot of a letter; it is no seal."""
    if paper.kind not in ADDRESSED:
        return
    passages = [passage for passage in paper.passages if passage.end > passage.start][-8:]
    if passages:
        note = _SEAL_NOTE.search(paper.text, passages[0].start)
        if note is not None:
            yield paper.fact("seal_noted", True, note.start(), note.end(), 0.9)


def words_under(page: Page, mark: Mark) -> str:
    """The characters of the page that lie in the box of a mark, line by line."""
    box = mark.box
    if box is None:
        return ""
    covered = []
    for line in page.lines:
        if line.box is None or not box.top <= (line.box.top + line.box.bottom) / 2 <= box.bottom:
            continue
        parts = ((letter, line.part(at, at + 1)) for at, letter in enumerate(line.text))
        under = (
            letter
            for letter, place in parts
            if place is not None and box.left <= (place.left + place.right) / 2 <= box.right
        )
        covered.append("".join(under).strip())
    return " ".join(words for words in covered if words)
