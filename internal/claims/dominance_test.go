package claims

import (
	"slices"
	"testing"

	"puntari/internal/descriptor"
)

// measuredSums is a description whose file has sums in two columns: one by counted
// companies, one by their rows, measured with a limit of 3, 10 %, and 90 % for two.
func measuredSums() *descriptor.Dataset {
	number := func(v float64) *descriptor.Number { return &descriptor.Number{Value: v} }
	d := &descriptor.Dataset{}
	for name, v := range map[string]float64{"minContributors": 3, "dominanceEstimate": 0.1, "dominanceLargest": 2, "dominanceShareMax": 0.9} {
		d.Evidence.JudgedBy = append(d.Evidence.JudgedBy, descriptor.MeasuredParam{Param: said(name), Value: number(v)})
	}
	d.Evidence.Statements = []descriptor.MeasuredStatement{statement(dominanceField, "applied")}
	d.Evidence.Dominance = []descriptor.MeasuredDominance{
		{Field: said("counted"), Cells: number(4), Fewest: number(4)},
		{Field: said("summed"), Cells: number(4), Fewest: number(6), Share: number(0.8), Estimate: number(0.2)},
		{Field: said("empty"), Cells: number(0)},
	}
	return d
}

func TestSumsByOtherParameters(t *testing.T) {
	for name, x := range map[string]struct {
		params  map[string]float64
		value   string
		columns []string
		change  func(*descriptor.Dataset)
	}{
		"the same":              {nil, "applied", nil, nil},
		"more contributors":     {map[string]float64{"minContributors": 5}, "not_applied", []string{"counted"}, nil},
		"still more":            {map[string]float64{"minContributors": 7}, "not_applied", []string{"counted", "summed"}, nil},
		"a wider estimate":      {map[string]float64{"dominanceEstimate": 0.25}, "not_applied", []string{"summed"}, nil},
		"a smaller share":       {map[string]float64{"dominanceShareMax": 0.75}, "not_applied", []string{"summed"}, nil},
		"what it keeps":         {map[string]float64{"dominanceShareMax": 0.8, "dominanceEstimate": 0.2, "minContributors": 4}, "applied", nil, nil},
		"three of them":         {map[string]float64{"dominanceLargest": 3}, "", nil, nil},
		"one of them":           {map[string]float64{"dominanceLargest": 1}, "applied", nil, nil},
		"one, with less":        {map[string]float64{"dominanceLargest": 1, "dominanceShareMax": 0.7}, "", nil, nil},
		"three, with less":      {map[string]float64{"dominanceLargest": 3, "dominanceShareMax": 0.7}, "not_applied", []string{"summed"}, nil},
		"the column is dropped": {map[string]float64{"dominanceEstimate": 0.25}, "", nil, func(d *descriptor.Dataset) { Without(d, []string{"summed"}) }},
		"all is forgotten":      {map[string]float64{"minContributors": 7}, "", nil, func(d *descriptor.Dataset) { Forget(d, []string{dominanceField}) }},
		"an older record": {map[string]float64{"minContributors": 7}, "applied", nil, func(d *descriptor.Dataset) {
			for i := range d.Evidence.Dominance {
				d.Evidence.Dominance[i].Fewest = nil
			}
		}},
		"unsafe before, and nobody can tell": {map[string]float64{"dominanceLargest": 3}, "not_applied", []string{"summed"}, func(d *descriptor.Dataset) {
			d.Evidence.Statements[0] = statement(dominanceField, "not_applied", "summed")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := catalogue(t)
			for param, v := range x.params {
				p := c.Policy.Params[param]
				p.Value = v
				c.Policy.Params[param] = p
			}
			d := measuredSums()
			if x.change != nil {
				x.change(d)
			}
			value, columns := "", []string(nil)
			for _, claim := range New(c).Compare(d) {
				if claim.Field == dominanceField {
					value, columns = claim.Measured, claim.Columns
				}
			}
			if value != x.value || !slices.Equal(columns, x.columns) {
				t.Errorf("the file shows %q of %v, not %q of %v", value, columns, x.value, x.columns)
			}
		})
	}
}
