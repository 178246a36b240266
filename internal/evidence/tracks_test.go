package evidence

import (
	"fmt"
	"strings"
	"testing"

	"puntari/internal/descriptor"
	"puntari/internal/table"
)

// loans makes a file of loans: twenty readers, each on four days of one month of
// 2025 in two libraries. The day is a reader's own, the month five share.
func loans() string {
	var b strings.Builder
	b.WriteString("lukija;kotikunta;tapahtumapäivä;yksikkö\n")
	for reader := range 20 {
		for loan := range 4 {
			fmt.Fprintf(&b, "L%03d;%s;2025-%02d-%02d;%s\n", reader, []string{"Espoo", "Vantaa"}[reader%2], 1+reader/5, 1+reader%5*4+loan, []string{"Kirjasto A", "Kirjasto B"}[loan%2])
		}
	}
	return b.String()
}

// Each day is one reader's own: one known event singles everybody out. By months
// five readers have the same, so that nobody is singled out by any number of
// events. Where somebody lives is no event.
func TestTracks(t *testing.T) {
	r := measure(t, write(t, loans()), Options{Rows: RowsEvent, Entity: "lukija", Goal: 5}, table.Options{})
	tr := r.Tracks
	if tr == nil || fmt.Sprint(plain(tr.Points)) != "[tapahtumapäivä yksikkö]" || !tr.Place || tr.People != 20 || len(tr.Known) != 4 {
		t.Fatalf("%+v", tr)
	}
	for _, k := range tr.Known {
		if k.Drawn != 20 || k.Unique != 20 || k.Share != 1 {
			t.Errorf("%+v", k)
		}
	}
	for _, c := range r.Changes {
		switch {
		case c.Recoding.text == "date_month" && (c.TrackShare == nil || *c.TrackShare != 0):
			t.Errorf("by months: %v", c.TrackShare)
		case c.Column.text == "kotikunta" && c.TrackShare != nil:
			t.Errorf("the home is no event: %v", *c.TrackShare)
		case c.Column.text == "yksikkö" && c.Recoding.text == "drop" && (c.TrackShare == nil || *c.TrackShare != 1):
			t.Errorf("the day alone is enough: %v", c.TrackShare)
		}
		// Ten of the twenty readers live in each municipality, and every one of them
		// used both libraries: without the day groups are of ten persons.
		if c.Column.text == "tapahtumapäivä" && c.Recoding.text == "drop" && (c.K != 10 || c.Uniques != 0) {
			t.Errorf("without the day: %+v", c)
		}
	}
	if len(r.Changes) == 0 || r.Combinations == nil || r.Plan == nil || !r.Plan.Reached || r.Plan.K < 5 {
		t.Errorf("plan %+v, combinations %+v", r.Plan, r.Combinations)
	}
	if w := r.Combinations.Worst[0]; w.K != 1 || w.Uniques != 20 {
		t.Errorf("%+v", w)
	}
	d := &descriptor.Dataset{}
	Amend(d, r, catalogue(t), Stamp{})
	if s := said(d, "spatial.trajectories"); s != "yes" || d.Profile.TrackUniqueShare.Value != 1 || len(d.Evidence.Tracks) != 4 {
		t.Errorf("movements %q, %+v", s, d.Evidence.Tracks)
	}
	// Without the column of persons nothing is said of tracks.
	r = measure(t, write(t, loans()), Options{Rows: RowsEvent, Goal: 5}, table.Options{})
	if r.Tracks != nil || len(r.Changes) > 0 {
		t.Errorf("%+v", r.Tracks)
	}
}

// Measuring again draws the same people and events, whatever the workers.
func TestTracksAgain(t *testing.T) {
	var b strings.Builder
	b.WriteString("kävijä;aikaleima;yksikkö\n")
	for i := range 4000 {
		fmt.Fprintf(&b, "k%d;2025-0%d-%02d;u%d\n", i*7919%300, 1+i%9, 1+i%4, i*31%7)
	}
	path := write(t, b.String())
	var first string
	for _, x := range []struct{ workers, blocks int }{{1, 1 << 19}, {3, 1000}} {
		r := measure(t, path, Options{Rows: RowsEvent, Entity: "kävijä", Goal: 5, Workers: x.workers}, table.Options{Blocks: x.blocks})
		got := fmt.Sprintf("%+v %+v", r.Tracks, r.Changes[0].K)
		if first == "" {
			first = got
		}
		if s := r.Tracks.Known[3].Share; got != first || s <= 0 || s >= 1 {
			t.Errorf("%s, want %s", got, first)
		}
	}
}
