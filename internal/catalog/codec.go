package catalog

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/engine"
)

// The journal keeps results in a form of its own: a number, or a text with its
// length before it, one after the other. JSON takes ten times as long to read
// back.

// errCorrupt is the error of a journal that does not read as it was written.
var errCorrupt = errors.New("the journal is damaged")

// writer appends values.
type writer []byte

func (w *writer) number(n int) { *w = binary.AppendUvarint(*w, uint64(n)) }

func (w *writer) text(s string) {
	w.number(len(s))
	*w = append(*w, s...)
}

func (w *writer) bytes(b []byte) {
	w.number(len(b))
	*w = append(*w, b...)
}

func (w *writer) texts(list []string) {
	w.number(len(list))
	for _, s := range list {
		w.text(s)
	}
}

// results writes the results of items by their first letters, which differ.
func (w *writer) results(list []string) {
	w.number(len(list))
	for _, s := range list {
		*w = append(*w, s[0])
	}
}

// cursor reads values. The first that is not there sets damaged, and all that
// follow are empty. What it gives is a part of what it reads.
type cursor[T string | []byte] struct {
	data    T
	damaged bool
}

// number reads what [binary.AppendUvarint] has written.
func (c *cursor[T]) number() int {
	n, shift := uint64(0), 0
	for i := 0; i < len(c.data) && shift < 42; i++ {
		b := c.data[i]
		n |= uint64(b&0x7f) << shift
		if shift += 7; b < 0x80 {
			c.data = c.data[i+1:]
			return int(n)
		}
	}
	c.spoil()
	return 0
}

func (c *cursor[T]) spoil() { c.damaged, c.data = true, c.data[:0] }

// count is a number of things of which each takes at least a byte.
func (c *cursor[T]) count() int {
	n := c.number()
	if n > len(c.data) {
		c.spoil()
		return 0
	}
	return n
}

// text is a text, or bytes.
func (c *cursor[T]) text() T {
	n := c.count()
	s := c.data[:n]
	c.data = c.data[n:]
	return s
}

func (c *cursor[T]) texts() []T {
	n := c.count()
	if n == 0 {
		return nil
	}
	out := make([]T, 0, n)
	for range n {
		out = append(out, c.text())
	}
	return out
}

var resultNames = [256]string{
	'p': assessment.Pass, 'c': assessment.Concern, 'f': assessment.Fail, 'u': assessment.Unknown, 'n': assessment.NotApplicable, 'o': assessment.OutOfForce,
}

// results reads the results of items.
func (c *cursor[T]) results(out []string) {
	for i := range out {
		out[i] = resultNames[c.data[i]]
		c.damaged = c.damaged || out[i] == ""
	}
	c.data = c.data[len(out):]
}

// encode writes a result without its place, and the line of its findings.
func encode(w *writer, r *Result, line []byte) {
	w.number(len(r.Errors))
	for _, t := range r.Errors {
		w.text(t.Code)
		w.text(t.Path)
		w.number(t.Line)
		w.number(t.Column)
		w.text(t.Message)
	}
	w.text(r.Identifier)
	w.number(len(r.Title))
	for _, l := range sortedKeys(r.Title) {
		w.text(l)
		w.text(r.Title[l])
	}
	w.text(r.Publisher)
	w.text(r.Unit)
	w.text(r.Owner)
	w.texts(r.Themes)
	w.text(r.Day)
	w.text(r.Digest)
	w.text(r.Report)
	if !r.Failed() {
		encodeVerdict(w, &r.Verdict)
	}
	w.bytes(line)
}

func encodeVerdict(w *writer, v *engine.Verdict) {
	w.text(v.Outcome)
	w.text(v.RiskLevel)
	w.text(v.Bounds.Best)
	w.text(v.Bounds.Worst)
	if v.Priority != nil {
		w.text(*v.Priority)
	} else {
		w.text("")
	}
	for _, n := range []int{v.Value.Low, v.Value.High, v.Readiness.Low, v.Readiness.High} {
		w.number(n)
	}
	w.text(v.ValueLevel)
	w.text(v.ReadinessLevel)
	w.texts(v.BlockedBy)
	w.number(len(v.HardStops))
	for _, s := range v.HardStops {
		w.text(s.Stop)
		w.text(s.Item)
	}
	w.texts(v.SignOff.Roles)
	w.results(v.Risk)
	w.results(v.Opportunity)
	w.number(v.Questions)
	w.texts(v.Open)
	w.texts(v.First)
	w.text(v.WhatIf)
	w.number(len(v.Changes.Measures))
	for _, m := range v.Changes.Measures {
		w.text(m.Code)
		w.texts(m.Clears)
	}
	w.texts(v.Changes.Uncleared)
	w.text(v.Changes.Outcome)
	w.texts(v.Alone)
}

// decoder reads results one after the other.
type decoder struct {
	catalogue *checklist.Catalogue
	// room is for the lists with something for each item.
	room []string
}

// list makes a list.
func (d *decoder) list(n int) []string {
	if n > len(d.room) {
		d.room = make([]string, max(n, 1<<11))
	}
	out := d.room[:n:n]
	d.room = d.room[n:]
	return out
}

// decode reads a result; the levels come from the catalogue again. Its texts are
// parts of one copy, since memory of its own for each takes longer than reading it;
// who keeps one keeps that copy.
func (d *decoder) decode(data []byte, r *Result) error {
	in := &cursor[string]{data: string(data)}
	*r = Result{Source: r.Source, Record: r.Record}
	for range in.count() {
		r.Errors = append(r.Errors, Trouble{Code: in.text(), Path: in.text(), Line: in.number(), Column: in.number(), Message: in.text()})
	}
	r.Identifier = in.text()
	r.Title = map[string]string{}
	for range in.count() {
		l := in.text()
		r.Title[l] = in.text()
	}
	r.Publisher, r.Unit, r.Owner = in.text(), in.text(), in.text()
	r.Themes = in.texts()
	r.Day, r.Digest, r.Report = in.text(), in.text(), in.text()
	if !r.Failed() {
		d.verdict(in, &r.Verdict)
	}
	r.Line = in.text()
	if in.damaged || len(in.data) > 0 {
		return errCorrupt
	}
	return nil
}

func (d *decoder) verdict(in *cursor[string], v *engine.Verdict) {
	v.Outcome, v.RiskLevel = in.text(), in.text()
	v.Bounds.Best, v.Bounds.Worst = in.text(), in.text()
	if p := in.text(); p != "" {
		v.Priority = &p
	}
	v.Value.Low, v.Value.High, v.Readiness.Low, v.Readiness.High = in.number(), in.number(), in.number(), in.number()
	v.ValueLevel, v.ReadinessLevel = in.text(), in.text()
	v.BlockedBy = in.texts()
	for range in.count() {
		v.HardStops = append(v.HardStops, assessment.Stop{Stop: in.text(), Item: in.text()})
	}
	v.SignOff.Roles = in.texts()
	c := d.catalogue
	v.Risk = d.list(in.count())
	in.results(v.Risk)
	v.Opportunity = d.list(in.count())
	in.results(v.Opportunity)
	if len(v.Risk) != len(c.Risk.Items) || len(v.Opportunity) != len(c.Opportunity.Items) {
		in.damaged = true
		return
	}
	v.Levels = d.list(len(v.Risk))
	var last string
	levels := c.Policy.Levels.Item[last]
	for i, result := range v.Risk {
		if result != last { // most are alike
			last, levels = result, c.Policy.Levels.Item[result]
		}
		v.Levels[i] = levels[c.Risk.Items[i].Severity]
	}
	v.Questions, v.Open, v.First = in.number(), in.texts(), in.texts()
	v.WhatIf = in.text()
	for range in.count() {
		v.Changes.Measures = append(v.Changes.Measures, assessment.SuggestedMeasure{Code: in.text(), Clears: in.texts()})
	}
	v.Changes.Uncleared = in.texts()
	v.Changes.Outcome = in.text()
	v.Alone = in.texts()
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
