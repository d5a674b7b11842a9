# The commands of this project; `make` alone prints them. ARGS go to what a target runs: make demo ARGS="--port 9000"

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo build test bench bench-fit bench-web import-real lint gen screenshots docs clean

ARGS ?=
export PATH := $(PATH):$(HOME)/.cargo/bin

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## build, then run with demo data in a database of its own (ARGS="…" for pms demo)
	@scripts/bootstrap.sh demo
	@scripts/web.sh build
	cargo build --profile demo --locked
	target/demo/pms demo $(ARGS)

build: ## build the release binary, target/release/pms, with the web app in it
	@scripts/bootstrap.sh build
	@scripts/web.sh build
	cargo build --release --locked

test: ## run all tests on a PostgreSQL of their own (ARGS="…" for cargo nextest run)
	@scripts/bootstrap.sh test
	@scripts/test.sh $(ARGS)

bench: ## measure what docs/performance.md quotes, in six minutes (ARGS=--strict: fail when a bar is missed)
	@scripts/bootstrap.sh bench
	cargo bench --locked --bench booking -- $(ARGS)

bench-fit: ## measure Fit beside HiGHS, and with FILE=hotel_bookings.csv.xz in two real hotels, for docs/performance-fit.md
	@scripts/bootstrap.sh lint
	cargo bench --locked --bench fit -- $(if $(FILE),--hotels "$(FILE)") $(ARGS)

bench-web: ## measure the calendar in the browser, which docs/performance-web.md quotes, in five minutes (ARGS=--strict: as above)
	@scripts/bootstrap.sh bench-web
	scripts/bench-web.sh $(ARGS)

import-real: ## replay the real bookings of FILE=hotel_bookings.csv.xz in a PostgreSQL of its own, timed and checked
	@test -r "$(FILE)" || { echo 'say where the data is: make import-real FILE=…/hotel_bookings.csv.xz' >&2; exit 2; }
	@scripts/bootstrap.sh bench
	cargo build --release --locked
	scripts/with-postgres.sh bash -c 'export PMS_OWNER_DATABASE_URL=$$PMS_TEST_DATABASE_URL; pms=$${CARGO_TARGET_DIR:-target}/release/pms; \
		$$pms migrate && $$pms import hotel-bookings "$$0" --hotel both "$$@"' "$(FILE)" $(ARGS)

lint: ## check format and lints; any warning fails
	@scripts/bootstrap.sh lint
	cargo fmt --all --check
	cargo clippy --all-targets --locked -- -D warnings

gen: ## write the generated files anew: openapi.json, its types for the web app, docs/schema.md, schema.sql
	@scripts/bootstrap.sh test
	cargo run --quiet -- openapi >target/openapi.json
	mv target/openapi.json openapi.json
	@scripts/web.sh gen
	scripts/with-postgres.sh cargo run --quiet -- schema --markdown docs/schema.md --sql schema.sql

screenshots: ## write docs/screenshots/*.png anew, from demo data in a folder of their own
	@scripts/bootstrap.sh screenshots
	@scripts/screenshots.sh

docs: gen ## the same as gen, and the documentation of the code in target/doc
	cargo doc --no-deps --document-private-items --locked

clean: ## remove what was built and installed here (target, .pms, web/dist, web/node_modules)
	cargo clean
	rm -rf .pms web/dist web/node_modules web/src/paraglide
