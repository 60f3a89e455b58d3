.NOTPARALLEL:
.PHONY: help demo check-demo test sbom audit manifests e2e fuzz bench bench-markets bench-forecast bench-scale doctor bundle lab lab-layers lab-up lab-down

LIBRARIES := $(shell find pom.xml contract/pom.xml contract/src/main apps/model/pom.xml apps/model/src/main apps/mlflow/pom.xml apps/mlflow/src/main -type f)
TRAINER   := apps/trainer/target/trainer.jar
API       := apps/api/target/api.jar

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { gsub(/[$$][$$]/, "$$"); printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: check-demo $(TRAINER) $(API) ## Train and serve on this machine; TICKER=QQQ SOURCE=csv:FILE PORT=8080 ONCE=1
	@TICKER='$(TICKER)' SOURCE='$(SOURCE)' PORT='$(PORT)' ONCE='$(ONCE)' exec scripts/demo.sh

check-demo:
	@scripts/check-tools.sh java mvn curl

test: ## Run every test that needs no cluster
	@scripts/test.sh

audit: ## Look up the libraries in a database of vulnerabilities; OSV_DB=DIRECTORY works without a network
	@OSV_DB='$(OSV_DB)' scripts/audit.sh

manifests: ## Write a stack's Kubernetes objects to files, for GitOps; STACK=managed OUT=manifests IMAGES='NAME@DIGEST …'
	@STACK='$(STACK)' OUT='$(OUT)' IMAGES='$(IMAGES)' scripts/manifests.sh

sbom: ## Write down which libraries each jar contains; after a change of the dependencies
	@scripts/write-sboms.sh

$(TRAINER): $(LIBRARIES) $(shell find apps/trainer/src/main apps/trainer/pom.xml -type f)
	mvn --batch-mode --quiet package -DskipTests --projects apps/trainer --also-make

$(API): $(LIBRARIES) $(shell find apps/api/src/main apps/api/pom.xml -type f)
	mvn --batch-mode --quiet package -DskipTests --projects apps/api --also-make

e2e: ## Run the tests that need a cluster, on a new lab; E2E_REUSE=1 uses the lab that is up, TESTS=RebootTest runs one class
	@e2e/run.sh

doctor: ## Check what this machine needs for a cluster, and say how to get what is missing
	@cluster/doctor.sh

bundle: ## Export what the running cluster was installed from, for machines without a network; OUT=bundle
	@cluster/make-bundle.sh '$(or $(OUT),bundle)'

lab: ## Make what a cluster of containers needs, for machines without virtualization (Debian, root, Go)
	@lab/make-lab.sh

lab-layers: ## Build the optional additions to the lab: S3 server, registry, network policies, metrics, Flux, MLflow (an hour, once)
	@lab/layer.sh make

lab-up: ## Start the cluster of containers; then: eval "$$(lab/env.sh)"; kubectl get nodes
	@lab/up.sh

lab-down: ## Remove everything that lab-up started
	@lab/down.sh

bench: $(TRAINER) $(API) bench/target/bench.jar ## Compare with the Python original, and measure the lab if it is up; writes docs/benchmarks*.md
	@bench/run.py
	@eval "$$(lab/env.sh)" && bench/cluster.py

bench-markets: $(TRAINER) $(API) bench/target/bench.jar ## Compare the calendars with Python's packages, and replay the nightly trainings of 2026
	@bench/markets.py

bench-forecast: $(TRAINER) bench/target/bench.jar ## Score the forecasts on real prices, random walks and samples; takes a quarter of an hour
	@bench/forecast.py

bench-scale: ## Measure stacks of 1 to 200 tickers on the lab that is up, with its layer s3; writes docs/benchmarks-scale.md
	@eval "$$(lab/env.sh)" && bench/scale.py

fuzz: ## Search for inputs that break the parsers; each of three searches takes a minute
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/model --also-make -Dtest=ModelFormatFuzzTest -Dsurefire.failIfNoSpecifiedTests=false
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/trainer --also-make -Dtest=PriceFuzzTest#anyChart* -Dsurefire.failIfNoSpecifiedTests=false
	JAZZER_FUZZ=1 mvn --batch-mode --quiet test --projects apps/trainer --also-make -Dtest=PriceFuzzTest#anyFile* -Dsurefire.failIfNoSpecifiedTests=false

bench/target/bench.jar: $(LIBRARIES) $(shell find bench/src bench/pom.xml apps/trainer/src/main apps/api/src/main infra/src/main -type f)
	mvn --batch-mode --quiet package -DskipTests --projects bench --also-make
