package exporter

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/importer"
)

func catalogue(t testing.TB) *checklist.Catalogue {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sample is a descriptor with what DCAT-AP has a place for.
func sample(t testing.TB) *descriptor.Dataset {
	t.Helper()
	var d descriptor.Dataset
	if err := json.Unmarshal([]byte(`{
		"descriptorVersion": "1.0",
		"dataset": {
			"identifier": "https://data.city.example/dataset/bicycle-counts",
			"title": {"fi": "Pyörälaskennat", "sv": "Cykelräkningar", "en": "Bicycle counts"},
			"description": {"fi": "Tuntikohtaiset määrät laskentapisteittäin.", "en": "Hourly counts by counter."},
			"publisher": {"name": "Espoon kaupunki", "identifier": "0101263-6"},
			"contactPoint": {"email": "avoindata@city.example"},
			"theme": ["TRAN", "ENVI"], "keyword": ["pyöräily", "liikenne"], "language": ["fi", "sv"],
			"spatialCoverage": "Espoo", "temporalStart": "2014-01-01", "temporalEnd": "2025-12-31",
			"accrualPeriodicity": "MONTHLY", "modified": "2026-02-15",
			"applicableLegislation": ["http://data.europa.eu/eli/reg_impl/2023/138/oj"], "hvdCategory": "mobility"
		},
		"spatial": {"resolutionM": 0.5},
		"rights": {"licence": "CC-BY-4.0", "thirdPartySources": [{"name": "OpenStreetMap", "licence": "ODbL"}]},
		"release": {
			"mode": "open_download", "formats": ["CSV", "GeoJSON", "PARQUET", "GTFS", "XLSX", "DATEX2"],
			"conformsTo": ["https://gtfs.org/documentation/schedule/reference/"],
			"bulkDownload": "yes", "apiExists": "yes", "apiDocumented": "yes", "availability": "STABLE"
		}
	}`), &d); err != nil {
		t.Fatal(err)
	}
	return &d
}

func options() Options {
	return Options{
		Base: "https://data.city.example/dataset/", AccessURL: "https://data.city.example/dataset/bicycle-counts",
		Downloads:   map[string]string{"CSV": "https://data.city.example/files/bicycle-counts.csv"},
		EndpointURL: "https://api.city.example/bicycles", EndpointDescription: "https://api.city.example/bicycles/openapi.json",
		LandingPage: "https://data.city.example/dataset/bicycle-counts",
	}
}

// TestRoundTrip exports a descriptor and imports it again.
func TestRoundTrip(t *testing.T) {
	c := catalogue(t)
	want := sample(t)
	data, missing, err := DCATAP(c, want, options())
	if err != nil || len(missing) > 0 {
		t.Fatalf("missing %v, error %v", missing, err)
	}
	n := 0
	err = importer.Import(context.Background(), "export.jsonld", bytes.NewReader(data), importer.Options{}, func(r *importer.Record) error {
		n++
		if len(r.Problems) > 0 {
			t.Errorf("problems: %v", r.Problems)
		}
		sortLists(want)
		sortLists(r.Dataset)
		if got, want := r.Dataset.Canonical(), want.Canonical(); !bytes.Equal(got, want) {
			t.Errorf("the descriptor came back as\n%s\nand was\n%s", got, want)
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d datasets, error %v", n, err)
	}
}

// sortLists puts the lists in one order: RDF has none.
func sortLists(d *descriptor.Dataset) {
	for _, l := range [][]string{d.Dataset.Theme, d.Dataset.Keyword, d.Dataset.Language, d.Release.Formats, d.Release.ConformsTo} {
		slices.Sort(l)
	}
}

// TestFrictionlessRoundTrip does the same with a Data Package.
func TestFrictionlessRoundTrip(t *testing.T) {
	want := sample(t)
	name, kind := "counter_id", "string"
	other, dropped := "count", "hetu"
	want.Schema.Fields = []descriptor.Column{{Name: &name, Type: &kind}, {Name: &other}, {Name: &dropped, Transforms: []string{"dropped"}}}
	want.Schema.PrimaryKey = []string{"counter_id"}
	data, missing, err := Frictionless(catalogue(t), want, Options{Language: "fi"})
	if err != nil || len(missing) > 0 {
		t.Fatalf("missing %v, error %v", missing, err)
	}
	if bytes.Contains(data, []byte("hetu")) {
		t.Error("a dropped column is in the package")
	}
	err = importer.Import(context.Background(), "datapackage.json", bytes.NewReader(data), importer.Options{}, func(r *importer.Record) error {
		d := r.Dataset
		got := fmt.Sprintln(*d.Dataset.Identifier, d.Dataset.Title["und"], *d.Dataset.Publisher.Name, *d.Dataset.ContactPoint.Email, *d.Rights.Licence,
			d.Dataset.Keyword, d.Release.Formats, *d.Schema.Fields[0].Name, *d.Schema.Fields[0].Type, len(d.Schema.Fields), d.Schema.PrimaryKey, *d.Rights.ThirdPartySources[0].Name)
		if got != "https://data.city.example/dataset/bicycle-counts Pyörälaskennat Espoon kaupunki avoindata@city.example CC-BY-4.0 "+
			"[pyöräily liikenne] [CSV GeoJSON PARQUET GTFS XLSX DATEX2] counter_id string 2 [counter_id] OpenStreetMap\n" {
			t.Error(got)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// leaves are the fields of which the values may leave.
var leaves = map[string]bool{
	"Dataset.Identifier": true, "Dataset.Title": true, "Dataset.Description": true, "Dataset.Publisher.Name": true, "Dataset.Publisher.Identifier": true,
	"Dataset.ContactPoint.Email": true, "Dataset.Theme": true, "Dataset.Keyword": true, "Dataset.Language": true, "Dataset.SpatialCoverage": true,
	"Dataset.TemporalStart": true, "Dataset.TemporalEnd": true, "Dataset.AccrualPeriodicity": true, "Dataset.Modified": true,
	"Dataset.ApplicableLegislation": true, "Dataset.HvdCategory": true,
	"Spatial.ResolutionM": true, "Rights.ThirdPartySources.Name": true, "Rights.ThirdPartySources.Licence": true,
	"Release.Formats": true, "Release.ConformsTo": true, "Release.Availability": true,
	"Schema.Fields.Name": true, "Schema.Fields.Type": true, "Schema.Fields.Description": true, "Schema.PrimaryKey": true,
}

// TestInternalFieldsStay fills every field of a descriptor with a mark of its
// own and looks for the marks of internal fields in the exports.
func TestInternalFieldsStay(t *testing.T) {
	var d descriptor.Dataset
	marks := map[string]string{}
	mark(reflect.ValueOf(&d).Elem(), "", marks)
	if len(marks) < 200 {
		t.Fatalf("only %d fields are marked", len(marks))
	}
	yes, mobility, open := "yes", "mobility", "open_download"
	d.Release.ApiExists, d.Dataset.HvdCategory, d.Release.Mode = &yes, &mobility, &open
	for name, export := range map[string]func(*checklist.Catalogue, *descriptor.Dataset, Options) ([]byte, []descriptor.Problem, error){"dcat-ap": DCATAP, "frictionless": Frictionless} {
		data, _, err := export(catalogue(t), &d, options())
		if err != nil {
			t.Fatal(err)
		}
		for path, m := range marks {
			if bytes.Contains(data, []byte(m)) && !leaves[path] {
				t.Errorf("%s: %s leaves", name, path)
			}
		}
	}
}

// mark sets every text, number and list below v to a value that stands nowhere
// else.
func mark(v reflect.Value, path string, marks map[string]string) {
	m := fmt.Sprintf("mark%05d", len(marks))
	switch x := v.Addr().Interface().(type) {
	case *descriptor.LangText:
		*x, marks[path] = descriptor.LangText{"en": m}, m
		return
	case **descriptor.Number:
		n := descriptor.Number{Value: float64(770_000_000 + len(marks))}
		*x, marks[path] = &n, fmt.Sprintf("%.0f", n.Value)
		return
	case **string:
		*x, marks[path] = &m, m
		return
	case *[]string:
		*x, marks[path] = []string{m}, m
		return
	case *map[string]any:
		*x, marks[path] = map[string]any{m: m}, m
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			mark(v.Field(i), strings.TrimPrefix(path+"."+v.Type().Field(i).Name, "."), marks)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		mark(v.Index(0), path, marks)
	}
}

// TestSHACL validates exports against the shapes of DCAT-AP 3 and DCAT-AP HVD 3.
func TestSHACL(t *testing.T) {
	const dir = "testdata/shacl"
	for _, needed := range []string{"node_modules", "dcat-ap-3.0.1.ttl", "dcat-ap-3.0.1-ranges.ttl", "dcat-ap-hvd-3.0.0.ttl"} {
		if _, err := os.Stat(filepath.Join(dir, needed)); err != nil {
			t.Skipf("%s is not here; see %s/README.md", needed, dir)
		}
	}
	c := catalogue(t)
	minimal := sample(t)
	minimal.Release = descriptor.ReleaseSection{}
	minimal.Dataset.HvdCategory, minimal.Dataset.ApplicableLegislation = nil, nil
	minimal.Dataset.Identifier = new(string)
	*minimal.Dataset.Identifier = "bicycle counts"
	base := []string{"dcat-ap-3.0.1.ttl", "dcat-ap-3.0.1-ranges.ttl"}
	if out := validate(t, dir, []byte(`{"@id": "http://x", "@type": "http://www.w3.org/ns/dcat#Dataset"}`), base); !strings.Contains(out, "http://purl.org/dc/terms/title") {
		t.Fatalf("the validator lets a dataset without a title pass: %s", out)
	}
	for name, x := range map[string]struct {
		d      *descriptor.Dataset
		o      Options
		shapes []string
	}{
		"high value":  {sample(t), options(), append(base, "dcat-ap-hvd-3.0.0.ttl")},
		"minimal":     {minimal, Options{}, base},
		"one address": {minimal, Options{AccessURL: "https://data.city.example/x"}, base},
	} {
		t.Run(name, func(t *testing.T) {
			data, _, err := DCATAP(c, x.d, x.o)
			if err != nil {
				t.Fatal(err)
			}
			out := validate(t, dir, data, x.shapes)
			if len(out) > 0 {
				t.Errorf("the export does not conform:\n%s\n%s", out, data)
			}
		})
	}
}

// validate returns what the shapes find in a record.
func validate(t *testing.T, dir string, data []byte, shapes []string) string {
	t.Helper()
	cmd := exec.Command("node", append([]string{"validate.mjs"}, shapes...)...)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(data)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// TestGolden compares the export of the sample with the one that is kept.
func TestGolden(t *testing.T) {
	for name, export := range map[string]func(*checklist.Catalogue, *descriptor.Dataset, Options) ([]byte, []descriptor.Problem, error){
		"dcat-ap.jsonld": DCATAP, "datapackage.json": Frictionless,
	} {
		got, _, err := export(catalogue(t), sample(t), options())
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is\n%s", name, got)
		}
	}
}

// TestMissing lists what an empty descriptor lacks.
func TestMissing(t *testing.T) {
	_, missing, err := DCATAP(catalogue(t), &descriptor.Dataset{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, p := range missing {
		codes = append(codes, p.Code)
	}
	want := []string{codeIdentifier, codeTitle, codeDescription, codePublisher, codeLicence, codeAddress}
	if !slices.Equal(codes, want) {
		t.Errorf("missing are %v, want %v", codes, want)
	}
}

// TestRoundTripOfCodes exports and imports every value of the fields that
// DCAT-AP has a code list for.
func TestRoundTripOfCodes(t *testing.T) {
	c := catalogue(t)
	// What DCAT-AP has no code for, or one for several values.
	silent := map[string][]string{
		"dataset.hvdCategory": {"none"}, "rights.licence": {"other_open", "other_restricted", "none"}, "release.formats": {"OTHER"},
		"release.mode": {"open_api", "view_only", "restricted_application", "secure_environment", "internal", "not_published"},
	}
	for _, path := range []string{"dataset.theme", "dataset.accrualPeriodicity", "dataset.hvdCategory", "rights.licence", "release.formats", "release.availability", "release.mode"} {
		f := c.Descriptor.Field(path)
		for _, v := range f.Values {
			if slices.Contains(silent[path], v.Value) {
				continue
			}
			d := sample(t)
			set := func() error { return d.Set(path, v.Value) }
			if f.IsList() {
				set = func() error { return d.Set(path, []string{v.Value}) }
			}
			if err := set(); err != nil {
				t.Fatal(err)
			}
			o := options()
			o.Downloads = map[string]string{v.Value: "https://data.city.example/file", "CSV": "https://data.city.example/file.csv"}
			data, _, err := DCATAP(c, d, o)
			if err != nil {
				t.Fatal(err)
			}
			err = importer.Import(context.Background(), "x.jsonld", bytes.NewReader(data), importer.Options{}, func(r *importer.Record) error {
				i := slices.IndexFunc(r.Facts, func(f importer.Fact) bool {
					return strings.TrimSuffix(f.Path, "[0]") == path && f.Value == v.Value && f.Source.Kind == importer.Imported
				})
				if i < 0 {
					t.Errorf("%s: %s did not come back", path, v.Value)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
	}
}
