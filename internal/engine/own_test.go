package engine_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/policies"
)

// withOwn is the catalogue with an item that an organisation added to each list.
func withOwn(t *testing.T) *checklist.Catalogue {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	text := checklist.Text{"en": "text"}
	reasons := map[string]checklist.Text{"fail": text, "concern": text, "pass": text, "na": text}
	c.Risk.Items = append(c.Risk.Items, checklist.Item{ID: "RISK-OWN-01", Theme: "OPS", Title: text, Severity: 4, Reasons: reasons, Package: "org.own.risk"})
	c.Opportunity.Items = append(c.Opportunity.Items, checklist.Item{ID: "OPP-OWN-01", Theme: "ENG", Title: text, Weight: 1, Reasons: reasons, Package: "org.own.opportunity"})
	c.Changed()
	return c
}

const ownOpportunity = "package org.own.opportunity\n\nimport input.is\n\npass contains \"OPP-OWN-01\" if is.release.portals.national_or_eu\n"

func compileOwn(t *testing.T, risk string) (*engine.Compiled, []descriptor.Problem) {
	t.Helper()
	files := fstest.MapFS{"risk.rego": {Data: []byte(risk)}, "opportunity.rego": {Data: []byte(ownOpportunity)}}
	p, problems, err := engine.CompileOwn(policies.Files, engine.Own{Identifier: "own", Files: files}, withOwn(t))
	if err != nil {
		t.Fatal(err)
	}
	return p, problems
}

const ownRisk = `package org.own.risk

import data.puntari.conditions
import data.params
import input.is
import input.isnt

fail contains "RISK-OWN-01" if {
	is.release.retractionPlan.no
	conditions.about_persons
}

concern contains "RISK-OWN-01" if is.profile.kMin.lowest < params.kMin

concern contains "RISK-OWN-01" if {
	some column in input.columns
	_shows_people(column)
}

na contains "RISK-OWN-01" if _thing

_shows_people(column) if column.is.disclosureRole.identifying

_thing if isnt.dataset.rowSubject.people
`

// TestOwnItems assesses the examples with items of an organisation: with and
// without decision tables the same comes out, the core's items stay as they are,
// and an open question keeps an item unknown and is named.
func TestOwnItems(t *testing.T) {
	p, problems := compileOwn(t, ownRisk)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	own, err := engine.NewCompiled(withOwn(t), p, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := engine.NewCompiled(withOwn(t), p, engine.Options{NoTables: true})
	if err != nil {
		t.Fatal(err)
	}
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	core, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no examples", err)
	}
	seen := map[string]bool{}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := descriptor.NewReader(c).Read(name, f)
		f.Close()
		a, err := own.Assess(t.Context(), s.Dataset, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		b, err := plain.Assess(t.Context(), s.Dataset, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		x, err := core.Assess(t.Context(), s.Dataset, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		for id, it := range a.Items {
			if b.Items[id].Result != it.Result || !slices.Equal(b.Items[id].Missing, it.Missing) {
				t.Errorf("%s: %s is %s with tables and %s without", name, id, it.Result, b.Items[id].Result)
			}
			if !strings.Contains(id, "-OWN-") && x.Items[id].Result != it.Result {
				t.Errorf("%s: %s was %s and is %s", name, id, x.Items[id].Result, it.Result)
			}
		}
		it := a.Items["RISK-OWN-01"]
		seen[it.Result] = true
		if it.Result == "unknown" && len(it.Missing) == 0 {
			t.Errorf("%s: nothing is missing of an unknown item", name)
		}
		if it.Result == "fail" && !slices.Contains(it.Facts, "release.retractionPlan") {
			t.Errorf("%s: the facts of the fail are %v", name, it.Facts)
		}
	}
	if !seen["fail"] || !seen["na"] {
		t.Errorf("the examples show %v", seen)
	}
	empty := "dataset: {identifier: x, title: x}\ndescriptorVersion: \"1.0\"\n"
	s, _ := descriptor.NewReader(c).Read("x", strings.NewReader(empty))
	a, err := own.Assess(t.Context(), s.Dataset, "2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	if it := a.Items["RISK-OWN-01"]; it.Result != "unknown" || !slices.Contains(it.Missing, "release.retractionPlan") && len(it.Missing) == 0 {
		t.Errorf("nothing is known: %+v", it)
	}
}

// TestAttacks tries what a hostile policy would try. All of it is refused before
// anything is evaluated, with a place.
func TestAttacks(t *testing.T) {
	row := func(condition string) string {
		return "package org.own.risk\n\nfail contains \"RISK-OWN-01\" if { " + condition + " }\n"
	}
	doubling := row("_r0") + "_r0 if {\n\t_r1\n\t_r1\n}\n"
	for i := 1; i < 40; i++ {
		n, m := itoa(i), itoa(i+1)
		doubling += "_r" + n + " if {\n\t_r" + m + "\n\t_r" + m + "\n}\n"
	}
	doubling += "_r40 if input.is.release.retractionPlan.no\n"
	for name, attack := range map[string]struct{ rego, code string }{
		"network":              {row(`http.send({"url": "http://x", "method": "get"}).status_code == 200`), ""},
		"name service":         {row(`count(net.lookup_ip_addr("x")) > 0`), ""},
		"clock":                {row(`time.now_ns() > 0`), ""},
		"environment":          {row(`opa.runtime().env.HOME`), ""},
		"chance":               {row(`rand.intn("x", 2) > 0`), ""},
		"identifiers":          {row(`uuid.rfc4122("x") == "y"`), ""},
		"print":                {row(`print("secret")`), ""},
		"long lists":           {row(`count(numbers.range(1, 1000000000)) > 0`), ""},
		"regular expression":   {row(`regex.match("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")`), ""},
		"doubling text":        {row(`x := concat("", [input.is, input.is]); count(x) > 0`), ""},
		"comprehension":        {row(`count([1 | some a in input.columns; some b in input.columns]) > 0`), ""},
		"values":               {row("_big") + "_big := [_more, _more]\n_more := [1, 1]\n", ""},
		"huge number":          {row(`input.is.profile.kMin.lowest < 1e99999`), ""},
		"multiplying":          {row(`input.is.profile.kMin.lowest < 99999 * 99999`), "profile.rego.limit"},
		"doubling conditions":  {doubling, "profile.rego.too_big"},
		"deep nesting":         {row(strings.Repeat("[", 5000) + strings.Repeat("]", 5000)), ""},
		"a file of megabytes":  {row("true") + "# " + strings.Repeat("x", 1<<20), "profile.rego.too_large"},
		"item of the core":     {"package org.own.risk\n\nna contains \"RISK-PER-01\" if input.is.release.retractionPlan.no\n", "profile.rego.core_item"},
		"any item":             {"package org.own.risk\n\nna contains id if some id, _ in data.risk\n", ""},
		"package of the core":  {"package puntari.risk.rights\n\nna contains \"RISK-IPR-01\" if input.is.release.retractionPlan.no\n", "profile.rego.package"},
		"the decision":         {"package puntari.decision\n\noutcome := \"OPEN\" if true\n", "profile.rego.package"},
		"another organisation": {"package org.other.risk\n\nfail contains \"RISK-OWN-01\" if input.is.release.retractionPlan.no\n", "profile.rego.package"},
		"internals":            {row(`data.puntari.decision.outcome == "OPEN"`), ""},
		"import of internals":  {"package org.own.risk\n\nimport data.puntari.risk.rights\n\nfail contains \"RISK-OWN-01\" if rights.fail\n", "profile.rego.reach"},
		"rows of the core":     {row(`data.puntari.risk.rights.fail`), "profile.rego.reach"},
		"all data":             {row(`data`), ""},
		"whole input":          {row(`input`), ""},
		"other input":          {row(`data.puntari.conditions.about_persons with input as {}`), "profile.rego.word"},
		"silence":              {row(`not input.is.release.retractionPlan.yes`), "profile.rego.word"},
		"every":                {row(`every c in input.columns { c.is.type.date }`), "profile.rego.word"},
		"unequal":              {row(`input.is.profile.kMin.lowest != 3`), "profile.rego.function"},
		"wrong end":            {row(`input.is.profile.kMin.highest < 3`), "profile.rego.comparison"},
		"default":              {row("true") + "default allow := true\n", "profile.rego.word"},
		"recursion":            {row("_a") + "_a if _b\n_b if _a\n", ""},
		"unknown fact":         {row(`data.params.noSuchLimit`), "profile.rego.reach"},
		"no package":           {"fail contains \"RISK-OWN-01\" if true\n", ""},
		"not Rego":             {"\x00\xff", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, problems := compileOwn(t, attack.rego)
			if p != nil || len(problems) == 0 {
				t.Fatal("it was let in")
			}
			codes := map[string]bool{}
			for _, x := range problems {
				codes[x.Code] = true
				if x.Line < 1 || x.File == "" {
					t.Errorf("a problem has no place: %+v", x)
				}
			}
			if attack.code != "" && !codes[attack.code] {
				t.Errorf("%v", codes)
			}
		})
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// TestLoopingPolicy lets in what the language cannot forbid, loops within loops over
// many columns, and makes sure that it ends in "could not assess" and takes no
// memory with it.
func TestLoopingPolicy(t *testing.T) {
	rego := "package org.own.risk\n\nfail contains \"RISK-OWN-01\" if {\n"
	for _, v := range strings.Split("abcdefgh", "") {
		rego += "\tsome column_" + v + " in input.columns\n\tcolumn_" + v + ".isnt.specialCategory.special\n"
	}
	rego += "\tcolumn_h.is.specialCategory.special\n}\n"
	p, problems := compileOwn(t, rego)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	e, err := engine.NewCompiled(withOwn(t), p, engine.Options{Timeout: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	var d strings.Builder
	d.WriteString("descriptorVersion: \"1.0\"\ndataset: {identifier: x, title: x}\nschema:\n  fields:\n")
	n := 0
	for _, role := range []string{"direct_identifier", "quasi_identifier", "pseudonymous_key", "measure"} {
		for _, unit := range []string{"exact_point", "address", "building", "grid_100m", "district", "none"} {
			for _, precision := range []string{"second", "minute", "hour", "day"} {
				d.WriteString("    - {name: c" + itoa(n) + ", type: number, disclosureRole: " + role + ", spatialUnit: " + unit + ", temporalPrecision: " + precision + ", specialCategory: none}\n")
				n++
			}
		}
	}
	d.WriteString("release: {retractionPlan: yes}\n")
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := descriptor.NewReader(c).Read("x", strings.NewReader(d.String()))
	if s == nil {
		t.Fatal("the description was not read")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = e.Assess(t.Context(), s.Dataset, "2026-03-01")
	runtime.ReadMemStats(&after)
	if !errors.Is(err, engine.ErrCouldNotAssess) {
		t.Fatalf("it did not end in could not assess: %v", err)
	}
	if grown := int64(after.HeapInuse) - int64(before.HeapInuse); grown > 256<<20 {
		t.Errorf("%d MiB more are in use", grown>>20)
	}
}
