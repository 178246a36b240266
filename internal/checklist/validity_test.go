package checklist

import (
	"slices"
	"testing"
)

func TestOn(t *testing.T) {
	c := &Catalogue{
		Risk: Checklist{Items: []Item{
			{ID: "A"}, {ID: "B", Validity: Validity{ValidFrom: "2026-01-01"}},
			{ID: "C", Validity: Validity{ValidTo: "2026-06-30"}},
		}},
		Mitigations: []Mitigation{{Code: "M1", Clears: []string{"A", "B", "C"}}},
		Policy: Policy{
			Params: map[string]Param{"k": {Value: 5, Read: "read", Dated: []DatedValue{
				{Value: 7, Read: "choice", Validity: Validity{ValidFrom: "2026-07-01", ValidTo: "2026-12-31"}},
				{Value: 9, Validity: Validity{ValidFrom: "2026-10-01"}},
			}}},
			Scoring: Scoring{Scores: []Score{{Floors: []Bound{{Item: "B"}}, Caps: []Bound{{Item: "C"}, {Item: "A"}}}}},
		},
	}
	digest := c.Digest()
	for _, x := range []struct {
		day   string
		items []string
		k     float64
	}{
		{"2025-12-31", []string{"A", "C"}, 5}, {"2026-01-01", []string{"A", "B", "C"}, 5}, {"2026-06-30", []string{"A", "B", "C"}, 5},
		{"2026-07-01", []string{"A", "B"}, 7}, {"2026-12-31", []string{"A", "B"}, 7}, {"2027-01-01", []string{"A", "B"}, 9},
	} {
		now := c.On(x.day)
		var items []string
		for _, it := range now.Risk.Items {
			items = append(items, it.ID)
		}
		if !slices.Equal(items, x.items) || now.Policy.Params["k"].Value != x.k {
			t.Errorf("%s: %v, k %v", x.day, items, now.Policy.Params["k"].Value)
		}
		if len(now.Risk.Items)+len(now.NotInForce) != 3 || !slices.Equal(now.Mitigations[0].Clears, x.items) || now.Digest() != digest {
			t.Errorf("%s: %+v", x.day, now)
		}
		if (now == c) != (len(items) == 3 && x.k == 5) {
			t.Errorf("%s: a copy where nothing differs, or none", x.day)
		}
		for _, b := range slices.Concat(now.Policy.Scoring.Scores[0].Floors, now.Policy.Scoring.Scores[0].Caps) {
			if !slices.Contains(x.items, b.Item) {
				t.Errorf("%s: a bound of %s", x.day, b.Item)
			}
		}
	}
	if want := []string{"2026-01-01", "2026-07-01", "2026-10-01", "2027-01-01"}; !slices.Equal(c.Turns(), want) {
		t.Errorf("turns %v", c.Turns())
	}
	if c.Policy.Params["k"].Value != 5 || len(c.Policy.Scoring.Scores[0].Caps) != 2 || len(c.Mitigations[0].Clears) != 3 {
		t.Error("the catalogue itself has changed")
	}
}
