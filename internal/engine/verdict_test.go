package engine

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
	"puntari/internal/sample/city"
)

// TestVerdictAgrees holds verdicts against the assessments of random datasets
// and of those of an invented city.
func TestVerdictAgrees(t *testing.T) {
	var judge *Judge
	check := func(e *Engine, d *descriptor.Dataset, a *assessment.Assessment) {
		t.Helper()
		if judge == nil || judge.e != e {
			judge = e.NewJudge() // one for all, so that it remembers
		}
		for _, findings := range []bool{false, true} {
			v, err := judge.Verdict(context.Background(), d, a.Date, Ask{findings, true, true})
			if err != nil {
				t.Fatal(err)
			}
			agrees(t, e, v, a, findings)
		}
	}
	cases(t, 60, func(e *Engine, _ *generator, d *descriptor.Dataset, a *assessment.Assessment) { check(e, d, a) })
	e := newEngine(t, Options{})
	g := city.New(5)
	for i := range 120 {
		d := g.Dataset(i)
		a, err := e.Assess(context.Background(), d, propertyDay)
		if err != nil {
			t.Fatal(err)
		}
		check(e, d, a)
	}
}

// fieldsOf are the fields that open facts are about.
func fieldsOf(paths []string) []string {
	var out []string
	for _, path := range paths {
		if _, attribute, ok := columnPath(path); ok {
			path = facts.ColumnPrefix + attribute
		}
		if !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

func agrees(t *testing.T, e *Engine, v *Verdict, a *assessment.Assessment, findings bool) {
	t.Helper()
	same := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %s is %v, in the assessment %v", a.Dataset.Identifier, what, got, want)
		}
	}
	same("outcome", v.Outcome, a.Outcome)
	same("bounds", v.Bounds, a.OutcomeBounds)
	same("risk level", v.RiskLevel, a.RiskLevel)
	same("priority", v.Priority, a.Priority)
	same("value", v.Value, a.Value)
	same("readiness", v.Readiness, a.Readiness)
	same("sign-off", v.SignOff, a.SignOff)
	same("changes", v.Changes, a.Changes)
	one := len(a.Changes.Measures) == 1 && len(a.Changes.Uncleared) == 0 && a.Changes.Outcome != a.Outcome
	if one != (len(v.Alone) > 0) || one && !slices.Contains(v.Alone, a.Changes.Measures[0].Code) {
		t.Errorf("%s: %v alone, the changes are %v", a.Dataset.Identifier, v.Alone, a.Changes)
	}
	same("blocking items", append([]string{}, v.BlockedBy...), a.BlockedBy)
	same("hard stops", append([]assessment.Stop{}, v.HardStops...), a.HardStops)
	var undecided []string
	for _, q := range a.DecisiveQuestions {
		undecided = append(undecided, q.Item)
	}
	same("undecided items", v.Undecided, undecided)
	var open []string
	for _, q := range a.Questions {
		if q.Decisive {
			open = append(open, q.Field)
		}
	}
	slices.Sort(open)
	same("how many questions decide", v.Questions, len(open))
	same("deciding fields", v.Open, fieldsOf(open))
	if len(v.Open) > 0 && len(v.First) == 0 {
		t.Errorf("%s: no question can be asked at once", a.Dataset.Identifier)
	}
	for _, path := range v.First {
		if !slices.Contains(v.Open, path) {
			t.Errorf("%s: %s does not decide", a.Dataset.Identifier, path)
		}
	}
	found := map[string]Finding{}
	for _, f := range v.Findings {
		found[f.Item] = f
	}
	for i, it := range e.Catalogue.Risk.Items {
		want := a.Items[it.ID]
		same(it.ID, v.Risk[i], want.Result)
		same(it.ID+" level", v.Levels[i], want.Level)
		if f, ok := found[it.ID]; ok {
			same(it.ID+" missing", f.Missing, fieldsOf(want.Missing))
			same(it.ID+" columns", f.Columns, want.Columns)
		} else if findings && want.Result != assessment.Pass && want.Result != assessment.NotApplicable {
			t.Errorf("%s: no finding for %s", a.Dataset.Identifier, it.ID)
		}
	}
	for i, it := range e.Catalogue.Opportunity.Items {
		same(it.ID, v.Opportunity[i], a.Items[it.ID].Result)
	}
}

// TestMemoryIsBounded judges with no room to remember what is missing: the verdicts
// are the same, and nothing more is kept.
func TestMemoryIsBounded(t *testing.T) {
	e, full := newEngine(t, Options{}), newEngine(t, Options{})
	full.remembered.Store(maxMemo)
	free, bound := e.NewJudge(), full.NewJudge()
	g := city.New(9)
	for i := range 60 {
		d := g.Dataset(i)
		want, err := free.Verdict(t.Context(), d, propertyDay, Ask{true, true, true})
		if err != nil {
			t.Fatal(err)
		}
		got, err := bound.Verdict(t.Context(), d, propertyDay, Ask{true, true, true})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("dataset %d: %+v, with memory %+v", i, got, want)
		}
	}
	if n := len(bound.memo.known) + len(bound.memo.tables); n > 0 || full.remembered.Load() != maxMemo {
		t.Errorf("%d entries, %d bytes are remembered beyond the limit", n, full.remembered.Load()-maxMemo)
	}
	if spent := e.remembered.Load(); spent == 0 || spent != free.memo.spent {
		t.Errorf("the judge has spent %d bytes, the engine counts %d", free.memo.spent, spent)
	}
	free.memo.forget()
	if left := e.remembered.Load(); left != 0 || len(free.memo.known) != 0 {
		t.Errorf("%d bytes are left of what was forgotten", left)
	}
}
