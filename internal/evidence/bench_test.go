package evidence

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/detect"
	"puntari/internal/sample/register"
	"puntari/internal/sample/tables"
	"puntari/internal/table"
)

// benchRows is the size of the invented register, some 60 MB.
const benchRows = 200_000

// cpu reports the processor time of all threads, since the machine may be shared.
func cpu(b *testing.B, bytes int64, run func()) {
	b.Helper()
	b.SetBytes(bytes)
	var from, to syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &from)
	for b.Loop() {
		run()
	}
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &to)
	ns := (to.Utime.Nano() + to.Stime.Nano() - from.Utime.Nano() - from.Stime.Nano()) / int64(b.N)
	b.ReportMetric(float64(bytes)/1e6/(float64(ns)/1e9), "MB/cpu-s")
}

// BenchmarkRegister measures the steps of a measurement beside reading the file.
func BenchmarkRegister(b *testing.B) {
	c, err := checklist.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	var data bytes.Buffer
	if err := register.Write(&data, benchRows, 1, c); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "people.csv")
	if err := os.WriteFile(path, data.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	size := int64(data.Len())
	f, err := table.Open(path, table.Options{Totals: TotalRows(c)})
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	b.Run("read", func(b *testing.B) {
		cpu(b, size, func() {
			data, err := os.ReadFile(path)
			if err != nil || bytes.Count(data, []byte{'\n'}) != benchRows+1 {
				b.Fatal(err)
			}
		})
	})
	b.Run("parse", func(b *testing.B) {
		cpu(b, size, func() {
			if _, err := f.Scan(ctx, 2, nil, func(int, *table.Block) error { return nil }); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("columns", func(b *testing.B) {
		cpu(b, size, func() {
			m, err := newMeasurement(f, c, Options{Workers: 2})
			if err != nil {
				b.Fatal(err)
			}
			defer m.close()
			if err := m.read(ctx); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("groups", func(b *testing.B) {
		cpu(b, size, func() {
			o := Options{Rows: RowsPerson, Workers: 2, Goal: 5, Quasi: []string{"syntymäaika", "sukupuoli", "postinumero", "kunta"}}
			if _, err := Measure(ctx, f, c, o); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("everything", func(b *testing.B) {
		cpu(b, size, func() {
			if _, err := Measure(ctx, f, c, Options{Rows: RowsPerson, Workers: 2, Goal: 5}); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// BenchmarkScan looks at one value of each kind.
func BenchmarkScan(b *testing.B) {
	values := [][]byte{[]byte("131052-308T"), []byte("FI2112345600000785"), []byte("040 1234567"), []byte("aino.virtanen@posti.example"), []byte("Koivukatu 12"), []byte("60,169856"), []byte("Virtanen")}
	d := detect.New(detect.Words{Given: []string{"aino"}, Family: []string{"virtanen"}, Streets: []string{"katu"}})
	var c detect.Counts
	var x detect.Value
	for b.Loop() {
		for _, v := range values {
			class := detect.ClassOf(v)
			x.Read(v, class)
			d.Scan(v, class, &c, 1)
		}
	}
}

// BenchmarkValues looks at every value of the register, and at sentences, with all
// detectors.
func BenchmarkValues(b *testing.B) {
	c, err := checklist.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	d := detect.New(Words(c))
	var data bytes.Buffer
	if err := register.Write(&data, 20000, 1, c); err != nil {
		b.Fatal(err)
	}
	var sentences [][]byte
	for _, s := range tables.Sentences(1, 20000) {
		sentences = append(sentences, []byte(s.Text))
	}
	for name, values := range map[string][][]byte{
		"register":  bytes.FieldsFunc(data.Bytes(), func(r rune) bool { return r == ';' || r == '\n' }),
		"sentences": sentences,
	} {
		b.Run(name, func(b *testing.B) {
			size := int64(0)
			for _, v := range values {
				size += int64(len(v)) + 1
			}
			o := newObservation()
			cpu(b, size, func() {
				for _, v := range values {
					if v = trim(v); len(v) > 0 {
						o.see(d, v, 1)
					}
				}
			})
		})
	}
}
