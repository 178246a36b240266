package rdf

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ReadTurtle reads a Turtle document and gives its triples to emit in the order
// in which they are complete. The error is an [*Error] with the place, or what
// emit returned.
func ReadTurtle(data []byte, o Options, emit Emit) error {
	return readTurtle(data, o, emit, false)
}

// ReadNTriples reads an N-Triples document, as [ReadTurtle] does.
func ReadNTriples(data []byte, o Options, emit Emit) error {
	return readTurtle(data, o, emit, true)
}

func readTurtle(data []byte, o Options, emit Emit, ntriples bool) error {
	o = o.withDefaults()
	r := &turtleReader{
		data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), options: o, base: o.Base, emit: emit, ntriples: ntriples,
		line: 1, prefixes: map[string]string{}, labels: map[string]string{}, iris: map[string]string{},
	}
	counted := 0
	for r.skipSpace(); r.at < len(r.data); r.skipSpace() {
		r.line += bytes.Count(r.data[counted:r.at], []byte{'\n'})
		counted = r.at
		r.statement()
	}
	return r.err
}

// turtleReader reads a document. The first failure is kept in err and moves the
// reader to the end of the document, so that every loop comes to its end.
type turtleReader struct {
	data     []byte
	at       int
	line     int // the line in which the statement at hand begins
	options  Options
	emit     Emit
	ntriples bool
	base     string
	prefixes map[string]string
	labels   map[string]string // blank node labels of the document
	iris     map[string]string // IRIs already resolved, as they are written
	blanks   int
	depth    int
	triples  int
	warnings int
	err      error
}

func (r *turtleReader) fail(at int, code Code, detail string) {
	if r.err == nil {
		r.err = errorAt(r.data, at, code, detail)
	}
	r.at = len(r.data)
}

func (r *turtleReader) warn(at int, code Code, detail string) {
	if r.warnings++; r.options.Warn != nil && r.err == nil && r.warnings <= mostWarnings {
		r.options.Warn(errorAt(r.data, at, code, detail))
	}
}

func (r *turtleReader) out(s, p, o Term) {
	if r.err != nil {
		return
	}
	if r.triples++; r.triples > r.options.MaxTriples {
		r.fail(r.at, CodeTooMany, strconv.Itoa(r.options.MaxTriples))
		return
	}
	if err := r.emit(Triple{s, p, o, r.line}); err != nil {
		r.err = err
		r.at = len(r.data)
	}
}

// peek is the next byte, or 0 at the end.
func (r *turtleReader) peek() byte {
	if r.at < len(r.data) {
		return r.data[r.at]
	}
	return 0
}

func (r *turtleReader) skipSpace() {
	for r.at < len(r.data) {
		switch r.data[r.at] {
		case ' ', '\t', '\r', '\n':
			r.at++
		case '#':
			n := bytes.IndexAny(r.data[r.at:], "\r\n")
			if n < 0 {
				n = len(r.data) - r.at
			}
			r.at += n
		default:
			return
		}
	}
}

// expect passes white space and c.
func (r *turtleReader) expect(c byte) {
	r.skipSpace()
	if r.peek() != c {
		r.fail(r.at, CodeExpected, string(c))
		return
	}
	r.at++
}

// found is what stands at the place, for an error.
func (r *turtleReader) found() string {
	rest := r.data[r.at:]
	if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	rest = rest[:runeStart(rest, min(len(rest), 20))]
	return strings.ToValidUTF8(string(rest), "\ufffd")
}

// keyword passes a word if it stands here and ends here.
func (r *turtleReader) keyword(word string, anyCase bool) bool {
	rest := r.data[r.at:]
	if len(rest) < len(word) {
		return false
	}
	if got := string(rest[:len(word)]); got != word && !(anyCase && strings.EqualFold(got, word)) {
		return false
	}
	if len(rest) > len(word) {
		if c, _ := utf8.DecodeRune(rest[len(word):]); isNameChar(c) || c == ':' {
			return false
		}
	}
	r.at += len(word)
	return true
}

// statement reads a directive or the statements about one subject.
func (r *turtleReader) statement() {
	if !r.ntriples {
		switch {
		case r.keyword("@prefix", false):
			r.prefix()
			r.expect('.')
			return
		case r.keyword("@base", false):
			r.setBase()
			r.expect('.')
			return
		case r.keyword("PREFIX", true):
			r.prefix()
			r.strayDot()
			return
		case r.keyword("BASE", true):
			r.setBase()
			r.strayDot()
			return
		}
	}
	switch c := r.peek(); {
	case c == '[' && !r.ntriples:
		subject, empty := r.properties()
		r.skipSpace()
		if r.peek() == '.' && !empty {
			r.at++
			return
		}
		r.predicates(subject)
	case c == '(' && !r.ntriples:
		r.predicates(r.collection())
	default:
		r.predicates(r.subject())
	}
	r.expect('.')
}

func (r *turtleReader) setBase() {
	r.skipSpace()
	r.base = r.iri()
	clear(r.iris)
}

func (r *turtleReader) prefix() {
	r.skipSpace()
	start := r.at
	name := r.prefixName()
	if r.peek() != ':' {
		r.fail(start, CodeBadPrefix, "")
		return
	}
	r.at++
	r.skipSpace()
	r.prefixes[name] = r.iri()
}

// strayDot passes the "." that PREFIX and BASE do not have and people write.
func (r *turtleReader) strayDot() {
	if r.options.Strict {
		return
	}
	start := r.at
	r.skipSpace()
	if r.peek() != '.' {
		r.at = start
		return
	}
	r.warn(r.at, CodeStrayDot, "")
	r.at++
}

func (r *turtleReader) subject() Term {
	switch r.peek() {
	case '_':
		return r.blankLabel()
	case '"', '\'':
		r.fail(r.at, CodeLiteralSubject, "")
		return Term{}
	}
	return r.iriTerm()
}

func (r *turtleReader) verb() Term {
	r.skipSpace()
	if !r.ntriples && r.peek() == 'a' && r.keyword("a", false) {
		return Term{Kind: IRI, Value: RDF + "type"}
	}
	return r.iriTerm()
}

// predicates reads the properties of the subject with their values.
func (r *turtleReader) predicates(subject Term) {
	for r.err == nil {
		verb := r.verb()
		for r.err == nil {
			r.skipSpace()
			r.out(subject, verb, r.object())
			r.skipSpace()
			if r.peek() != ',' || r.ntriples {
				break
			}
			r.at++
		}
		if r.peek() != ';' || r.ntriples {
			return
		}
		for r.peek() == ';' {
			r.at++
			r.skipSpace()
		}
		if c := r.peek(); c == '.' || c == ']' || c == 0 {
			return
		}
	}
}

func (r *turtleReader) object() Term {
	c := r.peek()
	switch {
	case c == '_':
		return r.blankLabel()
	case c == '"' || c == '\'':
		return r.literal()
	case r.ntriples || c == '<':
		return r.iriTerm()
	case c == '[':
		t, _ := r.properties()
		return t
	case c == '(':
		return r.collection()
	case isDigit(c) || c == '+' || c == '-' || c == '.':
		return r.number()
	case c == 't' && r.keyword("true", false):
		return Term{Kind: Literal, Value: "true", Datatype: XSD + "boolean"}
	case c == 'f' && r.keyword("false", false):
		return Term{Kind: Literal, Value: "false", Datatype: XSD + "boolean"}
	}
	return r.iriTerm()
}

func (r *turtleReader) newBlank() Term {
	r.blanks++
	return Term{Kind: Blank, Value: "b" + strconv.Itoa(r.blanks)}
}

// enter counts the nesting; what is entered is left with r.depth--.
func (r *turtleReader) enter() {
	if r.depth++; r.depth > r.options.MaxDepth {
		r.fail(r.at, CodeTooDeep, strconv.Itoa(r.options.MaxDepth))
	}
}

// properties reads a blank node in brackets and tells whether they are empty.
func (r *turtleReader) properties() (node Term, empty bool) {
	r.enter()
	defer func() { r.depth-- }()
	r.at++
	node = r.newBlank()
	r.skipSpace()
	if r.peek() == ']' {
		r.at++
		return node, true
	}
	r.predicates(node)
	r.expect(']')
	return node, false
}

// collection reads a list in parentheses.
func (r *turtleReader) collection() Term {
	r.enter()
	defer func() { r.depth-- }()
	first, rest := Term{Kind: IRI, Value: RDF + "first"}, Term{Kind: IRI, Value: RDF + "rest"}
	end := Term{Kind: IRI, Value: RDF + "nil"}
	head, last := end, Term{}
	r.at++
	for r.skipSpace(); r.peek() != ')'; r.skipSpace() {
		value, link := r.object(), r.newBlank()
		if r.err != nil {
			return head
		}
		if head == end {
			head = link
		} else {
			r.out(last, rest, link)
		}
		r.out(link, first, value)
		last = link
	}
	r.at++
	if head != end {
		r.out(last, rest, end)
	}
	return head
}
