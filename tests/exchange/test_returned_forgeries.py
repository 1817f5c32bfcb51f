"""What a partner may try with entries that come back, each rightly signed by it and by this office's own key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.bundle.drafts import ChangeSet
from app.bundle.entries import LogEntry
from app.bundle.keys import SiteKeys
from app.bundle.manifest import RETURNED
from app.bundle.signing import Checkpoint
from app.canonical import decode
from app.chain import GENESIS
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.totals import ControlTotals
from tests.exchange.forging import bundle_with
from tests.exchange.format_samples import OTHER, entries
from tests.exchange.offices import LONGJU, Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import rows

__all__ = ["county", "station"]
OURS = "140802/9/down"
"""A stream of the county's in an epoch that it lost."""
HELD = "SELECT stream, seq, hash FROM change_entry WHERE stream = '140802/9/down' ORDER BY seq"


class Giver:
    """The station, which gives back entries under a word that one of the county's keys signed."""

    def __init__(self, county: Place, station: Place, folder: Path):
        self.county, self.station, self.folder = county, station, folder

    def give(
        self,
        stream: str,
        made: Sequence[LogEntry],
        *,
        first: int = 1,
        previous: bytes = GENESIS,
        keys: SiteKeys | None = None,
    ) -> BundleOutcome:
        """What came of it. keys: who signed for the head, the county where nobody else did."""
        signing = (keys or self.county.office.safe.site_keys).signing
        last = first + len(made) - 1
        proof = Checkpoint.signed(signing, stream, last, made[-1].hash).signature
        totals = ControlTotals()
        for entry in made:
            totals.take(decode(entry.body))
        part = ChangeSet(stream, 9, first, previous, iter(made), totals.sums, RETURNED, proof)
        [outcome] = self.county.take(bundle_with(self.station, self.folder / "x.hmb", part))
        return outcome

    def refused(self, code: str, stream: str, made: Sequence[LogEntry], **how: Any) -> None:
        """The county's database stays as it was."""
        before = self.county.digest()
        outcome = self.give(stream, made, **how)
        assert outcome.code == code
        assert self.county.digest() == before


@pytest.fixture
def giver(county: Place, station: Place, tmp_path: Path) -> Giver:
    return Giver(county, station, tmp_path)


def test_what_the_office_signed_in_a_lost_epoch_comes_back(giver: Giver) -> None:
    made = entries(3, stream=OURS)
    assert giver.give(OURS, made[:2]).outcome == "APPLIED"
    assert giver.give(OURS, made[2:], first=3, previous=made[1].hash).outcome == "APPLIED"
    assert rows(giver.county, HELD) == [(OURS, seq, entry.hash) for seq, entry in enumerate(made, 1)]


@pytest.mark.parametrize(
    "stream",
    [f"{LONGJU}/9/down", "140802/1/down", f"140802/9/down:{LONGJU}", "140802/9/up", "140802/9/local"],
    ids=["of another office", "of the present epoch", "for another station", "for the city", "for nobody"],
)
def test_nothing_comes_back_of_a_stream_that_did_not_go_there_in_a_lost_epoch(
    giver: Giver, stream: str
) -> None:
    giver.refused("E793", stream, entries(2, stream=stream))


def test_nothing_comes_back_that_no_key_of_the_office_signed(giver: Giver) -> None:
    giver.refused("E793", OURS, entries(2, stream=OURS), keys=OTHER)
    giver.refused("E793", OURS, entries(2, stream=OURS), keys=giver.station.office.safe.site_keys)


def test_what_comes_back_beyond_a_gap_waits(giver: Giver) -> None:
    made = entries(3, stream=OURS)
    giver.refused("E721", OURS, made[2:], first=3, previous=made[1].hash)
    assert giver.give(OURS, made[:2]).outcome == "APPLIED"
    assert len(rows(giver.county, HELD)) == 3, "the file that waited followed"


def test_what_comes_back_goes_on_from_the_history_held(giver: Giver) -> None:
    giver.give(OURS, entries(2, stream=OURS))
    other = entries(3, stream=OURS, extra={"by": "somebody"})
    giver.refused("E702", OURS, other[2:], first=3, previous=other[1].hash)


def test_what_comes_back_again_is_what_is_held(giver: Giver) -> None:
    giver.give(OURS, entries(2, stream=OURS))
    giver.refused("E702", OURS, entries(3, stream=OURS, extra={"by": "somebody"}))
