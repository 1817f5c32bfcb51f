"""An installed program as small as one can be: a version is a script that says its number, and a file to unpack."""

from __future__ import annotations

import json
from pathlib import Path

from app.models.migrate import HEAD
from app.services.update.install import own_arch
from app.services.update.installation import Installation
from app.services.update.make import make_key, make_update

FIRST, SECOND, THIRD = "0.1.0", "0.2.0", "0.3.0"
COUNTERS = {FIRST: 1, SECOND: 2, THIRD: 3}


def version_folder(folder: Path, version: str, *, schema: str = HEAD, **changed: object) -> Path:
    """The folder of a version that starts."""
    folder.mkdir(parents=True)
    run = folder / "run"
    run.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    run.chmod(0o755)
    (folder / "site").mkdir()
    (folder / "site" / "文件 一.txt").write_text(f"第 {version} 版\n" * 500, encoding="utf-8")
    (folder / "site" / "empty.txt").touch()
    release = {
        "version": version,
        "system": "linux",
        "arch": own_arch(),
        "counter": COUNTERS[version],
        "schema": schema,
    }
    (folder / "release.json").write_text(json.dumps({**release, **changed}), encoding="utf-8")
    return folder


def installed(base: Path, version: str = FIRST) -> Installation:
    """A program folder with one version in it."""
    place = Installation(base)
    version_folder(place.folder(version), version)
    place.switch(version, "")
    return place


class Maker:
    """Who signs updates, with a key of its own."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.secret, public = make_key(folder, "release")
        self.keys = (public.read_text("utf-8").strip(),)

    def update(self, version: str = SECOND, *, least: int = 1, **changed: object) -> Path:
        """An update file of a version; changed: what its release.json says otherwise."""
        place = self.folder / f"made-{version}-{len(list(self.folder.iterdir()))}"
        version_folder(place / "tree", version, **changed)  # type: ignore[arg-type]
        return make_update(place / "tree", place, self.secret, f"第 {version} 版\n修正签到", least)


def started(place: Installation) -> str:
    """What the program says that would be started now."""
    import subprocess

    version = place.named()[0]
    done = subprocess.run([str(place.folder(version) / "run")], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
