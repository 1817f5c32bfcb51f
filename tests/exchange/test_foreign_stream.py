"""A station's rightly signed bundle may carry no stream but its own (case 18)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bundle.drafts import ChangeSet
from app.chain import GENESIS
from tests.exchange.forging import bundle_with
from tests.exchange.format_samples import entries
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.pair import county, station

__all__ = ["county", "station"]


@pytest.mark.parametrize("stream", [f"{LONGJU}/1/up", f"{JIEZHOU}/1/down", f"140802/1/down:{JIEZHOU}"])
def test_case_18_another_stream_under_ones_own_key_is_an_alarm(
    county: Place, station: Place, tmp_path: Path, stream: str
) -> None:
    made = ChangeSet(stream, 1, 1, GENESIS, iter(entries(2, stream=stream)), {})
    before = county.digest()
    [outcome] = county.take(bundle_with(station, tmp_path / "x.hmb", made))
    assert (outcome.outcome, outcome.code) == ("ALARM", "E724") and "不属于它的流水" in outcome.text
    assert county.digest() == before
