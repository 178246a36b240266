package disclosure

import (
	"errors"
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
	small, err := table.MergeSmall("c1", nil, 30)
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

// TestEntitiesOfChanges compares what changes, plans and combinations lead to in
// entities with grouping the changed table by itself.
func TestEntitiesOfChanges(t *testing.T) {
	table := invented(9, 3000, 200, 40, 12, 5)
	table.Entity = "c0"
	columns := []string{"c1", "c2", "c3"}
	halves := make([]uint32, 40)
	for i := range halves {
		halves[i] = uint32(i / 8)
	}
	sets := [][]Change{nil, {{ID: "halves", Column: "c1", To: halves}}, {{ID: "drop", Column: "c1"}, {ID: "drop too", Column: "c2"}}}
	effects, err := table.WhatIf(t.Context(), columns, sets)
	if err != nil {
		t.Fatal(err)
	}
	for i, set := range sets {
		changed, left := []Column{table.columns[0]}, []string{}
		for _, c := range table.columns[1:] {
			at := slices.IndexFunc(set, func(x Change) bool { return x.Column == c.Name })
			switch {
			case at < 0:
			case set[at].To == nil:
				continue
			default:
				c.Codes = c.Codes.Recode(set[at].To)
			}
			changed, left = append(changed, c), append(left, c.Name)
		}
		other, err := NewTable(changed...)
		if err != nil {
			t.Fatal(err)
		}
		want, err := classes(t, other, left...).Entities("c0")
		if err != nil {
			t.Fatal(err)
		}
		got := effects[i]
		if !slices.Equal(got.Histogram, want.Histogram) || got.Entities.Below(5) != want.Below(5) || got.Entities.Count != want.Count {
			t.Errorf("%d: %v, want %v", i, got.Histogram, want.Histogram)
		}
	}
	plan, err := table.Plan(t.Context(), columns, []Change{{ID: "drop 1", Column: "c1"}, {ID: "drop 2", Column: "c2"}, {ID: "drop 3", Column: "c3"}}, Goal{K: 100, MaxSets: 100})
	if err != nil || !plan.Reached || plan.After.Histogram.K() < 100 || plan.Before.Histogram.K() >= 100 {
		t.Errorf("%+v, %v", plan, err)
	}
	found, err := table.Combinations(t.Context(), columns, Search{MaxSize: 3, Keep: 2})
	if err != nil || found.Searched != 7 || len(found.Worst) != 5 {
		t.Fatalf("%+v, %v", found, err)
	}
	for _, c := range found.Worst {
		want, err := classes(t, table, c.Columns...).Entities("c0")
		if err != nil || c.K != want.Histogram.K() || c.Uniques != want.Below(2) {
			t.Errorf("%+v, want k %d, alone %d, %v", c, want.Histogram.K(), want.Below(2), err)
		}
	}
	// Codes on disk cannot be looked into.
	store := NewStore(t.TempDir(), 1)
	defer store.Close()
	stored := store.Codes()
	for range 2 * storedAtOnce {
		stored.Append(1)
	}
	who := new(Codes)
	for i := range stored.Len() {
		who.Append(uint32(i % 7))
	}
	spilled, err := NewTable(Column{"who", who}, Column{"place", stored})
	if err != nil {
		t.Fatal(err)
	}
	spilled.Entity = "who"
	var memory *MemoryError
	if _, err := spilled.WhatIf(t.Context(), []string{"place"}, [][]Change{nil}); !errors.As(err, &memory) {
		t.Errorf("on disk: %v", err)
	}
}

// TestMergeSmall merges one of three with the next rarest, after halving too.
func TestMergeSmall(t *testing.T) {
	c := new(Codes)
	for v, n := range []int{3, 20, 12, 1, 30} {
		for range n {
			c.Append(uint32(v))
		}
	}
	table, err := NewTable(Column{"c", c})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		to    []uint32
		least int
		want  []uint32
	}{
		{nil, 1, []uint32{1, 2, 3, 4, 5}},
		{nil, 4, []uint32{0, 1, 2, 0, 3}},
		// Four of five are too few: the twelve go with them.
		{nil, 5, []uint32{0, 1, 0, 0, 2}},
		{[]uint32{0, 0, 1, 1, 2}, 20, []uint32{0, 0, 0, 0, 1}},
	} {
		got, err := table.MergeSmall("c", x.to, x.least)
		if err != nil || !slices.Equal(got, x.want) {
			t.Errorf("%v, %d: %v, %v, want %v", x.to, x.least, got, err, x.want)
		}
	}
	if _, err := table.MergeSmall("c", []uint32{1}, 5); !errors.Is(err, ErrRecoding) {
		t.Errorf("too short: %v", err)
	}
}
