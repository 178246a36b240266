package engine

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
)

// Whatever way a decision policy looks at its input, remembered decisions are
// those that it would make.
func TestDecisionKeys(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		body string
		// imports are more of those.
		imports string
		// want tells what the key has to hold for it.
		want func(*decisionReads) bool
	}{
		"numbers are compared": {
			"input.levels.low + input.levels.moderate - 2 >= params.unknownShareMax * count(data.risk) - 11",
			"",
			func(r *decisionReads) bool { return r.raw == [maxNumbers]bool{} && !r.unreadable },
		},
		"a number is compared with what else the input has": {
			"input.value * input.readiness > 2500",
			"",
			func(r *decisionReads) bool {
				return r.raw[numberValue] && r.raw[numberReadiness] && !r.raw[numberUnknown]
			},
		},
		"a sum is used by its name": {
			"n := _at_least_high\nn % 2 == 1",
			"",
			func(r *decisionReads) bool { return r.raw[numberLevels+3] && r.raw[numberLevels+4] },
		},
		"a level by a variable": {
			"some level in holding_levels\ninput.levels[level] % 2 == 1",
			"",
			func(r *decisionReads) bool { return r.raw[numberLevels] },
		},
		"the input of a number is changed": {
			"2 == input.unknown_items with input.unknown_items as 2\ninput.unknown_items % 2 == 0",
			"",
			func(r *decisionReads) bool { return r.raw[numberUnknown] },
		},
		"measures are counted": {
			"count(input.measures) > 1",
			"",
			func(r *decisionReads) bool { return r.measures.all },
		},
		"measures are looked at one by one": {
			"some measure in input.measures\nmeasure.status == \"proposed\"\nmeasure.code != \"M01\"",
			"",
			func(r *decisionReads) bool { return !r.measures.all && len(r.measures.attributes) == 4 },
		},
		"a measure as a whole": {
			"some measure in input.measures\ncount(measure.params) > 1",
			"",
			func(r *decisionReads) bool { return r.measures.all },
		},
		"how many of a theme": {
			"input.themes.PER.low > 1",
			"",
			func(r *decisionReads) bool { return !r.rawThemes && reflect.DeepEqual(r.limits, []int{0, 1}) },
		},
		"a theme in another way": {
			"input.themes.PER.low % 2 == 1",
			"",
			func(r *decisionReads) bool { return r.rawThemes },
		},
		"any item that fails": {
			"some id in object.keys(input.failing)\nstartswith(id, \"RISK-QUA\")",
			"",
			func(r *decisionReads) bool { return r.unreadable },
		},
		"a number by another name": {
			"v > 40",
			"import input.value as v",
			func(r *decisionReads) bool { return r.unreadable },
		},
		"a rule of another package": {
			"apart.rich",
			"import data.puntari.apart",
			func(r *decisionReads) bool { return r.unreadable },
		},
		"a rule of another package by its path": {
			"data.puntari.apart.rich",
			"",
			func(r *decisionReads) bool { return r.unreadable },
		},
		"the whole input": {
			"object.get(input, \"value\", 0) > 40",
			"",
			func(r *decisionReads) bool { return r.unreadable },
		},
		"all of the input by a name": {
			"all := input\nall.value > 40",
			"",
			func(r *decisionReads) bool { return r.unreadable },
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := changed(t, map[string]string{"decision/extra.rego": "package puntari.decision\n\nimport data.params\n" + x.imports + "\n\nsign_off contains \"extra\" if {\n" + x.body + "\n}\n\n_params := params\n",
				"apart/apart.rego": "package puntari.apart\n\nrich if input.value > 40\n"})
			e, err := New(c, files, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !x.want(e.decisionReads) {
				t.Errorf("the key holds %+v", *e.decisionReads)
			}
			direct, err := New(c, files, Options{NoTables: true})
			if err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(1, 2))
			with, without := 0, 0
			for range 400 {
				x := randomInput(random, e)
				got, err := e.decided(context.Background(), x.c, &x.tally, x.value, x.readiness, &x.whatIf)
				if err != nil {
					t.Fatal(err)
				}
				want, err := direct.decided(context.Background(), x.c, &x.tally, x.value, x.readiness, &x.whatIf)
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%+v: remembered %+v, decided %+v", x, got, want)
				}
				if slices.Contains(want.SignOff, "extra") {
					with++
				} else {
					without++
				}
			}
			if with == 0 || without == 0 {
				t.Errorf("the rule held %d times and did not hold %d times", with, without)
			}
		})
	}
}

// decisionCase is what a decision is made on.
type decisionCase struct {
	c                *facts.Case
	tally            tally
	value, readiness int
	whatIf           assessment.WhatIf
}

// randomInput makes an input in which little happens, so that different inputs
// have the same key.
func randomInput(r *rand.Rand, e *Engine) decisionCase {
	coin := func() bool { return r.IntN(2) == 0 }
	one := func(of ...string) *string { return &of[r.IntN(len(of))] }
	d := &descriptor.Dataset{}
	for range r.IntN(3) {
		m := descriptor.Measure{Code: one("M01", "M18"), Status: one("proposed", "applied")}
		if coin() {
			m.Params = map[string]any{"channel": *one("", "permit_authority"), "basis": *one("", "an act")}
		}
		d.Mitigations = append(d.Mitigations, m)
	}
	d.Release.RestrictedChannel = one("none", "permit_authority")
	d.Release.RestrictedChannelBasis = one("unknown", "an act")
	x := decisionCase{c: &facts.Case{Dataset: d}, value: 20 * r.IntN(5), readiness: 20 * r.IntN(5)}
	x.tally = tally{blocked: coin(), undecided: coin(), people: coin(), assets: coin(), unknown: r.IntN(16)}
	for n := range e.Catalogue.Policy.Levels.Names {
		x.tally.levels[n] = uint8(r.IntN(3))
	}
	for range e.decisionReads.themes {
		x.tally.themes = append(x.tally.themes, levelCounts{uint8(r.IntN(3)), uint8(r.IntN(3)), uint8(r.IntN(3))})
	}
	for _, id := range []string{"RISK-SAF-04", "RISK-QUA-01", "RISK-PER-01"} {
		if coin() {
			x.tally.failing = append(x.tally.failing, id)
		}
	}
	if coin() {
		x.whatIf = assessment.WhatIf{Outcome: one("OPEN", "DO_NOT_OPEN"), SameProduct: coin()}
	}
	return x
}
