"""Signing in and out, and the session behind a cookie.

Passwords are argon2id. A session is a row that holds only the hash of the cookie; it ends after a
time without use, after an absolute time, at sign-out and when the password changes. Five failures
of an account or twenty of an address within a quarter of an hour lock it; an unknown account gets
the same answer in the same time as a wrong password.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, delete, func, update
from sqlmodel import Session, col, select

from review.common.clock import now
from review.db import audit
from review.db.accounts import SignInFailure, User, UserSession
from review.db.rows import found
from review.db.session import reading, transaction
from review.errors import (
    AccountLocked,
    BadValue,
    DatabaseBusy,
    SampleAccountOffLoopback,
    WeakPassword,
    WrongCredentials,
)
from review.services.access import Actor, actor_from
from review.settings import settings

PASSWORD_LENGTH = 10
FAILURES_PER_ACCOUNT = 5
FAILURES_PER_ADDRESS = 20
FAILURE_WINDOW = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)
LANGUAGES = ("zh", "en")

_HASHER = PasswordHasher()


def password_hash(password: str) -> str:
    """The argon2id hash that is kept."""
    return _HASHER.hash(password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    """A hash that no password fits, so that an unknown account takes as long as a known one."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _fits(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_loopback(address: str) -> bool:
    """Whether an address is the server itself; anything that is no address is not."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        return parsed.ipv4_mapped.is_loopback
    return parsed.is_loopback


def _admit(engine: Engine, login: str, address: str) -> int:
    """Count an attempt before it is judged, so that parallel guesses cannot pass the limit.

    Returns the id of the row that stands for the attempt; raises AccountLocked.
    """
    since = now() - FAILURE_WINDOW
    with transaction(engine) as session:
        session.execute(delete(SignInFailure).where(col(SignInFailure.at) < since))
        of_account = session.exec(
            select(func.count()).select_from(SignInFailure).where(SignInFailure.login == login)
        ).one()
        of_address = session.exec(
            select(func.count()).select_from(SignInFailure).where(SignInFailure.address == address)
        ).one()
        locked = of_account >= FAILURES_PER_ACCOUNT or of_address >= FAILURES_PER_ADDRESS
        if not locked:
            # The address is entered only once the attempt has failed: many people behind one
            # address who sign in at the same moment must not lock each other out.
            attempt = SignInFailure(login=login, address="")
            session.add(attempt)
            session.flush()
            assert attempt.id is not None
            return attempt.id
    raise AccountLocked(minutes=int(FAILURE_WINDOW.total_seconds() // 60))


def _failed(engine: Engine, attempt: int, user_id: int | None, address: str) -> None:
    with transaction(engine) as session:
        row = session.get(SignInFailure, attempt)
        if row is not None:
            row.address = address
            session.add(row)
        audit.record(session, "anonymous", "sign_in.failed", "user", user_id or "unknown")


def sign_in(engine: Engine, *, login: str, password: str, address: str) -> tuple[Actor, str, bool]:
    """Check the password and open a session.

    Returns the actor, the token for the cookie, and whether the password must be changed first.
    Raises AccountLocked, WrongCredentials and SampleAccountOffLoopback.
    """
    login = login.strip()
    attempt = _admit(engine, login, address)
    with reading(engine) as session:
        user = session.exec(select(User).where(User.login == login)).first()
    fits = _fits(user.password_hash if user else _nobodys_hash(), password)
    if user is None or not fits or user.is_disabled:
        _failed(engine, attempt, user.id if user else None, address)
        raise WrongCredentials
    if user.is_sample and not is_loopback(address):
        _failed(engine, attempt, user.id, address)
        raise SampleAccountOffLoopback
    token = secrets.token_urlsafe(32)
    with transaction(engine) as session:
        session.execute(delete(SignInFailure).where(col(SignInFailure.login) == login))
        assert user.id is not None
        session.add(UserSession(token_sha256=_digest(token), user_id=user.id, address=address))
        audit.record(session, f"user:{user.id}", "sign_in", "user", user.id)
        return actor_from(user), token, user.must_change_password


def _live(session: Session, token: str) -> tuple[UserSession, User] | None:
    """The session row and its user where the session has not ended by any rule."""
    row = session.exec(
        select(UserSession, User)
        .join(User, col(User.id) == col(UserSession.user_id))
        .where(UserSession.token_sha256 == _digest(token), col(UserSession.ended_at).is_(None))
    ).first()
    if row is None:
        return None
    kept, user = row
    rules, instant = settings(), now()
    idle = instant - kept.seen_at > timedelta(minutes=rules.session_idle_minutes)
    old = instant - kept.created_at > timedelta(hours=rules.session_hours)
    return None if idle or old or user.is_disabled else (kept, user)


def actor_of(engine: Engine, token: str, *, address: str) -> Actor | None:
    """Who is behind a cookie; None where nobody is, or not any more.

    One indexed read. `seen_at` moves at most once a minute, and a busy database does not sign
    anybody out.
    """
    if not token:
        return None
    with reading(engine) as session:
        live = _live(session, token)
    if live is None:
        return None
    kept, user = live
    if user.is_sample and not is_loopback(address):
        return None
    if now() - kept.seen_at > SEEN_EVERY:
        _touch(engine, kept.token_sha256)
    return actor_from(user)


def _touch(engine: Engine, token_sha256: str) -> None:
    try:
        with transaction(engine) as session:
            session.execute(
                update(UserSession)
                .where(col(UserSession.token_sha256) == token_sha256)
                .values(seen_at=now())
            )
    except DatabaseBusy:
        return


def must_change(engine: Engine, token: str) -> bool:
    """Whether the person behind the cookie has to set a password of his own first."""
    with reading(engine) as session:
        live = _live(session, token)
        return live is not None and live[1].must_change_password


def sign_out(engine: Engine, token: str) -> None:
    """End the session; an unknown token is no error."""
    with transaction(engine) as session:
        row = session.get(UserSession, _digest(token))
        if row is not None and row.ended_at is None:
            row.ended_at = now()
            session.add(row)
            audit.record(session, f"user:{row.user_id}", "sign_out", "user", row.user_id)


def check_strength(login: str, old: str, new: str) -> None:
    """Raise WeakPassword unless a new password is long enough and new."""
    if len(new) < PASSWORD_LENGTH or new in (login, old):
        raise WeakPassword(length=PASSWORD_LENGTH)


def change_password(engine: Engine, actor: Actor, *, old: str, new: str, keep_token: str) -> None:
    """Set the actor's own password; every other session of his ends.

    Raises WrongCredentials (wrong old password; counted like a failed sign-in), AccountLocked and
    WeakPassword.
    """
    attempt = _admit(engine, actor.login, "")
    with reading(engine) as session:
        user = found(session, User, actor.user_id, "用户", "user")
    if not _fits(user.password_hash, old):
        _failed(engine, attempt, user.id, "")
        raise WrongCredentials
    hashed = ""
    try:
        check_strength(user.login, old, new)
        hashed = password_hash(new)
    finally:
        with transaction(engine) as session:
            session.execute(delete(SignInFailure).where(col(SignInFailure.id) == attempt))
            if hashed:
                _set_password(session, actor, hashed, keep_token)


def _set_password(session: Session, actor: Actor, hashed: str, keep_token: str) -> None:
    user = found(session, User, actor.user_id, "用户", "user")
    user.password_hash = hashed
    user.must_change_password = False
    user.version += 1
    session.add(user)
    end_sessions(session, actor.user_id, at=now(), keep_token=keep_token)
    audit.record(session, actor.audit_name, "password.change", "user", actor.user_id)


def end_sessions(
    session: Session, user_id: int, *, at: datetime, keep_token: str | None = None
) -> None:
    """End the sessions of a user, except the one of `keep_token`."""
    ending = (
        update(UserSession)
        .where(col(UserSession.user_id) == user_id, col(UserSession.ended_at).is_(None))
        .values(ended_at=at)
    )
    if keep_token:
        ending = ending.where(col(UserSession.token_sha256) != _digest(keep_token))
    session.execute(ending)


def set_language(engine: Engine, actor: Actor, language: str) -> None:
    """Keep the actor's language, `zh` or `en`. Raises BadValue for any other."""
    if language not in LANGUAGES:
        raise BadValue(
            field="语言",
            field_en="language",
            value=language,
            reason="只有中文和英文",
            reason_en="only zh and en",
        )
    with transaction(engine) as session:
        user = found(session, User, actor.user_id, "用户", "user")
        user.language = language
        session.add(user)
        audit.record(
            session, actor.audit_name, "language.set", "user", actor.user_id, language=language
        )
