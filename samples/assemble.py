"""Putting a file together: order of the papers, page numbers, index, and the truth about it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samples import (
    papers_closing,
    papers_decision,
    papers_evidence,
    papers_field,
    papers_hearing,
    papers_inquiry,
    papers_review,
    papers_waived,
)
from samples.blocks import Paper
from samples.cases import Case
from samples.desk import Desk

#: Matters in which a print of the register belongs to the evidence.
SEARCHED = {"freight", "passenger", "ridehailing", "inspection", "qualification"}


@dataclass(slots=True)
class Volume:
    """All papers of a file in order; the pages are filled in by whoever draws them."""

    case: Case
    papers: list[Paper] = field(default_factory=list)


def body(case: Case) -> list[Paper]:
    """Write the papers between index and remarks sheet, in the order of the file."""
    desk = Desk(case)
    match case.procedure:
        case "summary":
            return _summary(desk)
        case "waived":
            return _waived(desk)
        case _:
            return _ordinary(desk)


def _summary(desk: Desk) -> list[Paper]:
    case = desk.case
    papers = [
        papers_decision.summary_decision(desk),
        papers_field.scene_record(desk),
        papers_evidence.photographs(desk),
    ]
    if case.company:
        papers += [papers_evidence.business_licence(desk), papers_inquiry.authorisation(desk)]
    if case.format != "scan":
        papers += [papers_evidence.system_screen(desk), papers_evidence.identity_card(desk)]
    papers.append(papers_closing.summary_registration(desk))
    papers.append(papers_closing.payment(desk))
    papers.append(papers_closing.publication(desk))
    if case.format != "scan":
        papers.append(papers_closing.recordings(desk))
    return papers


def _waived(desk: Desk) -> list[Paper]:
    decision = papers_decision.no_penalty_decision(desk)
    return [
        papers_field.scene_record(desk),
        papers_field.correction_order(desk),
        papers_inquiry.filing_form(desk),
        papers_inquiry.service_address(desk),
        *papers_inquiry.interviews(desk),
        papers_evidence.photographs(desk),
        papers_evidence.identity_card(desk),
        papers_evidence.vehicle_papers(desk),
        papers_evidence.officer_cards(desk),
        papers_waived.history_search(desk),
        papers_waived.correction_check(desk),
        papers_waived.commitment(desk),
        papers_waived.education(desk),
        papers_review.handling_approval(desk),
        decision,
        papers_decision.receipt(desk, decision.title, desk.case.dates.served),
        papers_closing.publication(desk),
        papers_closing.closing_report(desk),
        papers_closing.recordings(desk),
    ]


def _ordinary(desk: Desk) -> list[Paper]:
    case = desk.case
    dates = case.dates
    decision = papers_decision.decision(desk)
    outcome = [
        decision,
        papers_decision.receipt(desk, decision.title, dates.served, number=case.other_number),
    ]
    papers: list[Paper] = []
    if desk.family.key == "lines":
        papers += outcome
        papers.append(papers_inquiry.filing_form(desk))
    papers.append(papers_field.scene_record(desk))
    if dates.seized_until:
        papers += [
            papers_field.seizure_approval(desk),
            papers_field.seizure_decision(desk),
            papers_field.seizure_list(desk),
        ]
    papers.append(papers_field.correction_order(desk))
    if desk.family.key != "lines":
        papers.append(papers_inquiry.filing_form(desk))
    papers += _evidence(desk)
    papers.append(papers_review.investigation_report(desk))
    if dates.reviewed:
        papers.append(papers_review.legal_review(desk, dates.reviewed))
    papers += _hearing_the_party(desk)
    if dates.discussed:
        papers.append(papers_review.discussion(desk))
    papers.append(papers_review.handling_approval(desk))
    if desk.family.key != "lines":
        papers += outcome
    if dates.released:
        papers.append(papers_field.seizure_release(desk))
    papers.append(papers_closing.payment(desk))
    if dates.copied:
        papers.append(papers_closing.copy_letter(desk))
    papers += [
        papers_closing.publication(desk),
        papers_closing.closing_report(desk),
        papers_closing.recordings(desk),
    ]
    return papers


def _evidence(desk: Desk) -> list[Paper]:
    case = desk.case
    papers: list[Paper] = []
    if case.agent:
        papers.append(papers_inquiry.authorisation(desk))
    if not case.compact:
        papers.append(papers_inquiry.service_address(desk))
    papers += papers_inquiry.interviews(desk)
    papers.append(papers_evidence.photographs(desk))
    if case.cause.matter == "overload":
        papers += [
            papers_evidence.weighing_slip(desk),
            papers_evidence.scale_certificate(desk),
            papers_evidence.reweighing_slip(desk),
        ]
    if case.cause.matter in SEARCHED:
        papers.append(papers_evidence.system_screen(desk))
    if case.company:
        papers.append(papers_evidence.business_licence(desk))
    papers += [papers_evidence.identity_card(desk), papers_evidence.vehicle_papers(desk)]
    if not case.compact and not case.has("D-02"):
        papers.append(papers_evidence.officer_cards(desk))
    return papers


def _hearing_the_party(desk: Desk) -> list[Paper]:
    """Notice, its service, and what the party said to it."""
    dates = desk.case.dates
    if dates.notice_served is None:
        return []
    notice = papers_decision.notice(desk)
    papers = [notice, papers_decision.receipt(desk, notice.title, dates.notice_served)]
    if dates.waived:
        papers.append(papers_review.defence_waiver(desk))
    if dates.defended:
        papers += [papers_review.defence(desk), papers_review.defence_review(desk)]
    if dates.hearing_notified:
        papers += [
            papers_hearing.hearing_request(desk),
            papers_hearing.hearing_notice(desk),
            papers_decision.receipt(desk, "听证通知书", dates.hearing_notified),
        ]
        if dates.extended:
            extension = papers_field.seizure_extension(desk)
            papers.append(extension)
        papers += [papers_hearing.hearing_record(desk), papers_hearing.hearing_report(desk)]
    if dates.reviewed_again:
        papers.append(papers_review.legal_review(desk, dates.reviewed_again, after_hearing=True))
    return papers


def bind(case: Case, papers: list[Paper], counts: list[int] | None) -> Volume:
    """Add cover, index and remarks sheet; `counts` are pages of each paper, None in Word."""
    desk = Desk(case)
    entries = []
    number = 1
    for place, paper in enumerate(papers):
        pages = ""
        if counts is not None:
            last = number + counts[place] - 1
            pages = str(number) if last == number else f"{number}-{last}"
            number = last + 1
        day = desk.day(paper.dated_on) if paper.dated_on else ""
        entries.append((paper.title, day, pages))
    total = None if counts is None else number - 1
    volume = Volume(case)
    volume.papers = [
        papers_closing.cover(desk, total),
        papers_closing.index(desk, entries),
        *papers,
        papers_closing.remarks(desk, total),
    ]
    return volume


def facts(case: Case) -> dict[str, Any]:
    """Return the true value of every published fact that the file holds."""
    dates = case.dates

    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    summary = case.procedure == "summary"
    waived = case.procedure == "waived"
    values: dict[str, str | None] = {
        "act_on": iso(dates.found_on),
        "agency": case.agency.name,
        "basis": case.cause.basis,
        "case_no": case.number,
        "cause": case.cause.name,
        "closed_on": iso(dates.closed),
        "decided_on": iso(dates.decided),
        "discussion_on": iso(dates.discussed),
        "filed_on": iso(dates.filed),
        "fine_notified_yuan": None
        if summary or waived or not dates.noticed
        else str(case.fine_notified),
        "fine_yuan": None if waived else str(case.fine),
        "found_on": iso(dates.found_on),
        "hearing_on": iso(dates.heard),
        "legal_review_on": iso(dates.reviewed_again or dates.reviewed),
        "notice_on": iso(dates.noticed),
        "notice_served_on": iso(dates.notice_served),
        "officers": json.dumps(
            [{"name": officer.name, "cert_no": officer.cert_no} for officer in case.officers],
            ensure_ascii=False,
        ),
        "paid_on": iso(dates.paid),
        "party_id": case.party_number,
        "party_name": case.party_name,
        "party_type": "organization" if case.company else "citizen",
        "plate": case.vehicle.plate,
        "procedure": case.procedure,
        "published_on": iso(dates.published),
        "registered_on": None if summary else iso(dates.found_on),
        "served_on": iso(dates.served),
        "violated": case.cause.violated,
    }
    return {name: value for name, value in sorted(values.items()) if value is not None}


def alternatives(case: Case) -> dict[str, list[str | None]]:
    """Return other values that a reader may give, because the file contradicts itself."""
    other: dict[str, list[str | None]] = {}
    if case.extra.get("digits"):
        other["fine_yuan"] = [case.extra["digits"], None]
    if case.decision_plate:
        other["plate"] = [case.decision_plate]
    if case.other_number:
        other["case_no"] = [case.other_number]
    if case.licence_name:
        other["party_name"] = [case.licence_name]
    if case.has("D-07"):
        other["filed_on"] = [None]
    return other
