package intake

import (
	"strings"

	"puntari/internal/intake/workbook"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// The rows of the table of columns: at least so many, and so many to spare.
const (
	leastColumns = 30
	spareColumns = 15
)

// tableColumn is a column of the table in which the columns of the data stand.
type tableColumn struct {
	*question
	lang  string // of a text in several languages
	width float64
}

// tableColumns are the attributes in the order of the catalogue; a description
// has a column for the language of the form and for those that are given.
func (x *writer) tableColumns() []tableColumn {
	var out []tableColumn
	list := x.form.questions[columnsList]
	for _, a := range list.attributes {
		switch {
		case a.kind == languages:
			for i, l := range langs(x.words.Lang, x.givenLangs(a)) {
				if i == 0 || x.givenLangs(a)[l] != nil {
					out = append(out, tableColumn{a, l, 30})
				}
			}
		case a.Name() == "name":
			out = append(out, tableColumn{a, "", 22})
		case a.kind == choice, a.kind == choices:
			out = append(out, tableColumn{a, "", 22})
		default:
			out = append(out, tableColumn{a, "", 20})
		}
	}
	return out
}

// givenLangs are the languages in which some column has the text.
func (x *writer) givenLangs(a *question) map[string]any {
	out := map[string]any{}
	rows, _ := x.given.rows(columnsList)
	for _, r := range rows {
		texts, _ := r[a.Name()].(map[string]any)
		for l := range texts {
			out[l] = true
		}
	}
	return out
}

func (x *writer) columnWidths() []float64 {
	var out []float64
	for i, c := range x.tableColumns() {
		out = append(out, c.width)
		if i == 0 {
			out = append(out, 14)
		}
	}
	return out
}

// columnsPage fills the sheet with the table of columns. Nothing else stands on
// it, so that the table can grow.
func (x *writer) columnsPage(s *workbook.Sheet) {
	columns := x.tableColumns()
	list := x.form.questions[columnsList]
	rows, _ := x.given.rows(columnsList)
	n := max(leastColumns, len(rows)+spareColumns)
	// Below the way back: a line whether each attribute matters, and the header.
	statusAt := s.Add(workbook.Row{})
	s.Header = s.Add(workbook.Row{})
	helpAt := s.Add(workbook.Row{})
	first, last := helpAt+1, helpAt+n
	width := len(s.Widths)
	status, header, help := make([]workbook.Cell, width), make([]workbook.Cell, width), make([]workbook.Cell, width)
	for j, c := range columns {
		at := tableAt(j)
		label := x.inLang(c.Label)
		if c.lang != "" {
			label += " (" + x.language(c.lang) + ")"
		}
		if c.Required {
			label += " *"
		}
		status[at-1] = workbook.Cell{Style: spreadsheet.Style{Color: palette.Muted, Wrap: true, Indent: 1}}
		header[at-1] = workbook.Cell{Text: label, Style: inputHeader}
		help[at-1] = workbook.Cell{Text: x.inLang(c.Question), Style: helpStyle}
		if c.kind == choices || c.kind == texts {
			help[at-1].Text += " " + x.message("form.help.semicolon")
		}
		x.columnGate(s, &status[at-1], c.question, at, statusAt, last)
		x.columnNames(s, c, at, first, last)
	}
	header[1] = workbook.Cell{Text: x.message("form.column.check"), Style: headerStyle}
	help[1] = workbook.Cell{Text: x.message("form.columns.check"), Style: helpStyle}
	s.Rows[statusAt-1] = workbook.Row{Height: 16, Cells: status}
	s.Rows[s.Header-1] = workbook.Row{Cells: header}
	s.Rows[helpAt-1] = workbook.Row{Cells: help}
	for i := range n {
		var row map[string]any
		if i < len(rows) {
			row = rows[i]
		}
		s.Add(workbook.Row{Cells: x.columnRow(columns, row, width, first+i)})
	}
	x.name(slotsName+list.key, s.Name, 1, first, width, last)
	s.Cursor = spreadsheet.At(1, first)
	cell := spreadsheet.At(2, first) + ":" + spreadsheet.At(2, last)
	s.Highlights = append(s.Highlights,
		workbook.Highlight{Cells: cell, Formula: spreadsheet.At(2, first) + "=" + spreadsheet.Quote(x.message("form.columns.name_missing")), Look: missingLook},
		workbook.Highlight{Cells: cell, Formula: spreadsheet.At(2, first) + "=" + spreadsheet.Quote(x.message("form.state.done")), Look: doneLook})
}

// tableAt is where the j-th attribute stands: the check comes second.
func tableAt(j int) int {
	if j == 0 {
		return 1
	}
	return j + 2
}

// columnGate says above an attribute that it does not matter, while that is so.
func (x *writer) columnGate(s *workbook.Sheet, c *workbook.Cell, q *question, at, row, last int) {
	rule := x.gates.Of(q.Path)
	if rule == "" {
		return
	}
	idleText := x.message(idle.message())
	c.Formula = "IF(" + ruleKey(rule) + `,"",` + spreadsheet.Quote(idleText) + ")"
	if !x.gates.Holds(rule, x) {
		c.Text = idleText
	}
	s.Highlights = append(s.Highlights, workbook.Highlight{
		Cells:   spreadsheet.At(at, row+1) + ":" + spreadsheet.At(at, last),
		Formula: spreadsheet.Fixed(at, row) + "=" + spreadsheet.Quote(idleText), Look: idleLook})
}

// columnNames names the cells of an attribute and limits what goes into them.
func (x *writer) columnNames(s *workbook.Sheet, c tableColumn, at, first, last int) {
	name := slotsName + c.key
	if c.lang != "" {
		name += "_" + langKey(c.lang)
	}
	x.name(name, s.Name, at, first, at, last)
	from := spreadsheet.At(at, first)
	if l, ok := x.limits(c.question, from+":"+spreadsheet.At(at, last), from); ok {
		s.Lists = append(s.Lists, l)
	}
}

// columnRow is a row of the table, empty where row is nil.
func (x *writer) columnRow(columns []tableColumn, row map[string]any, width, at int) []workbook.Cell {
	cells := make([]workbook.Cell, width)
	var counts []string
	still := 0
	for j, c := range columns {
		answer := input(c.question)
		v := row[c.Name()]
		if texts, ok := v.(map[string]any); ok && c.lang != "" {
			v = texts[c.lang]
		}
		x.answer(&answer, c.question, v)
		cells[tableAt(j)-1] = answer
		if test, asked := x.stillOpen(c, spreadsheet.At(tableAt(j), at)); test != "" {
			counts = append(counts, test)
			if asked && v == nil {
				still++
			}
		}
	}
	say := x.message("form.columns.open", "n", "")
	name := spreadsheet.At(1, at)
	rest := spreadsheet.At(3, at) + ":" + spreadsheet.At(width, at)
	sum := strings.Join(counts, "+")
	cells[1] = workbook.Cell{Style: centreStyle, Formula: "IF(" + name + `="",IF(COUNTA(` + rest + `)=0,"",` + spreadsheet.Quote(x.message("form.columns.name_missing")) +
		"),IF(" + sum + "=0," + spreadsheet.Quote(x.message("form.state.done")) + "," + spreadsheet.Quote(say) + "&(" + sum + ")))"}
	switch {
	case row == nil:
	case row["name"] == nil:
		cells[1].Text = x.message("form.columns.name_missing")
	case still == 0:
		cells[1].Text = x.message("form.state.done")
	default:
		cells[1].Text = say + plain(float64(still))
	}
	return cells
}

// stillOpen is a formula that is 1 while an attribute is asked for and not
// answered, or "" for one that is not asked of every column; and whether it is
// asked for now.
func (x *writer) stillOpen(c tableColumn, cell string) (formula string, asked bool) {
	rule := x.gates.Of(c.Path)
	switch {
	case c.Name() == "name", c.AskWhen == "never", c.AskWhen == "", len(c.AskOf) > 0, c.lang != "" && c.lang != x.words.Lang:
		return "", false
	case rule != "":
		return "IF(" + ruleKey(rule) + ",(" + cell + `="")*1,0)`, x.gates.Holds(rule, x)
	}
	return "(" + cell + `="")*1`, true
}
