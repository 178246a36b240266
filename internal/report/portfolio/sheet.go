package portfolio

import (
	"bufio"
	"io"
	"strconv"
	"time"

	"puntari/internal/spreadsheet"
)

// layout is all of a sheet but its rows.
type layout struct {
	name, tab string
	columns   []column
	// count is the number of rows, header the row of the header.
	count, header int
	filter        bool
	// printed is how many columns are printed, 0 for all.
	printed int
	// frozenRows and frozenColumns stay in sight.
	frozenRows, frozenColumns int
	landscape, wide, onePage  bool
	bars                      []bar
}

type column struct {
	width   float64
	title   string
	centred bool
}

// bar shows the numbers of a column as bars up to a number.
type bar struct {
	column int
	color  string
	max    string
}

// row is a row in memory, for the sheets that are small.
type row struct {
	height float64
	cells  []cell
}

// cell is a text or a number. The zero cell is none.
type cell struct {
	style  int
	text   string
	number float64
	kind   cellKind
}

type cellKind uint8

const (
	noCell cellKind = iota
	textCell
	numberCell
)

func text(style int, s string) cell { return cell{style: style, text: s, kind: textCell} }

func number[T int | float64](style int, n T) cell {
	return cell{style: style, number: float64(n), kind: numberCell}
}

// date is a day, or the text where it is none.
func date(style int, s string) cell {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return text(style, s)
	}
	return number(style, int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24))
}

// rowWriter writes the rows of a sheet as they come.
type rowWriter struct {
	w    *bufio.Writer
	rows int
	b    []byte
}

func newRowWriter(w io.Writer) *rowWriter {
	return &rowWriter{w: bufio.NewWriterSize(w, 1<<16)}
}

// flush gives the first error of all writing.
func (w *rowWriter) flush() error { return w.w.Flush() }

// put writes texts; errors wait for flush.
func (w *rowWriter) put(parts ...string) {
	for _, s := range parts {
		_, _ = w.w.WriteString(s)
	}
}

// open writes what comes before the rows.
func (w *rowWriter) open(l *layout, first bool) {
	w.put(spreadsheet.Head, `<worksheet xmlns="`, spreadsheet.Main, `" xmlns:r="`, spreadsheet.Relations, `"><sheetPr>`)
	if l.tab != "" {
		w.put(`<tabColor rgb="FF`, l.tab, `"/>`)
	}
	w.put(`<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:`, spreadsheet.At(len(l.columns), max(1, l.count)), `"/><sheetViews><sheetView showGridLines="0" workbookViewId="0"`)
	if first {
		w.put(` tabSelected="1"`)
	}
	w.put(`>`)
	if l.frozenRows > 0 {
		corner, pane := spreadsheet.At(l.frozenColumns+1, l.frozenRows+1), "bottomLeft"
		w.put(`<pane `)
		if l.frozenColumns > 0 {
			pane = "bottomRight"
			w.put(`xSplit="`, strconv.Itoa(l.frozenColumns), `" `)
		}
		w.put(`ySplit="`, strconv.Itoa(l.frozenRows), `" topLeftCell="`, corner, `" activePane="`, pane, `" state="frozen"/>`)
		w.put(`<selection pane="`, pane, `" activeCell="`, corner, `" sqref="`, corner, `"/>`)
	}
	w.put(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, c := range l.columns {
		n := strconv.Itoa(i + 1)
		w.put(`<col min="`, n, `" max="`, n, `" width="`, strconv.FormatFloat(c.width, 'f', -1, 64), `" customWidth="1"/>`)
	}
	w.put(`</cols><sheetData>`)
}

// row writes a row; a height of 0 is the usual one.
func (w *rowWriter) row(height float64, cells []cell) {
	w.rows++
	b := w.b[:0]
	b = append(b, `<row r="`...)
	b = strconv.AppendInt(b, int64(w.rows), 10)
	if height > 0 {
		b = append(b, `" ht="`...)
		b = strconv.AppendFloat(b, height, 'f', -1, 64)
		b = append(b, `" customHeight="1`...)
	}
	b = append(b, `">`...)
	for i := range cells {
		b = w.cell(b, i, &cells[i])
	}
	b = append(b, `</row>`...)
	_, _ = w.w.Write(b) // flush gives the error
	w.b = b
}

func (w *rowWriter) cell(b []byte, column int, c *cell) []byte {
	if c.kind == noCell {
		return b
	}
	b = append(b, `<c r="`...)
	b = spreadsheet.AppendColumn(b, column+1)
	b = strconv.AppendInt(b, int64(w.rows), 10)
	b = append(b, `" s="`...)
	b = strconv.AppendInt(b, int64(c.style), 10)
	switch {
	case c.kind == numberCell:
		b = append(b, `"><v>`...)
		b = strconv.AppendFloat(b, c.number, 'f', -1, 64)
		return append(b, `</v></c>`...)
	case c.text == "":
		return append(b, `"/>`...)
	}
	// A text in its place is a text whatever it begins with, never a formula.
	b = append(b, `" t="inlineStr"><is>`...)
	b = spreadsheet.AppendString(b, spreadsheet.Cut(c.text, longest))
	return append(b, `</is></c>`...)
}

// close writes what comes behind the rows.
func (w *rowWriter) close(l *layout, b *book) {
	w.put(`</sheetData>`)
	last := spreadsheet.At(len(l.columns), max(l.count, l.header))
	if l.filter {
		w.put(`<autoFilter ref="`, spreadsheet.At(1, l.header), `:`, last, `"/>`)
	}
	if l.count > l.header {
		for i, x := range l.bars {
			w.put(`<conditionalFormatting sqref="`, x.ref(l), `"><cfRule type="dataBar" priority="`, strconv.Itoa(i+1), `"><dataBar><cfvo type="num" val="0"/><cfvo type="num" val="`, x.max, `"/><color rgb="FF`, x.color, `"/></dataBar><extLst><ext xmlns:x14="`, x14, `" uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"><x14:id>`, barID(i), `</x14:id></ext></extLst></cfRule></conditionalFormatting>`)
		}
	}
	orientation, paper, high := "portrait", "9", "0"
	if l.landscape {
		orientation = "landscape"
	}
	if l.wide {
		paper = "8"
	}
	if l.onePage {
		high = "1"
	}
	w.put(`<printOptions horizontalCentered="1"/><pageMargins left="0.472" right="0.472" top="0.709" bottom="0.63" header="0.315" footer="0.276"/><pageSetup paperSize="`, paper, `" orientation="`, orientation, `" fitToWidth="1" fitToHeight="`, high, `"/>`)
	part := func(place, text string) string {
		return place + spreadsheet.PageLook + spreadsheet.HeaderText(text, 80)
	}
	foot := b.t("footer", "revision", b.o.Origin.Revision)
	w.put(`<headerFooter><oddHeader>`, spreadsheet.Escape(part("&L", b.t("title"))+part("&R", l.name)), `</oddHeader><oddFooter>`,
		spreadsheet.Escape(part("&L", b.organisation())+part("&C", foot)+part("&R", "")+spreadsheet.PageNumber), `</oddFooter></headerFooter>`)
	w.solidBars(l)
	w.put(`</worksheet>`)
}

const x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"

// solidBars says the same of bars to newer programs: one colour, without an axis.
func (w *rowWriter) solidBars(l *layout) {
	if len(l.bars) == 0 || l.count <= l.header {
		return
	}
	w.put(`<extLst><ext xmlns:x14="`, x14, `" uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>`)
	for i, x := range l.bars {
		w.put(`<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="dataBar" id="`, barID(i), `"><x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>`, x.max, `</xm:f></x14:cfvo><x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule><xm:sqref>`, x.ref(l), `</xm:sqref></x14:conditionalFormatting>`)
	}
	w.put(`</x14:conditionalFormattings></ext></extLst>`)
}

func (x bar) ref(l *layout) string {
	return spreadsheet.At(x.column+1, l.header+1) + ":" + spreadsheet.At(x.column+1, l.count)
}

func barID(i int) string { return "{5D0A6A7C-0000-4000-8000-00000000000" + strconv.Itoa(i) + "}" }

// names are the defined names of the sheet with a number, counted from 1: what is
// printed, what of it on every page, and what the filter is over.
func (l *layout) names(sheet int) []spreadsheet.Name {
	quoted := spreadsheet.QuoteSheet(l.name) + "!"
	printed := len(l.columns)
	if l.printed > 0 {
		printed = l.printed
	}
	out := []spreadsheet.Name{{Name: spreadsheet.PrintArea, Sheet: sheet, Ref: quoted + "$A$1:" + spreadsheet.Fixed(printed, max(1, l.count))}}
	if l.filter {
		out = append(out, spreadsheet.Name{Name: spreadsheet.FilterRange, Sheet: sheet, Hidden: true,
			Ref: quoted + spreadsheet.Fixed(1, l.header) + ":" + spreadsheet.Fixed(len(l.columns), max(l.count, l.header))})
	}
	if l.header > 0 {
		n := strconv.Itoa(l.header)
		out = append(out, spreadsheet.Name{Name: spreadsheet.PrintTitles, Sheet: sheet, Ref: quoted + "$" + n + ":$" + n})
	}
	return out
}

// height is the height in points of a row whose first columns hold texts that break.
func (l *layout) height(texts ...string) float64 {
	highest := 0.0
	for i, s := range texts {
		highest = max(highest, spreadsheet.Height(s, textStyle.Wrapped(), l.columns[i].width))
	}
	return spreadsheet.RowHeight(highest)
}

// longest is how many UTF-16 units of a text are shown.
const longest = 8000
