# make run    installs what is missing and starts the portal on http://127.0.0.1:8000 (Ctrl-C stops it)
# make test   installs what tests need and runs the suite on SQLite and on PostgreSQL

.PHONY: run test

run: .venv/run.stamp
	@.tools/system-packages run
	@.tools/serve

test: .venv/test.stamp
	@.tools/system-packages test
	@.tools/test

.venv/run.stamp: requirements.txt
	@.tools/python-packages requirements.txt
	@touch $@

.venv/test.stamp: requirements.txt requirements-dev.txt
	@.tools/python-packages requirements-dev.txt
	@touch $@
