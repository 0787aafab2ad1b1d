"""What the running text of notices, decisions and reports says: the act, the law, the amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from review.common.chinese_dates import find_dates, number
from review.common.citations import RELIED_ON, CitedText, citation_text
from review.common.money import Amount, find_amounts
from review.common.text import wide_brackets
from review.facts import labels
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

VIOLATED_CUE = re.compile(
    r"(?:涉嫌)?(?:已经?|均|构成)?违反了?(?:国家|以下|下列)?(?=[^。\n]{0,12}《|(?:该"
    r"|本|同)(?:法|条例|规定|办法)第)|不符合(?=《)"
)
BASIS_CUE = re.compile(
    r"(?:依据|根据|依照|按照|按|适用|依|参照适用)了?(?=[^。\n]{0,12}《|(?:该|本"
    r"|同)(?:法|条例|规定|办法)第)"
)
_NOT_A_BASIS = re.compile(
    r"裁量|基准|办法\(试行\)|程序规定|行政强制法|行政复议法|行政诉讼法|民事诉讼法|罚没|听证"
)
_PENALTY_LAW = re.compile(r"行政处罚法")
_PROCEDURAL = re.compile(
    r"第(?:二十八|四十二|四十三|四十四|四十五|五十一|五十二|五十四|五十七|五十八"
    r"|五十九|六十|六十一|六十二|六十三|六十四|六十五|六十六|六十七|七十二|七十三|28"
    r"|44|45|51|54|57|63|64)条"
)
_LASTING = re.compile(r"^(?:起)?(?:至|到|-|~)")
_FOUND = re.compile(
    r"^[^。;\n]{0,60}?(?:检查|巡查|核查|抽查|稽查|排查|调查|筛查|比对|监督检查|查询"
    r"|监测)?(?:中|时)?(?:,)?(?:发现|查获|查处|查明|获悉|接到|接[^,。;\n]{0,8}?(?:举报|投诉))"
    r"|^(?:[上下]午|\d{1,2}[时:]\d{0,2}分?)?(?:许)?[^,。;\n]{0,30}?(?:现场|监督|执法"
    r"|例行|日常|专项)检查(?:时)?[,,]|^检查[,,]"
)
_RANGE_AFTER = re.compile(r"^(?:\([^()]*\))?(?:以上|以下|至|到|-|~)")
_NOT_FINE_BEFORE = re.compile(
    r"(?:每[^,。;]{0,16}|最高[^,。;]{0,6}|不超过|以上|以下|至|不得超过|上限|不足"
    r"|加处)(?:处以?|罚款)?(?:人民币)?$"
)
_FINE = re.compile(
    r"(?:罚款(?:计|共计|合计|总计|金额为?|数额为?|为|:|\(大写\))?:?|处(?:以"
    r"|予)?(?:人民币)?|处罚款|罚没款|罚金|给予|并处(?:以)?(?:人民币)?)"
)
_DECIDES = re.compile(
    r"决定(?:如下|给予|对|处以|处|作出|予以|:|,|责令|不予|没收|罚款|依法|从轻|从重"
    r"|减轻|吊销|并处|警告|暂扣)|现决定|处罚(?:内容|种类|决定|如下)"
)
_PROPOSES = re.compile(
    r"拟(?:对|作出|给予|处|决定|依法|按|责令|将|从轻|减轻|从重|罚|没收|吊销|做出)"
    r"|(?:将|准备|建议)(?:对|作出|给予|处|依法|按)"
)
_KINDS = (
    ("警告", re.compile(r"警告")),
    ("通报批评", re.compile(r"通报批评")),
    ("罚款", re.compile(r"罚款")),
    ("没收违法所得", re.compile(r"没收(?:全部|非法|其|你\(单位\)|当事人)?(?:违法|非法)所得")),
    ("没收非法财物", re.compile(r"没收[^,。;]{0,20}?(?:财物|工具|设备|车辆|物品)")),
    ("暂扣许可证件", re.compile(r"暂扣[^,。;]{0,20}?(?:许可证|资格证|从业资格|证件)")),
    ("降低资质等级", re.compile(r"降低[^,。;]{0,10}?资质")),
    ("吊销许可证件", re.compile(r"吊销|撤销[^,。;]{0,12}?(?:许可|资格)")),
    ("责令停产停业", re.compile(r"责令[^,。;]{0,8}?(?:停产|停业|停运|停止营业)|停业整顿")),
    ("限制从业", re.compile(r"限制从业|禁止从业")),
)


def citations(paper: Paper, form: Form) -> Iterator[Fact]:
    """The provision violated and the basis of the penalty, as the paper writes them."""
    text = paper.unquoted
    after = 0
    entry = form.first(labels.VIOLATED)
    found = citation_text(text, entry.start) if entry is not None else None
    if found is None or found.spans[0][0] > (entry.end if entry else 0):
        found = None
        for cue in VIOLATED_CUE.finditer(text):
            found = citation_text(text, cue.end(), reach=16)
            if found is not None:
                break
    if found is not None:
        yield cited(paper, "violated", found)
        after = found.spans[-1][1]
    entry = next((each for each in form.find(labels.BASIS) if each.label != "依据"), None)
    basis = (
        citation_text(text, entry.start, verb=RELIED_ON)
        if entry is not None and entry.end > entry.start
        else None
    )
    if basis is not None and entry is not None and basis.spans[0][0] > entry.end:
        basis = None
    if basis is None:
        basis = _basis(text, after)
    if basis is not None:
        yield cited(paper, "basis", basis)


def is_of_procedure(citation: str) -> bool:
    """Whether a citation is of rules of procedure or discretion, on which no penalty rests."""
    return _NOT_A_BASIS.search(citation) is not None


def tells_discovery(after: str) -> bool:
    """Whether the words after a day say that something was found on it."""
    return _FOUND.match(after) is not None


def cited(paper: Paper, name: str, found: CitedText, sure: float = 0.95) -> Fact:
    """A run of citations as a fact, as printed, without abbreviations that it introduces."""
    value = "、".join(
        (f"《{law}》" if law else "")
        + re.sub(r"[(（](?:以下|下)?(?:统)?简?称[^()（）]*[)）]", "", paper.printed(*span))
        for law, span in zip(found.laws, found.spans, strict=True)
    )
    value = re.sub(r"（([^（）()]*)\)", r"（\1）", re.sub(r"\(([^（）()]*)）", r"(\1)", value))
    if paper.is_recognised(found.spans[0][0], found.spans[-1][1]):
        value = wide_brackets(value)
    return paper.fact(name, value, found.spans[0][0], found.spans[-1][1], sure)


def _basis(text: str, after: int) -> CitedText | None:
    """The citation on which the penalty rests: after the violation, not a rule of procedure.

    The Penalty Law is taken only if nothing more special is cited (waivers rest on it).
    """
    fallback: CitedText | None = None
    for cue in BASIS_CUE.finditer(text, after):
        found = citation_text(text, cue.end(), reach=16, verb=RELIED_ON)
        if found is None or _NOT_A_BASIS.search(text[cue.start() : found.spans[0][1]]):
            continue
        special = [
            (law, span)
            for law, span in zip(found.laws, found.spans, strict=True)
            if not _PENALTY_LAW.search(law or text[span[0] : span[1]])
        ]
        if special:
            return CitedText(
                found.text, tuple(span for _, span in special), tuple(law for law, _ in special)
            )
        if not _PROCEDURAL.search(found.text) and fallback is None:
            fallback = found
    return fallback


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
    text = paper.unquoted[start:end]
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
    acts = [day for day in days if day is not discovered]
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


_SIGNED_BEFORE = re.compile(r"[。;](?:[\u4e00-\u9fff]{2,4}[、,和]?){1,3}$")
"""A name or two behind the sentence: the day beside them is that of the signature."""


def _is_of_a_paper(text: str, start: int, end: int) -> bool:
    """Whether a date is that of a licence, a term or a step of the procedure, not of the act."""
    before = text[max(0, start - 22) : start]
    after = text[end : end + 40]
    if after[:1] in ("", "\n") and _SIGNED_BEFORE.search(before) is not None:
        return True
    return (
        _TERM_AFTER.match(after) is not None
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


def fines(paper: Paper, name: str) -> Iterator[Fact]:
    """The fine that the paper decides or proposes, and its words and digits for comparison.

    Amounts of a range of the statute, of a rate ("每超一千千克罚款五百元") and of surcharges are
    not fines. Where several parts have a fine each, their sum is given with low confidence.
    """
    text = paper.unquoted
    cues = _DECIDES if name == "fine_yuan" else _PROPOSES
    places = [match.start() for match in cues.finditer(text, paper.title_end)]
    candidates = [amount for amount in find_amounts(text) if is_fine(text, amount)]
    if not candidates:
        return
    chosen = [amount for amount in candidates if any(amount.start > place for place in places)]
    decided = chosen or candidates
    groups = _pairs(text, decided)
    total = next(
        (
            group
            for group in groups
            if re.search(
                r"(?:合计|共计|总计|合并)[^,。;]{0,10}$",
                text[max(0, group[0].start - 16) : group[0].start],
            )
        ),
        None,
    )
    main = total or groups[0]
    values = {group[0].yuan for group in groups}
    confidence = 0.95 if chosen else 0.85
    yuan = main[0].yuan
    if len(values) > 1 and total is None:
        same_clause = "\n" not in text[groups[0][0].start : groups[-1][0].start]
        numbered = re.search(
            r"[12一二][.、]", text[max(0, groups[0][0].start - 60) : groups[0][0].start]
        )
        confidence = min(confidence, 0.6) if numbered or not same_clause else 0.7
    words = next((amount for amount in main if amount.style == "words"), None)
    digits = next((amount for amount in main if amount.style == "digits"), None)
    if words is not None and digits is not None and words.yuan != digits.yuan:
        yuan, confidence = words.yuan, min(confidence, 0.7)
    yield paper.fact(name, yuan, main[0].start, main[-1].end, confidence)
    if words is not None:
        yield paper.fact("fine_words_yuan", words.yuan, words.start, words.end, 0.95)
    if digits is not None:
        yield paper.fact("fine_digits_yuan", digits.yuan, digits.start, digits.end, 0.95)


def is_fine(text: str, amount: Amount) -> bool:
    """Whether an amount is a fine: no range of the statute, no rate, no gains, no surcharge."""
    before = text[max(0, amount.start - 30) : amount.start]
    after = text[amount.end : amount.end + 12]
    if _RANGE_AFTER.match(after) or _NOT_FINE_BEFORE.search(before):
        return False
    clause = re.split(r"[,;。\n]", before)[-1]
    if re.search(r"罚款[计共合为]*(?:人民币)?$", clause) and "加处" not in clause:
        return "每" not in clause
    if re.search(r"没收|违法所得|车费|运费|货款|加处|每|注册资本|标准|价款|滞纳", clause):
        return False
    if _FINE.search(clause) and not clause.endswith(("车费", "运费")):
        return True
    if re.match(r"\)?(?:整|正)?(?:\([^()]{0,30}\))?(?:的)?(?:行政)?(?:罚款|处罚)", after):
        return True
    return (
        re.search(r"罚款[^,;。\n]{0,30}\($|罚款\(?(?:大写|小写|人民币|金额)?[:)]*$", before)
        is not None
    )


def _pairs(text: str, amounts: list[Amount]) -> list[list[Amount]]:
    """Amounts that stand together as words and digits of one fine."""
    every = sorted(find_amounts(text), key=lambda amount: amount.start)
    groups: list[list[Amount]] = []
    for amount in amounts:
        if groups and amount in groups[-1]:
            continue
        group = [amount]
        at = every.index(amount)
        if at + 1 < len(every):
            following = every[at + 1]
            between = text[amount.end : following.start]
            if following.style != amount.style and re.fullmatch(
                r"[(:,]{0,2}(?:人民币|小写|大写|即|计|¥|\(小写\)|\(大写\)|大写人民币|小写人民币"
                r"|[)(:为])*",
                between,
            ):
                group.append(following)
        groups.append(group)
    return groups


def kinds_of_penalty(paper: Paper) -> Iterator[Fact]:
    """The kinds of penalty that a decision gives (Penalty Law art. 9)."""
    text = paper.unquoted
    places = list(_DECIDES.finditer(text, paper.title_end))
    for match in reversed(places):
        end = _clause_end(text, match.end())
        clause = text[match.start() : end]
        kinds = tuple(name for name, pattern in _KINDS if pattern.search(clause))
        if kinds and "加处" not in clause[:20]:
            shown = min(end, match.start() + 120)
            yield paper.fact("kind_of_penalty", kinds, match.start(), shown, 0.85)
            return


_ITEM = re.compile(r"\n(?:\(?[一二三四五六1-6][.、)]|[^\n]{0,4}(?:警告|罚款|没收|责令|吊销|处以))")


def _clause_end(text: str, place: int) -> int:
    """Where the decision ends: its paragraph, and the numbered ones that go on with it."""
    end = text.find("\n", place)
    while end >= 0 and _ITEM.match(text, end):
        end = text.find("\n", end + 1)
    return end if end >= 0 else len(text)


_DAYS = r"(?P<n>[一二三四五六七八九十百0-9]{1,4})(?:个)?(?P<work>工作)?(?:日|天)"
_DEFENCE_DAYS = re.compile(
    rf"(?:收到|接到|送达|签收)[^。\n]{{0,24}}?{_DAYS}(?:之?内|前)?[^。"
    rf"\n]{{0,60}}?(?:陈述|申辩)|(?:陈述|申辩)[^。\n]{{0,60}}?(?:收到|接到|送达)[^。"
    rf"\n]{{0,20}}?(?P<n2>[一二三四五六七八九十0-9]{{1,3}})(?:个)?(?:工作)?(?:日"
    rf"|天)内"
)


def defence_days(paper: Paper) -> Iterator[Fact]:
    """How many days the notice gives for statement and defence."""
    match = _DEFENCE_DAYS.search(paper.ticked)
    if match is not None:
        days = number(match["n"] or match["n2"])
        if days is not None and 0 < days < 61:
            yield paper.fact("defence_days", days, match.start(), match.end(), 0.9)


_FILED = re.compile(
    r"^(?:以|因|就|对)[^。;,\n]{2,60}?立案|^[^。;\n]{0,16}?(?:对[^。"
    r";\n]{0,40}?)?(?:予以|批准|决定|依法|进行|正式)*立案"
)
_SERVED = re.compile(
    r"^(?:,)?(?:以|用|通过)《[^》]{0,30}(?:告知书|通知书)》[^。;\n]{0,40}?告知"
    r"|^(?:依法|书面)*告知|^[^。;\n]{0,24}?(?:送达|签收|收到|交付|直接送达|邮寄送达"
    r"|发出)[^。;\n]{0,30}?(?:通知书|告知书|告知)|^(?:向[^。;\n]{0,40}?)?(?:直接"
    r"|留置|邮寄)?(?:送达|签收)了?[^。;\n]{0,40}?(?:通知书|告知书)"
)


def quoted_days(paper: Paper) -> Iterator[Fact]:
    """Days of earlier steps that a decision mentions: the filing, the service of the notice."""
    text = paper.text
    wanted = {"filed_on_quoted": _FILED, "notice_served_on_quoted": _SERVED}
    for day in find_dates(text):
        if day.value is None:
            continue
        for name, pattern in list(wanted.items()):
            if pattern.match(text[day.end : day.end + 90]):
                yield paper.fact(name, day.value, day.start, day.end, 0.85)
                del wanted[name]
                break
