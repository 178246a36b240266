package main

import (
	"cmp"
	"slices"

	"puntari/internal/checklist"
	"puntari/internal/lint"
	"puntari/internal/schema"
)

// factsSchema writes the schema of the facts that policies read. The objects
// are closed, so that a misspelt fact, value or group is an error of
// `opa check --schema`.
func factsSchema(c *checklist.Catalogue) ([]byte, error) {
	s, err := lint.FactsShape(c)
	if err != nil {
		return nil, err
	}
	w := newShapeWriter(s, "facts")
	o := schema.Object{{Name: "$schema", Value: "http://json-schema.org/draft-07/schema#"}, {Name: "title", Value: "What policies read of a dataset"}}
	o = append(o, w.body(s)...)
	o.Add("definitions", w.definitions)
	return o.Indented()
}

// tallySchema writes the schema of what the decision reads. `opa test policies`
// takes both schemas for data and lays them over each other; so no name at the
// top of this one may be at the top of the other, but for the definitions.
func tallySchema(c *checklist.Catalogue) ([]byte, error) {
	s := lint.TallyShape(c)
	w := newShapeWriter(s, "tally")
	w.definitions.Add("tally", w.body(s))
	return schema.Object{{Name: "$ref", Value: "#/definitions/tally"}, {Name: "definitions", Value: w.definitions}}.Indented()
}

// shapeWriter writes a shape as a schema. A shape that is there more than once is
// written once, under definitions.
type shapeWriter struct {
	used        map[*lint.Shape]int
	name        map[*lint.Shape]string
	definitions schema.Object
	written     []*lint.Shape
}

func newShapeWriter(top *lint.Shape, name string) *shapeWriter {
	w := &shapeWriter{used: map[*lint.Shape]int{}, name: map[*lint.Shape]string{}}
	w.count(top, name)
	return w
}

// count finds the shapes that are used more than once and where they are first.
func (w *shapeWriter) count(s *lint.Shape, at string) {
	if w.used[s]++; w.used[s] > 1 {
		return
	}
	w.name[s] = cmp.Or(s.Name, at)
	for _, m := range s.Members {
		w.count(m.Shape, at+"."+m.Name)
	}
	if s.Element != nil {
		w.count(s.Element, at+".*")
	}
}

// shape writes a shape, or a reference to its definition.
func (w *shapeWriter) shape(s *lint.Shape) schema.Object {
	if w.used[s] < 2 || len(s.Members) == 0 {
		return w.body(s)
	}
	ref := schema.Object{{Name: "$ref", Value: "#/definitions/" + w.name[s]}}
	if !slices.Contains(w.written, s) {
		w.written = append(w.written, s)
		w.definitions.Add(w.name[s], w.body(s))
	}
	return ref
}

func (w *shapeWriter) body(s *lint.Shape) schema.Object {
	switch s.Kind {
	case lint.Truth:
		return schema.Object{{Name: "type", Value: "boolean"}}
	case lint.Number:
		return schema.Object{{Name: "type", Value: "number"}}
	case lint.String:
		return schema.Object{{Name: "type", Value: "string"}}
	case lint.List:
		return schema.Object{{Name: "type", Value: "array"}, {Name: "items", Value: w.shape(s.Element)}}
	case lint.Object:
	}
	o := schema.Object{{Name: "type", Value: "object"}}
	properties := schema.Object{}
	for _, m := range s.Members {
		properties.Add(m.Name, w.shape(m.Shape))
	}
	o.Add("properties", properties)
	if s.Element != nil {
		o.Add("additionalProperties", w.shape(s.Element))
	} else {
		o.Add("additionalProperties", false)
	}
	return o
}
