"""Commands that list every setting of office and pack, and change one with its reason."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, opened, options_of, plain, show
from app.services.office.settings import PACK, ChangeSetting, Settings, SettingView

setting = typer.Typer(help="设置和文件读法", no_args_is_help=True)


def add(cli: typer.Typer) -> None:
    """Add `setting list|set`."""
    cli.add_typer(setting, name="setting")


@setting.command("list")
def list_settings(context: typer.Context) -> None:
    """列出本单位的设置和方案文件未明确的读法。"""
    found: tuple[SettingView, ...] = ask(context, Settings())
    show(context, [_document(one) for one in found], lambda: "\n".join(_words(found)))


@setting.command("set")
def set_setting(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="设置名，见 setting list；读法可以不写 pack.")],
    value: Annotated[str, typer.Argument(help="取值；留空写 ''，恢复默认写默认的取值")],
    reason: Annotated[str, typer.Option("--reason", help="理由或批准文号；改读法必须写")] = "",
) -> None:
    """改一项设置，留痕。"""
    with opened(options_of(context)) as (office, actor):
        name = _full_name(key, office.ask(Settings(), actor))
        office.do(ChangeSetting(name, value, reason), actor)
        now = next(one for one in office.ask(Settings(), actor) if one.name == name)
    show(context, _document(now), lambda: f"“{now.title}”现在是 {now.shown}{_unit(now)}。")


def _full_name(key: str, found: tuple[SettingView, ...]) -> str:
    """The name of a reading whose `pack.` was left out, else the key as given."""
    names = {one.name for one in found}
    return PACK + key if key not in names and PACK + key in names else key


def _document(one: SettingView) -> dict[str, object]:
    return {"key": one.name, **plain(one), "is_default": one.is_default}


def _words(found: tuple[SettingView, ...]) -> list[str]:
    lines, group = [], ""
    for one in found:
        if one.group != group:
            group = one.group
            lines.append(f"【{group}】")
        changed = f"　已改：{one.reason}" if not one.is_default else ""
        lines.append(f"  {one.name}　{one.title}：{one.shown}{_unit(one)}　可填 {_choices(one)}{changed}")
    return lines


def _choices(one: SettingView) -> str:
    if one.choices:
        return "、".join(f"{stored}（{words}）" for stored, words in one.choices)
    if one.kind == "bool":
        return "是、否"
    return f"{one.least} 至 {one.most}" if one.kind == "int" else f"最多 {one.most} 个字"


def _unit(one: SettingView) -> str:
    return one.unit if one.kind == "int" and not one.shown.endswith(one.unit) and one.value else ""
