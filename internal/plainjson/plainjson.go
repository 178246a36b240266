// Package plainjson appends values to JSON, byte for byte as encoding/json writes
// them without escaping HTML, for types whose members are known. Digests are taken
// of such bytes, and encoding/json spends most of its time on finding out by
// reflection what is to be written: a descriptor takes it five times as long.
package plainjson

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// plain tells which bytes stand in a text as they are. Those above ASCII need a
// look at the character.
var plain = func() (t [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// Text appends a text in quotes. What is not UTF-8 becomes U+FFFD.
func Text(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = escape(append(b, s[start:i]...), c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[start:i]...), `\ufffd`...)
			start = i + size
		case r == '\u2028' || r == '\u2029': // line ends in JavaScript
			b = append(append(b, s[start:i]...), `\u202`...)
			b = append(b, hexDigits[r&0xF])
			start = i + size
		}
		i += size
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}

// escape appends a quote, a backslash or a control character.
func escape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xF])
}

// Texts appends a list of texts, null for one that is nil.
func Texts(b []byte, list []string) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = Text(b, s)
	}
	return append(b, ']')
}

// TextsByName appends an object of texts in the order of their names, null for
// one that is nil.
func TextsByName(b []byte, texts map[string]string) []byte {
	if texts == nil {
		return append(b, "null"...)
	}
	b = append(b, '{')
	if len(texts) == 1 { // most are
		for name, s := range texts {
			b = Text(append(Text(b, name), ':'), s)
		}
		return append(b, '}')
	}
	var few [8]string // keeps the names off the heap
	names := few[:0]
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = Text(append(Text(b, name), ':'), texts[name])
	}
	return append(b, '}')
}

// Value appends any value. It panics where encoding/json gives an error.
func Value(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return Text(b, v)
	case []any:
		if v == nil {
			return append(b, "null"...)
		}
		b = append(b, '[')
		for i, x := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = Value(b, x)
		}
		return append(b, ']')
	case map[string]any:
		if v == nil {
			return append(b, "null"...)
		}
		b = append(b, '{')
		for i, name := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				b = append(b, ',')
			}
			b = Value(append(Text(b, name), ':'), v[name])
		}
		return append(b, '}')
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return append(b, bytes.TrimRight(out.Bytes(), "\n")...)
}
