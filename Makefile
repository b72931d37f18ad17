# make run        set up what is missing, then serve a library with a sample digest on PORT (default 8000)
# make test       set up what is missing, then run the tests
# make benchmark  set up what is missing, then measure how fast it is: docs/speed.md
# make setup      the virtual environment that they use, in .venv
# make lock       compile the pinned requirements again from pyproject.toml

PORT ?= 8000
CHOICES = $(PYTHON) python3 python3.14 python3.13 python3.12
python = .venv/bin/python

.PHONY: run test benchmark setup lock

run: setup
	$(python) manage.py quickstart --port $(PORT)

test: setup
	$(python) -m pytest $(ARGS)

benchmark: setup
	$(python) -m tests.benchmarks $(ARGS)

setup: .venv/ready

.venv/ready: requirements-dev.txt .python-version
	@if command -v uv >/dev/null; then \
		uv venv --allow-existing --quiet .venv && \
		uv pip sync --quiet --require-hashes --python .venv requirements-dev.txt; \
	else \
		for choice in $(CHOICES); do \
			if $$choice -c 'import sys, venv; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then found=$$choice; break; fi; \
		done; \
		if [ -z "$$found" ]; then echo "Lectern needs Python 3.12 or newer (or uv, which brings one)." >&2; exit 1; fi; \
		$$found -m venv .venv && \
		$(python) -m pip install --quiet --upgrade pip && \
		$(python) -m pip install --quiet --require-hashes -r requirements-dev.txt; \
	fi
	@touch $@

lock: setup
	.venv/bin/uv pip compile --quiet --universal --generate-hashes $(UPGRADE) pyproject.toml -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --generate-hashes $(UPGRADE) --group dev pyproject.toml -o requirements-dev.txt
