"""The audit trail: append-only, hash-chained, written in the transaction of each change."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, col, select

from review.common.clock import now
from review.db.base import Table, document, instant
from review.errors import AuditBroken

GENESIS = "0" * 64


class AuditRecord(Table, table=True):
    """One change: who, what, on which row, the values, and the chain.

    `sha256` is over the record's own content and `previous_sha256`, so that a changed, removed or
    reordered record breaks the chain at its place.
    """

    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = instant()
    actor: str
    action: str
    subject: str
    subject_id: str
    detail: Any = document()
    previous_sha256: str
    sha256: str


def digest(record: AuditRecord) -> str:
    """SHA-256 over the canonical JSON of a record's content and its predecessor's digest."""
    content = json.dumps(
        [
            record.sequence,
            record.at.isoformat(),
            record.actor,
            record.action,
            record.subject,
            record.subject_id,
            record.detail,
            record.previous_sha256,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()


def record(
    session: Session, actor: str, action: str, subject: str, subject_id: object, **detail: Any
) -> AuditRecord:
    """Append one record in the caller's transaction.

    The write lock of the transaction (BEGIN IMMEDIATE, or the advisory lock on PostgreSQL) makes
    the sequence gapless. `detail` must be JSON values; personal data stays out of it.
    """
    last = session.exec(
        select(AuditRecord).order_by(col(AuditRecord.sequence).desc()).limit(1)
    ).first()
    entry = AuditRecord(
        sequence=last.sequence + 1 if last else 1,
        at=now(),
        actor=actor,
        action=action,
        subject=subject,
        subject_id=str(subject_id),
        detail=detail,
        previous_sha256=last.sha256 if last else GENESIS,
        sha256="",
    )
    entry.sha256 = digest(entry)
    session.add(entry)
    session.flush()
    return entry


def verify_chain(session: Session) -> tuple[int, str]:
    """Check the whole chain; returns (number of records, head digest); raises AuditBroken."""
    previous, count = GENESIS, 0
    for entry in session.exec(select(AuditRecord).order_by(col(AuditRecord.sequence))):
        count += 1
        if entry.sequence != count:
            raise AuditBroken(sequence=count, reason="sequence")
        if entry.previous_sha256 != previous or digest(entry) != entry.sha256:
            raise AuditBroken(sequence=entry.sequence, reason="digest")
        previous = entry.sha256
    return count, previous
