from pathlib import Path

from tests.architecture.refusal_codes import conflicts, uses
from tests.architecture.tree import program, sources


def test_one_code_has_one_meaning() -> None:
    faults = list(conflicts(uses(program())))
    assert not faults, "\n\n".join(["", *faults])


def test_two_meanings_are_caught(tmp_path: Path) -> None:
    folder = tmp_path / "app" / "services"
    folder.mkdir(parents=True)
    (folder / "a.py").write_text('raise Refused("E999", f"没有{name}")\n', encoding="utf-8")
    (folder / "b.py").write_text('found = Problem("x", "没有别的", code="E999")\n', encoding="utf-8")
    (folder / "c.py").write_text('raise Refused("E998", "同一句")\n', encoding="utf-8")
    (folder / "d.py").write_text('raise Refused("E998", "同一句")\n', encoding="utf-8")
    faults = list(conflicts(uses(sources(tmp_path))))
    assert len(faults) == 1 and "app.services.a: 没有{}" in faults[0] and "app.services.b" in faults[0]
