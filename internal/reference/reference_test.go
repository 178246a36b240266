package reference

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/policies"
)

func book(t *testing.T, change func(*checklist.Catalogue)) *Book {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(c)
	}
	b, err := New(c, policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var (
	anchors = regexp.MustCompile(`<a id="([^"]+)">`)
	links   = regexp.MustCompile(`\]\(#([^)]+)\)`)
)

// TestDataPolicy shows that the document holds everything, that its links lead
// somewhere, and that no word is missing in any language.
func TestDataPolicy(t *testing.T) {
	b := book(t, nil)
	for _, lang := range []string{"en", "fi", "sv"} {
		data, err := b.DataPolicy(lang, Edition{})
		if err != nil {
			t.Fatal(lang, err)
		}
		text := string(data)
		seen := map[string]bool{}
		for _, m := range anchors.FindAllStringSubmatch(text, -1) {
			if seen[m[1]] {
				t.Errorf("%s: two places are called %s", lang, m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range links.FindAllStringSubmatch(text, -1) {
			if !seen[m[1]] {
				t.Errorf("%s: #%s leads nowhere", lang, m[1])
			}
		}
		for _, l := range []*checklist.Checklist{&b.catalogue.Risk, &b.catalogue.Opportunity} {
			for i := range l.Items {
				if !seen[l.Items[i].ID] {
					t.Errorf("%s: %s is missing", lang, l.Items[i].ID)
				}
			}
		}
		for _, bad := range []string{"docs.", "%!", "{", "}"} {
			code := false // rules as they stand
			for _, line := range strings.Split(text, "\n") {
				if strings.HasPrefix(line, "```") {
					code = !code
				}
				if !code && strings.Contains(line, bad) && !strings.Contains(line, "http") {
					t.Errorf("%s: %q", lang, line)
				}
			}
		}
	}
}

// TestRulesInWords shows what becomes of each kind of condition.
func TestRulesInWords(t *testing.T) {
	b := book(t, nil)
	p := b.page("en", "")
	p.plain = true
	for rule, want := range map[string][]string{
		"conditions.aggregated":                   {"\"Level of identification in the release\" is \"Aggregated counts and means\""},
		"conditions.not_quasi":                    {"for no column is \"Role in identifying a person\" \"Indirect identifier\""},
		"conditions.nearly_all_columns_described": {"the share of columns with a description, in per cent, is at least 95"},
		"conditions.about_persons":                {"\"Source about people\" is \"yes\"", "The descriptor itself shows people"},
		"risk.rights.fail RISK-IPR-01": {
			"\"Holder of the rights\" is \"Another party\" and (\"Content from others\" has no entries or for one and the same entry of \"Content from others\": \"Redistribution allowed\" is not \"yes\")",
		},
		"conditions.updated_within_two_periods": {"as the rule itself says: updated_within_two_periods if"},
	} {
		if got := p.ways(rule); !slices.EqualFunc(got, want, strings.HasPrefix) {
			t.Errorf("%s:\n%s\nwant\n%s", rule, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if p.err != nil {
		t.Error(p.err)
	}
}

// TestTheDocumentFollowsTheData shows that a change of the data is a change of
// the document.
func TestTheDocumentFollowsTheData(t *testing.T) {
	data, err := book(t, func(c *checklist.Catalogue) {
		p := c.Policy.Params["kMin"]
		p.Value = 8
		p.Dated = []checklist.DatedValue{{Value: 12, Validity: checklist.Validity{ValidFrom: "2027-01-01"}}}
		c.Policy.Params["kMin"] = p
		c.Item("RISK-PER-01").Validity = checklist.Validity{ValidFrom: "2026-01-01", ValidTo: "2026-12-31"}
	}).DataPolicy("en", Edition{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| Smallest group (k) `kMin` | 8; 12 (from 2027-01-01) |", "is below 8 (Smallest group (k))", "- **In force:** 2026-01-01 to 2026-12-31",
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%q is missing", want)
		}
	}
}
