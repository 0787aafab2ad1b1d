"""The command `case-review`: what it prints, where, and with which status."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples" / "data"
TEXT = SAMPLES / "c08" / "案卷.pdf"
FLAWED = SAMPLES / "f10"


def run(*arguments: object, home: Path | None = None, **more) -> subprocess.CompletedProcess:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("CASE_REVIEW_")
    }
    environment["PYTHONIOENCODING"] = "ascii"
    if home is not None:
        environment["CASE_REVIEW_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "review", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment | more.get("env", {}),
        cwd=more.get("cwd"),
        check=False,
    )


def test_check_prints_one_object_without_any_database(tmp_path):
    done = run("check", TEXT, "--json", cwd=tmp_path, env={"PYTHONPATH": str(SAMPLES.parents[1])})
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["case_no"] == "云清交执罚〔2024〕0073号"
    assert found["procedure"] == "summary"
    assert list(found) == [
        "path",
        "case_no",
        "procedure",
        "files",
        "documents",
        "facts",
        "checks",
    ]
    assert set(found["files"][0]) == {"source", "sha256", "kind", "pages", "status", "reason"}
    assert {"kind", "source", "pages", "confidence"} <= set(found["documents"][0])
    assert {"name", "value", "source", "page", "quote", "box", "confidence"} <= set(
        found["facts"][0]
    )
    assert {
        "id",
        "outcome",
        "defects",
        "severity",
        "message",
        "evidence",
        "law",
    } <= set(found["checks"][0])
    assert {check["outcome"] for check in found["checks"]} <= {
        "pass",
        "fail",
        "unknown",
        "not_applicable",
    }
    assert not list(tmp_path.iterdir())


def test_read_prints_no_checks():
    done = run("read", TEXT, "--json")
    assert done.returncode == 0
    assert "checks" not in json.loads(done.stdout)
    plain = run("read", TEXT)
    assert "行政处罚决定书" in plain.stdout


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder of case files: one in a sub-folder, a broken one, an empty one, a hidden one."""
    place = tmp_path / "案卷"
    (place / "2 子目录").mkdir(parents=True)
    shutil.copy(TEXT, place / "2 子目录" / "案卷.pdf")
    (place / "1 损坏.pdf").write_bytes(b"%PDF-1.7 broken")
    (place / "10 空.zip").write_bytes(b"")
    (place / ".hidden.pdf").write_bytes(b"x")
    return place


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_broken_case_never_stops_the_others(folder, jobs):
    done = run("check", folder, "--jsonl", "--jobs", jobs)
    assert done.returncode == 0
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(each["path"]).name for each in found] == ["1 损坏.pdf", "2 子目录", "10 空.zip"]
    assert [each["files"][0]["status"] for each in found] == ["refused", "read", "refused"]
    assert found[0]["checks"] == found[2]["checks"] == []
    assert found[1]["checks"]
    assert found[0]["files"][0]["reason"]["code"].startswith("DOC-")
    assert "1 损坏.pdf" in done.stderr


def test_what_is_refused_or_found_gives_status_one(tmp_path):
    missing = run("check", tmp_path / "没有.pdf", "--json")
    assert missing.returncode == 1
    assert json.loads(missing.stdout)["files"][0]["status"] == "refused"
    assert "没有.pdf" in missing.stderr
    assert "DOC-013" in missing.stderr
    english = run("--lang", "en", "check", tmp_path / "没有.pdf")
    assert "no file or folder" in english.stderr.lower()
    nothing = run("check", tmp_path / "没有", "--jsonl")
    assert nothing.returncode == 1
    empty = tmp_path / "空.pdf"
    empty.touch()
    refused = run("read", empty, "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["files"][0]["status"] == "refused"


def test_wrong_use_gives_status_two():
    assert run("check").returncode == 2
    assert run("check", TEXT, "--jobs", "0").returncode == 2
    assert run("check", TEXT, "--fail-on", "terrible").returncode == 2
    assert run("nonsense").returncode == 2


def test_fail_on_looks_at_the_severity(monkeypatch):
    from review.checks.check import Severity
    from review.services.case_files import checking

    found = {"checks": [{"outcome": "fail", "severity": "minor"}]}
    assert checking.fails_at(found, Severity.MINOR)
    assert checking.fails_at(found, Severity.HINT)
    assert not checking.fails_at(found, Severity.MAJOR)
    passed = {"checks": [{"outcome": "unknown", "severity": "veto"}]}
    assert not checking.fails_at(passed, Severity.HINT)
    assert run("check", TEXT, "--json", "--fail-on", "hint").returncode in (0, 1)


def test_a_case_that_kills_its_process_is_reported_and_the_others_go_on(folder, monkeypatch):
    from review.services.case_files import checking

    class Died:
        def result(self):
            raise checking.BrokenProcessPool

    found = checking._answer(folder / "1 损坏.pdf", Died(), 1)
    assert found["files"][0]["status"] == "refused"


def test_papers_are_reported_even_where_their_facts_cannot_be_extracted(monkeypatch, caplog):
    from review.services.case_files import checking

    def breaks(_reading):
        raise RuntimeError("客户姓名")

    monkeypatch.setattr(checking, "extract", breaks)
    found = checking.check_path(TEXT)
    assert len(found["documents"]) > 10
    assert found["facts"] == found["checks"] == []


def test_an_unforeseen_error_becomes_a_refusal_with_a_number(folder, monkeypatch, caplog):
    from review.services.case_files import checking

    def breaks(_path):
        raise RuntimeError("客户姓名")

    monkeypatch.setattr(checking, "check_path", breaks)
    found = checking.check_safely(folder)
    assert found["files"][0]["reason"]["code"] == "GEN-002"
    assert "客户姓名" not in json.dumps(found, ensure_ascii=False)


def test_migrate_user_import_verify_backup_and_restore(tmp_path):
    home = tmp_path / "家"
    assert "→" in run("migrate", home=home).stdout
    first = run("user", "add", "zhang", "张样例", "reviewer", "--unit", "样例大队", home=home)
    assert len(first.stdout.strip()) == 14
    double = run("user", "add", "zhang", "张样例", "reviewer", home=home)
    assert (double.returncode, double.stdout) == (1, "")
    assert "DB-006" in double.stderr
    assert run("user", "reset", "zhang", home=home).stdout != first.stdout
    assert run("user", "reset", "nobody", home=home).returncode == 1
    unknown = run("import", TEXT, home=home)
    assert unknown.returncode == 1
    assert json.loads(unknown.stdout)["state"] == "partly"
    assert "台账" in unknown.stderr
    sound = run("verify", home=home)
    assert (sound.returncode, json.loads(sound.stdout)["sound"]) == (0, True)
    assert run("backup", tmp_path / "备份", home=home).returncode == 0
    again = run("restore", tmp_path / "备份", home=home)
    assert (again.returncode, "DB-009" in again.stderr) == (1, True)
    other = tmp_path / "另一处"
    assert run("restore", tmp_path / "备份", home=other).returncode == 0
    assert json.loads(run("verify", home=other).stdout) == json.loads(sound.stdout)


def test_a_newer_database_is_refused_with_what_to_do(tmp_path):
    import sqlite3
    from contextlib import closing

    run("migrate", home=tmp_path)
    with closing(sqlite3.connect(tmp_path / "case-review.db")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = 'future'")
        raw.commit()
    done = run("verify", home=tmp_path)
    assert done.returncode == 1
    assert "DB-005" in done.stderr


def test_help_explains_every_command():
    done = run("--help")
    for command in (
        "read",
        "check",
        "import",
        "serve",
        "demo",
        "migrate",
        "backup",
        "restore",
        "verify",
        "user",
        "export",
        "docs",
        "messages",
        "bench",
    ):
        assert command in done.stdout
