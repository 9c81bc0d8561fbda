# blankett: build, run, check.  Start with `make run` or `make check`.

VERSION := 0.1.0
PREFIX  ?= /usr/local
CC      ?= cc
PORT    ?= 8080
VARIANT ?= release
OUT     := build/$(VARIANT)

# ---- packages ------------------------------------------------------------
# What a fresh Debian 12 lacks, by what needs it; `make deps` installs it.

DEPS_BUILD := git pkg-config libcmark-dev libgit2-dev libsodium-dev \
	libcivetweb-dev libsqlite3-dev libyaml-dev libjansson-dev \
	libqrencode-dev libcurl4-openssl-dev libcurl4 libstemmer-dev \
	zlib1g-dev libbrotli-dev
DEPS_CHECK := libcmocka-dev perl curl strace procps chromium \
	fonts-dejavu-core brotli nginx-light
DEPS_NODE  := nodejs npm
DEPS_BENCH := nginx-light wrk hugo perl
DEPS_LINT  := cppcheck clang-tidy
DEPS_BROCHURE := weasyprint
DEPS_FUZZ  := clang libclang-rt-14-dev

# ---- compiler ------------------------------------------------------------

# Not libcurl and libgit2, which are loaded when they are wanted:
# src/base/library.h.
PKGS := libcmark libsodium sqlite3 yaml-0.1 jansson libqrencode \
	zlib libbrotlienc libbrotlidec

# `make V=1` shows whole command lines.
ifneq ($(V),1)
QUIET = @echo "  $(1) $@";
endif

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wcast-qual -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wformat=2 -Wvla -Wundef -Wswitch-enum \
	-Wpointer-arith -Wnull-dereference -Wimplicit-fallthrough
ifeq ($(findstring clang,$(CC)),)
WARN += -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init
HARD_CC := -ftrivial-auto-var-init=zero -fstack-clash-protection
# The program is optimised as a whole, which takes a sixth off the build of a
# site.  Its tests link the same objects one by one, which takes no time and
# lets the spy stand between them; -fno-lto, for a linker finds LTO by itself.
# `make LTO=` leaves it out, for quick edits.
LTO := $(if $(filter release,$(VARIANT)),-flto=auto)
endif
ifeq ($(WERROR),1)
WARN += -Werror
endif
HARD := -fPIE -fstack-protector-strong -fcf-protection -fno-common \
	-fno-strict-overflow $(HARD_CC)

# Without a PLT a call of cmark costs no jump more: some 8 % of a large build.
FLAGS_release  := -O2 -g -fno-plt -D_FORTIFY_SOURCE=3
FLAGS_asan     := -O1 -g -fsanitize=address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_tsan     := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
FLAGS_coverage := -O0 -g --coverage
FLAGS_fuzz     := -O1 -g -fsanitize=address,undefined,fuzzer-no-link \
	-fno-sanitize-recover=all

ALL_CFLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L -DBLANKETT_VERSION='"$(VERSION)"' \
	-Isrc $(WARN) $(HARD) $(FLAGS_$(VARIANT)) $(if $(LTO),$(LTO) -ffat-lto-objects) \
	$(shell pkg-config --cflags $(PKGS) 2>/dev/null) $(CFLAGS)
ALL_LDFLAGS := -pie -Wl,--build-id -Wl,-z,relro,-z,now,-z,noexecstack $(FLAGS_$(VARIANT)) $(LDFLAGS)
LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcivetweb -lstemmer \
	-lpthread -lm

SRC  := $(sort $(wildcard src/*.c src/*/*.c))
OBJ  := $(SRC:%.c=$(OUT)/%.o)
CORE := $(OUT)/libblankett.a
UNIT_SRC := $(sort $(wildcard tests/unit/*/*.c))
UNIT := $(UNIT_SRC:tests/%.c=$(OUT)/tests/%)
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz-*.c))
REPLAY := $(FUZZ_SRC:tests/fuzz/%.c=$(OUT)/tests/replay/%)

all: $(OUT)/blankett build/blankett

build/blankett: $(OUT)/blankett
	@ln -sfn $(VARIANT)/blankett $@

$(OUT)/blankett: $(OUT)/src/main.o $(CORE)
	$(call QUIET,LINK) $(CC) $(ALL_LDFLAGS) $(LTO) -o $@ $^ $(LIBS)

# q, not r: two folders may each have a check.o.
$(CORE): $(filter-out $(OUT)/src/main.o,$(OBJ))
	@rm -f $@
	$(call QUIET,AR) ar qcs $@ $^

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(call QUIET,CC) $(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/tests/unit/%: $(OUT)/tests/unit/%.o $(CORE)
	$(call QUIET,LINK) $(CC) $(ALL_LDFLAGS) -fno-lto -o $@ $^ $(LIBS) -lcmocka

$(OUT)/tests/replay/%: $(OUT)/tests/fuzz/%.o $(OUT)/tests/fuzz/replay.o $(CORE)
	@mkdir -p $(@D)
	$(call QUIET,LINK) $(CC) $(ALL_LDFLAGS) -fno-lto -o $@ $^ $(LIBS)

# The program with an ear at its templates; see tests/cli/data.t.
$(OUT)/tests/spy/spy: $(OUT)/tests/spy/spy.o $(OUT)/src/main.o $(CORE)
	$(call QUIET,LINK) $(CC) $(ALL_LDFLAGS) -fno-lto -Wl,--wrap=theme_render -o $@ $^ $(LIBS)

objects: $(OBJ)

# ---- run -----------------------------------------------------------------

run: deps
	@$(MAKE) --no-print-directory run-now

# Keys and data of a trial: outside git, readable by their owner only, and
# refused by serve without --dev.
DEV := .blankett/dev

$(DEV)/keys: | all
	@build/blankett keys init --no-passphrase --out $@

run-now: all $(DEV)/keys
	@build/blankett build --base-url http://127.0.0.1:$(PORT) --intake-url ""
	@echo
	@echo "Read:   http://127.0.0.1:$(PORT)/"
	@echo "Write:  http://127.0.0.1:$(PORT)/e-tjanster/"
	@echo "Fetch:  build/blankett inbox pull --server http://127.0.0.1:$(PORT)" \
		"--key $(DEV)/keys --store $(DEV)/store"
	@echo "Stop with Ctrl-C."
	@echo
	@exec build/blankett serve --dev --listen 127.0.0.1:$(PORT) \
		--base-url http://127.0.0.1:$(PORT) \
		--keys $(DEV)/keys --data $(DEV)/data

# For who writes the site: shows it, with drafts, and again when a file changes.
watch: deps
	@$(MAKE) --no-print-directory watch-now

watch-now: all $(DEV)/keys
	@echo "Read:   http://127.0.0.1:$(PORT)/ (drafts too)"
	@echo "Stop with Ctrl-C."
	@echo
	@exec build/blankett serve --watch --drafts --dev \
		--listen 127.0.0.1:$(PORT) --base-url http://127.0.0.1:$(PORT) \
		--keys $(DEV)/keys --data $(DEV)/data

# ---- the guide on paper ---------------------------------------------------
# build/brochure.pdf, and in build/pdf/ each large drawing; what is copied to
# content/ (as broschyr.pdf, roller/steg.pdf) is published and linked to.

brochure: deps deps-brochure
	@$(MAKE) --no-print-directory brochure-now

# Style sheets and pictures are read here, never from the live site.
SITE := build/brochure-site
brochure-now: all
	@rm -rf build/pdf
	@build/blankett build --out $(SITE)
	@sed -e '/rel="stylesheet"/d' -e 's| src="/| src="file://$(CURDIR)/$(SITE)/|g' \
		$(SITE)/broschyr/index.html | weasyprint --quiet \
		--base-url "$$(sed -n 's/^base-url: *//p' content/site.yaml)" \
		--stylesheet $(SITE)/assets/style.*.css \
		--stylesheet $(SITE)/assets/brochure.*.css \
		--stylesheet themes/standard/brochure-pdf.css - build/brochure.pdf
	@set -e; cd $(SITE); find . -name 'steg*.svg' -o -name 'natverk*.svg' | \
	while read -r f; do to=../pdf/$${f%.svg}.pdf; mkdir -p "$${to%/*}"; \
		{ echo '<!doctype html><meta charset="utf-8">'; \
		grep '^<title>' "$$f"; echo '<style>@page {size: A4 landscape; margin: 8mm}' \
		'body {margin: 0} svg {width: 100%; max-height: 190mm}</style>'; \
		sed '/^<?xml/d; /^<title>/d' "$$f"; } | \
		weasyprint --quiet - "$$to"; done
	@ls -l build/brochure.pdf; find build/pdf -name '*.pdf' | sort

# ---- check ---------------------------------------------------------------
# Everything that must hold.  The inner make sees the libraries that deps
# has just installed.

check: deps-check
	@$(MAKE) --no-print-directory check-now

check-now: check-units check-replay check-cli check-browser
	@echo "make check: all passed ($(VARIANT))"

check-units: $(UNIT)
	@set -e; for t in $(UNIT); do echo "# $$t"; $$t; done

check-replay: $(REPLAY)
	@set -e; for t in $(REPLAY); do \
		$$t tests/corpus/$$(basename $$t | sed 's/^fuzz-//')/*; done

check-cli: all objects $(OUT)/tests/spy/spy
	OUT=$(OUT) BLANKETT=$(CURDIR)/$(OUT)/blankett \
		prove --timer tests/style tests/cli tests/fault

check-browser: all node_modules
	BLANKETT=$(CURDIR)/$(OUT)/blankett prove --timer -e node tests/browser/*.mjs

node_modules: tests/browser/package-lock.json
	cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund
	@ln -sfn tests/browser/node_modules $@

asan:
	$(MAKE) check VARIANT=asan

tsan:
	$(MAKE) check-units VARIANT=tsan

coverage:
	$(MAKE) check-units check-cli VARIANT=coverage
	gcovr -r . --filter src/ build/coverage

# ---- measure, search for faults ------------------------------------------

# With FULL=1 also the growth to 50,000 pages: some minutes more, and 2 GB of
# memory or disk.
bench: deps-bench
	@$(MAKE) --no-print-directory bench-now

bench-now: all
	@sh tests/bench/bench.sh
	@perl tests/bench/generate.pl $(if $(FULL),full) $(OUT)/blankett

print-libs:
	@echo $(LIBS)

FUZZ_SECONDS ?= 60
fuzz: deps-fuzz
	@$(MAKE) --no-print-directory fuzz-now VARIANT=fuzz CC=clang

fuzz-now: $(FUZZ_SRC:tests/fuzz/%.c=$(OUT)/fuzz/%)
	@set -e; for t in $^; do \
		name=$$(basename $$t | sed 's/^fuzz-//'); \
		mkdir -p build/fuzz-corpus/$$name; echo "# $$name"; \
		$$t -max_total_time=$(FUZZ_SECONDS) -close_fd_mask=1 \
			-print_final_stats=1 build/fuzz-corpus/$$name \
			tests/corpus/$$name; done

$(OUT)/fuzz/%: $(OUT)/tests/fuzz/%.o $(CORE)
	@mkdir -p $(@D)
	$(call QUIET,LINK) $(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

lint: deps-lint
	cppcheck --quiet --std=c11 --enable=warning,performance,portability \
		--inline-suppr --suppress=missingIncludeSystem \
		--error-exitcode=1 -Isrc src
	@set -e; for f in $(SRC); do echo "  TIDY $$f"; \
		clang-tidy --quiet $$f -- $(ALL_CFLAGS) 2>/dev/null; done

# ---- install -------------------------------------------------------------

UNITS := blankett.service blankett-build.service blankett.timer
UNIT_DIR = $(DESTDIR)$(PREFIX)/lib/systemd/system
USER_DIR = $(DESTDIR)$(PREFIX)/lib/sysusers.d

install: all
	install -Dm755 $(OUT)/blankett $(DESTDIR)$(PREFIX)/bin/blankett
	install -d $(UNIT_DIR) $(USER_DIR)
	for u in $(UNITS); do \
		sed 's|/usr/local|$(PREFIX)|g' src/systemd/$$u >$(UNIT_DIR)/$$u && \
		chmod 644 $(UNIT_DIR)/$$u || exit 1; done
	install -m644 src/systemd/blankett.sysusers $(USER_DIR)/blankett.conf
	find themes -type f | while read -r f; do \
		install -Dm644 "$$f" "$(DESTDIR)$(PREFIX)/share/blankett/$$f"; done
	install -Dm644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/blankett/LICENSE
	install -Dm644 README.md $(DESTDIR)$(PREFIX)/share/doc/blankett/README.md

clean:
	rm -rf build

# ---- packages ------------------------------------------------------------

# $(call INSTALL,packages): says what it will do, then does it.
define INSTALL
@missing=; for p in $(1); do \
	dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' \
		|| missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then \
	echo "Installing with apt-get:$$missing"; \
	root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	{ $$root apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq \
		--no-install-recommends $$missing >/dev/null; } || { \
	echo "Could not install; do it by hand:$$missing" >&2; exit 1; }; fi
endef

deps:
	$(call INSTALL,$(DEPS_BUILD))

deps-check: deps
	$(call INSTALL,$(DEPS_CHECK))
	$(call INSTALL,$(if $(shell command -v npm),,$(DEPS_NODE)))

deps-bench: deps
	$(call INSTALL,$(DEPS_BENCH))

deps-lint: deps
	$(call INSTALL,$(DEPS_LINT))

deps-brochure:
	$(call INSTALL,$(DEPS_BROCHURE))

deps-fuzz: deps
	$(call INSTALL,$(DEPS_FUZZ))

-include $(wildcard $(OBJ:.o=.d) $(OUT)/tests/*/*.d $(OUT)/tests/*/*/*.d)

.PHONY: all objects run run-now watch watch-now check check-now check-units check-replay \
	brochure brochure-now deps-brochure check-cli check-browser asan tsan coverage bench bench-now print-libs fuzz \
	fuzz-now lint install clean deps deps-check deps-bench deps-lint \
	deps-fuzz
.PRECIOUS: $(OUT)/%.o
