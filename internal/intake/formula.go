package intake

import (
	"strings"

	"puntari/internal/descriptor"
	"puntari/internal/intake/gate"
	"puntari/internal/spreadsheet"
)

// The names of cells and ranges.
const (
	answerName = "in_"   // an answer; of several, with _1, _2 behind
	slotsName  = "all_"  // the cells of a question with several, or of a column of a table
	emptyName  = "none_" // the cell that says that a table is empty
	codeName   = "code_" // the code of an answer that others depend on
	ruleName   = "may_"  // whether a rule of the policies may hold
	labelsName = "lst_"  // the labels of a list
	codesName  = "cod_"  // its codes
)

// ruleKey is the name of the cell of a rule.
func ruleKey(rule string) string {
	return ruleName + strings.NewReplacer(".", "_", "puntari.", "").Replace(rule)
}

// formula is a condition as the formula of a cell. Answers that it does not know
// make it true, as everything does that is in doubt.
func (x *writer) formula(e *gate.Expr) string {
	switch e.Op {
	case gate.False:
		return "FALSE"
	case gate.Any, gate.All:
		parts := make([]string, len(e.Of))
		for i := range e.Of {
			parts[i] = x.formula(e.Of[i])
		}
		name := map[gate.Op]string{gate.Any: "OR", gate.All: "AND"}[e.Op]
		return name + "(" + strings.Join(parts, ",") + ")"
	case gate.Rule:
		return ruleKey(e.Name)
	case gate.Is, gate.Isnt:
		q := x.form.questions[e.Field]
		if q.kind == choices {
			return x.several(e, q)
		}
		return x.single(e, q)
	case gate.Filled:
		q := x.form.questions[e.Field]
		return "IF(COUNTA(" + slotsName + q.key + ")>0,TRUE,IF(" + emptyName + q.key + `<>"",FALSE,` + x.formula(e.Open) + "))"
	case gate.SomeRow:
		return x.someRow(e)
	}
	return "TRUE"
}

// single compares the code of an answer.
func (x *writer) single(e *gate.Expr, q *question) string {
	cell := codeName + q.key
	name, sign := "OR", "="
	first := cell + `="?"`
	if e.Op == gate.Isnt {
		name, sign, first = "AND", "<>", "TRUE"
	}
	parts := []string{first}
	for _, v := range e.Values {
		parts = append(parts, cell+sign+spreadsheet.Quote(v))
	}
	return "IF(OR(" + cell + `="",` + cell + "=" + spreadsheet.Quote(descriptor.Unknown) + ")," + x.formula(e.Open) + "," + name + "(" + strings.Join(parts, ",") + "))"
}

// several compares the labels of the cells of an answer.
func (x *writer) several(e *gate.Expr, q *question) string {
	all := slotsName + q.key
	test := "SUMPRODUCT(" + x.matches(all, q, e.Values, false) + ")<COUNTA(" + all + ")"
	if e.Op == gate.Isnt {
		test = "SUMPRODUCT(" + x.matches(all, q, e.Values, true) + ")=0"
	}
	return "IF(COUNTA(" + all + ")=0," + x.formula(e.Open) + "," + test + ")"
}

// matches counts the cells of a range with a label of one of the codes, or with a
// label that is none of them.
func (x *writer) matches(cells string, q *question, codes []string, in bool) string {
	var parts []string
	add := func(label string) { parts = append(parts, "("+cells+"="+spreadsheet.Quote(label)+")") }
	for _, o := range q.words.options {
		if o.code != descriptor.Unknown && o.code != nothing && contains(codes, o.code) == in {
			add(o.label.In(x.words.Lang))
		}
	}
	if q.IsList() && !in {
		add(x.words.Message("form.none", nil))
	}
	if len(parts) == 0 {
		return "0"
	}
	return strings.Join(parts, "+") + "+0"
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// someRow looks for a row of a table that may have one of the values: fewer rows
// are surely without than there are.
func (x *writer) someRow(e *gate.Expr) string {
	q := x.form.questions[e.Field]
	list := x.form.questions[q.list]
	cells := slotsName + q.key
	without := x.matches(cells, q, e.Values, false)
	if q.list == columnsList {
		names := slotsName + list.attributes[0].key
		switch open := x.formula(e.Open); open {
		case "TRUE":
		case "FALSE":
			without += "+(" + cells + `="")`
		default:
			without += "+(" + cells + `="")*IF(` + open + ",0,1)"
		}
		return "IF(COUNTA(" + names + ")=0,TRUE,SUMPRODUCT((" + names + `<>"")*(` + without + "))<COUNTA(" + names + "))"
	}
	var filled []string
	for _, a := range list.attributes {
		filled = append(filled, "("+slotsName+a.key+`<>"")`)
	}
	return "IF(COUNTA(" + slotsName + list.key + ")=0,IF(" + emptyName + list.key + `<>"",FALSE,` + x.formula(e.Open) + "),SUMPRODUCT(" + without + ")<SUMPRODUCT(((" + strings.Join(filled, "+") + ")>0)*1))"
}
