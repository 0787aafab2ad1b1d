"""The kinds of papers in a case file, and the titles under which they are met.

A title is compared after `plain_title`: brackets, spaces, marks and the agency in front are gone,
so that one pattern covers the letter-spaced, bracketed and prefixed forms. The longest pattern that
fits decides, because many titles contain another ("不予行政处罚决定书").
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import Levenshtein

OTHER = "其他"
EVIDENCE = "证据材料"
INDEX = "卷内目录"
COVER = "卷宗封面"

_DATA = Path(__file__).with_name("kinds.yaml")
_GUESSES = Path(__file__).with_name("title_guesses.yaml")
_ORGAN_TITLE_NUMBER = re.compile(
    r"(?P<title>[\u4e00-\u9fff]{2,24}(?:局|队|厅|委|政府|中心|处|站)[\u4e00-\u9fff]{3,14}[书表证])"
    r"[\u4e00-\u9fff]{2,12}(?:19|20)\d\d第?\d{1,6}号"
)
"""Organ, title and number of a paper on one line, as pages of the web run them together."""
_SENTENCE = re.compile(r"[，。；：！？,;:!?《》]|\d{3}|[你我已]|本(?:机关|局)")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper.

    `stage` is the part of the procedure it belongs to; `form` the number of the official form,
    None for other papers. `titles` are patterns over plain titles; `content` groups of patterns
    over the words of an evidence page, all of a group being needed.
    """

    name: str
    english: str
    stage: str
    form: int | None
    titles: tuple[re.Pattern[str], ...]
    content: tuple[tuple[re.Pattern[str], ...], ...]


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """What a title says. `certainty` is 1 for a pattern that fits whole, less for a likeness.

    `is_generic` marks headings of evidence pages, whose content tells the kind.
    """

    kind: str
    certainty: float
    length: int
    is_generic: bool = False


def _rows(path: Path) -> list[dict[str, Any]]:
    """The entries of a data file, by the safe loader in C where there is one."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - a safe loader either way
    return rows


@functools.cache
def all_kinds() -> dict[str, Kind]:
    """All kinds by name, in the order of the registry."""
    rows = _rows(_DATA)
    kinds: dict[str, Kind] = {}
    for row in rows:
        patterns = tuple(re.compile(text) for text in [*row.get("titles", ())])
        content = tuple(
            tuple(re.compile(text) for text in group) for group in row.get("content", ())
        )
        kinds[row["kind"]] = Kind(
            row["kind"], row["en"], row["stage"], row.get("form"), patterns, content
        )
    return kinds


_GENERIC = re.compile(
    r"证据材料|证据(?:书证|物证|材料|复制件?|复印件|提取)*(?:提取|粘贴|收集|登记|复制)(?:页|单|表|件)"
    r"|(?:证件|资料|材料|复印件|书证|证据)+粘贴[页单表]|书证提取[页单]|证据|书证|证据清单"
    r"|(?:相关|其他)?(?:证件|证明材料|证照)(?:复印件)?"
)
_BRACKETED = re.compile(r"[(\[{【〔][^)\]}】〕]*[)\]}】〕]")
_NOT_LETTERS = re.compile(r"[^\w]|_")
_PARENTHESES_OF_NO_MEANING = re.compile(
    r"[(\[【](?:样例|样本|样式|示例|范本|模板|正本|副本|存根|存档|归档|复印件|打印件|扫描件|盖章"
    r"|第?[一二三四五六七八九十\d]+(?:页|联|份|次)?|首页|续页?|正面|反面|正反面|共\d+页|个人|单位|公民|法人)[)\]】]"
)
_AGENCIES = (
    *("人民政府", "委员会", "局", "厅", "委", "办", "支队", "大队", "中队", "总队", "中心"),
    *("站", "所", "处", "公司", "部"),
)
_COUNTRY = re.compile(r"中华人民共和国|江苏省")
_REGION_OF_TWO = re.compile(r"[\u4e00-\u9fff]{2}[省市区县]")
_REGION_OF_THREE = re.compile(r"[\u4e00-\u9fff]{3}[省市区县]")
_BEFORE_TITLES = (
    *("交通运输", "交通", "道路运输", "道路货物运输", "道路旅客运输", "公路", "路政", "运政"),
    *("水路", "水上", "港口", "海事", "航道", "水运", "综合", "行政执法", "行政处罚", "行政强制"),
    *("行政检查", "行政", "执法", "处罚", "案件", "重大", "较大", "一般", "普通", "简易", "程序"),
    *("涉嫌", "违法", "违章", "轻微", "关于", "当事人", "机动车", "车辆", "营运", "货运", "货车"),
    *("涉案", "本案", "有关", "相关", "听证", "现场", "电子", "网上", "机关", "附件", "附"),
    *(f"附件{number}" for number in "0123456789一二三四五"),
)
_AGENCY = re.compile(r"(?:人民政府|委员会|局|厅|支队|大队|总队|中心|公司|队)$")
_BEHIND_TITLES = (
    *("复印件", "复制件", "影印件", "副本", "存根", "正本", "原件", "打印件", "扫描件", "续页"),
    *("续", "粘贴页", "页", "截图", "附页", "样例", "样本"),
)
_COUNTED = re.compile(r"第?(?P<number>[一二三四五六七八九十\d]{1,3})(?P<unit>[页次联份]?)")


@functools.lru_cache(maxsize=2048)
def plain_title(text: str) -> str:
    """A title as letters alone: full-width forms folded, brackets opened, blanks and marks gone."""
    folded = unicodedata.normalize("NFKC", text).replace("〔", "(").replace("〕", ")")
    folded = _PARENTHESES_OF_NO_MEANING.sub("", "".join(folded.split()))
    return _NOT_LETTERS.sub("", folded)


def _without_brackets(text: str) -> str:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return _NOT_LETTERS.sub("", _BRACKETED.sub("", folded))


def names_an_agency(text: str) -> bool:
    """Whether a line ends like the name of an organ or a unit, as it stands above titles."""
    return _AGENCY.search(plain_title(text)) is not None


@functools.lru_cache(maxsize=4096)
def match_title(text: str) -> TitleMatch | None:
    """The kind that a line, taken as a title, names; None if it is none.

    Certainty 1 for a fit of the whole line, 0.9 where brackets had to be left out, 0.8 for a title
    with a character misread, 0.75 for one that only its words point to.
    """
    plain = plain_title(text)
    if not 2 <= len(plain) <= 45:
        return None
    found = _fit(plain)
    if found is not None:
        return found
    numbered = _ORGAN_TITLE_NUMBER.fullmatch(plain)
    if numbered is not None:
        found = _fit(numbered["title"])
        if found is not None:
            return TitleMatch(found.kind, 0.9, found.length, found.is_generic)
    bare = _without_brackets(text)
    if bare != plain and len(bare) >= 2:
        found = _fit(bare)
        if found is not None:
            return TitleMatch(found.kind, 0.9, found.length, found.is_generic)
    return _likeness(plain) or (None if _SENTENCE.search(text) else _guess(plain))


@functools.cache
def _guesses() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"])) for row in _rows(_GUESSES))


def _guess(plain: str) -> TitleMatch | None:
    """The kind that the words of an unknown title point to."""
    if not 4 <= len(plain) <= 30:
        return None
    for kind, pattern in _guesses():
        if pattern.fullmatch(plain):
            return TitleMatch(kind, 0.75, len(plain))
    return None


@functools.cache
def _any_title() -> re.Pattern[str]:
    """All titles of all kinds in one pattern."""
    patterns = (pattern.pattern for kind in all_kinds().values() for pattern in kind.titles)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _fit(plain: str) -> TitleMatch | None:
    """The longest title that fills a line between what may stand before and after titles.

    Of kinds whose titles fit equally long places the first in the registry wins.
    """
    spans = _title_spans(plain)
    fits = _any_title().fullmatch
    longest = next((span for span in spans if fits(plain, *span)), None)
    best: TitleMatch | None = None
    if longest is not None:
        length = longest[1] - longest[0]
        places = [span for span in spans if span[1] - span[0] == length]
        kind = next(
            kind.name
            for kind in all_kinds().values()
            for pattern in kind.titles
            if any(pattern.fullmatch(plain, *place) for place in places)
        )
        best = TitleMatch(kind, 1.0, length)
    if best is None or best.kind == EVIDENCE:
        for start, end in spans:
            if _GENERIC.fullmatch(plain, start, end):
                return TitleMatch(EVIDENCE, 1.0, end - start, is_generic=True)
    return best


def _title_spans(plain: str) -> list[tuple[int, int]]:
    """Where a title may stand in a line, the longest place first."""
    starts = sorted(at for at in _ends_of_prefix(plain) if at < len(plain))
    ends = sorted(at for at in _starts_of_suffix(plain) if at >= 2)
    spans = [(start, end) for start in starts for end in ends if end - start >= 2]
    return sorted(spans, key=lambda span: span[0] - span[1])


def _ends_of_prefix(plain: str) -> set[int]:
    """Where what may stand before a title can end: agency, place and words, each or none of them.

    Word by word from every place reached so far; one pattern would try all ways at every place.
    """
    ends = {0} | {
        at + len(word)
        for at in range(2, min(25, len(plain)))
        if plain.startswith(_AGENCIES, at)
        for word in _AGENCIES
        if plain.startswith(word, at)
    }
    ends |= {match.end() for at in tuple(ends) for match in _regions(plain, at)}
    waiting = list(ends)
    while waiting:
        at = waiting.pop()
        if not plain.startswith(_BEFORE_TITLES, at):
            continue
        for word in _BEFORE_TITLES:
            end = at + len(word)
            if end not in ends and plain.startswith(word, at):
                ends.add(end)
                waiting.append(end)
    return ends


def _starts_of_suffix(plain: str) -> set[int]:
    """Where what may stand behind a title can begin: copies, pages and counts, or nothing."""
    starts = {len(plain)}
    for at in range(len(plain) - 1, 1, -1):
        if (
            plain.startswith(_BEHIND_TITLES, at)
            and any(
                at + len(word) in starts and plain.startswith(word, at) for word in _BEHIND_TITLES
            )
        ) or not starts.isdisjoint(_ends_of_count(plain, at)):
            starts.add(at)
    return starts


def _ends_of_count(plain: str, at: int) -> Iterator[int]:
    """Every place where a count that begins here can end: 第十一页, 第十一, 第十."""
    match = _COUNTED.match(plain, at)
    if match is None:
        return
    yield match.end()
    yield from range(match.start("number") + 1, match.end("number") + 1)


def _regions(plain: str, at: int) -> Iterator[re.Match[str]]:
    """The country, the province or a place of two or three characters that begins here."""
    for pattern in (_COUNTRY, _REGION_OF_TWO, _REGION_OF_THREE):
        match = pattern.match(plain, at)
        if match is not None:
            yield match


def _likeness(plain: str) -> TitleMatch | None:
    """A title with one misread character in five or more, by comparison with the kinds' names."""
    if len(plain) < 5:
        return None
    best: tuple[int, str] | None = None
    tied = False
    near = _plain_names()
    lengths = range(max(5, len(plain) - 1), len(plain) + 2)
    for name, spelled in (each for length in lengths for each in near.get(length, ())):
        distance = Levenshtein.distance(plain, spelled)
        if distance > max(1, len(spelled) // 6):
            continue
        if best is None or distance < best[0]:
            best, tied = (distance, name), False
        elif distance == best[0]:
            tied = True
    if best is None or tied:
        return None
    return TitleMatch(best[1], 0.8, len(plain))


@functools.cache
def _plain_names() -> dict[int, list[tuple[str, str]]]:
    """Every kind with its name as a plain title, by the length of that."""
    names: dict[int, list[tuple[str, str]]] = {}
    for name in all_kinds():
        spelled = plain_title(name)
        names.setdefault(len(spelled), []).append((name, spelled))
    return names


def match_content(text: str) -> TitleMatch | None:
    """The kind of an evidence page by what its copy says; None where nothing tells.

    A kind fits when all patterns of one of its groups are found.
    """
    squeezed = "".join(unicodedata.normalize("NFKC", text).split())
    for kind in all_kinds().values():
        for group in kind.content:
            if all(pattern.search(squeezed) for pattern in group):
                return TitleMatch(kind.name, 0.8, len(group))
    return None


def match_file_name(name: str) -> TitleMatch | None:
    """The kind that a file name gives: "03、行政处罚(当场)决定书.pdf"."""
    stem = Path(name).name
    stem = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", stem)
    stem = re.sub(r"^[\s\d.、_\-—()（）一二三四五六七八九十第号]*(?=\D)", "", stem) or stem
    stem = re.sub(r"[\s_\-—]*[\d.\-—_]+$", "", stem)
    found = match_title(stem)
    if found is None:
        for part in re.split(r"[\s_\-—+、，,.]+", stem):
            found = match_title(part) if len(part) >= 3 else None
            if found is not None:
                break
    return found
