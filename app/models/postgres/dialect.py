"""Makes PostgreSQL take the program's tables and statements as SQLite takes them, so that services say everything once."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.sql import operators, sqltypes
from sqlalchemy.sql.elements import Null

_QUESTION_OR_NAME = re.compile(r"'[^']*'|\"[^\"]*\"|\?|(?<![:\w]):([a-z_]\w*)|%")


@lru_cache(maxsize=1024)
def in_driver_words(statement: str) -> str:
    """A statement in the words of SQLite's driver (`?`, `:name`) in those of psycopg."""

    def own(found: re.Match[str]) -> str:
        sign = found[0]
        if sign == "?":
            return "%s"
        if found[1]:
            return f"%({found[1]})s"
        return sign.replace("%", "%%")

    return _QUESTION_OR_NAME.sub(own, statement)


class OfficeTypes(PGTypeCompiler):
    """Every text without a limit and ordered by its bytes, every number as wide as SQLite's."""

    def visit_string(self, type_: Any, **kw: Any) -> str:
        """COLLATE only where a column is declared."""
        return 'TEXT COLLATE "C"' if kw.get("type_expression") is not None else "TEXT"

    def visit_integer(self, type_: Any, **kw: Any) -> str:
        return "BIGINT"


class OfficeStatements(PGCompiler_psycopg):
    """A flag is a number; what is empty comes first, as in SQLite."""

    def visit_is__binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        return self._is(binary, "IS NOT DISTINCT FROM", "IS", **kw)

    def visit_is_not_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        return self._is(binary, "IS DISTINCT FROM", "IS NOT", **kw)

    def order_by_clause(self, select: Any, **kw: Any) -> str:
        wanted = ", ".join(self.process(one, **kw) + _nulls(one) for one in select._order_by_clauses)
        return f" ORDER BY {wanted}" if wanted else ""

    def _is(self, binary: Any, of_values: str, of_nothing: str, **kw: Any) -> str:
        word = of_nothing if isinstance(binary.right, Null) else of_values
        return f"{self.process(binary.left, **kw)} {word} {self.process(binary.right, **kw)}"


class OfficeDialect(PGDialect_psycopg):
    """PostgreSQL through psycopg, as the program speaks to it."""

    supports_statement_cache = True
    supports_native_boolean = False
    type_compiler_cls = OfficeTypes
    statement_compiler = OfficeStatements
    colspecs = PGDialect_psycopg.colspecs | {
        sqltypes.Integer: PGDialect_psycopg.colspecs[sqltypes.BigInteger]
    }


def say_in_driver_words(
    _connection: Any,
    _cursor: Any,
    statement: str,
    parameters: Any,
    context: ExecutionContext,
    _many: bool,
) -> tuple[str, Any]:
    """Listens before each statement: those written for the driver itself are put in psycopg's words."""
    return (in_driver_words(statement) if context.compiled is None else statement), parameters


def _nulls(element: Any) -> str:
    """Where the empty ones stand; nothing for a column that is never empty, which an index may order."""
    is_descending = False
    while not isinstance(element, Column) and (inner := getattr(element, "element", None)) is not None:
        modifier = getattr(element, "modifier", None)
        if modifier in (operators.nulls_first_op, operators.nulls_last_op):
            return ""
        is_descending = is_descending or modifier is operators.desc_op
        element = inner
    if isinstance(element, Column) and not element.nullable:
        return ""
    return " NULLS LAST" if is_descending else " NULLS FIRST"
