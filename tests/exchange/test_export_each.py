"""Exports to several receivers: one's failure stops nobody else, and no single record stops a county (case 46)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text, update

from app.errors import Refused
from app.kernel import dispatcher as dispatch
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.organisation import Person
from app.models.records import PeerKey
from tests.exchange.forging import Note
from tests.exchange.offices import JIEZHOU, LONGJU, Place

Three = tuple[Place, Place, Place]
LONG = "长" * 1_500_000
"""4.5 MB of UTF-8, more than a line of a bundle may have."""


@dataclass(frozen=True)
class NoteText:
    """Enter a person with a long personal text, or a long open one."""

    name: str = "卫明"
    organisation: str = ""


@handles(NoteText, title="记一段文字", permission=Permission.MANAGE_PEOPLE)
def note_text(work: Work, command: NoteText) -> str:
    """A row, to have something that is too long."""
    return str(work.add(Person(name=command.name, kind="律师", organisation=command.organisation)).id)


def spoil_key(county: Place, site: str) -> None:
    with county.office.database.writer.begin() as connection:
        connection.execute(update(PeerKey).where(PeerKey.site == site).values(age_recipient="age1none"))


def test_case_46_a_receiver_without_a_usable_key_is_reported_and_the_other_gets_its_file(
    three: Three,
) -> None:
    county, jiezhou, _ = three
    spoil_key(county, LONGJU)
    found = {item.recipient: item for item in county.export()}
    assert found[LONGJU].code == "E708" and not found[LONGJU].is_written
    assert found[JIEZHOU].is_written and jiezhou.take(found[JIEZHOU].file)[0].outcome == "APPLIED"
    assert [path.name for path in county.stick.iterdir()] == [Path(found[JIEZHOU].file).name]


def test_an_export_that_reached_nobody_is_refused_and_names_each(three: Three) -> None:
    county, _, _ = three
    for site in (JIEZHOU, LONGJU):
        spoil_key(county, site)
    with pytest.raises(Refused) as refusal:
        county.export()
    assert len(refusal.value.problems) == 2 and list(county.stick.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "field"), [(NoteText(name=LONG), "姓名或名称"), (NoteText(organisation=LONG), "所属机构")]
)
def test_a_record_no_bundle_can_carry_is_refused_where_it_is_written(
    three: Three, command: NoteText, field: str
) -> None:
    _, station, _ = three
    before = station.digest()
    with pytest.raises(Refused) as refusal:
        station.do(command)
    assert refusal.value.code == "E943" and f"人员的“{field}”太长（4.3 MB）" in refusal.value.message
    assert station.digest() == before


def test_an_older_record_that_is_too_long_goes_without_its_text_and_the_rest_goes_too(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    with monkeypatch.context() as unlimited:
        unlimited.setattr(dispatch, "ENTRY_BYTES", 2**40)
        row = station.do(NoteText(name=LONG))
    station.do(Note("乙"))
    [sent] = station.export()
    assert sent.entries == 3 and len(sent.set_aside) == 1 and row in sent.set_aside[0]
    assert county.take(sent.file)[0].outcome == "APPLIED"
    with county.office.database.reader.connect() as connection:
        names = connection.execute(text("SELECT name FROM person ORDER BY id")).scalars().all()
    assert names == ["甲", None, "乙"]


def test_an_older_record_whose_body_is_too_long_holds_up_only_what_follows_it(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    with monkeypatch.context() as unlimited:
        unlimited.setattr(dispatch, "ENTRY_BYTES", 2**40)
        station.do(NoteText(organisation=LONG))
    station.do(Note("乙"))
    [sent] = station.export()
    assert sent.entries == 1 and "从这一条起没有导出" in sent.set_aside[0]
    assert county.take(sent.file)[0].outcome == "APPLIED"
    assert county.count("person") == 1
