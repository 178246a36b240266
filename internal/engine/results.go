package engine

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/assessment"
	"puntari/internal/facts"
)

// rows holds which rows of an item hold, as bits in the order of list.rows:
// certainly, possibly, and the same for the bounds.
type rows struct {
	known, possible, boundKnown, boundPossible uint8
}

// set is a set of results, as bits.
type set uint8

const (
	pass set = 1 << iota
	concern
	fail
	notApplicable
)

// setNames are the names of the bits of a set.
var setNames = [...]string{assessment.Pass, assessment.Concern, assessment.Fail, assessment.NotApplicable}

var order = []struct {
	bit  set
	name string
}{{notApplicable, assessment.NotApplicable}, {pass, assessment.Pass}, {concern, assessment.Concern}, {fail, assessment.Fail}}

// names lists the results of a set, best first.
func (s set) names() []string {
	var out []string
	for _, o := range order {
		if s&o.bit != 0 {
			out = append(out, o.name)
		}
	}
	return out
}

// single is the result that a set of possible results comes to. That an item
// either passes or does not apply makes no difference, so it passes; likewise a
// concern that may not apply is a concern.
func (s set) single() string {
	switch s.settled() {
	case pass:
		return assessment.Pass
	case concern:
		return assessment.Concern
	case fail:
		return assessment.Fail
	case notApplicable:
		return assessment.NotApplicable
	}
	return assessment.Unknown
}

// settled is the set without what makes no difference.
func (s set) settled() set {
	switch s {
	case pass | notApplicable:
		return pass
	case concern | notApplicable:
		return concern
	}
	return s
}

// isUnknown tells whether a set comes to no result yet.
func (s set) isUnknown() bool { return bits.OnesCount8(uint8(s.settled())) != 1 }

// best and worst are the ends of a set.
func (s set) best() set {
	for _, o := range order {
		if s&o.bit != 0 {
			return o.bit
		}
	}
	return pass
}

func (s set) worst() set {
	for i := len(order) - 1; i >= 0; i-- {
		if s&order[i].bit != 0 {
			return order[i].bit
		}
	}
	return pass
}

// Bits of riskRows and opportunityRows.
const (
	riskFail, riskNA, riskUnknown, riskConcern = 1, 2, 4, 8
	oppNA, oppPass, oppConcern                 = 1, 2, 4
)

// riskResults is what a risk item can come to, from the rows that certainly and
// possibly hold: a known fail beats everything, then the item may not apply,
// then a concern, else it passes.
func riskResults(known, possible uint8) set {
	if known&riskFail != 0 {
		return fail
	}
	var out set
	if possible&riskFail != 0 {
		out |= fail
	}
	if known&riskNA != 0 {
		return out | notApplicable
	}
	if possible&riskNA != 0 {
		out |= notApplicable
	}
	if known&riskUnknown != 0 {
		return out | fail | concern | pass
	}
	if known&riskConcern != 0 {
		return out | concern
	}
	if possible&riskConcern != 0 {
		out |= concern
	}
	return out | pass
}

// opportunityResults is what an opportunity item can come to: it may not apply,
// else it passes, else there is something, else nothing.
func opportunityResults(known, possible uint8) set {
	var out set
	for _, row := range []struct {
		bit uint8
		set set
	}{{oppNA, notApplicable}, {oppPass, pass}, {oppConcern, concern}} {
		if known&row.bit != 0 {
			return out | row.set
		}
		if possible&row.bit != 0 {
			out |= row.set
		}
	}
	return out | fail
}

// findings are the results of all items of one dataset.
type findings struct {
	riskRows, opportunityRows []rows
	// risk and opportunity are what each item can come to, riskBounds the same
	// with open questions counting for what must be proven.
	risk, riskBounds, opportunity []set
}

// found is how many risk items have neither passed nor are out of place.
func (f *findings) found() int {
	n := 0
	for _, s := range f.risk {
		if s = s.settled(); s != pass && s != notApplicable {
			n++
		}
	}
	return n
}

// answer tells whether the condition of a question may hold.
type answer uint8

const (
	unasked answer = iota
	holds
	holdsNot
)

func answerOf(is bool) answer {
	if is {
		return holds
	}
	return holdsNot
}

// resolve settles which open questions matter: a question whose condition
// cannot hold is taken for granted, and later conditions may depend on it.
func (e *Engine) resolve(ctx context.Context, c *facts.Case, v *view) error {
	lookup := v.begin(c, c.Risk)
	answers := make([]answer, len(e.asked))
	var room [32]int
	for n, stratum := range e.strata {
		clear(answers)
		wanted := room[:0]
		for _, i := range stratum {
			if cond := e.conditionOf[i]; !slices.Contains(wanted, cond) && c.Unresolved(i) {
				wanted = append(wanted, cond)
			}
		}
		unknown := lookup.conditions(e.asked, wanted, answers)
		if err := e.ask(ctx, n, unknown, c, v, answers); err != nil {
			return err
		}
		lookup.learnConditions(e.asked, unknown, answers)
		for _, i := range stratum {
			if a := answers[e.conditionOf[i]]; a != unasked {
				c.Resolve(i, a == holds)
			}
		}
		lookup.changed()
	}
	return nil
}

// ask evaluates conditions of a stratum: a few one by one, more all at once.
func (e *Engine) ask(ctx context.Context, stratum int, conditions []int, c *facts.Case, v *view, answers []answer) error {
	if len(conditions) == 0 {
		return nil
	}
	if len(conditions) <= 3 {
		only := make([]bool, len(e.Space.Facts))
		for _, n := range conditions {
			e.mark(e.asked[n].reads, only)
		}
		input := v.asking(c, only)
		for _, n := range conditions {
			value, err := e.eval(ctx, e.asked[n].query, input)
			if err != nil {
				return err
			}
			answers[n] = answerOf(value != nil)
		}
		return nil
	}
	q := &e.stratumQueries[stratum]
	values, err := e.evalAll(ctx, q.query, v.asking(c, nil))
	if err != nil {
		return err
	}
	if values == nil {
		return fmt.Errorf("%w: the conditions of the questions are undefined", ErrCouldNotAssess)
	}
	for k, n := range q.conditions {
		set, ok := values[k].(ast.Set)
		if !ok {
			return fmt.Errorf("%w: the condition %s is not a set", ErrCouldNotAssess, e.asked[n].name)
		}
		answers[n] = answerOf(set.Len() > 0)
	}
	return nil
}

// find evaluates the risk items.
func (e *Engine) find(ctx context.Context, c *facts.Case, v *view) (*findings, error) {
	if err := e.resolve(ctx, c, v); err != nil {
		return nil, err
	}
	risk, opportunity := len(e.risk.items), len(e.opportunity.items)
	sets := make([]set, 2*risk+opportunity)
	f := &findings{risk: sets[:risk:risk], riskBounds: sets[risk : 2*risk : 2*risk], opportunity: sets[2*risk:]}
	var err error
	if f.riskRows, err = e.rowsOf(ctx, e.risk, c, c.Risk, c.Status, v, false); err != nil {
		return nil, err
	}
	for i, r := range f.riskRows {
		f.risk[i], f.riskBounds[i] = riskResults(r.known, r.possible), riskResults(r.boundKnown, r.boundPossible)
	}
	return f, nil
}

// findOpportunity evaluates the opportunity items but for those that read the value
// score.
func (e *Engine) findOpportunity(ctx context.Context, c *facts.Case, f *findings, v *view) (err error) {
	if f.opportunityRows, err = e.rowsOf(ctx, e.opportunity, c, c.Opportunity, c.OpportunityStatus, v, false); err != nil {
		return err
	}
	for i, r := range f.opportunityRows {
		f.opportunity[i] = opportunityResults(r.known, r.possible)
	}
	return nil
}

// rowsOf evaluates the rows of the items of a checklist: those that read the
// value score when late is set, else the others.
func (e *Engine) rowsOf(ctx context.Context, l *list, c *facts.Case, states []facts.State, status []facts.Status, v *view, late bool) ([]rows, error) {
	out := make([]rows, len(l.items))
	lookup := v.begin(c, states)
	missed := lookup.look(l, late, out, nil)
	if len(missed) == 0 {
		return out, nil
	}
	in := v.inputs(c, states, e.readBy(l, missed))
	// What is possible is looked at for all. What is known can differ only where a
	// row is possible and a fact is open, the bounds only where something must be
	// proven besides; there are few of those.
	if err := e.evalItems(ctx, l, missed, in.possible(), out, possibleRows); err != nil {
		return nil, err
	}
	var known, bounds []int
	for _, i := range missed {
		r, reads := &out[i], &l.items[i].reads
		open := e.anyOpen(reads, states, status)
		if open && r.possible != 0 {
			known = append(known, i)
		} else {
			r.known = r.possible
		}
		if reads.proven {
			bounds = append(bounds, i)
		}
	}
	if len(known) > 0 {
		if err := e.evalItems(ctx, l, known, in.known(), out, knownRows); err != nil {
			return nil, err
		}
	}
	for _, i := range missed {
		out[i].boundKnown, out[i].boundPossible = out[i].known, out[i].possible
	}
	if len(bounds) > 0 {
		for _, i := range bounds {
			out[i].boundKnown, out[i].boundPossible = 0, 0
		}
		if err := e.evalItems(ctx, l, bounds, in.boundKnown(), out, boundKnownRows); err != nil {
			return nil, err
		}
		if err := e.evalItems(ctx, l, bounds, in.boundPossible(), out, boundPossibleRows); err != nil {
			return nil, err
		}
	}
	lookup.learn(l, missed, out)
	return out, nil
}

// readBy tells which facts the items read, nil for all when there are so many
// items that they are evaluated together.
func (e *Engine) readBy(l *list, items []int) []bool {
	if len(items) > fewItems {
		return nil
	}
	only := make([]bool, len(e.Space.Facts))
	for _, i := range items {
		e.mark(&l.items[i].reads, only)
	}
	return only
}

// mark marks the facts that a rule reads, and the lists whose elements they are of.
func (e *Engine) mark(r *reads, only []bool) {
	for _, i := range r.facts {
		only[i] = true
		if l := e.Space.ListOf(i); l >= 0 {
			only[l] = true
		}
	}
}

func possibleRows(r *rows) *uint8      { return &r.possible }
func knownRows(r *rows) *uint8         { return &r.known }
func boundKnownRows(r *rows) *uint8    { return &r.boundKnown }
func boundPossibleRows(r *rows) *uint8 { return &r.boundPossible }

// anyOpen tells whether a fact that a rule reads is open, or a list that may hold
// more than it says; if none is, what is possible is known.
func (e *Engine) anyOpen(r *reads, states []facts.State, status []facts.Status) bool {
	for _, f := range r.facts {
		st := &states[f]
		if status[f].Open() || !st.Void && st.Yes|st.No != e.Space.Facts[f].All() && e.Space.Facts[f].Kind != facts.Objects {
			return true
		}
	}
	return false
}

// fewItems is up to how many items are evaluated one by one; the rows of all
// items together cost about as much as those of this many.
const fewItems = 12

func (e *Engine) evalItems(ctx context.Context, l *list, items []int, input ast.Value, out []rows, bits func(*rows) *uint8) error {
	if len(items) > fewItems {
		all := make([]rows, len(l.items))
		if err := e.evalRows(ctx, l, input, all, bits); err != nil {
			return err
		}
		for _, i := range items {
			*bits(&out[i]) = *bits(&all[i])
		}
		return nil
	}
	for _, i := range items {
		values, err := e.evalAll(ctx, l.items[i].query, input)
		if err != nil {
			return err
		}
		for n, v := range values {
			row, ok := v.(ast.Set)
			if !ok {
				return fmt.Errorf("%w: the rows of %s are not sets", ErrCouldNotAssess, l.items[i].ID)
			}
			if row.Len() > 0 {
				*bits(&out[i]) |= 1 << l.items[i].queried[n]
			}
		}
	}
	return nil
}

// evalRows evaluates all rows of a checklist on one input.
func (e *Engine) evalRows(ctx context.Context, l *list, input ast.Value, out []rows, bits func(*rows) *uint8) error {
	values, err := e.evalAll(ctx, l.query, input)
	if err != nil {
		return err
	}
	if values == nil {
		return fmt.Errorf("%w: the rows of the checklists are undefined", ErrCouldNotAssess)
	}
	for n, v := range values {
		row, own := n%len(l.rows), n >= len(l.rows)
		packages, ok := v.(*ast.Array)
		if !ok {
			return fmt.Errorf("%w: the rows %q are not a list", ErrCouldNotAssess, l.rows[row])
		}
		err := packages.Iter(func(t *ast.Term) error {
			ids, ok := t.Value.(ast.Set)
			if !ok {
				return fmt.Errorf("%w: the rows %q are not sets", ErrCouldNotAssess, l.rows[row])
			}
			return ids.Iter(func(id *ast.Term) error {
				name, _ := id.Value.(ast.String)
				i, ok := l.index[string(name)]
				if ok && own != (l.items[i].Package != "") {
					return fmt.Errorf("%w: a policy speaks of %v, which is not its own", ErrCouldNotAssess, id)
				}
				if !ok && l.dormant[string(name)] {
					return nil
				}
				if !ok {
					return fmt.Errorf("%w: a policy speaks of %v, which is not an item of the checklist", ErrCouldNotAssess, id)
				}
				*bits(&out[i]) |= 1 << row
				return nil
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
