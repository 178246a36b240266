package engine

import (
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/facts"
)

// program holds the rules of the policies as the explainer reads them.
type program struct {
	space  *facts.Space
	params map[string]float64
	rules  map[string]*rule
	// atoms are the conditions of the projections, places where each is.
	atoms  []atom
	places map[placed]int
}

// rule is a rule by its path within puntari, with the item for rows:
// "conditions.about_persons", "risk.rights.fail RISK-IPR-01".
type rule struct {
	clauses []clause
	opaque  bool
	reads   *reads
}

// usedIn tells whether a body looks at a fact about columns.
func (p *program) usedIn(c clause, fact int) bool {
	for _, cond := range c {
		switch v := cond.(type) {
		case has:
			if v.fact == fact {
				return true
			}
		case of:
			if r := p.rules[v.rule]; r != nil && slices.Contains(r.reads.facts, fact) {
				return true
			}
		}
	}
	return false
}

// newProgram reads the parsed modules.
func newProgram(modules map[string]*ast.Module, space *facts.Space, params map[string]float64, deps *dependencies) *program {
	p := &program{space: space, params: params, rules: map[string]*rule{}, places: map[placed]int{}}
	for _, m := range modules {
		pkg := packageName(m)
		r := &reader{p: p, imports: imports(m), pkg: pkg}
		for _, parsed := range m.Rules {
			name := pkg + "." + parsed.Head.Name.String()
			if parsed.Head.Key != nil {
				key, ok := parsed.Head.Key.Value.(ast.String)
				if !ok {
					continue
				}
				name += " " + string(key)
			}
			out := p.rules[name]
			if out == nil {
				out = &rule{reads: &reads{}}
				p.rules[name] = out
			}
			r.element, r.list = "", -1
			if len(parsed.Head.Args) == 1 {
				if v, ok := parsed.Head.Args[0].Value.(ast.Var); ok {
					r.element = v
				}
			}
			body, ok := r.body(parsed.Body)
			if !ok || parsed.Else != nil || parsed.Head.Value != nil && !parsed.Head.Value.Equal(ast.BooleanTerm(true)) && parsed.Head.Key == nil {
				out.opaque = true
				continue
			}
			out.clauses = append(out.clauses, body)
		}
	}
	for name, r := range p.rules {
		for _, compiled := range deps.rules[name] {
			r.reads.add(deps.rule(compiled))
		}
	}
	return p
}

// isRow tells whether a rule is a row of an item, by its name.
func isRow(name string) bool { return strings.Contains(name, " ") }

// packageName is the package of a module as rules are named by it.
func packageName(m *ast.Module) string { return ruleName(ground(m.Package.Path[1:])) }

// ruleName is the name of a rule or package by the words of its path below data: the
// core's without "puntari", so that "risk.rights.fail" is the core's and
// "org.kivela.risk.fail" an organisation's.
func ruleName(words []string) string {
	if words[0] == "puntari" {
		words = words[1:]
	}
	return strings.Join(words, ".")
}

// dataPath is the reference to what has a name.
func dataPath(name string) string {
	if strings.HasPrefix(name, "org.") {
		return "data." + name
	}
	return "data.puntari." + name
}

// imports maps the names of a module's imports to what they stand for.
func imports(m *ast.Module) map[ast.Var][]string {
	out := map[ast.Var][]string{}
	for _, i := range m.Imports {
		ref, ok := i.Path.Value.(ast.Ref)
		if !ok {
			continue
		}
		words := []string{string(ref[0].Value.(ast.Var))}
		words = append(words, ground(ref[1:])...)
		out[i.Name()] = words
	}
	return out
}

// reader reads the bodies of one module.
type reader struct {
	p       *program
	imports map[ast.Var][]string
	pkg     string
	element ast.Var // the variable of the loop or the function's argument
	list    int
}

// body reads a body; ok is false when it is written in more of Rego than is
// read here.
func (r *reader) body(b ast.Body) (clause, bool) {
	var out clause
	for i, e := range b {
		if e.Negated || len(e.With) > 0 {
			return nil, false
		}
		if decl, ok := e.Terms.(*ast.SomeDecl); ok {
			l, ok := r.loop(decl, b[i+1:])
			if !ok {
				return nil, false
			}
			return append(out, l), true
		}
		cond, ok := r.expr(e)
		if !ok {
			return nil, false
		}
		out = append(out, cond)
	}
	return out, true
}

// loop reads "some column in columns" or "some x in is.list.entries" with the
// rest of the body.
func (r *reader) loop(decl *ast.SomeDecl, rest []*ast.Expr) (requirement, bool) {
	call, ok := decl.Symbols[0].Value.(ast.Call)
	if !ok || len(decl.Symbols) != 1 || len(call) != 3 {
		return nil, false
	}
	v, ok := call[1].Value.(ast.Var)
	if !ok || r.element != "" {
		return nil, false
	}
	words, ok := r.words(call[2].Value)
	if !ok {
		return nil, false
	}
	l := loop{list: -1}
	switch {
	case len(words) == 2 && words[0] == "input" && words[1] == "columns":
	case len(words) > 3 && words[0] == "input" && words[1] == viewIs && words[len(words)-1] == "entries":
		l.list = r.p.space.Index(strings.Join(words[2:len(words)-1], "."))
		if l.list < 0 {
			return nil, false
		}
	default:
		return nil, false
	}
	r.element, r.list = v, l.list
	defer func() { r.element = "" }()
	l.body, ok = r.body(rest)
	return l, ok
}

// words resolves a reference of constant words through the imports.
func (r *reader) words(v ast.Value) ([]string, bool) {
	if name, ok := v.(ast.Var); ok {
		if w, ok := r.imports[name]; ok {
			return w, true
		}
		return append(strings.Split(dataPath(r.pkg), "."), string(name)), true
	}
	ref, ok := v.(ast.Ref)
	if !ok {
		return nil, false
	}
	head, ok := ref[0].Value.(ast.Var)
	if !ok {
		return nil, false
	}
	rest := ground(ref[1:])
	if len(rest) != len(ref)-1 {
		return nil, false
	}
	if w, ok := r.imports[head]; ok {
		return append(slices.Clone(w), rest...), true
	}
	return append([]string{string(head)}, rest...), true
}

func (r *reader) expr(e *ast.Expr) (requirement, bool) {
	if t, ok := e.Terms.(*ast.Term); ok {
		return r.term(t.Value)
	}
	if !e.IsCall() {
		return nil, false
	}
	name := e.Operator().String()
	ops := e.Operands()
	switch name {
	case "lt", "lte", "gt", "gte", "equal", "neq":
		left, ok1 := r.operand(ops[0])
		right, ok2 := r.operand(ops[1])
		return compare{left, right, name}, ok1 && ok2
	}
	// a function of the column: conditions.not_coarse(column)
	if len(ops) == 1 && r.element != "" && ops[0].Value.Compare(r.element) == 0 {
		if words, ok := r.words(ast.Value(e.Operator())); ok && len(words) > 0 {
			return of{r.path(words)}, true
		}
	}
	return nil, false
}

// path is the name of a rule from its words.
func (r *reader) path(words []string) string {
	if len(words) == 1 {
		return r.pkg + "." + words[0]
	}
	if words[0] == "data" {
		return ruleName(words[1:])
	}
	return strings.Join(words, ".")
}

// term reads a reference that must hold.
func (r *reader) term(v ast.Value) (requirement, bool) {
	if call, ok := v.(ast.Call); ok && len(call) == 2 && r.element != "" && call[1].Value.Compare(r.element) == 0 {
		if words, ok := r.words(call[0].Value); ok {
			return of{r.path(words)}, true
		}
	}
	words, ok := r.words(v)
	if !ok || len(words) < 2 {
		return nil, false
	}
	if words[0] == "data" {
		return of{r.path(words)}, true
	}
	if r.element != "" && words[0] == string(r.element) {
		return r.member(words[1:])
	}
	if words[0] != "input" {
		return nil, false
	}
	view, rest := words[1], words[2:]
	switch view {
	case "some_column", "no_column", "proven_column":
		if len(rest) != 2 {
			return nil, false
		}
		i := r.p.space.Index(facts.ColumnPrefix + rest[0])
		if i < 0 {
			return nil, false
		}
		return someColumn{fact: i, mask: r.p.space.Facts[i].Bit(rest[1]), not: view == "no_column", proven: view == "proven_column"}, true
	case viewIs, viewIsnt, viewProven, viewUnproven:
		i, name := r.fact(rest)
		if i < 0 || len(name) != 1 {
			return nil, false
		}
		mask := r.p.space.Facts[i].Bit(name[0])
		return has{view: view, fact: i, mask: mask, member: -1}, mask != 0
	}
	return nil, false
}

// member reads a condition on the element of a loop: column.is.type.date.
func (r *reader) member(words []string) (requirement, bool) {
	if len(words) != 3 || words[0] != viewIs && words[0] != viewIsnt {
		return nil, false
	}
	path, members, list := facts.ColumnPrefix+words[1], r.p.space.Columns, -1
	if r.list >= 0 && r.p.space.Index(path) < 0 {
		path, members, list = r.p.space.Facts[r.list].Path+"[]."+words[1], r.p.space.Lists[r.list], r.list
	}
	i := r.p.space.Index(path)
	if i < 0 {
		return nil, false
	}
	mask := r.p.space.Facts[i].Bit(words[2])
	return has{view: words[0], fact: i, mask: mask, member: slices.Index(members, i), list: list}, mask != 0
}

// fact finds the fact at the start of words and returns what follows.
func (r *reader) fact(words []string) (int, []string) {
	for n := len(words); n > 0; n-- {
		p := strings.Join(words[:n], ".")
		i := r.p.space.Index(p)
		if i < 0 {
			continue
		}
		rest := words[n:]
		if len(rest) > 1 {
			if m := r.p.space.Index(p + "[]." + rest[0]); m >= 0 {
				return m, rest[1:]
			}
		}
		return i, rest
	}
	return -1, nil
}

func (r *reader) operand(t *ast.Term) (operand, bool) {
	if n, ok := t.Value.(ast.Number); ok {
		f, err := strconv.ParseFloat(n.String(), 64)
		return operand{constant: f, fact: -1}, err == nil
	}
	words, ok := r.words(t.Value)
	if !ok || len(words) < 3 {
		return operand{}, false
	}
	if words[0] == "data" && words[1] == "params" {
		v, ok := r.p.params[words[2]]
		return operand{constant: v, param: words[2], fact: -1}, ok
	}
	if words[0] != "input" {
		return operand{}, false
	}
	view, rest := words[1], words[2:]
	end := rest[len(rest)-1]
	if end != "lowest" && end != "highest" {
		return operand{}, false
	}
	o := operand{view: view, highest: end == "highest"}
	rest = rest[:len(rest)-1]
	if view == viewColumnCount {
		if len(rest) != 2 {
			return operand{}, false
		}
		o.fact = r.p.space.Index(facts.ColumnPrefix + rest[0])
		if o.fact < 0 {
			return operand{}, false
		}
		o.name = r.p.space.Facts[o.fact].Bit(rest[1])
		return o, o.name != 0
	}
	var more []string
	o.fact, more = r.fact(rest)
	if len(more) == 1 {
		o.part = more[0]
	}
	return o, o.fact >= 0 && len(more) <= 1
}
