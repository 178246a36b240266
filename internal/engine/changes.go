package engine

import (
	"context"
	"slices"
	"strings"

	"puntari/internal/assessment"
)

// changes finds the smallest set of mitigations of the library that clears what
// stands in the way: the items that block, or, when nothing blocks, those that
// keep the risk level above low. Proposed measures are counted as made.
func (e *Engine) changes(ctx context.Context, r *run) (assessment.Changes, error) {
	out := assessment.Changes{Measures: []assessment.SuggestedMeasure{}}
	at := r
	if r.after != nil && r.whatIf.SameProduct {
		at = r.after
	}
	targets := e.inTheWay(at)
	if len(targets) == 0 {
		return out, nil
	}
	cover, uncleared := e.smallest(targets)
	out.Uncleared = uncleared
	left := slices.Clone(targets)
	for _, code := range cover {
		m := assessment.SuggestedMeasure{Code: code}
		for _, i := range targets {
			if slices.Contains(e.risk.items[i].Mitigations, code) {
				m.Clears = append(m.Clears, e.risk.items[i].ID)
				left = slices.DeleteFunc(left, func(k int) bool { return k == i })
			}
		}
		m.Columns = e.columnsOf(r, m.Clears)
		out.Measures = append(out.Measures, m)
	}
	risk := slices.Clone(at.findings.risk)
	for _, i := range targets {
		if !slices.Contains(left, i) {
			risk[i] = pass
		}
	}
	v, err := e.decide(ctx, at.c, risk, at.verdict, at.verdict.value.Low, nil)
	if err != nil {
		return out, err
	}
	out.Outcome = v.outcome
	return out, nil
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

// effort orders mitigations of the same reach: the lighter first.
var effort = map[string]int{"hours": 0, "days": 1, "weeks": 2, "months": 3}

// smallest finds a smallest set of mitigations that clears the items, and the
// items that none clears. It tries sizes from one up; for each it branches on
// the uncleared item with the fewest mitigations, so few sets are looked at.
func (e *Engine) smallest(targets []int) (cover []string, uncleared []string) {
	var open []int
	for _, i := range targets {
		if len(e.risk.items[i].Mitigations) == 0 {
			uncleared = append(uncleared, e.risk.items[i].ID)
		} else {
			open = append(open, i)
		}
	}
	for size := 1; size <= len(open); size++ {
		if found := e.search(open, nil, size); found != nil {
			slices.Sort(found)
			return found, uncleared
		}
	}
	return nil, uncleared
}

func (e *Engine) search(open []int, chosen []string, size int) []string {
	open = slices.DeleteFunc(slices.Clone(open), func(i int) bool {
		return slices.ContainsFunc(e.risk.items[i].Mitigations, func(c string) bool { return slices.Contains(chosen, c) })
	})
	if len(open) == 0 {
		return append([]string{}, chosen...)
	}
	if len(chosen) == size {
		return nil
	}
	tightest := slices.MinFunc(open, func(a, b int) int {
		return len(e.risk.items[a].Mitigations) - len(e.risk.items[b].Mitigations)
	})
	candidates := slices.Clone(e.risk.items[tightest].Mitigations)
	reach := func(code string) int {
		n := 0
		for _, i := range open {
			if slices.Contains(e.risk.items[i].Mitigations, code) {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(candidates, func(a, b string) int {
		if d := reach(b) - reach(a); d != 0 {
			return d
		}
		if d := e.effortOf(a) - e.effortOf(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for _, c := range candidates {
		if found := e.search(open, append(slices.Clone(chosen), c), size); found != nil {
			return found
		}
	}
	return nil
}

func (e *Engine) effortOf(code string) int {
	if m := e.Catalogue.Mitigation(code); m != nil {
		return effort[m.Effort]
	}
	return len(effort)
}

// columnsOf lists the columns that the items speak of.
func (e *Engine) columnsOf(r *run, ids []string) []string {
	x, _ := e.explainers(r.c)
	var out []string
	for _, id := range ids {
		it := &e.risk.items[e.risk.index[id]]
		w := &witness{}
		x.seen = map[string]bool{}
		x.ruleFacts(it.rowName("risk", r.findings.risk[e.risk.index[id]].single()), scope{column: -1, list: -1}, w)
		for _, n := range x.columnNames(w) {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}
