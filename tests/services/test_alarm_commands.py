"""Alarms are listed and dismissed by command, with what was found."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from app.cli.main import add_commands
from app.cli.session import run
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from tests.services.conftest import COUNTY, Desk


class RaiseAlarm:
    """Something that nobody but a forger does."""


@handles(RaiseAlarm, title="试一次警报", permission=Permission.EXCHANGE)
def raise_alarm(work: Work, command: RaiseAlarm) -> None:
    work.alarm("exchange", "龙居镇的流水与已收的不一致")


def test_an_alarm_is_dismissed_with_what_was_found(
    county: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    county.do(RaiseAlarm())
    root = county.office.data.root
    county.office.close()
    monkeypatch.setenv("HUIMIN_PASSWORD", COUNTY.password)

    def huimin(*words: str, expect: int = 0) -> Any:
        monkeypatch.setattr(sys, "argv", ["huimin", "--data-dir", str(root), "--json", *words])
        code = run(add_commands())
        said = capsys.readouterr()
        assert code == expect, said.err
        return json.loads(said.out) if said.out else said.err

    [alarm] = huimin("alarm", "list")
    assert alarm["is_open"] and "龙居镇" in alarm["detail"]
    assert huimin("alarm", "dismiss", str(alarm["id"]), expect=1).startswith("E054 ")
    huimin("alarm", "dismiss", str(alarm["id"]), "--reason", "换过电脑，电话核对过")
    assert huimin("alarm", "list") == []
    assert not next(one for one in huimin("alarm", "list", "--all") if one["id"] == alarm["id"])["is_open"]
