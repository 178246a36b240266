package importer

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"
	"unicode/utf8"
)

// span is a part of a JSON text.
type span struct{ from, to int }

func (s span) of(data []byte) []byte { return data[s.from:s.to] }

// skipSpace is the place of the first byte from i on that is not white space.
func skipSpace(data []byte, i int) int {
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	return i
}

// valueAt is the value that begins at i. It goes by brackets and quotation marks
// only, so that a fault in one value does not hide the next; a value that is cut
// off ends with the text.
func valueAt(data []byte, i int) span {
	i = skipSpace(data, i)
	from, depth := i, 0
	for ; i < len(data); i++ {
		switch data[i] {
		case '"':
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return span{from, min(i+1, len(data))}
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return span{from, i + 1}
			}
			if depth < 0 {
				return span{from, i}
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return span{from, i}
			}
		}
	}
	return span{from, len(data)}
}

// elements are the values of a list. A missing comma does not end it.
func elements(data []byte, list span) iter.Seq[span] {
	return func(yield func(span) bool) {
		for i := list.from + 1; ; {
			v := valueAt(data[:list.to], i)
			if v.from >= list.to || data[v.from] == ']' {
				return
			}
			if v.to > v.from && !yield(v) {
				return
			}
			i = skipSpace(data, v.to)
			switch {
			case i < list.to && data[i] == ',':
				i++
			case i >= list.to || v.to == v.from:
				return
			}
		}
	}
}

// members are the names of an object and the values that stand there.
func members(data []byte, object span) iter.Seq2[string, span] {
	return func(yield func(string, span) bool) {
		for i := object.from + 1; ; {
			n := valueAt(data[:object.to], i)
			if n.from >= object.to || data[n.from] != '"' {
				return
			}
			name := strings.Trim(string(n.of(data)), `"`)
			if strings.Contains(name, `\`) && json.Unmarshal(n.of(data), &name) != nil {
				return
			}
			i = skipSpace(data, n.to)
			if i >= object.to || data[i] != ':' {
				return
			}
			v := valueAt(data[:object.to], i+1)
			if !yield(name, v) {
				return
			}
			if i = skipSpace(data, v.to); i >= object.to || data[i] != ',' {
				return
			}
			i++
		}
	}
}

// member is the value with the name in an object; ok is false if it is not there.
func member(data []byte, object span, name string) (v span, ok bool) {
	if object.from >= len(data) || data[object.from] != '{' {
		return span{}, false
	}
	for n, v := range members(data, object) {
		if n == name {
			return v, true
		}
	}
	return span{}, false
}

// isList tells whether a value is a list.
func isList(data []byte, v span) bool { return v.from < v.to && data[v.from] == '[' }

func isObject(data []byte, v span) bool { return v.from < v.to && data[v.from] == '{' }

// position is a place in a text; it moves along with what is passed.
type position struct{ line, column int }

func (p *position) pass(data []byte) {
	if i := bytes.LastIndexByte(data, '\n'); i >= 0 {
		p.line += bytes.Count(data, []byte{'\n'})
		p.column = 1
		data = data[i+1:]
	}
	p.column += utf8.RuneCount(data)
}

// after is the position behind data.
func (p position) after(data []byte) position {
	p.pass(data)
	return p
}
