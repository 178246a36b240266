package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/rego"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
	"puntari/internal/sample/city"
	"puntari/policies"
)

// floor evaluates a few items in plain Go: what they cost without a policy
// engine. It checks the translation of the rules as well.
func floor(d *descriptor.Dataset) map[string]string {
	is := func(p *string, values ...string) bool { return p != nil && slices.Contains(values, *p) }
	open := func(p *string) bool { return p == nil || *p == descriptor.Unknown }
	out := map[string]string{}
	decide := func(id string, open bool, result string) {
		if open {
			result = assessment.Unknown
		}
		out[id] = result
	}
	switch i := d.Security.ItDetailsPresent; {
	case is(i, "yes"):
		out["RISK-SAF-05"] = assessment.Fail
	case slices.ContainsFunc(d.Profile.PiiHits, func(h descriptor.PatternHit) bool { return is(h.Pattern, "ip", "mac") }):
		out["RISK-SAF-05"] = assessment.Fail
	default:
		decide("RISK-SAF-05", open(i) || slices.ContainsFunc(d.Profile.PiiHits, func(h descriptor.PatternHit) bool { return open(h.Pattern) }), assessment.Pass)
	}
	switch m := d.Benefit.MarketScope; {
	case is(m, "regional", "national", "international"):
		out["OPP-ECO-02"] = assessment.Pass
	case is(m, "local"):
		out["OPP-ECO-02"] = assessment.Concern
	default:
		decide("OPP-ECO-02", open(m), assessment.Fail)
	}
	for id, p := range map[string]*string{
		"OPP-SOC-01": d.Benefit.Transparency, "OPP-SOC-02": d.Benefit.SocietalImpact,
		"OPP-SOC-03": d.Benefit.InclusionImpact, "OPP-SOC-04": d.Benefit.ResearchEducation,
	} {
		switch {
		case is(p, "moderate", "high"):
			out[id] = assessment.Pass
		case is(p, "low"):
			out[id] = assessment.Concern
		default:
			decide(id, open(p), assessment.Fail)
		}
	}
	switch l := d.Rights.Licence; {
	case is(l, "CC-BY-4.0", "CC0-1.0"):
		out["OPP-LEG-01"] = assessment.Pass
	case is(l, "other_open"):
		out["OPP-LEG-01"] = assessment.Concern
	default:
		decide("OPP-LEG-01", open(l), assessment.Fail)
	}
	return out
}

func TestFloorAgrees(t *testing.T) {
	cases(t, 100, func(_ *Engine, _ *generator, d *descriptor.Dataset, a *assessment.Assessment) {
		for id, want := range floor(d) {
			if got := a.Items[id].Result; got != want {
				t.Errorf("%s: %s, in plain Go %s", id, got, want)
			}
		}
	})
}

// BenchmarkFloor is seven items in plain Go.
func BenchmarkFloor(b *testing.B) {
	d := benchDataset(b, newEngine(b, Options{}))
	cpu(b, func() {
		for b.Loop() {
			floor(d)
		}
	})
}

// BenchmarkFromText is one dataset of an inventory from its line of JSON to its
// outcome. The plain way reads it with encoding/json and looks at seven of the
// items in Go, without checking what it reads, and knows neither what is open nor a
// decision: less than any program that does the same would have to do.
func BenchmarkFromText(b *testing.B) {
	e := newEngine(b, Options{})
	g := city.New(3)
	var lines [][]byte
	for i := range 4000 {
		lines = append(lines, g.Line(i))
	}
	b.Run("plain-go", func(b *testing.B) {
		i := 0
		cpu(b, func() {
			for b.Loop() {
				var d descriptor.Dataset
				if err := json.Unmarshal(lines[i%len(lines)], &d); err != nil {
					b.Fatal(err)
				}
				floor(&d)
				i++
			}
		})
	})
	reader := descriptor.NewReader(e.Catalogue)
	judge := e.NewJudge()
	var canonical []byte
	one := func(tb testing.TB, line []byte, ask Ask) {
		src, problems := reader.Read("inventory.ndjson", bytes.NewBuffer(line))
		if src == nil {
			tb.Fatal(problems)
		}
		canonical = src.Dataset.AppendCanonical(canonical[:0])
		_ = sha256.Sum256(canonical)
		if _, err := judge.Verdict(context.Background(), src.Dataset, propertyDay, ask); err != nil {
			tb.Fatal(err)
		}
	}
	for _, line := range lines { // the tables fill
		one(b, line, Ask{Findings: true, Questions: true, Changes: true})
	}
	for _, v := range []struct {
		name string
		ask  Ask
	}{{"outcomes", Ask{}}, {"findings", Ask{Findings: true}}, {"everything", Ask{Findings: true, Questions: true, Changes: true}}} {
		b.Run(v.name, func(b *testing.B) {
			i := 0
			cpu(b, func() {
				for b.Loop() {
					one(b, lines[i%len(lines)], v.ask)
					i++
				}
			})
		})
	}
}

// BenchmarkFresh is the risk rows of one descriptor with policies that are
// parsed and compiled for it.
func BenchmarkFresh(b *testing.B) {
	e := newEngine(b, Options{})
	date, _ := time.Parse(time.DateOnly, propertyDay)
	c := e.Space.NewCase(benchDataset(b, e), date)
	v := newView(e)
	if err := e.resolve(context.Background(), c, v); err != nil {
		b.Fatal(err)
	}
	var modules []func(*rego.Rego)
	err := fs.WalkDir(policies.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".rego") || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := fs.ReadFile(policies.Files, name)
		modules = append(modules, rego.Module(name, string(data)))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	input := v.inputs(c, c.Risk, nil).known()
	cpu(b, func() {
		for b.Loop() {
			r := rego.New(append([]func(*rego.Rego){
				rego.Query("rows := [s | s := data.puntari.risk[_][_]]"), rego.ParsedInput(input), rego.Store(e.store),
			}, modules...)...)
			if _, err := r.Eval(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
