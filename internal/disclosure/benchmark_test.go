package disclosure

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"syscall"
	"testing"
	"time"
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

// each repeats a measurement of a table and reports the time of the processors
// for a row of it: other work on the machine does not change that much.
func each(b *testing.B, rows int, measure func() error) {
	start := processor(b)
	for b.Loop() {
		if err := measure(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((processor(b)-start).Nanoseconds())/float64(b.N)/float64(rows), "cpu-ns/row")
}

// processor is the time that the processors have worked for this program.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkClasses groups a million persons by birth year, sex, postal code and
// civil status, most of which share their group with others; by birth date most
// are alone. A Go map of the codes is what the refinement is measured against.
func BenchmarkClasses(b *testing.B) {
	const rows = 1_000_000
	table := city(rows)
	people := []string{"c9", "c1", "c2", "c3"}
	b.Run("date", func(b *testing.B) {
		each(b, rows, func() error {
			_, err := table.Classes(b.Context(), "c0", "c1", "c2", "c3")
			return err
		})
	})
	b.Run("year", func(b *testing.B) {
		each(b, rows, func() error {
			_, err := table.Classes(b.Context(), people...)
			return err
		})
	})
	b.Run("map", func(b *testing.B) {
		each(b, rows, func() error {
			sizes := map[[4]uint32]uint32{}
			for r := range rows {
				var k [4]uint32
				for c := range k {
					k[c] = table.columns[table.index[people[c]]].Codes.at(r)
				}
				sizes[k]++
			}
			return nil
		})
	})
	b.Run("disk", func(b *testing.B) {
		store := NewStore(b.TempDir(), 0)
		defer store.Close()
		var columns []Column
		for _, c := range table.columns {
			codes, cursor := store.Codes(), cursor{codes: c.Codes}
			block := make([]uint32, 4000)
			for range rows / len(block) {
				if err := cursor.next(block); err != nil {
					b.Fatal(err)
				}
				codes.Append(block...)
			}
			columns = append(columns, Column{c.Name, codes})
		}
		stored, err := NewTable(columns...)
		if err != nil {
			b.Fatal(err)
		}
		each(b, rows, func() error {
			_, err := stored.Classes(b.Context(), people...)
			return err
		})
	})
	b.Run("spilled", func(b *testing.B) {
		each(b, rows, func() error {
			s, key := NewSpill(b.TempDir(), 0), NewKey()
			defer s.Close()
			w := s.Writer()
			for r := range rows {
				if err := w.Add(key.Of(table.columns[9].Codes.at(r), table.columns[1].Codes.at(r), table.columns[2].Codes.at(r), table.columns[3].Codes.at(r))); err != nil {
					return err
				}
			}
			if err := w.Flush(); err != nil {
				return err
			}
			_, err := s.Histogram(b.Context(), runtime.GOMAXPROCS(0))
			return err
		})
	})
}

func BenchmarkSensitive(b *testing.B) {
	const rows = 1_000_000
	table := city(rows)
	c := classes(b, table, "c9", "c1", "c2")
	each(b, rows, func() error {
		_, err := c.Sensitive("c5", nil)
		return err
	})
}

// BenchmarkSpill takes one record for each iteration, half of them alone, in
// 128 MB.
func BenchmarkSpill(b *testing.B) {
	s, key := NewSpill(b.TempDir(), 128<<20), NewKey()
	defer s.Close()
	w, start := s.Writer(), processor(b)
	for i := range b.N {
		x := mix(uint64(i)) % uint64(b.N)
		if err := w.Add(key.Of(uint32(x), uint32(x>>32))); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Histogram(b.Context(), runtime.GOMAXPROCS(0)); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64((processor(b)-start).Nanoseconds())/float64(b.N), "cpu-ns/row")
	b.ReportMetric(float64(s.file.end)/1e6, "MB-disk")
	memory(b)
}

// memory reports what the program has from the system.
func memory(b *testing.B) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB-system")
}

// BenchmarkCombinations looks at the 298 combinations of up to three of twelve
// columns.
func BenchmarkCombinations(b *testing.B) {
	for _, c := range []struct{ rows, rank int }{{1_000_000, 0}, {1_000_000, 100_000}, {5_000_000, 1_000_000}} {
		b.Run(fmt.Sprintf("rows=%d/rank=%d", c.rows, c.rank), func(b *testing.B) {
			table := city(c.rows)
			each(b, c.rows, func() error {
				_, err := table.Combinations(b.Context(), table.Columns(), Search{MaxSize: 3, RankRows: c.rank, Keep: 5})
				return err
			})
			memory(b)
		})
	}
}

func BenchmarkContributions(b *testing.B) {
	const rows = 100_000
	table := city(rows)
	each(b, rows, func() error {
		_, err := table.Contributions(b.Context(), table.Columns(), 3, 0)
		return err
	})
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
	each(b, rows, func() error {
		p, err := table.Plan(b.Context(), []string{"c0", "c1", "c2", "c3"}, changes, Goal{K: 5, MaxSets: 200})
		if err != nil {
			return err
		}
		b.ReportMetric(float64(p.Tried), "sets")
		return nil
	})
}

func BenchmarkUnicity(b *testing.B) {
	const rows = 1_000_000
	table := city(rows)
	each(b, rows, func() error {
		_, err := table.Unicity(b.Context(), "c6", []string{"c2", "c10"}, Drawing{MaxPoints: 4, Entities: 10_000})
		return err
	})
}
