package engine

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
	"puntari/internal/score"
)

// verdict is what follows from the findings of one dataset.
type verdict struct {
	outcome, riskLevel string
	priority           *string
	signOff            []string
	insufficient       bool
	tooMuchUnknown     bool
	holding            []string // levels that keep from opening at once
	blockedBy          []string
	hardStops          []assessment.Stop
	levels             []string // of the risk items, "" for pass and na
	people, assets     bool     // may be there
	value, readiness   assessment.Interval
	themes             []score.Theme
	undecided          []int // can-block items that may still fail
}

// tally is what the decision needs to know of the findings.
type tally struct {
	blocked, undecided bool
	people, assets     bool // may be there
	unknown            int
	failing            []string
	levels             levelCounts
	themes             []levelCounts // of the themes that the decision names
}

// levelCounts counts items by the number of their level.
type levelCounts [maxLevels]uint8

const maxLevels = 8

// scores works out value and readiness. Value comes first, since an item about
// cost looks at it.
func (e *Engine) scores(ctx context.Context, c *facts.Case, f *findings, v *view) (*verdict, error) {
	possible := make([]score.Possible, len(f.opportunity))
	for i, s := range f.opportunity {
		possible[i] = score.Possible(s.settled())
	}
	out := &verdict{}
	if err := e.about(c, out); err != nil {
		return nil, err
	}
	out.themes = e.scorer.Themes(possible)
	out.value = e.scorer.Group("VALUE", out.themes, possible).Rounded()
	if e.hasLate {
		c.SetValue(out.value.Low, out.value.High)
		late, err := e.rowsOf(ctx, e.opportunity, c, c.Opportunity, c.OpportunityStatus, v, true)
		if err != nil {
			return nil, err
		}
		for i := range e.opportunity.items {
			if e.opportunity.items[i].late {
				f.opportunityRows[i] = late[i]
				f.opportunity[i] = opportunityResults(late[i].known, late[i].possible)
				possible[i] = score.Possible(f.opportunity[i].settled())
			}
		}
		out.themes = e.scorer.Themes(possible)
	}
	out.readiness = e.scorer.Group("READINESS", out.themes, possible).Rounded()
	return out, nil
}

// decide joins the findings into a verdict. risk are the results of the risk
// items to decide on, value the value to decide on.
func (e *Engine) decide(ctx context.Context, c *facts.Case, risk []set, base *verdict, value int, whatIf *assessment.WhatIf) (*verdict, error) {
	out := &verdict{value: base.value, readiness: base.readiness, themes: base.themes, people: base.people, assets: base.assets}
	out.levels = make([]string, len(risk))
	for i, r := range risk {
		it := &e.risk.items[i]
		if n := it.level(r); n >= 0 {
			out.levels[i] = e.Catalogue.Policy.Levels.Names[n].Level
		}
		switch {
		case r.settled() == fail:
			out.hardStops = append(out.hardStops, e.stops(c, it)...)
			if it.canBlock {
				out.blockedBy = append(out.blockedBy, it.ID)
			}
		case it.canBlock && r.isUnknown() && r&fail != 0:
			out.undecided = append(out.undecided, i)
		}
	}
	slices.Sort(out.blockedBy)
	d, err := e.decided(ctx, c, e.tally(risk, base), value, base.readiness.Low, whatIf)
	if err != nil {
		return nil, err
	}
	out.outcome, out.riskLevel, out.priority = d.Outcome, d.RiskLevel, d.Priority
	out.signOff, out.holding = d.SignOff, d.HoldingLevels
	out.insufficient, out.tooMuchUnknown = d.Insufficient, d.TooMuchUnknown
	return out, nil
}

// tally counts what the decision needs to know of the risk items.
func (e *Engine) tally(risk []set, base *verdict) *tally {
	t := &tally{people: base.people, assets: base.assets, themes: make([]levelCounts, len(e.decisionReads.themes))}
	for i, r := range risk {
		it := &e.risk.items[i]
		if n := it.level(r); n >= 0 {
			t.levels[n]++
			if it.decisionTheme >= 0 {
				t.themes[it.decisionTheme][n]++
			}
		}
		switch {
		case r.settled() == fail:
			t.failing = append(t.failing, it.ID)
			t.blocked = t.blocked || it.canBlock
		case r.isUnknown():
			t.unknown++
			t.undecided = t.undecided || it.canBlock && r&fail != 0
		}
	}
	return t
}

// stops are the hard stops that a failed item raises.
func (e *Engine) stops(c *facts.Case, it *item) []assessment.Stop {
	var out []assessment.Stop
	if it.HardStop != "" {
		out = append(out, assessment.Stop{Stop: it.HardStop, Item: it.ID})
	}
	if also := it.AlsoStops; also != nil {
		i := e.Space.Index(also.When.Path)
		if i >= 0 && c.Risk[i].Yes&e.Space.Facts[i].Bit(also.When.Value) != 0 {
			out = append(out, assessment.Stop{Stop: also.Stop, Item: it.ID})
		}
	}
	return out
}

// scoreLevel is the level of a score of 0 to 100.
func (e *Engine) scoreLevel(points int) string {
	out := ""
	for _, l := range e.Catalogue.Policy.Levels.Names {
		if points >= l.From {
			out = l.Level
		}
	}
	return out
}

// decided looks up what the decision policy says, or asks it.
func (e *Engine) decided(ctx context.Context, c *facts.Case, t *tally, value, readiness int, whatIf *assessment.WhatIf) (*decisionDocument, error) {
	var k decisionKey
	if e.tables != nil {
		k = e.decisionKey(c, t, value, readiness, whatIf)
	}
	if d, known := e.tables.decision(k); known {
		return d, nil
	}
	d, err := e.askDecision(ctx, e.decisionInput(c, t, value, readiness, whatIf))
	if err == nil {
		e.tables.learnDecision(k, d)
	}
	return d, err
}

func (e *Engine) askDecision(ctx context.Context, input ast.Value) (*decisionDocument, error) {
	document, err := e.eval(ctx, e.decision, input)
	if err != nil {
		return nil, err
	}
	if document == nil {
		return nil, fmt.Errorf("%w: the decision is undefined", ErrCouldNotAssess)
	}
	d := &decisionDocument{}
	if err := ast.As(document, d); err != nil {
		return nil, fmt.Errorf("%w: the decision has another form than expected: %w", ErrCouldNotAssess, err)
	}
	if e.Catalogue.Policy.OutcomeRank(d.Outcome) < 0 || d.RiskLevel == "" {
		return nil, fmt.Errorf("%w: the decision has no outcome or no risk level", ErrCouldNotAssess)
	}
	return d, nil
}

// decisionDocument is what data.puntari.decision.decision gives.
type decisionDocument struct {
	Outcome   string   `json:"outcome"`
	RiskLevel string   `json:"risk_level"`
	Priority  *string  `json:"priority"`
	SignOff   []string `json:"sign_off"`
	// Insufficient tells that open questions decide the outcome.
	Insufficient bool `json:"insufficient"`
	// TooMuchUnknown tells that their number does, so that all of them count.
	TooMuchUnknown bool `json:"too_much_unknown"`
	// HoldingLevels are the item levels that keep a dataset from being opened at once.
	HoldingLevels []string `json:"holding_levels"`
}

func (e *Engine) decisionInput(c *facts.Case, t *tally, value, readiness int, whatIf *assessment.WhatIf) ast.Value {
	levels := ast.NewObject()
	for i, l := range e.Catalogue.Policy.Levels.Names {
		levels.Insert(ast.StringTerm(l.Level), ast.InternedTerm(int(t.levels[i])))
	}
	failing := ast.NewObject()
	for _, id := range t.failing {
		failing.Insert(ast.StringTerm(id), yes)
	}
	themes := ast.NewObject()
	for k, theme := range e.decisionReads.themes {
		o := ast.NewObject()
		for i, l := range e.Catalogue.Policy.Levels.Names {
			o.Insert(ast.StringTerm(l.Level), ast.InternedTerm(int(t.themes[k][i])))
		}
		themes.Insert(ast.StringTerm(theme), ast.NewTerm(o))
	}
	channel, basis := e.channel(c)
	in := ast.NewObject(
		flag("blocked", t.blocked), flag("undecided", t.undecided),
		flag("people", t.people), flag("assets", t.assets),
		[2]*ast.Term{ast.StringTerm("unknown_items"), ast.InternedTerm(t.unknown)},
		[2]*ast.Term{ast.StringTerm("value"), ast.InternedTerm(value)},
		[2]*ast.Term{ast.StringTerm("readiness"), ast.InternedTerm(readiness)},
		[2]*ast.Term{ast.StringTerm("levels"), ast.NewTerm(levels)},
		[2]*ast.Term{ast.StringTerm("failing"), ast.NewTerm(failing)},
		[2]*ast.Term{ast.StringTerm("themes"), ast.NewTerm(themes)},
		[2]*ast.Term{ast.StringTerm("channel"), ast.ObjectTerm(flag("named", channel), flag("basis", basis))},
		[2]*ast.Term{ast.StringTerm("measures"), measures(c.Dataset)},
	)
	if whatIf != nil && whatIf.Outcome != nil {
		in.Insert(ast.StringTerm("what_if"), ast.ObjectTerm(
			[2]*ast.Term{ast.StringTerm("outcome"), ast.StringTerm(*whatIf.Outcome)}, flag("same_product", whatIf.SameProduct)))
	}
	return in
}

func flag(key string, v bool) [2]*ast.Term {
	return [2]*ast.Term{ast.StringTerm(key), ast.InternedTerm(v)}
}

// about tells whether a dataset may be about people, and about assets.
func (e *Engine) about(c *facts.Case, out *verdict) error {
	a := &asker{e: e, c: c, states: c.Risk}
	x := &explainer{p: e.program, c: c, states: c.Risk, opaque: a.holds}
	at := scope{possible: true, column: -1, list: -1}
	out.people, out.assets = x.ruleHolds("conditions.about_persons", at), x.ruleHolds("conditions.assets", at)
	if a.failed {
		return fmt.Errorf("%w: what the dataset is about could not be evaluated", ErrCouldNotAssess)
	}
	return nil
}

// channel tells whether a restricted channel is named and has a basis in law.
func (e *Engine) channel(c *facts.Case) (named, basis bool) {
	d := &c.Dataset.Release
	named = text(d.RestrictedChannel) != "" && text(d.RestrictedChannel) != "none" && text(d.RestrictedChannel) != descriptor.Unknown
	basis = text(d.RestrictedChannelBasis) != "" && text(d.RestrictedChannelBasis) != descriptor.Unknown
	return named, basis
}

// measures lists the measures of the descriptor with their parameters that are texts.
func measures(d *descriptor.Dataset) *ast.Term {
	var out []*ast.Term
	for i := range d.Mitigations {
		m := &d.Mitigations[i]
		params := ast.NewObject()
		for k, v := range m.Params {
			if s, ok := v.(string); ok {
				params.Insert(ast.StringTerm(k), ast.StringTerm(s))
			}
		}
		out = append(out, ast.ObjectTerm(
			[2]*ast.Term{ast.StringTerm("code"), ast.StringTerm(text(m.Code))},
			[2]*ast.Term{ast.StringTerm("status"), ast.StringTerm(text(m.Status))},
			[2]*ast.Term{ast.StringTerm("params"), ast.NewTerm(params)}))
	}
	return ast.ArrayTerm(out...)
}
