package descriptor

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonReader reads one JSON value into a tree. Unlike encoding/json it keeps
// the places and the words of numbers, sees duplicate keys and can say what is
// wrong in terms of what the author has to do.
type jsonReader struct {
	tree     *tree
	findings *findings
	text     string
	at       int
	limits   limits
}

// syntaxError stops the reading of a text: nothing behind it can be understood.
type syntaxError struct {
	offset int
	code   string
	params map[string]string
	// other is the byte offset of the first of two places, if there is one.
	other int
}

func syntaxErr(offset int, code string, params ...string) *syntaxError {
	return &syntaxError{offset: offset, code: code, params: paramsOf(params), other: -1}
}

// paramsOf makes the parameters of a problem from names and values in turn.
func paramsOf(pairs []string) map[string]string {
	params := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		params[pairs[i]] = pairs[i+1]
	}
	return params
}

// readJSON reads the value at the start of text and returns the offset behind
// it.
func readJSON(t *tree, f *findings, text string, l limits) (end int, err *syntaxError) {
	r := jsonReader{tree: t, findings: f, text: text, limits: l}
	if err := r.value(0); err != nil {
		return r.at, err
	}
	r.space()
	return r.at, nil
}

// peek skips white space and returns the next byte, 0 at the end.
func (r *jsonReader) peek() byte {
	if r.at < len(r.text) && r.text[r.at] > ' ' {
		return r.text[r.at]
	}
	return r.behindSpace()
}

func (r *jsonReader) behindSpace() byte {
	r.space()
	if r.at == len(r.text) {
		return 0
	}
	return r.text[r.at]
}

func (r *jsonReader) space() {
	for r.at < len(r.text) && isSpace(r.text[r.at]) {
		r.at++
	}
}

func (r *jsonReader) node(kind nodeKind) (int32, *syntaxError) {
	if len(r.tree.nodes) >= r.limits.values {
		return 0, syntaxErr(r.at, codeTooManyValues, "limit", strconv.Itoa(r.limits.values))
	}
	return r.tree.add(node{kind: kind, place: place(r.at)}), nil
}

func (r *jsonReader) value(depth int) *syntaxError {
	switch c := r.peek(); {
	case c == '{', c == '[':
		if depth >= r.limits.depth {
			return r.tooDeep()
		}
		if c == '{' {
			return r.object(depth)
		}
		return r.list(depth)
	case c == '"':
		err := r.quoted()
		return err
	case c == '-', isDigit(c):
		return r.number()
	case isLetter(c):
		return r.word()
	}
	return r.unexpected()
}

func (r *jsonReader) object(depth int) *syntaxError {
	start := r.at
	i, err := r.node(nodeMapping)
	if err != nil {
		return err
	}
	r.at++
	if r.peek() == '}' {
		r.at++
		return nil
	}
	for {
		if err := r.key(start); err != nil {
			return err
		}
		if err := r.value(depth + 1); err != nil {
			return err
		}
		more, err := r.separator(start, '}')
		if err != nil {
			return err
		}
		if !more {
			r.tree.close(i)
			return nil
		}
	}
}

// key reads a key and the colon behind it.
func (r *jsonReader) key(start int) *syntaxError {
	switch c := r.peek(); {
	case c == '"':
	case c == '}':
		return syntaxErr(r.at, codeJSONExtra)
	case isDigit(c) && r.at > 1 && r.text[r.at-1] == ',' && isDigit(r.text[r.at-2]): // 0,5
		before := r.text[start:r.at]
		number := strings.TrimRight(before, "0123456789-,")
		return syntaxErr(start+len(number), codeJSONNumber, "found", shown(before[len(number):]+r.run()))
	case isLetter(c), isDigit(c):
		return syntaxErr(r.at, codeJSONKey, "found", r.run())
	case r.at == len(r.text):
		return r.ended(start)
	default:
		return r.unexpected()
	}
	if err := r.quoted(); err != nil {
		return err
	}
	if r.peek() != ':' {
		if r.at == len(r.text) {
			return r.ended(start)
		}
		return syntaxErr(r.at, codeJSONColon)
	}
	r.at++
	if r.peek(); r.at == len(r.text) {
		return r.ended(start)
	}
	return nil
}

func (r *jsonReader) list(depth int) *syntaxError {
	start := r.at
	i, err := r.node(nodeList)
	if err != nil {
		return err
	}
	r.at++
	if r.peek() == ']' {
		r.at++
		return nil
	}
	for {
		switch c := r.peek(); {
		case c == ']':
			return syntaxErr(r.at, codeJSONExtra)
		case r.at == len(r.text):
			return r.ended(start)
		}
		if err := r.value(depth + 1); err != nil {
			return err
		}
		more, err := r.separator(start, ']')
		if err != nil {
			return err
		}
		if !more {
			r.tree.close(i)
			return nil
		}
	}
}

// separator reads what stands behind an entry: a comma, or the closing bracket
// of the object or list that was opened at start.
func (r *jsonReader) separator(start int, closing byte) (more bool, err *syntaxError) {
	switch c := r.peek(); {
	case c == ',':
		r.at++
		return true, nil
	case c == closing:
		r.at++
		return false, nil
	case r.at == len(r.text):
		return false, r.ended(start)
	case c == '}', c == ']':
		e := syntaxErr(r.at, codeJSONClose, "found", string(c), "closing", string(closing))
		e.other = start
		return false, e
	case c == '"', c == '{', c == '[', c == '-', isDigit(c), isLetter(c):
		return false, syntaxErr(r.at, codeJSONComma)
	}
	return false, r.unexpected()
}

// ended is the error for a text that stops while the bracket at start is open.
func (r *jsonReader) ended(start int) *syntaxError {
	e := syntaxErr(len(strings.TrimRight(r.text, " \t\r\n")), codeJSONEnd, "found", r.text[start:start+1])
	e.other = start
	return e
}

// unexpected is the error for a byte that can begin nothing in JSON.
func (r *jsonReader) unexpected() *syntaxError {
	if r.at == len(r.text) {
		return syntaxErr(r.at, codeEmpty)
	}
	c, _ := utf8.DecodeRuneInString(r.text[r.at:])
	switch {
	case c == '\'' || c == '“' || c == '”' || c == '’' || c == '‘':
		return syntaxErr(r.at, codeJSONQuote, "found", string(c))
	case c == '#', strings.HasPrefix(r.text[r.at:], "//"), strings.HasPrefix(r.text[r.at:], "/*"):
		return syntaxErr(r.at, codeJSONComment)
	case c == ',':
		return syntaxErr(r.at, codeJSONExtra)
	case c < ' ':
		return syntaxErr(r.at, codeControlCharacter, "found", codePoint(c))
	}
	return syntaxErr(r.at, codeJSONCharacter, "found", visible(string(c)))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }

// run is the word or number at the current place, as far as it is worth showing.
func (r *jsonReader) run() string {
	rest := r.text[r.at:]
	if i := strings.IndexAny(rest, " \t\r\n,:]}\""); i >= 0 {
		rest = rest[:i]
	}
	return shown(rest)
}

func (r *jsonReader) word() *syntaxError {
	for _, w := range []string{"null", "true", "false"} {
		rest, ok := strings.CutPrefix(r.text[r.at:], w)
		if !ok || rest != "" && (isLetter(rest[0]) || isDigit(rest[0])) {
			continue
		}
		kind := nodeText
		if w == "null" {
			kind = nodeNull
		}
		i, err := r.node(kind)
		if err != nil {
			return err
		}
		r.tree.nodes[i].text, r.tree.nodes[i].plain = w, true
		r.at += len(w)
		return nil
	}
	return syntaxErr(r.at, codeJSONWord, "found", r.run())
}

func (r *jsonReader) number() *syntaxError {
	n := jsonNumber(r.text[r.at:])
	behind := byte(0)
	if r.at+n < len(r.text) {
		behind = r.text[r.at+n]
	}
	if n == 0 || behind == '.' || behind == '+' || behind == '-' || behind == ':' || isLetter(behind) || isDigit(behind) {
		return syntaxErr(r.at, codeJSONNumber, "found", r.run())
	}
	i, err := r.node(nodeText)
	if err != nil {
		return err
	}
	r.tree.nodes[i].text, r.tree.nodes[i].plain = r.text[r.at:r.at+n], true
	r.at += n
	return nil
}

// jsonNumber is the length of the number at the start of s, 0 if there is none.
func jsonNumber(s string) int {
	digits := func(i int) int {
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		return i
	}
	i := 0
	if strings.HasPrefix(s, "-") {
		i = 1
	}
	whole := digits(i)
	switch {
	case whole == i:
		return 0
	case s[i] == '0':
		whole = i + 1
	}
	i = whole
	if i < len(s) && s[i] == '.' {
		if end := digits(i + 1); end > i+1 {
			i = end
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		exponent := i + 1
		if exponent < len(s) && (s[exponent] == '+' || s[exponent] == '-') {
			exponent++
		}
		if end := digits(exponent); end > exponent {
			i = end
		}
	}
	return i
}

// quoted reads a text in quotes into a node.
func (r *jsonReader) quoted() *syntaxError {
	i, err := r.node(nodeText)
	if err != nil {
		return err
	}
	start := r.at
	at := start + 1
	for ; at < len(r.text); at++ {
		if at = ordinary(r.text, at); at == len(r.text) {
			break
		}
		c := r.text[at]
		switch r.at = at; {
		case c == '"':
			r.tree.nodes[i].text = r.text[start+1 : at]
			r.at++
			return nil
		case c == '\\':
			r.tree.nodes[i].text, err = r.escaped(start)
			return err
		case c < ' ':
			return r.controlInText(start, c)
		}
	}
	r.at = at
	return syntaxErr(start, codeJSONString)
}

// escaped reads the rest of a text in quotes whose first backslash has been
// reached.
func (r *jsonReader) escaped(start int) (string, *syntaxError) {
	var b strings.Builder
	b.WriteString(r.text[start+1 : r.at])
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case c == '"':
			r.at++
			return b.String(), nil
		case c == '\\':
			char, n := escape(r.text[r.at:])
			if n == 0 {
				return "", syntaxErr(r.at, codeJSONEscape, "found", shown(r.text[r.at:min(r.at+2, len(r.text))]))
			}
			b.WriteRune(char)
			r.at += n
			continue
		case c < ' ':
			return "", r.controlInText(start, c)
		}
		end := r.at + 1
		for end < len(r.text) && r.text[end] != '"' && r.text[end] != '\\' && r.text[end] >= ' ' {
			end++
		}
		b.WriteString(r.text[r.at:end])
		r.at = end
	}
	return "", syntaxErr(start, codeJSONString)
}

// controlInText is the error for a control character within quotes. At a line
// end it is the closing quote that is missing.
func (r *jsonReader) controlInText(start int, c byte) *syntaxError {
	if c == '\n' || c == '\r' {
		return syntaxErr(start, codeJSONString)
	}
	return syntaxErr(r.at, codeControlCharacter, "found", codePoint(rune(c)))
}

// escape decodes the escape sequence at the start of s and returns its length,
// 0 if it is none. Half a surrogate pair is none.
func escape(s string) (rune, int) {
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case '"', '\\', '/':
		return rune(s[1]), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		c, ok := hex4(s[2:])
		if !ok {
			return 0, 0
		}
		if !utf16.IsSurrogate(c) {
			return c, 6
		}
		if len(s) < 12 || s[6] != '\\' || s[7] != 'u' {
			return 0, 0
		}
		low, ok := hex4(s[8:])
		if c = utf16.DecodeRune(c, low); ok && c != utf8.RuneError {
			return c, 12
		}
	}
	return 0, 0
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	var c rune
	for i := range 4 {
		d := s[i]
		switch {
		case d >= '0' && d <= '9':
			d -= '0'
		case d >= 'a' && d <= 'f':
			d -= 'a' - 10
		case d >= 'A' && d <= 'F':
			d -= 'A' - 10
		default:
			return 0, false
		}
		c = c<<4 | rune(d)
	}
	return c, true
}

// tooDeep notes a value nested too deeply and goes on behind it.
func (r *jsonReader) tooDeep() *syntaxError {
	start := r.at
	r.findings.add(place(start), codeDeepNesting, "", map[string]string{"limit": strconv.Itoa(r.limits.depth)})
	if _, err := r.node(nodeBad); err != nil {
		return err
	}
	var s jsonSplitter
	n, whole := scanJSON(&s, r.text[r.at:])
	if !whole {
		return r.ended(start)
	}
	r.at += n
	return nil
}
