package catalog

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"puntari/internal/engine"
	"puntari/internal/sample/city"
)

// BenchmarkRun assesses an inventory of invented descriptors of 20 columns from
// NDJSON into a journal: outcomes only, and with the line of every finding. One
// operation is one descriptor; the tables of the engine fill on the way, as they
// do in a run of the command.
func BenchmarkRun(b *testing.B) {
	for _, v := range []struct {
		name string
		ask  engine.Ask
	}{
		{"outcomes", engine.Ask{}}, {"findings", engine.Ask{Findings: true}},
		{"portfolio", engine.Ask{Questions: true, Changes: true}},
		{"all", engine.Ask{Findings: true, Questions: true, Changes: true}},
	} {
		b.Run(v.name, func(b *testing.B) {
			o := newOptions(b)
			o.Ask = v.ask
			name := filepath.Join(b.TempDir(), "inventory.ndjson")
			g := city.New(1)
			var data bytes.Buffer
			for i := range b.N {
				data.Write(g.Line(i))
			}
			if err := os.WriteFile(name, data.Bytes(), 0o644); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(data.Len() / b.N))
			b.ResetTimer()
			j, err := Run(context.Background(), []string{name}, o)
			if err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			if err := j.Remove(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// BenchmarkEach reads results back from the journal and writes them as CSV.
func BenchmarkEach(b *testing.B) {
	o := newOptions(b)
	o.Ask.Findings = false
	const records = 2000
	j, err := Run(context.Background(), []string{inventory(b, records, wrong)}, o)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		w, err := NewCSV(io.Discard, Table{Lang: "en", Origin: testOrigin})
		if err != nil {
			b.Fatal(err)
		}
		if err := j.Each(w.Write); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*records), "ns/record")
	if err := j.Remove(); err != nil {
		b.Fatal(err)
	}
}
