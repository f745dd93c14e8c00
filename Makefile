# Every target sets up what it needs: a virtual environment in .venv, installed anew when pyproject.toml changes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CSRT := .venv-csrt
CSRT_NEEDS := tracker/evaluation/csrt_requirements.txt
READERS := .venv-readers
READERS_NEEDS := scripts/readers_requirements.txt
AUDIT := .venv-audit
FUZZ ?= 2000
SLOW ?= slow
OUT ?= out
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test test-slow lint audit fuzz format bench faults csrt readers screenshots clean

run: $(VENV)/.run  ## the program on the bundled sample clip; without a display the same job headless
	$(BIN)/python main.py --sample --out $(OUT)

test: lint  ## everything a change must pass
	$(BIN)/python -m pytest

test-slow: $(VENV)/.dev $(CSRT)/.ready  ## the long ones: property tests at length, training, kill tests
	$(BIN)/python -m pytest -m "$(SLOW)" --timeout 1200 --hypothesis-profile default

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r app tracker scripts bench main.py

audit: $(VENV)/.dev $(AUDIT)/.ready  ## published weaknesses of the libraries in .venv; needs a network
	$(BIN)/python scripts/check_advisories.py $(AUDIT)/bin/pip-audit

fuzz: $(VENV)/.dev  ## damaged files for every reader: formats, projects, checkpoints, frame indexes, videos
	$(BIN)/python -m bench.fuzz_formats --files $(FUZZ)
	$(BIN)/python -m bench.fuzz_files --files $(FUZZ)

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev $(CSRT)/.ready  ## frames per second and lateness of the window, never part of the tests
	$(BIN)/python -m bench

csrt: $(CSRT)/.ready  ## OpenCV's CSRT tracker to compare with, in an environment of its own

readers: $(VENV)/.dev $(READERS)/.ready  ## our exports loaded by other people's readers; writes the table in docs/formats.md
	$(BIN)/python scripts/check_readers.py $(CHECK)

faults: $(VENV)/.dev  ## kill -9 at random moments, 250 times; figures for docs/reliability.md
	$(BIN)/python -m bench.faults --keep $(OUT)/faults

screenshots: $(VENV)/.dev  ## the pictures in docs/images, from the real window under Xvfb
	$(BIN)/python scripts/screenshots.py docs/images

$(VENV)/.run: pyproject.toml scripts/check_system.py
	$(PYTHON) scripts/check_system.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet .
	touch $@

$(VENV)/.dev: pyproject.toml scripts/check_system.py
	$(PYTHON) scripts/check_system.py --tests
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet ".[dev]"
	touch $@ $(VENV)/.run

$(CSRT)/.ready: $(CSRT_NEEDS)
	test -x $(CSRT)/bin/python || $(PYTHON) -m venv $(CSRT)
	$(CSRT)/bin/python -m pip install --quiet -r $(CSRT_NEEDS)
	touch $@

$(AUDIT)/.ready:
	test -x $(AUDIT)/bin/python || $(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet "pip-audit>=2.9,<3"
	touch $@

# wheels only, but for got10k, which has none; packages one by one: their wishes for versions contradict each other
$(READERS)/.ready: $(READERS_NEEDS)
	test -x $(READERS)/bin/python || $(PYTHON) -m venv $(READERS)
	$(READERS)/bin/python -m pip install --quiet --upgrade pip
	grep -v '^#' $(READERS_NEEDS) | while read -r needed; do \
	  timeout 240 $(READERS)/bin/python -m pip install --quiet --prefer-binary $$needed \
	  || echo "no $$needed here: its rows in the table will say so"; done
	touch $@

clean:
	rm -rf $(VENV) $(CSRT) $(READERS) $(AUDIT) build *.egg-info $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
