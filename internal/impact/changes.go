package impact

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/engine"
)

// Policy is one of the two policies that are compared.
type Policy struct {
	Catalogue *checklist.Catalogue
	Rules     fs.FS
	Engine    *engine.Engine
}

// The kinds of changes of a policy.
const (
	Param      = "param"      // a parameter
	Item       = "item"       // an attribute of an item, or the item itself
	Rule       = "rule"       // the rules of an item
	Condition  = "condition"  // a condition that items share
	Question   = "question"   // when a question is asked
	Decision   = "decision"   // how findings become an outcome
	Field      = "field"      // a field of the description
	Level      = "level"      // the levels of results and scores
	Scoring    = "scoring"    // how value and readiness are added up
	SignOff    = "signOff"    // who signs
	Mitigation = "mitigation" // what a change does to a description
	Lexicon    = "lexicon"    // names of columns that raise a doubt
	Texts      = "texts"      // words, which decide nothing
)

// Change is one thing in which two policies differ.
type Change struct {
	Kind string `json:"kind"`
	// Name is the parameter, item, rule or field.
	Name string `json:"name,omitempty"`
	// Attribute is what of it differs, as it is called in the checklists;
	// "added" or "removed" where the thing itself is on one side only.
	Attribute string `json:"attribute,omitempty"`
	// Before and After are the values, "" where they are too long to show.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Items are the items whose results can differ by it.
	Items []string `json:"items,omitempty"`
	// Decides says that it can change the outcome, the risk level, who signs or the
	// queue by itself, Scores that it can change value and readiness.
	Decides bool `json:"decides,omitempty"`
	// Measured says that it takes part when data files are measured, and no rule reads
	// it: what was measured before stays until it is measured again.
	Measured bool `json:"measured,omitempty"`
	Scores   bool `json:"scores,omitempty"`
}

const (
	added   = "added"
	removed = "removed"
)

// differ compares two policies.
type differ struct {
	old, new *Policy
	changes  []Change
	// uses are what each item rests on, in either policy.
	uses   map[string]*engine.Uses
	graphs [2]*engine.Graph
}

// Diff lists in what two policies differ.
func Diff(old, new *Policy) ([]Change, error) {
	d := &differ{old: old, new: new, uses: map[string]*engine.Uses{}}
	for i, p := range []*Policy{old, new} {
		d.graphs[i] = p.Engine.Graph()
		for _, it := range items(p.Catalogue) {
			_, rules := p.Engine.Rows(it.ID)
			d.use(it.ID, d.graphs[i].Uses(rules...))
		}
		d.use("", d.graphs[i].Uses("decision"))
	}
	d.params()
	d.items()
	if err := d.rules(); err != nil {
		return nil, err
	}
	d.fields()
	d.policy()
	d.rest()
	d.texts()
	return d.changes, nil
}

// use adds what an item rests on; "" stands for the decision.
func (d *differ) use(id string, u engine.Uses) {
	have := d.uses[id]
	if have == nil {
		d.uses[id] = &u
		return
	}
	join := func(a, b []string) []string { return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b)))) }
	have.Rules, have.Params, have.Facts = join(have.Rules, u.Rules), join(have.Params, u.Params), join(have.Facts, u.Facts)
}

// affected are the items that rest on something, and whether the decision does.
func (d *differ) affected(on func(*engine.Uses) []string, name string) (ids []string, decides bool) {
	for _, id := range slices.Sorted(maps.Keys(d.uses)) {
		if _, found := slices.BinarySearch(on(d.uses[id]), name); !found {
			continue
		}
		if id == "" {
			decides = true
		} else {
			ids = append(ids, id)
		}
	}
	return ids, decides
}

func usedRules(u *engine.Uses) []string  { return u.Rules }
func usedParams(u *engine.Uses) []string { return u.Params }
func usedFacts(u *engine.Uses) []string  { return u.Facts }

func (d *differ) add(c Change) { d.changes = append(d.changes, c) }

func items(c *checklist.Catalogue) []*checklist.Item {
	var out []*checklist.Item
	for _, l := range []*checklist.Checklist{&c.Risk, &c.Opportunity} {
		for i := range l.Items {
			out = append(out, &l.Items[i])
		}
	}
	return out
}

// keys are the keys of two maps, each once, in order.
func keys[T any](a, b map[string]T) []string {
	all := slices.Collect(maps.Keys(a))
	for k := range b {
		if _, ok := a[k]; !ok {
			all = append(all, k)
		}
	}
	slices.Sort(all)
	return all
}

// longest is how long a value may be to be shown.
const longest = 60

// shown is a value for people, "" when it is too long or nothing.
func shown(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	}
	data, err := json.Marshal(v)
	if err != nil || len(data) > longest || string(data) == "null" {
		return ""
	}
	return string(data)
}

func (d *differ) params() {
	a, b := d.old.Catalogue.Policy.Params, d.new.Catalogue.Policy.Params
	for _, name := range keys(a, b) {
		x, inOld := a[name]
		y, inNew := b[name]
		c := Change{Kind: Param, Name: name}
		c.Items, c.Decides = d.affected(usedParams, name)
		if measured := slices.Concat(x.Measured, y.Measured); len(c.Items) == 0 && !c.Decides {
			c.Measured = len(measured) > 0
			for _, f := range measured {
				ids, _ := d.affected(usedFacts, f)
				c.Items = append(c.Items, ids...)
			}
			slices.Sort(c.Items)
			c.Items = slices.Compact(c.Items)
		}
		switch {
		case !inOld:
			c.Attribute, c.After = added, shown(y.Value)
		case !inNew:
			c.Attribute, c.Before = removed, shown(x.Value)
		case x.Value != y.Value:
			c.Attribute, c.Before, c.After = "value", shown(x.Value), shown(y.Value)
		case !sameDates(x.Dated, y.Dated):
			c.Attribute, c.Before, c.After = "dated", dates(x.Dated), dates(y.Dated)
		default:
			continue
		}
		d.add(c)
	}
}

func sameDates(a, b []checklist.DatedValue) bool {
	return slices.EqualFunc(a, b, func(x, y checklist.DatedValue) bool { return x.Value == y.Value && x.Validity == y.Validity })
}

func dates(list []checklist.DatedValue) string {
	var out []string
	for _, v := range list {
		out = append(out, shown(v.Value)+" "+v.ValidFrom+".."+v.ValidTo)
	}
	return strings.Join(out, ", ")
}

// items compares what the checklists say of the items, but for words.
func (d *differ) items() {
	a, b := map[string]*checklist.Item{}, map[string]*checklist.Item{}
	for _, it := range items(d.old.Catalogue) {
		a[it.ID] = it
	}
	for _, it := range items(d.new.Catalogue) {
		b[it.ID] = it
	}
	for _, id := range keys(a, b) {
		x, y := a[id], b[id]
		c := Change{Kind: Item, Name: id, Items: []string{id}, Decides: true}
		switch {
		case x == nil:
			c.Attribute, c.Scores = added, y.Severity == 0
			d.add(c)
			continue
		case y == nil:
			c.Attribute, c.Scores = removed, x.Severity == 0
			d.add(c)
			continue
		}
		for _, v := range []struct {
			attribute     string
			before, after any
			scores        bool
		}{
			{"severity", x.Severity, y.Severity, false}, {"hardStop", x.HardStop, y.HardStop, false}, {"alsoStops", x.AlsoStops, y.AlsoStops, false},
			{"procedural", x.Procedural, y.Procedural, false}, {"weight", x.Weight, y.Weight, true}, {"theme", x.Theme, y.Theme, true},
			{"mitigations", x.Mitigations, y.Mitigations, false}, {"validFrom", x.ValidFrom, y.ValidFrom, x.Severity == 0}, {"validTo", x.ValidTo, y.ValidTo, x.Severity == 0},
		} {
			if !same(v.before, v.after) {
				c := c
				c.Attribute, c.Before, c.After, c.Scores = v.attribute, shown(v.before), shown(v.after), v.scores
				d.add(c)
			}
		}
	}
}

// rules compares the rules by their text. What follows from a change of a helper
// shows at the items that rest on it.
func (d *differ) rules() error {
	a, err := engine.Notes(d.old.Rules)
	if err != nil {
		return err
	}
	b, err := engine.Notes(d.new.Rules)
	if err != nil {
		return err
	}
	for _, name := range keys(a, b) {
		x, inOld := a[name]
		y, inNew := b[name]
		if x.Source == y.Source {
			continue
		}
		c := Change{Name: name, Attribute: "rules"}
		switch {
		case !inOld:
			c.Attribute = added
		case !inNew:
			c.Attribute = removed
		}
		path, id, row := strings.Cut(name, " ")
		switch section, _, _ := strings.Cut(path, "."); {
		case row && section != "decision":
			if d.old.Catalogue.Item(id) == nil || d.new.Catalogue.Item(id) == nil {
				continue // the item was added or removed with its rules
			}
			c.Kind, c.Items = Rule, []string{id}
		case section == "decision":
			c.Kind, c.Decides = Decision, true
		case section == "asked":
			// Whether a question is asked changes what is known of its field, so any item
			// that reads one of these may differ.
			c.Kind = Question
			through := d.askedThrough(path)
			for _, f := range slices.Concat(d.old.Catalogue.Descriptor.Fields, d.new.Catalogue.Descriptor.Fields) {
				if slices.Contains(through, "asked."+f.AskWhen) {
					ids, _ := d.affected(usedFacts, f.Path)
					c.Items = append(c.Items, ids...)
				}
			}
			slices.Sort(c.Items)
			c.Items = slices.Compact(c.Items)
		default:
			c.Kind = Condition
			c.Items, c.Decides = d.affected(usedRules, name)
		}
		d.add(c)
	}
	return nil
}

// askedThrough are the conditions of questions that rest on a rule, itself among them.
func (d *differ) askedThrough(rule string) []string {
	var out []string
	for i, p := range []*Policy{d.old, d.new} {
		for k := range p.Catalogue.Descriptor.Fields {
			name := "asked." + p.Catalogue.Descriptor.Fields[k].AskWhen
			if !slices.Contains(out, name) && slices.Contains(d.graphs[i].Uses(name).Rules, rule) {
				out = append(out, name)
			}
		}
	}
	return out
}

// fields compares the fields of the description, but for words.
func (d *differ) fields() {
	a, b := map[string]*checklist.Field{}, map[string]*checklist.Field{}
	for i := range d.old.Catalogue.Descriptor.Fields {
		f := &d.old.Catalogue.Descriptor.Fields[i]
		a[f.Path] = f
	}
	for i := range d.new.Catalogue.Descriptor.Fields {
		f := &d.new.Catalogue.Descriptor.Fields[i]
		b[f.Path] = f
	}
	for _, path := range keys(a, b) {
		c := Change{Kind: Field, Name: path}
		c.Items, c.Decides = d.affected(usedFacts, path)
		x, y := a[path], b[path]
		switch {
		case x == nil:
			c.Attribute = added
			d.add(c)
			continue
		case y == nil:
			c.Attribute = removed
			d.add(c)
			continue
		}
		for _, v := range []struct {
			attribute     string
			before, after any
		}{
			{"type", x.Type, y.Type}, {"values", values(x), values(y)}, {"groups", x.Groups, y.Groups}, {"markers", x.Markers, y.Markers},
			{"min", x.Min, y.Min}, {"max", x.Max, y.Max}, {"askWhen", x.AskWhen, y.AskWhen}, {"askOf", x.AskOf, y.AskOf},
			{"whenNotAsked", shown(x.WhenNotAsked), shown(y.WhenNotAsked)}, {"onlyWhen", x.OnlyWhen, y.OnlyWhen}, {"emptyIsNoAnswer", x.EmptyIsNoAnswer, y.EmptyIsNoAnswer},
			{"required", x.Required, y.Required},
		} {
			if !same(v.before, v.after) {
				c := c
				c.Attribute, c.Before, c.After = v.attribute, shown(v.before), shown(v.after)
				d.add(c)
			}
		}
	}
}

func values(f *checklist.Field) []string {
	var out []string
	for _, v := range f.Values {
		out = append(out, v.Value)
	}
	return out
}

// policy compares levels, scoring and who signs.
func (d *differ) policy() {
	x, y := &d.old.Catalogue.Policy, &d.new.Catalogue.Policy
	for _, result := range keys(x.Levels.Item, y.Levels.Item) {
		for severity := 1; severity <= 5; severity++ {
			before, after := x.Levels.Item[result][severity], y.Levels.Item[result][severity]
			if before == after {
				continue
			}
			c := Change{Kind: Level, Name: fmt.Sprintf("%s %d", result, severity), Attribute: "level", Before: before, After: after, Decides: true}
			for _, it := range items(d.new.Catalogue) {
				if it.Severity == severity {
					c.Items = append(c.Items, it.ID)
				}
			}
			d.add(c)
		}
	}
	from := func(p *checklist.Policy) map[string]int {
		out := map[string]int{}
		for _, l := range p.Levels.Names {
			out[l.Level] = l.From
		}
		return out
	}
	for _, level := range keys(from(x), from(y)) {
		if before, after := from(x)[level], from(y)[level]; before != after {
			d.add(Change{Kind: Level, Name: level, Attribute: "from", Before: shown(before), After: shown(after), Scores: true})
		}
	}
	if !same(x.Scoring, y.Scoring) {
		d.add(Change{Kind: Scoring, Attribute: "scoring", Decides: true, Scores: true})
	}
	weights := func(c *checklist.Catalogue) map[string]float64 {
		out := map[string]float64{}
		for _, t := range c.Opportunity.Themes {
			out[t.Code+" "+t.Group] = t.Weight
		}
		return out
	}
	a, b := weights(d.old.Catalogue), weights(d.new.Catalogue)
	for _, theme := range keys(a, b) {
		if a[theme] != b[theme] {
			code, _, _ := strings.Cut(theme, " ")
			d.add(Change{Kind: Scoring, Name: code, Attribute: "weight", Before: shown(a[theme]), After: shown(b[theme]), Decides: true, Scores: true})
		}
	}
	roles := func(p *checklist.Policy) map[string]string {
		out := map[string]string{}
		for _, s := range p.SignOff {
			out[s.ID] = strings.Join(s.Roles, ", ")
		}
		return out
	}
	for _, id := range keys(roles(x), roles(y)) {
		if before, after := roles(x)[id], roles(y)[id]; before != after {
			d.add(Change{Kind: SignOff, Name: id, Attribute: "roles", Before: before, After: after, Decides: true})
		}
	}
}

// rest compares what measures do and which names of columns raise a doubt.
func (d *differ) rest() {
	patches := func(c *checklist.Catalogue) map[string]any {
		out := map[string]any{}
		for _, m := range c.Mitigations {
			out[m.Code] = m.Patch
		}
		return out
	}
	a, b := patches(d.old.Catalogue), patches(d.new.Catalogue)
	for _, code := range keys(a, b) {
		if !same(a[code], b[code]) {
			c := Change{Kind: Mitigation, Name: code, Attribute: "patch", Decides: true}
			switch {
			case a[code] == nil:
				c.Attribute = added
			case b[code] == nil:
				c.Attribute = removed
			}
			d.add(c)
		}
	}
	names := func(c *checklist.Catalogue) map[string]string {
		out := map[string]string{}
		for _, e := range c.Lexicon.Entries {
			out[e.ID] = e.Role + ": " + strings.Join(e.Names, ", ")
		}
		return out
	}
	p, q := names(d.old.Catalogue), names(d.new.Catalogue)
	for _, id := range keys(p, q) {
		if p[id] != q[id] {
			c := Change{Kind: Lexicon, Name: id, Attribute: "names"}
			c.Items, _ = d.affected(usedFacts, "schema.fields[].disclosureRole")
			d.add(c)
		}
	}
}

// same compares values by what they hold: nothing, an empty list and an empty map
// are the same.
func same(a, b any) bool {
	plain := func(v any) string {
		data, err := json.Marshal(v)
		if s := string(data); err == nil && s != "null" && s != "[]" && s != "{}" {
			return s
		}
		return ""
	}
	return plain(a) == plain(b)
}

// texts notes that words differ when nothing else does, so that two policies with
// other digests never seem to be the same.
func (d *differ) texts() {
	if d.old.Catalogue.Digest() != d.new.Catalogue.Digest() && len(d.changes) == 0 {
		d.add(Change{Kind: Texts, Attribute: "texts"})
	}
}
