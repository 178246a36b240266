package lint

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/engine"
)

// walker goes through the bodies of a rule.
type walker struct {
	*resolver
	rule     *rule
	builtins map[string]bool
}

// walk goes through all rules: it gathers what they read, checks that it exists,
// and that nothing is concluded from silence.
func (l *linter) walk() {
	builtins := map[string]bool{}
	for _, b := range engine.Capabilities().Builtins {
		builtins[b.Name] = !strings.HasPrefix(b.Name, "time.")
	}
	for _, r := range l.inOrder {
		for _, body := range r.bodies {
			for ; body != nil; body = body.Else {
				w := &walker{&resolver{l, r.module, map[ast.Var]binding{}}, r, builtins}
				w.body(body)
			}
		}
	}
}

func (w *walker) find(code string, loc *ast.Location, params ...string) {
	w.l.findAt(code, w.m.where(loc), params...)
}

// silence notes a word of Rego that would conclude something from silence.
func (w *walker) silence(word string, loc *ast.Location) {
	if w.m.silent() {
		w.find("negation", loc, "word", word)
	}
}

func (w *walker) body(r *ast.Rule) {
	for _, a := range r.Head.Args {
		// Functions are about one column.
		if v, ok := a.Value.(ast.Var); ok {
			w.vars[v] = binding{path: []step{{name: "input"}, {name: "columns"}, {open: true}}}
		}
	}
	if r.Default {
		w.silence("default", r.Location)
	}
	if r.Else != nil {
		w.silence("else", r.Else.Location)
	}
	w.exprs(r.Body)
	if v := r.Head.Value; v != nil {
		if r.Head.Key == nil && v.Equal(ast.BooleanTerm(false)) && !r.Default {
			w.silence("false", r.Location)
		}
		w.term(v)
	}
}

func (w *walker) exprs(b ast.Body) {
	for _, e := range b {
		if e.Generated {
			continue
		}
		w.expr(e)
	}
}

func (w *walker) expr(e *ast.Expr) {
	if e.Negated {
		w.silence("not", e.Location)
	}
	for _, with := range e.With {
		w.silence("with", with.Location)
		w.term(with.Value)
	}
	switch t := e.Terms.(type) {
	case *ast.Term:
		w.condition(t)
		w.term(t)
	case []*ast.Term:
		w.call(t, e.Location)
	case *ast.SomeDecl:
		for _, s := range t.Symbols {
			if call, ok := s.Value.(ast.Call); ok {
				w.some(call)
			}
		}
	case *ast.Every:
		w.silence("every", e.Location)
		w.term(t.Domain)
		w.bind(t.Key, t.Value, t.Domain)
		w.exprs(t.Body)
	}
}

// some reads "some v in domain" and "some k, v in domain".
func (w *walker) some(call ast.Call) {
	domain := call[len(call)-1]
	w.term(domain)
	if len(call) == 4 {
		w.bind(call[1], call[2], domain)
	} else {
		w.bind(nil, call[1], domain)
	}
}

func (w *walker) call(terms []*ast.Term, loc *ast.Location) {
	op, args := terms[0], terms[1:]
	name := op.String()
	if path, ok := w.resolve(op); ok {
		w.read(path, op.Location)
	} else if !w.builtins[name] {
		w.find("builtin", loc, "name", name)
	}
	if (name == "assign" || name == "eq") && len(args) == 2 {
		if v, ok := args[0].Value.(ast.Var); ok {
			b := binding{names: names(args[1], false)}
			b.path, _ = w.resolve(args[1])
			w.vars[v] = b
			w.term(args[1])
			return
		}
	}
	if len(args) == 2 && w.m.silent() {
		w.comparison(name, args[0], args[1], loc)
	}
	for _, a := range args {
		w.term(a)
	}
}

func (w *walker) term(t *ast.Term) {
	switch v := t.Value.(type) {
	case ast.Var:
		if path, ok := w.resolve(t); ok && w.vars[v].path == nil {
			w.read(path, t.Location)
		}
	case ast.Ref:
		if path, ok := w.resolve(t); ok {
			w.read(path, t.Location)
		}
		for _, part := range v[1:] {
			if _, constant := part.Value.(ast.String); !constant {
				w.term(part)
			}
		}
	case ast.Call:
		w.call(v, t.Location)
	case *ast.Array:
		v.Foreach(w.term)
	case ast.Set:
		v.Foreach(w.term)
	case ast.Object:
		v.Foreach(func(k, x *ast.Term) { w.term(k); w.term(x) })
	case *ast.ArrayComprehension:
		w.exprs(v.Body)
		w.term(v.Term)
	case *ast.SetComprehension:
		w.exprs(v.Body)
		w.term(v.Term)
	case *ast.ObjectComprehension:
		w.exprs(v.Body)
		w.term(v.Key)
		w.term(v.Value)
	}
}

// read notes what the rule reads and checks that it exists.
func (w *walker) read(path []step, loc *ast.Location) {
	ref := reference{path, loc}
	w.rule.reads = append(w.rule.reads, ref)
	switch {
	case ref.root("input"):
		if _, bad := w.shape(path); bad != "" {
			w.find("fact_unknown", loc, "path", bad)
		}
	case ref.root("data") && !w.l.exists(ref, w.m):
		w.find("data_unknown", loc, "path", ref.String())
	}
}

// shape finds what is at a path of the input; bad is the path up to the name
// that does not exist.
func (w *walker) shape(path []step) (s *Shape, bad string) {
	s = w.l.tally
	if w.m.silent() {
		s = w.l.facts
	}
	for i, st := range path[1:] {
		switch {
		case s == nil:
			return nil, ""
		case st.open:
			s = s.Element
		case st.name != "":
			if s = s.Member(st.name); s == nil {
				return nil, join(path[1 : i+2])
			}
		default:
			for _, n := range st.any {
				if s.Member(n) == nil {
					return nil, join(append(slices.Clone(path[1:i+1]), step{name: n}))
				}
			}
			s = s.Member(st.any[0])
		}
	}
	return s, ""
}

// condition checks that a path that must hold ends at a value. An object is
// always there, known or not.
func (w *walker) condition(t *ast.Term) {
	path, ok := w.resolve(t)
	if !ok || path[0].name != "input" {
		return
	}
	if s, bad := w.shape(path); bad == "" && s != nil && s.Kind != Truth {
		w.find("fact_incomplete", t.Location, "path", join(path[1:]))
	}
}

// comparison checks that a comparison holds only for what is known: a number
// that is not known has no highest and no lowest to fit.
func (w *walker) comparison(op string, left, right *ast.Term, loc *ast.Location) {
	type side struct {
		t    *ast.Term
		want string
	}
	var sides []side
	switch op {
	case "lt", "lte":
		sides = []side{{left, "lowest"}, {right, "highest"}}
	case "gt", "gte":
		sides = []side{{left, "highest"}, {right, "lowest"}}
	case "equal", "neq":
		sides = []side{{left, ""}, {right, ""}}
	}
	for _, s := range sides {
		if counts(s.t) && s.want != "highest" {
			w.silence("count", loc)
		}
		path, ok := w.resolve(s.t)
		if !ok || path[0].name != "input" {
			continue
		}
		if end := path[len(path)-1].name; s.want == "" || end != s.want {
			w.find("direction", loc, "path", join(path[1:]))
		}
	}
}

// counts tells whether a term counts what holds: that grows when more is known.
func counts(t *ast.Term) bool {
	call, ok := t.Value.(ast.Call)
	return ok && call[0].String() == "count"
}
