"""Fills a real county office with many consultations by prepared statements, for measuring only."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Integer, text

from app.clock import local_to_utc
from app.kernel.permissions import SYSTEM
from app.models.base import Flag, UtcText
from app.models.schema import table
from app.services.office.office import Office
from tests.direct_rows import Write
from tests.services.conftest import Desk

BATCH = 20_000
YEARS = 20
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂花兰玉红文志国建华春梅海燕晓雪峰龙"
TOPICS = ("劳动", "婚姻家庭", "邻里纠纷", "宅基地", "交通事故", "借贷", "社会保障", "继承")
SAID = (
    "工地拖欠工资三个月没有发，老板说要等到年底。", "想离婚，孩子两岁，问抚养费怎么算。", "邻居建房占了通道，村里调解不成。",
    "宅基地确权证上的面积与实际不符，怎么更正。", "骑车被撞，对方保险公司不肯赔误工费。", "借条丢了，只有转账记录，还能不能起诉。",
    "新农合报销比例不清楚，问住院费用怎么报。", "老人去世没有遗嘱，兄弟几个对房产怎么分有争议。",
)  # fmt: skip
ANSWERS = (
    "先向劳动监察大队投诉，保留考勤和转账记录，必要时申请劳动仲裁。", "告知协议离婚和诉讼离婚的程序，抚养费按收入的百分之二十至三十。",
    "建议申请村委会和司法所联合调解，调解不成可向法院起诉排除妨害。", "带身份证和原证到不动产登记中心申请更正登记。",
)  # fmt: skip


def fill(desk: Desk, count: int, *, years: int = YEARS, last: int = 1) -> None:
    """So many records of some years up to today at every station, twenty thousand a transaction.

    last: the first number not given yet, counted from one, where an office is filled further.
    """
    for first in range(0, count, BATCH):
        rows = list(_rows(range(first, min(count, first + BATCH)), count, years, last - 1))
        _insert(desk.office, "consultation", rows)
        _insert(desk.office, "consultation_rating", list(_ratings(rows)))


def fill_station(office: Office, count: int, given: int = 0) -> None:
    """So many records of a year that the station wrote itself. given: how many it has already."""
    own = {"writer": office.identity.code, "site": office.identity.code}
    _insert(office, "consultation", [row | own for row in _rows(range(count), count, 1, given)])


def _insert(office: Office, name: str, rows: list[dict[str, Any]]) -> None:
    columns, places = ", ".join(f'"{one}"' for one in rows[0]), ", ".join(f":{one}" for one in rows[0])
    statement = text(f"INSERT INTO {name} ({columns}) VALUES ({places})")
    office.do(Write(lambda session: session.execute(statement, rows) and None), SYSTEM)


def _ratings(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Two of three records are rated."""
    for number, row in enumerate(rows):
        if number % 3:
            yield {
                "id": f"r-{row['id']}", "writer": row["writer"], "site": row["site"], "at": row["at"],
                "consultation_id": row["id"], "rating": ("满意", "基本满意")[number % 2], "channel": "现场",
                "rated_by": "bench",
            }  # fmt: skip


def _rows(numbers: range, count: int, years: int, given: int) -> Iterator[dict[str, Any]]:
    """Written by a station of each, so that they stand here as bundles would have left them."""
    chance = random.Random(given + numbers.start)
    stored = UtcText().process_bind_param
    last, minutes = datetime(2022, 5, 10, 8, 0), years * 365 * 24 * 60
    for number in numbers:
        at = last - timedelta(minutes=minutes * (count - number) // count)
        site = f"1408021{number % 13:02d}"
        name = chance.choice(SURNAMES) + "".join(
            chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2)))
        )
        yield _empty() | {
            "id": f"bench-{given + number:08d}", "writer": site, "site": site,
            "serial": (given + number) // 13 + 1, "number": f"{(given + number) // 13 + 1:04d}", "at": stored(local_to_utc(at), None), "on": str(at.date()),
            "person_id": f"p{number % 120}", "client_name": name, "phone": f"13{chance.randrange(10**9):09d}",
            "id_number": f"1408021{chance.randrange(10**10):010d}X", "topics": f'["{chance.choice(TOPICS)}"]',
            "content": chance.choice(SAID) + chance.choice(SAID), "answer": chance.choice(ANSWERS),
            "recorded_by": "bench",
        }  # fmt: skip


@cache
def _empty() -> dict[str, Any]:
    lists = dict.fromkeys(("groups", "topics", "missing"), "[]")
    found = {}
    for one in table("consultation").columns:
        plain = None if one.nullable else 0 if isinstance(one.type, (Integer, Flag)) else ""
        found[one.name] = lists.get(one.name, plain)
    return found | {"revision": 1}
