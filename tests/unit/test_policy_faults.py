"""A pack file that does not hold together is refused with a code and the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import Refused
from app.kernel.packs import load_pack, packs_folder
from app.rules.policy.totals import check_totals


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(packs_folder(), tmp_path / "policy"))


def plant(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("total = 47000", "total = 47001", "E955", "免费法律咨询合计"),
        ('["140802", "盐湖区", 6400]', '["140802", "盐湖区", 6401]', "E955", "免费法律咨询合计"),
        ('clause = "五（二）1（1）"', "", "E954", "[figures.rates.d1] clause"),
        ('clause = "五（二）1（1）"', 'clause = "九（九）"', "E954", "[figures.rates.d1] clause"),
        (
            '"五（二）1（1）" = "服务记录内容缺项、不规范的，一次扣10元；"',
            "",
            "E954",
            "[figures.rates.d1] clause",
        ),
        ("value = 1000\n", "value = 1000\nvalu = 1\n", "E952", "[figures.rates.d1] valu"),
        ("value = 1000\n", "value = 10.5\n", "E953", "[figures.rates.d1] value"),
        ("value = 1000\n", "", "E953", "[figures.rates.d1] value"),
        ("[figures.rates.d1]", "[figures.ratez.d1]", "E952", "[figures] ratez"),
        ('["140802", "盐湖区", 6400]', '["149999", "盐湖区", 6400]', "E956", "parts"),
        ('["140802", "盐湖区", 6400]', '["140802", "永济市", 6400]', "E956", "parts"),
        ('value = "record"', 'value = "page"', "E983", "[settings.record_unit] value"),
        ("valid_to = 2022-12-31", "valid_to = 2021-12-31", "E959", "valid_from"),
        ('kind = "律师"', 'kind = "医师"', "E953", "[[personnel]] 第 1 项 kind"),
        ('key = "yuncheng-2022"', "key = ", "E951", ""),
        ('root = "1408"', 'root = "1408"\ninherits = "yuncheng-2022"', "E958", "inherits"),
    ],
)
def test_a_planted_fault_is_refused_with_its_place(
    folder: Path, old: str, new: str, code: str, place: str
) -> None:
    plant(folder, "yuncheng-2022.toml", old, new)
    with pytest.raises(Refused) as refused:
        load_pack("yuncheng-2022", folder)
    assert refused.value.code == code
    assert refused.value.problems[0].field.endswith(place)
    assert "yuncheng-2022" in refused.value.message


def test_a01_a_wrong_subtotal_is_refused(folder: Path) -> None:
    plant(folder, "anqing-2023.toml", "total = 1108", "total = 1109")
    with pytest.raises(Refused, match="E955"):
        load_pack("anqing-2023", folder)


def test_y01_a_missing_station_is_refused(folder: Path) -> None:
    path = folder / "yuncheng-2022.sites.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("140802100")), encoding="utf-8")
    with pytest.raises(Refused, match="E955"):
        load_pack("yuncheng-2022", folder)


def test_a_site_below_nobody_is_refused_by_its_row(folder: Path) -> None:
    plant(folder, "yuncheng-2022.sites.csv", "工作站,站,140802\n", "工作站,站,149999\n")
    with pytest.raises(Refused, match=r"E956 .*第 6 行"):
        load_pack("yuncheng-2022", folder)


def test_a_document_that_errs_itself_is_said_not_refused(folder: Path) -> None:
    plant(folder, "yuncheng-2022.toml", "total = 47000", 'total = 47001\ndiscrepancy = "文件合计有误"')
    check = check_totals(load_pack("yuncheng-2022", folder))[0]
    assert (check.is_equal, check.stated, check.summed, check.discrepancy) == (
        False,
        47001,
        47000,
        "文件合计有误",
    )


def test_an_unknown_pack_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match=r"E950 .*yuncheng-2022"):
        load_pack("nowhere-2022")
