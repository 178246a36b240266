package lint

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/facts"
)

// mitigations checks that items and mitigations name each other, and that what a
// mitigation takes is in the order of efforts.
func (l *linter) mitigations() {
	for _, k := range l.lists() {
		for i := range k.Items {
			it := &k.Items[i]
			for _, code := range it.Mitigations {
				m := l.c.Mitigation(code)
				if m == nil {
					l.find("undefined", k.file, "kind", "mitigation", "name", code)
				} else if !slices.Contains(m.Clears, it.ID) {
					l.find("not_cleared", k.file, "item", it.ID, "mitigation", code)
				}
			}
		}
	}
	efforts := l.define("effort", mitigationsFile, codes(len(l.c.Efforts), func(i int) string { return l.c.Efforts[i].Code })...)
	for i := range l.c.Mitigations {
		m := &l.c.Mitigations[i]
		efforts.use(m.Effort, mitigationsFile)
		if len(m.Clears) == 0 && !empty(&m.Patch) {
			l.find("clears_nothing", mitigationsFile, "mitigation", m.Code)
		}
		for _, id := range m.Clears {
			it := l.c.Item(id)
			if it == nil {
				l.find("undefined", mitigationsFile, "kind", "item", "name", id)
			} else if !slices.Contains(it.Mitigations, m.Code) {
				l.find("not_listed", mitigationsFile, "item", id, "mitigation", m.Code)
			}
		}
	}
}

func empty(p *checklist.Patch) bool {
	return p.Columns == "" && len(p.Set) == 0 && len(p.Append) == 0 && len(p.Allow) == 0
}

// defined are the names of one kind that are defined, and whether each is used.
type defined struct {
	l     *linter
	kind  string
	file  string
	names map[string]bool
}

// define begins with the names of one kind; none may be there twice.
func (l *linter) define(kind, file string, names ...string) *defined {
	d := &defined{l, kind, file, map[string]bool{}}
	for _, n := range names {
		if _, twice := d.names[n]; twice {
			l.find("twice", file, "kind", kind, "name", n)
		}
		d.names[n] = false
	}
	return d
}

// codes are those of n things.
func codes(n int, code func(int) string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = code(i)
	}
	return out
}

// use notes that a name is referred to in a file.
func (d *defined) use(name, file string) {
	if _, ok := d.names[name]; !ok {
		d.l.find("undefined", file, "kind", d.kind, "name", name)
	}
	d.names[name] = true
}

// finish finds what is defined and never used.
func (d *defined) finish() {
	for _, n := range slices.Sorted(maps.Keys(d.names)) {
		if !d.names[n] {
			d.l.find("unused", d.file, "kind", d.kind, "name", n)
		}
	}
}

// definitions checks that what is referred to is defined and the other way round.
func (l *linter) definitions() {
	p := &l.c.Policy
	stops := l.define("hardStop", policyFile, codes(len(p.HardStops), func(i int) string { return p.HardStops[i].Code })...)
	levels := l.define("level", policyFile, codes(len(p.Levels.Names), func(i int) string { return p.Levels.Names[i].Level })...)
	roles := l.define("role", policyFile, codes(len(p.Roles), func(i int) string { return p.Roles[i].Code })...)
	sources := l.define("source", referencesFile, slices.Sorted(maps.Keys(l.c.Sources))...)
	l.define("mitigation", mitigationsFile, codes(len(l.c.Mitigations), func(i int) string { return l.c.Mitigations[i].Code })...)
	for _, k := range l.lists() {
		l.checklist(k, stops, sources)
	}
	l.params(stops)
	for _, s := range p.HardStops {
		for _, r := range s.References {
			sources.use(r.Source, policyFile)
		}
	}
	for _, result := range slices.Sorted(maps.Keys(p.Levels.Item)) {
		for _, level := range p.Levels.Item[result] {
			levels.use(level, policyFile)
		}
	}
	for _, s := range p.SignOff {
		for _, r := range s.Roles {
			roles.use(r, policyFile)
		}
	}
	l.scores()
	stops.finish()
	roles.finish()
	sources.finish()
}

// inRange checks a number of an item; 0 stands for one that it has not.
func (l *linter) inRange(file, item, name string, x float64) {
	if r, ok := l.c.Policy.Ranges[name]; ok && x != 0 && (x < r.Min || x > r.Max) {
		l.outOfRange(file, item, name, x, r)
	}
}

func (l *linter) outOfRange(file, item, name string, x float64, r checklist.Range) {
	l.find("out_of_range", file, "item", item, "name", name, "found", decimal(x), "min", decimal(r.Min), "max", decimal(r.Max))
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// params checks the parameters, and that those exist by which data files are measured.
func (l *linter) params(stops *defined) {
	p := &l.c.Policy
	fields := l.define("field", descriptorFile)
	for i := range l.c.Descriptor.Fields {
		fields.names[l.c.Descriptor.Fields[i].Path] = false
	}
	names := l.define("param", policyFile, slices.Collect(maps.Keys(p.Params))...)
	measuring := l.c.Evidence.Judgement.Params()
	for _, name := range measuring {
		names.use(name, evidenceFile)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Params)) {
		v := p.Params[name]
		for _, s := range v.HardStops {
			stops.use(s, policyFile)
		}
		for _, f := range v.Measured {
			fields.use(f, policyFile)
		}
		if (len(v.Measured) > 0) != slices.Contains(measuring, name) {
			l.find("measured", policyFile, "item", name)
		}
		values := []float64{v.Value}
		for _, d := range v.Dated {
			values = append(values, d.Value)
		}
		r, limited := v.Range()
		for _, x := range values {
			if limited && (x < r.Min || x > r.Max) {
				l.outOfRange(policyFile, name, "value", x, r)
			}
			if v.Whole && x != math.Trunc(x) {
				l.find("not_whole", policyFile, "item", name, "found", decimal(x))
			}
		}
	}
}

// checklist checks the items and themes of a checklist.
func (l *linter) checklist(k list, stops, sources *defined) {
	groups := l.define("group", k.file)
	for _, g := range k.Groups {
		groups.names[g.Code] = false
	}
	themes := l.define("theme", k.file)
	for _, t := range k.Themes {
		themes.names[t.Code] = false
		if t.Group != "" {
			groups.use(t.Group, k.file)
		}
	}
	items := l.define("item", k.file)
	for i := range k.Items {
		it := &k.Items[i]
		if _, twice := items.names[it.ID]; twice {
			l.find("twice", k.file, "kind", "item", "name", it.ID)
		}
		items.names[it.ID] = true
		l.inRange(k.file, it.ID, "severity", float64(it.Severity))
		l.inRange(k.file, it.ID, "weight", it.Weight)
		themes.use(it.Theme, k.file)
		if it.HardStop != "" {
			stops.use(it.HardStop, k.file)
		}
		if also := it.AlsoStops; also != nil {
			stops.use(also.Stop, k.file)
			if f := l.c.Descriptor.Field(also.When.Path); f == nil || !hasValue(f, also.When.Value) {
				l.find("undefined", k.file, "kind", "field", "name", also.When.Path+" = "+also.When.Value)
			}
		}
		for _, r := range it.References {
			sources.use(r.Source, k.file)
		}
	}
	groups.finish()
	themes.finish()
}

// scores checks the names in the rules of scoring.
func (l *linter) scores() {
	for _, s := range l.c.Policy.Scoring.Scores {
		if !slices.ContainsFunc(l.c.Opportunity.Groups, func(g checklist.Group) bool { return g.Code == s.Group }) {
			l.find("undefined", policyFile, "kind", "group", "name", s.Group)
		}
		for _, code := range s.PeakThemes {
			if !slices.ContainsFunc(l.c.Opportunity.Themes, func(t checklist.Theme) bool { return t.Code == code }) {
				l.find("undefined", policyFile, "kind", "theme", "name", code)
			}
		}
		for _, b := range slices.Concat(s.Floors, s.Caps) {
			if l.c.Item(b.Item) == nil {
				l.find("undefined", policyFile, "kind", "item", "name", b.Item)
			}
		}
	}
}

func hasValue(f *checklist.Field, value string) bool {
	return f.Type == "tri" && (value == "yes" || value == "no") ||
		slices.ContainsFunc(f.Values, func(v checklist.Value) bool { return v.Value == value })
}

// groups checks that groups hold values of their field.
func (l *linter) groups() {
	for i := range l.c.Descriptor.Fields {
		f := &l.c.Descriptor.Fields[i]
		for _, g := range slices.Sorted(maps.Keys(f.Groups)) {
			// A list of texts of an open vocabulary has no values of its own.
			closed := f.Type == "enum" || f.ElementType() == "enum" || f.Type == "tri"
			if !closed && !f.IsList() {
				l.find("group_of_no_values", descriptorFile, "field", f.Path, "group", g)
				continue
			}
			for _, v := range f.Groups[g] {
				if closed && !hasValue(f, v) {
					l.find("group_value", descriptorFile, "field", f.Path, "group", g, "value", v)
				}
			}
		}
	}
}

// lexicon checks that the names of columns are written as they are compared.
func (l *linter) lexicon() {
	seen := map[string]bool{}
	ids := map[string]bool{}
	for _, e := range l.c.Lexicon.Entries {
		if ids[e.ID] {
			l.find("twice", lexiconFile, "kind", "lexicon", "name", e.ID)
		}
		ids[e.ID] = true
		if f := l.c.Descriptor.Field(facts.ColumnPrefix + "disclosureRole"); f == nil || !hasValue(f, e.Role) {
			l.find("undefined", lexiconFile, "kind", "disclosureRole", "name", e.Role)
		}
		for _, n := range e.Names {
			if plain := strings.Join(facts.Words(n), " "); plain != n {
				l.find("lexicon_name", lexiconFile, "name", n, "plain", plain)
			}
			if seen[n] {
				l.find("twice", lexiconFile, "kind", "lexicon", "name", n)
			}
			seen[n] = true
		}
	}
}
