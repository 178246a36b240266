package rdf

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"
)

// unreadable are the corpus files that break the rules of their syntax beyond
// what can be put up with, and the reason that a reader of the file would give.
var unreadable = map[string]string{
	// Cut off after a ";".
	"dcat-turtle/DCAT-AP-ES__examples__ttl__Conventions_catalog-dcat-themetaxonomy.ttl": "10:124: expected: .",
	// An ellipsis "..." for what the example leaves out.
	"dcat-turtle/DCAT-AP-ES__examples__ttl__Conventions_dataservice-ogc-services.ttl": "9:6: expected term: ..",
	"dcat-turtle/DCAT-AP-ES__examples__ttl__Conventions_general-eli.ttl":              "9:5: expected term: ...",
	// Properties without a subject.
	"dcat-turtle/DCAT-AP-ES__examples__ttl__Conventions_dataset-dct-spatial_correct.ttl": "4:81: expected term: .",
	// A "/" in a prefixed name.
	"dcat-turtle/DCAT-AP__releases__3.0.0__html__examples__example-bee-population-dataset-series-api.ttl":      "20:31: expected term: /biojson",
	"dcat-turtle/DCAT-AP__releases__3.0.0__html__examples__example-bee-population-dataset-series-combined.ttl": "32:31: expected term: /biojson",
	"dcat-turtle/DCAT-AP__releases__3.0.1__html__examples__example-bee-population-dataset-series-api.ttl":      "20:31: expected term: /biojson",
}

// TestCorpusCounts compares the number of triples and datasets with those that
// other readers find in the same files.
func TestCorpusCounts(t *testing.T) {
	table, err := os.ReadFile("testdata/corpus-counts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(table))
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 3 || cells[0] == "file" {
			continue
		}
		t.Run(cells[0], func(t *testing.T) {
			data := readFile(t, corpus, cells[0])
			var warnings []string
			triples, datasets := 0, map[Term]bool{}
			err := readerFor(cells[0])(data, Options{Base: "http://base/", Warn: func(e *Error) { warnings = append(warnings, e.Error()) }}, func(x Triple) error {
				triples++
				if x.Predicate.Value == RDF+"type" && x.Object.Value == DCAT+"Dataset" {
					datasets[x.Subject] = true
				}
				return nil
			})
			t.Logf("%d triples, %d datasets, %v, warnings %v", triples, len(datasets), err, warnings)
			want, refused := unreadable[cells[0]]
			switch {
			case refused && (err == nil || !strings.Contains(err.Error(), want)):
				t.Errorf("error is %v, want %s", err, want)
			case refused:
			case err != nil:
				t.Error(err)
			case cells[1] != "-" && (strconv.Itoa(triples) != cells[1] || strconv.Itoa(len(datasets)) != cells[2]):
				t.Errorf("%d triples and %d datasets, want %s and %s", triples, len(datasets), cells[1], cells[2])
			}
		})
	}
}

// readerFor is the reader for a file of the corpus.
func readerFor(name string) func([]byte, Options, Emit) error {
	switch dir, _, _ := strings.Cut(name, "/"); dir {
	case "dcat-jsonld":
		return ReadJSONLD
	case "dcat-rdfxml":
		return ReadRDFXML
	case "dcat-ntriples":
		return ReadNTriples
	}
	return ReadTurtle
}
