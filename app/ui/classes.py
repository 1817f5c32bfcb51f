"""Has Qt's classes made a few at a time beforehand, since PySide6 otherwise makes all of them in one turn."""

from __future__ import annotations

from itertools import islice

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

AT_ONCE = 12


def meet_classes(owner: QObject) -> None:
    """Touch every class, some in each turn of the event loop, as long as the owner lives.

    PySide6 makes a class when it is first named, and every class there is when it first meets an object whose class it
    does not know; that would hold up whoever opens the first page.
    """
    names = ((module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module))
    turn = QTimer(owner, interval=0)

    def meet_some() -> None:
        some = list(islice(names, AT_ONCE))
        for module, name in some:
            getattr(module, name)
        if not some:
            turn.stop()

    turn.timeout.connect(meet_some)
    turn.start()
