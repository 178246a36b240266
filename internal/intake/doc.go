package intake

import (
	"bytes"
	"encoding/json"
	"strings"

	"puntari/internal/descriptor"
)

// doc is a descriptor as plain data, by the paths of the catalogue. Numbers are
// json.Number.
type doc map[string]any

func docOf(d *descriptor.Dataset) (doc, error) {
	dec := json.NewDecoder(bytes.NewReader(d.Canonical()))
	dec.UseNumber()
	var out doc
	err := dec.Decode(&out)
	return out, err
}

// at is the value at a path that leads through no list, or nil.
func (d doc) at(path string) any {
	var v any = map[string]any(d)
	for name := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

// set puts a value at a path that leads through no list.
func (d doc) set(path string, v any) {
	at := map[string]any(d)
	names := strings.Split(path, ".")
	for _, name := range names[:len(names)-1] {
		next, ok := at[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[name] = next
		}
		at = next
	}
	at[names[len(names)-1]] = v
}

// rows are the elements of the list of objects at a path; ok is false when the
// list is not there.
func (d doc) rows(path string) (rows []map[string]any, ok bool) {
	list, ok := d.at(path).([]any)
	for _, v := range list {
		row, _ := v.(map[string]any)
		rows = append(rows, row)
	}
	return rows, ok
}
