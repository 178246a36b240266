// Package wording puts an assessment into words: the texts of the checklists
// with the dataset's own columns and values.
package wording

import (
	"regexp"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
)

// Words gives the words of a catalogue in one language.
type Words struct {
	Catalogue *checklist.Catalogue
	Lang      string
	fields    map[string]*checklist.Field
}

// New prepares the words of a catalogue in a language ("en", "fi", "sv").
func New(c *checklist.Catalogue, lang string) *Words {
	w := &Words{Catalogue: c, Lang: lang, fields: map[string]*checklist.Field{}}
	for i := range c.Descriptor.Fields {
		w.fields[c.Descriptor.Fields[i].Path] = &c.Descriptor.Fields[i]
	}
	return w
}

// Message returns the program's text with the key.
func (w *Words) Message(key string, params map[string]string) string {
	return w.Catalogue.Message(w.Lang, key, params)
}

// Field returns the field of a path as it stands in an assessment, and the
// column's name for an attribute of a column; nil for a path that is no field.
func (w *Words) Field(path string) (f *checklist.Field, column string) {
	if rest, ok := strings.CutPrefix(path, "schema.fields["); ok && !strings.HasPrefix(rest, "]") {
		if i := strings.LastIndex(rest, "]."); i >= 0 {
			return w.fields["schema.fields[]."+rest[i+2:]], rest[:i]
		}
	}
	return w.fields[path], ""
}

// Label names a field: "Level of identification in the release", and for a
// column's attribute which column it is.
func (w *Words) Label(path string) string {
	if path == "schema.fields" {
		return w.Message("common.columns", nil)
	}
	f, column := w.Field(path)
	switch {
	case f == nil:
		return path
	case column != "":
		return w.Message("common.field_of_column", map[string]string{"field": f.Label.In(w.Lang), "column": column})
	}
	return f.Label.In(w.Lang)
}

// Value names a value of a field.
func (w *Words) Value(field, code string) string {
	f, _ := w.Field(field)
	switch code {
	case "yes", "no":
		if f != nil && f.Type == "tri" {
			return w.Message("common."+code, nil)
		}
	case "unknown":
		return w.Message("common.unknown", nil)
	}
	if f != nil && f.Type == "list<object>" {
		f = w.first(f.Path) // an entry is named by what it begins with
	}
	if f != nil {
		for _, v := range f.Values {
			if v.Value == code {
				return v.Label.In(w.Lang)
			}
		}
	}
	return code
}

// first is the first field of the entries of a list, or nil.
func (w *Words) first(list string) *checklist.Field {
	for i := range w.Catalogue.Descriptor.Fields {
		if f := &w.Catalogue.Descriptor.Fields[i]; f.ListPath() == list {
			return f
		}
	}
	return nil
}

// Values names the values of a fact, separated by commas; "-" for none.
func (w *Words) Values(field string, codes []string) string {
	if len(codes) == 0 {
		return "-"
	}
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = w.Value(field, c)
	}
	return strings.Join(out, ", ")
}

// Labels names several fields, separated by commas. Attributes of several
// columns are named once with all their columns.
func (w *Words) Labels(paths []string) string {
	var order []string
	columns := map[string][]string{}
	for _, p := range paths {
		f, column := w.Field(p)
		key := p
		if f != nil && column != "" {
			key = f.Path
			columns[key] = append(columns[key], column)
			if len(columns[key]) > 1 {
				continue
			}
		}
		order = append(order, key)
	}
	out := make([]string, len(order))
	for i, key := range order {
		if cs := columns[key]; len(cs) > 0 {
			out[i] = w.Message("common.field_of_columns", map[string]string{"field": w.fields[key].Label.In(w.Lang), "columns": strings.Join(cs, ", ")})
			continue
		}
		out[i] = w.Label(key)
	}
	return strings.Join(out, ", ")
}

// emptyParenthesis is what is left of "(columns: )" when there is nothing to
// name.
var emptyParenthesis = regexp.MustCompile(`\s*\([^()]*\x00[^()]*\)`)

// Reason is the reason of an item's result as a sentence.
func (w *Words) Reason(it *checklist.Item, r *assessment.Item) string {
	if r.Result == assessment.Unknown {
		return w.Message("common.reason_unknown", map[string]string{"missing": w.Labels(r.Missing)})
	}
	t, ok := it.Reasons[r.Result]
	if !ok {
		return w.Message("common.reason_"+r.Result, nil)
	}
	s := t.In(w.Lang)
	for name, v := range r.Reason {
		s = strings.ReplaceAll(s, "{"+name+"}", w.placeholder(v))
	}
	s = emptyParenthesis.ReplaceAllString(s, "")
	return strings.ReplaceAll(s, "\x00", "-")
}

// placeholder is what stands for a placeholder; nothing to name is marked so
// that a parenthesis around it can go.
func (w *Words) placeholder(v assessment.Value) string {
	if len(v.Codes) == 0 {
		return "\x00"
	}
	return w.Values(v.Field, v.Codes)
}

// Fill writes the reason of every item into the assessment.
func (w *Words) Fill(a *assessment.Assessment) {
	for _, l := range []*checklist.Checklist{&w.Catalogue.Risk, &w.Catalogue.Opportunity} {
		for i := range l.Items {
			if r := a.Items[l.Items[i].ID]; r != nil {
				r.Text = w.Reason(&l.Items[i], r)
			}
		}
	}
}

// NotInForce lists the items that were not evaluated, each with its days.
func (w *Words) NotInForce(items []assessment.NotInForce) string {
	var out []string
	for _, it := range items {
		out = append(out, it.Item+" ("+w.Validity(checklist.Validity{ValidFrom: it.ValidFrom, ValidTo: it.ValidTo})+")")
	}
	return strings.Join(out, ", ")
}

// Validity says when something is in force, "" when it always is.
func (w *Words) Validity(v checklist.Validity) string {
	key := "docs.valid_between"
	switch {
	case v.ValidFrom == "" && v.ValidTo == "":
		return ""
	case v.ValidTo == "":
		key = "docs.valid_from"
	case v.ValidFrom == "":
		key = "docs.valid_to"
	}
	return w.Message(key, map[string]string{"from": v.ValidFrom, "to": v.ValidTo})
}

// Level is the word for a level; one that does not exist is its code.
func (w *Words) Level(code string) string {
	for _, l := range w.Catalogue.Policy.Levels.Names {
		if l.Level == code {
			return l.Label.In(w.Lang)
		}
	}
	return code
}

// Effort is the word for how much work a change takes; one that does not exist is its
// code.
func (w *Words) Effort(code string) string {
	for _, e := range w.Catalogue.Efforts {
		if e.Code == code {
			return e.Label.In(w.Lang)
		}
	}
	return code
}

// Title is a text of the dataset in the language, else in English, else in the
// first language there is.
func (w *Words) Title(t map[string]string) string {
	for _, l := range []string{w.Lang, "en", "und", "fi", "sv"} {
		if t[l] != "" {
			return t[l]
		}
	}
	first := ""
	for l := range t {
		if t[l] != "" && (first == "" || l < first) {
			first = l
		}
	}
	return t[first]
}
