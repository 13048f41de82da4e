# Everything a person or CI does here. `make` lists the tasks.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
LOCKS := requirements
CODE := src tests benchmarks tools/changed-pages tools/check-links tools/due tools/mutation tools/sbom tools/outside-links tools/screenshots

.DEFAULT_GOAL := help
.PHONY: help build check verify links quality validate outside serve fmt test lint golden docs due fuzz torture mutation coverage browser recall bench report screenshots wheel lock sbom audit clean

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

build: .venv/.ready ## build content/ into build/
	@$(BIN)/overdue-guide build $(ARGS)

check: .venv/.ready ## check the content, write nothing; ARGS="--format github"
	@$(BIN)/overdue-guide check $(ARGS)

verify: .venv/.ready ## hold build/ against its manifest; ARGS="DIR --json"
	@$(BIN)/overdue-guide verify $(ARGS)

serve: .venv/.ready ## build, serve at http://127.0.0.1:8000/ and reload on change
	@$(BIN)/overdue-guide serve

fmt: .venv/.ready ## write content/ the house's way; ARGS="--check" only tells
	@$(BIN)/overdue-guide fmt $(ARGS)

test: .venv/.ready-dev browser ## run all tests
	@$(BIN)/python -m pytest

lint: .venv/.ready-dev ## style and types
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy

golden: .venv/.ready-dev ## rewrite the expected files of tests/sites; read the diff
	@$(BIN)/python -m tests.golden

docs: .venv/.ready-dev ## rewrite docs/rules, docs/commands.md and the man page from the program
	@$(BIN)/python -m tests.reference

due: .venv/.ready ## what falls due within two weeks, as Markdown
	@$(BIN)/python tools/due

links: ## follow every link within build/
	@$(PYTHON) tools/check-links build

outside: .venv/.ready ## links to other sites that lead nowhere, as Markdown; asks slowly
	@$(BIN)/python tools/outside-links $(ARGS)

quality: .venv/.ready-dev ## figures of search and weight beside their bars, as Markdown
	@$(BIN)/python -m tests.quality

recall: .venv/.ready-dev browser ## whether the search page of build/ finds what stands in its articles; ARGS="--queries 2000"
	@$(BIN)/python -m tests.search.recall build $(ARGS)

bench: .venv/.ready-dev ## build beside other generators, write benchmarks/RESULTS.md; ARGS="--articles 1000x3 10000x1"
	@$(BIN)/python -m benchmarks.build $(ARGS)

validate: ## hold the HTML of build/ against the standard; needs npm and Java
	@tools/validate build

fuzz: .venv/.ready-dev ## a million hostile inputs; ARGS="--inputs 10000 --minutes 5 --seed 7"
	@$(BIN)/python -m tests.fuzz.campaign $(ARGS)

torture: .venv/.ready-dev ## builds killed, starved and doubled by chance; as root; ARGS="--kills 50 --seed 7"
	@$(BIN)/python -m tests.torture.campaign $(ARGS)

mutation: .venv/.ready-dev ## whether tests notice small changes of the code; ARGS="check_laws"
	@$(BIN)/python tools/mutation $(ARGS)

coverage: .venv/.ready-dev ## branches that tests reach in what guards a build: at least 95 %
	@$(BIN)/python -m tests.covered

report: .venv/.ready-dev browser ## every figure beside its target: docs/REPORT.md; ARGS="--read" measures nothing
	@$(BIN)/python -m tests.figures $(ARGS)

browser: ## find a Chromium, or install one by apt where that is allowed
	@tools/chromium

screenshots: .venv/.ready-dev browser ## take the README pictures of build/ anew
	@$(BIN)/python tools/screenshots

wheel: .venv/.ready ## write the installable package into dist/
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

lock: .venv/.ready-dev ## renew requirements/*.lock from pyproject.toml
	@tools/lock

sbom: .venv/.ready ## list what a build is made of, as CycloneDX; fails on a licence we do not allow
	@$(BIN)/python tools/sbom $(ARGS)

audit: .venv/.ready ## look for known holes in what is pinned; needs the network
	@tools/audit

clean: ## remove everything that was made here
	rm -rf .venv .cache .mutation build/* .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.ready: pyproject.toml $(LOCKS)/runtime.lock tools/venv
	@tools/venv "$(PYTHON)" $(LOCKS)/runtime.lock
	@touch $@

.venv/.ready-dev: pyproject.toml $(LOCKS)/dev.lock tools/venv
	@tools/venv "$(PYTHON)" $(LOCKS)/dev.lock
	@touch .venv/.ready $@
