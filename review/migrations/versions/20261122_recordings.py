"""what recordings say of themselves

Revision ID: 7c1e90b54a2d
Revises: 6628272a4cee
Create Date: 2026-11-22 13:41:10
"""

import sqlalchemy as sa
from alembic import op


revision = '7c1e90b54a2d'
down_revision = '6628272a4cee'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('sourcefile', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('media', sa.JSON(), nullable=False, server_default=sa.text("'null'"))
        )
    with op.batch_alter_table('sourcefile', schema=None) as batch_op:
        batch_op.alter_column('media', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('sourcefile', schema=None) as batch_op:
        batch_op.drop_column('media')
