# Targets: all (build/mr), check, demo, install, uninstall, clean; see CONTRIBUTING.md for the others.
#
# make V=1 shows the commands. make SANITIZE=1 builds and checks with AddressSanitizer and UBSan under build/sanitize.

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man

# What configurations include, and what shells read: DIRECTORY/FILE below $(DATADIR), as in src/share.
SHARED := $(sort $(patsubst src/share/%,%,$(wildcard src/share/*/*)))

CC ?= cc
PKG_CONFIG ?= pkg-config
VERSION := 0.1.0

ifdef SANITIZE
BUILD ?= build/sanitize
OPTIMISE ?= -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
HARDEN ?=
HARDEN_LINK ?=
else
BUILD ?= build
OPTIMISE ?= -O2 -g
HARDEN ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
HARDEN_LINK ?= -pie -Wl,-z,relro,-z,now
endif

# inih is linked; of the others only the headers are: they are loaded when first needed (src/base/library.h).
LIBRARIES := libgit2 inih libcurl zlib
LINKED := inih
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wmissing-prototypes -Wstrict-prototypes \
	-Wold-style-definition -Wpointer-arith -Wwrite-strings -Wvla -Wundef -Wformat=2
CPPFLAGS += -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -Isrc -I$(BUILD)/gen
CFLAGS ?=
# pkg-config is asked only when something is compiled: `make check` on a bare machine installs it first.
LIB_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(LIBRARIES))
LIB_LIBS = $(shell $(PKG_CONFIG) --libs $(LINKED)) -ldl
COMPILE = $(CC) -std=c11 -pthread $(WARN) $(OPTIMISE) $(HARDEN) $(CPPFLAGS) $(LIB_CFLAGS) $(CFLAGS)
LINK = $(COMPILE) $(HARDEN_LINK) $(LDFLAGS)

SOURCES := $(sort $(wildcard src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))
TEST_TOOLS := $(patsubst tests/tool/%.c,$(BUILD)/tool/%,$(sort $(wildcard tests/tool/*.c)))
FUZZ_OBJECTS := $(patsubst tests/fuzz/%.c,$(BUILD)/obj/fuzz/%.o,$(sort $(wildcard tests/fuzz/*.c)))

Q := $(if $(V),,@)
say = $(if $(V),,@printf '%-6s %s\n' '$(1)' '$(2)')

.PHONY: all
all: $(BUILD)/mr $(BUILD)/webcheckout

# The same program: it looks at the name that it is called by.
$(BUILD)/webcheckout: $(BUILD)/mr
	$(Q)ln -sf mr $@

$(BUILD)/mr: $(BUILD)/obj/main.o $(OBJECTS)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIB_LIBS)

$(BUILD)/obj/%.o: src/%.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# The built-in library is a .mrconfig like any other; the binary carries its bytes.
$(BUILD)/gen/builtin.inc: src/registry/builtin.mrconfig
	$(call say,EMBED,$<)
	$(Q)mkdir -p $(@D)
	$(Q)od -An -v -tu1 $< | awk '{ for (i = 1; i <= NF; i++) printf "%s,", $$i; print "" }' >$@.tmp
	$(Q)mv $@.tmp $@

$(BUILD)/obj/registry/builtin.o: $(BUILD)/gen/builtin.inc

# Written anew only when it changed, so that a new version does not rebuild the world.
$(BUILD)/gen/version.inc: Makefile
	$(Q)mkdir -p $(@D)
	$(Q)printf '"%s"\n' '$(VERSION)' >$@.tmp
	$(Q)if cmp -s $@.tmp $@; then rm $@.tmp; else mv $@.tmp $@; fi

$(BUILD)/obj/cmd/version.o: $(BUILD)/gen/version.inc

$(BUILD)/unit/%: tests/unit/%.c $(OBJECTS) Makefile
	$(call say,TEST,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(LINK) -Itests/unit -MMD -MP -o $@ $< $(OBJECTS) $(LIB_LIBS) -lcmocka

$(BUILD)/tool/%: tests/tool/%.c Makefile
	$(call say,TOOL,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(LINK) -MMD -MP -o $@ $<

# Those that are made of mr's own parts.
$(BUILD)/tool/ask $(BUILD)/tool/gitconfig: $(BUILD)/tool/%: tests/tool/%.c $(OBJECTS) Makefile
	$(call say,TOOL,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(LINK) -MMD -MP -o $@ $< $(OBJECTS) $(LIB_LIBS)

# `make fuzz` is run seldom; what it is made of is compiled with the tests, so that it does not fall behind.
$(BUILD)/obj/fuzz/%.o: tests/fuzz/%.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(COMPILE) -Wno-missing-prototypes -MMD -MP -c -o $@ $<

.PHONY: unit
unit: $(UNIT_TESTS)
	$(Q)set -e; for test in $(UNIT_TESTS); do $$test; done

# Everything that `make check` runs beside prove's own scripts, so that make's two jobs compile while nothing else runs.
.PHONY: test-programs
test-programs: all $(UNIT_TESTS) $(TEST_TOOLS) $(FUZZ_OBJECTS)

.PHONY: packages
packages:
	$(Q).ci/packages test

# A recursive call, since pkg-config may have come only with the packages.
.PHONY: check
check: packages
	$(Q)$(MAKE) --no-print-directory -j2 SANITIZE=1 test-programs
	$(Q)$(MAKE) --no-print-directory -j2 test-programs
	$(Q)rm -rf build/oracle && mkdir build/oracle
	$(Q)MR_ORACLE_SAID="$(CURDIR)/build/oracle" tests/run sanitize
	$(Q)MR_ORACLE_SAID="$(CURDIR)/build/oracle" tests/run

.PHONY: check-quick
check-quick: test-programs
	$(Q)tests/run

.PHONY: demo
demo:
	$(Q).ci/packages build
	$(Q)$(MAKE) --no-print-directory -j2 all
	$(Q)tests/demo/run "$(CURDIR)/$(BUILD)/mr"

.PHONY: bench
bench: all $(TEST_TOOLS)
	$(Q)tests/bench/run "$(CURDIR)/$(BUILD)/mr"
	$(Q)tests/bench/status "$(CURDIR)/$(BUILD)/mr" "$(CURDIR)/$(BUILD)/tool/floor"
	$(Q)tests/bench/update "$(CURDIR)/$(BUILD)/mr" "$(CURDIR)/$(BUILD)/tool/delay"

# The interrupts of tests/cli/interrupt.t, for longer than a check may take.
.PHONY: soak
soak: test-programs
	$(Q)MR_INTERRUPT_ROUNDS=20 prove tests/cli/interrupt.t
	$(Q)MR_KILL_ROUNDS=200 prove tests/cli/update-killed.t
	$(Q)MR_EQUALITY_JOBS='1 4' prove tests/cli/update-equality.t
	$(Q)MR_PROPERTY_REPOSITORIES=5000 prove tests/cli/status-property.t
	$(Q)MR_CONFIG_FILES=20000 prove tests/cli/gitconfig-property.t
	$(Q)MR_DAMAGED_REPOSITORIES=1000 prove tests/cli/status-damage.t
	$(Q)MR_HISTORIES=3000 prove tests/cli/status-history.t
	$(Q)MR_PROPERTY_REPOSITORIES=1000 prove tests/cli/update-property.t

# Random configurations against Debian's mr; coverage-guided fuzzing with clang's libFuzzer, FUZZ_SECONDS for each target. The corpus
# that it finds stays under build/.
FUZZ_SECONDS ?= 60
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_MAKE = $(MAKE) --no-print-directory CC=clang BUILD=build/fuzz HARDEN= HARDEN_LINK= \
	OPTIMISE='-O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all'

.PHONY: fuzz
fuzz: all
	$(Q)MR_GRAMMAR_FILES=1000 prove tests/diff/grammar.t
	$(Q)$(FUZZ_MAKE) -j2 $(FUZZERS:%=build/fuzz/bin/%)
	$(Q)set -e; for name in $(FUZZERS); do \
		mkdir -p build/fuzz/corpus/$$name; \
		build/fuzz/bin/$$name -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -print_final_stats=1 \
			-artifact_prefix=build/fuzz/$$name- build/fuzz/corpus/$$name tests/fuzz/corpus/$$name; \
	done

# It reads files that say what to run, and runs nothing.
$(BUILD)/bin/registry: LDFLAGS += -Wl,--wrap=command_run

# It reads a reflog without the repository around it.
$(BUILD)/bin/stash: LDFLAGS += -Wl,--wrap=objects_tree_of

$(BUILD)/bin/%: tests/fuzz/fuzz_%.c $(OBJECTS) Makefile
	$(call say,FUZZ,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $< $(OBJECTS) $(LIB_LIBS)

.PHONY: install
install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(DATADIR)/bash-completion/completions \
		$(DESTDIR)$(DATADIR)/zsh/site-functions $(DESTDIR)$(DATADIR)/fish/vendor_completions.d \
		$(sort $(dir $(SHARED:%=$(DESTDIR)$(DATADIR)/%)))
	install -m 755 $(BUILD)/mr $(DESTDIR)$(BINDIR)/mr
	ln -sf mr $(DESTDIR)$(BINDIR)/webcheckout
	install -m 644 man/mr.1 man/webcheckout.1 $(DESTDIR)$(MANDIR)/man1
	install -m 644 completions/mr.bash $(DESTDIR)$(DATADIR)/bash-completion/completions/mr
	install -m 644 completions/_mr $(DESTDIR)$(DATADIR)/zsh/site-functions/_mr
	install -m 644 completions/mr.fish $(DESTDIR)$(DATADIR)/fish/vendor_completions.d/mr.fish
	set -e; for file in $(SHARED); do install -m 644 src/share/$$file $(DESTDIR)$(DATADIR)/$$file; done

.PHONY: uninstall
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/mr $(DESTDIR)$(BINDIR)/webcheckout \
		$(DESTDIR)$(MANDIR)/man1/mr.1 $(DESTDIR)$(MANDIR)/man1/webcheckout.1 \
		$(DESTDIR)$(DATADIR)/bash-completion/completions/mr $(DESTDIR)$(DATADIR)/zsh/site-functions/_mr \
		$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/mr.fish $(SHARED:%=$(DESTDIR)$(DATADIR)/%)
	rmdir $(sort $(dir $(SHARED:%=$(DESTDIR)$(DATADIR)/%))) 2>/dev/null || true

.PHONY: clean
clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(BUILD)/obj/main.d $(UNIT_TESTS:=.d) $(TEST_TOOLS:=.d) $(FUZZ_OBJECTS:.o=.d)
