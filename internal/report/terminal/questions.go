package terminal

import (
	"io"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/wording"
)

// asked is one question with the columns that it is asked of.
type asked struct {
	field    *checklist.Field
	path     string
	columns  []string
	question assessment.Question
}

// Questions shows the open questions: those that decide, then those about
// risks, then those about value. Questions of value are counted only unless all
// is set or nothing else is open.
func Questions(w io.Writer, a *assessment.Assessment, words *wording.Words, style Style, all bool) error {
	p := NewPage(w, words, style)
	decisive, risk, value := p.sort(a)
	if len(decisive)+len(risk)+len(value) == 0 {
		p.Wrap("", p.Message("cli.questions.none"))
		return p.err
	}
	n := 0
	show := func(heading string, qs []asked) {
		if len(qs) == 0 {
			return
		}
		p.heading(heading)
		for i := range qs {
			n++
			p.question(n, &qs[i])
		}
	}
	show("cli.questions.decisive", decisive)
	show("cli.questions.risk", risk)
	if all || n == 0 {
		show("cli.questions.value", value)
	} else if len(value) > 0 {
		p.Line("")
		p.Wrap("", p.Message("cli.questions.more_value", "count", strconv.Itoa(len(value))))
	}
	return p.err
}

// sort groups the questions by what they decide, each attribute of columns once.
func (p *Page) sort(a *assessment.Assessment) (decisive, risk, value []asked) {
	add := func(qs []asked, q assessment.Question) []asked {
		f, column := p.words.Field(q.Field)
		if f == nil {
			return append(qs, asked{path: q.Field, question: q})
		}
		if column != "" {
			for i := range qs {
				if qs[i].field == f {
					qs[i].columns = append(qs[i].columns, column)
					return qs
				}
			}
			return append(qs, asked{field: f, path: f.Path, columns: []string{column}, question: q})
		}
		return append(qs, asked{field: f, path: q.Field, question: q})
	}
	for _, q := range a.Questions {
		ofRisk := false
		for _, id := range q.Items {
			ofRisk = ofRisk || p.words.Catalogue.Item(id).Severity > 0
		}
		switch {
		case q.Decisive:
			decisive = add(decisive, q)
		case ofRisk:
			risk = add(risk, q)
		default:
			value = add(value, q)
		}
	}
	return decisive, risk, value
}

// question shows one question with its help, where to write the answer, and the
// answers that are allowed.
func (p *Page) question(n int, q *asked) {
	lang := p.words.Lang
	lead := pad(strconv.Itoa(n)+".", 4)
	if q.field == nil {
		p.Wrap(lead, p.words.Label(q.path))
		return
	}
	p.Line("")
	p.Wrap(lead, q.field.Question.In(lang))
	if len(q.columns) > 0 {
		p.Wrap("    ", p.Message("cli.questions.columns", "columns", strings.Join(q.columns, ", ")))
	}
	if q.question.Suspicion != "" {
		for _, e := range p.words.Catalogue.Lexicon.Entries {
			if e.ID == q.question.Suspicion {
				p.Wrap("    ", p.Message("cli.questions.suspicion", "label", e.Label.In(lang)))
			}
		}
	}
	p.Wrap("    ", q.field.Help.In(lang))
	p.Wrap("    ", p.Message("cli.questions.field", "field", q.path))
	p.answers(q.field)
}

func (p *Page) answers(f *checklist.Field) {
	switch {
	case f.ElementType() == "tri":
		p.Wrap("    ", p.Message("cli.questions.answers", "answers", "yes, no, unknown"))
	case len(f.Values) > 0:
		p.Line("    " + p.Message("cli.questions.answer_one_of"))
		for _, v := range f.Values {
			p.Wrap("      "+pad(v.Value, 24), v.Label.In(p.words.Lang))
		}
		if f.ElementType() == "enum" {
			p.Wrap("      "+pad("unknown", 24), p.words.Message("common.unknown", nil))
		}
	case f.Example != "":
		p.Wrap("    ", p.Message("cli.questions.example", "example", f.Example))
	}
}
