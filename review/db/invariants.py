"""What must hold of stored data whatever the tables mean: every reference finds its row.

`services.integrity` adds what must hold of scores, draws, pages and lists, and runs both; so do
the tests after every scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import MetaData, and_, select
from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Violation:
    """One row for which something does not hold, in both languages."""

    what: str
    key: object
    zh: str
    en: str

    def text(self, language: str) -> str:
        """The violation with its place, in `zh` or `en`."""
        said = self.en if language.startswith("en") else self.zh
        return f"{self.what} {self.key}: {said}"


def broken_references(session: Session, metadata: MetaData) -> Iterator[Violation]:
    """Rows whose foreign key finds nothing; SQLite checks keys only while they are written."""
    for table in metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            pairs = [(element.parent, element.column) for element in constraint.elements]
            target = constraint.referred_table.alias()
            found = select(*table.primary_key.columns).select_from(
                table.outerjoin(
                    target,
                    and_(*(own == target.c[other.name] for own, other in pairs)),
                )
            )
            found = found.where(
                *(own.is_not(None) for own, _ in pairs), target.c[pairs[0][1].name].is_(None)
            )
            for row in session.execute(found):
                names = ", ".join(own.name for own, _ in pairs)
                yield Violation(
                    table.name,
                    "/".join(str(part) for part in row),
                    f"{names} 指向的记录不存在",
                    f"{names} refers to no row",
                )
