package spreadsheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"puntari/internal/palette"

	"github.com/xuri/excelize/v2"
)

// small is a workbook of two sheets, one of them written as it comes.
func small(t testing.TB) []byte {
	t.Helper()
	st := NewStyles(Style{})
	id := st.ID(Style{Size: 12, Bold: true, Fill: palette.Sand, Border: Box, Align: Right, Wrap: true, Format: Date, Unlocked: true, Quoted: true})
	cell := string(AppendString([]byte(`<c r="A1" s="`+string(rune('0'+id))+`" t="inlineStr"><is>`), "ä & <b>")) + `</is></c>`
	sheet := []byte(Head + `<worksheet xmlns="` + Main + `"><sheetData><row r="1">` + cell + `</row></sheetData></worksheet>`)
	f := Frame{
		Sheets: []Sheet{{Name: "A & B"}, {Name: "_lists", Hidden: true}},
		Names: []Name{
			{Name: "in_b", Ref: QuoteSheet("A & B") + "!" + Fixed(1, 1)},
			{Name: PrintArea, Ref: QuoteSheet("A & B") + "!$A$1:$A$1", Sheet: 1},
			{Name: "In_a", Ref: "_lists!$A$1"},
		},
		Calculate:  true,
		Code:       "small",
		Properties: Properties{Title: "T & t", Creator: "C", Category: "test/1", Language: "fi", Day: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)},
	}
	var b bytes.Buffer
	p := NewPackage(&b)
	if err := f.Write(p); err != nil {
		t.Fatal(err)
	}
	if err := p.Write(SheetPart(1), sheet); err != nil {
		t.Fatal(err)
	}
	w, err := p.Part(SheetPart(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(sheet); err != nil {
		t.Fatal(err)
	}
	if err := p.Write(StylesPart, st.Part()); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Another reader finds what was written.
func TestPackage(t *testing.T) {
	data := small(t)
	if !bytes.Equal(data, small(t)) {
		t.Error("the same workbook has other bytes the second time")
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), ","); got != "A & B,_lists" {
		t.Errorf("sheets %s", got)
	}
	if visible, err := f.GetSheetVisible("_lists"); err != nil || visible {
		t.Errorf("_lists is visible: %v, %v", visible, err)
	}
	for _, s := range f.GetSheetList() {
		if v, err := f.GetCellValue(s, "A1"); err != nil || v != "ä & <b>" {
			t.Errorf("%s A1 is %q, %v", s, v, err)
		}
	}
	id, err := f.GetCellStyle("A & B", "A1")
	if err != nil {
		t.Fatal(err)
	}
	k, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if k.Font.Size != 12 || !k.Font.Bold || k.Fill.Pattern != 1 || len(k.Border) != 4 || k.Alignment.Horizontal != "right" || !k.Alignment.WrapText || k.Protection.Locked || *k.CustomNumFmt != `yyyy\-mm\-dd` {
		t.Errorf("the style is %+v, %+v, %+v, %+v", k, k.Font, k.Alignment, k.Protection)
	}
	app, err := f.GetAppProps()
	if err != nil || app.Application != "Puntari" || app.AppVersion != "" {
		t.Errorf("written by %+v, %v", app, err)
	}
	doc, err := f.GetDocProps()
	if err != nil || doc.Title != "T & t" || doc.Creator != "C" || doc.Category != "test/1" || doc.Language != "fi" || doc.Created != "2026-03-01T00:00:00Z" {
		t.Errorf("properties %+v, %v", doc, err)
	}
	var names []string
	for _, n := range f.GetDefinedName() {
		names = append(names, n.Name+"="+n.RefersTo)
	}
	if got := strings.Join(names, ";"); got != "_xlnm.Print_Area='A & B'!$A$1:$A$1;In_a=_lists!$A$1;in_b='A & B'!$A$1" {
		t.Errorf("names %s", got)
	}
}

// Whole parts have their sizes before the data, none has a date, and Excel's part
// of the workbook is the third.
func TestParts(t *testing.T) {
	data := small(t)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if name := z.File[2].Name; name != "xl/workbook.xml" {
		t.Errorf("the third part is %s", name)
	}
	for _, f := range z.File {
		if streamed := f.Flags&8 != 0; streamed != (f.Name == SheetPart(2)) {
			t.Errorf("%s is streamed: %v", f.Name, streamed)
		}
		if f.ModifiedDate != 0x0021 || f.ModifiedTime != 0 || len(f.Extra) > 0 {
			t.Errorf("%s: date %x, time %x, extra %x", f.Name, f.ModifiedDate, f.ModifiedTime, f.Extra)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(r); err != nil { // the checksum too
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}
