package disclosure

import "context"

// Dependency says that a column is determined by another: records with the same
// value in the one have the same in the other (functional dependency). A column
// that is determined adds nothing to its determinant, and making only one of the
// two coarser may change nothing. Exact.
type Dependency struct {
	Determinant string `json:"determinant"`
	Dependent   string `json:"dependent"`
}

// Dependencies finds the columns among the given that another one of them
// determines, in the order of the names. Columns of one value, which any column
// determines, and determinants that are different in every record are left out:
// they say nothing. Needs codes in memory and 6 bytes for each row and worker.
func (t *Table) Dependencies(ctx context.Context, columns ...string) ([]Dependency, error) {
	byName, err := t.named(columns)
	if err != nil {
		return nil, err
	}
	if codes := codesOf(byName); onDisk(codes) {
		return nil, t.tooLarge(codes)
	}
	workers, err := t.workers(len(byName), bytesOf(t.rows))
	if err != nil {
		return nil, err
	}
	found := make([][]Dependency, len(byName))
	state := func() *partitioner { return new(partitioner) }
	err = parallel(ctx, workers, len(byName), state, func(ctx context.Context, p *partitioner, a int) error {
		part, err := p.partition(ctx, t.rows, []*Codes{byName[a].Codes})
		if err != nil || len(part.ends) == 0 {
			return err
		}
		for b, column := range byName {
			if a != b && several(column.Codes) && part.determines(column.Codes) {
				found[a] = append(found[a], Dependency{byName[a].Name, column.Name})
			}
		}
		return ctx.Err()
	})
	out := []Dependency{}
	for _, of := range found {
		out = append(out, of...)
	}
	return out, err
}

// several tells whether a column has more than one value.
func several(c *Codes) bool {
	used := 0
	for _, n := range c.frequency {
		if n > 0 {
			used++
		}
	}
	return used > 1
}

// determines tells whether each class has one code. Most columns fail early.
func (p *partition) determines(c *Codes) bool {
	from := uint32(0)
	for _, to := range p.ends {
		first := c.at(int(p.rows[from]))
		for _, r := range p.rows[from+1 : to] {
			if c.at(int(r)) != first {
				return false
			}
		}
		from = to
	}
	return true
}
