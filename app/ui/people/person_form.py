"""The form to enter or correct a person; what the kind asks for is marked and said while one types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from app.services.people.add_person import AddPerson
from app.services.people.card import PersonCardView
from app.services.people.conditions import PersonnelRule
from app.services.people.correct_person import CorrectPerson
from app.ui.desk import Desk
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField, NumberField, TickField
from app.ui.widgets.side_form import SideForm
from app.values import PersonKind

_BETWEEN = re.compile(r"[、；;，,]")
_TEXTS = ("name", "organisation", "licence", "qualification", "relaxed_approval")


class PersonForm(SideForm):
    """Enters a new person, or corrects the one given; a correction leaves telephone and number as they are if empty."""

    def __init__(
        self, desk: Desk, rules: Sequence[PersonnelRule], card: PersonCardView | None = None
    ) -> None:
        super().__init__(
            f"更正 {card.name}" if card else "登记人员",
            "保存",
            columns=2,
            keys="Ctrl Return",
            is_note_first=True,
        )
        self._rules = {rule.kind.value: rule for rule in rules}
        self.card = card
        self._add_fields()
        self.form.fields["kind"].changed.connect(self._follow_kind)
        if card is not None:
            self._show(card)
        else:
            self.form.keep_draft(desk.drafts, "people.new")
        self._follow_kind()

    def command(self) -> AddPerson | CorrectPerson:
        """What is typed, as the command that saves it."""
        values = self.form.values()
        texts: dict[str, Any] = {name: values[name] or "" for name in _TEXTS}
        common: dict[str, Any] = dict(
            **texts,
            kind=values["kind"] or "",
            is_public_servant=values["is_public_servant"],
            years_of_service=values["years_of_service"],
            practice_since=values["practice_since"],
            specialties=tuple(_BETWEEN.split(values["specialties"] or "")),
            phone=values["phone"] or None,
            id_number=values["id_number"] or None,
        )
        if self.card is not None:
            return CorrectPerson(**common, person_id=self.card.id, reason=values["reason"] or "")
        return AddPerson(
            **common, bank_name=values["bank_name"] or "", bank_account=values["bank_account"] or ""
        )

    def _add_fields(self) -> None:
        add = self.form.add
        add("name", LineField("姓名", is_required=True, max_length=50))
        add("kind", ChoiceField("人员类别", list(self._rules) or list(PersonKind), is_required=True))
        add("is_public_servant", TickField("公职人员（可值班，不领补贴）"), span=2)
        add("organisation", LineField("所属机构"))
        add("licence", LineField("执业证号"))
        add("qualification", LineField("资格证号"))
        add("years_of_service", NumberField("业务年限", low=0, high=60, hint="整年"))
        add("practice_since", NumberField("执业起始年", low=1979, high=2100, hint="如 2010"))
        add("phone", LineField("联系电话"))
        add("id_number", LineField("身份证号", hint="可不填"))
        add("specialties", LineField("专业特长", hint="多项用、分开"))
        add("relaxed_approval", LineField("放宽批准文号"), span=2)
        if self.card is None:
            add("bank_name", LineField("开户行"))
            add("bank_account", LineField("银行账号"))
        else:
            add("reason", LineField("更正理由", is_required=True, max_length=60), span=2)

    def _show(self, card: PersonCardView) -> None:
        names = (*_TEXTS, "kind", "is_public_servant", "years_of_service", "practice_since")
        self.form.set_values({name: getattr(card, name) for name in names})
        self.form.set_values({"specialties": "、".join(card.specialties)})
        for name, masked in (("phone", card.phone), ("id_number", card.id_number)):
            field = self.form.fields[name]
            assert isinstance(field, LineField)
            field.line.setPlaceholderText(f"{masked} 不变" if masked else "")

    def _follow_kind(self) -> None:
        rule = self._rules.get(self.form.fields["kind"].value() or "")
        fields = self.form.fields
        fields["licence"].mark_required(bool(rule and rule.needs_licence))
        fields["qualification"].mark_required(bool(rule and rule.needs_qualification))
        fields["years_of_service"].mark_required(bool(rule and rule.min_years))
        fields["relaxed_approval"].mark_required(bool(rule and rule.needs_approval))
        fields["relaxed_approval"].setVisible(
            bool(rule and rule.needs_approval) or bool(fields["relaxed_approval"].value())
        )
        self.set_note(
            f"{rule.condition}　依据 {rule.clause}" if rule else "先选人员类别，这里显示文件规定的条件。"
        )
