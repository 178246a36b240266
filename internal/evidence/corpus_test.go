package evidence_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/evidence"
	"puntari/internal/table"
)

// TestCorpus measures tables that other projects publish; without them it is
// skipped. The findings that are allowed have been looked at one by one, see
// docs/detectors.md; whoever gets more has to look at them.
func TestCorpus(t *testing.T) {
	const corpus, looked = "../../../shared/corpus", 8
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus is not here")
	}
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	files, columns, findings := 0, 0, 0
	for _, folder := range []string{"tables", "disclosure-reference", "vocab"} {
		err := filepath.WalkDir(filepath.Join(corpus, folder), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			f, err := table.Open(path, table.Options{Totals: evidence.TotalRows(c)})
			var p *table.Problem
			if errors.As(err, &p) {
				return nil // damaged on purpose
			}
			if err != nil {
				return err
			}
			r, err := evidence.Measure(context.Background(), f, c, evidence.Options{Workers: 2})
			if errors.As(err, &p) {
				return nil
			}
			if err != nil {
				return err
			}
			files++
			columns += len(r.Columns)
			if r.Source.Totals > 0 {
				t.Errorf("%s: %d rows of totals", path, r.Source.Totals)
			}
			for i, col := range r.Columns {
				for _, found := range col.Findings {
					if found.Verdict > evidence.Possible {
						findings++
						t.Logf("%s, column %d %q: %s %s, %+v", filepath.Base(path), i+1, col.Name.String(), found.Verdict, found.Kind, found.Count)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if t.Logf("%d files, %d columns", files, columns); files < 100 || findings > looked {
		t.Errorf("%d findings in %d files; %d have been looked at", findings, files, looked)
	}
}
