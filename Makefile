# The everyday commands; `make help` lists them. They work from any path, as root and as a user.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test bench overload crowd fuzz simulate format lint migrate demo build install

VOUCH := .build/release/vouch
FUZZ_SECONDS ?= 60
PREFIX ?= /usr/local
# All of them at once, as the runner would have it, wait for each other until some give up.
TESTS_AT_ONCE ?= 16

# SwiftPM passes the traits of a package in the order of a hashed set: with a random order it now
# and then compiles swift-configuration again. Only for builds: a server needs random hashes.
# Colours are a flag of the compiler: with them at a terminal only, everything is compiled again.
BUILD := SWIFT_DETERMINISTIC_HASHING=1 swift build --no-color-diagnostics

# Compiler, SwiftPM and Chromium write below HOME, which a service user may not have.
ifneq ($(shell test -d "$$HOME" && test -w "$$HOME" && echo usable),usable)
export HOME := $(CURDIR)/.build/home
$(shell mkdir -p "$(CURDIR)/.build/home")
endif

help: ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1	\2/p' Makefile | expand -t 18

run: build ## install what is missing, build, serve demo data on http://127.0.0.1:8080
	@exec $(VOUCH) serve --demo

test: ## install what is missing, run all tests (FILTER=Name runs some)
	@config/install-packages test
	@$(BUILD) --build-tests
	@exec swift test --skip-build --disable-xctest \
		--experimental-maximum-parallelization-width $(TESTS_AT_ONCE) $(if $(FILTER),--filter '$(FILTER)')

bench: build ## measure against nginx, as ratios of CPU per request, and how long mails take
	@config/install-packages bench
	@status=0; python3 Tests/Bench/bench.py || status=$$?; \
	python3 Tests/Bench/mail.py || status=$$?; exit $$status

overload: build ## load the server with 1 to 10 times its capacity (SHORT=1: some minutes less)
	@config/install-packages bench
	@exec python3 Tests/Bench/overload.py $(if $(SHORT),--short)

crowd: build ## what thousands of slow and idle connections cost everybody else
	@config/install-packages bench
	@exec python3 Tests/Bench/crowd.py

fuzz: ## feed the HTTP parser random bytes for FUZZ_SECONDS (60), with the address sanitizer
	@config/install-packages build
	@$(BUILD) -c release --sanitize=address --scratch-path .build/fuzz --product httpfuzz
	@exec .build/fuzz/release/httpfuzz $(FUZZ_SECONDS)

simulate: ## compare overload controls in simulated time, and measure what a decision costs
	@config/install-packages build
	@$(BUILD) -c release --product admissionsim
	@exec .build/release/admissionsim $(SCENARIO)

format: ## format all Swift files
	@swift format --in-place --recursive Package.swift Sources Tests

lint: ## check the format, the size of files and what is tracked
	@swift format lint --strict --recursive Package.swift Sources Tests
	@config/lint

migrate: build ## bring the database's schema up to date
	@exec $(VOUCH) migrate

demo: build ## load demo data (JOBS=100000 for many)
	@exec $(VOUCH) demo $(if $(JOBS),--jobs $(JOBS))

build: ## install what is missing, build the release
	@config/install-packages run
	@$(BUILD) -c release --product vouch

install: ## put a build that needs no toolchain below PREFIX (/usr/local)
	@config/install-packages build
	@$(BUILD) -c release --product vouch --static-swift-stdlib --scratch-path .build/install
	@install -D -t '$(DESTDIR)$(PREFIX)/bin' .build/install/release/vouch
	@mkdir -p '$(DESTDIR)$(PREFIX)/share/vouch'
	@rm -rf '$(DESTDIR)$(PREFIX)/share/vouch/Public' '$(DESTDIR)$(PREFIX)/share/vouch/Migrations'
	@cp -R Public Migrations config README.md '$(DESTDIR)$(PREFIX)/share/vouch/'
