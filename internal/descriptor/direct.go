package descriptor

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// direct lays JSON straight into a Dataset, as nearly all records of a catalogue
// let themselves be read: names that are known, each once, and values of the right
// kind. At anything else it gives up, and the record is read by way of a tree,
// which keeps the places that findings need. What it does read comes out as the
// filler would lay it, without a finding; TestDirect holds it to that.
type direct struct {
	jsonReader
	// values counts what would be nodes of a tree.
	values int
	memory memory
	// list and columns are room for the entries of a list while it is not known how
	// many there are.
	list    []string
	columns []Column
}

// group is a part of a descriptor that has fields.
type group interface {
	// field returns the number and the address of the field with a name, a listOf for
	// a list of groups, or nil if there is none.
	field(name string) (number int, address any)
}

// groupList is a list of groups.
type groupList interface {
	// begin makes the list one without entries.
	begin()
	// next adds an entry.
	next() group
}

type listOf[T any, P interface {
	*T
	group
}] struct{ list *[]T }

func (l listOf[T, P]) begin() { *l.list = []T{} }

// next relies on the room behind a list being empty.
func (l listOf[T, P]) next() group {
	n := len(*l.list)
	if n == cap(*l.list) {
		*l.list = append(make([]T, 0, max(2, 2*n)), *l.list...)
	}
	*l.list = (*l.list)[:n+1]
	return P(&(*l.list)[n])
}

// readDirect reads the text of a record, or returns nil.
func (r *Reader) readDirect(text string) *Dataset {
	q := r.directs.Get().(*direct)
	defer func() {
		q.jsonReader, q.values, q.memory = jsonReader{}, 0, memory{}
		clear(q.list)
		r.directs.Put(q)
	}()
	q.text, q.limits = text, r.limits()
	d := new(Dataset)
	if q.peek() != '{' || !q.node(0) || !q.group(d, 0) {
		return nil
	}
	if q.space(); q.at < len(text) {
		return nil
	}
	return d
}

// node counts a value at a depth and tells whether it keeps to the limits.
func (q *direct) node(depth int) bool {
	q.values++
	return q.values <= q.limits.values && depth < q.limits.depth
}

// group reads an object into the fields of a group.
func (q *direct) group(g group, depth int) bool {
	var seen [2]uint64 // a bit for each field; no group has more than 128
	return q.object(func(name string) bool {
		n, to := g.field(name)
		if to == nil {
			return false
		}
		word, bit := n>>6&1, uint64(1)<<(n&63)
		if seen[word]&bit != 0 {
			return false
		}
		seen[word] |= bit
		return q.member(to, depth+1)
	})
}

// object reads an object whose bracket is at hand and calls member before each
// value.
func (q *direct) object(member func(name string) bool) bool {
	q.at++
	if q.peek() == '}' {
		q.at++
		return true
	}
	for {
		if q.peek() != '"' || !q.node(0) {
			return false
		}
		name, ok := q.quoted()
		if !ok || q.peek() != ':' {
			return false
		}
		q.at++
		if !member(name) {
			return false
		}
		switch q.peek() {
		case ',':
			q.at++
		case '}':
			q.at++
			return true
		default:
			return false
		}
	}
}

// entries reads a list whose bracket is at hand and calls entry before each value.
func (q *direct) entries(entry func() bool) bool {
	q.at++
	if q.peek() == ']' {
		q.at++
		return true
	}
	for {
		if !entry() {
			return false
		}
		switch q.peek() {
		case ',':
			q.at++
		case ']':
			q.at++
			return true
		default:
			return false
		}
	}
}

// member reads a value into a field.
func (q *direct) member(to any, depth int) bool {
	c := q.peek()
	if c == 'n' {
		return q.null()
	}
	switch to := to.(type) {
	case **string:
		s, ok := q.leaf(c)
		if ok {
			*to = q.memory.text(s)
		}
		return ok
	case **Number:
		return q.number(c, to)
	case *[]string:
		return q.texts(c, to, depth)
	case *LangText:
		return q.lang(c, to, depth)
	}
	if c == '"' { // "unknown" for a whole group is no answer to any of its fields
		s, ok := q.leaf(c)
		return ok && s == Unknown
	}
	switch to := to.(type) {
	case group:
		return c == '{' && q.node(depth) && q.group(to, depth)
	case groupList:
		return c == '[' && q.node(depth) && q.groups(to, depth)
	case *map[string]any:
		if c != '{' {
			return false
		}
		v, ok := q.free(c, depth)
		*to, _ = v.(map[string]any)
		return ok
	}
	return false
}

func (q *direct) null() bool {
	const word = "null"
	if !q.node(0) || !strings.HasPrefix(q.text[q.at:], word) {
		return false
	}
	q.at += len(word)
	return true // anything but a sign of JSON behind it stops the reading
}

// leaf reads a text in quotes as a value.
func (q *direct) leaf(c byte) (string, bool) {
	if c != '"' || !q.node(0) {
		return "", false
	}
	return q.quoted()
}

// ordinary tells which bytes are the text that they stand for within quotes.
var ordinary = func() (t [256]bool) {
	for c := ' '; c < 0x7F; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// quoted reads a text whose quote is at hand.
func (q *direct) quoted() (string, bool) {
	start, ascii := q.at+1, true
	for i := start; i < len(q.text); i++ {
		c := q.text[i]
		switch {
		case ordinary[c]:
		case c >= utf8.RuneSelf:
			ascii = false
		case c == '"':
			q.at = i + 1
			s := q.text[start:i]
			return s, ascii || utf8.ValidString(s)
		case c == '\\':
			q.at = i
			s, err := q.escaped(start - 1)
			return s, err == nil && control(s) < 0 && utf8.ValidString(s)
		default:
			return "", false
		}
	}
	return "", false
}

// number reads a number, or the word unknown.
func (q *direct) number(c byte, to **Number) bool {
	if c == '"' {
		s, ok := q.leaf(c)
		*to = q.memory.number(Number{Unknown: true})
		return ok && s == Unknown
	}
	s, ok := q.digits()
	if !ok {
		return false
	}
	v, err := strconv.ParseFloat(s, 64)
	*to = q.memory.number(Number{Value: v})
	return err == nil
}

// digits reads the words of a number. What may not follow on one stops the reading
// of what it stands in.
func (q *direct) digits() (string, bool) {
	s := q.text[q.at:]
	s = s[:jsonNumber(s)]
	q.at += len(s)
	return s, s != "" && q.node(0)
}

// texts reads a list of texts, or one.
func (q *direct) texts(c byte, to *[]string, depth int) bool {
	if c == '"' {
		s, ok := q.leaf(c)
		*to = []string{s}
		return ok
	}
	if c != '[' || !q.node(depth) {
		return false
	}
	q.list = q.list[:0]
	ok := q.entries(func() bool {
		s, ok := q.leaf(q.peek())
		q.list = append(q.list, s)
		return ok
	})
	*to = q.memory.list(q.list)
	return ok
}

// lang reads texts by language, or one without.
func (q *direct) lang(c byte, to *LangText, depth int) bool {
	if c == '"' {
		s, ok := q.leaf(c)
		*to = LangText{"und": s}
		return ok
	}
	if c != '{' || !q.node(depth) {
		return false
	}
	texts := LangText{}
	ok := q.object(func(name string) bool {
		s, ok := q.leaf(q.peek())
		if _, twice := texts[name]; twice || !isLanguageCode(name) {
			return false
		}
		texts[name] = s
		return ok
	})
	if len(texts) > 0 {
		*to = texts
	}
	return ok
}

// free reads a value that the catalogue does not describe.
func (q *direct) free(c byte, depth int) (any, bool) {
	switch c {
	case '"':
		return q.leaf(c)
	case '{':
		values := map[string]any{}
		ok := q.node(depth) && q.object(func(name string) bool {
			if _, twice := values[name]; twice || strings.TrimSpace(name) == "" {
				return false
			}
			v, ok := q.free(q.peek(), depth+1)
			values[name] = v
			return ok
		})
		return values, ok
	case '[':
		values := []any{}
		ok := q.node(depth) && q.entries(func() bool {
			v, ok := q.free(q.peek(), depth+1)
			values = append(values, v)
			return ok
		})
		return values, ok
	}
	return q.digits()
}

// groups reads a list of groups.
func (q *direct) groups(to groupList, depth int) bool {
	to.begin()
	if l, ok := to.(listOf[Column, *Column]); ok {
		*l.list = q.columns[:0]
		defer func() {
			q.columns = *l.list
			*l.list = append([]Column{}, q.columns...)
			clear(q.columns)
		}()
	}
	return q.entries(func() bool {
		entry := to.next()
		switch c := q.peek(); c {
		case '{':
			return q.node(depth+1) && q.group(entry, depth+1)
		case '"': // a goal without a reference
			l, ok := entry.(*StrategyLink)
			if !ok {
				return false
			}
			s, ok := q.leaf(c)
			l.Goal = q.memory.text(s)
			return ok
		}
		return false
	})
}

// isLanguageCode tells whether a name is the code of a language.
func isLanguageCode(s string) bool {
	if len(s) == 2 || len(s) == 3 { // nearly all are
		for i := range len(s) {
			if s[i] < 'a' || s[i] > 'z' {
				return false
			}
		}
		return true
	}
	return languageCode.MatchString(s)
}

// memory is for what a Dataset points to, taken in chunks.
type memory struct {
	texts   []string
	numbers []Number
}

func (m *memory) text(s string) *string {
	if len(m.texts) == cap(m.texts) {
		m.texts = make([]string, 0, 64)
	}
	m.texts = append(m.texts, s)
	return &m.texts[len(m.texts)-1]
}

func (m *memory) number(n Number) *Number {
	if len(m.numbers) == cap(m.numbers) {
		m.numbers = make([]Number, 0, 16)
	}
	m.numbers = append(m.numbers, n)
	return &m.numbers[len(m.numbers)-1]
}

// list copies a list; it is never nil.
func (m *memory) list(list []string) []string {
	switch {
	case len(list) == 0:
		return []string{}
	case len(list) > cap(m.texts)-len(m.texts):
		return append([]string(nil), list...)
	}
	start := len(m.texts)
	m.texts = append(m.texts, list...)
	return m.texts[start:len(m.texts):len(m.texts)]
}
