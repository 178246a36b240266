package disclosure

import (
	"math"
	"slices"
)

// Sensitive is what the classes give away about a column that is not used to
// recognise somebody but would be learnt about them. Exact: all of it is
// computed from whole counts.
type Sensitive struct {
	// Column is the sensitive column.
	Column string `json:"column"`
	// DistinctL is the fewest distinct values in a class (l-diversity,
	// Machanavajjhala et al. 2007).
	DistinctL int `json:"distinct_l"`
	// EntropyL is exp of the least entropy of a class, at least 1 (entropy
	// l-diversity, the same).
	EntropyL float64 `json:"entropy_l"`
	// Alpha is the largest share that one value has of a class, 0 to 1
	// ((alpha,k)-anonymity, Wong et al. 2006).
	Alpha float64 `json:"alpha"`
	// T is the largest distance between the values of a class and those of the
	// whole table, every two values being equally far apart: half the sum of
	// |q-p|, 0 to 1 (t-closeness, Li et al. 2007).
	T float64 `json:"t"`
	// TOrdered is the same for values in an order: the sum of the cumulated
	// differences by the number of values less one, 0 to 1. Nil when no order
	// was given or there is one value only.
	TOrdered *float64 `json:"t_ordered,omitempty"`
	// Beta is the largest relative gain (q-p)/p of a value in a class (basic
	// beta-likeness, Cao and Karras 2012), 0 or more.
	Beta float64 `json:"beta"`
	// Delta is the largest |ln(q/p)| over the values that a class has
	// (delta-disclosure, Brickell and Shmatikov 2008), 0 or more. Values that a
	// class lacks would make it infinite and are left out, as is usual.
	Delta float64 `json:"delta"`
	// HomogeneousClasses and HomogeneousRecords count the classes of two or more
	// records that all have the same value, and their records: whoever knows that
	// somebody is in the class knows the value. Unique records are not counted:
	// they have one value by necessity.
	HomogeneousClasses int `json:"homogeneous_classes"`
	HomogeneousRecords int `json:"homogeneous_records"`
}

// Sensitive measures a sensitive column against the classes. rank is nil, or
// gives for each code its place in the order of the values, 0 up to the number
// of codes less one.
func (c *Classes) Sensitive(column string, rank []uint32) (*Sensitive, error) {
	codes, err := c.inside(column)
	if err != nil {
		return nil, err
	}
	if rank != nil {
		if err := permutation(column, rank, codes.Distinct()); err != nil {
			return nil, err
		}
	}
	m := newSensitivity(codes, rank)
	c.part.classes(m.class)
	c.part.alone(m.single)
	m.out.Column = column
	return &m.out, nil
}

// sensitivity accumulates Sensitive class by class. Shares are compared as
// products of whole counts, so that the order of the values changes no digit.
type sensitivity struct {
	out    Sensitive
	codes  *Codes
	n      int
	global []uint32
	rank   []uint32
	// ordered is the global counts in order, up to and with each place; summed is
	// the running sum of ordered.
	ordered, summed []float64

	count, touched, counts []uint32
	seen                   []bool
	ranked                 []rankCount
}

type rankCount struct{ rank, count uint32 }

func newSensitivity(codes *Codes, rank []uint32) *sensitivity {
	s := &sensitivity{
		out:   Sensitive{DistinctL: math.MaxInt, EntropyL: math.Inf(1)},
		codes: codes, n: codes.Len(), global: codes.frequency, rank: rank,
		count: make([]uint32, codes.Distinct()), seen: make([]bool, codes.Distinct()),
	}
	if rank != nil && codes.Distinct() > 1 {
		by := make([]uint32, codes.Distinct())
		for v, r := range rank {
			by[r] = s.global[v]
		}
		s.ordered, s.summed = make([]float64, len(by)), make([]float64, len(by)+1)
		sum := 0.0
		for i, g := range by {
			sum += float64(g)
			s.ordered[i] = sum
			s.summed[i+1] = s.summed[i] + sum
		}
		s.out.TOrdered = new(float64)
	}
	return s
}

// class takes in a class of at least two records.
func (s *sensitivity) class(rows []uint32) {
	s.touched = s.touched[:0]
	for _, r := range rows {
		v := s.codes.at(int(r))
		if s.count[v] == 0 {
			s.touched = append(s.touched, v)
		}
		s.count[v]++
	}
	if len(s.touched) == 1 {
		s.out.HomogeneousClasses++
		s.out.HomogeneousRecords += len(rows)
	}
	s.take(len(rows))
	for _, v := range s.touched {
		s.count[v] = 0
	}
}

// single takes in a record that is alone. Two with the same value say the same.
func (s *sensitivity) single(row int) {
	v := s.codes.at(row)
	if s.seen[v] {
		return
	}
	s.seen[v] = true
	s.touched = append(s.touched[:0], v)
	s.count[v] = 1
	s.take(1)
	s.count[v] = 0
}

func (s *sensitivity) take(m int) {
	o := &s.out
	o.DistinctL = min(o.DistinctL, len(s.touched))
	s.counts = s.counts[:0]
	var apart, known int64
	for _, v := range s.touched {
		q, p := int64(s.count[v]), int64(s.global[v])
		s.counts = append(s.counts, uint32(q))
		d := q*int64(s.n) - p*int64(m)
		apart += max(d, -d)
		known += p
		ratio := float64(q) * float64(s.n) / (float64(p) * float64(m))
		o.Alpha = max(o.Alpha, float64(q)/float64(m))
		o.Beta = max(o.Beta, ratio-1)
		o.Delta = max(o.Delta, math.Abs(math.Log(ratio)))
	}
	// The values that the class lacks.
	apart += (int64(s.n) - known) * int64(m)
	o.T = max(o.T, float64(apart)/(2*float64(m)*float64(s.n)))
	slices.Sort(s.counts)
	entropy := math.Log(float64(m))
	for _, q := range s.counts {
		entropy -= float64(q) / float64(m) * math.Log(float64(q))
	}
	o.EntropyL = min(o.EntropyL, math.Exp(max(entropy, 0)))
	if s.ordered != nil {
		*o.TOrdered = max(*o.TOrdered, s.moved(m))
	}
}

// moved is the distance of the present class in the order. Between two values
// that the class has, the cumulated difference falls steadily, so that a stretch
// of values that it lacks is summed from prefix sums, not value by value.
func (s *sensitivity) moved(m int) float64 {
	s.ranked = s.ranked[:0]
	for _, v := range s.touched {
		s.ranked = append(s.ranked, rankCount{s.rank[v], s.count[v]})
	}
	slices.SortFunc(s.ranked, func(a, b rankCount) int { return int(a.rank) - int(b.rank) })
	sum, have := 0.0, 0.0
	scale := float64(m) / float64(s.n)
	stretch := func(from, to int) {
		if from >= to {
			return
		}
		// Places up to cross have a difference of 0 or more.
		cross, _ := slices.BinarySearchFunc(s.ordered[from:to], have, func(g, have float64) int {
			if g*scale <= have {
				return -1
			}
			return 1
		})
		cross += from
		sum += have*float64(cross-from) - scale*(s.summed[cross]-s.summed[from])
		sum += scale*(s.summed[to]-s.summed[cross]) - have*float64(to-cross)
	}
	at := 0
	for _, r := range s.ranked {
		stretch(at, int(r.rank))
		at = int(r.rank)
		have += float64(r.count)
	}
	stretch(at, len(s.ordered))
	return sum / float64(m) / float64(len(s.ordered)-1)
}
