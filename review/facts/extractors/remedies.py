"""What a decision says on paying, reconsideration and litigation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import number
from review.facts.model import Fact
from review.facts.paper import Paper

_N = "[一二三四五六七八九十百0-9]{1,4}"
_RECONSIDERATION = re.compile(
    r"行政复议|申请复议|提起复议|复议(?=申请|的?[期时]限)|申请[^,。;\n]{3,20}?(?:人民政府|局|厅|委员会)复议"
)
_PERIOD = re.compile(rf"(?P<n>{_N})(?P<unit>个月|日|天|个工作日)(?:之?内|以内)?")
_TERM_AFTER = re.compile(
    r"(?:的?[,(]?(?:法定|申请|提起|提出|起诉)?的?[期时]限(?:均|应当?)?(?:为|是)?|(?=[:(]))[:(\n]?"
    rf"(?:(?:自|从|在)?[^。;,\n]{{0,24}}?起(?:的|算)?)?{_PERIOD.pattern}"
)
"""A term told behind its remedy: 申请行政复议的期限为…六十日, 行政诉讼:六个月, 复议(期限60日)."""
_ORGANS = re.compile(
    r"(?:向|至)(?P<organs>[^。;\n,向]{3,80}?)(?:依法)?(?:书面)?(?:提出|申请|提起|递交)(?:行政)?复议"
)
_ORGANS_ASKED = re.compile(
    r"(?:申请|提请|请求)(?P<organs>[^。;\n,]{3,60}?(?:政府|局|厅|委员会))(?:进行)?(?:行政)?复议"
)
_ORGANS_AFTER = re.compile(r"复议机关[:为是]?(?P<organs>[^。;\n,]{3,60})")
_COURT = re.compile(r"向(?P<court>[^。;\n,向]{0,40}?法院)")
_LITIGATION = re.compile(r"(?:行政)?诉讼|起诉")
_FIRST = re.compile(
    r"(?:应当?|须|必须|需要?)(?:首先|先|先行)[^。;\n]{0,40}?(?:申请"
    r"|提起)?(?:行政)?复议|先行(?:申请|向[^。;\n]{0,30}?申请)(?:行政)?复议"
    r"|(?:行政)?复议前置"
    r"|(?:先|首先)[^。;\n,]{0,40}?申请(?:行政)?复议|(?:未|不)经(?:行政)?复议[^。"
    r";\n]{0,10}?不(?:得|能)"
)
_PAYMENT = re.compile(
    rf"(?:收到|接到|送达|签收|决定)[^。;\n]{{0,30}}?(?P<n>{_N})(?:个)?(?:工作)?(?:日"
    rf"|天)(?:之?内|以内|前)?[^。\n]{{0,70}}?(?:缴|交至|交到|交纳|付|汇)"
    rf"|(?P<n2>{_N})(?:个)?(?:工作)?(?:日|天)(?:之?内|以内)(?:将|持|到|至|向|缴|按|,"
    rf"|携)[^。\n]{{0,60}}?(?:缴|交|付|罚款)"
)


def remedies(paper: Paper) -> Iterator[Fact]:
    """Periods, organs and court, each as printed; what the sentence does not say is left out."""
    text = paper.ticked
    anchor: re.Match[str] | None = None
    for match in _RECONSIDERATION.finditer(text, paper.title_end):
        if _denied(text, match.start()):
            continue
        anchor = anchor or match
        found = list(_reconsideration(paper, text, match))
        if found:
            anchor = match
            yield from found
            break
    first = _FIRST.search(text, paper.title_end)
    if first is not None:
        yield paper.fact("reconsideration_first", True, first.start(), first.end(), 0.9)
    elif anchor is not None and re.search(
        r"(?:或|也可以?|亦可|还可以|可以直接|或者)[^。\n]{0,60}?(?:诉讼|起诉)",
        text[anchor.start() : anchor.start() + 200],
    ):
        yield paper.fact("reconsideration_first", False, anchor.start(), anchor.end(), 0.9)
    yield from _litigation(paper, text)


def _reconsideration(paper: Paper, text: str, anchor: re.Match[str]) -> Iterator[Fact]:
    """Period and organs of the sentence that names reconsideration at `anchor`."""
    begin = max(text.rfind("。", 0, anchor.start()), text.rfind("\n", 0, anchor.start())) + 1
    period = _term_behind(text, anchor) or _last(_PERIOD, text, begin, anchor.start() + 1)
    count = number(period["n"]) if period is not None else None
    if period is not None and count is not None:
        in_months = period["unit"] == "个月"
        yield paper.fact(
            "reconsideration_days",
            count * 30 if in_months else count,
            period.start(),
            period.end(),
            0.75 if in_months else 0.95,
        )
    stop = _end(text, anchor.end())
    told = (one.search(text, begin, stop) for one in (_ORGANS, _ORGANS_ASKED, _ORGANS_AFTER))
    organs = next((each for each in told if each is not None), None)
    named = _split_organs(organs["organs"]) if organs is not None else ()
    if organs is not None and named:
        yield paper.fact("reconsideration_organs", named, *organs.span("organs"), 0.95)


def _term_behind(text: str, remedy: re.Match[str]) -> re.Match[str] | None:
    """The term that stands behind the name of a remedy, unless its clause goes on to another."""
    period = _TERM_AFTER.match(text, remedy.end())
    if period is None:
        return None
    rest = re.split(r"[,;。\n]", text[period.end() : period.end() + 60])[0]
    other = "复议" if "复议" not in remedy.group() else r"诉讼|起诉"
    return None if re.search(other, rest) else period


def _behind_reconsideration(text: str, begin: int, end: int) -> int:
    """Where reconsideration, its own term and its clause are over: what follows is of the suit."""
    past = begin
    for found in _RECONSIDERATION.finditer(text, begin, end):
        term = _term_behind(text, found)
        past = max(past, found.end(), min(term.end(), end) if term is not None else 0)
        stop = text.find(";", past, end)
        past = stop + 1 if stop >= 0 else past
    return past


def _litigation(paper: Paper, text: str) -> Iterator[Fact]:
    for match in _LITIGATION.finditer(text, paper.title_end):
        before = text[max(0, match.start() - 12) : match.start()]
        if re.search(
            r"不(?:提起|履行|提出|起)?(?:行政)?$|逾期|期间|不服[^。]{0,4}$|又不|法律另有", before
        ):
            continue
        begin = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        court = _last(_COURT, text, begin, match.start() + 1)
        reach = court.start() if court is not None else match.start()
        since = _behind_reconsideration(text, begin, reach)
        period = (
            _term_behind(text, match)
            or _last(_PERIOD, text, since, reach)
            or _PERIOD.search(text, since, match.start())
        )
        if period is None and court is None:
            continue
        if period is not None:
            count = number(period["n"])
            if count is not None:
                name = "litigation_months" if period["unit"] == "个月" else "litigation_days"
                yield paper.fact(name, count, period.start(), period.end(), 0.95)
        if court is not None and court["court"] not in ("人民法院", "法院"):
            yield paper.fact(
                "litigation_court",
                paper.printed(court.start("court"), court.end("court")),
                court.start("court"),
                court.end("court"),
                0.95,
            )
        return


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, start, max(start, end)):
        found = match
    return found


def _end(text: str, place: int) -> int:
    stops = [stop for mark in "。\n" if (stop := text.find(mark, place)) >= 0]
    return min(stops, default=len(text))


def _denied(text: str, place: int) -> bool:
    return (
        re.search(
            r"不(?:申请|提起|提出)?(?:行政)?$|逾期[^。]{0,10}$", text[max(0, place - 12) : place]
        )
        is not None
    )


def _split_organs(words: str) -> tuple[str, ...]:
    words = re.sub(r"^(?:依法)?(?:向|到)", "", words)
    parts = re.split(r"或者|或|、|和|及", words)
    return tuple(
        part for part in parts if len(part) >= 3 and re.search(r"府|局|厅|委|部|会|机关|队", part)
    )


def payment(paper: Paper) -> Iterator[Fact]:
    """Days within which the fine is to be paid."""
    for match in _PAYMENT.finditer(paper.ticked, paper.title_end):
        if re.search(r"复议|诉讼|陈述|申辩|听证", match.group()):
            continue
        days = number(match["n"] or match["n2"])
        if days is not None and 0 < days < 100:
            yield paper.fact("payment_days", days, match.start(), match.end(), 0.9)
            return
