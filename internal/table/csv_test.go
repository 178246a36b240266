package table

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// write puts a file into the test's folder.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// rowsOf reads all rows of a file in their order.
func rowsOf(t testing.TB, path string, o Options, workers int) (*File, [][]string, []string, Stats, error) {
	t.Helper()
	f, err := Open(path, o)
	if err != nil {
		return nil, nil, nil, Stats{}, err
	}
	var mu sync.Mutex
	blocks := map[int][][]string{}
	beyond := map[int][]string{}
	stats, err := f.Scan(context.Background(), workers, nil, func(_ int, b *Block) error {
		var rows [][]string
		for r := range b.Rows {
			row := make([]string, b.columns)
			for c := range row {
				row[c] = string(b.Column(c).At(r))
			}
			rows = append(rows, row)
		}
		mu.Lock()
		defer mu.Unlock()
		blocks[b.Seq] = rows
		for _, x := range b.Beyond {
			beyond[b.Seq] = append(beyond[b.Seq], string(x))
		}
		return nil
	})
	var rows [][]string
	var extra []string
	for i := range len(blocks) {
		rows = append(rows, blocks[i]...)
		extra = append(extra, beyond[i]...)
	}
	return f, rows, extra, stats, err
}

var no = false

// randomCSV makes a text of cells that are hard to read.
func randomCSV(r *rand.Rand, delimiter string) []byte {
	pieces := []string{"a", "bc", " ", "1,5", `"`, `""`, "\n", "\r\n", ";", "ä", "x" + delimiter, "", "\t", "'", "\r"}
	var b bytes.Buffer
	for range 1 + r.IntN(30) {
		n := 1 + r.IntN(4)
		for i := range n {
			if i > 0 {
				b.WriteString(delimiter)
			}
			var cell strings.Builder
			for range r.IntN(4) {
				cell.WriteString(pieces[r.IntN(len(pieces))])
			}
			switch r.IntN(3) {
			case 0:
				b.WriteString(strings.NewReplacer("\n", "", "\r", "", delimiter, "").Replace(cell.String()))
			default:
				b.WriteString(`"` + strings.ReplaceAll(cell.String(), `"`, `""`) + `"`)
			}
		}
		b.WriteString([]string{"\n", "\r\n"}[r.IntN(2)])
	}
	return b.Bytes()
}

// oracle reads with encoding/csv.
func oracle(data []byte, delimiter rune) ([][]string, error) {
	c := csv.NewReader(bytes.NewReader(data))
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = delimiter, true, -1
	return c.ReadAll()
}

func TestOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 800 {
		block := 1 + r.IntN(40)
		if i%2 > 0 {
			block = 1 + r.IntN(1000) // longer than what is compared at once
		}
		compare(t, randomCSV(r, ";"), block, 1+r.IntN(4))
	}
}

// compare reads a text with encoding/csv and with this package.
func compare(t *testing.T, data []byte, block, workers int) {
	t.Helper()
	want, err := oracle(data, ';')
	if err != nil || len(want) == 0 {
		return
	}
	_, got, beyond, stats, err := rowsOf(t, write(t, "x.csv", data), Options{Delimiter: ";", Header: &no, Encoding: "utf-8", Blocks: block}, workers)
	var p *Problem
	if errors.As(err, &p) {
		return // refused is never wrong
	}
	if err != nil {
		t.Fatal(err)
	}
	if int(stats.Rows) != len(want) {
		t.Fatalf("%q: %d rows, want %d", data, stats.Rows, len(want))
	}
	k := 0
	for i, w := range want {
		g := got[i]
		for len(g) < len(w) { // the cells beyond the last column
			g = append(g, beyond[k])
			k++
		}
		for len(w) < len(g) {
			w = append(w, "")
		}
		if !slices.Equal(g, w) {
			t.Fatalf("%q: row %d is %q, want %q", data, i, g, w)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("a;b\n1;2\n"), uint8(3))
	f.Add([]byte("\"a\"\"b\";\"c\nd\"\r\nx\"y;\"z\"q\"\n"), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, block uint8) {
		if bytes.IndexByte(data, 0) >= 0 || !bytes.Equal(bytes.ToValidUTF8(data, nil), data) || bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")) {
			return
		}
		switch {
		case bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') >= 0: // which ends lines here, not there
			return
		case bytes.HasPrefix(data, []byte("PK")), bytes.HasPrefix(data, []byte("PAR1")), bytes.ContainsAny(data[:min(len(data), 1)], "{[<%"):
			return
		}
		compare(t, data, 1+int(block), 1+int(block)%3)
	})
}

// FuzzOpen reads anything as a table: it may refuse, but never panic.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", `{"a":1}` + "\n" + `{"b":{"c":[1,"x"]}}`, `[{"a":1}]`,
		`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[24.9,60.1]}}]}`,
		"\xFF\xFEa\x00;\x00b\x00\n\x001\x00;\x002\x00\n\x00", "Alue;n\nA;1\nB;2\nYhteensä;3\n;6\nNote\n", "a b c\n1 2 3\n1 2 3\n1 2 3\n1 2 3\n", "PK\x03\x04", "PAR1xxxxPAR1", "\x1f\x8b\x08"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, _, _, err := rowsOf(t, write(t, "x", data), Options{Blocks: 64, Totals: totalRows}, 2)
		var p *Problem
		if err != nil && !errors.As(err, &p) {
			t.Fatalf("%v", err)
		}
	})
}

func TestWild(t *testing.T) {
	utf16 := func(s string, big bool) []byte {
		out := []byte{0xFF, 0xFE}
		if big {
			out = []byte{0xFE, 0xFF}
		}
		for _, r := range s {
			if big {
				out = append(out, byte(r>>8), byte(r))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return out
	}
	latin := func(s string) []byte {
		var out []byte
		for _, r := range s {
			out = append(out, byte(r))
		}
		return out
	}
	finnish := "nimi;määrä;päivä\nÄänekoski;1,5;1.2.2024\nÖsterbotten;2,25;3.4.2024\n"
	want := [][]string{{"Äänekoski", "1,5", "1.2.2024"}, {"Österbotten", "2,25", "3.4.2024"}}
	columns := []string{"nimi", "määrä", "päivä"}
	for _, x := range []struct {
		name, encoding, delimiter string
		data                      []byte
	}{
		{"utf-8", "utf-8", ";", []byte(finnish)},
		{"mark", "utf-8", ";", []byte("\xEF\xBB\xBF" + finnish)},
		{"latin", "windows-1252", ";", latin(finnish)},
		{"utf-16le", "utf-16le", ";", utf16(finnish, false)},
		{"utf-16be", "utf-16be", ";", utf16(finnish, true)},
		{"utf-16le without a mark", "utf-16le", ";", utf16(finnish, false)[2:]},
		{"returns", "utf-8", ";", []byte(strings.ReplaceAll(finnish, "\n", "\r\n"))},
		{"returns alone", "utf-8", ";", []byte(strings.ReplaceAll(finnish, "\n", "\r"))},
		{"returns alone in utf-16", "utf-16be", ";", utf16(strings.ReplaceAll(finnish, "\n", "\r"), true)},
		{"tab", "utf-8", "\t", []byte(strings.ReplaceAll(finnish, ";", "\t"))},
		{"pipe", "utf-8", "|", []byte(strings.ReplaceAll(finnish, ";", "|"))},
		{"titles", "utf-8", ";", []byte("Raportti 2024\n\nKaupunki;;\n" + finnish)},
		{"quotes", "utf-8", ";", []byte(`"nimi";"määrä";"päivä"` + "\n" + strings.Split(finnish, "\n")[1] + "\n\"Österbotten\";\"2,25\";3.4.2024")},
	} {
		for _, block := range []int{7, 1 << 19} {
			f, rows, _, _, err := rowsOf(t, write(t, "x.csv", x.data), Options{Blocks: block}, 2)
			if err != nil {
				t.Errorf("%s: %v", x.name, err)
				continue
			}
			if f.Dialect.Encoding != x.encoding || f.Dialect.Delimiter != x.delimiter || !slices.Equal(f.Columns, columns) || !f.Dialect.Header {
				t.Errorf("%s: %+v %q", x.name, f.Dialect, f.Columns)
			}
			if fmt.Sprint(rows) != fmt.Sprint(want) {
				t.Errorf("%s, blocks of %d: %q", x.name, block, rows)
			}
		}
	}
}

func TestDialect(t *testing.T) {
	for _, x := range []struct {
		data      string
		delimiter string
		header    bool
		columns   int
	}{
		{"a,b\n1,2\n3,4\n", ",", true, 2},
		{"1,2\n3,4\n", ",", false, 2},
		{"a;b\n1,5;2,5\n3,5;4,5\n", ";", true, 2},
		{"a,b\n\"x;y\",2\n\"z;w\",4\n", ",", true, 2},
		{"name\nfoo\nbar\n", ",", true, 1},
		{"Helsinki;Espoo\nVantaa;Espoo\nOulu;Espoo\n", ";", false, 2},
		{"kunta;2023;2024\nEspoo;1;2\nOulu;3;4\n", ";", true, 3},
		{"alue;yhteensä;0;1;2;3;4\nA;9;1;2;3;2;1\nB;8;1;2;3;1;1\n", ";", true, 7},
		{"F01;F02;F03\n12;131052-308T;5\n13;131052-308T;6\n", ";", true, 3},
		{"tili;TP 2024;TA 2025\n3001;5;6\n3002;7;8\n", ";", true, 3},
		{"7;12;3;4\n8;3;4;5\n", ";", false, 4},
		{"FI2112345600000785;5\nFI2112345600000786;6\n", ";", false, 2},
		{"a,b,c\n1,2\n1,2,3,4\n5,6,7\n", ",", true, 3},
		{"pvm klo arvo\n2026-01-02 12:00 3.5\n2026-01-02 13:00 3.25\n2026-01-03 12:00 1\n2026-01-04 12:00 2\n", " ", true, 3},
		{"10.0.0.1 \"GET /a b\" 200\n10.0.0.2 \"GET /\" 404\n10.0.0.1 \"GET /c\" 200\n10.0.0.9 \"PUT /\" 200\n10.0.0.9 \"GET /\" 500\n", " ", false, 3},
		{"palaute\nBussi ajoi pysäkin ohi.\nKiitos hyvästä palvelusta!\nMiksi leikkipuiston keinua ei ole korjattu?\nToivoisin lisää penkkejä.\n", ",", true, 1},
	} {
		f, err := Open(write(t, "x.csv", []byte(x.data)), Options{})
		if err != nil {
			t.Errorf("%q: %v", x.data, err)
			continue
		}
		if f.Dialect.Delimiter != x.delimiter || f.Dialect.Header != x.header || len(f.Columns) != x.columns {
			t.Errorf("%q: %+v, %d columns", x.data, f.Dialect, len(f.Columns))
		}
	}
}

func TestRagged(t *testing.T) {
	_, rows, beyond, stats, err := rowsOf(t, write(t, "x.csv", []byte("a,b\n1,2,3\n4\n5,6\n")), Options{}, 1)
	if err != nil || stats.Ragged != 2 || stats.Rows != 3 {
		t.Fatalf("%+v %v", stats, err)
	}
	if fmt.Sprint(rows) != "[[1 2] [4 ] [5 6]]" || fmt.Sprint(beyond) != "[3]" {
		t.Errorf("%q %q", rows, beyond)
	}
}

// TestManyColumns reads rows with little in them below rows with many columns: a
// block must not hold more cells than fit.
func TestManyColumns(t *testing.T) {
	const columns, rows = 5000, 3000
	var data bytes.Buffer
	data.WriteString("c0")
	for i := range columns - 1 {
		fmt.Fprintf(&data, ",c%d", i+1)
	}
	for i := range rows {
		fmt.Fprintf(&data, "\n%d,\"x\ny\"", i)
		if i < 60 {
			data.WriteString(strings.Repeat(",", columns-2))
		}
	}
	yes := true
	f, err := Open(write(t, "x.csv", data.Bytes()), Options{Header: &yes, Delimiter: ","})
	if err != nil || len(f.Columns) != columns {
		t.Fatal(len(f.Columns), err)
	}
	var mu sync.Mutex
	sum := 0
	stats, err := f.Scan(context.Background(), 2, nil, func(_ int, b *Block) error {
		if b.Rows*columns > cellsPerBlock {
			t.Errorf("%d rows in a block", b.Rows)
		}
		mu.Lock()
		defer mu.Unlock()
		for r := range b.Rows {
			n, err := strconv.Atoi(string(b.Column(0).At(r)))
			if err != nil || string(b.Column(1).At(r)) != "x\ny" || len(b.Column(columns-1).At(r)) > 0 {
				t.Errorf("row %q %q", b.Column(0).At(r), b.Column(1).At(r))
			}
			sum += n
		}
		return nil
	})
	if err != nil || stats.Rows != rows || sum != rows*(rows-1)/2 {
		t.Errorf("%+v, sum %d, %v", stats, sum, err)
	}
}

func TestProblems(t *testing.T) {
	for _, x := range []struct {
		name, data, code string
		line             int64
		o                Options
	}{
		{"empty", "", CodeEmpty, 0, Options{}},
		{"open quote", "a;b\n1;2\n\"x;3\n4;5\n", CodeOpenQuote, 3, Options{}},
		{"a page", "<html>", CodeFormat, 0, Options{}},
		{"binary", "a\x00\x01\x02;\x00\x03\x04\x00\x05\n", CodeFormat, 0, Options{}},
		{"old workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", CodeOldWorkbook, 0, Options{}},
		{"no archive", "PK\x03\x04nothing", CodeDamaged, 0, Options{}},
		{"no gzip", "\x1f\x8b\x08\x00nothing", CodeDamaged, 0, Options{}},
		{"no parquet", "PAR1nothing", CodeDamaged, 0, Options{}},
		{"encoding", "a;b\n", CodeEncoding, 0, Options{Encoding: "ebcdic"}},
		{"delimiter", "a;b\n", CodeDelimiter, 0, Options{Delimiter: ";;"}},
		{"record", "{\"a\":1}\n{\"a\":\n", CodeRecord, 2, Options{}},
		{"header row", "a;b\n1;2\n", CodeHeaderRow, 0, Options{HeaderRow: 9}},
	} {
		_, _, _, _, err := rowsOf(t, write(t, "x.dat", []byte(x.data)), x.o, 2)
		var p *Problem
		if !errors.As(err, &p) || p.Code != x.code || p.Line != x.line {
			t.Errorf("%s: %v", x.name, err)
		}
	}
}
