package importer

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"puntari/internal/checklist"
)

// FuzzImport gives mutated samples of all formats to the import. It may refuse
// them with a problem and not otherwise, and what it takes over has to keep the
// rules.
func FuzzImport(f *testing.F) {
	c, err := checklist.Builtin()
	if err != nil {
		f.Fatal(err)
	}
	for _, pattern := range []string{"testdata/samples/*", corpus + "/ckan/*", corpus + "/frictionless/*", corpus + "/csvw/*exam*", corpus + "/jkan-yaml/*a*", corpus + "/croissant/*recipes*", corpus + "/datajson/*"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			if data, err := os.ReadFile(name); err == nil && len(data) < 8<<10 {
				f.Add(data, "")
			}
		}
	}
	for _, format := range []Format{Turtle, NTriples, RDFXML, JSONLD, CKAN, Frictionless, DataJSON, Socrata, SchemaOrg, CSVW, JKAN} {
		f.Add([]byte(`{"a": [1, "b", null, {"c": true}]}`), string(format))
	}
	f.Fuzz(func(t *testing.T, data []byte, format string) {
		if len(data) > 1<<16 {
			return
		}
		o := Options{Lexicon: &c.Lexicon, Format: Format(format), Limits: Limits{Document: 1 << 16, Record: 1 << 12, Depth: 40, Columns: 50}}
		index := 0
		err := Import(context.Background(), "fuzz", bytes.NewReader(data), o, func(r *Record) error {
			if r.Dataset == nil || r.Index != index {
				t.Errorf("record %d has the index %d", index, r.Index)
			}
			index++
			checkRules(t, r)
			r.Dataset.Canonical()
			return nil
		})
		if _, ok := errors.AsType[*ProblemError](err); err != nil && !ok {
			t.Errorf("error is %v", err)
		}
	})
}
