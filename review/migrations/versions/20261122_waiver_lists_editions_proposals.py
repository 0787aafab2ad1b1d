"""waiver lists and reviews, imported editions, what became of proposals

Revision ID: e3a95d20c7b1
Revises: c2f1d9a04b7e
Create Date: 2026-11-22 13:45:00
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = 'e3a95d20c7b1'
down_revision = 'c2f1d9a04b7e'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('checktrial',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('check_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('started_by', sa.Integer(), nullable=True),
    sa.Column('started_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('end_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('ended_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['ended_by'], ['user.id'], name=op.f('fk_checktrial_ended_by_user')),
    sa.ForeignKeyConstraint(['started_by'], ['user.id'], name=op.f('fk_checktrial_started_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checktrial'))
    )
    with op.batch_alter_table('checktrial', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_checktrial_check_id'), ['check_id'], unique=False)

    op.create_table('editionrow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('in_force_on', sa.Date(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('content', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('source_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('imported_by', sa.Integer(), nullable=True),
    sa.Column('imported_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.Column('published_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['imported_by'], ['user.id'], name=op.f('fk_editionrow_imported_by_user')),
    sa.ForeignKeyConstraint(['published_by'], ['user.id'], name=op.f('fk_editionrow_published_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_editionrow'))
    )
    with op.batch_alter_table('editionrow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_editionrow_kind'), ['kind'], unique=False)

    op.create_table('waiverlistrow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('in_force_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('source_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('imported_by', sa.Integer(), nullable=True),
    sa.Column('imported_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.Column('published_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['imported_by'], ['user.id'], name=op.f('fk_waiverlistrow_imported_by_user')),
    sa.ForeignKeyConstraint(['published_by'], ['user.id'], name=op.f('fk_waiverlistrow_published_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiverlistrow'))
    )
    with op.batch_alter_table('waiverlistrow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waiverlistrow_kind'), ['kind'], unique=False)

    op.create_table('waiverreviewrow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('is_waived', sa.Boolean(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('verdict', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason_zh', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('list_title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('list_in_force_on', sa.Date(), nullable=True),
    sa.Column('item_number', sa.Integer(), nullable=True),
    sa.Column('item_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('limb', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('must', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('may', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('by_list', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('worked_out_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_waiverreviewrow_case_id_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiverreviewrow')),
    sa.UniqueConstraint('case_id', name=op.f('uq_waiverreviewrow_case_id'))
    )
    with op.batch_alter_table('waiverreviewrow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waiverreviewrow_decided_on'), ['decided_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_waiverreviewrow_verdict'), ['verdict'], unique=False)

    op.create_table('proposaldecision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('check_ids', sa.JSON(), nullable=False),
    sa.Column('proposed', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('decision', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=False),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['user.id'], name=op.f('fk_proposaldecision_decided_by_user')),
    sa.ForeignKeyConstraint(['sheet_id'], ['scoresheet.id'], name=op.f('fk_proposaldecision_sheet_id_scoresheet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposaldecision')),
    sa.UniqueConstraint('sheet_id', 'item_id', name=op.f('uq_proposaldecision_sheet_id_item_id'))
    )
    with op.batch_alter_table('proposaldecision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposaldecision_sheet_id'), ['sheet_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('proposaldecision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposaldecision_sheet_id'))

    op.drop_table('proposaldecision')
    with op.batch_alter_table('waiverreviewrow', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_waiverreviewrow_verdict'))
        batch_op.drop_index(batch_op.f('ix_waiverreviewrow_decided_on'))

    op.drop_table('waiverreviewrow')
    with op.batch_alter_table('waiverlistrow', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_waiverlistrow_kind'))

    op.drop_table('waiverlistrow')
    with op.batch_alter_table('editionrow', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_editionrow_kind'))

    op.drop_table('editionrow')
    with op.batch_alter_table('checktrial', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checktrial_check_id'))

    op.drop_table('checktrial')
