"""What a document form offers, so that adding one touches one file of `forms/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from app.documents.paper import Printed
from app.documents.sheet import Sheet
from app.errors import Refused
from app.registry import offered


@dataclass(frozen=True)
class PaperForm:
    """A kind of paper.

    draw: takes the form's own frozen dataclass. sheet: for forms that are tables, the same as a Sheet,
    from which the XLSX comes.
    """

    key: str
    title: str
    draw: Callable[[Any], Printed]
    sheet: Callable[[Any], Sheet] | None = None

    def render(self, data: Any) -> bytes:
        """The PDF; use `draw` where characters without a glyph must be reported to the clerk."""
        return self.draw(data).pdf


def forms() -> dict[str, PaperForm]:
    """Key → form, for every form of the program."""
    found = offered("app.documents.forms", "FORM")
    return {form.key: form for form in cast("list[PaperForm]", list(found.values()))}


def form(key: str) -> PaperForm:
    """The form of a key. Raises Refused E505 when there is none."""
    known = forms()
    if key not in known:
        raise Refused("E505", f"没有“{key}”这种文书，可选：{'、'.join(sorted(known))}")
    return known[key]
