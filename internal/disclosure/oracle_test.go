package disclosure

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// invented is a table of random columns of different width and skewness, with
// some duplicates.
func invented(seed uint64, rows int, distinct ...int) *Table {
	r := rand.New(rand.NewPCG(seed, 1))
	columns := make([]Column, len(distinct))
	for i, d := range distinct {
		codes := new(Codes)
		for range rows {
			codes.Append(uint32(math.Pow(r.Float64(), 1+float64(i%3)) * float64(d)))
		}
		columns[i] = Column{fmt.Sprint("c", i), codes}
	}
	t, err := NewTable(columns...)
	if err != nil {
		panic(err)
	}
	return t
}

// key is the tuple of a row on columns, as text.
func (t *Table) key(row int, columns []string) string {
	var b strings.Builder
	for _, c := range columns {
		fmt.Fprint(&b, t.columns[t.index[c]].Codes.at(row), " ")
	}
	return b.String()
}

// groups are the rows by tuple, the plain way.
func (t *Table) groups(columns []string) map[string][]int {
	g := map[string][]int{}
	for r := range t.rows {
		k := t.key(r, columns)
		g[k] = append(g[k], r)
	}
	return g
}

func plainHistogram(groups map[string][]int) Histogram {
	sizes := map[int]int{}
	for _, rows := range groups {
		sizes[len(rows)]++
	}
	return newHistogram(sizes)
}

func TestClassesOracle(t *testing.T) {
	for seed := range uint64(40) {
		rows := []int{1, 2, 63, 500, 3000}[seed%5]
		table := invented(seed, rows, 2, 7, 40, 300, 70000, 1)
		for _, columns := range [][]string{nil, {"c0"}, {"c5"}, {"c1", "c0"}, {"c2", "c1"}, {"c3", "c0", "c1"}, {"c4", "c1"}, table.Columns()} {
			groups := table.groups(columns)
			c := classes(t, table, columns...)
			if want := plainHistogram(groups); !slices.Equal(c.Histogram, want) {
				t.Fatalf("seed %d, %v: %v, want %v", seed, columns, c.Histogram, want)
			}
			oracleSensitive(t, table, c, groups)
			oracleEntities(t, table, c, groups)
		}
	}
}

// oracleSensitive computes the measures of c3 as their definitions read.
func oracleSensitive(t *testing.T, table *Table, c *Classes, groups map[string][]int) {
	t.Helper()
	codes := table.columns[3].Codes
	rank := make([]uint32, codes.Distinct())
	for i, p := range rand.New(rand.NewPCG(1, 2)).Perm(len(rank)) {
		rank[i] = uint32(p)
	}
	got, err := c.Sensitive("c3", rank)
	if err != nil {
		t.Fatal(err)
	}
	global := make([]float64, len(rank))
	for r := range table.rows {
		global[rank[codes.at(r)]] += 1 / float64(table.rows)
	}
	want := Sensitive{DistinctL: math.MaxInt, EntropyL: math.Inf(1)}
	ordered := 0.0
	for _, rows := range groups {
		local := make([]float64, len(rank))
		for _, r := range rows {
			local[rank[codes.at(r)]] += 1 / float64(len(rows))
		}
		l, entropy, far, cumulated, moved := 0, 0.0, 0.0, 0.0, 0.0
		for i, q := range local {
			p := global[i]
			far += math.Abs(q-p) / 2
			cumulated += q - p
			moved += math.Abs(cumulated) / float64(max(len(local)-1, 1))
			if q > 0 {
				l++
				entropy -= q * math.Log(q)
				want.Alpha = max(want.Alpha, q)
				want.Beta = max(want.Beta, (q-p)/p)
				want.Delta = max(want.Delta, math.Abs(math.Log(q/p)))
			}
		}
		want.DistinctL = min(want.DistinctL, l)
		want.EntropyL = min(want.EntropyL, math.Exp(entropy))
		want.T = max(want.T, far)
		ordered = max(ordered, moved)
		if l == 1 && len(rows) > 1 {
			want.HomogeneousClasses++
			want.HomogeneousRecords += len(rows)
		}
	}
	if got.DistinctL != want.DistinctL || got.HomogeneousClasses != want.HomogeneousClasses || got.HomogeneousRecords != want.HomogeneousRecords {
		t.Fatalf("%v: got %+v, want %+v", c.Columns, got, want)
	}
	near(t, "entropy l", got.EntropyL, want.EntropyL, 1e-9*want.EntropyL)
	near(t, "alpha", got.Alpha, want.Alpha, 1e-12)
	near(t, "t", got.T, want.T, 1e-10)
	near(t, "beta", got.Beta, want.Beta, 1e-9*(1+want.Beta))
	near(t, "delta", got.Delta, want.Delta, 1e-9)
	if len(rank) > 1 {
		near(t, "t ordered", *got.TOrdered, ordered, 1e-9)
	}
}

func oracleEntities(t *testing.T, table *Table, c *Classes, groups map[string][]int) {
	t.Helper()
	got, err := c.Entities("c2")
	if err != nil {
		t.Fatal(err)
	}
	sizes, smallest := map[int]int{}, map[uint32]int{}
	for _, rows := range groups {
		members := map[uint32]bool{}
		for _, r := range rows {
			members[table.columns[2].Codes.at(r)] = true
		}
		sizes[len(members)]++
		for e := range members {
			if s, ok := smallest[e]; !ok || len(members) < s {
				smallest[e] = len(members)
			}
		}
	}
	if want := newHistogram(sizes); !slices.Equal(got.Histogram, want) || got.Count != len(smallest) {
		t.Fatalf("%v: got %+v, want %v of %d", c.Columns, got, want, len(smallest))
	}
	for _, limit := range []int{1, 2, 3, 10} {
		want := 0
		for _, s := range smallest {
			if s < limit {
				want++
			}
		}
		if got.Below(limit) != want {
			t.Fatalf("%d entities below %d, want %d", got.Below(limit), limit, want)
		}
	}
}

// TestCombinationsOracle compares the search with every set counted by itself.
func TestCombinationsOracle(t *testing.T) {
	for seed := range uint64(12) {
		rows := []int{1, 30, 400}[seed%3]
		table := invented(seed, rows, 3, 5, 20, 60, 5000, 1, 400)
		if seed%2 == 0 {
			id := new(Codes)
			for r := range rows {
				id.Append(uint32(rows - 1 - r))
			}
			table.columns = append(table.columns, Column{"id", id})
			table.index["id"] = len(table.columns) - 1
		}
		got, err := table.Combinations(t.Context(), table.Columns(), Search{MaxSize: 3, Keep: 1000})
		if err != nil {
			t.Fatal(err)
		}
		var keys [][]string
		most := make([]float64, 3)
		var worst []Combination
		for size := 1; size <= 3; size++ {
			for _, set := range subsets(slices.Sorted(slices.Values(table.Columns())), size) {
				h := plainHistogram(table.groups(set))
				most[size-1] = max(most[size-1], h.UniqueShare())
				if slices.ContainsFunc(keys, func(k []string) bool { return contains(set, k) }) {
					continue
				}
				worst = append(worst, Combination{set, h.K(), h.Classes(), h.Uniques(), h.UniqueShare()})
				if h.Uniques() == rows {
					keys = append(keys, set)
				}
			}
		}
		if fmt.Sprint(got.Keys) != fmt.Sprint(keys) {
			t.Fatalf("seed %d: keys %v, want %v", seed, got.Keys, keys)
		}
		if !slices.Equal(got.MaxUniqueShareBySize, most) {
			t.Fatalf("seed %d: shares %v, want %v", seed, got.MaxUniqueShareBySize, most)
		}
		slices.SortStableFunc(worst, func(a, b Combination) int {
			if a.Uniques != b.Uniques {
				return b.Uniques - a.Uniques
			}
			return b.Classes - a.Classes
		})
		if fmt.Sprint(got.Worst) != fmt.Sprint(worst) {
			t.Fatalf("seed %d: worst\n%v, want\n%v", seed, got.Worst, worst)
		}
	}
}

func contains(set, part []string) bool {
	for _, p := range part {
		if !slices.Contains(set, p) {
			return false
		}
	}
	return true
}

// TestDependencies has a column that follows from another, its twin in other
// codes, one of one value and a key.
func TestDependencies(t *testing.T) {
	table := invented(8, 3000, 60, 7, 1)
	var twin, decade, id Codes
	for r := range table.rows {
		v := table.columns[0].Codes.at(r)
		twin.Append(59 - v)
		decade.Append(v / 10)
		id.Append(uint32(r))
	}
	table, err := NewTable(append(table.columns, Column{"twin", &twin}, Column{"decade", &decade}, Column{"id", &id})...)
	if err != nil {
		t.Fatal(err)
	}
	got, err := table.Dependencies(t.Context(), table.Columns()...)
	want := []Dependency{{"c0", "decade"}, {"c0", "twin"}, {"twin", "c0"}, {"twin", "decade"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

// TestContributionsOracle compares minimal sample uniques with their definition.
func TestContributionsOracle(t *testing.T) {
	for seed := range uint64(8) {
		table := invented(seed, 200, 2, 3, 5, 20, 90)
		names := table.Columns()
		got := map[string]int{}
		err := table.minimalUniques(t.Context(), 3, func(set string, minimal bitmap) { got[set] = minimal.count() })
		if err != nil {
			t.Fatal(err)
		}
		unique := map[string]map[int]bool{}
		for size := 1; size <= 3; size++ {
			for _, set := range subsets(names, size) {
				id, found := "", 0
				for _, c := range set {
					id += string(rune(slices.Index(names, c)))
				}
				unique[id] = map[int]bool{}
				for _, rows := range table.groups(set) {
					if len(rows) > 1 {
						continue
					}
					unique[id][rows[0]] = true
					smaller := false
					for leave := range id {
						smaller = smaller || unique[id[:leave]+id[leave+1:]][rows[0]]
					}
					if !smaller {
						found++
					}
				}
				if got[id] != found {
					t.Fatalf("seed %d: %d minimal sample uniques on %v, want %d", seed, got[id], set, found)
				}
			}
		}
	}
}

func TestSpillOracle(t *testing.T) {
	key := NewKey()
	for _, c := range []struct {
		rows    int
		spilled bool
	}{{0, false}, {1, false}, {20_000, false}, {400_000, true}} {
		table := invented(3, c.rows, 50, 300, 20)
		parent := t.TempDir()
		s := NewSpill(parent, 0)
		writers := []*Writer{s.Writer(), s.Writer()}
		for r := range c.rows {
			if err := writers[r%2].Add(key.Of(table.columns[0].Codes.at(r), table.columns[1].Codes.at(r), table.columns[2].Codes.at(r))); err != nil {
				t.Fatal(err)
			}
		}
		for _, w := range writers {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Histogram(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		want := Histogram{}
		if c.rows > 0 {
			want = classes(t, table, table.Columns()...).Histogram
		}
		if !slices.Equal(got, want) || s.records != c.rows {
			t.Errorf("%d rows: %v, want %v", c.rows, got, want)
		}
		if (s.file.end > 0) != c.spilled {
			t.Errorf("%d rows: %d bytes on disk", c.rows, s.file.end)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if left := list(t, parent); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		if err := writers[0].Add(Digest{}); err != nil {
			t.Error("a writer holds digests still", err)
		}
		if err := writers[0].Flush(); !errors.Is(err, ErrClosed) {
			t.Error("a closed spill took digests:", err)
		}
	}
}
