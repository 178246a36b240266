package importer

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

func lexicon(t testing.TB) *checklist.Lexicon {
	t.Helper()
	return &catalogue(t).Lexicon
}

func catalogue(t testing.TB) *checklist.Catalogue {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// imported is a record as the golden files keep it.
type imported struct {
	ID       string               `json:"id"`
	Line     int                  `json:"line,omitempty"`
	Column   int                  `json:"column,omitempty"`
	Dataset  *descriptor.Dataset  `json:"dataset"`
	Facts    []string             `json:"facts"`
	Problems []descriptor.Problem `json:"problems,omitempty"`
}

// TestGolden imports small samples of every format and compares the descriptors,
// the facts and the problems with those that are kept. UPDATE=1 keeps new ones.
func TestGolden(t *testing.T) {
	samples, err := filepath.Glob("testdata/samples/*")
	if err != nil || len(samples) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	formats := map[string]Format{
		"dcat-ap.ttl": Turtle, "dcat-ap.nt": NTriples, "dcat-ap.rdf": RDFXML, "dcat-ap.jsonld": JSONLD, "ckan-package.json": CKAN, "ckan-dump.jsonl": CKAN,
		"datapackage.json": Frictionless, "datapackage.yaml": Frictionless, "table-schema.json": Frictionless, "data.json": DataJSON,
		"socrata.jsonl": Socrata, "croissant.json": SchemaOrg, "csvw.json": CSVW, "jkan-page.md": JKAN,
	}
	for _, sample := range samples {
		name := filepath.Base(sample)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(sample)
			if err != nil {
				t.Fatal(err)
			}
			if got := Detect(data, name); got != formats[name] {
				t.Errorf("recognised as %s, want %s", got, formats[name])
			}
			var records []imported
			err = Import(context.Background(), name, bytes.NewReader(data), Options{Lexicon: lexicon(t)}, func(r *Record) error {
				i := imported{ID: r.ID, Line: r.Line, Column: r.Column, Dataset: r.Dataset, Problems: r.Problems}
				for _, f := range r.Facts {
					line := f.Path + " = " + f.Value + " <- " + f.Source.Property + " = " + f.Source.Raw
					if f.Source.Kind == Suggested || f.Source.Rule != "" {
						line += " (" + string(f.Source.Kind) + " " + f.Source.Rule + " " + f.Source.Entry + ")"
					}
					i.Facts = append(i.Facts, line)
				}
				records = append(records, i)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(records); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "golden", name+".json")
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("the import of %s differs from %s:\n%s", sample, golden, difference(string(want), b.String()))
			}
		})
	}
}

// difference shows the first line in which two texts differ.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range w {
		if i >= len(g) || w[i] != g[i] {
			return "want " + w[i] + "\ngot  " + strings.Join(g[i:min(i+1, len(g))], "")
		}
	}
	return "got more: " + strings.Join(g[len(w):], "\n")
}
