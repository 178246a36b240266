package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
)

// generator makes descriptors with a random answer to every field, or none.
type generator struct {
	*rand.Rand
	c *checklist.Catalogue
	// open is the share of fields without an answer.
	open float64
}

func newGenerator(c *checklist.Catalogue, seed uint64, open float64) *generator {
	return &generator{rand.New(rand.NewPCG(seed, 7)), c, open}
}

// dataset makes a descriptor; it has no measures, so that nothing but its facts
// decides.
func (g *generator) dataset() *descriptor.Dataset {
	d := &descriptor.Dataset{}
	for i := range g.c.Descriptor.Fields {
		f := &g.c.Descriptor.Fields[i]
		if strings.Contains(f.Path, "[]") || f.SameAs != "" || f.Section() == "assessment" || f.Type == "object" {
			continue
		}
		if g.Float64() >= g.open {
			must(d.Set(f.Path, g.value(f)))
		}
	}
	must(d.Set("dataset.identifier", fmt.Sprintf("random-%d", g.IntN(1e9))))
	for i := range g.IntN(5) {
		c := descriptor.Column{}
		must(c.Set("name", fmt.Sprintf("c%d", i)))
		g.column(&c)
		d.Schema.Fields = append(d.Schema.Fields, c)
	}
	for i := range d.Evidence.Columns { // a file with the columns that are described
		d.Evidence.Columns[i].Name = nil
		if i < len(d.Schema.Fields) {
			d.Evidence.Columns[i].Name = d.Schema.Fields[i].Name
		}
	}
	return d
}

func (g *generator) column(c *descriptor.Column) {
	for i := range g.c.Descriptor.Fields {
		f := &g.c.Descriptor.Fields[i]
		name, ok := strings.CutPrefix(f.Path, facts.ColumnPrefix)
		if ok && name != "name" && g.Float64() >= g.open {
			must(c.Set(name, g.value(f)))
		}
	}
}

// value is a random answer to a field, never "unknown".
func (g *generator) value(f *checklist.Field) any {
	if f.Type == "list<object>" {
		return g.entries(f)
	}
	if f.IsList() {
		out := []string{}
		for range g.IntN(3) {
			if v := g.text(f); !slices.Contains(out, v) && v != "dropped" {
				out = append(out, v)
			}
		}
		if len(out) == 0 && f.EmptyIsNoAnswer {
			return []string{g.text(f)}
		}
		return out
	}
	switch f.Type {
	case "integer", "number":
		top := 30.0
		if f.Max != nil {
			top = *f.Max
		}
		return []float64{0, 1, 2, 4, 5, 9, 10, 99, 100, 999, 1000, 20000, top}[g.IntN(13)]
	case "langMap":
		return map[string]string{"en": "Text"}
	case "object":
		return nil
	}
	return g.text(f)
}

func (g *generator) text(f *checklist.Field) string {
	switch f.ElementType() {
	case "tri":
		return []string{"yes", "no"}[g.IntN(2)]
	case "date":
		return fmt.Sprintf("20%02d-%02d-15", 20+g.IntN(12), 1+g.IntN(12))
	case "duration":
		return []string{"PT0S", "PT12H", "P1D", "P30D"}[g.IntN(4)]
	}
	var values []string
	for _, v := range f.Values {
		values = append(values, v.Value)
	}
	for _, group := range f.Groups {
		values = append(values, group...)
	}
	for _, m := range f.Markers {
		values = append(values, m)
	}
	slices.Sort(values) // the maps above have no order
	if len(values) == 0 || f.ElementType() == "string" && g.IntN(4) == 0 {
		return []string{"something", ""}[min(g.IntN(4), 1)^1]
	}
	return values[g.IntN(len(values))]
}

func (g *generator) entries(list *checklist.Field) any {
	out := []map[string]any{}
	for range g.IntN(3) {
		e := map[string]any{}
		for i := range g.c.Descriptor.Fields {
			f := &g.c.Descriptor.Fields[i]
			if name, ok := strings.CutPrefix(f.Path, list.Path+"[]."); ok && g.Float64() >= g.open {
				e[name] = g.value(f)
			}
		}
		out = append(out, e)
	}
	return out
}

// answer gives an open question a random answer.
func (g *generator) answer(d *descriptor.Dataset, path string) {
	if name, attribute, ok := columnPath(path); ok {
		for i := range d.Schema.Fields {
			if text(d.Schema.Fields[i].Name) == name {
				must(d.Schema.Fields[i].Set(attribute, g.value(g.c.Descriptor.Field(facts.ColumnPrefix+attribute))))
			}
		}
		return
	}
	if path == "schema.fields" {
		c := descriptor.Column{}
		must(c.Set("name", "c0"))
		closed := *g
		closed.open = 0
		closed.column(&c)
		d.Schema.Fields = []descriptor.Column{c}
		return
	}
	if list, _, ok := strings.Cut(path, "[]."); ok {
		path = list
	}
	f := g.c.Descriptor.Field(path)
	if f == nil {
		panic("a question about " + path)
	}
	closed := *g
	closed.open = 0
	must(d.Set(path, closed.value(f)))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
