"""Opens a bundle file with this office's keys, as its recipient or as the one that wrote it."""

from __future__ import annotations

from typing import BinaryIO

from app.bundle.reading import BundleReader, open_bundle
from app.kernel.work import Look
from app.models.schema import CONTRACT

NOT_FOR_US = "E704"


def open_received(look: Look, file: BinaryIO) -> BundleReader:
    """As the recipient opens it. Raises the file's faults, E704 for one that is not addressed to this office."""
    return open_bundle(file, look.safe.site_keys, contract=CONTRACT, site=look.office.code)


def open_own(look: Look, file: BinaryIO) -> BundleReader:
    """As the sender opens it. Raises the file's faults."""
    return open_bundle(file, look.safe.site_keys, contract=CONTRACT, role="sender")
