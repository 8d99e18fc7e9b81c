# Every task of the project; `make help` lists them. Needs git, make and a Python 3.11 or 3.12, or uv,
# which gets one.
.DEFAULT_GOAL := help
.PHONY: help run setup test lint train check bench evaluate lock widget clean
SHELL := /bin/bash

ENV := .venv
BIN := $(ENV)/bin
READY := $(ENV)/.ready
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
export PYTHONWARNINGS := ignore
unexport PYTHONDONTWRITEBYTECODE

help: ## list the tasks
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 18

run: $(READY) ## run the advisor on http://127.0.0.1:8000 (PORT and HOST change that)
	@$(BIN)/advisor serve

setup: $(READY) ## make the environment, the vectors and the model; start nothing
	@$(BIN)/advisor setup

test: $(READY) ## run all tests, in a real browser too
	@$(BIN)/python tests/prepare.py
	@$(BIN)/advisor setup
	@$(BIN)/pytest tests
	@$(BIN)/pytest web_widget/test

lint: $(READY) ## check style, types, import directions and that the lock is fresh
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@UV=$(UV) .ci/lock-is-fresh

train: $(READY) ## train the model, if its inputs changed
	@$(BIN)/advisor train

check: $(READY) ## check the content under knowledge/
	@$(BIN)/advisor check

bench: $(READY) ## measure speed and memory against a bare echo
	@$(BIN)/python -m benchmarks

evaluate: $(READY) ## measure redaction and answers on the sets in evals/
	@$(BIN)/python evals/score_answers.py
	@$(BIN)/python evals/score_phi.py

lock: $(UV) ## resolve the dependencies anew into requirements.lock
	@UV=$(UV) .ci/lock-is-fresh --write

widget: ## build the widget (needs Node 20)
	@cd web_widget && npm ci --no-audit --no-fund && npm run build

clean: ## remove the environment, models and caches; the database stays
	@rm -rf $(ENV) .tools models var/cache

$(READY): requirements.lock pyproject.toml $(shell find vendor -name '*.py' -o -name '*.toml') | $(UV)
	@echo "Making the environment (the first time takes a minute)"
	@test -x $(BIN)/python || $(UV) venv --quiet --python '>=3.11,<3.13' $(ENV)
	@$(UV) pip sync --python $(BIN)/python --quiet --require-hashes --compile-bytecode requirements.lock
	@$(UV) pip install --python $(BIN)/python --quiet --no-deps --compile-bytecode ./vendor/rasa-placeholders
	@$(UV) pip install --python $(BIN)/python --quiet --no-deps --editable .
	@touch $@

.tools/bin/uv:
	@command -v python3 >/dev/null || { echo "Neither uv nor Python was found. Install uv (docs.astral.sh/uv), then run make again."; exit 1; }
	@python3 -m venv .tools && .tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9' \
	  || { echo "uv could not be installed with this Python. Install uv (docs.astral.sh/uv), then run make again."; exit 1; }
