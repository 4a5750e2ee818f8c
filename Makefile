# The verbs of the course. `make help` lists them.

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/ready
RUN := $(VENV)/bin/python -m autograder
# nbgrader and Jupyter start programs that lie beside this Python.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PYDEVD_DISABLE_FILE_VALIDATION := 1

.DEFAULT_GOAL := help
.PHONY: help demo test lab notebooks text release collect autograde feedback report similar export slides site student pictures mutants bench scale lock clean

help: ## list the verbs
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r verb what; do \
		printf '  make %-10s %s\n' "$$verb" "$$what"; done

demo: $(READY) ## grade a made class of 24, write its feedback, export slides
	@$(RUN) demo

test: $(READY) ## run everything that CI runs
	@ruff check
	@ruff format --check
	@mypy
	@pytest

lab: $(READY) ## open course and release in JupyterLab (LAB="…" hands on options)
	@jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/course $(LAB)

notebooks: $(READY) ## build the notebooks from their text
	@$(RUN) notebooks

text: $(READY) ## take edits made in Jupyter back into the text
	@$(RUN) text

release: $(READY) ## build the students' version of every homework
	@$(RUN) release

collect: $(READY) ## collect submissions: HW=hw02 FROM=folder-or-zip (ROSTER=class.csv, FILE_TIMES=1)
	@$(RUN) collect "$(HW)" "$(FROM)" $(if $(ROSTER),--roster="$(ROSTER)") $(if $(FILE_TIMES),--file-times)

autograde: $(READY) ## autograde all submissions: HW=hw02 (DRY=1, WORKERS=4, SCHEDULER=tcp://…, ISOLATION=reduced)
	@$(RUN) autograde "$(HW)" $(if $(ISOLATION),--isolation=$(ISOLATION)) $(if $(WORKERS),--workers=$(WORKERS)) \
		$(if $(SCHEDULER),--scheduler=$(SCHEDULER)) $(if $(DRY),--dry-run)

feedback: $(READY) ## write the feedback pages: HW=hw02
	@$(RUN) feedback "$(HW)"

report: $(READY) ## write the report on a class: HW=hw02 (ANONYMOUS=1)
	@$(RUN) report "$(HW)" $(if $(ANONYMOUS),--anonymous)

similar: $(READY) ## list pairs of submissions that are alike, as places to look: HW=hw02
	@$(RUN) similar "$(HW)"

export: $(READY) ## write grades for a platform: HW=hw02 TO=canvas|moodle ROSTER=its-table.csv (COLUMN="Homework 2", SCALE=1)
	@$(RUN) export "$(HW)" "$(TO)" "$(ROSTER)" $(if $(COLUMN),--column="$(COLUMN)") $(if $(SCALE),--scale)

slides: $(READY) ## export the lectures as slides, HTML and PDF (LECTURE=03)
	@$(RUN) slides $(LECTURE)

site: $(READY) ## build the website, with slides, into build/site
	@$(RUN) site

student: $(READY) ## pack the students' zip: lectures and released homework
	@$(RUN) student

pictures: $(READY) ## take the pictures of the README anew
	@$(VENV)/bin/python docs/record.py

mutants: $(READY) ## measure the hidden tests with mutants of the reference
	@$(RUN) mutants $(HW)

bench: $(READY) ## measure how long grading and training take, and where (HW=…, WRITE=1)
	@$(VENV)/bin/python benchmarks/grading.py $(HW) $(if $(WRITE),--write)
	@$(VENV)/bin/python benchmarks/training.py

scale: $(READY) ## measure what a class of 1000 takes, and compute what larger ones would (WRITE=1)
	@$(VENV)/bin/python benchmarks/scale.py $(if $(WRITE),--write)

lock: ## pin the dependencies anew
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@uv pip compile --quiet --universal --all-extras --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" --upgrade \
		--output-file requirements.lock pyproject.toml build-requirements.in

clean: ## remove what can be built again (grades and submissions stay)
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache *.egg-info
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) -V 2>&1);" \
		"name another one: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV) || { \
		echo "error: $(PYTHON) can't make a virtual environment (on Debian: apt install python3-venv)" >&2; exit 1; }
	@echo "installing the packages of requirements.lock into $(VENV) …" >&2
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
