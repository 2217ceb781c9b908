# Everything a newcomer needs: `make demo` and `make test` do all the set-up themselves.
.DEFAULT_GOAL := help
.PHONY: help setup demo test fuzz sanitize serve serve-demo screenshots test-browser format lint clean
.PHONY: bench bench-accuracy bench-documents bench-events bench-exam bench-export bench-gallery bench-log bench-logins
.PHONY: bench-pages bench-tickets bench-wall

SWIFT ?= swift

help: ## Show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install Debian packages, fetch and convert the models, fetch the sample photographs
	@Config/setup

demo: setup ## Play one proctored exam on real photographs, end to end
	@echo "building (release)"
	@$(SWIFT) build -c release --product attestd
	@$(SWIFT) build -c release --product Demo
	@.build/release/Demo --attestd .build/release/attestd --root .

test: ## Set up, check the code's form, build, run every test
	@Config/setup --test
	@$(MAKE) --no-print-directory lint
	@python3 -m unittest discover --start-directory Models/tests
	@Tests/EvidenceBundleTests/Peer/prepare .build/evidence-peer
	@$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	@# Each of these in a process of its own: tests that compute for long would keep its servers waiting.
	@Tests/swift-test --skip '^(HTTPServerTests|APITests|DaemonTests)'
	@# Beside a real login provider, one test at a time: it keeps its state in one SQLite file.
	@Tests/oidc-provider/run $(CURDIR)/.build/oidc-provider Tests/swift-test --no-parallel \
		--filter '^(OpenIDConnectTests.RealProviderTests|APITests.RealProviderLoginTests)'
	@for target in HTTPServerTests APITests DaemonTests; do \
		echo "== $$target"; Tests/swift-test --filter "^$$target" || exit 1; \
	done
	@Tests/schemathesis/run .build/debug/attestd $(CURDIR)/.build/schemathesis
	@Tests/browser/run .build/debug/attestd $(CURDIR)/.build/browser

test-browser: ## Play the pages in Chromium only; screenshots are left in .build/browser/screenshots
	@Config/setup --test
	@$(SWIFT) build --product attestd
	@Tests/browser/run .build/debug/attestd $(CURDIR)/.build/browser

bench: setup ## Measure one verification beside Python's dlib pipeline, then floods of logins
	@$(SWIFT) build -c release --product attestd
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks --root .

bench-logins: setup ## Measure the exam API while a hundred wrong logins a second come
	@$(SWIFT) build -c release --product attestd
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks logins --root .

bench-events: setup ## Measure events to 2000 subscribers beside nginx with nchan
	@$(SWIFT) build -c release --product attestd
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks events --root .

bench-exam: setup ## Measure a thousand candidates who start at once and save every ten seconds
	@$(SWIFT) build -c release --product attestd
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks exam --root .

bench-wall: setup ## Three hundred candidates send frames while examiners watch, beside the engine alone
	@$(SWIFT) build -c release --product attestd
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks wall --root .

bench-export: setup ## Export a million identifications to CSV and XLSX beside sqlite3 and XlsxWriter
	@Sources/Benchmarks/Peers/prepare_export .build/export-peer
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks export --root . $(if $(COUNT),--count $(COUNT))

bench-pages: setup ## Measure the exam page, processor throttled 4 times (RUNS=9), and a wall of 300 tiles in Chromium
	@$(SWIFT) build -c release --product attestd
	@Tests/browser/bench-pages .build/release/attestd $(CURDIR)/.build/browser $(or $(RUNS),9)

bench-tickets: ## Deal 100 000 tickets from a bank of 20 000, with their records, beside Python
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks tickets --root .

bench-accuracy: setup ## Compare error rates with dlib's on pictures of known people (IMAGES="DIR …")
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks accuracy --root . --images $(IMAGES)

bench-documents: setup ## Read zones in drawn pictures of documents beside tesseract (COUNT=14 of each kind)
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks documents --root . --count $(or $(COUNT),14)

bench-gallery: setup ## Search a million templates beside FAISS
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks gallery --root .

bench-log: setup ## Durable appends to the log beside plain SQLite inserts, checkpoints after them, fsck of a million entries
	@$(SWIFT) build -c release --product Benchmarks
	@.build/release/Benchmarks log

fuzz: setup ## Fuzz the decoders and the engine (SECONDS_EACH=60)
	@Tests/fuzz/run --seconds $(or $(SECONDS_EACH),60)

sanitize: setup ## Run the vision tests under the address, leak and thread sanitizers
	@Tests/sanitize

serve: setup ## Run the service with Config/attestd.json5
	@$(SWIFT) build -c release --product attestd
	@.build/release/attestd serve --config Config/attestd.json5

serve-demo: setup ## Run the service with demonstration data and a login for each role, on port 8080
	@$(SWIFT) build -c release --product attestd
	@Tests/browser/serve-demo .build/release/attestd $(CURDIR)/.build/browser

screenshots: ## Make the README's pictures of the pages anew, with blurred faces
	@Config/setup --test
	@$(SWIFT) build -c release --product attestd
	@Tests/browser/screenshots .build/release/attestd $(CURDIR)/.build/browser

format: ## Format the Swift code
	@$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

lint: ## Check the Swift code's format
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests
	@Sources/CPages/list --check

clean: ## Delete what was built
	@rm -rf .build
