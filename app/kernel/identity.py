"""Which office this is."""

from __future__ import annotations

from dataclasses import dataclass

from app.values import Level

CENTRE = "-01"
"""What a bureau's code is followed by in the code of its own centre."""


@dataclass(frozen=True)
class OfficeIdentity:
    """The office a database belongs to; code is the bureau's or the station's."""

    code: str
    name: str
    level: Level
    parent: str
    pack_key: str
    epoch: int

    @property
    def is_bureau(self) -> bool:
        """A bureau imports what its children export, settles and pays."""
        return self.level is not Level.station

    @property
    def own_site(self) -> str:
        """Code of the duty site this office itself runs: a bureau's is its centre."""
        return self.code + CENTRE if self.is_bureau else self.code
