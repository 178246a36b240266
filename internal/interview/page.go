package interview

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/wording"
)

// page writes to the terminal; an error of the writer is kept for the end.
type page struct {
	w      io.Writer
	width  int
	colour bool
	words  *wording.Words
	err    error
}

func (p *page) print(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

func (p *page) line(s string) { p.print(s + "\n") }

// The escape codes of what is shown with weight.
const (
	bold = "1"
	dim  = "2"
)

func (p *page) paint(code, s string) string {
	if !p.colour {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// wrap writes a text in lines of the width, all but the first behind an indent as
// wide as the lead.
func (p *page) wrap(lead, s string) {
	indent := strings.Repeat(" ", len([]rune(lead)))
	width := max(p.width, len(indent)+20)
	row, first := lead, true
	for word := range strings.FieldsSeq(s) {
		if len([]rune(row))+1+len([]rune(word)) > width && !first {
			p.line(row)
			row, first = indent, true
		}
		if !first {
			row += " "
		}
		row += word
		first = false
	}
	p.line(strings.TrimRight(row, " "))
}

func (p *page) message(key string, params ...string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		m[params[i]] = params[i+1]
	}
	return p.words.Message(key, m)
}

// say writes a message as a paragraph.
func (p *page) say(key string, params ...string) { p.wrap("", p.message(key, params...)) }

func (s *session) intro() {
	s.say("interview.intro")
	s.say("interview.keys")
}

// outcome is the label of an outcome.
func (p *page) outcome(code string) string {
	i := slices.IndexFunc(p.words.Catalogue.Policy.Outcomes, func(o checklist.Outcome) bool { return o.Code == code })
	if i < 0 {
		return code
	}
	return p.words.Catalogue.Policy.Outcomes[i].Label.In(p.words.Lang)
}

// showBounds says between which outcomes the dataset stands, in one line, when
// that has changed.
func (s *session) showBounds(a *assessment.Assessment) {
	if a.OutcomeBounds == s.bounds {
		return
	}
	s.bounds = a.OutcomeBounds
	b := a.OutcomeBounds
	text := s.message("interview.bounds", "best", s.outcome(b.Best), "worst", s.outcome(b.Worst))
	if b.Best == b.Worst {
		text = s.message("interview.bound", "outcome", s.outcome(b.Best))
	}
	s.line("")
	s.line(s.paint(dim, text))
}

// show puts a question with the answers to choose from.
func (s *session) show(q *question) {
	lang := s.Words.Lang
	s.line("")
	title := q.field.Label.In(lang)
	if of := s.entry(q.path); of != "" {
		title += " – " + of
	}
	if q.decisive {
		title += "  [" + s.message("interview.decisive") + "]"
	}
	s.line(s.paint(bold, title))
	s.wrap("", q.field.Question.In(lang))
	if q.suspicion != "" {
		for _, e := range s.Words.Catalogue.Lexicon.Entries {
			if e.ID == q.suspicion {
				s.say("interview.suspicion", "label", e.Label.In(lang))
			}
		}
	}
	options := s.options(q.field)
	for i, o := range options {
		s.wrap(pad(strconv.Itoa(i+1), 4), o.label)
	}
	s.hint(q)
	if v := s.doc.at(q.path); v != nil {
		s.say("interview.now", "answer", s.spoken(q.field, v))
	}
}

// hint says in which form the answer is wanted.
func (s *session) hint(q *question) {
	f := q.field
	key := ""
	switch {
	case f.Path == columnsList:
		key = "interview.hint.columns"
	case f.Type == "list<object>":
		key = "interview.hint.entries"
	case f.IsList() && len(f.Values) > 0:
		key = "interview.hint.several"
	case f.IsList():
		key = "interview.hint.texts"
	case f.Type == "integer":
		key = "interview.hint.integer"
	case f.Type == "number":
		key = "interview.hint.number"
	case f.Type == "date":
		key = "interview.hint.date"
	case f.Type == "duration":
		key = "interview.hint.duration"
	}
	if key != "" {
		s.say(key)
	}
	if len(q.same) > 0 {
		s.say("interview.hint.same", "count", strconv.Itoa(len(q.same)))
	}
}

// entry names the column or the entry of a list that a path is about.
func (s *session) entry(path string) string {
	i := strings.LastIndex(path, "].")
	if i < 0 {
		return ""
	}
	entry := path[:i+1]
	if strings.HasPrefix(entry, columnsList+"[") {
		return s.message("interview.column", "name", fmt.Sprint(s.doc.at(entry+".name")))
	}
	all := steps(entry)
	return s.message("interview.entry", "n", strconv.Itoa(all[len(all)-1].index+1))
}

// help writes the help of a question with an example.
func (s *session) help(q *question) {
	s.wrap("  ", q.field.Help.In(s.Words.Lang))
	if q.field.Example != "" && len(s.options(q.field)) == 0 {
		s.wrap("  ", s.message("interview.example", "example", q.field.Example))
	}
	s.wrap("  ", s.message("interview.keys"))
}

// finish says what the answers come to.
func (s *session) finish(a *assessment.Assessment) {
	s.line("")
	if s.skips > 0 {
		s.say("interview.skipped", "count", strconv.Itoa(s.skips))
	} else {
		s.say("interview.done")
	}
	s.say("interview.outcome", "outcome", s.outcome(a.Outcome))
}

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(1, n-len([]rune(s))))
}
