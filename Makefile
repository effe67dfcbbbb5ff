# The commands. All of them work as root and as an ordinary user, twice in a row, from any folder.
# Programs of .venv are called as modules: their own first lines break in a folder with a space.

PYTHON := .venv/bin/python
COMPILE := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header $(UPGRADE) pyproject.toml

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help env dev run test check bench pictures lock clean

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

env: ## build .venv, nothing else
	@.ci/environment requirements.txt

dev:
	@.ci/environment requirements-dev.txt

run: env ## start everything, with the demo, and print the address
	@$(PYTHON) -m dimios_dash serve --demo

test: dev ## check and test everything, the browser's part too
	@.ci/chromium
	@.ci/text-browser
	@.ci/lighthouse
	@$(MAKE) --no-print-directory check
	@$(PYTHON) -m pytest --numprocesses 2 --dist loadfile

check: dev ## lint, format, types, import rules
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) -c "from importlinter.cli import lint_imports_command as lint; lint()"

bench: dev ## measure speed and size
	@$(PYTHON) -m benchmarks

pictures: dev ## take the README's pictures of the views anew
	@.ci/chromium
	@$(PYTHON) -m tests.browser.pictures

lock: dev ## choose versions anew after a change of pyproject.toml (all of them: UPGRADE=--upgrade)
	$(COMPILE) --group dev -o requirements-dev.txt
	$(COMPILE) -c requirements-dev.txt -o requirements.txt
	@! grep -nE '://|^ *-[^-]|^--| @ |^[./]' requirements.txt requirements-dev.txt

clean: ## remove .venv and every cache; data and keys stay
	@rm -rf .venv tests/browser/lighthouse/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
