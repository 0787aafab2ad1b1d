"""What the review desk is given: a sheet as plain values, in the language of the person.

The desk knows results by kind (`met`, `partly_met` …); the stored word goes along for the way back.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from review.i18n import _, chosen, language
from review.scoring.checklist import Result
from review.services.access import Actor
from review.services.case_files.check_rows import EvidenceView
from review.services.desk.sheet_views import (
    ChoiceView,
    DeductionView,
    DocumentCard,
    ItemView,
    PageCard,
    PinView,
    ProposalView,
    ScoreView,
    SectionView,
    SheetView,
)
from review.services.plain import plain
from review.services.rules.editions import Words
from review.ui.components.desk_texts import desk_texts
from review.ui.format import PROCEDURES, word
from review.ui.widgets.law import provision

KINDS = {
    Result.MET: "met",
    Result.PARTLY_MET: "partly_met",
    Result.NOT_MET: "not_met",
    Result.NOT_APPLICABLE: "not_applicable",
    Result.UNDECIDED: "undecided",
}
SHORT_LENGTH = 6
"""A result's own word of at most so many characters stands on its button unshortened."""


def desk_data(view: SheetView, actor: Actor) -> dict[str, Any]:
    """Everything that the desk draws of `view`, as JSON values."""
    order = {page.id: index + 1 for index, page in enumerate(view.pages)}
    titles = {page.id: page.document_title or page.source for page in view.pages}
    return {
        "language": language(),
        "user": actor.user_id,
        "texts": desk_texts(),
        "urls": {
            "score": "/api/score",
            "pin": "/api/pin",
            "unpin": "/api/unpin",
            "submit": "/api/submit",
            "reject": "/api/reject",
        },
        "sheet": _sheet(view),
        "results": [
            _result(choice, digit) for digit, choice in enumerate(view.edition.results, start=1)
        ],
        "sections": [_section(section) for section in view.edition.sections],
        "dimensions": _dimensions(view),
        "scores": {item_id: _score(score) for item_id, score in view.scores.items()},
        "proposals": {
            item_id: _proposal(each, order, titles) for item_id, each in view.proposals.items()
        },
        "trial_notes": {
            item_id: [words(note) for note in notes] for item_id, notes in view.trial_notes.items()
        },
        "pins": [_pin(pin, order, titles) for pin in view.pins],
        "pages": [_page(page) for page in view.pages],
        "documents": _documents(view),
        "totals": plain(view.totals),
    }


def words(text: Words | None) -> str:
    """A text of the data in the language in force; empty where there is none."""
    return chosen(text.zh, text.en) if text else ""


def _sheet(view: SheetView) -> dict[str, Any]:
    head = view.sheet
    return {
        "id": head.id,
        "version": view.version,
        "read_only": view.read_only,
        "state_text": _("Submitted") if head.submitted_at else _("Read only"),
        "case_no": head.case_no,
        "cause": head.cause,
        "unit": head.unit_name,
        "procedure": word(PROCEDURES, head.procedure or ""),
        "round": head.round_title,
        "overall": head.overall,
    }


def _result(choice: ChoiceView, digit: int) -> dict[str, Any]:
    shortened = {
        Result.MET: _("Met"),
        Result.PARTLY_MET: _("Partly"),
        Result.NOT_MET: _("Not met"),
        Result.NOT_APPLICABLE: _("N/A"),
        Result.UNDECIDED: _("Open"),
    }
    label = words(choice.word)
    return {
        "key": KINDS[choice.id],
        "word": str(choice.id),
        "label": label,
        "short": label if len(label) <= SHORT_LENGTH else shortened[choice.id],
        "digit": str(digit),
    }


def _section(section: SectionView) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": words(section.title),
        "points": plain(section.points),
        "when": _("Only where it applies") if section.is_conditional else "",
        "items": [_item(item) for item in section.items],
    }


def _item(item: ItemView) -> dict[str, Any]:
    guidance = [words(item.guidance)]
    if item.not_applicable:
        guidance.append(_("Not applicable: {when}", when=words(item.not_applicable)))
    return {
        "id": item.id,
        "title": words(item.title),
        "points": plain(item.points),
        "veto": item.is_veto,
        "dimension": item.dimension,
        "dimension_title": words(item.dimension_title),
        "guidance": " ".join(part for part in guidance if part),
        "deductions": [_deduction(each) for each in item.deductions],
        "law": [provision(source) for source in item.sources],
    }


def _deduction(reason: DeductionView) -> dict[str, Any]:
    each = f"−{_figure(reason.points)}"
    amount = _("{points} each", points=each) if reason.is_counted else each
    if reason.maximum is not None:
        amount = _("{amount}, at most {most}", amount=amount, most=_figure(reason.maximum))
    return {
        "id": reason.id,
        "label": words(reason.text),
        "amount": amount,
        "counted": reason.is_counted,
    }


def _figure(points: Decimal) -> str:
    return str(plain(points))


def _dimensions(view: SheetView) -> list[dict[str, Any]]:
    """The totals of the strip in the edition's order; a group (三项制度) stands for its members.

    `members` are the dimensions whose items are shown when one asks for this one.
    """
    groups = {part.id: words(part.title) for part in view.totals.groups}
    shown: dict[str, dict[str, Any]] = {}
    for section in view.edition.sections:
        for item in section.items:
            own = item.dimension_group if item.dimension_group in groups else item.dimension
            title = groups.get(own or "", words(item.dimension_title))
            entry = shown.setdefault(own or "", {"id": own, "title": title, "members": []})
            if item.dimension not in entry["members"]:
                entry["members"].append(item.dimension)
    return list(shown.values())


def _score(score: ScoreView) -> dict[str, Any]:
    return {
        "result": KINDS[score.result],
        "chosen": dict(score.chosen),
        "deduction": plain(score.deduction),
        "comment": score.comment,
        "version": score.version,
    }


def _proposal(
    proposal: ProposalView, order: dict[int, int], titles: dict[int, str]
) -> dict[str, Any]:
    return {
        "result": KINDS[proposal.result],
        "chosen": dict(proposal.chosen),
        "deduction": plain(proposal.deduction),
        "reasons": [words(reason) for reason in proposal.reasons],
        "checks": list(proposal.check_ids),
        "rejected": words(proposal.rejected_for),
        "covers_all": proposal.covers_all or proposal.result is not Result.MET,
        "evidence": [_evidence(place, order, titles) for place in proposal.evidence],
    }


def _evidence(place: EvidenceView, order: dict[int, int], titles: dict[int, str]) -> dict[str, Any]:
    known = place.page_id is not None and place.page_id in order
    return {
        "page_id": place.page_id if known else None,
        "number": order[place.page_id] if known and place.page_id else None,
        "title": titles.get(place.page_id or 0, place.source),
        "quote": place.quote,
        "boxes": [list(box) for box in place.boxes],
    }


def _pin(pin: PinView, order: dict[int, int], titles: dict[int, str]) -> dict[str, Any]:
    return {
        "id": pin.id,
        "item": pin.item_id,
        "page_id": pin.page_id,
        "number": order.get(pin.page_id),
        "title": titles.get(pin.page_id, ""),
        "box": list(pin.box) if pin.box else None,
        "boxes": [list(pin.box)] if pin.box else [],
        "quote": pin.quote,
    }


def _page(page: PageCard) -> dict[str, Any]:
    return {
        "id": page.id,
        "document": page.document_id or 0,
        "title": page.document_title or page.source,
        "view": page.view_url,
        "thumb": page.thumb_url,
        "width": page.width,
        "height": page.height,
    }


def _documents(view: SheetView) -> list[dict[str, Any]]:
    """The papers in the order of the file; pages of no paper come under a heading of their own."""
    papers = [_document(card) for card in view.documents]
    if any(page.document_id is None for page in view.pages):
        papers.append({"id": 0, "title": _("Unclassified pages")})
    return papers


def _document(card: DocumentCard) -> dict[str, Any]:
    return {"id": card.id, "title": card.kind or card.title}
