"""送达地址确认书: whether the party agreed to be served electronically."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.facts.extractors import foot
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

_WAY = r"(?:电子|传真|微信|短信|邮件)[^。;,\n□☑]{0,10}?送达"
_ASKED = re.compile(
    r"(?:是否|愿否)(?:同意|接受|愿意|选择)?(?:以|用|通过|采[用取])?[^。;\n□☑]{0,16}?电子[^。;\n□☑]{0,8}?\n?"
    r"|(?:^|\n)(?:接受|同意)?电子(?:方式)?送达(?:方式|意愿|意见|确认)?[:\n]{1,2}"
)
_ANSWER = re.compile(
    r"[\s:?()送达文书执法方式]{0,10}☑?(?:(?P<no>不(?:同意|接受|愿意|采用)|否|拒绝)|(?P<yes>同意|接受|愿意|是(?!否)))"
)
_BOXED = re.compile(rf"(?P<box>[□☑])(?:同意|接受|愿意|采用|选择)*{_WAY}")
_NO = re.compile(
    rf"(?:不|拒绝|无法|不予)(?:同意|接受|愿意|选择|使用|采[用取])+(?:以|用|通过|采[用取])?[^。;,\n□☑]{{0,10}}?{_WAY}"
)
_YES = re.compile(
    rf"(?:同意|接受|愿意|选择|确认)(?:以|用|通过|采[用取]|使用)*[^。;,\n□☑]{{0,10}}?{_WAY}"
)
_CONDITIONAL = re.compile(
    r"(?:经|如|若|凡|须|应当|需|征得|取得|是否|未)[^。;,\n□☑]{0,14}?(?:同意|接受|选择)[^。;\n□☑]{0,24}?送达"
    r"|(?:同意|选择|接受)[^。;,\n□☑]{0,16}?送达的[,;]"
)


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """The answer ticked, or told in words; nothing where the boxes were left empty."""
    del form
    yield from foot.dated(paper)
    text = paper.ticked
    asked = _ASKED.search(text, paper.title_end)
    if asked is not None:
        yield from _answered(paper, text, asked.end())
        return
    boxes = list(_BOXED.finditer(paper.text, paper.title_end))
    if boxes:
        ticked = next((each for each in boxes if each["box"] == "☑"), None)
        one = ticked or boxes[0]
        if ticked is not None or "☑" in paper.text:
            yield paper.fact("electronic_consent", ticked is not None, *one.span(), 0.9)
        return
    text = _CONDITIONAL.sub(lambda each: "·" * len(each.group()), text)
    for pattern, agreed in ((_NO, False), (_YES, True)):
        told = pattern.search(text, paper.title_end)
        if told is not None:
            yield paper.fact("electronic_consent", agreed, *told.span(), 0.85)
            return


def _answered(paper: Paper, text: str, place: int) -> Iterator[Fact]:
    """The answer behind a question: the option that is ticked, or the only word that stands."""
    end = min(len(text), place + 120)
    rest = text[place:end]
    tick = rest.find("☑")
    if tick < 0 and "□" in rest.split("\n")[0] + "".join(rest.split("\n")[1:2]):
        return
    answer = _ANSWER.match(rest, max(tick, 0))
    if answer is not None:
        start, stop = place + answer.start(), place + answer.end()
        yield paper.fact("electronic_consent", answer["yes"] is not None, start, stop, 0.9)
