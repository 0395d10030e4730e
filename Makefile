# Everything one does here; `make` alone lists the targets.
BIN := .venv/bin
TEMPLATES = find src -path '*/templates/*' -name '*.html' -print0
DJADE := xargs -0 $(BIN)/djade --target-version 6.1
LOCK := uv pip compile --quiet --generate-hashes --no-header --universal --python-version 3.12
# uv from the system, else the one that scripts/setup.py keeps here
export PATH := $(PATH):.tools/uv/bin

.DEFAULT_GOAL := help
.PHONY: help setup install demo test check bench fix docs picture lock clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s  %s\n", $$1, $$2 }' Makefile

setup: install  ## Install everything into this folder
	@echo 'Ready. `make demo` runs a demonstration, `make test` every check.'

install:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2> /dev/null || { \
		echo "Python is missing or too old: install Python 3.12 or newer."; exit 1; }
	@python3 scripts/setup.py

demo: install  ## Run a demonstration on http://127.0.0.1:8000 (PORT changes it)
	@exec $(BIN)/mumpuni demo

test: check  ## Run every check and every test
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=90

check: install  ## Run the checks that execute no test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(TEMPLATES) | $(DJADE) --check
	$(BIN)/mumpuni makemigrations --check --dry-run
	$(BIN)/mumpuni update-translations --check
	$(BIN)/mumpuni docs --check

# each ends with 1 where an aim is missed; all are run, and the miss is told at the end
bench: install  ## Measure: a line of JSON each, in about ten minutes (docs/benchmarks.md)
	@missed=0; for name in issue_certificates look_up_certificate log publish_tree make_documents \
		search_units rank_bodies list_applications replay; do $(BIN)/python benchmarks/$$name.py || missed=1; done; exit $$missed

fix: install  ## Format, and mend what the linters can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(TEMPLATES) | $(DJADE)
	$(BIN)/mumpuni update-translations

docs: install  ## Write the generated documentation
	$(BIN)/mumpuni docs

picture: install  ## Let the browser tests take the picture of the README
	$(BIN)/pytest tests/browser/test_public_pages.py -k "keep_nobody_out and 1280-light"
	cp var/test/screenshots/portal-valid-1280-light.png docs/screenshots/verification.png

lock: install  ## Pin the newest versions that fit pyproject.toml, with hashes
	$(LOCK) --upgrade pyproject.toml --output-file requirements/prod.txt
	$(LOCK) --upgrade pyproject.toml --group dev --output-file requirements/dev.txt
	echo uv | $(LOCK) --upgrade - --output-file requirements/uv.txt

clean:  ## Remove what was installed and made here, the local database included
	-@$(BIN)/python -c 'from mumpuni.config import postgres; postgres.remove()'
	rm -rf .venv .tools node_modules var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	rm -rf .coverage .hypothesis htmlcov mutants
