package xlsx

import (
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// The styles that every sheet uses.
var (
	titleStyle   = spreadsheet.Style{Size: 20, Bold: true, Color: palette.Navy, Quoted: true}
	aboutStyle   = spreadsheet.Style{Size: 10, Color: palette.Muted, Quoted: true}
	sectionStyle = spreadsheet.Style{Size: 13, Bold: true, Color: palette.Navy, Quoted: true}
	headerStyle  = spreadsheet.Style{Size: 10, Bold: true, Color: palette.White, Fill: palette.Navy, Wrap: true, Indent: 1}
	inputHeader  = spreadsheet.Style{Size: 10, Bold: true, Color: palette.Ink, Fill: palette.Straw, Wrap: true, Indent: 1}
	textStyle    = spreadsheet.Style{Size: 10, Color: palette.Ink, Wrap: true, Indent: 1, Border: spreadsheet.Hairline, Quoted: true}
	inputStyle   = spreadsheet.Style{Size: 10, Color: palette.Ink, Fill: palette.Paper, Wrap: true, Indent: 1, Border: spreadsheet.Box, Format: spreadsheet.Text, Unlocked: true}
	dateInput    = spreadsheet.Style{Size: 10, Color: palette.Ink, Fill: palette.Paper, Indent: 1, Border: spreadsheet.Box, Format: spreadsheet.Date, Unlocked: true}
	plainLink    = spreadsheet.Style{Size: 10, Color: palette.Link, Underline: true}
)

// The highlights, by their number in the file.
const (
	highlightNeeded  = iota // something has to be written here
	highlightApprove        // a decision in favour
	highlightReject         // a decision against
	highlightDone           // a change that has been made
)

var highlights = []spreadsheet.Look{
	highlightNeeded:  {Fill: palette.Sand, Color: palette.Ink, Bold: true},
	highlightApprove: {Color: palette.Deep, Bold: true},
	highlightReject:  {Color: palette.Rust, Bold: true},
	highlightDone:    {Color: palette.Muted, Strike: true},
}

// newStyles returns the table of the styles of a workbook, with the highlights.
func newStyles() *spreadsheet.Styles {
	s := spreadsheet.NewStyles(spreadsheet.Style{Size: 11})
	for _, h := range highlights {
		s.Look(h)
	}
	return s
}
