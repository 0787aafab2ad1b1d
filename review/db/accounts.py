"""Units, people and their sessions."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, instant


class Role(StrEnum):
    """What a person is in the workbench; one role a person."""

    REVIEWER = "reviewer"
    EXPERT = "expert"
    REGULATIONS = "regulations"
    UNIT = "unit"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


class Unit(Table, table=True):
    """An organ or brigade whose files are reviewed, or that reviews."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    is_reviewed: bool = True


class User(Table, table=True):
    """One person's account. `password_hash` is argon2id; `squad` names the squad (中队).

    `cert_no` is the enforcement certificate, by which recusal finds a handler whatever the name.
    """

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str
    role: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    squad: str = ""
    cert_no: str = ""
    speciality: str = ""
    password_hash: str
    must_change_password: bool = True
    is_disabled: bool = False
    is_sample: bool = False
    language: str = "zh"
    version: int = 1
    created_at: datetime = instant()


class UserSession(Table, table=True):
    """A signed-in browser: only the hash of its cookie is kept."""

    token_sha256: str = Field(primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = instant()
    seen_at: datetime = instant()
    address: str = ""
    ended_at: datetime | None = None


class SignInFailure(Table, table=True):
    """A failed sign-in, counted per account and per address."""

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(index=True)
    address: str = Field(index=True)
    at: datetime = instant()


class DeclaredConflict(Table, table=True):
    """A conflict of interest that a reviewer declared (回避申报): by unit or by case number."""

    __table_args__ = (UniqueConstraint("user_id", "case_no", "unit_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    case_no: str = ""
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    reason: str
    declared_at: datetime = instant()
