package engine

import (
	"context"
	"slices"

	"puntari/internal/facts"
)

// explainers returns the explainers for the risk and the opportunity items.
func (e *Engine) explainers(c *facts.Case) (risk, opportunity *explainer) {
	return e.explainer(c, c.Risk, c.Status, true), e.explainer(c, c.Opportunity, c.OpportunityStatus, false)
}

func (e *Engine) explainer(c *facts.Case, states []facts.State, status []facts.Status, asked bool) *explainer {
	x := &explainer{p: e.program, c: c, states: states, status: status, asked: asked}
	x.opaque = (&asker{e: e, c: c, states: states}).holds
	return x
}

// asker asks the policy engine whether rules hold that the explainer cannot read.
type asker struct {
	e      *Engine
	c      *facts.Case
	states []facts.State
	// known are answers by rule and view, where no table remembers them.
	known map[viewedRule]bool
	key   []byte
	// failed tells that the policy engine gave no answer to some question.
	failed bool
}

type viewedRule struct {
	rule             string
	possible, bounds bool
}

// holds tells whether a rule holds in a view. One that there is not, or on which
// there is no answer, does not.
func (a *asker) holds(rule string, possible, bounds bool) bool {
	q := a.e.opaque[rule]
	if q == nil {
		return false
	}
	of := viewedRule{rule, possible, bounds && q.reads.proven}
	if holds, ok := a.known[of]; ok {
		return holds
	}
	a.key = q.projection.whole.append(append(a.key[:0], bit(of.possible), bit(of.bounds)), a.c, a.states)
	holds, ok := a.e.tables.opaque(q.number, a.key)
	if !ok {
		v := a.e.views.Get().(*view)
		defer a.e.views.Put(v)
		only := make([]bool, len(a.e.Space.Facts))
		a.e.mark(q.reads, only)
		value, err := a.e.eval(context.Background(), &q.query, v.inputs(a.c, a.states, only).of(of.possible, of.bounds))
		if err != nil {
			a.failed = true
			return false
		}
		holds = value != nil
		a.e.tables.learnOpaque(q.number, a.key, holds)
	}
	if a.e.tables == nil {
		if a.known == nil {
			a.known = map[viewedRule]bool{}
		}
		a.known[of] = holds
	}
	return holds
}

// rowName is the name of the rule of an item's row.
func (it *item) rowName(row string) string {
	return it.package_ + "." + row + " " + it.ID
}

// missing lists the open facts that keep rows of an item open: rows that
// neither certainly hold nor are excluded, and the row that says that something
// must be known first.
func (x *explainer) missing(it *item, kinds []string, r rows) []string {
	w := &witness{open: true}
	x.seen = map[string]bool{}
	for k, row := range kinds {
		bit := uint8(1) << k
		openRow := r.known&bit == 0 && r.possible&bit != 0
		if openRow || row == rowUnknown && r.known&bit != 0 {
			x.ruleFacts(it.rowName(row), scope{column: -1, list: -1}, w)
			if row == rowUnknown && r.known&bit != 0 {
				for _, i := range it.rows[row].facts {
					w.fact(i) // what must be known first, even where it is answered with no
				}
			}
		}
	}
	return x.paths(w)
}

// paths names the facts of a witness: an attribute of a column by the column's
// name, a computed fact by the fields it rests on.
func (x *explainer) paths(w *witness) []string {
	var out []string
	add := func(p string) {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	s := x.p.space
	for _, i := range w.facts {
		f := &s.Facts[i]
		j := slices.Index(s.Columns, i)
		switch {
		case j >= 0 && !x.c.HasSchema:
			add("schema.fields")
		case j >= 0:
			for _, k := range w.columns[i] {
				add("schema.fields[" + x.c.Columns[k].Name + "]." + f.Path[len(facts.ColumnPrefix):])
			}
		case f.FieldIndex < 0 && len(f.From) > 0:
			for _, p := range f.From {
				add(p)
			}
		case f.FieldIndex < 0:
		default:
			add(f.Path)
		}
	}
	slices.Sort(out)
	return out
}
