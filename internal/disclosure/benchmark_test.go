package disclosure

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// city is a register of persons: birth date, sex, postal code, civil status,
// education, occupation, employer, municipality, language, year and two further.
func city(rows int) *Table {
	r := rand.New(rand.NewPCG(42, 42))
	var columns []Column
	for i, d := range []int{37_000, 2, 3_000, 6, 9, 450, 20_000, 309, 120, 104, 12, 400} {
		codes := new(Codes)
		for range rows {
			// Some values are much commoner than others.
			u := r.Float64()
			codes.Append(uint32(u * u * float64(d)))
		}
		columns = append(columns, Column{fmt.Sprint("c", i), codes})
	}
	t, err := NewTable(columns...)
	if err != nil {
		panic(err)
	}
	return t
}

func perSecond(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

// BenchmarkClasses groups a million persons by birth year, sex, postal code and
// civil status, most of which share their group with others; by birth date most
// are alone. A Go map of the codes is what the refinement is measured against.
func BenchmarkClasses(b *testing.B) {
	const rows = 1_000_000
	table := city(rows)
	people := []string{"c9", "c1", "c2", "c3"}
	b.Run("date", func(b *testing.B) {
		for b.Loop() {
			classes(b, table, "c0", "c1", "c2", "c3")
		}
		perSecond(b, rows)
	})
	b.Run("year", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			classes(b, table, people...)
		}
		perSecond(b, rows)
	})
	b.Run("map", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sizes := map[[4]uint32]uint32{}
			for r := range rows {
				var k [4]uint32
				for c := range k {
					k[c] = table.columns[table.index[people[c]]].Codes.At(r)
				}
				sizes[k]++
			}
		}
		perSecond(b, rows)
	})
	b.Run("spilled", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s, key := NewSpill(b.TempDir(), 0), NewKey()
			w := s.Writer()
			for r := range rows {
				if err := w.Add(key.Of(table.columns[9].Codes.At(r), table.columns[1].Codes.At(r), table.columns[2].Codes.At(r), table.columns[3].Codes.At(r))); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				b.Fatal(err)
			}
			if _, err := s.Histogram(b.Context(), runtime.GOMAXPROCS(0)); err != nil {
				b.Fatal(err)
			}
			s.Close()
		}
		perSecond(b, rows)
	})
}

func BenchmarkSensitive(b *testing.B) {
	const rows = 1_000_000
	table := city(rows)
	c := classes(b, table, "c9", "c1", "c2")
	for b.Loop() {
		if _, err := c.Sensitive("c5", nil); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, rows)
}

// BenchmarkCombinations looks at the 298 combinations of up to three of twelve
// columns.
func BenchmarkCombinations(b *testing.B) {
	const rows = 1_000_000
	table := city(rows)
	for _, rank := range []int{0, 100_000} {
		b.Run(fmt.Sprint("rank=", rank), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := table.Combinations(b.Context(), table.Columns(), Search{MaxSize: 3, RankRows: rank, Keep: 5}); err != nil {
					b.Fatal(err)
				}
			}
			perSecond(b, rows)
		})
	}
}

func BenchmarkContributions(b *testing.B) {
	const rows = 100_000
	table := city(rows)
	for b.Loop() {
		if _, err := table.Contributions(b.Context(), table.Columns(), 3, 0); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, rows)
}

// BenchmarkPlan looks for the changes that make a register 5-anonymous.
func BenchmarkPlan(b *testing.B) {
	const rows = 1_000_000
	table := city(rows)
	coarser := func(column int, by uint32) []uint32 {
		to := make([]uint32, table.columns[column].Codes.Distinct())
		for i := range to {
			to[i] = uint32(i) / by
		}
		return to
	}
	changes := []Change{
		{"month", "c0", coarser(0, 30)}, {"year", "c0", coarser(0, 365)}, {"decade", "c0", coarser(0, 3650)},
		{"three digits", "c2", coarser(2, 30)}, {"two digits", "c2", coarser(2, 300)}, {"no status", "c3", nil}, {"no sex", "c1", nil},
	}
	for b.Loop() {
		p, err := table.Plan(b.Context(), []string{"c0", "c1", "c2", "c3"}, changes, Goal{K: 5, MaxSets: 200})
		if err != nil || !p.Reached {
			b.Fatal(err, p)
		}
		b.ReportMetric(float64(p.Tried), "sets")
	}
	perSecond(b, rows)
}

func BenchmarkUnicity(b *testing.B) {
	const rows = 1_000_000
	table := city(rows)
	for b.Loop() {
		if _, err := table.Unicity(b.Context(), "c6", []string{"c2", "c10"}, Drawing{MaxPoints: 4, Entities: 10_000}); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, rows)
}
