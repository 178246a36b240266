package intake

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"puntari/internal/descriptor"
	"puntari/internal/wording"
)

// filled opens a form with another program, writes into cells by their names and
// saves it. A name may be followed by a row of a table: "all_schema_fields_name 2".
func filled(t testing.TB, form []byte, cells map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	refs := map[string]string{}
	for _, d := range f.GetDefinedName() {
		refs[d.Name] = d.RefersTo
	}
	for name, v := range cells {
		name, row, _ := strings.Cut(name, " ")
		sheet, ref, ok := strings.Cut(refs[name], "!")
		if !ok {
			t.Fatalf("there is no cell %s", name)
		}
		ref, _, _ = strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
		if row != "" {
			column, first, err := excelize.CellNameToCoordinates(ref)
			if err != nil {
				t.Fatal(err)
			}
			for range len(row) - 1 { // one mark for each row
				first++
			}
			if ref, err = excelize.CoordinatesToCellName(column, first); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellValue(strings.Trim(sheet, "'"), ref, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// patched changes the text of parts of a file.
func patched(t testing.TB, form []byte, part, old, text string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(form), int64(len(form)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	done := false
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(e.Name, part) && bytes.Contains(data, []byte(old)) {
			data, done = bytes.ReplaceAll(data, []byte(old), []byte(text)), true
		}
		out, err := w.Create(e.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil || !done {
		t.Fatal("nothing was changed", err)
	}
	return b.Bytes()
}

// needed are answers without which a form is in error.
func needed(more map[string]any) map[string]any {
	out := map[string]any{"in_dataset_identifier": "x", "in_dataset_title_fi": "Penkit"}
	for k, v := range more {
		out[k] = v
	}
	return out
}

// TestAnswers fills cells in the many ways in which people do.
func TestAnswers(t *testing.T) {
	_, f := newForm(t)
	form := write(t, f, Options{Lang: "fi"})
	for _, c := range []struct {
		cells map[string]any
		path  string
		want  string // as JSON, "" for no answer
	}{
		{map[string]any{"in_personalData_sourceRelatesToPersons": "ei"}, "personalData.sourceRelatesToPersons", `"no"`},
		{map[string]any{"in_personalData_sourceRelatesToPersons": " KYLLÄ "}, "personalData.sourceRelatesToPersons", `"yes"`},
		{map[string]any{"in_personalData_sourceRelatesToPersons": "nej"}, "personalData.sourceRelatesToPersons", `"no"`},
		{map[string]any{"in_personalData_sourceRelatesToPersons": "no"}, "personalData.sourceRelatesToPersons", `"no"`},
		{map[string]any{"in_personalData_sourceRelatesToPersons": "not  known"}, "personalData.sourceRelatesToPersons", `"unknown"`},
		{map[string]any{"in_personalData_sourceRelatesToPersons": true}, "personalData.sourceRelatesToPersons", `"yes"`},
		{map[string]any{"in_personalData_sourceRelatesToPersons": "  "}, "personalData.sourceRelatesToPersons", ""},
		{map[string]any{"in_dataset_rowSubject": "asset"}, "dataset.rowSubject", `"asset"`},
		{map[string]any{"in_dataset_temporalStart": 46203}, "dataset.temporalStart", `"2026-06-30"`},
		{map[string]any{"in_dataset_temporalStart": "30.6.2026"}, "dataset.temporalStart", `"2026-06-30"`},
		{map[string]any{"in_dataset_temporalStart": "2026-06-30"}, "dataset.temporalStart", `"2026-06-30"`},
		{map[string]any{"in_dataset_temporalStart": "Ei tiedossa"}, "dataset.temporalStart", `"unknown"`},
		{map[string]any{"in_personalData_dataSubjectCount": 1250000}, "personalData.dataSubjectCount", `1250000`},
		{map[string]any{"in_personalData_dataSubjectCount": "1 250 000"}, "personalData.dataSubjectCount", `1250000`},
		{map[string]any{"in_personalData_dataSubjectCount": "1\u00a0250\u202f000"}, "personalData.dataSubjectCount", `1250000`},
		{map[string]any{"in_personalData_dataSubjectCount": "okänt"}, "personalData.dataSubjectCount", `"unknown"`},
		{map[string]any{"in_quality_completenessPct": "97,5"}, "quality.completenessPct", `97.5`},
		{map[string]any{"in_dataset_spatialCoverage": "=HYPERLINK(\"http://x\")"}, "dataset.spatialCoverage", `"=HYPERLINK(\"http://x\")"`},
		{map[string]any{"in_dataset_spatialCoverage": "+358 <b>&amp;"}, "dataset.spatialCoverage", `"+358 <b>&amp;"`},
		{map[string]any{"in_dataset_spatialCoverage": 24}, "dataset.spatialCoverage", `"24"`},
		{map[string]any{"in_dataset_theme_1": "Liikenne", "in_dataset_theme_3": "Environment"}, "dataset.theme", `["TRAN","ENVI"]`},
		{map[string]any{"in_dataset_theme_2": "liikenne; ymparisto ; ENVI"}, "dataset.theme", ""},
		{map[string]any{"in_dataset_theme_2": "liikenne; ympäristö ;"}, "dataset.theme", `["TRAN","ENVI"]`},
		{map[string]any{"in_governance_dpiaCriteriaMet_1": "(ei mitään)"}, "governance.dpiaCriteriaMet", `[]`},
		{map[string]any{"in_dataset_keyword": "a; b;c\n"}, "dataset.keyword", `["a; b;c"]`},
		{map[string]any{"in_dataset_keyword": "a; b;c"}, "dataset.keyword", `["a","b","c"]`},
		{map[string]any{"in_dataset_keyword": "a; b\nc"}, "dataset.keyword", `["a; b","c"]`},
		{map[string]any{"in_dataset_keyword": "(none)"}, "dataset.keyword", `[]`},
		{map[string]any{"in_schema_joinKeys_1": "postal_code", "in_schema_joinKeys_2": "oma avain"}, "schema.joinKeys", `["postal_code","oma avain"]`},
		{map[string]any{"none_rights_thirdPartySources": "(inget)"}, "rights.thirdPartySources", `[]`},
		{map[string]any{"all_rights_thirdPartySources_name ..": "OSM", "all_rights_thirdPartySources_shareAlike ..": "kyllä"}, "rights.thirdPartySources", `[{"name":"OSM","shareAlike":"yes"}]`},
		{map[string]any{"all_mitigations_code .": "m04", "all_mitigations_params .": "unit: grid_250m\nset spatial.resolutionM: 250"}, "mitigations",
			`[{"code":"M04","params":{"set":{"spatial.resolutionM":250},"unit":"grid_250m"}}]`},
		{map[string]any{"in_dataset_title_sv": "Bänkar"}, "dataset.title", `{"fi":"Penkit","sv":"Bänkar"}`},
	} {
		d, problems := read(t, f, filled(t, form, needed(c.cells)))
		if c.want != "" && descriptor.HasErrors(problems) {
			t.Errorf("%v: %+v", c.cells, problems)
			continue
		}
		got := ""
		x, err := docOf(d)
		if err != nil {
			t.Fatal(err)
		}
		if v := x.at(c.path); v != nil {
			got = compact(t, v)
		}
		if got != c.want {
			t.Errorf("%v: %s, not %s", c.cells, got, c.want)
		}
	}
}

// TestProblems fills cells in wrong ways; each problem names its cell, and reads
// well in every language.
func TestProblems(t *testing.T) {
	c, f := newForm(t)
	form := write(t, f, Options{Lang: "fi"})
	for _, story := range []struct {
		cells      map[string]any
		code, cell string // the cell with its sheet
		says       string // in English
	}{
		{map[string]any{"in_personalData_sourceRelatesToPersons": "kylläkai"}, "form.not_in_list", "Ihmiset ja vaikutukset!C6", "Choose one of: yes, no, not known."},
		{map[string]any{"in_rights_licence": "Creative Commons"}, "form.not_in_list", "Julkisuus ja oikeudet!", "“Creative Commons” is not an answer of the list."},
		{map[string]any{"in_dataset_temporalStart": "6/30/2026"}, "not_date", "Aineisto!", "6/30/2026"},
		{map[string]any{"in_dataset_temporalStart": 2023}, "not_date", "Aineisto!", "2023"},
		{map[string]any{"in_personalData_dataSubjectCount": "12,500"}, "decimal_comma", "Ihmiset ja vaikutukset!", "12,500"},
		{map[string]any{"in_personalData_dataSubjectCount": -5}, "too_small", "Ihmiset ja vaikutukset!", "-5"},
		{map[string]any{"in_personalData_dataSubjectCount": 2.5}, "not_whole", "Ihmiset ja vaikutukset!", "2.5"},
		{map[string]any{"in_personalData_dataSubjectCount": "monta"}, "not_number", "Ihmiset ja vaikutukset!", "monta"},
		{map[string]any{"in_quality_completenessPct": 150}, "too_big", "Laatu ja julkaiseminen!", "150"},
		{map[string]any{"in_dataset_contactPoint_email": "Maija Meikäläinen"}, "not_email", "Aineisto!C", "Maija"},
		{map[string]any{"in_dataset_applicableLegislation": "http://a.example/; laki 2"}, "not_uri", "Aineisto!C", "laki 2"},
		{map[string]any{"in_governance_dpiaCriteriaMet_1": "(ei mitään)", "in_governance_dpiaCriteriaMet_2": "scoring"}, "form.none_and_more", "Päätös ja toimet!", "“(ei mitään)”"},
		{map[string]any{"in_dataset_keyword": "a; (none)"}, "form.none_and_more", "Aineisto!", "“(ei mitään)”"},
		{map[string]any{"none_rights_thirdPartySources": "(none)", "all_rights_thirdPartySources_name .": "OSM"}, "form.none_and_more", "Julkisuus ja oikeudet!", "Remove one"},
		{map[string]any{"none_rights_thirdPartySources": "OSM"}, "form.table_none", "Julkisuus ja oikeudet!", "rows below"},
		{map[string]any{"all_schema_fields_type ..": "teksti"}, "missing", "Sarakkeet!A8", "Column name"},
		{map[string]any{"all_schema_fields_name .": "a", "all_schema_fields_name ...": "a"}, "duplicate_column", "Sarakkeet!A9", "a"},
		{map[string]any{"all_schema_fields_name .": "a", "all_schema_fields_name " + strings.Repeat(".", 60): "b"}, "form.outside", "Sarakkeet!A66", "below the table"},
		{map[string]any{"all_schema_fields_name .": "a", "all_schema_fields_disclosureRole .": "jotain"}, "form.not_in_list", "Sarakkeet!", "“jotain”"},
		{map[string]any{"all_mitigations_code .": "M04", "all_mitigations_params .": "ruutu"}, "form.details", "Päätös ja toimet!", "name: value"},
		{map[string]any{"all_mitigations_code .": "M99"}, "form.not_in_list", "Päätös ja toimet!", "M99"},
		{map[string]any{"in_dataset_identifier": ""}, "missing", "Aineisto!C6", "dataset.identifier"},
	} {
		_, problems := read(t, f, filled(t, form, needed(story.cells)))
		hits := 0
		for _, p := range problems {
			if p.Severity != descriptor.SeverityError {
				continue
			}
			hits++
			at := p.Params["sheet"] + "!" + p.Params["cell"]
			line := Format(p, wording.New(c, "en"))
			if p.Code != story.code || !strings.HasPrefix(at, story.cell) || !strings.Contains(line, story.says) || !strings.HasPrefix(line, "form.xlsx: sheet “") {
				t.Errorf("%v: %s at %s: %s", story.cells, p.Code, at, line)
			}
			for _, lang := range []string{"fi", "sv"} {
				if line := Format(p, wording.New(c, lang)); strings.Contains(line, "form.problem") || strings.Contains(line, "{") {
					t.Errorf("%s", line)
				}
			}
		}
		if hits != 1 {
			t.Errorf("%v: %d problems: %+v", story.cells, hits, problems)
		}
	}
}

// An empty form lacks what identifies a dataset and what is asked of everybody,
// each at its cell.
func TestEmptyForm(t *testing.T) {
	_, f := newForm(t)
	_, problems := read(t, f, write(t, f, Options{Lang: "sv"}))
	var got []string
	for _, p := range problems {
		got = append(got, p.Code+" "+p.Params["sheet"]+"!"+p.Params["cell"])
	}
	want := "missing Datamängd!C6, missing Datamängd!C7, missing_answer Datamängd!C31, missing_answer Datamängd!C32, missing_answer Personer och följder!C6, missing_answer Kvalitet och publicering!C15"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s", s)
	}
}

// Formulas count by the value that was stored with them.
func TestFormulasInAnswers(t *testing.T) {
	_, f := newForm(t)
	form := filled(t, write(t, f, Options{Lang: "fi"}), needed(map[string]any{"in_personalData_dataSubjectCount": 77123}))
	d, problems := read(t, f, patched(t, form, "xl/worksheets/", "<v>77123</v>", "<f>77000+123</f><v>77123</v>"))
	if n := d.PersonalData.DataSubjectCount; descriptor.HasErrors(problems) || n == nil || n.Value != 77123 {
		t.Errorf("%+v %+v", n, problems)
	}
	for _, bad := range []string{"<f>1/0</f><v>#DIV/0!</v>", "<f>1+1</f>"} {
		x := patched(t, form, "xl/worksheets/", "<v>77123</v>", bad)
		if strings.Contains(bad, "#") {
			x = patched(t, x, "xl/worksheets/", "<f>1/0</f>", "<f>1/0</f>")
		}
		if _, problems := read(t, f, x); !hasCode(problems, "form.formula") && !hasCode(problems, "not_number") {
			t.Errorf("%s: %+v", bad, problems)
		}
	}
}

func hasCode(problems []descriptor.Problem, code string) bool {
	for _, p := range problems {
		if p.Code == code {
			return true
		}
	}
	return false
}

// Forms that somebody has changed.
func TestChangedForms(t *testing.T) {
	c, f := newForm(t)
	form := write(t, f, Options{Lang: "fi", From: example(t, f, "../../examples/park-benches.yaml")})

	x := patched(t, form, "xl/workbook.xml", "in_release_mode", "in_release_mood")
	_, problems := read(t, f, x)
	if !hasCode(problems, "form.questions_missing") || descriptor.HasErrors(problems) {
		t.Errorf("a cell without its name: %+v", problems)
	}
	if line := Format(problems[0], wording.New(c, "en")); !strings.Contains(line, c.Descriptor.Field("release.mode").Label["en"]) {
		t.Errorf("%s", line)
	}
	if _, problems := read(t, f, patched(t, form, "xl/worksheets/", "<t>publisher</t>", "<t>third_party</t>")); !hasCode(problems, "form.list_changed") {
		t.Errorf("a list with another code: %+v", problems)
	}
	// A label that this version does not know counts as the list of the file says.
	label := c.Descriptor.Field("rights.rightsHolder").Values[0].Label["fi"]
	d, problems := read(t, f, patched(t, form, "xl/worksheets/", "<t>"+label+"</t>", "<t>Kaupunki itse</t>"))
	if h := d.Rights.RightsHolder; descriptor.HasErrors(problems) || h == nil || *h != "publisher" {
		t.Errorf("another label: %v %+v", h, problems)
	}
	for part, change := range map[string][2]string{
		"xl/workbook.xml": {"form_format", "form_formal"},
		"xl/worksheets/":  {"puntari-form/1", "puntari-form/9"},
	} {
		x := patched(t, form, part, change[0], change[1])
		if s, problems := f.Read("x", bytes.NewReader(x), int64(len(x))); s != nil || !hasCode(problems, "form.not_a_form") {
			t.Errorf("%v: %+v", change, problems)
		}
	}
}

func compact(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	e := newEncoder(&b)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}
