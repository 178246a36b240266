package engine

import (
	"math"
	"slices"

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
	// bounds tells that an open question counts for what must be proven too.
	bounds bool
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
	opaque func(rule string, possible, bounds bool) bool
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
	// member is the place of the fact among those of the element that a loop over
	// list is at, -1 for a fact of the dataset.
	member, list int
}

// ofElement tells whether the condition is about the element of a loop.
func (h has) ofElement(at scope) bool { return at.element != nil && h.member >= 0 && h.list == at.list }

func (h has) holds(x *explainer, at scope) bool {
	st := &x.states[h.fact]
	if h.ofElement(at) {
		st = &at.element.States[h.member]
	}
	possible := at.possible
	if !at.bounds {
		switch h.view {
		case viewProven:
			possible = false
		case viewUnproven:
			possible = true
		}
	}
	f := &x.p.space.Facts[h.fact]
	if h.view == viewIsnt || h.view == viewUnproven {
		return noMask(f, *st, possible)&h.mask != 0
	}
	return yesMask(f, *st, possible)&h.mask != 0
}

func (h has) facts(x *explainer, at scope, w *witness) {
	if !h.ofElement(at) {
		x.add(h.fact, w)
		return
	}
	switch {
	case w.open && !at.element.Status[h.member].Open():
	case w.open && at.column >= 0:
		x.openColumn(h.fact, h.member, at.column, w)
	case at.column >= 0:
		w.column(h.fact, at.column)
	default:
		w.fact(h.fact)
	}
}

// compare is a condition on a number.
type compare struct {
	left, right operand
	op          string
}

// operand is a number: a constant, a parameter, or an end of a fact's range.
type operand struct {
	constant float64
	param    string // the name of the parameter that a constant is the value of
	fact     int    // -1 for a constant
	view     string
	part     string // "", days, months, size
	highest  bool
	name     uint64 // for counts of columns
}

// values are the number in the known and in the possible view.
func (o *operand) values(x *explainer, bounds bool) (known, possible float64) {
	if o.fact < 0 {
		return o.constant, o.constant
	}
	st := &x.states[o.fact]
	if o.view == viewColumnCount {
		n := x.count(o)
		st = &n
	}
	low, high := st.Low, st.High
	if o.part == "months" {
		low, high = facts.Months(low), facts.Months(high)
	}
	known, possible = high, low
	if o.highest {
		known, possible = low, high
	}
	if st.Void {
		known = facts.Far
		if o.highest {
			known = -facts.Far
		}
		possible = known
	}
	switch {
	case bounds:
	case o.view == viewProven:
		possible = known
	case o.view == viewUnproven:
		known = possible
	}
	return known, possible
}

// count is how many columns have a value.
func (x *explainer) count(o *operand) facts.State {
	j := x.p.space.Facts[o.fact].Column()
	var st facts.State
	for k := range x.c.Columns {
		col := &x.c.Columns[k].States[j]
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
	known, possible := c.both(x, at.bounds)
	return known && !at.possible || possible && at.possible
}

// both tells whether the comparison holds in the known and in the possible view.
func (c *compare) both(x *explainer, bounds bool) (known, possible bool) {
	left, mayLeft := c.left.values(x, bounds)
	right, mayRight := c.right.values(x, bounds)
	return compared(left, right, c.op), compared(mayLeft, mayRight, c.op)
}

// compared compares two numbers by the name of an operator.
func compared(a, b float64, op string) bool {
	switch op {
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
		case o.view == viewColumnCount:
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
	j := x.p.space.Facts[fact].Column()
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
	if l.list < 0 && l.body.noColumn(x, at.possible) {
		return false
	}
	found := false
	l.each(x, at, func(in scope) bool {
		found = l.body.holds(x, in)
		return found
	})
	return found
}

// noColumn tells whether the columns taken together have not what a body asks of
// each, so that they need not be looked at one by one.
func (c clause) noColumn(x *explainer, possible bool) bool {
	for _, cond := range c {
		h, ok := cond.(has)
		if !ok || h.member < 0 || h.view != viewIs {
			continue
		}
		if st := &x.states[h.fact]; possible && h.mask&^st.No == 0 || !possible && h.mask&st.Yes == 0 {
			return true
		}
	}
	return false
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
		return x.opaque(rule, at.possible, at.bounds)
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
			if x.p.space.Facts[i].Column() >= 0 {
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
		n := x.p.space.Facts[a].Column()
		certain = certain || e.States[n].Yes&x.p.space.AskOfMask(i, a) != 0
		if e.Status[n].Open() {
			open = append(open, a)
		}
	}
	if !certain {
		for _, a := range open {
			x.openColumn(a, x.p.space.Facts[a].Column(), k, w)
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
