package claims

import (
	"slices"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// dominance judges the sums of a table anew where the policy has other parameters
// than the measurement had: what was recorded of each column of sums (the fewest
// contributors, the largest share, the closest estimate) tells for any of them
// whether a sum rests on too few.
type dominance struct {
	names checklist.Judgement
	now   map[string]float64
}

// dominanceField is the statement that sums rest on enough contributors.
const dominanceField = "disclosureControl.dominanceRule"

func newDominance(c *checklist.Catalogue) *dominance {
	d := &dominance{names: c.Evidence.Judgement, now: map[string]float64{}}
	for _, name := range d.names.Dominance() {
		p, ok := c.Policy.Params[name]
		if !ok {
			return nil
		}
		d.now[name] = p.Value
	}
	return d
}

// judge puts the statement that follows from the parameters in force in place of the
// measured one. Where the record does not tell, nothing is said any more of
// protected sums, and what was said of unprotected ones stays.
func (d *dominance) judge(e *descriptor.EvidenceSection, measured map[string]descriptor.MeasuredStatement) {
	if d == nil {
		return
	}
	was := map[string]float64{}
	for _, p := range e.JudgedBy {
		if p.Param != nil && p.Value != nil {
			was[*p.Param] = p.Value.Value
		}
	}
	same := true
	for name, now := range d.now {
		// Where contributors are only counted, the other parameters have no part.
		if before, ok := was[name]; ok && before != now {
			same = false
		}
	}
	if same {
		return
	}
	var unsafe []string
	sure, summed := true, false
	for i := range e.Dominance {
		x := &e.Dominance[i]
		if x.Field == nil || x.Cells != nil && x.Cells.Value == 0 {
			continue
		}
		if x.Fewest == nil {
			return // recorded before there was more than a verdict
		}
		few, known := d.few(x, was)
		if few {
			unsafe = append(unsafe, *x.Field)
		}
		sure, summed = sure && known, summed || x.Share != nil
	}
	say := func(value string, columns []string) {
		field := dominanceField
		measured[field] = descriptor.MeasuredStatement{Field: &field, Value: &value, Columns: columns}
	}
	switch before, said := measured[dominanceField]; {
	case len(unsafe) > 0:
		say("not_applied", unsafe)
	case !sure && said && *before.Value != "applied":
	case sure && summed:
		say("applied", nil)
	default:
		delete(measured, dominanceField)
	}
}

// few tells whether a sum of a column rests on too few, and whether that is certain
// from what was recorded.
func (d *dominance) few(x *descriptor.MeasuredDominance, was map[string]float64) (few, certain bool) {
	n := &d.names
	if x.Fewest.Value < d.now[n.Contributors] || x.Estimate != nil && x.Estimate.Value < d.now[n.Estimate] {
		return true, true
	}
	if x.Share == nil {
		return false, true
	}
	largest, ok := was[n.Largest]
	more := x.Share.Value > d.now[n.Share]
	switch {
	case ok && largest == d.now[n.Largest]:
		return more, true
	case ok && largest < d.now[n.Largest]:
		return more, more // more contributors have at least as large a share
	case ok:
		return false, !more // fewer have at most as large a one
	}
	return false, false
}

// withoutSums takes the sums of some columns out of the record, since they are dropped
// or changed.
func withoutSums(e *descriptor.EvidenceSection, gone func(*descriptor.MeasuredDominance) bool) {
	if len(e.Dominance) == 0 {
		return
	}
	e.Dominance = slices.DeleteFunc(slices.Clone(e.Dominance), func(x descriptor.MeasuredDominance) bool { return gone(&x) })
}
