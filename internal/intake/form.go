// Package intake makes and reads the intake form: a workbook in which a data
// steward describes a dataset, in the words of the field catalogue.
//
// The answers are found by the names of their cells, never by where they stand,
// and labels are turned into codes by the lists of the catalogue and of the same
// file, so a form may be filled in and saved in any of the languages and by any
// program. What is read goes through the same reader as a descriptor in YAML.
package intake

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"reflect"
	"slices"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/intake/gate"
	"puntari/internal/wording"
)

// Form makes and reads forms with the questions of one field catalogue. It is
// safe for concurrent use.
type Form struct {
	catalogue *checklist.Catalogue
	reader    *descriptor.Reader
	policies  fs.FS
	pages     []*page
	// questions are all questions and attributes by the path of their field.
	questions map[string]*question
}

// Options are what a form is written with.
type Options struct {
	// Lang is the language of the form: "fi".
	Lang string
	// From fills the form in; it may be nil.
	From *descriptor.Dataset
}

// New lays the form out. The policies say when a question matters; they are read
// when a form is written.
func New(c *checklist.Catalogue, r *descriptor.Reader, policies fs.FS) *Form {
	f := &Form{catalogue: c, reader: r, policies: policies, questions: map[string]*question{}}
	f.plan()
	return f
}

// Lost are the paths of what a dataset says and a form made from it does not:
// what a form has no place for.
func (f *Form) Lost(form []byte, from *descriptor.Dataset) ([]string, error) {
	s, problems := f.Read("", bytes.NewReader(form), int64(len(form)))
	if s == nil {
		return nil, fmt.Errorf("intake: the form cannot be read: %s", problems[0].Code)
	}
	want, err := docOf(from)
	if err != nil {
		return nil, err
	}
	got, err := docOf(s.Dataset)
	if err != nil {
		return nil, err
	}
	return differences("", map[string]any(want), map[string]any(got)), nil
}

// differences are the paths at which b does not say what a says.
func differences(path string, a, b any) []string {
	x, ok1 := a.(map[string]any)
	y, ok2 := b.(map[string]any)
	if ok1 && ok2 {
		var out []string
		for _, name := range slices.Sorted(maps.Keys(x)) {
			at := name
			if path != "" {
				at = path + "." + name
			}
			out = append(out, differences(at, x[name], y[name])...)
		}
		return out
	}
	if reflect.DeepEqual(a, b) {
		return nil
	}
	list, ok1 := a.([]any)
	other, ok2 := b.([]any)
	if !ok1 || !ok2 || len(list) != len(other) {
		return []string{path}
	}
	var out []string
	for i := range list {
		out = append(out, differences(fmt.Sprintf("%s[%d]", path, i), list[i], other[i])...)
	}
	return out
}

// Write writes a form. The same options give the same bytes.
func (f *Form) Write(w io.Writer, o Options) error {
	g, err := gate.Derive(f.catalogue, f.policies)
	if err != nil {
		return err
	}
	given := doc{}
	if o.From != nil {
		if given, err = docOf(o.From); err != nil {
			return fmt.Errorf("intake: %w", err)
		}
	}
	x := &writer{form: f, words: wording.New(f.catalogue, o.Lang), gates: g, given: given}
	return x.book().Write(w)
}
