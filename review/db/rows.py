"""Finding a row, and taking it for a change only at the version that the person saw."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy.orm.interfaces import ORMOption
from sqlmodel import Session

from review.db.base import Table
from review.errors import NotFound, Stale

Row = TypeVar("Row", bound=Table)


def found(
    session: Session,
    table: type[Row],
    key: Any,
    zh: str,
    en: str,
    *,
    options: Sequence[ORMOption] = (),
) -> Row:
    """The row with that primary key; `zh` and `en` name the thing. Raises NotFound.

    `options` say which columns wait until they are asked for.
    """
    row = session.get(table, key, options=options) if key is not None else None
    if row is None:
        raise NotFound(what=zh, what_en=en, key=key)
    return row


def at_version(
    session: Session, table: type[Row], key: Any, zh: str, en: str, *, seen_version: int
) -> Row:
    """The row for a change, with its version counted up.

    The caller holds the write lock (`transaction`), so that the comparison is safe. Raises
    NotFound, and Stale where somebody else changed the row since it was seen.
    """
    row = found(session, table, key, zh, en)
    current = getattr(row, "version")  # noqa: B009
    if current != seen_version:
        raise Stale(what=zh, what_en=en, current=current, seen=seen_version)
    setattr(row, "version", current + 1)  # noqa: B010
    session.add(row)
    return row
