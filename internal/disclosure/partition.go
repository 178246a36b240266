package disclosure

import (
	"context"
	"maps"
	"math"
	"slices"
)

// partition groups rows by equal codes. It is stripped: rows that are alone are
// dropped, because they stay alone whatever column is added (stripped
// partitions, Huhtala et al. 1999, TANE). Refining by a column looks at one
// class at a time, with a table of the column's codes, so nothing is hashed and
// nothing can collide.
type partition struct {
	// whole is the partition by no column: one class, rows not written out.
	whole bool
	n     int
	// rows are the rows of the classes of at least two, class after class, each
	// ascending; ends[i] is where class i ends.
	rows, ends []uint32
	// uniques counts the rows that are alone.
	uniques int
}

// bytesOf is the memory of one partition of n rows: rows, and ends of classes
// of two at the worst.
func bytesOf(n int) int64 { return 6 * int64(n) }

// slots is a table by code, all zero between uses.
type slots struct {
	count, touched []uint32
	// least is the size of the classes that are kept; 0 stands for 2. With more,
	// the rows of smaller classes are dropped and counted as if they were alone:
	// they stay in small classes whatever column is added.
	least uint32
}

func (s *slots) size(n int) {
	if len(s.count) < n {
		s.count = make([]uint32, n)
	}
}

// alone marks a code that one row of the class has.
const alone = math.MaxUint32

// every is after how many classes cancellation is looked for.
const every = 1 << 16

// refine writes the classes of in, split by a column, to out. The two must be
// different.
func (s *slots) refine(ctx context.Context, in, out *partition, c *Codes) error {
	s.size(c.Distinct())
	out.whole, out.n, out.uniques = false, in.n, in.uniques
	if cap(out.rows) < len(in.rows) || in.whole && cap(out.rows) < in.n {
		out.rows = make([]uint32, in.n)
	}
	out.rows, out.ends = out.rows[:cap(out.rows)], out.ends[:0]
	var end uint32
	switch {
	case c.four != nil:
		end = refine(ctx, s, in, out, c.four, c.frequency)
	case c.two != nil:
		end = refine(ctx, s, in, out, c.two, c.frequency)
	default:
		end = refine(ctx, s, in, out, c.one, c.frequency)
	}
	out.rows = out.rows[:end]
	return ctx.Err()
}

func refine[T code](ctx context.Context, s *slots, in, out *partition, codes []T, frequency []uint32) uint32 {
	count, pos := s.count[:len(frequency)], uint32(0)
	if in.whole {
		// One class of all rows in order: no row numbers are needed to read it.
		copy(count, frequency)
		s.touched = s.touched[:0]
		for v, n := range count {
			if n > 0 {
				s.touched = append(s.touched, uint32(v))
			}
		}
		pos = s.place(out, pos)
		for i, v := range codes {
			if p := count[v]; p != alone {
				out.rows[p] = uint32(i)
				count[v] = p + 1
			}
		}
		s.clear()
		return pos
	}
	from := uint32(0)
	for class, to := range in.ends {
		if class%every == 0 && ctx.Err() != nil {
			return pos
		}
		rows := in.rows[from:to]
		from = to
		if len(rows) == 2 {
			// The commonest class in files of people, if classes of two are kept.
			if codes[rows[0]] == codes[rows[1]] {
				out.rows[pos], out.rows[pos+1] = rows[0], rows[1]
				pos += 2
				out.ends = append(out.ends, pos)
			} else {
				out.uniques += 2
			}
			continue
		}
		s.touched = s.touched[:0]
		for _, r := range rows {
			v := codes[r]
			if count[v] == 0 {
				s.touched = append(s.touched, uint32(v))
			}
			count[v]++
		}
		pos = s.place(out, pos)
		for _, r := range rows {
			if v := codes[r]; count[v] != alone {
				out.rows[count[v]] = r
				count[v]++
			}
		}
		s.clear()
	}
	return pos
}

// place turns the counts of the touched codes into the positions where their
// rows go, from pos on.
func (s *slots) place(out *partition, pos uint32) uint32 {
	least := max(s.least, 2)
	for _, v := range s.touched {
		n := s.count[v]
		if n < least {
			s.count[v] = alone
			out.uniques += int(n)
			continue
		}
		s.count[v] = pos
		pos += n
		out.ends = append(out.ends, pos)
	}
	return pos
}

func (s *slots) clear() {
	for _, v := range s.touched {
		s.count[v] = 0
	}
}

// counted is refine without the result: the rows that become alone, and the
// classes of all sizes that the dropped and the remaining rows make.
func (s *slots) counted(ctx context.Context, in *partition, c *Codes) (uniques, classes int, err error) {
	if in.whole {
		for _, n := range c.frequency {
			if n > 0 {
				classes++
			}
			if n == 1 {
				uniques++
			}
		}
		return uniques, classes, ctx.Err()
	}
	s.size(c.Distinct())
	var u, k int
	switch {
	case c.four != nil:
		u, k = counted(ctx, s.count[:c.Distinct()], in, c.four)
	case c.two != nil:
		u, k = counted(ctx, s.count[:c.Distinct()], in, c.two)
	default:
		u, k = counted(ctx, s.count[:c.Distinct()], in, c.one)
	}
	return in.uniques + u, in.uniques + k, ctx.Err()
}

func counted[T code](ctx context.Context, count []uint32, in *partition, codes []T) (uniques, classes int) {
	from := uint32(0)
	for class, to := range in.ends {
		if class%every == 0 && ctx.Err() != nil {
			return uniques, classes
		}
		rows := in.rows[from:to]
		from = to
		if len(rows) == 2 {
			classes++
			if codes[rows[0]] != codes[rows[1]] {
				classes++
				uniques += 2
			}
			continue
		}
		for _, r := range rows {
			v := codes[r]
			switch count[v] {
			case 0:
				uniques++
				classes++
			case 1:
				uniques--
			}
			count[v]++
		}
		for _, r := range rows {
			count[codes[r]] = 0
		}
	}
	return uniques, classes
}

// partitioner refines from column to column with two partitions by turns.
type partitioner struct {
	slots
	a, b partition
}

// partition groups the n rows by the columns. The result is valid until the
// next call.
func (p *partitioner) partition(ctx context.Context, n int, columns []*Codes) (*partition, error) {
	return p.upTo(ctx, n, columns, n)
}

// upTo is partition, but stops when more rows than most have been dropped: what
// it gives then is by some of the columns only.
func (p *partitioner) upTo(ctx context.Context, n int, columns []*Codes, most int) (*partition, error) {
	// Many distinct values first: more rows are dropped early. The classes are
	// the same in any order.
	columns = widestFirst(columns)
	if len(columns) == 0 {
		columns = []*Codes{{one: make([]uint8, n), frequency: []uint32{uint32(n)}}}
	}
	in, out := &p.a, &p.b
	*in = partition{whole: true, n: n, rows: in.rows[:0], ends: in.ends[:0]}
	for _, c := range columns {
		if err := p.refine(ctx, in, out, c); err != nil {
			return nil, err
		}
		in, out = out, in
		if in.uniques > most {
			break
		}
	}
	return in, nil
}

// widestFirst are columns by the number of their values.
func widestFirst(columns []*Codes) []*Codes {
	columns = slices.Clone(columns)
	slices.SortStableFunc(columns, func(a, b *Codes) int { return b.Distinct() - a.Distinct() })
	return columns
}

// classes calls f with the rows of each class of at least two.
func (p *partition) classes(f func(rows []uint32)) {
	from := uint32(0)
	for _, to := range p.ends {
		f(p.rows[from:to])
		from = to
	}
}

// singles are the rows that are alone.
func (p *partition) singles() bitmap {
	b := newBitmap(p.n)
	for _, r := range p.rows {
		b[r>>6] |= 1 << (r & 63)
	}
	for i := range b {
		b[i] = ^b[i]
	}
	if last := p.n % 64; last > 0 {
		b[len(b)-1] &= 1<<last - 1
	}
	return b
}

// alone calls f with each row that is alone.
func (p *partition) alone(f func(row int)) { p.singles().each(f) }

// sizes is the number of classes by size. Most classes are small, and a map would
// take longer than the classes.
type sizes struct {
	small [256]int
	large map[int]int
}

func (s *sizes) add(size uint32) {
	if size < uint32(len(s.small)) {
		s.small[size]++
		return
	}
	if s.large == nil {
		s.large = map[int]int{}
	}
	s.large[int(size)]++
}

func (s *sizes) histogram() Histogram {
	all := maps.Clone(s.large)
	if all == nil {
		all = map[int]int{}
	}
	for size, n := range s.small {
		if n > 0 && size > 0 {
			all[size] = n
		}
	}
	return newHistogram(all)
}

// below is the number of rows in classes of fewer than k.
func (s *sizes) below(k uint32) int {
	n := 0
	for size, classes := range s.small[:min(int(k), len(s.small))] {
		n += size * classes
	}
	for size, classes := range s.large {
		if uint32(size) < k {
			n += size * classes
		}
	}
	return n
}

// sizes counts the classes of at least two by size.
func (p *partition) sizes() *sizes {
	s := new(sizes)
	if p.whole {
		s.add(uint32(p.n))
	}
	from := uint32(0)
	for _, to := range p.ends {
		s.add(to - from)
		from = to
	}
	return s
}

// histogram counts all classes by size; classes of two and more have been kept.
func (p *partition) histogram() Histogram {
	s := p.sizes()
	s.small[1] += p.uniques
	return s.histogram()
}

// split counts the classes of in, split by a column, by size, without writing
// them down. The rows that in has dropped are left out.
func (s *slots) split(ctx context.Context, in *partition, c *Codes) (*sizes, error) {
	out := new(sizes)
	if in.whole {
		for _, n := range c.frequency {
			out.add(n)
		}
		return out, ctx.Err()
	}
	s.size(c.Distinct())
	switch {
	case c.four != nil:
		split(ctx, s, in, c.four, out)
	case c.two != nil:
		split(ctx, s, in, c.two, out)
	default:
		split(ctx, s, in, c.one, out)
	}
	return out, ctx.Err()
}

func split[T code](ctx context.Context, s *slots, in *partition, codes []T, out *sizes) {
	count, from := s.count, uint32(0)
	for class, to := range in.ends {
		if class%every == 0 && ctx.Err() != nil {
			return
		}
		rows := in.rows[from:to]
		from = to
		if len(rows) == 2 {
			if codes[rows[0]] == codes[rows[1]] {
				out.small[2]++
			} else {
				out.small[1] += 2
			}
			continue
		}
		s.touched = s.touched[:0]
		for _, r := range rows {
			v := codes[r]
			if count[v] == 0 {
				s.touched = append(s.touched, uint32(v))
			}
			count[v]++
		}
		for _, v := range s.touched {
			out.add(count[v])
			count[v] = 0
		}
	}
}
