"""proceedings against decisions, their papers, and the credit class of a case

Revision ID: f1b7c40d92aa
Revises: e3a95d20c7b1
Create Date: 2026-11-22 20:17:00
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = 'f1b7c40d92aa'
down_revision = 'e3a95d20c7b1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('challenge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('instance', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('organ', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('docket_no', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('grounds', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('concerns', sa.JSON(), nullable=False),
    sa.Column('earlier', sa.JSON(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=True),
    sa.Column('entered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('struck_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('struck_by', sa.Integer(), nullable=True),
    sa.Column('strike_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_challenge_case_id_case')),
    sa.ForeignKeyConstraint(['entered_by'], ['user.id'], name=op.f('fk_challenge_entered_by_user')),
    sa.ForeignKeyConstraint(['struck_by'], ['user.id'], name=op.f('fk_challenge_struck_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge'))
    )
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_challenge_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_challenge_filed_on', ['filed_on', 'case_id'], unique=False)

    op.create_table('challengeproof',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('challenge_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('added_by', sa.Integer(), nullable=True),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['user.id'], name=op.f('fk_challengeproof_added_by_user')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_challengeproof_challenge_id_challenge')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challengeproof'))
    )
    with op.batch_alter_table('challengeproof', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_challengeproof_challenge_id'), ['challenge_id'], unique=False)

    op.create_table('creditrecord',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('credit_class', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('is_eligible', sa.Boolean(), nullable=False),
    sa.Column('performed_on', sa.Date(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=True),
    sa.Column('entered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_creditrecord_case_id_case')),
    sa.ForeignKeyConstraint(['entered_by'], ['user.id'], name=op.f('fk_creditrecord_entered_by_user')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_creditrecord'))
    )
    with op.batch_alter_table('creditrecord', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_creditrecord_credit_class'), ['credit_class'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('creditrecord', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_creditrecord_credit_class'))

    op.drop_table('creditrecord')
    with op.batch_alter_table('challengeproof', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_challengeproof_challenge_id'))

    op.drop_table('challengeproof')
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.drop_index('ix_challenge_filed_on')
        batch_op.drop_index(batch_op.f('ix_challenge_case_id'))

    op.drop_table('challenge')
