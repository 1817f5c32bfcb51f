"""Copies the tables of an office on a server into an encrypted file as any office has one, so that each restores the other."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.errors import Refused
from app.kernel.work import Look
from app.models.copies import copy_database
from app.models.engine import open_database
from app.models.migrate import bring_up_to_date
from app.models.moving import NotTheSame, copy_rows


def tables_bytes(look: Look) -> int:
    """How much room the tables take."""
    if not look.safe.data.server.exists():
        return look.safe.data.database.stat().st_size
    from app.models.postgres.place import size_bytes

    return size_bytes(look.session.connection())


def copy_to_file(look: Look, target: Path) -> None:
    """One state of the tables, compared row by row, under the office's key. Raises Refused E914.

    Made on this computer first, for the medium may have no room for the way a file is written row by row.
    """
    with tempfile.TemporaryDirectory(prefix="huimin-") as folder:
        made = Path(folder) / target.name
        database = open_database(made, look.safe.key)
        try:
            bring_up_to_date(database)
            with database.writer.begin() as writing:
                copy_rows(look.session.connection(), writing, lambda done, total, words: None)
        except NotTheSame as fault:
            raise Refused("E914", "备份读回核对不符，没有留下这份备份。请检查磁盘后重试。") from fault
        finally:
            database.close()
        copy_database(made, look.safe.key, target, look.safe.key)
