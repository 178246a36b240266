package palette

import (
	"math"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
)

// Every code of the checklists and the policy has its chip, which can be read, and
// no two outcomes or results share a glyph.
func TestEveryCodeHasItsChip(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var outcomes, levels []string
	for _, o := range c.Policy.Outcomes {
		outcomes = append(outcomes, o.Code)
	}
	for _, l := range c.Policy.Levels.Names {
		levels = append(levels, l.Level)
	}
	results := []string{assessment.Pass, assessment.Concern, assessment.Fail, assessment.Unknown, assessment.NotApplicable}
	for what, x := range map[string]struct {
		codes  []string
		chip   func(string) Chip
		glyphs bool
	}{
		"outcome":            {outcomes, Outcome, true},
		"risk level":         {levels, RiskLevel, false},
		"score level":        {levels, ScoreLevel, false},
		"risk result":        {results, RiskResult, true},
		"opportunity result": {results, OpportunityResult, true},
	} {
		seen := map[Chip]bool{}
		glyphs := map[string]bool{}
		for _, code := range x.codes {
			k := x.chip(code)
			if k.Text == "" || (k.Glyph != "") != x.glyphs {
				t.Errorf("%s %s is shown as %+v", what, code, k)
			}
			if seen[k] || x.glyphs && glyphs[k.Glyph] {
				t.Errorf("%s %s looks like another: %+v", what, code, k)
			}
			seen[k], glyphs[k.Glyph] = true, true
			legible(t, what+" "+code, k)
		}
	}
}

func legible(t *testing.T, what string, k Chip) {
	t.Helper()
	fill := k.Fill
	if fill == "" {
		fill = White
	}
	if c := Contrast(fill, k.Text); c < 4.5 {
		t.Errorf("%s: contrast %.2f of %s on %s", what, c, k.Text, fill)
	}
}

// The greater a count, the darker its fill.
func TestDepth(t *testing.T) {
	before := math.Inf(1)
	for n := range 101 {
		k := Depth(n, 100)
		legible(t, "depth", k)
		if l := luminance(k.Fill); l > before {
			t.Errorf("%d is lighter than %d", n, n-1)
		} else {
			before = l
		}
	}
	if Depth(0, 0) != Depth(0, 100) || Depth(1, 100) == Depth(0, 100) || Depth(100, 100).Fill != Deep {
		t.Error("the ends of the scale are wrong")
	}
}

// The figures are those of the definition in WCAG 2.2.
func TestContrast(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want float64
	}{{"FFFFFF", "000000", 21}, {"777777", "FFFFFF", 4.48}, {"FFFFFF", "777777", 4.48}, {"FF0000", "FFFFFF", 4}, {"0000FF", "FFFFFF", 8.59}} {
		if got := Contrast(x.a, x.b); math.Abs(got-x.want) > 0.005 {
			t.Errorf("%s on %s: %.3f, want %.2f", x.a, x.b, got, x.want)
		}
	}
}
