package lint

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"puntari/policies"
)

// These tests look at the tests in Rego: that each row of each item and each
// condition has a case, and that cases speak of facts that exist.

var (
	caseName = regexp.MustCompile(`(?m)^\t+"([^"]+)": (?:\[|array|testing)`)
	caseFact = regexp.MustCompile(`"((?:is|isnt|proven|unproven|some_column|no_column|proven_column|column_count|columns)\.[^"]+)"`)
)

// caseNames are the names of the cases in the tests of the policies; a name that
// is there twice would hide a case.
func caseNames(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for file, source := range regoTests(t) {
		if !strings.Contains(source, "testing.near_misses") {
			continue
		}
		for _, m := range caseName.FindAllStringSubmatch(source, -1) {
			if slices.Contains(out[file], m[1]) {
				t.Errorf("policies/%s: two cases are called %q", file, m[1])
			}
			out[file] = append(out[file], m[1])
		}
	}
	return out
}

func regoTests(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(policies.Files, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := policies.Files.ReadFile(name)
		out[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryRowHasACase(t *testing.T) {
	c := builtin(t)
	l := &linter{c: c, rules: map[string]*rule{}}
	if !l.read(policies.Files) {
		t.Fatal(l.findings)
	}
	cases := caseNames(t)
	has := func(file, subject string) bool {
		return slices.ContainsFunc(cases[file], func(name string) bool { return strings.HasPrefix(name, subject+": ") })
	}
	for _, r := range l.inOrder {
		if r.private() || r.module.section() == "decision" {
			continue
		}
		file := strings.TrimSuffix(r.module.file, ".rego") + "_test.rego"
		switch {
		case r.key != "" && !has(file, r.key+" "+r.name):
			t.Errorf("policies/%s has no case for %s %s", file, r.key, r.name)
		case r.key == "" && len(r.bodies[0].Head.Args) == 0 && !has(file, r.name):
			t.Errorf("policies/%s has no case for %s", file, r.name)
		}
	}
	for _, k := range l.lists() {
		for i := range k.Items {
			found := false
			for file := range cases {
				found = found || has(file, k.Items[i].ID+" "+k.rest)
			}
			if !found {
				t.Errorf("no case shows that %s comes to %s", k.Items[i].ID, k.rest)
			}
		}
	}
}

// TestCasesKnowTheirFacts finds a misspelt fact in a case where no row is
// expected to hold, which would go unseen otherwise.
func TestCasesKnowTheirFacts(t *testing.T) {
	shape, err := FactsShape(builtin(t))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for file, source := range regoTests(t) {
		for _, m := range caseFact.FindAllStringSubmatch(source, -1) {
			fact, _, number := strings.Cut(m[1], ":")
			at := shape
			for word := range strings.SplitSeq(fact, ".") {
				if at == nil {
					break
				}
				if at.Kind == List {
					at = at.Element
					continue
				}
				at = at.Member(word)
			}
			if at == nil || number && at.Kind != Number || !number && at.Kind != Truth {
				t.Errorf("policies/%s: %s is no fact", file, fact)
			}
			n++
		}
	}
	if n < 1000 {
		t.Errorf("only %d facts found", n)
	}
}
