package profile_test

import (
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"puntari/checklists"
	"puntari/internal/checklist"
	"puntari/internal/profile"
)

var update = flag.Bool("update", false, "write the golden files")

const head = `identifier: kivela
name: {fi: Kivelän kaupunki, sv: Kivelä stad}
version: 1.2.0
languages: [fi, sv]
jurisdiction: [fi]
`

// load reads a profile of organisation.yaml with a tail, and further files.
func load(t *testing.T, tail string, more ...string) (*profile.Profile, []profile.Problem) {
	t.Helper()
	files := fstest.MapFS{profile.File: {Data: []byte(head + tail)}}
	for i := 0; i+1 < len(more); i += 2 {
		files[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	p, problems, err := profile.Load(files, "")
	if err != nil {
		t.Fatal(err)
	}
	return p, problems
}

// sound reads a profile that has no problems.
func sound(t *testing.T, tail string, more ...string) *profile.Profile {
	t.Helper()
	p, problems := load(t, tail, more...)
	for _, x := range problems {
		c, err := checklist.Builtin()
		if err != nil {
			t.Fatal(err)
		}
		t.Error(x.Format(c, "en"))
	}
	if p == nil {
		t.FailNow()
	}
	return p
}

func TestExamples(t *testing.T) {
	for _, name := range []string{"esimerkkila", "auenbrueck"} {
		folder := filepath.Join("..", "..", "examples", "organisations", name)
		p, problems, err := profile.Load(os.DirFS(folder), folder)
		if err != nil || len(problems) > 0 {
			t.Fatalf("%s: %v %v", name, err, problems)
		}
		if p.Organisation.Identifier != name || len(p.Changes) == 0 || p.Policies == nil {
			t.Errorf("%s: %+v", name, p.Organisation)
		}
		again, _, err := profile.Load(os.DirFS(folder), folder)
		if err != nil || again.Digest != p.Digest || again.Catalogue.Digest() != p.Catalogue.Digest() || !reflect.DeepEqual(again.Changes, p.Changes) {
			t.Errorf("%s: the same folder gives another profile", name)
		}
	}
}

// TestSameCode holds the general profile against an organisation's profile that
// changes nothing: both are the core with the Finnish layer.
func TestSameCode(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	general := profile.General(c)
	p := sound(t, "")
	want, _ := json.Marshal(general.Catalogue)
	got, _ := json.Marshal(p.Catalogue)
	if string(want) != string(got) {
		t.Error("a profile without changes is not the general one")
	}
	if p.Provenance("2026-01-01").Digest != p.Digest || general.Provenance("2026-01-01") != nil {
		t.Error("provenance")
	}
}

// TestCoreHasNoNationalLaw makes sure that what is cited without a layer is not the
// law of Finland, and that every hard stop and item still rests on something.
func TestCoreHasNoNationalLaw(t *testing.T) {
	core, err := checklist.Core()
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range core.Sources {
		if s.Jurisdiction == "FI" {
			t.Errorf("source %s", name)
		}
	}
	var all [][]checklist.Citation
	for _, h := range core.Policy.HardStops {
		all = append(all, h.References)
	}
	for _, l := range []checklist.Checklist{core.Risk, core.Opportunity} {
		for _, it := range l.Items {
			all = append(all, it.References)
		}
	}
	for _, refs := range all {
		if len(refs) == 0 {
			t.Error("something rests on nothing")
		}
		for _, c := range refs {
			if _, ok := core.Sources[c.Source]; !ok {
				t.Errorf("%s is not a source", c.Source)
			}
		}
	}
	data, err := json.Marshal(core)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"621/1999", "906/2019", "julkisuuslai", "Openness Act", "Findata", "offentlighetslag", "Statistics Finland"} {
		if strings.Contains(string(data), word) {
			t.Errorf("the core speaks of %s", word)
		}
	}
	if _, problems, err := profile.WithLayers(core, checklists.Files, "fi"); err != nil || len(problems) > 0 {
		t.Error(err, problems)
	}
}

const because = "because: {fi: Syy, sv: Skäl}"

func TestOverrides(t *testing.T) {
	type c = checklist.Catalogue
	for name, tt := range map[string]struct {
		tail   string
		holds  func(*c) bool
		change string // section.name.key before>after of the first change, "" for none
	}{
		"parameter":    {"params: {kMin: {value: 7, " + because + "}}", func(c *c) bool { return c.Policy.Params["kMin"].Value == 7 }, "params.kMin.value 5>7"},
		"severity":     {"items: {RISK-OPS-02: {severity: 4, " + because + "}}", func(c *c) bool { return c.Item("RISK-OPS-02").Severity == 4 }, "items.RISK-OPS-02.severity 3>4"},
		"weight":       {"items: {OPP-ECO-02: {weight: 2.5, " + because + "}}", func(c *c) bool { return c.Item("OPP-ECO-02").Weight == 2.5 }, "items.OPP-ECO-02.weight 2>2.5"},
		"theme weight": {"opportunityThemes: {ECO: {weight: 4, " + because + "}}", func(c *c) bool { return c.Opportunity.Themes[1].Weight == 4 }, "opportunityThemes.ECO.weight"},
		"a stop more":  {"items: {RISK-OPS-02: {hardStop: G8, " + because + "}}", func(c *c) bool { return c.Item("RISK-OPS-02").HardStop == "G8" }, "items.RISK-OPS-02.hardStop >G8"},
		"text":         {"items: {RISK-OPS-02: {title: {fi: Uusi, sv: Ny}}}", func(c *c) bool { t := c.Item("RISK-OPS-02").Title; return t["fi"] == "Uusi" && t["en"] != "" }, "items.RISK-OPS-02.title"},
		"reason":       {"items: {RISK-OPS-02: {reasons: {concern: {fi: Uusi, sv: Ny}}}}", func(c *c) bool { return c.Item("RISK-OPS-02").Reasons["concern"]["sv"] == "Ny" }, "items.RISK-OPS-02.reasons.concern"},
		"retired":      {"items: {OPP-COM-02: {retire: yes, " + because + "}}", func(c *c) bool { return c.Item("OPP-COM-02") == nil }, "items.OPP-COM-02."},
		"who signs":    {"signOff: {closed: {roles: [dpo], " + because + "}}", func(c *c) bool { return slices.Equal(c.Policy.SignOff[4].Roles, []string{"dpo"}) }, "signOff.closed.roles office_holder>dpo"},
		"role":         {"roles: {mayor: {new: yes, label: {fi: Kaupunginjohtaja, sv: Stadsdirektör}}}", func(c *c) bool { return c.Policy.Roles[len(c.Policy.Roles)-1].Code == "mayor" }, "roles.mayor. >Kaupunginjohtaja"},
		"citation": {"sources: {rules: {new: yes, title: {fi: a, sv: b}, short: {fi: a, sv: b}, kind: practice, jurisdiction: FI}}\nitems: {RISK-CON-01: {references: [{source: rules, read: read, before: open-data-directive}]}}",
			func(c *c) bool {
				r := c.Item("RISK-CON-01").References
				i := slices.IndexFunc(r, func(x checklist.Citation) bool { return x.Source == "rules" })
				return i >= 0 && r[i+1].Source == "open-data-directive"
			}, "sources.rules. >a"},
		"label of a value": {"fields: {dataset.granularity: {values: {record: {fi: Rivi, sv: Rad}}}}", func(c *c) bool {
			for _, v := range c.Descriptor.Field("dataset.granularity").Values {
				if v.Label["fi"] == "Rivi" {
					return true
				}
			}
			return false
		}, "fields.dataset.granularity.values.record"},
		"message": {"messages: {common.yes: {fi: joo, sv: jo}}", func(c *c) bool { return c.Messages["common.yes"]["fi"] == "joo" }, "messages.common.yes. kyllä>joo"},
		"lexicon": {"lexicon: {member: {new: yes, label: {fi: Jäsen, sv: Medlem}, names: [jasennro], role: direct_identifier}}", func(c *c) bool {
			return slices.ContainsFunc(c.Lexicon.Entries, func(e checklist.LexiconEntry) bool { return slices.Contains(e.Names, "jasennro") })
		}, "lexicon.member. >Jäsen"},
	} {
		t.Run(name, func(t *testing.T) {
			p := sound(t, tt.tail+"\n")
			if !tt.holds(p.Catalogue) {
				t.Error("it is not so")
			}
			x := p.Changes[0]
			if got := x.Section + "." + x.Name + "." + x.Key + " " + x.Before + ">" + x.After; !strings.HasPrefix(got, tt.change) {
				t.Errorf("change %q", got)
			}
		})
	}
}

func TestDates(t *testing.T) {
	p := sound(t, `params:
  minCell:
    - {value: 8, from: 2026-07-01, to: 2026-12-31, because: Syy}
items:
  RISK-OPS-02: {severity: 4, from: 2026-07-01, because: Syy}
  RISK-OPS-03: {retire: yes, from: 2026-07-01, because: Syy}
`)
	for day, want := range map[string]struct {
		cell     float64
		severity int
		retired  bool
		changes  int
	}{
		"2026-06-30": {5, 3, false, 0},
		"2026-07-01": {8, 4, true, 3},
		"2027-01-01": {5, 4, true, 2},
	} {
		c := p.Catalogue.On(day)
		if got := c.Policy.Params["minCell"].Value; got != want.cell {
			t.Errorf("%s: minCell %v", day, got)
		}
		if got := c.Item("RISK-OPS-02").Severity; got != want.severity {
			t.Errorf("%s: severity %d", day, got)
		}
		if got := c.Item("RISK-OPS-03") == nil; got != want.retired {
			t.Errorf("%s: retired %v", day, got)
		}
		if got := len(p.Provenance(day).Changes); got != want.changes {
			t.Errorf("%s: %d changes", day, got)
		}
	}
	if other := sound(t, "items: {RISK-OPS-02: {severity: 5, from: 2026-07-01, because: Syy}}\n"); other.Catalogue.Digest() == sound(t, "").Catalogue.Digest() {
		t.Error("a change with dates is not in the digest")
	}
}

// TestHardStops tries every way of weakening a hard stop: each is refused unless the
// profile says so.
func TestHardStops(t *testing.T) {
	for name, tt := range map[string]struct{ tail, stops string }{
		"retired":         {"items: {RISK-CON-03: {retire: yes, because: Syy%s}}", "G4"},
		"taken away":      {"items: {RISK-CON-03: {hardStop: none, because: Syy%s}}", "G4"},
		"another stop":    {"items: {RISK-CON-03: {hardStop: G9, because: Syy%s}}", "G4"},
		"severity":        {"items: {RISK-CON-03: {severity: 2, because: Syy%s}}", "G4"},
		"procedural":      {"items: {RISK-CON-03: {procedural: yes, because: Syy%s}}", "G4"},
		"laxer limit":     {"params: {kMin: {value: 3, because: Syy%s}}", "G2"},
		"two stops":       {"params: {minCell: {value: 3, because: Syy%s}}", "G2, G3"},
		"for a day":       {"params: {minCell: [{value: 3, from: 2026-01-01, to: 2026-01-01, because: Syy%s}]}", "G2, G3"},
		"from the future": {"items: {RISK-CON-03: {retire: yes, from: 2030-01-01, because: Syy%s}}", "G4"},
	} {
		t.Run(name, func(t *testing.T) {
			p, problems := load(t, strings.Replace(tt.tail, "%s", "", 1)+"\n")
			if p != nil || len(problems) != 1 || problems[0].Code != "profile.weakens" || problems[0].Params["stops"] != tt.stops {
				t.Fatalf("%v", problems)
			}
			p = sound(t, strings.Replace(tt.tail, "%s", ", weakens: ["+tt.stops+"]", 1)+"\n")
			if !slices.Equal(p.Changes[0].Weakens, strings.Split(tt.stops, ", ")) || p.Changes[0].Because["fi"] != "Syy" {
				t.Errorf("%+v", p.Changes[0])
			}
		})
	}
	for name, tail := range map[string]string{
		"stricter limit": "params: {kMin: {value: 9, because: Syy}}",
		"more severe":    "items: {RISK-OPS-02: {severity: 5, because: Syy}}",
		"one more stop":  "items: {RISK-OPS-02: {hardStop: G8, because: Syy}}",
		"no stop":        "items: {RISK-OPS-02: {severity: 2, because: Syy}}",
	} {
		t.Run(name, func(t *testing.T) { sound(t, tail+"\n") })
	}
}

func TestLanguages(t *testing.T) {
	files := []string{"texts/de.yaml", "items: {RISK-OPS-02: {title: Plan}}\nmessages: {common.yes: ja}\n"}
	p, problems, err := profile.Load(fstest.MapFS{
		profile.File: {Data: []byte(strings.Replace(head, "[fi, sv]", "[de, en]", 1))},
		files[0]:     {Data: []byte(files[1])},
	}, "")
	if err == nil && len(problems) > 0 { // the name of the head is in fi and sv
		t.Fatal(problems)
	}
	if err != nil {
		t.Fatal(err)
	}
	it := p.Catalogue.Item("RISK-OPS-02")
	if it.Title.In("de") != "Plan" || it.Why.In("de") != it.Why["en"] || p.Catalogue.Messages["common.yes"].In("de") != "ja" {
		t.Error("German is not spoken")
	}
	if len(p.Changes) != 0 {
		t.Errorf("a translation is told as a change: %+v", p.Changes)
	}
}

// TestMistakes reads a profile with every mistake that a person makes.
func TestMistakes(t *testing.T) {
	folder := filepath.Join("testdata", "mistakes")
	p, problems, err := profile.Load(os.DirFS(folder), folder)
	if err != nil || p != nil {
		t.Fatal(p, err)
	}
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range checklist.Languages {
		var b strings.Builder
		for _, x := range problems {
			s := filepath.ToSlash(x.Format(c, lang))
			if strings.Contains(s, "problem.") {
				t.Errorf("a message is missing: %s", s)
			}
			b.WriteString(s)
		}
		golden := filepath.Join("testdata", "mistakes."+lang+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s: got\n%s", lang, b.String())
		}
	}
}

func TestNotYAML(t *testing.T) {
	for _, text := range []string{"", "# nothing", "a: [", "- a", "\x00", "\xff\xfe", "a: &b 1\nc: *b", "x: !!binary aaaa", strings.Repeat("[", 500)} {
		p, problems, err := profile.Load(fstest.MapFS{profile.File: {Data: []byte(text)}}, "")
		if p != nil || err != nil || len(problems) == 0 {
			t.Errorf("%q: %v %v", text, problems, err)
		}
	}
	if _, _, err := profile.Load(fstest.MapFS{}, ""); !os.IsNotExist(err) {
		t.Error(err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(head)
	f.Add(head + "params: {kMin: [{value: 7, from: 2026-01-01, because: x}]}\n")
	f.Add(head + "items: {RISK-A-01: {new: yes, theme: OPS, reasons: {fail: x}}}\n")
	data, err := fs.ReadFile(os.DirFS("testdata/mistakes"), profile.File)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Fuzz(func(t *testing.T, text string) {
		p, problems, err := profile.Load(fstest.MapFS{profile.File: {Data: []byte(text)}}, "")
		if err != nil || p == nil && len(problems) == 0 {
			t.Errorf("no profile and no problem: %v", err)
		}
	})
}
