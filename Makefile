# make demo: set up and run the main job on the bundled demo data.   make test: set up and run the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt
DEMO_HOME := $(CURDIR)/demo-home
export PYTHONUTF8 := 1

.PHONY: demo test test-browser test-oldest-browser test-service screenshots lint bench wheelhouse clean

$(VENV)/.base: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is %s. Try: make PYTHON=python3.11 ..." % sys.version.split()[0])'
	@$(PYTHON) -c 'import venv, ensurepip' || { echo "Python's venv module is missing (Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Making the environment in $(VENV) (about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base
	@echo "Adding what the tests need, sentence-transformers and torch among it (some minutes) ..."
	@$(PIP) torch==2.13.0
	@$(PIP) -e '.[dev,transformers]'
	@touch $@

demo: $(VENV)/.base
	@PATH="$(CURDIR)/$(BIN):$$PATH" MATCHER_HOME="$(DEMO_HOME)" sh scripts/demo.sh

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile

test-browser: $(VENV)/.dev
	@command -v chromium > /dev/null || { echo "Chromium and Chinese fonts are needed (Debian: apt-get install chromium fonts-noto-cjk)."; exit 1; }
	@$(BIN)/python -m pytest tests_browser

test-oldest-browser: $(VENV)/.dev
	@$(BIN)/python scripts/oldest_browser.py .oldest-browser
	@PATH="$(CURDIR)/.oldest-browser:$$PATH" $(BIN)/python -m pytest tests_browser

test-service: $(VENV)/.dev
	@$(BIN)/python -m pytest tests_slow
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests/service/console --on-postgresql -k postgresql

screenshots: $(VENV)/.dev
	@$(BIN)/python scripts/screenshots.py

lint: $(VENV)/.dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: $(VENV)/.dev
	@test -d "$(DEMO_HOME)" || $(MAKE) demo
	@for script in scripts/bench_*.py; do echo "== $$script"; \
		MATCHER_HOME="$(DEMO_HOME)" $(BIN)/python $$script || exit 1; done

# Wheels for C libraries from 2.17 to 2.28: Kylin V10 and UOS 20 have 2.28, and a newer machine takes older wheels.
MANYLINUX := $(foreach minor,17 24 26 27 28,--platform manylinux_2_$(minor)_$(shell uname -m)) \
	--platform manylinux2014_$(shell uname -m)

wheelhouse: $(VENV)/.base
	@rm -rf wheelhouse && mkdir wheelhouse
	@$(BIN)/python -m pip wheel -q --no-deps -w wheelhouse .
	@$(BIN)/python -m pip download -q --only-binary=:all: $(MANYLINUX) -c constraints.txt -d wheelhouse wheelhouse/*.whl
	@echo "Carry the folder wheelhouse to the machine without Internet (same Python, same processor) and run there:"
	@echo "  python3 -m venv matcher && matcher/bin/pip install --no-index --find-links wheelhouse expert-matcher"

clean:
	@rm -rf $(VENV) $(DEMO_HOME) wheelhouse build dist
