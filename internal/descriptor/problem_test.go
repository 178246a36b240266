package descriptor

import (
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// head is the least that a YAML descriptor needs; JSON cases write it out.
const head = `descriptorVersion: "1.0"
dataset: {identifier: benches, title: Benches, granularity: asset, rowSubject: asset}
personalData: {sourceRelatesToPersons: no}
release: {mode: open_download}
`

const jsonHead = `{"descriptorVersion": "1.0",
 "dataset": {"identifier": "benches", "title": "Benches", "granularity": "asset", "rowSubject": "asset"},
 "personalData": {"sourceRelatesToPersons": "no"},
 "release": {"mode": "open_download"}`

// problemCases show every problem at least once: the text that has it and the
// codes that are found in it, in order.
var problemCases = []struct {
	name, text, codes string
}{
	{"empty", "", "empty"},
	{"only comments", "# nothing yet\n\n---\n# still nothing\n", "empty"},
	{"UTF-16", "\xFF\xFEd\x00a\x00t\x00", "wrong_encoding"},
	{"UTF-16 without mark", "d\x00a\x00t\x00a\x00", "wrong_encoding"},
	{"UTF-32", "\x00\x00\xFE\xFF\x00\x00\x00{", "wrong_encoding"},
	{"Latin-1", head + "temporal: {}\nspatial:\n  trajectories: n\xE4in\n", "invalid_utf8"},
	{"Latin-1 in JSON", jsonHead + ",\n \"maintenance\": {\"owner\": \"P\xE4ivi\"}}", "invalid_utf8"},
	{"NUL", head + "maintenance: {owner: a\x00b}\n", "control_character"},
	{"invisible line separator", head + "maintenance: {owner: a\u2028b}\n", "control_character"},
	{"control character by number", head + "maintenance: {owner: \"a\\x07b\"}\n", "control_character"},
	{"control character in JSON", jsonHead + ",\n \"maintenance\": {\"owner\": \"a\x1Bb\"}}", "control_character"},
	{"control character between JSON values", "{\x01}", "control_character"},
	{"workbook", "PK\x03\x04\x14\x00\x06\x00", "not_text"},
	{"old workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "not_text"},
	{"PDF", "%PDF-1.7\n", "not_text"},
	{"gzip", "\x1F\x8B\x08\x00", "not_text"},
	{"image", "\x89PNG\r\n\x1A\n", "not_text"},
	{"Parquet", "PAR1\x15\x00", "not_text"},
	{"web page", "\n  <!DOCTYPE html>\n", "markup"},
	{"a list", "- a\n- b\n", "not_descriptor"},
	{"a text", "park;bench\n1;2\n", "not_descriptor"},
	{"a JSON list", "[{}, {}]", "not_descriptor"},
	{"null", "---\nnull\n", "not_descriptor"},
	{"second document", head + "---\n" + head, "several_documents"},
	{"second document behind CR", strings.ReplaceAll(head+"---\n"+head, "\n", "\r"), "several_documents"},
	{"second JSON value", jsonHead + "}\n{\"a\": 1}", "several_documents"},
	{"rest behind JSON", jsonHead + "}\n}", "json_trailing"},

	{"tab", head + "spatial:\n\ttrajectories: no\n", "yaml_tab"},
	{"second colon", "dataset:\n  identifier: benches\n  title: Benches: all of them\n", "yaml_colon"},
	{"colon at the end", "dataset:\n  identifier: benches: b:\n", "yaml_colon"},
	{"no colon", "dataset:\n  identifier: benches\n  title Benches\n  rowSubject: asset\n", "yaml_missing_colon"},
	{"no space behind colon", "descriptorVersion: \"1.0\"\ndataset:\n  identifier:benches\n  rowSubject: asset\n", "yaml_missing_colon"},
	{"open quote", "dataset:\n  identifier: 'benches\n  rowSubject: asset\n", "yaml_quote"},
	{"text behind quote", "dataset:\n  title: \"Benches\" of the city\n  rowSubject: asset\n", "yaml_after_quote"},
	{"open bracket", "dataset:\n  theme: [ENVI, REGI\n  rowSubject: asset\n", "yaml_bracket"},
	{"bracket too many", "dataset: {identifier: benches}}\n", "yaml_bracket"},
	{"bracket to the end", "schema: {fields: [\n  {name: a},\n  {name: b}\n", "yaml_bracket"},
	{"brackets that do not match", "dataset:\n  keyword: [a, 'b]', \"c\", it's] # fine\n  theme: [ENVI, {a: b]\n", "yaml_bracket"},
	{"comma forgotten", "dataset:\n  keyword: [a, b, # two\n    c]\n  theme: [\"ENVI\" \"REGI\"]\n", "yaml_after_quote"},
	{"comment in open brackets", "dataset:\n  theme: [ENVI, # and so on", "yaml_bracket"},
	{"open quote in brackets", "dataset:\n  theme: [ENVI, 'REGI]\n", "yaml_quote"},
	{"open quote behind others", "dataset:\n  identifier: 'it''s'\n  title: \"a \\\" b\"\n  keyword: \"parks\n", "yaml_quote"},
	{"list set in below a value", "dataset:\n  identifier: a\n    - b: c\n", "yaml_indent"},
	{"indentation", "dataset:\n  identifier: benches\n   title: Benches\n rowSubject: asset\n", "yaml_indent"},
	{"outdented", "schema:\n  fields:\n    - name: a\n   - name: b\n", "yaml_indent"},
	{"key below list", "- a\nb: 1\n", "yaml_indent"},
	{"reserved sign", "maintenance:\n  owner: @parks\n", "yaml_start"},
	{"asterisk", "dataset:\n  keyword: [*.csv]\n", "yaml_start"},
	{"asterisk with a space", "dataset:\n  keyword: * a\n", "yaml_start"},
	{"unknown anchor", "dataset:\n  keyword: *parks\n", "yaml_anchor"},
	{"backslash", "maintenance:\n  owner: \"C:\\data\"\n", "yaml_escape"},
	{"list on the same line", "dataset:\n  keyword: - parks\n", "yaml_dash"},
	{"two roots", "{a: b}\nc\n", "json_key"},
	{"bad directive", "%YAML x\n---\na: 1\n", "yaml_syntax"},
	{"merge key", head + "spatial: &s {trajectories: no}\ntemporal:\n  <<: *s\n", "merge_key"},
	{"tag", head + "maintenance: !!python/object:os.system {owner: rm}\n", "tag"},
	{"binary tag", head + "maintenance: {owner: !!binary aGVq}\n", "tag"},
	{"alias bomb", head + aliasBomb(), "unknown_section unknown_section unknown_section unknown_section alias_limit unknown_section unknown_section"},
	{"alias cycle", head + "impact: {groupsDescribed: &g [*g]}\n", "alias_cycle"},
	{"deep YAML", "a: " + strings.Repeat("[", 80) + strings.Repeat("]", 80), "unknown_section missing missing missing missing_answer missing_answer missing_answer missing_answer deep_nesting"},
	{"very deep YAML", "a: " + strings.Repeat("[", 20_000), "deep_nesting"},

	{"JSON name without quotes", "{dataset: {}}", "json_key"},
	{"JSON number as name", "{1: {}}", "json_key"},
	{"single quotes", "{'dataset': {}}", "json_quote"},
	{"curly quotes", "{“dataset”: {}}", "json_quote"},
	{"no JSON colon", "{\"dataset\" {}}", "json_colon"},
	{"no JSON comma", "{\"dataset\": {\"identifier\": \"a\"\n  \"title\": \"b\"}}", "json_comma"},
	{"JSON comma too many", "{\"dataset\": {\"identifier\": \"a\",}}", "json_extra_comma"},
	{"two JSON commas", "{\"dataset\": {\"theme\": [\"ENVI\",,\"REGI\"]}}", "json_extra_comma"},
	{"JSON comma at the end of a list", "{\"dataset\": {\"theme\": [\"ENVI\", ]}}", "json_extra_comma"},
	{"wrong JSON bracket", "{\"schema\": {\"fields\": [\n  {\"name\": \"a\"}\n}}", "json_close"},
	{"JSON ends", "{\"schema\": {\"fields\": [\n  {\"name\": \"a\"}", "json_end"},
	{"JSON ends behind colon", "{\"schema\":", "json_end"},
	{"JSON ends behind name", "{\"schema\"", "json_end"},
	{"JSON ends behind comma", "{\"a\": [1,", "json_end"},
	{"open JSON quote", "{\"dataset\": {\"identifier\": \"benches,\n  \"title\": \"b\"}}", "json_string"},
	{"JSON quote to the end", "{\"dataset", "json_string"},
	{"JSON quote to the end behind escape", "{\"data\\u0073et", "json_string"},
	{"JSON backslash", "{\"maintenance\": {\"owner\": \"C:\\data\"}}", "json_escape"},
	{"half a surrogate pair", `{"maintenance": {"owner": "\ud83d"}}`, "json_escape"},
	{"JSON code without quotes", "{\"dataset\": {\"identifier\": 00100}}", "json_number"},
	{"JSON date without quotes", "{\"assessment\": {\"date\": 2026-03-01}}", "json_number"},
	{"JSON number with an end", "{\"profile\": {\"kMin\": 5.}}", "json_number"},
	{"JSON decimal comma", "{\"profile\": {\"uniqueShare\": 0,25}}", "json_number"},
	{"JSON minus", "{\"profile\": {\"kMin\": -}}", "json_number"},
	{"JSON word", "{\"dataset\": {\"identifier\": benches}}", "json_word"},
	{"Python words", "{\"dataset\": {\"identifier\": None}}", "json_word"},
	{"JSON comment", "{// the dataset\n\"dataset\": {}}", "json_comment"},
	{"JSON character", "{\"dataset\": §}", "json_character"},
	{"deep JSON", jsonHead + ", \"params\": " + strings.Repeat("[", 80) + strings.Repeat("]", 80) + "}", "unknown_section deep_nesting"},

	{"duplicate key", head + "spatial: {trajectories: no}\nspatial: {trajectories: yes}\n", "duplicate_key"},
	{"duplicate JSON key", jsonHead + ",\n \"spatial\": {\"trajectories\": \"no\",\n \"trajectories\": \"no\"}}", "duplicate_key"},
	{"duplicate language", head + "quality: {}\nschema: {fields: [{name: a, description: {fi: a, fi: b}}]}\n", "duplicate_key"},
	{"list as key", head + "? [a, b]\n: c\n", "key_kind"},
	{"unknown section", head + "personal_data: {}\n", "unknown_section"},
	{"unlike any section", head + "zzz: {}\n", "unknown_section"},
	{"field at the root", head + "smallPopulation: no\n", "unknown_section"},
	{"path at the root", head + "spatial.trajectories: no\n", "unknown_section"},
	{"section within a section", head + "temporal:\n  schema: {}\n", "unknown_field"},
	{"misspelt field", head + "governance:\n  competentToDeside: yes\n", "unknown_field"},
	{"field in another way of writing", head + "governance:\n  owner-approval: yes\n", "unknown_field"},
	{"field of another section", head + "quality:\n  smallPopulation: no\n", "unknown_field"},
	{"misspelt field of another section", head + "quality:\n  smallPopulatoin: no\n", "unknown_field"},
	{"field of two other sections", head + "quality:\n  minCellCount: 5\n", "unknown_field"},
	{"unlike any field", head + "temporal:\n  zzz: 1\n", "unknown_field"},
	{"unknown field of a column", head + "schema:\n  fields:\n    - {name: age, role: none}\n", "unknown_field"},
	{"braces in a name", head + "quality:\n  \"{found}{path}\": 1\n", "unknown_field"},
	{"list for one value", head + "spatial: {trajectories: [yes, no]}\n", "wrong_kind"},
	{"text for a section", head + "spatial: everywhere\n", "wrong_kind"},
	{"section for a text", head + "maintenance: {owner: {name: Parks}}\n", "wrong_kind"},
	{"section for a list of texts", head + "quality: {}\nimpact: {groupsDescribed: {a: b}}\n", "wrong_kind"},
	{"section for a list of sections", head + "schema: {fields: {name: a}}\n", "wrong_kind"},
	{"text as a column", head + "schema: {fields: [a, b]}\n", "wrong_kind wrong_kind"},
	{"list for a number", head + "profile: {kMin: [5]}\n", "wrong_kind"},
	{"number for a section", head + "profile: 12\n", "wrong_kind"},
	{"list for a title", strings.Replace(head, "title: Benches", "title: [Benches]", 1), "wrong_kind"},
	{"list for params", head + "mitigations: [{code: M20, params: [a]}]\n", "wrong_kind"},
	{"list for params.set", head + "mitigations: [{code: M20, params: {set: [a]}}]\n", "wrong_kind"},
	{"empty entry", head + "impact:\n  groupsDescribed:\n    - children\n    -\n", "empty_entry"},
	{"empty column", head + "schema:\n  fields:\n    - name: a\n    -\n", "empty_entry"},
	{"language code", strings.Replace(head, "title: Benches", "title: {FI: Penkit, english: Benches}", 1), "language_code language_code"},

	{"nothing given", "dataset:\n  description: Benches\n", "missing missing missing missing_answer missing_answer missing_answer missing_answer"},
	{"misspelt names are not missing", "descriptorVersion: \"1.0\"\ndataset:\n  identifer: a\n  titel: b\n  granularity: asset\n  rowSubject: asset\npersonalData: {sourceRelatesToPersons: no}\nrelease: {mode: open_download}\n", "unknown_field unknown_field"},
	{"column without a name", head + "schema:\n  fields:\n    - name: a\n    - type: string\n", "missing"},
	{"blank title", strings.Replace(head, "title: Benches", "title: {fi: ' '}", 1), "blank"},
	{"blank identifier", strings.Replace(head, "identifier: benches", "identifier: ''", 1), "blank"},
	{"blank column name", head + "schema: {fields: [{name: ''}]}\n", "blank"},
	{"blank value", head + "spatial: {trajectories: ''}\n", "blank"},
	{"blank measure", head + "mitigations: [{code: ''}]\n", "blank"},
	{"misspelt value", strings.Replace(head, "granularity: asset", "granularity: aset", 1), "not_allowed"},
	{"label for a value", head + "quality: {errorImpact: Suuri}\n", "not_allowed"},
	{"unlike any value", head + "security: {assetClasses: [none, zzzzz]}\n", "not_allowed"},
	{"value of a column", head + "schema:\n  fields:\n    - {name: age, disclosureRole: quasi}\n", "not_allowed"},
	{"capital letter", head + "spatial: {trajectories: Yes}\n", "not_allowed"},
	{"kyllä", head + "spatial: {trajectories: kyllä}\n", "not_allowed"},
	{"true", head + "spatial: {trajectories: true}\n", "yes_or_no"},
	{"JSON false", jsonHead + ", \"spatial\": {\"trajectories\": false}}", "yes_or_no"},
	{"no number", head + "profile: {rowCount: many}\n", "not_number"},
	{"spaces in a number", head + "profile: {rowCount: 1 000 000}\n", "not_number"},
	{"unknown with a capital", head + "profile: {rowCount: Unknown}\n", "not_number"},
	{"hexadecimal", head + "profile: {rowCount: 0x1F}\n", "not_number"},
	{"infinite", head + "profile: {rowCount: 1e999}\n", "not_number"},
	{"decimal comma", head + "profile: {uniqueShare: '0,25'}\n", "decimal_comma"},
	{"decimal or thousand", head + "profile: {rowCount: '1,000'}\n", "decimal_comma"},
	{"not whole", head + "profile: {kMin: 5.5}\n", "not_whole"},
	{"too small", head + "profile: {kMin: 0}\n", "too_small"},
	{"too big", head + "profile: {uniqueShare: 1.5}\n", "too_big"},
	{"no date", head + "assessment: {date: soon}\n", "not_date"},
	{"Finnish date", head + "assessment: {date: 1.3.2026}\n", "not_date"},
	{"time", head + "assessment: {date: 2026-03-01T12:00:00Z}\n", "not_date"},
	{"no such day", head + "assessment: {date: 2026-02-30}\n", "not_date"},
	{"Unknown date", head + "assessment: {date: Unknown}\n", "not_date"},
	{"no duration", head + "temporal: {releaseLag: 2 days}\n", "not_duration"},
	{"small letters", head + "temporal: {releaseLag: p2d}\n", "not_duration"},
	{"no address", strings.Replace(head, "open_download", "open_download, conformsTo: [www.example.org]", 1), "not_uri"},
	{"no web address", head + "dataset2: {}\nrights: {}\ntemporal: {}\nschema: {fields: [{name: a, codeList: my codes}]}\n", "unknown_section not_uri"},
	{"no e-mail", strings.Replace(head, "title: Benches", "title: Benches, contactPoint: {email: parks}", 1), "not_email"},
	{"version", strings.Replace(head, `"1.0"`, "1.1", 1), "wrong_version"},
	{"duplicate column", head + "schema:\n  fields:\n    - {name: age}\n    - {name: sex}\n    - {name: age}\n", "duplicate_column"},
	{"unknown measure", head + "mitigations: [{code: M2O}]\n", "unknown_measure"},
	{"measure without a code", head + "mitigations: [{status: proposed}]\n", "missing"},
	{"unknown column", head + "schema: {fields: [{name: age}, {name: sex}]}\nmitigations: [{code: M01, fields: [agee]}]\n", "unknown_column"},
	{"no columns", head + "mitigations: [{code: M01, fields: [age]}]\n", "no_columns"},
	{"two names", head + "schema: {fields: [{name: a}, {name: b}]}\nmitigations:\n  - {code: M04, params: {unit: district}, parameters: {unit: region}, fields: [a], target: b}\n", "both_names both_names"},
	{"misspelt detail", head + "schema: {fields: [{name: a}]}\nmitigations: [{code: M04, fields: [a], params: {unti: district}}]\n", "unknown_detail"},
	{"value of a detail", head + "schema: {fields: [{name: a}]}\nmitigations: [{code: M04, fields: [a], params: {unit: distrikt}}]\n", "not_allowed"},
	{"set of an unknown field", head + "mitigations: [{code: M20, params: {set: {quality.corectionChannel: yes}}}]\n", "set_unknown"},
	{"set of an unlike field", head + "mitigations: [{code: M20, params: {set: {zzz: yes}}}]\n", "set_unknown"},
	{"set of a section", head + "mitigations: [{code: M20, params: {set: {quality: {}}}}]\n", "set_unknown"},
	{"set of a field that does not change", head + "mitigations: [{code: M20, params: {set: {spatial.trajectories: no}}}]\n", "set_not_allowed"},
	{"set of a fixed field", head + "mitigations: [{code: M20, params: {set: {quality.limitationsStatement: no}}}]\n", "set_fixed"},
	{"set of a wrong value", head + "mitigations: [{code: M15, params: {set: {temporal.releaseLag: 1 day}}}]\n", "not_duration"},
	{"set of a wrong number", head + "mitigations: [{code: M02, params: {set: {profile.uniqueShare: 2, profile.kMin: five}}}]\n", "too_big not_number"},
	{"set of an attribute", head + "schema: {fields: [{name: a}]}\nmitigations: [{code: M02, fields: [a], params: {set: {columns.transforms: [rounding]}}}]\n", "not_allowed"},
	{"empty entry in set", head + "mitigations: [{code: M01, params: {set: {schema.joinKeys: [~]}}}]\n", "empty_entry"},
	{"set under the older name", head + "mitigations: [{code: M15, parameters: {set: {temporal.releaseLag: 1 day}}}]\n", "not_duration"},
	{"long line", head + "impact: {groupsDescribed: [" + strings.Repeat("ä, ", 100) + "[], " + strings.Repeat("ö, ", 100) + "ö]}\n", "wrong_kind"},
	{"emoji before the place", head + "temporal: {releaseLag: P1D, \"😀ä\": 1}\n", "unknown_field"},
	{"escape sequence", head + "\"\\e[31mred\": 1\n", "unknown_section"},
}

func aliasBomb() string {
	var b strings.Builder
	b.WriteString("x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n")
	for i := 1; i < 6; i++ {
		n, p := strconv.Itoa(i), strconv.Itoa(i-1)
		b.WriteString("x" + n + ": &x" + n + " [" + strings.Repeat("*x"+p+", ", 9) + "*x" + p + "]\n")
	}
	return b.String()
}

func fileName(text string) string {
	if isJSON([]byte(text)) {
		return "test.json"
	}
	return "test.yaml"
}

func TestProblems(t *testing.T) {
	r := newTestReader(t)
	var golden strings.Builder
	for _, c := range problemCases {
		_, problems := r.Read(fileName(c.text), strings.NewReader(c.text))
		var codes []string
		golden.WriteString("=== " + c.name + "\n")
		for _, p := range problems {
			codes = append(codes, p.Code)
			golden.WriteString(p.Format(r.catalogue, "en"))
		}
		if got := strings.Join(codes, " "); got != c.codes {
			t.Errorf("%s: found %s, want %s\n%s", c.name, got, c.codes, format(r, problems))
		}
	}
	compareGolden(t, "problems.en.txt", golden.String())
}

// TestProblemsInOtherLanguages shows some of the same in Finnish and Swedish.
func TestProblemsInOtherLanguages(t *testing.T) {
	r := newTestReader(t)
	for _, lang := range []string{"fi", "sv"} {
		var golden strings.Builder
		for _, c := range problemCases {
			_, problems := r.Read("-", strings.NewReader(c.text))
			golden.WriteString("=== " + c.name + "\n")
			for _, p := range problems {
				golden.WriteString(p.Path + ": " + p.Text(r.catalogue, lang) + "\n")
			}
		}
		compareGolden(t, "problems."+lang+".txt", golden.String())
	}
}

func format(r *Reader, problems []Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.Format(r.catalogue, "en"))
	}
	return b.String()
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(gotLines), len(wantLines)) {
		if i >= len(gotLines) || i >= len(wantLines) || gotLines[i] != wantLines[i] {
			t.Fatalf("%s:%d differs (run with -update and look at the change):\n got %q\nwant %q", path, i+1, line(gotLines, i), line(wantLines, i))
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

// problemCodes reads the codes from the source, so that none is forgotten.
func problemCodes(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if !strings.HasPrefix(v.Names[0].Name, "code") {
				continue
			}
			code, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, code)
		}
	}
	return codes
}

// TestEveryCodeHasMessage holds the codes, the messages and the cases together.
func TestEveryCodeHasMessage(t *testing.T) {
	r := newTestReader(t)
	var shown strings.Builder
	for _, c := range problemCases {
		shown.WriteString(" " + c.codes)
	}
	elsewhere := []string{codeReadFailed, codeTooLarge, codeTooManyValues, codeMore, codeInvalid} // see other tests
	inCases := strings.Fields(shown.String())
	codes := problemCodes(t)
	for _, code := range codes {
		text, ok := r.catalogue.Messages["problem."+code]
		if !ok {
			t.Errorf("problem.%s has no message", code)
		}
		for _, lang := range []string{"en", "fi", "sv"} {
			if text[lang] == "" {
				t.Errorf("problem.%s has no text in %s", code, lang)
			}
		}
		if !slices.Contains(inCases, code) && !slices.Contains(elsewhere, code) {
			t.Errorf("problem.%s is shown in no case", code)
		}
	}
	for key := range r.catalogue.Messages {
		code, ok := strings.CutPrefix(key, "problem.")
		if strings.Contains(code, ".") {
			continue // parts of sentences, and problems of other packages
		}
		if ok && !slices.Contains(codes, code) {
			t.Errorf("%s is the message of no code", key)
		}
	}
	for _, key := range partKeys() {
		for _, lang := range []string{"en", "fi", "sv"} {
			if r.catalogue.Messages[key][lang] == "" {
				t.Errorf("%s has no text in %s", key, lang)
			}
		}
	}
}

func partKeys() []string {
	keys := []string{partStandardInput, partField, partColumnField, partMeasure}
	for _, h := range hints {
		keys = append(keys, h.key)
	}
	for k := kindText; k <= kindGroups; k++ {
		keys = append(keys, partKind+k.expected())
	}
	for _, n := range []node{{kind: nodeList}, {kind: nodeMapping}, {kind: nodeText}, {kind: nodeText, plain: true, text: "1"}, {}} {
		keys = append(keys, partKind+kindOf(&n))
	}
	for _, m := range magic {
		keys = append(keys, partKind+m.kind)
	}
	return keys
}

// TestPlaceholders makes sure that the texts of a message use the same
// placeholders in all languages.
func TestPlaceholders(t *testing.T) {
	r := newTestReader(t)
	for key, text := range r.catalogue.Messages {
		if !strings.HasPrefix(key, "problem.") {
			continue
		}
		want := placeholders(text["en"])
		for lang, s := range text {
			if got := placeholders(s); !slices.Equal(got, want) {
				t.Errorf("%s in %s has %v, in en %v", key, lang, got, want)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// checkProblem tells what a problem lacks, whatever it is about.
func checkProblem(t *testing.T, r *Reader, p Problem) {
	t.Helper()
	if p.File == "" || p.Line < 1 || p.Column < 1 || p.Caret < 0 || p.Severity == "" {
		t.Errorf("incomplete problem: %+v", p)
	}
	text, ok := r.catalogue.Messages["problem."+p.Code]
	if !ok {
		t.Fatalf("unknown code: %+v", p)
	}
	words := p.words(r.catalogue, "en")
	for _, name := range placeholders(text["en"]) {
		if words[strings.Trim(name, "{}")] == "" {
			t.Errorf("%s lacks %s: %+v", p.Code, name, p)
		}
	}
	for _, h := range hints {
		if p.Params[h.param] == "" {
			continue
		}
		for _, name := range placeholders(r.catalogue.Messages[h.key]["en"]) {
			if words[strings.Trim(name, "{}")] == "" {
				t.Errorf("%s lacks %s of a hint: %+v", p.Code, name, p)
			}
		}
	}
	if strings.ContainsFunc(p.Format(r.catalogue, "en"), func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' }) {
		t.Errorf("control characters in %q", p.Format(r.catalogue, "en"))
	}
	if n := len([]rune(p.Excerpt)); n > excerptRunes+2 || p.Caret > n {
		t.Errorf("excerpt of %d characters, caret at %d", n, p.Caret)
	}
}

func TestCaret(t *testing.T) {
	r := newTestReader(t)
	for _, c := range []struct{ name, text, want string }{
		{"tab within the line", head + "spatial:\n  trajectories:\tmaybe\n", "test.yaml:6:17:\n      trajectories:\tmaybe\n                   \t^\n"},
		{"wide characters", head + "spatial: {\"ä😀\": 1}\n", "test.yaml:5:11:\n    spatial: {\"ä😀\": 1}\n              ^\n"},
		{"CRLF", strings.ReplaceAll(head+"spatial:\n  trajectories: maybe\n", "\n", "\r\n"), "test.yaml:6:17:\n      trajectories: maybe\n                    ^\n"},
		{"CR", strings.ReplaceAll(head+"spatial:\n  trajectories: maybe\n", "\n", "\r"), "test.yaml:6:17:\n      trajectories: maybe\n                    ^\n"},
		{"byte-order mark", "\uFEFFzzz: 1\n" + head, "test.yaml:1:1:\n    zzz: 1\n    ^\n"},
		{"JSON", "\uFEFF" + jsonHead + ",\n\t\"ä😀\": 1, \"spatial\": {\"trajectories\": \"maybe\"}}", "test.yaml:5:2:\n    \t\"ä😀\": 1, \"spatial\": {\"trajectories\": \"maybe\"}}\n    \t^\n"},
	} {
		_, problems := r.Read("test.yaml", strings.NewReader(c.text))
		if len(problems) == 0 {
			t.Errorf("%s: no problem", c.name)
			continue
		}
		got := problems[0].Format(r.catalogue, "en")
		first, rest, _ := strings.Cut(got, "\n")
		place := strings.Join(strings.SplitN(first, ":", 4)[:3], ":") + ":\n"
		if got = place + rest; got != c.want {
			t.Errorf("%s:\n%s%q, want\n%s%q", c.name, got, got, c.want, c.want)
		}
	}
}

func TestStandardInput(t *testing.T) {
	r := newTestReader(t)
	_, problems := r.Read("-", strings.NewReader(""))
	for lang, want := range map[string]string{"en": "standard input:1:1: ", "fi": "vakiosyöte:1:1: ", "sv": "standardinmatning:1:1: "} {
		if got := problems[0].Format(r.catalogue, lang); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q at the start", got, want)
		}
	}
}

func TestReadFailure(t *testing.T) {
	r := newTestReader(t)
	broken := func() io.Reader {
		return io.MultiReader(strings.NewReader(head), iotest.ErrReader(errors.New("cable pulled")))
	}
	_, problems := r.Read("test.yaml", broken())
	if got := format(r, problems); !strings.Contains(got, "Reading stopped before the end of the file: cable pulled") {
		t.Error(got)
	}
	var codes []string
	err := r.ReadAll("test.yaml", broken(), func(_ *Source, problems []Problem) error {
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
		return nil
	})
	if err != nil || !slices.Contains(codes, codeReadFailed) {
		t.Error(codes, err)
	}
}
