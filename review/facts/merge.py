"""From the facts of the papers to one value a name, by an explicit order of preference.

Every name of the file has its own row: the papers that may give it, the best first. Papers that
disagree are not silently overruled: their facts stay in `contradictions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rapidfuzz.distance import Levenshtein

from review.common.text import plain, same_number
from review.documents.kinds import OTHER
from review.facts import officers_of_case, repeated
from review.facts.amendments import put_right
from review.facts.identity import is_masked
from review.facts.model import DocumentFacts, Fact

DECISIONS = ("行政处罚决定书", "当场行政处罚决定书", "不予行政处罚决定书")
NOTICES = ("违法行为通知书",)
SITE = ("现场笔录", "勘验笔录")
REPORTS = ("案件调查报告", "案件处理审批表")
COVER = ("卷宗封面",)
CLOSING = ("结案报告",)
PUBLISHED = ("公示截图",)
FILING = ("立案登记表",)
SLIPS = ("称重检测单",)
ANY: tuple[str, ...] = ()
_SURE_ENOUGH = 0.6
_SURE = 0.8
_REGISTERED = 0.7
"""How surely a clue was discovered on the day on which it was registered."""


@dataclass(frozen=True, slots=True)
class Source:
    """Take `fact` of papers of these kinds (any kind where empty)."""

    fact: str
    kinds: tuple[str, ...]
    last: bool = False


def _row(fact: str, *groups: tuple[str, ...], last: bool = False) -> tuple[Source, ...]:
    return tuple(Source(fact, kinds, last) for kinds in groups)


_TELLING = (DECISIONS, NOTICES, REPORTS, FILING)

PREFERENCE: Mapping[str, tuple[Source, ...]] = {
    "case_no": (
        *_row("case_no", DECISIONS),
        *_row("document_no", DECISIONS),
        *_row("case_no", COVER, FILING, CLOSING, ANY),
        *_row("decision_no", PUBLISHED, ANY),
    ),
    "party_name": _row("party_name", *_TELLING, CLOSING, COVER, ANY),
    "party_id": _row("party_id", *_TELLING, PUBLISHED, ANY),
    "party_address": _row("party_address", DECISIONS, FILING, NOTICES, REPORTS),
    "cause": _row("cause", CLOSING, REPORTS, FILING, COVER, PUBLISHED, ANY),
    "plate": _row(
        "plate", DECISIONS, NOTICES, SITE, FILING, REPORTS, SLIPS, ("行驶证复印件",), ANY
    ),
    "act_on": _row("act_on", *_TELLING, SITE),
    "registered_on": _row("registered_on", FILING, ANY),
    "filed_on": (
        *_row("filed_on", FILING),
        *_row("filed_on_quoted", CLOSING, COVER, DECISIONS, ANY),
    ),
    "notice_on": _row("notice_on", NOTICES, last=True),
    "fine_notified_yuan": _row("fine_notified_yuan", NOTICES, last=True),
    "fine_yuan": _row("fine_yuan", DECISIONS, (OTHER,)),
    "hearing_on": _row("hearing_on", ("听证笔录",), ("听证报告书",), last=True),
    "hearing_notified_on": _row("hearing_notified_on", ("听证通知书",), last=True),
    "decided_on": (
        *_row("decided_on", DECISIONS),
        *_row("decided_on_quoted", CLOSING, PUBLISHED, ANY),
    ),
    "paid_on": (
        *_row("paid_on", ("罚款票据",), last=True),
        *_row("paid_on_quoted", CLOSING),
    ),
    "closed_on": (
        *_row("closed_on", CLOSING),
        *_row("closed_on_quoted", COVER, ANY),
    ),
    "published_on": _row("published_on", PUBLISHED, ANY),
    "violated": _row("violated", *_TELLING, (OTHER,)),
    "basis": _row("basis", *_TELLING, (OTHER,)),
    "agency": (
        *_row("acting_organ", DECISIONS),
        *_row("agency", DECISIONS, NOTICES, PUBLISHED, FILING, ANY),
    ),
    "defence_waived": _row("defence_waived", ("放弃陈述申辩声明",), ("送达回证",), DECISIONS, ANY),
    "hearing_requested": _row(
        "hearing_requested", ("听证申请书",), ("听证笔录",), ("听证通知书",), DECISIONS, ANY
    ),
    "gains_yuan": _row("gains_yuan", DECISIONS, ANY),
    "confiscated_yuan": _row("confiscated_yuan", DECISIONS),
    "contract_price_yuan": _row("contract_price_yuan", ANY),
    "weighed_kg": _row("weighed_kg", SLIPS, DECISIONS, NOTICES, FILING, ANY),
    "limit_kg": _row("limit_kg", DECISIONS, SLIPS, NOTICES, FILING, ANY),
    "over_kg": _row("over_kg", DECISIONS, SLIPS, NOTICES, FILING, ANY),
    "axles": _row("axles", SLIPS, DECISIONS, ("行驶证复印件",), NOTICES, ANY),
    "is_train": _row("is_train", DECISIONS, NOTICES, ("行驶证复印件",), ANY),
    "single_drive_axle": _row("single_drive_axle", ANY),
    "height_m": _row("height_m", SLIPS, DECISIONS, NOTICES, ANY),
    "width_m": _row("width_m", SLIPS, DECISIONS, NOTICES, ANY),
    "length_m": _row("length_m", SLIPS, DECISIONS, NOTICES, ANY),
    "extension_days": _row("extension_days", ("办案期限延长审批表",), last=True),
    "extension_approved_on": _row("extension_approved_on", ("办案期限延长审批表",), last=True),
    "mitigation_stated": _row(
        "mitigation_stated", DECISIONS, ("重大案件集体讨论记录",), REPORTS, ANY
    ),
    "serious_stated": _row("serious_stated", DECISIONS, NOTICES, REPORTS),
    "reported_on": _row("reported_on", ("当场处罚备案表",)),
    "archived_on": _row("archived_on", COVER, ("备考表",), ANY),
}

COMPARED: Mapping[str, tuple[str, ...]] = {
    "case_no": ("case_no",),
    "party_name": ("party_name",),
    "party_id": ("party_id",),
    "plate": ("plate",),
    "act_on": ("act_on",),
    "filed_on": ("filed_on", "filed_on_quoted"),
    "decided_on": ("decided_on", "decided_on_quoted"),
    "closed_on": ("closed_on", "closed_on_quoted"),
    "paid_on": ("paid_on", "paid_on_quoted"),
    "weighed_kg": ("weighed_kg",),
    "limit_kg": ("limit_kg",),
    "over_kg": ("over_kg",),
    "axles": ("axles",),
    "defence_made": ("defence_made",),
}
"""Names whose values in different papers ought to agree, and the facts that are compared."""


def merge(
    documents: tuple[DocumentFacts, ...],
) -> tuple[dict[str, Fact], dict[str, tuple[Fact, ...]]]:
    """The merged facts by name, and the facts of names on which papers disagree."""
    merged: dict[str, Fact] = {}
    for name, sources in PREFERENCE.items():
        fact = _chosen(documents, sources)
        if fact is None:
            continue
        approved_by = _APPROVED_BY.get(fact.name)
        if approved_by is not None and _approval_is_blank(documents, approved_by):
            continue
        merged[name] = replace(fact, name=name)
    for derive in _DERIVED:
        for fact in derive(documents, merged):
            merged[fact.name] = fact
    return merged, dict(_contradictions(documents))


def _facts(
    documents: Iterable[DocumentFacts], name: str, kinds: tuple[str, ...] = ANY
) -> list[Fact]:
    return [
        fact
        for document in documents
        if not kinds or document.kind in kinds
        for fact in document.all(name)
    ]


def _chosen(documents: tuple[DocumentFacts, ...], sources: tuple[Source, ...]) -> Fact | None:
    """The first source with a value that is sure enough; a person's word before all."""
    doubtful: Fact | None = None
    for source in sources:
        facts = _facts(documents, source.fact, source.kinds)
        typed = [fact for fact in facts if fact.origin == "person"]
        if typed:
            return typed[-1]
        sure = [fact for fact in facts if fact.confidence >= _SURE_ENOUGH]
        if sure:
            if source.last and all(isinstance(fact.value, date) for fact in sure):
                return max(sure, key=_day)
            if source.last:
                return sure[-1]
            best = max(fact.confidence for fact in sure)
            return next(fact for fact in sure if fact.confidence >= min(best, 0.9))
        if facts and doubtful is None:
            doubtful = max(facts, key=lambda fact: fact.confidence)
    return doubtful


_APPROVED_BY = {"filed_on_quoted": FILING, "closed_on_quoted": CLOSING}
"""Days that other papers quote, and the form on which the head approved."""


def _approval_is_blank(documents: tuple[DocumentFacts, ...], kinds: tuple[str, ...]) -> bool:
    """Whether the head left the typed form undated: what later papers say is no approval then."""
    return any(
        document.first(name) is not None and not document.is_recognized
        for document in documents
        if document.kind in kinds
        for name in ("head_date_blank", "head_opinion_blank")
    )


def _day(fact: Fact) -> date:
    return fact.value if isinstance(fact.value, date) else date.min


# --- names that need more than an order of papers ---


def _procedure(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    del merged
    by_kind = {document.kind: document for document in reversed(documents)}
    for kinds, procedure in (
        (("不予行政处罚决定书",), "waived"),
        (("当场行政处罚决定书",), "summary"),
        (("听证笔录", "听证报告书"), "hearing"),
        (("听证通知书",), "hearing"),
        (("行政处罚决定书", "违法行为通知书", "立案登记表"), "ordinary"),
    ):
        for kind in kinds:
            document = by_kind.get(kind)
            if document is None:
                continue
            confidence = min(0.98, document.confidence)
            if procedure == "summary" and "行政处罚决定书" in by_kind:
                continue
            if procedure == "waived" and "行政处罚决定书" in by_kind:
                continue
            yield Fact("procedure", procedure, document.evidence(), confidence, document.index)
            return


_IDENTITY_NUMBER = r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
"""A birth date in its place tells a person; the region is not asked, it may be abolished."""


def _party(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """Kind of party; an individual business is shown as its operator."""
    number = merged.get("party_id")
    name = merged.get("party_name")
    business = [
        fact
        for fact in _facts(documents, "party_type")
        if fact.value == "individual_business" and fact.confidence >= _SURE
    ]
    operators = _facts(documents, "operator", (*DECISIONS, *NOTICES, *FILING, "营业执照复印件"))
    code = str(number.value) if number is not None else ""
    kind: str | None = None
    grounds: Fact | None = number or name
    if len(code) == 18 and code.startswith("92"):
        kind = "individual_business"
    elif business and (operators or len(code) != 18 or not code.startswith("9")):
        kind, grounds = "individual_business", business[0]
    elif re.fullmatch(_IDENTITY_NUMBER, code) is not None:
        kind = "citizen"
    elif code:
        kind = "organization"
    elif name is not None:
        kind = "organization" if len(str(name.value)) > 5 else "citizen"
    if kind is None or grounds is None:
        return
    yield replace(grounds, name="party_type", value=kind)
    if kind == "individual_business" and operators:
        yield replace(operators[0], name="party_name")


def _agency(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """A character of the organ's name lost under its seal is given back by the other papers."""
    chosen = merged.get("agency")
    if chosen is None:
        return
    scanned = {document.index for document in documents if document.is_recognized}
    counts: dict[str, int] = {}
    for document in documents:
        fact = document.first("agency")
        if fact is not None:
            counts[str(fact.value)] = counts.get(str(fact.value), 0) + 1
    clear = repeated.clearer(documents, chosen)
    if clear is not None:
        yield replace(clear, name="agency")
        return
    value = str(chosen.value)
    mine = counts.get(value, 0)
    likely = [
        other
        for other, count in counts.items()
        if other != value
        and (
            (
                Levenshtein.distance(other, value) <= 2
                and (count > mine or (count == mine and _has_lost(value, other)))
            )
            or (
                chosen.document in scanned
                and (other.endswith(value) or Levenshtein.distance(other, value) <= 2)
                and _support(other, counts) > _support(value, counts)
            )
        )
    ]
    if likely:
        usual = max(likely, key=lambda other: (counts[other], _support(other, counts), len(other)))
        yield replace(chosen, value=usual, confidence=min(chosen.confidence, 0.9))


def _support(name: str, counts: Mapping[str, int]) -> int:
    """How many papers bear the name, whole, with a character misread or with some lost."""
    return sum(
        count
        for other, count in counts.items()
        if _has_lost(other, name)
        or (len(other) == len(name) and Levenshtein.distance(other, name) <= 1)
    )


def _has_lost(value: str, other: str) -> bool:
    """Whether `value` is `other` with characters missing."""
    rest = iter(other)
    return len(value) < len(other) and all(character in rest for character in value)


def _found(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """Discovery: as labelled or told; otherwise the day of the on-site record.

    Without either (off-site weighing has no on-site record) the day on which the clue was
    registered, doubtfully: it may have been found before.
    """
    del merged
    site = [
        replace(fact, name="found_on", value=fact.value.date())
        for fact in _facts(documents, "started_at", SITE)
        if hasattr(fact.value, "date")
    ]
    told = _facts(documents, "found_on", (*FILING, *DECISIONS, *NOTICES, *REPORTS, *SITE))
    surest = [fact for fact in told if fact.confidence >= 0.95]
    for group in (surest, site, told):
        if group:
            yield min(group, key=_day) if group is site else group[0]
            return
    for fact in _facts(documents, "registered_on", FILING):
        yield replace(fact, name="found_on", confidence=min(fact.confidence, _REGISTERED))
        return


def _served(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """Service of the notice and of the decision, each by the proof that names it."""
    for name, kinds, quoted in (
        ("notice_served_on", NOTICES, "notice_served_on_quoted"),
        ("served_on", DECISIONS, None),
    ):
        proofs = [
            document
            for document in documents
            if any(fact.value in kinds for fact in document.all("serves"))
        ]
        received = [fact for proof in proofs for fact in proof.all("received_on")]
        received += [fact for proof in proofs for fact in _announced(proof)]
        if not received:
            received = _facts(documents, "signed_on", kinds)
        if not received and name == "served_on":
            received = _on_the_spot(documents, merged)
        if not received and quoted is not None:
            received = _facts(documents, quoted, DECISIONS)
        if received:
            yield replace(max(received, key=_day), name=name)


def _announced(proof: DocumentFacts) -> Iterator[Fact]:
    if proof.kind != "送达公告":
        return
    day, days = proof.first("dated_on"), proof.first("deemed_days")
    if day is None or not isinstance(day.value, date):
        return
    count = days.value if days is not None and isinstance(days.value, int) else None
    if count is not None:
        yield replace(day, value=day.value + timedelta(days=count), confidence=0.85)


def _on_the_spot(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> list[Fact]:
    """An on-the-spot decision is delivered when made, if the party signed it."""
    decided = merged.get("decided_on")
    signed = _facts(documents, "party_signature", ("当场行政处罚决定书",))
    if decided is None or not any(document.kind == "当场行政处罚决定书" for document in documents):
        return []
    return [replace(decided, confidence=min(decided.confidence, 0.9 if signed else 0.7))]


def _last_before_decision(name: str, kind: str) -> Callable[..., Iterator[Fact]]:
    def derive(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
        """The last one not after the decision; if all are after it, the last of them."""
        facts = [fact for fact in _facts(documents, name, (kind,)) if isinstance(fact.value, date)]
        if not facts:
            return
        decided = merged.get("decided_on")
        limit = _day(decided) if decided is not None else date.max
        before = [fact for fact in facts if _day(fact) <= limit]
        yield max(before or facts, key=_day)

    return derive


def _defence(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """A paper of defence outweighs a narration; a narrated defence outweighs a general denial."""
    del merged
    order = (
        ("陈述申辩书",),
        DECISIONS,
        ("陈述申辩复核意见书",),
        ("放弃陈述申辩声明",),
        REPORTS,
        ANY,
    )
    for kinds in order:
        facts = [
            fact
            for fact in _facts(documents, "defence_made", kinds)
            if fact.confidence >= _SURE_ENOUGH
        ]
        if facts:
            yield next((fact for fact in facts if fact.value is True), facts[0])
            return


_DERIVED: tuple[Callable[..., Iterator[Fact]], ...] = (
    _procedure,
    repeated.agreed,
    repeated.number,
    put_right,
    _party,
    officers_of_case.union,
    _agency,
    _found,
    _served,
    _last_before_decision("legal_review_on", "法制审核意见书"),
    _last_before_decision("discussion_on", "重大案件集体讨论记录"),
    _defence,
)


# --- contradictions ---


def _same(name: str, left: object, right: object) -> bool:
    if name == "case_no":
        return same_number(str(left), str(right))
    if isinstance(left, str) and isinstance(right, str):
        return plain(left) == plain(right)
    return left == right


def _contradictions(documents: tuple[DocumentFacts, ...]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    for name, sources in COMPARED.items():
        facts = [
            fact
            for source in sources
            for fact in _facts(documents, source)
            if fact.confidence >= _SURE and not is_masked(fact.value)
        ]
        if facts and any(not _same(name, facts[0].value, fact.value) for fact in facts[1:]):
            yield name, tuple(facts)
