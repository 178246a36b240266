package descriptor

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// window is the part of a stream that is being looked at.
type window struct {
	src io.Reader
	buf []byte // the bytes read and not yet passed
	all []byte // the memory that buf lies in
	err error  // why no more comes; io.EOF at the end
	// line and column are those of the first byte of buf.
	line, column int
	passedCR     bool
}

func newWindow(src io.Reader) *window {
	w := &window{src: src, line: 1, column: 1}
	if b, ok := src.(*bytes.Buffer); ok { // its bytes are only looked at
		w.buf, w.err = b.Next(b.Len()), io.EOF
		return w
	}
	// A small source in memory is taken whole, since room for more is most of the
	// cost of reading it.
	if l, ok := src.(interface{ Len() int }); ok && l.Len() <= 4*chunk {
		w.buf = make([]byte, l.Len())
		n, err := io.ReadFull(src, w.buf)
		w.buf, w.err = w.buf[:n], err
		if err == nil {
			w.err = io.EOF
		}
	}
	return w
}

// chunk is how many bytes are read at a time, at least.
const chunk = 64 << 10

// more reads more bytes behind buf. It returns false when there are none.
func (w *window) more() bool {
	if w.err != nil {
		return false
	}
	if cap(w.buf)-len(w.buf) < chunk {
		if len(w.buf)+chunk > len(w.all) {
			w.all = make([]byte, 2*len(w.buf)+2*chunk)
		}
		w.buf = w.all[:copy(w.all, w.buf)]
	}
	for range 100 { // as often as bufio puts up with a reader that gives nothing
		n, err := w.src.Read(w.buf[len(w.buf):cap(w.buf)])
		w.buf = w.buf[:len(w.buf)+n]
		w.err = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// fill reads until buf holds n bytes or the stream ends.
func (w *window) fill(n int) {
	for len(w.buf) < n && w.more() {
	}
}

// failed is the error of the stream other than its end.
func (w *window) failed() error {
	if errors.Is(w.err, io.EOF) {
		return nil
	}
	return w.err
}

// pass leaves n bytes behind.
func (w *window) pass(n int) {
	passed := w.buf[:n]
	w.buf = w.buf[n:]
	for lf := -1; len(passed) > 0; {
		if lf < 0 {
			if lf = bytes.IndexByte(passed, '\n'); lf < 0 {
				lf = len(passed)
			}
		}
		i := bytes.IndexByte(passed[:lf], '\r')
		if i < 0 {
			i = lf
		}
		if i == len(passed) {
			w.column += utf8.RuneCount(passed)
			w.passedCR = false
			return
		}
		if passed[i] == '\r' || i > 0 || !w.passedCR {
			w.line++
		}
		w.passedCR = passed[i] == '\r'
		w.column = 1
		passed, lf = passed[i+1:], lf-i-1
	}
}

// skipSpace passes white space and tells whether anything is left.
func (w *window) skipSpace() bool {
	for {
		n := 0
		for n < len(w.buf) && isSpace(w.buf[n]) {
			n++
		}
		w.pass(n)
		if len(w.buf) > 0 {
			return true
		}
		if !w.more() {
			return false
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// splitter finds where the record at the start of the window ends.
type splitter interface {
	// scan looks at further bytes of the record. It returns how many of them
	// belong to it, and whether it ends there.
	scan(data []byte, atEnd bool) (n int, whole bool)
}

// record finds the record at the start of the window. It returns its bytes,
// which are in the window and not yet passed, or tooLarge when there are more
// than limit; those have been passed.
func (w *window) record(s splitter, limit int) (data []byte, tooLarge bool) {
	scanned := 0
	for {
		n, whole := s.scan(w.buf[scanned:], w.err != nil)
		scanned += n
		if scanned > limit {
			tooLarge = true
		}
		if tooLarge {
			w.pass(scanned)
			scanned = 0
		}
		if whole {
			return w.buf[:scanned], tooLarge
		}
		if !w.more() {
			// The splitter has to be told that nothing follows.
			n, _ = s.scan(w.buf[scanned:], true)
			scanned += n
			if tooLarge || scanned > limit {
				w.pass(scanned)
				return nil, true
			}
			return w.buf[:scanned], false
		}
	}
}

// jsonSplitter finds the end of a JSON object or list by its brackets. A "{" in
// the first column that nothing before asks for begins the next record: that
// is how a line of NDJSON that breaks off leaves the lines behind it readable.
type jsonSplitter struct {
	// lines tells that records stand at the start of lines.
	lines    bool
	depth    int
	inText   bool
	escaped  bool
	previous byte // the byte before
	last     byte // the last byte that is not white space
}

func (s *jsonSplitter) scan(data []byte, _ bool) (n int, whole bool) {
	return scanJSON(s, data)
}

func scanJSON[T string | []byte](s *jsonSplitter, data T) (n int, whole bool) {
	for i := 0; i < len(data); i++ {
		c := data[i]
		if s.inText {
			switch {
			case s.escaped:
				s.escaped = false
			case c == '\\':
				s.escaped = true
			case c == '"', c == '\n': // quotes cannot go on over a line end
				s.inText, s.last = false, c
			}
			s.previous = c
			continue
		}
		switch c {
		case '"':
			s.inText = true
		case '{':
			if s.lines && s.previous == '\n' && s.last != '[' && s.last != ',' && s.last != ':' {
				s.previous = c
				return i, true
			}
			s.depth++
		case '[':
			s.depth++
		case '}', ']':
			s.depth--
			if s.depth <= 0 {
				return i + 1, true
			}
		}
		if s.previous = c; !isSpace(c) {
			s.last = c
		}
	}
	return len(data), false
}

// lineSplitter takes what is left of the line.
type lineSplitter struct{}

func (lineSplitter) scan(data []byte, _ bool) (n int, whole bool) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i, true
	}
	return len(data), false
}

// yamlSplitter finds the end of a YAML document: the line "---" that begins the
// next one, or "..." behind which the next one begins. Neither can stand at the
// start of a line within a document, not even within quotes.
type yamlSplitter struct {
	// content tells that the document has begun: a line that is no comment, no
	// directive and not blank has been seen.
	content bool
	inLine  bool // the start of the line at hand has been looked at
	ended   bool // the line at hand is "..."
}

func (s *yamlSplitter) scan(data []byte, atEnd bool) (n int, whole bool) {
	for n < len(data) {
		line := data[n:]
		end := bytes.IndexByte(line, '\n')
		if end >= 0 {
			line = line[:end+1]
		}
		if !s.inLine {
			const marker = len("---\r")
			if end < 0 && len(line) < marker && !atEnd {
				return n, false
			}
			start := string(line[:min(len(line), marker)])
			switch {
			case isMarker(start, "---"):
				if s.content {
					return n, true
				}
				s.content = true
			case isMarker(start, "..."):
				s.ended = true
			case !s.content:
				s.content = startsYAML(string(line))
			}
		}
		s.inLine = end < 0
		n += len(line)
		if s.ended && !s.inLine {
			return n, true
		}
	}
	return n, false
}

func isMarker(line, marker string) bool {
	return strings.HasPrefix(line, marker) && (len(line) == len(marker) || isSpace(line[len(marker)]))
}

// startsYAML tells whether a line says something, in contrast to a blank line, a
// comment or a directive.
func startsYAML(line string) bool {
	line = strings.TrimLeft(line, " \t\r\n")
	return len(line) > 0 && line[0] != '#' && line[0] != '%'
}
