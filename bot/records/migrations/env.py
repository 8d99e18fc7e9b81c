"""Alembic's entry: runs the migrations on the connection that the caller opened."""

from alembic import context

from bot.records.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
