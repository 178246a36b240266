package engine

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Uses are what a rule rests on, directly and through other rules.
type Uses struct {
	// Rules are the rules, itself among them, by their paths in the policies.
	Rules []string
	// Params are parameters, Facts the paths of fields and computed facts.
	Params, Facts []string
}

// Uses finds what rules rest on. A name stands for all rules that begin with it
// and a dot or a blank: "decision" for the whole package.
func (e *Engine) Uses(names ...string) Uses {
	deps := newDependencies(e.compiler, e.Space)
	rules, params, facts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var add func(path string)
	add = func(path string) {
		if rules[path] {
			return
		}
		rules[path] = true
		for _, r := range deps.rules[path] {
			for _, i := range deps.rule(r).facts {
				facts[e.Space.Facts[i].Path] = true
			}
			ast.WalkRefs(r, func(ref ast.Ref) bool {
				words := ground(ref[1:])
				switch {
				case !ref[0].Equal(ast.DefaultRootDocument) || len(words) < 2:
				case words[0] == "params":
					params[words[1]] = true
				case words[0] == "puntari":
					for n := 3; n <= len(words); n++ {
						if p := strings.Join(words[1:n], "."); len(deps.rules[p]) > 0 {
							add(p)
						}
					}
				}
				return false
			})
		}
	}
	for path := range deps.rules {
		for _, name := range names {
			if path == name || strings.HasPrefix(path, name+".") || strings.HasPrefix(path, name+" ") {
				add(path)
			}
		}
	}
	sorted := func(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }
	return Uses{sorted(rules), sorted(params), sorted(facts)}
}
