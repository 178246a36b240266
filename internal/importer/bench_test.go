package importer

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// benchmark imports data and reports how much of it is read in a second.
func benchmark(b *testing.B, name string, data []byte) {
	c := catalogue(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = 0
		err := Import(context.Background(), name, bytes.NewReader(data), Options{Lexicon: &c.Lexicon}, func(*Record) error { n++; return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n), "datasets/op")
}

// BenchmarkSamples imports the samples, which are small: what a record costs.
func BenchmarkSamples(b *testing.B) {
	names, err := filepath.Glob("testdata/samples/*")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(filepath.Base(name), func(b *testing.B) { benchmark(b, filepath.Base(name), data) })
	}
}

// BenchmarkStream imports a dump of a CKAN portal.
func BenchmarkStream(b *testing.B) {
	var data bytes.Buffer
	for i := range 5000 {
		fmt.Fprintf(&data, `{"id": "%d", "name": "d%d", "title": "Dataset %d", "notes": "What the dataset holds, in a few sentences.", "num_resources": 1, "license_id": "cc-by-4.0", "organization": {"title": "City"}, "tags": [{"name": "traffic"}, {"name": "parking"}], "metadata_modified": "2026-01-31T08:00:00", "resources": [{"url": "https://data.example/%d.csv", "format": "CSV"}]}`+"\n", i, i, i, i)
	}
	benchmark(b, "dump.jsonl", data.Bytes())
}

// BenchmarkTurtle imports a catalogue of a city.
func BenchmarkTurtle(b *testing.B) {
	var data bytes.Buffer
	data.WriteString("@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n")
	for i := range 2000 {
		fmt.Fprintf(&data, `<https://data.example/d/%d> a dcat:Dataset ; dct:title "Aineisto %d"@fi ; dct:description "Mitä aineistossa on, muutamalla virkkeellä."@fi ;
    dcat:keyword "liikenne"@fi, "pysäköinti"@fi ; dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/DAILY> ;
    dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://data.example/%d> ; dct:format "CSV" ; dct:license <http://creativecommons.org/licenses/by/4.0/> ] .
`, i, i, i)
	}
	benchmark(b, "catalogue.ttl", data.Bytes())
}

// BenchmarkCorpus imports a whole portal of the shared corpus.
func BenchmarkCorpus(b *testing.B) {
	for _, name := range []string{"socrata-ndjson/scrape-open-data__socrata__data.austintexas.gov.jsonl", "ckan-ndjson/ckan-pydemo__datasets.jsonl"} {
		data, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			b.Skip("the shared corpus is not here")
		}
		b.Run(filepath.Base(name), func(b *testing.B) { benchmark(b, name, data) })
	}
}
