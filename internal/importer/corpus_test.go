package importer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"puntari/internal/descriptor"
)

const (
	corpus = "../../../shared/corpus/descriptors"
	// rdfCounts are the datasets that other readers of RDF find in the corpus.
	rdfCounts = "../rdf/testdata/corpus-counts.tsv"
)

// refused are the corpus files that are not imported, and why.
var refused = map[string]string{
	// These break the rules of Turtle: cut off, an ellipsis, no subject, "/" in a name.
	"dcat-turtle/DCAT-AP-ES__examples__ttl__Conventions_catalog-dcat-themetaxonomy.ttl":                        "10:124: import.syntax.expected: .",
	"dcat-turtle/DCAT-AP-ES__examples__ttl__Conventions_dataservice-ogc-services.ttl":                          "9:6: import.syntax.expected_term: ..",
	"dcat-turtle/DCAT-AP-ES__examples__ttl__Conventions_dataset-dct-spatial_correct.ttl":                       "4:81: import.syntax.expected_term: .",
	"dcat-turtle/DCAT-AP-ES__examples__ttl__Conventions_general-eli.ttl":                                       "9:5: import.syntax.expected_term: ...",
	"dcat-turtle/DCAT-AP__releases__3.0.0__html__examples__example-bee-population-dataset-series-api.ttl":      "20:31: import.syntax.expected_term",
	"dcat-turtle/DCAT-AP__releases__3.0.0__html__examples__example-bee-population-dataset-series-combined.ttl": "32:31: import.syntax.expected_term",
	"dcat-turtle/DCAT-AP__releases__3.0.1__html__examples__example-bee-population-dataset-series-api.ttl":      "20:31: import.syntax.expected_term",
	// Catalogues without a list of datasets.
	"datajson-ar/pydatajson__tests__samples__invalid_catalog_empty.json":   codeNoDataset,
	"datajson-ar/pydatajson__tests__samples__missing_catalog_dataset.json": codeNoDataset,
	"datajson-ar/pydatajson__tests__samples__missing_dataset.json":         codeNoDataset,
	// Something else than a description of a dataset: organisations, a list of
	// sources, a dialect of CSV.
	"datajson-ar/pydatajson__tests__samples__organization_tree.json":                       codeUnknownFormat,
	"frictionless/example-data-packages__resources__sources.json":                          codeUnknownFormat,
	"frictionless/example-data-packages__resources__tab-separated-value-file-dialect.json": codeUnknownFormat,
}

// counts are the datasets of files of which SOURCES.tsv counts something else:
// words in the text, a list that is an object, or the lines of a packed dump.
var counts = map[string]int{
	"ckan-ndjson/ckan-pydemo__dumpgoat.json":                                    1,
	"ckan-ndjson/ckan-pydemo__datasets.jsonl.gz":                                9,
	"datajson/project-open-data.github.io__v1.1__examples__catalog-sample.json": 3,
	"datajson-ar/pydatajson__tests__samples__invalid_dataset_type.json":         1,
}

// formatOf is the format of a folder of the corpus.
var formatOf = map[string]Format{
	"dcat-turtle": Turtle, "dcat-ntriples": NTriples, "dcat-rdfxml": RDFXML, "dcat-jsonld": JSONLD, "ckan": CKAN, "ckan-ndjson": CKAN, "datajson": DataJSON,
	"datajson-ar": DataJSON, "frictionless": Frictionless, "socrata-ndjson": Socrata, "jkan-yaml": JKAN, "croissant": SchemaOrg, "csvw": CSVW,
}

// TestCorpus imports every file of the corpus and looks at the format, the
// number of datasets, and the rules that hold for every import.
func TestCorpus(t *testing.T) {
	want := corpusCounts(t)
	c := catalogue(t)
	reader := descriptor.NewReader(c)
	files, datasets := 0, 0
	err := filepath.WalkDir(corpus, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "SOURCES.tsv" {
			return err
		}
		files++
		name, err := filepath.Rel(corpus, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			folder, _, _ := strings.Cut(name, "/")
			if got := Detect(data[:min(len(data), headSize)], entry.Name()); got != formatOf[folder] && refused[name] != codeUnknownFormat && !strings.HasSuffix(name, ".gz") && !strings.HasSuffix(name, "ckan.package.json") {
				t.Errorf("recognised as %q, want %q", got, formatOf[folder])
			}
			n := 0
			err = Import(context.Background(), entry.Name(), bytes.NewReader(data), Options{Lexicon: &c.Lexicon}, func(r *Record) error {
				n++
				if descriptor.HasErrors(r.Problems) {
					t.Errorf("record %d: %v", r.Index, r.Problems)
				}
				checkRules(t, r)
				checkValid(t, reader, r)
				return nil
			})
			datasets += n
			reason, isRefused := refused[name]
			if n == 0 && strings.HasPrefix(folder, "dcat-") && !isRefused && want[name] == 0 {
				reason, isRefused = "import.", true // concepts, services, licences and so on
			}
			switch {
			case isRefused && (err == nil || !strings.Contains(err.Error(), reason)):
				t.Errorf("error is %v, want %s", err, reason)
			case isRefused:
			case err != nil:
				t.Error(err)
			case n != want[name]:
				t.Errorf("%d datasets, want %d", n, want[name])
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d datasets", files, datasets)
}

// corpusCounts are the numbers of datasets by file: of RDF those of other
// readers, and else those of SOURCES.tsv.
func corpusCounts(t *testing.T) map[string]int {
	out := map[string]int{}
	for i, path := range []string{filepath.Join(corpus, "SOURCES.tsv"), rdfCounts} {
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("the shared corpus is not here")
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(data))
		for lines.Scan() {
			cells := strings.Split(lines.Text(), "\t")
			if cell := []int{5, 2}[i]; cell < len(cells) {
				if n, err := strconv.Atoi(cells[cell]); err == nil {
					out[cells[0]] = n
				} else if i == 1 && cells[cell] == "-" {
					out[cells[0]] = 1 // the other reader knows fewer prefixes
				}
			}
		}
	}
	for name, n := range counts {
		out[name] = n
	}
	return out
}

// riskFields are the parts of a descriptor that weigh risks: what is in them
// can silence a question.
var riskFields = []string{"personalData.", "disclosureControl.", "spatial.", "temporal.", "content.", "confidentiality.", "security.", "impact.", "governance.", "schema.fields"}

// checkRules checks what holds for every record.
func checkRules(t *testing.T, r *Record) {
	t.Helper()
	given := map[string]bool{}
	for _, f := range r.Facts {
		risk := false
		for _, p := range riskFields {
			risk = risk || strings.HasPrefix(f.Path, p)
		}
		attribute := f.Path[strings.LastIndexByte(f.Path, '.')+1:]
		switch {
		case f.Source.Property == "" || f.Source.Raw == "" || f.Source.Format == "" || f.Source.File == "":
			t.Errorf("%s does not say where it comes from: %+v", f.Path, f.Source)
		case f.Source.Kind == Suggested && f.Source.Rule == "":
			t.Errorf("%s is suggested by no rule", f.Path)
		case f.Source.Kind == Suggested:
		case attribute != "name" && !strings.Contains(f.Path, ".description.") && !strings.HasPrefix(f.Path, "dataset.keyword") && (f.Value == "no" || f.Value == "none" || f.Value == "not_applicable"):
			t.Errorf("%s: %s is written", f.Path, f.Value)
		case risk && attribute != "name" && attribute != "type" && !strings.Contains(f.Path, ".description.") && !strings.HasPrefix(attribute, "personalDataCategory") &&
			f.Path != "personalData.sourceRelatesToPersons" && f.Path != "personalData.dataSubjectCount" && f.Path != "spatial.resolutionM" &&
			!strings.HasPrefix(f.Path, "personalData.dataSubjectCategories"):
			t.Errorf("%s: a risk field is answered with %s", f.Path, f.Value)
		case given[f.Path]:
			t.Errorf("%s is given twice", f.Path)
		}
		if f.Source.Kind == Imported {
			given[f.Path] = true
		}
	}
	for _, f := range r.Facts {
		if f.Source.Kind == Suggested && given[f.Path] {
			t.Errorf("%s is given and suggested", f.Path)
		}
	}
}

// checkValid reads the descriptor of a record as any other. Nothing but answers
// that are not there may be missing.
func checkValid(t *testing.T, reader *descriptor.Reader, r *Record) {
	t.Helper()
	_, problems := reader.Read("import.json", bytes.NewReader(r.Dataset.Canonical()))
	for _, p := range problems {
		if p.Severity == descriptor.SeverityError && p.Code != "missing" {
			t.Errorf("%s is not valid: %s %v", p.Path, p.Code, p.Params)
		}
	}
}
