"""What a run of a page has said."""

from streamlit.testing.v1 import AppTest


def words(app: AppTest) -> str:
    """All text that the run has drawn outside of tables."""
    return "\n".join(
        str(element.value)
        for kind in (
            "title",
            "subheader",
            "markdown",
            "caption",
            "error",
            "warning",
            "info",
            "success",
        )
        for element in app.get(kind)
    )
