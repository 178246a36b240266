package rdf

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// iriTerm reads an IRI, in N-Triples in full and in Turtle also as a prefixed
// name.
func (r *turtleReader) iriTerm() Term {
	if r.ntriples || r.peek() == '<' {
		return Term{Kind: IRI, Value: r.iri()}
	}
	return Term{Kind: IRI, Value: r.name()}
}

// iri reads an IRI in angle brackets and completes it.
func (r *turtleReader) iri() string {
	start := r.at
	if r.peek() != '<' {
		r.fail(start, CodeExpectedTerm, r.found())
		return ""
	}
	escaped, clean := false, true
	end := start + 1
	for ; end < len(r.data) && r.data[end] != '>'; end++ {
		switch c := r.data[end]; {
		case c == '\\':
			escaped = true
		case c == '\n' || c == '\r':
			r.fail(start, CodeUnclosedIRI, "")
			return ""
		case !isIRIByte(c):
			clean = false
		}
	}
	if end >= len(r.data) {
		r.fail(start, CodeUnclosedIRI, "")
		return ""
	}
	raw := r.data[start+1 : end]
	r.at = end + 1
	if v, ok := r.iris[string(raw)]; ok {
		return v
	}
	var value string
	switch {
	case escaped:
		value = r.unescape(raw, start+1, false)
		clean = isIRI(value)
	case utf8.Valid(raw):
		value = string(raw)
	default:
		r.fail(start, CodeInvalidUTF8, "")
	}
	if r.err != nil {
		return ""
	}
	if !clean {
		// "<<http" is what two brackets by mistake look like: no address at all.
		if r.options.Strict || strings.ContainsAny(value, `<"`) {
			r.fail(start, CodeBadIRI, value)
			return ""
		}
		r.warn(start, CodeBadIRI, value)
	}
	switch {
	case !r.ntriples:
		value = Resolve(r.base, value)
	case r.options.Strict && !hasScheme(value):
		r.fail(start, CodeRelativeIRI, value)
	}
	const most = 1 << 16
	if clean && len(r.iris) < most {
		r.iris[string(raw)] = value
	}
	return value
}

// prefixName reads the part of a name before the colon.
func (r *turtleReader) prefixName() string {
	start := r.at
	for r.at < len(r.data) {
		c, n := utf8.DecodeRune(r.data[r.at:])
		if c == utf8.RuneError && n < 2 || r.at == start && !isNameStart(c) || !isNameChar(c) && c != '.' {
			break
		}
		r.at += n
	}
	if r.at > start && r.data[r.at-1] == '.' {
		r.fail(start, CodeExpectedTerm, "")
		return ""
	}
	return string(r.data[start:r.at])
}

// name reads a prefixed name and gives the IRI that it stands for.
func (r *turtleReader) name() string {
	start := r.at
	prefix := r.prefixName()
	if r.err == nil && r.peek() != ':' {
		r.at = start
		r.fail(start, CodeExpectedTerm, r.found())
	}
	if r.err != nil {
		return ""
	}
	r.at++
	namespace, ok := r.prefixes[prefix]
	if !ok {
		if namespace, ok = wellKnown(prefix); !ok || r.options.Strict {
			r.fail(start, CodeUndeclared, prefix+":")
			return ""
		}
		r.warn(start, CodeTakenAsKnown, prefix+":")
		r.prefixes[prefix] = namespace
	}
	return namespace + r.localName()
}

// localName reads the part of a name behind the colon.
func (r *turtleReader) localName() string {
	start, escaped := r.at, false
loop:
	for r.at < len(r.data) {
		first := r.at == start
		switch c, n := utf8.DecodeRune(r.data[r.at:]); {
		case c == utf8.RuneError && n < 2:
			break loop
		case c == '\\':
			if r.at+1 >= len(r.data) || strings.IndexByte("_~.-!$&'()*+,;=/?#@%", r.data[r.at+1]) < 0 {
				r.fail(r.at, CodeBadEscape, "")
				return ""
			}
			escaped = true
			r.at += 2
		case c == '%':
			if r.at+2 >= len(r.data) || !isHex(r.data[r.at+1]) || !isHex(r.data[r.at+2]) {
				r.fail(r.at, CodeBadEscape, "")
				return ""
			}
			r.at += 3
		case c == ':' || c == '_' || isNameStart(c) || c < 0x80 && isDigit(byte(c)) || !first && (c == '.' || isNameChar(c)):
			r.at += n
		default:
			break loop
		}
	}
	// A dot at the end closes the statement, unless it is escaped.
	for r.at > start && r.data[r.at-1] == '.' && (r.at-2 < start || r.data[r.at-2] != '\\') {
		r.at--
	}
	if !escaped {
		return string(r.data[start:r.at])
	}
	var b strings.Builder
	for i := start; i < r.at; i++ {
		if r.data[i] == '\\' && i+1 < r.at {
			i++
		}
		b.WriteByte(r.data[i])
	}
	return b.String()
}

// blankLabel reads a blank node with a label.
func (r *turtleReader) blankLabel() Term {
	start := r.at
	if r.at+1 >= len(r.data) || r.data[r.at+1] != ':' {
		r.fail(start, CodeBadBlank, "")
		return Term{}
	}
	r.at += 2
	from := r.at
	for r.at < len(r.data) {
		c, n := utf8.DecodeRune(r.data[r.at:])
		if c == utf8.RuneError && n < 2 {
			break
		}
		if r.at == from && !isNameStart(c) && c != '_' && (c < '0' || c > '9') || r.at > from && !isNameChar(c) && c != '.' {
			break
		}
		r.at += n
	}
	for r.at > from && r.data[r.at-1] == '.' {
		r.at--
	}
	if r.at == from {
		r.fail(start, CodeBadBlank, "")
		return Term{}
	}
	label := string(r.data[from:r.at])
	name, ok := r.labels[label]
	if !ok {
		name = "n" + label // apart from those of newBlank
		r.labels[label] = name
	}
	return Term{Kind: Blank, Value: name}
}

// number reads an integer, a decimal or a double.
func (r *turtleReader) number() Term {
	start := r.at
	if c := r.peek(); c == '+' || c == '-' {
		r.at++
	}
	digits := r.digits()
	datatype := "integer"
	if r.peek() == '.' && r.at+1 < len(r.data) {
		if c := r.data[r.at+1]; isDigit(c) || digits > 0 && (c == 'e' || c == 'E') {
			datatype = "decimal"
			r.at++
			digits += r.digits()
		}
	}
	if digits == 0 {
		r.at = start
		r.fail(start, CodeExpectedTerm, r.found())
		return Term{}
	}
	if c := r.peek(); c == 'e' || c == 'E' {
		datatype = "double"
		r.at++
		if c := r.peek(); c == '+' || c == '-' {
			r.at++
		}
		if r.digits() == 0 {
			r.fail(start, CodeBadNumber, "")
			return Term{}
		}
	}
	return Term{Kind: Literal, Value: string(r.data[start:r.at]), Datatype: XSD + datatype}
}

// digits passes digits and returns their number.
func (r *turtleReader) digits() int {
	start := r.at
	for isDigit(r.peek()) {
		r.at++
	}
	return r.at - start
}

// literal reads a text with its language or datatype.
func (r *turtleReader) literal() Term {
	start := r.at
	raw, from, ok := r.quoted()
	if !ok {
		r.fail(start, CodeUnclosedText, "")
		return Term{}
	}
	t := Term{Kind: Literal}
	if bytes.IndexByte(raw, '\\') >= 0 {
		t.Value = r.unescape(raw, from, true)
	} else {
		t.Value = string(raw)
	}
	if !utf8.ValidString(t.Value) {
		if r.options.Strict {
			r.fail(start, CodeInvalidUTF8, "")
			return Term{}
		}
		r.warn(start, CodeInvalidUTF8, "")
		t.Value = strings.ToValidUTF8(t.Value, "\ufffd")
	}
	if r.ntriples {
		for r.peek() == ' ' || r.peek() == '\t' {
			r.at++
		}
	}
	switch {
	case r.peek() == '@':
		t.Language = r.language()
	case bytes.HasPrefix(r.data[r.at:], []byte("^^")):
		r.at += 2
		r.skipSpace()
		t.Datatype = r.iriTerm().Value
	}
	return t
}

// quoted passes a text in one or three quotation marks. It returns the text as
// it is written and where it begins.
func (r *turtleReader) quoted() (raw []byte, from int, ok bool) {
	quote := r.peek()
	if r.ntriples && quote == '\'' {
		return nil, 0, false
	}
	long := !r.ntriples && r.at+2 < len(r.data) && r.data[r.at+1] == quote && r.data[r.at+2] == quote
	from = r.at + 1
	if long {
		from = r.at + 3
	}
	for i := from; i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == '\\':
			i++
		case !long && (c == '\n' || c == '\r'):
			return nil, 0, false
		case c != quote:
		case !long:
			r.at = i + 1
			return r.data[from:i], from, true
		case i+2 < len(r.data) && r.data[i+1] == quote && r.data[i+2] == quote:
			r.at = i + 3
			return r.data[from:i], from, true
		}
	}
	return nil, 0, false
}

func (r *turtleReader) language() string {
	start := r.at
	r.at++
	for isLetter(r.peek()) || r.at > start+1 && (r.peek() == '-' || isDigit(r.peek())) {
		r.at++
	}
	tag := string(r.data[start+1 : r.at])
	if tag == "" || tag[len(tag)-1] == '-' {
		r.fail(start, CodeBadLanguage, "")
		return ""
	}
	return tag
}

// unescape gives raw, which begins at from, without its escapes. Only a text
// has those of one character.
func (r *turtleReader) unescape(raw []byte, from int, isText bool) string {
	var b strings.Builder
	b.Grow(len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			b.WriteByte(raw[i])
			continue
		}
		escape := from + i
		if i++; i >= len(raw) {
			r.fail(escape, CodeBadEscape, "")
			return ""
		}
		var digits int
		switch raw[i] {
		case 'u':
			digits = 4
		case 'U':
			digits = 8
		default:
			k := strings.IndexByte(`tbnrf"'\`, raw[i])
			if !isText || k < 0 {
				r.fail(escape, CodeBadEscape, "")
				return ""
			}
			b.WriteByte("\t\b\n\r\f\"'\\"[k])
			continue
		}
		if i+digits >= len(raw) {
			r.fail(escape, CodeBadEscape, "")
			return ""
		}
		v, err := strconv.ParseUint(string(raw[i+1:i+1+digits]), 16, 32)
		if err != nil || v > utf8.MaxRune || v >= 0xd800 && v < 0xe000 {
			r.fail(escape, CodeBadEscape, "")
			return ""
		}
		b.WriteRune(rune(v))
		i += digits
	}
	return b.String()
}
