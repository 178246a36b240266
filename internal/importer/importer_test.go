package importer

import (
	"compress/gzip"
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"puntari/internal/descriptor"
)

// run imports a text and returns the records and the error.
func run(t testing.TB, name, in string, o Options) ([]*Record, error) {
	t.Helper()
	var records []*Record
	err := Import(context.Background(), name, strings.NewReader(in), o, func(r *Record) error {
		records = append(records, r)
		return nil
	})
	return records, err
}

// TestErrors imports files that cannot be imported.
func TestErrors(t *testing.T) {
	deep := strings.Repeat("[", 100_000)
	var lines strings.Builder
	for i := range 20_000 {
		lines.WriteString(`{"id": "` + strconv.Itoa(i*7919) + `", "title": "T", "num_resources": 0}` + "\n")
	}
	zipped := gzipped(t, lines.String())
	small := Limits{Document: 1 << 20, Record: 1 << 20}
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", "empty:1:1: import.unknown_format"},
		{"words", "what is this", "words:1:1: import.unknown_format"},
		{"binary", "PK\x03\x04\x00\x00", "binary:1:1: import.unknown_format"},
		{"page.html", "<!DOCTYPE html><html><body>404</body></html>", "page.html:1:1: import.page"},
		{"own.yaml", "descriptorVersion: \"1.0\"\n", "own.yaml:1:1: import.descriptor"},
		{"own.json", `{"descriptorVersion": "1.0"}`, "own.json:1:1: import.descriptor"},
		{"names.json", `{"help": "x", "success": true, "result": ["a", "b"]}`, `names.json:1:1: import.other: "a"`},
		{"error.json", `{"help": "x", "success": false, "result": null, "error": {"message": "Not found"}}`, ""},
		{"remote.jsonld", `{"@context": "https://example.org/c.jsonld", "@id": "x:y"}`, "remote.jsonld:1:1: import.syntax.remote_context: https://example.org/c.jsonld"},
		{"services.ttl", "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<x:s> a dcat:DataService .", "services.ttl:1:1: import.other: dcat:DataService"},
		{"broken.ttl", "@prefix a: <b> .\na:b a:c .", "broken.ttl:2:9: import.syntax.expected_term: ."},
		{"page.md", "---\ntitle: a\nresources: [\n---\n", "page.md:3:1: import.yaml"},
		{"bomb.md", "---\ntitle: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nresources: [*e,*e,*e,*e,*e,*e]\n---\n", "import.yaml: too many values"},
		{"deep.ttl", "<a:s> <a:p> " + strings.Repeat("[ <a:p> ", 10_000), "import.syntax.too_deep: 200"},
		{"cut.json.gz", zipped[:len(zipped)/2], "import.unfinished"},
		{"big.ttl", "@prefix a: <a:> .\n" + strings.Repeat("# comment\n", 200_000), "import.too_large"},
		{"bomb.ttl.gz", gzipped(t, "@prefix a: <a:> .\n"+strings.Repeat(" ", 4<<20)), "import.too_large"},
		{"deep.json", `{"dataset": ` + deep, ""},
	} {
		records, err := run(t, c.name, c.in, Options{Limits: small})
		if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error is %v, want %s", c.name, err, c.want)
		}
		for _, r := range records {
			if err == nil && c.name != "cut.json.gz" && !descriptor.HasErrors(r.Problems) {
				t.Errorf("%s was imported", c.name)
			}
		}
		if p, ok := errors.AsType[*ProblemError](err); err != nil && (!ok || p.Problem.File != c.name) {
			t.Errorf("%s: error is %#v", c.name, err)
		}
	}
}

// TestBrokenDocuments imports documents with faults around good records.
func TestBrokenDocuments(t *testing.T) {
	for _, c := range []struct {
		in         string
		good, line int
	}{
		{"{\"dataset\": [\n {\"title\": \"a\"}\n {\"title\": \"b\"}\n]}", 2, 3},
		{"{\"dataset\": [\n{\"title\": \"a\"},\n{\"title\": \"b\"},\n]}", 2, 4},
		{"{\"dataset\": [\n{\"title\": \"a\"},\n{\"title\": \"b\"}\n]", 2, 4},
		{"{\"dataset\": [\n{\"title\": \"a\"},\n{\"title\": \"b\"}\n", 2, 3},
		{"{\"dataset\": [\n{\"title\": \"a\"},\n{\"title\": \"b\n", 1, 3},
		{"{\"dataset\": [\n{\"title\": \"a\"}, }\n]}", 1, 2},
		{"{\"dataset\": [\n{\"title\": \"a\"}]} trailing\n", 1, 2},
	} {
		records, err := run(t, "data.json", c.in, Options{})
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
		}
		good, line := 0, 0
		for _, r := range records {
			switch {
			case !descriptor.HasErrors(r.Problems):
				good++
			case line == 0:
				line = r.Line
			}
		}
		if good != c.good || line != c.line {
			t.Errorf("%q: %d good records and a fault in line %d, want %d and %d", c.in, good, line, c.good, c.line)
		}
	}
}

// gzipped is a text as a compressed file.
func gzipped(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestStream imports a stream of which single records are broken or too large.
func TestStream(t *testing.T) {
	var in strings.Builder
	for i := range 1000 {
		in.WriteString(`{"id": "` + strconv.Itoa(i) + `", "title": "T", "num_resources": 0}` + "\n")
		switch i {
		case 10:
			in.WriteString(`{"id": "cut", "title": "` + "\n")
		case 20:
			in.WriteString(`{"id": "big", "title": "` + strings.Repeat("x", 2000) + `"}` + "\n")
		case 30:
			in.WriteString(`{"id": "deep", "x": ` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "}\n")
		case 40:
			in.WriteString("[1, 2]\n\n\n")
		}
	}
	records, err := run(t, "dump.jsonl", in.String(), Options{Limits: Limits{Record: 1000, Document: 1000}})
	if err != nil {
		t.Fatal(err)
	}
	good := 0
	problems := map[string]int{}
	for i, r := range records {
		if r.Index != i {
			t.Fatalf("record %d has the index %d", i, r.Index)
		}
		if !descriptor.HasErrors(r.Problems) {
			good++
			continue
		}
		problems[r.Problems[0].Code] = r.Line
	}
	if good != 1000 {
		t.Errorf("%d good records, want 1000", good)
	}
	for code, line := range map[string]int{"import.syntax.unclosed_text": 12, codeTooLarge: 23, "import.syntax.too_deep": 34, codeNotObject: 45} {
		if got := problems[code]; got != line {
			t.Errorf("%s in line %d, want %d: %v", code, got, line, problems)
		}
	}
}

// TestEnds checks that errors of the caller, of the context and of the source
// end the import.
func TestEnds(t *testing.T) {
	const in = `{"id": "a", "title": "A", "num_resources": 0}` + "\n" + `{"id": "b", "title": "B", "num_resources": 0}`
	stop := errors.New("stop")
	n := 0
	err := Import(context.Background(), "x", strings.NewReader(in), Options{}, func(*Record) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%v after %d records", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	err = Import(ctx, "x", strings.NewReader(in), Options{}, func(*Record) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want that of the context", err)
	}
	err = Import(context.Background(), "x", iotest.TimeoutReader(strings.NewReader(strings.Repeat(in+"\n", 5000))), Options{}, func(*Record) error { return nil })
	if !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("error is %v, want that of the source", err)
	}
	records, err := run(t, "x", in, Options{})
	again := []*Record{}
	errSlow := Import(context.Background(), "x", iotest.OneByteReader(strings.NewReader(in)), Options{}, func(r *Record) error { again = append(again, r); return nil })
	if err != nil || errSlow != nil || len(records) != 2 || len(again) != 2 {
		t.Errorf("%d and %d records, errors %v and %v", len(records), len(again), err, errSlow)
	}
}

// TestDetect recognises beginnings of files.
func TestDetect(t *testing.T) {
	for _, c := range []struct {
		in, name string
		want     Format
	}{
		{"# a comment\n\nPREFIX a: <http://a/>\n", "", Turtle}, {"[] a <http://www.w3.org/ns/dcat#Dataset> .", "", Turtle}, {"@base <http://a/> .", "", Turtle},
		{"<http://a> <http://b> \"c\" .\n", "", NTriples}, {"<http://a> a <http://b> ;\n  <http://c> 1 .", "", Turtle}, {"\ufeff<?xml version='1.0'?>\n<rdf:RDF xmlns:rdf='x'>", "", RDFXML},
		{"<csw:GetRecordsResponse xmlns:csw='x'><rdf:RDF>", "", RDFXML}, {"<html lang='fi'>", "", Page}, {"<!doctype HTML>", "", Page}, {"<feed>", "", Unknown}, {"<feed>", "x.rdf", RDFXML},
		{`{"@context": {"dcat": "http://www.w3.org/ns/dcat#"}, "@graph": []}`, "", JSONLD}, {`[{"@id": "x", "http://purl.org/dc/terms/title": []}]`, "", JSONLD},
		{`{"help": "", "success": true, "result": {`, "", CKAN}, {`[{"id": "", "owner_org": ""}]`, "", CKAN}, {`{"resources": [{"path": "a"}], "name": "b"}`, "", Frictionless},
		{`{"fields": [{"name": "a"}]}`, "", Frictionless}, {"$frictionless: package/v2\nname: a\n", "", Frictionless}, {`{"dataset": [{"title": "a"}]}`, "", DataJSON},
		{`{"dataset": {"title": "a"}, "rights": {}}`, "", Descriptor}, {`{"descriptorVersion": "1.0", "dataset": {}}`, "", Descriptor}, {"descriptorVersion: '1.0'\n", "", Descriptor},
		{`{"results": [], "resultSetSize": 0}`, "", Socrata}, {`{"@context": "https://schema.org", "@type": "Dataset"}`, "", SchemaOrg},
		{`{"@context": ["http://www.w3.org/ns/csvw", {}], "url": "a.csv"}`, "", CSVW}, {"---\ntitle: a\norganization: b\nresources:\n", "", JKAN},
		{"", "", Unknown}, {"   \n", "", Unknown}, {"{", "", Unknown}, {"[", "", Unknown}, {`{"`, "", Unknown}, {"name,age\n1,2\n", "", Unknown}, {"title: a\n", "", Unknown},
		{gzipped(t, `{"id": "a", "owner_org": "b"}`), "dump.jsonl.gz", CKAN},
	} {
		if got := Detect([]byte(c.in), c.name); got != c.want {
			t.Errorf("%.60q is recognised as %q, want %q", c.in, got, c.want)
		}
	}
}

// TestPages imports the examples of the documentation.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("../../docs/import/*.md")
	if err != nil || len(pages) < 9 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	example := regexp.MustCompile("(?s)```(turtle|json|yaml)\n(.*?)```")
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		m := example.FindSubmatch(text)
		if name := filepath.Base(page); m == nil && name != "README.md" && name != "export.md" {
			t.Errorf("%s has no example", page)
		}
		if m == nil {
			continue
		}
		records, err := run(t, page, string(m[2]), Options{})
		if err != nil || len(records) != 1 || descriptor.HasErrors(records[0].Problems) || len(records[0].Dataset.Dataset.Title) == 0 {
			t.Errorf("%s: %d records, %v", page, len(records), err)
		}
	}
}

// TestMessages checks that every code has its texts.
func TestMessages(t *testing.T) {
	c := catalogue(t)
	check := func(key string) {
		for _, l := range []string{"en", "fi", "sv"} {
			if c.Messages[key][l] == "" {
				t.Errorf("%s has no text in %s", key, l)
			}
		}
	}
	for _, f := range []Format{Turtle, NTriples, RDFXML, JSONLD, CKAN, Frictionless, DataJSON, Socrata, SchemaOrg, CSVW, JKAN, Descriptor, Page} {
		check("import.format." + string(f))
	}
	for _, k := range []Kind{Imported, Suggested} {
		check("import.kind." + string(k))
	}
	for _, s := range codesIn(t, ".", "import.") {
		check("problem." + s)
	}
	for _, s := range codesIn(t, "../exporter", "import.export_") {
		check("problem." + s)
	}
	for _, s := range codesOf(t, "../rdf/errors.go") {
		check("problem.import.syntax." + s)
	}
	for _, s := range rulesOf(t) {
		check("import.rule." + s)
	}
}

// parse reads the Go files of a folder, without tests.
func parse(t *testing.T, dir string) map[string]*ast.File {
	t.Helper()
	//nolint:staticcheck // the files are enough; types are not needed
	packages, err := parser.ParseDir(token.NewFileSet(), dir, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, p := range packages {
		for name, f := range p.Files {
			if !strings.HasSuffix(name, "_test.go") {
				files[name] = f
			}
		}
	}
	return files
}

// codesIn are the texts in the sources of a folder that begin like a code.
func codesIn(t *testing.T, dir, prefix string) []string {
	var out []string
	for _, f := range parse(t, dir) {
		ast.Inspect(f, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s, err := strconv.Unquote(l.Value); err == nil && strings.HasPrefix(s, prefix) && !strings.HasSuffix(s, ".") {
					out = append(out, s)
				}
			}
			return true
		})
	}
	if len(out) < 5 {
		t.Fatalf("only %d codes in %s", len(out), dir)
	}
	return out
}

// codesOf are the codes of errors of the readers of RDF.
func codesOf(t *testing.T, path string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 && strings.HasPrefix(v.Names[0].Name, "Code") {
			if l, ok := v.Values[0].(*ast.BasicLit); ok {
				s, err := strconv.Unquote(l.Value)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, s)
			}
		}
		return true
	})
	if len(out) < 25 {
		t.Fatalf("only %d codes", len(out))
	}
	return out
}

// rulesOf are the rules by which values are suggested or rounded: the third
// argument of suggest and of round.
func rulesOf(t *testing.T) []string {
	var out []string
	for _, f := range parse(t, ".") {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 4 {
				return true
			}
			fun, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || fun.Sel.Name != "suggest" && fun.Sel.Name != "round" {
				return true
			}
			l, ok := call.Args[2].(*ast.BasicLit)
			if !ok {
				t.Errorf("a rule is not written out: %s", fun.Sel.Name)
				return true
			}
			s, err := strconv.Unquote(l.Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
			return true
		})
	}
	if len(out) < 20 {
		t.Fatalf("only %d rules", len(out))
	}
	return out
}

// TestHostile imports files that are made to take long.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 200_000
	var distributions, licences strings.Builder
	distributions.WriteString("@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n<a:d> a dcat:Dataset ; dcat:distribution <a:x>")
	licences.WriteString("<a:x> dct:license <a:l>")
	for range n {
		distributions.WriteString(", <a:x>")
		licences.WriteString(", <a:l>")
	}
	for name, in := range map[string]string{
		"values.ttl":      distributions.String() + " .\n" + licences.String() + " .",
		"broken.json":     `{"dataset": [` + strings.Repeat("{x},\n", n) + "{}]}",
		"tags.json":       `{"success": true, "result": {"tags": [` + strings.Repeat(`"a", `, n) + `"b"]}}`,
		"lines.jsonl":     `{"id": "a", "owner_org": ""}` + "\n" + strings.Repeat("{\n", n),
		"brackets.json":   `{"dataset": ` + strings.Repeat(`[{"a": `, n),
		"twice.md":        "---\ntitle: a\nresources: []\n" + strings.Repeat("a: b\n", n/4) + "---\n",
		"spaces.rdf":      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + strings.Repeat("x<!-- -->", n),
		"frequency.jsonl": `{"id": "a", "owner_org": "", "frequency": "` + strings.Repeat("daily weekly ", n) + `"}`,
	} {
		start := time.Now()
		err := Import(context.Background(), name, strings.NewReader(in), Options{}, func(*Record) error { return nil })
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s took %s, error %v", name, took, err)
		} else {
			t.Logf("%s took %s, error %v", name, took, err)
		}
	}
}
