package rdf

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	suites = "../../../shared/corpus/rdf-suites"
	corpus = "../../../shared/corpus/descriptors"
)

// TestW3CSuites runs the suites of the W3C for RDF 1.1.
func TestW3CSuites(t *testing.T) {
	const home = "https://w3c.github.io/rdf-tests/rdf/rdf11/"
	for _, s := range []struct {
		name  string
		read  func([]byte, Options, Emit) error
		tests int
	}{
		{"rdf-turtle", ReadTurtle, 313},
		{"rdf-n-triples", ReadNTriples, 70},
		{"rdf-xml", ReadRDFXML, 166},
	} {
		t.Run(s.name, func(t *testing.T) {
			tests := manifest(t, filepath.Join(suites, s.name))
			if len(tests) != s.tests {
				t.Errorf("%d tests, want %d", len(tests), s.tests)
			}
			for _, c := range tests {
				t.Run(c.action, func(t *testing.T) {
					o := Options{Strict: true}
					if s.name != "rdf-n-triples" {
						o.Base = home + s.name + "/" + c.action
					}
					got, err := collect(s.read, readFile(t, suites, s.name, c.action), o)
					switch {
					case c.negative && err == nil:
						t.Error("a bad file was accepted")
					case !c.negative && err != nil:
						t.Error(err)
					case !c.negative && c.result != "":
						want, err := collect(ReadNTriples, readFile(t, suites, s.name, c.result), Options{})
						if err != nil {
							t.Fatal(err)
						}
						if a, b := fingerprint(got), fingerprint(want); a != b {
							t.Errorf("the graph is\n%s\nand should be\n%s", a, b)
						}
					}
				})
			}
		})
	}
}

type w3cTest struct {
	action, result string
	negative       bool
}

// manifest reads the list of tests of a suite.
func manifest(t *testing.T, dir string) []w3cTest {
	const base = "http://manifest/"
	triples, err := collect(ReadTurtle, readFile(t, dir, "manifest.ttl"), Options{Base: base, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	const mf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
	tests := map[Term]*w3cTest{}
	var order []Term
	for _, x := range triples {
		if x.Predicate.Value == mf+"action" {
			tests[x.Subject] = &w3cTest{action: strings.TrimPrefix(x.Object.Value, base)}
			order = append(order, x.Subject)
		}
	}
	for _, x := range triples {
		c := tests[x.Subject]
		switch {
		case c == nil:
		case x.Predicate.Value == mf+"result":
			c.result = strings.TrimPrefix(x.Object.Value, base)
		case x.Predicate.Value == RDF+"type":
			c.negative = strings.Contains(x.Object.Value, "Negative")
		}
	}
	out := make([]w3cTest, 0, len(order))
	for _, s := range order {
		out = append(out, *tests[s])
	}
	return out
}

func collect(read func([]byte, Options, Emit) error, data []byte, o Options) ([]Triple, error) {
	var triples []Triple
	err := read(data, o, func(t Triple) error { triples = append(triples, t); return nil })
	return triples, err
}

// readFile reads a file of the shared corpus and skips the test without it.
func readFile(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared corpus is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// fingerprint writes a graph so that two graphs are written alike if they are
// the same but for the labels of blank nodes.
func fingerprint(triples []Triple) string {
	colour := map[Term]string{}
	for _, t := range triples {
		for _, x := range []Term{t.Subject, t.Object} {
			if x.Kind == Blank {
				colour[x] = ""
			}
		}
	}
	write := func(x, self Term) string {
		switch {
		case x.Kind != Blank:
			return x.String()
		case x == self:
			return "_:self"
		}
		return "_:" + colour[x]
	}
	for range 8 {
		next := map[Term]string{}
		for b := range colour {
			var lines []string
			for _, t := range triples {
				if t.Subject == b || t.Object == b {
					lines = append(lines, write(t.Subject, b)+" "+t.Predicate.String()+" "+write(t.Object, b))
				}
			}
			slices.Sort(lines)
			next[b] = fmt.Sprintf("%.8x", sha256.Sum256([]byte(strings.Join(lines, "\n"))))
		}
		colour = next
	}
	var lines []string
	for _, t := range triples {
		lines = append(lines, write(t.Subject, Term{})+" "+t.Predicate.String()+" "+write(t.Object, Term{}))
	}
	slices.SortFunc(lines, cmp.Compare)
	return strings.Join(slices.Compact(lines), "\n")
}

// String is the term in N-Triples.
func (t Term) String() string {
	switch t.Kind {
	case IRI:
		return "<" + t.Value + ">"
	case Blank:
		return "_:" + t.Value
	}
	s := `"` + literalEscaper.Replace(t.Value) + `"`
	switch {
	case t.Language != "":
		return s + "@" + t.Language
	case t.Datatype != "" && t.Datatype != XSD+"string":
		return s + "^^<" + t.Datatype + ">"
	}
	return s
}

var literalEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)
