package evidence

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"puntari/internal/table"
)

// Kinds without a form of their own are told by the structure of columns, and what
// only has their form is not.
func TestStructures(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	letters := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "ABCEFGHIJKLMNOPRSTUVXYZ"[r.IntN(23)]
		}
		return string(b)
	}
	plates := func() string { return fmt.Sprintf("%s-%d", letters(3), 1+r.IntN(999)) }
	for _, x := range []struct {
		name, header string
		row          func() string
		want         string
	}{
		{"degrees", "k1;k2", func() string { return fmt.Sprintf("%.5f;%.5f", 60+r.Float64(), 24+r.Float64()) }, "coordinate content, coordinate content"},
		{"degrees the other way", "k1;k2", func() string { return fmt.Sprintf("%.5f;%.5f", 24+r.Float64(), 60+r.Float64()) }, "coordinate content, coordinate content"},
		{"few decimals", "kosteus;lampo", func() string { return fmt.Sprintf("%.1f;%.1f", 60+r.Float64(), 24+r.Float64()) }, ", "},
		{"the grid of the country", "P;I", func() string { return fmt.Sprintf("%d;%d", 6670000+r.IntN(9000), 380000+r.IntN(9000)) }, "coordinate content, coordinate content"},
		{"a zone", "P;I", func() string { return fmt.Sprintf("%.2f;%.2f", 6670000+9000*r.Float64(), 25490000+9000*r.Float64()) }, "coordinate content, coordinate content"},
		{"sums", "arvo;optio", func() string { return fmt.Sprintf("%d;%d", 60000+r.IntN(9e6), 50000+r.IntN(700000)) }, ", "},
		{"plates", "c1;n", func() string { return plates() + ";1" }, "plate content, "},
		{"codes of products", "c1;n", func() string { return fmt.Sprintf("%s-%d;1", pick("ABC", "XKL", "TRM"), 1+r.IntN(999)) }, ", "},
		{"codes with a telling name", "Tuotekoodi;n", func() string { return plates() + ";1" }, ", "},
		{"postal codes", "c1;n", func() string { return fmt.Sprintf("%05d;1", 100+r.IntN(990)*100+10*r.IntN(9)) }, "postal_code content, "},
		{"numbers of five digits", "c1;n", func() string { return fmt.Sprintf("%05d;1", r.IntN(100000)) }, ", "},
		{"sums of tens", "c1;n", func() string { return fmt.Sprintf("%d0;1", 1000+r.IntN(9000)) }, ", "},
		{"names apart", "c1;c2", func() string {
			return pick("Maija", "Matti", "Anna", "Timo", "Ville", "Sari", "Kari", "Juha", "Anne", "Minna", "Jari") + ";" + pick("Virtanen", "Korhonen", "Laine", "Niemi", "Mäkelä", "Salo", "Ojala", "Lahti", "Järvinen", "Koskinen", "Heikkinen")
		}, "name content, name content"},
		{"places", "c1;c2", func() string {
			return pick("Salo", "Lahti", "Kangas", "Niemi", "Kallio", "Ranta", "Mäkelä", "Koskela", "Ojala", "Harju", "Mäki") + ";" + pick("Lampi", "Järvi", "Suo", "Saari", "Koski", "Joki", "Vuori", "Lähde", "Korpi", "Pelto", "Niitty")
		}, ", "},
		{"compact dates", "c1;n", func() string { return fmt.Sprintf("2026%02d%02d;1", 1+r.IntN(12), 1+r.IntN(28)) }, "event_time content date, "},
		{"a date of birth that is none", "Syntymäaika;n", func() string { return pick("Oulu", "Vaasa", "Turku") + fmt.Sprint(r.IntN(99)) + ";1" }, "birth_date name_alone, "},
		{"a date of birth", "Syntymäaika;n", func() string { return fmt.Sprintf("%d.%d.19%d;1", 1+r.IntN(28), 1+r.IntN(12), 10+r.IntN(90)) }, "birth_date name date, "},
	} {
		var b strings.Builder
		b.WriteString(x.header + "\n")
		for range 300 {
			b.WriteString(x.row() + "\n")
		}
		m := measure(t, write(t, b.String()), Options{Rows: RowsThing}, table.Options{Header: new(true)})
		var got []string
		for _, c := range m.Columns {
			s := ""
			for _, f := range c.Findings {
				if f.Verdict == Is {
					s += f.Kind.String() + " "
				}
			}
			if s == "" && c.Role != MeasureRole {
				s = c.Attribute.String() + " "
			}
			if c.Basis != ByNothing {
				s += c.Basis.String() + " "
			}
			if c.Type == TypeDate {
				s += "date"
			}
			got = append(got, strings.TrimSpace(s))
		}
		if s := strings.Join(got, ", "); s != x.want {
			t.Errorf("%s: %q, want %q", x.name, s, x.want)
		}
	}
}

// Running numbers that begin like dates are no dates.
func TestRunningNumbers(t *testing.T) {
	var b strings.Builder
	b.WriteString("tilaus;n\n")
	for i := range 25 {
		fmt.Fprintf(&b, "%d;1\n", 20260101+i)
	}
	if c := measure(t, write(t, b.String()), Options{}, table.Options{}).Columns[0]; c.Type != TypeInteger {
		t.Errorf("%s", c.Type)
	}
}
