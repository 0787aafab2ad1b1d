"""Backup, restore, and what `verify` finds."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from review.common.store import Store
from review.db.audit import AuditRecord
from review.db.session import engine_for, reading, transaction
from review.errors import BackupDamaged, DatabaseNewer, HomeNotEmpty, MissingFile
from review.findings.tables import Finding
from review.scoring.tables import ItemScore
from review.services import backups, integrity
from review.services.accounts import people
from review.services.desk import scoring
from review.settings import settings


@pytest.fixture
def filled(scene):
    """The scene with a score."""
    scoring.save_score(
        scene.engine,
        scene.reviewer,
        sheet_id=scene.sheets["reviewer"],
        item_id="DOC-02",
        result="部分符合",
        chosen={"gap": 1},
        base_version=0,
        client_id="one",
    )
    return scene


def wipe(scene, monkeypatch, tmp_path):
    """An empty installation: another home, or the same PostgreSQL without rows."""
    if scene.engine.dialect.name == "sqlite":
        monkeypatch.setenv("CASE_REVIEW_HOME", str(tmp_path / "other"))
        settings.cache_clear()
    else:
        shutil.rmtree(settings().store)
        from review.migrations.all_tables import metadata

        tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        with scene.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    return engine_for(settings().url)


def test_a_backup_restores_to_the_same_data_on_an_empty_installation(filled, tmp_path, monkeypatch):
    before = integrity.verify(filled.engine)
    assert before.is_sound
    made = backups.backup(filled.engine, tmp_path / "备份")
    assert made.files == before.files
    engine = wipe(filled, monkeypatch, tmp_path)
    backups.restore(tmp_path / "备份")
    after = integrity.verify(engine)
    assert (after.is_sound, after.records, after.head) == (True, before.records, before.head)
    saved = scoring.save_score(
        engine,
        filled.reviewer,
        sheet_id=filled.sheets["reviewer"],
        item_id="DOC-03",
        result="符合",
        base_version=0,
        client_id="after",
    )
    assert saved.version == 1
    people.create_unit(engine, filled.administrator, name="恢复后新建")
    assert backups.check(tmp_path / "备份")  # restoring did not change the backup


def test_nothing_is_overwritten_without_being_asked(filled, tmp_path):
    backups.backup(filled.engine, tmp_path / "备份")
    with pytest.raises(HomeNotEmpty):
        backups.backup(filled.engine, tmp_path / "备份")
    with pytest.raises(HomeNotEmpty):
        backups.restore(tmp_path / "备份")
    people.create_unit(filled.engine, filled.administrator, name="备份之后")
    backups.restore(tmp_path / "备份", replace=True)
    engine = engine_for(settings().url)
    names = [unit.name for unit in people.list_units(engine, filled.administrator)]
    assert "备份之后" not in names
    if engine.dialect.name == "sqlite":
        assert list(settings().home.glob("before-restore-*/case-review.db"))


@pytest.mark.parametrize("damage", ["database", "file", "lost file", "manifest", "format"])
def test_a_damaged_backup_is_refused_and_nothing_changes(filled, tmp_path, damage):
    folder = tmp_path / "备份"
    backups.backup(filled.engine, folder)
    stored = Store(folder / "store")
    first = next(stored.names())
    if damage == "database":
        with (folder / "case-review.db").open("r+b") as stream:
            stream.seek(5000)
            stream.write(b"\xff\xff\xff")
    elif damage == "file":
        stored.path(first).write_bytes(b"other")
    elif damage == "lost file":
        stored.path(first).unlink()
    elif damage == "manifest":
        (folder / "manifest.json").write_text("{", encoding="utf-8")
    else:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))
    before = integrity.verify(filled.engine)
    with pytest.raises(BackupDamaged):
        backups.restore(folder, replace=True)
    assert integrity.verify(filled.engine) == before


def test_a_backup_of_a_later_version_or_none_is_refused(filled, tmp_path):
    folder = tmp_path / "备份"
    with pytest.raises(MissingFile):
        backups.restore(folder)
    backups.backup(filled.engine, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"revision": "future"}))
    with pytest.raises(DatabaseNewer):
        backups.restore(folder, replace=True)


def test_a_failed_backup_leaves_nothing_behind(filled, tmp_path, monkeypatch):
    def breaks(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_copy_stored", breaks)
    from review.errors import DatabaseFull

    with pytest.raises(DatabaseFull):
        backups.backup(filled.engine, tmp_path / "备份")
    assert [each.name for each in tmp_path.iterdir() if "备份" in each.name] == []


BREAKS = {
    "a changed audit record": "UPDATE auditrecord SET action = 'x' WHERE sequence = 2",
    "a lost audit record": "DELETE FROM auditrecord WHERE sequence = 2",
    "a changed score": "UPDATE itemscore SET result = '符合'",
    "a deduction that is not the rule's": "UPDATE itemscore SET deduction = 9900",
    "a version without history": "UPDATE itemscore SET version = 5",
    "a lost history": "DELETE FROM scoreevent",
    "a sheet of another scorer": "UPDATE scoresheet SET scorer_id = 6",
    "a submitted sheet without time": "UPDATE scoresheet SET state = 'submitted'",
    "a changed case number": "UPDATE \"case\" SET case_no = 'x' WHERE id = 1",
    "a page at a wrong place": "UPDATE pagerow SET position = 4 WHERE id = 1",
    "a draw with another seed": None,
}


@pytest.mark.parametrize("name", BREAKS)
def test_verify_finds(filled, name):
    assert integrity.verify(filled.engine).is_sound
    statement = BREAKS[name]
    with transaction(filled.engine) as session:
        if statement is not None:
            session.connection().execute(text(statement))
        else:
            from review.planning.tables import Round

            row = session.get(Round, filled.round_id)
            record = {**row.draw_record["record"], "seed": "other"}
            row.draw_record = {**row.draw_record, "record": record}
            session.add(row)
    found = integrity.verify(filled.engine)
    assert not found.is_sound
    assert all(each.text("zh") and each.text("en") for each in found.violations)


def test_verify_finds_a_reference_to_nothing(filled):
    if filled.engine.dialect.name == "postgresql":
        with filled.engine.connect() as connection:
            keys = connection.execute(
                text("SELECT count(*) FROM pg_constraint WHERE contype = 'f'")
            ).scalar()
        assert keys  # the server itself keeps them
        return
    with closing(sqlite3.connect(settings().home / "case-review.db")) as raw:
        raw.execute("UPDATE pagerow SET document_id = 999 WHERE id = 1")
        raw.commit()
    assert any(each.what == "pagerow" for each in integrity.verify(filled.engine).violations)


def test_verify_finds_a_changed_file_in_the_store(filled):
    store = Store(settings().store)
    path = store.path(next(store.names()))
    path.chmod(0o640)
    path.write_bytes(b"changed")
    assert [each.what for each in integrity.verify(filled.engine).violations].count("store") == 1


def test_verify_finds_a_veto_confirmed_by_its_proposer(filled):
    with transaction(filled.engine) as session:
        session.add(
            Finding(
                round_id=filled.round_id,
                case_id=filled.cases[0],
                key="DOC-01",
                origin="user:1",
                proposed_by=[filled.regulations.user_id],
                severity="veto",
                text_zh="样例",
                evidence=[],
                law=[],
                state="confirmed",
                decided_by=filled.regulations.user_id,
            )
        )
    what = [each.en for each in integrity.verify(filled.engine).violations]
    assert "its proposer confirmed the veto" in what


def test_the_head_of_the_chain_is_the_last_digest(filled):
    with reading(filled.engine) as session:
        last = session.exec(
            select(AuditRecord).order_by(col(AuditRecord.sequence).desc()).limit(1)
        ).one()
        assert session.exec(select(ItemScore)).one().version == 1
    assert integrity.verify(filled.engine).head == last.sha256
