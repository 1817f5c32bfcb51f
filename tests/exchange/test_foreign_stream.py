"""A station's rightly signed bundle may carry no stream but its own (case 18)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bundle.drafts import ChangeSet, Recipients
from app.bundle.writing import write_bundle
from app.chain import GENESIS
from app.models.records import PeerKey
from app.services.exchange.export import _draft
from app.services.exchange.plan import plan_for
from tests.exchange.format_samples import entries
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.pair import county, station

__all__ = ["county", "station"]


@pytest.mark.parametrize("stream", [f"{LONGJU}/1/up", f"{JIEZHOU}/1/down", f"140802/1/down:{JIEZHOU}"])
def test_case_18_another_stream_under_ones_own_key_is_an_alarm(
    county: Place, station: Place, tmp_path: Path, stream: str
) -> None:
    with station.office._dispatcher.looking(station.actor) as look:
        plan = plan_for(look, look.session.query(PeerKey).filter_by(state="admitted").one())
        draft = _draft(look, plan)
        object.__setattr__(draft, "checkpoints", ())
        made = ChangeSet(stream, 1, 1, GENESIS, iter(entries(2, stream=stream)), {})
        with (tmp_path / "x.hmb").open("wb") as file:
            recipients = Recipients({plan.peer: plan.age_recipient}, plan.escrow)
            write_bundle(file, draft, [made], look.safe.site_keys, recipients)
    before = county.digest()
    [outcome] = county.take(tmp_path / "x.hmb")
    assert (outcome.outcome, outcome.code) == ("ALARM", "E724") and "不属于它的流水" in outcome.text
    assert county.digest() == before
