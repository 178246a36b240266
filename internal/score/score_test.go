package score

import (
	"math"
	"math/rand/v2"
	"testing"

	"puntari/internal/checklist"
)

// The interval of a theme spans exactly the means over every choice of results.
func TestThemeSpansEveryChoice(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	all := []string{"pass", "concern", "fail", "na"}
	for range 2000 {
		n := 1 + r.IntN(4)
		c := &checklist.Catalogue{}
		c.Policy.Scoring.Points = map[string]float64{"pass": 1, "concern": 0.5, "fail": 0}
		c.Opportunity.Themes = []checklist.Theme{{Code: "T", Group: "G", Weight: 1}}
		possible := make([]Possible, n)
		for i := range n {
			id := string(rune('a' + i))
			c.Opportunity.Items = append(c.Opportunity.Items, checklist.Item{ID: id, Theme: "T", Weight: float64(1 + r.IntN(3))})
			possible[i] = Possible(1 + r.IntN(1<<len(all)-1))
		}
		low, high, any := math.Inf(1), math.Inf(-1), false
		var walk func(i int, sum, weight float64)
		walk = func(i int, sum, weight float64) {
			if i == n {
				if weight > 0 {
					low, high, any = min(low, 100*sum/weight), max(high, 100*sum/weight), true
				}
				return
			}
			it := c.Opportunity.Items[i]
			for k, result := range all {
				if possible[i]&(1<<k) == 0 {
					continue
				}
				if points, ok := c.Policy.Scoring.Points[result]; ok {
					walk(i+1, sum+points*it.Weight, weight+it.Weight)
				} else {
					walk(i+1, sum, weight)
				}
			}
		}
		walk(0, 0, 0)
		got := New(c, all...).Themes(possible)[0]
		if got.Scored != any || any && (math.Abs(got.Low-low) > 1e-9 || math.Abs(got.High-high) > 1e-9) {
			t.Fatalf("%v of %v: got %v %v, want %v to %v (%v)", possible, c.Opportunity.Items, got.Interval, got.Scored, low, high, any)
		}
	}
}

func TestFloorsAndCaps(t *testing.T) {
	c := &checklist.Catalogue{}
	c.Policy.Scoring = checklist.Scoring{
		Points: map[string]float64{"pass": 1, "fail": 0},
		Scores: []checklist.Score{{Group: "G", Floors: []checklist.Bound{{Item: "f", Results: []string{"pass"}, At: 60}}, Caps: []checklist.Bound{{Item: "c", Results: []string{"fail"}, At: 39}}}},
	}
	c.Opportunity.Themes = []checklist.Theme{{Code: "T", Group: "G", Weight: 1}}
	c.Opportunity.Items = []checklist.Item{{ID: "x", Theme: "T", Weight: 1}, {ID: "f"}, {ID: "c"}}
	const pass, fail = 1, 2
	for name, v := range map[string]struct {
		x, f, c Possible
		want    Interval
	}{
		"plain":          {pass, fail, pass, Interval{100, 100}},
		"floor certain":  {fail, pass, pass, Interval{60, 60}},
		"floor possible": {fail, pass | fail, pass, Interval{0, 60}},
		"cap certain":    {pass, fail, fail, Interval{39, 39}},
		"cap possible":   {pass, fail, pass | fail, Interval{39, 100}},
	} {
		s := New(c, "pass", "fail")
		results := []Possible{v.x, v.f, v.c}
		if got := s.Group("G", s.Themes(results), results); got != v.want {
			t.Errorf("%s: %v, want %v", name, got, v.want)
		}
	}
	if got := (Interval{2.5, 2.4999}).Rounded(); got.Low != 3 || got.High != 2 {
		t.Errorf("rounded to %v", got)
	}
}
