"""The base of all tables, on a registry of its own.

Streamlit's hot reload imports modules again; plain SQLModel tables would raise "Table is already
defined". A registry of our own and `extend_existing` keep that from happening, and the naming
convention lets SQLite migrations find their constraints.
"""

from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Dialect, MetaData
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from review.common.clock import now

CONSTRAINT_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=CONSTRAINT_NAMES))):
    """Base of every table. Rows that people change carry `version`: it counts accepted writes."""

    __table_args__: ClassVar[Any] = {"extend_existing": True}


metadata = Table.metadata


def instant() -> Any:
    """A column for an aware instant that defaults to now; SQLModel keeps and returns UTC."""
    return Field(default_factory=now)


def document(default: Any = None) -> Any:
    """A column for a JSON value."""
    return Field(default=default, sa_type=JSON)


class Hundredths(TypeDecorator[Decimal]):
    """A decimal with at most two places (yuan, points), kept as whole hundredths.

    SQLite has no decimals of its own; an integer is exact on both engines.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Decimal to hundredths; refuses what would be rounded."""
        if value is None:
            return None
        scaled = Decimal(value) * 100
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than two decimal places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Hundredths to Decimal with two places."""
        return None if value is None else Decimal(value).scaleb(-2)


def hundredths(*, default: Any = None) -> Any:
    """A column for money in yuan or for points."""
    return Field(default=default, sa_type=Hundredths)
