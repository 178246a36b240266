package intake

import (
	"bytes"
	"testing"
)

func BenchmarkWrite(b *testing.B) {
	_, f := newForm(b)
	d := example(b, f, "../../examples/museum-survey.yaml")
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(len(write(b, f, Options{Lang: "fi", From: d}))))
	}
}

func BenchmarkRead(b *testing.B) {
	_, f := newForm(b)
	data := write(b, f, Options{Lang: "fi", From: example(b, f, "../../examples/museum-survey.yaml")})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		f.Read("form.xlsx", bytes.NewReader(data), int64(len(data)))
	}
}
