package engine

import (
	"context"
	"syscall"
	"testing"
	"time"

	"puntari/internal/descriptor"
)

// benchDataset is a descriptor of 20 columns with every question answered but
// one in ten, as a careful steward's is.
func benchDataset(tb testing.TB, e *Engine) *descriptor.Dataset {
	tb.Helper()
	g := newGenerator(e.Catalogue, 20, 0.1)
	d := g.dataset()
	for len(d.Schema.Fields) < 20 {
		c := descriptor.Column{}
		must(c.Set("name", string(rune('a'+len(d.Schema.Fields)))))
		g.column(&c)
		d.Schema.Fields = append(d.Schema.Fields, c)
	}
	return d
}

// cpu reports the processor time that the loop took, which other load on the
// machine does not change much.
func cpu(b *testing.B, loop func()) {
	b.Helper()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	b.ReportAllocs()
	before := used()
	loop()
	b.ReportMetric(float64((used()-before).Microseconds())/float64(b.N), "cpu-µs/op")
}

// BenchmarkEvaluate measures all 95 items and the decision for one descriptor
// of 20 columns: with decision tables, without, and with policies compiled anew
// for each descriptor.
func BenchmarkEvaluate(b *testing.B) {
	date, _ := time.Parse(time.DateOnly, propertyDay)
	for _, v := range []struct {
		name string
		o    Options
	}{{"tables", Options{}}, {"direct", Options{NoTables: true}}} {
		b.Run(v.name, func(b *testing.B) {
			e := newEngine(b, v.o)
			d := benchDataset(b, e)
			cpu(b, func() {
				for b.Loop() {
					r, err := e.evaluate(context.Background(), d, date, nil)
					if err != nil {
						b.Fatal(err)
					}
					r.release() // as a judge does
				}
			})
		})
	}
	b.Run("assessment", func(b *testing.B) {
		e := newEngine(b, Options{})
		d := benchDataset(b, e)
		cpu(b, func() {
			for b.Loop() {
				if _, err := e.Assess(context.Background(), d, propertyDay); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}
