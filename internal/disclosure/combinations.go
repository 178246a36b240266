package disclosure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Search says which combinations of columns to look at.
type Search struct {
	// MaxSize is the most columns in a combination, at least 1.
	MaxSize int
	// RankRows is the most rows that the combinations are ranked on; 0 is all.
	// What is listed is counted again on every row.
	RankRows int
	// Keep is how many combinations of each size are listed, at least 1.
	Keep int
}

// ErrSearch is the error of a Search that looks for nothing.
var ErrSearch = errors.New("a search needs a size and a number to keep of at least 1")

// Combination is a set of columns and how well it tells records apart. Exact.
type Combination struct {
	// Columns are in the order of their names.
	Columns []string `json:"columns"`
	// K is the smallest class, Classes the number of classes, Uniques the records
	// that are alone, UniqueShare their share.
	K           int     `json:"k"`
	Classes     int     `json:"classes"`
	Uniques     int     `json:"uniques"`
	UniqueShare float64 `json:"unique_share"`
}

// Combinations are the sets of columns that tell most records apart.
type Combinations struct {
	MaxSize int `json:"max_size"`
	// Searched is the number of combinations looked at. A combination beyond one
	// that already makes every record unique is not looked at.
	Searched int `json:"searched"`
	// RankedOnRows is the number of rows that the ranking rests on, and
	// CountedOnRows the number that every listed combination is counted on.
	RankedOnRows  int `json:"ranked_on_rows"`
	CountedOnRows int `json:"counted_on_rows"`
	// Basis is exact when all rows were ranked on. With sample the figures of the
	// combinations are exact too, but one that is not listed may be worse.
	Basis Basis `json:"basis"`
	// Worst are the listed combinations, the largest share of unique records
	// first. One that holds a key and more is left out.
	Worst []Combination `json:"worst"`
	// MaxUniqueShareBySize has the largest share for one column, two, and so on.
	MaxUniqueShareBySize []float64 `json:"max_unique_share_by_size"`
	// Keys are the minimal sets of at most MaxSize columns that make every record
	// unique, smallest first (unique column combinations). Complete and exact.
	Keys [][]string `json:"keys"`
}

// ranked is a combination as indices into the columns, ascending by name.
type ranked struct {
	columns []int
	// uniques and classes are counted on the rows ranked on.
	uniques, classes int
}

func byRank(a, b ranked) int {
	return cmp.Or(
		cmp.Compare(b.uniques, a.uniques),
		cmp.Compare(b.classes, a.classes),
		cmp.Compare(len(a.columns), len(b.columns)),
		slices.Compare(a.columns, b.columns),
	)
}

// Combinations looks for the combinations of the given columns that identify
// most records, depth first on stripped partitions: a column is added to what
// the columns before it left apart. Needs 6 bytes a row ranked on for each
// worker and size, and 12 for each row and worker to count.
func (t *Table) Combinations(ctx context.Context, columns []string, s Search) (*Combinations, error) {
	if s.MaxSize < 1 || s.Keep < 1 {
		return nil, ErrSearch
	}
	byName, err := t.named(columns)
	if err != nil {
		return nil, err
	}
	if t.Entity != "" {
		return t.combinationsOfEntities(ctx, byName, s)
	}
	sample, err := t.sampled(ctx, byName, s.RankRows)
	if err != nil {
		return nil, err
	}
	best, keys, searched, err := sample.rank(ctx, s)
	if err != nil {
		return nil, err
	}
	out := &Combinations{
		MaxSize: s.MaxSize, Searched: searched, RankedOnRows: sample.rows, CountedOnRows: t.rows,
		Basis: Exact, MaxUniqueShareBySize: make([]float64, min(s.MaxSize, len(byName))), Keys: [][]string{}, Worst: []Combination{},
	}
	var list [][]int
	for _, r := range slices.Concat(best...) {
		list = append(list, r.columns)
	}
	y := &tally{table: t, columns: byName, known: map[string]Combination{}}
	if sample.rows < t.rows {
		out.Basis = Sample
		var larger [][]int
		if keys, larger, err = y.keys(ctx, keys, s.MaxSize); err != nil {
			return nil, err
		}
		for _, set := range larger {
			if !slices.ContainsFunc(list, func(s []int) bool { return slices.Equal(s, set) }) {
				list = append(list, set)
			}
		}
	}
	counted, err := y.count(ctx, list)
	if err != nil {
		return nil, err
	}
	kept := make([]int, len(out.MaxUniqueShareBySize))
	slices.SortFunc(counted, worse)
	for _, c := range counted {
		size := len(c.Columns) - 1
		out.MaxUniqueShareBySize[size] = max(out.MaxUniqueShareBySize[size], c.UniqueShare)
		if kept[size] < s.Keep && !slices.ContainsFunc(keys, func(k []int) bool { return len(k) <= size && within(names(byName, k), c.Columns) }) {
			kept[size]++
			out.Worst = append(out.Worst, c)
		}
	}
	for i := 1; i < len(out.MaxUniqueShareBySize); i++ {
		// A further column never makes a record less unique.
		out.MaxUniqueShareBySize[i] = max(out.MaxUniqueShareBySize[i], out.MaxUniqueShareBySize[i-1])
	}
	for _, k := range keys {
		out.Keys = append(out.Keys, names(byName, k))
	}
	return out, nil
}

// combinationsOfEntities looks at all combinations on every row. Uniques is the
// number of entities that are alone in a class, UniqueShare their share of all
// entities. Keys are not looked for.
func (t *Table) combinationsOfEntities(ctx context.Context, columns []Column, s Search) (*Combinations, error) {
	out := &Combinations{
		MaxSize: s.MaxSize, RankedOnRows: t.rows, CountedOnRows: t.rows, Basis: Exact,
		MaxUniqueShareBySize: make([]float64, min(s.MaxSize, len(columns))), Keys: [][]string{}, Worst: []Combination{},
	}
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = c.Name
	}
	var sets [][]string
	for size := 1; size <= min(s.MaxSize, len(columns)); size++ {
		sets = append(sets, subsets(all, size)...)
	}
	out.Searched = len(sets)
	workers, state := t.counters(len(sets), codesOf(columns))
	counted := make([]Combination, len(sets))
	err := parallel(ctx, workers, len(sets), state, func(ctx context.Context, c *counter, i int) error {
		views := make([]view, len(sets[i]))
		for k, name := range sets[i] {
			views[k].codes = t.columns[t.index[name]].Codes
		}
		e, err := c.entities(ctx, views)
		if err != nil {
			return err
		}
		counted[i] = Combination{Columns: sets[i], K: e.Histogram.K(), Classes: e.Histogram.Classes(), Uniques: e.Below(2), UniqueShare: share(e.Below(2), e.Count)}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(counted, worse)
	kept := make([]int, len(out.MaxUniqueShareBySize))
	for _, c := range counted {
		size := len(c.Columns) - 1
		out.MaxUniqueShareBySize[size] = max(out.MaxUniqueShareBySize[size], c.UniqueShare)
		if kept[size] < s.Keep {
			kept[size]++
			out.Worst = append(out.Worst, c)
		}
	}
	return out, nil
}

// worse puts combinations in order, the one that tells most records apart first.
func worse(a, b Combination) int {
	return cmp.Or(cmp.Compare(b.Uniques, a.Uniques), cmp.Compare(b.Classes, a.Classes),
		cmp.Compare(len(a.Columns), len(b.Columns)), slices.Compare(a.Columns, b.Columns))
}

// named are the columns asked for in the order of their names.
func (t *Table) named(columns []string) ([]Column, error) {
	if t.rows == 0 {
		return nil, ErrNoRows
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(columns)))
	out := make([]Column, len(sorted))
	for i, n := range sorted {
		at, ok := t.index[n]
		if !ok {
			return nil, fmt.Errorf("%w: %q", ErrNoColumn, n)
		}
		out[i] = t.columns[at]
	}
	return out, nil
}

func names(columns []Column, of []int) []string {
	out := make([]string, len(of))
	for i, c := range of {
		out[i] = columns[c].Name
	}
	return out
}

// deep walks the combinations that begin with one column, with a partition for
// each depth.
type deep struct {
	slots
	parts []partition
	path  []int
	// best are the combinations to keep, by size less one.
	best     [][]ranked
	keys     [][]int
	searched int
}

// rank looks at all combinations of the columns of the table. It gives the best
// by size and the minimal keys.
func (t *Table) rank(ctx context.Context, s Search) (best [][]ranked, keys [][]int, searched int, err error) {
	size := min(s.MaxSize, len(t.columns))
	workers, err := t.workers(len(t.columns), bytesOf(t.rows)*int64(max(size-1, 1)))
	if err != nil {
		return nil, nil, 0, err
	}
	// Columns with many values first: what they make unique is dropped for all
	// that follow.
	order := make([]int, len(t.columns))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return t.columns[b].Codes.Distinct() - t.columns[a].Codes.Distinct() })

	found := make([]*deep, len(order))
	state := func() *deep { return &deep{parts: make([]partition, max(size, 1))} }
	err = parallel(ctx, workers, len(order), state, func(ctx context.Context, d *deep, first int) error {
		d.best, d.keys, d.searched, d.path = make([][]ranked, size), nil, 0, d.path[:0]
		whole := &partition{whole: true, n: t.rows}
		if err := d.walk(ctx, t, whole, order, first, size, s.Keep); err != nil {
			return err
		}
		found[first] = &deep{best: d.best, keys: d.keys, searched: d.searched}
		return nil
	})
	if err != nil {
		return nil, nil, 0, err
	}
	best = make([][]ranked, size)
	for _, d := range found {
		keys = append(keys, d.keys...)
		searched += d.searched
		for i := range best {
			best[i] = append(best[i], d.best[i]...)
		}
	}
	keys = minimal(keys)
	for i, of := range best {
		slices.SortFunc(of, byRank)
		best[i] = of[:min(s.Keep, len(of))]
	}
	return best, keys, searched, nil
}

// walk adds the column at a place of the order to the path and goes on to those
// after it.
func (d *deep) walk(ctx context.Context, t *Table, in *partition, order []int, at, size, keep int) error {
	depth := len(d.path)
	d.path = append(d.path, order[at])
	defer func() { d.path = d.path[:depth] }()
	codes := t.columns[order[at]].Codes
	last := depth+1 == size || at+1 == len(order)
	var uniques, classes int
	var err error
	if last {
		uniques, classes, err = d.counted(ctx, in, codes)
	} else {
		out := &d.parts[depth]
		err = d.refine(ctx, in, out, codes)
		uniques, classes = out.uniques, out.uniques+len(out.ends)
	}
	if err != nil {
		return err
	}
	d.searched++
	columns := slices.Sorted(slices.Values(d.path))
	d.keep(ranked{columns, uniques, classes}, keep)
	if uniques == t.rows {
		d.keys = append(d.keys, columns)
		return nil
	}
	if last {
		return nil
	}
	for next := at + 1; next < len(order); next++ {
		if err := d.walk(ctx, t, &d.parts[depth], order, next, size, keep); err != nil {
			return err
		}
	}
	return nil
}

func (d *deep) keep(r ranked, keep int) {
	of := d.best[len(r.columns)-1]
	at, _ := slices.BinarySearchFunc(of, r, byRank)
	if at >= keep {
		return
	}
	of = slices.Insert(of, at, r)
	d.best[len(r.columns)-1] = of[:min(keep, len(of))]
}

// minimal leaves out the sets that hold another, and puts the rest in order.
func minimal(sets [][]int) [][]int {
	slices.SortFunc(sets, func(a, b []int) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
	})
	var out [][]int
	for _, s := range sets {
		if !slices.ContainsFunc(out, func(k []int) bool { return within(k, s) }) {
			out = append(out, s)
		}
	}
	return out
}

func within[T comparable](small, large []T) bool {
	for _, v := range small {
		if !slices.Contains(large, v) {
			return false
		}
	}
	return true
}

// keys finds the minimal keys of all rows, given those of some rows: a set that
// is no key on some rows is none on all, and one that is may have to be enlarged.
// It gives the enlarged sets too, which the ranking has not looked at.
func (y *tally) keys(ctx context.Context, candidates [][]int, size int) (keys, larger [][]int, err error) {
	for len(candidates) > 0 {
		counted, err := y.count(ctx, candidates)
		if err != nil {
			return nil, nil, err
		}
		var next [][]int
		for i, c := range counted {
			if c.Uniques == y.table.rows {
				keys = append(keys, candidates[i])
				continue
			}
			if len(candidates[i]) == size {
				continue
			}
			for add := range y.columns {
				if !slices.Contains(candidates[i], add) {
					next = append(next, slices.Sorted(slices.Values(append(slices.Clone(candidates[i]), add))))
				}
			}
		}
		keys = minimal(keys)
		slices.SortFunc(next, slices.Compare)
		next = slices.CompactFunc(next, slices.Equal)
		candidates = slices.DeleteFunc(next, func(s []int) bool {
			return slices.ContainsFunc(keys, func(k []int) bool { return within(k, s) })
		})
		larger = append(larger, candidates...)
	}
	return keys, larger, nil
}

// tally counts combinations on every row, each once.
type tally struct {
	table   *Table
	columns []Column
	known   map[string]Combination
}

// count counts combinations.
func (y *tally) count(ctx context.Context, sets [][]int) ([]Combination, error) {
	var missing [][]int
	for _, set := range sets {
		if _, ok := y.known[fmt.Sprint(set)]; !ok {
			y.known[fmt.Sprint(set)] = Combination{}
			missing = append(missing, set)
		}
	}
	histograms, err := y.table.trails(ctx, y.columns, missing)
	if err != nil {
		return nil, err
	}
	for i, h := range histograms {
		y.known[fmt.Sprint(missing[i])] = Combination{Columns: names(y.columns, missing[i]), K: h.K(), Classes: h.Classes(), Uniques: h.Uniques(), UniqueShare: h.UniqueShare()}
	}
	out := make([]Combination, len(sets))
	for i, set := range sets {
		out[i] = y.known[fmt.Sprint(set)]
	}
	return out, nil
}
