package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"puntari/internal/spreadsheet"
)

// BenchmarkRender renders a report with findings; BenchmarkFloor only deflates the
// same parts, which is the least that any writer has to do.
func BenchmarkRender(b *testing.B) {
	c, a := catalogue(b), fixture(b, "social-health-ece-clients")
	b.ReportAllocs()
	for b.Loop() {
		if err := Render(io.Discard, a, c, Options{Lang: "fi"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFloor(b *testing.B) {
	c, a := catalogue(b), fixture(b, "social-health-ece-clients")
	var out bytes.Buffer
	if err := Render(&out, a, c, Options{Lang: "fi"}); err != nil {
		b.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		b.Fatal(err)
	}
	var parts [][]byte
	total := 0
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			b.Fatal(err)
		}
		parts = append(parts, data)
		total += len(data)
	}
	b.SetBytes(int64(total))
	b.ReportAllocs()
	for b.Loop() {
		p := spreadsheet.NewPackage(io.Discard)
		for _, part := range parts {
			if err := p.Write("part", part); err != nil {
				b.Fatal(err)
			}
		}
	}
}
