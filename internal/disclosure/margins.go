package disclosure

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// ErrCellTwice is the error of a table of counts with two rows for one cell.
var ErrCellTwice = errors.New("the dimensions do not tell the cells apart")

// Margins say what the totals in a table of counts give away of its suppressed
// cells.
type Margins struct {
	// Totals are the dimensions with a value that stands for all others.
	Totals []Total `json:"totals"`
	// Lines is the number of lines of cells with their total, all values of one
	// dimension with the others held fixed.
	Lines int `json:"lines"`
	// Short is the number of lines without a suppressed cell whose total is more
	// than their sum: cells have been left out of the file, and what they hold
	// together is known. Single is how many of them lack one cell only, so that
	// what it holds is known.
	Short  int `json:"short"`
	Single int `json:"single"`
	// Suppressed is the number of cells without a count; Recoverable how many of
	// them follow from the totals by subtraction or by solving several lines
	// together. Empty is how many of the recoverable ones are known to be 0.
	Suppressed  int `json:"suppressed"`
	Recoverable int `json:"recoverable"`
	Empty       int `json:"empty"`
	// Complete is false when suppressed cells hung together in groups too large
	// to be solved together: then more may be recoverable.
	Complete bool `json:"complete"`
}

// Total is a dimension with a total.
type Total struct {
	Column string `json:"column"`
	// Confirmed is the number of lines without a suppressed cell in which the
	// total is the sum of at least two others. Declared totals may have none.
	Confirmed int  `json:"confirmed"`
	Declared  bool `json:"declared"`
}

// together is the most suppressed cells that are solved as one system. Solving
// takes the third power of it: 512 take a fraction of a second.
const together = 512

// Margins looks for totals in a table of counts, in which each row is a cell,
// and for the suppressed cells that they give away. counts has the count of each
// row, NaN for a suppressed one. declared has the code of the total of a
// dimension where it is known; in the other dimensions a value is taken for the
// total when it is the sum of the others in every line that can be checked, and
// at least in one. A declared one is left aside when its lines show more often
// that it is less than the others than that it is their sum: it is no sum then. A
// combination without a row is taken as 0.
func (t *Table) Margins(ctx context.Context, dimensions []string, counts []float64, declared map[string]uint32) (*Margins, error) {
	byName, err := t.named(dimensions)
	if err != nil {
		return nil, err
	}
	if len(counts) != t.rows {
		return nil, ErrValues
	}
	m := &Margins{Totals: []Total{}}
	s := &system{counts: slices.Clone(counts), of: map[uint32][]int{}}
	for i, v := range counts {
		if v < 0 || math.IsInf(v, 0) {
			return nil, ErrValues
		}
		if math.IsNaN(v) {
			s.of[uint32(i)] = nil
		}
	}
	m.Suppressed = len(s.of)
	all, err := t.Classes(ctx, dimensions...)
	if err != nil {
		return nil, err
	}
	if all.closed != nil {
		return nil, all.closed
	}
	if all.Histogram.Uniques() != t.rows {
		return nil, ErrCellTwice
	}
	for i, d := range byName {
		var others []string
		for j, o := range byName {
			if j != i {
				others = append(others, o.Name)
			}
		}
		lines, err := t.Classes(ctx, others...)
		if err != nil {
			return nil, err
		}
		total, is := declared[d.Name]
		if is && int(total) >= d.Codes.Distinct() {
			return nil, fmt.Errorf("%w: %q", ErrRecoding, d.Name)
		}
		if lines.closed != nil {
			return nil, lines.closed
		}
		found, confirmed := totalOf(d.Codes, lines.part, counts, total, is)
		if found < 0 {
			continue
		}
		used := 0
		for _, n := range d.Codes.frequency {
			if n > 0 {
				used++
			}
		}
		m.Totals = append(m.Totals, Total{Column: d.Name, Confirmed: confirmed, Declared: is})
		lines.part.classes(func(rows []uint32) {
			at := slices.IndexFunc(rows, func(r uint32) bool { return int(d.Codes.at(int(r))) == found })
			if at >= 0 {
				m.Lines++
				s.line(rows, at, used-len(rows))
			}
		})
	}
	for _, l := range s.lines {
		if l.unknown == 0 && !l.whole && l.rest > l.tolerance() {
			m.Short++
			if l.absent == 1 {
				m.Single++
			}
		}
	}
	s.subtract()
	m.Complete = true
	if err := s.solve(ctx, &m.Complete); err != nil {
		return nil, err
	}
	m.Recoverable, m.Empty = s.recovered, s.empty
	return m, nil
}

// totalOf finds the code of a dimension that is the sum of the others in every
// line where that can be checked, or counts the lines for a declared one.
func totalOf(codes *Codes, lines *partition, counts []float64, declared uint32, is bool) (found, confirmed int) {
	holds, fails := make([]int, codes.Distinct()), make([]int, codes.Distinct())
	less := 0
	lines.classes(func(rows []uint32) {
		sum := 0.0
		for _, r := range rows {
			sum += counts[r]
		}
		// NaN fails too: a suppressed cell, and nothing can be checked.
		if len(rows) < 3 || !(sum > 0) {
			return
		}
		for _, r := range rows {
			v := codes.at(int(r))
			switch {
			case same(2*counts[r], sum):
				holds[v]++
			default:
				fails[v]++
				if is && v == declared && 2*counts[r] < sum {
					less++
				}
			}
		}
	})
	found = -1
	switch {
	case is && less > holds[declared]:
		return found, 0
	case is:
		return int(declared), holds[declared]
	}
	for v, n := range holds {
		if fails[v] == 0 && n > confirmed {
			found, confirmed = v, n
		}
	}
	return found, confirmed
}

// same tells whether two sums of counts are equal but for rounding.
func same(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

// system is the lines of a table with the suppressed cells as unknowns.
type system struct {
	counts []float64
	lines  []line
	// of has the lines of each suppressed cell that is not yet known.
	of               map[uint32][]int
	recovered, empty int
}

// line is an equation: the total less the other cells is 0.
type line struct {
	cells []uint32
	// total is the place of the total among the cells.
	total int
	// unknown is the number of suppressed cells, whole whether the total is one.
	unknown int
	whole   bool
	// absent is the number of values of the dimension without a row.
	absent int
	// rest is the known total less the known cells.
	rest, scale float64
}

func (l *line) tolerance() float64 { return 1e-9 * max(1, l.scale) }

func (s *system) line(rows []uint32, total, absent int) {
	l := line{cells: slices.Clone(rows), total: total, absent: absent}
	for i, r := range rows {
		v := s.counts[r]
		switch {
		case math.IsNaN(v):
			l.unknown++
			l.whole = l.whole || i == total
			s.of[r] = append(s.of[r], len(s.lines))
		case i == total:
			l.rest += v
		default:
			l.rest -= v
		}
		if !math.IsNaN(v) {
			l.scale = max(l.scale, v)
		}
	}
	s.lines = append(s.lines, l)
}

// subtract recovers the cells that are the only unknown of a line, and those of
// lines of which nothing is left, until there are no more.
func (s *system) subtract() {
	var open []int
	for i := range s.lines {
		open = append(open, i)
	}
	for len(open) > 0 {
		l := &s.lines[open[len(open)-1]]
		open = open[:len(open)-1]
		if l.unknown == 0 || l.unknown > 1 && (l.whole || l.rest > l.tolerance()) {
			continue
		}
		for i, r := range l.cells {
			lines, unknown := s.of[r]
			if !unknown {
				continue
			}
			value := max(l.rest, 0)
			if i == l.total {
				value = max(-l.rest, 0)
			}
			if l.unknown > 1 || value <= l.tolerance() {
				value = 0
				s.empty++
			}
			s.know(r, value)
			open = append(open, lines...)
			if l.unknown == 0 {
				break
			}
		}
	}
}

// know takes in the value of a cell.
func (s *system) know(r uint32, value float64) {
	for _, i := range s.of[r] {
		l := &s.lines[i]
		l.unknown--
		if l.cells[l.total] == r {
			l.whole = false
			l.rest += value
		} else {
			l.rest -= value
		}
	}
	delete(s.of, r)
	s.recovered++
}

// prime is for solving with whole numbers: the coefficients are 0, 1 and -1, and
// a cell that is determined is so in the field of this prime as well, but for
// coincidences of one in 2^31.
const prime = 1<<31 - 1

// solve counts the cells that several lines together determine.
func (s *system) solve(ctx context.Context, complete *bool) error {
	seen := map[uint32]bool{}
	for _, start := range slices.Sorted(maps.Keys(s.of)) {
		if seen[start] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		cells, lines := s.component(start, seen)
		if len(cells) > together {
			*complete = false
			continue
		}
		s.recovered += s.determined(cells, lines)
	}
	return nil
}

// component is the unknown cells that hang together with one, and their lines.
func (s *system) component(start uint32, seen map[uint32]bool) (cells []uint32, lines []int) {
	used := map[int]bool{}
	seen[start] = true
	cells = []uint32{start}
	for i := 0; i < len(cells); i++ {
		for _, l := range s.of[cells[i]] {
			if used[l] {
				continue
			}
			used[l] = true
			lines = append(lines, l)
			for _, r := range s.lines[l].cells {
				if _, unknown := s.of[r]; unknown && !seen[r] {
					seen[r] = true
					cells = append(cells, r)
				}
			}
		}
	}
	return cells, lines
}

// determined counts the cells with one solution: those that stand alone in a row
// of the reduced echelon form.
func (s *system) determined(cells []uint32, lines []int) int {
	column := make(map[uint32]int, len(cells))
	for i, r := range cells {
		column[r] = i
	}
	rows := make([][]uint64, 0, len(lines))
	for _, l := range lines {
		row := make([]uint64, len(cells))
		for i, r := range s.lines[l].cells {
			if c, unknown := column[r]; unknown {
				row[c] = 1
				if i == s.lines[l].total {
					row[c] = prime - 1
				}
			}
		}
		rows = append(rows, row)
	}
	rank := 0
	for c := range cells {
		pivot := slices.IndexFunc(rows[rank:], func(r []uint64) bool { return r[c] != 0 })
		if pivot < 0 {
			continue
		}
		rows[rank], rows[rank+pivot] = rows[rank+pivot], rows[rank]
		by := inverse(rows[rank][c])
		for i := range rows[rank] {
			rows[rank][i] = rows[rank][i] * by % prime
		}
		for i, row := range rows {
			if f := row[c]; i != rank && f != 0 {
				for j, v := range rows[rank] {
					row[j] = (row[j] + (prime-f)*v) % prime
				}
			}
		}
		if rank++; rank == len(rows) {
			break
		}
	}
	found := 0
	for _, row := range rows[:rank] {
		filled := 0
		for _, v := range row {
			if v != 0 {
				filled++
			}
		}
		if filled == 1 {
			found++
		}
	}
	return found
}

// inverse is x to the power of prime-2 (Fermat).
func inverse(x uint64) uint64 {
	out := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = out * x % prime
		}
		x = x * x % prime
	}
	return out
}
