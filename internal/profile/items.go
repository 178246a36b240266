package profile

import (
	"cmp"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// itemForm is the form of the id of an item that an organisation adds.
var itemForm = regexp.MustCompile(`^(RISK|OPP)-([A-Z]{2,8})-\d{2}$`)

// add adds a thing.
func (e *entry) add(s *section) {
	e.reasonedNew()
	target := s.make()
	missing := slices.Clone(s.required)
	if s == items {
		if !e.newItem(target.Interface().(*checklist.Item)) {
			return
		}
		missing = append([]string{"theme", "title", "question", "why", "wayOut", "reasons"}, "severity")
		if isOpportunity(e.name) {
			missing[len(missing)-1] = "weight"
		}
	}
	allowed := append(slices.Clone(s.keys), s.more...)
	switch {
	case s == items && isOpportunity(e.name):
		allowed = slices.DeleteFunc(allowed, func(k string) bool { return k == "severity" || k == "hardStop" || k == "procedural" })
	case s == items:
		allowed = slices.DeleteFunc(allowed, func(k string) bool { return k == "weight" })
	}
	allowed = slices.DeleteFunc(allowed, func(k string) bool { return k == "withoutReferences" || k == "addNames" })
	before := len(e.l.changes)
	for key, n := range e.unique(e.node, e.path("")) {
		if slices.Contains(metaKeys, key.Value) {
			continue
		}
		if !slices.Contains(allowed, key.Value) {
			e.unknownKey(key, e.path(""), append(slices.Clone(allowed), "because", "from", "to"))
			continue
		}
		missing = slices.DeleteFunc(missing, func(k string) bool { return k == key.Value })
		if !e.special(target, key, n) {
			e.field(fieldByTag(target.Elem(), key.Value), key, n, key.Value)
		}
	}
	if s != items && e.from+e.to != "" {
		e.problem(e.key, "profile.no_dates", e.path(""), "found", e.name)
	}
	e.l.changes = e.l.changes[:before] // one line says that it was added
	if len(missing) > 0 {
		e.problem(e.key, "profile.incomplete", e.path(""), "found", e.name, "missing", strings.Join(missing, ", "))
	}
	if s == items {
		it := target.Interface().(*checklist.Item)
		it.Validity = e.validity()
		e.reasonsThere(it)
		e.l.added = append(e.l.added, addition{e.name, e.values, e.key})
	}
	s.insert(e.l.c, e.name, target)
	e.change(Added, "", "", e.titleOf(target), e.key)
}

// reasonedNew asks for the reason of an addition, but not for that of a source or a
// role, which decide nothing by themselves.
func (e *entry) reasonedNew() {
	if e.section == "items" || e.section == "params" || e.section == "articles" {
		e.reasoned()
	}
}

// titleOf is what an added thing is called.
func (e *entry) titleOf(target reflect.Value) string {
	for _, key := range []string{"title", "label"} {
		if f := fieldByTag(target.Elem(), key); f.IsValid() {
			if t, ok := f.Interface().(checklist.Text); ok {
				return e.inFirst(t)
			}
		}
	}
	return ""
}

// newItem checks the id of an added item.
func (e *entry) newItem(it *checklist.Item) bool {
	m := itemForm.FindStringSubmatch(e.name)
	if m == nil {
		e.problem(e.key, "profile.item_form", e.path(""), "found", e.name)
		return false
	}
	for _, l := range []*checklist.Checklist{&e.l.c.Risk, &e.l.c.Opportunity} {
		for _, t := range l.Themes {
			if t.Code == m[2] { // a later version of the core may use it
				e.problem(e.key, "profile.item_theme", e.path(""), "found", e.name, "theme", m[2])
				return false
			}
		}
	}
	kind := "risk"
	if isOpportunity(e.name) {
		kind = "opportunity"
	}
	if e.l.identifier != "" {
		it.Package = "org." + e.l.identifier + "." + kind
	}
	return true
}

// themes are the themes of the checklist that the item belongs to.
func (e *entry) themes() []string {
	l := &e.l.c.Risk
	if isOpportunity(e.name) {
		l = &e.l.c.Opportunity
	}
	var out []string
	for _, t := range l.Themes {
		out = append(out, t.Code)
	}
	return out
}

// explained are the results that have a reason.
var explained = []string{"fail", "concern", "pass", "na"}

// reasonsThere makes sure that the results that every item can come to are explained.
func (e *entry) reasonsThere(it *checklist.Item) {
	if len(it.Reasons) == 0 {
		return
	}
	var missing []string
	for _, r := range []string{"fail", "pass"} {
		if len(it.Reasons[r]) == 0 {
			missing = append(missing, "reasons."+r)
		}
	}
	if len(missing) > 0 {
		e.problem(member(e.node, "reasons"), "profile.incomplete", e.path("reasons"), "found", e.name, "missing", strings.Join(missing, ", "))
	}
}

// retireItem takes an item of the core out of its checklist.
func (e *entry) retireItem() {
	for key := range pairs(e.node) {
		if !slices.Contains(metaKeys, key.Value) {
			e.problem(key, "profile.retired_and_changed", e.path(key.Value), "found", key.Value)
		}
	}
	e.weakenStop()
	it := e.l.c.Item(e.name)
	e.change(Retired, "", e.inFirst(it.Title), "", e.key)
	if e.to != "" {
		e.problem(member(e.node, "to"), "profile.retired_until", e.path("to"))
		return
	}
	if e.from == "" {
		e.l.c.Retire(e.name)
		return
	}
	if first, err := time.Parse(time.DateOnly, e.from); err == nil {
		it.ValidTo = first.AddDate(0, 0, -1).Format(time.DateOnly)
	}
}

// special changes what is not simply replaced: the references of an item or hard
// stop, and the names of the lexicon.
func (e *entry) special(target reflect.Value, key, n *yaml.Node) bool {
	switch key.Value {
	case "references":
		f := fieldByTag(target.Elem(), "references")
		f.Set(reflect.ValueOf(e.cite(f.Interface().([]checklist.Citation), n)))
		return true
	case "withoutReferences":
		f := fieldByTag(target.Elem(), "references")
		f.Set(reflect.ValueOf(e.uncite(f.Interface().([]checklist.Citation), key, n)))
		return true
	case "addNames":
		f := fieldByTag(target.Elem(), "names")
		more := e.texts(n, e.path("addNames"))
		f.Set(reflect.ValueOf(append(slices.Clone(f.Interface().([]string)), more...)))
		e.valued = true
		e.change(Overridden, "addNames", "", strings.Join(more, ", "), key)
		return true
	}
	return false
}

// cite adds citations. One with "before" stands before the first that cites that
// source (or that place: "gdpr art. 86"), the others at the end.
func (e *entry) cite(have []checklist.Citation, n *yaml.Node) []checklist.Citation {
	if n.Kind != yaml.SequenceNode {
		e.problem(n, "wrong_kind", e.path("references"), "expected", "groups", "was", kindOf(n))
		return have
	}
	out := slices.Clone(have)
	for _, c := range n.Content {
		var cited checklist.Citation
		before := ""
		for key, n := range e.group(c, e.path("references"), "source", "at", "read", "note", "before") {
			path := e.path("references." + key.Value)
			switch key.Value {
			case "source":
				known := slices.Sorted(maps.Keys(e.l.c.Sources))
				if cited.Source = e.values.text(n, path); cited.Source != "" && !slices.Contains(known, cited.Source) {
					e.problem(n, "profile.unknown_source", path, "found", cited.Source, "nearest", descriptor.Nearest(cited.Source, known))
				}
			case "at":
				cited.At = e.values.text(n, path)
			case "read":
				cited.Read = e.oneOf(n, path, []string{"read", "partly", "recalled"})
			case "note":
				cited.Note = e.langText(n, path, e.l.languages)
			case "before":
				before = e.values.text(n, path)
			}
		}
		if c.Kind != yaml.MappingNode {
			continue
		}
		for _, required := range []string{"source", "read"} {
			if member(c, required) == nil {
				e.problem(c, "profile.incomplete", e.path("references"), "found", cmp.Or(cited.Source, e.name), "missing", required)
			}
		}
		i := len(out)
		if before != "" {
			if i = slices.IndexFunc(out, func(o checklist.Citation) bool { return o.Source == before || o.Source+" "+o.At == before }); i < 0 {
				e.problem(member(c, "before"), "profile.not_cited", e.path("references.before"), "found", before)
				i = len(out)
			}
		}
		out = slices.Insert(out, i, cited)
		e.change(Overridden, "references", "", strings.TrimSpace(cited.Source+" "+cited.At), c)
	}
	return out
}

// uncite takes away the citations of sources.
func (e *entry) uncite(have []checklist.Citation, key, n *yaml.Node) []checklist.Citation {
	out := slices.Clone(have)
	for i, source := range e.texts(n, e.path("withoutReferences")) {
		left := slices.DeleteFunc(slices.Clone(out), func(c checklist.Citation) bool { return c.Source == source })
		if len(left) == len(out) {
			e.problem(e.element(n, i), "profile.not_cited", e.path("withoutReferences"), "found", source)
		}
		out = left
		e.valued = true
		e.change(Overridden, "references", source, "", key)
	}
	return out
}

// finish looks at the whole once everything is laid.
func (l *laying) finish(p *Profile) {
	for _, a := range l.added {
		if p.Policies == nil {
			a.v.label = map[string]string{"item": a.id}
			a.v.problem(a.node, "profile.no_rows", "items."+a.id, "found", a.id, "package", cmp.Or(l.c.Item(a.id).Package, "org.…"))
		}
	}
}
