"""The one clock moved to a day of the test's choice, in the test and in its server alike.

`python -m tests.browser.moved_clock run app.py` is `streamlit run app.py` with the clock moved to
the day in the file `moved_by` of CASE_REVIEW_HOME. Nothing waits: a day passes by writing the file.
A day begins at nine in the morning, so that no walk runs into the next one.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from review.common import clock

FILE = "moved_by"
MORNING = time(9)


class MovedDatetime:
    """What `clock` asks for the instant, moved by as many seconds as the file says."""

    def __init__(self, home: Path) -> None:
        self.file = home / FILE

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) + timedelta(seconds=int(self.file.read_text("ascii")))

    def go_to(self, day: date) -> None:
        """Let it be nine o'clock of `day` in Shanghai; time goes on from there."""
        morning = datetime.combine(day, MORNING, clock.SHANGHAI)
        seconds = round((morning - datetime.now(clock.SHANGHAI)).total_seconds())
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(seconds), "ascii")
        fresh.replace(self.file)  # a reader meets the old day or the new one, never half a file


def main() -> None:
    """Run streamlit's command under the moved clock."""
    clock.datetime = MovedDatetime(Path(os.environ["CASE_REVIEW_HOME"]))  # type: ignore[misc,assignment]  # asked for now() alone
    from streamlit.web.cli import main as streamlit

    sys.argv[0] = "streamlit"
    streamlit()


if __name__ == "__main__":
    main()
