.PHONY: help demo test prove check types style layers site tests docs fmt lock clean
.DEFAULT_GOAL := help

BIN := .venv/bin

export NO_MKDOCS_2_WARNING := 1
# Tests start many processes: each would compile the code anew where the environment forbids to keep it.
unexport PYTHONDONTWRITEBYTECODE

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null || grep '##' Makefile

demo: ## Install run-time packages and appraise NIO-Hefei as of 29 April 2020
	@sh scripts/setup.sh
	@$(BIN)/guanzi demo

check: ## Lint, format, types, layers and documentation; no tests
	@sh scripts/setup.sh dev
	@$(MAKE) --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),-O) types style layers site tests

types: # two at once, types first: they take as long as all the rest
	$(BIN)/mypy

style:
	$(BIN)/ruff check
	$(BIN)/ruff format --check

layers:
	$(BIN)/lint-imports

site:
	$(BIN)/mkdocs build --strict --quiet

tests: # they can be read; what Python keeps of them, both workers find
	@told=$$($(BIN)/pytest --collect-only -q 2>&1) || { echo "$$told"; exit 1; }

test: check ## All checks, then all tests
	$(BIN)/pytest -n 2 --dist loadfile -rsfE

prove: ## The long proofs: a thousand random term sheets; planted faults that the tests must notice; bad files, kills and races; the backtest anew; what is said of 200 cases drawn anew held to the facts
	@sh scripts/setup.sh dev
	@sh scripts/postgres.sh
	@mkdir -p benchmarks/results
	$(BIN)/pytest -n 2 -m prove --hypothesis-profile prove -q -rps --no-header >benchmarks/results/prove.txt || { cat benchmarks/results/prove.txt; exit 1; }
	@cat benchmarks/results/prove.txt
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --hypothesis-profile prove --shuffle $$(date +%s) -q --no-header --cov --cov-report=
	$(BIN)/coverage report --sort=miss | tail -40 | tee benchmarks/results/coverage.txt
	$(BIN)/python scripts/mutants.py --output benchmarks/results/mutants.txt
	$(BIN)/python benchmarks/chaos.py
	$(BIN)/python benchmarks/ledger.py
	$(BIN)/python benchmarks/backtest.py
	$(BIN)/python -m benchmarks.truth --as prove --kept $$(mktemp) --first $$(date +%s) --cases 200 --most 0.05 --tree $$(git describe --always)

docs: ## Write the generated tables and the picture of the documentation anew, and serve it while you write it
	@sh scripts/setup.sh dev
	$(BIN)/python scripts/docs_hooks.py
	@if command -v chromium >/dev/null; then $(BIN)/python scripts/picture.py; fi
	$(BIN)/mkdocs serve

fmt: ## Format, and mend what the linter can mend
	@sh scripts/setup.sh dev
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lock: ## Renew the lock files from pyproject.toml
	sh scripts/lock.sh

clean: ## Remove what the tools leave behind (not .venv)
	rm -rf build dist site guanzi-out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
