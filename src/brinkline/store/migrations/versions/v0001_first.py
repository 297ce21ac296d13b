"""The first version of the tables."""

from alembic import op

from brinkline.store.migrations.rules import full_text, only_added
from brinkline.store.schema import FIXED, metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, the full-text index and the triggers."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in (*full_text(connection.dialect.name), *only_added(connection.dialect.name, FIXED)):
        op.execute(statement)
