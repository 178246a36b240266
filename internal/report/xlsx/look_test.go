package xlsx

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWriteForLooking writes the reports of all fixtures to $LOOK, to look at.
func TestWriteForLooking(t *testing.T) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		t.Skip("LOOK is not set")
	}
	c := catalogue(t)
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
