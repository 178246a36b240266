package engine

import (
	"slices"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/policies"
)

// TestHardStopsOfParameters holds the hard stops that policy.yaml names for each
// parameter against the rules: a stop rests on a parameter when a row of one of its
// items reads it, or a fact that measuring fills in by it, by whatever way.
func TestHardStopsOfParameters(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(c, policies.Files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	graph := e.Graph()
	stops := map[string][]string{}
	for i := range c.Risk.Items {
		it := &c.Risk.Items[i]
		_, rules := e.Rows(it.ID)
		uses := graph.Uses(rules...)
		for name, p := range c.Policy.Params {
			reads := slices.Contains(uses.Params, name) || slices.ContainsFunc(p.Measured, func(f string) bool { return slices.Contains(uses.Facts, f) })
			if reads && it.HardStop != "" && !slices.Contains(stops[name], it.HardStop) {
				stops[name] = append(stops[name], it.HardStop)
			}
		}
	}
	for name, p := range c.Policy.Params {
		want := slices.Sorted(slices.Values(stops[name]))
		if got := slices.Sorted(slices.Values(p.HardStops)); !slices.Equal(got, want) {
			t.Errorf("checklists/policy.yaml: %s: hardStops is [%s], the rules say [%s]", name, strings.Join(got, ", "), strings.Join(want, ", "))
		}
		if len(want) > 0 && p.Stricter == "" {
			t.Errorf("checklists/policy.yaml: %s: hard stops rest on it, so stricter must be given", name)
		}
	}
}
