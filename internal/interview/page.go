package interview

import (
	"fmt"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/report/terminal"
)

// say writes a message as a paragraph.
func (s *session) say(key string, params ...string) { s.Wrap("", s.Message(key, params...)) }

func (s *session) intro() {
	s.say("interview.intro")
	s.say("interview.keys")
}

// outcome is the label of an outcome.
func (s *session) outcome(code string) string {
	return s.Words.Catalogue.Policy.Outcome(code).Label.In(s.Words.Lang)
}

// showBounds says between which outcomes the dataset stands, in one line, when
// that has changed.
func (s *session) showBounds(a *assessment.Assessment) {
	if a.OutcomeBounds == s.bounds {
		return
	}
	s.bounds = a.OutcomeBounds
	b := a.OutcomeBounds
	text := s.Message("interview.bounds", "best", s.outcome(b.Best), "worst", s.outcome(b.Worst))
	if b.Best == b.Worst {
		text = s.Message("interview.bound", "outcome", s.outcome(b.Best))
	}
	s.Line("")
	s.Line(s.Paint(terminal.Dim, text))
}

// show puts a question with the answers to choose from.
func (s *session) show(q *question) {
	lang := s.Words.Lang
	s.Line("")
	title := q.field.Label.In(lang)
	if of := s.entry(q.path); of != "" {
		title += " – " + of
	}
	if q.decisive {
		title += "  [" + s.Message("interview.decisive") + "]"
	}
	s.Line(s.Paint(terminal.Bold, title))
	s.Wrap("", q.field.Question.In(lang))
	if q.suspicion != "" {
		for _, e := range s.Words.Catalogue.Lexicon.Entries {
			if e.ID == q.suspicion {
				s.say("interview.suspicion", "label", e.Label.In(lang))
			}
		}
	}
	options := s.options(q.field)
	for i, o := range options {
		s.Wrap(pad(strconv.Itoa(i+1), 4), o.label)
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
		return s.Message("interview.column", "name", fmt.Sprint(s.doc.at(entry+".name")))
	}
	all := steps(entry)
	return s.Message("interview.entry", "n", strconv.Itoa(all[len(all)-1].index+1))
}

// help writes the help of a question with an example.
func (s *session) help(q *question) {
	s.Wrap("  ", q.field.Help.In(s.Words.Lang))
	if q.field.Example != "" && len(s.options(q.field)) == 0 {
		s.Wrap("  ", s.Message("interview.example", "example", q.field.Example))
	}
	s.Wrap("  ", s.Message("interview.keys"))
}

// finish says what the answers come to.
func (s *session) finish(a *assessment.Assessment) {
	s.Line("")
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
