# make run   the workbench with invented sample files on http://127.0.0.1:8501
# make test  every test; finds or installs Chromium and fonts for those that need them
# make check formatting, lint, types, import contract, generated documents; no tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 := 1

.PHONY: run test check fix docs shots bench lock clean system

run: $(VENV)/.run
	$(BIN)/case-review demo --if-empty
	$(BIN)/case-review serve

# The parts of the year go on from one another: they are walked by one process, after the others.
YEAR := tests/browser/test_year.py

test: $(VENV)/.test system
	$(BIN)/python -m pytest -n auto --dist loadgroup --ignore $(YEAR)
	$(BIN)/python -m pytest $(YEAR)

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/case-review messages --check
	$(BIN)/case-review docs --check

fix: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.test
	$(BIN)/case-review messages
	$(BIN)/case-review docs

# Pictures of every page in both languages and themes, into build/shots.
shots: $(VENV)/.test system
	$(BIN)/python -m tests.browser.shots build/shots

bench: $(VENV)/.test system
	$(BIN)/case-review bench all

# The locks hold hashes and no index address: sites install from their own mirror or from wheels.
lock: $(VENV)/.test
	$(BIN)/uv pip compile --universal --generate-hashes --quiet --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --quiet --no-header --python-version 3.11 --all-extras pyproject.toml -o requirements-dev.lock

$(VENV)/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# What the browser and scan tests need from Debian; asked for only where it is missing.
system:
	@sh .ci/system

clean:
	rm -rf build var .mypy_cache .ruff_cache .import_linter_cache .hypothesis
