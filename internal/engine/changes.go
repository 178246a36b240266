package engine

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
)

// changes finds the smallest set of mitigations of the library that clears what
// stands in the way: the items that block, or, when nothing blocks, those that
// keep the risk level above low. Proposed measures are counted as made.
func (e *Engine) changes(ctx context.Context, r *run) (assessment.Changes, error) {
	out := assessment.Changes{Measures: []assessment.SuggestedMeasure{}}
	at := r.proposed()
	targets := e.inTheWay(at)
	if len(targets) == 0 {
		return out, nil
	}
	cover, uncleared := e.smallest(targets)
	out.Uncleared = uncleared
	out.Measures = e.suggest(r, cover, targets)
	var err error
	out.Outcome, err = e.outcomeWith(ctx, r, out.Measures)
	return out, err
}

// proposed is the run with the proposed measures made, where they leave the
// dataset what it is.
func (r *run) proposed() *run {
	if r.after != nil && r.whatIf.SameProduct {
		return r.after
	}
	return r
}

// suggest makes measures of mitigations: what each clears of the items, and the
// columns that it is made on.
func (e *Engine) suggest(r *run, codes []string, targets []int) []assessment.SuggestedMeasure {
	out := []assessment.SuggestedMeasure{}
	for _, code := range codes {
		m := assessment.SuggestedMeasure{Code: code}
		for _, i := range targets {
			if slices.Contains(e.risk.items[i].Mitigations, code) {
				m.Clears = append(m.Clears, e.risk.items[i].ID)
			}
		}
		m.Columns = e.columnsOf(r, code, m.Clears)
		out = append(out, m)
	}
	return out
}

// outcomeWith is the outcome with measures made. What they do to the descriptor is
// known but for figures that have to be measured anew; for those it is taken that
// they turn out well.
func (e *Engine) outcomeWith(ctx context.Context, r *run, measures []assessment.SuggestedMeasure) (string, error) {
	var made []*descriptor.Measure
	for i := range measures {
		made = append(made, &descriptor.Measure{Code: &measures[i].Code, Fields: measures[i].Columns})
	}
	patched, err := apply(e.Catalogue, r.proposed().c.Dataset, made)
	if err != nil {
		return "", err
	}
	then, err := e.evaluate(ctx, patched, r.c.Date, r)
	if err != nil {
		return "", err
	}
	defer then.c.Release()
	risk := slices.Clone(then.findings.risk)
	for i := range measures {
		for _, id := range measures[i].Clears {
			if k := e.risk.index[id]; risk[k]&(fail|concern) != 0 {
				risk[k] = pass
			}
		}
	}
	v := then.verdict
	d, err := e.decided(ctx, then.c, e.tally(risk, v), v.value.Low, v.readiness.Low, nil)
	if err != nil {
		return "", err
	}
	return d.Outcome, nil
}

// inTheWay lists the items that changes of the data or the work must clear.
func (e *Engine) inTheWay(r *run) []int {
	var out []int
	blocked := len(r.verdict.blockedBy) > 0
	for i := range e.risk.items {
		it := &e.risk.items[i]
		result := r.findings.risk[i].single()
		switch {
		case blocked && slices.Contains(r.verdict.blockedBy, it.ID):
			out = append(out, i)
		case !blocked && (result == assessment.Fail || result == assessment.Concern) && slices.Contains(r.verdict.holding, r.verdict.levels[i]):
			out = append(out, i)
		}
	}
	return out
}

// candidate is a mitigation with the items that it clears, as bits.
type candidate struct {
	code   string
	clears uint64
	// effort orders mitigations of the same reach: the lighter first.
	effort int
}

// smallest finds a smallest set of mitigations that clears the items, and the
// items that none clears.
func (e *Engine) smallest(targets []int) (cover []string, uncleared []string) {
	var all uint64
	byCode := map[string]uint64{}
	for bit, i := range targets {
		it := &e.risk.items[i]
		if len(it.Mitigations) == 0 {
			uncleared = append(uncleared, it.ID)
			continue
		}
		all |= 1 << bit
		for _, code := range it.Mitigations {
			byCode[code] |= 1 << bit
		}
	}
	c := &covering{budget: 20_000}
	for code, clears := range byCode {
		c.candidates = append(c.candidates, candidate{code, clears, e.effortOf(code)})
	}
	c.reduce()
	c.best = c.greedy(all)
	c.search(all, nil)
	for _, k := range c.best {
		cover = append(cover, c.candidates[k].code)
	}
	slices.Sort(cover)
	return cover, uncleared
}

// effortOf is the place of a mitigation's effort in the order of the checklists; one
// that is not there comes last.
func (e *Engine) effortOf(code string) int {
	efforts := e.Catalogue.Efforts
	if m := e.Catalogue.Mitigation(code); m != nil {
		if i := slices.IndexFunc(efforts, func(x checklist.Effort) bool { return x.Code == m.Effort }); i >= 0 {
			return i
		}
	}
	return len(efforts)
}

// covering is the search for a smallest set of candidates that covers all bits.
type covering struct {
	candidates []candidate
	best       []int
	// budget bounds the search. Real datasets need a few dozen steps; when it
	// runs out, what has been found so far stands, which covers everything but
	// may not be smallest.
	budget int
}

// reduce sorts the candidates, the widest and lightest first, and drops those
// that an earlier one makes needless.
func (c *covering) reduce() {
	slices.SortFunc(c.candidates, func(a, b candidate) int {
		return cmp.Or(bits.OnesCount64(b.clears)-bits.OnesCount64(a.clears), a.effort-b.effort, strings.Compare(a.code, b.code))
	})
	var kept []candidate
	for _, x := range c.candidates {
		if !slices.ContainsFunc(kept, func(k candidate) bool { return x.clears&^k.clears == 0 }) {
			kept = append(kept, x)
		}
	}
	c.candidates = kept
}

// greedy covers by always taking the candidate that clears most.
func (c *covering) greedy(open uint64) []int {
	var chosen []int
	for open != 0 {
		best := 0
		for k := range c.candidates {
			if bits.OnesCount64(c.candidates[k].clears&open) > bits.OnesCount64(c.candidates[best].clears&open) {
				best = k
			}
		}
		chosen = append(chosen, best)
		open &^= c.candidates[best].clears
	}
	return chosen
}

// search branches on the open bit that the fewest candidates clear and gives up
// a branch that cannot beat the best.
func (c *covering) search(open uint64, chosen []int) {
	if open == 0 {
		if len(chosen) < len(c.best) {
			c.best = slices.Clone(chosen)
		}
		return
	}
	widest := 0
	for k := range c.candidates {
		widest = max(widest, bits.OnesCount64(c.candidates[k].clears&open))
	}
	least := (bits.OnesCount64(open) + widest - 1) / widest
	if c.budget--; c.budget < 0 || len(chosen)+least >= len(c.best) {
		return
	}
	tightest, fewest := uint64(0), len(c.candidates)+1
	for rest := open; rest != 0; rest &= rest - 1 {
		bit := rest & -rest
		n := 0
		for k := range c.candidates {
			if c.candidates[k].clears&bit != 0 {
				n++
			}
		}
		if n < fewest {
			tightest, fewest = bit, n
		}
	}
	for k := range c.candidates {
		if c.candidates[k].clears&tightest != 0 {
			c.search(open&^c.candidates[k].clears, append(chosen, k))
		}
	}
}

// columnsOf lists the columns that the items speak of and that the mitigation
// can be made on.
func (e *Engine) columnsOf(r *run, code string, ids []string) []string {
	lib := e.Catalogue.Mitigation(code)
	if lib == nil || lib.Patch.Columns == "" {
		return nil
	}
	x := e.explainer(r.c, r.c.Risk, r.c.Status, true)
	var out []string
	for _, id := range ids {
		it := &e.risk.items[e.risk.index[id]]
		w := &witness{}
		x.seen = map[string]bool{}
		x.ruleFacts(it.rowName(r.findings.risk[e.risk.index[id]].single()), scope{column: -1, list: -1}, w)
		for _, n := range x.columnNames(w) {
			if !slices.Contains(out, n) && e.suits(r, n, lib.Patch.Of) {
				out = append(out, n)
			}
		}
	}
	return out
}

// suits tells whether a column has an answer other than "none" to one of the
// attributes.
func (e *Engine) suits(r *run, column string, attributes []string) bool {
	for k := range r.c.Columns {
		if r.c.Columns[k].Name != column {
			continue
		}
		for j, i := range e.Space.Columns {
			f := &e.Space.Facts[i]
			st := r.c.Columns[k].States[j]
			if slices.Contains(attributes, f.Path[len(facts.ColumnPrefix):]) && st.Yes&^f.Bit("none") != 0 {
				return true
			}
		}
	}
	return len(attributes) == 0
}
