.NOTPARALLEL:
.PHONY: help demo test fuzz bench

MODEL   := $(shell find apps/model/src/main apps/model/pom.xml pom.xml -type f)
TRAINER := apps/trainer/target/trainer.jar
API     := apps/api/target/api.jar

help: ## What there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(TRAINER) $(API) ## Train and serve on this machine; TICKER=QQQ SOURCE=csv:FILE PORT=8080 ONCE=1
	@TICKER='$(TICKER)' SOURCE='$(SOURCE)' PORT='$(PORT)' ONCE='$(ONCE)' exec scripts/demo

test: ## Run every test that needs no cluster
	@scripts/test

$(TRAINER): $(MODEL) $(shell find apps/trainer/src/main apps/trainer/pom.xml -type f)
	mvn --batch-mode --quiet package -DskipTests --projects apps/trainer --also-make

$(API): $(MODEL) $(shell find apps/api/src/main apps/api/pom.xml -type f)
	mvn --batch-mode --quiet package -DskipTests --projects apps/api --also-make

bench: $(TRAINER) $(API) bench/target/bench.jar ## Measure beside the Python original; writes docs/benchmarks.md
	@bench/run

fuzz: ## Look for inputs that break the parsers, a minute each
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/model -Dtest=ModelFormatFuzzTest
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/trainer --also-make -Dtest=PriceFuzzTest#anyChart* -Dsurefire.failIfNoSpecifiedTests=false
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/trainer --also-make -Dtest=PriceFuzzTest#anyFile* -Dsurefire.failIfNoSpecifiedTests=false

bench/target/bench.jar: $(MODEL) $(shell find bench/src bench/pom.xml -type f)
	mvn --batch-mode --quiet package -DskipTests --projects bench --also-make
