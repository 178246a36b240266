package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// invoke runs the command line and returns its exit status and what it wrote.
func invoke(t *testing.T, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = Main(t.Context(), args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

// A form goes all the way: made from a description, checked, assessed, turned
// back into a description.
func TestForm(t *testing.T) {
	dir := t.TempDir()
	form, back := filepath.Join(dir, "form.xlsx"), filepath.Join(dir, "back.yaml")
	const from = "../../examples/street-lights.yaml"
	for _, step := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"form"}, exitFailed, "-o"},
		{[]string{"form", "-o", form, "--lang", "sv", "--from", from}, exitDone, form},
		{[]string{"form", "-o", form}, exitFailed, "--force"},
		{[]string{"check", form}, exitDone, "no problems"},
		{[]string{"assess", form}, exitDone, "INSUFFICIENT_INFORMATION"},
		{[]string{"questions", form}, exitDone, "These answers decide"},
		{[]string{"assess", form, "-o", form}, exitFailed, "holds what"},
		{[]string{"import", form, "-o", back}, exitDone, ""},
		{[]string{"form", "-o", form, "--force", "--lang", "fi"}, exitDone, form},
		{[]string{"check", form}, exitFailed, "taulukko"},
	} {
		args := step.args
		if args[0] == "check" && step.says == "taulukko" {
			args = append(args, "--lang", "fi")
		}
		status, out, errs := invoke(t, "", args...)
		if status != step.status || !strings.Contains(out+errs, step.says) {
			t.Errorf("%v: %d\n%s%s", args, status, out, errs)
		}
	}
	_, want, _ := invoke(t, "", "assess", from, "--format", "json")
	_, got, _ := invoke(t, "", "assess", back, "--format", "json")
	if want = strings.Replace(want, "street-lights.yaml", "back.yaml", 1); got != want || got == "" {
		t.Error("a description that went through a form is assessed otherwise")
	}
}

// A workbook that is no form, and a file that only begins like one.
func TestNoForm(t *testing.T) {
	dir := t.TempDir()
	report := filepath.Join(dir, "report.xlsx")
	if status, _, errs := invoke(t, "", "assess", "../../examples/park-benches.yaml", "-o", report); status != exitDone {
		t.Fatal(errs)
	}
	if status, _, errs := invoke(t, "", "check", report); status != exitFailed || !strings.Contains(errs, "not an intake form") {
		t.Errorf("%d %s", status, errs)
	}
	if status, _, errs := invoke(t, "PK\x03\x04 nothing", "check", "-"); status != exitFailed || !strings.Contains(errs, "not an Excel workbook") {
		t.Errorf("%d %s", status, errs)
	}
}

// An interview is saved, stopped and taken up again; the end of the input is an
// error.
func TestInterview(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "new.yaml")
	for _, step := range []struct {
		input  string
		args   []string
		status int
		says   string
		holds  string // in the file afterwards
	}{
		{"", []string{"interview"}, exitFailed, "Name the file", ""},
		{"", []string{"interview", file}, exitFailed, "before anything was answered", ""},
		{"benches\n", []string{"interview", file}, exitFailed, "before the interview did", "identifier: benches\n"},
		{"Benches\n5\nq\n", []string{"interview", file}, exitDone, "Stopped", "granularity: asset\n"},
		{"asset\nno\n1\nq\n", []string{"interview", file}, exitDone, "Stopped", "sourceRelatesToPersons: no\n"},
		{"q\n", []string{"interview", file, "-o", file}, exitDone, "Nothing was answered", "mode: open_download\n"},
		{"id\nq\n", []string{"interview", file, "-o", filepath.Join(dir, "new.yaml", "x")}, exitFailed, "", "mode: open_download\n"},
		{"q\n", []string{"interview", filepath.Join(dir, "x.json")}, exitFailed, "not a YAML file", ""},
		{"q\n", []string{"interview", "../../examples/park-benches.yaml", "-o", file}, exitFailed, "there already", ""},
	} {
		status, out, errs := invoke(t, step.input, step.args...)
		if status != step.status || !strings.Contains(out+errs, step.says) {
			t.Errorf("%v %q: %d\n%s%s", step.args, step.input, status, out, errs)
		}
		if step.holds == "" {
			continue
		}
		if data, err := os.ReadFile(file); err != nil || !strings.Contains(string(data), step.holds) {
			t.Errorf("%q: %v\n%s", step.input, err, data)
		}
	}
}

// A file with comments is kept before the interview writes over it.
func TestInterviewKeepsComments(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "benches.yaml")
	before, err := os.ReadFile("../../examples/park-benches.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, before, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := invoke(t, "1\nq\n", "interview", file); status != exitDone || !strings.Contains(out, "benches.orig.yaml") {
		t.Fatal(status, out, errs)
	}
	if copied, err := os.ReadFile(filepath.Join(dir, "benches.orig.yaml")); err != nil || !bytes.Equal(copied, before) {
		t.Error(err)
	}
	if status, _, errs := invoke(t, "", "check", file); status != exitDone {
		t.Error(errs)
	}
}
