package rdf

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// fuzz feeds a reader with mutated files of the suites and of the corpus. A
// file may be refused with a place in the file, and not otherwise.
func fuzz(f *testing.F, read func([]byte, Options, Emit) error, seeds ...string) {
	for _, pattern := range seeds {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			if data, err := os.ReadFile(name); err == nil && len(data) < 4<<10 {
				f.Add(data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, strict := range []bool{false, true} {
			n := 0
			err := read(data, Options{Strict: strict, MaxTriples: 10_000, Warn: func(*Error) {}}, func(Triple) error { n++; return nil })
			if e, ok := errors.AsType[*Error](err); err != nil && (!ok || e.Code == "") {
				t.Errorf("%d triples, then %v", n, err)
			}
		}
	})
}

func FuzzTurtle(f *testing.F) {
	fuzz(f, ReadTurtle, suites+"/rdf-turtle/*.ttl", corpus+"/dcat-turtle/*")
}

func FuzzNTriples(f *testing.F) {
	fuzz(f, ReadNTriples, suites+"/rdf-n-triples/*.nt")
}

func FuzzRDFXML(f *testing.F) {
	fuzz(f, ReadRDFXML, suites+"/rdf-xml/*/*.rdf", corpus+"/dcat-rdfxml/*")
}

func FuzzJSONLD(f *testing.F) {
	fuzz(f, ReadJSONLD, corpus+"/dcat-jsonld/*")
}
