package city

import (
	"bytes"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// TestReadable reads a few hundred descriptors back: all are without errors and
// of the size that the benchmarks speak of.
func TestReadable(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	r := descriptor.NewReader(c)
	g := New(1)
	const n = 400
	size := 0
	for i := range n {
		line := g.Line(i)
		if !bytes.Equal(line, New(1).Line(i)) {
			t.Fatalf("%d differs from run to run", i)
		}
		size += len(line)
		s, problems := r.Read("sample", bytes.NewReader(line))
		if s == nil || descriptor.HasErrors(problems) {
			t.Errorf("%d: %v\n%s", i, problems, line)
		}
		if len(s.Dataset.Schema.Fields) != columnCount {
			t.Errorf("%d has %d columns", i, len(s.Dataset.Schema.Fields))
		}
	}
	if mean := size / n; mean < 5500 || mean > 8500 {
		t.Errorf("descriptors are %d bytes on average", mean)
	}
}

// TestTables sets every answer of the tables, since the generator passes over
// what does not fit.
func TestTables(t *testing.T) {
	var d descriptor.Dataset
	try := func(of, path string, v any) {
		values, ok := v.(choices)
		if !ok {
			values = choices{v}
		}
		for _, v := range values {
			if err := d.Set(path, v); err != nil {
				t.Errorf("%s: %v", of, err)
			}
		}
	}
	for path, v := range base {
		try("base", path, v)
	}
	for path, v := range varying {
		try("varying", path, v)
	}
	for _, k := range kinds {
		for path, v := range k.answers {
			try(k.code, path, v)
		}
	}
}
