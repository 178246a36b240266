package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
)

// Verdict is what a catalogue needs to know of a dataset: what follows, the
// result of every item, and what would change it. It says the same as the
// assessment of the dataset, without the words and evidence of a report.
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
	// checklists, Levels the levels of the risk items, "" for pass and na. An item
	// that is not in force on the day has the result [assessment.OutOfForce].
	Risk, Levels, Opportunity []string
	// Findings are the risk items that are neither passed nor out of place, in
	// the order of the checklist.
	Findings []Finding
	// Undecided are the items that could block; only when information is
	// insufficient. Questions is how many questions decide then, Open are the fields
	// that they are about, First those among them that can be asked at once: whether
	// the others are asked at all depends on open answers. The attribute of a column
	// is one field (schema.fields[].type) and a question for each column.
	Undecided   []string
	Questions   int
	Open, First []string
	// WhatIf is the outcome with the proposed measures made, "" without any.
	WhatIf  string
	Changes assessment.Changes
	// Alone are the mitigations each of which alone leads to the outcome that the
	// changes lead to, when one is enough and the outcome changes. Changes names
	// one of them.
	Alone []string
}

// Finding is a risk item that found something, or could not.
type Finding struct {
	Item   string `json:"item"`
	Result string `json:"result"`
	Level  string `json:"level,omitempty"`
	// Facts and Columns are what the result rests on, Missing the fields that keep
	// it open.
	Facts   []string `json:"facts,omitempty"`
	Columns []string `json:"columns,omitempty"`
	Missing []string `json:"missing,omitempty"`
}

// Ask is what a verdict is to say besides the outcome and the result of every
// item. What is not asked for is left empty and takes no time.
type Ask struct {
	// Findings asks on which facts and columns each finding rests.
	Findings bool `json:"findings"`
	// Questions asks which open questions decide.
	Questions bool `json:"questions"`
	// Changes asks for the smallest set of changes, and for what would do alone.
	Changes bool `json:"changes"`
}

// Judge gives verdicts on one dataset after the other and remembers what they
// have in common. It is for one goroutine; an engine has any number of them.
type Judge struct {
	e    *Engine
	memo *missingMemo
	// others judge on days on which other items are in force, by engine.
	others map[*Engine]*Judge
}

// NewJudge returns a judge by the policies of an engine.
func (e *Engine) NewJudge() *Judge {
	return &Judge{e, newMissingMemo(e), map[*Engine]*Judge{}}
}

// on returns the judge for a day.
func (j *Judge) on(day string) (*Judge, error) {
	e, err := j.e.on(day)
	if err != nil || e == j.e {
		return j, err
	}
	if j.others[e] == nil {
		j.others[e] = e.NewJudge()
	}
	return j.others[e], nil
}

// Verdict decides on a dataset and says what is asked for.
func (j *Judge) Verdict(ctx context.Context, d *descriptor.Dataset, day string, ask Ask) (*Verdict, error) {
	now, err := j.on(day)
	if err != nil {
		return nil, err
	}
	out, err := now.verdict(ctx, d, day, ask)
	if err == nil {
		j.e.whole(out, now.e)
	}
	return out, err
}

func (j *Judge) verdict(ctx context.Context, d *descriptor.Dataset, day string, ask Ask) (*Verdict, error) {
	e := j.e
	date, err := dayOf(day)
	if err != nil {
		return nil, err
	}
	r, err := e.evaluate(ctx, d, date, nil)
	if err != nil {
		return nil, err
	}
	defer r.release()
	v := r.verdict
	out := &Verdict{
		Outcome: v.outcome, RiskLevel: v.riskLevel, Bounds: assessment.Bounds{Best: r.best, Worst: r.worst}, Priority: v.priority,
		Value: v.value, Readiness: v.readiness, ValueLevel: e.scoreLevel(v.value.Low), ReadinessLevel: e.scoreLevel(v.readiness.Low),
		BlockedBy: v.blockedBy, HardStops: v.hardStops, SignOff: e.signOff(v), Levels: v.levels,
	}
	if r.whatIf.Outcome != nil {
		out.WhatIf = *r.whatIf.Outcome
	}
	out.Risk, out.Opportunity = singles(r.findings.risk), singles(r.findings.opportunity)
	if ask.Findings || ask.Questions && v.insufficient {
		j.explain(r, out, ask)
	}
	if !ask.Changes {
		return out, nil
	}
	if out.Changes, err = e.changes(ctx, r); err != nil {
		return nil, err
	}
	if len(out.Changes.Measures) == 1 && len(out.Changes.Uncleared) == 0 && out.Changes.Outcome != v.outcome {
		if out.Alone, err = e.alone(ctx, r, &out.Changes); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// singles are what sets of results come to.
func singles(sets []set) []string {
	out := make([]string, len(sets))
	for i, s := range sets {
		out[i] = s.single()
	}
	return out
}

// release gives the memory of the cases back; nothing of the run is used after it.
func (r *run) release() {
	if r.after != nil {
		r.after.c.Release()
	}
	r.c.Release()
}

// alone lists the mitigations that lead where the one of the changes leads.
func (e *Engine) alone(ctx context.Context, r *run, changes *assessment.Changes) ([]string, error) {
	targets := e.inTheWay(r.proposed())
	var codes []string
	for n, i := range targets {
		clear := e.risk.items[i].Mitigations
		if n == 0 {
			codes = slices.Clone(clear)
			continue
		}
		codes = slices.DeleteFunc(codes, func(code string) bool { return !slices.Contains(clear, code) })
	}
	slices.Sort(codes)
	var out []string
	for _, code := range codes {
		outcome := changes.Outcome
		if code != changes.Measures[0].Code {
			var err error
			if outcome, err = e.outcomeWith(ctx, r, e.suggest(r, []string{code}, targets)); err != nil {
				return nil, err
			}
		}
		if outcome == changes.Outcome {
			out = append(out, code)
		}
	}
	return out, nil
}

// explain says what the findings rest on and what decides.
func (j *Judge) explain(r *run, out *Verdict, ask Ask) {
	e := j.e
	x := e.explainer(r.c, r.c.Risk, r.c.Status, true)
	j.memo.begin(r.c)
	missing := make([]*openFacts, len(e.risk.items))
	if ask.Findings {
		out.Findings = make([]Finding, 0, r.findings.found())
	}
	decides := ask.Questions && r.verdict.insufficient
	for i := range e.risk.items {
		it := &e.risk.items[i]
		result := out.Risk[i]
		switch {
		case result == assessment.Pass || result == assessment.NotApplicable:
			continue
		case result == assessment.Unknown && (ask.Findings || decides && (r.verdict.tooMuchUnknown || slices.Contains(r.verdict.undecided, i))):
			missing[i] = j.memo.missing(x, i, r.findings.riskRows[i])
		}
		if !ask.Findings {
			continue
		}
		f := Finding{Item: it.ID, Result: result, Level: out.Levels[i], Missing: missing[i].names()}
		if result != assessment.Unknown {
			w := &witness{}
			x.seen = map[string]bool{}
			if it.rows[result] != nil {
				x.ruleFacts(it.rowName(result), scope{column: -1, list: -1}, w)
			}
			f.Facts, f.Columns = x.paths(w), x.columnNames(w)
		}
		out.Findings = append(out.Findings, f)
	}
	if !decides {
		return
	}
	undecided := e.undecided(r.verdict)
	for _, i := range undecided {
		out.Undecided = append(out.Undecided, e.risk.items[i].ID)
	}
	if r.verdict.tooMuchUnknown {
		undecided = undecided[:0]
		for i := range missing {
			undecided = append(undecided, i)
		}
	}
	out.Questions, out.Open, out.First = j.memo.deciding(x, r, undecided, missing)
}

// undecided lists the items that may still block: hard stops first, then by
// severity, as in an assessment.
func (e *Engine) undecided(v *verdict) []int {
	order := func(it *item) int {
		if it.HardStop != "" {
			return 0
		}
		return 1
	}
	items := slices.Clone(v.undecided)
	slices.SortStableFunc(items, func(x, y int) int {
		a, b := &e.risk.items[x], &e.risk.items[y]
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(b.Severity, a.Severity), strings.Compare(a.ID, b.ID))
	})
	return items
}
