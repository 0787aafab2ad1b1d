"""Bands of a discretion benchmark (裁量档次) with their ranges, and the stage that was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from review.common.money import find_amounts
from review.documents.kinds import OTHER
from review.facts.model import Fact
from review.facts.paper import Paper

PAPERS = frozenset(
    {"行政处罚决定书", "违法行为通知书", "案件调查报告", "案件处理审批表", "重大案件集体讨论记录"}
)
_STAGE = r"(?:特别严重|严重|较重|一般|较轻|轻微)"
_MONEY = r"¥?(?![,.])[0-9零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟,.]{1,12}"
_RANGE = re.compile(
    rf"(?P<low>{_MONEY})(?P<unit>万?元)?(?:\(含\)|\(不含\))?(?:以上|至|-|~)(?:不满|不足|低于)?"
    rf"(?P<high>{_MONEY}万?元)(?:\(含\)|\(不含\))?(?:以下)?"
)
_NAMED_BEHIND = re.compile(rf"(?:的?罚款)?的?,?(?:为|属于?|是|系|对应|即)“?(?P<stage>{_STAGE})")
_NAMED_BEFORE = re.compile(rf"(?P<stage>{_STAGE})(?P<gap>(?:(?!{_STAGE})[^。;\n《》])*)$")
_OTHER_RULE = re.compile(r"元|条|每|倍|个人|自然人|公民|单位|法人|企业|首次|再次|第.次|%")
_FOUND = re.compile(
    r"(?<![不未非])(?:"
    rf"(?:情节|程度|违法行为|违法性质)(?:[、和及][^。;,\n]{{0,6}}?)?(?:应?(?:被)?(?:综合)?(?:认定|裁量|评定|确定|判定|属于?|系|为|是|:))*“?"
    rf"(?P<one>{_STAGE})(?!的?[,]?处)(?!后果)"
    rf"|(?:属于?|认定为?|符合|归入|确定为?|评定为?)“?(?P<two>{_STAGE})”?(?:的)?"
    r"(?:情形|档|阶次|等次|情节|违法|裁量|程度)(?!的?[,]?处)"
    r")"
)
_MOVED = re.compile(
    r"(?:上浮|下浮|提高|降低|下调|上调)[^。;\n]{0,12}?(?:档|阶次|幅度|等次|%|百分)"
    r"|(?:予以|应当?|给予|依法|可以?|决定|进行)(?:从轻、?|从重、?|从轻或者?)?(?:从轻|从重|减轻)"
)
_LONG_QUOTE = re.compile(r"“[^“”\n]{9,900}”")
SURE = 0.85


def extract(paper: Paper) -> Iterator[Fact]:
    """`stage_bands` as "stage=low-high" in yuan, and `stage_found` where it is one alone.

    A stage to which two ranges could belong is left out; no stage is told where the paper moves
    the fine out of its band or lightens it.
    """
    if paper.kind not in PAPERS and not (paper.kind == OTHER and "裁量" in paper.document.title):
        return
    text = _LONG_QUOTE.sub(lambda quote: "·" * len(quote.group()), paper.ticked)
    bands: dict[str, set[tuple[Decimal, Decimal]]] = {}
    places: list[tuple[int, int]] = []
    for match in _RANGE.finditer(text, paper.title_end):
        limits = _limits(match)
        stage = _stage_of(paper, text, match)
        if stage is None or limits is None:
            continue
        bands.setdefault(stage.removeprefix("?"), set()).add(
            (Decimal(-1), Decimal(-1)) if stage.startswith("?") else limits
        )
        places.append(match.span())
    told = tuple(
        f"{stage}={low}-{high}"
        for stage, ranges in bands.items()
        if len(ranges) == 1
        for low, high in ranges
        if low >= 0
    )
    if told:
        yield paper.fact("stage_bands", told, places[0][0], places[-1][1], SURE)
    found = list(_FOUND.finditer(text, paper.title_end))
    stages = {each["one"] or each["two"] for each in found}
    if len(stages) == 1 and not _MOVED.search(text, paper.title_end):
        yield paper.fact("stage_found", stages.pop(), found[0].start(), found[0].end(), SURE)


def _limits(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """Both ends of a range in yuan; 1万元至2万元, 1至2万元 and 1800元以上3000元以下 alike."""
    unit = match["unit"] or ("万元" if match["high"].endswith("万元") else "元")
    low = next(find_amounts(match["low"] + unit), None)
    high = next(find_amounts(match["high"]), None)
    if low is None or high is None or low.yuan > high.yuan:
        return None
    return low.yuan, high.yuan


def _stage_of(paper: Paper, text: str, match: re.Match[str]) -> str | None:
    """The stage to which a range belongs; with "?" where another range or rule stands between."""
    passage = paper.passage_at(match.start())
    cell = passage.block.cell if passage is not None else None
    if passage is not None and cell is not None:
        for other in paper.passages:
            place = other.block.cell
            if place is None or other.page is not passage.page or other is passage:
                continue
            words = text[other.start : other.end]
            stage = re.search(_STAGE, words)
            same_row = (place.table, place.row) == (cell.table, cell.row)
            if same_row and stage is not None and len(words) <= 8:
                return stage.group()
    behind = _NAMED_BEHIND.match(text, match.end())
    if behind is not None:
        return behind["stage"]
    before = _NAMED_BEFORE.search(text[max(0, match.start() - 48) : match.start()])
    if before is None:
        return None
    return f"?{before['stage']}" if _OTHER_RULE.search(before["gap"]) else before["stage"]
