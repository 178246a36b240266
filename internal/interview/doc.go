package interview

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"puntari/internal/descriptor"
)

// columnsList is the list of the columns of the data.
const columnsList = "schema.fields"

// doc is a descriptor as plain data; numbers are json.Number.
type doc map[string]any

func docOf(d *descriptor.Dataset) (doc, error) { return decode(d.Canonical()) }

func decode(data []byte) (doc, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var out doc
	err := dec.Decode(&out)
	return out, err
}

// step is a name in a path, and the number of an entry of the list with the name,
// or -1.
type step struct {
	name  string
	index int
}

// steps takes a path apart: "schema.fields[2].type".
func steps(path string) []step {
	var out []step
	for part := range strings.SplitSeq(path, ".") {
		name, rest, ok := strings.Cut(part, "[")
		x := step{name, -1}
		if n, err := strconv.Atoi(strings.TrimSuffix(rest, "]")); ok && err == nil {
			x.index = n
		}
		out = append(out, x)
	}
	return out
}

// at is the value at a path, or nil.
func (d doc) at(path string) any {
	var v any = map[string]any(d)
	for _, x := range steps(path) {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[x.name]
		if x.index < 0 {
			continue
		}
		list, ok := v.([]any)
		if !ok || x.index >= len(list) {
			return nil
		}
		v = list[x.index]
	}
	return v
}

// set puts a value at a path; the entries of lists on the way must be there.
func (d doc) set(path string, value any) {
	at := map[string]any(d)
	all := steps(path)
	for i, x := range all {
		if i == len(all)-1 && x.index < 0 {
			at[x.name] = value
			return
		}
		if x.index >= 0 {
			list, ok := at[x.name].([]any)
			if !ok || x.index >= len(list) {
				return
			}
			if i == len(all)-1 {
				list[x.index] = value
				return
			}
			if at, ok = list[x.index].(map[string]any); !ok {
				return
			}
			continue
		}
		next, ok := at[x.name].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[x.name] = next
		}
		at = next
	}
}

// rows is the number of entries of a list of objects.
func (d doc) rows(list string) int {
	l, _ := d.at(list).([]any)
	return len(l)
}

var number = regexp.MustCompile(`\[\d+\]`)

// patternOf is a path as the catalogue writes it.
func patternOf(path string) string { return number.ReplaceAllString(path, "[]") }

// concrete are the paths, with the numbers of entries, that an open question is
// about: "schema.fields[NAME].type" names a column, "benefit.strategyLinks[].goal"
// every entry that lacks it.
func (s *session) concrete(field string) []string {
	if rest, ok := strings.CutPrefix(field, columnsList+"["); ok && !strings.HasPrefix(rest, "]") {
		i := strings.LastIndex(rest, "].")
		if i < 0 {
			return nil
		}
		for k := range s.dataset.Schema.Fields {
			if name := s.dataset.Schema.Fields[k].Name; name != nil && *name == rest[:i] {
				return []string{columnsList + "[" + strconv.Itoa(k) + "]." + rest[i+2:]}
			}
		}
		return nil
	}
	list, member, ok := strings.Cut(field, "[].")
	if !ok {
		return []string{field}
	}
	var out []string
	for k := range s.doc.rows(list) {
		path := list + "[" + strconv.Itoa(k) + "]." + member
		if v := s.doc.at(path); v == nil || v == descriptor.Unknown {
			out = append(out, path)
		}
	}
	return out
}
