package lint

import (
	"slices"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/facts"
)

// Shape is what policies may read of their input, as a tree of names. The
// schemas in policies/schemas are written from it.
type Shape struct {
	Kind Kind
	// Name is set where a shape of that name is at several places.
	Name string
	// Members are what an object holds, in order; Element is what each element of
	// a list holds, or what each member of an object holds whose names are open.
	Members []Member
	Element *Shape
}

// Member is a part of an object.
type Member struct {
	Name  string
	Shape *Shape
}

// Kind is the kind of value at a place of the input.
type Kind uint8

// The kinds.
const (
	Object Kind = iota
	List
	Truth
	Number
	String
)

// Member returns what the name stands for, or nil.
func (s *Shape) Member(name string) *Shape {
	if i := slices.IndexFunc(s.Members, func(m Member) bool { return m.Name == name }); i >= 0 {
		return s.Members[i].Shape
	}
	if s.Kind == Object {
		return s.Element
	}
	return nil
}

// at returns the object at the end of the words, making it where it is missing.
func (s *Shape) at(words []string) *Shape {
	for _, w := range words {
		next := s.Member(w)
		if next == nil {
			next = &Shape{}
			s.Members = append(s.Members, Member{w, next})
		}
		s = next
	}
	return s
}

var (
	truth  = &Shape{Kind: Truth}
	number = &Shape{Kind: Number}
	text   = &Shape{Kind: String}
	span   = &Shape{Name: "range", Members: []Member{{"lowest", number}, {"highest", number}}}
)

func object(members ...Member) *Shape { return &Shape{Members: members} }

// FactsShape is the input of the conditions and of both checklists, as the
// engine builds it (internal/engine/view.go).
func FactsShape(c *checklist.Catalogue) (*Shape, error) {
	space, err := facts.NewSpace(c)
	if err != nil {
		return nil, err
	}
	all, columns, counts := &Shape{Name: "facts"}, &Shape{Name: "columns"}, object()
	for i := range space.Facts {
		f := &space.Facts[i]
		if attribute, ok := strings.CutPrefix(f.Path, facts.ColumnPrefix); ok {
			columns.Members = append(columns.Members, Member{attribute, valueShape(f)})
			counts.Members = append(counts.Members, Member{attribute, countShape(f)})
			continue
		}
		list, member, inList := strings.Cut(f.Path, "[].")
		switch {
		case inList && space.Index(list) >= 0:
			at := all.at(strings.Split(list, "."))
			at.Members = append(at.Members, Member{member, valueShape(f)})
		case !inList:
			at := all.at(strings.Split(f.Path, "."))
			at.Members = append(at.Members, valueShape(f).Members...)
		}
	}
	for i := range space.Facts {
		if space.Facts[i].Kind == facts.Objects {
			at := all.at(strings.Split(space.Facts[i].Path, "."))
			members := object(slices.DeleteFunc(slices.Clone(at.Members), func(m Member) bool { return m.Name == "size" })...)
			at.Members = append(at.Members, Member{"entries", elements(members)})
		}
	}
	return object(
		Member{"is", all}, Member{"isnt", all}, Member{"proven", all}, Member{"unproven", all},
		Member{"some_column", columns}, Member{"no_column", columns}, Member{"proven_column", columns},
		Member{"column_count", counts}, Member{"columns", elements(columns)},
	), nil
}

// elements is a list whose elements tell what they are and what they are not.
func elements(of *Shape) *Shape {
	return &Shape{Kind: List, Element: object(Member{"is", of}, Member{"isnt", of})}
}

// valueShape is what is told of one fact: its named values and its numbers.
func valueShape(f *facts.Fact) *Shape {
	s := object()
	for _, n := range f.Names {
		s.Members = append(s.Members, Member{n, truth})
	}
	switch f.Kind {
	case facts.Amount:
		s.Members = append(s.Members, span.Members...)
	case facts.Day:
		s.Members = append(s.Members, Member{"days", span}, Member{"months", span})
	case facts.Texts, facts.Objects:
		s.Members = append(s.Members, Member{"size", span})
	case facts.Choice:
		if f.Field.IsList() {
			s.Members = append(s.Members, Member{"size", span})
		}
	case facts.Text:
	}
	return s
}

// countShape is how many columns have each value of a fact.
func countShape(f *facts.Fact) *Shape {
	s := object()
	for _, n := range f.Names {
		s.Members = append(s.Members, Member{n, span})
	}
	return s
}

// TallyShape is the input of the decision (internal/engine/decide.go).
func TallyShape(c *checklist.Catalogue) *Shape {
	levels, items, themes := &Shape{Name: "levels"}, object(), object()
	for _, l := range c.Policy.Levels.Names {
		levels.Members = append(levels.Members, Member{l.Level, number})
	}
	for i := range c.Risk.Items {
		items.Members = append(items.Members, Member{c.Risk.Items[i].ID, truth})
	}
	for _, t := range c.Risk.Themes {
		themes.Members = append(themes.Members, Member{t.Code, levels})
	}
	measure := object(Member{"code", text}, Member{"status", text}, Member{"params", &Shape{Element: text}})
	return object(
		Member{"blocked", truth}, Member{"undecided", truth}, Member{"people", truth}, Member{"assets", truth},
		Member{"unknown_items", number}, Member{"value", number}, Member{"readiness", number},
		Member{"levels", levels}, Member{"failing", items}, Member{"themes", themes},
		Member{"channel", object(Member{"named", truth}, Member{"basis", truth})},
		Member{"measures", &Shape{Kind: List, Element: measure}},
		Member{"what_if", object(Member{"outcome", text}, Member{"same_product", truth})},
	)
}
