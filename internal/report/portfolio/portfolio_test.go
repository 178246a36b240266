package portfolio

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"puntari/internal/assessment"
	"puntari/internal/catalog"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/sample/city"
	"puntari/internal/source"
	"puntari/internal/spreadsheet"
	"puntari/policies"
)

// results are results in memory.
type results []catalog.Result

func (r results) Each(fn func(*catalog.Result) error) error {
	for i := range r {
		if err := fn(&r[i]); err != nil {
			return err
		}
	}
	return nil
}

// assess assesses n invented datasets and two records that cannot be read.
func assess(tb testing.TB, n int) (results, *catalog.Totals, *checklist.Catalogue) {
	tb.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	e, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	var data bytes.Buffer
	g := city.New(9)
	for i := range n {
		data.Write(g.Line(i))
	}
	data.WriteString("{\"dataset\": {\n{}\n")
	j, err := catalog.Run(context.Background(), []string{"-"}, catalog.Options{
		Engine: e, Reader: source.New(c, descriptor.NewReader(c), policies.Files), Tool: assessment.Tool{Name: "puntari"}, Lang: "en", Stdin: &data,
		Today: "2026-03-01", Journal: filepath.Join(tb.TempDir(), "journal"),
	})
	if err != nil {
		tb.Fatal(err)
	}
	var all results
	totals := catalog.NewTotals(c)
	err = j.Each(func(r *catalog.Result) error {
		all = append(all, *r)
		totals.Add(r, "en")
		return nil
	})
	if err := errors.Join(err, j.Remove()); err != nil {
		tb.Fatal(err)
	}
	return all, totals, c
}

func render(tb testing.TB, from results, t *catalog.Totals, c *checklist.Catalogue, o Options) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := Render(&b, from, t, c, o); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// TestReadable reads the workbook back with a spreadsheet library, in every
// language: the sheets, the rows, and one row in full.
func TestReadable(t *testing.T) {
	all, totals, c := assess(t, 120)
	profile := &assessment.Profile{
		Name: map[string]string{"en": "A & B <city>"}, Version: "2.1.0", Layers: []assessment.Layer{{Code: "fi", Version: "1.0.0"}},
		Changes: []assessment.Override{{
			Kind: "overridden", Section: "params", Name: "kMin", Before: "5", After: "7",
			Because: map[string]string{"en": "small districts"}, Weakens: []string{"G2"},
		}},
	}
	for _, lang := range []string{"en", "fi", "sv"} {
		o := Options{Lang: lang, RowsPerSheet: 50, Origin: catalog.Origin{Tool: assessment.Tool{Name: "puntari", Version: "0.1.0"}, Revision: "1.0.0+01234567.89abcdef", Profile: "city"}, Profile: profile}
		data := render(t, all, totals, c, o)
		if !bytes.Equal(data, render(t, all, totals, c, o)) {
			t.Errorf("%s: two workbooks differ", lang)
		}
		if !Is(bytes.NewReader(data), int64(len(data))) {
			t.Errorf("%s: the workbook is not known as a portfolio", lang)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		names := f.GetSheetList()
		if len(names) != 11 { // three of datasets
			t.Fatalf("%s: %q", lang, names)
		}
		for _, n := range names {
			if len(utf16.Encode([]rune(n))) > 31 || strings.ContainsAny(n, `:\/?*[]`) {
				t.Errorf("%q cannot be the name of a sheet", n)
			}
		}
		rows, next := 0, 0
		for _, name := range names[1:4] {
			list, err := f.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			dimension, err := f.GetSheetDimension(name)
			if want := fmt.Sprintf("A1:X%d", len(list)); err != nil || dimension != want {
				t.Errorf("%s: dimension %s, not %s", name, dimension, want)
			}
			for _, row := range list[1:] {
				if row[0] != all[next].Identifier || row[1] != all[next].Name(lang) {
					t.Errorf("row %d is of %q", next, row[:2])
				}
				rows, next = rows+1, next+1
			}
		}
		if rows != 120 {
			t.Errorf("%s: %d datasets", lang, rows)
		}
		guide, err := f.GetRows(names[len(names)-1])
		if err != nil {
			t.Fatal(err)
		}
		told := false
		for _, row := range guide {
			told = told || len(row) > 1 && strings.Contains(row[1], "small districts") && strings.Contains(row[1], "G2")
		}
		if !told {
			t.Errorf("%s: the guide does not say what the profile changed: %q", lang, guide)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestParts checks that every part is XML, that there is nothing of a formula or
// a merged cell, and that the parts come in order with a fixed date.
func TestParts(t *testing.T) {
	all, _, c := assess(t, 20)
	for i, s := range []string{"=1+1", "@SUM(A1)", "_x0041_", "a\u202eb", "\x00\x01]]>", "<b>&\"'", strings.Repeat("å", 9000), string([]byte{0xff, 0xfe})} {
		all[i].Identifier, all[i].Publisher = s, s
		all[i].Title = map[string]string{"en": s}
	}
	totals := catalog.NewTotals(c)
	for i := range all {
		totals.Add(&all[i], "en")
	}
	data := render(t, all, totals, c, Options{})
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" || z.File[2].Name != "xl/workbook.xml" {
		t.Errorf("the parts begin with %s, %s, %s", z.File[0].Name, z.File[1].Name, z.File[2].Name)
	}
	for _, f := range z.File {
		if y := f.Modified.Year(); y != 1980 {
			t.Errorf("%s is of %d", f.Name, y)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(text))
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", f.Name, err)
		}
		for _, no := range []string{"<f>", "mergeCell", ">_x0041_", "\u202e"} {
			if bytes.Contains(text, []byte(no)) {
				t.Errorf("%s holds %q", f.Name, no)
			}
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"=1+1", "@SUM(A1)", "_x0041_"} {
		if got, err := f.GetCellValue("Datasets", fmt.Sprintf("A%d", i+2)); err != nil || got != want {
			t.Errorf("%q is %q", want, got)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestEmpty writes workbooks on nothing.
func TestEmpty(t *testing.T) {
	_, _, c := assess(t, 0)
	render(t, nil, catalog.NewTotals(c), c, Options{Lang: "sv"})
}

// TestMessages looks for texts that no language has.
func TestMessages(t *testing.T) {
	all, totals, c := assess(t, 60)
	data := render(t, all, totals, c, Options{Lang: "fi"})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for _, cell := range row {
				if strings.Contains(cell, "portfolio.") || strings.Contains(cell, "report.") || strings.Contains(cell, "{") && i == 0 {
					t.Errorf("%s: %q", name, cell)
				}
			}
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkRender writes a workbook of 20,000 rows.
func BenchmarkRender(b *testing.B) {
	all, _, c := assess(b, 500)
	const rows = 20_000
	totals := catalog.NewTotals(c)
	var many results
	for i := range rows {
		many = append(many, all[i%500])
		totals.Add(&many[i], "en")
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := Render(io.Discard, many, totals, c, Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}

// BenchmarkDeflate only compresses the sheets of such a workbook: the floor.
func BenchmarkDeflate(b *testing.B) {
	all, _, c := assess(b, 500)
	const rows = 20_000
	totals := catalog.NewTotals(c)
	var many results
	for i := range rows {
		many = append(many, all[i%500])
		totals.Add(&many[i], "en")
	}
	data := render(b, many, totals, c, Options{})
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		b.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		p := spreadsheet.NewPackage(io.Discard)
		for name, data := range parts {
			if err := p.Write(name, data); err != nil {
				b.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}
