package intake

import (
	"slices"
	"strings"

	"puntari/internal/checklist"
)

// sheets are the pages of the form as a steward thinks, with the sections of the
// catalogue on each. Sections that are not named here go on the last page.
var sheets = []struct {
	id       string
	sections []string
}{
	{"dataset", []string{"dataset"}},
	{"columns", []string{"schema"}},
	{"people", []string{"personalData", "impact", "content"}},
	{"protection", []string{"disclosureControl", "profile", "spatial", "temporal"}},
	{"rights", []string{"confidentiality", "rights"}},
	{"security", []string{"security"}},
	{"publication", []string{"quality", "release", "maintenance"}},
	{"benefit", []string{"demand", "benefit"}},
	{"decision", []string{"governance", "mitigations", "assessment"}},
}

// columnsList is the list that has a page of its own.
const columnsList = "schema.fields"

// page is a sheet with questions.
type page struct {
	id       string
	sections []*section
}

// section is a part of a page.
type section struct {
	label     checklist.Text
	questions []*question
}

// kind is how a question is answered.
type kind uint8

const (
	text      kind = iota
	number         // a number
	date           // a day
	choice         // one of a list
	choices        // several of a list
	texts          // several texts in one cell
	languages      // a text in each language
	table          // rows of answers
	details        // names with values, as measures have them
)

// question is a question of the form, or an attribute in a table.
type question struct {
	*checklist.Field
	kind kind
	// key is the path as it stands in the names of cells: personalData_releaseLevel.
	key   string
	words *vocabulary // of choice and choices
	// free choices may also be other texts than those of the list.
	free bool
	// list is the path of the list of which this is an attribute, or "".
	list       string
	attributes []*question // of a table
}

// plan makes the pages.
func (f *Form) plan() {
	d := &f.catalogue.Descriptor
	bySection := map[string]*section{}
	for _, s := range sheets {
		f.pages = append(f.pages, &page{id: s.id})
	}
	for i := range d.Sections {
		n := slices.IndexFunc(sheets, func(s struct {
			id       string
			sections []string
		}) bool {
			return slices.Contains(s.sections, d.Sections[i].ID)
		})
		if n < 0 {
			n = len(sheets) - 1
		}
		s := &section{label: d.Sections[i].Label}
		bySection[d.Sections[i].ID] = s
		f.pages[n].sections = append(f.pages[n].sections, s)
	}
	for i, p := range f.pages {
		slices.SortStableFunc(p.sections, func(a, b *section) int {
			at := func(s *section) int {
				return slices.IndexFunc(sheets[i].sections, func(id string) bool { return bySection[id] == s })
			}
			return at(a) - at(b)
		})
	}
	for i := range d.Fields {
		field := &d.Fields[i]
		s := bySection[field.Section()]
		if s == nil || field.SameAs != "" || field.RecordOnly || field.Type == "object" && field.ListPath() == "" {
			continue // the version of the format, and groups, whose fields are asked for
		}
		q := f.question(field)
		f.questions[field.Path] = q
		if q.list == "" {
			s.questions = append(s.questions, q)
			continue
		}
		of := f.questions[q.list]
		if of == nil { // lists that have no field of their own
			of = f.listOf(field, s)
		}
		of.attributes = append(of.attributes, q)
	}
	f.setColumnsApart()
	for _, q := range f.questions {
		q.attributes = fitted(q.attributes)
	}
}

// fitted puts one of the attributes that are chosen from a list last, where a
// small table is so wide that its last column is narrow.
func fitted(attributes []*question) []*question {
	const wide = 4
	if len(attributes) != wide+1 {
		return attributes
	}
	i := slices.IndexFunc(attributes[1:], func(a *question) bool { return a.kind == choice }) + 1
	if i == 0 {
		return attributes
	}
	return append(slices.Delete(slices.Clone(attributes), i, i+1), attributes[i])
}

// setColumnsApart leaves nothing but the table on the page with the table of
// columns, so that it can grow; the other questions go on the first page.
func (f *Form) setColumnsApart() {
	first := f.pages[0]
	for _, p := range f.pages[1:] {
		for _, s := range p.sections {
			i := slices.Index(s.questions, f.questions[columnsList])
			if i < 0 {
				continue
			}
			if rest := slices.Delete(slices.Clone(s.questions), i, i+1); len(rest) > 0 {
				first.sections = append(first.sections, &section{label: s.label, questions: rest})
			}
			s.questions = s.questions[i : i+1]
		}
	}
}

// listOf makes the question about a list that only its elements are known of.
func (f *Form) listOf(element *checklist.Field, s *section) *question {
	path := element.ListPath()
	label := s.label
	if path == columnsList {
		label = f.catalogue.Messages["common.columns"]
	}
	q := &question{
		Field: &checklist.Field{Path: path, Type: "list<object>", Label: label, AskWhen: "never",
			Question: f.catalogue.Messages["form.list."+path+".question"], Help: f.catalogue.Messages["form.list."+path+".help"]},
		kind: table, key: key(path),
	}
	f.questions[path] = q
	s.questions = append(s.questions, q)
	return q
}

// key is a path as a part of the name of a cell.
func key(path string) string {
	return strings.NewReplacer("[]", "", ".", "_").Replace(path)
}

func (f *Form) question(field *checklist.Field) *question {
	q := &question{Field: field, key: key(field.Path), list: field.ListPath()}
	switch element := field.ElementType(); {
	case field.Type == "list<object>":
		q.kind = table
	case field.Type == "object":
		q.kind = details
	case field.Type == "langMap":
		q.kind = languages
	case field.IsList() && (element == "enum" || len(field.Values) > 0):
		q.kind, q.free = choices, element != "enum"
	case field.IsList():
		q.kind = texts
	case element == "enum", element == "tri", field.Path == "mitigations[].code":
		q.kind = choice
	case element == "integer", element == "number":
		q.kind = number
	case element == "date":
		q.kind = date
	}
	if q.kind == choice || q.kind == choices {
		q.words = f.vocabulary(q)
	}
	return q
}
