package disclosure

import (
	"context"
	"maps"
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

// signer gives each row a number that depends on how often its values occur and
// with what other values, but not on the order of rows and columns nor on the
// numbering of the values: the first two rounds of colour refinement (Weisfeiler
// and Leman 1968). Rows that get the same number are the same, or play the same
// part in the table.
type signer struct {
	columns []*Codes
	rows    int
	// of has a number for each code of each column.
	of  [][]uint64
	sum [scanned]uint64
}

func newSigner(ctx context.Context, columns []Column, rows int) (*signer, error) {
	s := &signer{columns: codesOf(columns), rows: rows, of: make([][]uint64, len(columns))}
	next := make([][]uint64, len(columns))
	for c, column := range columns {
		name := mixName(column.Name)
		s.of[c] = make([]uint64, column.Codes.Distinct())
		next[c] = make([]uint64, column.Codes.Distinct())
		for v, n := range column.Codes.frequency {
			s.of[c][v] = mix(name ^ mix(uint64(n)))
		}
	}
	err := scan(ctx, s.columns, rows, func(_ int, block [][]uint32) error {
		signs := s.sign(block)
		for r := range signs {
			signs[r] = mix(signs[r])
		}
		for c, codes := range block {
			for r, v := range codes {
				next[c][v] += signs[r]
			}
		}
		return nil
	})
	for c, column := range columns {
		name := mixName(column.Name)
		for v, sum := range next[c] {
			s.of[c][v] = mix(name ^ sum)
		}
	}
	return s, err
}

// sign gives the numbers of a block of rows, valid until the next call.
func (s *signer) sign(block [][]uint32) []uint64 {
	signs := s.sum[:len(block[0])]
	clear(signs)
	for c, codes := range block {
		for r, v := range codes {
			signs[r] += s.of[c][v]
		}
	}
	return signs
}

// each gives the numbers of all rows to f, some rows at a time.
func (s *signer) each(ctx context.Context, f func(from int, signs []uint64, block [][]uint32)) error {
	return scan(ctx, s.columns, s.rows, func(from int, block [][]uint32) error {
		f(from, s.sign(block), block)
		return nil
	})
}

func codesOf(columns []Column) []*Codes {
	codes := make([]*Codes, len(columns))
	for i, c := range columns {
		codes[i] = c.Codes
	}
	return codes
}

// sampled is a table of the given number of rows of the columns, or of all when
// there are no more. The rows are those with the smallest signatures, the first,
// second and further of equal rows having different ones. So the order of the
// rows decides nothing, and equal rows are not drawn together. They are drawn
// together only where the rows do not fit into memory.
func (t *Table) sampled(ctx context.Context, columns []Column, rows int) (*Table, error) {
	s := &Table{Workers: t.Workers, Memory: t.Memory, rows: t.rows, columns: columns}
	codes := codesOf(columns)
	if rows <= 0 || rows >= t.rows {
		if onDisk(codes) {
			return nil, t.tooLarge(codes)
		}
		return s, nil
	}
	signer, err := newSigner(ctx, columns, t.rows)
	if err != nil {
		return nil, err
	}
	// which tells equal rows apart.
	var which []uint32
	if _, err := t.workers(1, 4*int64(t.rows)+2*bytesOf(t.rows)); err == nil && !onDisk(codes) {
		var p partitioner
		part, err := p.partition(ctx, t.rows, codes)
		if err != nil {
			return nil, err
		}
		which = make([]uint32, t.rows)
		part.classes(func(rows []uint32) {
			for i, r := range rows {
				which[r] = uint32(i)
			}
		})
	}
	keys := func(f func(keys []uint64, block [][]uint32)) error {
		return signer.each(ctx, func(from int, keys []uint64, block [][]uint32) {
			for r := range keys {
				if which != nil {
					keys[r] += uint64(which[from+r]) * 0x9E3779B97F4A7C15
				}
				keys[r] = mix(keys[r])
			}
			f(keys, block)
		})
	}
	limit, ties, err := smallest(keys, rows)
	if err != nil {
		return nil, err
	}
	s.rows, s.columns = rows, make([]Column, len(columns))
	for c := range columns {
		s.columns[c] = Column{columns[c].Name, new(Codes)}
	}
	err = keys(func(keys []uint64, block [][]uint32) {
		for r, k := range keys {
			if k > limit || k == limit && ties == 0 {
				continue
			}
			if k == limit {
				ties--
			}
			for c, codes := range block {
				s.columns[c].Codes.Append(codes[r])
			}
		}
	})
	return s, err
}

// tooLarge is the error of wanting in memory what is on disk.
func (t *Table) tooLarge(codes []*Codes) error {
	need := 2 * bytesOf(t.rows)
	for _, c := range codes {
		need += int64(c.Len() * c.width())
	}
	return &MemoryError{Need: need, Limit: t.Memory}
}

// smallest finds the n-th smallest key, and how many equal to it are among the n
// smallest.
func smallest(keys func(func(keys []uint64, block [][]uint32)) error, n int) (limit uint64, ties int, err error) {
	// The leading 16 bits tell which few have to be sorted.
	var buckets [1 << 16]int
	err = keys(func(keys []uint64, _ [][]uint32) {
		for _, k := range keys {
			buckets[k>>48]++
		}
	})
	if err != nil {
		return 0, 0, err
	}
	before, b := 0, uint64(0)
	for before+buckets[b] < n {
		before += buckets[b]
		b++
	}
	few := map[uint64]int{}
	err = keys(func(keys []uint64, _ [][]uint32) {
		for _, k := range keys {
			if k>>48 == b {
				few[k]++
			}
		}
	})
	if err != nil {
		return 0, 0, err
	}
	for _, k := range slices.Sorted(maps.Keys(few)) {
		limit, ties = k, n-before
		if before += few[k]; before >= n {
			break
		}
	}
	return limit, ties, nil
}
