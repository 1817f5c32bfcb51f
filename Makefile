# Huimin: `make demo` and `make test` set up all they need; both may be run again and again.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3; do $$p -c "" 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO_DIR ?= demo-output
DEMO_OPTIONS ?=
OFFICE_DIR ?= $(DEMO_DIR)/station
TEST_JOBS ?= 2

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# Programs that the tests start again and again find their byte code, whatever the machine's habit is.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test lint unit test-long desk bench packages test-packages lock setup libraries clean

demo: setup  ## the whole main job without a screen; with a screen, the office opens on its result
	$(BIN)/huimin demo --out $(DEMO_DIR) $(DEMO_OPTIONS)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] && [ -z "$${CI:-}" ]; then \
		$(BIN)/huimin --data-dir $(OFFICE_DIR); \
	else \
		echo "No screen: the demo's documents and pictures are in $(DEMO_DIR)/"; \
	fi

test: lint unit  ## lint, types and all tests

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/vulture
	$(BIN)/mypy

unit: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(TEST_JOBS) --dist worksteal

test-long: setup  ## kills, power cuts, fuzz, a city's year and planted faults at length; HUIMIN_TEST_KILLS says at how many points
	HUIMIN_TEST_KILLS=$${HUIMIN_TEST_KILLS:-300} QT_QPA_PLATFORM=offscreen \
		$(BIN)/python -m pytest -n $(TEST_JOBS) --dist worksteal --timeout=0 -k "kill or power_cut or sides_agree or all_sides or citys_year or deeper_into"
	$(BIN)/python -m tests.mutants --number $${HUIMIN_MUTANTS:-300} --jobs $(TEST_JOBS) --least $${HUIMIN_MUTANTS_LEAST:-0.75}

desk: setup  ## a day in real windows by keys alone, and every workbook printed by LibreOffice; installs nothing
	@for program in Xvfb openbox xdotool soffice; do command -v $$program >/dev/null || { \
		echo "make desk needs $$program, which is missing here. On Debian:" >&2; \
		echo "  sudo apt-get install xvfb openbox xdotool libreoffice-calc fonts-droid-fallback" >&2; exit 1; }; done
	$(BIN)/python -m pytest -n 0 --timeout=0 -m desk tests/journeys

bench: setup  ## ratios within one run; not part of the tests
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 0 --timeout=0 -s -m bench tests/bench

packages: setup  ## installers into dist/, as far as this machine can build them; PYTHON_ZIP= the official archive for Windows
	installer/packages/tools.sh
	$(BIN)/python -m installer.packages $(TARGETS)

test-packages: packages  ## in a bare Debian 12: install, self-test, demo, update, kills, roll-back, uninstall
	$(BIN)/python -m installer.packages.try_packages

lock: setup  ## pin what is installed now
	$(BIN)/python installer/lock.py

setup: libraries $(READY)

libraries:
	@installer/system_libraries.sh

$(READY): requirements.lock pyproject.toml installer/virtual_environment.sh
	installer/virtual_environment.sh $(VENV) "$(PYTHON)"
	$(BIN)/python -m pip install --quiet --no-deps --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) $(DEMO_DIR) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
