package profile

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"puntari/internal/checklist"
)

// section is a part of a profile's files: the things of one kind by their names, and
// what of them may be changed.
type section struct {
	key string
	// keys are the fields that may be changed; a thing that is added has all of them
	// and those in more.
	keys, more []string
	// required are those that an added thing must have.
	required []string
	adds     bool
	retires  bool

	names func(*checklist.Catalogue) []string
	// get gives a pointer to the thing, set puts a changed one back.
	get func(*checklist.Catalogue, string) reflect.Value
	set func(*checklist.Catalogue, string, reflect.Value)
	// insert adds a new one.
	insert func(*checklist.Catalogue, string, reflect.Value)
	// make gives a pointer to an empty thing.
	make func() reflect.Value

	// text and setText stand for the rest where the things are texts by themselves.
	text    func(*checklist.Catalogue, string) (checklist.Text, bool)
	setText func(*checklist.Catalogue, string, checklist.Text)
}

// sections lists the sections in the order in which they are laid.
var sections = []*section{
	mapped("sources", func(c *checklist.Catalogue) map[string]checklist.Source { return c.Sources },
		[]string{"title", "short", "kind", "jurisdiction", "number", "uri", "validFrom", "validTo", "validity", "note"},
		[]string{"title", "short", "kind", "jurisdiction"}),
	mapped("params", func(c *checklist.Catalogue) map[string]checklist.Param { return c.Policy.Params },
		[]string{"value", "label", "meaning", "basis", "read"}, []string{"value", "label", "meaning", "basis", "read"}),
	listed("roles", func(c *checklist.Catalogue) *[]checklist.Role { return &c.Policy.Roles },
		func(r *checklist.Role) *string { return &r.Code }, []string{"label"}, nil).adding("label"),
	listed("signOff", func(c *checklist.Catalogue) *[]checklist.SignOff { return &c.Policy.SignOff },
		func(s *checklist.SignOff) *string { return &s.ID }, []string{"when", "roles"}, nil),
	listed("hardStops", func(c *checklist.Catalogue) *[]checklist.HardStop { return &c.Policy.HardStops },
		func(h *checklist.HardStop) *string { return &h.Code }, []string{"title", "why", "wayOut", "references", "withoutReferences"}, nil),
	listed("outcomes", func(c *checklist.Catalogue) *[]checklist.Outcome { return &c.Policy.Outcomes },
		func(o *checklist.Outcome) *string { return &o.Code }, []string{"label", "meaning", "next"}, nil),
	listed("priorities", func(c *checklist.Catalogue) *[]checklist.Priority { return &c.Policy.Priorities },
		func(p *checklist.Priority) *string { return &p.Code }, []string{"label", "meaning"}, nil),
	listed("levels", func(c *checklist.Catalogue) *[]checklist.LevelName { return &c.Policy.Levels.Names },
		func(l *checklist.LevelName) *string { return &l.Level }, []string{"label"}, nil),
	listed("articles", func(c *checklist.Catalogue) *[]checklist.Article { return &c.Policy.Articles },
		func(a *checklist.Article) *string { return &a.ID }, []string{"title", "text"}, nil).adding("title", "text"),
	listed("riskThemes", func(c *checklist.Catalogue) *[]checklist.Theme { return &c.Risk.Themes },
		func(t *checklist.Theme) *string { return &t.Code }, []string{"title", "about"}, nil),
	listed("opportunityThemes", func(c *checklist.Catalogue) *[]checklist.Theme { return &c.Opportunity.Themes },
		func(t *checklist.Theme) *string { return &t.Code }, []string{"title", "about", "weight"}, nil),
	listed("groups", func(c *checklist.Catalogue) *[]checklist.Group { return &c.Opportunity.Groups },
		func(g *checklist.Group) *string { return &g.Code }, []string{"title", "about"}, nil),
	listed("mitigations", func(c *checklist.Catalogue) *[]checklist.Mitigation { return &c.Mitigations },
		func(m *checklist.Mitigation) *string { return &m.Code }, []string{"name", "what", "cost"}, nil),
	listed("efforts", func(c *checklist.Catalogue) *[]checklist.Effort { return &c.Efforts },
		func(e *checklist.Effort) *string { return &e.Code }, []string{"label"}, nil),
	items,
	listed("parts", func(c *checklist.Catalogue) *[]checklist.Section { return &c.Descriptor.Sections },
		func(s *checklist.Section) *string { return &s.ID }, []string{"label"}, nil),
	listed("fields", func(c *checklist.Catalogue) *[]checklist.Field { return &c.Descriptor.Fields },
		func(f *checklist.Field) *string { return &f.Path }, []string{"label", "question", "help", "example", "values"}, nil),
	listed("lexicon", func(c *checklist.Catalogue) *[]checklist.LexiconEntry { return &c.Lexicon.Entries },
		func(e *checklist.LexiconEntry) *string { return &e.ID }, []string{"label", "addNames"}, []string{"names", "role"}).adding("label", "names", "role"),
	results("riskResults", func(c *checklist.Catalogue) map[string]checklist.Text { return c.Policy.Results.Risk }),
	results("opportunityResults", func(c *checklist.Catalogue) map[string]checklist.Text { return c.Policy.Results.Opportunity }),
	results("messages", func(c *checklist.Catalogue) map[string]checklist.Text { return c.Messages }),
}

// items are those of both checklists; their ids tell which.
var items = &section{
	key: "items", adds: true, retires: true,
	keys: []string{"title", "question", "why", "severity", "hardStop", "procedural", "weight", "mitigations", "wayOut", "reasons", "references", "withoutReferences"},
	more: []string{"theme"},
	names: func(c *checklist.Catalogue) []string {
		var out []string
		for _, l := range []*checklist.Checklist{&c.Risk, &c.Opportunity} {
			for i := range l.Items {
				out = append(out, l.Items[i].ID)
			}
		}
		return out
	},
	get: func(c *checklist.Catalogue, id string) reflect.Value { return reflect.ValueOf(c.Item(id)) },
	set: func(c *checklist.Catalogue, id string, v reflect.Value) {
		*c.Item(id) = *v.Interface().(*checklist.Item)
	},
	make: func() reflect.Value { return reflect.ValueOf(&checklist.Item{}) },
	insert: func(c *checklist.Catalogue, id string, v reflect.Value) {
		it := v.Interface().(*checklist.Item)
		it.ID = id
		l := &c.Risk
		if isOpportunity(id) {
			l = &c.Opportunity
		}
		l.Items = append(l.Items, *it)
	},
}

func isOpportunity(id string) bool { return strings.HasPrefix(id, "OPP-") }

// mapped is a section whose things are in a map.
func mapped[T any](key string, of func(*checklist.Catalogue) map[string]T, keys, required []string) *section {
	return &section{
		key: key, keys: keys, required: required, adds: true,
		names: func(c *checklist.Catalogue) []string { return slices.Sorted(maps.Keys(of(c))) },
		get: func(c *checklist.Catalogue, name string) reflect.Value {
			v := of(c)[name]
			return reflect.ValueOf(&v)
		},
		set:    func(c *checklist.Catalogue, name string, v reflect.Value) { of(c)[name] = *v.Interface().(*T) },
		insert: func(c *checklist.Catalogue, name string, v reflect.Value) { of(c)[name] = *v.Interface().(*T) },
		make:   func() reflect.Value { return reflect.ValueOf(new(T)) },
	}
}

// listed is a section whose things are in a list and have a name each.
func listed[T any](key string, of func(*checklist.Catalogue) *[]T, name func(*T) *string, keys, more []string) *section {
	index := func(c *checklist.Catalogue, n string) int {
		list := *of(c)
		return slices.IndexFunc(list, func(t T) bool { return *name(&t) == n })
	}
	return &section{
		key: key, keys: keys, more: more,
		names: func(c *checklist.Catalogue) []string {
			var out []string
			for _, t := range *of(c) {
				out = append(out, *name(&t))
			}
			return out
		},
		get: func(c *checklist.Catalogue, n string) reflect.Value { return reflect.ValueOf(&(*of(c))[index(c, n)]) },
		set: func(c *checklist.Catalogue, n string, v reflect.Value) { (*of(c))[index(c, n)] = *v.Interface().(*T) },
		insert: func(c *checklist.Catalogue, n string, v reflect.Value) {
			t := v.Interface().(*T)
			*name(t) = n
			*of(c) = append(*of(c), *t)
		},
		make: func() reflect.Value { return reflect.ValueOf(new(T)) },
	}
}

// adding lets things be added to the section; they must have the required keys.
func (s *section) adding(required ...string) *section {
	s.adds, s.required = true, required
	return s
}

// results is a section of texts by themselves.
func results(key string, of func(*checklist.Catalogue) map[string]checklist.Text) *section {
	return &section{
		key:     key,
		names:   func(c *checklist.Catalogue) []string { return slices.Sorted(maps.Keys(of(c))) },
		text:    func(c *checklist.Catalogue, name string) (checklist.Text, bool) { t, ok := of(c)[name]; return t, ok },
		setText: func(c *checklist.Catalogue, name string, t checklist.Text) { of(c)[name] = t },
	}
}
