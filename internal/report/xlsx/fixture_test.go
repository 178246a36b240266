package xlsx

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/policies"
)

var update = flag.Bool("update", false, "make the assessments in testdata anew with the engine, and the golden digests")

// fixtures are the examples that the tests render: harmless, blocked,
// insufficient, and open after measures.
var fixtures = []string{"park-benches", "social-health-ece-clients", "street-lights", "museum-survey"}

var languages = []string{"en", "fi", "sv"}

func catalogue(t testing.TB) *checklist.Catalogue {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// fixture reads an assessment that the engine made.
func fixture(t testing.TB, name string) *assessment.Assessment {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var a assessment.Assessment
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return &a
}

// TestAllExamples renders what the engine makes of every example.
func TestAllExamples(t *testing.T) {
	c := catalogue(t)
	e, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "examples", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Skip("there are no examples")
	}
	reader := descriptor.NewReader(c)
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		src, problems := reader.Read(name, f)
		f.Close()
		if src == nil {
			t.Fatalf("%s: %v", name, problems)
		}
		a, err := e.Assess(t.Context(), src.Dataset, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range languages {
			b, err := newBook(a, c, Options{Lang: lang})
			if err != nil {
				t.Fatal(err)
			}
			if h := b.sheets[0].height(); h > summaryBudget {
				t.Errorf("%s %s: the summary is %.0f points high", name, lang, h)
			}
			if err := b.write(io.Discard); err != nil {
				t.Errorf("%s %s: %v", name, lang, err)
			}
		}
	}
}

// TestUpdateFixtures makes testdata with the engine: go test -run Fixtures -update.
func TestUpdateFixtures(t *testing.T) {
	if !*update {
		t.Skip("only with -update")
	}
	c := catalogue(t)
	e, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reader := descriptor.NewReader(c)
	for _, name := range fixtures {
		f, err := os.Open(filepath.Join("..", "..", "..", "examples", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		src, problems := reader.Read(name+".yaml", f)
		f.Close()
		if src == nil {
			t.Fatalf("%s: %v", name, problems)
		}
		a, err := e.Assess(context.Background(), src.Dataset, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		a.Tool = assessment.Tool{Name: "puntari", Version: "0.1.0"}
		a.Dataset.Source = name + ".yaml"
		data, err := json.MarshalIndent(a, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("testdata", name+".json"), append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
