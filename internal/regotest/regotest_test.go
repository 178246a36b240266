package regotest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/policies"
)

// TestBuiltin runs the tests of the policies of the program, which must hold and
// reach every line of every rule.
func TestBuiltin(t *testing.T) {
	r, err := Run(t.Context(), policies.Files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Failures {
		t.Errorf("policies/%s: %s: %s %v", f, f.Test, f.Case, f.Err)
	}
	for _, u := range r.Unreached {
		t.Errorf("policies/%s:%d is not reached by a test", u.File, u.From)
	}
	if r.Covered != 100 || r.Tests < 50 || r.Cases < 800 {
		t.Errorf("%v %% covered by %d tests with %d cases", r.Covered, r.Tests, r.Cases)
	}
}

func tree(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

const rules = `package puntari.risk.x

fail contains "X-1" if input.is.a.yes

fail contains "X-2" if {
	input.is.b.yes
}
`

func TestFailures(t *testing.T) {
	r, err := Run(t.Context(), tree(map[string]string{
		"risk/x.rego": rules,
		"risk/x_test.rego": `package puntari.risk.x_test

import data.puntari.risk.x

test_holds if "X-1" in x.fail with input as {"is": {"a": {"yes": true}}}

test_cases[name] if {
	some name, value in {
		"a is yes": "yes",
		"a is no": "no",
	}
	"X-1" in x.fail with input as {"is": {"a": {value: true}}}
}

test_not if {
	input.x == 1
}

test_broken if 1 / input.zero == 1 with input as {"zero": 0}

todo_test_later if false
`,
	}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.Failures {
		got = append(got, strings.Join([]string{f.String(), f.Test, f.Case}, " | "))
	}
	want := []string{
		`risk/x_test.rego:10:3 | puntari.risk.x_test.test_cases | a is no`,
		`risk/x_test.rego:15:1 | puntari.risk.x_test.test_not | `,
		`risk/x_test.rego:19:1 | puntari.risk.x_test.test_broken | `,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(r.Skipped) != 1 || r.Tests != 4 || r.Cases != 5 {
		t.Errorf("%d tests, %d cases, skipped %v", r.Tests, r.Cases, r.Skipped)
	}
	if want := []Lines{{"risk/x.rego", 5, 6}}; !slices.Equal(r.Unreached, want) || r.Covered >= 100 {
		t.Errorf("unreached %v, %v %%", r.Unreached, r.Covered)
	}
}

func TestFilter(t *testing.T) {
	files := map[string]string{"x.rego": rules, "x_test.rego": "package puntari.risk.x_test\n\ntest_a if true\n\ntest_b if false\n"}
	r, err := Run(t.Context(), tree(files), Options{Filter: "test_a$"})
	if err != nil || r.Tests != 1 || len(r.Failures) > 0 || len(r.Unreached) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := Run(t.Context(), tree(files), Options{Filter: "test_c"}); !errors.Is(err, ErrNoTests) {
		t.Error(err)
	}
}

// TestSandbox shows that a test cannot reach what a policy cannot.
func TestSandbox(t *testing.T) {
	for name, body := range map[string]string{
		"network":     `http.send({"method": "get", "url": "http://localhost"})`,
		"clock":       `time.now_ns() > 0`,
		"environment": `opa.runtime().env`,
	} {
		_, err := Run(t.Context(), tree(map[string]string{"x_test.rego": "package puntari.x_test\n\ntest_x if " + body + "\n"}), Options{})
		var errs ast.Errors
		if !errors.As(err, &errs) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDoesNotCompile(t *testing.T) {
	for _, text := range []string{"package x\n\nfail if {", "package x\n\nfail if nowhere"} {
		if _, err := Run(t.Context(), tree(map[string]string{"x.rego": text}), Options{}); err == nil {
			t.Error("no error for", text)
		}
	}
}
