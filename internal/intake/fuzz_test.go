package intake

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"testing"

	"puntari/internal/intake/workbook"
	"puntari/internal/spreadsheet"
	"puntari/internal/wording"
)

func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// parts are the few parts of a form that a sheet can be read with.
func parts(t testing.TB, form []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(form), int64(len(form)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, name := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet12.xml"} {
		r, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if out[name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// packed makes a form of parts and of the rows of a sheet.
func packed(t testing.TB, parts map[string][]byte, rows []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add := func(name string, data []byte) {
		out, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range parts {
		add(name, data)
	}
	add("xl/worksheets/sheet2.xml", append([]byte("<worksheet><sheetData>"), rows...))
	add("xl/worksheets/sheet3.xml", append([]byte("<worksheet><sheetData>"), rows...))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzRead gives the reader any bytes for the sheets with the first questions and
// with the columns.
func FuzzRead(f *testing.F) {
	_, form := newForm(f)
	base := parts(f, write(f, form, Options{Lang: "fi"}))
	w := wording.New(form.catalogue, "fi")
	for _, rows := range []string{
		`<row r="6"><c r="C6" t="inlineStr"><is><t>x</t></is></c></row><row><c/><c/><c><v>46000</v></c></row>`,
		`</sheetData>`, `<row><c t="s"><v>-1</v></c>`, `<row r="99999999999"><c r="ZZZZ1"><f/></c>`,
		`<row r="7"><c r="A7" t="inlineStr"><is><t>a;b</t></is></c><c r="E7" t="str"><f>x</f><v>_x0000_</v></c><c t="b"><v>1</v></c>`,
	} {
		f.Add([]byte(rows))
	}
	f.Fuzz(func(t *testing.T, rows []byte) {
		data := packed(t, base, rows)
		s, problems := form.Read("f", bytes.NewReader(data), int64(len(data)))
		if s == nil && len(problems) == 0 {
			t.Fatal("neither a descriptor nor a problem")
		}
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 {
				t.Fatalf("%+v", p)
			}
			Format(p, w)
		}
	})
}

// FuzzAnswer reads any text as the answer to every question, and reads it again
// from what the form would write for it.
func FuzzAnswer(f *testing.F) {
	_, form := newForm(f)
	for _, s := range []string{"", " ", "kyllä", "(none)", "a; b\nc", "2.1.2026", "1 000,5", "{\"a\":{\"b\":[1]}}", "set x.y: [a, b]\nunit: ;", "=1+1", "UNKNOWN", "okänt"} {
		f.Add(s, false)
	}
	f.Add("46000", true)
	f.Fuzz(func(t *testing.T, s string, number bool) {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			number = false
		}
		for path, q := range form.questions {
			if q.kind == table || q.kind == languages {
				continue
			}
			x := &reading{form: form, file: &workbook.File{}, lang: "fi", places: map[string]place{}}
			v, ok := x.decode(q, path, place{}, workbook.Value{Text: spreadsheet.Clean(s), Number: number})
			if !ok {
				continue
			}
			if _, err := json.Marshal(v); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			again, fine := secondReading(x, q, v)
			if a, b := mustJSON(t, v), mustJSON(t, again); fine && a != b {
				t.Fatalf("%s: %q is read as %s, and what is written for that as %s", path, s, a, b)
			}
		}
	})
}

// secondReading writes a value into a cell and reads it.
func secondReading(x *reading, q *question, v any) (any, bool) {
	if list, ok := v.([]string); ok {
		entries := make([]any, len(list))
		for i := range list {
			entries[i] = list[i]
		}
		v = entries
	}
	w := &writer{form: x.form, words: wording.New(x.form.catalogue, x.lang)}
	var c workbook.Cell
	w.answer(&c, q, v)
	if c.Number != nil {
		return x.decode(q, q.Path, place{}, workbook.Value{Text: plain(*c.Number), Number: true})
	}
	return x.decode(q, q.Path, place{}, workbook.Value{Text: spreadsheet.Clean(c.Text)})
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
