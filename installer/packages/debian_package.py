"""Writes the .deb: the program's folder, its entries in the menu, and what is done when it comes and goes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from app import __version__
from installer.packages.program import set_times, write_program
from installer.packages.targets import Target

BASE = "opt/huimin"
_CONTROL = """Package: huimin
Version: {version}
Architecture: {arch}
Maintainer: Huimin <huimin@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: cups-client, libsecret-1-0 | gnome-keyring
Section: office
Priority: optional
Description: offline program of township justice offices (惠民法律服务台)
 Duty rosters, free legal advice, subsidies, legal-aid cases and their exchange by stick.
 It asks for no network. Data lie in each user's home and outlive the package.
"""
_POSTINST = """#!/bin/sh
# Names the version to start: the packaged one, unless a stick has brought a later one.
set -e
base=/{base}
version={version}
[ "$1" = configure ] || exit 0
"$base/versions/$version/run" update choose $version --program $base
for update in update-mime-database:/usr/share/mime update-desktop-database:/usr/share/applications \\
    "gtk-update-icon-cache:-q -t -f /usr/share/icons/hicolor"; do
    command -v "${{update%%:*}}" >/dev/null && ${{update%%:*}} ${{update#*:}} || true
done
$base/huimin --data-dir "$(mktemp -u)" self-test || echo "huimin: the self-test found faults, see above." >&2
"""
_PRERM = """#!/bin/sh
# Takes away what updates off a stick have laid beside the packaged version; data are in the users' homes and stay.
set -e
if [ "$1" = remove ]; then
    cd /{base}
    rm -rf versions incoming updating current
    echo "惠民法律服务台已卸载。办公数据没有删除，在每个用户的 ~/.local/share/huimin 里。"
    echo "确认不再需要的，先备份，再由本人删除该文件夹。"
fi
"""


def write_deb(target: Target, tree: Path, share: Path, depends: list[str], out: Path, seconds: int) -> Path:
    """The package of the program's folder `tree` and of the files below `share`, which go to /usr/share and /usr/bin."""
    root = tree.parent / f"deb-{target.arch}"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(tree, root / BASE)
    (root / BASE / "current").unlink()
    shutil.copytree(share, root / "usr/share")
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/huimin").symlink_to(f"/{BASE}/huimin")
    control = root / "DEBIAN"
    control.mkdir()
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    text = _CONTROL.format(version=__version__, arch=target.arch, size=size, depends=", ".join(depends))
    (control / "control").write_text(text, encoding="utf-8")
    write_program(control / "postinst", _POSTINST.format(version=__version__, base=BASE))
    write_program(control / "prerm", _PRERM.format(base=BASE))
    set_times(root, seconds)
    made = out / f"huimin_{__version__}_{target.arch}.deb"
    call = [
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        "-z9",
        "--threads-max=2",
        "--build",
        str(root),
        str(made),
    ]
    # Else the moment of packing stands in the package.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(seconds)}
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, env=environment)
    shutil.rmtree(root)
    return made
