"""送达回证 and its kin: what was served, to whom, how, when, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from review.common.chinese_dates import find_dates, find_instants, number
from review.documents.kinds import match_title
from review.facts import labels
from review.facts.extractors import foot
from review.facts.extractors.every_paper import NUMBER
from review.facts.extractors.filing import labelled_day
from review.facts.fields import Entry, Form
from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import names_in

_TITLES = re.compile(
    r"《(?P<title>[^《》]{2,40})》|(?P<bare>[\u4e00-\u9fff()]{2,30}(?:书|函|通知|单|表|清单))"
)
_METHOD_WORDS = {
    "直接": "直接送达",
    "当面": "直接送达",
    "当场": "直接送达",
    "现场": "直接送达",
    "留置": "留置送达",
    "邮寄": "邮寄送达",
    "邮政": "邮寄送达",
    "快递": "邮寄送达",
    "EMS": "邮寄送达",
    "公告": "公告送达",
    "电子": "电子送达",
    "短信": "电子送达",
    "委托": "委托送达",
    "转交": "转交送达",
}


def served_kind(title: str) -> str | None:
    """The kind of paper that a served title names; None where it names none that is known."""
    match = match_title(title)
    return match.kind if match is not None else None


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """One proof of service."""
    yield from _titles(paper, form)
    yield from _method(paper, form)
    addressee = next(
        (entry for entry in form.find(labels.ADDRESSEE) if entry.end > entry.start), None
    )
    if addressee is not None:
        words = paper.words(addressee.start, addressee.end)
        if words:
            _, start, _ = words[0]
            end = addressee.end if "\n" not in paper.text[start : addressee.end] else words[0][2]
            yield paper.fact(
                "addressee", paper.printed(start, end).rstrip("：:，,"), start, end, addressee.sure
            )
    yield from _received(paper, form)
    yield from _servers(paper, form)
    entry = form.first(labels.SERVICE_PLACE)
    if entry is not None:
        yield paper.fact(
            "place", paper.printed(entry.start, entry.end), entry.start, entry.end, entry.sure
        )
    yield from _relation(paper, form)
    entry = form.first(labels.WITNESS)
    if entry is not None:
        names = names_in(paper, entry.start, entry.end)
        if names:
            yield paper.fact("witness", names[0][0], names[0][1], names[0][2], 0.9)


_RELATION = re.compile(
    r"妻子|丈夫|配偶|爱人|父亲|母亲|父母|儿子|女儿|儿媳|女婿|兄弟|哥哥|弟弟|姐姐|妹妹|祖父|祖母|孙子|孙女"
    r"|成年家属|家属|邻居|朋友|同事|房东|老乡|工友|同学|客户|保安|门卫|物业|收发室?|值班|前台|文员|会计|经理"
    r"|代理人|受托人|负责人|员工|职工|未成年"
)


def _relation(paper: Paper, form: Form) -> Iterator[Fact]:
    """Who it was that received for the addressee, where the field or the remark tells."""
    for entry in form.find(labels.PROXY | labels.REMARK):
        about_receiver = entry.label in labels.PROXY or re.search(
            r"代收|代签|签收", paper.text[entry.start : entry.end]
        )
        match = _RELATION.search(paper.text, entry.start, entry.end) if about_receiver else None
        if match is not None:
            yield paper.fact("receiver_relation", match.group(), match.start(), match.end(), 0.9)
            return


def _titles(paper: Paper, form: Form) -> Iterator[Fact]:
    entry = form.first(labels.SERVED_TITLES)
    start, end = (
        (entry.start, entry.end) if entry is not None else (paper.title_end, len(paper.text))
    )
    found: dict[str, tuple[str, int, int]] = {}
    for match in _TITLES.finditer(paper.text, start, end):
        group = "title" if match["title"] else "bare"
        if group == "bare" and entry is None:
            continue
        title = match[group]
        kind = served_kind(title)
        if kind is not None and kind != paper.kind and match.start() < end:
            found.setdefault(title, (kind, match.start(), match.end()))
    if not found:
        for passage in paper.passages:
            text = paper.text[passage.start : passage.end]
            kind = (
                served_kind(text)
                if 3 < len(text) <= 30 and passage.start >= paper.title_end
                else None
            )
            if kind is not None and kind != paper.kind:
                found.setdefault(text, (kind, passage.start, passage.end))
    if not found:
        return
    sure = entry.sure if entry is not None else 0.8
    first = next(iter(found.values()))
    last = list(found.values())[-1]
    yield paper.fact("served_titles", tuple(found), first[1], last[2], sure)
    for kind in dict.fromkeys(kind for kind, _, _ in found.values()):
        place = next(each for each in found.values() if each[0] == kind)
        yield paper.fact("serves", kind, place[1], place[2], sure)
    for match in NUMBER.finditer(paper.text, start, min(end, last[2] + 80)):
        low = match.start()
        words = match.group()
        cut = words.rfind("书") + 1
        yield paper.fact(
            "served_no", paper.formal(low + cut, match.end()), low + cut, match.end(), 0.9
        )
        break


def _method(paper: Paper, form: Form) -> Iterator[Fact]:
    entry = form.first(labels.METHOD)
    if entry is None:
        return
    value = paper.ticked[entry.start : entry.end]
    ticked = re.search(r"☑([^□☑]{2,12})", value)
    words = ticked.group(1) if ticked else value
    for word, method in _METHOD_WORDS.items():
        at = words.find(word)
        if at >= 0:
            yield paper.fact("service_method", method, entry.start, entry.end, entry.sure)
            return


def _received(paper: Paper, form: Form) -> Iterator[Fact]:
    """Who received it and on which day: beside the signature of the receiver."""
    best: tuple[int, Entry, int, int] | None = None
    for entry in form.find(labels.RECEIVER_SIGNED):
        if "地" in entry.label:
            continue
        region = paper.text[entry.start : entry.end]
        days = [day for day in find_dates(region) if day.value is not None]
        rank = 3 if ("签" in entry.label or "收件" in entry.label) else 2
        if days and (best is None or rank > best[0]):
            best = (rank, entry, entry.start + days[-1].start, entry.start + days[-1].end)
    for entry in form.find(labels.RECEIVER_SIGNED | labels.PROXY):
        names = names_in(paper, entry.start, entry.end)
        if (names and "理由" not in entry.label) or (names and entry.label.startswith("代收")):
            name, start, end = names[0]
            yield paper.fact("receiver", name, start, end, entry.sure * 0.95)
            break
    if best is not None:
        _, entry, start, end = best
        value = find_dates(paper.text[start:end])[0].value
        if value is not None:
            yield paper.fact("received_on", value, start, end, entry.sure * 0.97)
        instants = find_instants(paper.text[entry.start : entry.end])
        if instants:
            low, high, instant = instants[-1]
            yield paper.fact("received_at", instant, entry.start + low, entry.start + high, 0.9)
        return
    left = next(_left(paper, form), None)
    if left is not None:
        yield left
        return
    yield from _loose(paper)


_NOBODY = re.compile(
    r"(?:留置|张贴|拒绝?(?:签[收名字]?|收|接收|接受)|拒不(?:签[收名字]?|收)|无人(?:签收|接收|在家))"
    r"(?!送达的|[收名字]|的|时|,?(?:应当|需|须))"
)
"""Told as what happened; 拒绝签收的，应当… in the footnote of a printed form is a rule."""
_STRUCK_OUT = re.compile(r"[/\\—_无空白×,;。|-]*")


def _left(paper: Paper, form: Form) -> Iterator[Fact]:
    """Left behind, nobody received: the servers' day, or the witness's, is the day of service."""
    fields = [
        entry
        for entry in form.find(labels.RECEIVER_SIGNED | labels.PROXY)
        if "地" not in entry.label
    ]
    if any(names_in(paper, entry.start, entry.end) for entry in fields):
        return
    struck_out = any(form.text(entry) for entry in fields) and all(
        _STRUCK_OUT.fullmatch(form.text(entry)) for entry in fields
    )
    told = any(
        _NOBODY.search(paper.ticked, entry.start, entry.end)
        for entry in (*fields, *form.find(labels.METHOD | labels.REMARK))
    )
    if not struck_out and not told:
        return
    for entry in form.find(labels.SERVERS | labels.WITNESS):
        days = [one for one in find_dates(form.text(entry)) if one.value]
        if days and days[-1].value is not None:
            start, end = entry.start + days[-1].start, entry.start + days[-1].end
            yield paper.fact("received_on", days[-1].value, start, end, entry.sure * 0.9)


def _loose(paper: Paper) -> Iterator[Fact]:
    """Without a field: "于2025年10月31日签收" in the text."""
    for day in find_dates(paper.text):
        if day.value is None:
            continue
        after = paper.text[day.end : day.end + 16].split("\n", 1)[0]
        before = paper.text[max(0, day.start - 16) : day.start]
        if re.search(r"签收|收到|送达|留置|拒收", after) or re.search(
            r"(?:签收|收件|收到|送达)[^。\n]{0,8}$", before
        ):
            yield paper.fact("received_on", day.value, day.start, day.end, 0.85)
            return


_LONE_AMONG_WRITING = 0.6
"""How surely one name is the only one beside other writing of its field that is no name."""
_NO_NAME = re.compile(
    r"年|月|日|号|签|盖章|证|执法|人员|同志|大队|支队|中队|局|单位|日期|时间|备注|送达|关系|本人|[A-Za-z0-9]"
)


def _servers(paper: Paper, form: Form) -> Iterator[Fact]:
    """Those who served. One name beside more writing is doubtful: the other's was not read."""
    found: dict[str, tuple[str, int, int]] = {}
    is_cut = False
    for entry in form.find(labels.SERVERS):
        end = min(entry.end, entry.start + 60)
        named = names_in(paper, entry.start, end, labelled=True)
        for name in named:
            found.setdefault(name[0], name)
        is_cut |= _has_more_writing(paper, entry.start, end, named)
    if found:
        first = next(iter(found.values()))
        sure = _LONE_AMONG_WRITING if is_cut and len(found) == 1 else 0.95
        yield paper.fact("servers", tuple(found), first[1], first[2], sure)


def _has_more_writing(
    paper: Paper, start: int, end: int, named: Iterable[tuple[str, int, int]]
) -> bool:
    """Whether a field of names holds a word that is none of them and may be another's name."""
    taken = [(low, high) for _, low, high in named]
    behind = paper.text[taken[-1][1] :].split("\n", 1)[0] if taken else ""
    if behind.startswith("、") and (len(behind) < 3 or find_dates(behind[1:15])):
        return True
    return any(
        re.search(r"[\u3400-\u9fff■□]", word) is not None
        and _NO_NAME.search(word) is None
        and not any(low < finish and begin < high for begin, finish in taken)
        for word, low, high in paper.words(start, end)
    )


_DEEMED = re.compile(
    r"(?:自|经|满)[^。\n]{0,30}?(?P<n>[一二三四五六七八九十0-9]{1,3})(?:个)?(?:日"
    r"|天)[^。\n]{0,12}?(?:即)?视为送达"
)


def announcement(paper: Paper, form: Form) -> Iterator[Fact]:
    """送达公告: published on its date, deemed served after the days it names itself."""
    yield from _titles(paper, form)
    yield from foot.dated(paper)
    match = _DEEMED.search(paper.text)
    if match is not None:
        days = number(match["n"])
        if days:
            yield paper.fact("deemed_days", days, match.start(), match.end(), 0.9)


def mail_slip(paper: Paper, form: Form) -> Iterator[Fact]:
    """邮寄回执: posted, delivered, by whom received."""
    yield from _titles(paper, form)
    yield from labelled_day(paper, form, "sent_on", labels.SENT)
    yield from _received(paper, form)
    yield from _relation(paper, form)
