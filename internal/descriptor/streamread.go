package descriptor

import (
	"bytes"
	"strconv"
	"strings"
)

// stream reads one descriptor after the other.
type stream struct {
	reader  *Reader
	window  *window
	name    string
	fn      func(*Source, []Problem) error
	records int
	// tried is the last line that was taken for a record as a whole.
	tried int
}

// startsJSON tells the format of a stream by its first sign. Blank lines before
// it are passed.
func (w *window) startsJSON() bool {
	for {
		ink := bytes.IndexFunc(w.buf, func(r rune) bool { return r > ' ' })
		if ink >= 0 {
			return w.buf[ink] == '{' || w.buf[ink] == '['
		}
		w.pass(bytes.LastIndexByte(w.buf, '\n') + 1)
		if len(w.buf) > 1<<20 { // a line of blanks, which says nothing
			w.pass(len(w.buf))
		}
		if !w.more() {
			return false
		}
	}
}

// json reads objects one after the other, and the entries of lists of them.
func (s *stream) json() error {
	w := s.window
	inList, afterEntry, opened := false, false, 0
	for w.skipSpace() {
		c := w.buf[0]
		switch {
		case c == '[' && !inList:
			inList, afterEntry, opened = true, false, w.line
			w.pass(1)
			continue
		case c == ']' && inList:
			inList = false
			w.pass(1)
			continue
		case c == ',' && inList && afterEntry:
			afterEntry = false
			w.pass(1)
			continue
		}
		if inList && afterEntry {
			if err := s.fail(syntaxErr(0, codeJSONComma)); err != nil {
				return err
			}
		}
		read, err := s.jsonLine(c)
		if !read && err == nil {
			err = s.jsonRecord(c)
		}
		if err != nil {
			return err
		}
		afterEntry = true
	}
	if inList && w.failed() == nil {
		return s.fail(syntaxErr(0, codeJSONEnd, "found", "[", "line", strconv.Itoa(opened)))
	}
	return nil
}

// jsonLine reads the record that the rest of the line at the start of the window
// is. That spares looking for its end byte by byte. It returns false when the line
// is not in the window as a whole, or is no record that can be laid straight into
// a Dataset.
func (s *stream) jsonLine(c byte) (read bool, err error) {
	w := s.window
	if c != '{' || s.tried == w.line {
		return false, nil
	}
	s.tried = w.line
	end := bytes.IndexByte(w.buf, '\n')
	if end < 0 {
		return false, nil
	}
	line := bytes.TrimRight(w.buf[:end], " \t\r,") // a comma stands between the entries of a list
	if len(line) > s.reader.MaxBytes {
		return false, nil
	}
	t, release := s.borrow()
	defer release()
	source, problems := s.reader.direct(&document{name: s.name, line: w.line, column: w.column, text: string(line)}, t)
	if source == nil {
		return false, nil
	}
	n := len(line)
	if n == end {
		n++ // the line end tells the column, so that no characters need be counted
	}
	w.pass(n)
	return true, s.give(source, problems)
}

// jsonRecord reads the value at the start of the window, which begins with c.
func (s *stream) jsonRecord(c byte) error {
	var split splitter = lineSplitter{}
	if c == '{' || c == '[' {
		split = &jsonSplitter{lines: true}
	}
	d, data, err := s.next(split, false)
	if d == nil || err != nil {
		return err
	}
	source, problems, behind := s.decode(d)
	s.window.pass(min(behind, len(data)))
	return s.give(source, problems)
}

// next finds the next record. It returns no document when the record was too
// large, of which fn has been told.
func (s *stream) next(split splitter, yaml bool) (*document, []byte, error) {
	at := document{name: s.name, line: s.window.line, column: s.window.column}
	data, tooLarge := s.window.record(split, s.reader.MaxBytes)
	if tooLarge {
		return nil, nil, s.give(nil, []Problem{s.reader.tooLarge(&at)})
	}
	at.text, at.yaml = string(data), yaml
	return &at, data, nil
}

// decode reads a record of JSON and tells how far it goes. A record that breaks
// off takes in the next; that one begins with the "{" at the start of a line
// where the parser gave up, or behind it.
func (s *stream) decode(d *document) (source *Source, problems []Problem, behind int) {
	source, problems, err := s.read(d)
	if err != nil && err.code != codeTooManyValues {
		from := max(err.offset-1, 0)
		if i := strings.Index(d.text[from:], "\n{"); i >= 0 {
			return source, problems, from + i + 1
		}
	}
	return source, problems, len(d.text)
}

// yaml reads documents one after the other. Those that say nothing are no
// records.
func (s *stream) yaml() error {
	w := s.window
	for len(w.buf) > 0 || w.more() {
		d, data, err := s.next(new(yamlSplitter), true)
		switch {
		case err != nil:
			return err
		case d == nil:
			continue
		}
		w.pass(len(data))
		if !saysYAML(d.text) {
			continue
		}
		source, problems, _ := s.read(d)
		if err := s.give(source, problems); err != nil {
			return err
		}
	}
	return nil
}

// read reads a record with borrowed memory for its tree.
func (s *stream) read(d *document) (*Source, []Problem, *syntaxError) {
	t, release := s.borrow()
	defer release()
	return s.reader.read(d, t)
}

func (s *stream) borrow() (t *tree, release func()) {
	t = s.reader.trees.Get().(*tree)
	return t, func() {
		clear(t.nodes) // the texts belong to the record
		t.nodes = t.nodes[:0]
		s.reader.trees.Put(t)
	}
}

// give hands a record to fn.
func (s *stream) give(source *Source, problems []Problem) error {
	s.records++
	if source != nil {
		source.Record = s.records
	}
	return s.fn(source, problems)
}

// fail hands fn a mistake between records.
func (s *stream) fail(e *syntaxError) error {
	line, _, _ := bytes.Cut(s.window.buf, []byte("\n"))
	d := &document{name: s.name, line: s.window.line, column: s.window.column, text: string(line[:min(len(line), 512)])}
	return s.fn(nil, []Problem{e.problem(d)})
}
