package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var totalRows = &TotalRows{
	Words:  []string{"yhteensä", "summa", "total", "totalt", "koko maa", "sss"},
	Proven: []string{"kaikki"},
	Ends:   []string{"yhteensä", "total"},
}

// Rows of totals and notes are no data, whatever the blocks; what looks like one
// and is none stays.
func TestTotals(t *testing.T) {
	long := "alue;sukupuoli;vuosi;väestö\n"
	for _, area := range []string{"Alaranta", "Yliranta"} {
		for year := range 3 {
			n := 10*year + len(area)
			long += fmt.Sprintf("%s;Miehet;%d;%d\n%[1]s;Naiset;%[2]d;%[4]d\n%[1]s;Yhteensä;%[2]d;%[5]d\n", area, 2020+year, n, n+3, 2*n+3)
		}
	}
	for _, x := range []struct {
		name, text               string
		rows                     int64
		totals, notes, uncertain int64
	}{
		{"below", "Alue;2024;2025\nA;1;2\nB;3;4\nYhteensä;4;6\n", 2, 1, 0, 0},
		{"above", "Alue;Koodi;2025\nKoko maa;SSS;6\nA;005;2\nB;049;4\n", 2, 1, 0, 0},
		{"capitals, a colon, a unit", "Alue;n\nA;1\nYHTEENSÄ:;1\nTotal (pcs);1\nYhteensä / Totalt;1\n", 1, 3, 0, 0},
		{"end of a label", "Tili;€\nmyynti;5\nvuokrat;1\nTuotot yhteensä;6\n", 2, 1, 0, 0},
		{"long", long, 12, 6, 0, 0},
		{"long and wrong", strings.ReplaceAll(long, ";Yhteensä;2020", ";Yhteensä;2999"), 12, 6, 0, 0},
		{"long with a hidden figure", "Alue;Sukupuoli;Vuosi;Lkm\nA;Miehet;2025;12\nA;Naiset;2025;..\nA;Yhteensä;2025;15\nB;Miehet;2025;20\nB;Naiset;2025;30\nB;Yhteensä;2025;50\n" +
			"Koko maa;Miehet;2025;32\nKoko maa;Naiset;2025;33\nKoko maa;Yhteensä;2025;65\n", 4, 5, 0, 0},
		{"no sum", "nimi;laji;kpl\nAsema;Total;5\nAsema 2;Shell;7\nAsema 3;Neste;9\n", 3, 0, 0, 1},
		{"a word within a text", "palaute;pisteet\nKaikki sujui, yhteensä hyvin;5\nTotal failure;1\n", 2, 0, 0, 0},
		{"no figure", "laji;selite\nYhteensä;summa kaikista\nTotal;x\n", 2, 0, 0, 0},
		{"proven", "Yksikkö;kk;n\nA;1;5\nB;2;9\nKaikki;;14\n", 2, 1, 0, 0},
		{"not proven", "Kohderyhmä;n\nLapset;5\nAikuiset;9\nKaikki;3\n", 3, 0, 0, 0},
		{"blank keys", "Osasto;Tili;n\nA;x;5\nA;y;9\n;;14\nB;x;1\nB;z;2\n;;3\n;;17\n", 4, 3, 0, 0},
		{"blank keys without a sum", "Osasto;Tili;n\nA;x;5\nA;y;9\n;;2\nB;x;1\n", 4, 0, 0, 0},
		{"notes", "Alue;a;b\nA;1;2\nB;3;4\nYhteensä;4;6\nEnnakkotieto\nLähde: rekisteri;;\n", 2, 1, 2, 0},
		{"first cells alone elsewhere", "Nimi;a;b\nA;1;2\nB;;\nC;3;4\nD\n", 4, 0, 0, 0},
		{"rounded", "x;y;n\na;b;1,24\na;c;1,24\nYhteensä;kg;2,5\n", 2, 1, 0, 0},
		{"rounded the same way", "x;y;n\na;kg;1,24\nb;kg;1,24\nYhteensä;kg;2,48\n", 2, 1, 0, 0},
	} {
		path := write(t, "t.csv", []byte(x.text))
		var first [][]string
		for _, blocks := range []int{0, 7, 40} {
			_, rows, beyond, stats, err := rowsOf(t, path, Options{Totals: totalRows, Blocks: blocks, Header: new(true)}, 2)
			if err != nil {
				t.Fatal(x.name, err)
			}
			if first == nil {
				first = rows
			}
			if stats.Rows != x.rows || stats.Totals != x.totals || stats.Notes != x.notes || stats.Doubtful != x.uncertain || fmt.Sprint(rows) != fmt.Sprint(first) || len(rows) != int(x.rows) {
				t.Errorf("%s, blocks of %d: %+v, %q", x.name, blocks, stats, rows)
			}
			if x.totals > 0 && len(beyond) == 0 {
				t.Errorf("%s: what was set apart is not looked at", x.name)
			}
		}
	}
}

// The rows of totals follow those of data in a block, with their places.
func TestTotalsOfBlock(t *testing.T) {
	path := write(t, "t.csv", []byte("Alue;n\nA;1\nB;2\nYhteensä;3\nC;4\nKoko maa;7\n"))
	f, err := Open(path, Options{Totals: totalRows})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if _, err := f.Scan(t.Context(), 1, nil, func(_ int, b *Block) error {
		for i, before := range b.Totals {
			got = append(got, fmt.Sprintf("%d %s %s", before, b.Column(0).At(b.Rows+i), b.Column(1).At(b.Rows+i)))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"2 Yhteensä 3", "3 Koko maa 7"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// With All every row with a word is one of totals.
func TestAllTotals(t *testing.T) {
	all := *totalRows
	all.All = true
	path := write(t, "t.csv", []byte("nimi;laji;kpl\nAsema;Total;5\nAsema 2;Shell;7\nAsema 3;Neste;9\n"))
	if _, _, _, stats, err := rowsOf(t, path, Options{Totals: &all}, 1); err != nil || stats.Totals != 1 {
		t.Errorf("%+v, %v", stats, err)
	}
}

func TestNumberOf(t *testing.T) {
	for s, want := range map[string]string{
		"12": "12 0", "-3,50": "-3.5 2", "1 234": "1234 0", "1 234,5": "1234.5 1", "1.234.567": "1234567 0", "12 %": "12 0", "9,50 €": "9.5 2", "1\u00a0000": "1000 0",
		"12 34": "", "1.2.2026": "", "": "", "-": "", "a1": "", "1:30": "", "..": "",
	} {
		got := ""
		if v, d, ok := numberOf(s); ok {
			got = strconv.FormatFloat(v, 'f', -1, 64) + " " + strconv.Itoa(d)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func BenchmarkTotalLabels(b *testing.B) {
	t := NewTotals(*totalRows)
	cells := [][]byte{[]byte("Virtanen"), []byte("Kaivokatu 12"), []byte("tontti"), []byte("1234"), []byte("2024-05-31"), []byte("Kiitos hyvästä palvelusta kirjastossa")}
	n := 0
	for _, c := range cells {
		n += len(c)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		for _, c := range cells {
			t.label(c)
		}
	}
}
