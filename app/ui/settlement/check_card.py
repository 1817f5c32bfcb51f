"""One of the three checks before a month is reported: a state, a sentence, and the way to mend it."""

from __future__ import annotations

from collections.abc import Callable

from app.services.money.month_desk import MonthCheck
from app.ui.settlement.check_words import PAGES, TONES, check_sentence, check_title
from app.ui.theme import px
from app.ui.widgets.button import link
from app.ui.widgets.card import Card, row
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label


class CheckCard(Card):
    """A check as a card; go(page) opens the page that mends it."""

    def __init__(self, go: Callable[[str], object]) -> None:
        super().__init__(pad=12, spacing=4)
        self._page = ""
        self.tag = Tag("…", "none", 14)
        self.words = label("", "muted", wraps=True)
        self.mend = link("去处理", lambda: go(self._page))
        line = row(self.tag, None, self.mend)
        line.addStrut(px(32))
        self.add(line)
        self.add(self.words)
        self.fill()

    def show_check(self, check: MonthCheck, site_name: str) -> None:
        """The state and sentence of a check."""
        self._page = PAGES.get(check.finding, "")
        title, sentence = check_title(check), check_sentence(check, site_name)
        self.tag.show_state(title, TONES[check.finding])
        self.words.setText(sentence)
        self.mend.setVisible(bool(self._page))
        self.setAccessibleName(f"{title}，{sentence}")
