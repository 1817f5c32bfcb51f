"""A full-text index of tokens that the program made itself: a contentless FTS5 table in a file, an array under GIN on a server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, false, literal_column, or_, text
from sqlalchemy.orm import Session

from app.models.many_rows import insert_tuples

NOTHING = '""'
"""What no record matches, in the words of FTS5."""


@dataclass(frozen=True)
class Phrase:
    """Tokens that stand behind one another in one of the columns."""

    columns: tuple[str, ...]
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class WordsIndex:
    """Words of records by their place, which grows with time so that the newest come first without sorting.

    On a server all tokens of a record lie in one text, each behind the number of its column, so that neither an array's
    membership nor a phrase runs from one column into another.
    """

    name: str
    columns: tuple[str, ...]

    def create(self, connection: Connection) -> None:
        """Lay the index on a server; in a file the migrations do."""
        connection.execute(
            text(
                f'CREATE TABLE {self.name} (rowid BIGINT PRIMARY KEY, words TEXT COLLATE "C" NOT NULL); '
                f"CREATE INDEX ix_{self.name}_tokens ON {self.name} USING gin ({_TOKENS})"
            )
        )

    def put(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add records: the place, then the tokens of each column with spaces between. In the driver's own words, for
        every save waits for them."""
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(self._put_in_file, list(rows))
        else:
            words = [(place, self._together(tokens)) for place, *tokens in rows]
            insert_tuples(connection, self.name, ("rowid", "words"), words)

    def take(self, connection: Connection, places: Iterable[int]) -> None:
        """Take the records out."""
        if gone := [{"place": place} for place in places]:
            connection.exec_driver_sql(f"DELETE FROM {self.name} WHERE rowid = :place", gone)

    def rewrite(self, connection: Connection) -> None:
        """Write the index anew, so that nothing of what was taken out stays in the file; a server clears what is
        dead by itself."""
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"INSERT INTO {self.name} ({self.name}) VALUES ('optimize')")

    def matches(
        self, session: Session, phrases: Sequence[Phrase], within: Phrase | None = None
    ) -> ColumnElement[bool]:
        """Whether a row of the index holds any of the phrases, and that other one; none match nothing.

        Of the program's own tokens only, so that nothing typed is taken for an operator.
        """
        if session.get_bind().dialect.name == "sqlite":
            found = " OR ".join(f"({_quoted(one)})" for one in phrases)
            bounded = f"{_quoted(within)} AND ({found})" if within and found else found
            return literal_column(self.name).op("MATCH", is_comparison=True)(bounded or NOTHING)
        if not phrases:
            return false()
        found_here = or_(*(self._holds(one) for one in phrases))
        return and_(self._holds(within), found_here) if within else found_here

    @property
    def _put_in_file(self) -> str:
        names, places = ", ".join(self.columns), ", ".join("?" * (len(self.columns) + 1))
        return f"INSERT INTO {self.name} (rowid, {names}) VALUES ({places})"

    def _together(self, columns: Sequence[str]) -> str:
        tokens = (f"{number}{token}" for number, column in enumerate(columns) for token in column.split())
        return f" {' '.join(tokens)} "

    def _holds(self, phrase: Phrase) -> ColumnElement[bool]:
        """The array finds the few records with all tokens, the text tells where they follow one another."""
        return or_(*(self._holds_in(self.columns.index(column), phrase.tokens) for column in phrase.columns))

    def _holds_in(self, number: int, tokens: Sequence[str]) -> ColumnElement[bool]:
        marked = [f"{number}{token}" for token in tokens]
        has_all = text(f"{_TOKENS} @> CAST(:tokens AS text[])").bindparams(
            bindparam("tokens", marked, unique=True)
        )
        behind = text(f"{self.name}.words LIKE :behind").bindparams(
            bindparam("behind", f"% {' '.join(marked)} %", unique=True)
        )
        return and_(has_all, behind) if len(marked) > 1 else and_(has_all)


_TOKENS = "string_to_array(words, ' ')"


def _quoted(phrase: Phrase) -> str:
    return f'{{{" ".join(phrase.columns)}}} : "{" ".join(phrase.tokens)}"'
