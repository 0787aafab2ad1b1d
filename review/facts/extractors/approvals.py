"""Fields of opinion: what the head, the unit and the reviewer wrote, signed and dated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from review.common.chinese_dates import find_dates
from review.facts import labels
from review.facts.fields import Entry, Form
from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import looks_like_name, names_in

_OWN = (
    labels.SIGNED
    | labels.OFFICER_SIGNED
    | labels.HANDLERS
    | labels.REVIEWER
    | labels.HEAD_ROW
    | frozenset({"日期", "时间", "年月日", "审批日期", "签字日期", "签名日期"})
)
_SIGNATURE = re.compile(
    r"(?:(?:行政|处罚|执法)?(?:机关|部门|局)?(?:负责人|审批人|批准人|领导|局长|签批人)?"
    r"(?:签名|签字|签章|签发|签署)(?:\(?(?:盖章|或盖章|或者盖章)\)?)?"
    r"|审批人|批准人|负责人|局长|签批人)"
    r"(?:\([^()]{0,8}\))?:"
)
_OF_A_UNIT = (
    r"(?:[^、,。;\n]{0,8}(?:中队|大队|支队|分队|科室|股室|办案机构|承办机构)(?:的|指派|安排)?)?"
    r"(?:执法人员|办案人员|工作人员|承办人员?)?"
)
"""The unit that stands before its officers: 由二中队执法人员甲、乙承办."""
_HOW = (
    r"(?:(?:两|二|2|三|3)(?:名|位|人)|等)?(?:同志|执法人员|办案人员|工作人员|承办人员?)*"
    r"(?:依法|依规|依照|严格|认真|抓紧|尽快|及时|迅速|立即|全面|继续|进一步|从[速严快]|(?:按|依)照?[^,。;\n]{0,8}?"
    r"|共同|一并|会同|牵头|组织|予以|对[^,。;\n]{1,12}?|于[^,。;\n]{1,12}?|在[^,。;\n]{1,12}?)*"
)
"""How many they are and how they are to go about it, between the names and the verb."""
_HANDLERS = (
    re.compile(
        rf"(?:指定|指派|确定|安排|委派|选派|责成|明确|由|交由|交|派|请){_OF_A_UNIT}"
        rf"(?P<names>[^。;\n]{{2,60}}?){_HOW}"
        r"(?:为|作为|担任|负责|承办|办理|具体|进行|调查|查办|主办|依法|处理|查处|办案|经办|跟进"
        r"|牵头|组成)"
    ),
    re.compile(
        r"(?:承办人员?|办案人员|主办人员?|调查人员|经办人|执法人员)(?:为|是|:|指定为|由)?"
        r"(?P<names>[^。;\n]{2,60})"
    ),
    re.compile(r"(?:承办|办理|主办|办案|经办):(?P<names>[^。;\n]{2,40})"),
    re.compile(
        r"(?:^|[,。;\n])(?P<names>[\u4e00-\u9fff]{2,4}(?:[、,和与][\u4e00-\u9fff]{2,4}){1,3}?)"
        rf"{_HOW}(?:承办|办理|负责|主办|查办|经办|调查|处理|查处|办案|跟进)"
    ),
)
_NO_HANDLER = re.compile(
    r"长$|主任$|书记$|严格|严肃|公正|从[速严快重轻]|全面|认真|及时|尽快|依法|文明|规范"
)
"""Words with a surname's character that name nobody, and leaders who pass the case on."""
_OPINION_BEGINS = re.compile(
    r"[☑:\s]*(?:同意|拟同意|准予|批准|不同意|不予|可以|按|照|请|经|由|报|建议|退回|予以|照准|无异议)"
)


def opinion(form: Form, group: frozenset[str]) -> tuple[Entry, int, int] | None:
    """The last field of that group with its range, signature and date included."""
    found = None
    for entry in form.find(group):
        found = (entry, *form.region(entry, _OWN))
    return found


def heads_opinion(form: Form) -> tuple[Entry, int, int] | None:
    """The head's field: labelled as his opinion, or a row of his whose words are one."""
    field = opinion(form, labels.HEAD_OPINION)
    if field is not None:
        return field
    for entry in form.find(labels.HEAD_ROW):
        if _OPINION_BEGINS.match(form.text(entry)):
            field = (entry, *form.region(entry, _OWN))
    return field


def head(paper: Paper, form: Form) -> Iterator[Fact]:
    """The head's opinion, signature, date and the handlers he names; a blank field is told."""
    field = heads_opinion(form)
    if field is None:
        yield from _consent(paper, form)
        return
    entry, start, end = field
    text = paper.text[start:end]
    signature = _SIGNATURE.search(text)
    days = [day for day in find_dates(text) if day.value is not None]
    bare = _name_before(paper, start, days[-1].start) if days and signature is None else None
    said_end = min(
        [
            len(text),
            *([signature.start()] if signature else []),
            *([days[-1].start] if days else []),
            *([bare - start] if bare is not None else []),
        ]
    )
    said = text[:said_end].strip("\n,。;:")
    if not re.search(r"[\u4e00-\u9fff]{2}", _without_blanks(said)):
        if not days and not (signature and names_in(paper, start + signature.end(), end)):
            yield paper.fact("head_opinion_blank", True, entry.at, max(end, entry.at + 1), 0.9)
    else:
        yield paper.fact(
            "head_opinion",
            paper.printed(start, start + said_end).strip("。"),
            start,
            start + said_end,
            0.95,
        )
        yield from _handlers(paper, start, start + said_end)
    signed_from = start + (signature.end() if signature else said_end)
    names = names_in(paper, signed_from, end, labelled=signature is not None or bare is not None)
    if names:
        name, low, high = names[0]
        yield paper.fact("head_signature", name, low, high, 0.95)
    if days:
        last = days[-1]
        if last.value is not None:
            yield paper.fact(
                "head_approved_on", last.value, start + last.start, start + last.end, 0.97
            )
    elif re.search(r"年月日", text) or signature is not None:
        yield paper.fact("head_date_blank", True, start, end, 0.85)


_CONSENT = re.compile(
    r"(?:^|(?<=[。;,:\n日0-9]))"
    r"(?P<said>(?:原则)?(?:同意|准予|批准|准许|可以|予以|照准|不同意|不予|退回)[^。;:\n]{0,60}?)[。;,.\n]*"
    r"(?P<label>(?:行政|执法|处罚|交通运输)*(?:机关|局|主管部门|单位)?(?:主要|分管)?"
    r"(?:负责人|局领导|领导|局长|审批人|批准人|签发人|签批人)(?:审批|批准)?"
    r"\(?(?:签名|签字|签章|签发|签署|盖章)?\)?:?)?"
    r"(?P<hand>[\u4e00-\u9fff·、]{2,12}?)"
    r"(?=(?:[12]\d{3}|[〇零○一二]{4}|二[〇零○O]))"
)
"""The head's consent in running text: words of approval, his title or none, his name, the day."""


def _consent(paper: Paper, form: Form) -> Iterator[Fact]:
    """The head's consent where no field is labelled as his opinion: the last one of the paper.

    Without his title beside the name it counts only on a paper that labels nobody's opinion, since
    the unit's consent reads the same.
    """
    others = any(form.find(labels.UNIT_OPINION | labels.HANDLER_OPINION | labels.REVIEW_OPINION))
    for match in reversed(list(_CONSENT.finditer(paper.text, paper.title_end))):
        names = names_in(paper, *match.span("hand"), labelled=match["label"] is not None)
        day = next(iter(find_dates(paper.text[match.end() : match.end() + 16])), None)
        if not names or day is None or day.value is None or day.start > 0:
            continue
        if match["label"] is None and others:
            continue
        sure = 0.95 if match["label"] else 0.85
        low, high = match.span("said")
        yield paper.fact("head_opinion", paper.printed(low, high), low, high, sure)
        yield paper.fact("head_signature", *names[0], sure)
        yield paper.fact(
            "head_approved_on", day.value, match.end() + day.start, match.end() + day.end, sure
        )
        yield from _handlers(paper, low, high)
        return


def _name_before(paper: Paper, start: int, day: int) -> int | None:
    """Where a name stands alone between the opinion and the date, without a label."""
    words = paper.words(start, start + day)
    if not words or words[-1][2] < start + day - 1:
        return None
    word, low, _ = words[-1]
    alone = low > start and (paper.has_gap(low) or paper.text[low - 1] in "。.;,")
    return low if alone and looks_like_name(word, labelled=True) else None


def _without_blanks(text: str) -> str:
    # the label of the next field, where the cell of the opinion holds nothing at all
    text = re.sub(r"\n?(?:备注|附注|备考)[:：]?\s*$", "", text)
    return re.sub(r"年月日|签名|签字|盖章|负责人|日期|审批人|批准人|[_:()\s·]", "", text)


def _handlers(paper: Paper, start: int, end: int, *, alone: bool = False) -> Iterator[Fact]:
    """Those whom the opinion names for the case; any further name in its words belongs to them.

    A head who names two side by side assigns the case to them, whatever his words are.
    `alone`: the range holds the signature as well, and only the names beside the cue count.
    """
    for pattern in _HANDLERS:
        for match in pattern.finditer(paper.text, start, end):
            low, high = match.span("names")
            if not _people(paper, low, high):
                continue
            # beside one who is surely a person, a rarer surname is believed as well
            named = _people(paper, low, high, labelled=True)
            further = () if alone else _people(paper, start, end)
            yield _as_handlers(paper, (*named, *further), 0.95)
            return
    if not alone:
        named = _people(paper, start, end)
        if any(
            paper.text[one[2] : other[1]] in ("、", ",", "和", "与", "及", "")
            for one, other in pairwise(named)
        ):
            yield _as_handlers(paper, named, 0.85)


def _people(
    paper: Paper, start: int, end: int, *, labelled: bool = False
) -> list[tuple[str, int, int]]:
    return [
        each
        for each in names_in(paper, start, end, labelled=labelled)
        if not _NO_HANDLER.search(each[0])
    ]


def _as_handlers(paper: Paper, named: Iterable[tuple[str, int, int]], sure: float) -> Fact:
    every = {name: (low, high) for name, low, high in named}
    places = [place for low_high in every.values() for place in low_high]
    return paper.fact("handlers", tuple(every), min(places), max(places), sure)


def proposed_handlers(paper: Paper, form: Form) -> Iterator[Fact]:
    """Those whom the unit or the handlers propose for the case; the head's consent names them."""
    for group in (labels.UNIT_OPINION, labels.HANDLER_OPINION):
        field = opinion(form, group)
        named = () if field is None else tuple(_handlers(paper, field[1], field[2], alone=True))
        if named:
            yield from named
            return


def unit(paper: Paper, form: Form) -> Iterator[Fact]:
    """Day and signer of the handling unit's opinion."""
    field = opinion(form, labels.UNIT_OPINION)
    if field is None:
        return
    _, start, end = field
    text = paper.text[start:end]
    days = [day for day in find_dates(text) if day.value is not None]
    if days and days[-1].value is not None:
        last = days[-1]
        yield paper.fact(
            "unit_opinion_on", days[-1].value, start + last.start, start + last.end, 0.9
        )


def last_day(paper: Paper, form: Form, group: frozenset[str]) -> Fact | None:
    """The day beside the signature of the last field of that group, as `dated_on`."""
    field = opinion(form, group)
    if field is None:
        return None
    _, start, end = field
    days = [day for day in find_dates(paper.text[start:end]) if day.value is not None]
    last = days[-1] if days else None
    if last is None or last.value is None:
        return None
    return paper.fact("dated_on", last.value, start + last.start, start + last.end, 0.95)


def handlers(paper: Paper, form: Form) -> Iterator[Fact]:
    """承办人 as a field names them; used where the head's opinion names nobody."""
    found: dict[str, tuple[str, int, int]] = {}
    for entry in form.find(labels.HANDLERS):
        for name in names_in(paper, entry.start, min(entry.end, entry.start + 60), labelled=True):
            found.setdefault(name[0], name)
    field = opinion(form, labels.HANDLER_OPINION)
    if not found and field is not None:
        signed = names_in(paper, *field[1:])
        # two hands below the opinion of the handlers are theirs; one alone may be anybody's
        found.update({name[0]: name for name in signed if len(signed) > 1})
    if found:
        first = next(iter(found.values()))
        yield paper.fact("handlers_listed", tuple(found), first[1], first[2], 0.85)
