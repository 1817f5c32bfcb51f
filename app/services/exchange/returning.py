"""Sends entries that cannot become rows here back to their writer, by id and with the reason (case 63)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.bundle.entries import LogEntry
from app.kernel.work import Work
from app.models.records import ReturnedEntry


def return_entries(work: Work, site: str, entries: Sequence[LogEntry], faults: Mapping[int, str]) -> None:
    """A row of our own for each faulty one, by its place among the entries; it travels down with the next reply."""
    for place, fault in faults.items():
        fields = entries[place].fields
        work.add(
            ReturnedEntry(
                site=site,
                stream=fields["stream"],
                seq=fields["seq"],
                table=fields["table"],
                row_id=fields["id"],
                version=fields["version"],
                fault=fault,
                returned_at=work.now.at,
            )
        )
