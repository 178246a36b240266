package lint

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// step is one part of a path that a policy reads: a name, one of several names
// that a variable takes, or anything.
type step struct {
	name string
	any  []string
	open bool
}

func (s step) String() string {
	switch {
	case s.name != "":
		return s.name
	case len(s.any) > 0:
		return "{" + strings.Join(s.any, ", ") + "}"
	}
	return "*"
}

// reference is a path from input or data that a rule reads.
type reference struct {
	path []step
	loc  *ast.Location
}

func (r reference) String() string { return join(r.path) }

func join(path []step) string {
	words := make([]string, len(path))
	for i, s := range path {
		words[i] = s.String()
	}
	return strings.Join(words, ".")
}

// root tells whether the path begins with a word.
func (r reference) root(word string) bool { return len(r.path) > 0 && r.path[0].name == word }

func constants(ref ast.Ref) []step {
	out := []step{{name: string(ref[0].Value.(ast.Var))}}
	for _, t := range ref[1:] {
		if s, ok := t.Value.(ast.String); ok {
			out = append(out, step{name: string(s)})
		} else {
			out = append(out, step{open: true})
		}
	}
	return out
}

// binding is what a variable stands for: a path, or names.
type binding struct {
	path  []step
	names []string
}

// resolver resolves the names in a body.
type resolver struct {
	l    *linter
	m    *module
	vars map[ast.Var]binding
}

// resolve finds the path that a term stands for; false when it is none.
func (r *resolver) resolve(t *ast.Term) ([]step, bool) {
	switch v := t.Value.(type) {
	case ast.Var:
		return r.variable(v)
	case ast.Ref:
		head, ok := v[0].Value.(ast.Var)
		if !ok {
			return nil, false
		}
		base, ok := r.variable(head)
		if !ok {
			return nil, false
		}
		out := append([]step{}, base...)
		for _, part := range v[1:] {
			out = append(out, r.step(part))
		}
		return out, true
	}
	return nil, false
}

func (r *resolver) variable(v ast.Var) ([]step, bool) {
	if b, ok := r.vars[v]; ok {
		return b.path, b.path != nil
	}
	if v == "input" || v == "data" {
		return []step{{name: string(v)}}, true
	}
	if path, ok := r.m.imports[v]; ok {
		return path, true
	}
	if len(r.l.named(r.m.pkg, string(v))) == 0 {
		return nil, false
	}
	out := []step{{name: "data"}, {name: "puntari"}}
	for _, w := range strings.Split(r.m.pkg, ".") {
		out = append(out, step{name: w})
	}
	return append(out, step{name: string(v)}), true
}

func (r *resolver) step(t *ast.Term) step {
	switch v := t.Value.(type) {
	case ast.String:
		return step{name: string(v)}
	case ast.Var:
		if names := r.vars[v].names; len(names) > 0 {
			return step{any: names}
		}
	}
	return step{open: true}
}

// bind takes "some v in domain" or "some k, v in domain".
func (r *resolver) bind(key, value, domain *ast.Term) {
	if key != nil {
		if k, ok := key.Value.(ast.Var); ok {
			r.vars[k] = binding{names: names(r.literal(domain), true)}
		}
	}
	if d, ok := domain.Value.(ast.Var); ok && r.vars[d].names != nil {
		if v, ok := value.Value.(ast.Var); ok {
			r.vars[v] = binding{names: r.vars[d].names}
		}
		return
	}
	v, ok := value.Value.(ast.Var)
	if !ok {
		return
	}
	b := binding{names: names(r.literal(domain), false)}
	if path, ok := r.resolve(domain); ok {
		b.path = append(append([]step{}, path...), step{open: true})
	}
	r.vars[v] = b
}

// literal finds the set, array or object that a term is, or that a rule of that
// name holds.
func (r *resolver) literal(t *ast.Term) *ast.Term {
	path, ok := r.resolve(t)
	if !ok {
		return t
	}
	words := strings.Split(join(path), ".")
	if len(words) < 4 || words[0] != "data" {
		return t
	}
	for _, rule := range r.l.named(strings.Join(words[2:len(words)-1], "."), words[len(words)-1]) {
		for _, b := range rule.bodies {
			if b.Head.Value != nil {
				return b.Head.Value
			}
		}
	}
	return t
}

// names are the texts among the elements of a set or array, or the keys of an object.
func names(t *ast.Term, ofKeys bool) []string {
	var out []string
	add := func(t *ast.Term) {
		if s, ok := t.Value.(ast.String); ok {
			out = append(out, string(s))
		}
	}
	switch v := t.Value.(type) {
	case ast.Set:
		v.Foreach(add)
	case *ast.Array:
		if !ofKeys {
			v.Foreach(add)
		}
	case ast.Object:
		v.Foreach(func(k, value *ast.Term) {
			if ofKeys {
				add(k)
			} else {
				add(value)
			}
		})
	}
	return out
}
