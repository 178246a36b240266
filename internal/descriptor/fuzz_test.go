package descriptor

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func addSeeds(f *testing.F) {
	for _, c := range problemCases {
		if len(c.text) < 4000 {
			f.Add([]byte(c.text))
		}
	}
	f.Add([]byte(sampleYAML(2)))
	f.Add([]byte(sampleJSON(f, 2)))
	f.Add([]byte(jsonRecord("a") + "\n" + jsonRecord("b")))
	f.Add([]byte(yamlRecord("a") + "---\n" + yamlRecord("b")))
}

// checkSource holds what is read without an error to what the rest of the
// program relies on.
func checkSource(t *testing.T, r *Reader, s *Source, problems []Problem) {
	t.Helper()
	for _, p := range problems {
		checkProblem(t, r, p)
	}
	if s == nil {
		if !HasErrors(problems) {
			t.Fatal("nothing read and no error")
		}
		return
	}
	for _, path := range []string{"", "schema.fields[0].name", "mitigations[0].params.set.profile.kMin"} {
		if line, column := s.Position(path); line < 1 || column < 1 {
			t.Errorf("%s is at %d:%d", path, line, column)
		}
	}
	if HasErrors(problems) {
		return
	}
	if err := r.validate.Struct(s.Dataset); err != nil && !strings.Contains(err.Error(), "'email'") {
		t.Errorf("read without error, but %v", err)
	}
	canonical := s.Dataset.Canonical()
	again, problems := r.Read("again", bytes.NewReader(canonical))
	if HasErrors(problems) {
		t.Fatalf("canonical form is refused: %s\n%s", canonical, format(r, problems))
	}
	if got := again.Dataset.Canonical(); !bytes.Equal(got, canonical) {
		t.Errorf("canonical form changes:\n%s\n%s", canonical, got)
	}
}

func FuzzRead(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		r := newTestReader(t)
		checkDirect(t, r, string(data))
		s, problems := r.Read("fuzz", bytes.NewReader(data))
		checkSource(t, r, s, problems)
		if isJSON(data) && s != nil && !HasErrors(problems) && !json.Valid(bytes.TrimPrefix(data, []byte("\uFEFF"))) {
			t.Error("encoding/json refuses it")
		}
	})
}

func FuzzReadAll(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		r := newTestReader(t)
		r.MaxBytes, r.MaxValues = 5000, 1000
		n := 0
		err := r.ReadAll("fuzz", bytes.NewReader(data), func(s *Source, problems []Problem) error {
			n++
			checkSource(t, r, s, problems)
			return nil
		})
		if err != nil || n == 0 {
			t.Errorf("%d records, %v", n, err)
		}
		was := bytes.Clone(data)
		err = r.ReadAll("fuzz", bytes.NewBuffer(data), func(*Source, []Problem) error {
			n--
			return nil
		})
		if err != nil || n != 0 || !bytes.Equal(data, was) {
			t.Errorf("%d records more than read where they lie, %v", n, err)
		}
	})
}
