package source

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/importer"
	"puntari/internal/intake"
	"puntari/policies"
)

const (
	yaml   = "descriptorVersion: \"1.0\"\ndataset:\n  identifier: a\n---\ndataset: [\n"
	turtle = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n<http://a.example/1> a dcat:Dataset ; dct:title \"A\"@en ; dct:identifier \"a\" .\n"
	ckan   = `{"success": true, "result": {"results": [{"name": "a", "title": "A", "resources": []}, {"name": "b", "title": "B", "resources": []}]}}`
)

func reader(t testing.TB) (*Reader, []byte) {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := descriptor.NewReader(c)
	var form bytes.Buffer
	if err := intake.New(c, d, policies.Files).Write(&form, intake.Options{Lang: "fi"}); err != nil {
		t.Fatal(err)
	}
	return New(c, d, policies.Files), form.Bytes()
}

// Whatever a source is, its records come, and what cannot be read is one too.
func TestRead(t *testing.T) {
	r, form := reader(t)
	for name, x := range map[string]struct {
		data    string
		format  importer.Format
		records string // the identifiers, or the codes of errors of records without a dataset
	}{
		"a.yaml":   {yaml, importer.Descriptor, "a !yaml_bracket"},
		"a.json":   {`[{"dataset": {"identifier": "a"}}, {"dataset": {"identifier": "b"}}]`, importer.Descriptor, "a b"},
		"a.ttl":    {turtle, importer.Turtle, "a"},
		"b.ttl":    {turtle + "<x", importer.Turtle, "!import.syntax.unclosed_iri"},
		"ckan":     {ckan, importer.CKAN, "a b"},
		"a.xlsx":   {string(form), Form, "?"},
		"b.xlsx":   {"PK\x03\x04 and no more", Form, "!form.not_a_workbook"},
		"a.html":   {"<!DOCTYPE html><html><body>x</body></html>", importer.Descriptor, "!markup"},
		"empty":    {"", importer.Descriptor, "!empty"},
		"no-error": {"a: b", importer.Descriptor, "?"},
	} {
		if got := Recognise([]byte(x.data), name); got != x.format {
			t.Errorf("%s is taken for %s, not %s", name, got, x.format)
		}
		var got []string
		err := r.Read(t.Context(), name, strings.NewReader(x.data), func(rec *Record) error {
			if rec.Name != name {
				t.Errorf("%s: a record of %s", name, rec.Name)
			}
			switch {
			case rec.Dataset == nil:
				got = append(got, "!"+rec.Problems[len(rec.Problems)-1].Code)
			case rec.Dataset.Dataset.Identifier == nil:
				got = append(got, "?")
			default:
				got = append(got, *rec.Dataset.Dataset.Identifier)
			}
			if rec.Usable() && (rec.Dataset == nil || descriptor.HasErrors(rec.Problems)) {
				t.Errorf("%s: usable with %v", name, rec.Problems)
			}
			return nil
		})
		if s := strings.Join(got, " "); err != nil || s != x.records {
			t.Errorf("%s: %s, %v; want %s", name, s, err, x.records)
		}
	}
}

// An error of the system is a record, whatever the format; one of the caller or of
// the context ends the reading.
func TestErrors(t *testing.T) {
	r, form := reader(t)
	broken, enough := errors.New("the disk is gone"), errors.New("enough")
	for name, data := range map[string]string{"a.yaml": "dataset:\n  identifier: a\n", "a.ttl": turtle, "ckan": ckan, "a.xlsx": string(form)} {
		last := ""
		err := r.Read(t.Context(), name, io.MultiReader(strings.NewReader(data[:len(data)-2]), iotest.ErrReader(broken)), func(rec *Record) error {
			if last = ""; len(rec.Problems) > 0 {
				last = rec.Problems[len(rec.Problems)-1].Params["found"]
			}
			return nil
		})
		if err != nil || last != broken.Error() {
			t.Errorf("%s: the last record says %q, the error is %v", name, last, err)
		}
		n := 0
		err = r.Read(t.Context(), name, strings.NewReader(data), func(*Record) error { n++; return enough })
		if !errors.Is(err, enough) || n != 1 {
			t.Errorf("%s: %v after %d records", name, err, n)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Read(ctx, "ckan", strings.NewReader(ckan), func(*Record) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
