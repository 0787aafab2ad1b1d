"""Parsers run in child processes with limits of memory, processor time and clock time.

A parser that crashes, hangs or eats memory takes its child down, never the caller. Children are
kept warm and are used again, so that a recognition model is loaded once a child. The channel is a
pair of pipes with length-prefixed messages; what comes back is unpickled with the classes of the
document model alone.
"""

from __future__ import annotations

import atexit
import io
import logging
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

from review import errors
from review.casefiles.intake import Limits
from review.errors import DamagedFile, ReadingTimedOut, UnreadableFile

_log = logging.getLogger(__name__)
_HEADER = struct.Struct(">Q")
_MODULES_TAKEN = frozenset({"review.documents.model", "review.documents.readers.base"})
_BUILTINS_TAKEN = frozenset({"frozenset", "set", "bytearray"})
_READER = "review.documents.child"
_JOBS_A_CHILD = 500
_LARGEST_MESSAGE = 1 << 30
_START_SECONDS = 180.0


def _member(kind: Any, name: str) -> Enum:
    """The member of an enumeration of that name, and nothing else that has attributes.

    Some releases of Python 3.11 write a member as the attribute of its class; its class has come
    through `find_class`.
    """
    if isinstance(kind, type) and issubclass(kind, Enum) and name in kind.__members__:
        return kind[name]
    message = f"an attribute {name} is not expected from a reading process"
    raise pickle.UnpicklingError(message)


class _Unpickler(pickle.Unpickler):
    """Takes the classes of the document model, of packages in `also`, plain values; no function."""

    def __init__(self, body: bytes, also: frozenset[str]) -> None:
        super().__init__(io.BytesIO(body))
        self._also = also

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _member
        is_plain = module == "builtins" and name in _BUILTINS_TAKEN
        if module in _MODULES_TAKEN or is_plain:
            return super().find_class(module, name)
        if any(module == one or module.startswith(f"{one}.") for one in self._also):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        message = f"{module}.{name} is not expected from a reading process"
        raise pickle.UnpicklingError(message)


class ChildDied(Exception):
    """The child ended or was ended before it answered; `timed_out` tells which."""

    def __init__(self, *, timed_out: bool, out_of_memory: bool = False) -> None:
        """Keep how it ended."""
        super().__init__(timed_out, out_of_memory)
        self.timed_out = timed_out
        self.out_of_memory = out_of_memory

    def as_error(self, source: str, seconds: float) -> UnreadableFile:
        """What a user is told about the file that was being read."""
        if self.out_of_memory:
            return ReadingTimedOut(file=source, limit="内存", limit_en="memory")
        if self.timed_out:
            return ReadingTimedOut(
                file=source, limit=f"{seconds:.0f} 秒", limit_en=f"{seconds:.0f} s"
            )
        return DamagedFile(
            file=source, reason="解析程序异常退出", reason_en="the parser ended abnormally"
        )


class _Child:
    """A process for jobs: `program` is its module, `also` the packages whose classes it sends."""

    def __init__(self, limits: Limits, program: str, also: frozenset[str]) -> None:
        self._also = also
        package_root = str(Path(__file__).resolve().parents[2])
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(
                part for part in (package_root, os.environ.get("PYTHONPATH", "")) if part
            ),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", program, str(limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self.jobs = 0
        self._is_ready = False

    def wait_until_ready(self) -> None:
        """Wait for a new child to have loaded its libraries; that counts against no job."""
        if not self._is_ready:
            self.receive(_START_SECONDS)
            self._is_ready = True

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def send(self, message: tuple[str, dict[str, Any], float]) -> None:
        """Ask for a job: its name, its arguments, and how many processor seconds it may use."""
        assert self._process.stdin is not None
        body = pickle.dumps(message)
        try:
            self._process.stdin.write(_HEADER.pack(len(body)) + body)
            self._process.stdin.flush()
        except OSError as error:
            raise ChildDied(timed_out=False) from error

    def receive(self, seconds: float) -> tuple[str, Any]:
        """The next answer. Raises ChildDied when none comes in time."""
        deadline = time.monotonic() + seconds
        (length,) = _HEADER.unpack(self._exactly(_HEADER.size, deadline))
        if length > _LARGEST_MESSAGE:
            raise ChildDied(timed_out=False, out_of_memory=True)
        body = self._exactly(length, deadline)
        answer: tuple[str, Any] = _Unpickler(body, self._also).load()
        return answer

    def _exactly(self, count: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        parts: list[bytes] = []
        while count:
            left = deadline - time.monotonic()
            ready = select.select([descriptor], [], [], max(left, 0.0))[0] if left > 0 else []
            if not ready:
                raise ChildDied(timed_out=True)
            part = os.read(descriptor, min(count, 1 << 20))
            if not part:
                code = self._process.wait()
                raise ChildDied(timed_out=code in (-signal.SIGXCPU, -signal.SIGKILL))
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # unsent bytes of a dead child


class ReadingPool:
    """A bounded set of warm children. Safe to use from several threads."""

    def __init__(
        self,
        limits: Limits | None = None,
        size: int | None = None,
        *,
        program: str = _READER,
        also: frozenset[str] = frozenset(),
    ) -> None:
        """`size` is the number of children at work at once, by default one a processor.

        `program` is the module that the children run, and `also` names the packages and modules
        whose classes they send beside those of the document model.
        """
        self._program = program
        self._also = also
        self.limits = limits or Limits()
        self.size = size or _processors()
        self._permits = threading.BoundedSemaphore(self.size)
        self.lost = 0  # children that did not end their job themselves; others took their place
        self._idle: list[_Child] = []
        self._lock = threading.Lock()

    def run(self, job: str, *, seconds: float, **arguments: Any) -> Generator[Any, None, None]:
        """The answers of a job of `review.documents.child`, as they come.

        `seconds` of clock time are allowed between two answers. Raises the UnreadableFile that
        the job raised, or ChildDied.
        """
        with self._child() as child:
            child.send((job, arguments, seconds))
            while True:
                kind, value = child.receive(seconds)
                if kind == "done":
                    return
                if kind == "refused":
                    raise _error_of(*value)
                if kind == "memory":
                    raise ChildDied(timed_out=False, out_of_memory=True)
                if kind == "failed":
                    _log.warning("reading job %s failed: %s", job, value)
                    raise ChildDied(timed_out=False)
                yield value

    @contextmanager
    def _child(self) -> Iterator[_Child]:
        """A child for one job; it goes back to the idle ones only if the job ended well."""
        with self._permits:
            child = self._idle_child() or _Child(self.limits, self._program, self._also)
            try:
                child.wait_until_ready()
                yield child
            except UnreadableFile:
                self._put_back(child)
                raise
            except BaseException:
                child.end()
                with self._lock:
                    self.lost += 1
                raise
            else:
                self._put_back(child)

    def _idle_child(self) -> _Child | None:
        """A warm child that is still alive."""
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None or child.is_alive:
                return child
            child.end()

    def _put_back(self, child: _Child) -> None:
        child.jobs += 1
        if child.jobs >= _JOBS_A_CHILD:
            child.end()
            return
        with self._lock:
            self._idle.append(child)

    def close(self) -> None:
        """End all idle children."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()


def _error_of(name: str, details: dict[str, Any]) -> UnreadableFile:
    """An error of `review.errors` that a child named."""
    cls = getattr(errors, name, UnreadableFile)
    if not (isinstance(cls, type) and issubclass(cls, UnreadableFile)):
        cls = UnreadableFile
    return cls(**details)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


_shared: dict[Limits, ReadingPool] = {}
_shared_lock = threading.Lock()


def shared_pool(limits: Limits | None = None, *, size: int | None = None) -> ReadingPool:
    """The pool of this process for these limits; its children end with the process.

    `size` counts for the first call alone, which makes the pool.
    """
    wanted = limits or Limits()
    with _shared_lock:
        if wanted not in _shared:
            pool = ReadingPool(wanted, size)
            atexit.register(pool.close)
            _shared[wanted] = pool
        return _shared[wanted]
