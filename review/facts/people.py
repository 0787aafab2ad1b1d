"""Names of persons in papers: officers with their certificates, signers, handlers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from review.common.surnames import begins_with_surname
from review.facts.model import Officer
from review.facts.paper import Paper

_NAME = re.compile(
    r"[\u3400-\u9fff]{2,4}(?:·[\u3400-\u9fff]{1,8})?|[\u3400-\u9fff]{1,3}[某×*xX]{1,2}"
)
_NOT_NAMES = re.compile(
    r"申请|公民|法人|组织|其他|[文案字]号|名称|个体|个人|人员|执法|证件|证号|号码|编号|签名"
    r"|签字|拒签|日期|时间|地点|单位|公司|本人|同意|意见|当事|二人|两人|三人|大队|支队"
    r"|中队|法规科|运输局|管理局"
    r"|交通|运输|询问|记录|检查|勘验|以上|以下|情况|承办|办案|负责|指定|调查|主办"
    r"|协办|组长|队员|科员|参加|邮政"
    r"|邮件|拒绝|见证|备注|空白|签收|送达|快递|盖章|公章|职务|姓名|出示|性别|在场"
    r"|驾驶|行政|电话|联系|地址|方式|直接|留置"
    r"|现场|机关|是否|回避|权利|全程|监督|^无|等$|^[一二三四五六七八九十]+$|年月"
    r"|^[一二三四五六七八九十廿卅〇○零两]+[年月日时分点秒号元人名份页次]"
    r"|月日|代收|原因|理由|事由|建议|结案|立案|批准|准予|报批|属实|无误|处罚|^被|^不|^未|^已|^本|^该|以内|主要|内容|说明|证明|材料"
    r"|^之?(?:父亲?|母亲?|妻子?|丈夫|配偶|儿子|女儿|父子|母子|兄弟|姐妹|哥哥|弟弟|姐姐|妹妹)$|核对|核实|查看|确认|阅读|审阅|拒收|拒不"
)
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]")
_NAME_AND_DAY = re.compile(
    r"(?P<name>[\u3400-\u9fff]{2,4}?(?<![于至自从在到截止起是为]))"
    r"(?=[12]\d{3}[年.-]|[〇零○一二][〇零○一二三四五六七八九]{3}年)"
)
"""A name with the day run on behind it, as recognition joins them: 于样德2024年5月3日."""
_CERTIFICATE = re.compile(
    r"(?<![0-9A-Za-z])(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川"
    r"宁琼][A-Z]?(?:交)?(?:运|执|政|执法|综执)*(?:字|第)*)?"
    r"(?=[0-9A-Z-]{5,20}(?![0-9A-Za-z]))[0-9A-Z][0-9A-Z-]*[0-9][0-9A-Z-]*号?"
)


def looks_like_name(word: str, *, labelled: bool = False) -> bool:
    """Whether a word is shaped like a person's name and begins with a known surname.

    `labelled`: it stands in a field for names, where unknown surnames are believed as well.
    """
    if not _NAME.fullmatch(word) or _NOT_NAMES.search(word):
        return False
    return labelled or begins_with_surname(word)


def names_in(
    paper: Paper, start: int, end: int, *, labelled: bool = False
) -> list[tuple[str, int, int]]:
    """The persons named in [start, end): words shaped like names, in order, each once."""
    found: dict[str, tuple[str, int, int]] = {}
    for word, low, _ in paper.words(start, end):
        for name, begin, finish in _split(word, low, labelled=labelled):
            found.setdefault(name, (name, begin, finish))
    return list(found.values())


def _split(word: str, low: int, *, labelled: bool) -> list[tuple[str, int, int]]:
    """The names of one word; 于江德和任刚河 are two, 1.于江德 is numbered."""
    numbered = _NUMBERED.match(word)
    if numbered is not None:
        word, low = word[numbered.end() :], low + numbered.end()
    high = low + len(word)
    if looks_like_name(word) or (labelled and looks_like_name(word, labelled=True)):
        return [(word, low, high)]
    parts = [part.removesuffix("同志") for part in re.split(r"[和与及]", word) if part]
    if len(parts) > 1 and all(looks_like_name(part) for part in parts):
        found = []
        for part in parts:
            at = low + word.index(part)
            found.append((part, at, at + len(part)))
        return found
    dated = _NAME_AND_DAY.match(word)
    if dated is not None and looks_like_name(dated["name"], labelled=labelled):
        return [(dated["name"], low, low + len(dated["name"]))]
    for cut in ("同志", "签名", "执法", "证", "等"):
        head = word.split(cut, 1)[0]
        if head != word and looks_like_name(head):
            return [(head, low, low + len(head))]
    return []


def certificates_in(
    text: str, start: int, end: int, *, labelled: bool = False
) -> list[tuple[str, int, int]]:
    """Certificate numbers in [start, end); dates, telephone and identity numbers are not.

    `labelled`: the range is a field for them, where a number of 11 digits is not a telephone's.
    """
    found = []
    for match in _CERTIFICATE.finditer(text, start, end):
        value = match.group().removesuffix("号")
        digits = sum(character.isdigit() for character in value)
        before = text[max(start, match.start() - 30) : match.start()]
        told = labelled or re.search(r"证件?号?(?:码|编号)?[:为]?$", before) is not None
        lettered = re.match(r"[A-Z]{2,}", value) is not None
        if digits < (4 if told and lettered else 5) or _is_other_number(
            value, before, labelled=labelled
        ):
            continue
        found.append((_digits_for_letters(value), match.start(), match.end()))
    return found


def _digits_for_letters(value: str) -> str:
    """An O or I among eight or more digits is a misread 0 or 1."""
    digits = value.translate(str.maketrans("OI", "01"))
    return digits if len(value) > 8 and digits.isdigit() else value


def _is_other_number(value: str, before: str, *, labelled: bool) -> bool:
    if re.search(r"(?:电话|手机|身份|联系|记录仪|设备|车牌|案号|第|ZFJL)[^,;。)]{0,4}$", before):
        return True
    if re.fullmatch(r"1[3-9]\d{9}", value) and not labelled and "证" not in before:
        return True
    return re.fullmatch(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}|\d{17}[0-9X]", value) is not None


def pair(
    names: Iterable[tuple[str, int, int]], numbers: Iterable[tuple[str, int, int]]
) -> list[tuple[Officer, int, int]]:
    """Names with their certificate numbers, by place.

    Either name, number, name, number; or name, name, number, number. Where the counts do not fit,
    nobody gets a number that may be another's.
    """
    people, cards = (
        sorted(names, key=lambda each: each[1]),
        sorted(numbers, key=lambda each: each[1]),
    )
    marked = sorted(
        [*(("name", *each) for each in people), *(("card", *each) for each in cards)],
        key=lambda each: each[2],
    )
    kinds = "".join("n" if each[0] == "name" else "c" for each in marked)
    if re.fullmatch(r"(?:nc)+", kinds) or (len(people) == len(cards) and cards):
        return [
            (Officer(name[0], card[0]), name[1], max(name[2], card[2]))
            for name, card in zip(people, cards, strict=True)
        ]
    if kinds.count("c") and re.fullmatch(r"(?:nc?)+", kinds):
        found = []
        for index, (kind, value, low, high) in enumerate(marked):
            if kind != "name":
                continue
            card = marked[index + 1] if index + 1 < len(marked) else None
            number = card[1] if card is not None and card[0] == "card" else None
            alone = kinds.count("n") > kinds.count("c") and "nn" in kinds
            found.append((Officer(value, None if alone else number), low, high))
        return found
    return [(Officer(name), low, high) for name, low, high in people]
