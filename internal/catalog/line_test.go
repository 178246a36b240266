package catalog

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/sample/city"
)

// finding is the line of a record in NDJSON, without its place: the form that the
// line has in the words of encoding/json.
type finding struct {
	Errors            []Trouble            `json:"errors,omitempty"`
	Identifier        string               `json:"identifier,omitempty"`
	Title             map[string]string    `json:"title,omitempty"`
	Publisher         string               `json:"publisher,omitempty"`
	Unit              string               `json:"unit,omitempty"`
	Themes            []string             `json:"themes,omitempty"`
	Date              string               `json:"date,omitempty"`
	Descriptor        string               `json:"descriptor,omitempty"`
	Outcome           string               `json:"outcome,omitempty"`
	Bounds            *assessment.Bounds   `json:"outcomeBounds,omitempty"`
	RiskLevel         string               `json:"riskLevel,omitempty"`
	Value             *assessment.Interval `json:"value,omitempty"`
	Readiness         *assessment.Interval `json:"readiness,omitempty"`
	Priority          *string              `json:"priority,omitempty"`
	BlockedBy         []string             `json:"blockedBy,omitempty"`
	HardStops         []assessment.Stop    `json:"hardStops,omitempty"`
	SignOff           []string             `json:"signOff,omitempty"`
	Findings          []engine.Finding     `json:"findings,omitempty"`
	Undecided         []string             `json:"undecided,omitempty"`
	DecidingQuestions []string             `json:"decidingQuestions,omitempty"`
	AskFirst          []string             `json:"askFirst,omitempty"`
	WhatIf            string               `json:"whatIf,omitempty"`
	Changes           *assessment.Changes  `json:"changes,omitempty"`
	Alone             []string             `json:"alternatives,omitempty"`
	Report            string               `json:"report,omitempty"`
}

// encodedLine is what encoding/json makes of a line.
func encodedLine(tb testing.TB, c *checklist.Catalogue, r *Result) string {
	tb.Helper()
	f := finding{
		Errors: r.Errors, Identifier: r.Identifier, Title: r.Title, Publisher: r.Publisher, Unit: r.Unit,
		Themes: r.Themes, Date: r.Day, Descriptor: r.Digest, Report: r.Report,
	}
	if v := &r.Verdict; !r.Failed() {
		f.Outcome, f.Bounds, f.RiskLevel = v.Outcome, &v.Bounds, v.RiskLevel
		f.Value, f.Readiness, f.Priority = &v.Value, &v.Readiness, v.Priority
		f.BlockedBy, f.HardStops, f.SignOff = v.BlockedBy, v.HardStops, v.SignOff.Roles
		if f.WhatIf, f.Alone, f.Undecided = v.WhatIf, v.Alone, v.Undecided; v.Changes.Measures != nil {
			f.Changes = &v.Changes
		}
		f.Findings = v.Findings
		f.DecidingQuestions, f.AskFirst = v.Open, v.First
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(&f); err != nil {
		tb.Fatal(err)
	}
	b.Truncate(b.Len() - len("}\n"))
	results := func(open string, items []checklist.Item, results []string) {
		b.WriteString(open)
		for i := range items {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + items[i].ID + `":"` + results[i] + `"`)
		}
		b.WriteByte('}')
	}
	if !r.Failed() {
		results(`,"risk":{`, c.Risk.Items, r.Verdict.Risk)
		results(`,"opportunity":{`, c.Opportunity.Items, r.Verdict.Opportunity)
	}
	b.WriteByte('}')
	return b.String()[1:]
}

// verdicts are results of invented datasets.
func verdicts(tb testing.TB, n int) (*checklist.Catalogue, []*Result) {
	tb.Helper()
	o := newOptions(tb)
	g, judge := city.New(7), o.Engine.NewJudge()
	var out []*Result
	for i := range n {
		d := g.Dataset(i)
		v, err := judge.Verdict(context.Background(), d, o.Today, o.Ask)
		if err != nil {
			tb.Fatal(err)
		}
		r := &Result{Day: o.Today, Digest: "sha256:00", Verdict: *v}
		identify(r, d)
		out = append(out, r)
	}
	return o.catalogue(), out
}

// TestLine compares lines with what encoding/json gives.
func TestLine(t *testing.T) {
	c, results := verdicts(t, 150)
	odd := *results[0]
	odd.Identifier, odd.Title, odd.Report = "<a> & \u2028\xff\n", descriptor.LangText{"": "\"", "fi": "\\"}, "r/1.xlsx"
	odd.Verdict.Priority, odd.Verdict.HardStops = nil, []assessment.Stop{{Stop: "<s>", Item: "i"}, {}}
	odd.Verdict.Findings = append([]engine.Finding{{}}, odd.Verdict.Findings...)
	odd.Verdict.Findings[0].Missing = []string{"schema.fields[].type", "x"}
	odd.Verdict.Changes = assessment.Changes{Measures: []assessment.SuggestedMeasure{{}, {Code: "M01", Clears: []string{"a"}, Columns: []string{"b"}}}, Uncleared: []string{"u"}, Outcome: "o"}
	odd.Verdict.Alone, odd.Verdict.WhatIf = []string{"M02"}, "w"
	none := *results[0]
	none.Verdict = engine.Verdict{Risk: odd.Verdict.Risk, Opportunity: odd.Verdict.Opportunity}
	none.Verdict.Changes.Measures = []assessment.SuggestedMeasure{}
	failed := &Result{Errors: []Trouble{{Code: "c", Message: "m"}, {"d", "p", 3, 4, "<n>"}}}
	var w lineWriter
	for i, r := range append(results, &odd, &none, failed) {
		if got, want := string(w.line(c, r)), encodedLine(t, c, r); got != want {
			t.Fatalf("%d:\ngot  %s\nwant %s", i, got, want)
		}
	}
}

// BenchmarkLine writes the line of a result, and for comparison with encoding/json.
func BenchmarkLine(b *testing.B) {
	c, results := verdicts(b, 40)
	var w lineWriter
	b.Run("appended", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			w.line(c, results[i%len(results)])
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			encodedLine(b, c, results[i%len(results)])
		}
	})
}
