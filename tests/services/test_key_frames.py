"""Key frames from a video that is handed in to who may look at them."""

import zipfile

import pytest
from sqlmodel import select

from review.casefiles.tables import SourceFile
from review.common.store import Store
from review.db.session import reading
from review.documents.model import FileStatus
from review.errors import NotAllowed, NotFound
from review.services import integrity
from review.services.case_files import cases, key_frames
from review.settings import settings
from tests.documents.test_key_frames import video
from tests.documents.test_media import sound
from tests.services.test_importing import CASE_NO, hand_in, known, run

__all__ = ["known"]


@pytest.fixture
def wanted(known, monkeypatch):
    """The bureau whose site asks for key frames."""
    monkeypatch.setenv("CASE_REVIEW_KEY_FRAMES", "1")
    settings.cache_clear()
    return known


def taken_in(known, tmp_path, *paths):
    """The recordings of the case by name, after these were handed in together."""
    packed = tmp_path / "音像.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in paths:
            archive.write(path, path.name)
    run(known, hand_in(known, packed, CASE_NO))
    view = cases.case_view(known.engine, known.regulations, known.case_id)
    return {each.source: each for each in view.files}


def test_no_frames_are_taken_unless_asked_for(known, tmp_path):
    files = taken_in(known, tmp_path, video(tmp_path / "录像.mp4", 5))
    assert files["录像.mp4"].media.frames is None
    with reading(known.engine) as session:
        kept = session.exec(select(SourceFile.media).where(SourceFile.kind == "media")).one()
    assert "frames" not in kept


def test_the_frames_of_a_video_are_kept_and_served(wanted, tmp_path):
    broken = tmp_path / "损坏.mp4"
    broken.write_bytes(bytes(range(256)) * 40)
    paths = (video(tmp_path / "录像.mp4", 5), broken, sound(tmp_path / "录音.wav"))
    files = taken_in(wanted, tmp_path, *paths)
    film, engine = files["录像.mp4"], wanted.engine
    assert [frame.second for frame in film.media.frames] == [0.0, 0.2, 0.5, 0.8, 1.0]
    assert files["损坏.mp4"].media.frames == ()
    assert files["损坏.mp4"].status == FileStatus.PARTLY_READ
    assert files["录音.wav"].media.frames is None

    urls = key_frames.frame_urls(film.id, film.media)
    assert [url.split("?")[0] for url in urls] == [f"/frame/{film.id}/{n}" for n in range(1, 6)]
    first = key_frames.frame_image(engine, wanted.regulations, film.id, 1)
    assert first.read_bytes().startswith(b"\xff\xd8")
    for who in (wanted.reviewer, wanted.unit, wanted.other_unit, wanted.administrator):
        with pytest.raises(NotAllowed):
            key_frames.frame_image(engine, who, film.id, 1)
    for file_id, number in ((film.id, 0), (film.id, 6), (files["录音.wav"].id, 1), (9876, 1)):
        with pytest.raises(NotFound):
            key_frames.frame_image(engine, wanted.leader, file_id, number)


def test_verify_finds_a_frame_that_is_gone_or_changed(wanted, tmp_path):
    film = taken_in(wanted, tmp_path, video(tmp_path / "录像.mp4", 5))["录像.mp4"]
    store = Store(settings().store)
    gone, changed = (store.path(frame.sha256) for frame in film.media.frames[:2])
    gone.unlink()
    changed.chmod(0o640)
    changed.write_bytes(b"changed")
    found = integrity.verify(wanted.engine).violations
    assert {(each.what, each.key) for each in found} == {
        ("store", gone.name),
        ("store", changed.name),
    }
    with pytest.raises(NotFound):
        key_frames.frame_image(wanted.engine, wanted.leader, film.id, 1)
