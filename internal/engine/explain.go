package engine

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/facts"
)

// An explanation says which facts made a row hold, or keep it open. The policy
// engine tells only whether a row holds; so the bodies of the rules are read
// here as well, as trees of conditions on facts, and evaluated on the same two
// views. A test holds the two against each other. A body that is written in
// more of Rego than this reads is opaque: then the policy engine is asked
// whether it holds, and all facts that it reads count.

// clause is a body of a rule: all its conditions must hold.
type clause []requirement

// requirement is one condition of a body.
type requirement interface {
	// holds tells whether the condition holds in a view.
	holds(x *explainer, at scope) bool
	// facts hands over what the condition reads, for why it holds (decided) or
	// why it is open.
	facts(x *explainer, at scope, w *witness)
}

// scope is what a body is evaluated on: a view, and the element that a loop is at.
type scope struct {
	possible bool
	// element holds the states and statuses of a column or list element, of the
	// facts in members.
	element *facts.Entry
	members []int
	column  int // index of the column, -1 outside of a loop over columns
	list    int // index of the list, -1 outside of a loop over a list
}

// witness gathers the facts that explain a row.
type witness struct {
	open bool // gather only what is open
	// facts are indexes of facts; columns holds for a fact about columns which ones.
	facts   []int
	columns map[int][]int
}

func (w *witness) fact(i int) {
	if !slices.Contains(w.facts, i) {
		w.facts = append(w.facts, i)
	}
}

func (w *witness) column(i, column int) {
	w.fact(i)
	if w.columns == nil {
		w.columns = map[int][]int{}
	}
	if !slices.Contains(w.columns[i], column) {
		w.columns[i] = append(w.columns[i], column)
	}
}

// explainer explains on the facts of one dataset.
type explainer struct {
	p      *program
	c      *facts.Case
	states []facts.State
	status []facts.Status
	// opaque remembers what the policy engine said of opaque rules.
	opaque func(rule string, possible bool) bool
	// asked tells that an open question brings along what keeps its own condition
	// open; seen are the conditions already gathered.
	asked bool
	seen  map[string]bool
}

// view shows a fact's masks and numbers in a view, as view.value does.
func yesMask(f *facts.Fact, st facts.State, possible bool) uint64 {
	return side{possible, false}.mask(f, st)
}

func noMask(f *facts.Fact, st facts.State, possible bool) uint64 {
	return side{possible, true}.mask(f, st)
}

// has is a condition that a fact has a named value, or has it not.
type has struct {
	view string // is, isnt, proven, unproven
	fact int
	mask uint64
}

func (h has) masks(possible bool) (not, eff bool) {
	switch h.view {
	case "isnt":
		return true, possible
	case "proven":
		return false, false
	case "unproven":
		return true, true
	}
	return false, possible
}

func (h has) holds(x *explainer, at scope) bool {
	f := &x.p.space.Facts[h.fact]
	st := x.states[h.fact]
	if at.element != nil {
		if j := slices.Index(at.members, h.fact); j >= 0 {
			st = at.element.States[j]
		}
	}
	not, possible := h.masks(at.possible)
	m := yesMask(f, st, possible)
	if not {
		m = noMask(f, st, possible)
	}
	return m&h.mask != 0
}

func (h has) facts(x *explainer, at scope, w *witness) {
	if at.element != nil {
		if j := slices.Index(at.members, h.fact); j >= 0 {
			switch {
			case w.open && !at.element.Status[j].Open():
			case w.open && at.column >= 0:
				x.openColumn(h.fact, j, at.column, w)
			case at.column >= 0:
				w.column(h.fact, at.column)
			default:
				w.fact(h.fact)
			}
			return
		}
	}
	x.add(h.fact, w)
}

// compare is a condition on a number.
type compare struct {
	left, right operand
	op          string
}

// operand is a number: a constant, a parameter, or an end of a fact's range.
type operand struct {
	constant float64
	fact     int // -1 for a constant
	view     string
	part     string // "", days, months, size
	highest  bool
	name     uint64 // for counts of columns
}

func (o operand) value(x *explainer, at scope) float64 {
	if o.fact < 0 {
		return o.constant
	}
	st := x.states[o.fact]
	possible := at.possible
	switch o.view {
	case "proven":
		possible = false
	case "unproven":
		possible = true
	case "column_count":
		st = x.count(o)
	}
	low, high := st.Low, st.High
	if o.part == "months" {
		low, high = facts.Months(low), facts.Months(high)
	}
	if !possible {
		low, high = high, low
	}
	if st.Void {
		low, high = facts.Far, -facts.Far
	}
	if o.highest {
		return high
	}
	return low
}

// count is how many columns have a value.
func (x *explainer) count(o operand) facts.State {
	j := slices.Index(x.p.space.Columns, o.fact)
	var st facts.State
	for k := range x.c.Columns {
		col := x.c.Columns[k].States[j]
		if col.Yes&o.name != 0 {
			st.Low++
		}
		if col.No&o.name == 0 {
			st.High++
		}
	}
	if !x.c.HasSchema {
		st.High = facts.Far
	}
	return st
}

func (c compare) holds(x *explainer, at scope) bool {
	a, b := c.left.value(x, at), c.right.value(x, at)
	switch c.op {
	case "lt":
		return a < b
	case "lte":
		return a <= b
	case "gt":
		return a > b
	case "gte":
		return a >= b
	case "neq":
		return a != b
	}
	return a == b
}

func (c compare) facts(x *explainer, _ scope, w *witness) {
	for _, o := range []operand{c.left, c.right} {
		switch {
		case o.fact < 0:
		case o.view == "column_count":
			x.columns(o.fact, o.name, w)
		default:
			x.add(o.fact, w)
		}
	}
}

// someColumn is a condition on the columns taken together.
type someColumn struct {
	fact int
	mask uint64
	not  bool
	// proven looks at what is known in either view
	proven bool
}

func (s someColumn) holds(x *explainer, at scope) bool {
	f := &x.p.space.Facts[s.fact]
	possible := at.possible && !s.proven
	if s.not {
		return noMask(f, x.states[s.fact], possible)&s.mask != 0
	}
	return yesMask(f, x.states[s.fact], possible)&s.mask != 0
}

func (s someColumn) facts(x *explainer, _ scope, w *witness) {
	if s.not && !w.open {
		w.fact(s.fact) // that no column has it speaks of no column
		return
	}
	x.columns(s.fact, s.mask, w)
}

// columns gathers the columns that have a value, or may have it while open.
func (x *explainer) columns(fact int, mask uint64, w *witness) {
	w.fact(fact)
	j := slices.Index(x.p.space.Columns, fact)
	for k := range x.c.Columns {
		e := &x.c.Columns[k].Entry
		switch {
		case w.open && e.Status[j].Open() && e.States[j].No&mask != mask:
			x.openColumn(fact, j, k, w)
		case !w.open && e.States[j].Yes&mask != 0:
			w.column(fact, k)
		}
	}
}

// loop is a loop over the columns or over the elements of a list.
type loop struct {
	list int // index of the list, -1 for columns
	body clause
}

func (l loop) each(x *explainer, at scope, fn func(scope) bool) {
	in := at
	if l.list < 0 {
		in.members = x.p.space.Columns
		for k := range x.c.Columns {
			in.element, in.column = &x.c.Columns[k].Entry, k
			if fn(in) {
				return
			}
		}
		if !x.c.HasSchema && at.possible {
			in.element, in.column = blank(len(in.members)), -1
			fn(in)
		}
		return
	}
	in.members, in.list, in.column = x.p.space.Lists[l.list], l.list, -1
	entries := x.c.Entries[l.list]
	for k := range entries {
		in.element = &entries[k]
		if fn(in) {
			return
		}
	}
	if st := x.states[l.list]; at.possible && len(entries) == 0 && st.High > 0 && !st.Void {
		in.element = blank(len(in.members))
		fn(in)
	}
}

func blank(n int) *facts.Entry {
	return &facts.Entry{States: make([]facts.State, n), Status: make([]facts.Status, n)}
}

func (l loop) holds(x *explainer, at scope) bool {
	found := false
	l.each(x, at, func(in scope) bool {
		found = l.body.holds(x, in)
		return found
	})
	return found
}

func (l loop) facts(x *explainer, at scope, w *witness) {
	if l.list >= 0 {
		x.add(l.list, w)
	} else if !x.c.HasSchema {
		for _, i := range x.p.space.Columns {
			if x.p.usedIn(l.body, i) {
				w.fact(i)
			}
		}
		return
	}
	both := at
	both.possible = true
	l.each(x, both, func(in scope) bool {
		known := in
		known.possible = false
		holds, may := l.body.holds(x, known), l.body.holds(x, in)
		if w.open && may && !holds || !w.open && holds {
			l.body.gather(x, in, w)
		}
		return false
	})
}

// of is a condition that another rule holds.
type of struct {
	rule string
}

func (o of) holds(x *explainer, at scope) bool { return x.ruleHolds(o.rule, at) }

func (o of) facts(x *explainer, at scope, w *witness) { x.ruleFacts(o.rule, at, w) }

func (c clause) holds(x *explainer, at scope) bool {
	for _, cond := range c {
		if !cond.holds(x, at) {
			return false
		}
	}
	return true
}

// gather hands over the facts of a body that holds, or those of its conditions
// that are open.
func (c clause) gather(x *explainer, at scope, w *witness) {
	for _, cond := range c {
		known := at
		known.possible = false
		if !w.open || !cond.holds(x, known) {
			cond.facts(x, at, w)
		}
	}
}

func (x *explainer) ruleHolds(rule string, at scope) bool {
	r := x.p.rules[rule]
	if r == nil || r.opaque {
		return x.opaque(rule, at.possible)
	}
	for _, c := range r.clauses {
		if c.holds(x, at) {
			return true
		}
	}
	return false
}

func (x *explainer) ruleFacts(rule string, at scope, w *witness) {
	r := x.p.rules[rule]
	if r == nil {
		return
	}
	if r.opaque {
		for _, i := range r.reads.facts {
			if w.open && !r.reads.open[i] {
				continue
			}
			if slices.Contains(x.p.space.Columns, i) {
				x.columns(i, math.MaxUint64, w)
				if w.open && x.c.HasSchema && len(w.columns[i]) == 0 {
					w.facts = slices.DeleteFunc(w.facts, func(f int) bool { return f == i })
				}
				continue
			}
			x.add(i, w)
		}
		return
	}
	for _, c := range r.clauses {
		known, possible := at, at
		known.possible, possible.possible = false, true
		holds := c.holds(x, known)
		if !w.open && holds || w.open && !holds && c.holds(x, possible) {
			c.gather(x, possible, w)
		}
	}
}

// add gathers a fact. An open one may be open because the condition of its
// question is: then what keeps that open belongs to it.
func (x *explainer) add(i int, w *witness) {
	if !w.open {
		w.fact(i)
		return
	}
	if !x.status[i].Open() {
		return
	}
	w.fact(i)
	f := &x.p.space.Facts[i]
	if j, mask := f.OnlyWhen(); j >= 0 && x.states[j].Yes&mask == 0 {
		w.fact(j) // it would count only then
	}
	if l := x.p.space.ListOf(i); l >= 0 {
		x.add(l, w)
	}
	x.question(f, w)
}

// openColumn gathers an open attribute of a column: what keeps the condition of
// its question open, and whether the column is one of those that it is asked of.
func (x *explainer) openColumn(i, j, k int, w *witness) {
	w.column(i, k)
	f := &x.p.space.Facts[i]
	e := &x.c.Columns[k].Entry
	certain := false
	var open []int
	for _, a := range x.p.space.AskOf(i) {
		n := slices.Index(x.p.space.Columns, a)
		certain = certain || e.States[n].Yes&x.p.space.AskOfMask(i, a) != 0
		if e.Status[n].Open() {
			open = append(open, a)
		}
	}
	if !certain {
		for _, a := range open {
			x.openColumn(a, slices.Index(x.p.space.Columns, a), k, w)
		}
	}
	if e.Status[j] != facts.Doubted {
		x.question(f, w)
	}
}

// question gathers what keeps the condition of a fact's question open.
func (x *explainer) question(f *facts.Fact, w *witness) {
	if !x.asked || f.Asked == "always" || f.Asked == "never" || f.Asked == "" {
		return
	}
	rule := "asked." + f.Asked
	if x.seen[rule] {
		return
	}
	x.seen[rule] = true
	at := scope{column: -1, list: -1}
	if !x.ruleHolds(rule, at) {
		x.ruleFacts(rule, at, w)
	}
}

// program holds the rules of the policies as the explainer reads them.
type program struct {
	space  *facts.Space
	params map[string]float64
	rules  map[string]*rule
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
	p := &program{space: space, params: params, rules: map[string]*rule{}}
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

func packageName(m *ast.Module) string {
	var words []string
	for _, t := range m.Package.Path[2:] {
		words = append(words, string(t.Value.(ast.String)))
	}
	return strings.Join(words, ".")
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
	case len(words) > 3 && words[0] == "input" && words[1] == "is" && words[len(words)-1] == "entries":
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
		return []string{"data", "puntari", r.pkg, string(name)}, true
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
	if words[0] == "data" && words[1] == "puntari" {
		return strings.Join(words[2:], ".")
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
	case "is", "isnt", "proven", "unproven":
		i, name := r.fact(rest)
		if i < 0 || len(name) != 1 {
			return nil, false
		}
		mask := r.p.space.Facts[i].Bit(name[0])
		return has{view: view, fact: i, mask: mask}, mask != 0
	}
	return nil, false
}

// member reads a condition on the element of a loop: column.is.type.date.
func (r *reader) member(words []string) (requirement, bool) {
	if len(words) != 3 || words[0] != "is" && words[0] != "isnt" {
		return nil, false
	}
	path := facts.ColumnPrefix + words[1]
	if r.list >= 0 && r.p.space.Index(path) < 0 {
		path = r.p.space.Facts[r.list].Path + "[]." + words[1]
	}
	i := r.p.space.Index(path)
	if i < 0 {
		return nil, false
	}
	mask := r.p.space.Facts[i].Bit(words[2])
	return has{view: words[0], fact: i, mask: mask}, mask != 0
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
		return operand{constant: v, fact: -1}, ok
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
	if view == "column_count" {
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
