"""registers, confirmed values, texts held, marks of cases

Revision ID: c2f1d9a04b7e
Revises: 7c1e90b54a2d
Create Date: 2026-11-22 13:50:00
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "c2f1d9a04b7e"
down_revision = "7c1e90b54a2d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('registerrow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('replaces', sa.Integer(), nullable=True),
    sa.Column('entered_by', sa.Integer(), nullable=True),
    sa.Column('entered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('closed_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['closed_by'], ['user.id'], name=op.f('fk_registerrow_closed_by_user')),
    sa.ForeignKeyConstraint(['entered_by'], ['user.id'], name=op.f('fk_registerrow_entered_by_user')),
    sa.ForeignKeyConstraint(['replaces'], ['registerrow.id'], name=op.f('fk_registerrow_replaces_registerrow')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registerrow'))
    )
    op.create_index(op.f('ix_registerrow_closed_at'), 'registerrow', ['closed_at'], unique=False)
    op.create_index(op.f('ix_registerrow_key'), 'registerrow', ['key'], unique=False)
    op.create_index(op.f('ix_registerrow_kind'), 'registerrow', ['kind'], unique=False)
    op.create_table('registerperiod',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('declared_by', sa.Integer(), nullable=True),
    sa.Column('declared_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('withdrawn_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['declared_by'], ['user.id'], name=op.f('fk_registerperiod_declared_by_user')),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['user.id'], name=op.f('fk_registerperiod_withdrawn_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registerperiod'))
    )
    op.create_index(op.f('ix_registerperiod_kind'), 'registerperiod', ['kind'], unique=False)
    op.create_table('sitevalue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('parameter', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('document', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('confirmed_by', sa.Integer(), nullable=True),
    sa.Column('confirmed_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('confirmed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('withdrawn_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['confirmed_by'], ['user.id'], name=op.f('fk_sitevalue_confirmed_by_user')),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['user.id'], name=op.f('fk_sitevalue_withdrawn_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitevalue'))
    )
    op.create_index(op.f('ix_sitevalue_parameter'), 'sitevalue', ['parameter'], unique=False)
    op.create_table('sitestatute',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('law', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('in_force', sa.Date(), nullable=False),
    sa.Column('promulgated', sa.Date(), nullable=True),
    sa.Column('ended', sa.Date(), nullable=True),
    sa.Column('structure', sa.JSON(), nullable=False),
    sa.Column('wording', sa.JSON(), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=True),
    sa.Column('entered_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('entered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('withdrawn_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by'], ['user.id'], name=op.f('fk_sitestatute_entered_by_user')),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['user.id'], name=op.f('fk_sitestatute_withdrawn_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitestatute'))
    )
    op.create_index(op.f('ix_sitestatute_law'), 'sitestatute', ['law'], unique=False)
    op.create_table('casemark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('starts_at', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('ends_at', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_casemark_case_id_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_casemark'))
    )
    op.create_index(op.f('ix_casemark_case_id'), 'casemark', ['case_id'], unique=False)
    op.create_index(op.f('ix_casemark_key'), 'casemark', ['key'], unique=False)


def downgrade() -> None:
    op.drop_table('casemark')
    op.drop_table('sitestatute')
    op.drop_table('sitevalue')
    op.drop_table('registerperiod')
    op.drop_table('registerrow')
