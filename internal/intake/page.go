package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"puntari/internal/checklist"
	"puntari/internal/intake/workbook"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// The columns of a page with questions.
const (
	colNumber = iota + 1
	colQuestion
	colAnswer
	colHelp
	colExample
	colCheck
)

var pageWidths = []float64{5, 40, 44, 52, 28, 13}

// headerRow is the row of the header of a page.
const headerRow = 4

// page makes the sheet of a page.
func (x *writer) page(p *page) *workbook.Sheet {
	s := &workbook.Sheet{
		Name: x.sheetName(p.id), Tab: palette.Straw, Widths: pageWidths, Header: headerRow, Grows: true,
		Footer: x.message("form.title"),
	}
	if p.id == "columns" {
		s.Widths, s.Pages, s.Fixed = x.columnWidths(), 2, 1
	}
	s.Add(workbook.Row{Height: 30, Cells: []workbook.Cell{{Text: s.Name, Style: titleStyle}}})
	about := workbook.Cell{Text: x.message("form.sheet." + p.id + ".about"), Style: aboutStyle}
	cells := []workbook.Cell{about}
	if s.Fixed > 0 { // the first column is repeated on every page, without what runs out of it
		cells = []workbook.Cell{{}, about}
	}
	s.Add(workbook.Row{Height: 17, Cells: cells})
	s.Add(x.back())
	t := tally{page: p}
	if p.id == "columns" {
		x.columnsPage(s)
	} else {
		x.questionsPage(s, p, &t)
	}
	x.tally = append(x.tally, t)
	return s
}

func (x *writer) questionsPage(s *workbook.Sheet, p *page, t *tally) {
	header := make([]workbook.Cell, len(pageWidths))
	for i, key := range []string{"number", "question", "answer", "help", "example", "check"} {
		header[i] = workbook.Cell{Text: x.message("form.column." + key), Style: headerStyle}
	}
	header[colAnswer-1].Style = inputHeader
	s.Add(workbook.Row{Cells: header})
	for _, part := range p.sections {
		cells := make([]workbook.Cell, len(pageWidths))
		for i := range cells {
			cells[i].Style = sectionStyle
		}
		cells[0].Text = part.label.In(x.words.Lang)
		s.Add(workbook.Row{Height: 20, Cells: cells})
		for _, q := range part.questions {
			x.ask(s, q, t)
		}
	}
	t.checks = checksOf(s, colCheck, headerRow+1, len(s.Rows))
	if s.Cursor == "" {
		s.Cursor = spreadsheet.At(colAnswer, headerRow+2)
	}
}

func checksOf(s *workbook.Sheet, column, from, to int) string {
	return "'" + strings.ReplaceAll(s.Name, "'", "''") + "'!" + spreadsheet.Fixed(column, from) + ":" + spreadsheet.Fixed(column, to)
}

// ask adds a question with the cells for its answer.
func (x *writer) ask(s *workbook.Sheet, q *question, t *tally) {
	x.number++
	top := s.Next()
	switch q.kind {
	case choices:
		x.askSlots(s, q, t)
	case languages:
		x.askLanguages(s, q, t)
	case table:
		x.askTable(s, q, t)
	default:
		answer := input(q)
		answer.Name = answerName + q.key
		x.answer(&answer, q, x.given.at(q.Path))
		at := spreadsheet.At(colAnswer, top)
		s.Add(workbook.Row{Cells: x.questionCells(s, q, answer, at+`<>""`, at, t)})
		if l, ok := x.limits(q, at, at); ok {
			s.Lists = append(s.Lists, l)
		}
	}
	x.highlight(s, q, top, len(s.Rows))
}

// askSlots adds a question with several cells, each for one of a list.
func (x *writer) askSlots(s *workbook.Sheet, q *question, t *tally) {
	list, given := x.given.at(q.Path).([]any)
	n := min(max(3, len(list)+1), max(len(q.words.options)-1, len(list), 1))
	top := s.Next()
	end := top + n - 1
	all := spreadsheet.Fixed(colAnswer, top) + ":" + spreadsheet.Fixed(colAnswer, end)
	for i := range n {
		answer := input(q)
		answer.Name = answerName + q.key + "_" + strconv.Itoa(i+1)
		switch {
		case i < len(list):
			x.answer(&answer, q, list[i])
		case i == 0 && given:
			answer.Text = x.message("form.none")
		}
		if i == 0 {
			s.Add(workbook.Row{Cells: x.questionCells(s, q, answer, "COUNTA("+all+")>0", spreadsheet.At(colAnswer, top), t)})
			continue
		}
		s.Add(x.continued(x.message("form.also", "n", strconv.Itoa(i+1)), answer))
	}
	x.name(slotsName+q.key, s.Name, colAnswer, top, colAnswer, end)
	l, _ := x.limits(q, spreadsheet.At(colAnswer, top)+":"+spreadsheet.At(colAnswer, end), spreadsheet.At(colAnswer, top))
	s.Lists = append(s.Lists, l)
}

// continued is a row for a further part of an answer.
func (x *writer) continued(label string, answer workbook.Cell) workbook.Row {
	cells := make([]workbook.Cell, len(pageWidths))
	for i := range cells {
		cells[i].Style = textStyle
	}
	cells[colQuestion-1] = workbook.Cell{Text: label, Style: helpStyle}
	cells[colAnswer-1] = answer
	return workbook.Row{Cells: cells}
}

// langs are the languages in which a text is asked for: that of the form first,
// and those that are given besides.
func langs(lang string, given map[string]any) []string {
	out := []string{lang}
	for _, l := range []string{"fi", "sv", "en"} {
		if l != lang {
			out = append(out, l)
		}
	}
	var more []string
	for l := range given {
		if !slices.Contains(out, l) {
			more = append(more, l)
		}
	}
	slices.Sort(more)
	return append(out, more...)
}

// langKey is the code of a language as a part of the name of a cell.
func langKey(lang string) string { return strings.ReplaceAll(lang, "-", "_") }

// askLanguages adds a question with a cell for each language.
func (x *writer) askLanguages(s *workbook.Sheet, q *question, t *tally) {
	given, _ := x.given.at(q.Path).(map[string]any)
	all := langs(x.words.Lang, given)
	top := s.Next()
	end := top + len(all) - 1
	for i, lang := range all {
		answer := input(q)
		answer.Name = answerName + q.key + "_" + langKey(lang)
		x.answer(&answer, q, given[lang])
		if i == 0 {
			cells := x.questionCells(s, q, answer,
				"COUNTA("+spreadsheet.Fixed(colAnswer, top)+":"+spreadsheet.Fixed(colAnswer, end)+")>0", spreadsheet.At(colAnswer, top), t)
			cells[colQuestion-1].Text += " (" + x.language(lang) + ")"
			s.Add(workbook.Row{Cells: cells})
			continue
		}
		s.Add(x.continued(x.language(lang), answer))
	}
}

// language names a language, or gives its code.
func (x *writer) language(code string) string {
	key := "form.language." + code
	if m := x.message(key); m != key {
		return m
	}
	return code
}

// questionCells are the cells of the row of a question. Answered is a formula
// that tells whether there is an answer, first the cell in which "not known" would
// stand.
func (x *writer) questionCells(s *workbook.Sheet, q *question, answer workbook.Cell, answered, first string, t *tally) []workbook.Cell {
	lang := x.words.Lang
	n := float64(x.number)
	label := q.Label.In(lang)
	if q.Required || q.Essential {
		label += " *"
	}
	check := x.check(q, answered, first)
	x.checks[q.Path] = place{s.Name, workbook.Spot{Column: colCheck, Row: s.Next()}}
	t.states = append(t.states, x.stateOf(q))
	return []workbook.Cell{
		{Number: &n, Style: centreStyle},
		{Lead: label, Text: q.Question.In(lang), Style: textStyle},
		answer,
		{Text: x.help(q), Style: helpStyle},
		{Text: x.example(q), Style: exampleStyle},
		check,
	}
}

// check is the cell that says how a question stands.
func (x *writer) check(q *question, answered, first string) workbook.Cell {
	say := func(st state) string { return spreadsheet.Quote(x.message(st.message())) }
	filled := say(done)
	if q.kind != table && q.kind != languages {
		filled = "IF(" + first + "=" + spreadsheet.Quote(x.message("common.unknown")) + "," + say(unknown) + "," + say(done) + ")"
	}
	blank := say(x.blank(q))
	if rule := x.gates.Of(q.Path); rule != "" && !q.Required && !q.Essential {
		blank = "IF(" + ruleKey(rule) + "," + say(open) + "," + say(idle) + ")"
	}
	return workbook.Cell{
		Formula: "IF(" + answered + "," + filled + "," + blank + ")",
		Text:    x.message(x.stateOf(q).message()), Style: centreStyle,
	}
}

// help is the help of a question with how several entries are written.
func (x *writer) help(q *question) string {
	h := q.Help.In(x.words.Lang)
	switch {
	case q.kind == choices && q.list == "":
		return h + " " + x.message("form.help.several")
	case q.kind == choices, q.kind == texts:
		return h + " " + x.message("form.help.semicolon")
	}
	return h
}

// example is the example of a question in the words of the form.
func (x *writer) example(q *question) string {
	if q.Example == "" {
		return ""
	}
	if q.words == nil && !q.IsList() {
		return q.Example
	}
	var v any
	if err := yaml.Unmarshal([]byte(q.Example), &v); err != nil {
		return q.Example
	}
	list, ok := v.([]any)
	if _, entry := v.(map[string]any); entry {
		list, ok = []any{v}, true
	}
	if !ok {
		list = []any{q.Example}
	}
	var out []string
	for _, v := range list {
		switch v := v.(type) {
		case map[string]any:
			out = append(out, x.exampleRow(q, v))
		default:
			out = append(out, x.shown(q, fmt.Sprint(v)))
		}
	}
	return strings.Join(out, "; ")
}

// exampleRow is an example of a row of a table.
func (x *writer) exampleRow(q *question, v map[string]any) string {
	var out []string
	for _, a := range q.attributes {
		if s, ok := v[a.Name()]; ok {
			out = append(out, x.shown(a, fmt.Sprint(s)))
		}
	}
	return strings.Join(out, ", ")
}

// highlight shows the rows of a question by how it stands.
func (x *writer) highlight(s *workbook.Sheet, q *question, top, end int) {
	check := spreadsheet.Fixed(colCheck, top)
	is := func(st state) string { return check + "=" + spreadsheet.Quote(x.message(st.message())) }
	if x.gates.Of(q.Path) != "" {
		s.Highlights = append(s.Highlights, workbook.Highlight{
			Cells: spreadsheet.At(colNumber, top) + ":" + spreadsheet.At(colCheck, end), Formula: is(idle), Look: idleLook})
	}
	cell := spreadsheet.At(colCheck, top)
	if q.Required || q.Essential {
		s.Highlights = append(s.Highlights, workbook.Highlight{Cells: cell, Formula: is(missing), Look: missingLook})
	}
	s.Highlights = append(s.Highlights, workbook.Highlight{Cells: cell, Formula: is(done), Look: doneLook})
}

// inLang is a text of the catalogue in the language of the form.
func (x *writer) inLang(t checklist.Text) string { return t.In(x.words.Lang) }
