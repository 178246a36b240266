package engine

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"puntari/internal/descriptor"
)

func load(b testing.TB, n string) *descriptor.Dataset {
	data, err := os.ReadFile("/tmp/exj/" + n + ".json")
	if err != nil {
		b.Fatal(err)
	}
	var d descriptor.Dataset
	if err := json.Unmarshal(data, &d); err != nil {
		b.Fatal(err)
	}
	return &d
}
func BenchmarkEval(b *testing.B) {
	e := newEngine(b, Options{NoTables: true})
	for _, n := range []string{"park-benches", "museum-survey", "parking-traffic"} {
		d := load(b, n)
		if n == "museum-survey" {
			d.Mitigations = nil
		}
		day, _ := time.Parse(time.DateOnly, "2026-03-01")
		b.Run(n, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.evaluate(context.Background(), d, day, false); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(n+"/assess", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.Assess(context.Background(), d, "2026-03-01"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
func TestExamples0(t *testing.T) {
	e := newEngine(t, Options{})
	for n, w := range map[string]string{"social-health-ece-clients": "RESTRICTED", "museum-survey": "OPEN_AFTER_MITIGATIONS", "trail-accessibility": "OPEN_AFTER_MITIGATIONS", "visitor-counters": "OPEN_AFTER_MITIGATIONS", "job-path": "DO_NOT_OPEN", "pupil-learning": "RESTRICTED", "classroom-air": "OPEN_AFTER_MITIGATIONS", "parking-traffic": "OPEN", "service-building-energy": "OPEN", "cameras-water-network": "DO_NOT_OPEN", "purchase-invoices": "OPEN_AFTER_MITIGATIONS", "street-lights": "INSUFFICIENT_INFORMATION", "park-benches": "OPEN"} {
		a, err := e.Assess(context.Background(), load(t, n), "2026-03-01")
		if err != nil {
			t.Fatal(n, err)
		}
		if a.Outcome != w {
			t.Errorf("%s: %s want %s", n, a.Outcome, w)
		}
		p := "-"
		if a.Priority != nil {
			p = *a.Priority
		}
		t.Log(n, a.Outcome, p, a.Value, a.Readiness, a.RiskLevel, a.WhatIf.RiskLevel, a.HardStops, a.SignOff.Roles, a.Changes.Outcome, len(a.Changes.Measures))
	}
}
func BenchmarkTables(b *testing.B) {
	e := newEngine(b, Options{})
	for _, n := range []string{"park-benches", "museum-survey", "parking-traffic"} {
		d := load(b, n)
		if n == "museum-survey" {
			d.Mitigations = nil
		}
		day, _ := time.Parse(time.DateOnly, "2026-03-01")
		b.Run(n, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.evaluate(context.Background(), d, day, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
