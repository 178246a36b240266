package disclosure

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var none = math.NaN()

// rules gives the cells that fall under one rule alone: no sum makes up more than
// all of itself, and the rest is never below nothing.
func rules(d *Dominance) (nk func(n int, percent float64) int, p func(percent float64) int) {
	nk = func(n int, percent float64) int { return d.Unsafe(n, percent, 0, 0) }
	p = func(percent float64) int { return d.Unsafe(1, 100, percent, 0) }
	return nk, p
}

func TestDominance(t *testing.T) {
	table := coded(t, map[string][]string{
		"cell": {"a", "a", "a", "b", "b", "c", "d", "d"},
	}, "cell")
	d, err := classes(t, table, "cell").Dominance([]float64{200, 600, 200, 100, 900, 50, 0, 0}, "", 3)
	if err != nil {
		t.Fatal(err)
	}
	nk, p := rules(d)
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"cells", float64(d.Cells), 3},
		{"(1,60)", float64(nk(1, 60)), 2},
		{"(1,59)", float64(nk(1, 59)), 3},
		{"(2,80)", float64(nk(2, 80)), 2},
		{"(2,79)", float64(nk(2, 79)), 3},
		{"(3,99)", float64(nk(3, 99)), 3},
		{"(3,100)", float64(nk(3, 100)), 0},
		{"p 10 %", float64(p(10)), 2},
		{"p 33 %", float64(p(33)), 2},
		{"p 34 %", float64(p(34)), 3},
		{"of fewer than two", float64(d.Few(2)), 1},
		{"fewest", float64(d.Fewest()), 1},
		{"largest share of one", d.MaxShare(1), 1},
		{"closest estimate", d.Closest(), 0},
		{"of fewer than three", float64(d.Few(3)), 2},
		// The first cell falls under the p% rule alone, the others have too few.
		{"unsafe", float64(d.Unsafe(2, 80, 34, 3)), 3},
		{"unsafe but for the first", float64(d.Unsafe(2, 80, 33, 3)), 2},
	} {
		near(t, c.what, c.got, c.want, 0)
	}
}

// TestDominanceOfTheHandbook has example 1 of the handbook on statistical
// disclosure control (chapter 4): 50,000 and 49,000 of 100,000 are safe by the
// (1,90) rule, and yet the second largest knows the largest to within 2 %.
func TestDominanceOfTheHandbook(t *testing.T) {
	table := coded(t, map[string][]string{"cell": {"a", "a", "a"}}, "cell")
	d, err := classes(t, table, "cell").Dominance([]float64{50_000, 49_000, 1000}, "", 2)
	if err != nil {
		t.Fatal(err)
	}
	nk, p := rules(d)
	if nk(1, 90) != 0 || p(2) != 0 || p(2.1) != 1 || nk(2, 98.9) != 1 || nk(2, 99) != 0 {
		t.Errorf("(1,90) %d, p 2 %d, p 2.1 %d, (2,98.9) %d, (2,99) %d", nk(1, 90), p(2), p(2.1), nk(2, 98.9), nk(2, 99))
	}
}

// TestDominanceOfContributors has one cell of three rows of 300, 300 and 400,
// the first two of one contributor: 600 of 1,000 are its own.
func TestDominanceOfContributors(t *testing.T) {
	table := coded(t, map[string][]string{
		"cell": {"a", "a", "a", "b"}, "who": {"x", "y", "x", "y"},
	}, "cell", "who")
	d, err := classes(t, table, "cell").Dominance([]float64{300, 400, 300, 7}, "who", 2)
	if err != nil {
		t.Fatal(err)
	}
	nk, _ := rules(d)
	if nk(1, 59) != 2 || nk(1, 60) != 1 || d.Few(2) != 1 || d.Few(3) != 2 {
		t.Errorf("(1,59) %d, (1,60) %d, fewer than two %d, than three %d", nk(1, 59), nk(1, 60), d.Few(2), d.Few(3))
	}
	if _, err := classes(t, table, "cell").Dominance(make([]float64, 4), "nobody", 2); !errors.Is(err, ErrNoColumn) {
		t.Errorf("a contributor that is no column: %v", err)
	}
}

// grid is a table of counts with totals in the last row and column.
func grid(t *testing.T, rows [][]float64) (*Table, []float64) {
	t.Helper()
	a, b := new(Codes), new(Codes)
	var counts []float64
	for i, row := range rows {
		for j, v := range row {
			a.Append(uint32(i))
			b.Append(uint32(j))
			counts = append(counts, v)
		}
	}
	table, err := NewTable(Column{"area", a}, Column{"age", b})
	if err != nil {
		t.Fatal(err)
	}
	return table, counts
}

func TestMargins(t *testing.T) {
	for name, c := range map[string]struct {
		rows        [][]float64
		declared    map[string]uint32
		totals      int
		lines       int
		short       int
		suppressed  int
		recoverable int
	}{
		"no totals":         {[][]float64{{5, none}, {7, 9}}, nil, 0, 0, 0, 1, 0},
		"nothing withheld":  {[][]float64{{5, 3, 8}, {7, 9, 16}, {12, 12, 24}}, nil, 2, 6, 0, 0, 0},
		"one by a row":      {[][]float64{{5, none, 8}, {7, 9, 16}, {12, 12, 24}}, nil, 2, 6, 0, 1, 1},
		"one after another": {[][]float64{{none, none, 3, 8}, {7, none, 4, 16}, {1, 2, 3, 6}, {12, 8, 10, 30}}, nil, 2, 8, 0, 3, 3},
		// A rectangle is safe, whatever is added or taken along it.
		"rectangle": {[][]float64{{none, none, 3, 8}, {none, none, 4, 16}, {1, 2, 3, 6}, {12, 8, 10, 30}}, nil, 2, 8, 0, 4, 0},
		// Unless it is of zeros: nothing is left to divide.
		"zeros": {[][]float64{{none, none, 3, 3}, {none, none, 4, 4}, {1, 2, 3, 6}, {1, 2, 10, 13}}, nil, 2, 8, 0, 4, 4},
		// Two rectangles that share no line but for one cell, which follows from
		// taking the lines of one rectangle together.
		"bridge": {[][]float64{
			{none, none, 2, 3, 1, 19},
			{none, none, 1, 2, 1, 20},
			{1, none, none, none, 1, 24},
			{4, 5, none, none, 1, 25},
			{1, 2, 3, 4, 5, 15},
			{26, 27, 18, 23, 9, 103},
		}, nil, 2, 12, 0, 9, 1},
		"declared":     {[][]float64{{none, 8}, {none, 16}, {24, 24}}, map[string]uint32{"area": 2, "age": 1}, 2, 5, 0, 2, 2},
		"left out":     {[][]float64{{5, 3, 10}, {7, 9, 16}, {12, 12, 26}}, map[string]uint32{"age": 2, "area": 2}, 2, 6, 2, 0, 0},
		"by one line":  {[][]float64{{5, 3, 8}}, nil, 1, 1, 0, 0, 0},
		"total hidden": {[][]float64{{5, 3, none}, {7, 9, 16}, {12, 12, 24}}, nil, 2, 6, 0, 1, 1},
	} {
		table, counts := grid(t, c.rows)
		m, err := table.Margins(t.Context(), []string{"area", "age"}, counts, c.declared)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Totals) != c.totals || m.Lines != c.lines || m.Short != c.short || m.Suppressed != c.suppressed || m.Recoverable != c.recoverable || !m.Complete {
			t.Errorf("%s: got %+v", name, m)
		}
	}
}

// TestMarginsKnowsLittle tells what is known to be 0, what is alone in being left
// out of the file, and that a declared total which is less than the others is none.
func TestMarginsKnowsLittle(t *testing.T) {
	table, counts := grid(t, [][]float64{{5, none, 5}, {7, none, 16}, {12, 9, 21}})
	m, err := table.Margins(t.Context(), []string{"area", "age"}, counts, map[string]uint32{"area": 2, "age": 2})
	if err != nil || m.Recoverable != 2 || m.Empty != 1 {
		t.Errorf("one of two is 0: %+v, %v", m, err)
	}
	// The cells of the first column and the second row have no row in the file.
	area, age := new(Codes), new(Codes)
	for _, c := range [][2]uint32{{0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}} {
		area.Append(c[0])
		age.Append(c[1])
	}
	if table, err = NewTable(Column{"area", area}, Column{"age", age}); err != nil {
		t.Fatal(err)
	}
	m, err = table.Margins(t.Context(), []string{"area", "age"}, []float64{5, 3, 8, 9, 13, 9, 12, 21}, map[string]uint32{"area": 2, "age": 2})
	if err != nil || m.Short != 2 || m.Single != 2 {
		t.Errorf("a cell is left out: %+v, %v", m, err)
	}
	table, counts = grid(t, [][]float64{{50, none, 40}, {70, 20, 45}, {60, 30, 41}})
	m, err = table.Margins(t.Context(), []string{"area", "age"}, counts, map[string]uint32{"age": 2})
	if err != nil || len(m.Totals) != 0 || m.Recoverable != 0 {
		t.Errorf("a mean is no total: %+v, %v", m, err)
	}
}

// TestMarginsLarge leaves a group of cells unsolved that is too large.
func TestMarginsLarge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const n = 30
	rows := make([][]float64, n+1)
	for i := range rows {
		rows[i] = make([]float64, n+1)
	}
	for i := range n {
		for j := range n {
			v := float64(1 + r.IntN(50))
			rows[i][j] = v
			rows[i][n] += v
			rows[n][j] += v
			rows[n][n] += v
		}
	}
	for i := range n - 2 {
		for j := range n - 2 {
			rows[i][j] = none
		}
	}
	table, counts := grid(t, rows)
	m, err := table.Margins(t.Context(), []string{"area", "age"}, counts, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Complete || m.Recoverable != 0 || len(m.Totals) != 2 {
		t.Errorf("got %+v", m)
	}
}

// TestUnicity has tracks of which the answer is known: entities 0 to 399 each
// have a point of their own and two that all share; entity 400 shares all of its
// points.
func TestUnicity(t *testing.T) {
	who, place := new(Codes), new(Codes)
	visit := func(e, p uint32) {
		who.Append(e)
		place.Append(p)
	}
	for e := range uint32(401) {
		visit(e, 0)
		visit(e, 1)
		visit(e, 1)
		if e < 400 {
			visit(e, e+2)
		}
	}
	table, err := NewTable(Column{"who", who}, Column{"where", place})
	if err != nil {
		t.Fatal(err)
	}
	u, err := table.Unicity(t.Context(), "who", []string{"where"}, Drawing{MaxPoints: 4, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if u.Entities != 401 || u.Known[0].Drawn != 401 || u.Known[1].Drawn != 401 || u.Known[3].Drawn != 0 || u.Basis != Sample {
		t.Errorf("got %+v", u)
	}
	// One point of three is the own one in a third of the draws, two points hold it
	// in two thirds, three always do; and entity 400 has only two.
	near(t, "unicity of one point", u.Known[0].Share, 400./3/401, 4*u.Known[0].StandardError)
	near(t, "unicity of two points", u.Known[1].Share, 800./3/401, 4*u.Known[1].StandardError)
	if three := u.Known[2]; three.Drawn != 400 || three.Unique != 400 || three.StandardError != 0 {
		t.Errorf("three points: %+v", three)
	}
}

// TestUnicityExpected compares the share with its expectation over all choices
// of points.
func TestUnicityExpected(t *testing.T) {
	table := invented(6, 6000, 700, 90, 25)
	places := []string{"c1", "c2"}
	at := map[string]map[uint32]bool{}
	track := map[uint32][]string{}
	for r := range table.rows {
		e, p := table.columns[0].Codes.at(r), table.key(r, places)
		if at[p] == nil {
			at[p] = map[uint32]bool{}
		}
		if !at[p][e] {
			track[e] = append(track[e], p)
		}
		at[p][e] = true
	}
	u, err := table.Unicity(t.Context(), "c0", places, Drawing{MaxPoints: 2, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	for p := 1; p <= 2; p++ {
		sum, n := 0.0, 0
		for e, points := range track {
			sets := subsets(points, p)
			if len(points) < p {
				continue
			}
			n++
			for _, set := range sets {
				alone := true
				for other := range at[set[0]] {
					if other != e && !slices.ContainsFunc(set, func(q string) bool { return !at[q][other] }) {
						alone = false
					}
				}
				if alone {
					sum += 1 / float64(len(sets))
				}
			}
		}
		got := u.Known[p-1]
		if got.Drawn != n {
			t.Errorf("%d entities drawn, want %d", got.Drawn, n)
		}
		near(t, "unicity", got.Share, sum/float64(n), 4*got.StandardError+1e-9)
		if sum/float64(n) < 0.01 || sum/float64(n) > 0.99 {
			t.Errorf("an expectation of %v does not tell", sum/float64(n))
		}
	}
}
