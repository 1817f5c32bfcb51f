"""Loads a policy pack from its TOML file, and refuses one that does not hold together."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from app.errors import Refused
from app.paths import resources
from app.rules.policy import read
from app.rules.policy.clauses import ClauseBook, read_clauses
from app.rules.policy.fields import TomlTable
from app.rules.policy.inherit import PARTS, inherit
from app.rules.policy.pack import Pack
from app.rules.policy.parts import SECTIONS, Figure, NamedList, PersonnelRule
from app.rules.policy.read_tree import read_sites, read_targets
from app.rules.policy.settings import PackSetting
from app.rules.policy.totals import refuse_wrong_totals

COMMON = "common"
"""The file below `shared/` whose readings stand under every pack."""


@dataclass(frozen=True)
class _Body:
    """What a pack file and the common file both hold."""

    clauses: Mapping[str, str]
    figures: Mapping[str, Figure]
    lists: Mapping[str, NamedList]
    settings: Mapping[str, PackSetting]
    personnel: tuple[PersonnelRule, ...]


def packs_folder() -> Path:
    """Where the shipped packs lie."""
    return resources() / "policy"


def pack_keys(folder: Path | None = None) -> tuple[str, ...]:
    """The keys of the packs there are, in order."""
    return tuple(sorted(path.stem for path in (folder or packs_folder()).glob("*.toml")))


def load_pack(key: str, folder: Path | None = None) -> Pack:
    """The pack of a key, with what it inherits; read once.

    Raises Refused E950 (no such pack, unreadable), E951 (no TOML), E952 (unknown key), E953 (missing or wrong
    field), E954 (clause missing), E955 (totals), E956 (site), E957 (setting), E958 (inheritance), E959 (validity).
    """
    return _load(key, folder or packs_folder())


@cache
def _load(key: str, folder: Path) -> Pack:
    if key not in pack_keys(folder):
        raise Refused("E950", f"没有名为“{key}”的方案，现有：{'、'.join(pack_keys(folder))}", field="pack")
    pack = _load_chain(key, folder, ())
    refuse_wrong_totals(pack)
    return pack


def _load_chain(key: str, folder: Path, above: tuple[str, ...]) -> Pack:
    path = folder / f"{key}.toml"
    table = TomlTable(_read_toml(path), path.name)
    parent_key = table.text("inherits", "")
    if parent_key and (parent_key in (*above, key) or not (folder / f"{parent_key}.toml").is_file()):
        raise table.fault("E958", "inherits", f"写的是“{parent_key}”：没有这个方案，或者互相继承")
    base = _common(folder)
    parent = _load_chain(parent_key, folder, (*above, key)) if parent_key else None
    inherited = {**base.clauses, **(parent.clauses if parent else {})}
    pack = replace(_read_pack(table, folder, inherited), inherits=parent_key)
    if pack.key != key:
        raise Refused("E984", f"方案文件 {path.name} 的“key”写的是“{pack.key}”，应与文件名相同")
    if parent:
        pack = inherit(pack, parent)
    return inherit(replace(pack, takes=(*SECTIONS, *PARTS)), base)


def _read_pack(table: TomlTable, folder: Path, inherited: Mapping[str, str]) -> Pack:
    header = _read_header(table)
    book = read_clauses(header.document, table.table("clauses"), inherited)
    body = _read_body(table, book)
    sites = read_sites(folder / f"{header.key}.sites.csv")
    pack = replace(
        header,
        clauses=book.cited,
        figures=body.figures,
        lists=body.lists,
        settings=body.settings,
        personnel=body.personnel,
        calendar=read.read_calendar(table, book),
        measures=read.read_measures(table, book),
        agents=read.read_agents(table, book),
        tables=read_targets(table, book, sites),
        sites=sites,
    )
    table.finish()
    return pack


def _read_header(table: TomlTable) -> Pack:
    pack = Pack(
        key=table.text("key"),
        short=table.text("short"),
        title=table.text("title"),
        document=table.text("document"),
        issuer=table.text("issuer"),
        issued_on=table.day_or_none("issued_on"),
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
        root=table.text("root"),
        takes=table.texts("takes"),
        notes=table.texts("notes"),
    )
    if pack.valid_from > pack.valid_to:
        raise table.fault("E959", "valid_from", "晚于 valid_to")
    if not set(pack.takes) <= {*SECTIONS, *PARTS}:
        raise table.fault("E958", "takes", "有不认识的部分")
    return pack


def _read_body(table: TomlTable, book: ClauseBook) -> _Body:
    return _Body(
        book.cited,
        read.read_figures(table.table("figures"), book),
        read.read_lists(table.table("lists"), book),
        read.read_settings(table.table("settings"), book),
        read.read_personnel(table, book),
    )


@cache
def _common(folder: Path) -> Pack:
    """Read once for all packs that stand on it."""
    path = folder / "shared" / f"{COMMON}.toml"
    table = TomlTable(_read_toml(path), path.name)
    book = read_clauses("", table.table("clauses"), {})
    body = _read_body(table, book)
    table.finish()
    return Pack(
        key=COMMON,
        short="",
        title="",
        document="",
        issuer="",
        issued_on=None,
        valid_from=date.min,
        valid_to=date.max,
        root="",
        clauses=body.clauses,
        figures=body.figures,
        lists=body.lists,
        settings=body.settings,
        personnel=body.personnel,
    )


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise Refused("E982", f"方案文件 {path.name} 读不出来（{fault.strerror}），请重新安装程序") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refused("E951", f"方案文件 {path.name} 不是规范的 TOML：{fault}") from fault
