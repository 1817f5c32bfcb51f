"""A clerk leaves: what was half filled in and the roles go to the successor, and the old account is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents.forms.handover import FORM, HandoverPaper
from app.errors import Refused
from app.kernel.permissions import Actor
from app.services.drafts.keep_draft import Drafts, SaveDraft
from app.services.office.journal import Journal
from app.services.security.accounts import Accounts, AddAccount, DisableAccount
from app.services.security.hand_over import AskHandover, HandedOver, HandOver
from tests.services.conftest import Desk

PASSWORD = "Jiaojie-2022"


def add(desk: Desk, name: str, *roles: str) -> Actor:
    desk.do(AddAccount(name, PASSWORD, roles, f"{name}的姓名"))
    return desk.office.actor_of(name)


def refused(desk: Desk, command: HandOver) -> str:
    with pytest.raises(Refused) as refusal:
        desk.do(command)
    return refusal.value.code


def test_drafts_and_roles_go_over_and_the_account_is_closed(station: Desk) -> None:
    old, new = add(station, "zhang", "工作人员"), add(station, "li", "局领导")
    for form in ("a", "b"):
        station.do(SaveDraft(form, {"name": form}), old)
    station.do(SaveDraft("b", {"name": "own"}), new)
    assert station.do(HandOver("zhang", "li", ("工作人员",))) == HandedOver(drafts=1, kept=1)
    assert station.ask(Drafts(), new) == {"a": {"name": "a"}, "b": {"name": "own"}}
    found = {one.name: one for one in station.ask(Accounts())}
    assert not found["zhang"].is_active and found["li"].roles == ("局领导", "工作人员")
    with pytest.raises(Refused) as refusal:
        station.office.login("zhang", PASSWORD)
    assert refusal.value.code in {"E002", "E006"}


def test_what_only_he_may_do_is_told(station: Desk) -> None:
    add(station, "zhang", "工作人员", "局领导")
    add(station, "li", "局领导")
    found = station.ask(AskHandover("zhang"))
    assert found.roles == ("工作人员", "局领导") and found.orphaned == ("工作人员",)
    assert [name for name, _ in found.candidates] == ["admin", "li"]


def test_the_only_administrator_hands_his_role_over_with_himself(station: Desk) -> None:
    add(station, "li", "工作人员")
    assert refused(station, HandOver("admin", "li")) == "E013"
    assert {one.name: one.is_active for one in station.ask(Accounts())} == {"admin": True, "li": True}
    station.do(HandOver("admin", "li", ("管理员",)))
    assert {one.name: one.is_active for one in station.ask(Accounts(), station.office.actor_of("li"))} == {
        "admin": False,
        "li": True,
    }


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (HandOver("zhang", "zhang"), "E023"),
        (HandOver("zhang", "left"), "E023"),
        (HandOver("zhang", "nobody"), "E011"),
        (HandOver("nobody", "li"), "E011"),
        (HandOver("zhang", "li", ("管理员",)), "E024"),
    ],
)
def test_what_cannot_be_is_refused_whole(station: Desk, command: HandOver, code: str) -> None:
    old = add(station, "zhang", "工作人员")
    add(station, "li", "工作人员")
    add(station, "left", "工作人员")
    station.do(DisableAccount("left"))
    station.do(SaveDraft("a", {"name": "a"}), old)
    assert refused(station, command) == code
    assert station.ask(Drafts(), old) == {"a": {"name": "a"}}


def test_it_stands_in_the_journal(station: Desk) -> None:
    add(station, "zhang", "工作人员")
    add(station, "li", "工作人员")
    station.do(HandOver("zhang", "li"))
    assert any("交给 li" in str(one) for one in station.ask(Journal()))


def test_the_paper_says_how_everything_stands(station: Desk) -> None:
    paper = HandoverPaper(
        office="解州镇",
        leaving="张三",
        taking="李四",
        items=(("该备份了", "7 天没有备份"),),
        made_at=station.clock.now().at.replace(tzinfo=None),
    )
    assert FORM.render(paper)[:5] == b"%PDF-"
    assert FORM.sheet is not None
    rows = FORM.sheet(replace(paper, items=())).rows
    assert rows == ()
