"""Finds the clause that a figure names, so that no figure stands without its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.rules.policy.fields import TomlTable


def cite(document: str, local: str) -> str:
    """How a clause is cited outside its own file: `运司通〔2022〕3号 五（二）1`."""
    return f"{document} {local}".strip()


@dataclass(frozen=True)
class ClauseBook:
    """The clauses one file may name: its own by their short id, inherited ones by their citation."""

    document: str
    own: Mapping[str, str]
    inherited: Mapping[str, str]

    @property
    def cited(self) -> dict[str, str]:
        """Its own clauses: citation → text."""
        return {cite(self.document, local): text for local, text in self.own.items()}

    def of(self, table: TomlTable, default: str = "") -> str:
        """The citation of a table's clause. Raises Refused E954 when it names none or one without text."""
        local = table.text("clause", "")
        if not local and default:
            return default
        if not local:
            raise table.fault("E954", "clause", "缺少：每个数目都要注明出处条款")
        if local in self.own:
            return cite(self.document, local)
        if local in self.inherited:
            return local
        raise table.fault("E954", "clause", f"写的是“{local}”，[clauses] 中没有这一条的原文")


def read_clauses(document: str, table: TomlTable, inherited: Mapping[str, str]) -> ClauseBook:
    """The clause book of a file. Raises Refused E953 for a clause without words."""
    own: dict[str, str] = {}
    for local in list(table.names()):
        own[local] = table.text(local).strip()
        if not own[local]:
            raise table.fault("E954", local, "没有原文")
    return ClauseBook(document, own, inherited)
