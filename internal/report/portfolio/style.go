package portfolio

import (
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// The styles that every sheet uses.
var (
	titleStyle   = spreadsheet.Style{Size: 20, Bold: true, Color: palette.Navy, Quoted: true}
	aboutStyle   = spreadsheet.Style{Size: 10, Color: palette.Muted, Quoted: true}
	sectionStyle = spreadsheet.Style{Size: 13, Bold: true, Color: palette.Navy, Border: spreadsheet.Heading, Quoted: true}
	headerStyle  = spreadsheet.Style{Size: 10, Bold: true, Color: palette.White, Fill: palette.Navy, Wrap: true, Indent: 1}
	textStyle    = spreadsheet.Style{Size: 10, Color: palette.Ink, Indent: 1, Border: spreadsheet.Hairline, Quoted: true}
	countStyle   = spreadsheet.Style{Size: 10, Color: palette.Ink, Align: spreadsheet.Centre, Border: spreadsheet.Hairline, Format: spreadsheet.Count}
	shareStyle   = spreadsheet.Style{Size: 10, Color: palette.Ink, Align: spreadsheet.Centre, Border: spreadsheet.Hairline, Format: spreadsheet.Percent}
	chipStyle    = spreadsheet.Style{Size: 10, Bold: true, Indent: 1, Border: spreadsheet.WhiteBox, Quoted: true}
)
