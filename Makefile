# What to type: `make demo` to see it, `make test` to check it, `make help` for the rest.
# Needs python3 (3.11 or newer, with venv) and make; everything else is set up here.

# The first Python that fits: MeCab-ko has wheels for 3.11 and 3.12, elsewhere it needs a compiler and mecab-config.
PYTHON ?= $(shell for name in python3 python3.12 python3.11; do \
  $$name -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null && { echo $$name; break; }; done || true)
PYTHON := $(or $(PYTHON),python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := $(PIP) install --require-hashes --no-deps
INDEX ?= index
PROGRAM := $(BIN)/searchkit --index $(INDEX)
# Matches are marked also where the output is no terminal, unless somebody wants no colour.
COLOR := $(if $(NO_COLOR),auto,always)
comma := ,
show = echo; echo '$$ searchkit $(subst ','"'"',$(1))'; $(PROGRAM) --color $(COLOR) $(1)

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench relevance soak lock

help:  ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null || sed -n 's/^\([a-z]*\):[^#]*## /make \1: /p' Makefile

setup: .venv/test.stamp .venv/bytecode.stamp  ## .venv with everything, hash-locked

.venv/pip.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "searchkit needs Python 3.11 or newer; name one with: make PYTHON=python3.12 setup" >&2; exit 2; }
	@$(PYTHON) -c 'import shutil, sys; sys.exit(sys.version_info >= (3, 13) and not shutil.which("mecab-config"))' || { \
	  echo "MeCab-ko has no wheel for this Python: name Python 3.11 or 3.12 with make PYTHON=python3.12 setup, or install mecab-ko (mecab-config)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@touch $@

# At the end the word lists of German and English are derived once (7 s); a first search would do it otherwise.
# setuptools first and locked too: building the package then downloads nothing.
.venv/run.stamp: .venv/pip.stamp requirements/build.txt requirements/run.txt setup.cfg pyproject.toml
	@echo "setting up .venv: a minute with a fast network"
	@$(LOCKED) -r requirements/build.txt
	@$(LOCKED) -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@$(BIN)/searchkit analyze --lang de Wort >/dev/null && $(BIN)/searchkit analyze --lang en word >/dev/null
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements/test.txt
	@$(LOCKED) -r requirements/test.txt
	@touch $@

# Where PYTHONDONTWRITEBYTECODE is set, or the folder cannot be written later, every start would compile all modules anew.
.venv/bytecode.stamp: .venv/run.stamp $(wildcard searchkit/*.py searchkit/*/*.py searchkit/*/*/*.py)
	@$(BIN)/python -m compileall -q searchkit
	@touch $@

demo: .venv/bytecode.stamp  ## index corpus/ and search it in five languages
	@{ $(call show,index corpus); } || { $(call show,index --rebuild corpus); }
	@$(call show,search -n 3 과학기술 협력)
	@$(call show,search -n 3 сутегі энергетикасы)
	@$(call show,search -n 3 соглашения о спутниках)
	@$(call show,search -n 3 Windkraft Wasserstoff)
	@$(call show,search -n 3 universities sign agreements)
	@echo; echo "A typo is forgiven:"
	@$(call show,search -n 2 cooperaton)
	@echo; echo "A phrase$(comma) in any inflection:"
	@$(call show,search -n 2 '"space weather"')
	@echo; echo "For programs$(comma) a line of JSON a hit:"
	@echo "$$ searchkit search - --format jsonl -n 1 --context 60 < queries"
	@printf '%s\n' Energie 에너지 | $(PROGRAM) search - --format jsonl -n 1 --context 60 | cat
	@echo; echo "Now you: .venv/bin/searchkit search YOUR WORDS"

test: setup  ## every check that CI runs
	@$(BIN)/python tests/check.py

lint: .venv/test.stamp  ## format, lint, types, import contracts
	@$(BIN)/python tests/check.py --lint

# The peers have an environment of their own; a bench goes on without them.
.venv/bench.stamp: .venv/pip.stamp requirements/bench.txt
	@{ $(PYTHON) -m venv .venv/bench && .venv/bench/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r requirements/bench.txt && \
	  touch $@; } || echo "the engines to compare with could not be installed: their ratios are left out" >&2

bench: setup .venv/bench.stamp  ## speed beside other engines, as ratios: BENCH="--mb 60 --only search"
	@$(BIN)/python tests/bench/speed.py $(BENCH)

relevance: setup  ## nDCG on test collections: COLLECTIONS=DIR
	@if [ -z "$(COLLECTIONS)" ]; then echo "no collections: name their folder with make relevance COLLECTIONS=DIR"; \
	elif [ ! -d "$(COLLECTIONS)" ]; then echo "no collections in $(COLLECTIONS)"; \
	else $(BIN)/python tests/bench/relevance.py "$(COLLECTIONS)"; fi

soak: setup  ## the long kill, fault and fuzz runs
	@$(LOCKED) -r requirements/soak.txt 2>/dev/null || echo "no wheel of atheris for this Python: no fuzzing by coverage"
	@SEARCHKIT_SOAK=1 $(BIN)/python -m pytest -q -n 2 -m soak tests; status=$$?; \
	if [ $$status = 5 ]; then echo "no soak runs yet"; else exit $$status; fi

lock: .venv/test.stamp  ## renew requirements/*.txt (needs a network)
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip --quiet install 'pip-tools==7.6.2'
	@cd requirements && for file in build run test bench; do \
	  source=$$file.in; [ $$file = run ] && source=../setup.cfg; \
	  ../.venv/lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file $$file.txt $$source; done
