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

// Graph knows which rules rest on which. It is for one goroutine.
type Graph struct {
	e    *Engine
	deps *dependencies
	// direct are the rules and parameters that a rule names itself.
	direct map[string]*neighbours
}

type neighbours struct{ rules, params []string }

// Graph returns the graph of the policies.
func (e *Engine) Graph() *Graph {
	return &Graph{e, newDependencies(e.compiler, e.Space), map[string]*neighbours{}}
}

// of finds what a rule names itself.
func (g *Graph) of(path string) *neighbours {
	if n := g.direct[path]; n != nil {
		return n
	}
	n := &neighbours{}
	g.direct[path] = n
	for _, r := range g.deps.rules[path] {
		ast.WalkRefs(r, func(ref ast.Ref) bool {
			words := ground(ref[1:])
			switch {
			case !ref[0].Equal(ast.DefaultRootDocument) || len(words) < 2:
			case words[0] == "params":
				n.params = append(n.params, words[1])
			default:
				for end := 2; end <= len(words); end++ {
					if p := ruleName(words[:end]); len(g.deps.rules[p]) > 0 {
						n.rules = append(n.rules, p)
					}
				}
			}
			return false
		})
	}
	return n
}

// Uses finds what rules rest on. A name stands for all rules that begin with it
// and a dot or a blank: "decision" for the whole package.
func (g *Graph) Uses(names ...string) Uses {
	rules, params, facts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var add func(path string)
	add = func(path string) {
		if rules[path] {
			return
		}
		rules[path] = true
		for _, r := range g.deps.rules[path] {
			for _, i := range g.deps.rule(r).facts {
				facts[g.e.Space.Facts[i].Path] = true
			}
		}
		n := g.of(path)
		for _, p := range n.params {
			params[p] = true
		}
		for _, r := range n.rules {
			add(r)
		}
	}
	for path := range g.deps.rules {
		for _, name := range names {
			if path == name || strings.HasPrefix(path, name+".") || strings.HasPrefix(path, name+" ") {
				add(path)
			}
		}
	}
	sorted := func(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }
	return Uses{sorted(rules), sorted(params), sorted(facts)}
}
