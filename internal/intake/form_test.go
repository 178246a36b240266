package intake

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/intake/workbook"
	"puntari/internal/wording"
	"puntari/policies"
)

var allLanguages = []string{"en", "fi", "sv"}

func newForm(t testing.TB) (*checklist.Catalogue, *Form) {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c, New(c, descriptor.NewReader(c), policies.Files)
}

// example reads one of the examples.
func example(t testing.TB, f *Form, file string) *descriptor.Dataset {
	t.Helper()
	r, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	s, problems := f.reader.Read(file, r)
	if descriptor.HasErrors(problems) {
		t.Fatal(problems)
	}
	return s.Dataset
}

func examples(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	return files
}

func write(t testing.TB, f *Form, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, f *Form, data []byte) (*descriptor.Dataset, []descriptor.Problem) {
	t.Helper()
	s, problems := f.Read("form.xlsx", bytes.NewReader(data), int64(len(data)))
	if s == nil {
		t.Fatal(problems)
	}
	return s.Dataset, problems
}

func sameDataset(t testing.TB, what string, got, want *descriptor.Dataset) {
	t.Helper()
	if a, b := got.Canonical(), want.Canonical(); !bytes.Equal(a, b) {
		i := 0
		for i < len(a) && i < len(b) && a[i] == b[i] {
			i++
		}
		t.Errorf("%s: the form reads otherwise\n got …%s\nwant …%s", what, clip(a, i), clip(b, i))
	}
}

func clip(b []byte, at int) []byte { return b[max(0, at-80):min(len(b), at+120)] }

// Every example comes back from the form as it went in, in every language, and is
// written with the same bytes twice.
func TestRoundTrip(t *testing.T) {
	_, f := newForm(t)
	for _, file := range examples(t) {
		d := example(t, f, file)
		for _, lang := range allLanguages {
			data := write(t, f, Options{Lang: lang, From: d})
			back, problems := read(t, f, data)
			if descriptor.HasErrors(problems) {
				t.Errorf("%s: %+v", file, problems)
			}
			sameDataset(t, filepath.Base(file)+" "+lang, back, d)
			if lang == "fi" && !bytes.Equal(data, write(t, f, Options{Lang: lang, From: d})) {
				t.Errorf("%s: other bytes the second time", file)
			}
		}
	}
}

// office converts files with LibreOffice into folder.
func office(t testing.TB, folder, to string, files ...string) {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	args := append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", to, "--outdir", folder}, files...)
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
}

// TestLibreOffice saves filled forms in LibreOffice, in every language: the
// answers stay as they are, and what it works out is what the form says.
func TestLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes seconds")
	}
	_, f := newForm(t)
	from, to := t.TempDir(), t.TempDir()
	datasets := map[string]*descriptor.Dataset{}
	var paths []string
	for i, file := range examples(t) {
		lang := allLanguages[i%len(allLanguages)]
		name := strings.TrimSuffix(filepath.Base(file), ".yaml") + "-" + lang + ".xlsx"
		datasets[name] = example(t, f, file)
		path := filepath.Join(from, name)
		if err := os.WriteFile(path, write(t, f, Options{Lang: lang, From: datasets[name]}), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	office(t, to, "xlsx:Calc MS Excel 2007 XML", paths...)
	for name, d := range datasets {
		saved, err := os.ReadFile(filepath.Join(to, name))
		if err != nil {
			t.Fatal(err)
		}
		back, problems := read(t, f, saved)
		if descriptor.HasErrors(problems) {
			t.Errorf("%s: %+v", name, problems)
		}
		sameDataset(t, name, back, d)
		before, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		sameFormulas(t, name, before, saved)
	}
}

// sameFormulas compares what formulas give in two files, on all sheets.
func sameFormulas(t *testing.T, name string, a, b []byte) {
	t.Helper()
	x, y := formulas(t, a), formulas(t, b)
	n, wrong := 0, 0
	for at, v := range x {
		n++
		if w := y[at]; v != w {
			if wrong++; wrong < 5 {
				t.Errorf("%s: %s is %q, and LibreOffice gives %q", name, at, v, w)
			}
		}
	}
	if n < 200 {
		t.Errorf("%s: only %d formulas", name, n)
	}
}

func formulas(t *testing.T, data []byte) map[string]string {
	t.Helper()
	file, err := workbook.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, sheet := range file.Sheets() {
		cells, err := file.Cells(sheet, func(workbook.Spot) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		for at, v := range cells {
			if v.Formula {
				out[workbook.Place(sheet, at.Column, at.Row)] = strings.TrimSpace(v.Text)
			}
		}
	}
	return out
}

// Every label of a list stands for one answer, in the language of the form and in
// the others, and no label has a semicolon in it.
func TestLabelsAreClear(t *testing.T) {
	_, f := newForm(t)
	for path, q := range f.questions {
		if q.words == nil {
			continue
		}
		for _, lang := range allLanguages {
			for _, o := range q.words.options {
				label := o.label.In(lang)
				if strings.ContainsAny(label, ";\n") || strings.TrimSpace(label) != label || label == "" {
					t.Errorf("%s: the label %q", path, label)
				}
				for _, other := range allLanguages {
					if code, ok := q.words.code(label, other); !ok || code != o.code {
						t.Errorf("%s: %q of %s is read as %q in a form in %s, not %q", path, label, lang, code, other, o.code)
					}
				}
				if code, ok := q.words.code(strings.ToUpper(o.code), lang); o.code != nothing && (!ok || code != o.code) {
					t.Errorf("%s: the code %q is read as %q", path, o.code, code)
				}
			}
		}
	}
}

// Every field of the catalogue is on the form, but for the version and the names
// that only older files have.
func TestEveryFieldIsAsked(t *testing.T) {
	c, f := newForm(t)
	asked := map[string]bool{}
	for _, p := range f.pages {
		for _, s := range p.sections {
			for _, q := range s.questions {
				asked[q.Path] = true
				for _, a := range q.attributes {
					asked[a.Path] = true
				}
			}
		}
	}
	for _, field := range c.Descriptor.Fields {
		if !asked[field.Path] && field.SameAs == "" && !field.RecordOnly && field.Path != "descriptorVersion" && field.Path != "dataset.steward" {
			t.Errorf("%s is not asked", field.Path)
		}
	}
}

// The words of the form are there in all languages, and fit where they go.
func TestWords(t *testing.T) {
	c, f := newForm(t)
	for _, lang := range allLanguages {
		w := wording.New(c, lang)
		seen := map[string]bool{}
		for _, id := range []string{"start", "dataset", "columns", "people", "protection", "rights", "security", "publication", "benefit", "decision"} {
			name := w.Message("form.sheet."+id, nil)
			if n := len([]rune(name)); n > 31 || n == 0 || strings.ContainsAny(name, `:\/?*[]`) || seen[strings.ToLower(name)] {
				t.Errorf("the sheet name %q", name)
			}
			seen[strings.ToLower(name)] = true
		}
		states := map[string]bool{}
		for s := done; s <= idle; s++ {
			states[w.Message(s.message(), nil)] = true
		}
		if len(states) != 6 {
			t.Errorf("%s: two states have one word", lang)
		}
		x := &writer{form: f, words: w}
		for _, q := range f.questions {
			if l, ok := x.limits(q, "A1", "A1"); ok && (l.Error == "" || strings.HasPrefix(l.Error, "form.")) {
				t.Errorf("%s: %+v", q.Path, l)
			}
		}
	}
	for key, text := range c.Messages {
		if strings.HasPrefix(key, "form.") {
			for _, lang := range allLanguages {
				if strings.TrimSpace(text[lang]) == "" {
					t.Errorf("%s has no text in %s", key, lang)
				}
			}
		}
	}
}
