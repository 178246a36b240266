package descriptor

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"puntari/internal/checklist"
)

// measure checks an entry of mitigations against the catalogue and the columns,
// and folds the older names of its fields into the current ones.
func (c *checker) measure(i int) {
	m := &c.dataset.Mitigations[i]
	path := fmt.Sprintf("mitigations[%d]", i)
	known := c.measureCode(m, path)
	if m.Params != nil || m.Parameters != nil {
		c.details(m, known, i)
	}
	c.foldNames(m, path)
	if hasRemoved(m, known) {
		return // the columns may be gone
	}
	for j, name := range m.Fields {
		c.measureColumn(name, fmt.Sprintf("%s.fields[%d]", path, j))
	}
}

// hasRemoved tells whether a measure may have taken its columns away already:
// once it is applied, the descriptor lists what is left.
func hasRemoved(m *Measure, known *checklist.Mitigation) bool {
	applied := m.Status != nil && (*m.Status == "applied" || *m.Status == "verified")
	return applied && known != nil && (known.Patch.Columns == "drop" || known.Patch.Columns == "recode")
}

// foldNames moves what was given under the older names to the current ones.
func (c *checker) foldNames(m *Measure, path string) {
	switch {
	case m.Parameters == nil:
	case m.Params == nil, reflect.DeepEqual(m.Params, m.Parameters):
		m.Params, m.Parameters = m.Parameters, nil
	default:
		c.note(path+".parameters", codeBothNames, "name", "parameters", "current", "params")
	}
	switch {
	case m.Target == nil:
	case len(m.Fields) == 0:
		m.Fields, m.Target = []string{*m.Target}, nil
	case slices.Contains(m.Fields, *m.Target):
		m.Target = nil
	default:
		c.note(path+".target", codeBothNames, "name", "target", "current", "fields")
	}
}

// measureCode returns the measure of the catalogue, or nil.
func (c *checker) measureCode(m *Measure, path string) *checklist.Mitigation {
	if m.Code == nil || *m.Code == Unknown || c.findings.blames(path+".code") {
		return nil
	}
	if known := c.reader.catalogue.Mitigation(*m.Code); known != nil {
		return known
	}
	if strings.TrimSpace(*m.Code) == "" {
		c.note(path+".code", codeBlank)
		return nil
	}
	values := make([]checklist.Value, len(c.reader.catalogue.Mitigations))
	for i, k := range c.reader.catalogue.Mitigations {
		values[i] = checklist.Value{Value: k.Code, Label: k.Name}
	}
	n := c.note(path+".code", codeUnknownMeasure, "found", shown(*m.Code))
	if !c.findings.full() {
		c.allowed(n, values, *m.Code)
	}
	return nil
}

// measureColumn checks that a measure names a column that there is.
func (c *checker) measureColumn(name, path string) {
	fields := c.dataset.Schema.Fields
	switch {
	case name == Unknown, slices.ContainsFunc(fields, func(f Column) bool { return f.Name != nil && *f.Name == name }):
		return
	case c.findings.blames("schema.fields"), c.findings.blames(path):
		return
	case c.findings.full():
		c.findings.more++
		return
	case strings.TrimSpace(name) == "":
		c.note(path, codeBlank)
		return
	case len(fields) == 0:
		c.note(path, codeNoColumns, "found", shown(name))
		return
	}
	names := make([]string, 0, len(fields))
	for _, f := range fields {
		if f.Name != nil {
			names = append(names, shown(*f.Name))
		}
	}
	n := c.note(path, codeUnknownColumn, "found", shown(name))
	if near := nearest(name, names); near != "" {
		n.params["nearest"] = near
	}
	n.params["allowed"] = listed(names)
}

// details checks what measure i changes: the values in params.set, and the
// attribute that it gives the named columns.
func (c *checker) details(m *Measure, known *checklist.Mitigation, i int) {
	for _, given := range []struct {
		name   string
		values map[string]any
	}{{"params", m.Params}, {"parameters", m.Parameters}} {
		path := fmt.Sprintf("mitigations[%d].%s", i, given.name)
		if given.values == nil {
			continue
		}
		t := c.tree()
		params, _, ok := t.find(path)
		if params = t.resolve(params); !ok || t.nodes[params].kind != nodeMapping {
			continue
		}
		d := changes{checker: c, tree: t, known: known, paths: map[string]string{}, columnPaths: map[string]string{}}
		d.filler = filler{shape: c.reader.shape, tree: t, findings: c.findings}
		d.filler.path = []step{{name: "mitigations"}, {index: i}, {name: given.name}}
		d.params(params, given.values)
		d.validate()
	}
}

// changes are the values that a measure gives to fields. They are laid into a
// Dataset and a Column of their own, so that they are held to the same as the
// fields.
type changes struct {
	*checker
	tree    *tree
	filler  filler
	known   *checklist.Mitigation // nil when the code is not one
	scratch Dataset
	column  Column
	// paths are those in the file by those in scratch, columnPaths by those of the
	// column as if it were the first.
	paths, columnPaths map[string]string
}

// anyColumn is the path that the column would have in a Dataset.
const anyColumn = "schema.fields[0]."

// validate checks the values. What has to be there in a Dataset, and the measure
// says nothing about, is made to be there.
func (d *changes) validate() {
	for _, path := range d.reader.required {
		if _, given := d.paths[path]; given {
			continue
		}
		switch p := d.scratch.pointer(path).(type) {
		case **string:
			*p = *d.dataset.pointer(path).(**string)
		case *LangText:
			*p = *d.dataset.pointer(path).(*LangText)
		}
	}
	if !d.scratch.valid() {
		d.translate(d.reader.validate.Struct(&d.scratch), "", func(checked string) string { return pathOf(d.paths, checked) })
	}
	if _, given := d.columnPaths[anyColumn+"name"]; !given {
		d.column.Name = new("")
	}
	if !d.column.valid() {
		d.translate(d.reader.validate.Struct(&d.column), anyColumn, func(checked string) string { return pathOf(d.columnPaths, checked) })
	}
}

// params reads params. What it does not know by name stays as it is: measures
// may carry notes.
func (d *changes) params(params int32, values map[string]any) {
	attribute, word := columnAttribute(d.known)
	for k, v := range d.tree.pairs(params) {
		n := d.tree.value(k)
		if n.kind != nodeText || strings.TrimSpace(n.text) == "" {
			continue // found before
		}
		name := n.text
		d.filler.enter(name)
		switch {
		case name == "set":
			d.set(v, values)
		case name == word:
			d.give(k, v, "schema.fields[]."+attribute, name, values)
		case !d.findings.full():
			if near := nearest(name, []string{"set", word}); near != "" {
				d.filler.note(k, codeUnknownDetail, "found", shown(name), "nearest", near)
			}
		}
		d.filler.leave()
	}
}

// columnAttribute is the attribute that a measure gives the named columns, and
// the last word of its name, which is its name in params: "spatialUnit" and
// "unit".
func columnAttribute(m *checklist.Mitigation) (attribute, word string) {
	if m == nil {
		return "", ""
	}
	attribute, ok := strings.CutPrefix(m.Patch.Columns, "set:")
	if !ok {
		return "", ""
	}
	return attribute, strings.ToLower(attribute[max(strings.LastIndexFunc(attribute, unicode.IsUpper), 0):])
}

// set reads params.set, whose names are paths of fields.
func (d *changes) set(i int32, params map[string]any) {
	i = d.tree.resolve(i)
	values, ok := params["set"].(map[string]any)
	if !ok {
		if n := &d.tree.nodes[i]; n.kind == nodeList || n.kind == nodeText && n.text != Unknown {
			d.filler.wrongKind(i, "group")
		}
		return
	}
	for k, v := range d.tree.pairs(i) {
		n := d.tree.value(k)
		if n.kind != nodeText || strings.TrimSpace(n.text) == "" {
			continue // found before
		}
		name := n.text
		d.filler.enter(name)
		if path := setPath(name); d.settable(k, v, name) {
			d.give(k, v, path, name, values)
		}
		d.filler.leave()
	}
}

// setPath is the path in the catalogue of a name in params.set, where the
// attributes of the named columns are called "columns.transforms".
func setPath(name string) string {
	if attribute, ok := strings.CutPrefix(name, "columns."); ok {
		return "schema.fields[]." + attribute
	}
	return name
}

// settable tells whether the measure may give the field that value, and notes
// why not.
func (d *changes) settable(k, v int32, name string) bool {
	var allow []string
	if d.known != nil {
		allow = append(slices.Clone(d.known.Patch.Allow), slices.Sorted(maps.Keys(d.known.Patch.Set))...)
	}
	if !slices.Contains(d.reader.shape.settable, name) {
		n := d.filler.note(k, codeSetUnknown, "found", shown(name))
		near := nearest(name, allow)
		if near == "" && !d.findings.full() {
			near = nearest(name, d.reader.shape.settable)
		}
		if near != "" {
			n.params["nearest"] = near
		} else if allow != nil {
			n.params["allowed"] = listed(allow)
		}
		return false
	}
	if d.known == nil || slices.Contains(d.known.Patch.Allow, name) {
		return true
	}
	fixed, ok := d.known.Patch.Set[name]
	switch {
	case !ok:
		n := d.filler.note(k, codeSetNotAllowed, "found", shown(name), "measure", d.known.Code)
		if len(allow) > 0 {
			n.params["allowed"] = listed(allow)
		}
		return false
	case d.tree.value(v).kind != nodeText:
		return true // of the wrong kind, which reading it will tell
	}
	if s := d.tree.value(v).text; s != fmt.Sprint(fixed) && strings.TrimSpace(s) != "" {
		d.filler.note(v, codeSetFixed, "found", shown(s), "measure", d.known.Code, "allowed", fmt.Sprint(fixed))
		return false
	}
	return true
}

// give reads a value as one of the field with the path, and puts it into values
// in the kind that the field has.
func (d *changes) give(k, v int32, path, name string, values map[string]any) {
	m := d.reader.shape.byPath[path]
	if m == nil {
		d.filler.note(k, codeSetUnknown, "found", shown(name))
		return
	}
	var place reflect.Value
	if attribute, ok := strings.CutPrefix(path, "schema.fields[]."); ok {
		d.columnPaths[anyColumn+attribute] = d.filler.at()
		place = reflect.ValueOf(&d.column).Elem().Field(m.index)
	} else {
		d.paths[path] = d.filler.at()
		_, place = d.reader.shape.locate(&d.scratch, path)
	}
	d.filler.member(v, m, place)
	if value, ok := plainValue(place); ok {
		values[name] = value
	} else {
		delete(values, name)
	}
}

// plainValue is a value of a Dataset as decoding JSON would give it.
func plainValue(v reflect.Value) (value any, ok bool) {
	if v.IsNil() {
		return nil, false
	}
	data, err := json.Marshal(v.Interface())
	if err != nil {
		return nil, false
	}
	err = json.Unmarshal(data, &value)
	return value, err == nil
}

// pathOf is the path in the file of a path that was checked, or "" when the measure
// says nothing about it.
func pathOf(paths map[string]string, checked string) string {
	for target, path := range paths {
		rest, ok := strings.CutPrefix(checked, target)
		if ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return path + rest
		}
	}
	return ""
}
