"""The tabs of reviews: draws of archived files, and the sheets whose grade the head confirms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from app.case_values import Grade, ReviewKind
from app.kernel.permissions import Permission
from app.services.quality.draw_files import AnnounceDraw, DrawAnnounced, FileDraw, FileDrawView, RevealDraw
from app.services.quality.review_file import (
    ConfirmReview,
    ReviewedFile,
    ReviewersFor,
    ReviewSheets,
    ScoreFile,
)
from app.ui.page import PageView
from app.ui.quality.forms import (
    ScoreForm,
    SeedForm,
)
from app.ui.quarter_choice import quarter_words
from app.ui.tab import Tab
from app.ui.theme import State
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.table_model import Column


@dataclass(frozen=True)
class DrawnFile:
    """A file of the quarter as the draw's table shows it."""

    number: str
    is_drawn: bool
    is_unreviewed: bool


class DrawTab(Tab):
    """This quarter's and the last quarter's draw: the hash, the seed, the files."""

    def __init__(self, page: PageView, quarter: str) -> None:
        super().__init__(page, _DRAWN, "案卷抽查", "这个季度还没有归档的案件。")
        self.quarter = quarter

    def load(self) -> None:
        self.page.ask(FileDraw(self.quarter), self._fill, slot="draw")

    def new_item(self) -> None:
        self._score("")

    def show_detail(self, row: DrawnFile) -> None:
        self.detail.begin(row.number)
        self.detail.facts(("抽查", "抽中" if row.is_drawn else "没有抽中"))
        may = self.page.desk.may(Permission.HANDLE_CASE)
        self.detail.end(*((Button("评查…", partial(self._score, row.number), kind=PRIMARY),) if may else ()))

    def announce(self) -> None:
        """Announce the hash of this quarter's draw."""

        def told(made: DrawAnnounced) -> None:
            self.page.head.show_banner(
                f"{quarter_words(made.quarter)}的种子是 {made.seed}，只显示这一次，请密封保存，季度结束以后公布。",
                "due",
            )
            self.load()

        self.page.do(AnnounceDraw(self.quarter), told)

    def reveal(self) -> None:
        """Tell the seed once the quarter is over."""
        self.open_form(
            SeedForm(self.quarter),
            lambda said: RevealDraw(self.quarter, said["seed"]),
            "已公布种子，抽查结果已定",
        )

    def _fill(self, found: FileDrawView) -> None:
        drawn, waiting = set(found.drawn), set(found.unreviewed)
        rows = [DrawnFile(one, one in drawn, one in waiting) for one in found.archived]
        self.table.set_rows(sorted(rows, key=lambda row: (not row.is_drawn, row.number)))
        state = (
            f"种子 {found.seed}，抽中 {len(found.drawn)} 件" if found.seed else f"指纹 {found.digest[:16]}…"
        )
        self.page.head.set_lead(
            f"{quarter_words(found.quarter)}　归档 {len(found.archived)} 件　{state if found.digest else '还没有公布指纹'}"
        )

    def _score(self, number: str) -> None:
        if number:
            self.page.ask(
                ReviewersFor(number), lambda found: self._show_sheet(number, found), slot="reviewers"
            )

    def _show_sheet(self, number: str, reviewers: Any) -> None:
        form = ScoreForm(self.page.desk, number, reviewers)
        self.open_form(
            form,
            lambda said: ScoreFile(
                case=number,
                kind=ReviewKind(said["kind"]),
                reviewer_id=said["reviewer_id"],
                scores=form.scores(),
                grade=Grade(said["grade"]) if said["grade"] else None,
                comment=said["comment"] or "",
                on=said["on"],
            ),
            "已登记评查表，请负责人确认",
        )


class ReviewsTab(Tab):
    """Review sheets; the head confirms the grade that pays."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _REVIEWS, "评查表", "还没有评查表。在“抽查评查”里选一件案件评查。")

    def load(self) -> None:
        self.page.ask(ReviewSheets(), self.table.set_rows, slot="sheets")

    def show_detail(self, row: ReviewedFile) -> None:
        self.detail.begin(f"{row.kind}　{row.number}").facts(
            ("评查人", row.reviewer),
            *((item, f"{points} 分") for item, points in row.scores),
            ("合计", f"{row.score} 分"),
            ("等级", row.grade.value),
        )
        self.detail.note(row.comment or "没有评语")
        may = self.page.desk.may(Permission.DECIDE_CASE) and not row.is_confirmed
        self.detail.end(*((Button("确认等级", partial(self._confirm, row), kind=PRIMARY),) if may else ()))

    def _confirm(self, row: ReviewedFile) -> None:
        self.page.do(ConfirmReview(row.id), lambda _id: self._saved("已确认，补贴按这个等级"))


def _review_tag(row: ReviewedFile) -> tuple[State, str]:
    return (State.DONE, "已确认") if row.is_confirmed else (State.DUE, "待确认")


def _drawn_tag(row: DrawnFile) -> tuple[State, str] | None:
    return (State.INFO, "抽中") if row.is_drawn else None


_DRAWN = (
    Column("number", "案号", 0, "strong"),
    Column("drawn", "抽查", 92, "tag", value=lambda row: "抽中" if row.is_drawn else "", tag=_drawn_tag),
    Column("reviewed", "一案一评", 104, value=lambda row: "还没有" if row.is_unreviewed else "已评"),
)
_REVIEWS = (
    Column("on", "日期", 92, value=lambda row: f"{row.on}"),
    Column("number", "案号", 160, "strong"),
    Column("kind", "方式", 92, value=lambda row: row.kind.value),
    Column("reviewer", "评查人", 0),
    Column("score", "得分", 60, value=lambda row: f"{row.score}"),
    Column("grade", "等级", 72, value=lambda row: row.grade.value),
    Column("state", "状态", 92, "tag", value=lambda row: _review_tag(row)[1], tag=_review_tag),
)
