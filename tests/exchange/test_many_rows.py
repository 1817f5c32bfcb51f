"""What a run of another office's rows costs and keeps: no row of it hinders another, and its words are found with it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, text

from app.models.many_rows import put_each
from app.services.consultations.register import Register
from tests.bench.many_consultations import fill_station
from tests.bench.report import counted
from tests.direct_rows import Write
from tests.exchange.offices import Place
from tests.exchange.pair import county, station

__all__ = ["county", "station"]
_PUT = "INSERT OR FAIL INTO search_place (place, row_id) VALUES (?, ?)"


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ([(1, "a"), (2, "a"), (3, "b")], [1]),
        ([(1, "a"), (1, "b"), (1, "c"), (4, "d")], [1, 2]),
        ([(1, "a"), (2, "b"), (3, "b")], [2]),
        ([(1, "a")], []),
        ([], []),
    ],
)
def test_a_row_that_breaks_a_rule_undoes_itself_alone(
    county: Place, rows: list[tuple[Any, ...]], broken: list[int]
) -> None:
    engine = county.office.database.writer
    event.listen(engine, "before_cursor_execute", _looks_at_the_rows)
    with engine.begin() as connection:
        found = put_each(connection, _PUT, rows)
        stored = connection.execute(text("SELECT count(*) FROM search_place")).scalar()
    event.remove(engine, "before_cursor_execute", _looks_at_the_rows)
    assert list(found) == broken and all("UNIQUE" in words for words in found.values())
    assert stored == len(rows) - len(broken)


def _looks_at_the_rows(_c: Any, _cursor: Any, _statement: str, rows: Any, _context: Any, _many: bool) -> None:
    list(rows)


def found(place: Place, words: str) -> set[str]:
    """Ids of the records that the words mean."""
    return {row.id for row in place.ask(Register(words=words)).rows}


def test_the_words_of_a_run_are_found_with_it_and_later_those_of_its_new_version(
    county: Place, station: Place
) -> None:
    fill_station(station.office, 3)
    change = "UPDATE consultation SET content = :words, client_name = '欧阳若兰' WHERE id = 'bench-00000001'"

    def write(words: str) -> None:
        station.do(Write(lambda session: session.execute(text(change), {"words": words}) and None))

    write("甪直镇的遗嘱")
    assert county.take(station.export()[0].file)[0].applied == 4
    assert found(county, "甪直") == found(county, "oyrl") == {"bench-00000001"}
    assert len(county.ask(Register()).rows) == 3 and county.count("unindexed") == 0
    write("商标")
    county.take(station.export()[0].file)
    assert (found(county, "甪直"), found(county, "商标")) == (set(), {"bench-00000001"})
    assert county.count("search_place") == 3


def test_a_run_of_rows_is_stored_without_a_savepoint(county: Place, station: Place) -> None:
    fill_station(station.office, 30)
    with counted(county.office.database.writer) as sent:
        assert county.take(station.export()[0].file)[0].applied == 30
    assert not [statement for statement, _ in sent if "SAVEPOINT" in statement]
    assert sum("unindexed" in statement for statement, _ in sent) == 3


def test_an_export_looks_for_entries_that_are_too_long_in_indexes_of_their_own(station: Place) -> None:
    with counted(station.office.database.reader) as sent:
        station.export()
    [(query, asked)] = {one for one in sent if "length(body)" in one[0]}
    with station.office.database.reader.connect() as connection:
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", asked))
    assert "ix_change_entry_long" in plan and "ix_change_personal_long" in plan
