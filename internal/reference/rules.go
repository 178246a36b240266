package reference

import (
	"slices"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/engine"
)

// ruleTitle is what a rule says of itself, in words: its title in the language
// where there are words for it. The English words of the core are the title
// itself, so that the two cannot part.
func (p *page) ruleTitle(name string) string {
	title := p.notes[name].Title
	key := "docs." + name
	t, ok := p.Messages[key]
	switch {
	case title == "":
		p.fail("policies: %s has no title", name)
	case ok && t["en"] != title:
		p.fail("checklists/messages/docs.yaml: %s says %q, its title in the policies is %q", key, t["en"], title)
	case ok:
		return t.In(p.lang)
	}
	return title
}

// isPrivate tells whether a rule is a helper, whose words are those of its bodies.
func isPrivate(name string) bool {
	name, _, _ = strings.Cut(name, " ")
	return strings.HasPrefix(name[strings.LastIndexByte(name, '.')+1:], "_")
}

// ways puts a rule into words, each of its ways by itself.
func (p *page) ways(rule string) []string {
	r, ok := p.engine.Read(rule)
	if !ok || r.Opaque {
		return []string{p.say("rule.opaque", "rule", p.notes[rule].Source)}
	}
	var out []string
	for _, way := range r.Ways {
		out = append(out, p.conjunction(way))
	}
	return out
}

func (p *page) conjunction(way []engine.Condition) string {
	var parts []string
	for i := range way {
		parts = append(parts, p.condition(&way[i], len(way) > 1))
	}
	return strings.Join(parts, p.joint("and"))
}

// joint stands between the parts of a sentence.
func (p *page) joint(key string) string {
	if p.plain {
		return " " + p.say(key) + " "
	}
	return " **" + p.say(key) + "** "
}

// condition puts one condition into words; within says that others stand beside it.
func (p *page) condition(c *engine.Condition, within bool) string {
	switch {
	case c.Rule != "" && isPrivate(c.Rule):
		ways := p.ways(c.Rule)
		if r, ok := p.engine.Read(c.Rule); ok && !r.Opaque && len(ways) > 1 {
			for i := range ways {
				if len(r.Ways[i]) > 1 {
					ways[i] = "(" + ways[i] + ")"
				}
			}
			s := strings.Join(ways, p.joint("or"))
			if within {
				return "(" + s + ")"
			}
			return s
		}
		return ways[0]
	case c.Rule != "":
		title := p.ruleTitle(c.Rule)
		if _, name, ok := strings.Cut(c.Rule, "conditions."); ok {
			title = p.link(title, "condition-"+name)
		}
		return title
	case c.Fact != nil:
		return p.factIs(c.Fact)
	case c.Compare != nil:
		return p.comparison(c.Compare)
	}
	inner, key := p.conjunction(c.Each.Conditions), "rule.one_entry"
	if c.Each.List == "" {
		key = "rule.one_column"
	}
	s := p.say(key, "list", p.fieldLabel(c.Each.List), "conditions", inner)
	if within && len(c.Each.Conditions) > 1 {
		return "(" + s + ")"
	}
	return s
}

func quoted(s string) string { return `"` + s + `"` }

// fieldLabel names a field in quotation marks, or something computed in words.
func (p *page) fieldLabel(path string) string {
	if path == "" {
		return ""
	}
	if f := p.Descriptor.Field(path); f != nil {
		return quoted(f.Label.In(p.lang))
	}
	return p.say("fact." + path)
}

func (p *page) factIs(f *engine.FactIs) string {
	field := p.Descriptor.Field(f.Path)
	key := "rule.is"
	if f.Column {
		key = "rule.column"
	}
	set := f.Name == "set" && (field == nil || !slices.ContainsFunc(field.Values, func(v checklist.Value) bool { return v.Value == "set" }))
	switch {
	case set:
		key = "rule.given"
	case !f.Column && field != nil && field.IsList():
		key = "rule.has"
	}
	if f.Not {
		key += "_not"
	}
	if f.Proven {
		key += "_proven"
	}
	return p.say(key, "field", p.fieldLabel(f.Path), "values", p.valuesOf(field, f.Name))
}

// maxValues is how many values of a group are listed; a longer group is cut, as
// the reference of the fields has them all.
const maxValues = 8

// valuesOf lists the values that a name stands for.
func (p *page) valuesOf(f *checklist.Field, name string) string {
	if f == nil {
		return name
	}
	if text, ok := f.Markers[name]; ok {
		return quoted(text)
	}
	values, ok := f.Groups[name]
	if !ok {
		return quoted(p.valueLabel(f, name))
	}
	var out []string
	for _, v := range values[:min(len(values), maxValues)] {
		out = append(out, quoted(p.valueLabel(f, v)))
	}
	s := strings.Join(out, " "+p.say("or")+" ")
	if len(out) > 2 {
		s = strings.Join(out[:len(out)-1], ", ") + " " + p.say("or") + " " + out[len(out)-1]
	}
	if n := len(values) - len(out); n > 0 {
		s += " " + p.say("rule.more", "count", p.number(float64(n)), "group", name)
	}
	return s
}

var comparisons = map[string]string{"<": "below", "<=": "at_most", ">": "above", ">=": "at_least", "=": "equal", "!=": "not_equal"}

func (p *page) comparison(c *engine.Comparison) string {
	if c.Left.Part == "size" && c.Right.Path == "" && c.Right.Param == "" && c.Operator == "<=" && c.Right.Constant == 0 {
		return p.say("rule.empty", "field", p.fieldLabel(c.Left.Path))
	}
	if c.Left.Part == "size" && c.Right.Path == "" && c.Right.Param == "" && c.Operator == ">" && c.Right.Constant == 0 {
		return p.say("rule.not_empty", "field", p.fieldLabel(c.Left.Path))
	}
	return p.say("rule."+comparisons[c.Operator], "left", p.quantity(&c.Left), "right", p.quantity(&c.Right))
}

func (p *page) quantity(q *engine.Quantity) string {
	switch {
	case q.Param != "":
		return p.number(q.Constant) + " (" + p.Policy.Params[q.Param].Label.In(p.lang) + ")"
	case q.Path == "":
		return p.number(q.Constant)
	case q.Count != "":
		return p.say("rule.count", "field", p.fieldLabel(q.Path), "values", p.valuesOf(p.Descriptor.Field(q.Path), q.Count))
	case q.Part != "":
		if f := p.Descriptor.Field(q.Path); q.Part != "size" && f != nil && f.Type == "date" {
			return p.say("rule.age_"+q.Part, "field", p.fieldLabel(q.Path))
		}
		return p.say("rule."+q.Part, "field", p.fieldLabel(q.Path))
	}
	return p.fieldLabel(q.Path)
}

// conditionsOf are the conditions that several items speak of, in the order of
// their names.
func (p *page) conditionsOf() []string {
	var out []string
	for name := range p.notes {
		if rest, ok := strings.CutPrefix(name, "conditions."); ok && !isPrivate(name) {
			out = append(out, rest)
		}
	}
	slices.Sort(out)
	return out
}

// conditions writes the conditions in words, for the links from the rules.
func (p *page) conditions() {
	p.heading(2, "conditions", p.say("conditions"))
	p.paragraph(p.say("conditions.intro"))
	for _, name := range p.conditionsOf() {
		p.heading(3, "condition-"+name, p.ruleTitle("conditions."+name))
		p.rule("conditions." + name)
	}
}

// rule writes the ways of a rule as a list; one that has no words as it stands.
func (p *page) rule(name string) {
	if r, ok := p.engine.Read(name); ok && r.Opaque {
		p.line("")
		p.line("```rego")
		p.line(p.notes[name].Source)
		p.line("```")
		return
	}
	ways := p.ways(name)
	if len(ways) > 1 {
		p.line("")
		p.line(p.say("rule.any"))
	}
	p.line("")
	for _, w := range ways {
		p.line("- " + escape(w))
	}
}
