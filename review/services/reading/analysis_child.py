"""The process that analyses cases: started by `documents.guard` as a module, for one job."""

from __future__ import annotations

from collections.abc import Iterator

from review.checks.catalogue import checks
from review.documents.child import serve
from review.law.in_force import law_in_force
from review.services.reading.analysis import Analysis, Material, analysed


def _analyse(*, material: Material) -> Iterator[Analysis]:
    yield analysed(material)


def _prepare() -> None:
    """Load what every case needs, so that it is not counted against the first."""
    checks()
    law_in_force()


def main() -> None:
    """Serve analyses until the standard input closes."""
    serve({"analyse": _analyse}, _prepare)


if __name__ == "__main__":
    main()
