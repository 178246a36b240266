package engine

import (
	"context"
	"fmt"
	"slices"
	"time"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
)

// run is one dataset on its way through the engine.
type run struct {
	c        *facts.Case
	findings *findings
	verdict  *verdict
	whatIf   assessment.WhatIf
	// after is the same dataset with the proposed measures made, or nil.
	after       *run
	best, worst string
}

// evaluate finds and decides. With another run, of which this dataset is what
// measures would make of it, there is no what-if of its own.
func (e *Engine) evaluate(ctx context.Context, d *descriptor.Dataset, date time.Time, of *run) (*run, error) {
	v := e.views.Get().(*view)
	defer e.views.Put(v)
	var before *facts.Case
	if of != nil {
		before = of.c
	}
	r := &run{c: e.Space.NewCaseAfter(before, d, date)}
	var err error
	if r.findings, err = e.find(ctx, r.c, v); err != nil {
		return nil, err
	}
	base, err := e.benefit(ctx, r, of, v)
	if err != nil {
		return nil, err
	}
	r.verdict = base // as far as it is known
	inner := of != nil
	if !inner {
		if err := e.tryProposed(ctx, r, d, date); err != nil {
			return nil, err
		}
	}
	if r.verdict, err = e.decide(ctx, r.c, r.findings.risk, base, base.value.Low, &r.whatIf); err != nil {
		return nil, err
	}
	return r, e.bounds(ctx, r, inner)
}

// benefit finds what the opportunity items come to, and scores it. It is that of
// the other run where the measures change nothing that these items look at.
func (e *Engine) benefit(ctx context.Context, r, of *run, v *view) (*verdict, error) {
	if of == nil || !e.opportunityReads.same(of.c, r.c) {
		if err := e.findOpportunity(ctx, r.c, r.findings, v); err != nil {
			return nil, err
		}
		return e.scores(ctx, r.c, r.findings, v)
	}
	r.findings.opportunity, r.findings.opportunityRows = of.findings.opportunity, of.findings.opportunityRows
	value := of.verdict.value
	if e.hasLate {
		r.c.SetValue(value.Low, value.High)
	}
	out := &verdict{themes: of.verdict.themes, value: value, readiness: of.verdict.readiness}
	return out, e.about(r.c, out)
}

// same tells whether two datasets are alike in all that a rule reads, but for the
// value score, which follows from the rest.
func (r *reads) same(a, b *facts.Case) bool {
	for _, i := range r.facts {
		if a.Opportunity[i] != b.Opportunity[i] && i != a.Space.Index(facts.ValueScore) {
			return false
		}
	}
	entries := func(x, y *facts.Entry) bool { return slices.Equal(x.States, y.States) }
	for _, l := range r.lists {
		if !slices.EqualFunc(a.Entries[l], b.Entries[l], func(x, y facts.Entry) bool { return entries(&x, &y) }) {
			return false
		}
	}
	return !r.columns || a.HasSchema == b.HasSchema && slices.EqualFunc(a.Columns, b.Columns, func(x, y facts.Column) bool { return entries(&x.Entry, &y.Entry) })
}

// tryProposed evaluates the dataset with the proposed measures made.
func (e *Engine) tryProposed(ctx context.Context, r *run, d *descriptor.Dataset, date time.Time) error {
	r.whatIf.Measures = []string{}
	ms := proposed(d)
	if len(ms) == 0 {
		return nil
	}
	patched, err := apply(e.Catalogue, d, ms)
	if err != nil {
		return err
	}
	if r.after, err = e.evaluate(ctx, patched, date, r); err != nil {
		return err
	}
	w, a := &r.whatIf, r.after
	for _, m := range ms {
		w.Measures = append(w.Measures, text(m.Code))
	}
	w.Outcome = &a.verdict.outcome
	w.SameProduct = text(d.Dataset.RowSubject) == text(patched.Dataset.RowSubject) && text(d.Dataset.Granularity) == text(patched.Dataset.Granularity)
	w.RiskLevel = a.verdict.riskLevel
	w.HardStops = append([]assessment.Stop{}, a.verdict.hardStops...)
	w.Changed = map[string]assessment.Change{}
	for i := range e.risk.items {
		if before, after := r.findings.risk[i].single(), a.findings.risk[i].single(); before != after {
			w.Changed[e.risk.items[i].ID] = assessment.Change{Before: before, After: after}
		}
	}
	return nil
}

// bounds decides with every open question answered at best and at worst.
func (e *Engine) bounds(ctx context.Context, r *run, inner bool) error {
	if inner {
		return nil
	}
	n := len(r.findings.risk)
	best, worst := make([]set, n), make([]set, n)
	same := r.verdict.value.Low == r.verdict.value.High
	for i, s := range r.findings.riskBounds {
		best[i], worst[i] = s.best(), s.worst()
		same = same && best[i] == worst[i] && s.settled() == r.findings.risk[i].settled()
	}
	if same {
		r.best, r.worst = r.verdict.outcome, r.verdict.outcome
		return nil
	}
	v := r.verdict
	b, err := e.decided(ctx, r.c, e.tally(best, v), v.value.High, v.readiness.Low, &r.whatIf)
	if err != nil {
		return err
	}
	w, err := e.decided(ctx, r.c, e.tally(worst, v), v.value.Low, v.readiness.Low, &r.whatIf)
	if err != nil {
		return err
	}
	r.best, r.worst = b.Outcome, w.Outcome
	return nil
}

// Assess assesses a dataset. The date is the day of the assessment (2026-03-01);
// an error wraps [ErrCouldNotAssess] when the policies gave no result that can
// be trusted.
func (e *Engine) Assess(ctx context.Context, d *descriptor.Dataset, day string) (*assessment.Assessment, error) {
	date, err := dayOf(day)
	if err != nil {
		return nil, err
	}
	e, err = e.on(day)
	if err != nil {
		return nil, err
	}
	r, err := e.evaluate(ctx, d, date, nil)
	if err != nil {
		return nil, err
	}
	return e.assemble(ctx, r, day)
}

// dayOf reads the day of an assessment.
func dayOf(day string) (time.Time, error) {
	date, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return date, fmt.Errorf("%w: the date of the assessment is %q, not a day like 2026-03-01", ErrCouldNotAssess, day)
	}
	return date, nil
}
