package engine

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"puntari/internal/checklist"
	"puntari/policies"
)

// changed returns the built-in policies with files added or replaced.
func changed(t *testing.T, files map[string]string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(policies.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(policies.Files, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(out, func(name string, _ *fstest.MapFile) bool { return strings.HasSuffix(name, "_test.rego") })
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// What a policy must not do is refused before anything is assessed.
func TestPoliciesAreConfined(t *testing.T) {
	for name, body := range map[string]string{
		"network":     `http.send({"method": "get", "url": "http://example.org"}).status_code == 200`,
		"clock":       `time.now_ns() > 0`,
		"environment": `opa.runtime().env.HOME == "x"`,
		"randomness":  `rand.intn("x", 2) == 1`,
		"lookup":      `net.lookup_ip_addr("example.org") != set()`,
		"no such":     `is.securty.itDetailsPresent.yes; nothing(1)`,
	} {
		files := changed(t, map[string]string{"risk/extra.rego": "package puntari.risk.extra\n\nimport input.is\n\nfail contains \"RISK-SAF-05\" if { is.security; " + body + " }\n"})
		if _, err := Compile(files); err == nil {
			t.Errorf("%s: compiled", name)
		}
	}
}

// A failing policy never makes a clean bill.
func TestFailsClosed(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	slow := "package puntari.risk.security\n\nfail contains \"RISK-SAF-05\" if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b == -1\n}\n"
	for name, files := range map[string]map[string]string{
		"no such item":      {"risk/extra.rego": "package puntari.risk.extra\n\nimport input.is\n\nfail contains \"RISK-XXX-01\" if is.dataset\n"},
		"a failing builtin": {"risk/extra.rego": "package puntari.risk.security\n\nimport input.is\n\nfail contains \"RISK-SAF-05\" if { is.dataset; to_number(\"x\") > 1 }\n"},
		"endless":           {"risk/extra.rego": slow},
		"no decision":       {"decision/decision.rego": "package puntari.decision\n\ndecision := {\"outcome\": outcome, \"risk_level\": risk_level} if input.never\n"},
		"no such outcome":   {"decision/decision.rego": "package puntari.decision\n\ndecision := {\"outcome\": \"FINE\", \"risk_level\": risk_level}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := New(c, changed(t, files), Options{Timeout: 300 * time.Millisecond, NoTables: true})
			if err != nil {
				t.Fatal(err)
			}
			a, err := e.Assess(context.Background(), benchDataset(t, e), propertyDay)
			if !errors.Is(err, ErrCouldNotAssess) || a != nil {
				t.Errorf("error %v, assessment %v", err, a != nil)
			}
		})
	}
	elsewhere := changed(t, map[string]string{"risk/extra.rego": "package puntari.risk.extra\n\nimport input.is\n\nfail contains \"RISK-SAF-05\" if is.security.itDetailsPresent.yes\n"})
	if _, err := New(c, elsewhere, Options{}); err == nil || !strings.Contains(err.Error(), "RISK-SAF-05 has a rule in package puntari.risk.extra; its rules belong in puntari.risk.security") {
		t.Errorf("a rule of an item in the package of no theme: %v", err)
	}
	e := newEngine(t, Options{})
	if _, err := e.Assess(context.Background(), benchDataset(t, e), "1.3.2026"); !errors.Is(err, ErrCouldNotAssess) {
		t.Errorf("a date that is none: %v", err)
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newEngine(t, Options{NoTables: true}).Assess(stopped, benchDataset(t, e), propertyDay); err == nil {
		t.Error("a cancelled assessment has a result")
	}
}

func TestConcurrentUse(t *testing.T) {
	e := newEngine(t, Options{})
	var want []string
	for i := range 8 {
		want = append(want, string(encoded(assess(t, newEngine(t, Options{}), newGenerator(e.Catalogue, uint64(i), 0.3).dataset()))))
	}
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range want {
				n := (i + w) % len(want)
				a, err := e.Assess(context.Background(), newGenerator(e.Catalogue, uint64(n), 0.3).dataset(), propertyDay)
				if err != nil {
					t.Error(err)
					return
				}
				if got := string(encoded(a)); got != want[n] {
					t.Errorf("dataset %d: other results when used by several", n)
				}
			}
		})
	}
	wg.Wait()
}
