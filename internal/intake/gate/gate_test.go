package gate

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/policies"
)

func derived(t testing.TB) (*checklist.Catalogue, *Gates) {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	g, err := Derive(c, policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c, g
}

// doc is a descriptor as plain data, as the answers of a form.
type doc map[string]any

func (d doc) at(path string) any {
	var v any = map[string]any(d)
	for name := range strings.SplitSeq(path, ".") {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

func codes(v any) (list []string, open, unsure bool) {
	switch v := v.(type) {
	case nil:
		return nil, true, false
	case []any:
		for _, x := range v {
			if x == descriptor.Unknown {
				unsure = true
			}
			list = append(list, fmt.Sprint(x))
		}
		return list, false, unsure
	}
	return []string{fmt.Sprint(v)}, v == descriptor.Unknown, false
}

func (d doc) Codes(field string) ([]string, bool, bool) { return codes(d.at(field)) }

func (d doc) Rows(list string) (int, bool) {
	l, ok := d.at(list).([]any)
	if list == columns && len(l) == 0 {
		return 0, true
	}
	return len(l), !ok
}

func (d doc) Row(list string, row int, field string) ([]string, bool, bool) {
	return codes(d.at(list).([]any)[row].(map[string]any)[field[strings.LastIndexByte(field, '.')+1:]])
}

// TestNothingGreyIsAsked compares the gates with the engine on random
// descriptors: what they say does not matter is never an open question.
func TestNothingGreyIsAsked(t *testing.T) {
	c, g := derived(t)
	e, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 400
	if testing.Short() {
		n = 60
	}
	grey, of := 0, 0
	for i := range n {
		m := maker{rand.New(rand.NewPCG(uint64(i), 11)), c, []float64{0.1, 0.5, 0.8}[i%3], i%2 == 0}
		d := m.dataset()
		data, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var ds descriptor.Dataset
		if err := json.Unmarshal(data, &ds); err != nil {
			t.Fatal(err, string(data))
		}
		a, err := e.Assess(t.Context(), &ds, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		var back doc // as the reader would see it: lists as []any
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		asked := map[string]bool{}
		for _, q := range a.Questions {
			path := q.Field
			if from, to := strings.IndexByte(path, '['), strings.LastIndexByte(path, ']'); from >= 0 {
				path = path[:from] + "[]" + path[to+1:]
			}
			asked[path] = true
		}
		for k := range c.Descriptor.Fields {
			f := c.Descriptor.Fields[k].Path
			rule := g.Of(f)
			if rule == "" {
				continue
			}
			of++
			if g.Holds(rule, back) {
				continue
			}
			grey++
			if asked[f] {
				t.Fatalf("descriptor %d: %s is said not to matter, but is an open question\n%s", i, f, data)
			}
		}
	}
	if share := float64(grey) / float64(of); share < 0.15 {
		t.Errorf("only %.0f %% of the questions turn out not to matter", 100*share)
	}
}

// maker makes random descriptors.
type maker struct {
	*rand.Rand
	c    *checklist.Catalogue
	open float64
	// harmless leans towards a dataset about things.
	harmless bool
}

func (m maker) dataset() doc {
	d := doc{}
	set := func(path string, v any) {
		at := map[string]any(d)
		names := strings.Split(path, ".")
		for _, n := range names[:len(names)-1] {
			next, ok := at[n].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[n] = next
			}
			at = next
		}
		at[names[len(names)-1]] = v
	}
	for i := range m.c.Descriptor.Fields {
		f := &m.c.Descriptor.Fields[i]
		if strings.Contains(f.Path, "[]") || f.Type == "object" || m.Float64() < m.open {
			continue
		}
		if v := m.value(f); v != nil {
			set(f.Path, v)
		}
	}
	if m.harmless {
		set("personalData.sourceRelatesToPersons", "no")
		set("dataset.rowSubject", []string{"asset", "place", "other"}[m.IntN(3)])
		set("personalData.nationalIdentifierPresent", "no")
	}
	var fields []any
	for i := range m.IntN(4) {
		col := map[string]any{"name": []string{"a", "hetu", "etunimi", "x"}[m.IntN(4)] + fmt.Sprint(i)}
		for k := range m.c.Descriptor.Fields {
			f := &m.c.Descriptor.Fields[k]
			if f.ListPath() == columns && f.Name() != "name" && (m.Float64() >= m.open || m.harmless && f.Name() == "disclosureRole") {
				if v := m.value(f); v != nil {
					col[f.Name()] = v
				}
				if m.harmless && f.Name() == "disclosureRole" {
					col[f.Name()] = "none"
				}
			}
		}
		fields = append(fields, col)
	}
	if fields != nil {
		set(columns, fields)
	}
	return d
}

func (m maker) value(f *checklist.Field) any {
	switch unknown := m.IntN(15) == 0; {
	case unknown && f.Type == "list<object>":
	case unknown && f.IsList():
		return []any{descriptor.Unknown}
	case unknown:
		return descriptor.Unknown
	}
	one := func() string {
		switch {
		case f.ElementType() == "tri":
			return []string{"yes", "no"}[m.IntN(2)]
		case len(f.Values) > 0:
			return f.Values[m.IntN(len(f.Values))].Value
		}
		return "text"
	}
	switch {
	case f.Type == "list<object>":
		if m.IntN(3) > 0 {
			return []any{}
		}
		entry := map[string]any{}
		for k := range m.c.Descriptor.Fields {
			if x := &m.c.Descriptor.Fields[k]; x.ListPath() == f.Path && x.ElementType() == "enum" && m.IntN(3) > 0 {
				entry[x.Name()] = x.Values[m.IntN(len(x.Values))].Value
			}
		}
		return []any{entry}
	case f.IsList():
		list := []any{}
		for range m.IntN(3) {
			if v := one(); !slices.Contains(list, any(v)) {
				list = append(list, v)
			}
		}
		if len(list) == 0 && f.EmptyIsNoAnswer {
			return nil
		}
		return list
	case f.ElementType() == "enum" || f.ElementType() == "tri":
		return one()
	}
	return nil // texts, numbers and dates open no gate
}

// What a formula cannot say always may matter.
func TestWhatCannotBeSaid(t *testing.T) {
	c, _ := derived(t)
	for name, body := range map[string]string{
		"negation":     `not is.dataset.rowSubject.asset`,
		"comparison":   `is.demand.requests24m.highest > 3`,
		"no column":    `no_column.disclosureRole.identifying`,
		"other data":   `data.puntari.elsewhere.rule`,
		"not there":    `is.dataset.nothing.asset`,
		"no value":     `is.dataset.rowSubject.nothing`,
		"with":         `is.dataset.rowSubject.asset with input as {}`,
		"variable":     "some x\n\tis.dataset.rowSubject[x]",
		"function":     `count(input.columns) > 0`,
		"only when":    `is.profile.kMin.set`,
		"some element": "some x in input.is.dataset.theme\n\tx == true",
	} {
		g, err := Derive(c, fstest.MapFS{"asked.rego": {Data: []byte("package puntari.asked\n\nimport input.is\nimport input.no_column\n\nassets if {\n\t" + body + "\n}\n")}})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if rule := g.Of("security.detailLevel"); rule != "" {
			t.Errorf("%s: %s", name, rule)
		}
	}
	if _, err := Derive(c, fstest.MapFS{"asked.rego": {Data: []byte("package")}}); err == nil {
		t.Error("a policy that cannot be read is no error")
	}
}

// A question about benefit, one that must be answered first and one that a
// column's name can raise are never taken not to matter.
func TestValueAlwaysMatters(t *testing.T) {
	_, g := derived(t)
	for _, f := range []string{"release.apiExists", "rights.exclusiveArrangement", "quality.limitationsStatement", "schema.joinKeys", "profile.available", "schema.fields[].disclosureRole"} {
		if rule := g.Of(f); rule != "" {
			t.Errorf("%s depends on %s", f, rule)
		}
	}
	for f, rule := range map[string]string{"personalData.releaseLevel": "puntari.conditions.about_persons", "dataset.theme": "", "security.detailLevel": "puntari.conditions.assets"} {
		if g.Of(f) != rule {
			t.Errorf("%s depends on %q", f, g.Of(f))
		}
	}
}
