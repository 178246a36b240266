package evidence

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/claims"
	"puntari/internal/descriptor"
	"puntari/internal/table"
)

// said is what an amended descriptor says that the file shows of a field.
func said(d *descriptor.Dataset, field string) string {
	for _, s := range d.Evidence.Statements {
		if *s.Field == field {
			return *s.Value
		}
	}
	return ""
}

// A hidden count that is alone in its row follows from the total of the row; two
// in every row and column concerned do not. Whether the table is long, wide, or
// has its figures beside each other, signs, codes beside names, notes and blanks
// between thousands change nothing.
func TestTotals(t *testing.T) {
	for name, x := range map[string]struct {
		data                         string
		hidden, recoverable, leftOut int
		columns                      string
		beside                       bool
		protected                    string
	}{
		"nothing hidden": {
			data:    "alue;ikä;lkm\nA;0-17;5\nA;18-;7\nA;Yhteensä;12\nB;0-17;8\nB;18-;9\nB;Yhteensä;17\n",
			columns: "[ikä]",
		},
		"long, one of a row": {
			data:   "alue;ikä;lkm\nA;0-17;..\nA;18-;7\nA;Yhteensä;12\nB;0-17;8\nB;18-;9\nB;Yhteensä;17\n",
			hidden: 1, recoverable: 1, columns: "[ikä]", protected: "no",
		},
		"long, two of each row and column": {
			data:   "alue;ikä;lkm\nA;0-17;<5\nA;18-;<5\nA;65-;9\nA;Yhteensä;15\nB;0-17;\nB;18-;\nB;65-;20\nB;Yhteensä;27\nC;0-17;30\nC;18-;30\nC;65-;40\nC;Yhteensä;100\n",
			hidden: 4, columns: "[ikä]", protected: "yes",
		},
		"a column of totals beside the others": {
			data:   "koodi;kunta;naiset;miehet;yhteensä\n091;A;1 000;..;1 450\n049;B;300;-;300\n092;C;12;13;25\n",
			hidden: 1, recoverable: 1, beside: true, protected: "no",
		},
		"what is counted is sensitive": {
			data:   "alue;ikä;toimeentulotuki\nA;0-17;..\nA;18-;7\nA;Yhteensä;12\nB;0-17;8\nB;18-;9\nB;Yhteensä;17\n",
			hidden: 1, recoverable: 1, columns: "[ikä]", protected: "no",
		},
		"a total of hidden and zero": {
			data:   "alue;ikä;lkm\nA;0-17;..\nA;18-;12\nA;Yhteensä;12\nB;0-17;8\nB;18-;9\nB;Yhteensä;17\n",
			hidden: 1, columns: "[ikä]", protected: "yes",
		},
		"left out": {
			data:    "alue;ikä;lkm\nA;18-;7\nA;Yhteensä;12\nB;0-17;8\nB;18-;9\nB;Yhteensä;17\n",
			leftOut: 1, columns: "[ikä]", protected: "no",
		},
		"no totals": {
			data:   "alue;ikä;lkm\nA;0-17;..\nA;18-;7\nB;0-17;8\nB;18-;9\n",
			hidden: 1, columns: "[]",
		},
		"a year among whole numbers": {
			data:   "kunta;vuosi;kk;lkm\nA;2025;1;5\nA;2025;2;..\nA;2025;13;9\nB;2025;1;6\nB;2025;2;7\nB;2025;13;13\n",
			hidden: 1, recoverable: 1, columns: "[kk]", protected: "no",
		},
	} {
		for _, to := range []table.Options{{}, {Totals: TotalRows(catalogue(t))}} {
			r := measure(t, write(t, x.data), Options{Rows: RowsAggregate}, to)
			if r.Totals == nil {
				t.Errorf("%s: no totals, limits %v", name, r.Limits)
				continue
			}
			got := r.Totals
			columns := fmt.Sprint(plain(got.Columns))
			if x.columns == "" {
				x.columns = "[]"
			}
			if got.Hidden != x.hidden || got.Recoverable != x.recoverable || got.LeftOut != x.leftOut || columns != x.columns || got.Beside != x.beside {
				t.Errorf("%s: %+v %s", name, got, columns)
			}
			d := &descriptor.Dataset{}
			Amend(d, r, catalogue(t), Stamp{})
			if s := said(d, "disclosureControl.secondarySuppression"); s != x.protected {
				t.Errorf("%s: protected %q, want %q", name, s, x.protected)
			}
			if proposed := len(d.Mitigations) == 1 && *d.Mitigations[0].Code == "M07"; proposed != (x.protected == "no") {
				t.Errorf("%s: measures %+v", name, d.Mitigations)
			}
		}
	}
}

// Where rows are no cells of a table nothing is claimed of totals.
func TestCellsNotApart(t *testing.T) {
	r := measure(t, write(t, "alue;lkm\nA;5\nA;6\nB;7\n"), Options{Rows: RowsAggregate}, table.Options{})
	if r.Totals != nil || !slices.Contains(r.Limits, LimitCells) {
		t.Errorf("%+v, limits %v", r.Totals, r.Limits)
	}
}

// Counts are read in columns with signs too, and the month that tells cells apart
// is none.
func TestCounts(t *testing.T) {
	r := measure(t, write(t, "yksikkö;kk;henkilöt\nA;1;3\nA;2;..\nB;1;1\nB;2;40\n"), Options{Rows: RowsAggregate}, table.Options{})
	if got := fmt.Sprint(r.Cells); got != "[{henkilöt 1 1 1 2 2 1}]" {
		t.Errorf("column, smallest, ones, below 3, 5 and 10, hidden: %s", got)
	}
	if c := r.Columns[2]; c.Type != TypeInteger || c.Hidden != 1 {
		t.Errorf("%+v", c)
	}
}

// Sums by the rows of companies: in industry A one has 600 of 1,000 and the rest
// is a third of that; in B one of two has 90 %; C has a single one.
func TestDominanceOfCompanies(t *testing.T) {
	data := "toimiala;y_tunnus;yritys;liikevaihto;muutos\n" +
		"A;1111111-1;Yy Oy;300;1\nA;1111111-1;Yy Oy;300;2\nA;2222222-2;Kaa Oy;200;3\nA;3333333-3;Koo Oy;200;4\n" +
		"B;1111111-1;Yy Oy;900;-5\nB;2222222-2;Kaa Oy;100;6\nC;3333333-3;Koo Oy;50;7\n"
	r := measure(t, write(t, data), Options{Rows: RowsAggregate, Entity: "y_tunnus"}, table.Options{})
	if len(r.Dominance) != 1 || !slices.Contains(r.Limits, LimitNegative) {
		t.Fatalf("%+v, limits %v", r.Dominance, r.Limits)
	}
	x := r.Dominance[0]
	if got := fmt.Sprint(x.Column, x.By, x.Cells, x.Unsafe, x.Few); got != "liikevaihto [toimiala] 3 2 2" {
		t.Error(got)
	}
	d := &descriptor.Dataset{}
	Amend(d, r, catalogue(t), Stamp{})
	if s := said(d, "disclosureControl.dominanceRule"); s != "not_applied" || len(d.Evidence.Cells) > 0 || d.Profile.MinCellCount != nil {
		t.Errorf("the rule is %q, small counts of what is no cell: %v", s, d.Evidence.Cells)
	}
	safe := "toimiala;y_tunnus;liikevaihto\n"
	for i := range 40 {
		safe += fmt.Sprintf("%c;%07d-%d;%d\n", 'A'+i%2, i, i%9, 100+i)
	}
	r = measure(t, write(t, safe), Options{Rows: RowsAggregate, Entity: "y_tunnus"}, table.Options{})
	d = &descriptor.Dataset{}
	Amend(d, r, catalogue(t), Stamp{})
	if s := said(d, "disclosureControl.dominanceRule"); s != "applied" || r.Dominance[0].Cells != 2 {
		t.Errorf("the rule is %q, %+v", s, r.Dominance)
	}
}

// TestJudgedAnew measures sums by one policy and judges the record by another: where
// the record tells, that is what measuring the file by the other policy gives.
func TestJudgedAnew(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	random := func() *checklist.Catalogue {
		c := catalogue(t)
		c.Evidence.Limits.DigestBytes = 0 // the digest of a small file is slow on purpose
		j := &c.Evidence.Judgement
		for name, v := range map[string]float64{
			j.Contributors: float64(3 + r.IntN(3)), j.Estimate: float64(1+r.IntN(60)) / 100, j.Largest: float64(1 + r.IntN(3)), j.Share: float64(50+r.IntN(50)) / 100,
		} {
			p := c.Policy.Params[name]
			p.Value = v
			c.Policy.Params[name] = p
		}
		return c
	}
	verdict := func(c *checklist.Catalogue, d *descriptor.Dataset) string {
		for _, x := range claims.New(c).Compare(d) {
			if x.Field == "disclosureControl.dominanceRule" {
				return x.Measured + " " + strings.Join(x.Columns, ",")
			}
		}
		return ""
	}
	told, open := map[string]int{}, 0
	for range 60 {
		var b strings.Builder
		b.WriteString("toimiala;y_tunnus;liikevaihto;palkat\n")
		for i := range 4 + r.IntN(16) {
			fmt.Fprintf(&b, "%c;%07d-%d;%d;%d\n", 'A'+i%2, i, i%9, 1+r.IntN(40), 1+r.IntN(200))
		}
		path, one, other := write(t, b.String()), random(), random()
		measured := func(c *checklist.Catalogue) *descriptor.Dataset {
			f, err := table.Open(path, table.Options{})
			if err != nil {
				t.Fatal(err)
			}
			result, err := Measure(context.Background(), f, c, Options{Rows: RowsAggregate, Entity: "y_tunnus"})
			if err != nil {
				t.Fatal(err)
			}
			d := &descriptor.Dataset{}
			Amend(d, result, c, Stamp{})
			return d
		}
		before, now := measured(one), verdict(other, measured(other))
		switch got := verdict(other, before); {
		case got == now:
			told[strings.Fields(got)[0]]++
		case got == "" || strings.HasPrefix(got, "not_applied") && one.Policy.Params["dominanceLargest"].Value != other.Policy.Params["dominanceLargest"].Value:
			open++
		default:
			t.Fatalf("judged anew %q, measured anew %q:\n%s", got, now, b.String())
		}
	}
	if told["applied"] < 10 || told["not_applied"] < 10 || open > 30 {
		t.Errorf("%v, %d open: too little is tried", told, open)
	}
}

// A table that says how many companies there are tells the rest by itself.
func TestFewCompanies(t *testing.T) {
	r := measure(t, write(t, "toimiala;yrityksiä;liikevaihto\nA;12;1200,5\nB;2;800,0\nC;1;90,1\nD;0;0,0\n"), Options{Rows: RowsAggregate}, table.Options{})
	if len(r.Dominance) != 1 || r.Dominance[0].Cells != 3 || r.Dominance[0].Few != 2 || !r.Dominance[0].Counted {
		t.Errorf("%+v", r.Dominance)
	}
}

// Columns with more values than a dictionary holds are read as well.
func TestManyFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("70,000 rows")
	}
	var b strings.Builder
	b.WriteString("alue;ryhmä;summa\n")
	for i := range dictionaryLimit + 1000 {
		a := float64(i) + 0.25
		hidden := fmt.Sprint(2*a + 1)
		if i == 7 {
			hidden = ".."
		}
		fmt.Fprintf(&b, "a%d;x;%v\na%d;y;%s\na%d;yhteensä;%v\n", i, a, i, hidden, i, 3*a+1)
	}
	r := measure(t, write(t, b.String()), Options{Rows: RowsAggregate}, table.Options{})
	if r.Totals == nil || r.Totals.Hidden != 1 || r.Totals.Recoverable != 1 {
		t.Errorf("%+v, limits %v", r.Totals, r.Limits)
	}
}
