package engine

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/policies"
)

func newEngine(t testing.TB, o Options) *Engine {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(c, policies.Files, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestVectors(t *testing.T) {
	f, err := os.Open("../../../shared/design/vectors.jsonl.gz")
	if err != nil {
		t.Skip("the vectors are not here")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(t, Options{NoTables: true})
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<22)
	bad := map[string]int{}
	n := 0
	for sc.Scan() {
		n++
		var v struct {
			Descriptor descriptor.Dataset
			Expected   struct {
				assessment.Assessment
			}
		}
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			t.Fatal(n, err)
		}
		day := "2026-03-01"
		if v.Descriptor.Assessment.Date != nil {
			day = *v.Descriptor.Assessment.Date
		}
		got, err := e.Assess(context.Background(), &v.Descriptor, day)
		if err != nil {
			t.Fatal(n, err)
		}
		want := &v.Expected
		diff := func(what string, g, w any) {
			gj, _ := json.Marshal(g)
			wj, _ := json.Marshal(w)
			if string(gj) != string(wj) {
				bad[what]++
				if len(bad) <= 12 {
					t.Errorf("%d %s: got %s want %s", n, what, gj, wj)
				}
			}
		}
		for id, w := range want.Items {
			g := got.Items[id]
			diff(id, g.Result, w.Result)
			if w.Result == assessment.Unknown && g.Result == w.Result {
				if id[0] != 'R' {
					continue // the vectors name open facts for risk items only
				}
				diff(id+" missing", plain(g.Missing), plain(w.Missing))
			}
		}
		diff("outcome", got.Outcome, want.Outcome)
		diff("bounds", got.OutcomeBounds, want.OutcomeBounds)
		diff("blockedBy", got.BlockedBy, want.BlockedBy)
		diff("riskLevel", got.RiskLevel, want.RiskLevel)
		diff("value", got.Value, want.Value)
		diff("readiness", got.Readiness, want.Readiness)
		diff("themes", got.Themes, want.Themes)
		diff("valueLevel", got.ValueLevel, want.ValueLevel)
		diff("readinessLevel", got.ReadinessLevel, want.ReadinessLevel)
		diff("priority", got.Priority, want.Priority)
		diff("whatIf.outcome", got.WhatIf.Outcome, want.WhatIf.Outcome)
		diff("whatIf.measures", got.WhatIf.Measures, want.WhatIf.Measures)
		for id := range got.WhatIf.Changed {
			if want.Items[id] == nil {
				delete(got.WhatIf.Changed, id) // an item that has been added since
			}
		}
		diff("whatIf.changed", got.WhatIf.Changed, want.WhatIf.Changed)
		diff("whatIf.same", got.WhatIf.SameProduct, want.WhatIf.SameProduct)
		diff("whatIf.risk", got.WhatIf.RiskLevel, want.WhatIf.RiskLevel)
		diff("hardStops", sorted(got.HardStops), sorted(want.HardStops))
		diff("whatIf.stops", sorted(got.WhatIf.HardStops), sorted(want.WhatIf.HardStops))
		diff("decisive", len(got.DecisiveQuestions), len(want.DecisiveQuestions))
		for i := range min(len(got.DecisiveQuestions), len(want.DecisiveQuestions)) {
			diff("decisive item", got.DecisiveQuestions[i].Item, want.DecisiveQuestions[i].Item)
		}
	}
	t.Log(n, bad)
}

// plain leaves out members of lists, which the vectors name by their last part.
func plain(paths []string) []string {
	out := []string{}
	for _, p := range paths {
		if !strings.Contains(p, ".") {
			continue
		}
		if list, _, member := strings.Cut(p, "[]."); member {
			p = list
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

func sorted(s []assessment.Stop) []assessment.Stop {
	s = slices.Clone(s)
	slices.SortFunc(s, func(a, b assessment.Stop) int {
		if a.Stop+a.Item < b.Stop+b.Item {
			return -1
		}
		return 1
	})
	return s
}

func encoded(a *assessment.Assessment) []byte {
	data, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	return data
}
