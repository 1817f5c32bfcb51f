"""The full-text index of consultations: which words of a record it holds, and how it follows every change.

A record's place in it is its place in time, so that the newest come first without sorting and a month is a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.orm import Mapped, mapped_column

from app.masking import LAST, SHORTEST_ENDED
from app.models.base import Base, Flag
from app.models.triggers import Trigger
from app.models.words_index import WordsIndex
from app.pinyin import initials
from app.text import half_width

WORDS = WordsIndex("consultation_words", ("client", "initials", "numbers", "topics", "content", "site"))
"""In a file a virtual table, made by the first migration; SQLite keeps its parts in tables whose names begin so."""
BATCH = 1000
_TIES = 20
"""Bits for records of one second."""
_BETWEEN = "zz"
"""Stands between two texts of a column, so that no phrase runs from one into the other."""
_LONGEST_INITIALS = 6
_HIDDEN = re.compile(rf"[0-9](?:[ -]?[0-9]){{{SHORTEST_ENDED - 1},}}[xX]?")
"""Digits as long as a number that lists mask; in the words of a record they obey the same rule."""
_SIGNS = re.compile(r"[^0-9a-z]")
_TOKEN = re.compile(r"[0-9]+|[^\W_]")

_INDEXED = (
    "site",
    "number",
    "serial",
    "at",
    "client_name",
    "phone",
    "id_number",
    "village",
    "topics",
    "content",
    "answer",
)
_ERASABLE = ("client_name", "phone", "id_number", "village", "content", "answer")


class SearchPlace(Base):
    """Which record stands at a place of the index; the place grows with the record's time."""

    __tablename__ = "search_place"

    place: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(unique=True)


class Unindexed(Base):
    """A record whose words changed and that the index has yet to follow; empty after each of our transactions."""

    __tablename__ = "unindexed"

    row_id: Mapped[str] = mapped_column(primary_key=True)
    is_erased: Mapped[bool] = mapped_column(Flag, default=False)
    """Whether its client's name or its last personal value went: then nothing of it may stay in the index."""


_WAITING = "SELECT row_id, is_erased FROM unindexed LIMIT :most"
_PLACES = "SELECT place FROM search_place WHERE row_id IN (SELECT value FROM json_each(:ids))"
_ROWS = f"SELECT id, {', '.join(_INDEXED)} FROM consultation WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY at, id"
_TAKE_PLACE = "DELETE FROM search_place WHERE place = :place"
_PUT_PLACE = (
    "INSERT INTO search_place (place, row_id) SELECT coalesce(max(place), :first) + 1, :row_id "
    "FROM search_place WHERE place > :first AND place < :next"
)
_PUT_PLACES = (
    "INSERT INTO search_place (place, row_id) SELECT coalesce((SELECT max(place) FROM search_place p "
    f"WHERE p.place > a.first AND p.place < a.first + {1 << _TIES}), a.first) "
    "+ row_number() OVER (PARTITION BY a.first ORDER BY a.n), a.row_id "
    "FROM unnest(CAST(:rows AS text[]), CAST(:firsts AS bigint[])) WITH ORDINALITY AS a(row_id, first, n)"
)
"""The same for all rows at once: a server is told a statement by letter, a file by word of mouth."""
_PLACED = "SELECT row_id, place FROM search_place WHERE row_id IN (SELECT value FROM json_each(:ids))"
_DONE = "DELETE FROM unindexed WHERE row_id IN (SELECT value FROM json_each(:ids))"
"""In the driver's own words, for every save waits for them."""


def index_triggers() -> list[Trigger]:
    """Note each record whose words changed, whoever changed it and however; in plain SQL, for any program."""
    changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in _INDEXED)
    none_left = " AND ".join(f"NEW.{name} IS NULL" for name in _ERASABLE)
    some_went = " OR ".join(f"OLD.{name} IS NOT NULL" for name in _ERASABLE)
    erased = f"(NEW.client_name IS NULL AND OLD.client_name IS NOT NULL) OR ({none_left} AND ({some_went}))"
    return [
        _index("INSERT", "NEW", "0"),
        _index("UPDATE", "NEW", f"CASE WHEN {erased} THEN 1 ELSE 0 END", changed),
        _index("DELETE", "OLD", "0"),
    ]


def _index(verb: str, row: str, erased: str, condition: str = "") -> Trigger:
    return Trigger(
        name=f"index_consultation_{verb.lower()}",
        table="consultation",
        time="AFTER",
        verb=verb,
        condition=condition,
        action=f"INSERT INTO unindexed (row_id, is_erased) VALUES ({row}.id, {erased}) ON CONFLICT (row_id) "
        "DO UPDATE SET is_erased = unindexed.is_erased | excluded.is_erased",
    )


def follow_changes(connection: Connection) -> None:
    """Bring the index up to every noted record, in batches; asked once before a transaction's commit.

    After an erasure the index is written anew, so that nothing of what went stays in it.
    """
    is_erased, is_more = False, True
    while is_more and (waiting := connection.exec_driver_sql(_WAITING, {"most": BATCH}).all()):
        is_more = len(waiting) == BATCH
        is_erased = is_erased or any(one.is_erased for one in waiting)
        ids = {"ids": orjson.dumps([one.row_id for one in waiting]).decode()}
        if gone := connection.exec_driver_sql(_PLACES, ids).scalars().all():
            WORDS.take(connection, gone)
            connection.exec_driver_sql(_TAKE_PLACE, [{"place": place} for place in gone])
        _put(connection, connection.exec_driver_sql(_ROWS, ids).all(), ids)
        connection.exec_driver_sql(_DONE, ids)
    if is_erased:
        WORDS.rewrite(connection)


def _put(connection: Connection, rows: Sequence[Any], ids: dict[str, str]) -> None:
    if not rows:
        return
    seconds = [first_place(row.at) for row in rows]
    if connection.dialect.name == "sqlite":
        spots = [
            {"row_id": row.id, "first": first, "next": first + (1 << _TIES)}
            for row, first in zip(rows, seconds, strict=True)
        ]
        connection.exec_driver_sql(_PUT_PLACE, spots)
    else:
        connection.exec_driver_sql(_PUT_PLACES, {"rows": [row.id for row in rows], "firsts": seconds})
    places = {one.row_id: one.place for one in connection.exec_driver_sql(_PLACED, ids)}
    WORDS.put(connection, [search_tokens(row) | {"place": places[row.id]} for row in rows])


def first_place(at: Any) -> int:
    """Before the place of any record of that second (a stored instant or a datetime); 0 for what is no time."""
    try:
        moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
        return int(moment.timestamp()) << _TIES
    except (TypeError, ValueError, OverflowError):  # somebody altered the row outside the program
        return 0


def search_tokens(row: Any) -> dict[str, Any]:
    """What the index holds of a stored record, by column."""
    client = _plain(row.client_name)
    texts = [_plain(one) for one in (row.content, row.answer, row.village)]
    hidden = [found for one in texts for found in _HIDDEN.findall(one)]
    return {
        "client": " ".join(_tokens(client)),
        "initials": " ".join(initial_tokens(client)),
        "numbers": " ".join(_numbers(row, hidden)),
        "topics": _apart(_plain(row.topics).split('"')),
        "content": _apart(part for one in texts for part in _HIDDEN.split(one)),
        "site": site_token(_plain(row.site)),
    }


def _plain(value: Any) -> str:
    return "" if value is None else half_width(str(value))


def _apart(texts: Iterable[str]) -> str:
    """Of texts whose signs are half as wide already."""
    return f" {_BETWEEN} ".join(found for one in texts if (found := " ".join(_tokens(one))))


def tokens(words: str) -> list[str]:
    """Every character a token, a run of digits one; anything but letters and digits is left out.

    Other characters than ASCII by their number, so that SQLite needs to know nothing of them, rare ones included.
    """
    return _tokens(half_width(words))


class _Signs(dict[str, str]):
    """What stands in the index for a sign: a run of digits or letter for itself, any other by its number."""

    def __missing__(self, sign: str) -> str:
        if sign.isascii():
            return sign
        self[sign] = f"{ord(sign):x}"
        return self[sign]


_SIGN_TOKENS = _Signs()


def _tokens(plain: str) -> list[str]:
    return [_SIGN_TOKENS[one] for one in _TOKEN.findall(plain.lower())]


def initial_tokens(name: str) -> list[str]:
    """Every part of a name's initials that finds it."""
    return _parts(_letters(half_width(name)[:_LONGEST_INITIALS]))


def _letters(name: str) -> str:
    """The initials, read character by character: those are known by heart, while whole names are ever new ones."""
    given = "".join(
        initials(f"一{sign}")[1:] for sign in name[1:]
    )  # behind another, so that it is no surname
    return (initials(name[:1]) + given).lower()


def _parts(letters: str) -> list[str]:
    """Every part of at least two letters, so that initials are found from any character on."""
    sizes = range(2, len(letters) + 1)
    return [letters[start : start + size] for size in sizes for start in range(len(letters) - size + 1)]


def _numbers(row: Any, hidden: Iterable[str]) -> Iterable[str]:
    yield number_token(_plain(row.number))
    yield serial_token(_plain(row.serial))
    yield from personal_tokens((_plain(row.phone), _plain(row.id_number), *hidden))


def personal_tokens(numbers: Iterable[str]) -> Iterable[str]:
    """What finds telephone and identity numbers: each whole, and the last four of one long enough to be masked."""
    for number in numbers:
        bare = _bare(number)
        if bare:
            yield whole_token(bare)
        if len(bare) >= SHORTEST_ENDED:
            yield end_token(bare[-LAST:])


def _bare(number: str) -> str:
    return _SIGNS.sub("", number.lower())


def number_token(number: str) -> str:
    """A register's number, whole."""
    return "n" + "".join(tokens(number))


def serial_token(serial: str) -> str:
    """A serial number, with or without leading zeros."""
    return f"s{serial.lstrip('0')}"


def whole_token(number: str) -> str:
    """A telephone or identity number, whole."""
    return f"w{_bare(number)}"


def end_token(end: str) -> str:
    """The last four of one that is long enough to be masked (masking.means_number)."""
    return f"l{_bare(end)}"


def site_token(site: str) -> str:
    """A site's code as one token."""
    return site.replace("-", "x").lower()
