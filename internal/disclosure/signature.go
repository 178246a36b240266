package disclosure

import (
	"context"
	"slices"
)

// mix spreads the bits of a number over all 64 (the finaliser of SplitMix64,
// Steele et al. 2014). It chooses rows and says nothing to anybody; it is no
// protection of what goes in.
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// mixName is a number for the name of a column.
func mixName(name string) uint64 {
	h := uint64(len(name))
	for i := range len(name) {
		h = mix(h ^ uint64(name[i]))
	}
	return h
}

// signatures gives each row a number that depends on how often its values occur
// and with what other values, but not on the order of rows and columns nor on
// the numbering of the values: the first two rounds of colour refinement
// (Weisfeiler and Leman 1968). Rows that get the same number are the same, or
// play the same part in the table.
func signatures(columns []Column, n int) []uint64 {
	of := make([][]uint64, len(columns))
	for c, column := range columns {
		name := mixName(column.Name)
		f := column.Codes.frequencies()
		of[c] = make([]uint64, len(f))
		for v, rows := range f {
			of[c][v] = mix(name ^ mix(uint64(rows)))
		}
	}
	rows := make([]uint64, n)
	add := func() {
		clear(rows)
		for c, column := range columns {
			column.Codes.each(func(i int, v uint32) { rows[i] += of[c][v] })
		}
	}
	add()
	for c, column := range columns {
		name := mixName(column.Name)
		clear(of[c])
		column.Codes.each(func(i int, v uint32) { of[c][v] += mix(rows[i]) })
		for v, s := range of[c] {
			of[c][v] = mix(name ^ s)
		}
	}
	add()
	return rows
}

// sampled is a table of the given number of rows of the columns, or of all when
// there are no more. The rows are those with the smallest signatures, the first,
// second and further of equal rows having different ones. So the order of the
// rows decides nothing, and equal rows are not drawn together.
func (t *Table) sampled(ctx context.Context, columns []Column, rows int) (*Table, error) {
	if rows <= 0 || rows >= t.rows {
		s := &Table{Workers: t.Workers, Memory: t.Memory, rows: t.rows, columns: columns}
		return s, nil
	}
	if _, err := t.workers(1, 8*int64(t.rows)+2*bytesOf(t.rows)); err != nil {
		return nil, err
	}
	codes := make([]*Codes, len(columns))
	for i, c := range columns {
		codes[i] = c.Codes
	}
	var p partitioner
	part, err := p.partition(ctx, t.rows, codes)
	if err != nil {
		return nil, err
	}
	key := signatures(columns, t.rows)
	part.classes(func(rows []uint32) {
		for i, r := range rows {
			key[r] += uint64(i) * 0x9E3779B97F4A7C15
		}
	})
	for i, k := range key {
		key[i] = mix(k)
	}
	limit, ties := smallest(key, rows)
	chosen := make([]uint32, 0, rows)
	for i, k := range key {
		switch {
		case k < limit:
			chosen = append(chosen, uint32(i))
		case k == limit && ties > 0:
			ties--
			chosen = append(chosen, uint32(i))
		}
	}
	s := &Table{Workers: t.Workers, Memory: t.Memory, rows: rows}
	for _, c := range columns {
		s.columns = append(s.columns, Column{c.Name, c.Codes.pick(chosen)})
	}
	return s, nil
}

// smallest finds the n-th smallest key, and how many equal to it are among the n
// smallest.
func smallest(keys []uint64, n int) (limit uint64, ties int) {
	// The leading 16 bits tell which few have to be sorted.
	var buckets [1 << 16]int
	for _, k := range keys {
		buckets[k>>48]++
	}
	before, b := 0, 0
	for before+buckets[b] < n {
		before += buckets[b]
		b++
	}
	var few []uint64
	for _, k := range keys {
		if k>>48 == uint64(b) {
			few = append(few, k)
		}
	}
	slices.Sort(few)
	limit = few[n-before-1]
	first, _ := slices.BinarySearch(few, limit)
	return limit, n - before - first
}
