# The one door. `make demo` and `make test` set up everything they need in .venv (Python 3.11 or later, and make).
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench docs pictures lock clean

.venv/core.stamp: requirements/core.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/core.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	touch $@

.venv/dev.stamp: .venv/core.stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	touch $@

demo: .venv/core.stamp  ## code the bundled sample: a table here, a page in out/
	mkdir -p out
	$(BIN)/brinkline sample amur_river_1937 --out out/amur_river_1937.txt
	$(BIN)/brinkline code out/amur_river_1937.txt
	$(BIN)/brinkline code out/amur_river_1937.txt --as html --out out/amur_river_1937.html
	@echo "the page: out/amur_river_1937.html"

test: .venv/dev.stamp  ## the whole test suite
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: .venv/dev.stamp  ## style, types, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp  ## accuracy and speed: make bench TIMEML=folder NARRATIVES=folder
	@test -n "$(TIMEML)" -a -n "$(NARRATIVES)" || { echo "usage: make bench TIMEML=folder NARRATIVES=folder" >&2; exit 2; }
	$(BIN)/python benchmarks/bench.py "$(TIMEML)" "$(NARRATIVES)" --keep docs/benchmarks.md

docs: .venv/dev.stamp  ## the documentation as a site in site/
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/docs.txt
	$(BIN)/mkdocs build --quiet

pictures: .venv/dev.stamp  ## the pictures of the README, made anew from the bundled sample (needs chromium)
	$(BIN)/python tools/pictures.py

lock: .venv/dev.stamp  ## write the hashed lock anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra documents --group build --output-file requirements/core.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra documents --extra stata --extra parquet --extra postgres --extra png --group build --group dev --output-file requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra documents --group build --group docs --output-file requirements/docs.txt

clean:
	rm -rf .venv out build dist site
