"""Tables, the engine, migrations, journal and change log; no rules, no Qt.

Whichever module is imported first, all tables are known then: what lists tables never finds half of them.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    if not _module.ispkg:
        import_module(f"{__name__}.{_module.name}")
