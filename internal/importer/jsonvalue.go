package importer

import (
	"encoding/json"
	"strconv"
	"strings"
)

// value is a value of a source in JSON or YAML. Catalogues write the same thing
// as a text, a number, an object or a list of them, so a value gives what it is
// asked for if it can, and else nothing.
type value struct{ any any }

// get is the member with the first of the names that has one.
func (v value) get(names ...string) value {
	m, ok := v.any.(map[string]any)
	if !ok {
		return value{}
	}
	for _, n := range names {
		if w := (value{m[n]}); w.given() {
			return w
		}
	}
	return value{}
}

// given tells whether there is something: not nothing, not an empty text, list
// or object.
func (v value) given() bool {
	switch v := v.any.(type) {
	case nil:
		return false
	case string:
		return strings.TrimSpace(v) != ""
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	}
	return true
}

// text is the value as a text: a text or a number itself, of a list the first
// entry that is one, and of an object the text that it wraps.
func (v value) text() string {
	switch v := v.any.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case []any:
		for _, e := range v {
			if s := (value{e}).text(); s != "" {
				return s
			}
		}
	case map[string]any:
		return value{v}.get("@value", "@id", "value").text()
	}
	return ""
}

// texts are the value as texts: those of a list, or the one.
func (v value) texts() []string {
	var out []string
	for _, e := range v.list() {
		if s := e.text(); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// list is the value as a list: its entries, or itself alone.
func (v value) list() []value {
	l, ok := v.any.([]any)
	if !ok {
		if !v.given() {
			return nil
		}
		return []value{v}
	}
	out := make([]value, 0, len(l))
	for _, e := range l {
		if w := (value{e}); w.given() {
			out = append(out, w)
		}
	}
	return out
}

// object is the value as an object, or nil.
func (v value) object() map[string]any {
	m, _ := v.any.(map[string]any)
	return m
}

// isTrue tells whether the value is true, also written as a text.
func (v value) isTrue() bool {
	switch strings.ToLower(v.text()) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// languages is the value as texts by language: an object of languages, texts
// with a language in the way of JSON-LD, or one text without a language.
func (v value) languages() map[string]string {
	out := map[string]string{}
	for _, e := range v.list() {
		m := e.object()
		switch {
		case m == nil:
			addLanguage(out, "", e.text())
		case e.get("@value").given():
			addLanguage(out, e.get("@language").text(), e.get("@value").text())
		default:
			for l, t := range m {
				addLanguage(out, l, value{t}.text())
			}
		}
	}
	return out
}

// decode reads a JSON text with its numbers as they are written.
func decode(data []byte) (value, error) {
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return value{v}, err
}
