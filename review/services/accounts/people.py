"""Accounts, units and declared conflicts of interest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.common.clock import now
from review.db import audit
from review.db.accounts import DeclaredConflict, Role, Unit, User
from review.db.rows import found
from review.db.session import reading, transaction
from review.errors import BadValue, DuplicateRow, NotAllowed
from review.services import access
from review.services.access import Actor
from review.services.accounts.sign_in import end_sessions, password_hash

# Without the letters and digits that are read for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class UserView:
    """An account as a list shows it."""

    id: int
    login: str
    name: str
    role: Role
    unit_id: int | None
    unit_name: str
    squad: str
    cert_no: str
    speciality: str
    is_disabled: bool
    is_sample: bool
    must_change_password: bool
    version: int


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit."""

    id: int
    name: str
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A declared conflict: by case number or by unit."""

    id: int
    user_id: int
    user_name: str
    case_no: str
    unit_id: int | None
    unit_name: str
    reason: str
    declared_at: datetime


def one_time_password() -> str:
    """A first password of 14 characters in groups, about 64 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def list_users(
    engine: Engine, actor: Actor, *, roles: tuple[Role, ...] = (), include_disabled: bool = True
) -> list[UserView]:
    """Accounts by login. The regulations section sees reviewers and experts, to assign them."""
    access.require(actor, "people.view")
    if actor.role is not Role.ADMINISTRATOR:
        mine = (Role.REVIEWER, Role.EXPERT)
        roles = tuple(role for role in roles if role in mine) or mine
    query = (
        select(User, Unit)
        .join(Unit, col(Unit.id) == col(User.unit_id), isouter=True)
        .order_by(col(User.login))
    )
    if roles:
        query = query.where(col(User.role).in_(roles))
    if not include_disabled:
        query = query.where(col(User.is_disabled).is_(False))
    with reading(engine) as session:
        return [_view(user, unit) for user, unit in session.exec(query)]


def _view(user: User, unit: Unit | None) -> UserView:
    assert user.id is not None
    return UserView(
        id=user.id,
        login=user.login,
        name=user.name,
        role=Role(user.role),
        unit_id=user.unit_id,
        unit_name=unit.name if unit else "",
        squad=user.squad,
        cert_no=user.cert_no,
        speciality=user.speciality,
        is_disabled=user.is_disabled,
        is_sample=user.is_sample,
        must_change_password=user.must_change_password,
        version=user.version,
    )


def _filled(value: str, zh: str, en: str) -> str:
    value = value.strip()
    if not value:
        raise BadValue(
            field=zh, field_en=en, value=value, reason="不能为空", reason_en="must not be empty"
        )
    return value


def create_user(
    engine: Engine,
    actor: Actor,
    *,
    login: str,
    name: str,
    role: Role | str,
    unit_id: int | None = None,
    squad: str = "",
    cert_no: str = "",
    speciality: str = "",
    password: str | None = None,
    is_sample: bool = False,
) -> str:
    """Create an account and return its one-time password, which is shown once and not kept.

    `password` is for sample accounts alone, whose password is public and need not be changed.
    Raises DuplicateRow, BadValue.
    """
    access.require(actor, "users.manage")
    login = _filled(login, "账号", "login")
    name = _filled(name, "姓名", "name")
    if role not in tuple(Role):
        raise BadValue(
            field="角色", field_en="role", value=role, reason="没有此角色", reason_en="no such role"
        )
    if role == Role.UNIT and unit_id is None:
        raise BadValue(
            field="单位",
            field_en="unit",
            value="",
            reason="被评查单位的账号必须指定单位",
            reason_en="an account of a reviewed unit needs its unit",
        )
    given = password if is_sample and password else one_time_password()
    hashed = password_hash(given)
    with transaction(engine) as session:
        if session.exec(select(User.id).where(User.login == login)).first() is not None:
            raise DuplicateRow(what="账号", what_en="account", key=login)
        if unit_id is not None:
            found(session, Unit, unit_id, "单位", "unit")
        user = User(
            login=login,
            name=name,
            role=str(role),
            unit_id=unit_id,
            squad=squad.strip(),
            cert_no=cert_no.strip(),
            speciality=speciality.strip(),
            password_hash=hashed,
            must_change_password=not is_sample,
            is_sample=is_sample,
        )
        session.add(user)
        session.flush()
        audit.record(
            session, actor.audit_name, "user.create", "user", user.id, login=login, role=str(role)
        )
    return given


def disable_user(engine: Engine, actor: Actor, user_id: int, *, disabled: bool = True) -> None:
    """Disable an account and end its sessions, or enable it again. Nobody disables himself."""
    access.require(actor, "users.manage")
    if user_id == actor.user_id:
        raise NotAllowed(action="停用自己的账号", action_en="disable your own account")
    with transaction(engine) as session:
        user = found(session, User, user_id, "用户", "user")
        user.is_disabled = disabled
        user.version += 1
        session.add(user)
        if disabled:
            end_sessions(session, user_id, at=now())
        action = "user.disable" if disabled else "user.enable"
        audit.record(session, actor.audit_name, action, "user", user_id)


def reset_password(engine: Engine, actor: Actor, user_id: int) -> str:
    """Give an account a new one-time password and end its sessions; returns the password."""
    access.require(actor, "users.manage")
    given = one_time_password()
    hashed = password_hash(given)
    with transaction(engine) as session:
        user = found(session, User, user_id, "用户", "user")
        user.password_hash = hashed
        user.must_change_password = True
        user.version += 1
        session.add(user)
        end_sessions(session, user_id, at=now())
        audit.record(session, actor.audit_name, "password.reset", "user", user_id)
    return given


def user_by_login(engine: Engine, actor: Actor, login: str) -> UserView:
    """One account by its login. Raises NotFound."""
    access.require(actor, "users.manage")
    with reading(engine) as session:
        key = session.exec(select(User.id).where(User.login == login)).first()
        if key is None:
            found(session, User, None, f"账号 {login}", f"account {login}")
        user = found(session, User, key, "用户", "user")
        return _view(user, session.get(Unit, user.unit_id) if user.unit_id else None)


def list_units(engine: Engine, actor: Actor, *, reviewed_only: bool = False) -> list[UnitView]:
    """All units by id, or those whose files are reviewed."""
    access.require(actor, "units.view")
    query = select(Unit).order_by(col(Unit.id))
    if reviewed_only:
        query = query.where(col(Unit.is_reviewed).is_(True))
    with reading(engine) as session:
        return [
            UnitView(unit.id, unit.name, unit.is_reviewed)
            for unit in session.exec(query)
            if unit.id is not None
        ]


def create_unit(engine: Engine, actor: Actor, *, name: str, is_reviewed: bool = True) -> int:
    """Add a unit; returns its id. Raises DuplicateRow, BadValue."""
    access.require(actor, "users.manage")
    name = _filled(name, "单位名称", "name of the unit")
    with transaction(engine) as session:
        if session.exec(select(Unit.id).where(Unit.name == name)).first() is not None:
            raise DuplicateRow(what="单位", what_en="unit", key=name)
        unit = Unit(name=name, is_reviewed=is_reviewed)
        session.add(unit)
        session.flush()
        assert unit.id is not None
        audit.record(session, actor.audit_name, "unit.create", "unit", unit.id, name=name)
        return unit.id


def declare_conflict(
    engine: Engine, actor: Actor, *, reason: str, case_no: str = "", unit_id: int | None = None
) -> int:
    """Declare that the actor must not review a case or a unit; returns the declaration's id.

    Raises BadValue where neither is named or the reason is empty, DuplicateRow where it stands.
    """
    access.require(actor, "conflict.declare")
    reason = _filled(reason, "回避事由", "reason")
    case_no = case_no.strip()
    if not case_no and unit_id is None:
        _filled("", "案号或单位", "case number or unit")
    with transaction(engine) as session:
        if unit_id is not None:
            found(session, Unit, unit_id, "单位", "unit")
        standing = select(DeclaredConflict.id).where(
            DeclaredConflict.user_id == actor.user_id, DeclaredConflict.case_no == case_no
        )
        standing = standing.where(
            col(DeclaredConflict.unit_id).is_(None)
            if unit_id is None
            else col(DeclaredConflict.unit_id) == unit_id
        )
        if session.exec(standing).first() is not None:
            raise DuplicateRow(what="回避申报", what_en="declaration", key=case_no or unit_id)
        row = DeclaredConflict(
            user_id=actor.user_id, case_no=case_no, unit_id=unit_id, reason=reason
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        audit.record(
            session,
            actor.audit_name,
            "conflict.declare",
            "declared_conflict",
            row.id,
            case_no=case_no,
            unit_id=unit_id,
        )
        return row.id


def list_conflicts(engine: Engine, actor: Actor) -> list[ConflictView]:
    """Declared conflicts, newest first: one's own, or all for the regulations section."""
    access.require(actor, "conflict.view")
    with reading(engine) as session:
        return _conflicts(session, None if actor.role is Role.REGULATIONS else actor.user_id)


def _conflicts(session: Session, user_id: int | None) -> list[ConflictView]:
    query = (
        select(DeclaredConflict, User, Unit)
        .join(User, col(User.id) == col(DeclaredConflict.user_id))
        .join(Unit, col(Unit.id) == col(DeclaredConflict.unit_id), isouter=True)
        .order_by(col(DeclaredConflict.id).desc())
    )
    if user_id is not None:
        query = query.where(DeclaredConflict.user_id == user_id)
    return [
        ConflictView(
            id=row.id or 0,
            user_id=row.user_id,
            user_name=user.name,
            case_no=row.case_no,
            unit_id=row.unit_id,
            unit_name=unit.name if unit else "",
            reason=row.reason,
            declared_at=row.declared_at,
        )
        for row, user, unit in session.exec(query)
    ]
