package disclosure

import (
	"cmp"
	"errors"
	"math"
	"slices"
)

// ErrValues is the error of a measure that does not fit the rows.
var ErrValues = errors.New("one finite value of 0 or more is needed for each row")

// Dominance is how far the largest contributors make up the cells of a table of
// sums. Exact.
type Dominance struct {
	// Cells is the number of cells with a sum above 0.
	Cells int `json:"cells"`

	cells []dominated
}

// dominated is one cell: its sum, its largest contributions, largest first, the
// sum of all but the two largest, and how many contributions there are.
type dominated struct {
	total, rest  float64
	largest      []float64
	contributors int
}

// Dominance looks at the sums of a measure over the classes, with one value of 0
// or more for each row of the table. contributor is the column that tells
// contributors apart, whose rows within a class count together; with an empty
// name each row is one. largest is how many of the largest contributions of a
// cell are kept; it bounds the n of Unsafe, and is at least 2.
func (c *Classes) Dominance(measure []float64, contributor string, largest int) (*Dominance, error) {
	if c.closed != nil {
		return nil, c.closed
	}
	var who *Codes
	if contributor != "" {
		var err error
		if who, err = c.inside(contributor); err != nil {
			return nil, err
		}
	}
	if len(measure) != c.part.n {
		return nil, ErrValues
	}
	for _, v := range measure {
		if !(v >= 0) || math.IsInf(v, 1) {
			return nil, ErrValues
		}
	}
	largest = max(largest, 2)
	d := new(Dominance)
	var buf []float64
	add := func(values []float64) {
		slices.Sort(values)
		cell := dominated{}
		for i, v := range values {
			if v > 0 {
				cell.contributors++
			}
			cell.total += v
			if i == len(values)-3 {
				cell.rest = cell.total
			}
		}
		if cell.total == 0 {
			return
		}
		top := values[max(0, len(values)-largest):]
		cell.largest = slices.Clone(top)
		slices.Reverse(cell.largest)
		d.Cells++
		d.cells = append(d.cells, cell)
	}
	var sums contributions
	c.part.classes(func(rows []uint32) {
		buf = buf[:0]
		if who != nil {
			buf = sums.of(rows, who, measure, buf)
		} else {
			for _, r := range rows {
				buf = append(buf, measure[r])
			}
		}
		add(buf)
	})
	c.part.alone(func(row int) { add(append(buf[:0], measure[row])) })
	return d, nil
}

// contributions adds up what each contributor has in a class.
type contributions struct{ rows []contribution }

type contribution struct {
	who   uint32
	value float64
}

func (s *contributions) of(rows []uint32, who *Codes, measure, out []float64) []float64 {
	s.rows = s.rows[:0]
	for _, r := range rows {
		s.rows = append(s.rows, contribution{who.at(int(r)), measure[r]})
	}
	// By value too, so that the order of the rows changes no digit of a sum.
	slices.SortFunc(s.rows, func(a, b contribution) int {
		return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.value, b.value))
	})
	for i, r := range s.rows {
		if i == 0 || r.who != s.rows[i-1].who {
			out = append(out, 0)
		}
		out[len(out)-1] += r.value
	}
	return out
}

// Few is the number of cells with fewer contributors above 0 than least.
func (d *Dominance) Few(least int) int {
	count := 0
	for _, c := range d.cells {
		if c.contributors < least {
			count++
		}
	}
	return count
}

// Fewest is the smallest number of contributors above 0 that a cell has, or 0
// without cells.
func (d *Dominance) Fewest() int {
	fewest := 0
	for i, c := range d.cells {
		if i == 0 || c.contributors < fewest {
			fewest = c.contributors
		}
	}
	return fewest
}

// MaxShare is the largest share of a cell that its n largest contributions make up,
// 0 to 1, n being at most the number kept.
func (d *Dominance) MaxShare(n int) float64 {
	most := 0.0
	for _, c := range d.cells {
		most = max(most, c.top(n)/c.total)
	}
	return min(most, 1)
}

// Closest is the smallest share of the largest contribution of a cell to within
// which the second largest can work it out: the largest p, as a share, for which the
// p% rule finds no cell. Without cells it is infinite.
func (d *Dominance) Closest() float64 {
	closest := math.Inf(1)
	for _, c := range d.cells {
		closest = min(closest, c.rest/c.largest[0])
	}
	return closest
}

// Unsafe is the number of cells of which the n largest contributions make up more
// than percent of the sum ((n,k) dominance rule), or in which the second largest
// contributor can work out the largest to within p percent, the sum less the two
// largest being below p percent of the largest (p% rule), or which have fewer
// contributors than least. n is at most the number kept.
func (d *Dominance) Unsafe(n int, percent, p float64, least int) int {
	count := 0
	for _, c := range d.cells {
		if c.nk(n, percent) || c.pPercent(p) || c.contributors < least {
			count++
		}
	}
	return count
}

// nk tells whether the n largest contributions make up more than percent.
func (c *dominated) nk(n int, percent float64) bool { return c.top(n)*100 > percent*c.total }

// top is the sum of the n largest contributions.
func (c *dominated) top(n int) float64 {
	sum := 0.0
	for _, v := range c.largest[:min(n, len(c.largest))] {
		sum += v
	}
	return sum
}

// pPercent tells whether the second largest contributor can work out the largest
// to within p percent.
func (c *dominated) pPercent(p float64) bool { return c.rest*100 < p*c.largest[0] }
