"""Backup and restore: the database and the store in one folder with a manifest of hashes.

SQLite is copied by its own backup API, PostgreSQL table by table from one snapshot, so that a
backup taken while people work is consistent. The store only ever grows, so it is copied after the
database: every file that a row of the copy names is in it. A restore checks every hash before it
touches anything.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, func, select, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from review.common.clock import now
from review.common.store import Store, no_space_named, sha256_of, sync_folder
from review.db.session import engine_for, reading, transaction
from review.errors import BackupDamaged, HomeNotEmpty, MissingFile
from review.migrations import schema
from review.migrations.all_tables import metadata
from review.settings import settings

MANIFEST = "manifest.json"
DATABASE = "case-review.db"
STORE = "store"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: where it lies, how many stored files, and how many bytes in all."""

    folder: Path
    files: int
    size: int
    revision: str


def backup(engine: Engine, folder: Path) -> Backup:
    """Write a backup into a new folder, which appears only when it is complete.

    Raises HomeNotEmpty where the folder exists and holds something, DatabaseFull.
    """
    _refuse_filled(folder)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    with no_space_named():
        try:
            unfinished.mkdir(parents=True)
            _copy_database(engine, unfinished / DATABASE)
            store = Store(settings().store)
            files = [_copy_stored(store, sha256, unfinished / STORE) for sha256 in store.names()]
            with engine.connect() as connection:
                revision = schema.current(connection) or ""
            manifest: dict[str, Any] = {
                "format": FORMAT,
                "made_at": now().isoformat(),
                "revision": revision,
                "database": sha256_of(unfinished / DATABASE),
                "files": files,
            }
            _write(unfinished / MANIFEST, json.dumps(manifest, indent=1))
            if folder.exists():
                folder.rmdir()
            unfinished.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    return Backup(folder, len(files), size, revision)


def _refuse_filled(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise HomeNotEmpty(folder=str(folder))


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _copy_stored(store: Store, sha256: str, into: Path) -> str:
    target = Store(into).path(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(store.path(sha256), target)
    return sha256


def _copy_database(engine: Engine, target: Path) -> None:
    if engine.dialect.name == "sqlite":
        source = make_url(str(engine.url)).database
        assert source is not None
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    copy_engine = engine_for(f"sqlite:///{target}")
    schema.upgrade(copy_engine)
    with reading(engine) as reader, transaction(copy_engine) as writer:
        _copy_rows(reader, writer)
    copy_engine.dispose()
    with closing(sqlite3.connect(target)) as settled:
        settled.execute("PRAGMA journal_mode=DELETE")


def _copy_rows(reader: Session, writer: Session) -> None:
    """Copy all rows into an empty database of the same schema, what is referred to first."""
    for table in metadata.sorted_tables:
        rows = [dict(row) for row in reader.execute(select(table)).mappings()]
        if rows:
            writer.execute(table.insert(), rows)


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a backup of which every part has its hash.

    Raises MissingFile, BackupDamaged with the part that is wrong.
    """
    place = folder / MANIFEST
    if not place.is_file():
        raise MissingFile(file=str(place))
    try:
        manifest: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        database, files = manifest["database"], list(manifest["files"])
        is_known = manifest["format"] == FORMAT
    except (ValueError, KeyError, TypeError) as error:
        raise BackupDamaged(part=MANIFEST) from error
    if not is_known:
        raise BackupDamaged(part=MANIFEST)
    if not (folder / DATABASE).is_file() or sha256_of(folder / DATABASE) != database:
        raise BackupDamaged(part=DATABASE)
    store = Store(folder / STORE)
    for sha256 in files:
        if not store.is_intact(sha256):
            raise BackupDamaged(part=f"{STORE}/{sha256}")
    return manifest


def restore(folder: Path, *, replace: bool = False) -> Backup:
    """Put a backup in place of the installation's data.

    Everything is checked first. Without `replace` only an empty home is filled; with it, the data
    that was there stays beside, under a name with the time. Raises MissingFile, BackupDamaged,
    HomeNotEmpty, DatabaseNewer.
    """
    manifest = check(folder)
    schema.refuse_newer(manifest["revision"])
    rules = settings()
    home = rules.home.absolute()
    if rules.database_url:
        _restore_server(folder, rules.url, replace=replace)
    else:
        _restore_files(folder, home, replace=replace)
    store = Store(rules.store)
    with no_space_named():
        for sha256 in manifest["files"]:
            if not store.holds(sha256):
                store.add_file(Store(folder / STORE).path(sha256))
    _, revision = schema.upgrade(engine_for(rules.url))
    return Backup(folder, len(manifest["files"]), 0, revision)


def _restore_files(folder: Path, home: Path, *, replace: bool) -> None:
    """Replace the SQLite file; unfinished jobs belong to the data that is set aside."""
    home.mkdir(parents=True, exist_ok=True)
    target = home / DATABASE
    if target.exists():
        if not replace:
            raise HomeNotEmpty(folder=str(home))
        engine_for(settings().url).dispose()
        aside = home / f"before-restore-{now():%Y%m%dT%H%M%S}"
        aside.mkdir()
        for name in (DATABASE, "jobs.db"):
            for suffix in ("", "-wal", "-shm"):
                part = home / f"{name}{suffix}"
                if part.exists():
                    part.rename(aside / part.name)
    with no_space_named():
        arriving = home / f"{DATABASE}.arriving"
        shutil.copyfile(folder / DATABASE, arriving)
        arriving.rename(target)
    sync_folder(home)


def _restore_server(folder: Path, url: str, *, replace: bool) -> None:
    """Fill a PostgreSQL from a copy of the backup in one transaction."""
    target = engine_for(url)
    schema.upgrade(target)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copyfile(folder / DATABASE, Path(place) / DATABASE))
        source = engine_for(f"sqlite:///{copy}")
        schema.upgrade(source)
        with reading(source) as reader, transaction(target) as writer:
            for table in reversed(metadata.sorted_tables):
                filled = writer.execute(select(table).limit(1)).first() is not None
                if filled and not replace:
                    raise HomeNotEmpty(folder=str(make_url(url).database))
                writer.execute(table.delete())
            _copy_rows(reader, writer)
            for table in metadata.sorted_tables:
                _advance_sequence(writer, table)
        source.dispose()


def _advance_sequence(writer: Session, table: Table) -> None:
    """Ids that PostgreSQL gives next lie behind those that were copied."""
    for column in table.primary_key.columns:
        if column is table.autoincrement_column:
            writer.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)"),
                {
                    "table": f'"{table.name}"',
                    "column": column.name,
                    "next": (writer.execute(select(func.max(column))).scalar() or 0) + 1,
                },
            )
