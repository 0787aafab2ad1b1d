"""The store by content hash: written once, never changed, nothing half."""

import errno
import hashlib
import os
import time

import pytest

from review.common import store as stores
from review.common.store import Store
from review.errors import DatabaseFull, NotFound


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "store")


def test_content_is_found_by_its_hash(store, tmp_path):
    sha256 = store.add("案卷".encode())
    assert sha256 == hashlib.sha256("案卷".encode()).hexdigest()
    assert store.read(sha256).decode() == "案卷"
    assert store.is_intact(sha256)
    source = tmp_path / "大.bin"
    source.write_bytes(b"x" * 3_000_000)
    added, size = store.add_file(source)
    assert (size, store.holds(added)) == (3_000_000, True)
    assert list(store.names()) == sorted([sha256, added])


def test_adding_again_changes_nothing(store):
    sha256 = store.add(b"once")
    before = store.path(sha256).stat()
    assert store.add(b"once") == sha256
    after = store.path(sha256).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_kept_files_are_read_only(store):
    sha256 = store.add(b"once")
    assert not store.path(sha256).stat().st_mode & 0o222


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "g" * 64, "0" * 63])
def test_nothing_but_a_hash_is_a_name(store, name):
    with pytest.raises(NotFound):
        store.path(name)
    with pytest.raises(NotFound):
        store.holds(name)


def test_changed_content_is_found(store):
    sha256 = store.add(b"once")
    store.path(sha256).chmod(0o640)
    store.path(sha256).write_bytes(b"twice")
    assert not store.is_intact(sha256)
    with pytest.raises(NotFound):
        store.read("0" * 64)


def test_a_full_disk_leaves_nothing_half(store, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(stores.os, "fsync", full)
    with pytest.raises(DatabaseFull):
        store.add(b"never")
    monkeypatch.undo()
    assert list(store.names()) == []
    assert list((store.root / "incoming").iterdir()) == []


def test_what_a_killed_write_left_is_swept_after_an_hour(store):
    store.add(b"once")
    left = store.root / "incoming" / "left"
    left.write_bytes(b"half")
    assert store.sweep() == 0
    old = time.time() - 7200
    os.utime(left, (old, old))
    assert store.sweep() == 1
    assert not left.exists()
