"""What a trigger of the program says, told once and written in the words of either database engine."""

from __future__ import annotations

from dataclasses import dataclass

ROW, BEFORE = 1, 2
VERB_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
"""As PostgreSQL's catalogue counts them (pg_trigger.tgtype)."""


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """One trigger. time: BEFORE or AFTER. columns: of an UPDATE that names them. action: a statement; "" refuses the
    change. condition and action hold plain SQL that both engines read; OLD and NEW are the row."""

    name: str
    table: str
    time: str
    verb: str
    columns: tuple[str, ...] = ()
    condition: str = ""
    action: str = ""

    @property
    def refusal(self) -> str:
        """What the engine says of a change that it refuses."""
        return f"{self.table} rows are kept as they are"

    @property
    def sqlite(self) -> str:
        """The one statement that lays it in a file."""
        action = self.action or f"SELECT RAISE(ABORT, '{self.refusal}')"
        when = f"WHEN {self.condition} " if self.condition else ""
        return (
            f"CREATE TRIGGER {self.name} {self.time} {self.verb}{self._of_columns} ON {self.table} "
            f"{when}BEGIN {action}; END"
        )

    @property
    def postgres(self) -> tuple[str, str]:
        """The function and the trigger that calls it: a WHEN of PostgreSQL may ask no other table."""
        each = "ROW" if self.is_for_each_row else "STATEMENT"
        return (
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $${self.source}$$",
            f'CREATE TRIGGER {self.name} {self.time} {self.verb}{self._of_columns} ON "{self.table}" '
            f"FOR EACH {each} EXECUTE FUNCTION {self.name}()",
        )

    @property
    def source(self) -> str:
        """The body of that function."""
        action = self.action or (
            f"RAISE EXCEPTION '{self.refusal}' USING ERRCODE = 'integrity_constraint_violation'"
        )
        guarded = f"IF {self.condition} THEN {action}; END IF" if self.condition else action
        row = "OLD" if self.verb == "DELETE" else "NEW" if self.is_for_each_row else "NULL"
        return f"BEGIN {guarded}; RETURN {row}; END"

    @property
    def is_for_each_row(self) -> bool:
        """Emptying a table at once names no row; SQLite knows no such statement."""
        return self.verb != "TRUNCATE"

    @property
    def kind(self) -> int:
        """How PostgreSQL's catalogue tells when it is called."""
        return (
            VERB_BITS[self.verb]
            | (ROW if self.is_for_each_row else 0)
            | (BEFORE if self.time == "BEFORE" else 0)
        )

    @property
    def _of_columns(self) -> str:
        return " OF " + ", ".join(f'"{column}"' for column in self.columns) if self.columns else ""
