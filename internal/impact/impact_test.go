package impact

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"puntari/internal/catalog"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/source"
	"puntari/policies"
)

// policy is the built-in policy with changes.
func policy(t *testing.T, change func(*checklist.Catalogue, fstest.MapFS)) *Policy {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	rules := fstest.MapFS{}
	err = fs.WalkDir(policies.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := policies.Files.ReadFile(name)
		rules[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(c, rules)
		c.Changed()
	}
	e, err := engine.New(c, rules, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &Policy{Catalogue: c, Rules: rules, Engine: e}
}

func replace(t *testing.T, rules fstest.MapFS, file, old, new string) {
	t.Helper()
	after := strings.Replace(string(rules[file].Data), old, new, 1)
	if after == string(rules[file].Data) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	rules[file] = &fstest.MapFile{Data: []byte(after)}
}

func compare(t *testing.T, old, new *Policy, workers int) *Comparison {
	t.Helper()
	dir := t.TempDir()
	var o [2]catalog.Options
	for i, p := range []*Policy{old, new} {
		o[i] = catalog.Options{
			Engine: p.Engine, Reader: source.New(p.Catalogue, descriptor.NewReader(p.Catalogue), p.Rules), Today: "2026-11-23",
			Workers: workers, Journal: filepath.Join(dir, strconv.Itoa(i)), Lang: "en",
		}
	}
	c, err := Run(t.Context(), []string{"../../examples"}, old, new, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func param(c *checklist.Catalogue, name string, value float64) {
	p := c.Policy.Params[name]
	p.Value = value
	c.Policy.Params[name] = p
}

func TestTheSamePolicy(t *testing.T) {
	c := compare(t, policy(t, nil), policy(t, nil), 0)
	totals, err := c.Totals()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Changes) > 0 || totals.Differ > 0 || totals.Records < 10 {
		t.Errorf("%+v %+v", c.Changes, totals)
	}
}

// TestBecause changes three things, of which the first acts only through the
// measures that a description proposes: with a larger smallest group they no
// longer suffice.
func TestBecause(t *testing.T) {
	new := policy(t, func(c *checklist.Catalogue, rules fstest.MapFS) {
		param(c, "kMin", 7)
		c.Item("RISK-SAF-03").Severity = 2
		replace(t, rules, "risk/rights.rego", `concern contains "RISK-IPR-01" if is.rights.licence.closed`, `concern contains "RISK-IPR-01" if is.rights.licence.open`)
	})
	var first []byte
	for _, workers := range []int{1, 3} {
		c := compare(t, policy(t, nil), new, workers)
		var all []*Difference
		if err := c.Each(func(d *Difference) error { all = append(all, d); return nil }); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if !bytes.Equal(first, data) {
			t.Error("the number of workers makes a difference")
		}
		for _, d := range all {
			switch d.Identifier {
			case "museum-segments", "museum-survey":
				if d.Before.Outcome != "OPEN_AFTER_MITIGATIONS" || d.After.Outcome != "DO_NOT_OPEN" || !d.Verified || !slices.Contains(d.Because, 1) {
					t.Errorf("%s: %s to %s because of %v", d.Identifier, d.Before.Outcome, d.After.Outcome, d.Because)
				}
			case "park-benches":
				if d.After.Outcome != "OPEN_AFTER_MITIGATIONS" || !slices.Equal(d.Because, []int{3}) || !d.Verified {
					t.Errorf("%s: %s because of %v", d.Identifier, d.After.Outcome, d.Because)
				}
				if len(d.Items) != 1 || d.Items[0] != (ItemDifference{"RISK-IPR-01", "pass", "concern", "", "moderate"}) {
					t.Errorf("%s: %v", d.Identifier, d.Items)
				}
			}
		}
	}
}

// TestDiff shows that each kind of change is found, and what it can touch.
func TestDiff(t *testing.T) {
	for want, change := range map[string]func(*checklist.Catalogue, fstest.MapFS){
		"param kMin value 5>7 RISK-ANO-01,RISK-CON-06,RISK-PER-01": func(c *checklist.Catalogue, _ fstest.MapFS) { param(c, "kMin", 7) },
		"param unknownShareMax value 0.2>0.1 decides":              func(c *checklist.Catalogue, _ fstest.MapFS) { param(c, "unknownShareMax", 0.1) },
		"param kMin dated >8 2027-01-01.. RISK-ANO-01,RISK-CON-06,RISK-PER-01": func(c *checklist.Catalogue, _ fstest.MapFS) {
			p := c.Policy.Params["kMin"]
			p.Dated = []checklist.DatedValue{{Value: 8, Validity: checklist.Validity{ValidFrom: "2027-01-01"}}}
			c.Policy.Params["kMin"] = p
		},
		"item RISK-SAF-03 severity 4>2 RISK-SAF-03 decides":        func(c *checklist.Catalogue, _ fstest.MapFS) { c.Item("RISK-SAF-03").Severity = 2 },
		"item RISK-SAF-03 validTo >2026-12-31 RISK-SAF-03 decides": func(c *checklist.Catalogue, _ fstest.MapFS) { c.Item("RISK-SAF-03").ValidTo = "2026-12-31" },
		"item OPP-DEM-01 weight 3>1 OPP-DEM-01 decides scores":     func(c *checklist.Catalogue, _ fstest.MapFS) { c.Item("OPP-DEM-01").Weight = 1 },
		"level concern 2 level low>moderate":                       func(c *checklist.Catalogue, _ fstest.MapFS) { c.Policy.Levels.Item["concern"][2] = "moderate" },
		"level high from 60>65 scores":                             func(c *checklist.Catalogue, _ fstest.MapFS) { c.Policy.Levels.Names[3].From = 65 },
		"signOff open roles data_owner>dpo decides": func(c *checklist.Catalogue, _ fstest.MapFS) {
			for i := range c.Policy.SignOff {
				if c.Policy.SignOff[i].ID == "open" {
					c.Policy.SignOff[i].Roles = []string{"dpo"}
				}
			}
		},
		"texts  texts >": func(c *checklist.Catalogue, _ fstest.MapFS) { c.Item("RISK-SAF-03").Title["en"] = "Another title" },
		"rule risk.rights.concern RISK-IPR-01 rules > RISK-IPR-01": func(_ *checklist.Catalogue, r fstest.MapFS) {
			replace(t, r, "risk/rights.rego", `if is.rights.rightsHolder.others`, `if is.rights.rightsHolder.third_party`)
		},
		"condition risk.rights._permission_not_shown rules > RISK-IPR-01": func(_ *checklist.Catalogue, r fstest.MapFS) {
			replace(t, r, "risk/rights.rego", `_permission_not_shown if is.rights.thirdPartySources.size.lowest <= 0`, `_permission_not_shown if is.rights.thirdPartySources.size.lowest <= 1`)
		},
		"decision decision.holding_levels rules > decides": func(_ *checklist.Catalogue, r fstest.MapFS) {
			replace(t, r, "decision/outcome.rego", `holding_levels := {"moderate", "high", "very_high"}`, `holding_levels := {"high", "very_high"}`)
		},
	} {
		changes, err := Diff(policy(t, nil), policy(t, change))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range changes {
			s := strings.Join([]string{c.Kind, c.Name, c.Attribute, c.Before + ">" + c.After}, " ")
			if len(c.Items) > 0 && c.Kind != Level {
				s += " " + strings.Join(c.Items, ",")
			}
			if c.Decides && c.Kind != Level {
				s += " decides"
			}
			if c.Scores {
				s += " scores"
			}
			got = append(got, s)
		}
		if !slices.Equal(got, []string{want}) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	changes, err := Diff(policy(t, nil), policy(t, func(_ *checklist.Catalogue, r fstest.MapFS) {
		replace(t, r, "asked.rego", "media if conditions.media", "media if conditions.free_text")
	}))
	if err != nil || len(changes) != 1 || changes[0].Kind != Question || len(changes[0].Items) == 0 {
		t.Errorf("%+v %v", changes, err)
	}
}

// TestCannotBeAssessed shows that a dataset that only one policy can assess is a
// difference, and counted as failed.
func TestCannotBeAssessed(t *testing.T) {
	c := compare(t, policy(t, nil), policy(t, func(_ *checklist.Catalogue, r fstest.MapFS) {
		replace(t, r, "decision/outcome.rego", `else := "DO_NOT_OPEN"`, `else := "SHUT"`)
	}), 0)
	totals, err := c.Totals()
	if err != nil {
		t.Fatal(err)
	}
	if totals.Failed == 0 || totals.Parts[Failed] != totals.Failed || totals.Worst[0].After.Error == "" {
		t.Errorf("%+v", totals)
	}
}
