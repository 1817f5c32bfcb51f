"""Says in plain words what is wrong when the database itself fails: a full disk, another program, damage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError

from app.errors import Refused
from app.models.trouble import Trouble, trouble_of

SAVING = "数据未保存"
READING = "没有读出数据"


@contextmanager
def told_plainly(undone: str = SAVING) -> Iterator[None]:
    """Whatever the database does wrong inside the block becomes a refusal; undone: what has not happened then."""
    try:
        yield
    except DatabaseError as error:
        raise database_trouble(error, undone) from error


def database_trouble(error: DatabaseError, undone: str = SAVING) -> Refused:
    """A plain sentence for a full disk, a locked or a damaged database; raises the error itself if it is none of these."""
    if type(error) not in (OperationalError, DatabaseError):
        raise error
    return engine_trouble(error.orig, undone)


def engine_trouble(error: BaseException | None, undone: str) -> Refused:
    """The same for an error of the engine itself."""
    match trouble_of(error):
        case Trouble.full:
            return Refused("E906", f"磁盘已满，{undone}。请清理磁盘空间后再试一次。")
        case Trouble.busy:
            return Refused("E905", f"数据库一直被另一个程序占用，{undone}。请关闭别的窗口，稍候再试。")
        case Trouble.damaged:
            return Refused("E939", f"数据库文件损坏，{undone}。请不要继续登记，请从备份恢复。")
        case Trouble.medium:
            return Refused("E940", f"磁盘读写出错，{undone}。请检查磁盘，马上备份到另一个盘，再试一次。")
        case Trouble.closed:
            return Refused("E941", f"数据库文件打不开或不能写，{undone}。请检查数据目录的权限。")
        case Trouble.away:
            return Refused("E991", f"数据库服务器断开了，{undone}。请检查网络和服务器是否开着，再试一次。")
    return Refused("E904", f"数据库出错，{undone}（{error}）。请先备份，再运行“检查”。")
