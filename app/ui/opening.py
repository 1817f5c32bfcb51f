"""Makes the desk of whoever logged in, and puts the office's settings into effect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QApplication

from app.clock import Clock
from app.errors import Problem
from app.paths import DataDir
from app.services.office.settings import SettingView
from app.services.security.accounts import AccountView
from app.settings import SETTINGS, validate
from app.ui import style, theme
from app.ui.desk import Desk, Place
from app.ui.errors import Diagnostics
from app.ui.finding import record_search
from app.ui.look import look_of, remember
from app.ui.office_drafts import OfficeDrafts
from app.ui.runner import Runner


def desk_of(
    runner: Runner,
    settings: Iterable[SettingView],
    accounts: Iterable[AccountView],
    data: DataDir,
    clock: Clock,
) -> Desk:
    """The desk of the runner's actor."""
    office: Any = runner.office
    identity, actor = office.identity, runner.actor
    roles = next((account.roles for account in accounts if account.id == actor.account), ())
    place = Place(
        identity.code, identity.name, identity.level, identity.own_site, actor.display_name, "、".join(roles)
    )
    return Desk(
        runner,
        place,
        clock,
        may=actor.may,
        drafts=OfficeDrafts(runner),
        search=record_search(runner),
        settings=setting_values(settings),
        diagnostics=Diagnostics(data.root / "diagnostics"),
    )


def setting_values(settings: Iterable[SettingView]) -> dict[str, Any]:
    """Key → value in its own type, for every setting of app.settings."""
    values: dict[str, Any] = {key: one.default for key, one in SETTINGS.items()}
    for view in settings:
        if view.name in SETTINGS:
            value = validate(view.name, view.value)
            if not isinstance(value, Problem):
                values[view.name] = value
    return values


def keep_settings(desk: Desk, data: DataDir) -> None:
    """Put scale and colours into effect if they changed, and remember them for the next login."""
    look = look_of(desk.settings, desk.place.site_name, desk.runner.actor.name)
    remember(data, look)
    app, now = QApplication.instance(), theme.current()
    is_contrast = now.colours is theme.CONTRAST
    if isinstance(app, QApplication) and (look.scale, look.is_high_contrast) != (now.scale, is_contrast):
        style.apply(app, scale=look.scale, is_high_contrast=look.is_high_contrast)
