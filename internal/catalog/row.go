package catalog

import (
	"math"

	"puntari/internal/assessment"
)

// A result in a table of codes: the columns of the CSV and of the Parquet file, by
// the names in the tags, in the order of the parts. A number is nil where a record
// failed.
type (
	row struct {
		findings
		advice
		closing
		origin
	}
	// quickRow is the row where questions and changes were not asked for: an empty
	// cell would say that there is nothing to ask or to change.
	quickRow struct {
		findings
		closing
		origin
	}
)

// Table says what a table of codes is to hold.
type Table struct {
	// Lang is the language of titles, where there is one in it.
	Lang string
	// Quick leaves the columns of questions and changes out, which were not asked for.
	Quick bool
	// Origin is that of the results.
	Origin Origin
}

// filler is a row of either kind.
type filler interface{ fill(r *Result, t *Table) }

// findings are the columns of what was found and what follows.
type findings struct {
	Source        string   `parquet:"source,dict"`
	Record        int32    `parquet:"record"`
	Identifier    string   `parquet:"identifier"`
	Title         string   `parquet:"title"`
	Publisher     string   `parquet:"publisher,dict"`
	Unit          string   `parquet:"unit,dict"`
	Owner         string   `parquet:"owner,dict"`
	Themes        []string `parquet:"themes,list" parquet-element:",dict"`
	Outcome       string   `parquet:"outcome,dict"`
	OutcomeBest   string   `parquet:"outcome_best,dict"`
	OutcomeWorst  string   `parquet:"outcome_worst,dict"`
	RiskLevel     string   `parquet:"risk_level,dict"`
	ValueLow      *int32   `parquet:"value_low,optional"`
	ValueHigh     *int32   `parquet:"value_high,optional"`
	ReadinessLow  *int32   `parquet:"readiness_low,optional"`
	ReadinessHigh *int32   `parquet:"readiness_high,optional"`
	Priority      string   `parquet:"priority,dict"`
	RisksFailed   *int32   `parquet:"risks_failed,optional"`
	RisksConcern  *int32   `parquet:"risks_concern,optional"`
	RisksUnknown  *int32   `parquet:"risks_unknown,optional"`
	BlockedBy     []string `parquet:"blocked_by,list" parquet-element:",dict"`
	HardStops     []string `parquet:"hard_stops,list" parquet-element:",dict"`
}

// advice are the columns of what to ask and what to change.
type advice struct {
	// DecidingQuestions are how many, AskFirst the fields of those that can be asked
	// at once.
	DecidingQuestions *int32   `parquet:"deciding_questions,optional"`
	AskFirst          []string `parquet:"ask_first,list" parquet-element:",dict"`
	Changes           []string `parquet:"changes,list" parquet-element:",dict"`
	NoChangeClears    []string `parquet:"no_change_clears,list" parquet-element:",dict"`
	AfterChanges      string   `parquet:"outcome_after_changes,dict"`
}

// closing are the columns at the end: the decision and where it comes from.
type closing struct {
	AfterProposed string   `parquet:"outcome_after_proposed,dict"`
	SignOff       []string `parquet:"sign_off,list" parquet-element:",dict"`
	// KnownShare is from 0 to 1, to three decimals.
	KnownShare *float64 `parquet:"known_share,optional"`
	Date       string   `parquet:"date,dict"`
	Descriptor string   `parquet:"descriptor"`
	Report     string   `parquet:"report"`
	Error      []string `parquet:"error,list"`
}

// origin are the columns of what the results of a run have in common.
type origin struct {
	Tool     string `parquet:"tool,dict"`
	Revision string `parquet:"revision,dict"`
	Profile  string `parquet:"profile,dict"`
}

func (x *row) fill(r *Result, t *Table) {
	*x = row{newFindings(r, t.Lang), newAdvice(r), newClosing(r), t.origin()}
}

func (x *quickRow) fill(r *Result, t *Table) {
	*x = quickRow{newFindings(r, t.Lang), newClosing(r), t.origin()}
}

func (t *Table) origin() origin {
	o := &t.Origin
	return origin{o.Tool.Name + " " + o.Tool.Version, o.Revision, o.Profile}
}

func newFindings(r *Result, lang string) findings {
	v := &r.Verdict
	x := findings{
		Source: r.Source, Record: int32(r.Record), Identifier: r.Identifier, Title: r.Name(lang), Publisher: r.Publisher,
		Unit: r.Unit, Owner: r.Owner, Themes: r.Themes,
	}
	if r.Failed() {
		return x
	}
	x.Outcome, x.OutcomeBest, x.OutcomeWorst, x.RiskLevel = v.Outcome, v.Bounds.Best, v.Bounds.Worst, v.RiskLevel
	x.ValueLow, x.ValueHigh = whole(v.Value.Low), whole(v.Value.High)
	x.ReadinessLow, x.ReadinessHigh = whole(v.Readiness.Low), whole(v.Readiness.High)
	x.Priority = Priority(r)
	x.RisksFailed, x.RisksConcern, x.RisksUnknown = whole(r.Count(assessment.Fail)), whole(r.Count(assessment.Concern)), whole(r.Count(assessment.Unknown))
	x.BlockedBy, x.HardStops = v.BlockedBy, Stops(r)
	return x
}

func newAdvice(r *Result) advice {
	if r.Failed() {
		return advice{}
	}
	v := &r.Verdict
	return advice{
		DecidingQuestions: whole(v.Questions), AskFirst: v.First,
		Changes: Changes(r), NoChangeClears: v.Changes.Uncleared, AfterChanges: v.Changes.Outcome,
	}
}

func newClosing(r *Result) closing {
	x := closing{Date: r.Day, Descriptor: r.Digest, Report: r.Report}
	for _, t := range r.Errors {
		x.Error = append(x.Error, t.Message)
	}
	if r.Failed() {
		return x
	}
	x.AfterProposed, x.SignOff = r.Verdict.WhatIf, r.Verdict.SignOff.Roles
	known := math.Round(r.Known()*1000) / 1000
	x.KnownShare = &known
	return x
}

func whole(n int) *int32 {
	x := int32(n)
	return &x
}

// Priority is the place of a dataset in the queue, or "".
func Priority(r *Result) string {
	if r.Verdict.Priority == nil {
		return ""
	}
	return *r.Verdict.Priority
}

// Stops are the hard stops of a dataset, each once.
func Stops(r *Result) []string {
	var out []string
	for _, s := range r.Verdict.HardStops {
		if len(out) == 0 || out[len(out)-1] != s.Stop {
			out = append(out, s.Stop)
		}
	}
	return compact(out)
}

// Changes are the codes of the changes that a dataset needs.
func Changes(r *Result) []string {
	var out []string
	for _, m := range r.Verdict.Changes.Measures {
		out = append(out, m.Code)
	}
	return out
}

// compact leaves the first of equal texts.
func compact(list []string) []string {
	seen := map[string]bool{}
	out := list[:0]
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
