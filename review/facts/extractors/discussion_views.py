"""重大案件集体讨论记录: what each of those who discussed is recorded to have said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import looks_like_name

_SPEAKER = re.compile(
    r"(?:^|(?<=[\n。;]))(?:\d{1,2}[.、])?(?P<who>[\u4e00-\u9fff]{2,4}?)"
    r"(?:\([^()\n]{1,16}\)|同志|(?:常务|分管|党组|总)?副?(?:局长|科长|(?:[大中支总]队|队)长|主任|书记|处长|股长|委员|成员|支队长))?"
    r"(?:发言|表示|认为|意见)?[::]"
)
_LONGEST = 160


def extract(paper: Paper) -> Iterator[Fact]:
    """One fact with "who: what" a speaker, in order; nothing where fewer than two are told."""
    text = paper.text
    heads = [
        match for match in _SPEAKER.finditer(text, paper.title_end) if looks_like_name(match["who"])
    ]
    views: list[str] = []
    for at, head in enumerate(heads):
        stop = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        line = text.find("\n", head.end())
        end = min(stop, line if line >= 0 else len(text), head.end() + _LONGEST)
        said = text[head.end() : end].strip("。;, ")
        if said:
            views.append(f"{head['who']}：{said}")
    if len(views) >= 2:
        yield paper.fact("views", tuple(views), heads[0].start(), heads[-1].end(), 0.85)
