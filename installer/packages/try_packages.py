"""`make test-packages`: what the .deb and the archive do in a bare Debian 12 without Python; prints a table."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app import RELEASE, __version__
from app.services.update.make import make_key, make_update
from installer.packages.__main__ import BUILD, OUT
from installer.packages.program import compile_all, set_times

ROOT = BUILD / "bare"
BASE = ROOT / "opt" / "huimin"
NEXT = "9.0.1"
KILLS = 20
DATA, PASSWORD = "/srv/data", "Yanhu-2022"
_PLAIN = {
    "HOME": "/srv",
    "LANG": "C.UTF-8",
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "QT_QPA_PLATFORM": "offscreen",
}


def main() -> int:
    """Run every trial; 1 where one of them failed."""
    made = OUT / f"huimin_{__version__}_amd64.deb"
    _bare_system()
    key = _make_update()
    trials: list[tuple[str, Callable[[], str]]] = [
        ("没有 Python 的 Debian 12", _has_no_python),
        ("安装 .deb", lambda: _install(made)),
        ("办公窗口（offscreen）", lambda: _last_line(_huimin("check", "--windows"))),
        ("自检", lambda: _self_test("huimin")),
        ("小演示", _demo),
        ("建办公点", _init_office),
        ("没有公钥，拒绝更新", _without_key),
        ("更新到下一版（先备份）", lambda: _update(key)),
        ("退回上一版", _roll_back),
        (f"更新时杀 {KILLS} 次", _killed_updates),
        (f"退回时杀 {KILLS} 次", _killed_ways_back),
        ("解开的 tar", _archive),
        ("卸载，数据还在", _remove),
    ]
    failed = 0
    for title, trial in trials:
        begun = time.monotonic()
        try:
            told, state = trial(), "✓"
        except (AssertionError, subprocess.CalledProcessError, OSError, ValueError) as fault:
            told, state, failed = f"{fault} {getattr(fault, 'stderr', '') or ''}"[:600], "✕", failed + 1
        sys.stdout.write(f"{state} {title:26} {time.monotonic() - begun:6.1f} s  {told}\n")
        sys.stdout.flush()
    return 1 if failed else 0


def _bare_system() -> None:
    """Debian 12 as it comes, kept for the next run and copied for this one."""
    saved = BUILD / "bare-debian"
    if not (saved / "etc/debian_version").exists():
        subprocess.run(
            ["debootstrap", "--variant=minbase", "bookworm", str(saved)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    shutil.rmtree(ROOT, ignore_errors=True)
    subprocess.run(["cp", "-a", str(saved), str(ROOT)], check=True)
    for name in ("etc/resolv.conf", "etc/apt/sources.list.d/debian.sources"):
        if Path("/", name).exists():
            shutil.copy(Path("/", name), ROOT / name)
    if (ROOT / "etc/apt/sources.list.d/debian.sources").exists():
        (ROOT / "etc/apt/sources.list").write_text("", encoding="utf-8")


def _make_update() -> str:
    """A later version as an update, signed by a key of this run; the public key, hexadecimal."""
    work = BUILD / "updates"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    secret, public = make_key(work, "trial")
    tree = work / NEXT
    shutil.copytree(BUILD / "huimin-linux-amd64" / "versions" / __version__, tree)
    told = tree / "site/app/__init__.py"
    text = told.read_text(encoding="utf-8").replace(__version__, NEXT)
    told.write_text(re.sub(r"RELEASE = \d+", f"RELEASE = {RELEASE + 1}", text), encoding="utf-8")
    release = json.loads((tree / "release.json").read_text(encoding="utf-8"))
    release |= {"version": NEXT, "counter": RELEASE + 1}
    (tree / "release.json").write_text(json.dumps(release), encoding="utf-8")
    shutil.copy(public, tree / "site/app/_resources/release-keys")
    compile_all(tree / "site/app")
    set_times(tree, 0)
    shutil.copy(make_update(tree, work, secret, "试验", 1, level=3), ROOT / "srv/update.hmu")
    shutil.rmtree(tree)
    return public.read_text(encoding="utf-8")


def _run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run in the bare system. Raises CalledProcessError."""
    return subprocess.run(
        ["chroot", str(ROOT), *words], env={**_PLAIN, **more}, capture_output=True, text=True, check=True
    )


def _huimin(*words: str, program: str = "huimin") -> str:
    return _run(program, "--data-dir", DATA, *words, HUIMIN_PASSWORD=PASSWORD).stdout


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1]


def _has_no_python() -> str:
    found = [path.name for path in (ROOT / "usr/bin").glob("python*")]
    assert not found, found
    return (ROOT / "etc/debian_version").read_text(encoding="utf-8").strip()


def _install(package: Path) -> str:
    shutil.copy(package, ROOT / "srv")
    _run("apt-get", "update", "-qq")
    done = _run(
        "apt-get",
        "install",
        "-y",
        "--no-install-recommends",
        f"/srv/{package.name}",
        DEBIAN_FRONTEND="noninteractive",
    )
    assert "✕" not in done.stdout and f"启动的是 {__version__}" in done.stdout, done.stdout[-800:]
    return f"{_run('huimin', '--version').stdout.strip()}，装完自检过"


def _self_test(program: str) -> str:
    text = _huimin("self-test", "--windows", program=program)
    assert "✕" not in text, text
    return f"{text.count('✓')} 项都过"


def _demo() -> str:
    _run("huimin", "demo", "--out", "/srv/demo", "--small")
    return f"{sum(path.is_file() for path in (ROOT / 'srv/demo').rglob('*'))} 个文件"


def _init_office() -> str:
    _huimin("init", "--pack", "yuncheng-2022", "--site", "140802", "--admin", "admin")
    return _last_line(_huimin("setting", "set", "service_phone", "12348"))


def _refused(*words: str) -> str:
    done = subprocess.run(
        ["chroot", str(ROOT), "huimin", "--data-dir", DATA, *words],
        env={**_PLAIN, "HUIMIN_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    return done.stderr.strip()[:40]


def _without_key() -> str:
    return _refused("update", "install", "/srv/update.hmu")


def _version() -> str:
    return _run("huimin", "--version").stdout.strip()


def _update(key: str) -> str:
    place = BASE / "versions" / __version__ / "site/app/_resources/release-keys/trial.pub"
    place.write_text(key, encoding="utf-8")
    told = _last_line(_huimin("update", "install", "/srv/update.hmu"))
    assert _version() == NEXT, _version()
    assert "12348" in _huimin("setting", "list"), "data"
    return told


def _roll_back() -> str:
    told = _last_line(_huimin("update", "rollback"))
    assert _version() == __version__ and "12348" in _huimin("setting", "list")
    return told


def _data() -> dict[str, bytes]:
    folder = ROOT / DATA[1:]
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _killed(words: tuple[str, ...], seconds: float) -> bool:
    """Start a command and kill it with all it started; whether it was still at work."""
    process = subprocess.Popen(
        ["chroot", str(ROOT), "huimin", "--data-dir", DATA, *words],
        env={**_PLAIN, "HUIMIN_PASSWORD": PASSWORD},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def _killed_updates() -> str:
    """Killed at moments spread over the whole; whichever version is named starts, and the data are as they were."""
    words = ("update", "install", "--program-only", "/srv/update.hmu")
    begun = time.monotonic()
    _huimin(*words)
    whole = time.monotonic() - begun
    _huimin("update", "rollback")
    before, chance, struck, ends = _data(), random.Random(1), 0, set()
    for number in range(KILLS):
        struck += _killed(words, whole * (number + chance.random()) / KILLS)
        ends.add(_version())
        assert _data() == before, "data changed"
        if _version() != __version__:
            _huimin("update", "rollback")
    _huimin(*words)
    assert _version() == NEXT
    _huimin("update", "rollback")
    assert ends <= {__version__, NEXT}
    return f"{struck} 次杀在半途，每次都能打开（{'、'.join(sorted(ends))}），数据没变，重做成功"


def _killed_ways_back() -> str:
    words, before, struck = ("update", "rollback"), _data(), 0
    _huimin("update", "install", "--program-only", "/srv/update.hmu")
    forward = (BASE / "current").read_bytes()
    begun = time.monotonic()
    _huimin(*words)
    whole = time.monotonic() - begun
    for number in range(KILLS):
        if _version() == __version__:
            (BASE / "current").write_bytes(forward)
        struck += _killed(words, whole * (number + 1) / KILLS)
        assert _version() in (__version__, NEXT) and _data() == before
    if _version() == NEXT:
        _huimin(*words)
    assert _version() == __version__
    return f"{struck} 次杀在半途，每次都能打开，数据没变"


def _archive() -> str:
    name = f"huimin-{__version__}-linux-amd64"
    subprocess.run(["tar", "-C", str(ROOT / "srv"), "-xf", str(OUT / f"{name}.tar.xz")], check=True)
    return _self_test(f"/srv/{name}/huimin")


def _remove() -> str:
    before = _data()
    done = _run("apt-get", "remove", "-y", "huimin", DEBIAN_FRONTEND="noninteractive")
    assert _data() == before and "没有删除" in done.stdout, done.stdout[-400:]
    left = sorted(path.name for path in BASE.iterdir()) if BASE.exists() else []
    assert not left, left
    return "程序文件夹没有了"


if __name__ == "__main__":
    raise SystemExit(main())
