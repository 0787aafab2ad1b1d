"""询问笔录 of several pages: which pages bear the signature of the person who was heard.

Only what the pages themselves show is given: a page counts as unsigned where its own field for the
signature stands blank. A page without such a field says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.text import fold, squeeze
from review.documents.model import MarkKind, Page
from review.facts.model import Evidence, Fact
from review.facts.paper import Paper

_FIELD = re.compile(
    r"(?:被询问人|被调查人|被检查人|当事人|现场人员|被询问|陈述人)(?:\(?(?:签名|签字|签章|捺印|确认|签名或盖章"
    r"|签字或盖章)\)?)(?:及日期|并?捺印|或盖章)?:?"
)
_NEXT_LABEL = re.compile(
    r"^_*(?:年_*月_*日|日期|签名日期|询问人|记录人|执法人员|检查人|见证人|被|当事人|第\d+页|_{2,}|无后文)"
)
_PAGE_FOOT = re.compile(r"[-第]?\d{1,3}(?:页(?:共\d{1,3}页)?|-|/\d{1,3})?")
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
    if any(mark.kind is not MarkKind.SEAL for mark in page.marks):
        return None
    if not page.is_legible:
        return None
    texts = [fold(squeeze(block.text).text) for block in page.blocks]
    texts = [text for text in texts if text and not _PAGE_FOOT.fullmatch(text)]
    state: bool | None = None
    for at, text in enumerate(texts):
        for match in _FIELD.finditer(text):
            after = text[match.end() : match.end() + 12]
            if not after:
                after = texts[at + 1][:12] if at + 1 < len(texts) else _NOTHING
            if _PERSON.match(after) and not _NEXT_LABEL.match(after):
                state = True
            elif _NEXT_LABEL.match(after):
                state = state or False
    return state
