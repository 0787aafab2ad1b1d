"""What the running text of notices, decisions and reports says: the law and the amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import find_dates, number
from review.common.citations import RELIED_ON, CitedText, citation_text
from review.common.money import Amount, find_amounts
from review.common.text import wide_brackets
from review.facts import labels
from review.facts.fields import Entry, Form
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
    begins = _basis_begins(text, entry) if entry is not None else None
    basis = citation_text(text, begins, verb=RELIED_ON) if begins is not None else None
    if basis is not None and entry is not None and basis.spans[0][0] > entry.end:
        basis = None
    if basis is None:
        basis = _basis(text, after)
    if basis is not None:
        yield cited(paper, "basis", basis)


def _basis_begins(text: str, entry: Entry) -> int | None:
    """Where the basis begins in its own field; None in a blank one.

    Clerks write the violated rule into it as well: 违反甲第…条，依据乙第…条. The basis is what
    follows the word of reliance; without that word the field does not tell which is which.
    """
    if entry.end <= entry.start:
        return None
    violated = VIOLATED_CUE.search(text, entry.start, entry.end)
    relied = BASIS_CUE.search(text, entry.start, entry.end)
    if violated is None or (relied is not None and relied.start() < violated.start()):
        return entry.start
    return relied.end() if relied is not None else None


def is_of_procedure(citation: str) -> bool:
    """Whether a citation is of rules of procedure or discretion, on which no penalty rests."""
    return _NOT_A_BASIS.search(citation) is not None


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
