"""The words on the review desk; placeholders in braces are filled in the browser."""

from __future__ import annotations

from typing import Any

from review.i18n import _, chosen
from review.scoring.adoption import REASONS


def desk_texts() -> dict[str, Any]:
    """All texts of the desk in the language in force."""
    return {**_strip(), **_viewer(), **_list(), **_inspector(), **_dialogs()}


def _strip() -> dict[str, Any]:
    return {
        "score": _("Score"),
        "score_so_far": _("Score so far"),
        "score_so_far_title": _("Items not yet decided are counted in full."),
        "grade_open": _("Grade open"),
        "grade_open_title": _("The grade is given when every item is decided."),
        "veto_none": _("No veto"),
        "veto_proposed": _("Veto proposed: {n}"),
        "veto_confirmed": _("Veto confirmed: {n}"),
        "dimensions": _("Totals by dimension"),
        "dimension_title": _("Show only: {name}"),
        "undecided_n": _("{n} open"),
        "progress": _("{done} of {all} decided"),
        "progress_title": _("Items decided so far"),
        "saved": _("All saved"),
        "saved_at": _("Saved {time}"),
        "saving": _("Saving {n} …"),
        "offline": _("No connection: {n} waiting, trying again …"),
        "server_busy": _("The server is busy: {n} waiting, trying again …"),
        "signed_out": _("Signed out: {n} kept in this browser."),
        "stale_left": _("{n} changed by somebody else"),
        "sign_in": _("Sign in again"),
        "submit": _("Submit …"),
    }


def _viewer() -> dict[str, Any]:
    return {
        "no_pages": _("No pages have been imported for this case."),
        "page_number": _("Page number"),
        "page_n": _("Page {n}"),
        "page_area": _("Page of the case file; drag a box to mark a place"),
        "outline": _("Papers and pages"),
        "previous_page": _("Previous page"),
        "next_page": _("Next page"),
        "fit_width": _("Fit the width"),
        "fit_page": _("Fit the page"),
        "zoom_in": _("Larger"),
        "zoom_out": _("Smaller"),
        "splitter": _("Width of the page viewer"),
    }


def _list() -> dict[str, Any]:
    return {
        "filter": _("Filter"),
        "filter_all": _("All"),
        "filter_open": _("To do"),
        "filter_proposed": _("Proposals"),
        "filter_failed": _("Deducted"),
        "filter_veto": _("Veto"),
        "filter_empty": _("No item fits the filter. Choose “All” to see every item."),
        "next_open": _("Next to do"),
        "next_open_title": _("Go to the next item that is not decided"),
        "section_points": _("{n} points"),
        "deduction_title": _("Deducted {lost} of {points}"),
        "veto_tag": _("Veto item"),
        "pins_n": _("{n} pinned"),
        "proposal_title": _("Proposed by the machine: {result}"),
        "is_read_only": _("This sheet is read only."),
        "failed": _("The server refused this score."),
        "not_reached": _("The server was not reached. Try again."),
        "stale": _("Somebody else chose: {theirs}. You chose: {mine}."),
        "stale_spoken": _("An item was changed by somebody else. Choose which value stands."),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take theirs"),
    }


def _inspector() -> dict[str, Any]:
    return {
        "item_points": _("{n} points"),
        "proposal": _("Machine proposal"),
        "covers_part": _("The checks see only a part of this item; look at the rest yourself."),
        "accept": _("Accept"),
        "reject": _("Reject"),
        "rejected_for": _("Rejected: {reason}"),
        "trial": _("On trial: shown, not proposed"),
        "page_link": _("Page {n}"),
        "no_evidence": _("No evidence is noted for this item."),
        "pins": _("Own evidence"),
        "pin_page": _("Pin this page"),
        "pin_mark": _("Pin the marked words"),
        "unpin": _("Remove the pin"),
        "law_n": _("Legal basis ({n})"),
        "rule": _("How points are deducted"),
        "less_of": _("One less: {reason}"),
        "more_of": _("One more: {reason}"),
        "taken": _("Deduction"),
        "of_points": _("of {n}"),
        "comment": _("Comment"),
        "comment_hint": _("Comment (C)"),
    }


def _dialogs() -> dict[str, Any]:
    return {
        "close": _("Close"),
        "cancel": _("Cancel"),
        "submit_title": _("Submit the score sheet"),
        "submit_now": _("Submit"),
        "submit_hint": _("A submitted sheet can be changed only after it was reopened."),
        "submit_waits": _("{n} scores are still on their way. Wait until all are saved."),
        "open_items": _("{n} items are not decided yet. Click one to go there:"),
        "overall": _("Overall assessment"),
        "reject_title": _("Reject the proposal for {item}"),
        "reject_hint": _("The reason helps to improve the check. Then score the item as ever."),
        "reason_words": _("What is wrong with it (optional)"),
        "reasons": [[key, chosen(each.zh, each.en)] for key, each in REASONS.items()],
        "unreasoned": _(
            "{n} items were scored against the machine's proposal without a reason. You may go on, "
            "or click one to say why:"
        ),
        "help_title": _("Keys"),
        "keys": [
            ["1 2 3 4 5", _("Choose a result and go on to the next item")],
            ["Shift+1…5", _("Choose a result and stay")],
            ["↑ ↓", _("Previous or next item")],
            ["← →", _("Within the results of an item")],
            ["A", _("Accept the machine's proposal")],
            ["X", _("Reject the machine's proposal and say why")],
            ["V", _("Show the evidence; again: the next place")],
            ["P", _("Pin the marked words or the page")],
            ["C", _("Write a comment; Esc goes back")],
            ["N", _("Next item that is not decided")],
            ["PgUp PgDn", _("Turn the page")],
            ["F", _("Fit the width or the page")],
            ["+ −", _("Larger or smaller")],
            ["?", _("This help")],
        ],
    }
