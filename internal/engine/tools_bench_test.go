package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"puntari/internal/descriptor"
	"puntari/internal/sample/city"
	"puntari/policies"
)

// toolPolicy asks for the rows of the risk items in both views, which is what
// their results follow from. The bounds, the value, the decision, the changes and
// the reasons, which Puntari gives besides, are not asked for.
const toolPolicy = `package main

deny contains {"msg": sprintf("%s %s %s", [view, row, id])} if {
	some view in ["known", "possible"]
	some row in ["fail", "na", "unknown", "concern"]
	rows := [s | s := data.puntari.risk[_][row]] with input as input[view]
	some ids in rows
	some id in ids
}
`

// BenchmarkTools runs the same policies on the same datasets with Puntari, with
// `conftest test` and with `opa exec`, as whole processes, and compares their
// processor time. The others get the facts ready-made, with the questions that do
// not matter already left out. A tool that is not on the path is left out.
func BenchmarkTools(b *testing.B) {
	n := 5000
	if testing.Short() {
		n = 200
	}
	dir := b.TempDir()
	build := func(name, pkg string) string {
		out := filepath.Join(dir, name)
		c := exec.Command("go", "build", "-trimpath", "-o", out, pkg)
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if text, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, text)
		}
		return out
	}
	program, opa := build("puntari", "puntari/cmd/puntari"), build("opa", "github.com/open-policy-agent/opa")
	want := writeToolFiles(b, dir, n)
	policyDir, inputs := filepath.Join(dir, "policy"), filepath.Join(dir, "inputs")

	var own, conftest, direct float64
	for b.Loop() {
		lines := filepath.Join(dir, "out.ndjson")
		own += process(b, nil, program, "catalog", filepath.Join(dir, "descriptors"), "--ndjson", lines, "--date", propertyDay, "--fresh")
		if got := ownFails(b, lines); got != want {
			b.Fatalf("puntari found %d failed items, the policies %d", got, want)
		}
		var out bytes.Buffer
		if path, err := exec.LookPath("conftest"); err == nil {
			conftest += process(b, &out, path, "test", "--policy", policyDir, "--data", filepath.Join(policyDir, "data.json"), "--no-fail", "-o", "json", inputs)
			if got := bytes.Count(out.Bytes(), []byte(`"known fail `)); got != want {
				b.Fatalf("conftest found %d failed items, the policies %d", got, want)
			}
		}
		out.Reset()
		direct += process(b, &out, opa, "exec", "--bundle", policyDir, "--decision", "main/deny", inputs)
		if got := bytes.Count(out.Bytes(), []byte(`"known fail `)); got != want {
			b.Fatalf("opa exec found %d failed items, the policies %d", got, want)
		}
	}
	b.ReportMetric(own/float64(b.N*n)*1000, "puntari-cpu-ms/dataset")
	b.ReportMetric(direct/own, "opa-exec/puntari")
	if conftest > 0 {
		b.ReportMetric(conftest/own, "conftest/puntari")
	}
}

// writeToolFiles writes the descriptors, the facts in both views, and the
// policies with their data; it returns how many risk items fail.
func writeToolFiles(b *testing.B, dir string, n int) int {
	b.Helper()
	e := newEngine(b, Options{})
	write := func(data []byte, words ...string) {
		name := filepath.Join(append([]string{dir}, words...)...)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	err := fs.WalkDir(policies.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".rego") || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := fs.ReadFile(policies.Files, name)
		write(data, "policy", name)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	write([]byte(toolPolicy), "policy", "main.rego")
	data, err := json.Marshal(map[string]any{"params": params(e.Catalogue)})
	if err != nil {
		b.Fatal(err)
	}
	write(data, "policy", "data.json")
	g, fails := city.New(7), 0
	reader := descriptor.NewReader(e.Catalogue)
	date, _ := time.Parse(time.DateOnly, propertyDay)
	for i := range n {
		line := g.Line(i)
		name := fmt.Sprintf("%05d.json", i)
		write(line, "descriptors", name)
		src, problems := reader.Read(name, bytes.NewReader(line))
		if src == nil {
			b.Fatal(problems)
		}
		v := newView(e)
		c := e.Space.NewCase(src.Dataset, date)
		f, err := e.find(context.Background(), c, v)
		if err != nil {
			b.Fatal(err)
		}
		fails += len(slices.DeleteFunc(f.risk, func(s set) bool { return s != fail }))
		in := v.inputs(c, c.Risk, nil)
		write([]byte(fmt.Sprintf(`{"known":%v,"possible":%v}`, in.known(), in.possible())), "inputs", name)
	}
	return fails
}

// process runs a program and returns its processor time in seconds.
func process(b *testing.B, out *bytes.Buffer, program string, args ...string) float64 {
	b.Helper()
	var stderr bytes.Buffer
	c := exec.Command(program, args...)
	c.Stderr = &stderr
	if out != nil {
		c.Stdout = out
	}
	if err := c.Run(); err != nil {
		b.Fatalf("%s: %v\n%.2000s", filepath.Base(program), err, stderr.String())
	}
	return (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
}

// ownFails counts the failed risk items in the lines of a catalogue.
func ownFails(b *testing.B, name string) int {
	b.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for line := range bytes.Lines(data) {
		var r struct {
			Risk map[string]string `json:"risk"`
		}
		if err := json.Unmarshal(line, &r); err != nil {
			b.Fatal(err)
		}
		for _, result := range r.Risk {
			if result == "fail" {
				n++
			}
		}
	}
	return n
}
