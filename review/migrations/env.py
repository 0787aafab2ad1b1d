"""Alembic's environment: works on the connection that `migrations.schema` hands over."""

from typing import Any

from alembic import context

from review.migrations.all_tables import metadata
from review.migrations.schema import is_compared


def compare_type(
    _context: Any, _inspected: Any, _column: Any, inspected_type: Any, metadata_type: Any
) -> bool | None:
    """AutoString and VARCHAR are the same column; the rest is left to Alembic."""
    kinds = {type(inspected_type).__name__, type(metadata_type).__name__}
    return False if kinds == {"VARCHAR", "AutoString"} else None


def run() -> None:
    """Run the migrations in the transaction of the given connection."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=compare_type,
        include_object=is_compared,
        transactional_ddl=True,
    )
    context.run_migrations()


run()
