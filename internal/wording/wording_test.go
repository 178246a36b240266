package wording

import (
	"strings"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
)

func words(t *testing.T, lang string) *Words {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return New(c, lang)
}

func TestReason(t *testing.T) {
	w := words(t, "en")
	it := &checklist.Item{Reasons: map[string]checklist.Text{
		"fail": {"en": "The level is {releaseLevel} (columns: {columns}).", "fi": "Taso on {releaseLevel} (sarakkeet: {columns})."},
	}}
	level := assessment.Value{Field: "personalData.releaseLevel", Codes: []string{"aggregated"}}
	for name, v := range map[string]struct {
		result *assessment.Item
		want   string
	}{
		"with columns":                  {&assessment.Item{Result: "fail", Reason: map[string]assessment.Value{"releaseLevel": level, "columns": {Codes: []string{"a", "b"}}}}, "(columns: a, b)."},
		"an empty parenthesis goes":     {&assessment.Item{Result: "fail", Reason: map[string]assessment.Value{"releaseLevel": level, "columns": {}}}, "means."},
		"what is open is a dash":        {&assessment.Item{Result: "fail", Reason: map[string]assessment.Value{"releaseLevel": {Open: true}, "columns": {}}}, "The level is -."},
		"unknown names what is missing": {&assessment.Item{Result: "unknown", Missing: []string{"schema.fields[a].disclosureRole", "schema.fields[b].disclosureRole"}}, "(columns: a, b)"},
	} {
		if got := w.Reason(it, v.result); !strings.HasSuffix(got, v.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Entries of a list are named in the words of the field that they begin with.
func TestValuesOfEntries(t *testing.T) {
	if got, want := words(t, "fi").Values("profile.piiHits", []string{"hetu", "email", "new"}), "Suomalainen henkilötunnus, Sähköpostiosoite, new"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLabels(t *testing.T) {
	for lang, want := range map[string]string{"en": "yes", "fi": "kyllä", "sv": "ja"} {
		w := words(t, lang)
		if got := w.Value("security.itDetailsPresent", "yes"); got != want {
			t.Errorf("%s: %q", lang, got)
		}
		if got := w.Label("no.such.field"); got != "no.such.field" {
			t.Errorf("%s: %q", lang, got)
		}
		if got := w.Label("schema.fields[x].type"); !strings.Contains(got, "x") || strings.Contains(got, "{") {
			t.Errorf("%s: %q", lang, got)
		}
	}
}

// Every text is there in each language, with the same names to fill in.
func TestTextsAgree(t *testing.T) {
	c := words(t, "en").Catalogue
	for key, text := range c.Messages {
		if key == "docs.languages" {
			continue // each page leads to those in the other languages
		}
		names := checklist.Placeholders(text)
		for _, lang := range []string{"en", "fi", "sv"} {
			if text[lang] == "" {
				t.Errorf("%s has no text in %s", key, lang)
			}
			for _, n := range names {
				if !strings.Contains(text[lang], "{"+n+"}") {
					t.Errorf("%s in %s lacks {%s}", key, lang, n)
				}
			}
		}
	}
}

// A share says neither nothing nor all of what is something and not all.
func TestPercent(t *testing.T) {
	for share, want := range map[float64][2]string{
		0: {"0.0", "0,0"}, 1: {"100.0", "100,0"}, 0.0004: {"<0.1", "<0,1"}, 0.0005: {"0.1", "0,1"}, 0.9996: {">99.9", ">99,9"}, 0.421: {"42.1", "42,1"},
	} {
		en, fi := (&Words{Lang: "en"}).Percent(share), (&Words{Lang: "fi"}).Percent(share)
		if en != want[0] || fi != want[1] {
			t.Errorf("%v is %q and %q", share, en, fi)
		}
	}
}
