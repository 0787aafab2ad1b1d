"""电子技术监控记录审核表: whether somebody filled it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.facts.extractors import foot
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

_REVIEWER = re.compile(r"(?:审核|复核|审查)(?:人员?|员)?(?:\(?(?:签名|签字|签章)\)?)?:")
_BLANK = re.compile(
    r"_*(?:\(?(?:签名|签字|签章|盖章)\)?)?_*(?:\n|$|日期|时间|_*年_*月|审核|法制|技术)"
)
_FOUND = re.compile(
    r"通过|合格|同意|属实|采用|采信|清晰|完整|无误|符合|一致|准确|有效|可以?作为|不予|不符|不清|☑"
)


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """Reviewed where a result or a reviewer stands in it; blank where its fields hold nothing."""
    del form
    text = paper.text
    fields = list(_REVIEWER.finditer(text, paper.title_end))
    signed = [field for field in fields if _BLANK.match(text, field.end()) is None]
    result = _FOUND.search(text, paper.title_end)
    place = signed[0] if signed else result
    if place is not None:
        yield paper.fact("monitoring_reviewed", True, place.start(), place.end(), 0.9)
    elif fields:
        yield paper.fact("monitoring_review_blank", True, fields[0].start(), fields[-1].end(), 0.9)
    yield from foot.dated(paper)
