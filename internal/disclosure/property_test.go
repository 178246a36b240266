package disclosure

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// shuffled is the same table with rows, columns and the numbers of the values in
// another order. rows has the old number of each row.
func shuffled(t *testing.T, table *Table, seed uint64) (_ *Table, rows []int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 9))
	rows = r.Perm(table.rows)
	var columns []Column
	for _, at := range r.Perm(len(table.columns)) {
		old := table.columns[at]
		number := r.Perm(old.Codes.Distinct())
		codes := new(Codes)
		for _, row := range rows {
			codes.Append(uint32(number[old.Codes.at(row)]))
		}
		columns = append(columns, Column{old.Name, codes})
	}
	out, err := NewTable(columns...)
	if err != nil {
		t.Fatal(err)
	}
	return out, rows
}

func text(t *testing.T, v any, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestOrderChangesNothing measures everything on tables that differ in the order
// of rows, columns and values and in the number of workers, and wants the same
// bytes.
func TestOrderChangesNothing(t *testing.T) {
	table := invented(11, 4000, 30, 4, 60, 9, 900, 300)
	weights := make([]float64, table.rows)
	for i := range weights {
		weights[i] = 1 + 10/float64(i%7+1)
	}
	measure := func(table *Table, weights []float64, workers int) []string {
		table.Workers = workers
		ctx := t.Context()
		var out []string
		add := func(v any, err error) { out = append(out, text(t, v, err)) }
		c, err := table.Classes(ctx, "c0", "c2", "c1")
		add(c.Histogram, err)
		for _, column := range []string{"c3", "c5"} {
			s, err := c.Sensitive(column, nil)
			add(s, err)
		}
		e, err := c.Entities("c4")
		add(e, err)
		d, err := c.Dominance(weights, "", 3)
		add([]any{d.Unsafe(2, 80, 0, 0), d.Unsafe(2, 100, 10, 0)}, err)
		all, err := table.Combinations(ctx, []string{"c0", "c1", "c2", "c3", "c4", "c5"}, Search{MaxSize: 3, Keep: 5})
		add(all, err)
		some, err := table.Combinations(ctx, []string{"c0", "c1", "c2", "c3", "c4", "c5"}, Search{MaxSize: 3, RankRows: 700, Keep: 5})
		add(some, err)
		parts, err := table.Contributions(ctx, []string{"c0", "c1", "c2", "c3", "c4", "c5"}, 3, 700)
		add(parts, err)
		unicity, err := table.Unicity(ctx, "c5", []string{"c0", "c3"}, Drawing{MaxPoints: 4, Entities: 100, Seed: 5})
		add(unicity, err)
		plan, err := table.Plan(ctx, []string{"c0", "c1", "c2"}, []Change{drop("c0"), drop("c1"), drop("c2")}, Goal{K: 20, MaxSets: 100})
		add(plan, err)
		return out
	}
	want := measure(table, weights, 1)
	for seed := range uint64(6) {
		other, rows := shuffled(t, table, seed)
		w := make([]float64, len(rows))
		for i, r := range rows {
			w[i] = weights[r]
		}
		for i, got := range measure(other, w, int(seed)%4+1) {
			if got != want[i] {
				t.Fatalf("seed %d, measure %d:\n%s, want\n%s", seed, i, got, want[i])
			}
		}
	}
}

func drop(column string) Change { return Change{ID: "drop " + column, Column: column} }

// TestMonotone checks that a further column never raises k nor lowers uniques,
// and that a coarser column never lowers k nor raises the records in small
// classes.
func TestMonotone(t *testing.T) {
	for seed := range uint64(20) {
		table := invented(seed, 800, 3, 9, 40, 200)
		r := rand.New(rand.NewPCG(seed, 3))
		var columns []string
		before := classes(t, table).Histogram
		for _, c := range table.Columns() {
			columns = append(columns, c)
			after := classes(t, table, columns...).Histogram
			if after.K() > before.K() || after.Uniques() < before.Uniques() || after.Classes() < before.Classes() {
				t.Fatalf("seed %d: %s made %v of %v", seed, c, after, before)
			}
			before = after
		}
		var sets [][]Change
		for _, c := range table.columns {
			to := make([]uint32, c.Codes.Distinct())
			for i := range to {
				to[i] = uint32(r.IntN(len(to)/2 + 1))
			}
			sets = append(sets, []Change{{c.Name, c.Name, to}})
		}
		effects, err := table.WhatIf(t.Context(), columns, sets)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range effects {
			if h := e.Histogram; h.K() < before.K() || h.Records() != table.rows {
				t.Fatalf("seed %d: %v made %v of %v", seed, e.Changes, h, before)
			}
			for limit := range 20 {
				if e.Histogram.Below(limit) > before.Below(limit) {
					t.Fatalf("seed %d: %v leaves more records below %d", seed, e.Changes, limit)
				}
			}
		}
	}
}

// TestDoubled repeats every record: k doubles and the uniques vanish. One new
// record is one unique more.
func TestDoubled(t *testing.T) {
	table := invented(5, 900, 12, 30, 8)
	once := classes(t, table, table.Columns()...).Histogram
	var twice, one []Column
	for _, c := range table.columns {
		codes, more := new(Codes), new(Codes)
		for r := range 2 * table.rows {
			codes.Append(c.Codes.at(r % table.rows))
		}
		for r := range table.rows {
			more.Append(c.Codes.at(r))
		}
		more.Append(uint32(c.Codes.Distinct()))
		twice, one = append(twice, Column{c.Name, codes}), append(one, Column{c.Name, more})
	}
	double, _ := NewTable(twice...)
	h := classes(t, double, double.Columns()...).Histogram
	if h.K() != 2*once.K() || h.Uniques() != 0 || h.Classes() != once.Classes() {
		t.Errorf("doubled: %v of %v", h, once)
	}
	added, _ := NewTable(one...)
	if h := classes(t, added, added.Columns()...).Histogram; h.Uniques() != once.Uniques()+1 || h.Records() != once.Records()+1 {
		t.Errorf("one more record: %v of %v", h, once)
	}
}

// TestRankedOnSome checks that what is listed after ranking on some rows is
// counted on all, and that keys are complete.
func TestRankedOnSome(t *testing.T) {
	table := invented(2, 5000, 40, 4, 60, 9, 2500, 700)
	id := new(Codes)
	for i := range table.rows {
		// A key on most samples, but not on all rows.
		id.Append(uint32(max(i, 1)))
	}
	table.columns = append(table.columns, Column{"id", id})
	table.index["id"] = len(table.columns) - 1
	all, err := table.Combinations(t.Context(), table.Columns(), Search{MaxSize: 3, Keep: 1000})
	if err != nil {
		t.Fatal(err)
	}
	some, err := table.Combinations(t.Context(), table.Columns(), Search{MaxSize: 3, RankRows: 1000, Keep: 3})
	if err != nil {
		t.Fatal(err)
	}
	if some.Basis != Sample || some.RankedOnRows != 1000 || some.CountedOnRows != 5000 || all.Basis != Exact || all.RankedOnRows != 5000 {
		t.Errorf("got %+v", some)
	}
	if text(t, some.Keys, nil) != text(t, all.Keys, nil) {
		t.Errorf("keys %v, want %v", some.Keys, all.Keys)
	}
	for _, c := range some.Worst {
		at := slices.IndexFunc(all.Worst, func(o Combination) bool { return slices.Equal(o.Columns, c.Columns) })
		if at < 0 || text(t, all.Worst[at], nil) != text(t, c, nil) {
			t.Errorf("%+v is not counted on all rows", c)
		}
	}
	if some.Worst[0].Uniques != all.Worst[0].Uniques {
		t.Errorf("worst %+v, want %+v", some.Worst[0], all.Worst[0])
	}
}

// TestDISAgainstTruth draws samples of a known population: theta must be near the
// true probability of a correct match, and its interval cover it about as often
// as it says.
func TestDISAgainstTruth(t *testing.T) {
	population := invented(77, 200_000, 80, 60, 9, 14)
	sizes := make([]uint32, population.rows)
	classOf := make([]uint32, population.rows)
	c := classes(t, population, population.Columns()...)
	next := uint32(0)
	c.part.classes(func(rows []uint32) {
		for _, r := range rows {
			classOf[r], sizes[r] = next, uint32(len(rows))
		}
		next++
	})
	c.part.alone(func(row int) {
		classOf[row], sizes[row] = next, 1
		next++
	})
	covered, drawn := 0, 0
	for _, fraction := range []float64{0.01, 0.05, 0.1, 0.3, 0.5} {
		for seed := range uint64(20) {
			r := rand.New(rand.NewPCG(seed, 4))
			count, member := make([]int, next), make([]uint32, next)
			for row, class := range classOf {
				if r.Float64() < fraction {
					count[class]++
					member[class] = sizes[row]
				}
			}
			histogram := map[int]int{}
			matches := 0.0
			for class, n := range count {
				if n > 0 {
					histogram[n]++
				}
				if n == 1 {
					matches += float64(member[class])
				}
			}
			h := newHistogram(histogram)
			d, err := h.DIS(Sampling{Fraction: fraction, MinPairs: 30, Confidence: 0.95})
			if err != nil {
				t.Fatal(err)
			}
			if d == nil {
				if h.Of(2) >= 30 {
					t.Fatalf("withheld with %d pairs", h.Of(2))
				}
				continue
			}
			truth := float64(h.Of(1)) / matches
			drawn++
			if d.Low <= truth && truth <= d.High {
				covered++
			}
			if d.Basis != Estimate || !(d.Low < d.Theta && d.Theta < d.High) {
				t.Errorf("got %+v", d)
			}
			if h.Of(2) >= 1000 {
				near(t, "theta by its true value", d.Theta/truth, 1, 0.05)
			}
		}
	}
	t.Logf("the interval covers the truth in %d of %d samples", covered, drawn)
	if drawn < 60 || float64(covered) < 0.9*float64(drawn) {
		t.Errorf("the interval covers the truth in %d of %d samples", covered, drawn)
	}
}

func TestDISWithheld(t *testing.T) {
	h := Histogram{{1, 100}, {2, 29}, {3, 4}}
	for _, c := range []struct {
		h        Histogram
		sampling Sampling
		want     *DIS
		err      error
	}{
		{h, Sampling{0.1, 30, 0.95}, nil, nil},
		{Histogram{{2, 50}}, Sampling{1, 30, 0.95}, nil, nil},
		{h, Sampling{1, 30, 0.95}, &DIS{Fraction: 1, Theta: 1, Low: 1, High: 1, Confidence: 0.95, Basis: Exact}, nil},
		{h, Sampling{0, 30, 0.95}, nil, ErrFraction},
		{h, Sampling{math.NaN(), 30, 0.95}, nil, ErrFraction},
		{h, Sampling{1.1, 30, 0.95}, nil, ErrFraction},
		{h, Sampling{0.5, 30, 1}, nil, ErrConfidence},
	} {
		got, err := c.h.DIS(c.sampling)
		if !errors.Is(err, c.err) || text(t, got, nil) != text(t, c.want, nil) {
			t.Errorf("%+v: got %+v, %v", c.sampling, got, err)
		}
	}
	// pi n1 / (pi n1 + 2 (1-pi) n2) = 10 / (10 + 1.8 * 29)
	got, _ := h.DIS(Sampling{0.1, 29, 0.95})
	near(t, "theta", got.Theta, 10/(10+1.8*29), 1e-15)
}

// TestRefused has what cannot be measured.
func TestRefused(t *testing.T) {
	table := invented(1, 10, 3, 4)
	none := new(Codes)
	long := new(Codes)
	long.Append(0, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	empty, err := NewTable(Column{"a", none})
	if err != nil {
		t.Fatal(err)
	}
	tight := *table
	tight.Memory = 10
	for name, c := range map[string]struct {
		err  error
		call func() error
	}{
		"same name":       {ErrColumnName, func() error { _, err := NewTable(Column{"a", none}, Column{"a", none}); return err }},
		"lengths":         {ErrColumnLength, func() error { _, err := NewTable(Column{"a", none}, Column{"b", long}); return err }},
		"no column":       {ErrNoColumn, func() error { _, err := table.Classes(ctx, "x"); return err }},
		"no rows":         {ErrNoRows, func() error { _, err := empty.Classes(ctx, "a"); return err }},
		"cancelled":       {context.Canceled, func() error { _, err := table.Classes(ctx, "c0"); return err }},
		"cancelled too":   {context.Canceled, func() error { _, err := table.Combinations(ctx, table.Columns(), Search{3, 0, 3}); return err }},
		"size 0":          {ErrSearch, func() error { _, err := table.Combinations(t.Context(), table.Columns(), Search{0, 0, 3}); return err }},
		"no such to rank": {ErrNoColumn, func() error { _, err := table.Combinations(t.Context(), []string{"x"}, Search{3, 0, 3}); return err }},
		"order":           {ErrRank, func() error { _, err := classes(t, table, "c0").Sensitive("c1", []uint32{0, 0, 1, 2}); return err }},
		"short order":     {ErrRank, func() error { _, err := classes(t, table, "c0").Sensitive("c1", []uint32{0}); return err }},
		"recoding": {ErrRecoding, func() error {
			_, err := table.WhatIf(t.Context(), table.Columns(), [][]Change{{{"a", "c0", []uint32{0}}}})
			return err
		}},
		"two changes": {ErrTwoChanges, func() error {
			_, err := table.WhatIf(t.Context(), table.Columns(), [][]Change{{drop("c0"), {"other", "c0", nil}}})
			return err
		}},
		"goal":    {ErrGoal, func() error { _, err := table.Plan(t.Context(), table.Columns(), nil, Goal{}); return err }},
		"drawing": {ErrDrawing, func() error { _, err := table.Unicity(t.Context(), "c0", []string{"c1"}, Drawing{}); return err }},
		"cells": {ErrCellTwice, func() error {
			_, err := table.Margins(t.Context(), []string{"c0"}, make([]float64, 10), nil)
			return err
		}},
	} {
		if err := c.call(); !errors.Is(err, c.err) {
			t.Errorf("%s: got %v, want %v", name, err, c.err)
		}
	}
	var memory *MemoryError
	if _, err := classes(t, &tight, "c0").Sensitive("c1", nil); !errors.As(err, &memory) || memory.Need != 120 || memory.Limit != 10 {
		t.Errorf("got %v", err)
	}
}

// TestCodes checks that codes survive the change of width.
func TestCodes(t *testing.T) {
	for _, top := range []uint32{0, 255, 256, 65535, 65536, 1 << 20} {
		c := new(Codes)
		want := []uint32{0, 7 % (top + 1), top / 2, top}
		for i := range want {
			c.Append(want[i : i+1]...)
		}
		c.Append(want...)
		for i := range 8 {
			if c.at(i) != want[i%4] {
				t.Fatalf("top %d, row %d: %d, want %d", top, i, c.at(i), want[i%4])
			}
		}
		if c.Len() != 8 || c.Distinct() != int(top)+1 {
			t.Errorf("top %d: %d rows, %d distinct", top, c.Len(), c.Distinct())
		}
	}
}

// TestNoColumns has nothing to combine, which is no error.
func TestNoColumns(t *testing.T) {
	table := invented(1, 10, 3)
	got, err := table.Combinations(t.Context(), nil, Search{MaxSize: 3, Keep: 3})
	if want := `{"max_size":3,"searched":0,"ranked_on_rows":10,"counted_on_rows":10,"basis":"exact","worst":[],"max_unique_share_by_size":[],"keys":[]}`; text(t, got, err) != want {
		t.Errorf("got %s", text(t, got, err))
	}
	parts, err := table.Contributions(t.Context(), nil, 3, 0)
	if err != nil || parts.Records != 0 || len(parts.Minimal) != 0 {
		t.Errorf("got %+v, %v", parts, err)
	}
}

// TestPanicReachesCaller checks that a panic of a worker can be recovered from.
func TestPanicReachesCaller(t *testing.T) {
	defer func() {
		if p := recover(); p != "inside" {
			t.Errorf("recovered %v", p)
		}
	}()
	err := parallel(t.Context(), 2, 10, func() int { return 0 }, func(context.Context, int, int) error { panic("inside") })
	t.Error("went on:", err)
}
