package descriptor

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"puntari/internal/checklist"
)

// shape is what may stand in a group of fields: the whole descriptor, a
// section, or an entry of a list of groups. It is found once, from the type
// Dataset and the field catalogue.
type shape struct {
	// path is that of the group as in the catalogue: "", "personalData",
	// "schema.fields[]".
	path    string
	members []member
	byName  map[string]*member
	names   []string
}

// member is a field of a group.
type member struct {
	name  string
	path  string // as in the catalogue: "schema.fields[].name"
	kind  memberKind
	index int              // of the field in the Go struct
	field *checklist.Field // nil for a section
	of    *shape           // for kindGroup and kindGroups
	// plain groups may be written as a plain text, which the Go type takes apart.
	plain bool
}

type memberKind uint8

const (
	kindText   memberKind = iota // one text
	kindNumber                   // a number
	kindTexts                    // a list of texts
	kindLang                     // a text, or texts by language
	kindFree                     // anything by name
	kindGroup                    // a group of fields
	kindGroups                   // a list of groups of fields
)

// expected names the kind for people; see the messages "problem.part.kind.".
func (k memberKind) expected() string {
	return [...]string{"value", "number", "texts", "languages", "group", "group", "groups"}[k]
}

// catalogueShape is everything that may stand in a descriptor.
type catalogueShape struct {
	root *shape
	// byPath finds a member by its path in the catalogue.
	byPath map[string]*member
	// parents are the groups in which a name is known, by its folded form, and
	// names all names.
	parents map[string][]string
	names   []string
	// settable are the names that params.set of a measure may have: the paths of
	// the fields that stand alone, and "columns." with an attribute of a column.
	settable []string
}

// newShape lays the Go type and the catalogue over each other. It panics when
// the generated type has a Go type that it does not know.
func newShape(c *checklist.Catalogue) *catalogueShape {
	s := &catalogueShape{byPath: map[string]*member{}, parents: map[string][]string{}}
	s.root = s.group(c, reflect.TypeFor[Dataset](), "")
	return s
}

func (s *catalogueShape) group(c *checklist.Catalogue, t reflect.Type, path string) *shape {
	g := &shape{path: path, byName: map[string]*member{}}
	g.members = make([]member, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		m := &g.members[i]
		*m = member{name: name, path: joinPath(path, name), index: i}
		m.field = c.Descriptor.Field(m.path)
		s.describe(c, m, t.Field(i).Type)
		g.byName[name] = m
		g.names = append(g.names, name)
		s.byPath[m.path] = m
		if attribute, ok := strings.CutPrefix(m.path, "schema.fields[]."); ok {
			s.settable = append(s.settable, "columns."+attribute)
		} else if m.kind != kindGroup && !strings.Contains(m.path, "[]") {
			s.settable = append(s.settable, m.path)
		}
		key := string(folded(name))
		if s.parents[key] == nil {
			s.names = append(s.names, name)
		}
		s.parents[key] = append(s.parents[key], strings.TrimSuffix(path, "[]"))
	}
	return g
}

// describe sets what follows from the Go type of a member.
func (s *catalogueShape) describe(c *checklist.Catalogue, m *member, t reflect.Type) {
	switch {
	case t == reflect.TypeFor[*string]():
		m.kind = kindText
	case t == reflect.TypeFor[*Number]():
		m.kind = kindNumber
	case t == reflect.TypeFor[[]string]():
		m.kind = kindTexts
	case t == reflect.TypeFor[LangText]():
		m.kind = kindLang
	case t == reflect.TypeFor[map[string]any]():
		m.kind = kindFree
	case t.Kind() == reflect.Struct:
		m.kind, m.of = kindGroup, s.group(c, t, m.path)
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		m.kind, m.of = kindGroups, s.group(c, t.Elem(), m.path+"[]")
		m.plain = reflect.PointerTo(t.Elem()).Implements(reflect.TypeFor[json.Unmarshaler]())
	default:
		panic(fmt.Sprintf("descriptor: %s has a type that cannot be read: %v", m.path, t))
	}
}

func joinPath(parent, name string) string {
	if parent == "" {
		return name
	}
	return parent + "." + name
}

// locate returns the member with a path that leads through no list, and its
// place in a Dataset; the member is nil if there is none.
func (s *catalogueShape) locate(d *Dataset, path string) (*member, reflect.Value) {
	v, g := reflect.ValueOf(d).Elem(), s.root
	for {
		name, rest, more := strings.Cut(path, ".")
		m := g.byName[name]
		if m == nil {
			return nil, v
		}
		v = v.Field(m.index)
		if !more {
			return m, v
		}
		if m.kind != kindGroup {
			return nil, v
		}
		g, path = m.of, rest
	}
}

// elsewhere returns the groups in which a name is known, those of the names
// that fold alike, without the group at hand.
func (s *catalogueShape) elsewhere(name, here string) []string {
	if _, ok := s.byPath[name]; ok && here == "" { // a whole path as a name
		return []string{name[:max(strings.LastIndexByte(name, '.'), 0)]}
	}
	parents := slices.Clone(s.parents[string(folded(name))])
	return slices.DeleteFunc(parents, func(p string) bool { return p == here })
}
