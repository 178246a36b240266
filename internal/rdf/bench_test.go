package rdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// catalogue makes a Turtle catalogue of n datasets, as portals write them.
func catalogue(n int) []byte {
	var b bytes.Buffer
	b.WriteString("@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n")
	for i := range n {
		fmt.Fprintf(&b, `<https://data.example/dataset/%d> a dcat:Dataset ;
    dct:title "Pyörälaskennat %d"@fi, "Bicycle counts %d"@en ;
    dct:description """Tuntikohtaiset pyöräilijämäärät laskentapisteittäin."""@fi ;
    dcat:keyword "pyöräily"@fi, "liikenne"@fi ;
    dct:publisher [ a <http://xmlns.com/foaf/0.1/Agent> ; <http://xmlns.com/foaf/0.1/name> "Kaupunki" ] ;
    dcat:distribution <https://data.example/dataset/%d/csv> .
<https://data.example/dataset/%d/csv> a dcat:Distribution ;
    dcat:accessURL <https://data.example/files/%d.csv> ; dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> .
`, i, i, i, i, i, i)
	}
	return b.Bytes()
}

func benchmark(b *testing.B, read func([]byte, Options, Emit) error, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := read(data, Options{}, func(Triple) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTurtle(b *testing.B) { benchmark(b, ReadTurtle, catalogue(5_000)) }

func BenchmarkNTriples(b *testing.B) {
	var nt strings.Builder
	err := ReadTurtle(catalogue(5_000), Options{}, func(t Triple) error {
		nt.WriteString(t.Subject.String() + " " + t.Predicate.String() + " " + t.Object.String() + " .\n")
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, ReadNTriples, []byte(nt.String()))
}

func BenchmarkRDFXML(b *testing.B) {
	var x strings.Builder
	x.WriteString(`<rdf:RDF xmlns:rdf="` + RDF + `" xmlns:dcat="` + DCAT + `" xmlns:dct="` + DCT + `">`)
	for i := range 5_000 {
		fmt.Fprintf(&x, `
  <dcat:Dataset rdf:about="https://data.example/dataset/%d">
    <dct:title xml:lang="fi">Pyörälaskennat %d</dct:title>
    <dct:description xml:lang="fi">Tuntikohtaiset pyöräilijämäärät laskentapisteittäin.</dct:description>
    <dcat:keyword xml:lang="fi">pyöräily</dcat:keyword>
    <dcat:distribution><dcat:Distribution><dcat:accessURL rdf:resource="https://data.example/files/%d.csv"/></dcat:Distribution></dcat:distribution>
  </dcat:Dataset>`, i, i, i)
	}
	x.WriteString("\n</rdf:RDF>\n")
	benchmark(b, ReadRDFXML, []byte(x.String()))
}

func BenchmarkJSONLD(b *testing.B) {
	var j strings.Builder
	j.WriteString(`{"@context": {"dcat": "` + DCAT + `", "dct": "` + DCT + `"}, "@graph": [`)
	for i := range 1_000 {
		if i > 0 {
			j.WriteByte(',')
		}
		fmt.Fprintf(&j, `
  {"@id": "https://data.example/dataset/%d", "@type": "dcat:Dataset", "dct:title": {"@value": "Pyörälaskennat %d", "@language": "fi"},
   "dct:description": {"@value": "Tuntikohtaiset pyöräilijämäärät laskentapisteittäin.", "@language": "fi"}, "dcat:keyword": ["pyöräily", "liikenne"],
   "dcat:distribution": {"@type": "dcat:Distribution", "dcat:accessURL": {"@id": "https://data.example/files/%d.csv"}}}`, i, i, i)
	}
	j.WriteString("]}\n")
	benchmark(b, ReadJSONLD, []byte(j.String()))
}
