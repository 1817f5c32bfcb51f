"""Opens a written workbook again and goes through all of it, holding none: whole, well-formed, every row there."""

from __future__ import annotations

from pathlib import Path
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

_PIECE = 256 * 1024


def open_again(path: Path, least_rows: int) -> None:
    """Raises ValueError, or what the ZIP's, XML's or workbook's reader raises, where it is not whole."""
    from openpyxl import load_workbook

    with ZipFile(path) as archive:
        for name in archive.namelist():
            found = (
                _elements(archive, name, "row") if name.startswith("xl/worksheets/") else _read(archive, name)
            )
            if name == "xl/worksheets/sheet1.xml" and found < least_rows:
                raise ValueError(f"{found} rows found, {least_rows} written")
    with path.open("rb") as stream:
        load_workbook(stream, read_only=True).close()


def _read(archive: ZipFile, name: str) -> int:
    """Bytes of a member; its check sum is compared at its end."""
    with archive.open(name) as member:
        return sum(map(len, iter(lambda: member.read(_PIECE), b"")))


def _elements(archive: ZipFile, name: str, tag: str) -> int:
    """How many elements of a tag a member's XML has."""
    found = 0

    def begun(element: str, _attributes: dict[str, str]) -> None:
        nonlocal found
        found += element == tag

    parser = ParserCreate()
    parser.StartElementHandler = begun
    with archive.open(name) as member:
        while piece := member.read(_PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found
