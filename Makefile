# Two commands for a newcomer: `make run` and `make test`. They need python3 (3.11 or newer, with venv) and make.
PYTHON ?= python3
PORT ?= 8765
SERVE ?= 1
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv

.PHONY: help run test check docs bench bench-estimate bench-link bench-forecast lock clean
.DEFAULT_GOAL := help

help:            ## Show this list
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+: +##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## ?/  make \1  /'

$(UV): requirements/setup.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@touch $(UV)

$(VENV)/run.stamp: $(UV) requirements/run.txt pyproject.toml
	@echo "Installing what Tocsin needs into $(VENV) ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	@echo "Installing what the tests need ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/docs.stamp: $(VENV)/dev.stamp requirements/docs.txt
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/docs.txt
	@touch $@

$(VENV)/bench.stamp: $(VENV)/dev.stamp requirements/bench.txt
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/bench.txt
	@touch $@

run: $(VENV)/run.stamp       ## Run the whole path on the bundled workspace, then serve it (SERVE=0: stop after the summary; PORT=8765)
	@$(BIN)/tocsin run
ifneq ($(SERVE),0)
	@$(BIN)/tocsin serve --port $(PORT)
endif

test: $(VENV)/dev.stamp      ## Run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/dev.stamp     ## Lint, format, types and the import contract
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: $(VENV)/docs.stamp     ## Build the documentation into docs/_build/html
	@$(BIN)/sphinx-build -W --keep-going -q docs docs/_build/html && echo "docs/_build/html/index.html"

bench: $(VENV)/bench.stamp     ## Measure speed, memory and quality, and print the tables
	@$(BIN)/python -m bench

bench-estimate: $(VENV)/bench.stamp ## Measure the estimators against the tables of their R peers, and the invented country's intervals
	@$(BIN)/python -m bench.estimate
	@$(BIN)/python -m bench.invented_country

bench-link: $(VENV)/bench.stamp ## Measure linking against Splink's tutorial models and recordlinkage, its calibration and its intervals
	@$(BIN)/python -m bench.link quality names
	@$(BIN)/python -m bench.link speed
	@$(BIN)/python -m bench.link million
	@$(BIN)/python -m bench.link_simulated calibration 20
	@$(BIN)/python -m bench.linked_coverage 200

bench-forecast: $(VENV)/bench.stamp ## Measure the forecasts of onset and of deaths against the published ones
	@$(BIN)/python -m bench.forecast

lock: $(UV)      ## Pin requirements/*.txt again from pyproject.toml
	@for set in run dev docs bench; do ./requirements/lock.sh $$set; done

clean:           ## Remove the virtual environment and built files, never a workspace
	@rm -rf $(VENV) docs/_build build dist
