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
	x.opaque = e.asker(c, states)
	return x
}

// asker asks the policy engine whether rules hold that the explainer cannot read.
func (e *Engine) asker(c *facts.Case, states []facts.State) func(rule string, possible bool) bool {
	known := map[string][2]int8{}
	lookup := e.begin(c, states)
	return func(rule string, possible bool) bool {
		k := 0
		if possible {
			k = 1
		}
		a := known[rule]
		if a[k] != 0 {
			return a[k] > 0
		}
		q := e.opaque[rule]
		if q == nil {
			return false
		}
		holds, ok := lookup.opaque(q, possible)
		if !ok {
			v := e.views.Get().(*view)
			in := v.inputs(c, states, nil)
			input := in.known()
			if possible {
				input = in.possible()
			}
			value, err := e.eval(context.Background(), &q.query, input)
			e.views.Put(v)
			holds = err == nil && value != nil
			if err == nil {
				lookup.learnOpaque(q, possible, holds)
			}
		}
		a[k] = -1
		if holds {
			a[k] = 1
		}
		known[rule] = a
		return holds
	}
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
