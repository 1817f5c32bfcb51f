import re

import pytest

from app.kernel import handlers
from app.kernel.permissions import Permission

CHINESE = re.compile(r"[一-鿿]{2,}")


def of_the_program(entries) -> dict[str, handlers.Handler]:
    return {kind.__name__: handler for kind, handler in entries.items() if kind.__module__.startswith("app.")}


def test_every_command_and_task_carries_its_chinese_name() -> None:
    handlers.load_services()
    named = of_the_program(handlers.HANDLERS) | of_the_program(handlers.TASKS)
    assert len(named) > 70
    assert not [name for name, handler in named.items() if not CHINESE.fullmatch(handler.title)]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("DisableAccount", "停用账号"),
        ("Reveal", "查看完整个人信息"),
        ("PaySheetOf", f"{Permission.REPORT.value}（PaySheetOf）"),
        ("BurnPaper", "BurnPaper"),
    ],
    ids=["command", "query with a name", "query called by its right", "of an older program"],
)
def test_records_call_a_command_by_its_name(command: str, words: str) -> None:
    assert handlers.command_words(command) == words


def test_a_command_without_a_name_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="title"):
        handlers.handles(int, permission=Permission.LOOK)  # type: ignore[call-arg]
