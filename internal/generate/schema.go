package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/schema"
)

// assessmentSchema writes the JSON Schema of an assessment from the types of
// package assessment; their comments are the descriptions.
func assessmentSchema(c *checklist.Catalogue) ([]byte, error) {
	comments, err := readComments("puntari/internal/assessment")
	if err != nil {
		return nil, err
	}
	w := &schemaWriter{comments: comments, values: assessmentValues(c), written: map[string]schema.Object{}}
	top, err := w.object(reflect.TypeFor[assessment.Assessment]())
	if err != nil {
		return nil, err
	}
	for at := range w.values {
		if !slices.Contains(w.used, at) {
			return nil, fmt.Errorf("the values of %s are given, but there is no such field", at)
		}
	}
	o := schema.Object{
		{Name: "$schema", Value: schema.Dialect},
		{Name: "$id", Value: "urn:puntari:assessment:" + strings.TrimPrefix(assessment.Format, "puntari-assessment/")},
		{Name: "title", Value: "Puntari assessment"},
	}
	o = append(o, top...)
	defs := schema.Object{}
	for _, name := range w.order {
		defs.Add(name, w.written[name])
	}
	o.Add("$defs", defs)
	return o.Indented()
}

// assessmentValues gives what the fields whose Go type is a plain string may hold.
func assessmentValues(c *checklist.Catalogue) map[string]schema.Object {
	enum := func(codes ...string) schema.Object { return schema.Object{{Name: "enum", Value: codes}} }
	pattern := func(p string) schema.Object {
		return schema.Object{{Name: "type", Value: "string"}, {Name: "pattern", Value: p}}
	}
	var outcomes, levels, priorities []string
	for _, o := range c.Policy.Outcomes {
		outcomes = append(outcomes, o.Code)
	}
	for _, l := range c.Policy.Levels.Names {
		levels = append(levels, l.Level)
	}
	for _, p := range c.Policy.Priorities {
		priorities = append(priorities, p.Code)
	}
	results := []string{assessment.Pass, assessment.Concern, assessment.Fail, assessment.Unknown, assessment.NotApplicable}
	const day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
	digest := pattern("^sha256:[0-9a-f]{64}$")
	return map[string]schema.Object{
		"Assessment.Format":         {{Name: "const", Value: assessment.Format}},
		"Assessment.Date":           pattern(day),
		"NotInForce.ValidFrom":      pattern(day),
		"NotInForce.ValidTo":        pattern(day),
		"Assessment.Stage":          enum("draft", "decision"),
		"Assessment.Outcome":        enum(outcomes...),
		"Assessment.RiskLevel":      enum(levels...),
		"Assessment.ValueLevel":     enum(levels...),
		"Assessment.ReadinessLevel": enum(levels...),
		"Assessment.Priority":       enum(priorities...),
		"Bounds.Best":               enum(outcomes...),
		"Bounds.Worst":              enum(outcomes...),
		"Digests.Descriptor":        digest,
		"Digests.Policies":          digest,
		"Digests.Checklists":        digest,
		"Digests.Parameters":        digest,
		"Interval.Low":              {{Name: "type", Value: "integer"}, {Name: "minimum", Value: 0}, {Name: "maximum", Value: 100}},
		"Interval.High":             {{Name: "type", Value: "integer"}, {Name: "minimum", Value: 0}, {Name: "maximum", Value: 100}},
		"Item.Result":               enum(results...),
		"Item.Possible":             enum(results...),
		"Item.Level":                enum(levels...),
		"Item.WhatIf":               enum(results...),
		"Reference.Read":            enum("read", "partly", "recalled"),
		"WhatIf.Outcome":            enum(outcomes...),
		"WhatIf.RiskLevel":          enum(levels...),
		"Change.Before":             enum(results...),
		"Change.After":              enum(results...),
		"Changes.Outcome":           enum(outcomes...),
		"Fact.State":                enum(assessment.Answered, assessment.SaidUnknown, assessment.NotAnswered, assessment.TakenForGiven, assessment.Doubted),
	}
}

type schemaWriter struct {
	comments map[string]string        // by type, and by type and field
	values   map[string]schema.Object // by type and field
	used     []string
	written  map[string]schema.Object // the definitions, by type
	order    []string
}

// object is the schema of a struct.
func (w *schemaWriter) object(t reflect.Type) (schema.Object, error) {
	o, props, required := schema.Object{}, schema.Object{}, []string{}
	if text := w.comments[t.Name()]; text != "" {
		o.Add("description", text)
	}
	for i := range t.NumField() {
		f := t.Field(i)
		at := t.Name() + "." + f.Name
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" || f.Anonymous {
			return nil, fmt.Errorf("%s has no JSON name", at)
		}
		optional := options == "omitempty" || options == "omitzero"
		if !optional {
			required = append(required, name)
		}
		value, err := w.value(f.Type, at)
		if err != nil {
			return nil, err
		}
		if f.Type.Kind() == reflect.Pointer && !optional {
			value = schema.Object{{Name: "anyOf", Value: []any{value, schema.Object{{Name: "type", Value: "null"}}}}}
		}
		p := schema.Object{}
		if text := w.comments[at]; text != "" && value[0].Name != "const" {
			p.Add("description", jsonNames(t, text))
		}
		props.Add(name, append(p, value...))
	}
	o.Add("type", "object")
	o.Add("properties", props)
	o.Add("required", required)
	o.Add("additionalProperties", false)
	return o, nil
}

var word = regexp.MustCompile(`[A-Za-z]+`)

// jsonNames puts the JSON names of the fields of a struct in place of the Go names.
func jsonNames(t reflect.Type, text string) string {
	return word.ReplaceAllStringFunc(text, func(s string) string {
		if f, ok := t.FieldByName(s); ok {
			s, _, _ = strings.Cut(f.Tag.Get("json"), ",")
		}
		return s
	})
}

// value is the schema of a value of a Go type, which stands in the field at.
func (w *schemaWriter) value(t reflect.Type, at string) (schema.Object, error) {
	typed := func(name string) schema.Object { return schema.Object{{Name: "type", Value: name}} }
	if t == reflect.TypeFor[json.RawMessage]() {
		return typed("object"), nil
	}
	switch t.Kind() {
	case reflect.String:
		if v, ok := w.values[at]; ok {
			w.used = append(w.used, at)
			return v, nil
		}
		return typed("string"), nil
	case reflect.Int:
		if v, ok := w.values[at]; ok {
			w.used = append(w.used, at)
			return v, nil
		}
		return typed("integer"), nil
	case reflect.Float64:
		return typed("number"), nil
	case reflect.Bool:
		return typed("boolean"), nil
	case reflect.Pointer:
		return w.value(t.Elem(), at)
	case reflect.Slice:
		items, err := w.value(t.Elem(), at)
		return append(typed("array"), schema.Member{Name: "items", Value: items}), err
	case reflect.Map:
		values, err := w.value(t.Elem(), at)
		return append(typed("object"), schema.Member{Name: "additionalProperties", Value: values}), err
	case reflect.Struct:
		if _, ok := w.written[t.Name()]; !ok {
			w.written[t.Name()] = nil
			w.order = append(w.order, t.Name())
			o, err := w.object(t)
			if err != nil {
				return nil, err
			}
			w.written[t.Name()] = o
		}
		return schema.Object{{Name: "$ref", Value: "#/$defs/" + t.Name()}}, nil
	}
	return nil, fmt.Errorf("%s: no JSON Schema for the Go type %s", at, t)
}

// readComments returns the comments of the types of a package and of their
// fields, as plain text without line breaks.
func readComments(path string) (map[string]string, error) {
	pkg, err := build.Import(path, ".", 0)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range pkg.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(pkg.Dir, name), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, path)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, t := range p.Types {
		out[t.Name] = plainComment(p, t.Doc)
		for _, spec := range t.Decl.Specs {
			s, ok := spec.(*ast.TypeSpec).Type.(*ast.StructType)
			if !ok {
				continue
			}
			for _, f := range s.Fields.List {
				for _, n := range f.Names {
					out[t.Name+"."+n.Name] = plainComment(p, f.Doc.Text())
				}
			}
		}
	}
	return out, nil
}

// plainComment is a comment as one line of text, links as their names.
func plainComment(p *doc.Package, text string) string {
	printer := &comment.Printer{TextWidth: -1}
	return strings.Join(strings.Fields(string(printer.Text(p.Parser().Parse(text)))), " ")
}
