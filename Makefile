# Needs Go, make and git, nothing else: the tools come with `go tool`.
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo 0.1.0)
GOFLAGS := -trimpath
LDFLAGS := -s -w -X puntari/internal/cli.Version=$(VERSION)

.PHONY: build test test-policies lint generate demo pictures bench fuzz clean

## build: the program, static and reproducible, in bin/
build:
	CGO_ENABLED=0 go build $(GOFLAGS) -ldflags '$(LDFLAGS)' -o bin/puntari ./cmd/puntari

## demo: assess the examples into out/, a workbook each with an index, and under both example profiles
demo: build
	bin/puntari assess examples/*.yaml -o out --format xlsx,json,markdown
	bin/puntari assess --org examples/organisations/esimerkkila examples/*.yaml -o out/esimerkkila --format xlsx,json,markdown
	bin/puntari assess --org examples/organisations/auenbrueck --lang de examples/*.yaml -o out/auenbrueck --format xlsx,json,markdown
	@echo
	@echo "The reports are in out/. Open out/index.xlsx first."

## test: everything: Go, policies, generated files
test: test-policies
	go vet ./...
	go test ./...

## test-policies: the Rego policies: form, types against the field catalogue, tests with full coverage
test-policies:
	@files=$$(go tool opa fmt --list policies) && [ -z "$$files" ] || { echo "not formatted: $$files"; exit 1; }
	go tool opa check --strict -s policies/schemas policies
	go tool opa test --timeout 60s --ignore '*.json' --coverage --threshold 100 --format json policies > /dev/null
	go tool opa test --timeout 60s --ignore '*.json' policies
	@files=$$(go tool opa fmt --list examples/organisations) && [ -z "$$files" ] || { echo "not formatted: $$files"; exit 1; }
	go tool opa test --timeout 60s --ignore '*.json' --ignore '*.yaml' --run 'data\.org\.' policies examples/organisations

## lint: golangci-lint and the policy checks
lint: test-policies
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run

## generate: what follows from checklists/*.yaml
generate:
	go generate ./...

## pictures: the pictures of the README, from the real report (needs LibreOffice and poppler-utils)
pictures: build
	@tmp=$$(mktemp -d) && \
	bin/puntari assess examples/museum-survey.yaml -o $$tmp/report.xlsx > /dev/null && \
	soffice -env:UserInstallation=file://$$tmp/profile --headless --convert-to pdf --outdir $$tmp $$tmp/report.xlsx > /dev/null && \
	mkdir -p docs/images && \
	pdftoppm -r 80 -png -singlefile -f 1 -l 1 $$tmp/report.pdf docs/images/report-summary && \
	pdftoppm -r 80 -png -singlefile -f 2 -l 2 $$tmp/report.pdf docs/images/report-risks && \
	rm -rf $$tmp

## bench: the figures of docs/performance.md
bench:
	go test -run '^$$' -bench . -benchmem ./...

## fuzz: each reader for a minute
fuzz:
	@for p in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    go test -run '^$$' -fuzz "^$$f\$$" -fuzztime 60s $$p || exit 1; \
	  done; \
	done

clean:
	rm -rf bin out
