package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"puntari/internal/assessment"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

func render(t testing.TB, a *assessment.Assessment, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, a, catalogue(t), Options{Lang: lang}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts returns the parts of a package by name.
func parts(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return out
}

func each(t *testing.T, fn func(t *testing.T, name, lang string)) {
	for _, name := range fixtures {
		for _, lang := range languages {
			t.Run(name+"-"+lang, func(t *testing.T) { fn(t, name, lang) })
		}
	}
}

// Every item, fact, change and role of the assessment is in the report, in words,
// and every link leads somewhere.
func TestComplete(t *testing.T) {
	each(t, func(t *testing.T, name, lang string) {
		a := fixture(t, name)
		b, err := newBook(a, catalogue(t), Options{Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		if len(b.sheets) != 11 {
			t.Errorf("%d sheets, want 11", len(b.sheets))
		}
		anchors, names := map[string]bool{}, map[string]bool{}
		for _, s := range b.sheets {
			for _, r := range s.rows {
				if r.anchor != "" {
					if anchors[r.anchor] {
						t.Errorf("%s: anchor %s is there twice", s.code, r.anchor)
					}
					anchors[r.anchor] = true
				}
				for _, c := range r.cells {
					if c.name != "" {
						if names[strings.ToLower(c.name)] {
							t.Errorf("name %s is there twice", c.name)
						}
						names[strings.ToLower(c.name)] = true
					}
				}
			}
		}
		text := regexp.MustCompile(`report\.[a-z]|common\.[a-z]|\{[a-z]`)
		for _, s := range b.sheets {
			if s.rows[0].cells[0].text == "" {
				t.Errorf("%s: A1 is empty", s.code)
			}
			for i, r := range s.rows {
				for j, c := range r.cells {
					if text.MatchString(c.text) {
						t.Errorf("%s %s: a word is missing: %s", s.code, spreadsheet.At(j+1, i+1), c.text)
					}
					if c.to != "" && !anchors[c.to] && webLink(c.to) == "" {
						t.Errorf("%s %s: the link to %s leads nowhere", s.code, spreadsheet.At(j+1, i+1), c.to)
					}
					if c.to != "" && strings.Contains(c.text, "\n") {
						t.Errorf("%s %s: LibreOffice shows one line of a link: %q", s.code, spreadsheet.At(j+1, i+1), c.text)
					}
					if c.to != "" && spreadsheet.Pixels(c.text, c.style) > 7*s.columns[j].width && j+1 < len(s.columns) && j < len(r.cells)-1 && r.cells[j+1].style != (spreadsheet.Style{}) {
						t.Errorf("%s %s: the link %q is wider than its column", s.code, spreadsheet.At(j+1, i+1), c.text)
					}
				}
			}
		}
		for id := range a.Items {
			if !anchors["item:"+id] {
				t.Errorf("%s has no row", id)
			}
			for _, what := range []string{"judgement", "comment"} {
				if !names[strings.ToLower(inputName(id, what))] {
					t.Errorf("%s has no %s", id, what)
				}
			}
		}
		for _, f := range a.Facts {
			if !anchors["fact:"+f.Path] {
				t.Errorf("the fact %s has no row", f.Path)
			}
		}
		for _, role := range a.SignOff.Roles {
			for _, what := range []string{"name", "decision", "reason", "date", "ref"} {
				if !names[signName(role, what)] {
					t.Errorf("%s cannot write a %s", role, what)
				}
			}
		}
		for n := range names {
			if role, ok := strings.CutPrefix(n, "sign_"); ok && !slices.ContainsFunc(a.SignOff.Roles, func(r string) bool { return strings.HasPrefix(role, r+"_") }) {
				t.Errorf("%s signs, but the policy does not ask for it", n)
			}
		}
	})
}

// Names of sheets: at most 31 characters, unique, none that Excel forbids.
func TestSheetNames(t *testing.T) {
	each(t, func(t *testing.T, name, lang string) {
		b, err := newBook(fixture(t, name), catalogue(t), Options{Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, s := range b.sheets {
			if spreadsheet.Units(s.name) > 31 || strings.ContainsAny(s.name, `:\/?*[]'`) || strings.EqualFold(s.name, "history") || seen[strings.ToLower(s.name)] {
				t.Errorf("%q cannot be the name of a sheet", s.name)
			}
			seen[strings.ToLower(s.name)] = true
		}
	})
}

// Every text can be read on its ground, and on paper.
func TestLegible(t *testing.T) {
	for k, h := range highlights {
		fill := h.Fill
		if fill == "" {
			fill = palette.Paper
		}
		if c := palette.Contrast(h.Color, fill); c < 4.5 {
			t.Errorf("highlight %d: contrast %.2f", k, c)
		}
	}
	each(t, func(t *testing.T, name, lang string) {
		b, err := newBook(fixture(t, name), catalogue(t), Options{Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range b.sheets {
			for i, r := range s.rows {
				for j, c := range r.cells {
					k := c.style
					if k == (spreadsheet.Style{}) {
						continue
					}
					fill := k.Fill
					if fill == "" {
						fill = palette.White
					}
					if got := palette.Contrast(cmp.Or(k.Color, palette.Ink), fill); got < 4.5 {
						t.Errorf("%s %s: contrast %.2f of %s on %s", s.code, spreadsheet.At(j+1, i+1), got, cmp.Or(k.Color, palette.Ink), fill)
					}
					if (c.text != "" || c.number != nil) && j < s.printed() && k.Size*s.scale() < 8 {
						t.Errorf("%s %s: %.1f points on paper", s.code, spreadsheet.At(j+1, i+1), k.Size*s.scale())
					}
				}
			}
		}
		if h := b.sheets[0].height(); h > summaryBudget {
			t.Errorf("the summary is %.0f points high, more than a page", h)
		}
	})
}

func TestNoMergedCells(t *testing.T) {
	for name, part := range parts(t, render(t, fixture(t, "museum-survey"), "sv")) {
		if bytes.Contains(part, []byte("<mergeCell")) {
			t.Errorf("%s has merged cells", name)
		}
	}
}

// The package begins as programs that tell types of files expect, has no dates,
// and says how many rows there are.
func TestPackage(t *testing.T) {
	data := render(t, fixture(t, "museum-survey"), "fi")
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"} {
		if z.File[i].Name != want {
			t.Errorf("part %d is %s, want %s", i, z.File[i].Name, want)
		}
	}
	for _, f := range z.File {
		if f.ModifiedDate != 0x0021 || f.ModifiedTime != 0 || f.Flags&8 != 0 {
			t.Errorf("%s: date %x, time %x, flags %x", f.Name, f.ModifiedDate, f.ModifiedTime, f.Flags)
		}
	}
	dimension := regexp.MustCompile(`<dimension ref="A1:[A-Z]+(\d+)"`)
	rows := regexp.MustCompile(`<row r="(\d+)"`)
	for name, part := range parts(t, data) {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") {
			continue
		}
		d, r := dimension.FindSubmatch(part), rows.FindAllSubmatch(part, -1)
		if d == nil || !bytes.Equal(d[1], r[len(r)-1][1]) {
			t.Errorf("%s: dimension %s, last row %s", name, d, r[len(r)-1][1])
		}
	}
}

func TestExcelizeReads(t *testing.T) {
	a := fixture(t, "social-health-ece-clients")
	f, err := excelize.OpenReader(bytes.NewReader(render(t, a, "en")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if n := len(f.GetSheetList()); n != 13 {
		t.Errorf("%d sheets", n)
	}
	rows, err := f.GetRows("Risk checklist")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 5+61 || !strings.HasPrefix(rows[5][0], "RISK-PER-01\n") {
		t.Errorf("%d rows, the sixth begins with %q", len(rows), rows[5][0])
	}
	p, err := f.GetDocProps()
	if err != nil || p.Identifier == "" || p.Subject != "CASE/1/2026" || p.Language != "en" || p.Created != "2026-03-01T00:00:00Z" {
		t.Errorf("properties %+v, %v", p, err)
	}
	custom, err := f.GetCustomProps()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"CaseID": "CASE/1/2026", "RetentionClass": "10.03.01", "PublicityClass": "Public", "Verdict": a.Outcome}
	for _, c := range custom {
		if v, ok := want[c.Name]; ok && v == c.Value {
			delete(want, c.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("custom properties without %v", want)
	}
}

// goldenFile holds the digests of the reports of the fixtures.
var goldenFile = filepath.Join("testdata", "golden.json")

func digests(t *testing.T) map[string]string {
	out := map[string]string{}
	for _, name := range fixtures {
		for _, lang := range languages {
			sum := sha256.Sum256(render(t, fixture(t, name), lang))
			out[name+"-"+lang] = hex.EncodeToString(sum[:])
		}
	}
	return out
}

// The same input gives the same bytes, in this process and in others. The digests
// are those of the current checklists; -update writes them anew.
func TestDeterministic(t *testing.T) {
	got, err := json.MarshalIndent(digests(t), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("PUNTARI_DIGESTS") != "" {
		if err := os.WriteFile(os.Getenv("PUNTARI_DIGESTS"), got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	processes := 10
	if testing.Short() {
		processes = 1
	}
	for range processes {
		out := filepath.Join(t.TempDir(), "digests")
		cmd := exec.Command(os.Args[0], "-test.run=^TestDeterministic$")
		cmd.Env = append(os.Environ(), "PUNTARI_DIGESTS="+out)
		if msg, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		other, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, other) {
			t.Fatalf("another process gives other bytes:\n%s\n%s", got, other)
		}
	}
	if *update {
		if err := os.WriteFile(goldenFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the reports have changed; look at them, then run go test -run 'Fixtures|Deterministic' -update\ngot  %s\nwant %s", got, want)
	}
}

// hostile texts that a descriptor may hold.
var hostile = []string{
	"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://evil.example\")",
	"_x000D_ _x0041_", "]]>", "<![CDATA[", "</t></is></c>", "&amp;&#0;", "a\u202eb\u2066c", "nul\x00l \x1b[31m \x85", "bad \xff\xfe utf-8",
	"\ufffe\uffff", strings.Repeat("å", 40000), strings.Repeat("𝄞", 20000), "javascript:alert(1)", "file:///etc/passwd", `\\host\share`,
	"&L&P &\"Arial\"", "  leading and trailing  ", "line\r\nline\rline", "{n} {title}",
}

func TestHostileTexts(t *testing.T) {
	for _, h := range hostile {
		a := fixture(t, "museum-survey")
		a.Dataset.Title = map[string]string{"en": h}
		a.Dataset.Identifier, a.Dataset.Publisher, a.Dataset.Source = h, h, h
		a.Facts[3].Values = []string{h}
		a.Facts[4].Path = "schema.fields[" + h + "].disclosureRole"
		a.Measures[0].Fields, a.Measures[0].Evidence = []string{h}, h
		for _, it := range a.Items {
			it.Text = h
			it.Columns = []string{h}
		}
		a.Descriptor = nil
		data := render(t, a, "en")
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%q: %v", h, err)
		}
		for _, s := range f.GetSheetList() {
			rows, err := f.GetRows(s)
			if err != nil {
				t.Fatalf("%q: %s: %v", h, s, err)
			}
			for i, r := range rows {
				for j, v := range r {
					if !utf8.ValidString(v) || spreadsheet.Units(v) > spreadsheet.CellLimit {
						t.Errorf("%q: %s %s holds %d units", h, s, spreadsheet.At(j+1, i+1), spreadsheet.Units(v))
					}
				}
			}
		}
		v, err := f.GetCellValue("Record metadata", "B19")
		if err != nil {
			t.Fatal(err)
		}
		if want := spreadsheet.Clean(h); len(h) < 900 && strings.TrimSpace(v) != strings.TrimSpace(want) {
			t.Errorf("%q is shown as %q", h, v)
		}
		if utf8.RuneCountInString(h) > 900 && !strings.Contains(v, "0 characters") {
			t.Errorf("a text of %d bytes is cut without a word: …%s", len(h), v[len(v)-60:])
		}
		f.Close()
		formula := regexp.MustCompile(`<f>[^<]*</f>`)
		for name, part := range parts(t, data) {
			if strings.HasPrefix(name, "xl/worksheets/") {
				for _, m := range formula.FindAll(part, -1) {
					if !bytes.HasPrefix(m, []byte("<f>IF(")) {
						t.Errorf("%q became the formula %s", h, m)
					}
				}
			}
			if strings.HasSuffix(name, ".rels") && (bytes.Contains(part, []byte("javascript:")) || bytes.Contains(part, []byte("file:")) || bytes.Contains(part, []byte("evil"))) {
				t.Errorf("%q became a link in %s", h, name)
			}
		}
		if _, err := Embedded(bytes.NewReader(data), int64(len(data))); err != nil {
			t.Errorf("%q: %v", h, err)
		}
	}
}

func TestWebLink(t *testing.T) {
	for s, want := range map[string]string{
		"https://a.example/x?y=1": "https://a.example/x?y=1", "http://a.example": "http://a.example", "mailto:a@b.example": "mailto:a@b.example",
		"javascript:alert(1)": "", "file:///etc/passwd": "", `\\host\share`: "", "data:text/html,x": "", "https://": "", "https://user:pw@a.example": "",
		"//a.example": "", "a.example": "", "ftp://a.example": "", "https://a.example/" + strings.Repeat("x", 3000): "",
	} {
		if got := webLink(s); got != want {
			t.Errorf("webLink(%.40q) = %q, want %q", s, got, want)
		}
	}
}

func TestIndex(t *testing.T) {
	for _, lang := range languages {
		var entries []IndexEntry
		for _, name := range fixtures {
			entries = append(entries, IndexEntry{File: name + ".xlsx", Assessment: fixture(t, name)})
		}
		entries[0].File = "../evil.xlsx"
		var a, b bytes.Buffer
		if err := Index(&a, entries, catalogue(t), Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		slices.Reverse(entries)
		if err := Index(&b, entries, catalogue(t), Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: the order of the reports changes the index", lang)
		}
		f, err := excelize.OpenReader(&a)
		if err != nil {
			t.Fatal(err)
		}
		s := f.GetSheetList()[0]
		if ok, to, _ := f.GetCellHyperLink(s, "A7"); !ok || to != "museum-survey.xlsx" {
			t.Errorf("%s: A7 leads to %q", lang, to)
		}
		if ok, to, _ := f.GetCellHyperLink(s, "A6"); ok {
			t.Errorf("%s: A6 leads out of the folder, to %q", lang, to)
		}
		f.Close()
	}
}
