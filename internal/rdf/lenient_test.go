package rdf

import (
	"errors"
	"strings"
	"testing"
)

// TestErrors reads files that are wrong and looks at what is said of them.
func TestErrors(t *testing.T) {
	deepTurtle := "<a:s> <a:p> " + strings.Repeat("[ <a:p> ", 600) + "1"
	deepList := "<a:s> <a:p> " + strings.Repeat("(", 100_000)
	deepXML := `<rdf:RDF xmlns:rdf="` + RDF + `" xmlns:a="http://a/">` + strings.Repeat("<a:N><a:p>", 600)
	deepAnonymous := `<rdf:RDF xmlns:rdf="` + RDF + `" xmlns:a="http://a/"><a:N>` + strings.Repeat(`<a:p rdf:parseType="Resource">`, 600)
	entities := `<!DOCTYPE rdf:RDF [<!ENTITY a "` + strings.Repeat("x", 100_000) + `">]><rdf:RDF xmlns:rdf="` + RDF + `">` + strings.Repeat("&a;", 10_000) + "</rdf:RDF>"
	for _, c := range []struct {
		name string
		read func([]byte, Options, Emit) error
		in   string
		want string
	}{
		{"open text", ReadTurtle, "<a:s> <a:p>\n  \"text .\n", "2:3: unclosed text"},
		{"open long text", ReadTurtle, `<a:s> <a:p> """text" .`, "1:13: unclosed text"},
		{"open IRI", ReadTurtle, "<a:s> <a:p> <http://a\n", "1:13: unclosed iri"},
		{"open IRI at the end", ReadTurtle, "<a:s", "1:1: unclosed iri"},
		{"two brackets", ReadTurtle, "<a:s> <a:p> <<http://a> .", "1:13: bad iri: <http://a"},
		{"unknown prefix", ReadTurtle, "ä:b <a:p> 1 .", "1:1: undeclared: ä:"},
		{"no dot", ReadTurtle, "<a:s> <a:p> 1", "1:14: expected: ."},
		{"no prefix", ReadTurtle, "@prefix <http://a> .", "1:9: bad prefix"},
		{"text as subject", ReadTurtle, `"a" <a:p> 1 .`, "1:1: literal subject"},
		{"escape", ReadTurtle, `<a:s> <a:p> "\q" .`, "1:14: bad escape"},
		{"escape of half a character", ReadTurtle, `<a:s> <a:p> "\ud800" .`, "1:14: bad escape"},
		{"escape in a name", ReadTurtle, `@prefix a: <a:> . a:b\q <a:p> 1 .`, "1:22: bad escape"},
		{"percent", ReadTurtle, `@prefix a: <a:> . a:b%2x <a:p> 1 .`, "1:22: bad escape"},
		{"language", ReadTurtle, `<a:s> <a:p> "a"@ .`, "1:16: bad language"},
		{"number", ReadTurtle, `<a:s> <a:p> 1e .`, "1:13: bad number"},
		{"blank node", ReadTurtle, `_x <a:p> 1 .`, "1:1: bad blank"},
		{"brackets", ReadTurtle, deepTurtle, "1:4013: too deep: 500"},
		{"parentheses", ReadTurtle, deepList, "1:513: too deep: 500"},
		{"lists in N-Triples", ReadNTriples, "<a:s> <a:p> (1) .", "1:13: expected term: (1) ."},
		{"bytes", ReadTurtle, "<a:\xff> <a:p> 1 .", "1:1: invalid utf8"},
		{"no XML", ReadRDFXML, "<rdf:RDF", "1:9: xml: unexpected EOF"},
		{"HTML", ReadRDFXML, "<html><body>404</body></html>", "1:1: no rdf"},
		{"nodes", ReadRDFXML, deepXML, ": too deep: 500"},
		{"anonymous nodes", ReadRDFXML, deepAnonymous, ": too deep: 500"},
		{"entities", ReadRDFXML, entities, ": entity limits"},
		{"two values", ReadRDFXML, `<rdf:RDF xmlns:rdf="` + RDF + `" xmlns:a="http://a/"><a:N><a:p><a:N/><a:N/></a:p></a:N></rdf:RDF>`, "1:102: two values: p"},
		{"bad JSON", ReadJSONLD, "{\n  \"a\": 1,\n}", "3:1: json: }"},
		{"cut off JSON", ReadJSONLD, `{"a": [1`, "1:9: json end"},
		{"deep JSON", ReadJSONLD, strings.Repeat("[", 100_000), "1:501: too deep: 500"},
		{"remote context", ReadJSONLD, `{"@context": "https://example.org/context.json", "a": 1}`, "remote context: https://example.org/context.json"},
		{"file as context", ReadJSONLD, `{"@context": "file:///etc/passwd", "a": 1}`, "remote context: file:///etc/passwd"},
		{"imported context", ReadJSONLD, `{"@context": {"@version": 1.1, "@import": "http://example.org/x"}, "a": 1}`, "remote context: http://example.org/x"},
		{"bad context", ReadJSONLD, `{"@context": {"a": 1}, "a": 1}`, "jsonld: invalid term definition"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := collect(c.read, []byte(c.in), Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want %s", err, c.want)
			}
			if e, ok := errors.AsType[*Error](err); ok && len(e.Excerpt) > 500 {
				t.Errorf("the excerpt has %d bytes", len(e.Excerpt))
			}
		})
	}
}

// TestLenient reads what catalogues contain against the rules.
func TestLenient(t *testing.T) {
	for _, c := range []struct {
		name     string
		read     func([]byte, Options, Emit) error
		in       string
		want     string
		warnings string
	}{
		{"usual prefix", ReadTurtle, "<a:s> dct:title 'A' .", `<a:s> <http://purl.org/dc/terms/title> "A"`, "1:7: taken as known: dct:"},
		{"space in an IRI", ReadTurtle, "<a:s> <a:p> <http://a/b c> .", "<a:s> <a:p> <http://a/b c>", "1:13: bad iri: http://a/b c"},
		{"dot behind PREFIX", ReadTurtle, "PREFIX a: <a:> .\na:s a:p a:o .", "<a:s> <a:p> <a:o>", "1:16: stray dot"},
		{"byte order mark", ReadTurtle, "\ufeff<a:s> <a:p> 1 .", `<a:s> <a:p> "1"^^<` + XSD + "integer>", ""},
		{"Latin-1 text", ReadTurtle, "<a:s> <a:p> \"\xe4\" .", "<a:s> <a:p> \"\ufffd\"", "1:13: invalid utf8"},
		{"wrapped RDF", ReadRDFXML, `<csw:Records xmlns:csw="http://csw"><rdf:RDF xmlns:rdf="` + RDF + `"><rdf:Description rdf:about="a:s"><p xmlns="a:">1</p></rdf:Description></rdf:RDF></csw:Records>`, `<a:s> <a:p> "1"`, ""},
		{"Latin-1 XML", ReadRDFXML, "<?xml version='1.0' encoding='ISO-8859-1'?><rdf:RDF xmlns:rdf='" + RDF + "'><rdf:Description rdf:about='a:s'><p xmlns='a:'>\xe4</p></rdf:Description></rdf:RDF>", `<a:s> <a:p> "ä"`, ""},
		{"entity", ReadRDFXML, `<!DOCTYPE rdf:RDF [<!ENTITY a "a:">]><rdf:RDF xmlns:rdf="` + RDF + `"><rdf:Description rdf:about="&a;s"><p xmlns="&a;">1</p></rdf:Description></rdf:RDF>`, `<a:s> <a:p> "1"`, ""},
		{"DCAT-AP context", ReadJSONLD, `{"@context": "https://semiceu.github.io/uri.semic.eu-generated/DCAT-AP/releases/3.0.0/html/examples/context.jsonld", "@id": "a:s", "title": {"@value": "A", "@language": "en"}}`, `<a:s> <http://purl.org/dc/terms/title> "A"@en`, ""},
		{"schema.org", ReadJSONLD, `{"@context": "https://schema.org/", "@id": "a:s", "name": "A"}`, `<a:s> <http://schema.org/name> "A"`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var warnings []string
			triples, err := collect(c.read, []byte(c.in), Options{Warn: func(e *Error) { warnings = append(warnings, e.Error()) }})
			if err != nil {
				t.Fatal(err)
			}
			if got := fingerprint(triples); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if got := strings.Join(warnings, "\n"); got != c.warnings {
				t.Errorf("warnings are %q, want %q", got, c.warnings)
			}
		})
	}
}

// TestResolve has the examples of RFC 3986 section 5.4.
func TestResolve(t *testing.T) {
	const base = "http://a/b/c/d;p?q"
	for reference, want := range map[string]string{
		"g:h": "g:h", "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g",
		"//g": "http://g", "?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s",
		"g#s": "http://a/b/c/g#s", ";x": "http://a/b/c/;x", "": "http://a/b/c/d;p?q", ".": "http://a/b/c/",
		"..": "http://a/b/", "../g": "http://a/b/g", "../..": "http://a/", "../../g": "http://a/g",
		"../../../g": "http://a/g", "/../g": "http://a/g", "g.": "http://a/b/c/g.", "..g": "http://a/b/c/..g",
		"g;x=1/../y": "http://a/b/c/y", "g?y/../x": "http://a/b/c/g?y/../x", "http://x/a/../b": "http://x/b",
	} {
		if got := Resolve(base, reference); got != want {
			t.Errorf("%s gives %s, want %s", reference, got, want)
		}
	}
}

func TestEmitEndsReading(t *testing.T) {
	stop := errors.New("stop")
	for name, read := range map[string]func([]byte, Options, Emit) error{"turtle": ReadTurtle, "xml": ReadRDFXML, "json": ReadJSONLD} {
		in := map[string]string{
			"turtle": "<a:s> <a:p> 1, 2 .",
			"xml":    `<a:N xmlns:a="http://www.w3.org/ns/dcat#"><a:p>1</a:p></a:N>`,
			"json":   `{"@id": "a:s", "a:p": [1, 2]}`,
		}[name]
		n := 0
		err := read([]byte(in), Options{}, func(Triple) error { n++; return stop })
		if !errors.Is(err, stop) || n != 1 {
			t.Errorf("%s: %v after %d triples", name, err, n)
		}
	}
}

// TestManyWarnings reads a file with a fault in every line in reasonable time.
func TestManyWarnings(t *testing.T) {
	n := 0
	o := Options{Warn: func(*Error) { n++ }}
	in := []byte(strings.Repeat("<a:s> <a:p> <http://a/b c> .\n", 200_000))
	if err := ReadTurtle(in, o, func(Triple) error { return nil }); err != nil || n != mostWarnings {
		t.Errorf("%d warnings, error %v", n, err)
	}
}
