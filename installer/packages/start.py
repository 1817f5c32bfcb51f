"""Starts the installed program with nothing but its own folder to import from; laid beside it by the build."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

from app.__main__ import main

if __name__ == "__main__":
    main()
