# make demo: from a fresh machine with Rust to a graph on the screen. make test: the gate.

export CARGO_TARGET_DIR ?= $(HOME)/.cache/investgraph/target
export PATH := $(HOME)/.cargo/bin:$(PATH)

# RocksDB takes a quarter of an hour to compile; ccache, where it is installed, keeps that work across target directories.
ifneq ($(shell command -v ccache 2>/dev/null),)
ifeq ($(origin CC),default)
export CC := ccache gcc
endif
ifeq ($(origin CXX),default)
export CXX := ccache g++
endif
endif

BIN := $(CARGO_TARGET_DIR)/release/investgraph
DEMO := demo

.PHONY: help deps build demo test bench clean

help:
	@echo "make deps   install what the build and the demo need (Debian, Ubuntu; sudo only if needed)"
	@echo "make build  build the program"
	@echo "make demo   load the example articles and write tables and a picture into $(DEMO)/"
	@echo "make test   check format, lints, tests and docs"
	@echo "make bench  measure the speed"
	@echo "make clean  remove $(DEMO)/ and what was built of this crate"

deps:
	@.ci/deps

build:
	cargo build --release

demo: deps build
	rm -rf $(DEMO)
	mkdir -p $(DEMO)
	$(BIN) --store $(DEMO)/store load examples/articles
	$(BIN) --store $(DEMO)/store export csv -o $(DEMO)/tables
	$(BIN) --store $(DEMO)/store export dot -o $(DEMO)/graph.dot
	dot -Tsvg $(DEMO)/graph.dot -o $(DEMO)/graph.svg
	@echo
	$(BIN) --store $(DEMO)/store query --saved biggest-investments --format table
	@echo
	@echo "Written:"
	@ls -d $(DEMO)/store $(DEMO)/tables/*.csv $(DEMO)/graph.dot $(DEMO)/graph.svg | sed 's/^/  /'

test:
	cargo fmt --check
	cargo clippy --release --all-targets -- -D warnings
	cargo test --release
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --release

bench:
	cargo bench

clean:
	rm -rf $(DEMO)
	cargo clean --release -p investgraph
