# All one needs. `make` alone lists the targets; each makes .venv first, from the pinned versions in requirements.lock.
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/installed
PEERS  := build/peers/installed
MCP    := build/mcp/installed
# Workers have to collect the tests in one order, so sets are iterated alike in all of them.
PYTEST := PYTHONHASHSEED=0 $(BIN)/python -m pytest -n auto

.DEFAULT_GOAL := help
.PHONY: help install demo test lint golden bench bench-language bench-site benchmarks bench-tables robust gains docs docs-site pictures mcp lock wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

install: $(STAMP) ## make .venv with the pinned versions

$(STAMP): requirements.lock pyproject.toml
	@python=$$(tools/find-python) && { test -x $(BIN)/python || "$$python" -m venv $(VENV); }
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP) ## read the examples, show deadlines and disagreements, serve them (DEMO_SERVE=0: do not serve)
	@$(BIN)/circulars demo $(if $(filter 0,$(DEMO_SERVE)),--no-serve)

test: $(STAMP) ## run the tests
	@$(PYTEST)

lint: $(STAMP) ## ruff, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

golden: $(STAMP) ## rewrite what reading the examples is expected to give; read the diff, it is the review
	@CIRCULARS_GOLDEN=rewrite $(BIN)/python -m pytest -q tests/test_golden.py

bench: $(STAMP) ## documents and pages a second, beside other readers, peak memory, and how a whole base is paired and its obligations followed
	@$(BIN)/python bench/read.py
	@$(BIN)/python bench/pdf.py
	@$(BIN)/python bench/add.py
	@$(BIN)/python bench/base.py
	@$(BIN)/python bench/matters.py

bench-language: $(STAMP) $(PEERS) ## accuracy and speed beside other readers of dates, into docs/accuracy.md
	@$(BIN)/python bench/language.py --write
	@$(BIN)/python tools/docs.py

# The others have an environment of their own: some need old versions. Those in JavaScript are left out where npm is missing.
$(PEERS): bench/peers/requirements.lock bench/peers/package-lock.json
	@echo "Installing into $(@D) …"
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(@D)
	@$(BIN)/uv pip install --quiet --python $(@D)/bin/python --require-hashes --no-deps -r $<
	@cp bench/peers/package.json bench/peers/package-lock.json $(@D)
	@! command -v npm >/dev/null || npm ci --silent --prefix $(@D)
	@touch $@

bench-site: $(STAMP) ## the pages of a base of 50,000 circulars, which is made first: 20 minutes (SITE="--base FILE" keeps it)
	@$(BIN)/python bench/site.py $(SITE)

benchmarks: $(STAMP) ## write docs/benchmarks.md, with this machine and the versions
	@$(BIN)/python bench/pdf.py --write
	@$(BIN)/python bench/base.py 4000 20000 --write

bench-tables: $(STAMP) ## write docs/tables.md: tables beside pdfplumber and camelot, and pages without any
	@$(BIN)/python bench/tables.py --write

robust: $(STAMP) ## more than 2,000 hostile and damaged files through `circulars add` (ROBUST="--seconds 5": other limits)
	@$(BIN)/python tools/robust.py $(ROBUST)
	@CIRCULARS_KILLS=100 $(BIN)/python -m pytest -q tests/test_kills.py

gains: $(STAMP) ## what a change does to the facts of all stored circulars (GAINS="--since v0.1 --ext txt,html")
	@$(BIN)/python tools/gains.py $(GAINS)

docs: $(STAMP) ## write the generated parts of docs/ and README.md and what commands on pages print, then make the documentation site
	@$(BIN)/python tools/docs.py
	@$(BIN)/python tools/transcripts.py
	@$(MAKE) --no-print-directory docs-site

docs-site: $(STAMP) ## make the documentation site in build/docs; a broken link stops it
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --doctree-dir build/doctrees docs build/docs
	@echo "The documentation is in build/docs/index.html"

pictures: $(STAMP) ## make the pictures of the site in docs/pictures, with chromium
	@$(BIN)/python tools/pictures.py

mcp: $(STAMP) $(MCP) ## let an assistant's protocol ask a published site, as docs/mcp.md says
	@CIRCULARS_REQUIRE_MCP=1 $(BIN)/python -m pytest -q tests/test_mcp.py

# In an environment of its own: beside us it would open its door in every site that the tests make.
$(MCP): tools/mcp/requirements.lock
	@echo "Installing into $(@D) …"
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(@D)
	@$(BIN)/uv pip install --quiet --python $(@D)/bin/python --require-hashes --no-deps -r $<
	@touch $@

lock: $(STAMP) ## pin the newest versions that pyproject.toml allows
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url \
		--no-header --upgrade --output-file requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group peers --generate-hashes --no-emit-index-url \
		--no-emit-package jiojio --no-header --upgrade --output-file bench/peers/requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group mcp --generate-hashes --no-emit-index-url \
		--no-header --upgrade --output-file tools/mcp/requirements.lock

wheel: $(STAMP) ## build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist .

clean: ## remove .venv, caches and what was built
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
