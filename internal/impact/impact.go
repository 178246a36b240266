// Package impact tells what a change of a data policy does to known datasets:
// each is assessed by the old policy and by the new one, and what differs is put
// down to what was changed.
package impact

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"slices"

	"puntari/internal/assessment"
	"puntari/internal/catalog"
	"puntari/internal/engine"
)

// State is what one of the two policies says of a dataset.
type State struct {
	// Error says why it could not be assessed; the rest is empty then.
	Error     string               `json:"error,omitempty"`
	Outcome   string               `json:"outcome,omitempty"`
	RiskLevel string               `json:"riskLevel,omitempty"`
	Priority  string               `json:"priority,omitempty"`
	Value     *assessment.Interval `json:"value,omitempty"`
	Readiness *assessment.Interval `json:"readiness,omitempty"`
	HardStops []string             `json:"hardStops,omitempty"`
	SignOff   []string             `json:"signOff,omitempty"`
	Questions []string             `json:"questions,omitempty"`
	results   map[string]result
}

type result struct{ result, level string }

// ItemDifference is an item that comes to something else.
type ItemDifference struct {
	Item string `json:"item"`
	// Before and After are results, "" where the policy has no such item; the
	// levels are those of risk items that are neither passed nor out of place.
	Before      string `json:"before,omitempty"`
	After       string `json:"after,omitempty"`
	BeforeLevel string `json:"beforeLevel,omitempty"`
	AfterLevel  string `json:"afterLevel,omitempty"`
}

// Difference is a dataset of which the two policies say something different.
type Difference struct {
	Source     string            `json:"source"`
	Record     int               `json:"record"`
	Identifier string            `json:"identifier,omitempty"`
	Title      map[string]string `json:"title,omitempty"`
	Publisher  string            `json:"publisher,omitempty"`
	Day        string            `json:"date,omitempty"`
	Before     State             `json:"before"`
	After      State             `json:"after"`
	// What names the parts that differ: outcome, riskLevel, hardStops, signOff,
	// priority, value, readiness, questions, items, and error.
	What  []string         `json:"differs"`
	Items []ItemDifference `json:"items,omitempty"`
	// Because are the numbers of the changes of the policy, from 1, that can be
	// behind it.
	Because []int `json:"because,omitempty"`
	// Verified says that each of them was taken back by itself, and that the
	// decision is another one without it.
	Verified bool `json:"verified,omitempty"`

	digest [sha256.Size]byte
}

// The parts in which two assessments may differ.
const (
	Failed    = "error"
	Outcome   = "outcome"
	RiskLevel = "riskLevel"
	HardStops = "hardStops"
	Signers   = "signOff"
	Priority  = "priority"
	Value     = "value"
	Readiness = "readiness"
	Questions = "questions"
	Items     = "items"
)

// Decisive are the parts by which a decision differs.
var Decisive = []string{Failed, Outcome, RiskLevel, HardStops, Signers}

// Decided tells whether the decision on the dataset differs.
func (d *Difference) Decided() bool {
	return slices.ContainsFunc(d.What, func(w string) bool { return slices.Contains(Decisive, w) })
}

// Has tells whether a part differs.
func (d *Difference) Has(what string) bool { return slices.Contains(d.What, what) }

// Name is the title in a language, else any, else the identifier.
func (d *Difference) Name(lang string) string {
	r := catalog.Result{Title: d.Title}
	if t := r.Name(lang); t != "" {
		return t
	}
	return d.Identifier
}

// Comparison holds what both policies said of all datasets, on disk.
type Comparison struct {
	Changes  []Change
	old, new *Policy
	journals [2]*catalog.Journal
	causes   verdicts
}

// ErrUneven says that the two policies saw other records, so that they cannot be
// compared.
var ErrUneven = errors.New("the sources gave other records the second time")

// Run assesses the sources by both policies. The options are those of the runs;
// the engine, the reader and the journal are set by each, and what is asked for is set here.
func Run(ctx context.Context, sources []string, old, new *Policy, options [2]catalog.Options) (*Comparison, error) {
	changes, err := Diff(old, new)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Changes: changes, old: old, new: new}
	for i := range options {
		options[i].Ask = engine.Ask{Questions: true} // what is compared
		if c.journals[i], err = catalog.Run(ctx, sources, options[i]); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	again := options[1]
	again.Ask = engine.Ask{}
	journal := func(i int) string { return fmt.Sprintf("%s-%d", options[1].Journal, i+1) }
	if err := c.verify(ctx, sources, again, journal); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// Close takes away what was kept on disk.
func (c *Comparison) Close() error {
	var errs []error
	for _, j := range c.journals {
		if j != nil {
			errs = append(errs, j.Remove())
		}
	}
	return errors.Join(errs...)
}

// results are the results of a journal, one after the other. A result is valid
// until the next.
func results(j *catalog.Journal) iter.Seq2[*catalog.Result, error] {
	return func(yield func(*catalog.Result, error) bool) {
		stop := errors.New("stop")
		err := j.Each(func(r *catalog.Result) error {
			if !yield(r, nil) {
				return stop
			}
			return nil
		})
		if err != nil && !errors.Is(err, stop) {
			yield(nil, err)
		}
	}
}

// Each gives every dataset with its difference, which has no parts where nothing
// differs, in the order of the sources.
func (c *Comparison) Each(fn func(*Difference) error) error {
	next, stop := iter.Pull2(results(c.journals[1]))
	defer stop()
	for a, err := range results(c.journals[0]) {
		if err != nil {
			return err
		}
		b, err, more := next()
		switch {
		case err != nil:
			return err
		case !more || a.Source != b.Source || a.Record != b.Record:
			return fmt.Errorf("%s: %w", a.Source, ErrUneven)
		}
		d := c.difference(a, b)
		if err := fn(d); err != nil {
			return err
		}
	}
	if _, err, more := next(); more {
		return errors.Join(err, ErrUneven)
	}
	return nil
}

// difference compares what the two policies say of a record.
func (c *Comparison) difference(a, b *catalog.Result) *Difference {
	known := b
	if b.Failed() && !a.Failed() {
		known = a
	}
	d := &Difference{
		Source: b.Source, Record: b.Record, Identifier: known.Identifier, Title: known.Title, Publisher: known.Publisher, Day: known.Day,
		Before: c.old.state(a), After: c.new.state(b),
	}
	d.digest, _ = digestOf(known)
	x, y := &d.Before, &d.After
	for _, part := range []struct {
		name   string
		differ bool
	}{
		{Failed, (x.Error == "") != (y.Error == "")}, {Outcome, x.Outcome != y.Outcome}, {RiskLevel, x.RiskLevel != y.RiskLevel},
		{HardStops, !slices.Equal(x.HardStops, y.HardStops)}, {Signers, !slices.Equal(x.SignOff, y.SignOff)}, {Priority, x.Priority != y.Priority},
		{Value, !equal(x.Value, y.Value)}, {Readiness, !equal(x.Readiness, y.Readiness)}, {Questions, !slices.Equal(x.Questions, y.Questions)},
	} {
		if part.differ {
			d.What = append(d.What, part.name)
		}
	}
	if x.Error == "" && y.Error == "" {
		d.items(c)
	}
	c.attribute(d)
	return d
}

func equal(a, b *assessment.Interval) bool { return a == b || a != nil && b != nil && *a == *b }

// state takes out of a result what is compared.
func (p *Policy) state(r *catalog.Result) State {
	if r.Failed() {
		return State{Error: r.Errors[0].Message}
	}
	v := r.Verdict
	s := State{
		Outcome: v.Outcome, RiskLevel: v.RiskLevel, Value: &v.Value, Readiness: &v.Readiness, SignOff: v.SignOff.Roles,
		HardStops: catalog.Stops(r), Questions: v.Open, results: map[string]result{},
	}
	if v.Priority != nil {
		s.Priority = *v.Priority
	}
	for i := range p.Catalogue.Risk.Items {
		s.results[p.Catalogue.Risk.Items[i].ID] = result{v.Risk[i], v.Levels[i]}
	}
	for i := range p.Catalogue.Opportunity.Items {
		s.results[p.Catalogue.Opportunity.Items[i].ID] = result{v.Opportunity[i], ""}
	}
	return s
}

// items lists the items that come to something else, in the order of the checklists.
func (d *Difference) items(c *Comparison) {
	seen := map[string]bool{}
	for _, p := range []*Policy{c.new, c.old} {
		for _, it := range items(p.Catalogue) {
			a, b := d.Before.results[it.ID], d.After.results[it.ID]
			if a == b || seen[it.ID] {
				continue
			}
			seen[it.ID] = true
			d.Items = append(d.Items, ItemDifference{it.ID, a.result, b.result, a.level, b.level})
		}
	}
	if len(d.Items) > 0 {
		d.What = append(d.What, Items)
	}
}

// attribute finds the changes that can be behind a difference: those of the items
// that come to something else, and those of the decision where it differs.
func (c *Comparison) attribute(d *Difference) {
	if len(d.What) == 0 {
		return
	}
	if found := c.causes[d.digest]; found != nil && found.changes != 0 {
		for i := range c.Changes {
			if found.changes&(1<<i) != 0 {
				d.Because = append(d.Because, i+1)
			}
		}
		d.Verified = true
		return
	}
	decided := slices.ContainsFunc(d.What, func(w string) bool { return w != Value && w != Readiness && w != Items && w != Questions })
	scored := d.Has(Value) || d.Has(Readiness) || d.Has(Priority)
	for i := range c.Changes {
		ch := &c.Changes[i]
		byItem := slices.ContainsFunc(d.Items, func(x ItemDifference) bool { return slices.Contains(ch.Items, x.Item) })
		// What is about items only counts through them.
		byItself := len(ch.Items) == 0 || ch.Kind == Param || ch.Kind == Item || ch.Kind == Level || ch.Kind == Condition
		asks := d.Has(Questions) && (ch.Kind == Question || ch.Kind == Field || ch.Kind == Rule || ch.Kind == Condition)
		switch {
		case byItem, decided && ch.Decides && byItself && c.stands(ch, d), scored && ch.Scores && c.stands(ch, d), asks:
			d.Because = append(d.Because, i+1)
		}
	}
}

// stands tells whether a change can have an effect of its own on a dataset: an
// attribute of an item has none where the item finds nothing.
func (c *Comparison) stands(ch *Change, d *Difference) bool {
	if ch.Kind != Item {
		return true
	}
	a, b := d.Before.results[ch.Name], d.After.results[ch.Name]
	for _, r := range []result{a, b} {
		switch r.result {
		case "", assessment.OutOfForce, assessment.NotApplicable:
		case assessment.Pass:
			if ch.Scores {
				return true
			}
		default:
			return true
		}
	}
	return false
}
