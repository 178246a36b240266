package descriptor

import (
	"math"
	"strconv"

	"puntari/internal/plainjson"
)

// Canonical is the descriptor as JSON in the order of the field catalogue, one
// byte sequence for one meaning: what the digest is taken of.
func (d *Dataset) Canonical() []byte { return d.AppendCanonical(make([]byte, 0, 4<<10)) }

// AppendCanonical appends the canonical form of the descriptor. It panics when a
// number is none or a free value cannot be written as JSON, which no reader lets
// through.
//
// It is what encoding/json would give of the type, without escaping HTML.
func (d *Dataset) AppendCanonical(b []byte) []byte { return d.appendJSON(b) }

// closeObject ends the object that begins at start, whose members each begin with
// a comma.
func closeObject(b []byte, start int) []byte {
	if len(b) == start {
		return append(b, "{}"...)
	}
	b[start] = '{'
	return append(b, '}')
}

// section leaves the section behind at out when it has no members and is bare: one
// with an empty map has an answer, if an empty one.
func section(b []byte, at int, bare bool) []byte {
	if bare && b[len(b)-2] == '{' {
		return b[:at]
	}
	return b
}

// The members of an object are appended with a name as `,"name":`. Those without
// a value are left out; an empty list is a value.

func appendText(b []byte, name string, p *string) []byte {
	if p == nil {
		return b
	}
	return plainjson.Text(append(b, name...), *p)
}

func appendNumber(b []byte, name string, p *Number) []byte {
	if p == nil {
		return b
	}
	b = append(b, name...)
	n := int64(p.Value)
	switch {
	case p.Unknown:
		return append(b, `"unknown"`...)
	case float64(n) == p.Value && n != 0 && -1<<53 < n && n < 1<<53:
		return strconv.AppendInt(b, n, 10)
	case math.IsNaN(p.Value) || math.IsInf(p.Value, 0):
		return plainjson.Value(b, p)
	}
	return strconv.AppendFloat(b, p.Value, 'f', -1, 64)
}

func appendTexts(b []byte, name string, list []string) []byte {
	if list == nil {
		return b
	}
	return plainjson.Texts(append(b, name...), list)
}

func appendLangText(b []byte, name string, t LangText) []byte {
	if len(t) == 0 {
		return b
	}
	return plainjson.TextsByName(append(b, name...), t)
}

func appendValues(b []byte, name string, values map[string]any) []byte {
	if len(values) == 0 {
		return b
	}
	return plainjson.Value(append(b, name...), values)
}
