package engine

import (
	"context"
	"slices"
	"testing"
	"time"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
)

const propertyDay = "2026-03-01"

// cases calls fn for generated descriptors, well and badly answered.
func cases(t *testing.T, n int, fn func(e *Engine, g *generator, d *descriptor.Dataset, a *assessment.Assessment)) {
	t.Helper()
	if testing.Short() {
		n /= 10
	}
	e := newEngine(t, Options{})
	for i := range n {
		g := newGenerator(e.Catalogue, uint64(i), []float64{0, 0.1, 0.5, 0.9}[i%4])
		d := g.dataset()
		a, err := e.Assess(context.Background(), d, propertyDay)
		if err != nil {
			t.Fatalf("descriptor %d: %v", i, err)
		}
		fn(e, g, d, a)
		if t.Failed() {
			t.Fatalf("descriptor %d: %s", i, d.Canonical())
		}
	}
}

func assess(t *testing.T, e *Engine, d *descriptor.Dataset) *assessment.Assessment {
	t.Helper()
	a, err := e.Assess(context.Background(), d, propertyDay)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// rank is how closed an outcome is; that it cannot be decided yet stands apart.
func rank(e *Engine, outcome string) int {
	for i, o := range e.Catalogue.Policy.Outcomes {
		if o.Code == outcome {
			return i
		}
	}
	return -1
}

const insufficient = "INSUFFICIENT_INFORMATION"

func TestEveryItemHasOneResult(t *testing.T) {
	known := []string{assessment.Pass, assessment.Concern, assessment.Fail, assessment.Unknown, assessment.NotApplicable}
	cases(t, 100, func(e *Engine, _ *generator, _ *descriptor.Dataset, a *assessment.Assessment) {
		if want := len(e.Catalogue.Risk.Items) + len(e.Catalogue.Opportunity.Items); len(a.Items) != want {
			t.Errorf("%d items have a result, want %d", len(a.Items), want)
		}
		for id, it := range a.Items {
			if !slices.Contains(known, it.Result) {
				t.Errorf("%s: %q", id, it.Result)
			}
			if (it.Result == assessment.Unknown) != (len(it.Missing) > 0) {
				t.Errorf("%s is %s with open facts %v", id, it.Result, it.Missing)
			}
		}
	})
}

// A question answered with what would be taken for granted can only help.
func TestHarmlessAnswersNeverClose(t *testing.T) {
	cases(t, 40, func(e *Engine, _ *generator, d *descriptor.Dataset, a *assessment.Assessment) {
		for _, q := range a.Questions {
			f := e.Catalogue.Descriptor.Field(q.Field)
			if f == nil || f.WhenNotAsked == nil || a.Outcome == insufficient {
				continue
			}
			better := d.Clone()
			must(better.Set(q.Field, f.WhenNotAsked))
			if after := assess(t, e, better); rank(e, after.Outcome) > rank(e, a.Outcome) {
				t.Errorf("%s = %v: %s became %s", q.Field, f.WhenNotAsked, a.Outcome, after.Outcome)
			}
		}
	})
}

func TestAFailNeverOpens(t *testing.T) {
	date, _ := time.Parse(time.DateOnly, propertyDay)
	cases(t, 20, func(e *Engine, _ *generator, d *descriptor.Dataset, a *assessment.Assessment) {
		r, err := e.evaluate(context.Background(), d, date, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range r.findings.risk {
			if s.single() != assessment.Pass {
				continue
			}
			worse := slices.Clone(r.findings.risk)
			worse[i] = fail
			v, err := e.decide(context.Background(), r.c, worse, r.verdict, r.verdict.value.Low, &r.whatIf)
			if err != nil {
				t.Fatal(err)
			}
			if a.Outcome != insufficient && rank(e, v.outcome) < rank(e, a.Outcome) {
				t.Errorf("a fail of %s made %s of %s", e.risk.items[i].ID, v.outcome, a.Outcome)
			}
		}
	})
}

func TestBenefitNeverLiftsAHardStop(t *testing.T) {
	cases(t, 120, func(e *Engine, g *generator, d *descriptor.Dataset, a *assessment.Assessment) {
		richer := d.Clone()
		for i := range e.Catalogue.Descriptor.Fields {
			f := &e.Catalogue.Descriptor.Fields[i]
			if s := f.Section(); (s == "benefit" || s == "demand") && f.ListPath() == "" {
				must(richer.Set(f.Path, g.value(f)))
			}
		}
		after := assess(t, e, richer)
		if !slices.Equal(a.HardStops, after.HardStops) || !slices.Equal(a.BlockedBy, after.BlockedBy) {
			t.Errorf("stops %v became %v", a.HardStops, after.HardStops)
		}
	})
}

// However the open questions are answered, the outcome lies within the bounds.
func TestCompletionsLieWithinTheBounds(t *testing.T) {
	cases(t, 40, func(e *Engine, g *generator, d *descriptor.Dataset, a *assessment.Assessment) {
		for range 4 {
			full := complete(t, e, g, d)
			got := rank(e, full.Outcome)
			if full.Outcome == insufficient || got < rank(e, a.OutcomeBounds.Best) || got > rank(e, a.OutcomeBounds.Worst) {
				t.Errorf("a completion is %s, outside of %v", full.Outcome, a.OutcomeBounds)
			}
		}
	})
}

// complete answers questions until none about risks is open.
func complete(t *testing.T, e *Engine, g *generator, d *descriptor.Dataset) *assessment.Assessment {
	d = d.Clone()
	for range 20 {
		a := assess(t, e, d)
		open := false
		for _, q := range a.Questions {
			if slices.ContainsFunc(q.Items, func(id string) bool { return e.Catalogue.Item(id).Severity > 0 }) {
				open = true
				g.answer(d, q.Field)
			}
		}
		if !open {
			return a
		}
	}
	t.Fatal("questions never end")
	return nil
}

func TestDecidingAnswersDecide(t *testing.T) {
	cases(t, 120, func(e *Engine, g *generator, d *descriptor.Dataset, a *assessment.Assessment) {
		if a.Outcome != insufficient {
			return
		}
		answered := d.Clone()
		for _, q := range a.Questions {
			if q.Decisive {
				g.answer(answered, q.Field)
			}
		}
		if after := assess(t, e, answered); after.Outcome == insufficient {
			t.Errorf("%d deciding answers leave it open; still unknown: %v", len(a.Questions), after.DecisiveQuestions)
		}
	})
}

// Tables remember, they do not decide.
func TestTablesChangeNothing(t *testing.T) {
	direct := newEngine(t, Options{NoTables: true})
	cases(t, 40, func(_ *Engine, _ *generator, d *descriptor.Dataset, a *assessment.Assessment) {
		want := assess(t, direct, d)
		if string(encoded(a)) != string(encoded(want)) {
			t.Errorf("with tables %s, without %s", encoded(a), encoded(want))
		}
	})
}

// The explainer reads the same rules as the policy engine: where it can read a
// row it must come to the same.
func TestTheExplainerAgreesWithThePolicies(t *testing.T) {
	date, _ := time.Parse(time.DateOnly, propertyDay)
	cases(t, 80, func(e *Engine, _ *generator, d *descriptor.Dataset, _ *assessment.Assessment) {
		r, err := e.evaluate(context.Background(), d, date, nil)
		if err != nil {
			t.Fatal(err)
		}
		risk, opportunity := e.explainers(r.c)
		for _, l := range []struct {
			x    *explainer
			list *list
			rows []rows
		}{{risk, e.risk, r.findings.riskRows}, {opportunity, e.opportunity, r.findings.opportunityRows}} {
			for i := range l.list.items {
				it := &l.list.items[i]
				for n, row := range l.list.rows {
					if it.rows[row] == nil {
						continue
					}
					name := it.rowName(row)
					r := &l.rows[i]
					for _, at := range []struct {
						possible, bounds bool
						bits             uint8
					}{{false, false, r.known}, {true, false, r.possible}, {false, true, r.boundKnown}, {true, true, r.boundPossible}} {
						got := l.x.ruleHolds(name, scope{possible: at.possible, bounds: at.bounds, column: -1, list: -1})
						if want := at.bits&(1<<n) != 0; got != want {
							t.Errorf("%s, possible %v, bounds %v: explained %v, evaluated %v", name, at.possible, at.bounds, got, want)
						}
					}
				}
			}
		}
	})
}
