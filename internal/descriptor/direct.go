package descriptor

import (
	"math/bits"
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
		q.jsonReader, q.values, q.memory = jsonReader{}, 0, memory{room: q.memory.used()}
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
	for more := q.begin('}'); more; {
		name, ok := q.name()
		if !ok {
			return false
		}
		n, to := g.field(name)
		word, bit := n>>6&1, uint64(1)<<(n&63)
		if to == nil || seen[word]&bit != 0 {
			return false
		}
		seen[word] |= bit
		if !q.member(to, depth+1) {
			return false
		}
		if more, ok = q.next('}'); !ok {
			return false
		}
	}
	return true
}

// begin passes the bracket of an object or a list and tells whether anything is in
// it; if not, the closing one is passed too.
func (q *direct) begin(closing byte) (more bool) {
	q.at++
	if q.peek() == closing {
		q.at++
		return false
	}
	return true
}

// next passes the comma before the next member or entry, or the closing bracket.
// It is not ok when there is neither.
func (q *direct) next(closing byte) (more, ok bool) {
	switch q.peek() {
	case ',':
		q.at++
		return true, true
	case closing:
		q.at++
		return false, true
	}
	return false, false
}

// name reads the name of a member and the colon behind it.
func (q *direct) name() (string, bool) {
	if q.peek() != '"' || !q.node(0) {
		return "", false
	}
	name, ok := q.quoted()
	if !ok || q.peek() != ':' {
		return "", false
	}
	q.at++
	return name, true
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
		var ok bool
		*to, ok = q.freeGroup(depth)
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

// ordinary is the offset of the first byte at or after i that is not the text that
// it stands for within quotes: a quote, a backslash, or no printable one of ASCII.
func ordinary(text string, i int) int {
	const (
		each  = 0x0101010101010101
		highs = 0x80 * each
	)
	for ; i+8 <= len(text); i += 8 { // eight bytes at a time
		s := text[i : i+8]
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		// The high bit of a byte is set where a subtraction runs below zero. That
		// borrows of the byte above, so only the lowest of the bits is to be trusted.
		odd := (w | (w - ' '*each) | ((w ^ '"'*each) - each) | ((w ^ '\\'*each) - each) | ((w ^ 0x7F*each) - each)) & highs
		if odd != 0 {
			return i + bits.TrailingZeros64(odd)>>3
		}
	}
	for i < len(text) && text[i] >= ' ' && text[i] < 0x7F && text[i] != '"' && text[i] != '\\' {
		i++
	}
	return i
}

// quoted reads a text whose quote is at hand.
func (q *direct) quoted() (string, bool) {
	start, ascii := q.at+1, true
	for i := start; ; i++ {
		if i = ordinary(q.text, i); i == len(q.text) {
			return "", false
		}
		switch c := q.text[i]; {
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
}

// number reads a number, or the word unknown.
func (q *direct) number(c byte, to **Number) bool {
	if c == '"' {
		s, ok := q.leaf(c)
		*to = q.memory.number(Number{Unknown: true})
		return ok && s == Unknown
	}
	if v, ok := q.whole(); ok {
		*to = q.memory.number(Number{Value: v})
		return q.node(0)
	}
	s, ok := q.digits()
	if !ok {
		return false
	}
	v, err := strconv.ParseFloat(s, 64)
	*to = q.memory.number(Number{Value: v})
	return err == nil
}

// whole reads a number of few digits and nothing else, as most are.
func (q *direct) whole() (float64, bool) {
	n, i := uint64(0), q.at
	for i < len(q.text) && isDigit(q.text[i]) {
		n = 10*n + uint64(q.text[i]-'0')
		i++
	}
	digits := i - q.at
	if digits == 0 || digits > 15 || digits > 1 && q.text[q.at] == '0' || i == len(q.text) || strings.IndexByte(".eE", q.text[i]) >= 0 {
		return 0, false
	}
	q.at = i
	return float64(n), true
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
	for more := q.begin(']'); more; {
		s, ok := q.leaf(q.peek())
		if !ok {
			return false
		}
		q.list = append(q.list, s)
		if more, ok = q.next(']'); !ok {
			return false
		}
	}
	*to = q.memory.list(q.list)
	return true
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
	for more := q.begin('}'); more; {
		name, ok := q.name()
		if !ok || !isLanguageCode(name) {
			return false
		}
		s, ok := q.leaf(q.peek())
		n := len(texts)
		if texts[name] = s; !ok || len(texts) == n { // it was there
			return false
		}
		if more, ok = q.next('}'); !ok {
			return false
		}
	}
	if len(texts) > 0 {
		*to = texts
	}
	return true
}

// free reads a value that the catalogue does not describe.
func (q *direct) free(c byte, depth int) (any, bool) {
	switch c {
	case '"':
		return q.leaf(c)
	case '{':
		return q.freeGroup(depth)
	case '[':
		return q.freeList(depth)
	}
	return q.digits()
}

func (q *direct) freeGroup(depth int) (map[string]any, bool) {
	if !q.node(depth) {
		return nil, false
	}
	values := map[string]any{}
	for more := q.begin('}'); more; {
		name, ok := q.name()
		if _, twice := values[name]; !ok || twice || strings.TrimSpace(name) == "" {
			return nil, false
		}
		if values[name], ok = q.free(q.peek(), depth+1); !ok {
			return nil, false
		}
		if more, ok = q.next('}'); !ok {
			return nil, false
		}
	}
	return values, true
}

func (q *direct) freeList(depth int) ([]any, bool) {
	if !q.node(depth) {
		return nil, false
	}
	values := []any{}
	for more := q.begin(']'); more; {
		v, ok := q.free(q.peek(), depth+1)
		if !ok {
			return nil, false
		}
		values = append(values, v)
		if more, ok = q.next(']'); !ok {
			return nil, false
		}
	}
	return values, true
}

// groups reads a list of groups.
func (q *direct) groups(to groupList, depth int) bool {
	to.begin()
	l, ok := to.(listOf[Column, *Column])
	if !ok {
		return q.entries(to, depth)
	}
	// There are many columns, and how many is not known yet.
	*l.list = q.columns[:0]
	ok = q.entries(to, depth)
	q.columns = *l.list
	*l.list = append([]Column{}, q.columns...)
	clear(q.columns)
	return ok
}

func (q *direct) entries(to groupList, depth int) bool {
	for more := q.begin(']'); more; {
		ok := q.entry(to.next(), depth+1)
		if !ok {
			return false
		}
		if more, ok = q.next(']'); !ok {
			return false
		}
	}
	return true
}

// entry reads an entry of a list of groups.
func (q *direct) entry(to group, depth int) bool {
	switch c := q.peek(); c {
	case '{':
		return q.node(depth) && q.group(to, depth)
	case '"': // a goal without a reference
		l, ok := to.(*StrategyLink)
		if !ok {
			return false
		}
		s, ok := q.leaf(c)
		l.Goal = q.memory.text(s)
		return ok
	}
	return false
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
	// room is how many texts the first chunk is for; taken are in chunks before the
	// last.
	room, taken int
}

func (m *memory) text(s string) *string {
	if len(m.texts) == cap(m.texts) {
		m.more()
	}
	m.texts = append(m.texts, s)
	return &m.texts[len(m.texts)-1]
}

// more begins a chunk. The first is for as many texts as the record before had,
// which is often like it.
func (m *memory) more() {
	const few, many = 64, 1024
	n := few
	if m.texts == nil {
		n = min(max(n, m.room), many)
	}
	m.taken += len(m.texts)
	m.texts = make([]string, 0, n)
}

// used is how many texts there are.
func (m *memory) used() int { return m.taken + len(m.texts) }

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
