"""What a seat of a case is called."""

from __future__ import annotations

from review.i18n import _


def seat_title(name: str) -> str:
    """Reviewers have letters, experts P and a number; somebody who withdrew keeps a mark."""
    seat, withdrawn, _number = name.partition("~")
    title = _("Expert {n}", n=seat[1:]) if seat.startswith("P") else _("Reviewer {seat}", seat=seat)
    return f"{title} ({_('withdrawn')})" if withdrawn else title
