"""Recomputes what cases are paid, quarter after quarter, from the programme's words alone; shares no code with the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Case = dict[str, Any]
PROJECTS = ("彩票公益金", "基金会")


def quarter_of(day: date) -> tuple[int, int]:
    """(2022, 2) for a day of May 2022."""
    return day.year, 1 + (day.month - 1) // 3


def after(quarter: tuple[int, int]) -> tuple[int, int]:
    """The next quarter."""
    return (quarter[0] + 1, 1) if quarter[1] == 4 else (quarter[0], quarter[1] + 1)


@dataclass
class CaseOracle:
    """A county's case money kept by hand.

    documents: [(first day, last day, base of the special fund or None)], the county's own first. table: rows with from,
    kind, stage, fen. readings: terminated, series (per cent) and project (分).
    """

    documents: list[tuple[date, date, int | None]]
    table: list[dict[str, Any]]
    targets: dict[int, int]
    readings: dict[str, int]
    cases: dict[str, Case] = field(default_factory=dict)
    bases: dict[str, dict[str, Any]] = field(default_factory=dict)
    zeros: set[str] = field(default_factory=set)
    last: tuple[int, int] | None = None

    def first_open(self) -> tuple[int, int]:
        """The earliest quarter that is not final."""
        if self.last:
            return after(self.last)
        return min(quarter_of(c["archived"]) for c in self.cases.values() if c["archived"])

    def lines(self, quarter: tuple[int, int]) -> list[dict[str, Any]]:
        """The lines without a final one on a quarter's list."""
        found = []
        placed = self._placed()
        for key, c in self.cases.items():
            if key in self.bases or not c["archived"]:
                continue
            own = quarter_of(c["archived"])
            line = {"case": key, **self._decided(c, placed.get(key), False, None)}
            if key in self.zeros and line["outcome"] != "pays":
                continue
            if self.last and own <= self.last and line["outcome"] != "waits":
                if quarter == self.first_open():
                    found.append({**line, "late": True})
            elif own == quarter:
                found.append({**line, "late": False})
        return sorted(found, key=lambda line: self._turn(self.cases[line["case"]]))

    def owed(self) -> dict[tuple[str, str], int]:
        """(case, fund) → what later facts add to final lines, below zero to be taken back."""
        found = {}
        for key, base in self.bases.items():
            if base["reversed"]:
                continue
            now = self._funds(self._decided(self.cases[key], base["place"], True, base), self.cases[key])
            for fund in {*now, *base["net"]}:
                more = now.get(fund, 0) - base["net"].get(fund, 0)
                if more:
                    found[key, fund] = more
        return found

    def finish(self) -> None:
        """Make the first open quarter final."""
        quarter = self.first_open()
        lines, owed = self.lines(quarter), self.owed()
        for (key, fund), more in owed.items():
            net = self.bases[key]["net"]
            net[fund] = net.get(fund, 0) + more
        for line in lines:
            c = self.cases[line["case"]]
            if line["outcome"] == "zero":
                self.zeros.add(line["case"])
            if line["outcome"] == "pays":
                assert line["case"] not in self.bases, "a case has one base"
                self.bases[line["case"]] = {
                    "place": line["place"],
                    "year": c["closed"].year,
                    "standard": line["standard"],
                    "hangs_on": (c["kind"], c["form"], c["stage"], c["closed"]),
                    "readings": self._used(c, line),
                    "net": self._funds(line, c),
                    "reversed": False,
                }
        self.last = quarter

    def reverse(self, key: str) -> None:
        """Take a final line back; its place is free and the case is over."""
        self.bases[key]["reversed"], self.bases[key]["net"] = True, {}

    def _placed(self) -> dict[str, int]:
        placed = {}
        for year, target in self.targets.items():
            kept = [
                b["place"]
                for b in self.bases.values()
                if b["year"] == year and b["place"] and not b["reversed"]
            ]
            open_places = [n for n in range(1, target + 1) if n not in kept]
            while open_places and len(open_places) > target - len(kept):
                open_places.pop()
            waiting = [
                c
                for key, c in self.cases.items()
                if key not in self.bases
                and c["closed"]
                and c["closed"].year == year
                and self._decided(c, 1, False, None)["place"] == 1
            ]
            for c in sorted(waiting, key=self._turn):
                if open_places:
                    placed[c["id"]] = open_places.pop(0)
        return placed

    def _turn(self, c: Case) -> tuple[Any, ...]:
        return c["archived"], c["number_year"], c["number"], c["id"]

    def _document(self, closed: date) -> tuple[int | None, bool]:
        for first, last, base in self.documents:
            if first <= closed <= last:
                return base, True
        return self.documents[0][2], False

    def _standard(self, c: Case, floor: int | None, kept: dict[str, Any] | None) -> int | None:
        if kept and kept["hangs_on"] == (c["kind"], c["form"], c["stage"], c["closed"]):
            return int(kept["standard"])
        best = None
        for row in self.table:
            if (
                row["kind"] != c["kind"]
                or row["from"] > c["closed"]
                or row["stage"] not in (None, c["stage"])
            ):
                continue
            rank = (row["stage"] == c["stage"], row["from"])
            if best is None or rank > best[0]:
                best = (rank, row["fen"])
        at_trial = c["kind"] == "刑事" and c["stage"] in ("一审", "二审", "再审")
        if floor and (at_trial or (c["kind"], c["form"]) == ("民事", "诉讼")):
            return max(floor, best[1] if best else 0)
        return best[1] if best else None

    def _decided(
        self, c: Case, place: int | None, is_final: bool, kept: dict[str, Any] | None
    ) -> dict[str, Any]:
        nothing = {"special": 0, "business": 0, "project": 0, "fund": "", "place": None, "standard": None}
        if c["merged"]:
            return {**nothing, "outcome": "zero"}
        if not c["archived"] or not c["grade"] or not c["closed"]:
            return {**nothing, "outcome": "waits"}
        base, is_inside = self._document(c["closed"])
        standard = self._standard(c, base, kept)
        if standard is None:
            return {**nothing, "outcome": "waits"}
        nothing["standard"] = standard
        if c["grade"] == "不合格" or c["handler"] != "律师":
            return {**nothing, "outcome": "zero"}
        lacks = set(c["lacks"]) | (set() if is_inside else {"closed"})
        if lacks == {"entered"} and not c["terminated"]:
            return {**nothing, "outcome": "waits"}
        readings = {**self.readings, **(kept["readings"] if kept else {})}
        amount = Decimal(standard)
        if c["terminated"]:
            amount = amount * readings["terminated"] / 100
        if c["group"]:
            amount = amount * readings["series"] / 100
        fen = int(amount.quantize(Decimal(1), ROUND_HALF_UP))
        if not fen:
            return {**nothing, "outcome": "zero"}
        pays = {**nothing, "outcome": "pays", "business": fen, "fund": "业务经费"}
        if c["terminated"]:
            return pays
        if c["fund"] in PROJECTS:
            part = min(readings["project"], fen)
            return {**pays, "project": part, "business": fen - part, "fund": c["fund"]}
        if c["fund"] == "业务经费":
            return pays
        if c["fund"] == "惠民专项" and (lacks or base is None):
            return {**nothing, "outcome": "waits"}
        if lacks or base is None:
            return pays
        if kept and kept["year"] != c["closed"].year:
            place = None
        if place is None:
            has_target = c["closed"].year in self.targets or is_final
            return pays if has_target else {**nothing, "outcome": "waits"}
        part = min(base, fen)
        return {**pays, "special": part, "business": fen - part, "fund": "惠民专项", "place": place}

    def _used(self, c: Case, line: dict[str, Any]) -> dict[str, int]:
        names = [
            name
            for name, is_used in (
                ("terminated", c["terminated"]),
                ("series", c["group"]),
                ("project", line["fund"] in PROJECTS),
            )
            if is_used
        ]
        return {name: self.readings[name] for name in names}

    def _funds(self, line: dict[str, Any], c: Case) -> dict[str, int]:
        if line["outcome"] != "pays":
            return {}
        extra = c["travel"] - min(c["cut"], line["business"] + c["travel"])
        found = {"惠民专项": line["special"], "业务经费": line["business"] + extra}
        if line["fund"] in PROJECTS:
            found[line["fund"]] = line["project"]
        return {fund: fen for fund, fen in found.items() if fen}
