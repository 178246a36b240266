package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/checklist"
	"puntari/policies"
)

// TestHardStopsOfParameters holds the hard stops that policy.yaml names for each
// parameter against the rules: a stop rests on a parameter when a row of one of its
// items reads it, by whatever way.
func TestHardStopsOfParameters(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(c, policies.Files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	deps := newDependencies(e.compiler, e.Space)
	var params func(r *ast.Rule, seen map[*ast.Rule]bool, out map[string]bool)
	params = func(r *ast.Rule, seen map[*ast.Rule]bool, out map[string]bool) {
		if seen[r] {
			return
		}
		seen[r] = true
		ast.WalkRefs(r, func(ref ast.Ref) bool {
			if !ref[0].Equal(ast.DefaultRootDocument) {
				return false
			}
			words := ground(ref[1:])
			if len(words) > 1 && words[0] == "params" {
				out[words[1]] = true
			}
			for n := 2; n <= len(words); n++ {
				for _, named := range deps.rules[ruleName(words[:n])] {
					params(named, seen, out)
				}
			}
			return false
		})
	}
	stops := map[string][]string{}
	for i := range e.risk.items {
		it := &e.risk.items[i]
		read := map[string]bool{}
		for row := range it.rows {
			for _, r := range deps.rules[it.rowName(row)] {
				params(r, map[*ast.Rule]bool{}, read)
			}
		}
		for p := range read {
			if it.HardStop != "" && !slices.Contains(stops[p], it.HardStop) {
				stops[p] = append(stops[p], it.HardStop)
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
