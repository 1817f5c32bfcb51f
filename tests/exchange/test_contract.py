"""The travelling columns are those of the contract that offices agreed on, and declare themselves wholly (case 52)."""

from __future__ import annotations

import copy

from sqlalchemy.orm import class_mapper

from app.models.schema import CONTRACT, shared_classes, table
from app.models.travelling import declared_columns, stored_default, travelling
from app.models.upcasts import UPCASTS
from app.services.exchange.row_values import check_value
from tests.exchange.agreed import WRITE, differences, file_of, present, written

WHAT_TO_DO = f"""
Travelling columns differ from contract {CONTRACT}, which other offices read by. Raise CONTRACT in app/models/schema.py by
one; give each new column `since=` that number and a default in its shared(...); put what no default can say into
UPCASTS of app/models/upcasts.py; then write the new contract down: `{WRITE}`. Never change a written one."""


def test_case_52_the_shared_columns_are_those_of_the_contract() -> None:
    assert file_of(CONTRACT).exists(), f"contract {CONTRACT} is not written down: run `{WRITE}`"
    changed = list(differences(written()[CONTRACT], present()))
    assert not changed, "\n".join([WHAT_TO_DO, *changed])


def test_every_contract_up_to_the_present_one_is_kept() -> None:
    assert list(written()) == list(range(1, CONTRACT + 1))


def test_a_changed_column_is_told_apart() -> None:
    agreed, now = present(), copy.deepcopy(present())
    now["duty"]["columns"]["kind"]["words"].append("新词")
    now["punch"]["columns"]["colour"] = now["punch"]["columns"]["origin"]
    now["leave"]["station"] = "local"
    del now["site"]
    told = "\n".join(differences(agreed, now))
    assert "duty.kind was" in told and "punch.colour was None" in told and "station of leave was 'up'" in told
    assert "table site is gone" in told and len(told.splitlines()) == 4


def test_case_52_a_column_came_with_the_contract_that_first_had_it() -> None:
    contracts = written()
    for name, told in present().items():
        for column, declared in told["columns"].items():
            first = next(
                n for n, one in contracts.items() if column in one.get(name, {"columns": ()})["columns"]
            )
            came_with_its_table = name not in contracts.get(first - 1, {})
            assert declared["since"] == first or came_with_its_table, (
                f"{name}.{column} came with contract {first}"
            )


def test_a_later_column_has_a_default_that_a_row_can_hold() -> None:
    for name in shared_classes():
        for column in table(name).columns:
            if travelling(column).since > 1:
                check_value(table(name), column.name, stored_default(column))


def test_every_shared_table_and_column_has_a_title() -> None:
    for name, kind in shared_classes().items():
        assert kind.title and all(told.title for told in declared_columns(table(name)).values())
        assert class_mapper(kind).local_table is table(name)


def test_references_name_shared_tables() -> None:
    named = {told.refers_to for name in shared_classes() for told in declared_columns(table(name)).values()}
    assert named - {""} <= set(shared_classes())


def test_upcasts_are_for_tables_and_contracts_that_were_written_down() -> None:
    assert all(name in written()[contract] for name, contract in UPCASTS)
