"""询问笔录 of several pages: which pages bear the signature of the person who was heard.

Only what the pages themselves show is given: a page counts as unsigned where its own field for the
signature stands blank. A page without such a field says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.text import fold, squeeze
from review.documents.model import Block, MarkKind, Page
from review.facts.model import Evidence, Fact
from review.facts.paper import Paper

_FIELD = re.compile(
    r"(?:被询问人|被调查人|被检查人|当事人|现场人员|被询问|陈述人)(?:\(?(?:签名|签字|签章|捺印|确认|签名或盖章"
    r"|签字或盖章)\)?)(?:及日期|并?捺印|或盖章)?:?"
)
_NEXT_LABEL = re.compile(
    r"^_*(?:年_*月_*日|日期|签名日期|询问人|记录人|执法人员|检查人|见证人|被|当事人|第\d+页|_{2,}|无后文"
    r"|\d{4}[年.-]\d|[〇零○一二三四五六七八九]{4}年)"
)
_PAGE_FOOT = re.compile(r"[-第]?\d{1,3}(?:页(?:共\d{1,3}页)?|-|/\d{1,3})?")
_REACH = 60.0
"""Points above its field in which a signature may still stand."""
_NOTHING = "无后文"
"""Stands for the end of the page behind a field."""
_PERSON = re.compile(r"^_*[\u4e00-\u9fff]{2,4}")


def extract(paper: Paper) -> Iterator[Fact]:
    """The places of the pages (1 for the first) with a filled and with a blank field."""
    pages = paper.document.pages
    if paper.kind not in ("询问笔录", "现场笔录", "勘验笔录"):
        return
    if len(pages) == 1:
        if paper.kind == "询问笔录" and _is_bare(pages[0], paper):
            yield _fact(paper, "unsigned_pages", (1,))
        return
    states = [_state(page) for page in pages]
    blank = tuple(at for at, state in enumerate(states, 1) if state is False)
    filled = tuple(at for at, state in enumerate(states, 1) if state is True)
    if filled:
        yield _fact(paper, "signed_pages", filled)
    if blank:
        yield _fact(paper, "unsigned_pages", blank)


_REFUSED = re.compile(r"拒绝|拒签|拒不|不识字|捺印|指印|手印")


def _is_bare(page: Page, paper: Paper) -> bool:
    """Whether a record of one page, typed throughout, shows no filled field for who was heard."""
    if page.marks or not page.is_legible:
        return False
    tail = paper.text[max(paper.text.rfind("问:"), paper.text.rfind("\n问")) + 1 :]
    return _state(page) is not True and _REFUSED.search(tail) is None


def _fact(paper: Paper, name: str, places: tuple[int, ...]) -> Fact:
    page = paper.document.pages[places[0] - 1]
    evidence = Evidence(page.source, page.number, paper.document.title)
    return Fact(name, places, evidence, 0.9, paper.index)


def _state(page: Page) -> bool | None:
    """Whether the page's field is filled; None without a field, and where a hand may have been."""
    blocks = [
        (text, block)
        for block in page.blocks
        if (text := fold(squeeze(block.text).text)) and not _PAGE_FOOT.fullmatch(text)
    ]
    state: bool | None = None
    for at, (text, block) in enumerate(blocks):
        for match in _FIELD.finditer(text):
            if _is_hand_near(page, block):
                return None
            after = text[match.end() : match.end() + 12]
            if not after:
                after = blocks[at + 1][0][:12] if at + 1 < len(blocks) else _NOTHING
            if _PERSON.match(after) and not _NEXT_LABEL.match(after):
                state = True
            elif _NEXT_LABEL.match(after):
                state = state or False
    return state


def _is_hand_near(page: Page, field: Block) -> bool:
    """Whether a picture, a hand or something unread stands by the field or below it.

    Who signs signs there; what was not read further up the page is no signature.
    """
    top = next((line.box.top for line in field.lines if line.box is not None), None)
    drawn = [mark.box for mark in page.marks if mark.kind is not MarkKind.SEAL]
    return any(
        top is None or place is None or place.bottom > top - _REACH
        for place in [*drawn, *page.doubtful_places]
    )
