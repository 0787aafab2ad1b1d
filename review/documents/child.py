"""The reading process: takes jobs from its standard input and answers on its standard output.

Started by `documents.guard` as `python -m review.documents.child MEMORY_BYTES`. Libraries are
loaded by the job that needs them. Whatever a library prints goes nowhere.
"""

from __future__ import annotations

import os
import pickle
import resource
import struct
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from review.casefiles.intake import Limits
from review.errors import UnreadableFile

_HEADER = struct.Struct(">Q")


def _pdf_text(*, path: Path, source: str, limits: Limits, first: int) -> Iterator[Any]:
    from review.documents.readers.pdf import read_text_pages  # noqa: PLC0415 - only where needed

    return read_text_pages(path, source, limits, first)


def _pdf_scan(
    *, path: Path, source: str, number: int, limits: Limits, pictures_only: bool
) -> Iterator[Any]:
    from review.documents.readers.pdf import read_scanned_page  # noqa: PLC0415

    yield read_scanned_page(path, source, number, limits, pictures_only=pictures_only)


def _image_frames(*, path: Path, source: str, limits: Limits) -> Iterator[Any]:
    from review.documents.readers.image import count_frames  # noqa: PLC0415

    yield count_frames(path, source, limits)


def _image_page(*, path: Path, source: str, number: int, limits: Limits) -> Iterator[Any]:
    from review.documents.readers.image import read_frame  # noqa: PLC0415

    yield read_frame(path, source, number, limits)


def _docx(*, path: Path, source: str, limits: Limits) -> Iterator[Any]:
    from review.documents.readers.docx import read_docx  # noqa: PLC0415

    return read_docx(path, source, limits)


def _docx_picture(
    *, path: Path, source: str, number: int, part: str, limits: Limits
) -> Iterator[Any]:
    del number
    from review.documents.readers.docx_parts import read_pasted_page  # noqa: PLC0415

    yield read_pasted_page(path, source, part, limits)


def _media(*, path: Path, source: str, sha256: str) -> Iterator[Any]:
    from review.casefiles.media import as_json  # noqa: PLC0415
    from review.documents.readers.media import read_media  # noqa: PLC0415

    yield as_json(read_media(path, source, sha256))


def _key_frames(*, path: Path) -> Iterator[Any]:
    from review.documents.readers.key_frames import read_key_frames  # noqa: PLC0415

    return read_key_frames(path)


def _pictures(*, path: Path, kind: str, source: str) -> Iterator[Any]:
    from review.documents.readers.picture_digests import read_digests  # noqa: PLC0415

    return read_digests(path, kind, source)


def _render(
    *, path: Path, source: str, kind: str, number: int, turned: int, sizes: tuple[Any, ...]
) -> Iterator[Any]:
    from review.documents.readers.render import render  # noqa: PLC0415

    return render(path, source, kind=kind, number=number, turned=turned, sizes=sizes)


_JOBS: dict[str, Callable[..., Iterator[Any]]] = {
    "pdf_text": _pdf_text,
    "pdf_scan": _pdf_scan,
    "image_frames": _image_frames,
    "image_page": _image_page,
    "docx": _docx,
    "docx_picture": _docx_picture,
    "media": _media,
    "key_frames": _key_frames,
    "pictures": _pictures,
    "render": _render,
}


def main() -> None:
    """Serve the jobs of reading until the standard input closes."""

    def prepare() -> None:
        import review.documents.readers.pdf  # noqa: F401, PLC0415 - what nearly every job needs

    serve(_JOBS, prepare)


def serve(jobs: Mapping[str, Callable[..., Iterator[Any]]], prepare: Callable[[], None]) -> None:
    """Serve such jobs until the standard input closes; `prepare` loads what all of them need."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    prepare()

    _send(answers, ("ready", None))
    while header := requests.read(_HEADER.size):
        job, arguments, seconds = pickle.loads(  # noqa: S301 - from the process that started us
            requests.read(_HEADER.unpack(header)[0])
        )
        _serve(answers, jobs[job], arguments, seconds)


def _serve(
    answers: IO[bytes],
    job: Callable[..., Iterator[Any]],
    arguments: dict[str, Any],
    seconds: float,
) -> None:
    _allow(seconds)
    try:
        for answer in job(**arguments):
            _send(answers, ("item", answer))
            _allow(seconds)
    except UnreadableFile as error:
        _send(answers, ("refused", (type(error).__name__, error.details)))
    except MemoryError:
        _send(answers, ("memory", None))
    except Exception as error:  # noqa: BLE001 - a library may raise anything on hostile input
        _send(answers, ("failed", _where(error)))
    else:
        _send(answers, ("done", None))


def _where(error: Exception) -> str:
    """The class of an error and where it was raised; never its words, which may quote the file."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def _allow(seconds: float) -> None:
    """Let the process use that much more processor time, on top of what it has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _send(answers: IO[bytes], message: tuple[str, Any]) -> None:
    body = pickle.dumps(message)
    answers.write(_HEADER.pack(len(body)) + body)
    answers.flush()


if __name__ == "__main__":
    main()
