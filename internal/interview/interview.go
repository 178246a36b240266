// Package interview asks for a dataset in the terminal: only what matters after
// the answers so far, what decides first.
package interview

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/report/terminal"
	"puntari/internal/wording"
)

// ErrInput means that the input ended before the interview did. What was answered
// until then has been saved.
var ErrInput = errors.New("interview: the input ended")

// Config is what an interview needs.
type Config struct {
	In     io.Reader
	Out    io.Writer
	Engine *engine.Engine
	Reader *descriptor.Reader
	Words  *wording.Words
	// Day is the day of the assessment, "2026-03-01".
	Day string
	// Save is called after every answer.
	Save func(*descriptor.Dataset) error
	// Style is how the text is shown.
	Style terminal.Style
}

// Run asks until nothing that matters is open, or until the person or the context
// says stop. It begins with what d says already.
func Run(ctx context.Context, c Config, d *descriptor.Dataset) error {
	s := &session{
		Config: c, lines: newLines(c.In), Page: terminal.NewPage(c.Out, c.Words, c.Style),
		passed: map[string]bool{}, fields: map[string]*checklist.Field{},
	}
	defer s.lines.stop()
	for i := range c.Words.Catalogue.Descriptor.Fields {
		f := &c.Words.Catalogue.Descriptor.Fields[i]
		s.fields[f.Path] = f
	}
	var err error
	if s.doc, err = docOf(d); err != nil {
		return err
	}
	if s.doc["descriptorVersion"] == nil {
		s.doc["descriptorVersion"] = c.Words.Catalogue.Descriptor.Version
	}
	s.dataset = d
	s.intro()
	err = s.run(ctx)
	if errors.Is(err, errQuit) {
		err = nil
	}
	return errors.Join(err, s.Err())
}

// errQuit means that the person has had enough.
var errQuit = errors.New("interview: quit")

// session is one interview.
type session struct {
	Config
	*terminal.Page
	lines   *lines
	fields  map[string]*checklist.Field
	doc     doc
	dataset *descriptor.Dataset
	// passed are the questions that have been answered with "not known" or left
	// out in this interview.
	passed map[string]bool
	skips  int
	saved  bool // something has been answered
	// queue are questions that come next, whatever else is open.
	queue   []string
	history []moment
	valued  bool // the questions about value have been announced
	bounds  assessment.Bounds
}

// moment is how things stood before a question, to go back to.
type moment struct {
	path  string
	doc   []byte
	queue []string
	skips int
}

func (s *session) run(ctx context.Context) error {
	for {
		a, err := s.Engine.Assess(ctx, s.dataset, s.Day)
		if err != nil {
			if ctx.Err() != nil {
				return s.stopped()
			}
			return err
		}
		s.showBounds(a)
		q := s.next(a)
		if q == nil {
			s.finish(a)
			return nil
		}
		if err := s.ask(ctx, q); err != nil {
			return err
		}
	}
}

// question is a question to put.
type question struct {
	path  string // with the numbers of entries: schema.fields[2].type
	field *checklist.Field
	// decisive tells that the answer can decide.
	decisive  bool
	suspicion string
	// same are the same attribute of other columns that is open too.
	same []string
	// left is how many questions are open, and deciding how many of them decide.
	left, deciding int
}

// next chooses the next question, or nil when there is none.
func (s *session) next(a *assessment.Assessment) *question {
	open := s.open(a)
	pick := func(path string) *question {
		q := &question{path: path, field: s.fieldOf(path)}
		for i := range open {
			q.left++
			if open[i].decisive {
				q.deciding++
			}
			if open[i].path == path {
				q.decisive, q.suspicion = open[i].decisive, open[i].suspicion
			}
		}
		q.same = s.sameOf(path, open)
		return q
	}
	for len(s.queue) > 0 {
		path := s.queue[0]
		s.queue = s.queue[1:]
		if s.fieldOf(path) != nil {
			return pick(path)
		}
	}
	for i := range s.Words.Catalogue.Descriptor.Fields {
		f := &s.Words.Catalogue.Descriptor.Fields[i]
		first := f.Required || f.Essential
		if first && f.ListPath() == "" && s.doc.at(f.Path) == nil && !s.passed[f.Path] {
			return pick(f.Path)
		}
	}
	if len(open) == 0 {
		return nil
	}
	if !open[0].risk && !s.valued {
		s.valued = true
		s.say("interview.value", "count", strconv.Itoa(len(open)))
	}
	return pick(open[0].path)
}

// openQuestion is an open question of the assessment, by the number of its entry.
type openQuestion struct {
	path, suspicion string
	decisive, risk  bool
}

// open are the open questions that have not been passed, in the order in which
// they are asked: those about risks before those about value.
func (s *session) open(a *assessment.Assessment) []openQuestion {
	var risk, value []openQuestion
	for _, q := range a.Questions {
		ofRisk := q.Decisive || slices.ContainsFunc(q.Items, func(id string) bool { return s.Words.Catalogue.Item(id).Severity > 0 })
		for _, path := range s.concrete(q.Field) {
			if s.passed[path] || s.fieldOf(path) == nil {
				continue
			}
			x := openQuestion{path, q.Suspicion, q.Decisive, ofRisk}
			if ofRisk {
				risk = append(risk, x)
			} else {
				value = append(value, x)
			}
		}
	}
	return append(risk, value...)
}

// sameOf are the open questions about the same attribute of other columns.
func (s *session) sameOf(path string, open []openQuestion) []string {
	pattern := patternOf(path)
	if pattern == path {
		return nil
	}
	var out []string
	for i := range open {
		if open[i].path != path && patternOf(open[i].path) == pattern {
			out = append(out, open[i].path)
		}
	}
	return out
}

// fieldOf is the field of a path, or one that stands for the list of columns.
func (s *session) fieldOf(path string) *checklist.Field {
	if path == columnsList {
		return &checklist.Field{
			Path: path, Type: "list<object>", Label: s.Words.Catalogue.Messages["common.columns"],
			Question: s.Words.Catalogue.Messages["interview.columns.question"], Help: s.Words.Catalogue.Messages["interview.columns.help"],
		}
	}
	return s.fields[patternOf(path)]
}
