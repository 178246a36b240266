package catalog

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/importer"
	"puntari/internal/intake"
	"puntari/internal/source"
	"puntari/internal/wording"
)

// worker assesses the records of one job after the other.
type worker struct {
	o       *Options
	judge   *engine.Judge
	journal *Journal
	results writer
	one     writer
	lines   lineWriter
	old     oldFrames
	decoder decoder
	// canonical is memory for the form of which the digest is taken.
	canonical []byte
}

// do assesses the records of a job. The error ends the run; what is wrong with a
// record is in its result.
func (w *worker) do(ctx context.Context, j *job) error {
	w.results = w.results[:0]
	w.results.text(j.name)
	if j.data != nil {
		j.records = w.read(ctx, j)
	}
	for _, x := range j.records {
		if err := w.record(ctx, x); err != nil {
			return err
		}
	}
	j.frame = frame(w.results)
	j.records = nil
	return nil
}

// read reads the records of a piece of a source. A line that breaks off may take
// the next along with it; where each line is a record, they are read one by one
// then.
func (w *worker) read(ctx context.Context, j *job) []*source.Record {
	var out []*source.Record
	part := func(data []byte, line int) {
		// The function gives no error; that of the context ends the job later.
		_ = w.o.Reader.ReadAs(ctx, importer.Descriptor, j.name, bytes.NewBuffer(data), func(x *source.Record) error {
			out = append(out, below(x, line-1))
			return nil
		})
	}
	part(j.data, j.line)
	if !j.lines || len(out) == countLines(j.data) {
		return out
	}
	out = nil
	line := j.line
	for data := range bytes.Lines(j.data) {
		if !isBlank(data) {
			part(data, line)
		}
		line++
	}
	return out
}

func countLines(data []byte) int {
	n := 0
	for line := range bytes.Lines(data) {
		if !isBlank(line) {
			n++
		}
	}
	return n
}

func isBlank(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }

// record appends the result of one record.
func (w *worker) record(ctx context.Context, x *source.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := Result{Source: x.Name}
	if !x.Usable() {
		w.fail(&r, x)
		return nil
	}
	w.canonical = x.Dataset.AppendCanonical(w.canonical[:0])
	sum := sha256.Sum256(w.canonical)
	if w.o.Only != nil && !w.o.Only(sum) {
		return nil
	}
	r.Digest = "sha256:" + hex.EncodeToString(sum[:])
	r.Day = w.day(x.Dataset)
	if done := w.journal.reuse(sum, &w.old); done != nil && w.reported(done) {
		w.o.Progress.Records.Add(1)
		w.o.Progress.Reused.Add(1)
		w.results.bytes(done)
		return nil
	}
	identify(&r, x.Dataset)
	v, err := w.judge.Verdict(ctx, x.Dataset, r.Day, w.o.Ask)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, engine.ErrCouldNotAssess):
		w.failed(&r, Trouble{Code: "could_not_assess", Message: err.Error()})
		return nil
	case err != nil:
		return fmt.Errorf("%s: %s: %w", x.Name, r.Identifier, err)
	}
	r.Verdict = *v
	if w.o.Report != nil {
		if r.Report, err = w.o.Report(ctx, x.Dataset, x.Name, r.Day, r.Digest); err != nil {
			return fmt.Errorf("%s: %s: %w", x.Name, r.Identifier, err)
		}
	}
	w.add(&r)
	return nil
}

// reported tells whether the report of a record that is taken over is there.
func (w *worker) reported(encoded []byte) bool {
	if w.o.Report == nil {
		return true
	}
	var r Result
	w.decoder.catalogue = w.o.catalogue()
	return w.decoder.decode(encoded, &r) == nil && w.o.Existing != nil && w.o.Existing(r.Report)
}

func (w *worker) add(r *Result) {
	w.o.Progress.Records.Add(1)
	if r.Failed() {
		w.o.Progress.Failed.Add(1)
	}
	var line []byte
	if w.o.Ask.Findings {
		line = w.lines.line(w.o.catalogue(), r)
	}
	w.one = w.one[:0]
	encode(&w.one, r, line)
	w.results.bytes(w.one)
}

// fail notes why a record could not be read.
func (w *worker) fail(r *Result, x *source.Record) {
	if x.Dataset != nil {
		identify(r, x.Dataset)
	}
	var errs []Trouble
	for _, p := range x.Problems {
		if p.Severity == descriptor.SeverityError {
			message := strings.TrimSpace(p.Text(w.o.catalogue(), w.o.Lang))
			if intake.Concerns(p) {
				message = strings.TrimPrefix(intake.Format(p, wording.New(w.o.catalogue(), w.o.Lang)), p.File+": ")
			}
			errs = append(errs, Trouble{Code: p.Code, Path: p.Path, Line: p.Line, Column: p.Column, Message: message})
		}
	}
	w.failed(r, errs...)
}

func (w *worker) failed(r *Result, errs ...Trouble) {
	if r.Errors = errs; len(errs) == 0 {
		r.Errors = []Trouble{{Code: "unreadable", Message: r.Source}}
	}
	w.add(r)
}

// day is the day of the assessment of a dataset.
func (w *worker) day(d *descriptor.Dataset) string {
	if w.o.Day != "" {
		return w.o.Day
	}
	return d.Day(w.o.Today)
}

func identify(r *Result, d *descriptor.Dataset) {
	r.Identifier = given(d.Dataset.Identifier)
	r.Title = d.Dataset.Title
	r.Publisher = given(d.Dataset.Publisher.Name)
	r.Unit = given(d.Dataset.Steward.Unit)
	r.Owner = given(d.Maintenance.Owner)
	for _, t := range d.Dataset.Theme {
		if t != descriptor.Unknown {
			r.Themes = append(r.Themes, t)
		}
	}
}

func given(p *string) string {
	if p == nil || *p == descriptor.Unknown {
		return ""
	}
	return *p
}
