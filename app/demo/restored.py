"""Plays the loss of a station's computer: restored from a backup, approved by telephone, its month given back."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from app.demo.aftermath import decide_one_late_change, write_forgotten_month
from app.demo.month import Play
from app.demo.offices import ADMIN, PASSWORD, DemoOffice, carry_down, carry_up
from app.services.exchange.approve import Approved, ApproveEpoch
from app.services.exchange.outcome import Outcome
from app.services.office.office import open_office
from app.services.office.restore import restore_backup


def restore_station(play: Play) -> None:
    """The last station goes on from the backup it made before the month; what the county had of it comes back.

    Its bundle waits until the county has approved the new key's fingerprint, as with any office that was restored.
    """
    code, broken = list(play.stations.items())[-1]
    station = _from_backup(broken)
    play.stations[code] = station
    county = play.county.at(play.last_day + timedelta(days=7))
    station.at(play.last_day + timedelta(days=7))
    write_forgotten_month(play, station)
    [first] = carry_up(station, county, play.bundles)
    if first.outcome != Outcome.parked:
        play.refusals.append(first.text)
    read_out = station.office.safe.site_keys.public.fingerprint
    approved: Approved = county.do(ApproveEpoch(code, read_out))
    play.outcomes += [one for one in approved.outcomes if one.sha256 != first.sha256]
    [back] = carry_down(county, [station], play.bundles)
    play.outcomes.append(back)
    play.came_back = back.applied
    carry_up(station, county, play.bundles)
    decide_one_late_change(play, station)


def _from_backup(broken: DemoOffice) -> DemoOffice:
    """The computer is gone, with all but the backup that lay on the stick."""
    data = broken.office.data
    kept = Path(shutil.copy(min(data.backups.iterdir()), broken.stick))
    broken.office.close()
    shutil.rmtree(data.root)
    restore_backup(data, kept)
    office, actor = open_office(data, ADMIN, PASSWORD, broken.clock)
    return DemoOffice(office, actor, broken.clock, broken.stick, broken.recovery)
