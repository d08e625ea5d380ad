# Two commands are enough: `make run` starts Footfall, `make test` runs its tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than there are cores: tests of faults wait most of their time.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
# Modules are compiled once, also where the surroundings would have each of the hundreds of servers do it anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: audit lock run test test-tools lint lint-python lint-web format types texts assets assets-check clients clients-check screenshots bench soak clean

run: $(VENV)/.run
	$(BIN)/footfall serve

test: $(VENV)/.dev
	scripts/test-tools
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

# Both halves may run beside each other: make --jobs=2 lint.
lint: lint-python lint-web

lint-python: $(VENV)/.dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/texts.py --check

# One after the other: the first reads what the second writes.
lint-web: assets-check
	$(MAKE) clients-check

# What tests need besides Python; after the others, which may have to install something themselves.
test-tools: | $(VENV)/.dev node_modules/.installed
	scripts/test-tools

format: $(VENV)/.dev
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks

# Brings the catalogues of texts up to date with the code; says which words are missing.
texts: $(VENV)/.dev
	$(BIN)/python scripts/texts.py

# Rebuilds the tracker and the dashboard's assets (needs Node); the result is committed.
assets: node_modules/.installed
	npm run --silent build

# What is committed is what the sources build, byte for byte.
assets-check: node_modules/.installed
	npm run --silent check
	scripts/assets-unchanged

# Makes the OpenAPI description anew, and from it the TypeScript client (needs Node); the result is committed.
clients: $(VENV)/.dev node_modules/.installed
	mkdir -p node_modules/.cache
	$(BIN)/python scripts/openapi.py node_modules/.cache/openapi.json
	npm run --silent clients

# What is committed is what the API says.
clients-check: clients
	scripts/clients-unchanged

# Takes the pictures of the documentation anew (needs Chromium); look at them before they are committed.
screenshots: $(VENV)/.dev
	$(BIN)/python -m scripts.screenshots

# kill -9 under load, a thousand times: the better part of an hour. SOAK=60 does it sixty times.
soak: $(VENV)/.dev
	SOAK=$${SOAK:-1000} $(BIN)/python -m pytest -q -n 2 tests/faults/test_kill.py

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

# One of them: bench-intake, bench-dashboard, bench-live, bench-query, bench-web (SIZE=100m: that many events;
# KEEP=FOLDER: made once, kept there), bench-neighbour (PAGES=1m: that many pages), bench-export (SIZE=1m).
bench-%: $(VENV)/.dev
	$(BIN)/python -m benchmarks $*

# Known holes in dependencies, risky code, secrets. Asks the network, so CI does not run it.
audit: $(VENV)/.audit
	scripts/audit $(BIN)

# The runtime dependencies with their hashes, after a change of pyproject.toml.
lock: $(VENV)/.audit
	$(BIN)/uv pip compile pyproject.toml --extra postgres --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --output-file requirements.lock

$(VENV)/.audit: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[audit]'
	touch $@

clean:
	rm -rf $(VENV) node_modules

$(VENV)/.run: pyproject.toml
	scripts/virtualenv $(PYTHON) $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: pyproject.toml
	scripts/virtualenv $(PYTHON) $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(VENV)/.run $@

node_modules/.installed: package-lock.json
	scripts/node-tools
	npm ci --no-audit --no-fund --silent
	touch $@
