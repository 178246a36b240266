package engine

import (
	"context"
	"fmt"
	"time"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
)

// Verdict is what a catalogue needs to know of a dataset: what follows, the
// result of every item, and what would change it. It says the same as the
// assessment of the dataset, without the words and the evidence of a report.
type Verdict struct {
	Outcome, RiskLevel         string
	Bounds                     assessment.Bounds
	Priority                   *string
	Value, Readiness           assessment.Interval
	ValueLevel, ReadinessLevel string
	BlockedBy                  []string
	HardStops                  []assessment.Stop
	SignOff                    assessment.SignOff
	// Risk and Opportunity are the results of the items in the order of the
	// checklists, Levels the levels of the risk items, "" for pass and na.
	Risk, Levels, Opportunity []string
	// Findings are the risk items that are not clear and the opportunity items
	// that are not known; only when asked for.
	Findings []VerdictFinding
	// Decisive are the open facts that decide, as in an assessment.
	Decisive []assessment.DecisiveQuestion
	// WhatIf is the outcome with the proposed measures made, "" without any;
	// Changes are the changes that would clear what stands in the way.
	WhatIf  string
	Changes assessment.Changes
}

// VerdictFinding is a finding of a verdict.
type VerdictFinding struct {
	Item, Result, Level string
	// Columns and Facts decided the result, Missing keeps it open.
	Columns, Facts, Missing []string
}

// Verdict decides on a dataset. With findings set it also says which facts and
// columns each finding rests on, which takes longer than the rest.
func (e *Engine) Verdict(ctx context.Context, d *descriptor.Dataset, day string, findings bool) (*Verdict, error) {
	date, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, fmt.Errorf("%w: the date of the assessment is %q, not a day like 2026-03-01", ErrCouldNotAssess, day)
	}
	r, err := e.evaluate(ctx, d, date, false)
	if err != nil {
		return nil, err
	}
	v := r.verdict
	out := &Verdict{
		Outcome: v.outcome, RiskLevel: v.riskLevel, Bounds: assessment.Bounds{Best: r.best, Worst: r.worst}, Priority: v.priority,
		Value: v.value, Readiness: v.readiness, ValueLevel: e.scoreLevel(v.value.Low), ReadinessLevel: e.scoreLevel(v.readiness.Low),
		BlockedBy: v.blockedBy, HardStops: v.hardStops, SignOff: e.signOff(v), Levels: v.levels,
	}
	if r.whatIf.Outcome != nil {
		out.WhatIf = *r.whatIf.Outcome
	}
	return out, nil
}
