package descriptor

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"puntari/internal/checklist"
)

// What is written is read back the same.
func TestWriteYAML(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(c)
	files, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := r.Read(file, bytes.NewReader(data))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		var b bytes.Buffer
		if err := WriteYAML(&b, s.Dataset, map[string]string{"dataset.rowSubject": "from a\nrecord"}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "# from a record") {
			t.Errorf("%s: the note is missing:\n%s", file, b.String())
		}
		again, problems := r.Read(file, bytes.NewReader(b.Bytes()))
		if len(problems) > 0 {
			t.Fatalf("%s: %v\n%s", file, problems, b.String())
		}
		if got, want := again.Dataset.Canonical(), s.Dataset.Canonical(); !bytes.Equal(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", file, got, want)
		}
	}
	tricky := &Dataset{}
	for path, v := range map[string]string{"dataset.identifier": "00100", "governance.recordId": "1e3", "maintenance.owner": "# not a note: \"x\"", "governance.decisionRule": "two\nlines", "governance.retentionClass": "", "governance.decisionMaker": "yes"} {
		if err := tricky.Set(path, v); err != nil {
			t.Fatal(err)
		}
	}
	tricky.Dataset.Title = LangText{"en": "null"}
	var b bytes.Buffer
	if err := WriteYAML(&b, tricky, nil); err != nil {
		t.Fatal(err)
	}
	again, _ := r.Read("x", bytes.NewReader(b.Bytes()))
	if again == nil || !bytes.Equal(again.Dataset.Canonical(), tricky.Canonical()) {
		t.Errorf("%s", b.String())
	}
}
