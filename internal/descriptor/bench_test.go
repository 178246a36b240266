package descriptor

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

// sampleYAML is a descriptor of an ordinary dataset with as many columns.
func sampleYAML(columns int) string {
	var b strings.Builder
	b.WriteString(`descriptorVersion: "1.0"
assessment: {date: 2026-03-01, stage: decision}
dataset:
  identifier: playgrounds
  title: {fi: Leikkipaikat, sv: Lekplatser, en: Playgrounds}
  description: {en: "The playgrounds of the city with their equipment, year of building and condition."}
  publisher: {name: City of Espoo, identifier: 0101263-6}
  theme: [ENVI, REGI]
  accrualPeriodicity: ANNUAL
  granularity: asset
  rowSubject: asset
schema:
  fields:
`)
	for i := range columns {
		fmt.Fprintf(&b, "    - name: column_%d\n      type: string\n      disclosureRole: none\n      contentKind: structured\n      description: {en: What the column number %d holds}\n", i, i)
	}
	b.WriteString(`profile: {available: yes, rowCount: 412, kMin: 5, uniqueShare: 0.25}
personalData: {sourceRelatesToPersons: no, releaseLevel: not_about_persons}
content: {freeTextReview: no_free_text}
confidentiality: {publicityStatus: public, tradeSecrets: no, pendingMatter: none}
rights: {rightsHolder: publisher, licence: CC-BY-4.0, thirdPartySources: [], contractRestrictions: no}
security: {assetClasses: [none], itDetailsPresent: no}
quality: {misinterpretationRisk: low, errorImpact: low, completenessPct: 98.5}
release: {mode: open_download, formats: [CSV, GeoJSON]}
governance: {competentToDecide: yes, decisionMaker: Head of parks, ownerApproval: yes, nextReviewDate: 2027-12-01}
demand:
  useCases:
    - {title: Family map, actor: company, problem: Where is the next playground, evidence: pilot}
benefit: {strategyLinks: [A city for children]}
mitigations:
  - {code: M20, status: proposed, params: {set: {quality.correctionChannel: yes}}}
`)
	return b.String()
}

// sampleJSON is the same as one line of JSON.
func sampleJSON(t testing.TB, columns int) string {
	var v any
	d := yaml.NewDecoder(strings.NewReader(stringly(sampleYAML(columns))))
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// stringly puts the words in quotes that YAML 1.1 takes for truth values and
// dates.
func stringly(s string) string {
	for _, w := range []string{"yes", "no", "2026-03-01", "2027-12-01"} {
		for _, end := range []string{",", "}"} {
			s = strings.ReplaceAll(s, ": "+w+end, `: "`+w+`"`+end)
		}
	}
	return s
}

func BenchmarkReadYAML(b *testing.B) {
	r, text := newTestReader(b), sampleYAML(20)
	measured(b, len(text), func() {
		if _, problems := r.Read("b.yaml", strings.NewReader(text)); len(problems) > 0 {
			b.Fatal(problems)
		}
	})
}

func BenchmarkReadJSON(b *testing.B) {
	r, text := newTestReader(b), sampleJSON(b, 20)
	measured(b, len(text), func() {
		if _, problems := r.Read("b.json", strings.NewReader(text)); len(problems) > 0 {
			b.Fatal(problems)
		}
	})
}

// BenchmarkReadNDJSON reads a stream of 1000 descriptors: with a measure in each,
// whose values have to be looked at where they stand, and without.
func BenchmarkReadNDJSON(b *testing.B) {
	r, line := newTestReader(b), sampleJSON(b, 20)
	measure := strings.Index(line, `"mitigations":[{`)
	behind := measure + strings.Index(line[measure:], "}]") + len("}],")
	for _, v := range []struct{ name, line string }{{"measures", line}, {"plain", line[:measure] + line[behind:]}} {
		b.Run(v.name, func(b *testing.B) {
			text := strings.Repeat(v.line+"\n", 1000)
			measured(b, len(text), func() {
				n := 0
				err := r.ReadAll("b.ndjson", strings.NewReader(text), func(_ *Source, problems []Problem) error {
					n++
					if len(problems) > 0 {
						b.Fatal(problems)
					}
					return nil
				})
				if err != nil || n != 1000 {
					b.Fatal(n, err)
				}
			})
		})
	}
}

// BenchmarkEncodingJSON is the floor to compare with: encoding/json into the
// same type and the validator, without places, duplicate keys or cross-checks.
func BenchmarkEncodingJSON(b *testing.B) {
	r, text := newTestReader(b), []byte(sampleJSON(b, 20))
	measured(b, len(text), func() {
		var d Dataset
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&d); err != nil {
			b.Fatal(err)
		}
		if err := r.validate.Struct(&d); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkValidate is the validator's share of the above.
func BenchmarkValidate(b *testing.B) {
	r, text := newTestReader(b), sampleYAML(20)
	s, _ := r.Read("b.yaml", strings.NewReader(text))
	b.ReportAllocs()
	for b.Loop() {
		if err := r.validate.Struct(s.Dataset); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCanonical writes a descriptor, and for comparison with encoding/json.
func BenchmarkCanonical(b *testing.B) {
	r := newTestReader(b)
	s, _ := r.Read("b.json", strings.NewReader(sampleJSON(b, 20)))
	memory := s.Dataset.Canonical()
	b.Run("appended", func(b *testing.B) {
		measured(b, len(memory), func() { memory = s.Dataset.AppendCanonical(memory[:0]) })
	})
	b.Run("encoding-json", func(b *testing.B) {
		measured(b, len(memory), func() { encoded(b, s.Dataset) })
	})
}

// measured repeats an operation on so many bytes and tells the processor time as a
// speed, which other load on the machine does not change much.
func measured(b *testing.B, size int, do func()) {
	b.Helper()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	before := processorTime(b)
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(processorTime(b)-before).Seconds(), "cpu-MB/s")
}

func processorTime(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
