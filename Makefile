# One environment in .venv: `demo` installs the core alone (seconds), `test` and `check` add the development tools.
# Every package is pinned with its hashes: constraints-core.txt (core and build backend) is a part of constraints.txt (everything).

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The first Python on the path that is new enough; `make PYTHON=... demo` names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
UV ?= uv
SCRIPTS := $(wildcard src tests tools bench)
# Compiled modules are kept, whatever the caller's environment says: start-up is measured, not compilation.
unexport PYTHONDONTWRITEBYTECODE

# $(call quietly,COMMAND): its output goes to a log, which is shown when it fails.
quietly = $(1) >$(VENV)/install.log 2>&1 || { cat $(VENV)/install.log; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help demo test check cases bench generate format lock clean

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

demo: $(VENV)/.core ## the Huawei story on one screen (builds .venv on first use)
	@$(BIN)/licet demo

test: $(VENV)/.dev ## the whole test suite, with branch coverage
	@$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

check: $(VENV)/.dev ## format, lint, types, import contracts, generated files
	$(BIN)/ruff format --check $(SCRIPTS)
	$(BIN)/ruff check $(SCRIPTS)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/generate.py --check

cases: $(VENV)/.core ## every case under cases/, as a table
	@$(BIN)/licet cases run cases

bench: $(VENV)/.core ## start-up and speed, with the machine they were measured on
	@$(BIN)/python bench/run.py

generate: $(VENV)/.dev ## write the generated files again
	$(BIN)/python tools/generate.py

format: $(VENV)/.dev ## format the code and mend what ruff can mend
	$(BIN)/ruff format $(SCRIPTS)
	$(BIN)/ruff check --fix $(SCRIPTS)

lock: $(VENV)/.core ## pin everything anew (needs uv, a maintainer's tool)
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' >$(VENV)/build.in
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet \
		--all-extras pyproject.toml $(VENV)/build.in -o constraints.txt
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet \
		-c constraints.txt pyproject.toml $(VENV)/build.in -o constraints-core.txt

clean: ## remove the environment and every cache
	rm -rf $(VENV) .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist build
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The second step needs no network and no isolation: the build backend came with the first.
$(VENV)/.core: constraints-core.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "licet needs Python 3.11 or newer on the path, or make PYTHON=/path/to/python demo" >&2; exit 1; }
	@echo "licet: setting up $(VENV) (some seconds, once)" >&2
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(call quietly,$(PIP) install --require-hashes -r constraints-core.txt)
	@$(call quietly,$(PIP) install --no-deps --no-build-isolation --editable .)
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: $(VENV)/.core constraints.txt
	@echo "licet: adding the development tools" >&2
	@$(call quietly,$(PIP) install --require-hashes -r constraints.txt)
	@touch $@
