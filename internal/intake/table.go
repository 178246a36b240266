package intake

import (
	"puntari/internal/intake/workbook"
	"puntari/internal/spreadsheet"
)

// spareRows is how many empty rows a small table has at least, and most of them
// after rows that are given.
const (
	leastRows = 4
	spareRows = 2
)

// askTable adds a question that is answered with the rows of a table. Its answer
// cell says that there are none.
func (x *writer) askTable(s *workbook.Sheet, q *question, t *tally) {
	rows, given := x.given.rows(q.Path)
	n := max(leastRows, len(rows)+spareRows)
	answer := workbook.Cell{Style: inputStyle, Name: emptyName + q.key}
	if given && len(rows) == 0 {
		answer.Text = x.message("form.none")
	}
	at := s.Next()
	first, last := at+2, at+1+n
	columns := len(q.attributes)
	cells := spreadsheet.Fixed(colQuestion, first) + ":" + spreadsheet.Fixed(colQuestion+columns-1, last)
	place := spreadsheet.At(colAnswer, at)
	s.Add(workbook.Row{Cells: x.questionCells(s, q, answer, "OR("+place+`<>"",COUNTA(`+cells+")>0)", place, t)})
	s.Lists = append(s.Lists, workbook.List{
		Cells: place, Source: labelsName + noneKey, Title: x.inLang(q.Label), Prompt: x.message("form.table.prompt"),
		Errors: x.message("form.check.title"), Error: x.message("form.check.table"),
	})
	x.tableHeader(s, q)
	for i := range n {
		row := x.emptyRow(columns)
		for j, a := range q.attributes {
			c := input(a)
			if i < len(rows) {
				x.answer(&c, a, rows[i][a.Name()])
			}
			row[colQuestion-1+j] = c
		}
		s.Add(workbook.Row{Cells: row})
	}
	x.name(slotsName+q.key, s.Name, colQuestion, first, colQuestion+columns-1, last)
	for j, a := range q.attributes {
		column := colQuestion + j
		x.name(slotsName+a.key, s.Name, column, first, column, last)
		from := spreadsheet.At(column, first)
		if l, ok := x.limits(a, from+":"+spreadsheet.At(column, last), from); ok {
			s.Lists = append(s.Lists, l)
		}
	}
}

// tableHeader adds the header of a small table: what each column asks for.
func (x *writer) tableHeader(s *workbook.Sheet, q *question) {
	header := x.emptyRow(len(q.attributes))
	for j, a := range q.attributes {
		k := inputHeader
		label := x.inLang(a.Label)
		if a.Required {
			label += " *"
		}
		header[colQuestion-1+j] = workbook.Cell{Lead: label, Text: x.inLang(a.Question), Style: k}
	}
	s.Add(workbook.Row{Cells: header})
}

// emptyRow is a row of a small table; the table has so many columns.
func (x *writer) emptyRow(columns int) []workbook.Cell {
	cells := make([]workbook.Cell, max(len(pageWidths), colQuestion-1+columns))
	for i := range cells {
		cells[i].Style = textStyle
	}
	return cells
}
