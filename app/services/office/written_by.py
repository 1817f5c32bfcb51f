"""Notes beside the database which schema it has, so that a version that cannot read it is known without its key."""

from __future__ import annotations

import orjson

from app import __version__
from app.models.migrate import HEAD
from app.paths import DataDir
from app.safe_write import write_safely


def note_schema(data: DataDir) -> None:
    """Put down that the database has this program's schema; nothing is written where that stands there already."""
    if schema_of(data) != HEAD:
        content = orjson.dumps({"schema": HEAD, "version": __version__})
        write_safely(data.written_by, content, is_private=True)


def schema_of(data: DataDir) -> str:
    """Revision of the data as last noted; "" where nothing is."""
    try:
        return str(orjson.loads(data.written_by.read_bytes())["schema"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
