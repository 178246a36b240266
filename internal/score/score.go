// Package score adds up the results of the opportunity items to scores of 0 to
// 100. A result that is not known makes an interval: the lowest and the highest
// score that the open answers still allow.
package score

import (
	"math"
	"math/bits"
	"slices"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
)

// Possible are the results that an item may have, as bits in the order that the
// scorer was given; one when it is known.
type Possible uint8

// Interval is a score before rounding.
type Interval struct{ Low, High float64 }

// Rounded rounds half up to whole points.
func (i Interval) Rounded() assessment.Interval {
	return assessment.Interval{Low: int(math.Floor(i.Low + 0.5)), High: int(math.Floor(i.High + 0.5))}
}

// Scorer scores by the rules of a catalogue.
type Scorer struct {
	scores []score
	themes []theme
	// points are those of the results by their bits, counted the results that have
	// some; the others are left out.
	points  [8]float64
	counted Possible
}

type theme struct {
	code, group string
	weight      float64
	items       []weighted
}

type weighted struct {
	item   int // index of the opportunity item
	weight float64
}

// score is the rule for a score.
type score struct {
	*checklist.Score
	floors, caps []bound
}

type bound struct {
	item    int // index of the opportunity item
	results Possible
	at      float64
}

// New prepares scoring. results are the results that items can have, in the
// order of the bits of [Possible]; no more than eight.
func New(c *checklist.Catalogue, results ...string) *Scorer {
	s := &Scorer{}
	for i, r := range results {
		if p, ok := c.Policy.Scoring.Points[r]; ok {
			s.points[i] = p
			s.counted |= 1 << i
		}
	}
	for _, t := range c.Opportunity.Themes {
		th := theme{code: t.Code, group: t.Group, weight: t.Weight}
		for i, it := range c.Opportunity.Items {
			if it.Theme == t.Code {
				th.items = append(th.items, weighted{i, it.Weight})
			}
		}
		s.themes = append(s.themes, th)
	}
	bounds := func(of []checklist.Bound) []bound {
		var out []bound
		for _, b := range of {
			x := bound{item: slices.IndexFunc(c.Opportunity.Items, func(it checklist.Item) bool { return it.ID == b.Item }), at: b.At}
			for i, r := range results {
				if slices.Contains(b.Results, r) {
					x.results |= 1 << i
				}
			}
			if x.item >= 0 { // an item that is not in force bounds nothing
				out = append(out, x)
			}
		}
		return out
	}
	for i := range c.Policy.Scoring.Scores {
		x := &c.Policy.Scoring.Scores[i]
		s.scores = append(s.scores, score{x, bounds(x.Floors), bounds(x.Caps)})
	}
	return s
}

// theme is the weighted mean of the items of a theme, 0 to 100. ok is false
// when every item is left out.
func (s *Scorer) theme(t *theme, results []Possible) (Interval, bool) {
	low, okLow := s.extreme(t, results, false)
	high, okHigh := s.extreme(t, results, true)
	return Interval{low, high}, okLow && okHigh
}

// extreme finds the lowest or highest weighted mean over every choice of a
// possible result for each item. An item that may be left out counts in the way
// that moves the mean furthest, so the items are taken greedily: one is counted
// only while its points lie beyond the mean of the others.
func (s *Scorer) extreme(t *theme, results []Possible, high bool) (float64, bool) {
	sum, weight := 0.0, 0.0
	type optional struct{ points, weight float64 }
	var few [8]optional
	rest := few[:0]
	for _, it := range t.items {
		best, counted := 0.0, false
		for left := results[it.item] & s.counted; left != 0; left &= left - 1 {
			p := s.points[bits.TrailingZeros8(uint8(left))]
			if !counted || high && p > best || !high && p < best {
				best, counted = p, true
			}
		}
		switch {
		case counted && results[it.item]&^s.counted != 0:
			rest = append(rest, optional{best, it.weight})
		case counted:
			sum += best * it.weight
			weight += it.weight
		}
	}
	slices.SortFunc(rest, func(a, b optional) int {
		if high {
			a, b = b, a
		}
		return int(math.Copysign(1, a.points-b.points))
	})
	for _, o := range rest {
		if weight == 0 || high && o.points > sum/weight || !high && o.points < sum/weight {
			sum += o.points * o.weight
			weight += o.weight
		}
	}
	if weight == 0 {
		return 0, false
	}
	return 100 * sum / weight, true
}

// Theme is the score of a theme. Scored is false when there is nothing to count.
type Theme struct {
	Code string
	Interval
	Scored bool
}

// Themes scores every theme, in the order of the catalogue. results are those of the
// opportunity items, in the order of the catalogue.
func (s *Scorer) Themes(results []Possible) []Theme {
	out := make([]Theme, len(s.themes))
	for i := range s.themes {
		out[i].Code = s.themes[i].code
		out[i].Interval, out[i].Scored = s.theme(&s.themes[i], results)
	}
	return out
}

// Group scores a group of themes: its peak share for the best of the peak
// themes, the rest for the weighted mean of all, then floors and caps. A floor
// or cap that is only possible moves only the end that it can reach.
func (s *Scorer) Group(group string, themes []Theme, results []Possible) Interval {
	i := slices.IndexFunc(s.scores, func(x score) bool { return x.Group == group })
	if i < 0 {
		return Interval{}
	}
	rule := &s.scores[i]
	var mean, peak Interval
	weight := 0.0
	for n := range s.themes {
		t, v := &s.themes[n], &themes[n]
		if t.group != group || !v.Scored {
			continue
		}
		mean.Low += v.Low * t.weight
		mean.High += v.High * t.weight
		weight += t.weight
		if slices.Contains(rule.PeakThemes, t.code) {
			peak.Low, peak.High = max(peak.Low, v.Low), max(peak.High, v.High)
		}
	}
	if weight == 0 {
		return Interval{}
	}
	share := rule.PeakShare / 100
	out := Interval{
		Low:  share*peak.Low + (1-share)*mean.Low/weight,
		High: share*peak.High + (1-share)*mean.High/weight,
	}
	for _, b := range rule.floors {
		certain, possible := b.holds(results[b.item])
		if certain {
			out.Low = max(out.Low, b.at)
		}
		if possible {
			out.High = max(out.High, b.at)
		}
	}
	for _, b := range rule.caps {
		certain, possible := b.holds(results[b.item])
		if possible {
			out.Low = min(out.Low, b.at)
		}
		if certain {
			out.High = min(out.High, b.at)
		}
	}
	return out
}

// holds tells whether the results of a bound certainly and possibly hold.
func (b *bound) holds(p Possible) (certain, possible bool) {
	return p != 0 && p&^b.results == 0, p&b.results != 0
}
