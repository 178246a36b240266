package disclosure

import (
	"context"
	"math/bits"
	"slices"
	"sync"
)

// Contributions say which columns single records out: the special uniques
// detection of Elliot, Manning and Ford (2002, SUDA). A record has a minimal
// sample unique when it is alone on a set of columns and on no smaller part of
// the set. Such a set of k of the A columns scores the product of A-i for i from
// k to M, where M is the largest size looked at and at most A-1: a record that is
// alone on one column scores more than one alone on three.
type Contributions struct {
	MaxSize int `json:"max_size"`
	// Rows is the number of rows counted on; Basis is exact when it is all rows,
	// otherwise sample.
	Rows  int   `json:"rows"`
	Basis Basis `json:"basis"`
	// Records is the number of rows with a minimal sample unique; Minimal is how
	// many minimal sample uniques there are of one column, two, and so on.
	Records int   `json:"records"`
	Minimal []int `json:"minimal"`
	// Columns are the columns, the largest contribution first.
	Columns []Contribution `json:"columns"`
}

// Contribution is the part of one column.
type Contribution struct {
	Column string `json:"column"`
	// Share is the share of the score of all records that comes from sets with
	// this column, 0 to 1. The shares add up to more than 1, since a set counts
	// for each of its columns.
	Share float64 `json:"share"`
	// Records is the number of rows with a minimal sample unique that has the
	// column in it.
	Records int `json:"records"`
}

// Contributions computes them level by level on at most the given number of rows
// (0 is all), the same rows as Combinations would rank on. Needs 6 bytes a row
// for each worker and size, and one bit a row for each set of a size.
func (t *Table) Contributions(ctx context.Context, columns []string, maxSize, rows int) (*Contributions, error) {
	if maxSize < 1 {
		return nil, ErrSearch
	}
	byName, err := t.named(columns)
	if err != nil {
		return nil, err
	}
	sample, err := t.sampled(ctx, byName, rows)
	if err != nil {
		return nil, err
	}
	size := min(maxSize, len(byName))
	weight := sudaWeights(len(byName), size)
	out := &Contributions{MaxSize: maxSize, Rows: sample.rows, Basis: Exact, Minimal: make([]int, size)}
	if sample.rows < t.rows {
		out.Basis = Sample
	}
	of, touched := make([][]int, len(byName)), make([]bitmap, len(byName))
	for c := range byName {
		of[c], touched[c] = make([]int, size), newBitmap(sample.rows)
	}
	err = sample.minimalUniques(ctx, size, func(set string, minimal bitmap) {
		n := minimal.count()
		out.Minimal[len(set)-1] += n
		for _, c := range []byte(set) {
			of[c][len(set)-1] += n
			touched[c].or(minimal)
		}
	})
	if err != nil {
		return nil, err
	}
	score := func(minimal []int) float64 {
		sum := 0.0
		for size, n := range minimal {
			sum += float64(n) * weight[size]
		}
		return sum
	}
	total, any := score(out.Minimal), newBitmap(sample.rows)
	for c, column := range byName {
		part := Contribution{Column: column.Name, Records: touched[c].count()}
		if total > 0 {
			part.Share = score(of[c]) / total
		}
		any.or(touched[c])
		out.Columns = append(out.Columns, part)
	}
	out.Records = any.count()
	slices.SortStableFunc(out.Columns, func(a, b Contribution) int {
		switch {
		case a.Share > b.Share:
			return -1
		case a.Share < b.Share:
			return 1
		}
		return b.Records - a.Records
	})
	return out, nil
}

// bitmap has a bit for each row.
type bitmap []uint64

func newBitmap(rows int) bitmap { return make(bitmap, (rows+63)/64) }

// each calls f with the rows that are in it.
func (b bitmap) each(f func(row int)) {
	for i, v := range b {
		for ; v != 0; v &= v - 1 {
			f(64*i + bits.TrailingZeros64(v))
		}
	}
}

func (b bitmap) or(with bitmap) {
	for i, v := range with {
		b[i] |= v
	}
}

func (b bitmap) count() int {
	n := 0
	for _, v := range b {
		n += bits.OnesCount64(v)
	}
	return n
}

// sudaWeights are the scores of minimal sample uniques by size less one.
func sudaWeights(columns, maxSize int) []float64 {
	weight := make([]float64, maxSize)
	for k := range weight {
		weight[k] = 1
		for i := k + 1; i <= min(maxSize, columns-1); i++ {
			weight[k] *= float64(columns - i)
		}
	}
	return weight
}

// minimalUniques tells found, for each set of columns up to a size, on which rows
// it is a minimal sample unique. A set is a string of column numbers.
func (t *Table) minimalUniques(ctx context.Context, maxSize int, found func(set string, minimal bitmap)) error {
	a := len(t.columns)
	bitmaps := int64(binomial(a, min(maxSize-1, a/2))+a) * int64(t.rows) / 8
	workers, err := t.workers(a, bytesOf(t.rows)*int64(max(maxSize-1, 1))+bitmaps)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	// alone are the rows that are unique on each set of the size before.
	alone := map[string]bitmap{"": newBitmap(t.rows)}
	for size := 1; size <= maxSize; size++ {
		next := map[string]bitmap{}
		state := func() *level { return &level{parts: make([]partition, size)} }
		err := parallel(ctx, workers, a, state, func(ctx context.Context, l *level, first int) error {
			l.size, l.set = size, l.set[:0]
			return l.walk(ctx, t, &partition{whole: true, n: t.rows}, first, alone, func(set string, unique, minimal bitmap) {
				mu.Lock()
				defer mu.Unlock()
				if size < maxSize {
					next[set] = unique
				}
				found(set, minimal)
			})
		})
		if err != nil {
			return err
		}
		alone = next
	}
	return nil
}

// level walks the sets of one size.
type level struct {
	slots
	parts []partition
	set   []byte
	size  int
}

func (l *level) walk(ctx context.Context, t *Table, in *partition, column int, alone map[string]bitmap, found func(set string, unique, minimal bitmap)) error {
	depth := len(l.set)
	l.set = append(l.set, byte(column))
	defer func() { l.set = l.set[:depth] }()
	out := &l.parts[depth]
	if err := l.refine(ctx, in, out, t.columns[column].Codes); err != nil {
		return err
	}
	if depth+1 < l.size {
		for next := column + 1; next < len(t.columns); next++ {
			if err := l.walk(ctx, t, out, next, alone, found); err != nil {
				return err
			}
		}
		return nil
	}
	unique := out.singles()
	minimal := slices.Clone(unique)
	for leave := range l.set {
		part := string(l.set[:leave]) + string(l.set[leave+1:])
		for i, v := range alone[part] {
			minimal[i] &^= v
		}
	}
	found(string(l.set), unique, minimal)
	return nil
}

func binomial(n, k int) int {
	out := 1
	for i := range k {
		out = out * (n - i) / (i + 1)
	}
	return out
}
