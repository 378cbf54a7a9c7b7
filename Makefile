# Every target sets up what it needs: a virtual environment in .venv, made again when pyproject.toml changes.

PYTHON ?= python3
INPUT ?= input
OUTPUT ?= output
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help convert test test-sites check bench bench-scaling bench-wxr docs clean

help:
	@echo "make convert        convert $(INPUT)/ into $(OUTPUT)/ (INPUT=… OUTPUT=… for other folders)"
	@echo "make test           run the tests"
	@echo "make test-sites     build sites with Jekyll, Hugo, Eleventy … and prove them (make test-site-hugo: one of them)"
	@echo "make check          lint, types, and whether the generated documents are current"
	@echo "make docs           write the generated documents"
	@echo "make bench          measure speed and memory (FOLDER=… for other pages than input/)"
	@echo "make bench-scaling  measure how time and memory grow"
	@echo "make bench-wxr      measure a whole site's export, beside wordpress-export-to-markdown (LARGE=1 for 1.2 GB too)"
	@echo "make clean          remove the virtual environment and the caches"

convert: $(VENV)/.installed-run
	$(BIN)/wpmigrate convert "$(INPUT)" "$(OUTPUT)"

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

test-sites: $(VENV)/.installed-dev
	$(BIN)/python tests/sites/run.py

test-site-%: $(VENV)/.installed-dev
	$(BIN)/python tests/sites/run.py $*

check: $(VENV)/.installed-dev
	$(BIN)/python -m ruff check
	$(BIN)/python -m mypy
	$(if $(wildcard tools/make_docs.py),$(BIN)/python tools/make_docs.py --check)

docs: $(VENV)/.installed-dev
	$(BIN)/python tools/make_docs.py

bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks $(if $(FOLDER),"$(FOLDER)")

bench-scaling: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks.scaling
	$(BIN)/python -m benchmarks.memory

bench-wxr: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks.wxr $(if $(LARGE),--large)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .sites

# run: what the program needs; dev and bench: that and an extra of pyproject.toml.
$(VENV)/.installed-run: EXTRA :=
$(VENV)/.installed-dev: EXTRA := [dev]
$(VENV)/.installed-bench: EXTRA := [bench]
$(VENV)/.installed-%: pyproject.toml | $(BIN)/python
	$(PIP) install --editable ".$(EXTRA)"
	@touch $@

# A half-made environment is taken away again, so that the next try starts afresh.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "wpmigrate needs Python 3.11 or newer, and '$(PYTHON)' is not that." >&2; \
		echo "Install one, or name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "'$(PYTHON) -m venv' failed. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
