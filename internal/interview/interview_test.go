package interview

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/report/terminal"
	"puntari/internal/wording"
	"puntari/policies"
)

// room is what the interviews of a test share.
type room struct {
	c *checklist.Catalogue
	e *engine.Engine
	r *descriptor.Reader
}

func newRoom(t testing.TB) *room {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &room{c, e, descriptor.NewReader(c)}
}

// talk holds an interview with the given lines. It returns what was shown, what
// was saved last, and how many times something was saved.
func (r *room) talk(t testing.TB, lang string, d *descriptor.Dataset, script string) (shown string, saved *descriptor.Dataset, times int, err error) {
	t.Helper()
	var out bytes.Buffer
	err = Run(t.Context(), Config{
		In: strings.NewReader(script), Out: &out, Engine: r.e, Reader: r.r, Words: wording.New(r.c, lang), Day: "2026-03-01", Style: terminal.Style{Width: 100},
		Save: func(d *descriptor.Dataset) error {
			saved = d.Clone()
			times++
			return nil
		},
	}, d)
	return out.String(), saved, times, err
}

// example reads one of the examples.
func (r *room) example(t testing.TB, name string) *descriptor.Dataset {
	t.Helper()
	f, err := os.Open(filepath.Join("../../examples", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, problems := r.r.Read(name, f)
	if descriptor.HasErrors(problems) {
		t.Fatal(problems)
	}
	return s.Dataset
}

func read(t testing.TB, r *room, yaml string) *descriptor.Dataset {
	t.Helper()
	s, _ := r.r.Read("test", strings.NewReader("# in YAML\n"+yaml))
	if s == nil {
		t.Fatal(yaml)
	}
	return s.Dataset
}

// start answers the questions that are asked of everybody: a dataset of assets.
const start = "benches\nPark benches\n5\n6\n2\n1\n"

// Stories: what somebody types, and what is saved and shown for it.
func TestStories(t *testing.T) {
	r := newRoom(t)
	for _, story := range []struct {
		name, lang, from, script string
		path, want               string   // as JSON, "" for no answer
		shows                    []string // in this order
		hides                    string
	}{
		{name: "the first answers", script: start + "q\n", path: "dataset", want: `{"granularity":"asset","identifier":"benches","rowSubject":"asset","title":{"en":"Park benches"}}`,
			shows: []string{"Identifier of the dataset", "Title of the dataset", "Meaning of one row", "[decides]", "Subject of the rows", "Source about people", "Way of publishing", "Stopped."}},
		{name: "labels and codes", script: "benches\nPark benches\nOne asset, such as a device or structure\nasset\nNO\nopen_download\nq\n", path: "personalData.sourceRelatesToPersons", want: `"no"`},
		{name: "labels in another language", lang: "fi", script: "penkit\nPenkit\n5\n6\nnej\n1\nq\n", path: "personalData.sourceRelatesToPersons", want: `"no"`},
		{name: "the language of a title", lang: "sv", script: "bankar\nBänkar\nq\n", path: "dataset.title", want: `{"sv":"Bänkar"}`},
		{name: "help", script: "?\nbenches\nq\n", path: "dataset.identifier", want: `"benches"`, shows: []string{"Give a short name", "Example: parking-occupancy"}},
		{name: "left out", script: "benches\nPark benches\n\n6\nq\n", path: "dataset.granularity", want: "", shows: []string{"Meaning of one row", "Subject of the rows"}},
		{name: "what is needed cannot be left out", script: "\nbenches\nq\n", path: "dataset.identifier", want: `"benches"`, shows: []string{"Without this there is no description"}},
		{name: "not known", script: "benches\nPark benches\nunknown\nq\n", path: "dataset.granularity", want: `"unknown"`, shows: []string{"Subject of the rows"}},
		{name: "not known by number", script: "benches\nPark benches\n9\nq\n", path: "dataset.granularity", want: `"unknown"`},
		{name: "back", script: "benches\nPark benches\n1\n<\n5\nq\n", path: "dataset.granularity", want: `"asset"`, shows: []string{"Meaning of one row", "Subject of the rows", "Meaning of one row"}},
		{name: "back over what was left out", script: "benches\nPark benches\n\n<\n5\nq\n", path: "dataset.granularity", want: `"asset"`},
		{name: "back to the beginning", script: "<\nbenches\nq\n", path: "dataset.identifier", want: `"benches"`, shows: []string{"nothing to go back to"}},
		{name: "no such number", script: "benches\nPark benches\n99\n5\nq\n", path: "dataset.granularity", want: `"asset"`, shows: []string{"Choose a number from 1 to 9."}},
		{name: "no such answer", script: "benches\nPark benches\nsomething\n5\nq\n", path: "dataset.granularity", want: `"asset"`, shows: []string{"“something” is not one of the answers."}},
		{name: "columns", script: start + "id, name\tmaterial\nq\n", path: "schema.fields", want: `[{"name":"id"},{"name":"name"},{"name":"material"}]`, shows: []string{"Which columns"}},
		{name: "columns of the same name", script: start + "id, id\nid\nq\n", path: "schema.fields", want: `[{"name":"id"}]`, shows: []string{"“id”"}},
		{name: "an answer for all columns", from: "{descriptorVersion: '1.0', dataset: {identifier: x, title: x, granularity: record, rowSubject: person}, personalData: {sourceRelatesToPersons: yes}, release: {mode: open_download}, schema: {fields: [{name: a}, {name: b}]}}",
			script: strings.Repeat("6*\n\n", 40) + "q\n", path: "schema.fields[1].disclosureRole", want: `"none"`, shows: []string{"Role in identifying a person – column a", "1 more columns"}, hides: "Role in identifying a person – column b"},
		{name: "several", from: base("content: {freeTextReview: no_free_text}, confidentiality: {publicityStatus: public, tradeSecrets: no, pendingMatter: none}, rights: {rightsHolder: publisher, licence: CC-BY-4.0, contractRestrictions: no, thirdPartySources: []}, quality: {misinterpretationRisk: low, errorImpact: low}"),
			script: "4 2\nq\n", path: "security.assetClasses", want: `["energy_grid","water_supply"]`},
		{name: "resumed", from: "{descriptorVersion: '1.0', dataset: {identifier: x, title: x, granularity: unknown, rowSubject: asset}, personalData: {sourceRelatesToPersons: no}, release: {mode: open_download}}",
			script: "q\n", path: "dataset.granularity", want: "", hides: "Title of the dataset", shows: []string{"outcome"}},
	} {
		t.Run(story.name, func(t *testing.T) {
			d := &descriptor.Dataset{}
			if story.from != "" {
				d = read(t, r, story.from)
			}
			lang := story.lang
			if lang == "" {
				lang = "en"
			}
			shown, saved, times, err := r.talk(t, lang, d, story.script)
			if err != nil {
				t.Fatal(err, shown)
			}
			got := ""
			if saved != nil {
				x, err := docOf(saved)
				if err != nil {
					t.Fatal(err)
				}
				if v := x.at(story.path); v != nil {
					got = compact(t, v)
				}
			}
			if got != story.want {
				t.Errorf("saved %s, not %s\n%s", got, story.want, shown)
			}
			if story.want != "" && times == 0 {
				t.Error("nothing was saved")
			}
			rest := shown
			for _, text := range story.shows {
				_, after, ok := strings.Cut(rest, text)
				if !ok {
					t.Errorf("%q is not shown\n%s", text, shown)
					break
				}
				rest = after
			}
			if story.hides != "" && strings.Contains(shown, story.hides) {
				t.Errorf("%q is shown\n%s", story.hides, shown)
			}
		})
	}
}

// base is a dataset of benches with more answers.
func base(more string) string {
	return "{descriptorVersion: '1.0', dataset: {identifier: x, title: x, granularity: asset, rowSubject: asset}, personalData: {sourceRelatesToPersons: no}, release: {mode: open_download}, schema: {fields: [{name: a, disclosureRole: none}]}, " + more + "}"
}

func compact(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	e := newEncoder(&b)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// Entries of a list are counted first and then asked about one by one.
func TestEntries(t *testing.T) {
	r := newRoom(t)
	d := r.example(t, "park-benches")
	d.Rights.ThirdPartySources = nil
	shown, saved, _, err := r.talk(t, "en", d, "2\nOSM\nODbL\n1\n\nOther\n\n\n\nq\n")
	if err != nil {
		t.Fatal(err, shown)
	}
	x, err := docOf(saved)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := compact(t, x.at("rights.thirdPartySources")), `[{"allowsRedistribution":"yes","licence":"ODbL","name":"OSM"},{"name":"Other"}]`; got != want {
		t.Errorf("%s, not %s\n%s", got, want, shown)
	}
}

// The end of the input is an error, and a line that nobody finished no answer.
func TestEndOfInput(t *testing.T) {
	r := newRoom(t)
	for script, times := range map[string]int{"": 0, "benches": 0, "benches\n": 1, "benches\nPark benches\n5": 2} {
		_, _, n, err := r.talk(t, "en", &descriptor.Dataset{}, script)
		if !errors.Is(err, ErrInput) || n != times {
			t.Errorf("%q: %v, saved %d times", script, err, n)
		}
	}
}

// An interview that is broken off ends at once and in good order.
func TestBrokenOff(t *testing.T) {
	r := newRoom(t)
	ctx, stop := context.WithCancel(t.Context())
	in, typing := io.Pipe()
	defer typing.Close()
	var out bytes.Buffer
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, Config{In: in, Out: &out, Engine: r.e, Reader: r.r, Words: wording.New(r.c, "en"), Day: "2026-03-01", Style: terminal.Style{Width: 80},
			Save: func(*descriptor.Dataset) error { stop(); return nil }}, &descriptor.Dataset{})
	}()
	fmt.Fprintln(typing, "benches")
	select {
	case err := <-done:
		if err != nil || !strings.Contains(out.String(), "The answers are saved") {
			t.Error(err, out.String())
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the interview goes on")
	}
}

// A file that cannot be saved ends the interview.
func TestSaveFails(t *testing.T) {
	r := newRoom(t)
	full := errors.New("disk full")
	err := Run(t.Context(), Config{In: strings.NewReader("a\nb\n"), Out: io.Discard, Engine: r.e, Reader: r.r, Words: wording.New(r.c, "en"), Day: "2026-03-01",
		Save: func(*descriptor.Dataset) error { return full }}, &descriptor.Dataset{})
	if !errors.Is(err, full) {
		t.Error(err)
	}
}

// Whoever answers every question with its last choice or "unknown" gets to an end,
// and no question comes twice.
func TestComesToAnEnd(t *testing.T) {
	r := newRoom(t)
	for _, answer := range []string{"unknown", ""} {
		script := "benches\nPark benches\n" + strings.Repeat(answer+"\n", 400)
		shown, _, _, err := r.talk(t, "en", &descriptor.Dataset{}, script)
		if answer == "unknown" {
			// The lists of columns and of objects cannot be "not known".
			script = "benches\nPark benches\n" + strings.Repeat("unknown\n\n", 400)
			shown, _, _, err = r.talk(t, "en", &descriptor.Dataset{}, script)
		}
		if err != nil || !strings.Contains(shown, "Outcome: ") {
			t.Errorf("%q: %v\n%s", answer, err, shown[max(0, len(shown)-800):])
		}
		if n := strings.Count(shown, "Subject of the rows"); n != 1 {
			t.Errorf("%q: one question comes %d times", answer, n)
		}
	}
}

// Taking an example up again asks nothing that is answered, and what is saved is
// the same dataset.
func TestResume(t *testing.T) {
	r := newRoom(t)
	for _, name := range []string{"park-benches", "museum-survey", "social-health-ece-clients"} {
		d := r.example(t, name)
		d.Release.Mode = nil
		shown, saved, _, err := r.talk(t, "fi", d.Clone(), "1\nq\n")
		if err != nil {
			t.Fatal(name, err, shown)
		}
		mode := "open_download"
		d.Release.Mode = &mode
		if !bytes.Equal(saved.Canonical(), d.Canonical()) {
			t.Errorf("%s: saved %s", name, saved.Canonical())
		}
	}
}
