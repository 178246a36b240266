package catalog

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/engine"
)

// finding is the line of a record in NDJSON, without its place.
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

// lineWriter writes lines into memory of its own.
type lineWriter struct{ b bytes.Buffer }

// line is the line of a result from behind its place to the closing brace. It is
// valid until the next call.
func (w *lineWriter) line(c *checklist.Catalogue, r *Result) []byte {
	f := finding{
		Errors: r.Errors, Identifier: r.Identifier, Title: r.Title, Publisher: r.Publisher, Unit: r.Unit,
		Themes: r.Themes, Date: r.Day, Descriptor: r.Digest, Report: r.Report,
	}
	if v := &r.Verdict; !r.Failed() {
		f.Outcome, f.Bounds, f.RiskLevel = v.Outcome, &v.Bounds, v.RiskLevel
		f.Value, f.Readiness, f.Priority = &v.Value, &v.Readiness, v.Priority
		f.BlockedBy, f.HardStops, f.SignOff = v.BlockedBy, v.HardStops, v.SignOff.Roles
		f.WhatIf, f.Changes, f.Alone = v.WhatIf, &v.Changes, v.Alone
		for _, x := range v.Findings {
			x.Missing = Fields(x.Missing)
			f.Findings = append(f.Findings, x)
		}
		for _, q := range v.Decisive {
			f.Undecided = append(f.Undecided, q.Item)
		}
		f.DecidingQuestions, f.AskFirst = Fields(v.Open), Fields(v.First)
	}
	w.b.Reset()
	e := json.NewEncoder(&w.b)
	e.SetEscapeHTML(false)
	if err := e.Encode(&f); err != nil { // plain data always marshals
		return nil
	}
	w.b.Truncate(w.b.Len() - len("}\n"))
	if !r.Failed() {
		w.items(c.Risk.Items, r.Verdict.Risk, `,"risk":{`)
		w.items(c.Opportunity.Items, r.Verdict.Opportunity, `,"opportunity":{`)
	}
	w.b.WriteByte('}')
	return w.b.Bytes()[1:]
}

// items writes the results of a checklist in its order.
func (w *lineWriter) items(items []checklist.Item, results []string, open string) {
	w.b.WriteString(open)
	for i := range items {
		if i > 0 {
			w.b.WriteByte(',')
		}
		w.b.WriteByte('"')
		w.b.WriteString(items[i].ID)
		w.b.WriteString(`":"`)
		w.b.WriteString(results[i])
		w.b.WriteByte('"')
	}
	w.b.WriteByte('}')
}

// NDJSON writes results as lines of JSON, one a record.
type NDJSON struct {
	w io.Writer
	b []byte
	// source is the last source as JSON.
	name string
	json []byte
}

// NewNDJSON returns a writer of lines.
func NewNDJSON(w io.Writer) *NDJSON { return &NDJSON{w: w} }

// Write writes the line of a result.
func (n *NDJSON) Write(r *Result) error {
	if n.json == nil || n.name != r.Source {
		n.name = r.Source
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(r.Source); err != nil {
			return err
		}
		n.json = bytes.TrimSpace(b.Bytes())
	}
	n.b = append(n.b[:0], `{"source":`...)
	n.b = append(n.b, n.json...)
	n.b = append(n.b, `,"record":`...)
	n.b = strconv.AppendInt(n.b, int64(r.Record), 10)
	if len(r.Line) > 1 {
		n.b = append(n.b, ',')
	}
	n.b = append(n.b, r.Line...)
	n.b = append(n.b, '\n')
	_, err := n.w.Write(n.b)
	return err
}

// parseDigest takes the bytes out of "sha256:...".
func parseDigest(s string) ([]byte, bool) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "sha256:"))
	return b, err == nil && len(b) == 32
}
