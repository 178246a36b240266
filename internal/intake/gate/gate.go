// Package gate works out from the policies when a question of the intake form
// may matter, in terms that a spreadsheet can calculate: comparisons of earlier
// answers, joined by "and" and "or".
//
// It reads the conditions of package puntari.asked, which askWhen in the field
// catalogue names, and everything that they rest on. What a formula cannot say
// is taken to hold, and so is everything about an answer that is still open.
// Since the conditions have no negation (an opposite is written out), that can
// only make a question matter that does not; a question that may matter is never
// said not to.
package gate

import (
	"slices"

	"puntari/internal/checklist"
)

// Op is what an expression does.
type Op uint8

// The operations.
const (
	// True holds always, False never.
	True Op = iota
	False
	// Any holds if one of Of may hold, All if each may.
	Any
	All
	// Is holds while the field may have one of the values, Isnt while it may have
	// none of them.
	Is
	Isnt
	// SomeRow holds while a row of the list may have one of the values in Field.
	SomeRow
	// Filled holds while the list may have a row.
	Filled
	// Rule holds while the rule with the name may hold.
	Rule
)

// Expr is a condition on earlier answers.
type Expr struct {
	Op   Op
	Of   []*Expr
	Name string // of a Rule
	// Field is the path of a field, "schema.fields[].type", or of a list of
	// objects for Filled.
	Field  string
	Values []string
	// Open is whether a field that is not answered may hold: True, False, or the
	// condition of its own question where a question that is not asked counts as
	// an answer that does not hold. For SomeRow it is about the attribute of a
	// column, and for other lists about a list that is not there.
	Open *Expr
}

// Gates are the conditions of all questions.
type Gates struct {
	// Order lists the names of the rules, those that others rest on first.
	Order []string
	Rules map[string]*Expr
	// fields are the rules of the questions that may turn out not to matter.
	fields map[string]string
}

// Of is the name of the rule by which the question about a field matters, or ""
// when it may always.
func (g *Gates) Of(field string) string { return g.fields[field] }

// Fields are the paths of the fields that expressions ask for, each once.
func (g *Gates) Fields() []string {
	var out []string
	for _, name := range g.Order {
		g.Rules[name].walk(func(e *Expr) {
			if e.Field != "" && !slices.Contains(out, e.Field) {
				out = append(out, e.Field)
			}
		})
	}
	slices.Sort(out)
	return out
}

func (e *Expr) walk(fn func(*Expr)) {
	fn(e)
	for _, x := range e.Of {
		x.walk(fn)
	}
	if e.Open != nil {
		e.Open.walk(fn)
	}
}

// Answers is what has been answered so far.
type Answers interface {
	// Codes are the codes of the answer to a field; open tells that there is none,
	// unsure that it cannot be told what it means.
	Codes(field string) (codes []string, open, unsure bool)
	// Rows is how many rows a list of objects has; open tells that nothing is said.
	Rows(list string) (n int, open bool)
	// Row is as Codes for one row of a list.
	Row(list string, row int, field string) (codes []string, open, unsure bool)
}

// Holds tells whether the rule may hold.
func (g *Gates) Holds(rule string, a Answers) bool { return g.holds(g.Rules[rule], a) }

func (g *Gates) holds(e *Expr, a Answers) bool {
	switch e.Op {
	case False:
		return false
	case Any:
		return slices.ContainsFunc(e.Of, func(x *Expr) bool { return g.holds(x, a) })
	case All:
		return !slices.ContainsFunc(e.Of, func(x *Expr) bool { return !g.holds(x, a) })
	case Rule:
		return g.holds(g.Rules[e.Name], a)
	case Is, Isnt:
		codes, open, unsure := a.Codes(e.Field)
		switch {
		case open:
			return g.holds(e.Open, a)
		case e.Op == Isnt:
			return !common(codes, e.Values)
		}
		return unsure || common(codes, e.Values)
	case Filled:
		n, open := a.Rows(e.Field)
		if open {
			return g.holds(e.Open, a)
		}
		return n > 0
	case SomeRow:
		return g.someRow(e, a)
	}
	return true
}

func (g *Gates) someRow(e *Expr, a Answers) bool {
	list := listOf(e.Field)
	n, open := a.Rows(list)
	if open {
		return list == columns || g.holds(e.Open, a)
	}
	for i := range n {
		codes, open, unsure := a.Row(list, i, e.Field)
		switch {
		case unsure:
			return true
		case open && (list != columns || g.holds(e.Open, a)):
			return true
		case !open && common(codes, e.Values):
			return true
		}
	}
	return false
}

func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// columns is the list of the columns of the data.
const columns = "schema.fields"

func listOf(path string) string {
	return (&checklist.Field{Path: path}).ListPath()
}

var (
	always = &Expr{Op: True}
	never  = &Expr{Op: False}
)

// anyOf and allOf join expressions and leave out what decides nothing.
func anyOf(of []*Expr) *Expr { return join(Any, True, False, of) }

func allOf(of []*Expr) *Expr { return join(All, False, True, of) }

// join leaves out idle parts; a part that decides stands for the whole.
func join(op, decides, idle Op, of []*Expr) *Expr {
	var kept []*Expr
	for _, e := range of {
		switch e.Op {
		case decides:
			return e
		case idle:
		default:
			kept = append(kept, e)
		}
	}
	switch len(kept) {
	case 0:
		return &Expr{Op: idle}
	case 1:
		return kept[0]
	}
	return &Expr{Op: op, Of: kept}
}
