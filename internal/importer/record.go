package importer

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"puntari/internal/descriptor"
)

// record is a dataset that is being read.
type record struct {
	Record
	im *importer
	// context is what the source says for all its records.
	context value
	// given holds the paths that have a value, and lists how many entries the
	// lists of texts have.
	given map[string]bool
	lists map[string]int
	// suggested holds the suggestions, path and value.
	suggested map[Fact]bool
	// columnNames is the property that the names of the columns come from.
	columnNames string
}

// origin is a property of the source and what it says.
type origin struct{ property, raw string }

// set gives a field a value, unless it has one: what comes first in a source or
// in the order of the properties counts. It tells whether the value was taken.
func (r *record) set(path, value string, from origin) bool {
	if value = clean(value); value == "" || r.given[path] {
		return false
	}
	if err := r.Dataset.Set(path, value); err != nil {
		r.note(codeValue, from)
		return false
	}
	r.fact(path, value, from)
	return true
}

// round gives a field the nearest value that it can have.
func (r *record) round(path, value, rule string, from origin) {
	if r.set(path, value, from) {
		r.Facts[len(r.Facts)-1].Source.Rule = rule
	}
}

// number gives a field a number.
func (r *record) number(path, value string, from origin) {
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || n < 0 || r.given[path] {
		return
	}
	if r.Dataset.Set(path, n) == nil {
		r.fact(path, strconv.FormatFloat(n, 'f', -1, 64), from)
	}
}

// add adds a value to a list of texts.
func (r *record) add(path, value string, from origin) {
	const most = 1000
	value = clean(value)
	n := r.lists[path]
	if value == "" || n >= most {
		return
	}
	at := path + "[" + strconv.Itoa(n) + "]"
	entry := path + "=" + value
	if r.given[entry] || r.Dataset.Append(path, value) != nil {
		return
	}
	r.given[entry], r.lists[path] = true, n+1
	r.fact(at, value, from)
	r.given[path] = true
}

// languages gives a field its texts by language. Languages that it has already
// stay as they are.
func (r *record) languages(field *descriptor.LangText, path string, texts map[string]string, property string) {
	for _, l := range sorted(texts) {
		text := strings.TrimSpace(strings.ToValidUTF8(texts[l], "\ufffd"))
		if _, there := (*field)[l]; there || text == "" {
			continue
		}
		if *field == nil {
			*field = descriptor.LangText{}
		}
		(*field)[l] = text
		r.fact(path+"."+l, text, origin{property, text})
	}
}

// suggest notes a value that is likely and not written.
func (r *record) suggest(path, value, rule string, from origin) {
	key := Fact{Path: path, Value: value}
	if value == "" || r.given[path] || r.suggested[key] {
		return
	}
	r.suggested[key] = true
	s := r.source(from)
	s.Kind, s.Rule = Suggested, rule
	r.Facts = append(r.Facts, Fact{path, value, s})
}

func (r *record) fact(path, value string, from origin) {
	if from.raw == "" {
		from.raw = value
	}
	r.given[path] = true
	r.Facts = append(r.Facts, Fact{path, value, r.source(from)})
}

func (r *record) source(from origin) Source {
	return Source{File: r.im.file, Format: r.im.format, Property: from.property, Raw: from.raw, Kind: Imported}
}

// note adds a problem that stands in nobody's way: the question stays open.
func (r *record) note(code string, from origin) {
	p := r.im.problem(code, descriptor.SeverityIncomplete, position{r.Line, r.Column}, "property", from.property, "found", from.raw)
	same := func(q descriptor.Problem) bool {
		return q.Code == p.Code && q.Params["property"] == p.Params["property"] && q.Params["found"] == p.Params["found"]
	}
	const most = 100
	if len(r.Problems) < most && !slices.ContainsFunc(r.Problems, same) {
		r.Problems = append(r.Problems, p)
	}
}

// complete looks at the dataset as a whole.
func (r *record) complete() {
	d := &r.Dataset.Dataset
	if r.ID == "" && d.Identifier != nil {
		r.ID = *d.Identifier
	}
	if d.Identifier == nil {
		r.note(codeNoIdentifier, origin{})
	}
	if len(d.Title) == 0 {
		r.note(codeNoTitle, origin{})
	}
	r.suggestColumns()
	// What the source itself says later makes a suggestion idle.
	r.Facts = slices.DeleteFunc(r.Facts, func(f Fact) bool { return f.Source.Kind == Suggested && r.given[f.Path] })
}

// clean is a text of one line without white space at its ends.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return strings.Join(strings.Fields(s), " ")
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// inOrder are the languages of texts: Finnish, Swedish, English, then the rest.
func inOrder(texts map[string]string) []string {
	first := []string{"fi", "sv", "en", "und"}
	var out []string
	for _, l := range first {
		if texts[l] != "" {
			out = append(out, l)
		}
	}
	for _, l := range sorted(texts) {
		if texts[l] != "" && !slices.Contains(first, l) {
			out = append(out, l)
		}
	}
	return out
}

// best is the text in the first language there is.
func best(texts map[string]string) string {
	if l := inOrder(texts); len(l) > 0 {
		return texts[l[0]]
	}
	return ""
}
