"""Puts the filling of a month as an integer programme and has HiGHS solve it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

UNFILLED = 10_000.0
"""What an empty seat costs: more than any unevenness that filling it could bring."""
GAP = 1e-4
_CHOSEN = 0.5


@dataclass(frozen=True, kw_only=True)
class FillModel:
    """Seats to fill and people; pairs: (seat, person) that may be; steps and preferences go with the pairs.

    urgencies: what each empty seat weighs, about 1. steps: length of the seat in steps of load. loads: steps each person has already. one_of: groups of pairs of which
    at most one may be chosen.
    """

    urgencies: tuple[float, ...]
    pairs: tuple[tuple[int, int], ...]
    steps: tuple[float, ...]
    loads: tuple[float, ...]
    preferences: tuple[float, ...]
    one_of: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class FillAnswer:
    """The places of the chosen pairs; is_best: proved within the time allowed."""

    chosen: tuple[int, ...]
    is_best: bool


def solve(model: FillModel, seconds_allowed: float) -> FillAnswer:
    """Choose pairs: as many seats as can be, then the most even load, then preference."""
    if not model.pairs:
        return FillAnswer((), True)
    solver = bare_solver(model, seconds_allowed)
    solver.run()
    import highspy

    values = solver.getSolution().col_value
    chosen = tuple(place for place in range(len(model.pairs)) if values[place] > _CHOSEN)
    return FillAnswer(chosen, solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def bare_solver(model: FillModel, seconds_allowed: float) -> Any:
    """HiGHS with the programme loaded, not yet run; one thread and a fixed seed, so that it answers the same."""
    import highspy  # loaded here: its array library costs a tenth of a second that no other command should pay

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("time_limit", seconds_allowed),
        ("mip_rel_gap", GAP),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_programme(model))
    return solver


def _programme(model: FillModel) -> Any:
    """Columns: one for each pair, one for each empty seat, and each person's load in steps of rising cost."""
    import highspy

    steps = _load_steps(model)
    pairs, seats = len(model.pairs), len(model.urgencies)
    rows = _Rows()
    by_seat: dict[int, list[tuple[int, float]]] = defaultdict(list)
    by_person: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for place, (seat, person) in enumerate(model.pairs):
        by_seat[seat].append((place, 1.0))
        by_person[person].append((place, model.steps[place]))
    for seat in range(seats):
        rows.add([*by_seat[seat], (pairs + seat, 1.0)], 1.0, 1.0)
    for group in model.one_of:
        rows.add([(place, 1.0) for place in group], 0.0, 1.0)
    column = pairs + seats
    costs, tops = [], []
    for person, own in by_person.items():
        first = int(model.loads[person])
        carried = [(column + step, -1.0) for step in range(steps[person])]
        rows.add([*own, *carried], 0.0, 0.0)
        costs += [float(first + step + 1) for step in range(steps[person])]
        tops += [1.0] * steps[person]
        column += steps[person]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = column, len(rows.lower)
    lp.col_cost_ = [*model.preferences, *(UNFILLED * weight for weight in model.urgencies), *costs]
    lp.col_lower_, lp.col_upper_ = [0.0] * column, [*[1.0] * (pairs + seats), *tops]
    lp.row_lower_, lp.row_upper_ = rows.lower, rows.upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.start, rows.index, rows.value
    whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    lp.integrality_ = [*[whole] * pairs, *[real] * (column - pairs)]
    return lp


def _load_steps(model: FillModel) -> dict[int, int]:
    """Person → how many steps of load the month could add to them, one duty a day at most."""
    days: dict[int, float] = defaultdict(float)
    grouped = {place for group in model.one_of for place in group}
    for place, (_, person) in enumerate(model.pairs):
        if place not in grouped:
            days[person] += model.steps[place]
    for group in model.one_of:
        days[model.pairs[group[0]][1]] += max(model.steps[place] for place in group)
    return {person: int(total) + 1 for person, total in days.items()}


class _Rows:
    """The rows of the programme, as HiGHS takes them row by row."""

    def __init__(self) -> None:
        self.start, self.index, self.value = [0], list[int](), list[float]()
        self.lower, self.upper = list[float](), list[float]()

    def add(self, cells: list[tuple[int, float]], lower: float, upper: float) -> None:
        """A row: cells (column, factor) between two bounds."""
        self.index += [column for column, _ in cells]
        self.value += [factor for _, factor in cells]
        self.start.append(len(self.index))
        self.lower.append(lower)
        self.upper.append(upper)
