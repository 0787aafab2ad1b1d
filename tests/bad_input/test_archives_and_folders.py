"""One bad member or file among good ones, names from anywhere, and what may not be read."""

import errno
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from review.casefiles.intake import Refusal, SourceFile, unpack
from review.casefiles.names import fitting_name, readable_name
from review.documents.read_case import read_case
from review.errors import DamagedFile, DatabaseFull, EmptyArchive, NotOpened
from review.services.case_files import checking
from review.services.reading import importing
from tests.bad_input import made

GOOD = made.GOOD.read_bytes()
EMPTY_PAGE = made.pdf()


@contextmanager
def without_rights() -> Iterator[None]:
    """Nobody in particular, also where the tests run as the superuser."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that anybody may enter, unlike those of the test runner."""
    folder = Path(tempfile.mkdtemp(prefix="case-review-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(folder)


def reasons(found: list[SourceFile | Refusal]) -> dict[str, str]:
    return {item.source: item.error.code for item in found if isinstance(item, Refusal)}


def unpacked(tmp_path: Path, archive: bytes) -> list[SourceFile | Refusal]:
    (tmp_path / "包.zip").write_bytes(archive)
    spool = tmp_path / "spool"
    spool.mkdir()
    return unpack(tmp_path / "包.zip", spool)


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=str
)
def test_a_spoiled_member_is_refused_alone_however_it_is_packed(tmp_path: Path, method: int):
    archive = made.zipped({"好.pdf": EMPTY_PAGE, "坏.pdf": GOOD}, {"坏.pdf": method})
    found = unpacked(tmp_path, made.spoiled(archive, "坏.pdf"))
    assert reasons(found) == {"坏.pdf": "DOC-006"}
    assert [item.source for item in found if isinstance(item, SourceFile)] == ["好.pdf"]


def test_an_unknown_way_of_packing_is_named_with_what_to_do(tmp_path: Path):
    archive = made.packed_in_an_unknown_way(made.zipped({"好.pdf": EMPTY_PAGE, "大.pdf": GOOD}))
    (refused,) = [item for item in unpacked(tmp_path, archive) if isinstance(item, Refusal)]
    assert refused.source == "大.pdf"
    assert "重新打包" in refused.error.text("zh")
    assert "ordinary ZIP" in refused.error.text("en")


def test_a_full_disk_is_not_called_a_broken_archive(tmp_path: Path, monkeypatch):
    real = tempfile.NamedTemporaryFile

    def full(**how):
        file = real(**how)

        def write(_content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        file.write = write
        return file

    monkeypatch.setattr("review.casefiles.intake.tempfile.NamedTemporaryFile", full)
    with pytest.raises(DatabaseFull):
        unpacked(tmp_path, made.zipped({"a.pdf": EMPTY_PAGE}))
    assert list((tmp_path / "spool").iterdir()) == []


def test_one_name_twice_stays_two_files_and_the_message_names_the_right_one(tmp_path: Path):
    found = unpacked(
        tmp_path,
        made.zipped([("决定书.pdf", GOOD), ("决定书.pdf", b""), ("决定书.pdf", EMPTY_PAGE)]),
    )
    assert [item.source for item in found] == ["决定书.pdf", "决定书 (2).pdf", "决定书 (3).pdf"]
    assert isinstance(found[1], Refusal)
    assert "决定书 (2).pdf" in found[1].error.text("zh")


def test_the_same_bytes_twice_are_read_once_and_said_so(tmp_path: Path):
    alone = checking.check_path(made.GOOD)
    (tmp_path / "包.zip").write_bytes(made.zipped({"a.pdf": GOOD, "b/副本.pdf": GOOD}))
    found = checking.check_path(tmp_path / "包.zip")
    first, second = found["files"]
    assert (first["status"], first["pages"], first["reason"]) == ("read", 15, None)
    assert (second["status"], second["reason"]["code"]) == ("read", "DOC-017")
    assert "a.pdf" in second["reason"]["zh"]
    assert len(found["documents"]) == len(alone["documents"])
    outcomes = {check["id"]: check["outcome"] for check in found["checks"]}
    assert outcomes == {check["id"]: check["outcome"] for check in alone["checks"]}


def test_names_of_old_systems_are_readable_everywhere(tmp_path: Path):
    (tmp_path / "旧.zip").write_bytes(made.with_gbk_name(GOOD, "决定书.pdf"))
    assert checking.check_path(tmp_path / "旧.zip")["files"][0]["source"] == "决定书.pdf"
    folder = os.fsencode(tmp_path) + "/案卷".encode("gbk")
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + "/送达回证.pdf".encode("gbk"))).write_bytes(EMPTY_PAGE)
    found = checking.check_safely(Path(os.fsdecode(folder)))
    assert found["path"] == f"{tmp_path}/案卷"
    assert found["files"][0]["source"] == "送达回证.pdf"
    packed = importing.pack(Path(os.fsdecode(folder)), tmp_path)
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == ["送达回证.pdf"]


@pytest.mark.parametrize("name", ["😀案卷🚚.pdf", "长" * 83 + "ab.pdf", "a\u0301 \u202e倒.pdf"])
def test_any_name_that_a_file_may_have_is_kept(tmp_path: Path, name: str):
    assert len(name.encode()) <= 255
    (tmp_path / name).write_bytes(EMPTY_PAGE)
    assert checking.check_safely(tmp_path / name)["files"][0]["source"] == name
    assert fitting_name(name) == readable_name(name) == name


def test_a_name_that_grew_too_long_keeps_its_end():
    grown = readable_name(os.fsdecode(("长" * 120).encode("gbk") + b".pdf"))
    kept = fitting_name(grown)
    assert kept.endswith("长.pdf")
    assert 250 <= len(kept.encode()) <= 255


def test_a_path_that_no_file_can_have_is_refused_without_an_error(tmp_path: Path):
    found = checking.check_safely(tmp_path / ("长" * 200))
    assert found["files"][0]["reason"]["code"] == "DOC-016"


def test_what_may_not_be_read_is_named_and_the_rest_is_read(place: Path):
    (place / "好.pdf").write_bytes(EMPTY_PAGE)
    (place / "不许读.pdf").write_bytes(EMPTY_PAGE)
    (place / "不许进").mkdir()
    (place / "不许进" / "a.pdf").write_bytes(EMPTY_PAGE)
    for name in ("不许读.pdf", "不许进"):
        (place / name).chmod(0)
    with without_rights():
        found = unpack(place, place)
        inside = unpack(place / "不许进" / "a.pdf", place)
        with pytest.raises(NotOpened) as packing:
            importing.pack(place, place)
        with pytest.raises(NotOpened):
            checking.case_files(place / "不许进")
    assert reasons(found) == {"不许读.pdf": "DOC-016", "不许进": "DOC-016"}
    assert reasons(inside) == {"a.pdf": "DOC-016"}
    assert "权限" in packing.value.text("zh")
    assert "permit" in packing.value.text("en")


def test_a_folder_with_nothing_is_no_set_of_case_files(tmp_path: Path):
    with pytest.raises(EmptyArchive):
        checking.case_files(tmp_path)
    assert checking.case_files(made.GOOD) == [made.GOOD]


def test_one_broken_page_costs_one_page(tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(made.pdf(3, broken=2))
    reading = read_case(tmp_path / "a.pdf")
    (report,) = reading.files
    assert (str(report.status), report.pages) == ("partly read", 3)
    assert report.reason is not None
    assert report.reason.code == "DOC-014"
    assert "第 2 页" in report.reason.zh
    assert "Pages 2 of" in report.reason.en
    alone = tmp_path / "b.pdf"
    alone.write_bytes(made.pdf(1, broken=1))
    (report,) = read_case(alone).files
    assert str(report.status) == "refused"


def test_a_damaged_file_after_an_encrypted_one_is_not_called_encrypted(tmp_path: Path):
    (tmp_path / "1.pdf").write_bytes(made.encrypted_pdf())
    (tmp_path / "2.pdf").write_bytes(
        made.pdf().replace(b"/Count 1", b"/Count 0").replace(b"3 0 R", b"     ")
    )
    first, second = read_case(tmp_path).files
    assert first.reason is not None
    assert second.reason is not None
    assert (first.reason.code, second.reason.code) == ("DOC-005", DamagedFile.code)
