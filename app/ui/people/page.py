"""The duty pool: who is in it, found as one types; entering, correcting, leave, PIN, badges, proposals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QTimer

from app.errors import Refused
from app.kernel.permissions import Permission
from app.services.kiosk.badge import BadgesOf, IssueBadge
from app.services.people.card import PersonCard, PersonCardView
from app.services.people.conditions import PersonnelConditions
from app.services.people.disable_person import DisablePerson, EnablePerson
from app.services.people.leave import CancelLeave
from app.services.people.link_person import AdoptPerson, LinkPerson, UnlinkPerson
from app.services.people.pool import Pool, PoolPerson
from app.services.people.suggestions import LinkSuggestion, LinkSuggestions
from app.services.people.twins import FindTwin
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.people.detail import PersonDetail, PersonSteps
from app.ui.people.link_box import LinkBox
from app.ui.people.person_form import PersonForm
from app.ui.people.small_forms import ConfirmPayeeForm, LeaveForm, PayeeForm, PinForm
from app.ui.side_page import SidePage
from app.ui.theme import px
from app.ui.widgets.card import Card, columns
from app.ui.widgets.fields import LineField, TickField
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column

TYPING_MS = 200
SIDE_WIDTH = 448


class PeoplePage(SidePage):
    """Search and table on the left, the person or a form on the right."""

    help_key = "people"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "人员")
        self._people: tuple[PoolPerson, ...] = ()
        self._waiting: dict[str, LinkSuggestion] = {}
        self._wanted = ""
        self._rules: tuple[Any, ...] = ()

    def build(self) -> Iterator[None]:
        self._build_head()
        yield
        self.table = Table(
            _COLUMNS,
            name="值班人员",
            empty="人员库里还没有人。律师、基层法律服务工作者等先登记，才能排班。",
            first="登记第一名人员",
            run=self.new_item,
        )
        self.table.selected.connect(self._select)
        self.table.allow_many()
        yield
        self.detail = PersonDetail(self, self._steps())
        self.body.addLayout(
            columns((Card(pad=1).add(self.table, stretch=1), 1), (self.hold(self.detail), SIDE_WIDTH)), 1
        )

    # hooks

    def refresh(self) -> None:
        self.ask(PersonnelConditions(), self._take_rules)
        self.ask(Pool(self.words.value(), self.with_inactive.value()), self._fill)
        if self.desk.may(Permission.MANAGE_PEOPLE):
            self.ask(LinkSuggestions(), self._take_waiting)

    def open_with(self, **wanted: Any) -> None:
        self._wanted = str(wanted.get("person") or wanted.get("person_id") or "")
        self.words.set_value("")
        if wanted.get("is_closed"):
            self.with_inactive.set_value(True)
        self._search()

    def focus_first(self) -> None:
        self.words.setFocus()

    def new_item(self) -> None:
        if self.desk.may(Permission.MANAGE_PEOPLE):
            self._enter()

    def print_item(self) -> None:
        self._print_badges(tuple(one.id for one in self.table.chosen()))

    def search(self) -> None:
        self.words.setFocus()

    # building

    def _build_head(self) -> None:
        self.words = LineField("", hint="姓名、拼音首字母、证号后四位或电话")
        self.words.setMinimumWidth(px(320))
        self.with_inactive = TickField("含已停用")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._search)
        self.words.changed.connect(self._typing.start)
        self.words.entered.connect(self._search)
        self.with_inactive.changed.connect(self._search)
        self.head.filters(self.words, self.with_inactive)
        if self.desk.may(Permission.IMPORT) and self.desk.may(Permission.MANAGE_PEOPLE):
            self.head.action("导入表格…", lambda: self.desk.go("import", kind="people"), icon="upload")
        if self.desk.may(Permission.MANAGE_PEOPLE):
            self.head.action("打印工作牌", self.print_item, keys="Ctrl P", icon="print")
            self.head.primary("登记人员", self.new_item, keys="Ctrl N")

    def _steps(self) -> PersonSteps:
        return PersonSteps(
            correct=self._enter,
            leave=lambda card: self._ask_for(LeaveForm(self.desk, card), "已登记请假"),
            pin=lambda card: self._ask_for(PinForm(card), "已设置签到密码"),
            payee=lambda card: self._ask_for(PayeeForm(card), "已变更收款账户，待另一人复核"),
            confirm=lambda card: self._ask_for(ConfirmPayeeForm(card), "已复核收款账户"),
            badge=lambda card: self.do(IssueBadge(card.id), lambda _code: self._print_badges((card.id,))),
            disable=lambda card, reason: self.do(
                DisablePerson(card.id, reason), lambda _: self.done("已停用")
            ),
            enable=lambda card: self.do(EnablePerson(card.id), lambda _: self.done("已启用")),
            cancel_leave=lambda leave: self.do(CancelLeave(leave.id), lambda _: self.done("已撤销请假")),
            unlink=lambda proposal, why: self.do(
                UnlinkPerson(proposal, why), lambda _: self.done("已取消关联")
            ),
        )

    # what was asked for

    def _search(self) -> None:
        self._typing.stop()
        self.ask(Pool(self.words.value(), self.with_inactive.value()), self._fill)

    def _take_rules(self, rules: tuple[Any, ...]) -> None:
        self._rules = rules

    def _fill(self, people: tuple[PoolPerson, ...]) -> None:
        self._people = people
        self.table.set_rows(people)
        servants = sum(one.is_public_servant for one in people)
        unfit = sum(bool(one.against) and one.is_active for one in people)
        parts = [
            f"{len(people)} 人",
            f"公职 {servants} 人" if servants else "",
            f"不能排班 {unfit} 人" if unfit else "",
        ]
        self.head.set_lead("，".join(filter(None, parts)), "due" if unfit else "")
        if self._wanted:
            self.table.select(next((one for one in people if one.id == self._wanted), None))
            self._wanted = ""

    def _take_waiting(self, found: tuple[LinkSuggestion, ...]) -> None:
        self._waiting = {one.id: one for one in found}
        if found:
            self.head.show_banner(
                f"站点登记的 {len(found)} 人待关联，未关联的同名人员会列入结算异常。",
                "due",
                {"去关联": lambda: self._go(found[0].id)},
            )

    def _select(self, person: PoolPerson | None) -> None:
        if person is None:
            self.detail.show_nothing()
        else:
            self.ask(PersonCard(person.id), self._show_card)

    def _show_card(self, card: PersonCardView) -> None:
        waiting = self._waiting.get(card.id)
        link = LinkBox(waiting, self._people, self._link) if waiting else None
        self.detail.show_card(card, link)

    def _link(self, command: LinkPerson | AdoptPerson) -> None:
        self.do(command, lambda _result: self.done("已关联"))

    def _go(self, person_id: str) -> None:
        self._wanted = person_id
        self.words.set_value("")
        self._search()

    # forms

    def _ask_for(self, form: LeaveForm | PinForm | PayeeForm | ConfirmPayeeForm, words: str) -> None:
        self.fill_in(form, form.command, words)

    def _enter(self, card: PersonCardView | None = None) -> None:
        form = PersonForm(self.desk, self._rules, card)
        self.side.show_form(form, lambda: self._save_person(form))

    def _save_person(self, form: PersonForm) -> None:
        self.head.clear_banner()
        self.desk.runner.do(
            form.command(),
            lambda person_id: self._person_saved(form, str(person_id)),
            lambda error: self._person_refused(form, error),
        )

    def _person_saved(self, form: PersonForm, person_id: str) -> None:
        form.form.forget_draft()
        self.side.close_form()
        self.done("已更正" if form.card else "已登记")
        self._go(person_id)

    def _person_refused(self, form: PersonForm, error: Exception) -> None:
        self.refuse(form.form, error)
        if isinstance(error, Refused) and error.code == "E436":
            self.head.show_banner(str(error), "fault", {"打开该人员": lambda: self._open_twin(form)})

    def _open_twin(self, form: PersonForm) -> None:
        typed = form.command()
        self.side.close_form()
        self.head.clear_banner()
        self.with_inactive.set_value(True)
        self.ask(FindTwin(typed.licence, typed.id_number or ""), self._go)

    # badges

    def _print_badges(self, person_ids: tuple[str, ...]) -> None:
        if person_ids:
            self.ask(BadgesOf(person_ids), self._draw_badges)

    def _draw_badges(self, sheet: Any) -> None:
        if not sheet.badges:
            self.head.show_banner("所选人员还没有工作牌，请在右侧逐人发放。", "info")
            return
        from app.documents.forms.badge import draw_badges

        self.desk.runner.work(
            lambda _progress: draw_badges(sheet).pdf,
            self._show_badges,
            self.fail,
            title="生成工作牌",
            owner=self,
        )

    def _show_badges(self, pdf: bytes) -> None:
        from app.ui.widgets.preview import Preview

        Preview(pdf, "值班工作牌", "工作牌.pdf", self).exec()


def _state(one: PoolPerson) -> tuple[str, str] | None:
    if not one.is_active:
        return "none", "已停用"
    if one.against:
        return "fault", "不能排班"
    if one.is_proposal:
        return "due", "待关联"
    if one.is_account_awaited:
        return "due", "待复核"
    return ("none", "公职") if one.is_public_servant else None


_COLUMNS = (
    Column("name", "姓名", 96, "strong"),
    Column("kind", "人员类别", 156),
    Column("organisation", "所属机构"),
    Column("phone", "联系电话", 116),
    Column("licence", "执业证号", 150, is_shown=False),
    Column("specialties", "专业特长", 150, is_shown=False),
    Column("entered_by", "登记单位", 110, is_shown=False),
    Column("state", "状态", 92, "tag", tag=_state),
)
PAGE = Page("people", "人员", "people", PeoplePage, group=2, order=0, permission=Permission.LOOK)
