// Package score adds up the results of the opportunity items to scores of 0 to
// 100. A result that is not known makes an interval: the lowest and the highest
// score that the open answers still allow.
package score

import (
	"math"
	"slices"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
)

// Possible are the results that an item may have; one when it is known.
type Possible []string

// Interval is a score before rounding.
type Interval struct{ Low, High float64 }

// Rounded rounds half up to whole points.
func (i Interval) Rounded() assessment.Interval {
	return assessment.Interval{Low: int(math.Floor(i.Low + 0.5)), High: int(math.Floor(i.High + 0.5))}
}

// Scorer scores by the rules of a catalogue.
type Scorer struct {
	scoring *checklist.Scoring
	themes  []theme
}

type theme struct {
	code, group string
	weight      float64
	items       []weighted
}

type weighted struct {
	id     string
	weight float64
}

// New prepares scoring.
func New(c *checklist.Catalogue) *Scorer {
	s := &Scorer{scoring: &c.Policy.Scoring}
	for _, t := range c.Opportunity.Themes {
		th := theme{code: t.Code, group: t.Group, weight: t.Weight}
		for _, it := range c.Opportunity.Items {
			if it.Theme == t.Code {
				th.items = append(th.items, weighted{it.ID, it.Weight})
			}
		}
		s.themes = append(s.themes, th)
	}
	return s
}

// Theme is the weighted mean of the items of a theme, 0 to 100. ok is false
// when every item is left out.
func (s *Scorer) theme(t *theme, results func(id string) Possible) (Interval, bool) {
	low, okLow := s.extreme(t, results, false)
	high, okHigh := s.extreme(t, results, true)
	return Interval{low, high}, okLow && okHigh
}

// extreme finds the lowest or highest weighted mean over every choice of a
// possible result for each item. An item that may be left out counts in the way
// that moves the mean furthest, so the items are taken greedily: one is counted
// only while its points lie beyond the mean of the others.
func (s *Scorer) extreme(t *theme, results func(id string) Possible, high bool) (float64, bool) {
	sum, weight := 0.0, 0.0
	type optional struct{ points, weight float64 }
	var rest []optional
	for _, it := range t.items {
		best, counted, leftOut := 0.0, false, false
		for _, r := range results(it.id) {
			p, ok := s.scoring.Points[r]
			if !ok {
				leftOut = true
				continue
			}
			if !counted || high && p > best || !high && p < best {
				best, counted = p, true
			}
		}
		switch {
		case counted && leftOut:
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

// Themes scores every theme; those with nothing to count are left out.
func (s *Scorer) Themes(results func(id string) Possible) map[string]Interval {
	out := make(map[string]Interval, len(s.themes))
	for i := range s.themes {
		if v, ok := s.theme(&s.themes[i], results); ok {
			out[s.themes[i].code] = v
		}
	}
	return out
}

// Group scores a group of themes: its peak share for the best of the peak
// themes, the rest for the weighted mean of all, then floors and caps. A floor
// or cap that is only possible moves only the end that it can reach.
func (s *Scorer) Group(group string, themes map[string]Interval, results func(id string) Possible) Interval {
	i := slices.IndexFunc(s.scoring.Scores, func(x checklist.Score) bool { return x.Group == group })
	if i < 0 {
		return Interval{}
	}
	rule := &s.scoring.Scores[i]
	var mean, peak Interval
	weight := 0.0
	for _, t := range s.themes {
		v, ok := themes[t.code]
		if t.group != group || !ok {
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
	for _, b := range rule.Floors {
		certain, possible := holds(b, results(b.Item))
		if certain {
			out.Low = max(out.Low, b.At)
		}
		if possible {
			out.High = max(out.High, b.At)
		}
	}
	for _, b := range rule.Caps {
		certain, possible := holds(b, results(b.Item))
		if possible {
			out.Low = min(out.Low, b.At)
		}
		if certain {
			out.High = min(out.High, b.At)
		}
	}
	return out
}

// holds tells whether the results of a bound certainly and possibly hold.
func holds(b checklist.Bound, p Possible) (certain, possible bool) {
	certain = len(p) > 0
	for _, r := range p {
		if slices.Contains(b.Results, r) {
			possible = true
		} else {
			certain = false
		}
	}
	return certain, possible
}
