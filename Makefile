# Kakehashi. `make help` lists what one can do; `make demo` and `make test` set up what they need.

.DEFAULT_GOAL := help
SHELL := /bin/sh

export JAVA_HOME := $(shell bin/find-jdk 2>/dev/null)
MVN := mvn -B -ntp -q
WEB := npm --prefix web

JAVA_SOURCES := $(shell find media/src/main server/src/main docs/api kakehashi.yaml pom.xml media/pom.xml server/pom.xml -type f 2>/dev/null)
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/dist-export/*' -not -path '*/e2e/*' 2>/dev/null)

.PHONY: help
help: ## what one can do
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: demo
demo: build ## start a demo conference on http://localhost:8080
	@exec bin/kakehashi demo

.PHONY: test
test: tools web-test java-test e2e ## every test: logic, contracts, pages, browsers

.PHONY: bench
bench: tools build ## measure: switch, join, forwarding, mixing, a crowd, fan-out beside Janus
	@deploy/bench/run.sh

.PHONY: fuzz
fuzz: jdk ## each parser against garbage, longer (FUZZ_SECONDS each, default 60)
	@deploy/fuzz/run.sh

.PHONY: format
format: jdk web/node_modules/.package-lock.json ## put all sources in the one format
	@$(MVN) spotless:apply
	@$(WEB) run format

.PHONY: build
build: server/target/lib/.complete ## build the pages and the server

.PHONY: web
web: web/dist/index.html ## build the pages

.PHONY: screenshots
screenshots: build tools ## pictures of every page into build/screenshots
	@$(WEB) run screenshots

.PHONY: clean
clean: ## remove what was built (not data/)
	@rm -rf media/target server/target web/dist web/dist-export web/node_modules build

# --- parts ---------------------------------------------------------------------------------------

.PHONY: jdk
jdk:
	@bin/find-jdk >/dev/null
	@bin/needs mvn=maven

.PHONY: node
node:
	@bin/needs node=nodejs npm

.PHONY: tools
tools:
	@bin/needs chromium firefox-esr espeak-ng ffmpeg nft=nftables ip=iproute2 gst-launch-1.0=gstreamer1.0-tools \
	  file:/usr/share/doc/gstreamer1.0-plugins-bad=gstreamer1.0-plugins-bad \
	  file:/usr/share/doc/gstreamer1.0-plugins-good=gstreamer1.0-plugins-good \
	  file:/usr/share/doc/gstreamer1.0-nice=gstreamer1.0-nice \
	  file:/usr/share/doc/python3-gi=python3-gi \
	  file:/usr/share/doc/gir1.2-gst-plugins-bad-1.0=gir1.2-gst-plugins-bad-1.0 \
	  file:/usr/share/doc/fonts-noto-cjk=fonts-noto-cjk

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	@$(MAKE) -s node
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	@$(WEB) run --silent build -- --logLevel warn
	@touch $@

server/target/lib/.complete: web/dist/index.html $(JAVA_SOURCES)
	@$(MAKE) -s jdk
	@$(MVN) package -DskipTests
	@touch $@

.PHONY: web-test
web-test: web/node_modules/.package-lock.json
	@$(WEB) run --silent check
	@$(WEB) test --silent

.PHONY: java-test
java-test: jdk web
	@$(MVN) spotless:check verify
	@touch server/target/lib/.complete

.PHONY: e2e
e2e: build
	@$(WEB) run --silent e2e
