package disclosure

import (
	"errors"
	"os"
	"slices"
	"testing"
)

// stored is the same table with its codes on disk, but for what fits into a
// memory in bytes.
func stored(t *testing.T, table *Table, memory int64) *Table {
	t.Helper()
	store := NewStore(t.TempDir(), memory)
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	columns := make([]Column, len(table.columns))
	for i, c := range table.columns {
		columns[i] = Column{c.Name, store.Codes()}
	}
	// Blocks of rows, as a reader gives them.
	for from := 0; from < table.rows; from += 1000 {
		for i, c := range table.columns {
			var block []uint32
			for r := from; r < min(from+1000, table.rows); r++ {
				block = append(block, c.Codes.at(r))
			}
			columns[i].Codes.Append(block...)
		}
	}
	out, err := NewTable(columns...)
	if err != nil {
		t.Fatal(err)
	}
	out.Scratch = t.TempDir()
	return out
}

// TestOnDisk wants the same results wherever the codes are.
func TestOnDisk(t *testing.T) {
	table := invented(9, 120_000, 20, 300, 70_000, 5, 40)
	names := table.Columns()
	changes := []Change{drop("c1"), {"half", "c1", halved(300)}, drop("c2"), drop("c4")}
	measure := func(table *Table) []string {
		ctx := t.Context()
		var out []string
		for _, columns := range [][]string{nil, {"c0"}, {"c2"}, {"c1", "c3"}, {"c0", "c1", "c2"}, names} {
			c, err := table.Classes(ctx, columns...)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, text(t, c.Histogram, nil))
		}
		effects, err := table.WhatIf(ctx, []string{"c0", "c1", "c4"}, [][]Change{nil, changes[:1], changes[1:2], changes[2:]})
		out = append(out, text(t, effects, err))
		plan, err := table.Plan(ctx, []string{"c0", "c1", "c4"}, changes, Goal{K: 10, MaxSets: 50})
		out = append(out, text(t, plan, err))
		return out
	}
	want := measure(table)
	for _, memory := range []int64{0, 300_000, 1 << 30} {
		other := stored(t, table, memory)
		if on := other.columns[0].Codes.OnDisk(); on != (memory < 1<<20) {
			t.Fatalf("with %d bytes on disk is %v", memory, on)
		}
		for _, workers := range []int{1, 3} {
			other.Workers = workers
			for i, got := range measure(other) {
				if got != want[i] {
					t.Errorf("with %d bytes, measure %d:\n%s, want\n%s", memory, i, got, want[i])
				}
			}
		}
		if left := list(t, other.Scratch); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
	// Without room for a partition, though the codes are in memory.
	tight := *table
	tight.Memory = 1000
	for i, got := range measure(&tight) {
		if got != want[i] {
			t.Errorf("in little memory, measure %d:\n%s, want\n%s", i, got, want[i])
		}
	}
}

func halved(n int) []uint32 {
	to := make([]uint32, n)
	for i := range to {
		to[i] = uint32(i / 2)
	}
	return to
}

// TestOnDiskRanked draws the rows to rank on from disk. The table has no equal
// rows, so that they are the same ones as in memory.
func TestOnDiskRanked(t *testing.T) {
	table := invented(4, 50_000, 20, 300, 70_000, 5)
	id := new(Codes)
	for i := range table.rows {
		id.Append(uint32(i))
	}
	table, err := NewTable(append(slices.Clone(table.columns), Column{"id", id})...)
	if err != nil {
		t.Fatal(err)
	}
	search := Search{MaxSize: 3, RankRows: 5000, Keep: 4}
	want, err := table.Combinations(t.Context(), table.Columns(), search)
	if err != nil {
		t.Fatal(err)
	}
	other := stored(t, table, 0)
	got, err := other.Combinations(t.Context(), table.Columns(), search)
	if text(t, got, err) != text(t, want, nil) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	var memory *MemoryError
	if _, err := other.Combinations(t.Context(), table.Columns(), Search{MaxSize: 2, Keep: 1}); !errors.As(err, &memory) {
		t.Errorf("ranked on all rows: %v", err)
	}
	c := classes(t, other, "c0")
	for name, call := range map[string]func() error{
		"sensitive": func() error { _, err := c.Sensitive("c1", nil); return err },
		"entities":  func() error { _, err := c.Entities("c1"); return err },
		"dominance": func() error { _, err := c.Dominance(make([]float64, table.rows), "", 2); return err },
		"unicity": func() error {
			_, err := other.Unicity(t.Context(), "c1", []string{"c0"}, Drawing{MaxPoints: 1})
			return err
		},
		"margins": func() error {
			_, err := other.Margins(t.Context(), []string{"id"}, make([]float64, table.rows), nil)
			return err
		},
	} {
		if err := call(); !errors.As(err, &memory) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestStoreFails reports in the end that codes could not be written.
func TestStoreFails(t *testing.T) {
	store := NewStore(t.TempDir()+"/missing", 0)
	defer store.Close()
	c := store.Codes()
	c.Append(1, 2, 3)
	c.Append(1, 2, 3)
	if _, err := NewTable(Column{"a", c}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
