package catalog

import (
	"encoding/hex"
	"io"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/engine"
	"puntari/internal/plainjson"
)

// lineWriter writes lines into memory of its own.
type lineWriter struct{ b []byte }

// line is the line of a result from behind its place to the closing brace. It is
// valid until the next call. TestLine says what it is in terms of encoding/json,
// which takes several times as long.
func (w *lineWriter) line(c *checklist.Catalogue, r *Result) []byte {
	b := w.b[:0]
	if len(r.Errors) > 0 {
		b = append(b, `,"errors":[`...)
		for i := range r.Errors {
			b = appendTrouble(b, &r.Errors[i])
			b = append(b, ',')
		}
		b[len(b)-1] = ']'
	}
	b = member(b, `,"identifier":`, r.Identifier)
	if len(r.Title) > 0 {
		b = plainjson.TextsByName(append(b, `,"title":`...), r.Title)
	}
	b = member(b, `,"publisher":`, r.Publisher)
	b = member(b, `,"unit":`, r.Unit)
	b = members(b, `,"themes":`, r.Themes)
	b = member(b, `,"date":`, r.Day)
	b = member(b, `,"descriptor":`, r.Digest)
	if !r.Failed() {
		b = appendVerdict(b, &r.Verdict)
	}
	b = member(b, `,"report":`, r.Report)
	if !r.Failed() {
		b = items(b, `,"risk":{`, c.Risk.Items, r.Verdict.Risk)
		b = items(b, `,"opportunity":{`, c.Opportunity.Items, r.Verdict.Opportunity)
	}
	b = append(b, '}')
	w.b = b
	return b[1:]
}

// member appends a text, members a list, that has something in it.
func member(b []byte, name, s string) []byte {
	if s == "" {
		return b
	}
	return plainjson.Text(append(b, name...), s)
}

func members(b []byte, name string, list []string) []byte {
	if len(list) == 0 {
		return b
	}
	return plainjson.Texts(append(b, name...), list)
}

func number(b []byte, name string, n int) []byte {
	return strconv.AppendInt(append(b, name...), int64(n), 10)
}

func appendTrouble(b []byte, t *Trouble) []byte {
	b = plainjson.Text(append(b, `{"code":`...), t.Code)
	b = member(b, `,"path":`, t.Path)
	if t.Line != 0 {
		b = number(b, `,"line":`, t.Line)
	}
	if t.Column != 0 {
		b = number(b, `,"column":`, t.Column)
	}
	b = plainjson.Text(append(b, `,"message":`...), t.Message)
	return append(b, '}')
}

func appendVerdict(b []byte, v *engine.Verdict) []byte {
	b = member(b, `,"outcome":`, v.Outcome)
	b = plainjson.Text(append(b, `,"outcomeBounds":{"best":`...), v.Bounds.Best)
	b = plainjson.Text(append(b, `,"worst":`...), v.Bounds.Worst)
	b = append(b, '}')
	b = member(b, `,"riskLevel":`, v.RiskLevel)
	b = number(b, `,"value":{"low":`, v.Value.Low)
	b = number(b, `,"high":`, v.Value.High)
	b = number(b, `},"readiness":{"low":`, v.Readiness.Low)
	b = number(b, `,"high":`, v.Readiness.High)
	b = append(b, '}')
	if v.Priority != nil {
		b = plainjson.Text(append(b, `,"priority":`...), *v.Priority)
	}
	b = members(b, `,"blockedBy":`, v.BlockedBy)
	b = appendStops(b, v.HardStops)
	b = members(b, `,"signOff":`, v.SignOff.Roles)
	b = appendFindings(b, v.Findings)
	b = members(b, `,"undecided":`, v.Undecided)
	b = members(b, `,"decidingQuestions":`, v.Open)
	b = members(b, `,"askFirst":`, v.First)
	b = member(b, `,"whatIf":`, v.WhatIf)
	b = appendChanges(b, &v.Changes)
	return members(b, `,"alternatives":`, v.Alone)
}

func appendStops(b []byte, stops []assessment.Stop) []byte {
	if len(stops) == 0 {
		return b
	}
	b = append(b, `,"hardStops":[`...)
	for _, s := range stops {
		b = plainjson.Text(append(b, `{"stop":`...), s.Stop)
		b = plainjson.Text(append(b, `,"item":`...), s.Item)
		b = append(b, "},"...)
	}
	b[len(b)-1] = ']'
	return b
}

func appendFindings(b []byte, findings []engine.Finding) []byte {
	if len(findings) == 0 {
		return b
	}
	b = append(b, `,"findings":[`...)
	for i := range findings {
		f := &findings[i]
		b = plainjson.Text(append(b, `{"item":`...), f.Item)
		b = plainjson.Text(append(b, `,"result":`...), f.Result)
		b = member(b, `,"level":`, f.Level)
		b = members(b, `,"facts":`, f.Facts)
		b = members(b, `,"columns":`, f.Columns)
		b = members(b, `,"missing":`, f.Missing)
		b = append(b, "},"...)
	}
	b[len(b)-1] = ']'
	return b
}

func appendChanges(b []byte, c *assessment.Changes) []byte {
	if c.Measures == nil { // not asked for
		return b
	}
	b = append(b, `,"changes":{"measures":[`...)
	for i := range c.Measures {
		if i > 0 {
			b = append(b, ',')
		}
		m := &c.Measures[i]
		b = plainjson.Text(append(b, `{"code":`...), m.Code)
		b = plainjson.Texts(append(b, `,"clears":`...), m.Clears)
		b = append(members(b, `,"columns":`, m.Columns), '}')
	}
	b = append(b, ']')
	b = members(b, `,"uncleared":`, c.Uncleared)
	return append(member(b, `,"outcome":`, c.Outcome), '}')
}

// items appends the results of a checklist in its order.
func items(b []byte, open string, items []checklist.Item, results []string) []byte {
	b = append(b, open...)
	for i := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, items[i].ID...)
		b = append(b, `":"`...)
		b = append(b, results[i]...)
		b = append(b, '"')
	}
	return append(b, '}')
}

// NDJSON writes results as lines of JSON, one a record.
type NDJSON struct {
	w io.Writer
	b []byte
	// source is the last source as JSON.
	name string
	json []byte
	// end is what all lines end with.
	end []byte
}

// NewNDJSON returns a writer of lines.
func NewNDJSON(w io.Writer, o Origin) *NDJSON {
	return &NDJSON{w: w, end: append(o.appendMembers(nil), "}\n"...)}
}

// Write writes the line of a result.
func (n *NDJSON) Write(r *Result) error {
	if n.json == nil || n.name != r.Source {
		n.name = r.Source
		n.json = plainjson.Text(nil, r.Source)
	}
	n.b = append(n.b[:0], `{"source":`...)
	n.b = append(n.b, n.json...)
	n.b = append(n.b, `,"record":`...)
	n.b = strconv.AppendInt(n.b, int64(r.Record), 10)
	if len(r.Line) > 1 {
		n.b = append(n.b, ',')
	}
	n.b = append(n.b, strings.TrimSuffix(r.Line, "}")...)
	n.b = append(n.b, n.end...)
	_, err := n.w.Write(n.b)
	return err
}

// parseDigest takes the bytes out of "sha256:...".
func parseDigest(s string) ([]byte, bool) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "sha256:"))
	return b, err == nil && len(b) == 32
}
