package intake

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"puntari/internal/descriptor"
	"puntari/internal/intake/workbook"
)

// epoch is the day with the number 0 in Excel. Its calendar is right from March
// 1900 on.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// firstDay is the number of the first day that Excel counts right, and lastDay
// that of the last day it knows.
const (
	firstDay = 61
	lastDay  = 2958465
)

// answer writes a value into the cell that asks for it.
func (x *writer) answer(c *workbook.Cell, q *question, v any) {
	switch v := v.(type) {
	case nil:
	case []any:
		c.Text = x.joined(q, v)
	case map[string]any:
		if q.kind == details {
			c.Text = detailText(v)
		}
	case json.Number:
		if n, err := v.Float64(); err == nil {
			c.Number = &n
		}
	case string:
		if t, err := time.Parse(time.DateOnly, v); err == nil && q.kind == date {
			if n := float64(t.Sub(epoch) / (24 * time.Hour)); n >= firstDay {
				c.Number = &n
				return
			}
		}
		c.Text = x.shown(q, v)
	}
}

// shown is a text or code as it stands in the form.
func (x *writer) shown(q *question, s string) string {
	if q.words != nil {
		return q.words.label(s, x.words.Lang)
	}
	if s == descriptor.Unknown {
		return x.words.Message("common.unknown", nil)
	}
	return s
}

// joined writes the entries of a list into one cell: with semicolons, or one a
// line where an entry has a semicolon in it.
func (x *writer) joined(q *question, list []any) string {
	if len(list) == 0 {
		return x.words.Message("form.none", nil)
	}
	entries := make([]string, len(list))
	for i := range list {
		entries[i] = x.shown(q, fmt.Sprint(list[i]))
	}
	if slices.ContainsFunc(entries, func(s string) bool { return strings.Contains(s, ";") }) {
		return strings.Join(entries, "\n") + "\n"
	}
	return strings.Join(entries, "; ")
}

// detailText writes the details of a measure, one a line: "unit: grid_250m". What
// has another form than that is written as JSON.
func detailText(v map[string]any) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if set, ok := v[name].(map[string]any); ok && name == setName {
			for _, path := range slices.Sorted(maps.Keys(set)) {
				lines = append(lines, detailLine(setName+" "+path, set[path]))
			}
			continue
		}
		lines = append(lines, detailLine(name, v[name]))
	}
	s := strings.Join(lines, "\n")
	if back, err := parseDetails(s); err == nil && sameDetails(back, v) {
		return s
	}
	data, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(data)
}

// setName is the name of the detail that gives fields another value.
const setName = "set"

func detailLine(name string, v any) string {
	if list, ok := v.([]any); ok {
		parts := make([]string, len(list))
		for i := range list {
			parts[i] = fmt.Sprint(list[i])
		}
		return name + ": [" + strings.Join(parts, ", ") + "]"
	}
	return name + ": " + fmt.Sprint(v)
}

// sameDetails compares details; a number and its digits are the same, because the
// reader of descriptors makes the one of the other.
func sameDetails(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, sameDetails)
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, sameDetails)
	}
	_, isMap := b.(map[string]any)
	_, isList := b.([]any)
	return !isMap && !isList && fmt.Sprint(a) == fmt.Sprint(b)
}

// parseDetails reads the details of a measure.
func parseDetails(s string) (map[string]any, error) {
	out := map[string]any{}
	if s = strings.TrimSpace(s); strings.HasPrefix(s, "{") {
		return out, json.Unmarshal([]byte(s), &out)
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, text, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%s: there is no colon", strconv.Quote(line))
		}
		name, text = strings.TrimSpace(name), strings.TrimSpace(text)
		var v any = text
		if inner, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(inner, "]") {
			list := []any{}
			for part := range strings.SplitSeq(strings.TrimSuffix(inner, "]"), ",") {
				if part = strings.TrimSpace(part); part != "" {
					list = append(list, part)
				}
			}
			v = list
		}
		if path, ok := strings.CutPrefix(name, setName+" "); ok {
			set, ok := out[setName].(map[string]any)
			if !ok {
				set = map[string]any{}
				out[setName] = set
			}
			set[strings.TrimSpace(path)] = v
			continue
		}
		out[name] = v
	}
	return out, nil
}
