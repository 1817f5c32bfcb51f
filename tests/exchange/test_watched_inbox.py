"""A watched folder: only what came whole is taken, each once, and a bad file hinders nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Refused
from app.services.exchange.outcome import Outcome
from app.services.exchange.watched import TakeFromInbox
from tests.exchange.offices import Place
from tests.exchange.pair import TypePerson


def test_whole_files_are_taken_once_and_partial_ones_left(
    three: tuple[Place, Place, Place], tmp_path: Path
) -> None:
    county, station, _ = three
    inbox = tmp_path / "in"
    inbox.mkdir()
    assert county.do(TakeFromInbox(inbox)) == ()
    station.do(TypePerson("王一"))
    content = Path(station.export()[0].file).read_bytes()
    (inbox / "12345678.hmb.0123456789abcdef.part").write_bytes(content)
    assert county.do(TakeFromInbox(inbox)) == ()
    (inbox / "00000000.hmb").write_bytes(b"no bundle")
    (inbox / "12345678.hmb").write_bytes(content)
    (inbox / "99999999.hmb").symlink_to(inbox / "12345678.hmb")
    refused, taken = county.do(TakeFromInbox(inbox))
    assert refused.outcome == Outcome.refused
    assert taken.outcome == Outcome.applied
    assert county.do(TakeFromInbox(inbox)) == ()
    assert len(list(inbox.iterdir())) == 4


def test_a_folder_that_is_gone_is_said(three: tuple[Place, Place, Place], tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        three[0].do(TakeFromInbox(tmp_path / "gone"))
    assert refusal.value.code == "E763"
