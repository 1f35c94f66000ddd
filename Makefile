# `make run` sets everything up and starts the help center; `make test` runs every test. README.md tells more.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory --no-builtin-rules

ARTICLES ?= articles
DATA ?= data
LISTEN ?= 127.0.0.1:3000

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
export CARGO_TARGET_DIR := $(TARGET)
XTASK := $(TARGET)/debug/xtask
STAGE := scripts/stage

BUILD_TOOLS := node_modules/.installed
TEST_TOOLS := end2end/node_modules/.installed
CSS := .build/style/main.css

.PHONY: help run demo test test-long bench bench-attacks bench-desk bench-orders dist need-build need-test need-browsers need-bench xtask browser server fmt clippy test-rust test-browser test-browsers test-search test-s3 test-orders-clients search-eval bench-network bench-spam train-spam screenshots format clean

help:
	@echo "make run          build and start the help center on $(LISTEN)"
	@echo "make demo         the same with made-up tickets and sales, to try the desk"
	@echo "make test         every test: format, lints, Rust on SQLite and PostgreSQL, browser"
	@echo "make test-long    the tests that run small in make test, whole"
	@echo "make test-browsers  one journey in Firefox and WebKitGTK"
	@echo "make test-orders-clients  two outside clients read from our imitation of Hotmart's API"
	@echo "make bench        measure the release program on this machine"
	@echo "make bench-attacks  what readers wait for while one host attacks"
	@echo "make bench-desk  what pages of the desk cost at 100,000 tickets and a million more"
	@echo "make bench-orders  what a first import of a million sales costs"
	@echo "make bench-network  what readers on a slow network wait for"
	@echo "make search-eval  how often the search finds the right article"
	@echo "make bench-spam  how much spam the contact form quarantines, and whom wrongly"
	@echo "make train-spam  learn anew how spam looks, from benches/spam"
	@echo "make dist         only the files that the browser gets"
	@echo "make format       format the Rust sources"
	@echo "make screenshots  a picture of every kind of page in end2end/screenshots/"
	@echo "make clean        remove all that was built"

# ---- run

run: server
	@exec $(TARGET)/release/ajuda serve --articles $(ARTICLES) --data $(DATA) --listen $(LISTEN)

server: dist
	@[ -x $(TARGET)/release/ajuda ] || echo "ajuda: building the server; the first time takes some minutes"
	@cargo build --release
	@scripts/model $(TARGET)/release/ajuda

# Made-up tickets and sales, to look at everything. Begins anew when the folder is gone.
DEMO ?= demo

demo: server
	@cargo build --release --quiet -p ajuda-hotmart-sandbox
	@scripts/demo $(TARGET)/release/ajuda $(TARGET)/release/ajuda-hotmart-sandbox $(ARTICLES) $(DEMO) $(LISTEN)

need-build:
	@scripts/need build

need-test:
	@scripts/need test

need-browsers:
	@scripts/need browsers

need-bench:
	@scripts/need bench

# ---- what the browser gets: dist/, which the server carries inside itself

dist: xtask browser $(CSS)
	@mkdir -p public
	@$(XTASK) dist dist .build/browser .build/style public

browser: xtask $(BUILD_TOOLS)
	@$(STAGE) "browser half" scripts/browser $(XTASK)

xtask: need-build
	@scripts/own-target
	@[ -x $(XTASK) ] || echo "ajuda: building the build tools"
	@$(STAGE) "build tools" cargo build -p xtask

# The folders count too: a file that is gone changes them.
$(CSS): $(BUILD_TOOLS) $(shell find style 2>/dev/null)
	@echo "ajuda: bundling the style sheets"
	@mkdir -p $(@D)
	@node_modules/.bin/lightningcss --bundle --minify --browserslist style/desk.css -o $(@D)/desk.css
	@node_modules/.bin/lightningcss --bundle --minify --browserslist style/main.css -o $@.new
	@mv $@.new $@

$(BUILD_TOOLS): package.json package-lock.json | need-build
	@echo "ajuda: installing build tools from npm (binaryen, lightningcss)"
	@npm ci --ignore-scripts --no-fund --no-audit --loglevel=error >/dev/null </dev/null
	@node node_modules/lightningcss-cli/postinstall.js
	@touch $@

# ---- test

test: need-test fmt dist clippy test-rust test-search test-browser

fmt: need-build
	@$(STAGE) "format" cargo fmt --all --check

# The browser half is checked for its own target where that is installed.
CLIENT_TARGET = $(shell [ "$$(cat .build/wasm-via 2>/dev/null)" = toolchain ] && echo --target wasm32-unknown-unknown)

clippy: dist
	@$(STAGE) "lints: server" cargo clippy --all-targets -- -D warnings
	@$(STAGE) "lints: model" cargo clippy -p ajuda-embedding --all-targets -- -D warnings
	@$(STAGE) "lints: browser half" cargo clippy --lib --no-default-features --features hydrate $(CLIENT_TARGET) -- -D warnings
	@$(STAGE) "size of the browser half" scripts/browser-crates
	@$(STAGE) "lints: xtask" cargo clippy -p xtask --all-targets -- -D warnings
	@$(STAGE) "lints: sandbox of orders" cargo clippy -p ajuda-hotmart-sandbox --all-targets -- -D warnings

test-rust: need-test dist
	@$(STAGE) "build for tests" cargo test --no-run
	@$(STAGE) "model of the search" scripts/model $(TARGET)/debug/ajuda required
	@$(STAGE) "Rust tests on SQLite and PostgreSQL" scripts/with-postgres cargo test
	@$(STAGE) "xtask tests" cargo test -p xtask
	@$(STAGE) "tests of the sandbox of orders" cargo test -p ajuda-hotmart-sandbox

# The sample has no problem, every question that its articles list finds its article, and our own questions are answered as well as they were.
# What the model read is kept in SAMPLE_READ for both, and for the next run.
SAMPLE_READ := $(TARGET)/sample-read

test-search: need-test dist
	@$(STAGE) "build for tests" cargo test --no-run
	@$(STAGE) "model of the search" scripts/model $(TARGET)/debug/ajuda required
	@$(STAGE) "articles and their questions" $(TARGET)/debug/ajuda check --articles articles --data $(SAMPLE_READ) --asks
	@AJUDA_BIN=$(TARGET)/debug/ajuda SAMPLE_READ=$(SAMPLE_READ) $(STAGE) "search quality" node benches/search-eval/run.mjs

# What runs small in `make test`, whole: random histories of tickets, replies at the same moment, cut streams, kills during an import. Not for CI; before a
# landing.
test-long: need-test dist
	@$(STAGE) "build for tests" cargo test --no-run
	@AJUDA_TEST_HISTORIES=1000 AJUDA_TEST_EVENTS=10000 AJUDA_TEST_SALES=200000 $(STAGE) "long tests" scripts/with-postgres cargo test --test integration -- history desk::list desk::writing desk::live orders::killed

# Files in a bucket: builds with another feature, and gets a server that speaks S3 from PyPI.
test-s3: need-test dist
	@$(STAGE) "build for tests with S3" cargo test --features s3 --no-run
	@$(STAGE) "files in a bucket" scripts/with-s3 cargo test --features s3 --test integration bucket

# Clients of Hotmart's API that others wrote read everything from our imitation of it. They come from PyPI; not in CI.
test-orders-clients: need-build
	@$(STAGE) "build of the sandbox of orders" cargo build -p ajuda-hotmart-sandbox
	@$(STAGE) "outside clients read from the sandbox" sandbox/clients/run

test-browser: need-test dist $(TEST_TOOLS)
	@$(STAGE) "build for tests" cargo test --no-run
	@$(STAGE) "build of the sandbox of orders" cargo build -p ajuda-hotmart-sandbox
	@cd end2end && ../$(STAGE) "types of the browser tests" npx --no-install tsc --noEmit
	@cd end2end && AJUDA_BIN=$(TARGET)/debug/ajuda ../$(STAGE) "browser tests" npx --no-install playwright test --project js --project nojs
	@cd end2end && AJUDA_BIN=$(TARGET)/debug/ajuda ../$(STAGE) "browser tests on PostgreSQL" ../scripts/with-postgres npx --no-install playwright test --project postgres --workers 1

# The engines beside Chromium, which come from Debian. Not for CI; before a landing of pages.
test-browsers: need-browsers dist $(TEST_TOOLS)
	@$(STAGE) "server" cargo build
	@cd end2end && ../$(STAGE) "types of the browser tests" npx --no-install tsc --noEmit
	@cd end2end && AJUDA_BIN=$(TARGET)/debug/ajuda ../$(STAGE) "journey in Firefox and WebKitGTK" npx --no-install playwright test --config browsers.config.ts

screenshots: need-test dist $(TEST_TOOLS)
	@cargo test --no-run
	@cd end2end && AJUDA_BIN=$(TARGET)/debug/ajuda AJUDA_END2END_ARTICLES=$(abspath $(ARTICLES)) npx --no-install playwright test --config screenshots.config.ts
	@echo "ajuda: see end2end/screenshots/"

$(TEST_TOOLS): end2end/package.json end2end/package-lock.json | need-test
	@echo "ajuda: installing test tools from npm (Playwright, axe)"
	@cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-fund --no-audit --loglevel=error >/dev/null </dev/null
	@touch $@

# ---- measure

bench: need-bench server
	@AJUDA_BIN=$(TARGET)/release/ajuda node benches/run.mjs
	@scripts/with-postgres cargo test --quiet --test integration -- --ignored --nocapture figures_of_a_large_queue

# What a page of the desk's list costs, and a log-in; then fifty people who listen.
bench-desk: need-bench need-test dist
	@scripts/with-postgres cargo test --quiet --test integration -- --ignored --nocapture --test-threads 1 figures_of_log_ins figures_of_made_up_tickets
	@cargo build --release --quiet
	@AJUDA_BIN=$(TARGET)/release/ajuda scripts/with-postgres node benches/desk-live.mjs

# A first import of a million sales, and what readers wait for meanwhile. PostgreSQL counts its tables meanwhile, as it does everywhere but in tests.
bench-orders: need-bench need-test server
	@cargo build --release --quiet -p ajuda-hotmart-sandbox
	@AJUDA_BIN=$(TARGET)/release/ajuda AJUDA_SANDBOX_BIN=$(TARGET)/release/ajuda-hotmart-sandbox AJUDA_POSTGRES_AUTOVACUUM=on \
		scripts/with-postgres node benches/orders.mjs

# What a reader on a slow network waits for, in Chromium.
bench-network: need-bench need-test server $(TEST_TOOLS)
	@AJUDA_BIN=$(TARGET)/release/ajuda node benches/slow-network.mjs

# What a reader waits for while one host attacks.
bench-attacks: need-bench server
	@AJUDA_BIN=$(TARGET)/release/ajuda node benches/attacks/run.mjs

# SETS=DIR: a folder of judged sets, ONLY=NAME,NAME some of them; without, our own questions. RECORD=--record writes our own values down.
search-eval: need-bench server
	@AJUDA_BIN=$(TARGET)/release/ajuda SETS=$(SETS) node benches/search-eval/run.mjs $(RECORD)

SPAM_SETS = $(addprefix benches/spam/,a b c d e h i j k l m n o p)
SPAM_MODEL = $(TARGET)/release/ajuda-e5-small.safetensors

# SETS=DIR: bots-*.jsonl and people-*.jsonl of a folder through the whole room, as they would have been judged; MISSES=1 names what went wrong.
# Without SETS: what the way of learning is worth, each of our own sets judged by what was learned from the others.
bench-spam: server
ifdef SETS
	@SETS="$(abspath $(SETS))" MISSES="$(MISSES)" cargo test --quiet --test integration -- --ignored --nocapture the_figures_of_the_sets_in_a_folder
else
	@cargo run --quiet --release -p ajuda-spam-train -- check $(SPAM_MODEL) $(SPAM_SETS)
endif

# The weights of the spam check, learned anew from all our sets: after a change of a set or of what is looked at.
train-spam: server
	@cargo run --quiet --release -p ajuda-spam-train -- write src/spam $(SPAM_MODEL) $(SPAM_SETS)

# ---- else

format:
	@cargo fmt --all

clean:
	rm -rf .build dist target node_modules end2end/node_modules end2end/test-results end2end/playwright-report end2end/screenshots
