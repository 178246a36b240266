package disclosure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestWhatIf compares the effect of changes with the table that has them made.
func TestWhatIf(t *testing.T) {
	table := invented(4, 2000, 5, 40, 300, 20)
	half := make([]uint32, 300)
	for i := range half {
		half[i] = uint32(i / 2)
	}
	small, err := table.MergeSmall("c1", 30)
	if err != nil {
		t.Fatal(err)
	}
	columns := []string{"c0", "c1", "c2"}
	sets := [][]Change{nil, {drop("c2")}, {{"halve", "c2", half}}, {{"halve", "c2", half}, {"merge", "c1", small}}, {drop("c3")}}
	effects, err := table.WhatIf(t.Context(), columns, sets)
	if err != nil {
		t.Fatal(err)
	}
	frequencies := table.columns[1].Codes.frequency
	for i, set := range sets {
		groups := map[string]int{}
		for r := range table.rows {
			k := ""
			for c, name := range columns {
				v := int(table.columns[c].Codes.at(r))
				for _, change := range set {
					switch {
					case change.Column != name:
					case change.ID == "halve":
						v /= 2
					case change.ID == "merge" && frequencies[v] < 30:
						v = -1
					case change.To == nil:
						v = -2
					}
				}
				k += fmt.Sprint(v, " ")
			}
			groups[k]++
		}
		sizes := map[int]int{}
		for _, n := range groups {
			sizes[n]++
		}
		if want := newHistogram(sizes); !slices.Equal(effects[i].Histogram, want) {
			t.Errorf("%v: %v, want %v", effects[i].Changes, effects[i].Histogram, want)
		}
	}
}

// TestPlanOracle compares plans with trying every choice of changes.
func TestPlanOracle(t *testing.T) {
	reached, greedy := 0, 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 8))
		table := invented(seed, 300, 4, 9, 30, 12)
		var changes []Change
		for _, c := range table.columns[:3] {
			for level := range 1 + r.IntN(2) {
				to := make([]uint32, c.Codes.Distinct())
				for i := range to {
					to[i] = uint32(i / (2 + 3*level))
				}
				changes = append(changes, Change{fmt.Sprint(c.Name, "/", level), c.Name, to})
			}
			if seed%3 > 0 {
				changes = append(changes, drop(c.Name))
			}
		}
		goal := Goal{K: 2 + r.IntN(8), MaxBelow: r.IntN(2) * 12, MaxSets: 10_000}
		got, err := table.Plan(t.Context(), table.Columns(), changes, goal)
		if err != nil {
			t.Fatal(err)
		}
		best := everyPlan(t, table, changes, goal)
		switch {
		case !got.Proven:
			t.Fatalf("seed %d: not proven with %d sets", seed, got.Tried)
		case got.Reached != (best != nil):
			t.Fatalf("seed %d: reached %v, possible %v", seed, got.Reached, best)
		case got.Reached && fmt.Sprint(got.After) != fmt.Sprint(*best):
			t.Fatalf("seed %d: %v, want %v", seed, got.After, *best)
		}
		if got.Reached {
			reached++
		}
		// A greedy plan reaches the goal too when it is within reach of dropping.
		goal.MaxSets = 1
		quick, err := table.Plan(t.Context(), table.Columns(), changes, goal)
		if err != nil {
			t.Fatal(err)
		}
		if quick.Reached {
			greedy++
			if !got.Reached || quick.After.Histogram.Below(goal.K) > goal.MaxBelow || len(quick.After.Changes) < len(got.After.Changes) {
				t.Fatalf("seed %d: greedy %v, exact %v", seed, quick.After, got.After)
			}
		}
		if quick.Proven && got.Reached && len(got.After.Changes) > 0 {
			t.Fatalf("seed %d: a greedy plan says that it is proven", seed)
		}
	}
	if reached < 10 || reached == 60 || greedy < reached*3/4 {
		t.Errorf("%d of 60 goals reached, %d greedily: the cases do not tell", reached, greedy)
	}
}

func everyPlan(t *testing.T, table *Table, changes []Change, goal Goal) *Effect {
	t.Helper()
	var sets [][]Change
	for mask := range 1 << len(changes) {
		var set []Change
		for i, c := range changes {
			if mask>>i&1 == 1 {
				set = append(set, c)
			}
		}
		if table.valid(set, true) == nil {
			sets = append(sets, set)
		}
	}
	effects, err := table.WhatIf(t.Context(), table.Columns(), sets)
	if err != nil {
		t.Fatal(err)
	}
	var best *Effect
	for i := range effects {
		e := &effects[i]
		if e.Histogram.Below(goal.K) > goal.MaxBelow {
			continue
		}
		if best == nil || len(e.Changes) < len(best.Changes) || len(e.Changes) == len(best.Changes) && better(*e, *best) < 0 {
			best = e
		}
	}
	return best
}
