"""Scale slips, verification certificates, licences, photographs and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from review.common.chinese_dates import DateFound, find_dates, find_instants, number
from review.facts import labels
from review.facts.extractors.party import ORGANIZATION
from review.facts.fields import Entry, Form
from review.facts.identity import credit_codes, person_numbers
from review.facts.model import Fact
from review.facts.paper import DOUBTFUL, Paper
from review.facts.people import certificates_in, names_in

_MASS = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>kg|KG|Kg|千克|公斤"
    r"|吨|t|T)?(?![0-9A-Za-z.])"
)
_METRES = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<unit>毫米|mm|MM|厘米|cm|CM|米|m|M)?")
_STATED_MASS = re.compile(
    r"(?:车货总(?:质量|重量?)|总(?:质量|重量?)|称重(?:结果)?|实测)(?:合计|共计|为|达"
    r"|是|:|实测|约|检测值为|测得|重量为|\(含[^()]{0,6}\))*"
    r"(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>kg|KG|千克|公斤|吨|t)(?!以上|以下)"
)
_STATED_LIMIT = re.compile(
    r"(?:限定标准|限值|限重|限载标准|认定标准|核定标准|规定(?:的)?(?:限值|标准|限重)|标准)"
    r"(?:为|是|:|\(|共|总质量)*"
    r"(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>kg|KG|千克|公斤|吨|t)(?!以上|以下)"
)
_OVER = re.compile(
    r"(?:超限(?!运输|标准|认定|检测|站|值)|超重|超出|超过|超载)(?P<clause>[^,。;\n]{1,70})"
)
_CLAUSE_MASS = re.compile(
    r"(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>kg|KG|千克|公斤|吨|t)(?!以上|以下)"
)
_LIMIT_BEFORE = re.compile(r"(?:限值|标准|限重|限定|规定|总质量|总重)$")
_STATED_AXLES = re.compile(
    r"(?<![零一二三四五六七八九十\d])(?P<n>[二三四五六2-6])轴(?:[\u4e00-\u9fff]{0,8}(?:车|列车))?"
)
_TRAIN = re.compile(r"汽车列车|铰接列车|半挂车|半挂牵引车|牵引车|挂车|全挂")


def kilograms(text: str, unit: str | None, *, default: str = "kg") -> int | None:
    """A mass in kilograms; None where it is not a whole number of them.

    A number below 200 without a unit on a scale slip can only be tonnes.
    """
    value = Decimal(text.replace(",", ""))
    unit = (unit or default).lower()
    if unit in ("吨", "t"):
        value *= 1000
    return int(value) if value == value.to_integral_value() else None


def scale(paper: Paper, form: Form) -> Iterator[Fact]:
    """称重检测单: weight, limit, overweight, axles, device, time."""
    for name, group in (
        ("weighed_kg", labels.WEIGHED),
        ("limit_kg", labels.LIMIT),
        ("over_kg", labels.OVER),
    ):
        yield from _mass(paper, form, name, group)
    yield from axles(paper, form)
    yield from _device(paper, form)
    yield from _sizes(paper, form)
    entry = next(
        (
            each
            for each in form.entries
            if each.label in ("检测时间", "称重时间", "过磅时间")
            or each.label in labels.RECORD_TIME
        ),
        None,
    )
    if entry is not None:
        instant = next(iter(find_instants(paper.text[entry.start : entry.end])), None)
        if instant is not None:
            yield paper.fact(
                "measured_at", instant[2], entry.start + instant[0], entry.start + instant[1]
            )


def _mass(paper: Paper, form: Form, name: str, group: frozenset[str]) -> Iterator[Fact]:
    for entry in form.find(group):
        value = paper.text[entry.start : entry.end]
        match = _MASS.match(value.lstrip(":是为约(")) if value else None
        if match is None:
            continue
        unit = match["unit"] or _unit_of_label(paper, entry)
        bare = unit is None
        mass = kilograms(
            match["n"],
            unit,
            default="t" if bare and Decimal(match["n"].replace(",", "")) < 200 else "kg",
        )
        if mass is None:
            continue
        start = entry.start + value.find(match.group())
        yield paper.fact(
            name, mass, start, start + len(match.group()), entry.sure * (0.9 if bare else 1.0)
        )
        return


def _unit_of_label(paper: Paper, entry: Entry) -> str | None:
    words = paper.text[entry.at : entry.start]
    found = re.search(r"[(/](kg|KG|千克|公斤|吨|t|T)[)]?", words)
    return found.group(1) if found else None


def axles(paper: Paper, form: Form) -> Iterator[Fact]:
    """轴数 as a field, and whether the vehicle is a train."""
    for entry in form.find(labels.AXLES):
        match = re.match(
            r"(?P<n>[二三四五六2-9])(?:轴|$|[^\d.])", paper.text[entry.start : entry.end] + " "
        )
        if match is not None:
            count = number(match["n"])
            if count is not None:
                yield paper.fact(
                    "axles", count, entry.start, entry.start + match.end("n"), entry.sure
                )
                break


def stated_masses(paper: Paper) -> Iterator[Fact]:
    """Weights, limits, excess, axles that running text states, each value once per name."""
    text = paper.unquoted
    weighed = _distinct(
        paper, text, "weighed_kg", _STATED_MASS, lambda match: _not_weighed(text, match.start())
    )
    limits = _distinct(paper, text, "limit_kg", _STATED_LIMIT, lambda match: _is_over(text, match))
    over = list(_stated_over(paper, text))
    yield from weighed
    yield from _told_apart(weighed, limits, over)
    match = _STATED_AXLES.search(text)
    if match is not None:
        count = number(match["n"])
        if count is not None:
            yield paper.fact("axles", count, match.start(), match.end(), 0.85)
    train = _TRAIN.search(text)
    if train is not None:
        yield paper.fact("is_train", True, train.start(), train.end(), 0.8)


def _distinct(
    paper: Paper,
    text: str,
    name: str,
    pattern: re.Pattern[str],
    skipped: Callable[[re.Match[str]], bool],
) -> list[Fact]:
    found: dict[int, Fact] = {}
    for match in pattern.finditer(text):
        mass = kilograms(match["n"], match["unit"])
        if mass is not None and mass not in found and not skipped(match):
            found[mass] = paper.fact(name, mass, match.start(), match.end(), 0.9)
    return list(found.values())


def _told_apart(weighed: list[Fact], limits: list[Fact], over: list[Fact]) -> Iterator[Fact]:
    """Limits and excess; a doubtful "超过限定标准49吨" is told by the arithmetic of the others."""
    sure = {fact.value for fact in over if fact.confidence >= DOUBTFUL}
    known = {fact.value for fact in limits}
    yield from limits
    for fact in over:
        if fact.confidence >= DOUBTFUL or not isinstance(fact.value, int):
            yield fact
            continue
        rest = {mass.value - fact.value for mass in weighed if isinstance(mass.value, int)}
        if rest & sure:
            yield replace(fact, name="limit_kg", confidence=0.9)
        elif rest & known:
            yield replace(fact, confidence=0.9)
        else:
            yield fact


def _is_over(text: str, match: re.Match[str]) -> bool:
    """Whether "超过限定标准9268千克" gives the excess rather than the limit."""
    exceeds = re.search(
        r"(?:超过|超出|超)[^,。;\n]{0,16}$", text[max(0, match.start() - 20) : match.start()]
    )
    return exceeds is not None and text[match.start("n") - 1] not in "(为是:"


def _stated_over(paper: Paper, text: str) -> Iterator[Fact]:
    """The excess: the last mass of a clause that says by how much the limit is exceeded.

    "超过限定标准9268千克" may mean the limit or the excess and is given as doubtful.
    """
    seen: set[int] = set()
    for clause in _OVER.finditer(text):
        begin = clause.start("clause")
        masses = list(_CLAUSE_MASS.finditer(text, begin, clause.end()))
        if not masses:
            continue
        last = masses[-1]
        unclear = len(masses) == 1 and _LIMIT_BEFORE.search(text[begin : last.start()])
        mass = kilograms(last["n"], last["unit"])
        if mass is not None and mass not in seen:
            seen.add(mass)
            yield paper.fact("over_kg", mass, last.start(), last.end(), 0.6 if unclear else 0.9)


def _not_weighed(text: str, place: int) -> bool:
    before = text[max(0, place - 14) : place]
    return (
        re.search(r"核定|行驶证|卸载后|复检|复磅|限定|最大允许|额定|卸载至|登记", before)
        is not None
    )


def reweighing(paper: Paper, form: Form) -> Iterator[Fact]:
    """卸载复磅单: what it weighed after unloading, never taken for the weight at the check."""
    yield from _mass(paper, form, "reweighed_kg", labels.AFTER_UNLOADING | labels.WEIGHED)
    yield from _mass(paper, form, "limit_kg", labels.LIMIT)
    yield from _device(paper, form)
    entry = next(
        (each for each in form.entries if each.label in ("复检时间", *labels.CORRECTED)), None
    )
    if entry is not None:
        day = next(
            (one for one in find_dates(paper.text[entry.start : entry.end]) if one.value), None
        )
        if day is not None and day.value is not None:
            yield paper.fact(
                "corrected_on", day.value, entry.start + day.start, entry.start + day.end, 0.9
            )


def _device(paper: Paper, form: Form) -> Iterator[Fact]:
    for entry in form.find(labels.DEVICE):
        match = re.search(r"[A-Z0-9][A-Z0-9-]{3,30}", paper.text[entry.start : entry.end].upper())
        if match is not None:
            start, end = entry.start + match.start(), entry.start + match.end()
            yield paper.fact("device_no", paper.printed(start, end), start, end, entry.sure)
            return


def _sizes(paper: Paper, form: Form) -> Iterator[Fact]:
    for name, group in (
        ("height_m", labels.HEIGHT),
        ("width_m", labels.WIDTH),
        ("length_m", labels.LENGTH),
    ):
        for entry in form.find(group):
            match = _METRES.match(paper.text[entry.start : entry.end])
            if match is not None:
                metres = _metres(match)
                if metres is not None:
                    yield paper.fact(
                        name,
                        metres,
                        entry.start + match.start(),
                        entry.start + match.end(),
                        entry.sure,
                    )
                break


_SIZE_WORDS = re.compile(
    r"(?:车货)?(?:总)?(?P<what>高|宽|长)度?(?:实测|分别)?(?:为|达|是"
    r"|:)?(?P<n>\d+(?:\.\d+)?)(?P<unit>毫米|mm|厘米|cm|米|m)"
)


def stated_sizes(paper: Paper) -> Iterator[Fact]:
    """Height, width and length that running text states, the first of each."""
    seen: set[str] = set()
    for match in _SIZE_WORDS.finditer(paper.unquoted):
        name = {"高": "height_m", "宽": "width_m", "长": "length_m"}[match["what"]]
        metres = _metres(match)
        before = paper.unquoted[max(0, match.start() - 8) : match.start()]
        if name in seen or metres is None or re.search(r"限|标准|不超过|规定", before):
            continue
        seen.add(name)
        yield paper.fact(name, metres, match.start(), match.end(), 0.85)


def _metres(match: re.Match[str]) -> Decimal | None:
    value = Decimal(match["n"])
    unit = (match["unit"] or "m").lower()
    if unit in ("mm", "毫米"):
        value /= 1000
    elif unit in ("cm", "厘米"):
        value /= 100
    elif match["unit"] is None and value > 100:
        value /= 1000
    return value if 0 < value < 100 else None


def certificate(paper: Paper, form: Form) -> Iterator[Fact]:
    """计量检定证书: device and last day of validity."""
    yield from _device(paper, form)
    yield from _valid_until(paper, form)


def _valid_until(paper: Paper, form: Form) -> Iterator[Fact]:
    for entry in form.find(labels.VALID_UNTIL):
        last = _end_of_term(paper.text[entry.start : entry.end])
        if last is not None and last.value is not None:
            start, end = entry.start + last.start, entry.start + last.end
            yield paper.fact("valid_until", last.value, start, end, entry.sure)
            return


_UNTIL = re.compile(r"(?:起)?(?:至|到|-|—|~|–){1,2}(?:有效期至)?")


def _end_of_term(text: str) -> DateFound | None:
    """The last day of a term: the first day told, or the one to which it runs; None without one.

    Days behind it are those of signatures and notes on the copy.
    """
    days = [day for day in find_dates(text) if day.value is not None]
    if len(days) > 1 and _UNTIL.fullmatch(text[days[0].end : days[1].start]):
        return days[1]
    return days[0] if days else None


def identity_card(paper: Paper, form: Form) -> Iterator[Fact]:
    """身份证: holder and number; what a vehicle licence copied on the same sheet says."""
    if "行驶证" in paper.text or "号牌" in paper.text:
        yield from _total_mass_in_text(paper)
    yield from _holder(paper, form, frozenset({"姓名"}))
    found = next(person_numbers(paper.text), None)
    if found is not None:
        yield paper.fact("holder_id", found.value, found.start, found.end, 0.9, proven=found.proven)


def _holder(paper: Paper, form: Form, group: frozenset[str]) -> Iterator[Fact]:
    for entry in form.find(group):
        words = paper.words(entry.start, entry.end)
        if not words:
            continue
        start = words[0][1]
        person = names_in(paper, start, words[0][2])
        if person:
            yield paper.fact("holder_name", person[0][0], person[0][1], person[0][2], entry.sure)
            return
        end = _unit_end(paper, entry, start)
        if 4 <= end - start <= 45 and ORGANIZATION.search(paper.text[start:end]):
            yield paper.fact("holder_name", paper.printed(start, end), start, end, entry.sure)
            return


def _unit_end(paper: Paper, entry: Entry, start: int) -> int:
    """An organization's name runs over brackets and wrapped lines, to the next stop or label."""
    stop = re.compile(r"[,;。\n:]").search(paper.text, start, entry.end)
    end = stop.start() if stop else entry.end
    words = paper.words(start, end)
    if (
        len(words) > 1
        and ORGANIZATION.search(words[0][0])
        and "(" not in paper.text[start : words[1][1]]
    ):
        return words[0][2]
    return end


def business_licence(paper: Paper, form: Form) -> Iterator[Fact]:
    """营业执照: name, code, and the operator of an individual business."""
    names = frozenset({"名称", "企业名称", "单位名称", "公司名称", "字号名称", "个体工商户名称"})
    yield from _holder(paper, form, names)
    found = next(credit_codes(paper.text), None)
    if found is not None:
        yield paper.fact("holder_id", found.value, found.start, found.end, 0.9, proven=found.proven)
    entry = form.first(labels.OPERATOR)
    if entry is not None:
        person = names_in(paper, entry.start, entry.end)
        if person:
            yield paper.fact("operator", person[0][0], person[0][1], person[0][2], entry.sure)
    entry = form.first(labels.LEGAL_REPRESENTATIVE)
    if entry is not None:
        person = names_in(paper, entry.start, entry.end)
        if person:
            yield paper.fact(
                "legal_representative", person[0][0], person[0][1], person[0][2], entry.sure
            )
    kind = re.search(r"个体工商户", paper.text)
    if kind is not None:
        yield paper.fact("party_type", "individual_business", kind.start(), kind.end(), 0.9)


def vehicle_licence(paper: Paper, form: Form) -> Iterator[Fact]:
    """行驶证 and 道路运输证: owner, total mass, type; the plate comes with every paper."""
    for entry in form.find(labels.OWNER):
        words = paper.words(entry.start, entry.end)
        if words:
            person = names_in(paper, words[0][1], words[0][2])
            end = person[0][2] if person else _unit_end(paper, entry, words[0][1])
            yield paper.fact(
                "owner_name", paper.printed(words[0][1], end), words[0][1], end, entry.sure
            )
            break
    told = list(_mass(paper, form, "total_mass_kg", labels.TOTAL_MASS))
    yield from told or _total_mass_in_text(paper)
    type_field = form.first(labels.VEHICLE_TYPE)
    if type_field is not None:
        words = paper.words(type_field.start, type_field.end)
        if words:
            yield paper.fact("vehicle_type", words[0][0], words[0][1], words[0][2], type_field.sure)
    yield from axles(paper, form)


_TOTAL_MASS = re.compile(
    r"(?<!车货)(?<!牵引)(?<!检测)总质量(?:为|是|:)?(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>kg|KG|千克|公斤|吨|t)"
)


def _total_mass_in_text(paper: Paper) -> Iterator[Fact]:
    """总质量 of a licence that is copied as one line of text."""
    match = _TOTAL_MASS.search(paper.text)
    mass = kilograms(match["n"], match["unit"]) if match is not None else None
    if match is not None and mass is not None:
        yield paper.fact("total_mass_kg", mass, match.start("n"), match.end(), 0.9)


def officers_cards(paper: Paper, form: Form) -> Iterator[Fact]:
    """执法证件复印件: holders with numbers and validity, one fact each."""
    name: tuple[str, int, int] | None = None
    for entry in form.entries:
        if entry.label in labels.HOLDER and name is None:
            person = names_in(paper, entry.start, min(entry.end, entry.start + 8))
            name = person[0] if person else None
        elif entry.label in labels.HOLDER:
            person = names_in(paper, entry.start, min(entry.end, entry.start + 8))
            name = person[0] if person else name
        elif entry.label in labels.CERTIFICATE_NO | labels.HOLDER_ID:
            cards = certificates_in(paper.text, entry.start, entry.end, labelled=True)
            if cards:
                yield paper.fact("holder_id", cards[0][0], cards[0][1], cards[0][2], entry.sure)
                if name is not None:
                    yield paper.fact("holder_name", name[0], name[1], name[2], entry.sure)
                    name = None
        elif entry.label in labels.VALID_UNTIL:
            last = _end_of_term(paper.text[entry.start : entry.end])
            if last is not None and last.value is not None:
                start, end = entry.start + last.start, entry.start + last.end
                yield paper.fact("valid_until", last.value, start, end, entry.sure)


def order_to_correct(paper: Paper, form: Form) -> Iterator[Fact]:
    """责令改正违法行为通知书: the day by which correction is due."""
    del form
    for day in find_dates(paper.text):
        after = paper.text[day.end : day.end + 12]
        if (
            day.value is not None
            and re.match(r"(?:之?前|以前|前完成)[^。;\n]{0,8}", after)
            and "改" in paper.text[max(0, day.start - 40) : day.end + 20]
        ):
            yield paper.fact("correction_due_on", day.value, day.start, day.end, 0.9)
            return
