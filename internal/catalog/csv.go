package catalog

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"puntari/internal/assessment"
)

// CSV writes results as a table of codes, one row a record.
type CSV struct {
	w    *csv.Writer
	lang string
	row  []string
}

// NewCSV returns a writer of rows; titles are in lang where there is one.
func NewCSV(w io.Writer, lang string) (*CSV, error) {
	c := &CSV{w: csv.NewWriter(w), lang: lang}
	header := make([]string, len(columns))
	for i := range columns {
		header[i] = columns[i].name
	}
	return c, c.w.Write(header)
}

// columns are the columns of the table.
var columns = []struct {
	name string
	of   func(r *Result, lang string) string
}{
	{"source", func(r *Result, _ string) string { return r.Source }},
	{"record", func(r *Result, _ string) string { return strconv.Itoa(r.Record) }},
	{"identifier", func(r *Result, _ string) string { return r.Identifier }},
	{"title", func(r *Result, lang string) string { return r.Name(lang) }},
	{"publisher", func(r *Result, _ string) string { return r.Publisher }},
	{"unit", func(r *Result, _ string) string { return r.Unit }},
	{"owner", func(r *Result, _ string) string { return r.Owner }},
	{"themes", func(r *Result, _ string) string { return strings.Join(r.Themes, " ") }},
	{"outcome", func(r *Result, _ string) string { return r.Verdict.Outcome }},
	{"outcome_best", func(r *Result, _ string) string { return r.Verdict.Bounds.Best }},
	{"outcome_worst", func(r *Result, _ string) string { return r.Verdict.Bounds.Worst }},
	{"risk_level", func(r *Result, _ string) string { return r.Verdict.RiskLevel }},
	{"value_low", number(func(r *Result) int { return r.Verdict.Value.Low })},
	{"value_high", number(func(r *Result) int { return r.Verdict.Value.High })},
	{"readiness_low", number(func(r *Result) int { return r.Verdict.Readiness.Low })},
	{"readiness_high", number(func(r *Result) int { return r.Verdict.Readiness.High })},
	{"priority", func(r *Result, _ string) string { return Priority(r) }},
	{"risks_failed", number(func(r *Result) int { return r.Count(assessment.Fail) })},
	{"risks_concern", number(func(r *Result) int { return r.Count(assessment.Concern) })},
	{"risks_unknown", number(func(r *Result) int { return r.Count(assessment.Unknown) })},
	{"blocked_by", func(r *Result, _ string) string { return strings.Join(r.Verdict.BlockedBy, " ") }},
	{"hard_stops", func(r *Result, _ string) string { return strings.Join(Stops(r), " ") }},
	{"deciding_questions", number(func(r *Result) int { return len(r.Verdict.Open) })},
	{"ask_first", func(r *Result, _ string) string { return strings.Join(r.Verdict.First, " ") }},
	{"changes", func(r *Result, _ string) string { return strings.Join(Changes(r), " ") }},
	{"no_change_clears", func(r *Result, _ string) string { return strings.Join(r.Verdict.Changes.Uncleared, " ") }},
	{"outcome_after_changes", func(r *Result, _ string) string { return r.Verdict.Changes.Outcome }},
	{"outcome_after_proposed", func(r *Result, _ string) string { return r.Verdict.WhatIf }},
	{"sign_off", func(r *Result, _ string) string { return strings.Join(r.Verdict.SignOff.Roles, " ") }},
	{"known_share", func(r *Result, _ string) string {
		if r.Failed() {
			return ""
		}
		return strconv.FormatFloat(r.Known(), 'f', 3, 64)
	}},
	{"date", func(r *Result, _ string) string { return r.Day }},
	{"descriptor", func(r *Result, _ string) string { return r.Digest }},
	{"report", func(r *Result, _ string) string { return r.Report }},
	{"error", func(r *Result, _ string) string {
		var out []string
		for _, t := range r.Errors {
			out = append(out, t.Message)
		}
		return strings.Join(out, " ")
	}},
}

// number is a column of a number, which a record that failed does not have.
func number(of func(*Result) int) func(*Result, string) string {
	return func(r *Result, _ string) string {
		if r.Failed() {
			return ""
		}
		return strconv.Itoa(of(r))
	}
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

// Write writes the row of a result.
func (c *CSV) Write(r *Result) error {
	c.row = c.row[:0]
	for i := range columns {
		c.row = append(c.row, unformula(columns[i].of(r, c.lang)))
	}
	return c.w.Write(c.row)
}

// Close writes what is left.
func (c *CSV) Close() error {
	c.w.Flush()
	return c.w.Error()
}

// unformula keeps a spreadsheet from reading a text as a formula.
func unformula(s string) string {
	if s == "" || s == "-" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	return "'" + s
}
