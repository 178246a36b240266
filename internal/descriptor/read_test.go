package descriptor

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"puntari/internal/checklist"
)

var testReader = sync.OnceValues(func() (*Reader, error) {
	c, err := checklist.Builtin()
	if err != nil {
		return nil, err
	}
	return NewReader(c), nil
})

// newTestReader returns a reader of its own over the shared tables.
func newTestReader(t testing.TB) *Reader {
	t.Helper()
	r, err := testReader()
	if err != nil {
		t.Fatal(err)
	}
	return &Reader{
		MaxBytes: r.MaxBytes, MaxValues: r.MaxValues, MaxDepth: r.MaxDepth, MaxProblems: r.MaxProblems,
		catalogue: r.catalogue, shape: r.shape, validate: r.validate, fields: r.fields,
		trees: r.trees, directs: r.directs,
		required: r.required, essential: r.essential,
	}
}

// read reads a text that has to be right.
func read(t testing.TB, r *Reader, text string) *Source {
	t.Helper()
	s, problems := r.Read(fileName(text), strings.NewReader(text))
	if len(problems) > 0 {
		t.Fatalf("%s\n%s", text, format(r, problems))
	}
	return s
}

// record is what a stream gave.
type record struct {
	identifier string // of the Dataset, "" for none
	line       int
	codes      string
}

func readAll(t testing.TB, r *Reader, src io.Reader) []record {
	t.Helper()
	var records []record
	err := r.ReadAll("test", src, func(s *Source, problems []Problem) error {
		var rec record
		var codes []string
		for _, p := range problems {
			codes = append(codes, fmt.Sprintf("%d:%s", p.Line, p.Code))
		}
		rec.codes = strings.Join(codes, " ")
		if s != nil {
			rec.line, _ = s.Position("")
			if s.Dataset.Dataset.Identifier != nil {
				rec.identifier = *s.Dataset.Dataset.Identifier
			}
		}
		records = append(records, rec)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// TestExamples reads the worked examples, which have to be right.
func TestExamples(t *testing.T) {
	files, _ := filepath.Glob("../../examples/*.yaml")
	if len(files) == 0 {
		t.Fatal("no examples found")
	}
	r := newTestReader(t)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := r.Read(name, bytes.NewReader(text))
		if HasErrors(problems) {
			t.Errorf("%s", format(r, problems))
			continue
		}
		// As JSON it says the same.
		again, problems := r.Read(name, bytes.NewReader(s.Dataset.Canonical()))
		if HasErrors(problems) {
			t.Errorf("%s as JSON:\n%s", name, format(r, problems))
		} else if !bytes.Equal(again.Dataset.Canonical(), s.Dataset.Canonical()) {
			t.Errorf("%s changes on its way through JSON", name)
		}
	}
}

// TestVerbatim makes sure that texts stay what the user wrote.
func TestVerbatim(t *testing.T) {
	r := newTestReader(t)
	for _, word := range []string{"yes", "no", "on", "off", "true", "00100", "1.0", "1", "0x1F", "1e3", "2026-03-01", "12:30:45", "1_000", "+5", ".5", "=", "NaN", ".inf", "0o14", "é", "𝄞", "unknown"} {
		s := read(t, r, head+"maintenance: {owner: "+word+"}\ndisclosureControl: {linkageSources: ["+word+", a]}\ndemand: {useCases: [{title: "+word+"}]}\n")
		if got := *s.Dataset.Maintenance.Owner; got != word {
			t.Errorf("YAML %s became %s", word, got)
		}
		if got := s.Dataset.DisclosureControl.LinkageSources; !slices.Equal(got, []string{word, "a"}) {
			t.Errorf("YAML %s became %s in a list", word, got)
		}
	}
	for _, word := range []string{"true", "false", "100", "1.0", "-0.50", "1e3", "1E+05"} {
		s := read(t, r, jsonHead+`, "maintenance": {"owner": `+word+`}, "impact": {"groupsDescribed": `+word+`}}`)
		if got := *s.Dataset.Maintenance.Owner; got != word {
			t.Errorf("JSON %s became %s", word, got)
		}
		if got := s.Dataset.Impact.GroupsDescribed; !slices.Equal(got, []string{word}) {
			t.Errorf("JSON %s became %s in a list", word, got)
		}
	}
}

func TestNotGiven(t *testing.T) {
	r := newTestReader(t)
	for _, null := range []string{"", "~", "null", "NULL"} {
		s := read(t, r, head+"spatial:\n  trajectories: "+null+"\n  resolutionM: "+null+"\ntemporal: "+null+"\nimpact:\n  groupsDescribed: "+null+
			"\nschema:\n  fields: "+null+"\nmitigations: "+null+"\nbenefit:\n  strategyLinks: "+null+"\nquality: "+null+"\ncontent: "+null+"\n")
		if d := s.Dataset; d.Spatial.Trajectories != nil || d.Spatial.ResolutionM != nil || d.Impact.GroupsDescribed != nil || d.Schema.Fields != nil || d.Mitigations != nil || d.Benefit.StrategyLinks != nil {
			t.Errorf("%q is read as a value: %s", null, d.Canonical())
		}
	}
	s := read(t, r, jsonHead+`, "spatial": {"trajectories": null, "resolutionM": null}, "temporal": null, "impact": {"groupsDescribed": null}, "schema": {"fields": null}}`)
	if d := s.Dataset; d.Spatial.Trajectories != nil || d.Spatial.ResolutionM != nil || d.Impact.GroupsDescribed != nil || d.Schema.Fields != nil {
		t.Errorf("null is read as a value: %s", d.Canonical())
	}
	if s = read(t, r, head+"impact: {groupsDescribed: []}\nrights: {thirdPartySources: []}\n"); s.Dataset.Impact.GroupsDescribed == nil || s.Dataset.Rights.ThirdPartySources == nil {
		t.Error("an empty list is an answer")
	}
	if s = read(t, r, head+"maintenance: {owner: 'null'}\n"); *s.Dataset.Maintenance.Owner != "null" {
		t.Error("a null in quotes is a text")
	}
}

// TestUnknown gives every field the answer unknown.
func TestUnknown(t *testing.T) {
	r := newTestReader(t)
	for _, f := range r.catalogue.Descriptor.Fields {
		if f.Path == "descriptorVersion" {
			continue // a version has to be known
		}
		var b strings.Builder
		b.WriteString(head)
		parts := strings.Split(f.Path, ".")
		skip := map[string]bool{"dataset": true, "personalData": true, "release": true}
		if skip[parts[0]] { // those are in head
			b.Reset()
			b.WriteString("descriptorVersion: \"1.0\"\n")
		}
		for i, p := range parts {
			indent := strings.Repeat("    ", i)
			name, isList := strings.CutSuffix(p, "[]")
			switch {
			case i == len(parts)-1:
				b.WriteString(indent + name + ": unknown\n")
			case isList:
				b.WriteString(indent + name + ":\n" + indent + "  -\n")
			default:
				b.WriteString(indent + name + ":\n")
			}
		}
		_, problems := r.Read("test.yaml", strings.NewReader(b.String()))
		for _, p := range problems {
			if p.Code != codeMissing && p.Code != codeMissingAnswer {
				t.Errorf("%s\n%s", b.String(), p.Format(r.catalogue, "en"))
			}
		}
	}
}

func TestLenientForms(t *testing.T) {
	r := newTestReader(t)
	s := read(t, r, head+`impact: {groupsDescribed: children}
benefit: {strategyLinks: [A city for children, {goal: Open data, reference: "4.2"}]}
profile: {kMin: 5, uniqueShare: "0.25", rowCount: unknown, populationSize: 1e6}
schema: {fields: [{name: a, description: Age}, &b {name: b}]}
mitigations:
  - {code: M04, target: a, parameters: {unit: district, set: {spatial.resolutionM: 250}}}
  - {code: M02, fields: [a, b], target: a, params: {note: {by: [me, 5]}, set: {profile.kMin: 7, columns.transforms: generalised}}}
`)
	d := s.Dataset
	if !slices.Equal(d.Impact.GroupsDescribed, []string{"children"}) {
		t.Error(d.Impact.GroupsDescribed)
	}
	if l := d.Benefit.StrategyLinks; len(l) != 2 || *l[0].Goal != "A city for children" || *l[1].Reference != "4.2" {
		t.Errorf("%+v", l)
	}
	if p := d.Profile; p.KMin.Value != 5 || p.UniqueShare.Value != 0.25 || !p.RowCount.Unknown || p.PopulationSize.Value != 1e6 {
		t.Errorf("%+v", p)
	}
	if got := d.Schema.Fields[0].Description; got["und"] != "Age" {
		t.Error(got)
	}
	m := d.Mitigations[0]
	if m.Target != nil || m.Parameters != nil || !slices.Equal(m.Fields, []string{"a"}) {
		t.Errorf("%+v", m)
	}
	if want := map[string]any{"unit": "district", "set": map[string]any{"spatial.resolutionM": 250.0}}; !reflect.DeepEqual(m.Params, want) {
		t.Errorf("%#v", m.Params)
	}
	m = d.Mitigations[1]
	if m.Target != nil || !slices.Equal(m.Fields, []string{"a", "b"}) {
		t.Errorf("%+v", m)
	}
	if want := map[string]any{"note": map[string]any{"by": []any{"me", "5"}}, "set": map[string]any{"profile.kMin": 7.0, "columns.transforms": []any{"generalised"}}}; !reflect.DeepEqual(m.Params, want) {
		t.Errorf("%#v", m.Params)
	}
	if line, column := s.Position("mitigations[0].parameters.set.spatial.resolutionM"); line != 10 || column != 84 {
		t.Error(line, column)
	}
}

// TestRemovedColumns: once a column is taken away, the measure still names it.
func TestRemovedColumns(t *testing.T) {
	r := newTestReader(t)
	read(t, r, head+"schema: {fields: [{name: a}]}\nmitigations: [{code: M01, fields: [b], status: applied}]\n")
	_, problems := r.Read("test.yaml", strings.NewReader(head+"schema: {fields: [{name: a}]}\nmitigations: [{code: M02, fields: [b], status: applied}]\n"))
	if len(problems) != 1 || problems[0].Code != codeUnknownColumn {
		t.Error(format(r, problems))
	}
}

func TestAliases(t *testing.T) {
	r := newTestReader(t)
	s := read(t, r, head+"schema:\n  fields:\n    - &a {name: a, description: &d {fi: Ikä}, disclosureRole: &r none}\n    - {name: b, description: *d, disclosureRole: *r}\nquality: {errorImpact: &x low, misinterpretationRisk: *x}\n")
	if f := s.Dataset.Schema.Fields[1]; f.Description["fi"] != "Ikä" || *f.DisclosureRole != "none" {
		t.Errorf("%+v", f)
	}
	// A problem within what is repeated is told once, where it is written.
	_, problems := r.Read("test.yaml", strings.NewReader(head+"schema:\n  fields:\n    - &a {nam: a}\n    - *a\n"))
	for _, p := range problems {
		if p.Line != 7 {
			t.Error(p.Format(r.catalogue, "en"))
		}
	}
}

func TestPosition(t *testing.T) {
	yamlText := head + `schema:
  fields:
    - name: age
      personalDataCategory: identity
    - name: ä😀
      type: string
`
	jsonText := jsonHead + `,
 "schema": {
  "fields": [{"name": "age", "personalDataCategory": "identity"},
   {"name": "ä😀", "type": "string"}]}}`
	for _, c := range []struct {
		text, path   string
		line, column int
	}{
		{yamlText, "", 1, 1},
		{yamlText, "descriptorVersion", 1, 20},
		{yamlText, "schema.fields[0].name", 7, 13},
		{yamlText, "schema.fields[0].personalDataCategory[0]", 8, 29},
		{yamlText, "schema.fields[1].type", 10, 13},
		{yamlText, "schema.fields[1].spatialUnit", 9, 7},
		{yamlText, "schema.fields[7].name", 7, 5},
		{yamlText, "nothing.of[x].the.kind[99999999999999999999]", 1, 1},
		{yamlText, "release.mode", 4, 17},
		{jsonText, "", 1, 1},
		{jsonText, "schema.fields[0].personalDataCategory", 6, 54},
		{jsonText, "schema.fields[1].type", 7, 27},
	} {
		r := newTestReader(t)
		s := read(t, r, c.text)
		if line, column := s.Position(c.path); line != c.line || column != c.column {
			t.Errorf("%s: %d:%d, want %d:%d", c.path, line, column, c.line, c.column)
		}
		// The records of a stream find it again.
		err := r.ReadAll("test", strings.NewReader("\n\n"+c.text), func(s *Source, problems []Problem) error {
			if line, column := s.Position(c.path); line != c.line+2 || column != c.column {
				t.Errorf("%s in a stream: %d:%d, want %d:%d", c.path, line, column, c.line+2, c.column)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	if line, column := new(Source).Position("x"); line != 1 || column != 1 {
		t.Error(line, column)
	}
}

func yamlRecord(id string) string {
	return strings.Replace(head, "benches", id, 1)
}

func jsonRecord(id string) string {
	return strings.ReplaceAll(strings.Replace(jsonHead+"}", "benches", id, 1), "\n", "")
}

func TestStreams(t *testing.T) {
	a, b, c := jsonRecord("a"), jsonRecord("b"), jsonRecord("c")
	pretty := func(s string) string {
		var out bytes.Buffer
		if err := json.Indent(&out, []byte(s), "", "  "); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	flat := func(s string) string { // without indentation, as some programs print it
		var out bytes.Buffer
		if err := json.Indent(&out, []byte(s), "", ""); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	broken := `{"descriptorVersion": "1.0", "dataset": {"identifier": "x`
	for _, test := range []struct {
		name, text string
		want       []record
	}{
		{"NDJSON", a + "\n" + b + "\n" + c + "\n", []record{{"a", 1, ""}, {"b", 2, ""}, {"c", 3, ""}}},
		{"NDJSON with a mark, CRLF and blank lines", "\uFEFF" + a + "\r\n\r\n  " + b + "\r\n" + c, []record{{"a", 1, ""}, {"b", 3, ""}, {"c", 4, ""}}},
		{"one after the other", a + b + " " + c, []record{{"a", 1, ""}, {"b", 1, ""}, {"c", 1, ""}}},
		{"pretty", pretty(a) + "\n" + pretty(b), []record{{"a", 1, ""}, {"b", 16, ""}}},
		{"flat", flat(a) + "\n" + flat(b), []record{{"a", 1, ""}, {"b", 16, ""}}},
		{"list", "[" + a + ",\n" + b + "\n]\n", []record{{"a", 1, ""}, {"b", 2, ""}}},
		{"empty list", "[ ]", []record{{"", 0, "1:empty"}}},
		{"list without commas", "[" + a + "\n" + b + "]", []record{{"a", 1, ""}, {"", 0, "2:json_comma"}, {"b", 2, ""}}},
		{"list that ends", "[" + a + ",", []record{{"a", 1, ""}, {"", 0, "1:json_end"}}},
		{"line that breaks off within quotes", a + "\n" + broken + "\n" + c, []record{{"a", 1, ""}, {"", 0, "2:json_string"}, {"c", 3, ""}}},
		{"line that breaks off behind a value", a + "\n" + broken + "\"\n" + c, []record{{"a", 1, ""}, {"", 0, "2:json_end"}, {"c", 3, ""}}},
		{"line that breaks off behind a comma", a + "\n" + broken + "\",\n" + b + "\n" + c, []record{{"a", 1, ""}, {"", 0, "3:json_character"}, {"b", 3, ""}, {"c", 4, ""}}},
		{"no JSON", a + "\nhello\n" + c, []record{{"a", 1, ""}, {"", 0, "2:json_word"}, {"c", 3, ""}}},
		{"other values", a + "\n5\n\"x\"\nnull\n" + c, []record{{"a", 1, ""}, {"", 0, "2:not_descriptor"}, {"", 0, "3:not_descriptor"}, {"", 0, "4:not_descriptor"}, {"c", 5, ""}}},
		{"bad value", a + "\n" + strings.Replace(b, "asset", "aset", 1) + "\n" + c, []record{{"a", 1, ""}, {"b", 2, "2:not_allowed"}, {"c", 3, ""}}},
		{"not UTF-8", a + "\n" + strings.Replace(b, "Benches", "B\xE4nke", 1) + "\n" + c, []record{{"a", 1, ""}, {"", 0, "2:invalid_utf8"}, {"c", 3, ""}}},
		{"bracket too many", a + "}\n" + c, []record{{"a", 1, ""}, {"", 0, "1:json_character"}, {"c", 2, ""}}},
		{"empty", " \n\n ", []record{{"", 0, "1:empty"}}},
		{"YAML", yamlRecord("a") + "---\n" + yamlRecord("b") + "...\n" + yamlRecord("c"), []record{{"a", 1, ""}, {"b", 6, ""}, {"c", 11, ""}}},
		{"YAML with a mark and CRLF", "\uFEFF---\r\n" + strings.ReplaceAll(yamlRecord("a")+"--- # next\n"+yamlRecord("b"), "\n", "\r\n"), []record{{"a", 2, ""}, {"b", 7, ""}}},
		{"empty YAML documents", "---\n---\n# only this\n---\n" + yamlRecord("a") + "---\n", []record{{"a", 5, ""}}},
		{"YAML with directives", "%YAML 1.1\n---\n" + yamlRecord("a") + "...\n%YAML 1.1\n---\n" + yamlRecord("b"), []record{{"a", 3, ""}, {"b", 10, ""}}},
		{"YAML on the line of the mark", "--- {descriptorVersion: '1.0'}\n---\n" + yamlRecord("b"), []record{{"", 1, "1:missing 1:missing 1:missing_answer 1:missing_answer 1:missing_answer 1:missing_answer"}, {"b", 3, ""}}},
		{"bad YAML", yamlRecord("a") + "---\na: [\n---\n" + yamlRecord("c"), []record{{"a", 1, ""}, {"", 0, "6:yaml_bracket"}, {"c", 8, ""}}},
		{"YAML with an open quote", yamlRecord("a") + "---\na: 'x\n---\n" + yamlRecord("c"), []record{{"a", 1, ""}, {"", 0, "6:yaml_quote"}, {"c", 8, ""}}},
		{"JSON as YAML", "---\n" + a + "\n---\n" + b, []record{{"a", 2, ""}, {"b", 4, ""}}},
		{"binary", "PK\x03\x04", []record{{"", 0, "1:not_text"}}},
	} {
		r := newTestReader(t)
		if got := readAll(t, r, strings.NewReader(test.text)); !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %v\nwant %v", test.name, got, test.want)
		}
		if got := readAll(t, r, iotest.OneByteReader(strings.NewReader(test.text))); !slices.Equal(got, test.want) {
			t.Errorf("%s, byte by byte:\n got %v\nwant %v", test.name, got, test.want)
		}
	}
}

func TestStreamStops(t *testing.T) {
	stop := errors.New("enough")
	for _, text := range []string{jsonRecord("a") + jsonRecord("b"), yamlRecord("a") + "---\n" + yamlRecord("b"), "", "[" + jsonRecord("a") + jsonRecord("b"), "<"} {
		n := 0
		err := newTestReader(t).ReadAll("test", strings.NewReader(text), func(s *Source, _ []Problem) error {
			if n++; s != nil && s.Record != 1 {
				t.Error(s.Record)
			}
			return stop
		})
		if !errors.Is(err, stop) || n != 1 {
			t.Errorf("%q: %d records, %v", text, n, err)
		}
	}
}

// TestStreamAgrees reads the same records alone and in a stream, and with
// encoding/json.
func TestStreamAgrees(t *testing.T) {
	r := newTestReader(t)
	var texts []string
	for n := range 5 {
		texts = append(texts, sampleJSON(t, n))
	}
	files, _ := filepath.Glob("../../examples/*.yaml")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := r.Read(name, bytes.NewReader(text))
		texts = append(texts, string(s.Dataset.Canonical()))
	}
	i := 0
	err := r.ReadAll("test", strings.NewReader(strings.Join(texts, "\n")), func(s *Source, problems []Problem) error {
		alone, alonesProblems := r.Read("test", strings.NewReader(texts[i]))
		if HasErrors(problems) || len(problems) != len(alonesProblems) || !reflect.DeepEqual(s.Dataset, alone.Dataset) {
			t.Errorf("record %d differs:\n%s", i, format(r, problems))
		}
		var d Dataset
		decoder := json.NewDecoder(strings.NewReader(texts[i]))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&d); err != nil {
			t.Error(err)
		}
		if want := d.Canonical(); !bytes.Equal(s.Dataset.Canonical(), want) {
			t.Errorf("record %d differs from encoding/json:\n got %s\nwant %s", i, s.Dataset.Canonical(), want)
		}
		i++
		return nil
	})
	if err != nil || i != len(texts) {
		t.Error(i, err)
	}
}

// endless gives the same text again and again, to a length.
type endless struct {
	text      string
	at        int
	remaining int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.remaining <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && int64(n) < e.remaining {
		m := copy(p[n:min(int64(len(p)), e.remaining)], e.text[e.at:])
		n += m
		e.at = (e.at + m) % len(e.text)
	}
	e.remaining -= int64(n)
	return n, nil
}

// heapWhile returns by how much the memory in use grew at most.
func heapWhile(fn func()) uint64 {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan struct{})
	peak := make(chan uint64)
	go func() {
		most := uint64(0)
		for {
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&now)
				if now.HeapAlloc > before.HeapAlloc {
					most = max(most, now.HeapAlloc-before.HeapAlloc)
				}
			}
		}
	}()
	fn()
	close(done)
	return <-peak
}

// A measure may replace the list of columns and give an attribute to columns in one
// go; where its code is unknown, nothing else stands in the way of looking at both.
func TestSetColumnsAndAttribute(t *testing.T) {
	r := newTestReader(t)
	for _, list := range []string{"[]", "[{name: a, type: texty}]", "unknown"} {
		text := yamlRecord("a") + "mitigations:\n  - {code: M99x, params: {set: {schema.fields: " + list + ", columns.type: strin}}}\n"
		_, problems := r.Read("test.yaml", strings.NewReader(text))
		var found []string
		for _, p := range problems {
			found = append(found, p.Code+" "+p.Path)
		}
		want := []string{"unknown_measure mitigations[0].code", "not_allowed mitigations[0].params.set.columns.type"}
		if strings.Contains(list, "texty") {
			want = slices.Insert(want, 1, "not_allowed mitigations[0].params.set.schema.fields[0].type")
		}
		if !slices.Equal(found, want) {
			t.Errorf("%s: %q, not %q", list, found, want)
		}
	}
}

func TestLargeFiles(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	const size, bound = 100 << 20, 100 << 20
	for _, c := range []struct{ name, start, text string }{
		{"YAML", "a:\n", "- some text of a value\n"},
		{"one line of YAML", "a: '", "text "},
		{"JSON", "{\"a\": [", "\"text\", "},
		{"JSON text", "{\"a\": \"", "text"},
		{"blanks", "", " "},
		{"blank lines", "", "\n"},
		{"zeros", "", "\x00\x00\x00"},
		{"brackets", "", "["},
		{"comments", "", "# a\n"},
		{"no words", "", "x"},
		{"documents", "", "---\n"},
	} {
		for _, stream := range []bool{false, true} {
			var codes []string
			start := time.Now()
			grown := heapWhile(func() {
				r := newTestReader(t)
				src := io.MultiReader(strings.NewReader(c.start), &endless{text: c.text, remaining: size})
				note := func(problems []Problem) {
					for _, p := range problems {
						if len(codes) < 3 {
							codes = append(codes, p.Code)
						}
					}
				}
				if stream {
					if err := r.ReadAll("test", src, func(_ *Source, problems []Problem) error { note(problems); return nil }); err != nil {
						t.Error(err)
					}
					return
				}
				_, problems := r.Read("test", src)
				note(problems)
			})
			t.Logf("%s (stream %v): %v in %v, %d MiB", c.name, stream, codes, time.Since(start).Round(time.Millisecond), grown>>20)
			if len(codes) == 0 || grown > bound || time.Since(start) > 2*time.Minute {
				t.Errorf("%s (stream %v): %v in %v, %d MiB", c.name, stream, codes, time.Since(start), grown>>20)
			}
		}
	}
}

func TestLargeStream(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	text := sampleJSON(t, 20) + "\n"
	n := 0
	start := time.Now()
	grown := heapWhile(func() {
		r := newTestReader(t)
		err := r.ReadAll("test", &endless{text: text, remaining: int64(100<<20/len(text)) * int64(len(text))}, func(s *Source, problems []Problem) error {
			if n++; s == nil || len(problems) > 0 {
				t.Fatal(format(r, problems))
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	t.Logf("%d records in %v, %d MiB", n, time.Since(start).Round(time.Millisecond), grown>>20)
	if n != 100<<20/len(text) || grown > 64<<20 {
		t.Errorf("%d records, %d MiB", n, grown>>20)
	}
}

// TestLimits: one record past a limit does not spoil the others.
func TestLimits(t *testing.T) {
	r := newTestReader(t)
	r.MaxBytes = 1000
	long := strings.Replace(jsonRecord("x"), "Benches", strings.Repeat("x", 1000), 1)
	want := []record{{"a", 1, ""}, {"", 0, "2:too_large"}, {"c", 3, ""}}
	if got := readAll(t, r, strings.NewReader(jsonRecord("a")+"\n"+long+"\n"+jsonRecord("c"))); !slices.Equal(got, want) {
		t.Error(got)
	}
	longYAML := strings.Replace(yamlRecord("x"), "Benches", strings.Repeat("x", 1000), 1)
	want = []record{{"a", 1, ""}, {"", 0, "5:too_large"}, {"c", 11, ""}}
	if got := readAll(t, r, strings.NewReader(yamlRecord("a")+"---\n"+longYAML+"---\n"+yamlRecord("c"))); !slices.Equal(got, want) {
		t.Error(got)
	}
	_, problems := r.Read("test", strings.NewReader(long))
	if len(problems) != 1 || !strings.Contains(problems[0].Text(r.catalogue, "en"), "larger than 0.00095") {
		t.Error(format(r, problems))
	}

	r = newTestReader(t)
	r.MaxValues = 100
	many := head + "impact: {groupsDescribed: [" + strings.Repeat("a, ", 200) + "]}"
	_, problems = r.Read("test", strings.NewReader(many))
	if len(problems) != 1 || problems[0].Code != codeTooManyValues {
		t.Error(format(r, problems))
	}
	manyJSON := jsonHead + `, "impact": {"groupsDescribed": [` + strings.Repeat(`"a", `, 200) + `"a"]}}`
	want = []record{{"", 0, "4:too_many_values"}, {"b", 5, ""}}
	if got := readAll(t, r, strings.NewReader(manyJSON+"\n"+jsonRecord("b"))); !slices.Equal(got, want) {
		t.Error(got)
	}

	r = newTestReader(t)
	r.MaxDepth = 3
	_, problems = r.Read("test", strings.NewReader(jsonHead+`, "schema": {"fields": [{"name": "a"}]}, "impact": {"groupsDescribed": ["a"]}}`))
	if len(problems) != 1 || problems[0].Code != codeDeepNesting || problems[0].Path != "" {
		t.Error(format(r, problems))
	}

	r = newTestReader(t)
	r.MaxProblems = 3
	_, problems = r.Read("test", strings.NewReader(head+"impact: {"+strings.Repeat("zzzzz: 1, ", 5)+"}"))
	if got := format(r, problems); len(problems) != 4 || !strings.Contains(got, "not listed: 2.") {
		t.Error(got)
	}
	var huge strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&huge, "zz%d: 1\n", i)
	}
	_, problems = r.Read("test", strings.NewReader(head+huge.String()))
	if got := format(r, problems); len(problems) != 4 || !strings.Contains(got, "not listed: 49997.") {
		t.Error(got)
	}
}

// TestConcurrent is for the race detector.
func TestConcurrent(t *testing.T) {
	r := newTestReader(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 20 {
				c := problemCases[(i*37)%len(problemCases)]
				r.Read("a", strings.NewReader(c.text))
				err := r.ReadAll("b", strings.NewReader(sampleJSON(t, 3)+"\n"+c.text), func(s *Source, _ []Problem) error {
					if s != nil {
						s.Position("schema.fields[1].name")
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ found, want string }{
		{"releaselevel", "releaseLevel"},
		{"release_level", "releaseLevel"},
		{"relaeseLevel", "releaseLevel"},
		{"releaseLvel", "releaseLevel"},
		{"level", "releaseLevel"},
		{"mode", ""},
		{"", ""},
		{"releaseLevel", ""},
		{strings.Repeat("releaseLevel", 1000), ""},
	} {
		if got := nearest(c.found, []string{"sourceRelatesToPersons", "releaseLevel", "x"}); got != c.want {
			t.Errorf("%q: %q, want %q", c.found, got, c.want)
		}
	}
}

func TestJSONTexts(t *testing.T) {
	r := newTestReader(t)
	for _, quoted := range []string{
		`"\"\\\/\n\r\t"`, `"\u00e4 \u00C4x"`, `"\ud83d\ude00"`, `"a\u0020"`, `"😀"`, `"{\"a\": 1}"`, `"'"`,
	} {
		var want string
		if err := json.Unmarshal([]byte(quoted), &want); err != nil {
			t.Fatal(err)
		}
		s := read(t, r, jsonHead+`, "maintenance": {"owner": `+quoted+`}}`)
		if got := *s.Dataset.Maintenance.Owner; got != want {
			t.Errorf("%s: %q, want %q", quoted, got, want)
		}
	}
	for _, quoted := range []string{`"\`, `"\"`, `"\u12`, `"\u12G4"`, `"\ud83d\u0041"`, `"\ud83dx"`, `"\x41"`, `"\b"`, "\"a\\n\x01\"", "\"a\\n\nb\""} {
		if _, problems := r.Read("test", strings.NewReader(jsonHead+`, "maintenance": {"owner": `+quoted+`}}`)); !HasErrors(problems) {
			t.Errorf("%s is accepted", quoted)
		}
	}
}

// TestOlderNames makes sure that every older name of the catalogue is folded
// into the current one; see checker.foldNames.
func TestOlderNames(t *testing.T) {
	folded := map[string]string{"mitigations[].parameters": "mitigations[].params", "mitigations[].target": "mitigations[].fields"}
	for _, f := range newTestReader(t).catalogue.Descriptor.Fields {
		if f.SameAs != folded[f.Path] {
			t.Errorf("%s is %s, but is read as %q", f.Path, f.SameAs, folded[f.Path])
		}
	}
}

func TestShown(t *testing.T) {
	for s, want := range map[string]string{
		"a\r\nb\tc": "a b c", "\x1b[1m": "\uFFFD[1m", strings.Repeat("ä", 60): strings.Repeat("ä", 60),
		strings.Repeat("ä", 61): strings.Repeat("ä", 59) + "…", "\xff": "\uFFFD",
	} {
		if got := shown(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for s, want := range map[string]bool{
		"P1D": true, "PT2H": true, "P1Y2M": true, "P2W": true, "P1Y2M3DT4H5M6S": true, "P0D": true,
		"": false, "P": false, "PT": false, "P1DT": false, "1D": false, "P1W2D": false, "P-1D": false, "PT1D": false, "P1.5D": false, "p1d": false,
	} {
		if isDuration(s) != want {
			t.Errorf("%q", s)
		}
	}
}

// TestErrorsOnly leaves out missing answers, and nothing else.
func TestErrorsOnly(t *testing.T) {
	r, missing := newTestReader(t), 0
	for _, text := range []string{
		jsonRecord("a"), yamlRecord("a"), strings.Replace(jsonRecord("a"), "granularity", "keyword", 1), strings.Replace(yamlRecord("a"), "mode", "formats", 1),
		`{"descriptorVersion":"1.0","dataset":{"identifier":"c","titel":"x","theme":"x"}}`, "{}", "{",
	} {
		source, all := r.Read("x", strings.NewReader(text))
		only, errs := r.ErrorsOnly().Read("x", strings.NewReader(text))
		want := slices.DeleteFunc(slices.Clone(all), func(p Problem) bool { return p.Severity == SeverityIncomplete })
		if format(r, errs) != format(r, want) {
			t.Errorf("%s\n%s\nnot\n%s", text, format(r, errs), format(r, want))
		}
		if (source == nil) != (only == nil) || source != nil && !reflect.DeepEqual(source.Dataset, only.Dataset) {
			t.Errorf("%s is read as something else", text)
		}
		missing += len(all) - len(errs)
	}
	if missing < 5 {
		t.Errorf("%d answers are missing", missing)
	}
}
