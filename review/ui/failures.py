"""What a person sees where a script failed outside the frame of a page, in a callback say."""

from __future__ import annotations

from review.errors import ReviewError
from review.ui.page import show_error, show_unforeseen


def on_script_error(error: Exception) -> bool:
    """Show the error as the pages do; returns True, so that Streamlit shows nothing of its own."""
    if isinstance(error, ReviewError):
        show_error(error)
    else:
        show_unforeseen(error, "callback")
    return True
