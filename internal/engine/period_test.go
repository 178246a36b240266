package engine

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/policies"
)

// dated is the built-in catalogue with one item of each checklist in force until
// the day before the property tests' and one from the day after, and a parameter
// that is another on that day.
func dated(t *testing.T) (c *checklist.Catalogue, gone []string) {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for id, v := range map[string]checklist.Validity{
		"RISK-PER-01": {ValidTo: "2026-02-28"}, "RISK-SAF-04": {ValidFrom: "2026-03-02"},
		"RISK-IPR-01":             {ValidFrom: "2026-03-01", ValidTo: "2026-03-01"},
		c.Opportunity.Items[0].ID: {ValidFrom: "2026-03-02"}, c.Opportunity.Items[3].ID: {ValidTo: "2026-02-28"},
	} {
		c.Item(id).Validity = v
		if !v.InForce(propertyDay) {
			gone = append(gone, id)
		}
	}
	p := c.Policy.Params["kMin"]
	p.Dated = []checklist.DatedValue{{Value: 9, Validity: checklist.Validity{ValidFrom: propertyDay, ValidTo: "2026-04-01"}}}
	c.Policy.Params["kMin"] = p
	return c, gone
}

// without is the built-in catalogue and its policies with items struck out.
func without(t *testing.T, gone []string) (*checklist.Catalogue, fs.FS) {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []*checklist.Checklist{&c.Risk, &c.Opportunity} {
		l.Items = slices.DeleteFunc(l.Items, func(it checklist.Item) bool { return slices.Contains(gone, it.ID) })
	}
	for i := range c.Policy.Scoring.Scores {
		s := &c.Policy.Scoring.Scores[i]
		of := func(b checklist.Bound) bool { return slices.Contains(gone, b.Item) }
		s.Floors, s.Caps = slices.DeleteFunc(s.Floors, of), slices.DeleteFunc(s.Caps, of)
	}
	p := c.Policy.Params["kMin"]
	p.Value = 9
	c.Policy.Params["kMin"] = p
	out := fstest.MapFS{}
	err = fs.WalkDir(policies.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := policies.Files.ReadFile(name)
		if err != nil {
			return err
		}
		m, err := ast.ParseModule(name, string(data))
		if err != nil {
			return err
		}
		m.Rules = slices.DeleteFunc(m.Rules, func(r *ast.Rule) bool {
			return r.Head.Key != nil && slices.Contains(gone, strings.Trim(r.Head.Key.String(), `"`))
		})
		m.Comments = nil
		out[name] = &fstest.MapFile{Data: format.MustAst(m)}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, out
}

// TestWhatIsInForce assesses by what is in force on a day, and holds it against
// an engine that has never heard of the other items.
func TestWhatIsInForce(t *testing.T) {
	c, gone := dated(t)
	e, err := New(c, policies.Files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	other, rules := without(t, gone)
	compiled, err := CompileChecked(rules) // imports are unused now
	if err != nil {
		t.Fatal(err)
	}
	want, err := NewCompiled(other, compiled, Options{})
	if err != nil {
		t.Fatal(err)
	}
	direct, err := New(c, policies.Files, Options{NoTables: true})
	if err != nil {
		t.Fatal(err)
	}
	judge := e.NewJudge()
	cases(t, 60, func(_ *Engine, g *generator, d *descriptor.Dataset, _ *assessment.Assessment) {
		a, b := assess(t, e, d), assess(t, want, d)
		if len(a.NotInForce) != len(gone) {
			t.Fatalf("not in force: %v, want %v", a.NotInForce, gone)
		}
		if a.Digests.Parameters != b.Digests.Parameters || a.Digests.Checklists != e.Digests().Checklists {
			t.Error("the digests are not those of the day's parameters and of the whole checklists")
		}
		a.NotInForce, a.Digests, b.Digests = nil, assessment.Digests{}, assessment.Digests{}
		if !bytes.Equal(encoded(a), encoded(b)) {
			t.Errorf("%s: another assessment than without the items", a.Dataset.Identifier)
		}
		n := assess(t, direct, d)
		n.NotInForce, n.Digests = nil, assessment.Digests{}
		if !bytes.Equal(encoded(a), encoded(n)) {
			t.Errorf("%s: decision tables make a difference", a.Dataset.Identifier)
		}
		v, err := judge.Verdict(t.Context(), d, propertyDay, Ask{true, true, true})
		if err != nil {
			t.Fatal(err)
		}
		if v.Outcome != a.Outcome || len(v.Risk) != len(c.Risk.Items) || len(v.Levels) != len(v.Risk) || len(v.Opportunity) != len(c.Opportunity.Items) {
			t.Fatalf("%s: the verdict is %s over %d items", a.Dataset.Identifier, v.Outcome, len(v.Risk))
		}
		for i, it := range c.Risk.Items {
			result := assessment.OutOfForce
			if x := a.Items[it.ID]; x != nil {
				result = x.Result
			}
			if v.Risk[i] != result {
				t.Errorf("%s: %s is %s in the verdict, %s in the assessment", a.Dataset.Identifier, it.ID, v.Risk[i], result)
			}
		}
	})
}

// TestDatesThatExcludeNothing shows that dates by themselves change nothing.
func TestDatesThatExcludeNothing(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.Risk.Items {
		c.Risk.Items[i].ValidFrom = "2018-05-25"
	}
	for i := range c.Opportunity.Items {
		c.Opportunity.Items[i].ValidTo = "2030-12-31"
	}
	e, err := New(c, policies.Files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cases(t, 20, func(_ *Engine, _ *generator, d *descriptor.Dataset, want *assessment.Assessment) {
		a := assess(t, e, d)
		a.Digests = want.Digests
		if !bytes.Equal(encoded(a), encoded(want)) {
			t.Errorf("%s: another assessment", a.Dataset.Identifier)
		}
	})
}
