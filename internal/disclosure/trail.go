package disclosure

import (
	"cmp"
	"context"
	"slices"
)

// trail counts the classes on one set of columns after another. It keeps the
// partitions by the first columns of a set for the next one, which often begins
// with the same.
type trail struct {
	slots
	path  []int
	parts []partition
}

// trails is the class sizes on sets of the columns. Needs 6 bytes a row for each
// worker and column of a set but one.
func (t *Table) trails(ctx context.Context, columns []Column, sets [][]int) ([]Histogram, error) {
	codes := codesOf(columns)
	// Columns with many values first: what they make unique is dropped for all
	// that follow.
	paths, order, longest := make([][]int, len(sets)), make([]int, len(sets)), 1
	wide := func(a, b int) int { return cmp.Or(codes[b].Distinct()-codes[a].Distinct(), a-b) }
	for i, set := range sets {
		paths[i], order[i], longest = slices.SortedFunc(slices.Values(set), wide), i, max(longest, len(set))
	}
	slices.SortFunc(order, func(a, b int) int { return slices.CompareFunc(paths[a], paths[b], wide) })

	out := make([]Histogram, len(sets))
	workers, err := t.workers(len(sets), bytesOf(t.rows)*int64(max(longest-1, 1)))
	if err != nil || onDisk(codes) || t.Entity != "" {
		workers, state := t.counters(len(sets), codes)
		return out, parallel(ctx, workers, len(sets), state, func(ctx context.Context, c *counter, i int) (err error) {
			views := make([]view, len(sets[i]))
			for j, c := range sets[i] {
				views[j].codes = codes[c]
			}
			out[i], err = c.count(ctx, views)
			return err
		})
	}
	state := func() *trail { return &trail{parts: make([]partition, longest)} }
	return out, parallel(ctx, workers, len(sets), state, func(ctx context.Context, r *trail, i int) (err error) {
		out[order[i]], err = r.count(ctx, t.rows, codes, paths[order[i]])
		return err
	})
}

// count is the class sizes of some rows on the columns of a path of at least one.
func (r *trail) count(ctx context.Context, rows int, codes []*Codes, path []int) (Histogram, error) {
	last := len(path) - 1
	same := 0
	for same < min(last, len(r.path)) && path[same] == r.path[same] {
		same++
	}
	r.path = append(r.path[:same], path[same:last]...)
	in := &partition{whole: true, n: rows}
	for depth, c := range path[:last] {
		if depth >= same {
			if err := r.refine(ctx, in, &r.parts[depth], codes[c]); err != nil {
				r.path = r.path[:depth]
				return nil, err
			}
		}
		in = &r.parts[depth]
	}
	s, err := r.split(ctx, in, codes[path[last]])
	if err != nil {
		return nil, err
	}
	s.small[1] += in.uniques
	return s.histogram(), nil
}
