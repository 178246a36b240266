package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkStart is the program as a user starts it: a small descriptor in, JSON
// out, processor time of the process beside the time on the clock.
func BenchmarkStart(b *testing.B) {
	program := filepath.Join(b.TempDir(), "puntari")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var cpu float64
	for b.Loop() {
		c := exec.Command(program, "assess", "../../examples/park-benches.yaml", "--format", "json")
		if err := c.Run(); err != nil {
			b.Fatal(err)
		}
		cpu += float64((c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Microseconds()) / 1000
	}
	b.ReportMetric(cpu/float64(b.N), "cpu-ms/op")
}
