"""Orders new keys for this office, or stops those of another one whose computer was stolen."""

from __future__ import annotations

from app.services.exchange.desk import DeskView
from app.services.exchange.renew_keys import RenewKeys, StopKeys, Stopped
from app.ui.exchange.fingerprint import Fingerprint
from app.ui.page import PageView
from app.ui.widgets.card import Card
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.slot import Slot
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

OWN = "本单位：换新密钥"
OWN_KEY_WORDS = "本单位换了新的签名密钥。导出的包对方先存着；请打电话把下面的指纹念给对方，对方认可后才接收。"
WAITS_WORDS = "本单位要换新密钥：请关闭全部窗口和签到台，再打开一次就换好。"


class OwnKey(Card):
    """What this office must do about its own new keys: open once more, or read the fingerprint out; else not there."""

    def __init__(self) -> None:
        super().__init__(pad=12, spacing=8)
        self._words, self.fingerprint = label(OWN_KEY_WORDS, wraps=True), Fingerprint()
        self.add(self._words, self.fingerprint)
        self.hide()

    def show_own(self, found: DeskView) -> None:
        """As the exchange stands now."""
        self.setVisible(bool(found.own_fingerprint) or found.waits_for_keys)
        self._words.setText(WAITS_WORDS if found.waits_for_keys else OWN_KEY_WORDS)
        self.fingerprint.setVisible(not found.waits_for_keys)
        self.fingerprint.show_digits(found.own_fingerprint)


class KeysForm(SideForm):
    """Whose keys, and why."""

    def __init__(self, page: PageView) -> None:
        super().__init__(
            "更换或停用密钥",
            "办理",
            note="本单位的：下次打开时换好，再打电话把指纹念给对方认可，不用重新登记。\n"
            "往来单位的：电脑被盗或密钥泄露时停用，不再接收它签的包，也不再给它写包；它换了新密钥，"
            "电话核对指纹后恢复。已收的记录都在。",
        )
        self._page = page
        self.site = self.form.add("site", ChoiceField("谁的密钥", is_required=True))
        self.reason = self.form.add("reason", LineField("理由", is_required=True, hint="会长期保留"))
        self.result = Slot(8)
        self.form.put(self.result)
        self.saved.connect(self._carry_out)

    def begin(self, found: DeskView) -> None:
        """An empty form over this office and those whose keys are in use."""
        self.form.clear()
        self.result.show_items()
        others = [(one.site, f"{one.name}：停用它的密钥") for one in found.admitted]
        self.site.set_choices([(OWN, OWN), *others])
        self.site.setFocus()

    def _carry_out(self) -> None:
        whose, why = self.site.value(), self.reason.value()
        if whose == OWN:
            self._page.do(RenewKeys(why), lambda _: self._told("已登记", WAITS_WORDS), form=self.form)
        else:
            self._page.do(StopKeys(whose, why), self._stopped, form=self.form)

    def _stopped(self, found: Stopped) -> None:
        self._told(f"已停用{found.name}的密钥", "它换好新密钥、包送来以后，请打电话核对指纹，再点“认可”。")

    def _told(self, title: str, words: str) -> None:
        self.result.show_items(Tag(title, "done", 14), label(words, "note", wraps=True))
        self._page.refresh()  # a wish for new keys is a file: no table tells of it
