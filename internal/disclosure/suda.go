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
	u, err := sample.minimalUniques(ctx, min(maxSize, len(byName)), nil)
	if err != nil {
		return nil, err
	}
	out := &Contributions{MaxSize: maxSize, Rows: sample.rows, Basis: Exact, Minimal: u.minimal}
	if sample.rows < t.rows {
		out.Basis = Sample
	}
	total := 0.0
	for size, n := range u.minimal {
		total += float64(n) * u.weight[size]
	}
	any := newBitmap(sample.rows)
	for c, column := range byName {
		part := Contribution{Column: column.Name, Records: u.touched[c].count()}
		sum := 0.0
		for size, n := range u.of[c] {
			sum += float64(n) * u.weight[size]
		}
		if total > 0 {
			part.Share = sum / total
		}
		any.or(u.touched[c])
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

func newBitmap(rows int) bitmap      { return make(bitmap, (rows+63)/64) }
func (b bitmap) set(row uint32)      { b[row>>6] |= 1 << (row & 63) }
func (b bitmap) has(row uint32) bool { return b[row>>6]>>(row&63)&1 == 1 }

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

// uniques are the minimal sample uniques of a table.
type uniques struct {
	// weight is the score of a set by its size less one, minimal the number of
	// minimal sample uniques, of the same by column.
	weight  []float64
	minimal []int
	of      [][]int
	// touched has the rows with a minimal sample unique with the column.
	touched []bitmap
	mu      sync.Mutex
}

// minimalUniques finds them up to a size. each, when given, is told the size of
// the set for every one found, with the row.
func (t *Table) minimalUniques(ctx context.Context, maxSize int, each func(row uint32, size int)) (*uniques, error) {
	a := len(t.columns)
	u := &uniques{weight: make([]float64, maxSize), minimal: make([]int, maxSize), of: make([][]int, a), touched: make([]bitmap, a)}
	for k := range u.weight {
		u.weight[k] = 1
		for i := k + 1; i <= min(maxSize, a-1); i++ {
			u.weight[k] *= float64(a - i)
		}
	}
	for c := range u.of {
		u.of[c], u.touched[c] = make([]int, maxSize), newBitmap(t.rows)
	}
	bitmaps := int64(binomial(a, min(maxSize-1, a/2))+a) * int64(t.rows) / 8
	workers, err := t.workers(a, bytesOf(t.rows)*int64(max(maxSize-1, 1))+bitmaps)
	if err != nil {
		return nil, err
	}
	// alone are the rows that are unique on each set of the size before.
	alone := map[string]bitmap{"": newBitmap(t.rows)}
	for size := 1; size <= maxSize; size++ {
		next := map[string]bitmap{}
		state := func() *level { return &level{parts: make([]partition, size)} }
		err := parallel(ctx, workers, a, state, func(ctx context.Context, l *level, first int) error {
			l.size, l.set = size, l.set[:0]
			return l.walk(ctx, t, &partition{whole: true, n: t.rows}, first, alone, func(set string, unique, minimal bitmap) {
				u.mu.Lock()
				defer u.mu.Unlock()
				if size < maxSize {
					next[set] = unique
				}
				n := minimal.count()
				u.minimal[size-1] += n
				for _, c := range []byte(set) {
					u.of[c][size-1] += n
					u.touched[c].or(minimal)
				}
				if each != nil {
					for r := range uint32(t.rows) {
						if minimal.has(r) {
							each(r, size)
						}
					}
				}
			})
		})
		if err != nil {
			return nil, err
		}
		alone = next
	}
	return u, nil
}

// level walks the sets of one size. A set is a string of column numbers.
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
	unique := newBitmap(t.rows)
	out.alone(func(row int) { unique.set(uint32(row)) })
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
