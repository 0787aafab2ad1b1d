"""The words around a hit, with the hit marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from review.services.case_files.searching import Piece


def excerpt(pieces: Sequence[Piece]) -> str:
    """Markup of an excerpt; the words are escaped."""
    words = "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.is_hit else escape(piece.text)
        for piece in pieces
    )
    return f'<p class="cr-hit">{words}</p>'
