# Everything a person or CI does here. `make` lists the tasks.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
LOCKS := requirements
CODE := src tests benchmarks tools/changed-pages tools/due tools/screenshots tools/verify-build

.DEFAULT_GOAL := help
.PHONY: help build check serve test lint golden docs due browser screenshots lock clean

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

build: .venv/.ready ## build content/ into build/
	@$(BIN)/overdue-guide build $(ARGS)

check: .venv/.ready ## check the content, write nothing; ARGS="--format github"
	@$(BIN)/overdue-guide check $(ARGS)

serve: .venv/.ready ## build, serve at http://127.0.0.1:8000/ and reload on change
	@$(BIN)/overdue-guide serve

test: .venv/.ready-dev browser ## run all tests
	@$(BIN)/python -m pytest

lint: .venv/.ready-dev ## style and types
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy

golden: .venv/.ready-dev ## rewrite the expected files of tests/sites; read the diff
	@$(BIN)/python -m tests.golden

docs: .venv/.ready-dev ## rewrite docs/rules and docs/commands.md from the program
	@$(BIN)/python -m tests.reference

due: .venv/.ready ## what falls due within two weeks, as Markdown
	@$(BIN)/python tools/due

browser: ## find a Chromium, or install one by apt where that is allowed
	@tools/chromium

screenshots: .venv/.ready-dev browser ## take the README pictures of build/ anew
	@$(BIN)/python tools/screenshots

lock: .venv/.ready-dev ## renew requirements/*.lock from pyproject.toml
	@tools/lock

clean: ## remove everything that was made here
	rm -rf .venv .cache build/* .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.ready: pyproject.toml $(LOCKS)/runtime.lock tools/venv
	@tools/venv "$(PYTHON)" $(LOCKS)/runtime.lock
	@touch $@

.venv/.ready-dev: pyproject.toml $(LOCKS)/dev.lock tools/venv
	@tools/venv "$(PYTHON)" $(LOCKS)/dev.lock
	@touch .venv/.ready $@
