"""Fills a month at once: after the month before, or by proposals of which the clerk keeps those left ticked."""

from __future__ import annotations

from app.kernel.permissions import Permission
from app.services.roster.accept_fill import AcceptFill
from app.services.roster.copy_last_month import Copied, CopyLastMonth
from app.services.roster.propose_fill import FillProposal, ProposeFill, SeatProposal
from app.ui.roster.seat_steps import SeatPage


class FillSteps:
    """复制上月 and 自动补齐 of the roster page."""

    def __init__(self, page: SeatPage) -> None:
        self._page = page

    def copy_last(self) -> None:
        """Ctrl+D: draft the month after the month before."""
        page = self._page
        if page.may(Permission.DRAFT_ROSTER):
            page.do(CopyLastMonth(page.site, page.month), lambda made: self._made(made, "已复制"))

    def propose(self) -> None:
        """B: ask who could take what nobody has been given; a bureau fills all its sites, whose people are shared."""
        page = self._page
        if page.may(Permission.DRAFT_ROSTER):
            site = "" if page.desk.is_bureau else page.site
            page.ask(ProposeFill(page.month, site), self._show)

    def _show(self, found: FillProposal) -> None:
        page = self._page
        page.side.close_form()
        page.side.make_room(is_open=True)
        page.pane.show_proposal(found, page.site, self._accept)

    def _accept(self, seats: tuple[SeatProposal, ...]) -> None:
        page = self._page
        if seats:
            page.do(AcceptFill(page.month, seats), lambda made: self._made(made, "已补齐"))

    def _made(self, made: Copied, words: str) -> None:
        page = self._page
        page.keep_pane()
        page.side.make_room(is_open=False)
        page.pane.show_copied(made, words)
        page.done(f"{words} {len(made.made)} 班")
