package reference

import (
	"fmt"
	"maps"
	"puntari/internal/checklist"
	"slices"
	"strings"
)

// fields is the reference of the fields.
func (p *page) fields() {
	p.title("descriptor.title")
	p.paragraph(p.say("version", "version", p.Descriptor.Version))
	p.paragraph(p.say("descriptor.intro"))
	p.paragraph(p.say("descriptor.unknown"))
	p.paragraph(p.say("descriptor.asking"))
	p.paragraph(p.say("descriptor.start", "example", p.top()+"../examples/park-benches.yaml", "guide", "stewards.md"))
	p.heading(2, "", p.say("contents"))
	p.line("")
	for _, s := range p.Descriptor.Sections {
		p.line("- [" + s.Label.In(p.lang) + "](#" + s.ID + ")")
	}
	for _, f := range p.fieldsOf("descriptorVersion") {
		p.describe(f) // it stands before the sections
	}
	for _, s := range p.Descriptor.Sections {
		p.heading(2, s.ID, s.Label.In(p.lang))
		if s.ID == "schema" {
			p.paragraph(p.say("descriptor.columns"))
		}
		for _, f := range p.fieldsOf(s.ID) {
			p.describe(f)
		}
	}
}

func (p *page) fieldsOf(section string) []*checklist.Field {
	var out []*checklist.Field
	for i := range p.Descriptor.Fields {
		if f := &p.Descriptor.Fields[i]; f.Section() == section {
			out = append(out, f)
		}
	}
	return out
}

// anchorOf is the place of a field on the page of the fields.
func anchorOf(f *checklist.Field) string { return strings.ReplaceAll(f.Path, "[]", "") }

// describe writes everything about a field.
func (p *page) describe(f *checklist.Field) {
	p.heading(3, anchorOf(f), f.Label.In(p.lang))
	p.paragraph(p.code(f.Path))
	if q := f.Question.In(p.lang); q != "" {
		p.paragraph("**" + q + "**")
	}
	p.paragraph(f.Help.In(p.lang))
	p.line("")
	p.entry(p.say("field.type"), p.kind(f))
	p.entry(p.say("field.needed"), p.needed(f))
	p.entry(p.say("field.range"), p.limits(f))
	p.entry(p.say("field.asked"), p.asked(f))
	p.entry(p.say("field.not_asked"), p.notAsked(f))
	if f.OnlyWhen != nil {
		p.entry(p.say("field.counts"), p.fieldIs(f.OnlyWhen.Path, f.OnlyWhen.Value))
	}
	if f.SameAs != "" {
		p.entry(p.say("field.same_as"), p.code(f.SameAs))
	}
	if f.Example != "" {
		p.entry(p.say("field.example"), p.code(f.Example))
	}
	if f.AlignedWith != "" {
		p.entry(p.say("field.standard"), p.code(f.AlignedWith))
	}
	if f.Producer != "" {
		p.entry(p.say("field.producer"), p.say("producer."+f.Producer))
	}
	var rows [][]string
	for _, v := range f.Values {
		rows = append(rows, []string{p.code(v.Value), v.Label.In(p.lang)})
	}
	p.table([]string{p.say("value"), p.say("meaning")}, rows)
}

// kind says what an answer looks like.
func (p *page) kind(f *checklist.Field) string {
	s := p.say("type." + f.Type)
	if !f.IsList() || f.ElementType() == "object" && f.Producer == "" {
		return s
	}
	if f.EmptyIsNoAnswer {
		return s + ". " + p.say("field.empty_is_no_answer")
	}
	return s + ". " + p.say("field.empty_is_answer")
}

func (p *page) needed(f *checklist.Field) string {
	switch {
	case f.Required && f.ListPath() != "":
		return p.say("needed.required_in_entry")
	case f.Required:
		return p.say("needed.required")
	case f.Essential:
		return p.say("needed.essential")
	}
	return ""
}

func (p *page) limits(f *checklist.Field) string {
	switch {
	case f.Min != nil && f.Max != nil:
		return p.say("range.both", "min", p.number(*f.Min), "max", p.number(*f.Max))
	case f.Min != nil:
		return p.say("range.min", "min", p.number(*f.Min))
	case f.Max != nil:
		return p.say("range.max", "max", p.number(*f.Max))
	}
	return ""
}

// asked says when the question is asked.
func (p *page) asked(f *checklist.Field) string {
	var s string
	switch f.AskWhen {
	case "always":
		s = p.say("asked_always")
	case "never":
		if f.Required {
			return ""
		}
		s = p.say("asked_never")
	case "":
		s = p.say("asked_with_entry")
	default:
		s = p.ruleTitle("asked." + f.AskWhen)
	}
	if len(f.AskOf) == 0 {
		return s
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(f.AskOf)) {
		parts = append(parts, p.fieldIs("schema.fields[]."+name, f.AskOf[name]...))
	}
	return s + "; " + p.say("asked_of", "conditions", strings.Join(parts, " "+p.say("or")+" "))
}

// fieldIs says that a field has one of some values.
func (p *page) fieldIs(path string, values ...string) string {
	f := p.Descriptor.Field(path)
	if f == nil {
		p.fail("%s is not a field", path)
		return path
	}
	var labels []string
	for _, v := range values {
		labels = append(labels, `"`+p.valueLabel(f, v)+`"`)
	}
	return p.say("is", "field", `"`+f.Label.In(p.lang)+`"`, "values", strings.Join(labels, " "+p.say("or")+" "))
}

// veryLarge is where the numbers begin that stand for "no limit is missed".
const veryLarge = 99_999

// notAsked says what is taken for granted when the question is not asked.
func (p *page) notAsked(f *checklist.Field) string {
	if f.AskWhen == "always" || f.AskWhen == "" {
		return ""
	}
	switch v := f.WhenNotAsked.(type) {
	case nil:
		if f.AskWhen == "never" {
			return ""
		}
		return p.say("not_asked.nothing")
	case string:
		if f.Type == "duration" {
			return p.say("not_asked.long")
		}
		return p.valueLabel(f, v)
	case []any:
		if len(v) == 0 {
			return p.say("not_asked.empty")
		}
		var labels []string
		for _, e := range v {
			labels = append(labels, p.valueLabel(f, fmt.Sprint(e)))
		}
		return strings.Join(labels, ", ")
	case int:
		if v > veryLarge {
			return p.say("not_asked.large")
		}
		return p.number(float64(v))
	case float64:
		return p.number(v)
	}
	p.fail("%s: whenNotAsked has an unknown kind", f.Path)
	return ""
}
