.NOTPARALLEL:
.PHONY: help demo test e2e fuzz bench doctor bundle lab lab-up lab-down

MODEL   := $(shell find apps/model/src/main apps/model/pom.xml pom.xml -type f)
TRAINER := apps/trainer/target/trainer.jar
API     := apps/api/target/api.jar

help: ## What there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(TRAINER) $(API) ## Train and serve on this machine; TICKER=QQQ SOURCE=csv:FILE PORT=8080 ONCE=1
	@TICKER='$(TICKER)' SOURCE='$(SOURCE)' PORT='$(PORT)' ONCE='$(ONCE)' exec scripts/demo

test: ## Run every test that needs no cluster
	@scripts/test

$(TRAINER): $(MODEL) $(shell find apps/trainer/src/main apps/trainer/pom.xml -type f)
	mvn --batch-mode --quiet package -DskipTests --projects apps/trainer --also-make

$(API): $(MODEL) $(shell find apps/api/src/main apps/api/pom.xml -type f)
	mvn --batch-mode --quiet package -DskipTests --projects apps/api --also-make

e2e: ## Run the tests that need a cluster, on a lab of their own; E2E_REUSE=1 takes the one that is up
	@e2e/run

doctor: ## What this machine lacks for a cluster, and what to do about it
	@cluster/doctor

bundle: ## What the running cluster was installed from, as a directory for machines without a network; OUT=bundle
	@cluster/bundle '$(or $(OUT),bundle)'

lab: ## Make what a cluster in containers runs on, for machines without virtualization (Debian, root, Go)
	@lab/build

lab-up: ## Bring that cluster up; then: eval "$$(lab/env)"; kubectl get nodes
	@lab/up

lab-down: ## End all that lab-up began
	@lab/down

bench: $(TRAINER) $(API) bench/target/bench.jar ## Measure beside the Python original; writes docs/benchmarks.md; on the lab too, if it is up
	@bench/run
	@eval "$$(lab/env)" && bench/cluster

fuzz: ## Look for inputs that break the parsers, a minute each
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/model -Dtest=ModelFormatFuzzTest
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/trainer --also-make -Dtest=PriceFuzzTest#anyChart* -Dsurefire.failIfNoSpecifiedTests=false
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/trainer --also-make -Dtest=PriceFuzzTest#anyFile* -Dsurefire.failIfNoSpecifiedTests=false

bench/target/bench.jar: $(MODEL) $(shell find bench/src bench/pom.xml -type f)
	mvn --batch-mode --quiet package -DskipTests --projects bench --also-make
