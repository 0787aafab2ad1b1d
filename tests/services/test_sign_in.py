"""Sign-in: the same answer for unknown and wrong, locks, idle and absolute ends, password change."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from review.common.clock import now
from review.db.accounts import SignInFailure, User, UserSession
from review.db.audit import AuditRecord
from review.db.session import reading, transaction
from review.errors import (
    AccountLocked,
    BadValue,
    SampleAccountOffLoopback,
    WeakPassword,
    WrongCredentials,
)
from review.services.access import Role
from review.services.accounts import people, sign_in
from tests.services.conftest import PASSWORD

HOME = "127.0.0.1"


def enter(bureau, login="reviewer", password=PASSWORD, address=HOME):
    return sign_in.sign_in(bureau.engine, login=login, password=password, address=address)


def test_a_session_is_known_by_its_cookie_until_sign_out(bureau):
    actor, token, must_change = enter(bureau)
    assert (actor.login, actor.role, must_change) == ("reviewer", Role.REVIEWER, False)
    assert sign_in.actor_of(bureau.engine, token, address=HOME) == actor
    sign_in.sign_out(bureau.engine, token)
    assert sign_in.actor_of(bureau.engine, token, address=HOME) is None
    sign_in.sign_out(bureau.engine, token)


@pytest.mark.parametrize("token", ["", "nonsense", "' OR 1=1 --"])
def test_a_foreign_cookie_is_nobody(bureau, token):
    assert sign_in.actor_of(bureau.engine, token, address=HOME) is None


def test_the_cookie_itself_is_not_kept(bureau):
    _, token, _ = enter(bureau)
    with reading(bureau.engine) as session:
        assert token not in {row.token_sha256 for row in session.exec(select(UserSession))}


def test_unknown_accounts_and_wrong_passwords_get_the_same_answer(bureau):
    answers = []
    for login, password in (("reviewer", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(WrongCredentials) as caught:
            enter(bureau, login, password)
        answers.append(caught.value.text("zh"))
    assert answers[0] == answers[1]
    with reading(bureau.engine) as session:
        subjects = [
            row.subject_id
            for row in session.exec(
                select(AuditRecord).where(AuditRecord.action == "sign_in.failed")
            )
        ]
    assert subjects == [str(bureau.reviewer.user_id), "unknown"]


@pytest.mark.parametrize("login", ["reviewer", "nobody"])
def test_five_failures_lock_an_account_known_or_not(bureau, login):
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            enter(bureau, login, "wrong")
    with pytest.raises(AccountLocked):
        enter(bureau, login, PASSWORD)
    enter(bureau, "second")


def test_twenty_failures_lock_an_address(bureau):
    for number in range(20):
        with pytest.raises(WrongCredentials):
            enter(bureau, f"guess{number}", "wrong", address="10.0.0.9")
    with pytest.raises(AccountLocked):
        enter(bureau, address="10.0.0.9")
    enter(bureau, address="10.0.0.8")


def test_parallel_guesses_do_not_pass_the_limit(bureau):
    outcomes: list[type] = []

    def guess() -> None:
        try:
            enter(bureau, password="wrong")
        except (WrongCredentials, AccountLocked) as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=guess) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(WrongCredentials) == 5
    assert outcomes.count(AccountLocked) == 4


def test_a_lock_ends_and_success_clears_the_count(bureau):
    for _ in range(4):
        with pytest.raises(WrongCredentials):
            enter(bureau, password="wrong")
    enter(bureau)
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            enter(bureau, password="wrong")
    with transaction(bureau.engine) as session:
        for row in session.exec(select(SignInFailure)):
            row.at = now() - timedelta(minutes=16)
            session.add(row)
    enter(bureau)


def age(bureau, **shift):
    with transaction(bureau.engine) as session:
        row = session.exec(select(UserSession)).one()
        for name, value in shift.items():
            setattr(row, name, now() - value)
        session.add(row)


@pytest.mark.parametrize(
    ("shift", "lives"),
    [
        ({"seen_at": timedelta(minutes=29)}, True),
        ({"seen_at": timedelta(minutes=31)}, False),
        ({"created_at": timedelta(hours=11, minutes=59)}, True),
        ({"created_at": timedelta(hours=12, minutes=1)}, False),
    ],
)
def test_a_session_ends_when_idle_or_old(bureau, shift, lives):
    _, token, _ = enter(bureau)
    age(bureau, **shift)
    assert (sign_in.actor_of(bureau.engine, token, address=HOME) is not None) == lives


def test_use_moves_the_idle_end_at_most_once_a_minute(bureau):
    _, token, _ = enter(bureau)
    with reading(bureau.engine) as session:
        before = session.exec(select(UserSession)).one().seen_at
    sign_in.actor_of(bureau.engine, token, address=HOME)
    with reading(bureau.engine) as session:
        assert session.exec(select(UserSession)).one().seen_at == before
    age(bureau, seen_at=timedelta(minutes=20))
    sign_in.actor_of(bureau.engine, token, address=HOME)
    with reading(bureau.engine) as session:
        assert now() - session.exec(select(UserSession)).one().seen_at < timedelta(minutes=1)


def test_a_disabled_account_is_out_at_once(bureau):
    _, token, _ = enter(bureau)
    people.disable_user(bureau.engine, bureau.administrator, bureau.reviewer.user_id)
    assert sign_in.actor_of(bureau.engine, token, address=HOME) is None
    with pytest.raises(WrongCredentials):
        enter(bureau)
    people.disable_user(
        bureau.engine, bureau.administrator, bureau.reviewer.user_id, disabled=False
    )
    enter(bureau)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.1.2.3", False),
        ("", False),
        ("localhost.evil.example", False),
    ],
)
def test_sample_accounts_work_on_the_server_alone(bureau, address, allowed):
    with transaction(bureau.engine) as session:
        user = session.get(User, bureau.reviewer.user_id)
        user.is_sample = True
        session.add(user)
    _, token, _ = enter(bureau)
    assert (sign_in.actor_of(bureau.engine, token, address=address) is not None) == allowed
    if allowed:
        enter(bureau, address=address)
    else:
        with pytest.raises(SampleAccountOffLoopback):
            enter(bureau, address=address)


def test_a_first_password_must_be_changed_and_the_change_ends_other_sessions(bureau):
    given = people.create_user(
        bureau.engine, bureau.administrator, login="new", name="新人", role="expert"
    )
    _, other, must_change = enter(bureau, "new", given)
    actor, token, _ = enter(bureau, "new", given)
    assert must_change
    assert sign_in.must_change(bureau.engine, token)

    def change(old, new):
        sign_in.change_password(bureau.engine, actor, old=old, new=new, keep_token=token)

    for weak in ("short", "new", given):
        with pytest.raises(WeakPassword):
            change(given, weak)
    with pytest.raises(WrongCredentials):
        change("not the old one", "a-long-enough-one")
    change(given, "a-long-enough-one")
    assert not sign_in.must_change(bureau.engine, token)
    assert sign_in.actor_of(bureau.engine, token, address=HOME) == actor
    assert sign_in.actor_of(bureau.engine, other, address=HOME) is None
    enter(bureau, "new", "a-long-enough-one")


def test_a_wrong_old_password_counts_towards_the_lock(bureau):
    actor, token, _ = enter(bureau)
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            sign_in.change_password(
                bureau.engine, actor, old="guess", new="a-long-enough-one", keep_token=token
            )
    with pytest.raises(AccountLocked):
        sign_in.change_password(
            bureau.engine, actor, old=PASSWORD, new="a-long-enough-one", keep_token=token
        )


def test_the_language_is_kept(bureau):
    sign_in.set_language(bureau.engine, bureau.reviewer, "en")
    actor, _, _ = enter(bureau)
    assert actor.language == "en"
    with pytest.raises(BadValue):
        sign_in.set_language(bureau.engine, bureau.reviewer, "fr")
