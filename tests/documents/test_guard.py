"""Parsers in children: a crash, a hang or a flood costs one file or page, never the caller."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
import zlib
from pathlib import Path

import pikepdf
import pytest

from review.casefiles.intake import Limits, unpack
from review.documents.guard import ChildDied, ReadingPool, _Unpickler
from review.documents.model import FileStatus, PageStatus
from review.documents.read_case import read_source
from review.facts.model import Officer
from review.facts.people import looks_like_name
from tests.documents import papers
from tests.documents.papers import Style


@pytest.fixture
def make_pool():
    pools: list[ReadingPool] = []

    def make(**limits: float) -> ReadingPool:
        pools.append(ReadingPool(Limits(**limits), size=1))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def source_of(path: Path):
    (source,) = unpack(path, path.parent)
    return source


def paper_file(folder: Path, name: str = "样例.pdf", pages: int = 1) -> Path:
    return papers.bound(folder / name, [papers.paper("立案登记表", Style())] * pages)


def flood(path: Path, page: int) -> Path:
    """Make one page draw for minutes: hundreds of megabytes of operators in a small stream."""
    stream = zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        raw = pikepdf.Stream(document, b"")
        raw.write(stream, filter=pikepdf.Name.FlateDecode)
        document.pages[page - 1].Contents = raw
        document.save(path)
    return path


def test_a_child_is_used_again(tmp_path: Path, make_pool) -> None:
    pool = make_pool()
    source = source_of(paper_file(tmp_path))
    read_source(source, pool=pool)
    (child,) = pool._idle
    read_source(source, pool=pool)
    assert pool._idle == [child]
    assert child.jobs == 2


def test_a_page_that_takes_too_long_is_left_out_and_the_others_are_read(
    tmp_path: Path, make_pool
) -> None:
    pool = make_pool(page_seconds=5.0)
    path = flood(paper_file(tmp_path, pages=3), page=2)
    report, pages = read_source(source_of(path), pool=pool)
    assert [page.status for page in pages] == [
        PageStatus.READ,
        PageStatus.UNREAD,
        PageStatus.READ,
    ]
    assert report.status is FileStatus.PARTLY_READ
    assert report.pages == 3
    assert report.reason is not None
    assert "2" in report.reason.zh
    assert "2" in report.reason.en


def test_a_child_without_memory_refuses_the_file_and_no_more(tmp_path: Path, make_pool) -> None:
    pool = make_pool(memory_bytes=40 << 20)
    report, pages = read_source(source_of(paper_file(tmp_path)), pool=pool)
    assert pages == []
    assert report.status is FileStatus.REFUSED
    assert report.reason is not None
    good, _ = read_source(source_of(paper_file(tmp_path, "另.pdf")), pool=make_pool())
    assert good.status is FileStatus.READ


def _reading_children() -> set[int]:
    """Process numbers of this process's reading children."""
    return {
        int(name.name)
        for name in Path("/proc").iterdir()
        if name.name.isdigit()
        and _is_child_of(name, os.getpid())
        and b"review.documents.child" in _read(name / "cmdline")
    }


def test_a_child_killed_in_the_middle_is_replaced(tmp_path: Path, make_pool) -> None:
    others = _reading_children()  # of a pool that another test of this process left warm
    pool = make_pool(page_seconds=60.0)
    path = flood(paper_file(tmp_path, pages=1), page=1)
    seen: list[int] = []

    def kill_when_at_work() -> None:
        while not seen:
            for child in _reading_children() - others:
                time.sleep(1.0)
                os.kill(child, signal.SIGSEGV)
                seen.append(child)

    killer = threading.Thread(target=kill_when_at_work)
    killer.start()
    report, _ = read_source(source_of(path), pool=pool)
    killer.join()
    assert report.status is not FileStatus.READ
    after, pages = read_source(source_of(paper_file(tmp_path, "另.pdf")), pool=pool)
    assert after.status is FileStatus.READ
    assert len(pages) == 1


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _is_child_of(process: Path, parent: int) -> bool:
    fields = _read(process / "stat").rpartition(b")")[2].split()
    return len(fields) > 1 and int(fields[1]) == parent


def test_an_idle_child_that_died_is_not_used(tmp_path: Path, make_pool) -> None:
    pool = make_pool()
    source = source_of(paper_file(tmp_path))
    read_source(source, pool=pool)
    (child,) = pool._idle
    child._process.kill()
    child._process.wait()
    report, _ = read_source(source, pool=pool)
    assert report.status is FileStatus.READ
    assert pool._idle[0] is not child


def test_an_unknown_job_ends_the_child_and_not_the_caller(make_pool) -> None:
    pool = make_pool()
    with pytest.raises(ChildDied):
        list(pool.run("no such job", seconds=20.0))
    assert pool._idle == []


def test_only_the_document_model_comes_out_of_a_child() -> None:
    none = frozenset[str]()
    for foreign in (os.system, ChildDied):
        with pytest.raises(pickle.UnpicklingError):
            _Unpickler(pickle.dumps(foreign), none).load()
    value = ("item", {"status": PageStatus.READ})
    assert _Unpickler(pickle.dumps(value), none).load() == value


def test_a_package_named_besides_gives_its_classes_but_no_function() -> None:
    also = frozenset({"review.facts"})
    officer = Officer("样例甲", "10000000001")
    assert _Unpickler(pickle.dumps(officer), also).load() == officer
    with pytest.raises(pickle.UnpicklingError):
        _Unpickler(pickle.dumps(looks_like_name), also).load()
    with pytest.raises(pickle.UnpicklingError):
        _Unpickler(pickle.dumps(officer), frozenset({"review.fact"})).load()


class _ByAttribute:
    """Pickled as some releases of Python 3.11 pickle a member: as an attribute of its class."""

    def __init__(self, owner: object, name: str) -> None:
        self.owner, self.name = owner, name

    def __reduce__(self) -> tuple[object, tuple[object, str]]:
        return getattr, (self.owner, self.name)


def test_a_member_written_as_an_attribute_comes_out_and_no_other_attribute() -> None:
    none = frozenset[str]()
    member = pickle.dumps(_ByAttribute(PageStatus, "READ"))
    assert _Unpickler(member, none).load() is PageStatus.READ
    for owner, name in ((PageStatus, "__class__"), (PageStatus, "mro"), ("text", "format")):
        with pytest.raises(pickle.UnpicklingError):
            _Unpickler(pickle.dumps(_ByAttribute(owner, name)), none).load()
