package intake

import (
	"fmt"
	"strings"

	"puntari/internal/intake/workbook"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

var startWidths = []float64{34, 62, 12, 12, 12, 12, 12}

// start makes the first sheet: what the form is, how to fill it in, what is asked
// of everybody, and how far each sheet is.
func (x *writer) start() *workbook.Sheet {
	s := &workbook.Sheet{Name: x.sheetName("start"), Tab: palette.Navy, Widths: startWidths, Footer: x.message("form.title")}
	s.Add(workbook.Row{Height: 34, Cells: []workbook.Cell{{Text: x.message("form.title"), Style: titleStyle}}})
	s.Add(workbook.Row{Height: 18, Cells: []workbook.Cell{{Text: x.message("form.about"), Style: aboutStyle}}})
	s.Add(workbook.Row{Height: 8})
	x.heading(s, "form.start.how")
	for i, line := range strings.Split(x.message("form.start.steps"), "\n") {
		s.Add(workbook.Row{Height: 17, Cells: []workbook.Cell{{Text: fmt.Sprintf("%d. %s", i+1, line)}}})
	}
	s.Add(workbook.Row{Height: 8})
	x.first(s)
	s.Add(workbook.Row{Height: 8})
	x.progress(s)
	s.Add(workbook.Row{Height: 8})
	x.legend(s)
	return s
}

func (x *writer) heading(s *workbook.Sheet, key string) {
	cells := make([]workbook.Cell, len(startWidths))
	for i := range cells {
		cells[i].Style = sectionStyle
	}
	cells[0].Text = x.message(key)
	s.Add(workbook.Row{Height: 20, Cells: cells})
}

// header adds the header of a table with the texts of keys.
func (x *writer) header(s *workbook.Sheet, keys ...string) {
	cells := make([]workbook.Cell, len(keys))
	for i, key := range keys {
		cells[i] = workbook.Cell{Text: x.message(key), Style: headerStyle}
	}
	s.Add(workbook.Row{Cells: cells})
}

// first is the table of what is asked of everybody.
func (x *writer) first(s *workbook.Sheet) {
	x.heading(s, "form.start.first")
	x.header(s, "form.column.field", "form.column.question", "form.column.check")
	top := s.Next()
	for _, p := range x.form.pages {
		for _, part := range p.sections {
			for _, q := range part.questions {
				if !q.Required && !q.Essential {
					continue
				}
				at := x.checks[q.Path]
				to := place{at.sheet, workbook.Spot{Column: colAnswer, Row: at.spot.Row}}
				s.Add(workbook.Row{Cells: []workbook.Cell{
					{Text: x.inLang(q.Label), Style: spreadsheet.Style{Color: palette.Link, Underline: true, Indent: 1, Wrap: true, Border: spreadsheet.Hairline}, To: to.ref()},
					{Text: x.inLang(q.Question), Style: textStyle},
					{Formula: at.ref(), Text: x.message(x.stateOf(q).message()), Style: centreStyle},
				}})
			}
		}
	}
	cells := spreadsheet.At(3, top) + ":" + spreadsheet.At(3, s.Next()-1)
	first := spreadsheet.At(3, top)
	s.Highlights = append(s.Highlights,
		workbook.Highlight{Cells: cells, Formula: first + "=" + spreadsheet.Quote(x.message(missing.message())), Look: missingLook},
		workbook.Highlight{Cells: cells, Formula: first + "=" + spreadsheet.Quote(x.message(done.message())), Look: doneLook})
}

// counted are the states that the first sheet counts, in its columns.
var counted = []state{done, missing, open, unknown, idle}

// progress is the table of the sheets.
func (x *writer) progress(s *workbook.Sheet) {
	x.heading(s, "form.start.progress")
	keys := []string{"form.column.sheet", "form.column.about"}
	for _, st := range counted {
		keys = append(keys, st.message())
	}
	x.header(s, keys...)
	for _, t := range x.tally {
		name := x.sheetName(t.page.id)
		cells := []workbook.Cell{
			{Text: name, Style: spreadsheet.Style{Color: palette.Link, Underline: true, Indent: 1, Border: spreadsheet.Hairline}, To: workbook.Place(name, 1, 1)},
			{Text: x.message("form.sheet." + t.page.id + ".about"), Style: textStyle},
		}
		for i, st := range counted {
			c := workbook.Cell{Style: centreStyle}
			switch {
			case t.checks != "":
				n := 0.0
				for _, other := range t.states {
					if other == st {
						n++
					}
				}
				c.Number, c.Formula = &n, "COUNTIF("+t.checks+","+spreadsheet.Quote(x.message(st.message()))+")"
			case i == 0:
				list := x.form.questions[columnsList]
				rows, _ := x.given.rows(columnsList)
				n := float64(len(rows))
				c.Number, c.Formula = &n, "COUNTA("+slotsName+list.attributes[0].key+")"
			default:
				c.Text = "–"
			}
			cells = append(cells, c)
		}
		s.Add(workbook.Row{Cells: cells})
	}
}

// legend explains the colours and the words of the checks.
func (x *writer) legend(s *workbook.Sheet) {
	x.heading(s, "form.start.legend")
	for _, l := range []struct {
		style     spreadsheet.Style
		key, text string
	}{
		{spreadsheet.Style{Fill: palette.Paper, Border: spreadsheet.Box, Indent: 1}, "form.column.answer", "form.legend.answer"},
		{spreadsheet.Style{Fill: palette.Violet, Bold: true, Border: spreadsheet.Hairline, Indent: 1}, missing.message(), "form.legend.missing"},
		{spreadsheet.Style{Border: spreadsheet.Hairline, Indent: 1}, open.message(), "form.legend.open"},
		{spreadsheet.Style{Fill: palette.Idle, Color: palette.Muted, Border: spreadsheet.Hairline, Indent: 1}, idle.message(), "form.legend.idle"},
		{spreadsheet.Style{Border: spreadsheet.Hairline, Indent: 1}, optional.message(), "form.legend.optional"},
		{spreadsheet.Style{Border: spreadsheet.Hairline, Indent: 1}, unknown.message(), "form.legend.unknown"},
	} {
		s.Add(workbook.Row{Height: 17, Cells: []workbook.Cell{{Text: x.message(l.key), Style: l.style}, {Text: x.message(l.text), Style: spreadsheet.Style{Indent: 1}}}})
	}
}
