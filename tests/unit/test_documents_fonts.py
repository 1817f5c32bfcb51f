"""Fonts: office fonts first, packaged Noto SC otherwise, every name prints or is reported."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest
from fontTools.ttLib import TTFont

from app.documents.fonts import FontFile, FontRole, font_chain, ui_font_files
from app.documents.glyphs import build_truetype, glyph_source
from app.documents.paper import Paper, Printed, Style
from app.documents.typeface import printable, typeface

RARE = "𬭎㛃䶮"
ABSENT = "\U0003fff0"


def printed(text: str, role: FontRole = FontRole.song) -> Printed:
    paper = Paper("试印")
    paper.new_page()
    paper.text(60, 80, text, Style(role=role, size=12))
    return paper.finish()


def read(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


@pytest.mark.parametrize("role", list(FontRole))
def test_p49_rare_name_characters_print(role: FontRole) -> None:
    result = printed(f"张{RARE}", role)
    assert result.missing == ()
    assert f"张{RARE}" in read(result.pdf)


def test_p49_a_character_no_font_has_is_reported_and_never_a_box() -> None:
    result = printed(f"王{ABSENT}明")
    text = read(result.pdf)
    assert result.missing == (ABSENT,)
    assert "王〓明" in text
    assert "U+3FFF0" in text
    assert "U+3FFF0" in result.warning
    assert "□" not in text


def test_only_the_used_glyphs_are_embedded() -> None:
    assert len(printed("司法局").pdf) < 12_000


def test_a_second_document_in_the_process_has_its_own_characters() -> None:
    assert "法律援助" in read(printed("法律援助").pdf)
    assert "值班补贴" in read(printed("值班补贴").pdf)


def test_the_office_font_is_preferred_where_it_is_installed(tmp_path: Path) -> None:
    source = glyph_source(FontFile(ui_font_files()[1]))
    font = build_truetype("Office", {ord(sign): source.outline(ord(sign)) for sign in "司法局 "})
    (tmp_path / "SimFang.ttf").write_bytes(font)
    chain = font_chain(FontRole.fang, [tmp_path])
    assert chain[0].path == tmp_path / "SimFang.ttf"
    assert glyph_source(chain[0]).outline(ord("法")).advance == source.advance(ord("法"))
    assert font_chain(FontRole.hei, [tmp_path])[0].path == ui_font_files()[0]


def test_a_font_that_forbids_embedding_is_not_used(tmp_path: Path) -> None:
    source = glyph_source(FontFile(ui_font_files()[0]))
    font = TTFont(io.BytesIO(build_truetype("Closed", {ord("法"): source.outline(ord("法"))})))
    font["OS/2"].fsType = 2
    font.save(tmp_path / "simhei.ttf")
    assert not glyph_source(FontFile(tmp_path / "simhei.ttf")).has(ord("法"))


def test_ui_font_files_are_open_type_with_chinese() -> None:
    for path in ui_font_files():
        with TTFont(path, lazy=True) as font:
            assert ord("龙") in font.getBestCmap()


def test_widths_are_of_the_font() -> None:
    face = typeface(FontRole.song)
    assert face.width("司法", 10) == pytest.approx(20)
    assert face.width("1", 10) < 10


def test_printable_drops_controls_and_selectors_but_no_text() -> None:
    assert printable("葛\U000e0100城\u202e区\r\n第二行") == "葛城区\n第二行"
