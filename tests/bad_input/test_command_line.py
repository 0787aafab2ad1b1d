"""`case-review check` and `import` on everything that can be wrong: status, message, JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input import made

ROOT = Path(__file__).parents[2]


def run(*arguments: object, home: Path) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CASE_REVIEW_")}
    done = subprocess.run(
        [sys.executable, "-m", "review", *arguments],
        capture_output=True,
        env=environment | {"CASE_REVIEW_HOME": str(home), "PYTHONPATH": str(ROOT)},
        check=False,
    )
    for stream in ("stdout", "stderr"):
        setattr(done, stream, getattr(done, stream).decode("utf-8"))  # always UTF-8
    return done


GOOD = made.GOOD.read_bytes()

FILES = {
    "空.pdf": (b"", "DOC-002", "0 字节", "0 bytes"),
    "截断.pdf": (GOOD[: len(GOOD) // 3], "DOC-006", "PDF 结构", "structure of the PDF"),
    "加密.pdf": (made.encrypted_pdf(), "DOC-005", "打开密码", "password"),
    "无内容.pdf": (b"%PDF-1.7\n" + b"\0" * 900, "DOC-006", "PDF 结构", "structure of the PDF"),
    "万页.pdf": (made.pdf(10_001), "DOC-007", "10001 页", "10001 pages"),
    "巨页.pdf": (made.pdf(2, size=(90_000, 90_000)), "DOC-008", "第 1 页", "page 1"),
    "改名.pdf": (made.docx(), "DOC-004", "Word 文档", "Word document"),
    "改名.docx": (made.pdf(), "DOC-004", "PDF", "PDF"),
    "损坏.docx": (made.docx()[:900], "DOC-006", "压缩结构", "archive is not whole"),
    "声明.docx": (made.docx_with_a_document_type(), "DOC-006", "DOCTYPE", "document type"),
    "炸弹.png": (made.png(60_000, 60_000), "DOC-008", "像素", "pixels"),
    "截断.png": (made.png(900, 900), "DOC-006", "图片数据", "picture data"),
    "越界.zip": (made.zipped({"../外.pdf": GOOD}), "DOC-009", "../外.pdf", "leads outside"),
    "炸弹.zip": (made.zipped({"a.pdf": b"\0" * (110 << 20)}), "DOC-009", "压缩比", "ratio"),
    "空.zip": (made.zipped({}), "DOC-012", "没有可导入的文件", "no file"),
    "说明.txt": ("样例说明".encode("gbk"), "DOC-003", "纯文本", "plain text"),
    "旧.doc": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
        "DOC-006",
        "没有 Word",
        "nothing of Word",
    ),
    "{花括号}.pdf": (b"", "DOC-002", "{花括号}.pdf", "{花括号}.pdf"),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess, dict]:
    """All of them, a pipe, a folder with nothing and one good file, checked by one command."""
    folder = tmp_path_factory.mktemp("坏")
    for name, (content, *_) in FILES.items():
        (folder / name).write_bytes(content)
    os.mkfifo(folder / "管道.pdf")
    (folder / "空文件夹").mkdir()
    (folder / "断开的链接.pdf").symlink_to(folder / "没有")
    (folder / "好.pdf").write_bytes(GOOD)
    before = sorted(path.name for path in folder.iterdir())
    home = tmp_path_factory.mktemp("home")
    done = run("--lang", "en", "check", folder, "--jsonl", home=home)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert list(home.iterdir()) == []
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(objects) == len(before)
    return done, {Path(found["path"]).name: found for found in objects}


@pytest.mark.parametrize("name", FILES)
def test_the_message_names_file_cause_and_remedy_in_both_languages(checked, name: str) -> None:
    done, found = checked
    _, code, zh, en = FILES[name]
    (report,) = found[name]["files"]
    assert report["status"] == "refused"
    reason = report["reason"]
    assert reason["code"] == code
    assert name in reason["zh"]
    assert name in reason["en"]
    assert zh in reason["zh"]
    assert en in reason["en"]
    assert "请" in reason["zh"]
    named = reason["en"].replace(name, "").replace("../外.pdf", "")
    assert not re.search(r"[\u4e00-\u9fff]", named)
    assert f"{code} {reason['en']}" in done.stderr
    assert found[name]["checks"] == found[name]["documents"] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [("管道.pdf", "DOC-016"), ("空文件夹", "DOC-012"), ("断开的链接.pdf", "DOC-013")],
)
def test_what_is_no_file_is_told_and_not_waited_for(checked, name: str, code: str) -> None:
    assert checked[1][name]["files"][0]["reason"]["code"] == code


def test_the_good_one_among_them_is_read_and_checked(checked) -> None:
    done, found = checked
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert found["好.pdf"]["files"][0]["status"] == "read"
    assert len(found["好.pdf"]["checks"]) > 20


def test_json_is_printed_also_for_what_is_not_there(tmp_path: Path) -> None:
    done = run("check", tmp_path / "没有.pdf", "--json", home=tmp_path)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["files"][0]["reason"]["code"] == "DOC-013"
    assert "没有.pdf" in done.stderr
    assert found["checks"] == found["facts"] == []


def test_a_folder_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    every = run("check", folder, "--jsonl", home=tmp_path)
    assert (every.returncode, every.stdout) == (1, "")
    assert "DOC-012" in every.stderr


def test_an_import_of_nothing_that_can_be_read_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "空.pdf").touch()
    os.mkfifo(tmp_path / "管道.pdf")
    (tmp_path / "空文件夹").mkdir()
    closed = tmp_path / "有链接"
    closed.mkdir()
    (closed / "a.pdf").write_bytes(GOOD)
    (closed / "链接.pdf").symlink_to(tmp_path / "空.pdf")
    home = tmp_path / "家"
    given = [tmp_path / name for name in ("空.pdf", "管道.pdf", "空文件夹", "有链接")]
    done = run("import", *given, home=home)
    assert done.returncode == 1
    states = [json.loads(line) for line in done.stdout.splitlines()]
    assert [state["state"] for state in states] == ["refused"] * 4
    for name, code in zip(
        ("空.pdf", "管道.pdf", "空文件夹", "链接.pdf"),
        ("DOC-002", "DOC-016", "DOC-012", "DOC-016"),
        strict=True,
    ):
        assert re.search(f"{code}.*{name}", done.stderr)
    sound = json.loads(run("verify", home=home).stdout)
    assert (sound["sound"], sound["audit_records"], sound["stored_files"]) == (True, 0, 0)


def test_an_unknown_option_is_wrong_use_and_prints_no_result(tmp_path: Path) -> None:
    done = run("check", "x", "--unknown", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--unknown" in done.stderr
