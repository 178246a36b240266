package descriptor

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
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
	if c.plainDetails(m, known) {
		return
	}
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

// plainDetails does the same without the places of values, in a descriptor that
// has been laid straight into the Dataset. Where there may be anything to find it
// changes nothing and returns false.
func (c *checker) plainDetails(m *Measure, known *checklist.Mitigation) bool {
	params := m.Params
	if params == nil {
		params = m.Parameters
	}
	if known == nil || len(c.taken.nodes) > 0 || m.Params != nil && m.Parameters != nil {
		return false
	}
	var p plainChanges
	attribute, word := columnAttribute(known)
	for name, v := range params {
		switch {
		case name == "set":
			set, ok := v.(map[string]any)
			if !ok {
				return false
			}
			for name, v := range set {
				if !plainlySettable(known, name, v) || !p.give(setPath(name), name, v, set) {
					return false
				}
			}
		case name == word:
			if !p.give("schema.fields[]."+attribute, name, v, params) {
				return false
			}
		case nearest(name, []string{"set", word}) != "":
			return false
		}
	}
	c.complete(&p.scratch, func(path string) bool {
		return slices.ContainsFunc(p.given, func(g plainChange) bool { return g.path == path })
	})
	if p.column.Name == nil {
		p.column.Name = new("")
	}
	if !p.scratch.valid() || !p.column.valid() {
		return false
	}
	for _, g := range p.given {
		g.values[g.name] = plainForm(g.place)
	}
	return true
}

// plainlySettable tells whether a measure may give a field that value.
func plainlySettable(m *checklist.Mitigation, name string, v any) bool {
	if slices.Contains(m.Patch.Allow, name) {
		return !strings.Contains(name, "[]")
	}
	fixed, ok := m.Patch.Set[name]
	return ok && v == fmt.Sprint(fixed)
}

// plainChanges are what [changes] are, of fields that hold a text, a number or a
// list of texts.
type plainChanges struct {
	scratch Dataset
	column  Column
	given   []plainChange
}

// plainChange is a value at place, which has the path in a Dataset and stands in
// values under a name.
type plainChange struct {
	place      any
	path, name string
	values     map[string]any
}

// give lays a value into the field with the path. It returns false where the
// filler may find something, or another name has given the field a value.
func (d *plainChanges) give(path, name string, v any, values map[string]any) (ok bool) {
	var place any
	if attribute, ofColumn := strings.CutPrefix(path, "schema.fields[]."); ofColumn {
		place = d.column.pointer(attribute)
	} else {
		place = d.scratch.pointer(path)
	}
	d.given = append(d.given, plainChange{place, path, name, values})
	switch p := place.(type) {
	case **string:
		var s string
		if s, ok = v.(string); ok && *p == nil {
			*p = &s
			return true
		}
	case **Number:
		var n Number
		if n, ok = plainNumber(v); ok && *p == nil {
			*p = &n
			return true
		}
	case *[]string:
		if *p == nil {
			*p, ok = plainTexts(v)
			return ok
		}
	}
	return false
}

func plainNumber(v any) (Number, bool) {
	s, ok := v.(string)
	switch {
	case !ok, s == "":
		return Number{}, false
	case s == Unknown:
		return Number{Unknown: true}, true
	}
	n, err := strconv.ParseFloat(s, 64)
	return Number{Value: n}, err == nil && jsonNumber(s) == len(s)
}

func plainTexts(v any) ([]string, bool) {
	if s, ok := v.(string); ok {
		return []string{s}, true
	}
	entries, ok := v.([]any)
	list := make([]string, len(entries))
	for i, e := range entries {
		if list[i], ok = e.(string); !ok {
			return nil, false
		}
	}
	return list, ok
}

// plainForm is what [plainValue] gives of a place.
func plainForm(place any) any {
	switch p := place.(type) {
	case **string:
		return **p
	case **Number:
		if (*p).Unknown {
			return Unknown
		}
		return (*p).Value
	case *[]string:
		list := make([]any, len(*p))
		for i, s := range *p {
			list[i] = s
		}
		return list
	}
	return nil // never: give takes no other
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

// complete makes what has to be there in a Dataset, and the measure says nothing
// about, be there.
func (c *checker) complete(scratch *Dataset, given func(path string) bool) {
	for _, path := range c.reader.required {
		if given(path) {
			continue
		}
		switch p := scratch.pointer(path).(type) {
		case **string:
			*p = *c.dataset.pointer(path).(**string)
		case *LangText:
			*p = *c.dataset.pointer(path).(*LangText)
		}
	}
}

// validate checks the values.
func (d *changes) validate() {
	d.complete(&d.scratch, func(path string) bool {
		_, given := d.paths[path]
		return given
	})
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
