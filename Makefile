# Everything that is done from a shell. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help run test lint lock bench env env-dev

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: env ## Run the hub here (PORT=8000, ARBORETUM_DATA=var)
	@exec $(BIN)/python manage.py run

test: env-dev ## Run every test on real services
	@exec $(BIN)/python -m tests.run

lint: env-dev ## Run every check of the code
	@exec $(BIN)/python -m tests.lint

bench: env-dev ## Measure what must stay fast
	@exec $(BIN)/python -m tests.benchmarks

lock: env-dev ## Pin the packages anew (after a change of requirements/*.in)
	$(COMPILE) requirements/installer.in -o requirements/installer.lock
	$(COMPILE) requirements/base.in -o requirements/base.lock
	$(COMPILE) requirements/dev.in -o requirements/dev.lock
	$(COMPILE) requirements/makers.in -o requirements/makers.lock

env: ## Make .venv with what running needs
	@$(PYTHON) hub/bootstrap.py env base

env-dev: ## Make .venv with what working on the hub needs
	@$(PYTHON) hub/bootstrap.py env dev
