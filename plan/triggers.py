"""Append-only tables: triggers that refuse update and delete on both engines (SECURITY, Workflow and record)."""

APPEND_ONLY_MESSAGE = "append-only table"
OPERATIONS = ("UPDATE", "DELETE")


def protect(schema_editor, table: str) -> None:
    """Make `table` append-only. Called from migrations with their schema editor."""
    for statement in _creation(schema_editor.connection.vendor, table):
        # Without parameters: the % in a statement is its own.
        schema_editor.execute(statement, params=None)


def release(schema_editor, table: str) -> None:
    """Undo `protect`, for the backward migration."""
    for operation in OPERATIONS:
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, operation)}{on_table}")


def _name(table: str, operation: str) -> str:
    return f"{table}_no_{operation.lower()}"


def _creation(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [_POSTGRESQL_FUNCTION, *(_postgresql_trigger(table, operation) for operation in OPERATIONS)]
    return [_sqlite_trigger(table, operation) for operation in OPERATIONS]


_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{APPEND_ONLY_MESSAGE}: %', TG_TABLE_NAME; END;
$$ LANGUAGE plpgsql
"""


def _postgresql_trigger(table: str, operation: str) -> str:
    return (
        f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _sqlite_trigger(table: str, operation: str) -> str:
    return (
        f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY_MESSAGE}: {table}'); END"
    )
