package table

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
)

func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	custom := "yyyy-mm-dd hh:mm"
	moment, err := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
	if err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{
		"A1": "Raportti", "A3": "nimi", "B3": "syntynyt", "C3": "käynti", "D3": "määrä",
		"A4": "Äiti", "B4": 43616, "C4": 43616.5, "D4": 1.5, "A5": "Isä", "C5": 43617.25, "D5": 2, "A6": "Lapsi", "B6": 43618, "D6": true,
	} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for cell, style := range map[string]int{"B4": day, "B6": day, "C4": moment, "C5": moment} {
		if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Toinen"); err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{"A1": "x", "A2": 7} {
		if err := f.SetCellValue("Toinen", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	path := write(t, "x.xlsx", b.Bytes())
	x, rows, beyond, _, err := rowsOf(t, path, Options{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(x.Columns, []string{"nimi", "syntynyt", "käynti", "määrä"}) || x.Dialect.Titles != 1 || x.Dialect.Sheets != 2 {
		t.Errorf("%q %+v", x.Columns, x.Dialect)
	}
	want := [][]string{{"Äiti", "2019-05-31", "2019-05-31T12:00:00", "1.5"}, {"Isä", "", "2019-06-01T06:00:00", "2"}, {"Lapsi", "2019-06-02", "", "true"}}
	if fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("%q", rows)
	}
	if fmt.Sprint(beyond) != "[Raportti]" {
		t.Errorf("beyond: %q", beyond)
	}
	if x, rows, _, _, err := rowsOf(t, path, Options{Sheet: "toinen"}, 1); err != nil || fmt.Sprint(x.Columns, rows) != "[x] [[7]]" {
		t.Errorf("%v %v %v", x, rows, err)
	}
	_, err = Open(path, Options{Sheet: "kolmas"})
	var p *Problem
	if !errors.As(err, &p) || p.Code != CodeSheet {
		t.Errorf("%v", err)
	}
	// A workbook cut off anywhere is refused.
	for n := range 20 {
		if _, _, _, _, err := rowsOf(t, write(t, "x.xlsx", b.Bytes()[:b.Len()*n/20]), Options{}, 1); err == nil {
			t.Errorf("cut after %d of 20 parts it is read", n)
		}
	}
}

func TestParquet(t *testing.T) {
	type place struct {
		Street string `parquet:"street,optional"`
	}
	type person struct {
		ID    int64     `parquet:"id"`
		Name  string    `parquet:"name,dict"`
		Day   int32     `parquet:"day,date"`
		At    time.Time `parquet:"at,timestamp(millisecond)"`
		Sum   int64     `parquet:"sum,decimal(2:18)"`
		Share float64   `parquet:"share"`
		Ok    bool      `parquet:"ok"`
		Place place     `parquet:"place"`
		Tags  []string  `parquet:"tags,list"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[person](&b, parquet.MaxRowsPerRowGroup(2))
	_, err := w.Write([]person{
		{1, "Äiti", 18000, time.Date(2024, 5, 31, 12, 0, 0, 0, time.UTC), 12345, 0.25, true, place{"Katu 1"}, []string{"a", "b"}},
		{2, "Isä", 18001, time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC), -5, 1, false, place{}, nil},
		{3, "Lapsi", 18002, time.Date(2024, 6, 2, 8, 30, 0, 0, time.UTC), 0, -2.5, true, place{"Tie 2"}, []string{"c"}},
	})
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	f, rows, _, stats, err := rowsOf(t, write(t, "x.parquet", b.Bytes()), Options{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(f.Columns, " "); got != "id name day at sum share ok place.street tags.list.element" {
		t.Errorf("%s", got)
	}
	want := [][]string{
		{"1", "Äiti", "2019-04-14", "2024-05-31T12:00:00", "123.45", "0.25", "true", "Katu 1", "a; b"},
		{"2", "Isä", "2019-04-15", "2024-06-01T00:00:00", "-0.05", "1", "false", "", ""},
		{"3", "Lapsi", "2019-04-16", "2024-06-02T08:30:00", "0.00", "-2.5", "true", "Tie 2", "c"},
	}
	if fmt.Sprint(rows) != fmt.Sprint(want) || stats.Rows != 3 {
		t.Errorf("%q", rows)
	}
	for i := range 40 {
		damaged := bytes.Clone(b.Bytes())
		for k := range 8 {
			damaged[(i*len(damaged)/40+k)%len(damaged)] ^= 0x5A
		}
		_, _, _, _, err := rowsOf(t, write(t, "x.parquet", damaged), Options{}, 1)
		var p *Problem
		if err != nil && !errors.As(err, &p) {
			t.Errorf("damaged at %d of 40: %v", i, err)
		}
	}
}

func TestJSON(t *testing.T) {
	lines := `{"id":1,"place":{"street":"Katu 1"},"tags":["a","b"]}` + "\n\n" + `{"id":2.50,"ok":true,"place":null,"late":"x"}` + "\r\n"
	want := "[id place.street tags ok place late] [[1 Katu 1 a; b   ] [2.50   true  x]]"
	for _, block := range []int{16, 1 << 19} {
		f, rows, _, _, err := rowsOf(t, write(t, "x.ndjson", []byte(lines)), Options{Blocks: block}, 2)
		if err != nil || fmt.Sprint(f.Columns, rows) != want {
			t.Errorf("%v %q %v", f.Columns, rows, err)
		}
	}
	list := "[" + strings.Join(strings.Fields(strings.ReplaceAll(lines, "Katu 1", "Katu_1")), ",") + "]"
	if f, rows, _, _, err := rowsOf(t, write(t, "x.json", []byte(list)), Options{}, 2); err != nil || len(f.Columns) != 6 || len(rows) != 2 {
		t.Errorf("%v %q %v", f, rows, err)
	}
	features := `{"type":"FeatureCollection","name":"x","features":[
		{"type":"Feature","id":"f1","properties":{"nimi":"Penkki"},"geometry":{"type":"Point","coordinates":[24.941,60.1699]}},
		{"type":"Feature","properties":{"nimi":"Polku"},"geometry":{"type":"LineString","coordinates":[[24.90,60.10],[24.91,60.11]]}},
		{"type":"Feature","properties":{"nimi":"Tyhjä"},"geometry":null}]}`
	f, rows, _, _, err := rowsOf(t, write(t, "x.geojson", []byte(features)), Options{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(f.Columns)
	if got := strings.Join(f.Columns, " "); got != "feature.id geometry.type geometry.x geometry.y nimi" || len(rows) != 3 {
		t.Errorf("%s %q", got, rows)
	}
	if got := fmt.Sprint(rows[0], rows[1]); !strings.Contains(got, "24.941 60.1699") || !strings.Contains(got, "LineString 24.90 60.10") {
		t.Errorf("%s", got)
	}
}

func TestGzip(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	text := "a;b\n" + strings.Repeat("1;2\n", 1000)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	f, rows, _, stats, err := rowsOf(t, write(t, "x.csv.gz", b.Bytes()), Options{Blocks: 100}, 3)
	if err != nil || len(rows) != 1000 || !f.Dialect.Gzip || int(stats.Bytes) != len(text) {
		t.Errorf("%d rows, %+v %v", len(rows), stats, err)
	}
	_, _, _, _, err = rowsOf(t, write(t, "x.csv.gz", b.Bytes()[:b.Len()-9]), Options{}, 1)
	var p *Problem
	if !errors.As(err, &p) || p.Code != CodeDamaged {
		t.Errorf("cut off: %v", err)
	}
}

// Bytes that are not UTF-8 in a file that begins so are read as windows-1252, and
// counted.
func TestForeign(t *testing.T) {
	text := "a;b\n" + strings.Repeat("abc;def\n", 40000) + "\xE4\xE4ni;x\n"
	_, rows, _, stats, err := rowsOf(t, write(t, "x.csv", []byte(text)), Options{Blocks: 4096}, 2)
	if err != nil || stats.Foreign != 1 || rows[len(rows)-1][0] != "ääni" {
		t.Errorf("%+v %v %q", stats, err, rows[len(rows)-1])
	}
}
