"""Follows what is typed with what helps: earlier visits, what to ask and tell, who came in this shift."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from app.services.consultations.guidance import Guidance
from app.services.consultations.known_clients import KnownClient, KnownClients
from app.services.consultations.register import Register, RegisterPage
from app.ui.consultations.side_cards import GuidanceCard, KnownClientsCard, ShiftCard
from app.ui.desk import Desk
from app.ui.widgets.card import column


class Host(Protocol):
    """What the parts of the desk need of its page."""

    desk: Desk
    head: Any

    def ask(self, query: Any, then: Callable[[Any], None], *, slot: str = "") -> Any: ...

    def do(self, command: Any, then: Any = None, *, form: Any = None, title: str = "") -> Any: ...

    def refuse(self, form: Any, error: Exception) -> None: ...

    def done(self, text: str) -> None: ...


class EntrySide(QWidget):
    """Three cards below one another."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host
        self._asked: dict[str, Any] = {}
        self.clients, self.guidance, self.shift = KnownClientsCard(), GuidanceCard(), ShiftCard()
        self.setLayout(column(self.clients, self.guidance, self.shift, None, spacing=12))

    def refresh(self) -> None:
        """Today's records of this desk."""
        desk = self._host.desk
        site = "" if desk.is_bureau else desk.own_duty_site
        self._host.ask(
            Register(site=site, first=desk.today(), last=desk.today()), self._show_shift, slot="shift"
        )

    def start_again(self) -> None:
        """Nobody is before the desk."""
        self._asked.clear()
        self.clients.show_clients(())
        self.guidance.show_guidance(None)

    def follow(self, values: dict[str, Any], *, is_new: bool) -> None:
        """Ask again where what matters has changed; a correction asks for no earlier visits."""
        known = (values["client_name"], values["phone"], values["id_number"])
        if is_new and not values["same_client"] and self._is_other("clients", known):
            self._host.ask(KnownClients(*known), self._show_clients, slot="clients")
        topics = values["topics"]
        if self._is_other("topics", topics):
            self._host.ask(Guidance(topics[-1] if topics else ""), self.guidance.show_guidance, slot="topics")

    def _is_other(self, key: str, value: Any) -> bool:
        is_other = bool(self._asked.get(key) != value)
        self._asked[key] = value
        return is_other

    def _show_clients(self, found: Sequence[KnownClient]) -> None:
        self.clients.show_clients(found)

    def _show_shift(self, page: RegisterPage) -> None:
        self.shift.show_rows(page.rows)
