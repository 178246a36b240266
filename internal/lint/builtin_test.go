package lint

import (
	"testing"

	"puntari/internal/checklist"
	"puntari/policies"
)

// builtin is the catalogue of the program, read anew for each test.
func builtin(t *testing.T) *checklist.Catalogue {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBuiltin(t *testing.T) {
	c := builtin(t)
	for _, f := range Check(c, policies.Files) {
		t.Error(f.Text(c, "en"), f.Params)
	}
}
