"""Says in plain words what is wrong when the database itself fails: a full disk, another program, damage."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError, OperationalError

from app.errors import Refused


def database_trouble(error: DatabaseError) -> Refused:
    """A plain sentence for a full disk, a locked or a damaged database; raises the error itself if it is none of these."""
    if type(error) not in (OperationalError, DatabaseError):
        raise error
    words = str(error.orig).lower()
    if "full" in words:
        return Refused("E906", "磁盘已满，数据未保存。请清理磁盘空间后再试一次。")
    if "locked" in words or "busy" in words:
        return Refused("E905", "数据库正被另一个程序占用，数据未保存。请稍候再试。")
    return Refused("E904", f"数据库出错，数据未保存（{error.orig}）。请先备份，再运行“检查”。")
