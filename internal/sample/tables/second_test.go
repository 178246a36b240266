package tables

import (
	"slices"
	"strings"
	"testing"
)

// TestSecond makes the files of the second city, and looks at its sentences.
func TestSecond(t *testing.T) {
	all, err := Second(1)
	if err != nil {
		t.Fatal(err)
	}
	first, err := New(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if len(x.Data) == 0 || slices.ContainsFunc(first, func(f Table) bool { return f.File == x.File }) {
			t.Errorf("%s is empty or in the first city too", x.File)
		}
	}
	telling := 0
	for _, s := range Sentences(1, 4000) {
		if strings.ContainsAny(s.Text, "{}") || strings.Contains(s.Text, "  ") || s.Text == "" {
			t.Errorf("%q", s.Text)
		}
		if len(s.Holds) > 0 {
			telling++
		}
	}
	if telling != 2000 {
		t.Errorf("%d sentences tell something", telling)
	}
}
