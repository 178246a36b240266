package impact

import (
	"cmp"
	"slices"
)

// Totals are the figures of a comparison. They take the same memory however many
// datasets there are.
type Totals struct {
	// Records were compared; Failed of them could not be assessed by one of the
	// policies or both, Differ differ in some part, Decided in their decision.
	Records, Failed, Differ, Decided int
	// Parts counts datasets by the parts in which they differ.
	Parts map[string]int
	// Outcomes counts datasets by the outcome before and after; "" where there is none.
	Outcomes map[[2]string]int
	// Changes are, in the order of the changes of the policy, how many datasets each
	// can be behind.
	Changes []ChangeTotals
	// Items counts, by item, datasets by the result before and after.
	Items map[string]map[[2]string]int
	// Worst are some of the datasets whose decision differs: those that become more
	// closed first, then those that become more open.
	Worst []*Difference
}

// ChangeTotals counts datasets that differ because of a change.
type ChangeTotals struct{ Datasets, Decided int }

// maxWorst bounds the list of datasets in memory.
const maxWorst = 50

// Totals counts all differences.
func (c *Comparison) Totals() (*Totals, error) {
	t := &Totals{Parts: map[string]int{}, Outcomes: map[[2]string]int{}, Items: map[string]map[[2]string]int{}, Changes: make([]ChangeTotals, len(c.Changes))}
	err := c.Each(func(d *Difference) error {
		t.add(c, d)
		return nil
	})
	return t, err
}

func (t *Totals) add(c *Comparison, d *Difference) {
	t.Records++
	if d.Before.Error != "" || d.After.Error != "" {
		t.Failed++
	}
	t.Outcomes[[2]string{d.Before.Outcome, d.After.Outcome}]++
	if len(d.What) == 0 {
		return
	}
	t.Differ++
	decided := d.Decided()
	if decided {
		t.Decided++
		t.worst(c, d)
	}
	for _, w := range d.What {
		t.Parts[w]++
	}
	for _, n := range d.Because {
		t.Changes[n-1].Datasets++
		if decided {
			t.Changes[n-1].Decided++
		}
	}
	for _, x := range d.Items {
		m := t.Items[x.Item]
		if m == nil {
			m = map[[2]string]int{}
			t.Items[x.Item] = m
		}
		m[[2]string{x.Before, x.After}]++
	}
}

// worst keeps the datasets that change most.
func (t *Totals) worst(c *Comparison, d *Difference) {
	order := func(d *Difference) int {
		before, after := c.old.Catalogue.Policy.OutcomeRank(d.Before.Outcome), c.new.Catalogue.Policy.OutcomeRank(d.After.Outcome)
		switch {
		case d.Has(Failed):
			return 0
		case after > before:
			return 1
		case after < before:
			return 2
		}
		return 3
	}
	i, _ := slices.BinarySearchFunc(t.Worst, d, func(a, b *Difference) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), -1) // those that came before stay before
	})
	if i >= maxWorst {
		return
	}
	t.Worst = slices.Insert(t.Worst, i, d)
	t.Worst = t.Worst[:min(len(t.Worst), maxWorst)]
}

// Policies are the two that are compared, the old one first.
func (c *Comparison) Policies() (old, new *Policy) { return c.old, c.new }
