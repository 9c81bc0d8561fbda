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
	libqrencode-dev libcurl4-openssl-dev
DEPS_CHECK := libcmocka-dev perl curl strace procps chromium \
	fonts-dejavu-core
DEPS_NODE  := nodejs npm
DEPS_BENCH := nginx-light wrk
DEPS_LINT  := cppcheck clang-tidy
DEPS_FUZZ  := clang libclang-rt-14-dev

# ---- compiler ------------------------------------------------------------

PKGS := libcmark libgit2 libsodium sqlite3 yaml-0.1 jansson libqrencode libcurl

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
endif
ifeq ($(WERROR),1)
WARN += -Werror
endif
HARD := -fPIE -fstack-protector-strong -fcf-protection -fno-common \
	-fno-strict-overflow $(HARD_CC)

FLAGS_release  := -O2 -g -D_FORTIFY_SOURCE=3
FLAGS_asan     := -O1 -g -fsanitize=address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_tsan     := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
FLAGS_coverage := -O0 -g --coverage
FLAGS_fuzz     := -O1 -g -fsanitize=address,undefined,fuzzer-no-link \
	-fno-sanitize-recover=all

ALL_CFLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L -DBLANKETT_VERSION='"$(VERSION)"' \
	-Isrc $(WARN) $(HARD) $(FLAGS_$(VARIANT)) \
	$(shell pkg-config --cflags $(PKGS) 2>/dev/null) $(CFLAGS)
ALL_LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack $(FLAGS_$(VARIANT)) $(LDFLAGS)
LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcivetweb -lpthread

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
	$(call QUIET,LINK) $(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(CORE): $(filter-out $(OUT)/src/main.o,$(OBJ))
	@rm -f $@
	$(call QUIET,AR) ar rcs $@ $^

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(call QUIET,CC) $(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/tests/unit/%: $(OUT)/tests/unit/%.o $(CORE)
	$(call QUIET,LINK) $(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

$(OUT)/tests/replay/%: $(OUT)/tests/fuzz/%.o $(OUT)/tests/fuzz/replay.o $(CORE)
	@mkdir -p $(@D)
	$(call QUIET,LINK) $(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

units: $(UNIT)
	@set -e; for t in $(UNIT); do echo "# $$t"; $$t; done

clean:
	rm -rf build

-include $(wildcard $(OBJ:.o=.d) $(UNIT:=.d))

.PHONY: all units clean
.SECONDARY:

# Compiles every object without linking.
objects: $(OBJ)
.PHONY: objects
