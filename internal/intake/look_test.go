package intake

import (
	"os"
	"path/filepath"
	"testing"

	"puntari/internal/descriptor"
)

// TestWriteForLooking writes forms for people to look at, when asked to.
func TestWriteForLooking(t *testing.T) {
	dir := os.Getenv("PUNTARI_LOOK")
	if dir == "" {
		t.Skip("PUNTARI_LOOK names no folder")
	}
	c, form := newForm(t)
	for _, lang := range []string{"en", "fi", "sv"} {
		for _, name := range []string{"", "park-benches", "museum-survey"} {
			o := Options{Lang: lang}
			if name != "" {
				f, err := os.Open(filepath.Join("../../examples", name+".yaml"))
				if err != nil {
					t.Fatal(err)
				}
				s, _ := descriptor.NewReader(c).Read(name, f)
				f.Close()
				o.From = s.Dataset
			}
			out, err := os.Create(filepath.Join(dir, "form-"+lang+"-"+name+".xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			if err := form.Write(out, o); err != nil {
				t.Fatal(err)
			}
			if err := out.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
