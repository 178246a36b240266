// Package palette holds the colours and the glyphs by which the states of an
// assessment are told apart, the same in every workbook and text: which outcome,
// how great a risk, how high a score, which result.
//
// Risk is warm, value is cool, unknown is violet, and what people fill in is
// yellow; lightness grows or falls with the level, so that a grey copy keeps the
// order. No text is below a contrast of 4.5:1 on its fill (tested), and nothing is
// said by colour alone.
package palette

import (
	"math"
	"strconv"

	"puntari/internal/assessment"
)

// The colours, as red, green and blue in six hexadecimal digits.
const (
	White  = "FFFFFF"
	Ink    = "1B2733" // texts
	Muted  = "55606B" // texts that matter less
	Navy   = "14375E" // titles and headers
	Link   = "0B5CAD"
	Hair   = "D5DBE1" // lines between rows
	Steel  = "8FA3B5" // rules between themes
	Mist   = "EAF0F6" // quiet tiles
	Smoke  = "F8FAFB" // the ground of charts
	Idle   = "E9ECEF" // what is not asked
	Paper  = "FFFBE6" // cells to fill in
	Straw  = "FFE89A" // headers of columns to fill in
	Gold   = "C9A400" // borders of cells to fill in
	Violet = "E6DFF0" // unknown
	Lilac  = "C9BBDD" // bars of what is unknown

	// Risk, from little to much.
	Ivory  = "FFFDF3"
	Cream  = "FFF4D6"
	Sand   = "FED98E"
	Orange = "FE9929"
	Rust   = "A63603"

	// Value, from little to much.
	Frost  = "F1F5F9"
	Ice    = "DCE9F5"
	Powder = "B5D3EC"
	Azure  = "8CC0E8"
	Sky    = "6BAED6"
	Denim  = "2A6FB0"
	Cobalt = "2171B5"
	Deep   = "08519C"
)

// Chip is how a state is shown: a fill, "" for none, a colour of text that can be
// read on it, and a glyph, "" where the text alone says the state.
type Chip struct{ Fill, Text, Glyph string }

// Stop is the glyph of a hard stop.
const Stop = "■"

var (
	unknown  = Chip{Violet, Ink, "?"}
	outcomes = map[string]Chip{
		"OPEN":                     {Azure, Ink, "●"},
		"OPEN_AFTER_MITIGATIONS":   {Sand, Ink, "◆"},
		"RESTRICTED":               {Orange, Ink, "▲"},
		"DO_NOT_OPEN":              {Rust, White, "■"},
		"INSUFFICIENT_INFORMATION": unknown,
	}
	riskLevels = map[string]Chip{
		"very_low":  {Ivory, Ink, ""},
		"low":       {Cream, Ink, ""},
		"moderate":  {Sand, Ink, ""},
		"high":      {Orange, Ink, ""},
		"very_high": {Rust, White, ""},
	}
	scoreLevels = map[string]Chip{
		"very_low":  {Frost, Ink, ""},
		"low":       {Ice, Ink, ""},
		"moderate":  {Powder, Ink, ""},
		"high":      {Sky, Ink, ""},
		"very_high": {Deep, White, ""},
	}
	riskResults = map[string]Chip{
		assessment.Fail:          {"", Rust, "■"},
		assessment.Concern:       {"", Ink, "▲"},
		assessment.Unknown:       unknown,
		assessment.Pass:          {"", Muted, "○"},
		assessment.NotApplicable: {"", Muted, "–"},
	}
	opportunityResults = map[string]Chip{
		assessment.Pass:          {Sky, Ink, "●●"},
		assessment.Concern:       {Ice, Ink, "●○"},
		assessment.Fail:          {"", Muted, "○○"},
		assessment.Unknown:       unknown,
		assessment.NotApplicable: {"", Muted, "–"},
	}
	// depths are the fills of counts, the lightest for none.
	depths = []Chip{
		{Frost, Muted, ""}, {Ice, Ink, ""}, {Powder, Ink, ""}, {Azure, Ink, ""}, {Sky, Ink, ""}, {Cobalt, White, ""}, {Deep, White, ""},
	}
)

// Unknown is the chip of what is not known.
func Unknown() Chip { return unknown }

// Outcome is the chip of an outcome of the data policy. Like those of levels and
// results it is empty for a code that is not known.
func Outcome(code string) Chip { return outcomes[code] }

// RiskLevel is the chip of a level of risk.
func RiskLevel(level string) Chip { return riskLevels[level] }

// ScoreLevel is the chip of a level of value or readiness.
func ScoreLevel(level string) Chip { return scoreLevels[level] }

// RiskResult is the chip of the result of a risk item.
func RiskResult(result string) Chip { return riskResults[result] }

// OpportunityResult is the chip of the result of an opportunity item.
func OpportunityResult(result string) Chip { return opportunityResults[result] }

// Depth is the chip of a count among counts of which the greatest is most. It goes
// by the square root, so that small counts differ.
func Depth(n, most int) Chip {
	if n == 0 || most == 0 {
		return depths[0]
	}
	i := 1 + int(math.Sqrt(float64(n)/float64(most))*float64(len(depths)-2)+0.5)
	return depths[min(i, len(depths)-1)]
}

// Contrast is the contrast ratio of two colours after WCAG 2.2, from 1 to 21. What
// is not a colour counts as black.
func Contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of a colour after WCAG 2.2.
func luminance(hex string) float64 {
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return 0
	}
	part := func(shift uint) float64 {
		c := float64(v>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}
