package xlsx

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"puntari/internal/assessment"
	"puntari/internal/palette"
)

// written is what reviewers write in the tests, by defined name.
var written = map[string]string{
	"in_RISK_PER_01_judgement": "Eri mieltä", "in_RISK_PER_01_comment": "=SUM(1) is no formula\nsecond line",
	"sign_dpo_name": "Maija Meikäläinen", "sign_dpo_decision": "Hyväksyn ehdoin", "sign_dpo_ref": "00100",
	"decision_outcome": "Ei avata", "change_1_M12_status": "tehty", "record_ground": "JulkL 24.1 § 7 k",
}

// fill writes into a report what reviewers write, and saves it as excelize does.
func fill(t *testing.T, data []byte, values map[string]string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen := 0
	for _, d := range f.GetDefinedName() {
		v, ok := values[d.Name]
		if !ok {
			continue
		}
		seen++
		sheet, ref, _ := strings.Cut(d.RefersTo, "!")
		if err := f.SetCellStr(strings.Trim(sheet, "'"), strings.ReplaceAll(ref, "$", ""), v); err != nil {
			t.Fatal(err)
		}
	}
	if seen != len(values) {
		t.Fatalf("%d of %d names are in the report", seen, len(values))
	}
	// Forget what formulas gave before, as typing would.
	if err := f.UpdateLinkedValue(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkInputs reads back what fill wrote, and the assessment.
func checkInputs(t *testing.T, data []byte, a *assessment.Assessment) {
	t.Helper()
	in, err := Inputs(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Input{}
	for _, i := range in {
		got[i.Name] = i
	}
	for name, want := range written {
		if got[name].Value != want {
			t.Errorf("%s = %q, want %q", name, got[name].Value, want)
		}
	}
	if len(got) != len(written) {
		t.Errorf("%d inputs, want %d: %v", len(got), len(written), in)
	}
	for name, code := range map[string]string{"in_RISK_PER_01_judgement": "disagree", "sign_dpo_decision": "approve_with_conditions", "decision_outcome": "DO_NOT_OPEN", "change_1_M12_status": "done"} {
		if got[name].Code != code {
			t.Errorf("%s has the code %q, want %q", name, got[name].Code, code)
		}
	}
	want, err := encode(a)
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := Embedded(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(embedded, want) {
		t.Error("the embedded assessment has changed")
	}
}

func TestInputs(t *testing.T) {
	a := fixture(t, "museum-survey")
	for _, lang := range languages {
		data := render(t, a, lang)
		if has, err := HasInput(bytes.NewReader(data), int64(len(data))); has || err != nil {
			t.Errorf("%s: a new report has input: %v, %v", lang, has, err)
		}
	}
	data := fill(t, render(t, a, "fi"), written)
	checkInputs(t, data, a)
	if has, err := HasInput(bytes.NewReader(data), int64(len(data))); !has || err != nil {
		t.Errorf("HasInput = %v, %v", has, err)
	}
}

// Either copy of the assessment is enough.
func TestEmbeddedCopies(t *testing.T) {
	a := fixture(t, "museum-survey")
	want, err := encode(a)
	if err != nil {
		t.Fatal(err)
	}
	all := parts(t, render(t, a, "sv"))
	without := func(leave func(name string) bool) []byte {
		keep := map[string][]byte{}
		for n, p := range all {
			if !leave(n) {
				keep[n] = p
			}
		}
		var b bytes.Buffer
		if err := writePackage(&b, keep); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for i, data := range [][]byte{
		without(func(n string) bool { return strings.HasPrefix(n, "customXml/item1") }),
		without(func(string) bool { return false }),
	} {
		got, err := Embedded(bytes.NewReader(data), int64(len(data)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d: %d bytes, %v", i, len(got), err)
		}
	}
	sum := sha256.Sum256(want)
	if custom := all["docProps/custom.xml"]; !bytes.Contains(custom, []byte(hex.EncodeToString(sum[:]))) {
		t.Error("the digest is not in the properties")
	}
}

// zipOf makes a zip of parts.
func zipOf(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n, data := range files {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileFiles(t *testing.T) {
	many := map[string][]byte{"[Content_Types].xml": nil, "xl/workbook.xml": nil}
	for i := range 2000 {
		many[fmt.Sprintf("xl/x%d", i)] = nil
	}
	good := parts(t, render(t, fixture(t, "park-benches"), "en"))
	broken := map[string][]byte{}
	for n, p := range good {
		broken[n] = p[:len(p)/2]
	}
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("not a zip"), "zip of nothing": zipOf(t, nil), "many entries": zipOf(t, many),
		"bomb":   zipOf(t, map[string][]byte{"[Content_Types].xml": nil, "xl/workbook.xml": bytes.Repeat([]byte{' '}, 20<<20)}),
		"broken": zipOf(t, broken),
	} {
		if _, err := Inputs(bytes.NewReader(data), int64(len(data))); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := HasInput(bytes.NewReader(nil), 1<<40); err == nil {
		t.Error("a file of a terabyte: no error")
	}
	other := excelize.NewFile()
	var b bytes.Buffer
	if err := other.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := Embedded(bytes.NewReader(b.Bytes()), int64(b.Len())); err == nil {
		t.Error("another workbook: no error")
	}
}

// FuzzInputs puts any bytes in the place of a part of a small report.
func FuzzInputs(f *testing.F) {
	b := &book{tip: func(string) string { return "" }, json: []byte(`{"format":"puntari-assessment/1"}`)}
	s := &sheet{code: "one", name: "One", tab: palette.Navy, columns: []column{{width: 20, title: "A", input: true}}}
	s.tableHeader()
	s.add(row{cells: []cell{input("in_x")}})
	b.sheets = []*sheet{s}
	packed, err := packedSheet(b.json)
	if err != nil {
		f.Fatal(err)
	}
	b.hidden = []hiddenSheet{{name: listSheet, columns: [][]string{{"Agree"}, {"agree"}}}, packed}
	var small bytes.Buffer
	if err := b.write(&small); err != nil {
		f.Fatal(err)
	}
	all := parts(f, small.Bytes())
	names := slices.Sorted(maps.Keys(all))
	for i, n := range names {
		f.Add(uint8(i), all[n])
	}
	f.Fuzz(func(t *testing.T, part uint8, data []byte) {
		changed := maps.Clone(all)
		changed[names[int(part)%len(names)]] = data
		var file bytes.Buffer
		if err := writePackage(&file, changed); err != nil {
			t.Fatal(err)
		}
		r := bytes.NewReader(file.Bytes())
		// An error is fine, a panic is not.
		_, _ = HasInput(r, r.Size())
		_, _ = Embedded(r, r.Size())
	})
}

// office runs LibreOffice and returns the file that it makes.
func office(t *testing.T, file, to string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed")
	}
	if testing.Short() {
		t.Skip("LibreOffice takes seconds")
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", to, "--outdir", dir, file)
	cmd.WaitDelay = 5 * time.Second
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, msg)
	}
	return filepath.Join(dir, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))+"."+to)
}

func TestLibreOfficeKeepsAll(t *testing.T) {
	a := fixture(t, "museum-survey")
	file := filepath.Join(t.TempDir(), "report.xlsx")
	if err := os.WriteFile(file, fill(t, render(t, a, "fi"), written), 0o644); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(office(t, file, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	checkInputs(t, data, a)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	// The first page shows what was written on the others.
	rows, err := f.GetRows("Päätösyhteenveto")
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(rows)
	for _, want := range []string{"Hyväksyn ehdoin", "Maija Meikäläinen", "tehty"} {
		if !strings.Contains(text, want) {
			t.Errorf("the first page does not show %q", want)
		}
	}
}

// openpyxl, which trusts what a sheet says of itself, reads all rows of all sheets.
func TestOpenpyxlReads(t *testing.T) {
	if err := exec.Command("python3", "-c", "import openpyxl").Run(); err != nil {
		t.Skip("openpyxl is not installed")
	}
	file := filepath.Join(t.TempDir(), "report.xlsx")
	if err := os.WriteFile(file, render(t, fixture(t, "museum-survey"), "en"), 0o644); err != nil {
		t.Fatal(err)
	}
	const script = `import sys, openpyxl
w = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(len(w.sheetnames), sum(1 for _ in w["Risk checklist"].iter_rows()), w.properties.language)
w = openpyxl.load_workbook(sys.argv[1])
print(w["Risk checklist"]["A6"].value.split()[0], len(w.defined_names.definedName if hasattr(w.defined_names, "definedName") else w.defined_names) > 200)`
	out, err := exec.Command("python3", "-c", script, file).CombinedOutput()
	if err != nil || string(out) != "13 65 en\nRISK-PER-01 True\n" {
		t.Errorf("%v: %s", err, out)
	}
}

// The summary is exactly the first page.
func TestSummaryIsOnePage(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("poppler-utils is not installed")
	}
	file := filepath.Join(t.TempDir(), "report.xlsx")
	if err := os.WriteFile(file, render(t, fixture(t, "social-health-ece-clients"), "fi"), 0o644); err != nil {
		t.Fatal(err)
	}
	pdf := office(t, file, "pdf")
	text, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	onPage := regexp.MustCompile(`Päätösyhteenveto\s*\n`)
	for i, p := range pages {
		if onPage.MatchString(strings.TrimLeft(p, "\n ")[:min(len(p), 300)]) != (i == 0) {
			t.Errorf("page %d begins with %.200q", i+1, p)
		}
	}
	if len(pages) > 30 {
		t.Errorf("%d pages", len(pages))
	}
}
