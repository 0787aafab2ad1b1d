"""Circumstances that may stand in any paper: a change of name, gains, a contract price, axles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.money import find_amounts
from review.facts.model import Fact
from review.facts.paper import Paper

_UNIT = r"[\u4e00-\u9fff()]{3,36}?(?:公司|厂|部|店|社|行|队|中心)"
_RENAMED = (
    re.compile(
        rf"由[“\"]?(?P<old>{_UNIT})[”\"]?(?:依法|经核准)?(?:变更|更名|改名)(?:登记)?(?:为"
        rf"|成)[“\"]?(?P<new>{_UNIT})(?![\u4e00-\u9fff])"
    ),
    re.compile(
        rf"(?:变更前|原名称?|原企业名称|曾用名)(?:名称|内容)?[:为是]?[“\"]?(?P<old>"
        rf"{_UNIT})[”\"]?[,;。\n]?"
        rf"(?:(?:变更后|现名称?|现企业名称)(?:名称|内容)?[:为是]?[“\"]?(?P<new>{_UNIT})(?"
        rf"![\u4e00-\u9fff]))?"
    ),
)
_MONEY = (
    ("gains_yuan", re.compile(r"(?:违法|非法)所得(?:人民币|共计|合计|总计|金额|为|计|是|共|:)*")),
    (
        "contract_price_yuan",
        re.compile(
            r"(?:工程)?合同(?:总)?(?:价款|价格|金额|总价|造价|价)(?:人民币|为|是|计|共计|:)*"
        ),
    ),
    (
        "surcharge_yuan",
        re.compile(
            r"加处(?:的)?罚款(?:数额|金额)?(?:人民币|共计|合计|为|计|:)*|滞纳金(?:人民币|为"
            r"|计|:)*"
        ),
    ),
)
_RANGE_AFTER = re.compile(r"(?:以上|以下|至|-|~|的\d|的百分)")
_SINGLE = re.compile(r"驱动轴为单轴|单驱动轴|单轴驱动|一个驱动轴|4[x×*]2")
_DOUBLE = re.compile(r"驱动轴为双|双驱动轴|双联驱动|双轴驱动|并装双轴驱动|两个驱动轴|6[x×*]4")


def extract(paper: Paper) -> Iterator[Fact]:
    """What is stated of the kind; amounts only where they stand right behind their word."""
    text = paper.unquoted
    yield from _renamed(paper)
    for name, words in _MONEY:
        for match in words.finditer(text):
            amount = next(iter(find_amounts(text[match.end() : match.end() + 30])), None)
            if amount is None or amount.start > 0:
                continue
            start, end = match.end() + amount.start, match.end() + amount.end
            if _RANGE_AFTER.match(text, end):
                continue
            yield paper.fact(name, amount.yuan, start, end, 0.85)
            break
    for pattern, value in ((_SINGLE, True), (_DOUBLE, False)):
        found = pattern.search(text)
        if found is not None:
            yield paper.fact("single_drive_axle", value, found.start(), found.end(), 0.85)
            return


def _renamed(paper: Paper) -> Iterator[Fact]:
    for pattern in _RENAMED:
        match = pattern.search(paper.text)
        if match is None:
            continue
        for name, group in (("renamed_from", "old"), ("renamed_to", "new")):
            start, end = match.span(group)
            if start >= 0:
                yield paper.fact(name, paper.printed(start, end), start, end, 0.85)
        return
