package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"puntari/internal/palette"
	"puntari/internal/spreadsheet"

	"github.com/xuri/excelize/v2"
)

func sample() *Book {
	n := 12.5
	s := &Sheet{Name: "Ihmiset & co", Widths: []float64{10, 20, 30}, Header: 1, Fixed: 1, Cursor: "B2", Grows: true,
		Lists:      []List{{Cells: "B2", Source: "lst_x", Title: "<t>", Prompt: `"p" & q`}},
		Highlights: []Highlight{{Cells: "A2:C2", Formula: `$A2="x"`, Look: spreadsheet.Look{Color: palette.Ink, Fill: palette.Violet}}}}
	s.Add(Row{Cells: []Cell{{Text: "Otsikko", Style: spreadsheet.Style{Bold: true, Color: palette.White, Fill: palette.Navy}}, {Text: "b"}, {Text: "c", To: Place("Ihmiset & co", 2, 2)}}})
	s.Add(Row{Cells: []Cell{{Lead: "Nimi", Text: "Mikä?", Style: spreadsheet.Style{Wrap: true}}, {Text: "=1+1 _x0041_ <&>\n\tä\x01", Name: "in_a", Style: spreadsheet.Style{Unlocked: true, Format: spreadsheet.Text}}, {Number: &n, Name: "in_b"}}})
	s.Add(Row{Cells: []Cell{{Formula: `IF(in_b>1,"on","off")`, Text: "on", Name: "in_c"}, {Formula: "TRUE", Truth: true, Text: "1"}}})
	return &Book{Lang: "fi", Title: "T & t", Creator: "Puntari", Sheets: []*Sheet{s, {Name: "_lists", Hidden: true, Widths: []float64{20}, Rows: []Row{{Cells: []Cell{{Text: "kyllä"}}}}}},
		Ranges: []Range{{"lst_x", "_lists", 1, 1, 1, 1}}}
}

func written(t testing.TB, b *Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	data := written(t, sample())
	if !bytes.Equal(data, written(t, sample())) {
		t.Error("the same workbook has other bytes the second time")
	}
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	a, ok := f.Named("in_a")
	if !ok || a != (Area{"Ihmiset & co", 2, 2, 2, 2}) {
		t.Fatalf("in_a is %+v, %v", a, ok)
	}
	cells, err := f.Cells(a.Sheet, func(s Spot) bool { return s.Row > 1 })
	if err != nil {
		t.Fatal(err)
	}
	want := map[Spot]Value{
		{1, 2}: {Text: "Nimi\nMikä?"}, {2, 2}: {Text: "=1+1 _x0041_ <&>\n\tä\uFFFD"}, {3, 2}: {Text: "12.5", Number: true},
		{1, 3}: {Text: "on", Formula: true}, {2, 3}: {Text: "1", Truth: true, Formula: true},
	}
	for at, v := range want {
		if cells[at] != v {
			t.Errorf("%v holds %+v, not %+v", at, cells[at], v)
		}
	}
	if len(cells) != len(want) {
		t.Errorf("%d cells", len(cells))
	}
	if _, ok := f.Named("_xlnm.Print_Area"); ok {
		t.Error("a name of one sheet is taken for one of the workbook")
	}
}

// Another reader agrees on what is in the file.
func TestOtherReader(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if v, err := f.GetCellValue("Ihmiset & co", "C2"); err != nil || v != "12.5" {
		t.Errorf("C2 is %q, %v", v, err)
	}
	if v, err := f.GetDataValidations("Ihmiset & co"); err != nil || len(v) != 1 || v[0].Formula1 != "lst_x" {
		t.Errorf("lists: %+v, %v", v, err)
	}
	if n := f.GetDefinedName(); len(n) != 6 {
		t.Errorf("%d names: %+v", len(n), n)
	}
}

func TestRefusals(t *testing.T) {
	inf := math.Inf(1)
	for name, b := range map[string]*Book{
		"name too long": {Lang: "fi", Sheets: []*Sheet{{Name: strings.Repeat("x", 32)}}},
		"row too long":  {Lang: "fi", Sheets: []*Sheet{{Name: "x", Rows: []Row{{Cells: make([]Cell, 2)}}}}},
		"name twice":    {Lang: "fi", Sheets: []*Sheet{{Name: "x", Widths: []float64{1, 1}, Rows: []Row{{Cells: []Cell{{Name: "a"}, {Name: "a"}}}}}}},
		"no number":     {Lang: "fi", Sheets: []*Sheet{{Name: "x", Widths: []float64{1}, Rows: []Row{{Cells: []Cell{{Number: &inf}}}}}}},
		"no language":   {Lang: "?", Sheets: []*Sheet{{Name: "x"}}},
	} {
		if err := b.Write(new(bytes.Buffer)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// pack makes a package of parts.
func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileFiles(t *testing.T) {
	many := map[string]string{"xl/workbook.xml": "<workbook/>"}
	for i := range maxEntries {
		many["x"+strings.Repeat("y", i)] = ""
	}
	cases := map[string]struct {
		data []byte
		err  error
	}{
		"no zip":        {[]byte("PK\x03\x04 but nothing else"), ErrNotWorkbook},
		"no workbook":   {pack(t, map[string]string{"a.txt": "x"}), ErrNotWorkbook},
		"opendocument":  {pack(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), ErrOpenDocument},
		"bomb":          {pack(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": strings.Repeat(" ", 8<<20)}), ErrTooLarge},
		"large part":    {pack(t, map[string]string{"xl/workbook.xml": "<workbook/>", "x": strings.Repeat(" ", maxPart+1)}), ErrTooLarge},
		"many parts":    {pack(t, many), ErrTooLarge},
		"broken XML":    {pack(t, map[string]string{"xl/workbook.xml": "<workbook><sheets"}), ErrNotWorkbook},
		"entity in XML": {pack(t, map[string]string{"xl/workbook.xml": `<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook><definedNames><definedName name="x">&a;</definedName></definedNames></workbook>`}), ErrNotWorkbook},
		"many names":    {pack(t, map[string]string{"xl/workbook.xml": "<workbook>" + names(maxNames+1) + "</workbook>"}), ErrTooLarge},
	}
	for name, c := range cases {
		if _, err := Open(bytes.NewReader(c.data), int64(len(c.data))); !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(bytes.NewReader(nil), MaxFile+1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("large file: %v", err)
	}
}

func names(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`<definedName name="n` + spreadsheet.At(1, i+1) + `">Sheet!$A$1</definedName>`)
	}
	return b.String()
}

// Rows and cells without references, shared texts with formatting and reading
// aids, and texts by number that are not there.
func TestOtherPrograms(t *testing.T) {
	data := pack(t, map[string]string{
		"xl/workbook.xml":            `<x:workbook xmlns:x="u" xmlns:r="v"><x:workbookPr date1904="true"/><x:sheets><x:sheet name="A'b" sheetId="1" r:id="q"/></x:sheets><x:definedNames><x:definedName name="in_a">'A''b'!$B$2</x:definedName><x:definedName name="gone">#REF!</x:definedName><x:definedName name="two">'A''b'!$B$2,'A''b'!$C$2</x:definedName></x:definedNames></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="q" Target="/xl/worksheets/one.xml"/></Relationships>`,
		"xl/worksheets/one.xml":      `<worksheet><sheetData><row><c><v>1</v></c></row><row><c/><c t="s"><v>1</v></c><c t="s"><v>99</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml":       `<sst><si><t>no</t></si><si><r><rPr><b/></rPr><t>ye</t></r><r><t>s_x000A_!</t></r><rPh sb="0" eb="1"><t>aid</t></rPh></si></sst>`,
	})
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil || !f.Days1904 {
		t.Fatal(f, err)
	}
	a, ok := f.Named("in_a")
	if !ok {
		t.Fatal("in_a is not found")
	}
	for _, name := range []string{"gone", "two", "nowhere"} {
		if a, ok := f.Named(name); ok {
			t.Errorf("%s is %+v", name, a)
		}
	}
	cells, err := f.Cells(a.Sheet, func(Spot) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	want := map[Spot]Value{{1, 1}: {Text: "1", Number: true}, {2, 2}: {Text: "yes\n!"}, {4, 2}: {Text: "#DIV/0!", Failed: true, Formula: true}}
	for at, v := range want {
		if cells[at] != v {
			t.Errorf("%v holds %+v, not %+v", at, cells[at], v)
		}
	}
	if len(cells) != len(want) {
		t.Errorf("%+v", cells)
	}
}

func TestReferences(t *testing.T) {
	for column, name := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := spreadsheet.ColumnName(column); got != name {
			t.Errorf("column %d is %s", column, got)
		}
		if c, r, ok := parseRef(name + "7"); !ok || c != column || r != 7 {
			t.Errorf("%s7 is %d %d %v", name, c, r, ok)
		}
	}
	for _, bad := range []string{"", "A", "7", "A0", "XFE1", "A1048577", "A99999999999999999999", "AAAAA1", "A-1"} {
		if c, r, ok := parseRef(bad); ok {
			t.Errorf("%q is %d %d", bad, c, r)
		}
	}
}

// Every pair of colours that the form uses can be read.
func TestContrast(t *testing.T) {
	for _, p := range [][2]string{{palette.Ink, palette.White}, {palette.Muted, palette.White}, {palette.Navy, palette.White}, {palette.White, palette.Navy}, {palette.Ink, palette.Violet}, {palette.Ink, palette.Paper}, {palette.Ink, palette.Straw}, {palette.Navy, palette.Mist}, {palette.Ink, palette.Mist}, {palette.Muted, palette.Mist}, {palette.Muted, palette.Idle}, {palette.Link, palette.White}, {palette.Deep, palette.White}} {
		if c := palette.Contrast(p[0], p[1]); c < 4.5 {
			t.Errorf("%s on %s: %.2f", p[0], p[1], c)
		}
	}
}
