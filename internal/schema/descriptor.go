package schema

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"puntari/internal/checklist"
)

// Dialect is the version of JSON Schema that is written.
const Dialect = "https://json-schema.org/draft/2020-12/schema"

// unknownAnswer says that an answer is not known. The package descriptor, which
// has the same constant, is not imported: its type is generated together with
// this schema.
const unknownAnswer = "unknown"

// Descriptor returns the JSON Schema of a dataset descriptor. It speaks of a
// descriptor as YAML 1.2 or JSON lays it out, where yes, no and dates are texts.
// Titles and descriptions are in English.
func Descriptor(c *checklist.Catalogue) ([]byte, error) {
	root := &group{}
	for i := range c.Descriptor.Fields {
		if err := root.add(&c.Descriptor.Fields[i]); err != nil {
			return nil, err
		}
	}
	sections := map[string]string{"schema.fields": ""}
	for _, s := range c.Descriptor.Sections {
		sections[s.ID] = s.Label["en"]
	}
	o := Object{
		{"$schema", Dialect},
		{"$id", "urn:puntari:descriptor:" + c.Descriptor.Version},
		{"title", "Puntari dataset descriptor"},
		{"description", "What a data steward says of a dataset that is to be opened. The fields are explained in docs/descriptor.md."},
	}
	body, err := root.schema("", sections)
	if err != nil {
		return nil, err
	}
	return append(o, body...).Indented()
}

// group is a place in a descriptor: a field, or what holds fields.
type group struct {
	name    string
	list    bool
	field   *checklist.Field
	members []*group
}

func (g *group) add(f *checklist.Field) error {
	at := g
	for _, part := range strings.Split(f.Path, ".") {
		name, list := strings.CutSuffix(part, "[]")
		i := slices.IndexFunc(at.members, func(m *group) bool { return m.name == name })
		if i < 0 {
			at.members = append(at.members, &group{name: name})
			i = len(at.members) - 1
		}
		at = at.members[i]
		at.list = at.list || list
	}
	if at.field != nil {
		return fmt.Errorf("%s: the field is there twice", f.Path)
	}
	at.field = f
	return nil
}

// required tells whether the group has to be there because a field in it has to.
func (g *group) required() bool {
	if g.list {
		return false
	}
	return g.field != nil && g.field.Required || slices.ContainsFunc(g.members, (*group).required)
}

func (g *group) schema(path string, sections map[string]string) (Object, error) {
	var o Object
	if title := sections[path]; title != "" {
		o.Add("title", title)
	}
	if g.field != nil {
		o = about(g.field)
	}
	if len(g.members) == 0 {
		return g.leaf(o)
	}
	props, required := Object{}, []string{}
	for _, m := range g.members {
		p := m.name
		if path != "" {
			p = path + "." + m.name
		}
		s, err := m.schema(p, sections)
		if err != nil {
			return nil, err
		}
		props.Add(m.name, s)
		if m.required() {
			required = append(required, m.name)
		}
	}
	object := Object{{"type", "object"}, {"properties", props}}
	if len(required) > 0 {
		object.Add("required", required)
	}
	object.Add("additionalProperties", false)
	if g.list {
		var items any = object
		if plainEntries[path] != "" {
			items = Object{{"anyOf", []any{object, Object{{"type", "string"}, {"description", plainEntries[path]}}}}}
		}
		return append(o, Member{"anyOf", []any{Object{{"type", "array"}, {"items", items}}, unknown()}}), nil
	}
	return append(o, object...), nil
}

// plainEntries are the lists of objects whose entries may be plain texts.
var plainEntries = map[string]string{"benefit.strategyLinks": "A plain text is the goal."}

func unknown() Object { return Object{{"const", unknownAnswer}} }

// about gives the words for a field: label, question, help, values, example.
func about(f *checklist.Field) Object {
	text := []string{f.Question["en"], f.Help["en"]}
	if len(f.Values) > 0 {
		lines := []string{"Values:"}
		for _, v := range f.Values {
			lines = append(lines, v.Value+": "+v.Label["en"])
		}
		text = append(text, strings.Join(append(lines, unknownAnswer+": not known"), "\n"))
	}
	text = slices.DeleteFunc(text, func(s string) bool { return s == "" })
	o := Object{{"title", f.Label["en"]}}
	if len(text) > 0 {
		o.Add("description", strings.Join(text, "\n\n"))
	}
	return o
}

// leaf is the schema of a field that holds no other fields.
func (g *group) leaf(o Object) (Object, error) {
	f := g.field
	if f == nil {
		return nil, fmt.Errorf("%s: a group without fields", g.name)
	}
	value, err := value(f)
	if err != nil {
		return nil, err
	}
	if f.IsList() {
		// One text may stand for a list of one.
		value = Object{{"anyOf", []any{Object{{"type", "array"}, {"items", value}}, value}}}
	}
	o = append(o, value...)
	if f.Example != "" {
		e, err := example(f)
		if err != nil {
			return nil, fmt.Errorf("%s: example: %w", f.Path, err)
		}
		o.Add("examples", []any{e})
	}
	return o, nil
}

const (
	datePattern     = `^(unknown|[0-9]{4}-[0-9]{2}-[0-9]{2})$`
	durationPattern = `^(unknown|P([0-9]+[YMWD])+(T([0-9]+[HMS])+)?|PT([0-9]+[HMS])+)$`
	uriPattern      = `^(unknown|[A-Za-z][A-Za-z0-9+.-]*:.+)$`
	emailPattern    = `^(unknown|[^@\s]+@[^@\s]+)$`
	languagePattern = `^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`
)

// value is the schema of one value of a field.
func value(f *checklist.Field) (Object, error) {
	switch f.ElementType() {
	case "enum":
		var codes []string
		for _, v := range f.Values {
			codes = append(codes, v.Value)
		}
		if slices.Contains(codes, "ANNUAL") {
			codes = append(codes, "UNKNOWN") // the frequency vocabulary of the EU has its own code
		}
		return Object{{"enum", append(codes, unknownAnswer)}}, nil
	case "tri":
		return Object{{"enum", []string{"yes", "no", unknownAnswer}}}, nil
	case "date":
		return pattern(datePattern), nil
	case "duration":
		return pattern(durationPattern), nil
	case "uri":
		return pattern(uriPattern), nil
	case "integer", "number":
		n := Object{{"type", f.Type}}
		if f.Min != nil {
			n.Add("minimum", *f.Min)
		}
		if f.Max != nil {
			n.Add("maximum", *f.Max)
		}
		return Object{{"anyOf", []any{n, unknown()}}}, nil
	case "langMap":
		texts := Object{{"type", "object"}, {"propertyNames", pattern(languagePattern)}, {"additionalProperties", Object{{"type", "string"}}}}
		texts.Add("properties", Object{
			{"fi", Object{{"title", "In Finnish"}, {"type", "string"}}},
			{"sv", Object{{"title", "In Swedish"}, {"type", "string"}}},
			{"en", Object{{"title", "In English"}, {"type", "string"}}},
		})
		return Object{{"anyOf", []any{texts, Object{{"type", "string"}}}}}, nil
	case "object":
		return Object{{"anyOf", []any{Object{{"type", "object"}}, unknown()}}}, nil
	case "string":
		switch {
		case f.Path == "descriptorVersion":
			// Without quotation marks YAML reads a number.
			return Object{{"enum", []any{f.Example, yamlNumber(f.Example)}}}, nil
		case strings.HasSuffix(f.Path, ".email"):
			return pattern(emailPattern), nil
		case f.Required:
			return Object{{"type", []string{"string", "number"}}, {"pattern", `\S`}}, nil
		}
		return Object{{"type", []string{"string", "number"}}}, nil
	}
	return nil, fmt.Errorf("%s: the type %s is not known", f.Path, f.Type)
}

func pattern(p string) Object { return Object{{"type", "string"}, {"pattern", p}} }

func yamlNumber(s string) any {
	var n float64
	if err := yaml.Unmarshal([]byte(s), &n); err != nil {
		return s
	}
	return n
}

// example turns the example of a field, which is written as in a descriptor,
// into JSON.
func example(f *checklist.Field) (any, error) {
	switch f.ElementType() {
	case "string", "enum", "tri", "date", "duration", "uri", "langMap":
		if !f.IsList() {
			return f.Example, nil
		}
	}
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(f.Example), &n); err != nil {
		return nil, err
	}
	v, err := plain(n.Content[0])
	if err != nil {
		return nil, err
	}
	if _, isList := v.([]any); f.IsList() && !isList {
		return []any{v}, nil
	}
	return v, nil
}

// plain turns a YAML value into JSON, where all that is no number is a text.
func plain(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.MappingNode:
		o := Object{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, err := plain(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			o.Add(n.Content[i].Value, v)
		}
		return o, nil
	case yaml.SequenceNode:
		l := []any{}
		for _, c := range n.Content {
			v, err := plain(c)
			if err != nil {
				return nil, err
			}
			l = append(l, v)
		}
		return l, nil
	}
	if tag := n.ShortTag(); tag == "!!int" || tag == "!!float" {
		var v float64
		err := n.Decode(&v)
		return v, err
	}
	return n.Value, nil
}
