package table

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// corpus is a folder of tables from elsewhere; without it the test is skipped.
const corpus = "../../../shared/corpus/tables"

// TestCorpus reads every table there is. Each is read whole or refused with a
// reason, and the rows do not depend on blocks and workers.
func TestCorpus(t *testing.T) {
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus is not here")
	}
	read, refused := 0, 0
	err := filepath.WalkDir(corpus, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, rows, _, stats, err := rowsOf(t, path, Options{}, 2)
		var p *Problem
		if errors.As(err, &p) {
			refused++
			t.Logf("%s: %v", filepath.Base(path), err)
			return nil
		}
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		read++
		_, again, _, other, err := rowsOf(t, path, Options{Blocks: 1 << 10}, 1)
		if err != nil || len(again) != len(rows) || other.Ragged != stats.Ragged {
			t.Errorf("%s: %d rows, then %d: %v", path, len(rows), len(again), err)
		}
		if os.Getenv("VERBOSE") != "" {
			t.Logf("%s: %+v %d columns %q, %+v", filepath.Base(path), f.Dialect, len(f.Columns), f.Columns[:min(6, len(f.Columns))], stats)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d read, %d refused", read, refused)
	if read < 100 {
		t.Errorf("only %d read", read)
	}
}
