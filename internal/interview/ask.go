package interview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/descriptor"
)

// What can be typed instead of an answer.
const (
	wordHelp = "?"
	wordBack = "<"
	wordQuit = "q"
)

// ask puts a question until it is answered, left out or taken back.
func (s *session) ask(ctx context.Context, q *question) error {
	s.show(q)
	for {
		text, err := s.prompt(ctx, q)
		if err != nil {
			return err
		}
		switch text {
		case wordHelp:
			s.help(q)
			continue
		case wordQuit:
			return s.stopped()
		case wordBack:
			if !s.back(q) {
				s.say("interview.no_back")
				continue
			}
			return nil
		case "":
			if q.field.Required && s.doc.at(q.path) == nil {
				s.say("interview.required")
				continue
			}
			s.remember(q.path)
			s.passed[q.path] = true
			if s.doc.at(q.path) == nil {
				s.skips++
			}
			return nil
		}
		err = s.take(q, text)
		var why refusal
		switch {
		case errors.As(err, &why):
			s.Wrap("  ", string(why))
		default:
			return err
		}
	}
}

// prompt reads a line. The mark says how much is left.
func (s *session) prompt(ctx context.Context, q *question) (string, error) {
	mark := "> "
	if q.left > 0 {
		mark = s.Message("interview.left", "count", strconv.Itoa(q.left), "deciding", strconv.Itoa(q.deciding)) + " > "
	}
	s.Print(mark)
	text, err := s.lines.next(ctx)
	switch {
	case errors.Is(err, ErrInput):
		s.Line("")
		return "", err
	case err != nil:
		return "", s.stopped()
	}
	return strings.TrimSpace(text), nil
}

// stopped says that the interview ends before its time.
func (s *session) stopped() error {
	s.Line("")
	if s.saved {
		s.say("interview.quit")
	} else {
		s.say("interview.quit_empty")
	}
	return errQuit
}

// remember keeps how things stand before an answer.
func (s *session) remember(path string) {
	data, err := json.Marshal(s.doc)
	if err != nil {
		return // plain data always marshals
	}
	s.history = append(s.history, moment{path, data, slices.Clone(s.queue), s.skips})
}

// back goes back to the question before.
func (s *session) back(q *question) bool {
	if len(s.history) == 0 {
		return false
	}
	m := s.history[len(s.history)-1]
	before, err := decode(m.doc)
	if err != nil {
		return false
	}
	dataset, problems := s.check(before)
	if dataset == nil {
		s.Wrap("  ", problems[0].Text(s.Words.Catalogue, s.Words.Lang))
		return false
	}
	s.history = s.history[:len(s.history)-1]
	s.doc, s.dataset, s.skips = before, dataset, m.skips
	s.queue = append([]string{m.path}, m.queue...)
	delete(s.passed, m.path)
	delete(s.passed, q.path)
	return true
}

// everywhere is the mark behind an answer that holds for all columns that the
// question is open for.
const everywhere = "*"

// take takes an answer, unless it is refused, and saves it.
func (s *session) take(q *question, text string) error {
	paths := []string{q.path}
	if rest, ok := strings.CutSuffix(text, everywhere); ok && len(q.same) > 0 {
		text, paths = strings.TrimSpace(rest), append(paths, q.same...)
	}
	value, err := s.parse(q.field, text)
	if err != nil {
		return err
	}
	data, err := json.Marshal(s.doc)
	if err != nil {
		return fmt.Errorf("interview: %w", err)
	}
	after, err := decode(data)
	if err != nil {
		return fmt.Errorf("interview: %w", err)
	}
	for _, path := range paths {
		after.set(path, value)
	}
	dataset, problems := s.check(after)
	for _, p := range problems {
		if p.Severity == descriptor.SeverityError && concerns(p.Path, paths) {
			return refusal(p.Text(s.Words.Catalogue, s.Words.Lang))
		}
	}
	if dataset == nil {
		return s.refuse("interview.refused")
	}
	if after, err = docOf(dataset); err != nil {
		return fmt.Errorf("interview: %w", err)
	}
	s.remember(q.path)
	s.doc, s.dataset = after, dataset
	if value == descriptor.Unknown || isUnknownList(value) {
		for _, path := range paths {
			s.passed[path] = true
		}
	}
	s.queueEntries(q, value)
	s.saved = true
	return s.Save(dataset)
}

func isUnknownList(v any) bool {
	l, ok := v.([]any)
	return ok && len(l) == 1 && l[0] == descriptor.Unknown
}

// check reads a descriptor as any other is read.
func (s *session) check(d doc) (*descriptor.Dataset, []descriptor.Problem) {
	data, err := json.Marshal(d)
	if err != nil {
		return nil, nil
	}
	source, problems := s.Reader.Read("", bytes.NewReader(data))
	if source == nil {
		return nil, problems
	}
	return source.Dataset, problems
}

// concerns tells whether a problem is about one of the paths or something in it.
func concerns(path string, paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		return path == p || strings.HasPrefix(path, p) && (path[len(p)] == '.' || path[len(p)] == '[')
	})
}

// queueEntries asks for the attributes of new entries of a list next.
func (s *session) queueEntries(q *question, value any) {
	list, ok := value.([]any)
	if !ok || q.field.Type != "list<object>" || q.path == columnsList {
		return
	}
	var next []string
	for i := range list {
		for k := range s.Words.Catalogue.Descriptor.Fields {
			if f := &s.Words.Catalogue.Descriptor.Fields[k]; f.ListPath() == q.path {
				next = append(next, q.path+"["+strconv.Itoa(i)+"]."+f.Name())
			}
		}
	}
	s.queue = append(next, s.queue...)
}
