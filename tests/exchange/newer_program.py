"""A program of contract 2, made from this one by what a later release would change: columns, words, a tiny table."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.models.migrate import HEAD
from app.models.schema import CONTRACT
from app.paths import resources
from tests.exchange.offices import Place

APP = Path(__file__).parents[2] / "app"
STEPS = Path(__file__).with_name("newer_steps.py")
NEXT = f"{int(HEAD) + 1:04d}"

TINY = '''"""Lanterns lent by a station, only there to show what a travelling table takes."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, Shared
from app.models.travelling import shared


class Tiny(Shared, Base):
    """One lantern."""

    __tablename__ = "tiny"
    audience = Audience(station="up", bureau="local")
    title = "灯笼"
    counted_as = "lanterns"

    site: Mapped[str] = shared("站点", refers_to="site")
    lamps: Mapped[int] = shared("盏数", adds="lamps")
'''
"""The whole of a travelling table: one mapped class, in a module of its own. The migration lays it in the file."""

MIGRATION = f'''"""A tiny table, a colour of duties and another name of people."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "tiny",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("writer", sa.String(16), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("lamps", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tiny")),
    )
    op.add_column("duty", sa.Column("colour", sa.String(), nullable=False, server_default="白"))
    op.add_column("person", sa.Column("other_name", sa.String(), nullable=True))
    op.add_column("leave", sa.Column("days", sa.Integer(), nullable=False, server_default="1"))
'''

CHANGES = (
    ("models/schema.py", f"CONTRACT = {CONTRACT}\n", f"CONTRACT = {CONTRACT + 1}\n"),
    (
        "models/duties.py",
        '    note: Mapped[str] = shared("备注", default="")\n',
        '    note: Mapped[str] = shared("备注", default="")\n'
        f'    colour: Mapped[str] = shared("颜色", default="白", since={CONTRACT + 1})\n',
    ),
    (
        "models/organisation.py",
        '    inactive_reason: Mapped[str] = shared("停用原因", default="")\n',
        '    inactive_reason: Mapped[str] = shared("停用原因", default="")\n'
        f'    other_name: Mapped[str | None] = shared("别名", personal=True, since={CONTRACT + 1})\n',
    ),
    (
        "models/organisation.py",
        '    is_cancelled: Mapped[bool] = shared("已销假", Flag, default=False)\n',
        '    is_cancelled: Mapped[bool] = shared("已销假", Flag, default=False)\n'
        f'    days: Mapped[int] = shared("天数", default=1, since={CONTRACT + 1})\n',
    ),
    ("values.py", '    outreach = "下乡"\n', '    outreach = "下乡"\n    night = "夜间值班"\n'),
    (
        "models/upcasts.py",
        "Callable[[Values], Values]] = {}\n",
        "Callable[[Values], Values]] = {\n"
        f'    ("duty", {CONTRACT}): lambda row: {{**row, "colour": "绿" if row["kind"] == "下乡" else "白"}}\n}}\n',
    ),
)
"""File below app/, what stands there, and what a later release has there instead."""


class NewerProgram:
    """The tree of a program one contract ahead, run in processes of its own."""

    def __init__(self, root: Path):
        self.root = root
        shutil.copytree(APP, root / "app", ignore=shutil.ignore_patterns("__pycache__"))
        (root / "resources").symlink_to(resources(), target_is_directory=True)
        for name, old, new in CHANGES:
            file = root / "app" / name
            before = file.read_text("utf-8")
            assert before.count(old) == 1, f"{name} no longer has {old!r}"
            file.write_text(before.replace(old, new), "utf-8")
        (root / "app/models/tiny.py").write_text(TINY, "utf-8")
        (root / f"app/models/migrations/versions/m{NEXT}_tiny.py").write_text(MIGRATION, "utf-8")

    def run(self, place: Place, **steps: Any) -> dict[str, Any]:
        """Close the place's office here, open it there, do the steps; what they gave. It stays closed."""
        place.office.close()
        office = {
            "folder": str(place.office.data.root),
            "key": place.office.safe.key.hex(),
            "at": place.clock.at.isoformat(),
        }
        done = subprocess.run(
            [sys.executable, str(STEPS)],
            input=json.dumps({**office, **steps}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(self.root)},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert not done.stderr, done.stderr
        return dict(json.loads(done.stdout))
