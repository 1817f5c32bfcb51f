"""Finds what a folder offers, so that adding a report, page or command touches one place."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any


@cache
def modules_below(package: str) -> tuple[ModuleType, ...]:
    """Every module below a package, imported, in the order of their names."""
    root = importlib.import_module(package)
    found = sorted(info.name for info in pkgutil.walk_packages(root.__path__, package + "."))
    return tuple(importlib.import_module(name) for name in found)


def pages_below(package: str) -> tuple[ModuleType, ...]:
    """The module `page` of every folder of a package, imported, in the order of their names."""
    root = importlib.import_module(package)
    topics = sorted(info.name for info in pkgutil.iter_modules(root.__path__, package + ".") if info.ispkg)
    return tuple(importlib.import_module(f"{name}.page") for name in topics if find_spec(f"{name}.page"))


def offer(package: str, name: str, attribute: str) -> Any:
    """What the module of that name below a package offers, None where there is no such module; no other is loaded."""
    root = importlib.import_module(package)
    if name not in {info.name for info in pkgutil.iter_modules(root.__path__)}:
        return None
    return getattr(importlib.import_module(f"{package}.{name}"), attribute, None)


def offered(package: str, attribute: str) -> dict[str, Any]:
    """Module name (last part) → the attribute that the module offers, for modules that offer it."""
    return {
        module.__name__.rpartition(".")[2]: getattr(module, attribute)
        for module in modules_below(package)
        if hasattr(module, attribute)
    }
