package intake

import (
	"puntari/internal/intake/gate"
	"puntari/internal/intake/workbook"
)

// noneKey is the key of the list whose only entry says that a table is empty.
const noneKey = "none"

// The names that tell what a form is.
const (
	formatCell     = "form_format"
	languageCell   = "form_language"
	descriptorCell = "form_descriptor"
)

// lists makes the hidden sheet with the labels and codes of all lists, each list
// in two columns.
func (x *writer) lists() *workbook.Sheet {
	s := &workbook.Sheet{Name: listsSheet, Hidden: true}
	column := 0
	add := func(v *vocabulary) {
		column += 2
		s.Widths = append(s.Widths, 30, 20)
		put := func(row, at int, text string) {
			for len(s.Rows) < row {
				s.Rows = append(s.Rows, workbook.Row{Height: 15})
			}
			r := &s.Rows[row-1]
			for len(r.Cells) < at {
				r.Cells = append(r.Cells, workbook.Cell{})
			}
			r.Cells[at-1] = workbook.Cell{Text: text, Style: hiddenStyle}
		}
		put(1, column-1, v.key)
		for i, o := range v.options {
			put(i+2, column-1, o.label.In(x.words.Lang))
			put(i+2, column, o.code)
		}
		end := len(v.options) + 1
		x.name(labelsName+v.key, s.Name, column-1, 2, column-1, end)
		x.name(codesName+v.key, s.Name, column, 2, column, end)
	}
	seen := map[string]bool{}
	for _, p := range x.form.pages {
		for _, part := range p.sections {
			for _, q := range part.questions {
				for _, a := range append([]*question{q}, q.attributes...) {
					if a.words != nil && !seen[a.words.key] {
						seen[a.words.key] = true
						add(a.words)
					}
				}
			}
		}
	}
	add(&vocabulary{key: noneKey, options: []option{{nothing, x.form.catalogue.Messages["form.none"]}}})
	return s
}

// logic makes the hidden sheet that says what the form is and works out when
// questions matter.
func (x *writer) logic() *workbook.Sheet {
	s := &workbook.Sheet{Name: logicSheet, Hidden: true, Widths: []float64{44, 60}}
	add := func(name string, c workbook.Cell) {
		c.Name = name
		s.Add(workbook.Row{Height: 15, Cells: []workbook.Cell{{Text: name, Style: hiddenStyle}, c}})
	}
	add(formatCell, workbook.Cell{Text: formatName})
	add(languageCell, workbook.Cell{Text: x.words.Lang})
	add(descriptorCell, workbook.Cell{Text: x.form.catalogue.Descriptor.Version})
	for _, path := range x.gates.Fields() {
		q := x.form.questions[path]
		if q == nil || q.kind != choice || q.list != "" {
			continue
		}
		in := answerName + q.key
		text := ""
		if codes, _, _ := x.Codes(path); len(codes) > 0 {
			text = codes[0]
		}
		add(codeName+q.key, workbook.Cell{
			Formula: "IF(" + in + `="","",IFERROR(INDEX(` + codesName + q.words.key + ",MATCH(" + in + "," + labelsName + q.words.key + `,0)),"?"))`, Text: text})
	}
	for _, rule := range x.gates.Order {
		text := "0"
		if x.gates.Holds(rule, x) {
			text = "1"
		}
		add(ruleKey(rule), workbook.Cell{Formula: x.formula(x.gates.Rules[rule]), Truth: true, Text: text})
	}
	return s
}

var _ gate.Answers = (*writer)(nil)
