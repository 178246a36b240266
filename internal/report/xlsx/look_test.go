package xlsx

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWriteForLooking writes the reports of all fixtures and their index to the
// folder $LOOK, to look at. The pictures in docs/images are made from them.
func TestWriteForLooking(t *testing.T) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		t.Skip("LOOK is not set")
	}
	c := catalogue(t)
	var entries []IndexEntry
	for _, name := range fixtures {
		entries = append(entries, IndexEntry{File: name + "-en.xlsx", Assessment: fixture(t, name)})
	}
	for _, lang := range languages {
		f, err := os.Create(filepath.Join(dir, "index-"+lang+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		if err := Index(f, entries, c, Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range fixtures {
		for _, lang := range languages {
			f, err := os.Create(filepath.Join(dir, name+"-"+lang+".xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			if err := Render(f, fixture(t, name), c, Options{Lang: lang}); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
