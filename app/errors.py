"""Refusals: one Chinese sentence with a code that says what, where and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One validation failure.

    field: the command's field name, "" for the whole form.
    message: a Chinese sentence for the clerk.
    code: the letter E and three digits; one code means one thing everywhere.
    """

    field: str
    message: str
    code: str

    def __str__(self) -> str:
        return f"{self.code} {self.message}"


class Refused(Exception):
    """A request that was not carried out; nothing was changed.

    code and message are those of the first problem; problems holds all of them.
    """

    def __init__(self, code: str, message: str, *, field: str = "", problems: Iterable[Problem] = ()):
        self.problems: tuple[Problem, ...] = tuple(problems) or (Problem(field, message, code),)
        self.code = code
        self.message = message
        super().__init__(f"{code} {message}")

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Refused:
        """The refusal that carries several problems; its sentence is the first one's."""
        found = tuple(problems)
        more = f"（另有 {len(found) - 1} 处）" if len(found) > 1 else ""
        return cls(found[0].code, found[0].message + more, problems=found)


class Cancelled(Exception):
    """The person stopped a long task.

    is_part_done: parts of it were carried out before and stay; otherwise nothing was changed.
    touched: the tables those parts changed.
    """

    def __init__(self, *, is_part_done: bool = False, touched: frozenset[str] = frozenset()):
        self.is_part_done = is_part_done
        self.touched = touched
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """What became of the task."""
        if self.is_part_done:
            return "已停下：停下之前做完的已经保存，其余的没有做"
        return "已取消，什么也没有改变"
